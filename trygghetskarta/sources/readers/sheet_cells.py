"""Rows of a workbook's sheet as text, with the texts, formats and day one that openpyxl has read.

Of the library's own cells each is an object that asks for its format anew: five times the work.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, partial
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import from_excel, from_ISO8601
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from trygghetskarta.sources import pace
from trygghetskarta.sources.readers import sheet_rows
from trygghetskarta.sources.readers.cell_texts import as_text, number_text
from trygghetskarta.sources.readers.grids import Row
from trygghetskarta.sources.readers.sheet_rows import Cell

_STRING = f"{{{SHEET_MAIN_NS}}}si"
_ZEROS = re.compile(r"0{2,}")
_BAD_DATE = "#VALUE!"
_FIRST_DAY = "0000-01-01"
_DAY = 86_400
_FIRST_PLAIN, _LAST_PLAIN = 61, 2_950_000
"""Days that every calendar of a workbook has, after the one of 1900 that never was."""


class TextReader(ExcelReader):
    """The library's reader of workbooks, with a quick one for the texts that cells share."""

    def read_strings(self) -> None:
        """Read the texts that cells share, without what is said of how they look."""
        kind = self.package.find(SHARED_STRINGS)
        if kind is not None:
            with self.archive.open(kind.PartName[1:]) as part:
                self.shared_strings = [
                    sheet_rows.content(one).replace("x005F_", "")
                    for one in sheet_rows.elements_of(part)
                    if one.tag == _STRING
                ]

    def read_worksheets(self) -> None:
        """Note where each sheet of cells lies."""
        book: Any = self.wb
        for told, part in self.parser.find_sheets():
            if part.target in self.valid_files and "chartsheet" not in part.Type:
                sheet: Any = TextSheet(book, told.name, part.target, self.shared_strings)
                sheet.sheet_state = told.state
                book._sheets.append(sheet)


class TextSheet(ReadOnlyWorksheet):
    """A sheet that is not looked through before it is read."""

    def _get_size(self) -> None:
        """Without an extent: where none is told the library looks for it in every cell."""


def rows_of(sheet: Any) -> Iterator[tuple[Row, list[str]]]:
    """Every row from the first, also those that the sheet leaves out.

    Yields
    ------
    row
        Cells as text, up to the last that says something.
    errors
        Addresses of the cells that hold an error of Excel, or a date that is none.
    """
    cells = _Cells(sheet)
    number, awaited = 0, 1
    size = sheet.parent._archive.getinfo(sheet._worksheet_path).file_size
    with sheet._get_source() as part:
        for count, (told, written) in enumerate(sheet_rows.rows_of(part)):
            if count % pace.EVERY == 0:
                pace.say(min(part.tell() / size, 1.0))
            number = _number(told) if told else number + 1
            row, errors = cells.of_row(written, number)
            for _ in range(awaited, number):
                yield [], []
            if awaited <= number:
                awaited = number + 1
                yield row, errors


def _number(told: str) -> int:
    try:
        return int(told)
    except ValueError:
        if not float(told).is_integer():
            raise
        return int(float(told))


class _Cells:
    """How the cells of one sheet become text."""

    def __init__(self, sheet: Any) -> None:
        self._book, self._strings = sheet.parent, sheet._shared_strings
        self._day_one = self._book.epoch.toordinal()
        self._columns: dict[str, int] = {}
        self._numbers: dict[str, Callable[[str], str | None]] = {}

    def of_row(self, written: Iterable[Cell], number: int) -> tuple[Row, list[str]]:
        """Cells of a row, which goes as far as the cell that stands last in it."""
        row: Row = []
        errors: dict[int, str] = {}
        column = 0
        columns, numbers, strings = self._columns, self._numbers, self._strings
        for letters, line, style, kind, value, own in written:
            if letters or line:
                column = columns.get(letters) or self._column(letters)
            else:
                column += 1
            wrong = False
            if kind == "inlineStr":
                text = own.strip()
            elif not value:
                text, wrong = "", kind == "e"
            elif kind == "s":
                text = strings[int(value)].strip()
            elif kind in ("", "n"):
                found = (numbers.get(style) or self._numbers_of(style))(value)
                text, wrong = (_BAD_DATE, True) if found is None else (found, False)
            else:
                text, wrong = _other(kind, value), kind == "e"
            if wrong:
                errors[column] = f"{get_column_letter(column)}{line or number}" if column else ""
            if column == len(row) + 1:
                row.append(text)
            elif column:
                row += [""] * (column - len(row))
                row[column - 1] = text
                if not wrong:
                    errors.pop(column, None)
        del row[column:]
        while row and not row[-1]:
            row.pop()
        told = [errors[place] for place in sorted(errors) if 0 < place <= column]
        return row, told if row else []

    def _column(self, letters: str) -> int:
        column = column_index_from_string(letters)
        self._columns[letters] = column
        return column

    def _numbers_of(self, told: str) -> Callable[[str], str | None]:
        """How numbers of a style are written; None for a date that is none."""
        style = int(told) if told else 0
        if style in self._book._date_formats:
            is_span = style in self._book._timedelta_formats
            kept = _shown_of_date(self._shape(style))
            read: Callable[[str], str | None] = partial(self._moment, is_span, kept)
        else:
            read = partial(_plain, cache(partial(self._zeros, style)))
        self._numbers[told] = read
        return read

    def _zeros(self, style: int) -> int:
        """Digits that whole numbers of a style are shown with at least; 0 when it does not say."""
        shape = self._shape(style)
        return len(shape) if _ZEROS.fullmatch(shape) else 0

    def _shape(self, style: int) -> str:
        """The number format of a style, as Excel writes it."""
        styles = self._book._cell_styles
        number = styles[style].numFmtId if 0 <= style < len(styles) else 0
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return str(BUILTIN_FORMATS.get(number, "General"))
        return str(self._book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])

    def _moment(self, is_span: bool, kept: int, text: str) -> str | None:
        value = _cast(text)
        if _FIRST_PLAIN <= value <= _LAST_PLAIN and not is_span:
            day, fraction = divmod(value, 1)
            # To a whole thousandth first, as the library has it.
            seconds = (round(fraction * _DAY * 1000) + 500) // 1000
            days, seconds = int(day) + seconds // _DAY, seconds % _DAY
            date = _date(self._day_one + days)
            if seconds:
                return f"{date} {_clock(seconds)}"
            return date[:kept] if date[kept:] == _FIRST_DAY[kept:] else date
        try:
            found = from_excel(value, self._book.epoch, timedelta=is_span)
        except (OverflowError, ValueError):
            return None
        return as_text(found)


def _shown_of_date(shape: str) -> int:
    """How much of an ISO date a format shows: a month or a year is no day, if it is the first.

    Examples
    --------
    >>> [_shown_of_date(shape) for shape in ("yyyy-mm-dd", "yyyy-mm", 'mmm"-"yy', "yyyy")]
    [10, 7, 7, 4]
    """
    letters = set(re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shape).casefold())
    if "y" not in letters or letters & set("dhs"):
        return 10
    return 7 if "m" in letters else 4


def _other(kind: str, value: str) -> str:
    match kind:
        case "b":
            return as_text(bool(int(value)))
        case "d":
            return as_text(from_ISO8601(value))
        case _:
            return value.strip()


def _cast(text: str) -> float:
    return float(text) if "." in text or "E" in text or "e" in text else int(text)


def _plain(zeros: Callable[[], int], text: str) -> str:
    value = _cast(text)
    return number_text(value) if isinstance(value, float) else str(value).zfill(zeros())


@lru_cache(maxsize=65_536)
def _date(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


@cache
def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
