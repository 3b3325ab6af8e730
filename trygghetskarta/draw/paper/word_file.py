"""A paper as a Word file, for those who will write in it."""

import io
import zipfile
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from trygghetskarta.draw.paper.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Note,
    OwnText,
    Picture,
    Section,
    Table,
    Text,
)
from trygghetskarta.words import file_words, situation_words, texts
from trygghetskarta.words.safe import plain_text

_MARGIN = Mm(18)
_WIDTH = Mm(210 - 2 * 18)
_TALLEST = Mm(120)
_TYPEFACE = "Calibri"
_INK, _ACCENT = RGBColor(0x1C, 0x27, 0x33), RGBColor(0x1F, 0x4E, 0x79)
_MARK = RGBColor(0x8A, 0x5A, 0x00)
_GREY = RGBColor(0x4F, 0x5B, 0x68)
_SIZES = {"Title": 20, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5}
_SMALL_SIZES = {**_SIZES, "Heading 1": 13}
_HEAD_FILL = "E8EDF2"


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
    if document.marked:
        _write(word.add_paragraph(), document.marked, bold=True).font.color.rgb = _MARK
    word.add_heading(plain_text(document.title), 0)
    word.add_paragraph(plain_text(document.summary))
    _facts(word, document.facts)
    if document.contents:
        _contents(word, document)
    for number, section in enumerate(document.sections):
        _section(word, section, number, document.contents)
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
    for name, size in (_SIZES if document.contents else _SMALL_SIZES).items():
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
    parts = (texts.APP, plain_text(document.footer), document.marked)
    foot.add_run(" · ".join(part for part in parts if part) + f" · {file_words.SHEET_PAGE} ")
    _field(foot, "PAGE", "1")


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A value that Word works out itself, with what stands there until it has."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _speak_swedish(style: Any) -> None:
    """Tell Word's spelling which language it reads."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    style.element.get_or_add_rPr().append(language)


def _write(paragraph: Paragraph, text: str, bold: bool = False) -> Run:
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


def _contents(word: WordDocument, document: Document) -> None:
    """The headings as links to their places."""
    _write(word.add_paragraph(), situation_words.CONTENTS, bold=True).font.size = Pt(13)
    for number, section in enumerate(document.sections):
        if section.level > 2:
            continue
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(6 * (section.level - 1))
        paragraph.paragraph_format.space_after = Pt(1)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), _anchor(number))
        link.append(_write(paragraph, section.heading, bold=section.level == 1)._r)
        paragraph._p.append(link)


def _anchor(number: int) -> str:
    return f"avsnitt{number}"


def _section(word: WordDocument, section: Section, number: int, is_target: bool) -> None:
    heading = word.add_heading(plain_text(section.heading), section.level)
    if is_target:
        _bookmark(heading, number)
    for block in section.content:
        _block(word, block)


def _bookmark(paragraph: Paragraph, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), _anchor(number))
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def _block(word: WordDocument, block: Block) -> None:
    match block:
        case Text(text):
            word.add_paragraph(plain_text(text))
        case Bullets(lines):
            for line in lines:
                word.add_paragraph(plain_text(line), "List Bullet")
        case Note(text):
            run = _write(_edged(word, "B9C2CC"), text)
            run.font.size, run.font.color.rgb = Pt(9.5), _GREY
        case OwnText(label, paragraphs):
            head = _write(_edged(word, "1F4E79"), label, bold=True)
            head.font.size, head.font.color.rgb = Pt(9), _ACCENT
            for text in paragraphs:
                _write(_edged(word, "1F4E79"), text)
        case Picture():
            _picture(word, block)
        case Table():
            _table(word, block)


def _edged(word: WordDocument, colour: str) -> Paragraph:
    """A paragraph with a line to the left of it."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.left_indent = Mm(3)
    edges = OxmlElement("w:pBdr")
    edge = OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        edges, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    return paragraph


def _picture(word: WordDocument, picture: Picture) -> None:
    height = min(int(_WIDTH * picture.ratio), _TALLEST)
    shown = word.add_picture(io.BytesIO(picture.png), height=height)
    shown._inline.docPr.set("descr", plain_text(picture.told))
    shown._inline.docPr.set("name", plain_text(picture.told)[:60])
    if picture.caption:
        word.paragraphs[-1].paragraph_format.keep_with_next = True
        run = _write(word.add_paragraph(), picture.caption)
        run.font.size, run.font.color.rgb = Pt(8.5), _GREY


def _table(word: WordDocument, content: Table) -> None:
    if content.title:
        title = word.add_paragraph()
        title.paragraph_format.keep_with_next = True
        _write(title, content.title, bold=True)
    table = word.add_table(1 + len(content.rows), len(content.headings))
    table.style = "Table Grid"
    table.autofit = False
    # python-docx finds a row's cells anew at every asking, which takes time in long tables.
    rows = [row.cells for row in table.rows]
    size = Pt(9) if content.numeric else None
    values = [tuple(Cell(bold=heading) for heading in content.headings), *content.rows]
    for cells, told in zip(rows, values, strict=True):
        for column, (cell, value) in enumerate(zip(cells, told, strict=True)):
            _fill(cell, value, size, right=content.is_numeric(column))
            cell.width = int(content.widths[column] * _WIDTH)
    _head(table.rows[0]._tr, rows[0])
    for row in table.rows[1:]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    word.add_paragraph().paragraph_format.space_after = Pt(2)


def _head(row: Any, cells: Any) -> None:
    """Make a row the head that is repeated on every page."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(head)
    for cell in cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD_FILL)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _fill(cell: _Cell, content: Cell, size: Pt | None = None, right: bool = False) -> None:
    lines = [(line, False) for line in content.lines if line]
    if content.bold:
        lines.insert(0, (content.bold, True))
    for place, (line, bold) in enumerate(lines or [("", False)]):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        paragraph.paragraph_format.space_after = 0
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = _write(paragraph, line, bold=bold) if line else None
        if run is not None and size is not None:
            run.font.size = size


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
