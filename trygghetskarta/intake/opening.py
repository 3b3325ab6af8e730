"""Opening a file somebody brings: of a workbook, the sheet that has the columns that are needed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers import files, parts
from trygghetskarta.sources.readers.files import RawTable

Fits = Callable[[RawTable], bool]
"""Whether a table has the columns that its kind needs."""

_NO_TABLE = (SourceCause.FILE_EMPTY, SourceCause.NO_HEADER, SourceCause.NO_ROWS)


def read(
    name: str, content: bytes, *, layer: str | None, max_megabytes: float, fits: Fits
) -> RawTable:
    """Read a file as :func:`trygghetskarta.sources.readers.files.read_bytes` does.

    Of a workbook with several sheets and no ``layer``, the one that ``fits`` is read; where none
    does, the first that holds a table.

    Returns
    -------
    RawTable
        Of a workbook the notes tell ``sheet_read``, when it is not the first that holds something,
        and ``other_sheets``, the names of other tables in it.

    Raises
    ------
    SourceError
        Also ``SEVERAL_LAYERS`` when several sheets fit; its fact ``others`` names the other tables.
    CrsError
        If the file has coordinates in a system that cannot be named by an EPSG code.
    """
    try:
        raw = files.read_bytes(name, content, layer=layer, max_megabytes=max_megabytes)
    except SourceError as error:
        if layer is not None or error.cause not in _NO_TABLE:
            raise
        listed = parts.tables(parts.parts(name, content, max_megabytes))
        if not listed:
            raise
        first, chosen = "", _chosen(listed, fits) or listed[0].name
    else:
        if layer is not None or "sheets" not in raw.notes:
            return raw
        listed = parts.tables(parts.parts(name, content, max_megabytes))
        first = str(raw.notes["sheet"])
        chosen = _chosen(listed, fits) or first
    notes: dict[str, object] = {"other_sheets": [one.name for one in listed if one.name != chosen]}
    if chosen != first:
        raw = files.read_bytes(name, content, layer=chosen, max_megabytes=max_megabytes)
        notes["sheet_read"] = chosen
    return replace(raw, notes={**raw.notes, **notes})


def _chosen(listed: Sequence[parts.FilePart], fits: Fits) -> str | None:
    """The only sheet that fits; None when none does."""
    samples = {one.name: one.sample for one in listed if one.sample is not None}
    fitting = {name: sample for name, sample in samples.items() if fits(sample)}
    if len(fitting) > 1:
        file = next(iter(fitting.values())).file_name
        others = [one.name for one in listed if one.name not in fitting]
        facts = {"layers": list(fitting), "others": others}
        raise SourceError(SourceCause.SEVERAL_LAYERS, file=file, **facts)
    return next(iter(fitting), None)
