"""Tables for the page: numbers that sort, written the Swedish way, hidden and missing in words."""

from collections.abc import Callable

import pandas as pd
from pandas.io.formats.style import Styler

from trygghetskarta.analysis.comparison import Verdict
from trygghetskarta.render import formats, texts
from trygghetskarta.render.shown import Shown
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.terms import CellStatus, Plan, TableKind


def area_table(shown: Shown) -> Styler:
    """The content of the map as a table, one row per area, sorted by name.

    Hidden figures read *dold* and missing ones *uppgift saknas*; neither is ever 0.
    """
    table = shown.publishable.table
    columns = {
        texts.COLUMNS["name"]: shown.names.reindex(table.index).astype("str"),
        texts.COLUMNS["count"]: table["count"],
        texts.COLUMNS["population"]: table["population"],
        texts.COLUMNS["rate"]: table["rate"],
        texts.COLUMNS["interval"]: _intervals(table["lower"], table["upper"], 1),
    }
    if "verdict" in table:
        columns |= {
            texts.COLUMNS["previous"]: table["previous"],
            texts.COLUMNS["percent"]: table["percent"],
            texts.COLUMNS["percent_interval"]: _intervals(
                table["percent_lower"], table["percent_upper"], 0, signed=True
            ),
            texts.COLUMNS["verdict"]: table["verdict"].map(_verdict),
        }
    frame = pd.DataFrame(columns).sort_values(texts.COLUMNS["name"], kind="stable")
    status = table["status"].reindex(frame.index)
    styled = frame.reset_index(drop=True)
    return styled.style.format(_formatters(styled, status.reset_index(drop=True)))


def events_table(events: pd.DataFrame) -> pd.DataFrame:
    """The police's news of a period, newest first, ready to be read."""
    moments = events["occurred_at"].fillna(events["published_at"]).dt.tz_convert(TIME_ZONE)
    return pd.DataFrame(
        {
            texts.EVENT_COLUMNS["time"]: moments.dt.strftime("%Y-%m-%d %H:%M"),
            texts.EVENT_COLUMNS["type"]: events["event_type"],
            texts.EVENT_COLUMNS["summary"]: events["summary"].fillna(""),
        }
    ).sort_values(texts.EVENT_COLUMNS["time"], ascending=False, kind="stable")


def series_table(series: pd.DataFrame) -> pd.DataFrame:
    """The monthly series as a table."""
    return pd.DataFrame(
        {
            texts.MONTH: [formats.month(day) for day in series.index],
            texts.SERIES_CURRENT.capitalize(): [formats.number(n) for n in series["count"]],
            texts.SERIES_PREVIOUS.capitalize(): [formats.number(n) for n in series["previous"]],
        }
    )


def _formatters(frame: pd.DataFrame, status: pd.Series) -> dict[str, Callable]:
    decimals = {texts.COLUMNS["rate"]: 1}
    numeric = [name for name in frame.columns if pd.api.types.is_numeric_dtype(frame[name])]
    empty = texts.HIDDEN if (status == CellStatus.HIDDEN).any() else formats.NO_VALUE
    return {
        name: _number(decimals.get(name, 0), empty, name == texts.COLUMNS["percent"])
        for name in numeric
    }


def _number(decimals: int, empty: str, percent: bool) -> Callable[[float], str]:
    def write(value: float) -> str:
        if pd.isna(value):
            return empty
        if percent:
            return formats.signed(value) + "\u00a0%"
        return formats.number(value, decimals)

    return write


def _intervals(
    lower: pd.Series, upper: pd.Series, decimals: int, signed: bool = False
) -> list[str]:
    write = formats.interval if not signed else formats.signed_interval
    return [write(low, high, decimals) for low, high in zip(lower, upper, strict=True)]


def _verdict(verdict: object) -> str:
    return texts.VERDICTS[Verdict(verdict)] if isinstance(verdict, str) else texts.HIDDEN


def preview(frame: pd.DataFrame, rows: int) -> pd.DataFrame:
    """The first rows of a file as they stand, with Excel's row numbers."""
    return frame.head(rows).fillna("")


def names_table(names: tuple[tuple[str, str, str, int], ...]) -> pd.DataFrame:
    """Which names were matched with which areas, and how."""
    headings = texts.REPORT_NAME_COLUMNS
    return pd.DataFrame(
        [
            {
                headings["name"]: name,
                headings["area"]: area,
                headings["how"]: texts.NAME_STEPS[how],
                headings["rows"]: rows,
            }
            for name, area, how, rows in names
        ]
    )


def history_table(batches: pd.DataFrame) -> pd.DataFrame:
    """Earlier imports, newest first."""
    newest = batches.sort_values("finished_at", ascending=False, kind="stable")
    table = newest[list(texts.HISTORY_COLUMNS)].rename(columns=texts.HISTORY_COLUMNS)
    time, kind = texts.HISTORY_COLUMNS["finished_at"], texts.HISTORY_COLUMNS["kind"]
    moments = newest["finished_at"].dt.tz_convert(TIME_ZONE)
    return table.assign(
        **{
            time: moments.dt.strftime("%Y-%m-%d %H:%M"),
            kind: [texts.KINDS[TableKind(value)] for value in newest["kind"]],
        }
    )


def themes_table(plan: Plan) -> pd.DataFrame:
    """The plan's themes and what each may show."""
    headings = texts.THEME_COLUMNS
    return pd.DataFrame(
        [
            {
                headings["name"]: theme.name,
                headings["internal"]: texts.show_rule(theme.internal),
                headings["public"]: texts.show_rule(theme.public),
                headings["caveats"]: " ".join((*theme.caveats, theme.status)).strip(),
            }
            for theme in plan.themes
        ]
    )


def quarantine_table(rows: pd.DataFrame, reasons: list[str]) -> pd.DataFrame:
    """Waiting rows: file, row, what stands there, what is wrong."""
    headings = texts.QUARANTINE_COLUMNS
    return pd.DataFrame(
        {
            headings["file"]: rows["file_name"].to_numpy(),
            headings["row"]: rows["row_number"].to_numpy(),
            headings["reasons"]: reasons,
            headings["cells"]: [
                " · ".join(f"{name}: {value}" for name, value in raw.items()) for raw in rows["raw"]
            ],
        }
    )
