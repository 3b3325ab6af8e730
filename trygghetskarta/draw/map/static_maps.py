"""The map as a picture: one sheet with title, maps, legend and caption."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from trygghetskarta.draw import palette
from trygghetskarta.draw.map.lettering import Ruler, font
from trygghetskarta.draw.map.map_legend import LEGEND_WIDTH, draw_legend, lay_legend
from trygghetskarta.draw.map.map_panels import draw_maps
from trygghetskarta.draw.shown import Shown, mark_of
from trygghetskarta.draw.table.sheet import Frame, Paragraph, Sheet
from trygghetskarta.words import file_words, texts
from trygghetskarta.words.marking import marks
from trygghetskarta.words.safe import plain_text

PAGE_WIDTH = 11.69
PAGE_HEIGHT = 8.27
"""Inches: A4 across. A long caption makes the sheet taller; nothing of it is left out."""

_MARGIN = 0.45
_GAP = 0.3
_LEAST_MAP_HEIGHT = 4.6
_RULE = 0.22
"""Room between the maps and the caption, with a rule in it."""

_TITLE = font(15, "bold")
_BODY = font(9)
_TINY = font(6.8)
_MARK = font(9.5, "bold")
_MARK_GAP = 0.3


def to_png(
    shown: Shown, width_px: int = 2400, surroundings: gpd.GeoDataFrame | None = None
) -> bytes:
    """Draw a view as a picture that can stand by itself.

    Parameters
    ----------
    shown
        The view.
    width_px
        Width in pixels; the height follows, as on an A4 across unless the caption is long.
    surroundings
        Borders of every area of the level, EPSG:3006, index area_code, with ``name``. Given with a
        view of some areas, the others are drawn pale round them. None: only what is shown.

    Returns
    -------
    bytes
        PNG, the same for the same view. Title and caption stand in its text chunks too. Names are
        left out above ``map_panels.MOST_NAMED`` areas, and where none fits.
    """
    dpi = width_px / PAGE_WIDTH
    ruler = Ruler(RendererAgg(16, 16, dpi), dpi)
    head = _head(shown, ruler)
    foot = _foot(shown, ruler)
    legend = lay_legend(shown, ruler)
    top = _MARGIN + sum(part.height for part in head) + 0.2
    below = _RULE + max(sum(part.height for part in column) for column in foot) + _MARGIN
    height = max(PAGE_HEIGHT, top + max(_LEAST_MAP_HEIGHT, legend.height) + below)
    sheet = Sheet(PAGE_WIDTH, height, dpi)
    _draw_head(sheet, head)
    _draw_marks(sheet, ruler, marks(shown.publishable.audience, shown.facts.is_example))
    width = PAGE_WIDTH - 2 * _MARGIN - _GAP - LEGEND_WIDTH
    draw_maps(sheet, shown, surroundings, ruler, Frame(_MARGIN, top, width, height - top - below))
    draw_legend(sheet, legend, PAGE_WIDTH - _MARGIN - LEGEND_WIDTH, top)
    _draw_foot(sheet, foot, height - below)
    return sheet.png(_metadata(shown))


def _metadata(shown: Shown) -> dict[str, str]:
    lines = [*shown.caption, file_words.view_path(shown.facts.link, shown.facts.page)]
    told = {
        "Title": plain_text(shown.title),
        "Description": "\n".join(plain_text(line) for line in lines),
        "Software": texts.APP,
    }
    mark = mark_of(shown)
    return {**told, "Comment": mark} if mark else told


def _paragraph(
    ruler: Ruler,
    text: str,
    letters: FontProperties,
    width: float,
    colour: str = palette.INK,
    after: float = 0.0,
    most: int | None = None,
) -> Paragraph:
    lines = ruler.wrap(text, letters, width)
    if most is not None:
        lines = ruler.shorten(lines, most, letters)
    return Paragraph(tuple(lines), letters, colour, after)


def _head(shown: Shown, ruler: Ruler) -> list[Paragraph]:
    width = PAGE_WIDTH - 2 * _MARGIN
    for mark in marks(shown.publishable.audience, shown.facts.is_example):
        width -= _mark_width(ruler, mark) + _MARK_GAP
    return [
        _paragraph(ruler, shown.title, _TITLE, width, after=0.04, most=2),
        _paragraph(ruler, shown.summary, _BODY, width, palette.INK_SHEET, most=3),
    ]


def _draw_head(sheet: Sheet, head: Sequence[Paragraph]) -> None:
    top = _MARGIN
    for part in head:
        top = sheet.paragraph(_MARGIN, top, part)


def _mark_width(ruler: Ruler, mark: str) -> float:
    return ruler.width(mark, _MARK) + 0.3


def _draw_marks(sheet: Sheet, ruler: Ruler, told: Sequence[str]) -> None:
    """Each in a box of its own, from the right."""
    right = PAGE_WIDTH - _MARGIN
    for mark in reversed(told):
        width = _mark_width(ruler, mark)
        frame = Frame(right - width, _MARGIN, width, 0.3)
        sheet.rectangle(
            frame, facecolor=palette.MARK_GROUND, edgecolor=palette.MARK_BORDER, linewidth=1.4
        )
        base = frame.top + frame.height / 2 + 0.36 * _MARK.get_size() / 72
        sheet.text(frame.left + width / 2, base, mark, _MARK, palette.MARK_INK, ha="center")
        right -= width + _MARK_GAP


def _foot(shown: Shown, ruler: Ruler) -> tuple[list[Paragraph], list[Paragraph]]:
    """The caption in two columns of about the same height."""
    width = (PAGE_WIDTH - 2 * _MARGIN - _GAP) / 2
    parts = [
        _paragraph(ruler, line, _TINY, width, palette.INK_SHEET, after=0.045)
        for line in shown.caption
    ]
    heights = np.cumsum([part.height for part in parts])
    splits = [max(left, heights[-1] - left) for left in heights]
    left = int(np.argmin(splits)) + 1
    return parts[:left], parts[left:]


def _draw_foot(sheet: Sheet, foot: tuple[list[Paragraph], list[Paragraph]], top: float) -> None:
    rule = top + _RULE / 2
    sheet.line(
        (_MARGIN, rule), (PAGE_WIDTH - _MARGIN, rule), color=palette.LINE_RULE, linewidth=0.8
    )
    step = (PAGE_WIDTH - 2 * _MARGIN + _GAP) / 2
    for column, parts in enumerate(foot):
        y = top + _RULE
        for part in parts:
            y = sheet.paragraph(_MARGIN + column * step, y, part)
