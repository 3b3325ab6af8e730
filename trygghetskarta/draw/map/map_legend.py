"""The legend of a map on a picture: unit, looks, limits, and how many areas have each look."""

from dataclasses import dataclass, replace

from trygghetskarta.draw import palette
from trygghetskarta.draw.map.lettering import Ruler, font
from trygghetskarta.draw.map.map_panels import look
from trygghetskarta.draw.shown import LegendEntry, Shown
from trygghetskarta.draw.table.sheet import Frame, Paragraph, Sheet
from trygghetskarta.words import file_words

LEGEND_WIDTH = 2.35
"""Inches."""

_HEAD = font(8.5, "bold")
_SMALL = font(8)
_TINY = font(6.8)

_SWATCH = Frame(0, 0, 0.34, 0.2)
_LABEL_LEFT = 0.45
_COUNT_WIDTH = 0.4
_ROW_GAP = 0.1
_AFTER_TITLE = 0.12


@dataclass(frozen=True)
class Legend:
    """A legend broken into lines for its width.

    Attributes
    ----------
    title, rows
        Its head, and each look with its label.
    width
        Inches.
    """

    title: Paragraph
    rows: tuple[tuple[LegendEntry, Paragraph], ...]
    width: float

    @property
    def height(self) -> float:
        """Inches."""
        return self.title.height + sum(_row_height(label) for _, label in self.rows)


def lay_legend(shown: Shown, ruler: Ruler, width: float = LEGEND_WIDTH) -> Legend:
    """Break a view's legend into lines.

    Parameters
    ----------
    shown
        The view.
    ruler
        Measures the words.
    width
        Inches.
    """
    title = Paragraph(
        tuple(ruler.wrap(shown.legend_title, _HEAD, width)), _HEAD, after=_AFTER_TITLE
    )
    room = width - _LABEL_LEFT - _COUNT_WIDTH
    rows = [
        (entry, Paragraph(tuple(ruler.wrap(entry.label, _SMALL, room)), _SMALL))
        for entry in shown.legend
    ]
    return Legend(title, tuple(rows), width)


def draw_legend(sheet: Sheet, legend: Legend, left: float, top: float) -> None:
    """Draw a legend from its upper left corner."""
    right = left + legend.width
    y = sheet.paragraph(left, top, legend.title)
    sheet.text(right, y + 0.02, file_words.PICTURE_AREAS, _TINY, palette.INK_SHEET, ha="right")
    y += 0.08
    for entry, label in legend.rows:
        height = _row_height(label)
        middle = y + height / 2
        swatch = replace(_SWATCH, left=left, top=middle - _SWATCH.height / 2)
        sheet.rectangle(swatch, **look(entry), linewidth=0)
        sheet.rectangle(swatch, facecolor="none", edgecolor=palette.EDGE, linewidth=0.6)
        sheet.paragraph(left + _LABEL_LEFT, middle - label.height / 2, label)
        base = middle + 0.36 * _SMALL.get_size() / 72
        sheet.text(right, base, str(entry.n), _SMALL, palette.INK_SHEET, ha="right")
        y += height


def _row_height(label: Paragraph) -> float:
    return max(label.height, _SWATCH.height) + _ROW_GAP
