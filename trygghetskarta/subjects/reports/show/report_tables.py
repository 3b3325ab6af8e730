"""Tables and sentences of figures in reports: hidden, missing and zero each in their own words."""

import math
from collections.abc import Sequence

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import narrow
from trygghetskarta.analysis.report_facts import ThemeFigures
from trygghetskarta.draw.absence import statuses
from trygghetskarta.draw.paper.document import Cell, Table, cells
from trygghetskarta.draw.table.listing import ABSENT
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.terms.verdicts import UNDECIDED, Verdict
from trygghetskarta.words import report_words, situation_words, texts

_OVERVIEW_WIDTHS = (0.27, 0.08, 0.19, 0.09, 0.22, 0.15)
_DISTRICT_WIDTHS = (0.26, 0.065, 0.1, 0.175, 0.065, 0.205, 0.13)


def overview_table(rows: Sequence[ThemeFigures]) -> Table:
    """One row per theme: the municipality's figures."""
    told = tuple(_overview_row(one) for one in rows)
    numeric = (False, True, True, True, True, False)
    return Table(
        situation_words.SITUATION_OVERVIEW_COLUMNS, _OVERVIEW_WIDTHS, told, numeric=numeric
    )


def theme_name(one: ThemeFigures) -> str:
    """Name of a theme, or of all offences."""
    return situation_words.SITUATION_SECTIONS["alla"] if one.theme is None else one.theme.name


def _overview_row(one: ThemeFigures) -> tuple[Cell, ...]:
    if one.figures is None:
        word = formats.NO_VALUE if one.facts is None else texts.HIDDEN
        return cells((theme_name(one), *[word] * 4, ""))
    row, status = _row_of(one.whole.table)
    return (
        Cell((theme_name(one),)),
        _number(row, status, "count"),
        _rate(row, status, crude=True),
        _number(row, status, "previous"),
        _change(row, status),
        Cell((verdict_of(row, status),)),
    )


def _row_of(table: pd.DataFrame) -> tuple[pd.Series, dict[str, str]]:
    status = statuses(table)
    return table.iloc[0], {name: status[name][0] for name in status}


def district_table(one: ThemeFigures) -> Table:
    """One row per district, in alphabetical order."""
    shown = narrow(one.districts, one.chosen) if one.chosen else one.districts
    table, status = shown.table, statuses(shown.table)
    names = one.areas["name"].reindex(table.index)
    order = sorted(range(len(table)), key=lambda row: formats.swedish_order(names.iloc[row]))
    rows = []
    for place in order:
        row = table.iloc[place]
        here = {name: status[name][place] for name in status}
        rows.append(
            (
                Cell((str(names.iloc[place]),)),
                _number(row, here, "count"),
                _number(row, here, "population"),
                _rate(row, here),
                _number(row, here, "previous"),
                _change(row, here),
                Cell((verdict_of(row, here),)),
            )
        )
    return Table(
        situation_words.SITUATION_DISTRICT_COLUMNS,
        _DISTRICT_WIDTHS,
        tuple(rows),
        situation_words.SITUATION_TABLE_OF,
        (False, True, True, True, True, True, False),
    )


def _number(row: pd.Series, status: dict[str, str], name: str) -> Cell:
    if name not in row.index:
        return Cell((formats.NO_VALUE,))
    return Cell((ABSENT.get(status[name]) or formats.number(row[name]),))


def _rate(row: pd.Series, status: dict[str, str], crude: bool = False) -> Cell:
    names = ("crude_rate", "crude_lower", "crude_upper") if crude else ("rate", "lower", "upper")
    if status["count"] in ABSENT:
        return Cell((ABSENT[status["count"]],))
    rate, lower, upper = (float(row[name]) for name in names)
    if math.isnan(rate):
        return Cell((formats.NO_VALUE,))
    return Cell((f"{formats.number(rate, 1)} ({formats.interval(lower, upper, 1)})",))


def _change(row: pd.Series, status: dict[str, str]) -> Cell:
    if "percent" not in row.index:
        return Cell((formats.NO_VALUE,))
    hidden = [ABSENT[status[name]] for name in ("count", "previous") if status[name] in ABSENT]
    if hidden:
        return Cell((hidden[0],))
    percent, between = change_words(row)
    return Cell((percent if between == formats.NO_VALUE else f"{percent} ({between})",))


