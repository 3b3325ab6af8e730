"""A map in a report: the areas with a legend below, without the words the report itself has."""

from dataclasses import replace

from matplotlib.backends.backend_agg import RendererAgg

from trygghetskarta.draw import palette
from trygghetskarta.draw.map.lettering import Ruler, font
from trygghetskarta.draw.map.map_panels import draw_maps, look
from trygghetskarta.draw.paper.document import Picture
from trygghetskarta.draw.shown import Shown
from trygghetskarta.draw.table.sheet import Frame, Paragraph, Sheet
from trygghetskarta.words import file_words, report_words
from trygghetskarta.words.safe import plain_text

_WIDTH, _MAPS = 6.85, 3.3
"""Inches; the legend comes below."""
_DPI = 170
_WHOLE = 1.75
_COLUMNS = 3
_ROW = 0.21
_HEAD = font(8, "bold")
_SMALL = font(7.4)
_SWATCH = Frame(0, 0, 0.3, 0.15)


def report_map(shown: Shown, name: str, period: str) -> Picture:
    """Draw the map of a theme.

    Parameters
    ----------
    shown
        The view.
    name, period
        The theme and the time, for its words.

    Returns
    -------
    Picture
        The same for the same view.
    """
    rows = -(-len(shown.legend) // _COLUMNS)
    height = _MAPS + 0.34 + rows * _ROW + 0.06
    sheet = Sheet(_WIDTH, height, _DPI)
    ruler = Ruler(RendererAgg(16, 16, _DPI), _DPI)
    draw_maps(sheet, shown, None, ruler, Frame(0.02, 0.02, _WIDTH - 0.04, _MAPS), _WHOLE)
    _draw_legend(sheet, shown, ruler, _MAPS + 0.12)
    told = report_words.district_map_told(name, period)
    caption = report_words.map_caption(name, period, shown.legend_title, shown.facts.is_example)
    png = sheet.png({"Title": plain_text(told)})
    return Picture(png, told, height / _WIDTH, caption)


def _draw_legend(sheet: Sheet, shown: Shown, ruler: Ruler, top: float) -> None:
    """Classes in columns, read downwards; each with how many areas have it."""
    sheet.paragraph(0.02, top, Paragraph((shown.legend_title,), _HEAD))
    rows = -(-len(shown.legend) // _COLUMNS)
    step = (_WIDTH - 0.04) / _COLUMNS
    for place, entry in enumerate(shown.legend):
        column, row = divmod(place, rows)
        left, y = 0.02 + column * step, top + 0.24 + row * _ROW
        swatch = replace(_SWATCH, left=left, top=y)
        sheet.rectangle(swatch, **look(entry), linewidth=0)
        sheet.rectangle(swatch, facecolor="none", edgecolor=palette.EDGE, linewidth=0.6)
        label = file_words.legend_count(entry.label, entry.n)
        line = ruler.wrap(label, _SMALL, step - 0.45)[0]
        sheet.text(left + 0.38, y + 0.12, line, _SMALL)
