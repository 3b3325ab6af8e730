"""Tables for the page: numbers that sort, written the Swedish way, hidden and missing in words."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.measures import FIGURES, AreaFigure
from trygghetskarta.draw.shown import Shown
from trygghetskarta.draw.table.view_columns import WORDS, statuses
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.municipality import Plan
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words import about_words, import_words, map_words, texts
from trygghetskarta.words.measure_words import COLUMN_WORDS


@dataclass(frozen=True)
class Listing:
    """A table as texts, with the values it sorts by.

    Attributes
    ----------
    headings
        One per column.
    numeric
        Whether a column holds numbers.
    rows
        The texts of each row.
    keys
        What each cell sorts by: a number, a text, or None when it shows no figure.
    """

    headings: list[str]
    numeric: list[bool]
    rows: list[list[str]]
    keys: list[list[float | str | None]]


def area_table(shown: Shown) -> Listing:
    """The content of the map as a table, one row per area.

    Hidden figures read *dold* and missing ones *uppgift saknas*; neither is ever 0.
    """
    table = shown.publishable.table
    status = statuses(table)
    names = [str(name) for name in shown.names.reindex(table.index)]
    columns = [(map_words.AREA, False, names, names)]
    for figure in FIGURES:
        if figure.name not in table:
            continue
        said, why = COLUMN_WORDS[figure.name], status[figure.name]
        columns.append((said.page, True, *_figures(table[figure.name], why, figure)))
        if figure.lower:
            lower = table[figure.lower]
            told = _intervals(lower, table[figure.upper], why, figure)
            columns.append((said.interval, True, told, _sort_keys(lower, why)))
    if "verdict" in table:
        told = _verdicts(table["verdict"], status["verdict"])
        columns.append((COLUMN_WORDS["verdict"].page, False, told, told))
    headings, numeric, cells, keys = zip(*columns, strict=True)
    return Listing(
        list(headings),
        list(numeric),
        [list(row) for row in zip(*cells, strict=True)],
        [list(row) for row in zip(*keys, strict=True)],
    )


def _figures(
    values: pd.Series, status: Sequence[str], figure: AreaFigure
) -> tuple[list[str], list[float | None]]:
    write = _writer(figure)
    told = [WORDS.get(reason) or write(value) for value, reason in zip(values, status, strict=True)]
    return told, _sort_keys(values, status)


def _sort_keys(values: pd.Series, status: Sequence[str]) -> list[float | None]:
    return [
        None if reason in WORDS or not math.isfinite(value) else float(value)
        for value, reason in zip(values, status, strict=True)
    ]


def _intervals(
    lower: pd.Series, upper: pd.Series, status: Sequence[str], figure: AreaFigure
) -> list[str]:
    def write(low: float, high: float) -> str:
        if figure.is_change:
            return formats.signed_interval(low, high)
        return formats.interval(low, high, figure.decimals)

    return [
        WORDS.get(reason) or write(low, high)
        for low, high, reason in zip(lower, upper, status, strict=True)
    ]


def _verdicts(verdicts: pd.Series, status: Sequence[str]) -> list[str]:
    return [
        WORDS.get(reason)
        or (texts.VERDICTS[Verdict(verdict)] if isinstance(verdict, str) else formats.NO_VALUE)
        for verdict, reason in zip(verdicts, status, strict=True)
    ]


def _writer(figure: AreaFigure) -> Callable[[float], str]:
    if figure.is_change:
        return lambda value: (
            formats.NO_VALUE if math.isnan(value) else formats.signed(value) + "\u00a0%"
        )
    return lambda value: formats.number(value, figure.decimals)


def events_table(events: pd.DataFrame) -> pd.DataFrame:
    """The police's news of a period, newest first, ready to be read."""
    moments = events["occurred_at"].fillna(events["published_at"]).dt.tz_convert(TIME_ZONE)
    return pd.DataFrame(
        {
            map_words.EVENT_COLUMNS["time"]: moments.dt.strftime("%Y-%m-%d %H:%M"),
            map_words.EVENT_COLUMNS["type"]: events["event_type"],
            map_words.EVENT_COLUMNS["summary"]: events["summary"].fillna(""),
        }
    ).sort_values(map_words.EVENT_COLUMNS["time"], ascending=False, kind="stable")


def series_table(series: pd.DataFrame) -> pd.DataFrame:
    """The monthly series as a table."""
    return pd.DataFrame(
        {
            map_words.MONTH: [formats.month(day) for day in series.index],
            map_words.SERIES_CURRENT.capitalize(): [formats.number(n) for n in series["count"]],
            map_words.SERIES_PREVIOUS.capitalize(): [formats.number(n) for n in series["previous"]],
        }
    )


def preview(frame: pd.DataFrame, rows: int) -> pd.DataFrame:
    """The first rows of a file as they stand, with Excel's row numbers."""
    return frame.head(rows).fillna("")


def names_table(names: tuple[tuple[str, str, str, int], ...]) -> pd.DataFrame:
    """Which names were matched with which areas, and how."""
    headings = import_words.REPORT_NAME_COLUMNS
    return pd.DataFrame(
        [
            {
                headings["name"]: name,
                headings["area"]: area,
                headings["how"]: import_words.NAME_STEPS[how],
                headings["rows"]: rows,
            }
            for name, area, how, rows in names
        ]
    )


def history_table(batches: pd.DataFrame) -> pd.DataFrame:
    """Earlier imports, newest first."""
    newest = batches.sort_values("finished_at", ascending=False, kind="stable")
    table = newest[list(import_words.HISTORY_COLUMNS)].rename(columns=import_words.HISTORY_COLUMNS)
    time, kind = import_words.HISTORY_COLUMNS["finished_at"], import_words.HISTORY_COLUMNS["kind"]
    moments = newest["finished_at"].dt.tz_convert(TIME_ZONE)
    return table.assign(
        **{
            time: moments.dt.strftime("%Y-%m-%d %H:%M"),
            kind: [texts.KINDS[TableKind(value)] for value in newest["kind"]],
        }
    )


def themes_table(plan: Plan) -> pd.DataFrame:
    """The plan's themes and what each may show."""
    headings = about_words.THEME_COLUMNS
    return pd.DataFrame(
        [
            {
                headings["name"]: theme.name,
                headings["internal"]: about_words.show_rule(theme.internal),
                headings["public"]: about_words.show_rule(theme.public),
                headings["caveats"]: " ".join((*theme.caveats, theme.status)).strip(),
            }
            for theme in plan.themes
        ]
    )


def quarantine_table(rows: pd.DataFrame, reasons: list[str]) -> pd.DataFrame:
    """Waiting rows: file, row, what stands there, what is wrong."""
    headings = import_words.QUARANTINE_COLUMNS
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


def listing(headings: Sequence[str], numeric: Sequence[bool], rows: Sequence) -> Listing:
    """A table of pairs of text and sort key."""
    return Listing(
        list(headings),
        list(numeric),
        [[told for told, _ in row] for row in rows],
        [[key for _, key in row] for row in rows],
    )


def text_of(value: object) -> str:
    """A text, empty when it is missing."""
    return value if isinstance(value, str) else ""
