"""What is shown, as the bytes of a CSV file, a workbook and a GeoPackage."""

import csv
import io

import xlsxwriter

from trygghetskarta.analysis.measures import FIGURES
from trygghetskarta.draw import palette
from trygghetskarta.draw.shown import Shown, mark_of
from trygghetskarta.draw.table.view_columns import (
    DECIMALS,
    about,
    columns_of,
    legend,
    stamp,
)
from trygghetskarta.words import file_words, texts
from trygghetskarta.words.safe import plain_text, spreadsheet_text

_LONGEST_CELL = 32_767
"""Characters that a workbook's cell may hold."""


def to_csv(shown: Shown) -> bytes:
    """Write the table as CSV that opens right in a Swedish Excel.

    Parameters
    ----------
    shown
        The view.

    Returns
    -------
    bytes
        UTF-8 with byte order mark, semicolons, decimal comma, CRLF. Row 1 holds the headings, then
        comes one row per area, an empty row, and what must follow the figures, as heading and text.
        Invented and internal figures are marked in the first column of every row, which is seen at
        once, keeps the table readable for programs and follows rows that are copied.
    """
    columns = columns_of(shown)
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.heading for column in columns])
    for row in zip(*(column.values for column in columns), strict=True):
        writer.writerow([_csv_cell(value) for value in row])
    writer.writerow([])
    for heading, text in about(shown):
        writer.writerow([heading, spreadsheet_text(text)])
    return lines.getvalue().encode("utf-8-sig")


def to_xlsx(shown: Shown) -> bytes:
    """Write the table as a workbook with one sheet of figures and one about them.

    Parameters
    ----------
    shown
        The view.

    Returns
    -------
    bytes
        The same for the same view: the date of creation is the period's last day. Numbers are
        numbers; outside text is typed as text and never a formula.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": plain_text(shown.title),
                "comments": "\n".join(plain_text(line) for line in shown.caption),
                "author": texts.APP,
                "created": stamp(shown),
            }
        )
        _write_table_sheet(book, shown)
        _write_about_sheet(book, shown)
    return target.getvalue()


def _csv_cell(value: float | int | str) -> str:
    if isinstance(value, str):
        return spreadsheet_text(value)
    return str(value).replace(".", ",")


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
_NUMBERS = {column: "+0;-0;0" for one in FIGURES if one.is_change for column in one.columns}
_WIDTHS = {"mark": 26, "area_code": 12, "name": 30, "count": 11, "population": 10, "verdict": 30}
_WIDTH = 15


def _write_table_sheet(book: xlsxwriter.Workbook, shown: Shown) -> None:
    sheet = book.add_worksheet(file_words.SHEET_TABLE)
    columns = [column for column in columns_of(shown) if column.key != "mark"]
    mark = mark_of(shown)
    head = 1 if mark else 0
    if head:
        _write_mark(book, sheet, mark, len(columns))
    head_format = book.add_format(_HEAD)
    word_format = book.add_format(_WORD)
    sheet.set_row(head, 48)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, _WIDTHS.get(column.key, _WIDTH))
        sheet.write_string(head, at, column.heading, head_format)
        number_format = book.add_format({"num_format": _number_format(column.key)})
        for row, value in enumerate(column.values, head + 1):
            if not isinstance(value, str):
                sheet.write_number(row, at, value, number_format)
            elif column.key in DECIMALS:
                sheet.write_string(row, at, value, word_format)
            else:
                sheet.write_string(row, at, _cell_text(value))
    last = head + len(columns[0].values)
    sheet.freeze_panes(head + 1, 2)
    sheet.autofilter(head, 0, max(last, head + 1), len(columns) - 1)
    _set_print(sheet, head, mark)


def _write_mark(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, mark: str, width: int
) -> None:
    marked = book.add_format(_MARK)
    sheet.write_string(0, 0, mark, marked)
    for at in range(1, width):
        sheet.write_blank(0, at, None, marked)


def _number_format(key: str) -> str:
    return _NUMBERS.get(key) or ("#,##0.0" if DECIMALS.get(key) else "#,##0")


def _set_print(sheet: xlsxwriter.worksheet.Worksheet, head: int, mark: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head)
    if mark:
        sheet.set_header(f'&C&"Calibri,Bold"{mark}')
    sheet.set_footer(f"&L{texts.APP}&R{file_words.SHEET_PAGE} &P")


def _write_about_sheet(book: xlsxwriter.Workbook, shown: Shown) -> None:
    sheet = book.add_worksheet(file_words.SHEET_ABOUT)
    heading = book.add_format({"bold": True, "valign": "top"})
    text_format = book.add_format({"text_wrap": True, "valign": "top"})
    marked = book.add_format({**_MARK, "text_wrap": True})
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for row, (name, text) in enumerate([*about(shown), *legend(shown)]):
        is_mark = name == file_words.FILE_COLUMNS["mark"] or texts.EXAMPLE_MARK in text
        sheet.write_string(row, 0, name, heading)
        sheet.write_string(row, 1, _cell_text(text), marked if is_mark else text_format)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _cell_text(text: str) -> str:
    return plain_text(text)[:_LONGEST_CELL]
