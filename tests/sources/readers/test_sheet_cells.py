"""Cells of a sheet as text: the same as the library's own cells say."""

import io
import re
import zipfile

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.xml.constants import SHEET_MAIN_NS

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers import workbooks

FORMATS = ("0000", "yyyy-mm-dd hh:mm", "[h]:mm:ss")
"""Number formats of the styles 1, 2 and 3."""


TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
SHARED = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPES}"/></Types>'


def workbook(rows: str, strings: str = "<si><t>text</t></si>", epoch=None) -> bytes:
    """A workbook whose only sheet has these rows, and whose cells share these texts."""
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    for row, form in enumerate(FORMATS, start=1):
        book.active.cell(row, 1, row).number_format = form
    out, made = io.BytesIO(), io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as usual, zipfile.ZipFile(made, "w") as other:
        for member in usual.infolist():
            part = usual.read(member).decode()
            part = re.sub("<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", part)
            part = re.sub("<dimension[^>]*>", "", part).replace("</Types>", SHARED)
            other.writestr(member.filename, part)
        other.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SHEET_MAIN_NS}">{strings}</sst>')
    return made.getvalue()


def cells(*written: str, **told) -> list[str]:
    """What is read of one row of cells."""
    rows, _ = workbooks.read_sheet(workbook(f"<row>{''.join(written)}</row>", **told), "a.xlsx")
    return rows[0]


def number(value: str, style: int = 0) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


@pytest.mark.parametrize(
    ("value", "style", "right"),
    [
        ("910", 1, "0910"),
        ("910", 0, "910"),
        ("910.0", 1, "910"),
        ("-5", 1, "-005"),
        ("0.30000000000000004", 0, "0.30000000000000004"),
        ("1e3", 0, "1000"),
        ("99999999999999999999", 0, "99999999999999999999"),
        ("46082", 2, "2026-03-01"),
        ("46082.875", 2, "2026-03-01 21:00:00"),
        ("46082.26259259258", 2, "2026-03-01 06:18:08"),
        ("46082.9999999", 2, "2026-03-02"),
        ("1", 2, "1900-01-01"),
        ("59", 2, "1900-02-28"),
        ("61", 2, "1900-03-01"),
        ("0.26259259258", 2, "06:18:08"),
        ("2958465", 2, "9999-12-31"),
        ("2958466", 2, "#VALUE!"),
        ("1.25", 3, "30:00:00"),
        ("910", 99, "910"),
    ],
)
def test_numbers_are_written_as_their_style_says(value, style, right):
    assert cells(number(value, style)) == [right]


def test_a_workbook_that_counts_from_1904_has_days_of_its_own():
    assert cells(number("44620.5", 2), epoch=CALENDAR_MAC_1904) == ["2026-03-01 12:00:00"]


def test_every_kind_of_cell_is_text():
    found = cells(
        '<c t="b"><v>1</v></c>',
        '<c t="b"><v>0</v></c>',
        '<c t="d"><v>2026-03-01T21:00:00Z</v></c>',
        '<c t="str"><f>A1&amp;"x"</f><v> svar </v></c>',
        '<c t="inlineStr"><is><t> Rån </t></is></c>',
        '<c t="inlineStr"><is/></c>',
        "<c><f>1+1</f><v>2</v></c>",
        '<c t="s"><v></v></c>',
        '<c t="n"/>',
        '<c t="s"><v>0</v></c>',
    )
    answers = ["ja", "nej", "2026-03-01 21:00:00", "svar", "Rån", "", "2", "", "", "text"]
    assert found == answers


def test_a_text_in_pieces_is_put_together_without_how_it_is_pronounced():
    pieces = (
        '<r><rPr><b/></rPr><t>Misshandel </t></r><r><t>ute</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'
    )
    shared = f"<si>{pieces}</si><si><t>Rån</t></si><si/>"
    texts = [f'<c t="s"><v>{place}</v></c>' for place in (0, 1, 2, 1)]
    assert cells(*texts, strings=shared) == ["Misshandel ute", "Rån", "", "Rån"]
    assert cells(f'<c t="inlineStr"><is>{pieces}</is></c>') == ["Misshandel ute"]


def test_rows_and_cells_stand_where_their_addresses_say():
    rows, _ = workbooks.read_sheet(
        workbook(
            '<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c><c r="F2"><v>3</v></c></row>'
            "<row><c><v>4</v></c></row>"
            '<row r="6"><c r="B6"><v>5</v></c><c r="A6"><v>6</v></c></row>'
            '<row r="4"><c r="A4"><v>7</v></c></row>'
            '<row r="7"><c r="C7"><v>8</v></c><c r="C7"><v>9</v></c></row>'
        ),
        "a.xlsx",
    )
    second = ["", "1", "2", "", "", "3"]
    # A row goes as far as its last cell; a row that comes too late is none.
    assert rows == [[], second, ["4"], [], [], ["6"], ["", "", "9"]]


def test_errors_are_told_by_their_address():
    _, notes = workbooks.read_sheet(
        workbook(
            '<row r="1"><c r="A1"><v>1</v></c><c r="AB1" t="e"><v>#N/A</v></c></row>'
            f'<row r="2"><c t="e"><v>#REF!</v></c>{number("2958466", 2)}</row>'
            '<row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="A3"><v>1</v></c></row>'
        ),
        "a.xlsx",
    )
    assert notes["error_cells"] == ["AB1", "A2", "B2"]


def test_a_long_sheet_is_read_in_pieces_to_its_last_row():
    rows = "".join(f"<row><c><v>{row}</v></c></row>" for row in range(20_000))
    found, _ = workbooks.read_sheet(workbook(rows), "a.xlsx")
    assert [row[0] for row in found] == [str(row) for row in range(20_000)]


@pytest.mark.parametrize(
    "row",
    [
        '<row><c t="s"><v>99</v></c></row>',
        "<row><c><v>tolv</v></c></row>",
        '<row><c r="1A"><v>1</v></c></row>',
        '<row r="1.5"><c><v>1</v></c></row>',
        "<row><c><v>1</c></row>",
    ],
)
def test_a_sheet_that_does_not_hold_together_is_damaged(row):
    with pytest.raises(SourceError) as error:
        workbooks.read_sheet(workbook(row), "a.xlsx")
    assert error.value.cause is SourceCause.FILE_DAMAGED
