"""The account of an import: how many rows became what, and what was told of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from trygghetskarta.errors import Fault, SourceCause, SourceError
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.store.write import BatchResult
from trygghetskarta.store.write_quarantine import QuarantinedRow
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.imports import TableKind


@dataclass(frozen=True)
class ImportReport:
    """The *kopplingsrapport*: what became of every row.

    ``read = new + changed + unchanged + quarantined``; of the accepted,
    ``matched_by_point + matched_by_code + matched_by_name + outside + without_place`` is all of
    them for incidents, and ``on_border`` is a part of ``matched_by_point``.
    """

    file: str
    kind: TableKind
    read: int
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

    def numbers(self) -> dict[str, int]:
        """The numbers that other programs read, by the keys they know."""
        names = (
            "read",
            "new",
            "changed",
            "unchanged",
            "quarantined",
            "matched_by_point",
            "matched_by_code",
            "matched_by_name",
            "outside",
            "without_place",
            "on_border",
        )
        return {name: getattr(self, name) for name in names}

    @property
    def exit_status(self) -> int:
        """0 every row accepted, 1 some quarantined and the rest stored, 2 nothing stored."""
        if self.read == self.quarantined:
            return 2
        return 1 if self.quarantined else 0


def account(
    file: str,
    kind: TableKind,
    result: BatchResult,
    parsed: Parsed,
    doubts: tuple[Doubt, ...] = (),
) -> ImportReport:
    """What became of a file's rows, when they have been written.

    Parameters
    ----------
    file, kind
        The file.
    result
        What the store made of its rows.
    parsed
        What was noticed of them.
    doubts
        All of the file's, confirmed or not.
    """
    notes = dict(parsed.notes)
    if result.examples_removed:
        notes["examples_removed"] = result.examples_removed
    return ImportReport(
        file=file,
        kind=kind,
        read=result.new + result.changed + result.unchanged + result.quarantined,
        new=result.new,
        changed=result.changed,
        unchanged=result.unchanged,
        quarantined=result.quarantined,
        batch=result.batch,
        notes=notes,
        faults=parsed.faults,
        doubts=doubts,
    )


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
    """Put the faults of each row together with its cells as they stood."""
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
