"""A presentation as a PowerPoint file: titles, tables and charts that can be edited."""

import io

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationFile
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide as FileSlide
from pptx.table import _Cell as _TableCell
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Inches, Pt

from trygghetskarta.draw.deck.deck_maps import map_picture
from trygghetskarta.draw.deck.deck_pages import Body, Page, foot, marks, pages
from trygghetskarta.draw.deck.deck_pptx_chart import add_chart
from trygghetskarta.draw.deck.deck_pptx_parts import number_field, set_up, without_clock
from trygghetskarta.draw.deck.slides import Deck
from trygghetskarta.draw.paper.document import Cell, Picture, Table
from trygghetskarta.words import texts
from trygghetskarta.words.deck_words import Words, words
from trygghetskarta.words.safe import plain_text

_WIDTH, _HEIGHT = 13.333, 7.5
_MARGIN = 0.5
_ROOM = _WIDTH - 2 * _MARGIN
_TITLE_ONLY = 5
"""Number of the layout with a title and nothing else in python-pptx's own template."""
_INK, _GREY = RGBColor(0x1C, 0x27, 0x33), RGBColor(0x4F, 0x5B, 0x68)
_ACCENT, _WHITE = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0xFF, 0xFF, 0xFF)
_MARK_INK, _MARK_GROUND = RGBColor(0x5C, 0x3C, 0x00), RGBColor(0xFF, 0xF4, 0xD6)
_MARK_BORDER = RGBColor(0x8A, 0x5A, 0x00)
_HEAD = RGBColor(0xE8, 0xED, 0xF2)
_SIGN = 0.0072
"""Inches that a letter is wide for each point of its size, about."""
_CAPTION = 9
_CAPTION_LINE = 0.165
_MOST_CAPTION = 1.75


def to_pptx(deck: Deck) -> bytes:
    """Set a presentation as a PowerPoint file in wide screen.

    Parameters
    ----------
    deck
        The presentation.

    Returns
    -------
    bytes
        The same for the same deck. A chart carries its own figures in a workbook and no others: a
        category without a value has an empty cell, and the reason in its name.
    """
    said = words(deck.language)
    file = Presentation()
    set_up(file, Inches(_WIDTH), Inches(_HEIGHT))
    properties = file.core_properties
    properties.title = plain_text(deck.title)
    properties.subject = plain_text(" · ".join([deck.subtitle, *marks(deck, said)]))
    properties.author = properties.last_modified_by = texts.APP
    properties.language = said.locale_tag
    properties.keywords = plain_text(deck.fingerprint)
    properties.revision = 1
    properties.created = properties.modified = deck.moment.replace(tzinfo=None)
    for page in pages(deck):
        _add(file, deck, page, said)
    target = io.BytesIO()
    file.save(target)
    return without_clock(target.getvalue())


def _add(file: PresentationFile, deck: Deck, page: Page, said: Words) -> None:
    made = file.slides.add_slide(file.slide_layouts[_TITLE_ONLY])
    writer = _Writer(made, said)
    room = writer.marks(marks(deck, said))
    top = writer.title(page.title, room)
    slide = page.slide
    if slide.question:
        top = writer.text(slide.question, top, 18, _ACCENT)
    bottom = writer.foot(foot(deck, page.slide, said), page.slide.caption)
    if page.body is not Body.TEXT:
        for line in slide.paragraphs:
            top = writer.text(line, top, 14)
    frame = Inches(_MARGIN), Inches(top), Inches(_ROOM), Inches(bottom - top)
    match page.body:
        case Body.MAP:
            picture = map_picture(slide.shown, slide.beside, _ROOM, bottom - top)
            writer.picture(picture, said.say("map", title=page.title), top, bottom)
        case Body.PICTURE:
            writer.picture(slide.picture, said.say("map", title=page.title), top, bottom)
        case Body.CHART:
            add_chart(made, slide.chart, said, frame)
        case Body.TABLE:
            writer.table(slide.table, top, bottom)
        case Body.TEXT:
            writer.lines(slide.paragraphs, frame)
    if slide.notes:
        writer.fill(made.notes_slide.notes_text_frame, slide.notes, 12)


