"""A paper as PDF, set by reportlab in the typeface of our pictures."""

import io
import re
from functools import cache

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as PdfTable
from reportlab.platypus.doctemplate import LayoutError

from trygghetskarta.render import texts
from trygghetskarta.render.document import Cell, Document, Section, Table
from trygghetskarta.render.lettering import drawable, font_file
from trygghetskarta.render.safe import html_text, plain_text

_MARGIN = 18 * mm
_WIDTH = A4[0] - 2 * _MARGIN
INK = colors.HexColor("#1c2733")
GREY = colors.HexColor("#4f5b68")
LINE = colors.HexColor("#b9c2cc")
_HEAD = colors.HexColor("#e8edf2")
ACCENT = colors.HexColor("#1f4e79")
MARK_INK = colors.HexColor("#5c3c00")
MARK_GROUND = colors.HexColor("#fff4d6")
MARK_BORDER = colors.HexColor("#8a5a00")
_SOFT_HYPHEN = "\u00ad"
_TALLEST = 120 * mm
_HEADED = 45 * mm
"""Room that a heading wants with the beginning of its table."""


def to_pdf(document: Document) -> bytes:
    """Set a paper as PDF.

    Parameters
    ----------
    document
        Its parts.

    Returns
    -------
    bytes
        A4, the same for the same paper. Outside text is never taken for markup.
    """
    register_typeface()
    try:
        return _set(document, split_rows=False)
    except LayoutError:
        # A row is taller than a page. Rows that may be split are split where they need not be.
        return _set(document, split_rows=True)


def _set(document: Document, split_rows: bool) -> bytes:
    target = io.BytesIO()
    template = BaseDocTemplate(
        target,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=plain_text(document.title),
        subject=plain_text(document.summary),
        author=texts.APP,
        creator=texts.APP,
        lang="sv-SE",
        invariant=1,
    )
    frame = Frame(
        _MARGIN, _MARGIN, _WIDTH, A4[1] - 2 * _MARGIN, leftPadding=0, rightPadding=0, id="page"
    )
    template.addPageTemplates(
        PageTemplate("page", [frame], onPage=lambda canvas, _: _furniture(canvas, document))
    )
    template.build(_story(document, split_rows))
    return target.getvalue()


@cache
def register_typeface() -> None:
    """Make the pictures' typeface known to reportlab as ``Paper`` and ``PaperBold``."""
    for name, weight in (("Paper", "normal"), ("PaperBold", "bold")):
        pdfmetrics.registerFont(TTFont(name, font_file(weight)))
    pdfmetrics.registerFontFamily("Paper", normal="Paper", bold="PaperBold")


def _style(size: float, *, bold: bool = False, colour=INK, after: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{bold}{colour}{after}",
        fontName="PaperBold" if bold else "Paper",
        fontSize=size,
        leading=size * 1.36,
        textColor=colour,
        spaceAfter=after,
        alignment=TA_LEFT,
        splitLongWords=1,
        embeddedHyphenation=1,
    )


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(markup(text), style)


def markup(text: str) -> str:
    """Outside text as what a paragraph takes: never markup, hyphenated where a Swede would."""
    return html_text(_hyphenated(drawable(text)))


def _hyphenated(text: str) -> str:
    """Let long names of offices break where a Swede would break them."""
    for part in texts.BREAK_BEFORE:
        text = re.sub(rf"(?<=\w\w){part}", _SOFT_HYPHEN + part, text)
    return text


def _story(document: Document, split_rows: bool) -> list[Flowable]:
    size = 11.5 if document.large else 9.2
    body = _style(size, after=4)
    story: list[Flowable] = []
    if document.mark:
        story += [_mark(document.mark), Spacer(1, 6)]
    story.append(_paragraph(document.title, _style(size + 8, bold=True, colour=ACCENT, after=5)))
    story.append(_paragraph(document.summary, _style(size + 0.8, after=8)))
    if document.facts:
        story += [_facts(document.facts, size), Spacer(1, 8)]
    for section in document.sections:
        story += _section(section, size, body, split_rows)
    caption = _style(7.4, colour=GREY, after=2)
    lines = [_paragraph(line, caption) for line in document.caption]
    return [*story, Spacer(1, 8), KeepTogether(lines)]


