"""The account of an import: how many rows became what, and what was told of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, islice
from typing import NamedTuple

from trygghetskarta.errors import Fault, SourceCause, SourceError
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.faults import require_few
from trygghetskarta.sources.fields.quarantine import COLUMNS as QUARANTINE_COLUMNS
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.layers import WKT_COLUMN
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.store.write import BatchResult
from trygghetskarta.store.write_quarantine import QuarantinedRow
from trygghetskarta.tables.row_accounts import RowAccount
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.imports import Aside, TableKind

_SHOWN = 10

ROW_NUMBERS = ("read", "accepted", "new", "changed", "unchanged", "quarantined", "set_aside")
"""Numbers that tell of rows, not of places."""


class RowsAside(NamedTuple):
    """Rows of which nothing is stored, though nothing is wrong with them.

    Attributes
    ----------
    reason, rows
        Why, and how many.
    first
        Numbers of the first ten.
    """

    reason: Aside
    rows: int
    first: tuple[int, ...]


@dataclass(frozen=True)
class FileSpan:
    """When the rows of a file happened.

    Attributes
    ----------
    first, last
        First and last day.
    months
        First day of every month between them and the offences it holds, 0 for an empty one. Empty
        when the rows are sums over more than a month.
    """

    first: date
    last: date
    months: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """The *kopplingsrapport*: what became of every row.

    ``read``, the rows that the file has, is ``accepted + quarantined +`` those ``aside``.
    ``new + changed + unchanged`` is what is stored: as many as were accepted, but where a row
    gives several figures, or several rows one. Of it ``matched_by_point + matched_by_code +
    matched_by_name + outside + without_place`` is all for incidents, and ``on_border`` is a part of
    ``matched_by_point``. ``unread`` names the columns that were not read.
    """

    file: str
    kind: TableKind
    read: int
    accepted: int
    new: int
    changed: int
    unchanged: int
    quarantined: int
    matched_by_point: int = 0
    matched_by_code: int = 0
    matched_by_name: int = 0
    outside: int = 0
    without_place: int = 0
    on_border: int = 0
    batch: str = ""
    names: tuple[tuple[str, str, str, int], ...] = ()
    notes: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    aside: tuple[RowsAside, ...] = ()
    unread: tuple[str, ...] = ()
    span: FileSpan | None = None

    def numbers(self) -> dict[str, int]:
        """The numbers that other programs read, by the keys they know."""
        names = (
            *ROW_NUMBERS,
            "matched_by_point",
            "matched_by_code",
            "matched_by_name",
            "outside",
            "without_place",
            "on_border",
        )
        return {name: getattr(self, name) for name in names}

    def account(self) -> dict[str, object]:
        """What else the account says, for other programs."""
        return account_json(self.aside, self.unread)

    def shown(self) -> dict[str, int]:
        """The numbers that a person reads: without those that say nothing new."""
        left_out = set()
        if self.accepted == self.new + self.changed + self.unchanged:
            left_out.add("accepted")
        if not self.aside:
            left_out.add("set_aside")
        return {name: value for name, value in self.numbers().items() if name not in left_out}

    @property
    def set_aside(self) -> int:
        """How many rows stand aside, for whatever reason."""
        return sum(each.rows for each in self.aside)

    @property
    def exit_status(self) -> int:
        """0 every row accepted, 1 some quarantined and the rest stored, 2 nothing stored."""
        if not self.accepted:
            return 2
        return 1 if self.quarantined else 0

    def with_other(self, other: "ImportReport", notes: Mapping[str, object]) -> "ImportReport":
        """Two accounts of one file as one, and what is told of both."""
        counts = {
            name: value + getattr(other, name)
            for name, value in self.numbers().items()
            if name != "set_aside"
        }
        told: dict[Aside, RowsAside] = {}
        for each in chain(self.aside, other.aside):
            known = told.get(each.reason, RowsAside(each.reason, 0, ()))
            first = (known.first + each.first)[:_SHOWN]
            told[each.reason] = RowsAside(each.reason, known.rows + each.rows, first)
        return replace(
            self,
            **counts,
            notes={**self.notes, **other.notes, **notes},
            faults=(*self.faults, *other.faults),
            doubts=(*self.doubts, *other.doubts),
            aside=tuple(told.values()),
            unread=tuple(dict.fromkeys((*self.unread, *other.unread))),
        )


def report_of(
    file: str,
    kind: TableKind,
    result: BatchResult,
    parsed: Parsed,
    account: RowAccount,
    doubts: tuple[Doubt, ...] = (),
    unread: tuple[str, ...] = (),
) -> ImportReport:
    """What became of a file, when it has been written.

    Parameters
    ----------
    file, kind
        The file.
    result
        What the store made of its rows.
    parsed
        What was noticed of them.
    account
        What became of each of them.
    doubts
        All of the file's, confirmed or not.
    unread
        Columns that were not read.
    """
    notes = dict(parsed.notes)
    if result.examples_removed:
        notes["examples_removed"] = result.examples_removed
    return ImportReport(
        file=file,
        kind=kind,
        read=account.read,
        accepted=len(account.accepted),
        new=result.new,
        changed=result.changed,
        unchanged=result.unchanged,
        quarantined=result.quarantined,
        batch=result.batch,
        notes=notes,
        faults=parsed.faults,
        doubts=doubts,
        aside=rows_aside(account),
        unread=unread,
    )


def rows_aside(account: RowAccount) -> tuple[RowsAside, ...]:
    """What an account says of the rows that stand aside."""
    return tuple(
        RowsAside(reason, len(rows), tuple(map(int, islice(rows, _SHOWN))))
        for reason, rows in account.aside.items()
    )


def account_json(aside: Iterable[RowsAside], unread: Iterable[str]) -> dict[str, object]:
    """Rows that stand aside by reason, and columns that were not read: plain values."""
    return {
        "aside": {each.reason.value: each.rows for each in aside},
        "unread_columns": list(unread),
    }


def unread_columns(
    raw: RawTable | None, mapping: ColumnMapping | None, parsed: Parsed
) -> tuple[str, ...]:
    """Names of the columns that hold something and were not read, in the file's order."""
    if raw is None:
        return ()
    known = {*QUARANTINE_COLUMNS, WKT_COLUMN, *parsed.read_columns}
    if mapping is not None:
        known |= set(mapping.roles.values())
    left = [name for name in raw.frame.columns if name not in known]
    return tuple(name for name in left if raw.frame[name].notna().any())