class _Writer:
    """Puts parts on one slide, every run of text with its language."""

    def __init__(self, slide: FileSlide, said: Words) -> None:
        self.slide, self.said = slide, said

    def title(self, text: str, room: float) -> float:
        """Fill the title's placeholder; gives where the next part begins."""
        holder = self.slide.shapes.title
        size = 28 if len(text) * 28 * _SIGN * 1.1 <= room else 22
        rows = max(1, -(-int(len(text) * size * _SIGN * 110) // int(room * 100)))
        height = 0.2 + rows * size * 1.25 / 72
        holder.left, holder.top = Inches(_MARGIN), Inches(0.25)
        holder.width, holder.height = Inches(room), Inches(height)
        frame = holder.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = Emu(0)
        self.fill(frame, text, size, _ACCENT, bold=True)
        return 0.25 + height

    def fill(
        self,
        frame: TextFrame,
        text: str,
        size: float,
        colour: RGBColor = _INK,
        *,
        bold: bool = False,
    ) -> None:
        """Write one line into a frame that is empty."""
        self._run(frame.paragraphs[0], text, size, colour, bold)

    def _run(
        self, paragraph: _Paragraph, text: str, size: float, colour: RGBColor, bold: bool
    ) -> None:
        rtl = self.said.direction == "rtl"
        if rtl:
            paragraph._p.get_or_add_pPr().set("rtl", "1")
        paragraph.alignment = PP_ALIGN.RIGHT if rtl else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = plain_text(text)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = colour
        run._r.get_or_add_rPr().set("lang", self.said.locale_tag)

    def text(self, text: str, top: float, size: float, colour: RGBColor = _INK) -> float:
        """A text box across the slide; gives where the next part begins."""
        rows = -(-int(len(text) * size * _SIGN * 100) // int(_ROOM * 100))
        height = max(1, rows) * size * 1.25 / 72 + 0.08
        self.fill(self._box(_MARGIN, top, _ROOM, height), text, size, colour)
        return top + height

    def _box(self, left: float, top: float, width: float, height: float) -> TextFrame:
        box = self.slide.shapes.add_textbox(
            Inches(left), Inches(top), Inches(width), Inches(height)
        )
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
        return frame

    def marks(self, said: tuple[str, ...]) -> float:
        """Marks in the corner; gives the room that is left for the title."""
        right = _WIDTH - _MARGIN
        for mark in said:
            width = len(mark) * 0.125 + 0.3
            shape: Shape = self.slide.shapes.add_shape(
                MSO_SHAPE.RECTANGLE,
                Inches(right - width),
                Inches(0.3),
                Inches(width),
                Inches(0.34),
            )
            shape.shadow.inherit = False
            shape.fill.solid()
            shape.fill.fore_color.rgb = _MARK_GROUND
            shape.line.color.rgb = _MARK_BORDER
            shape.text_frame.word_wrap = False
            self.fill(shape.text_frame, mark, 12, _MARK_INK, bold=True)
            shape.text_frame.paragraphs[0].alignment = PP_ALIGN.CENTER
            right -= width + 0.12
        return right - _MARGIN

    def foot(self, line: str, caption: tuple[str, ...]) -> float:
        """Caption, foot line and number; gives where the body must end."""
        self.fill(self._box(_MARGIN, _HEIGHT - 0.36, _ROOM - 1.2, 0.2), line, 9, _GREY)
        number_field(self.slide, self.said.locale_tag, _WIDTH - _MARGIN - 1, _HEIGHT - 0.36)
        if not caption:
            return _HEIGHT - 0.55
        size = float(_CAPTION)
        while size > 6 and self._rows(caption, size) * _CAPTION_LINE * size / 9 > _MOST_CAPTION:
            size -= 0.5
        height = self._rows(caption, size) * _CAPTION_LINE * size / 9 + 0.1
        top = _HEIGHT - 0.45 - height
        frame = self._box(_MARGIN, top, _ROOM, height)
        for at, text in enumerate(caption):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            self._run(paragraph, text, size, _GREY, False)
        return top - 0.08

    @staticmethod
    def _rows(caption: tuple[str, ...], size: float) -> int:
        return sum(-(-int(len(text) * size * _SIGN * 100) // int(_ROOM * 100)) for text in caption)

    def picture(self, picture: Picture, name: str, top: float, bottom: float) -> None:
        """A picture with its words, as large as its frame lets it be."""
        height = min(bottom - top, _ROOM * picture.ratio)
        width = height / picture.ratio
        left = _MARGIN + (_ROOM - width) / 2
        shape = self.slide.shapes.add_picture(
            io.BytesIO(picture.png), Inches(left), Inches(top), Inches(width), Inches(height)
        )
        about = shape._element.nvPicPr.cNvPr
        about.set("name", plain_text(name))
        about.set("descr", plain_text(picture.told))

    def table(self, table: Table, top: float, bottom: float) -> None:
        """A table whose first row is its head."""
        count = len(table.rows) + 1
        height = (bottom - top) / count
        size = max(8.0, min(14.0, height * 72 * 0.42, 96 / len(table.headings)))
        shape = self.slide.shapes.add_table(
            count,
            len(table.headings),
            Inches(_MARGIN),
            Inches(top),
            Inches(_ROOM),
            Inches(min(height, 0.4) * count),
        )
        made = shape.table
        made.first_row, made.horz_banding = True, False
        if self.said.direction == "rtl":
            made._tbl.tblPr.set("rtl", "1")
        total = sum(table.widths)
        for column, share in zip(made.columns, table.widths, strict=True):
            column.width = Inches(_ROOM * share / total)
        for column, heading in enumerate(table.headings):
            self._cell(made.cell(0, column), Cell((), heading), size, _HEAD)
        for row, line in enumerate(table.rows, 1):
            for column, content in enumerate(line):
                self._cell(made.cell(row, column), content, size, _WHITE)

    def _cell(self, cell: _TableCell, content: Cell, size: float, ground: RGBColor) -> None:
        cell.margin_left = cell.margin_right = Inches(0.06)
        cell.margin_top = cell.margin_bottom = Inches(0.02)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.fill.solid()
        cell.fill.fore_color.rgb = ground
        lines = [(content.bold, True)] if content.bold else []
        lines += [(line, False) for line in content.lines if line]
        for at, (text, bold) in enumerate(lines or [("", False)]):
            frame = cell.text_frame
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            self._run(paragraph, text, size, _INK, bold)
        line = cell._tc.get_or_add_tcPr()
        # The fill must come after the borders in the file; python-pptx knows no borders.
        border = line.makeelement(qn("a:lnB"), {"w": "6350"})
        solid = border.makeelement(qn("a:solidFill"), {})
        solid.append(solid.makeelement(qn("a:srgbClr"), {"val": "B9C2CC"}))
        border.append(solid)
        line.insert(0, border)

    def lines(self, paragraphs: tuple[str, ...], frame: tuple[Emu, Emu, Emu, Emu]) -> None:
        """Short lines of text in large type."""
        long = sum(map(len, paragraphs))
        size = 24 if long < 500 else 20 if long < 900 else 16 if long < 1500 else 12
        box = self.slide.shapes.add_textbox(*frame)
        box.text_frame.word_wrap = True
        for at, text in enumerate(paragraphs):
            made = box.text_frame
            paragraph = made.paragraphs[0] if at == 0 else made.add_paragraph()
            paragraph.space_after = Pt(size * 0.5)
            self._run(paragraph, text, size, _INK, False)