def _section(
    section: Section, size: float, body: ParagraphStyle, split_rows: bool
) -> list[Flowable]:
    heading = _paragraph(section.heading, _style(size + 2.3, bold=True, after=4))
    parts: list[Flowable] = [_paragraph(text, body) for text in section.paragraphs]
    if section.picture is not None:
        parts.append(_picture(section))
    head = [Spacer(1, 6), heading, *parts]
    if section.table is None:
        return [KeepTogether(head)]
    # A heading may not be left alone at the foot of a page.
    return [
        CondPageBreak(_HEADED),
        *head,
        _table(section.table, size - 0.8, split_rows),
        Spacer(1, 6),
    ]


def _picture(section: Section) -> Image:
    height = min(_WIDTH * section.picture.ratio, _TALLEST)
    return Image(
        io.BytesIO(section.picture.png),
        width=height / section.picture.ratio,
        height=height,
        hAlign="LEFT",
    )


def _facts(facts: tuple[tuple[str, str], ...], size: float) -> PdfTable:
    label, value = _style(size, colour=GREY), _style(size)
    rows = [[_paragraph(name, label), _paragraph(text, value)] for name, text in facts]
    looks = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    return PdfTable(rows, colWidths=[38 * mm, _WIDTH - 38 * mm], style=looks, hAlign="LEFT")


def _table(table: Table, size: float, split_rows: bool) -> PdfTable:
    return plain_table(table, size, _WIDTH, split_rows)


def plain_table(table: Table, size: float, width: float, split_rows: bool = False) -> PdfTable:
    """Set a table with a repeated head.

    Parameters
    ----------
    table
        Its content.
    size, width
        Of its type and of the whole, in points.
    split_rows
        Whether a row may be split between two pages.
    """
    head = _style(size, bold=True)
    bold, plain = _style(size, bold=True), _style(size)
    rows = [[_paragraph(heading, head) for heading in table.headings]]
    rows += [[_cell(cell, bold, plain) for cell in row] for row in table.rows]
    looks = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), _HEAD),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    widths = [share * width for share in table.widths]
    return PdfTable(
        rows,
        colWidths=widths,
        repeatRows=1,
        style=looks,
        hAlign="LEFT",
        splitInRow=int(split_rows),
    )


def _cell(cell: Cell, bold: ParagraphStyle, plain: ParagraphStyle) -> list[Paragraph]:
    head = [_paragraph(cell.bold, bold)] if cell.bold else []
    return [*head, *(_paragraph(line, plain) for line in cell.lines if line)]


def _mark(text: str) -> PdfTable:
    style = _style(9, bold=True, colour=MARK_INK)
    width = pdfmetrics.stringWidth(text, "PaperBold", 9) + 18
    looks = [
        ("BACKGROUND", (0, 0), (-1, -1), MARK_GROUND),
        ("BOX", (0, 0), (-1, -1), 1.2, MARK_BORDER),
    ]
    return PdfTable([[_paragraph(text, style)]], colWidths=[width], style=looks, hAlign="RIGHT")


def _furniture(canvas: Canvas, document: Document) -> None:
    """Foot of every page: the paper's name, the mark and the number of the page."""
    canvas.saveState()
    canvas.setFont("Paper", 7.4)
    canvas.setFillColor(GREY)
    foot = 10 * mm
    name = f"{texts.APP} · {drawable(document.title)}"
    canvas.drawString(_MARGIN, foot, name[:110])
    canvas.drawRightString(A4[0] - _MARGIN, foot, f"{texts.SHEET_PAGE} {canvas.getPageNumber()}")
    if document.mark and canvas.getPageNumber() > 1:
        canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 11 * mm, document.mark)
    canvas.restoreState()
