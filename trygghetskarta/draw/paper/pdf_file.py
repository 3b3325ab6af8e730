"""A paper as PDF, set by reportlab in the typeface of our pictures."""

import io
import re
from functools import cache
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
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
    ListFlowable,
    ListItem,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as PdfTable
from reportlab.platypus.doctemplate import LayoutError
from reportlab.platypus.tableofcontents import TableOfContents

from trygghetskarta.draw import palette
from trygghetskarta.draw.map.lettering import drawable, font_file
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
from trygghetskarta.words import file_words, situation_words, texts, walk_words
from trygghetskarta.words.safe import html_text, plain_text

_MARGIN = 18 * mm
_WIDTH = A4[0] - 2 * _MARGIN
INK = colors.HexColor(palette.INK)
GREY = colors.HexColor(palette.INK_SHEET)
LINE = colors.HexColor(palette.LINE_PICTURE)
_HEAD = colors.HexColor(palette.GROUND_TABLE_HEAD)
ACCENT = colors.HexColor(palette.ACCENT)
MARK_INK = colors.HexColor(palette.MARK_INK)
MARK_GROUND = colors.HexColor(palette.MARK_GROUND)
MARK_BORDER = colors.HexColor(palette.MARK_BORDER)
_SOFT_HYPHEN = "\u00ad"
_TALLEST = 120 * mm
_HEADED = 45 * mm
"""Room that a heading wants with the beginning of its table."""
_HEADINGS = (5.2, 2.3, 0.8)
"""How much larger than the text the headings of each level are."""
_FEW = 3
"""Blocks that are kept together with their heading."""
_IN_CONTENTS = 2
"""Levels of headings that stand in the contents."""


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
    template = _Template(
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
    story = _story(document, split_rows)
    if document.contents:
        template.multiBuild(story)
    else:
        template.build(story)
    return target.getvalue()


class _Heading(Paragraph):
    """A heading that stands in the outline, and in the contents where there is one."""

    def __init__(self, section: Section, number: int, style: ParagraphStyle) -> None:
        super().__init__(html_text(_hyphenated(drawable(section.heading))), style)
        self.level, self.name = section.level - 1, f"section-{number}"
        self.told = plain_text(section.heading)


class _Template(BaseDocTemplate):
    """Notes every heading as it is set."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802
        """Called by the engine for every part it has set."""
        if not isinstance(flowable, _Heading):
            return
        self.canv.bookmarkPage(flowable.name)
        self.canv.addOutlineEntry(flowable.told, flowable.name, flowable.level, closed=False)
        if flowable.level < _IN_CONTENTS:
            entry = (flowable.level, html_text(drawable(flowable.told)), self.page, flowable.name)
            self.notify("TOCEntry", entry)


@cache
def register_typeface() -> None:
    """Make the pictures' typeface known to reportlab as ``Paper`` and ``PaperBold``."""
    for name, weight in (("Paper", "normal"), ("PaperBold", "bold")):
        pdfmetrics.registerFont(TTFont(name, font_file(weight)))
    pdfmetrics.registerFontFamily("Paper", normal="Paper", bold="PaperBold")


def _style(
    size: float,
    *,
    bold: bool = False,
    colour: colors.Color = INK,
    after: float = 0,
    right: bool = False,
    **more: Any,
) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{bold}{colour}{after}{right}",
        fontName="PaperBold" if bold else "Paper",
        fontSize=size,
        leading=size * 1.36,
        textColor=colour,
        spaceAfter=after,
        alignment=TA_RIGHT if right else TA_LEFT,
        splitLongWords=1,
        embeddedHyphenation=1,
        **more,
    )


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(markup(text), style)


def markup(text: str) -> str:
    """Outside text as what a paragraph takes: never markup, hyphenated where a Swede would."""
    return html_text(_hyphenated(drawable(text)))


def _hyphenated(text: str) -> str:
    """Let long names of offices break where a Swede would break them."""
    for part in walk_words.BREAK_BEFORE:
        text = re.sub(rf"(?<=\w\w){part}", _SOFT_HYPHEN + part, text)
    return text


def _story(document: Document, split_rows: bool) -> list[Flowable]:
    size = 11.5 if document.large else 9.2
    body = _style(size, after=4)
    story: list[Flowable] = []
    if document.marked:
        story += [_mark(document.marked), Spacer(1, 6)]
    story.append(_paragraph(document.title, _style(size + 8, bold=True, colour=ACCENT, after=5)))
    story.append(_paragraph(document.summary, _style(size + 0.8, after=8)))
    if document.facts:
        story += [_facts(document.facts, size), Spacer(1, 8)]
    if document.contents:
        story += [*_contents(size), Spacer(1, 10)]
    for number, section in enumerate(document.sections):
        story += _section(section, number, size, body, split_rows)
    caption = _style(7.4, colour=GREY, after=2)
    lines = [_paragraph(line, caption) for line in document.caption]
    return [*story, Spacer(1, 8), KeepTogether(lines)]


