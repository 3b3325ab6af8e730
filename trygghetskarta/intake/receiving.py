"""A file is received: read, its kind and its columns recognised, and nothing imported yet."""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from trygghetskarta.intake import column_choices, opening
from trygghetskarta.intake.division_intake import Wish
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.spelling import composed
from trygghetskarta.sources.publishers import bra
from trygghetskarta.sources.readers import files, on_disk
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.taken import taking
from trygghetskarta.store import read
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.file_forms import TABLES
from trygghetskarta.terms.imports import TableKind

_TABLES = (
    TableKind.INCIDENTS,
    TableKind.DISTRICTS,
    TableKind.POPULATION,
    TableKind.SURVEY,
    TableKind.ACTIONS,
    TableKind.SURVEY_ANSWERS,
)
"""Kinds whose columns a user can map; the others have one published form."""

_FIRST_ROWS = 5
_NOTED = ("sheet", "other_sheets", "repeated_columns")
"""What of a file's notes is shown before it is imported."""


@dataclass(frozen=True)
class Waiting:
    """A file that has been read but not imported: what the user confirms.

    Attributes
    ----------
    kind
        What it is taken for.
    raw
        Its cells as text; None for files that need no mapping.
    content
        The bytes of a file that needs no mapping.
    mapping
        Which column is taken for what; None when nothing is to be mapped.
    remembered
        Whether the mapping comes from an earlier import.
    file_name, sha256
        The file.
    confirmed
        Doubts that the user has confirmed.
    wish
        What somebody has said of the areas of a file.
    layer
        The table of a file with several that somebody has chosen; empty for none.
    head
        Its first rows as they stand, without numbers that point out a person; None before
        :func:`glance`.
    """

    kind: TableKind
    raw: RawTable | None
    content: bytes
    mapping: ColumnMapping | None
    remembered: bool
    file_name: str
    sha256: str
    confirmed: frozenset[DoubtKind] = frozenset()
    wish: Wish = Wish()
    layer: str = ""
    head: pd.DataFrame | None = None

    @property
    def sheet(self) -> str:
        """The table that was read, of a file that has several; empty for other files."""
        return self.layer or ("" if self.raw is None else str(self.raw.notes.get("sheet", "")))

    @property
    def other_sheets(self) -> list[str]:
        """Other sheets of the workbook that hold a table."""
        others = None if self.raw is None else self.raw.notes.get("other_sheets")
        return list(others) if isinstance(others, list | tuple) else []


def receive(
    place: Workplace,
    kind: TableKind,
    name: str,
    content: bytes,
    layer: str | None = None,
) -> Waiting:
    """Read a file and recognise its columns, without importing anything.

    Parameters
    ----------
    place
        Where it is going.
    kind
        What the user says it is.
    name, content
        The file.
    layer
        Layer or sheet of a file that has several.

    Raises
    ------
    SourceError
        If the file cannot be read or a column that is needed is not found.
    CrsError
        If its coordinates cannot be trusted.
    """
    name = composed(name)
    if kind not in _TABLES or bra.recognises(content[:4096]):
        taken = TableKind.MUNICIPALITY_TOTALS if kind in _TABLES else kind
        return Waiting(taken, None, content, None, False, name, files.fingerprint(content))
    with taking(TABLES):
        raw = opening.read(
            name,
            content,
            layer=layer,
            max_megabytes=place.settings.max_file_megabytes,
            fits=lambda raw: columns.fits(_recognised(place, kind, raw)[0], raw),
        )
    mapping, remembered = _recognised(place, kind, raw)
    return Waiting(kind, raw, b"", mapping, remembered, name, raw.sha256, layer=layer or "")


def glance(waiting: Waiting) -> Waiting:
    """What a page shows of a file: its columns, the cells of each that are looked at, first rows.

    Each column has its own cells from the top; they are no rows, and stand for no file.
    """
    raw = waiting.raw
    if raw is None:
        return replace(waiting, content=b"")
    cells = column_choices.cells_looked_at(raw)
    notes = {name: raw.notes[name] for name in _NOTED if name in raw.notes}
    seen = RawTable(cells, None, raw.crs, raw.file_name, raw.sha256, notes)
    return replace(waiting, raw=seen, head=column_choices.first_rows(raw, _FIRST_ROWS))


def _recognised(place: Workplace, kind: TableKind, raw: RawTable) -> tuple[ColumnMapping, bool]:
    """Which column is taken for what, and whether an earlier import said so."""
    kept = read.mapping(place.engine, kind, columns.signature(raw.frame.columns))
    if kept:
        return ColumnMapping.from_dict(kept), True
    return column_choices.guessed(raw, kind), False


def receive_path(place: Workplace, kind: TableKind, path: Path, layer: str | None) -> Waiting:
    """As :func:`receive`, from a path; a shapefile finds its siblings there."""
    if path.suffix.lower() == ".shp":
        raw = files.read(path, max_megabytes=place.settings.max_file_megabytes)
        mapping = column_choices.guessed(raw, kind)
        return Waiting(kind, raw, b"", mapping, False, composed(path.name), raw.sha256)
    content = on_disk.content_of(path, place.settings.max_file_megabytes)
    return receive(place, kind, path.name, content, layer)
