"""Lists of walks and of what was seen: which they are of, and what their columns are taken for."""

from collections.abc import Sequence
from pathlib import PurePath

from trygghetskarta.intake import column_choices, opening
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.intake.walk_columns import kind_of
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.spelling import composed
from trygghetskarta.sources.publishers import routes
from trygghetskarta.sources.readers import archives
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.file_forms import TRACKS, FileForm, endings, points

_READ = [f".{ending}" for ending in endings(TRACKS)]
_TRACKS = (*points(FileForm.GPX), *points(FileForm.FIT), *points(FileForm.KML))


def taken_apart(name: str, content: bytes, limit: float) -> Sequence[tuple[str, bytes]]:
    """Name and content of each file of an archive, and every other file as it is.

    Raises
    ------
    SourceError
        As :func:`trygghetskarta.sources.readers.archives.unpacked`.
    """
    if PurePath(name).suffix.lower() not in points(FileForm.ARCHIVE):
        return [(name, content)]
    held = archives.unpacked(PurePath(name).name, content, _READ, limit)
    return [(name, content)] if held is None else held


def is_list(name: str) -> bool:
    """Whether a file is no track, by its name."""
    return PurePath(name).suffix.lower() not in _TRACKS


def receive(
    name: str, content: bytes, reading: Reading, max_megabytes: float, layer: str | None = None
) -> Waiting:
    """Read a list and recognise what it is of and its columns, without importing anything.

    Parameters
    ----------
    name, content
        The file.
    reading
        How it is to be read.
    max_megabytes
        Largest file accepted.
    layer
        Its table, before that of ``reading``.

    Raises
    ------
    SourceError
        If the file cannot be read; ``SEVERAL_LAYERS`` when one of its tables must be chosen.
    CrsError
        If its coordinates cannot be trusted.
    """

    def recognised(raw: RawTable) -> ColumnMapping:
        mapping = column_choices.guessed(raw, reading.kind or kind_of(raw))
        return mapping.changed(reading.roles, reading.values).with_orders(reading.orders)

    layer = layer or reading.layer
    raw = opening.read(
        name,
        content,
        layer=layer,
        max_megabytes=max_megabytes,
        fits=lambda raw: columns.fits(recognised(raw), raw),
    )
    mapping = recognised(raw)
    file = composed(name)
    return Waiting(mapping.kind, raw, b"", mapping, False, file, raw.sha256, layer=layer or "")


def has_columns(waiting: Waiting) -> bool:
    """Whether a list is read by its columns, and not by lines that are drawn."""
    return waiting.raw is not None and not routes.has_lines(waiting.raw)


def is_understood(waiting: Waiting) -> bool:
    """Whether a list can be read as it was recognised."""
    raw, mapping = waiting.raw, waiting.mapping
    return raw is not None and mapping is not None and columns.fits(mapping, raw)
