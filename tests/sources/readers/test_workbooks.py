"""Workbooks of every kind, and what they keep."""

import base64
import datetime as dt
import gzip
import io
import zipfile

import openpyxl
import pytest

from trygghetskarta.errors import Fault, SourceCause, SourceError, TableRule
from trygghetskarta.sources.readers import files, old_workbooks, parts

NAMES = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def strict(data: bytes) -> bytes:
    """The same workbook as Excel's *Strict Open XML* has it, with dates of its kind."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as usual, zipfile.ZipFile(made, "w") as out:
        for member in usual.infolist():
            part = usual.read(member)
            for name, other in NAMES.items():
                part = part.replace(name, other)
            # A date of its kind is written as text, ISO 8601.
            part = part.replace(b't="n"><v>46082.875</v>', b't="d"><v>2026-03-01T21:00:00</v>')
            out.writestr(member, part)
    return made.getvalue()


def test_strict_open_xml_is_read_with_its_zeros_dates_and_letters():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Id", "Brottskod", "Stadsdel", "Brottsdatum"])
    sheet.append(["A1", 847, "Kronogården", 46082.875])
    sheet["B2"].number_format = "0000"
    sheet["D2"].number_format = "yyyy-mm-dd hh:mm"
    out = io.BytesIO()
    book.save(out)
    data = strict(out.getvalue())
    raw = files.read_bytes("uttag.xlsx", data)
    assert b"2026-03-01T21" in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert raw.frame.loc[2].tolist() == ["A1", "0847", "Kronogården", "2026-03-01 21:00:00"]
    assert [one.rows for one in parts.parts("uttag.xlsx", data)] == [1]


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"""
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def ods(change=("", ""), **sheets) -> bytes:
    """What LibreOffice writes, as far as cells go."""
    tables = ""
    for name, rows in sheets.items():
        tables += f'<table:table table:name="{name}">'
        for row in rows:
            tables += "<table:table-row>"
            for cell in row:
                kind = {
                    str: 'office:value-type="string"',
                    int: f'office:value-type="float" office:value="{cell}"',
                    dt.date: f'office:value-type="date" office:date-value="{cell}"',
                }[type(cell)]
                tables += f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"
            tables += "</table:table-row>"
        empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        tables += f"{empty}</table:table-row></table:table>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", (ODS % tables).replace(*change, 1))
    return out.getvalue()


HEAD = ["Id", "Brottskod", "Brottsdatum", "Stadsdel"]
XLS = """
H4sIAAAAAAACA+1YTWgTQRT+ZpM0P03SpDbVViihYNXaHooXEZq0JbWIpFQ9WKWgqRustElkGw960GjtURA8KV4K9eCl
6sUf9KA3D0JFD4JQSBS9eBIUPLRZ37zsSqoJNFALlv2WefPmmzezb2dm38zum8Vgfu5hawF/IAIbirobdWWcoOQ2CwFQ
va5L1cxdlHQL/xXcLprIOgee+V475RzK+S5AwQP7S5LAR0pjOIfhTDoZ3kAMsA8JIX3oJSlwhxg/WtirRpanWW5heZ8t
n7PsY+Y6y16yzYsTWIwOd+4zVvGo0s51fsh+H3ObD8z0IIRXchVfviFKtg70a2cTU1bFOlS02b2YBy2zoWQ6qclyCHdl
IDlO6I7Hu2Ox8MTE/lQqjyZaiPP4oYeB72bEeRG2+I3lBYj/uZp3VuFdVXh3Fd5Tha+vwnur8D5aQpV4fwX7m4odyEE/
xQFllvocdcgaO2KJbGIZgxz+ZKJgcFClvW5Ay2Sz05MZtd7U1UT2fIp2uqPZhDqtJqfIsr+Hag9pmXTmzGdNTaY9cp/k
uBpYFVd9HG+8JFU0sB7kqBOgwVu+9+1tfHwkepKZHO+lpR13h3QaOq7IFtTYzzUKSo4DnazvYXmVe93OeivLJnr5KO8Y
CRnKgRm2uca1HXSfvYx30Z1l+i7SZ78eftI2+ym6m/SFocLFpoX30Tm004Sq1F5eM+gSXeL2LYmnUTMXRnReYtnyV6R2
KQHDd904VjRgBR5WgyxLJdmP+F1SjNalko2ey2b0JSr0JbkQj84lxcO+NiPio3Y0eoL62crGY7kvfSVrG7ZBroSI0ohH
PLR9ZeceDyxYsGDBggULFjYPhHGWtBmnSYdxVnUa/3VWKBWt3ySbFkeQoStLH0qDSFOu4UJN66cZDmH2JdbYxvxfKHGM
7q5hEuPsx2TN65e+NUT586y5YWD9XqFa71+sxc9/fP9fWxm6kQAWAAA=
"""
"""A workbook of Excel 97: the four columns of ``HEAD`` and a row, packed."""


