"""What has been read in: names that were matched, rows that wait, earlier imports."""

from collections.abc import Sequence

import pandas as pd

from trygghetskarta.draw.snippets import FaultyRow
from trygghetskarta.draw.table.listing import Listing, headed, listing, number, text
from trygghetskarta.errors import Fault
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.terms.areas import DivisionTold
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import fault_words, import_words, texts
from trygghetskarta.words.effect_words import upper_first

_NAMES = headed(
    import_words.REPORT_NAME_COLUMNS,
    text("name", lambda row: row[0]),
    text("area", lambda row: row[1]),
    text("how", lambda row: import_words.NAME_STEPS[row[2]]),
    number("rows", lambda row: row[3], is_raw=True),
)
_HISTORY = headed(
    import_words.HISTORY_COLUMNS,
    text("finished_at", lambda row: f"{row.finished_at.tz_convert(TIME_ZONE):%Y-%m-%d %H:%M}"),
    text("kind", lambda row: texts.KINDS[TableKind(row.kind)]),
    text("file_name"),
    text("source"),
    number("read", is_raw=True),
    number("new", is_raw=True),
    number("changed", is_raw=True),
    number("unchanged", is_raw=True),
    number("quarantined", is_raw=True),
)
_DIVISIONS = headed(
    import_words.DIVISION_COLUMNS,
    text("level", lambda row: texts.AREA_LEVELS[row.level]),
    text("name"),
    text("first", lambda row: f"{row.first}"),
    text("end", lambda row: import_words.division_end(row.first, row.end)),
)


def divisions_table(told: Sequence[DivisionTold]) -> Listing:
    """Divisions into areas, of each level the latest first."""
    return listing(_DIVISIONS, told)


def names_table(names: Sequence[tuple[str, str, str, int]]) -> Listing:
    """Which names were matched with which areas, how, and in how many rows."""
    return listing(_NAMES, names)


def history_table(batches: pd.DataFrame) -> Listing:
    """Earlier imports, newest first."""
    newest = batches.sort_values("finished_at", ascending=False, kind="stable")
    return listing(_HISTORY, newest.itertuples())


def waiting_rows(rows: pd.DataFrame, reasons: Sequence[str]) -> list[FaultyRow]:
    """Waiting rows: row, what is wrong; file, what stands there."""
    return [
        _row(
            one.row_number,
            why,
            one.file_name,
            " · ".join(f"{name}: {value}" for name, value in one.raw.items() if value),
        )
        for one, why in zip(rows.itertuples(), reasons, strict=True)
    ]


def dismissed_rows(rows: pd.DataFrame, reasons: Sequence[str]) -> list[FaultyRow]:
    """Dismissed rows: row, what is wrong; file, who dismissed it when and why."""
    return [
        _row(
            one.row_number,
            why,
            one.file_name,
            import_words.dismissed_line(
                f"{one.dismissed_at.tz_convert(TIME_ZONE):%Y-%m-%d %H:%M}",
                one.dismissed_by,
                one.dismissed_for,
            ),
        )
        for one, why in zip(rows.itertuples(), reasons, strict=True)
    ]


def _row(number: int, why: str, *more: str) -> FaultyRow:
    return FaultyRow(number, upper_first(import_words.without_row(number, why)), more)


def faulty_rows(faults: Sequence[Fault], most: int) -> list[FaultyRow]:
    """The first rows that would wait to be put right, with all that is wrong with each."""
    wrong: dict[int, list[Fault]] = {}
    for fault in faults:
        if fault.row is not None:
            wrong.setdefault(fault.row, []).append(fault)
    return [
        _row(row, "; ".join(map(fault_words.fault_sentence, found)))
        for row, found in sorted(wrong.items())[:most]
    ]
