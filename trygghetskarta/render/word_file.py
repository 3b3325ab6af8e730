"""A paper as a Word file, for those who will write in it."""

import io
import zipfile

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from trygghetskarta.render import texts
from trygghetskarta.render.document import Cell, Document, Picture, Section, Table
from trygghetskarta.render.safe import plain_text

_MARGIN = Mm(18)
_WIDTH = Mm(210 - 2 * 18)
_TALLEST = Mm(120)
_TYPEFACE = "Calibri"
_INK, _ACCENT = RGBColor(0x1C, 0x27, 0x33), RGBColor(0x1F, 0x4E, 0x79)
_MARK = RGBColor(0x8A, 0x5A, 0x00)


def to_docx(document: Document) -> bytes:
    """Set a paper as a Word file with headings, a table with a repeated head and a picture text.

    Parameters
    ----------
    document
        Its parts.

    Returns
    -------
    bytes
        A4, the same for the same paper.
    """
    word = docx.Document()
    _set_up(word, document)
    if document.mark:
        _write(word.add_paragraph(), document.mark, bold=True).font.color.rgb = _MARK
    word.add_heading(plain_text(document.title), 0)
    word.add_paragraph(plain_text(document.summary))
    _facts(word, document.facts)
    for section in document.sections:
        _section(word, section)
    for line in document.caption:
        _write(word.add_paragraph(), line).font.size = Pt(8)
    target = io.BytesIO()
    word.save(target)
    return _without_clock(target.getvalue())


def _set_up(word: WordDocument, document: Document) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = _TYPEFACE, Pt(12 if document.large else 10.5)
    normal.font.color.rgb = _INK
    normal.paragraph_format.space_after = Pt(4)
    _speak_swedish(normal)
    for name, size in (("Title", 20), ("Heading 1", 13)):
        style = word.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _TYPEFACE, Pt(size), _ACCENT
        # The template names a typeface of its theme, which would win.
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if "Theme" in key]:
            del fonts.attrib[key]
    told = word.core_properties
    told.title, told.subject = plain_text(document.title)[:255], plain_text(document.summary)[:255]
    told.author = told.last_modified_by = texts.APP
    told.comments, told.language = "", "sv-SE"
    told.created = told.modified = document.moment.replace(tzinfo=None)
    foot = page.footer.paragraphs[0]
    foot.style.font.size = Pt(8)
    foot.text = " · ".join(part for part in (texts.APP, document.mark) if part)


def _speak_swedish(style) -> None:
    """Tell Word's spelling which language it reads."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    style.element.get_or_add_rPr().append(language)


def _write(paragraph: Paragraph, text: str, bold: bool = False):
    run = paragraph.add_run(plain_text(text))
    run.bold = bold or None
    return run


def _facts(word: WordDocument, facts: tuple[tuple[str, str], ...]) -> None:
    if not facts:
        return
    table = word.add_table(0, 2)
    for name, text in facts:
        row = table.add_row().cells
        _fill(row[0], Cell((name,)))
        _fill(row[1], Cell((text,)))
        row[0].width, row[1].width = Mm(38), _WIDTH - Mm(38)


def _section(word: WordDocument, section: Section) -> None:
    word.add_heading(plain_text(section.heading), 1)
    for text in section.paragraphs:
        word.add_paragraph(plain_text(text))
    if section.picture is not None:
        _picture(word, section.picture)
    if section.table is not None:
        _table(word, section.table)


def _picture(word: WordDocument, picture: Picture) -> None:
    height = min(int(_WIDTH * picture.ratio), _TALLEST)
    shown = word.add_picture(io.BytesIO(picture.png), height=height)
    shown._inline.docPr.set("descr", plain_text(picture.told))
    shown._inline.docPr.set("name", plain_text(picture.told)[:60])


def _table(word: WordDocument, content: Table) -> None:
    table = word.add_table(1, len(content.headings))
    table.style = "Table Grid"
    table.autofit = False
    for cell, heading in zip(table.rows[0].cells, content.headings, strict=True):
        _fill(cell, Cell(bold=heading))
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
    for values in content.rows:
        row = table.add_row()
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for cell, value in zip(row.cells, values, strict=True):
            _fill(cell, value)
    for row in table.rows:
        for cell, share in zip(row.cells, content.widths, strict=True):
            cell.width = int(share * _WIDTH)
    word.add_paragraph()


def _fill(cell: _Cell, content: Cell) -> None:
    lines = [line for line in content.lines if line]
    first = cell.paragraphs[0]
    first.paragraph_format.space_after = 0
    if content.bold:
        _write(first, content.bold, bold=True)
    elif lines:
        _write(first, lines.pop(0))
    for line in lines:
        paragraph = cell.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        _write(paragraph, line)


def _without_clock(content: bytes) -> bytes:
    """The same file with every part dated alike: a zip archive tells when it was packed."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as packed,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as repacked,
    ):
        for name in packed.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            repacked.writestr(entry, packed.read(name))
    return target.getvalue()
