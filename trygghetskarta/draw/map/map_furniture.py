"""Scale bar and north arrow below a drawn map."""

import numpy as np
from matplotlib.patches import Polygon

from trygghetskarta.draw import palette
from trygghetskarta.draw.map.lettering import font
from trygghetskarta.draw.map.map_windows import (
    Panel,
)
from trygghetskarta.draw.table.sheet import Frame, Sheet
from trygghetskarta.words import file_words

_TINY = font(6.8)
_NORTH = font(8, "bold")


def draw_furniture(sheet: Sheet, panel: Panel, bottom: float) -> None:
    """Draw scale and north of a panel, standing on a line below it."""
    right = draw_scale(sheet, panel, bottom)
    _draw_north(sheet, right + 0.6, bottom)


def draw_scale(sheet: Sheet, panel: Panel, bottom: float) -> float:
    """A bar as long as a round number of metres; gives its right end."""
    metres = round_length(0.3 * panel.frame.width * panel.metres_per_inch)
    length = metres / panel.metres_per_inch
    left = panel.frame.left
    for part, colour in enumerate((palette.INK, "white")):
        bar = Frame(left + part * length / 2, bottom - 0.06, length / 2, 0.055)
        sheet.rectangle(bar, facecolor=colour, edgecolor=palette.INK, linewidth=0.7)
    sheet.text(left, bottom - 0.12, "0", _TINY, palette.INK_SHEET)
    sheet.text(
        left + length,
        bottom - 0.12,
        file_words.scale_length(metres),
        _TINY,
        palette.INK_SHEET,
        ha="center",
    )
    return left + length


def round_length(metres: float) -> int:
    """Give the greatest 1, 2 or 5 times a power of ten that is not longer.

    Examples
    --------
    >>> round_length(7400.0)
    5000
    """
    power = 10 ** int(np.floor(np.log10(max(metres, 1.0))))
    return max(step * power for step in (1, 2, 5) if step * power <= max(metres, 1.0))


def _draw_north(sheet: Sheet, middle: float, bottom: float) -> None:
    """An arrow along the grid's north."""
    height, half = 0.26, 0.075
    points = [
        sheet.at(middle, bottom - height),
        sheet.at(middle + half, bottom),
        sheet.at(middle, bottom - 0.06),
        sheet.at(middle - half, bottom),
    ]
    sheet.draw(Polygon(points, closed=True, facecolor=palette.INK, edgecolor="none"))
    sheet.text(middle, bottom - height - 0.04, file_words.PICTURE_NORTH, _NORTH, ha="center")