def _contents(size: float) -> list[Flowable]:
    table = TableOfContents(dotsMinLevel=0)
    table.levelStyles = [
        _style(size, bold=True, after=2, spaceBefore=4),
        _style(size, after=1, leftIndent=10),
    ]
    heading = _style(size + 2.3, bold=True, colour=ACCENT, after=4)
    return [Spacer(1, 6), _paragraph(situation_words.CONTENTS, heading), table]


def _section(
    section: Section, number: int, size: float, body: ParagraphStyle, split_rows: bool
) -> list[Flowable]:
    steps = _HEADINGS[section.level - 1]
    colour = ACCENT if section.level == 1 else INK
    heading = _Heading(section, number, _style(size + steps, bold=True, colour=colour, after=4))
    before = Spacer(1, 12 if section.level == 1 and number else 6)
    blocks = section.content
    if not any(isinstance(block, Table) for block in blocks) and len(blocks) <= _FEW:
        parts = [part for block in blocks for part in _block(block, size, body, split_rows)]
        return [KeepTogether([before, heading, *parts])]
    # A heading may not be left alone at the foot of a page, nor parted from its first words.
    first = blocks[0] if blocks and not isinstance(blocks[0], Table) else None
    told = [] if first is None else _block(first, size, body, split_rows)
    rest = blocks if first is None else blocks[1:]
    parts = [part for block in rest for part in _block(block, size, body, split_rows)]
    return [CondPageBreak(_HEADED), KeepTogether([before, heading, *told]), *parts]


def _block(block: Block, size: float, body: ParagraphStyle, split_rows: bool) -> list[Flowable]:
    match block:
        case Text(text):
            return [_paragraph(text, body)]
        case Bullets(lines):
            return [_bullets(lines, size), Spacer(1, 4)]
        case Note(text):
            return [_edged([_paragraph(text, _style(size - 0.6, colour=GREY))], LINE)]
        case OwnText(label, paragraphs):
            head = _paragraph(label, _style(size - 1, bold=True, colour=ACCENT, after=1))
            return [_edged([head, *(_paragraph(text, body) for text in paragraphs)], ACCENT)]
        case Picture():
            return _picture(block, size)
        case Table():
            title = [_paragraph(block.title, _style(size - 0.4, bold=True, after=2))]
            table = _table(block, size - (1.6 if block.numeric else 0.8), split_rows)
            parts = [CondPageBreak(_HEADED), *(title if block.title else []), table]
            return [*parts, Spacer(1, 6)]


def _bullets(lines: tuple[str, ...], size: float) -> ListFlowable:
    items = [ListItem(_paragraph(line, _style(size, after=2)), leftIndent=12) for line in lines]
    return ListFlowable(
        items, bulletType="bullet", start="\u2022", bulletFontName="Paper", bulletFontSize=size
    )


def _edged(parts: list[Flowable], colour: colors.Color) -> PdfTable:
    """Parts with a line to the left of them, which may break over pages."""
    looks = [
        ("LINEBEFORE", (0, 0), (0, -1), 1.6, colour),
        ("LEFTPADDING", (0, 0), (-1, -1), 7),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5),
    ]
    rows = [[part] for part in parts]
    return PdfTable(rows, colWidths=[_WIDTH], style=looks, hAlign="LEFT", spaceAfter=5)


def _picture(picture: Picture, size: float) -> list[Flowable]:
    height = min(_WIDTH * picture.ratio, _TALLEST)
    image = Image(
        io.BytesIO(picture.png), width=height / picture.ratio, height=height, hAlign="LEFT"
    )
    if not picture.caption:
        return [image]
    caption = _paragraph(picture.caption, _style(size - 1.2, colour=GREY, after=5))
    return [KeepTogether([image, caption])]


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
    right = [table.is_numeric(column) for column in range(len(table.headings))]
    bold = [_style(size, bold=True, right=turned) for turned in right]
    plain = [_style(size, right=turned) for turned in right]
    rows = [[_paragraph(text, style) for text, style in zip(table.headings, bold, strict=True)]]
    rows += [
        [_cell(cell, *styles) for cell, *styles in zip(row, bold, plain, strict=True)]
        for row in table.rows
    ]
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
    told = (texts.APP, drawable(document.title), drawable(document.footer))
    canvas.drawString(_MARGIN, foot, " · ".join(part for part in told if part)[:110])
    canvas.drawRightString(
        A4[0] - _MARGIN, foot, f"{file_words.SHEET_PAGE} {canvas.getPageNumber()}"
    )
    if document.marked and canvas.getPageNumber() > 1:
        canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 11 * mm, document.marked)
    canvas.restoreState()
