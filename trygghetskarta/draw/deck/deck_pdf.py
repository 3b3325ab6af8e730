"""A presentation as PDF, one page after the other, in wide screen or on A4 across."""

import io
from typing import Literal

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from trygghetskarta.draw import palette
from trygghetskarta.draw.deck.deck_bars import Bar, bars
from trygghetskarta.draw.deck.deck_maps import map_picture
from trygghetskarta.draw.deck.deck_pages import Body, Page, foot, marks, pages
from trygghetskarta.draw.deck.slides import Chart, Deck
from trygghetskarta.draw.map.lettering import drawable
from trygghetskarta.draw.paper.document import Picture
from trygghetskarta.draw.paper.pdf_file import (
    ACCENT,
    GREY,
    INK,
    LINE,
    MARK_BORDER,
    MARK_GROUND,
    MARK_INK,
    markup,
    plain_table,
    register_typeface,
)
from trygghetskarta.words import texts
from trygghetskarta.words.deck_words import Words, words
from trygghetskarta.words.safe import plain_text

Paper = Literal["a4", "16:9"]
"""A4 across, or the shape of a projector's picture."""

SIZES = {"a4": (11.69 * inch, 8.27 * inch), "16:9": (960.0, 540.0)}
_MARGIN = 0.45 * inch
_GAP = 7.0
_FOOT = 22.0
_CAPTION_SIZES = (9.0, 8.0, 7.0, 6.2)
_MOST_CAPTION = 0.27
"""Share of the page that the caption may take before its type gets smaller."""
_TITLE, _QUESTION, _LEAD, _TEXT = 25.0, 17.0, 13.0, 19.0
_BAR_LABEL = 12.0


def to_pdf(deck: Deck, paper: Paper = "a4") -> bytes:
    """Set a presentation as PDF.

    Parameters
    ----------
    deck
        The presentation.
    paper
        Shape of the pages.

    Returns
    -------
    bytes
        The same for the same deck. Text is text; maps are pictures of twice a projector's
        resolution, because a municipality's borders make a larger file as lines than as dots.
    """
    register_typeface()
    said = words(deck.language)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=SIZES[paper], invariant=1, lang=said.locale_tag)
    canvas.setTitle(plain_text(deck.title))
    canvas.setSubject(plain_text(" · ".join([deck.subtitle, *marks(deck, said)])))
    canvas.setAuthor(texts.APP)
    canvas.setCreator(texts.APP)
    for page in pages(deck):
        _Sheet(canvas, deck, page, said, SIZES[paper]).draw()
        canvas.showPage()
    canvas.save()
    return target.getvalue()


