"""A list as somebody takes it home: the bytes of a CSV file and of a workbook."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import xlsxwriter

from trygghetskarta import formats
from trygghetskarta.draw import palette
from trygghetskarta.draw.table.listing import ListCell, ListColumn, Listing
from trygghetskarta.words import file_words, texts
from trygghetskarta.words.safe import plain_text, spreadsheet_text

_LONGEST_CELL = 32_767
"""Characters that a workbook's cell may hold."""


@dataclass(frozen=True, eq=False)
class ListFile:
    """A list with everything that must follow it.

    Attributes
    ----------
    title
        What it is.
    listing
        Its columns and rows.
    mark
        For whom it is and whether it is invented, see :mod:`trygghetskarta.words.marking`; empty
        for real figures that everybody may see.
    day
        A day that belongs to the content and not to the clock.
    summary, lines
        What it says in one sentence, and what must be said of it.
    link
        Where the same view opens; empty when it has no link.
    legend
        Headings and lines that a workbook has room for.
    reasons
        Why figures are not computed.
    sheet
        Name of the workbook's first sheet.
    frozen
        Columns of a workbook that stay when it is moved sideways.
    is_headed
        Whether the lines below a CSV's rows begin with title and headings.
    """

    title: str
    listing: Listing
    mark: str
    day: date
    summary: str = ""
    lines: Sequence[str] = ()
    link: str = ""
    legend: Sequence[tuple[str, str]] = ()
    reasons: Sequence[str] = ()
    sheet: str = file_words.SHEET_TABLE
    frozen: int = 1
    is_headed: bool = True

    @property
    def about(self) -> list[tuple[str, str]]:
        """What must follow the rows, as heading and one line of text."""
        written = {cell.told for row in self.listing.cells for cell in row}
        rows = [
            (file_words.ABOUT_TITLE, self.title),
            (file_words.FILE_COLUMNS["mark"], self.mark),
            (file_words.ABOUT_SUMMARY, self.summary),
            *((file_words.ABOUT_LINE, line) for line in self.lines),
            *((word, told) for word, told in file_words.ABOUT_WORDS.items() if word in written),
            *((file_words.NOT_COMPUTED, line) for line in self.reasons),
            (file_words.ABOUT_LINK, self.link),
        ]
        return [(heading, plain_text(text)) for heading, text in rows if text]

    @property
    def moment(self) -> datetime:
        """Its day as files have it."""
        return datetime.combine(self.day, time(), tzinfo=UTC)


def to_csv(told: ListFile) -> bytes:
    """Write a list as CSV that opens right in a Swedish Excel.

    Returns
    -------
    bytes
        As :func:`trygghetskarta.formats.swedish_csv` has it. Row 1 holds the headings, then come
        the rows, an empty row, and what must follow them. Invented and internal rows are marked in
        the first column of each, which is seen at once, keeps the table readable for programs and
        follows rows that are copied. Outside text is never a formula.
    """
    mark = [told.mark] if told.mark else []
    columns = told.listing.columns
    rows = [[*([file_words.FILE_COLUMNS["mark"]] if mark else []), *told.listing.headings]]
    rows += [
        [*mark, *(_csv_cell(*pair) for pair in zip(columns, row, strict=True))]
        for row in told.listing.cells
    ]
    if told.is_headed:
        about = [[heading, spreadsheet_text(text)] for heading, text in told.about]
    else:
        about = [[spreadsheet_text(line)] for line in (told.summary, *told.lines)]
    return formats.swedish_csv([*rows, [], *about])


def to_xlsx(told: ListFile) -> bytes:
    """Write a list as a workbook with one sheet of rows and one about them.

    Returns
    -------
    bytes
        The same for the same list. Numbers are numbers; outside text is typed as text and never a
        formula. The mark stands above the rows, on every printed page and among the lines.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": plain_text(told.title),
                "comments": "\n".join(plain_text(line) for line in told.lines),
                "author": texts.APP,
                "created": told.moment,
            }
        )
        _write_rows(book, told)
        _write_about(book, told)
    return target.getvalue()


WRITERS: Mapping[str, Callable[[ListFile], bytes]] = {"csv": to_csv, "xlsx": to_xlsx}
"""Kinds of file that every list can be had as."""


def _csv_cell(column: ListColumn, cell: ListCell) -> str:
    figure = column.figure(cell)
    return spreadsheet_text(cell.told) if figure is None else str(figure).replace(".", ",")


_HEAD = {
    "bold": True,
    "text_wrap": True,
    "valign": "vcenter",
    "bg_color": palette.GROUND_TABLE_HEAD,
    "bottom": 1,
    "bottom_color": palette.EDGE,
}
_MARK = {"bold": True, "bg_color": palette.MARK_GROUND, "font_color": palette.MARK_INK}
_WORD = {"italic": True, "font_color": palette.INK_ABSENT_WORKBOOK, "align": "right"}


def _write_rows(book: xlsxwriter.Workbook, told: ListFile) -> None:
    sheet = book.add_worksheet(told.sheet)
    columns, rows = told.listing.columns, told.listing.cells
    head = 1 if told.mark else 0
    if head:
        _write_mark(book, sheet, told.mark, len(columns))
    head_format = book.add_format(_HEAD)
    word_format = book.add_format(_WORD)
    sheet.set_row(head, 48)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(head, at, column.heading, head_format)
        number_format = book.add_format({"num_format": _number_format(column)})
        for number, row in enumerate(rows, head + 1):
            figure = column.figure(row[at])
            if figure is not None:
                sheet.write_number(number, at, figure, number_format)
            elif column.decimals is not None:
                sheet.write_string(number, at, row[at].told, word_format)
            else:
                sheet.write_string(number, at, _cell_text(row[at].told))
    sheet.freeze_panes(head + 1, told.frozen)
    sheet.autofilter(head, 0, head + max(len(rows), 1), len(columns) - 1)
    _set_print(sheet, head, told.mark)


def _write_mark(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, mark: str, width: int
) -> None:
    marked = book.add_format(_MARK)
    sheet.write_string(0, 0, mark, marked)
    for at in range(1, width):
        sheet.write_blank(0, at, None, marked)


def _number_format(column: ListColumn) -> str:
    if column.is_change:
        return "+0;-0;0"
    return "#,##0." + "0" * column.decimals if column.decimals else "#,##0"


def _set_print(sheet: xlsxwriter.worksheet.Worksheet, head: int, mark: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head)
    if mark:
        sheet.set_header(f'&C&"Calibri,Bold"{mark}')
    sheet.set_footer(f"&L{texts.APP}&R{file_words.SHEET_PAGE} &P")


def _write_about(book: xlsxwriter.Workbook, told: ListFile) -> None:
    sheet = book.add_worksheet(file_words.SHEET_ABOUT)
    heading = book.add_format({"bold": True, "valign": "top"})
    text_format = book.add_format({"text_wrap": True, "valign": "top"})
    marked = book.add_format({**_MARK, "text_wrap": True})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for row, (name, text) in enumerate([*told.about, *told.legend]):
        is_mark = name == file_words.FILE_COLUMNS["mark"] or texts.EXAMPLE_MARK in text
        sheet.write_string(row, 0, name, heading)
        sheet.write_string(row, 1, _cell_text(text), marked if is_mark else text_format)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _cell_text(text: str) -> str:
    return plain_text(text)[:_LONGEST_CELL]