def change_words(row: pd.Series) -> tuple[str, str]:
    """A change in per cent and its interval; a dash where there was nothing before."""
    percent = formats.signed(row["percent"])
    if percent == formats.NO_VALUE:
        return percent, percent
    between = formats.signed_interval(row["percent_lower"], row["percent_upper"])
    return f"{percent}\u00a0%", between


def verdict_of(row: pd.Series, status: dict[str, str]) -> str:
    """What may be said of a change; empty where nothing may."""
    if "verdict" not in row.index or not isinstance(row["verdict"], str):
        return ""
    if status["verdict"] in ABSENT:
        return ABSENT[status["verdict"]]
    return situation_words.SITUATION_VERDICTS[row["verdict"]]


def whole_sentences(one: ThemeFigures, period: str, before: str) -> tuple[str, ...]:
    """Count, rate and change of a theme in the municipality, in words."""
    row = one.figures
    if row is None:
        return (situation_words.SITUATION_WHOLE_HIDDEN,)
    count = report_words.counted_offences(float(row["count"]), period)
    if math.isnan(row["count"]):
        return (count,)
    told = [f"{count} {changed_sentence(row, before)}"]
    if not math.isnan(row["crude_rate"]):
        between = formats.interval(row["crude_lower"], row["crude_upper"], 1)
        people = formats.number(row["population"])
        told.append(
            report_words.rate_sentence(formats.number(row["crude_rate"], 1), between, people)
        )
    return tuple(told)


def changed_sentence(row: pd.Series, before: str) -> str:
    """The change of one row, in words."""
    known = "verdict" in row.index and isinstance(row["verdict"], str)
    if not known or math.isnan(row["previous"]):
        return report_words.changed_offences(math.nan, before, "", "", "")
    percent, between = change_words(row)
    verdict = texts.VERDICTS[row["verdict"]]
    return report_words.changed_offences(row["previous"], before, percent, between, verdict)


def districts_with(one: ThemeFigures, verdict: Verdict) -> list[tuple[str, pd.Series]]:
    """Districts with a verdict and their figures, in alphabetical order."""
    if one.districts is None or "verdict" not in one.districts.table:
        return []
    shown = narrow(one.districts, one.chosen) if one.chosen else one.districts
    table = shown.table
    marked = table[table["verdict"] == verdict.value]
    named = [(str(one.areas.at[code, "name"]), row) for code, row in marked.iterrows()]
    return sorted(named, key=lambda pair: formats.swedish_order(pair[0]))


def district_sentence(one: ThemeFigures) -> str:
    """Where something has changed surely, in words; empty where no district is told of."""
    if one.districts is None or "verdict" not in one.districts.table:
        return ""
    rising, falling = (
        [name for name, _ in districts_with(one, verdict)]
        for verdict in (Verdict.INCREASE, Verdict.DECREASE)
    )
    n = len(one.chosen) or len(one.districts.table)
    undecided = sum(len(districts_with(one, why)) for why in UNDECIDED)
    return report_words.districts_changed(rising, falling, undecided, n)


def hidden_count(one: ThemeFigures) -> int:
    """How many of a theme's districts are hidden."""
    if one.districts is None:
        return 0
    return int((one.districts.table["status"] == CellStatus.HIDDEN).sum())


def official_table(official: pd.DataFrame) -> Table:
    """Brå's totals, all offences first."""
    order = [
        name
        for name in situation_words.SITUATION_OFFICIAL_NAMES
        if name in set(official["category"])
    ]
    table = official.set_index("category").loc[order]
    rows = tuple(
        cells(
            (
                situation_words.SITUATION_OFFICIAL_NAMES[category],
                _told(row["count"]),
                _told(row["per_100000"]),
                _told(row["before"]),
            )
        )
        for category, row in table.iterrows()
    )
    widths = (0.4, 0.2, 0.2, 0.2)
    return Table(
        situation_words.SITUATION_OFFICIAL_COLUMNS, widths, rows, numeric=(False, True, True, True)
    )


def _told(value: object) -> str:
    return texts.MISSING if pd.isna(value) else formats.number(float(value))