class _Sheet:
    """One page that is filled from its top and from its foot towards the middle."""

    def __init__(
        self, canvas: Canvas, deck: Deck, page: Page, said: Words, size: tuple[float, float]
    ) -> None:
        self.canvas, self.deck, self.page, self.said = canvas, deck, page, said
        self.width, self.height = size
        self.top, self.bottom = self.height - _MARGIN, _MARGIN * 0.6
        self.left, self.room = _MARGIN, self.width - 2 * _MARGIN

    def draw(self) -> None:
        """Draw head, foot, and between them the body."""
        self._bookmark()
        slide = self.page.slide
        self._head()
        if slide.question:
            self._down(slide.question, self._style(_QUESTION, colour=ACCENT))
        body = self.page.body
        if body not in (Body.TEXT, Body.TABLE):
            for text in slide.paragraphs:
                self._down(text, self._style(_LEAD))
        self._foot()
        self._caption()
        self.top -= _GAP
        self.bottom += _GAP
        getattr(self, f"_draw_{body.value}")()

    def _bookmark(self) -> None:
        name = f"page-{self.page.number}"
        self.canvas.bookmarkPage(name)
        level = 0 if self.page.first else 1
        self.canvas.addOutlineEntry(plain_text(self.page.title), name, level=level)

    def _style(self, size: float, *, bold: bool = False, colour: Color = INK) -> ParagraphStyle:
        right = self.said.direction == "rtl"
        return ParagraphStyle(
            f"{size}{bold}{colour}{right}",
            fontName="PaperBold" if bold else "Paper",
            fontSize=size,
            leading=size * 1.3,
            textColor=colour,
            alignment=TA_RIGHT if right else TA_LEFT,
            splitLongWords=1,
            embeddedHyphenation=1,
        )

    def _down(self, text: str, style: ParagraphStyle, room: float | None = None) -> None:
        """Write a paragraph and go down past it."""
        made = Paragraph(markup(text), style)
        _, height = made.wrap(room or self.room, self.height)
        made.drawOn(self.canvas, self.left, self.top - height)
        self.top -= height + _GAP / 2

    def _head(self) -> None:
        right = self.left + self.room
        for mark in marks(self.deck, self.said):
            width = pdfmetrics.stringWidth(mark, "PaperBold", 11) + 16
            self.canvas.setFillColor(MARK_GROUND)
            self.canvas.setStrokeColor(MARK_BORDER)
            self.canvas.rect(right - width, self.top - 22, width, 20, stroke=1, fill=1)
            self.canvas.setFillColor(MARK_INK)
            self.canvas.setFont("PaperBold", 11)
            self.canvas.drawString(right - width + 8, self.top - 16, mark)
            right -= width + 8
        room = right - self.left - _GAP
        self._down(self.page.title, self._style(_TITLE, bold=True, colour=ACCENT), room)

    def _foot(self) -> None:
        self.canvas.setFont("Paper", 8)
        self.canvas.setFillColor(GREY)
        number = self.said.say("page", n=self.page.number, all=self.page.of)
        line = drawable(foot(self.deck, self.page.slide, self.said))
        room = self.room - pdfmetrics.stringWidth(number, "Paper", 8) - 20
        size = min(8.0, 8.0 * room / max(pdfmetrics.stringWidth(line, "Paper", 8), 1))
        self.canvas.setFont("Paper", size)
        self.canvas.drawString(self.left, self.bottom, line)
        self.canvas.setFont("Paper", 8)
        self.canvas.drawRightString(self.left + self.room, self.bottom, number)
        self.bottom += _FOOT - 8

    def _caption(self) -> None:
        """The lines that follow the figures, in the largest type that leaves room for these."""
        if not self.page.slide.caption:
            return
        width = (self.room - 3 * _GAP) / 2
        for size in _CAPTION_SIZES:
            columns = self._columns(size, width)
            tallest = max(sum(height for _, height in column) for column in columns)
            if tallest <= _MOST_CAPTION * self.height:
                break
        for number, column in enumerate(columns):
            top = self.bottom + tallest
            at = number if self.said.direction == "ltr" else 1 - number
            for part, height in column:
                part.drawOn(self.canvas, self.left + at * (width + 3 * _GAP), top - height)
                top -= height
        self.bottom += tallest + 3
        self.canvas.setStrokeColor(LINE)
        self.canvas.line(self.left, self.bottom, self.left + self.room, self.bottom)

    def _columns(self, size: float, width: float) -> list[list[tuple[Paragraph, float]]]:
        """The caption in two columns of about the same height."""
        style = self._style(size, colour=GREY)
        made = [Paragraph(markup(line), style) for line in self.page.slide.caption]
        laid = [(part, part.wrap(width, self.height)[1] + 2) for part in made]
        heights = [height for _, height in laid]
        splits = [max(sum(heights[:at]), sum(heights[at:])) for at in range(1, len(heights) + 1)]
        cut = splits.index(min(splits)) + 1
        return [laid[:cut], laid[cut:]]

    def _draw_map(self) -> None:
        slide = self.page.slide
        height = self.top - self.bottom
        self._picture(map_picture(slide.shown, slide.beside, self.room / inch, height / inch))

    def _draw_picture(self) -> None:
        self._picture(self.page.slide.picture)

    def _picture(self, picture: Picture) -> None:
        height = min(self.top - self.bottom, self.room * picture.ratio)
        width = height / picture.ratio
        left = self.left + (self.room - width) / 2
        image = ImageReader(io.BytesIO(picture.png))
        self.canvas.drawImage(image, left, self.top - height, width, height)

    def _draw_table(self) -> None:
        for text in self.page.slide.paragraphs:
            self._down(text, self._style(_LEAD))
        for size in (12.0, 11.0, 10.0, 9.0, 8.0, 7.0):
            made = plain_table(self.page.slide.table, size, self.room)
            _, height = made.wrap(self.room, self.height)
            if height <= self.top - self.bottom:
                break
        made.drawOn(self.canvas, self.left, self.top - height)

    def _draw_text(self) -> None:
        lines = self.page.slide.paragraphs
        for size in (_TEXT, 17.0, 15.0, 13.0, 11.0, 9.0):
            style = self._style(size)
            made = [Paragraph(markup(line), style) for line in lines]
            heights = [part.wrap(self.room, self.height)[1] + size * 0.7 for part in made]
            if sum(heights) <= self.top - self.bottom:
                break
        for part, height in zip(made, heights, strict=True):
            part.drawOn(self.canvas, self.left, self.top - height)
            self.top -= height

    def _draw_chart(self) -> None:
        chart = self.page.slide.chart
        self._down(f"{chart.heading} ({chart.unit})", self._style(_LEAD, bold=True))
        if len(chart.series) > 1:
            self._series_names(chart)
        if chart.lower:
            self._down(self.said.say("interval"), self._style(10, colour=GREY))
        laid = bars(chart, self.said)
        step = min(26.0, (self.top - self.bottom) / max(len(laid), 1))
        size = min(_BAR_LABEL, step * 0.72)
        name = max(pdfmetrics.stringWidth(drawable(bar.category), "Paper", size) for bar in laid)
        told = max(pdfmetrics.stringWidth(drawable(bar.told), "Paper", size) for bar in laid)
        name, told = min(name, 0.35 * self.room), min(told, 0.25 * self.room)
        left, room = self.left + name + 10, self.room - name - told - 24
        for bar in laid:
            self._bar(bar, step, size, left, room)
            self.top -= step

    def _series_names(self, chart: Chart) -> None:
        at = self.left
        for number, (name, _) in enumerate(chart.series):
            self.canvas.setFillColor(palette.DECK_SERIES[number % len(palette.DECK_SERIES)])
            self.canvas.rect(at, self.top - 14, 12, 10, stroke=0, fill=1)
            self.canvas.setFillColor(INK)
            self.canvas.setFont("Paper", 11)
            self.canvas.drawString(at + 17, self.top - 13, drawable(name))
            at += pdfmetrics.stringWidth(drawable(name), "Paper", 11) + 40
        self.top -= 22

    def _bar(self, bar: Bar, step: float, size: float, left: float, room: float) -> None:
        middle = self.top - step / 2
        base = middle - 0.36 * size
        self.canvas.setFillColor(INK)
        self.canvas.setFont("Paper", size)
        self.canvas.drawRightString(left - 8, base, drawable(bar.category))
        if bar.start is not None and bar.end is not None:
            low, high = sorted((bar.start, bar.end))
            self.canvas.setFillColor(palette.DECK_SERIES[bar.series % len(palette.DECK_SERIES)])
            self.canvas.rect(
                left + low * room,
                middle - 0.31 * step,
                max((high - low) * room, 0.8),
                0.62 * step,
                stroke=0,
                fill=1,
            )
        if bar.lower is not None and bar.upper is not None:
            self._interval(left + bar.lower * room, left + bar.upper * room, middle, step)
        self.canvas.setFillColor(INK if bar.end is not None else GREY)
        self.canvas.drawString(left + room + 12, base, drawable(bar.told))

    def _interval(self, low: float, high: float, middle: float, step: float) -> None:
        """A line with ends, white round it so that it is seen on a bar as well."""
        ends = 0.18 * step
        for colour, width in ((palette.WHITE, 3.2), (palette.INK, 1.3)):
            self.canvas.setStrokeColor(colour)
            self.canvas.setLineWidth(width)
            self.canvas.line(low, middle, high, middle)
            self.canvas.line(low, middle - ends, low, middle + ends)
            self.canvas.line(high, middle - ends, high, middle + ends)
        self.canvas.setLineWidth(1)