def test_ods_is_read_with_its_dates_and_sheets_are_listed():
    data = ods(Info=[["Uttag"]], Data=[HEAD, ["A1", 847, dt.date(2026, 3, 1), "Kronogården"]])
    raw = files.read_bytes("uttag.ods", data, layer="Data")
    assert raw.frame.loc[2].tolist() == ["A1", "847", "2026-03-01", "Kronogården"]
    listed = parts.parts("uttag.ods", data)
    assert [(one.name, one.rows, one.is_table) for one in listed] == [
        ("Info", 0, False),
        ("Data", 1, True),
    ]


def test_xls_is_read():
    raw = files.read_bytes("uttag.xls", gzip.decompress(base64.b64decode(XLS)))
    assert raw.frame.loc[2].tolist() == ["A1", "847", "2026-03-01 21:00:00", "Kronogården"]


def test_a_zero_byte_in_a_cell_is_a_letter_that_is_lost():
    data = gzip.decompress(base64.b64decode(XLS))
    raw = files.read_bytes("uttag.xls", data.replace(b"Kronog\xe5rden", b"Kron\0g\xe5rden"))
    assert raw.frame.at[2, "Stadsdel"] == "Kron\ufffdgården"
    assert raw.faults == (Fault(TableRule.GARBLED_TEXT, "Stadsdel", 2, "Kron\ufffdgården"),)


def test_a_text_file_called_xls_is_read_and_a_broken_one_is_refused():
    raw = files.read_bytes("a.xls", "Id\tNamn\n1\tÖn\n".encode("cp1252"))
    assert raw.frame["Namn"].tolist() == ["Ön"]
    data = gzip.decompress(base64.b64decode(XLS))
    for broken in (data[:700], data[:1500], ods(Data=[HEAD])[:200]):
        with pytest.raises(SourceError) as caught:
            files.read_bytes("a.xls", broken)
        assert caught.value.cause is SourceCause.FILE_DAMAGED


def test_an_ods_that_repeats_a_cell_without_end_is_refused():
    once = 'office:value-type="string"'
    data = ods((once, f'table:number-columns-repeated="16000" {once}'), Data=[HEAD])
    with pytest.raises(SourceError) as caught:
        files.read_bytes("a.ods", data)
    assert caught.value.cause in (SourceCause.TOO_MANY_COLUMNS, SourceCause.SHEET_TOO_LARGE)


def test_a_panic_of_the_library_is_a_damaged_file(monkeypatch):
    class PanicException(BaseException):
        pass

    def panic(_data):
        raise PanicException("index out of bounds")

    book = type("Book", (), {"from_filelike": staticmethod(panic)})
    monkeypatch.setattr(old_workbooks, "CalamineWorkbook", book)
    with pytest.raises(SourceError) as caught:
        files.read_bytes("uttag.xls", gzip.decompress(base64.b64decode(XLS)))
    assert caught.value.cause is SourceCause.FILE_DAMAGED
