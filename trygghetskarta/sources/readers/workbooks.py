"""Excel workbooks (XLSX): the cells of one sheet as text."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from itertools import islice

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers.grids import MOST_COLUMNS, Row, check_columns
from trygghetskarta.sources.readers.sheet_cells import TextReader, rows_of
from trygghetskarta.sources.readers.sheet_shape import read_shape

_MOST_ROWS = 2**20
"""Rows that Excel itself can have."""
MOST_CELLS = 30_000_000
"""Cells up to the last one of each row that a sheet may have."""
BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the library lets through of a workbook whose parts do not fit each other."""
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACES = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""Names of Strict Open XML (ISO/IEC 29500), and the ones that Excel itself writes by default."""
SAMPLE_ROWS = 1000
"""Rows of each sheet that are looked at to tell what it is."""


@dataclass(frozen=True)
class SheetSample:
    """The beginning of a sheet.

    Attributes
    ----------
    name
        Of the sheet.
    rows
        Its first ``SAMPLE_ROWS`` rows, as :func:`read_sheet` gives them.
    goes_on
        Whether there are more.
    is_hidden
        Whether Excel hides it.
    """

    name: str
    rows: list[Row]
    goes_on: bool
    is_hidden: bool


def read_sheet(data: bytes, file: str, sheet: str | None = None) -> tuple[list[Row], dict]:
    """Read one sheet into rows of text.

    Whole numbers have no decimals; a number shown with leading zeros (format ``0000``) keeps them;
    dates are ISO, without clock at midnight; formulas give the value Excel last saved.

    Parameters
    ----------
    data, file
        The workbook, and its name for errors.
    sheet
        Name of the sheet; by default the first one that is visible and holds something.

    Returns
    -------
    rows
        From row 1, blank rows as empty lists.
    notes
        ``sheet``; ``sheets``: every visible sheet, where there are several; ``error_cells``:
        addresses of cells that hold an Excel error (``#N/A``), whose text is kept; ``shape``: a
        ``SheetShape``.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED``; ``FILE_EMPTY`` when no sheet holds anything; ``SEVERAL_LAYERS`` when the
        named sheet does not exist; ``TOO_MANY_COLUMNS`` and ``SHEET_TOO_LARGE`` for cells far
        outside any table.
    """
    try:
        return _chosen(_opened(data), file, sheet)
    except BROKEN as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error


def samples(data: bytes, file: str) -> list[SheetSample]:
    """Read the beginning of every sheet of a workbook, in its order.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED``, ``TOO_MANY_COLUMNS``.
    """
    try:
        return [_sample(sheet, file) for sheet in _opened(data).worksheets]
    except BROKEN as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error


def is_usual(data: bytes) -> bool:
    """Whether a workbook is of the usual kind (XLSX), whatever its name says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "xl/workbook.xml" in packed.namelist()
    except BROKEN:
        return False


def _opened(data: bytes) -> openpyxl.Workbook:
    reader = TextReader(io.BytesIO(_usual(data)), read_only=True, data_only=True)
    reader.read()
    return reader.wb


def _usual(data: bytes) -> bytes:
    """A workbook saved as Strict Open XML, with the names that the library knows."""
    with zipfile.ZipFile(io.BytesIO(data)) as strict:
        if _STRICT not in strict.read("xl/workbook.xml"):
            return data
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as usual:
            for member in strict.infolist():
                part = strict.read(member)
                if member.filename.endswith((".xml", ".rels")):
                    for name, other in _NAMESPACES.items():
                        part = part.replace(name, other)
                usual.writestr(member.filename, part)
    return made.getvalue()


def _sample(sheet: ReadOnlyWorksheet, file: str) -> SheetSample:
    rows = [row for row, _ in islice(rows_of(sheet), SAMPLE_ROWS + 1)]
    check_columns(max(map(len, rows), default=0), file)
    hidden = sheet.sheet_state != "visible"
    return SheetSample(sheet.title, rows[:SAMPLE_ROWS], len(rows) > SAMPLE_ROWS, hidden)


def _chosen(book: openpyxl.Workbook, file: str, name: str | None) -> tuple[list[Row], dict]:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if name is not None:
        sheets = [sheet for sheet in book.worksheets if sheet.title == name]
        if not sheets:
            titles = [sheet.title for sheet in book.worksheets]
            raise SourceError(SourceCause.SEVERAL_LAYERS, file=file, layers=titles)
    for sheet in sheets:
        rows, errors = _rows(sheet, file)
        if any(map(any, rows)):
            notes: dict[str, object] = {"sheet": sheet.title}
            if name is None and len(sheets) > 1:
                notes["sheets"] = [each.title for each in sheets]
            if errors:
                notes["error_cells"] = errors
            with book._archive.open(sheet._worksheet_path) as part:
                notes["shape"] = read_shape(part, MOST_COLUMNS)
            return rows, notes
    raise SourceError(SourceCause.FILE_EMPTY, file=file)


def _rows(sheet: ReadOnlyWorksheet, file: str) -> tuple[list[Row], list[str]]:
    rows: list[Row] = []
    errors: list[str] = []
    size = 0
    for number, (row, wrong) in enumerate(rows_of(sheet), start=1):
        check_columns(len(row), file)
        size += len(row)
        if number > _MOST_ROWS or size > MOST_CELLS:
            raise SourceError(
                SourceCause.SHEET_TOO_LARGE, file=file, sheet=sheet.title, row=number - 1
            )
        errors += wrong
        rows.append(row)
    while rows and not any(rows[-1]):
        rows.pop()
    return rows, errors
