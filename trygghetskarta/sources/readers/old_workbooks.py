"""Workbooks of other programs and older times: XLS, XLSB and ODS, as text."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers.cell_texts import as_text
from trygghetskarta.sources.readers.grids import Row, check_columns
from trygghetskarta.sources.readers.workbooks import (
    MOST_CELLS,
    SAMPLE_ROWS,
    SheetSample,
)

_BROKEN = (CalamineError, OSError, ValueError, OverflowError, MemoryError)
_PANIC = "PanicException"
"""What the library raises beside exceptions, for a workbook it did not expect."""


def read_sheet(data: bytes, file: str, sheet: str | None = None) -> tuple[list[Row], dict]:
    """Read one sheet into rows of text; as :func:`workbooks.read_sheet` but for formats.

    A number's format is not told, so that 910 shown as 0910 is 910.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED``, ``FILE_PROTECTED``, ``FILE_EMPTY``, ``SEVERAL_LAYERS``,
        ``TOO_MANY_COLUMNS``, ``SHEET_TOO_LARGE``.
    """
    with _opened(data, file) as book:
        names = [name for name, hidden in _sheets(book) if not hidden]
        wanted = names
        if sheet is not None:
            wanted = [name for name, _ in _sheets(book) if name == sheet]
            if not wanted:
                raise SourceError(SourceCause.SEVERAL_LAYERS, file=file, layers=names)
        for name in wanted:
            rows = list(_rows(book.get_sheet_by_name(name), file))
            if any(map(any, rows)):
                notes: dict[str, object] = {"sheet": name}
                if sheet is None and len(names) > 1:
                    notes["sheets"] = names
                return rows, notes
    raise SourceError(SourceCause.FILE_EMPTY, file=file)


def samples(data: bytes, file: str) -> list[SheetSample]:
    """Read the beginning of every sheet of a workbook, in its order.

    Raises
    ------
    SourceError
        As :func:`read_sheet`.
    """
    found = []
    with _opened(data, file) as book:
        for name, hidden in _sheets(book):
            rows = list(islice(_rows(book.get_sheet_by_name(name), file), SAMPLE_ROWS + 1))
            found.append(SheetSample(name, rows[:SAMPLE_ROWS], len(rows) > SAMPLE_ROWS, hidden))
    return found


@contextmanager
def _opened(data: bytes, file: str) -> Iterator[CalamineWorkbook]:
    try:
        with _Calm(file), CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            yield book
    except PasswordError as error:
        raise SourceError(SourceCause.FILE_PROTECTED, file=file) from error
    except _BROKEN as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error


class _Calm:
    """Makes an error of what the library raises beside exceptions."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __enter__(self) -> None:
        """Nothing is opened."""

    def __exit__(self, kind: type[BaseException] | None, error: object, _trace: object) -> None:
        if kind is not None and kind.__name__ == _PANIC:
            raise SourceError(SourceCause.FILE_DAMAGED, file=self.file)


def _sheets(book: CalamineWorkbook) -> list[tuple[str, bool]]:
    """Name of each sheet of cells, and whether it is hidden."""
    return [
        (one.name, one.visible is not SheetVisibleEnum.Visible)
        for one in book.sheets_metadata
        if one.typ is SheetTypeEnum.WorkSheet
    ]


def _rows(sheet: CalamineSheet, file: str) -> Iterator[Row]:
    if not sheet.height:
        return
    height, width = sheet.total_height + 1, sheet.total_width + 1
    if height * width > MOST_CELLS:
        check_columns(width, file)
        raise SourceError(SourceCause.SHEET_TOO_LARGE, file=file, sheet=sheet.name, row=height)
    for cells in sheet.to_python(skip_empty_area=False):
        row = [as_text(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        check_columns(len(row), file)
        yield row
