"""Rows that are written plainly say the same as elements of XML do."""

import io
from xml.etree.ElementTree import ParseError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.xml.constants import SHEET_MAIN_NS

from trygghetskarta.sources.readers import sheet_rows

HEAD = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{SHEET_MAIN_NS}"><sheetData>'
TAIL = "</sheetData></worksheet>"


def read(sheet: bytes) -> tuple[list, bool]:
    """Rows until the sheet ends or breaks, and whether it broke."""
    found = []
    try:
        for number, cells in sheet_rows.rows_of(io.BytesIO(sheet)):
            found.append((number, [tuple(cell) for cell in cells]))
    except ParseError:
        return found, True
    return found, False


def both(sheet: bytes, monkeypatch) -> tuple[list, bool]:
    """What is read, the same as when every row is read as elements."""
    quick = read(sheet)
    with monkeypatch.context() as patched:
        patched.setattr(sheet_rows, "_is_usual", lambda *_: False)
        assert read(sheet) == quick
    return quick


def sheet(*rows: str, head: str = HEAD, tail: str = TAIL) -> bytes:
    return f"{head}{''.join(rows)}{tail}".encode()


CELLS = {
    '<c r="A1" s="2" t="s"><v>7</v></c>': ("A", "1", "2", "s", "7", ""),
    '<c r="AB12"><v>4.5</v></c>': ("AB", "12", "", "", "4.5", ""),
    '<c r="A1"/>': ("A", "1", "", "", "", ""),
    "<c><v>1</v></c>": ("", "", "", "", "1", ""),
    '<c t="e"><v>#N/A</v></c>': ("", "", "", "e", "#N/A", ""),
    "<c><f>A1&lt;B1</f><v>1</v></c>": ("", "", "", "", "1", ""),
    '<c><f t="shared" si="0"/><v>1</v></c>': ("", "", "", "", "1", ""),
    '<c t="str"><v>r&#229;n &amp; st&#246;ld</v></c>': ("", "", "", "str", "rån & stöld", ""),
    '<c t="inlineStr"><is><t xml:space="preserve"> å\n</t></is></c>': (
        *("", "", "", "inlineStr", "", " å\n"),
    ),
}
ODD = {
    '<c t="s" r="A1"><v>7</v></c>': ("A", "1", "", "s", "7", ""),
    '<c  r="A1" ><v >7</v ></c>': ("A", "1", "", "", "7", ""),
    "<c r='A1'><v>7</v></c>": ("A", "1", "", "", "7", ""),
    '<c r="A1" cm="1"><v>7</v></c>': ("A", "1", "", "", "7", ""),
    "<c><v>&#x41;&#8364;&#128512;</v></c>": ("", "", "", "", "A€😀", ""),
    "<c><v><![CDATA[<c><v>1</v></c>]]></v></c>": ("", "", "", "", "<c><v>1</v></c>", ""),
    '<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>': (
        *("", "", "", "inlineStr", "", "ab"),
    ),
    '<c t="inlineStr"><is><t>a<!-- b --></t></is></c>': ("", "", "", "inlineStr", "", "a"),
    "<c><v>a\r\nb</v></c>": ("", "", "", "", "a\nb", ""),
    '<c t="d"><v>2026-03-01</v></c>': ("", "", "", "d", "2026-03-01", ""),
}


@pytest.mark.parametrize(("written", "right"), CELLS.items())
def test_a_plain_cell_is_not_made_an_element(written, right, monkeypatch):
    monkeypatch.setattr(sheet_rows, "_told", lambda elements: iter([*elements][:0]))
    assert read(sheet(f'<row r="3" spans="1:2">{written}</row>')) == ([("3", [right])], False)


@pytest.mark.parametrize(("written", "right"), (CELLS | ODD).items())
def test_cells_say_the_same_however_they_are_written(written, right, monkeypatch):
    plain = '<row r="2"><c><v>1</v></c></row>'
    rows, broken = both(sheet(plain, f"<row>{written}</row>", plain), monkeypatch)
    assert not broken and [cells for _, cells in rows][1] == [right]


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        ("<!-- <row r='1'/> --><row r='2'/>", ["2"]),
        ('<!-- <row r="1"><c/></row> --><row r="2"></row>', ["2"]),
        ('<row r="1"/>\n  <row r="4" ht="15" x:d="1">\n <c/> </row>', ["1", "4"]),
        ("<row/><other/><row/>", ["", ""]),
        (
            '<row r="1"/></sheetData><x><row r="9"></row></x><sheetData><row r="2"></row>',
            ["1", "2"],
        ),
    ],
)
def test_rows_are_those_of_the_sheet(rows, numbers, monkeypatch):
    head = HEAD.replace("><sheetData>", ' xmlns:x="x"><sheetData>')
    found, broken = both(sheet(rows, head=head), monkeypatch)
    assert not broken
    assert [number for number, _ in found if number != "9"] == numbers


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"></row><row r="2"><c>',
        '<row r="1"></row><row r="2"><c><v>\x01</v></c></row>',
        '<row r="1"></row><row r="2"><c><v>&nbsp;</v></c></row>',
        '<row r="1"></row></row>',
        '<row r="1"></row><row r="2"><c><v>1</c></v></row>',
    ],
)
def test_a_broken_sheet_is_told(rows, monkeypatch):
    assert both(sheet(rows), monkeypatch)[1]


def test_another_encoding_is_read_as_it_says(monkeypatch):
    head = HEAD.replace("UTF-8", "ISO-8859-1")
    content = sheet('<row r="1"><c t="str"><v>rån</v></c></row>', head=head)
    rows, broken = both(content.decode().encode("latin-1"), monkeypatch)
    assert not broken and rows[0][1][0][4] == "rån"


def test_a_sheet_of_another_prefix_is_read(monkeypatch):
    content = sheet('<x:row r="1"><x:c><x:v>1</x:v></x:c></x:row>').decode()
    content = content.replace("xmlns=", "xmlns:x=").replace("worksheet", "x:worksheet")
    rows, broken = both(content.replace("sheetData", "x:sheetData").encode(), monkeypatch)
    assert not broken and rows == [("1", [("", "", "", "", "1", "")])]


PIECES = st.lists(
    st.sampled_from([*CELLS, *ODD, "\n", "<!-- </row> -->", "<?x </row>?>"]), max_size=6
)
ROWS = st.lists(
    st.tuples(st.sampled_from(["<row>", '<row r="7">', "<row\n>"]), PIECES), max_size=30
)


@given(rows=ROWS, step=st.integers(1, 400), cut=st.integers(0, 4000))
def test_any_mixture_is_read_the_same(rows, step, cut):
    written = sheet(*(f"{begin}{''.join(cells)}</row>" for begin, cells in rows))
    for content in (written, written[:cut]):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(sheet_rows, "_STEP", step)
            quick = read(content)
            patched.setattr(sheet_rows, "_is_usual", lambda *_: False)
            slow = read(content)
            # What stands before the break may come in another number of rows.
            assert slow == quick or (slow[1] and quick[1])
