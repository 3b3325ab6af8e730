"""Rows that put right what waits in quarantine, though their columns are called something else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.quarantine import COLUMNS
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.store import read
from trygghetskarta.terms.imports import TableKind

_IDENTITIES = ("source_id", "case_id")
_NUMBERS = {
    rule.value
    for rule in (
        TableRule.NOT_A_NUMBER,
        TableRule.NOT_A_WHOLE_NUMBER,
        TableRule.BELOW_MINIMUM,
        TableRule.ABOVE_MAXIMUM,
        TableRule.VALUE_MISSING,
    )
}
"""What may be wrong with the number of a sum."""
_UUID = 36
_FEWEST = 2
"""Cells without a fault that a row must have in common with the one that waits."""

_NO_CLOCK = re.compile(r"(?<=\d) 00:00(:00)?$")
_NO_SECONDS = re.compile(r"(?<=\d\d:\d\d):00$")
_NUMBER = re.compile(r"0*(\d+?)(?:[.,](\d*?)0*)?")


@dataclass(frozen=True)
class _Waiting:
    """A row in quarantine: its id, where it stood, and its cells as they are compared."""

    identity: str
    file: str
    row: int
    cells: tuple[str, ...]
    sound: frozenset[str]
    is_miscounted: bool


def put_right(
    place: Workplace,
    kind: TableKind,
    source: str,
    raw: RawTable | None,
    mapping: ColumnMapping | None,
    parsed: Parsed,
) -> Parsed:
    """A parsed file that also puts right what waits under other headers; note ``put_right``.

    A row puts one right that carries its quarantine id in any column; that has its own id or case
    number and every cell that nothing was wrong with; or, in files whose rows have neither, that
    stands on the same row of a file of the same name with all of those cells, or has them all where
    only the number of a sum was wrong. A row that waits and
    is refused again as it stands is not put right by another that is like it.

    Parameters
    ----------
    place
        The store, as it is before the file is written.
    kind, source
        What the file holds, and whose it is.
    raw, mapping
        The file as it stands; None for what has no columns.
    parsed
        What became of its rows.
    """
    if raw is None or mapping is None:
        return parsed
    waits = read.quarantine(place.engine, kind=kind, source=source)
    if not len(waits):
        return parsed
    known = [_waiting(row) for row in waits.to_dict("records")]
    bad = raw.frame.index.isin([fault.row for fault in parsed.faults if fault.row is not None])
    accepted = raw.frame[~bad]
    found = {one.identity for one in known if one.identity in set(_identities(accepted))}
    named = [mapping.roles[role] for role in _IDENTITIES if role in mapping.roles]
    named = [column for column in named if column in accepted]
    pairs = [*(_by_identity(known, accepted, named) if named else _by_place(known, accepted, raw))]
    if "count" in mapping.roles and not named:
        pairs += _by_sum(known, accepted)
    alike = [one for one, cells in pairs if len(one.sound) >= _FEWEST and one.sound <= cells]
    if alike:
        again = {_key(row) for row in _rows(raw.frame[bad])}
        found |= {one.identity for one in alike if one.cells not in again}
    more = tuple(sorted(found - set(parsed.resolves)))
    if not more:
        return parsed
    notes = {**parsed.notes, "put_right": len(more)}
    return replace(parsed, resolves=(*parsed.resolves, *more), notes=notes)


def _waiting(row: Mapping[str, Any]) -> _Waiting:
    wrong = {part for fault in row["faults"] for part in _columns_of(fault["column"])}
    cells = {name: cell for name, cell in row["raw"].items() if name not in COLUMNS}
    sound = frozenset(_plain(cell) for name, cell in cells.items() if name not in wrong)
    key = _key(cells.values())
    miscounted = all(fault["rule"] in _NUMBERS for fault in row["faults"])
    place = (row["quarantine_id"], row["file_name"], row["row_number"])
    return _Waiting(*place, key, sound, miscounted)


def _columns_of(column: str) -> set[str]:
    """A fault of coordinates names two columns at once."""
    return {column, *column.split(", ")}


def _identities(accepted: pd.DataFrame) -> Iterator[str]:
    """Cells that may be quarantine ids, whatever their column is called."""
    for name in accepted:
        cells = accepted[name].dropna()
        if len(cells) and len(cells.iloc[0]) == _UUID:
            yield from cells


def _by_identity(
    known: list[_Waiting], accepted: pd.DataFrame, named: list[str]
) -> Iterator[tuple[_Waiting, frozenset[str]]]:
    """Each waiting row beside the cells of each accepted row that has its id or case number."""
    by_cell: dict[str, list[_Waiting]] = {}
    for one in known:
        for cell in one.sound:
            by_cell.setdefault(cell, []).append(one)
    for column in named:
        plain = accepted[column].dropna().map(_plain)
        hits = plain[plain.isin(list(by_cell))]
        for row, identity in hits.items():
            cells = frozenset(map(_plain, accepted.loc[row].dropna()))
            yield from ((one, cells) for one in by_cell[identity])


def _by_place(
    known: list[_Waiting], accepted: pd.DataFrame, raw: RawTable
) -> Iterator[tuple[_Waiting, frozenset[str]]]:
    for one in known:
        if one.file == raw.file_name and one.row in accepted.index:
            yield one, frozenset(map(_plain, accepted.loc[one.row].dropna()))


def _by_sum(
    known: list[_Waiting], accepted: pd.DataFrame
) -> Iterator[tuple[_Waiting, frozenset[str]]]:
    """Each waiting sum whose number was wrong beside the accepted rows that may tell it."""
    of_cell: dict[str, set[int]] = {}
    rows: list[frozenset[str]] = []
    waiting = [one for one in known if one.is_miscounted and one.sound]
    for number, row in enumerate(_rows(accepted) if waiting else ()):
        rows.append(frozenset(map(_plain, row)))
        for cell in rows[number]:
            of_cell.setdefault(cell, set()).add(number)
    for one in waiting:
        found = set.intersection(*(of_cell.get(cell, set()) for cell in one.sound))
        yield from ((one, rows[number]) for number in found)


def _rows(frame: pd.DataFrame) -> Iterator[Iterable[str]]:
    for _, row in frame.iterrows():
        yield row.dropna()


def _key(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(_plain, cells)))


def _plain(cell: str) -> str:
    """A cell as programs agree on it: without case, seconds of nought, and zeros that say nothing.

    Examples
    --------
    >>> _plain("0801"), _plain("6465798,30"), _plain("2025-12-13 20:15:00")
    ('801', '6465798.3', '2025-12-13 20:15')
    """
    text = _NO_SECONDS.sub("", _NO_CLOCK.sub("", " ".join(cell.split()).casefold()))
    number = _NUMBER.fullmatch(text)
    if number is None:
        return text
    return f"{number[1]}.{number[2]}" if number[2] else number[1]
