"""The tables of a file that may have several: sheets of a workbook, layers of a GeoPackage."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trygghetskarta.errors import SourceError
from trygghetskarta.sources.readers import archives, files, layers, old_workbooks, workbooks
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.on_disk import SQLITE
from trygghetskarta.terms.file_forms import FileForm, points

_SHEETS = (*points(FileForm.WORKBOOK), *points(FileForm.OLD_WORKBOOK))


@dataclass(frozen=True, eq=False)
class FilePart:
    """One table of a file.

    Attributes
    ----------
    name
        By which it is chosen: ``layer`` of :func:`trygghetskarta.sources.readers.files.read_bytes`.
    rows, columns
        How large it is: rows that hold something, the header not among them.
    goes_on
        Whether there are more rows than ``rows``, which are all that were looked at.
    is_hidden
        Whether it is hidden in the program that made it.
    sample
        The rows that were looked at as a table; None for a layer, and for what is no table.
    """

    name: str
    rows: int
    columns: int
    goes_on: bool = False
    is_hidden: bool = False
    sample: RawTable | None = None

    @property
    def is_table(self) -> bool:
        """Whether it looks like a table: a header, and rows of more than one cell below it."""
        return self.rows > 0 and self.columns > 1


def parts(name: str, data: bytes, max_megabytes: float = 200) -> tuple[FilePart, ...]:
    """List the tables of a workbook or GeoPackage without reading the whole of any.

    Of an archive that holds one file, those of that file.

    Parameters
    ----------
    name, data
        The file, which :func:`trygghetskarta.sources.readers.files.read_bytes` has let through or
        refused for what stood in its first sheet.
    max_megabytes
        As there.

    Returns
    -------
    tuple of FilePart
        In the file's order; none for a file that is a single table.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED``, ``TOO_MANY_COLUMNS``.
    """
    file = Path(name.replace("\\", "/")).name
    if data.startswith(SQLITE):
        return tuple(FilePart(*told) for told in layers.sizes(data, file))
    held = archives.unpacked(file, data, files.READ, max_megabytes)
    if held is not None:
        return parts(*held[0], max_megabytes) if len(held) == 1 else ()
    if Path(file).suffix.lower() not in _SHEETS:
        return ()
    reader = workbooks if workbooks.is_usual(data) else old_workbooks
    return tuple(_sheet(one, file) for one in reader.samples(data, file))


def tables(listed: Sequence[FilePart]) -> list[FilePart]:
    """Those that are shown and look like tables."""
    return [one for one in listed if one.is_table and not one.is_hidden]


def _sheet(sheet: workbooks.SheetSample, file: str) -> FilePart:
    try:
        sample = files.sheet_table(sheet.rows, file, "", {"sheet": sheet.name})
    except SourceError:
        sample = None
    if sample is None:
        filled = sum(map(any, sheet.rows))
        shape = max(0, filled - 1), min(1, max(map(len, sheet.rows), default=0))
    else:
        shape = sample.frame.shape
    return FilePart(sheet.name, *shape, sheet.goes_on, sheet.is_hidden, sample)