class UnconfirmedError(SourceError):
    """A file with doubts that nobody has confirmed; nothing of it is stored."""

    def __init__(self, file: str, doubts: tuple[Doubt, ...]) -> None:
        super().__init__(SourceCause.UNCONFIRMED, file=file)
        self.doubts = doubts


def require_confirmed(
    file: str, doubts: tuple[Doubt, ...], confirmed: Collection[DoubtKind]
) -> None:
    """Let a file be stored only when all of its doubts are confirmed.

    Raises
    ------
    UnconfirmedError
        With those that are not.
    """
    waiting = tuple(doubt for doubt in doubts if doubt.kind not in confirmed)
    if waiting:
        raise UnconfirmedError(file, waiting)


def quarantined(raw: RawTable | None, faults: tuple[Fault, ...]) -> list[QuarantinedRow]:
    """Put the faults of each row together with its cells as they stood.

    Raises
    ------
    SourceError
        ``TOO_MANY_FAULTS``: rows in such numbers are put right in the file, not one by one.
    """
    require_few(faults)
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        if fault.row is not None:
            by_row.setdefault(fault.row, []).append(fault)
    cells = None if raw is None else raw.frame
    return [
        QuarantinedRow(
            row_number=row,
            raw={} if cells is None else cells.loc[row].dropna().to_dict(),
            faults=tuple(found),
        )
        for row, found in sorted(by_row.items())
    ]
