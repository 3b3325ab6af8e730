"""Workbooks of every kind, and what they keep."""

import io
import zipfile

import openpyxl

from trygghetskarta.sources.readers import files, parts

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
