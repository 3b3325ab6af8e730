"""The maps of a presentation as pictures: drawn here, with their legend, in large type."""

from matplotlib.backends.backend_agg import RendererAgg

from trygghetskarta.draw.map.lettering import Ruler, font
from trygghetskarta.draw.map.map_legend import draw_legend, lay_legend
from trygghetskarta.draw.map.map_panels import draw_maps
from trygghetskarta.draw.paper.document import Picture
from trygghetskarta.draw.shown import Shown
from trygghetskarta.draw.table.sheet import Frame, Paragraph, Sheet
from trygghetskarta.words import compare_words, file_words
from trygghetskarta.words.safe import plain_text

_ENLARGED = 1.35
"""How much larger than on paper the type of one map is; two maps get less."""
_ENLARGED_PAIR = 1.2
_DOTS = 288
"""Per inch of the page: twice what a projector shows of a page that is 13.33 inches wide."""
_LEGEND = 2.1
_GAP = 0.25
_SIDE_TITLE = 0.3
_HEAD = font(9.5, "bold")


def map_picture(shown: Shown, beside: Shown | None, width: float, height: float) -> Picture:
    """Draw one map, or two with a shared legend, to fill a frame of a page.

    Parameters
    ----------
    shown, beside
        The views; both have the same legend.
    width, height
        Of the frame, in inches.

    Returns
    -------
    Picture
        The same for the same views. Its words are the title, the summary and the legend.
    """
    scale = _ENLARGED if beside is None else _ENLARGED_PAIR
    across, down = width / scale, height / scale
    sheet = Sheet(across, down, _DOTS * scale)
    ruler = Ruler(RendererAgg(16, 16, sheet.figure.dpi), sheet.figure.dpi)
    views = [shown] if beside is None else [shown, beside]
    room = (across - _LEGEND - len(views) * _GAP) / len(views)
    for at, view in enumerate(views):
        left = at * (room + _GAP)
        frame = Frame(left, 0.02, room, down - 0.04)
        if beside is not None:
            title = ruler.wrap(compare_words.side_title(view.facts), _HEAD, room)[:1]
            sheet.paragraph(left, 0.02, Paragraph(tuple(title), _HEAD))
            frame = Frame(left, 0.02 + _SIDE_TITLE, room, down - 0.04 - _SIDE_TITLE)
        draw_maps(sheet, view, None, ruler, frame)
    draw_legend(sheet, lay_legend(shown, ruler, _LEGEND), across - _LEGEND, 0.05)
    told = told_of(shown, beside)
    return Picture(sheet.png({"Title": plain_text(shown.title)}), told, height / width)


def told_of(shown: Shown, beside: Shown | None = None) -> str:
    """Say what a map shows to those who do not see it."""
    views = [shown] if beside is None else [shown, beside]
    said = [line for view in views for line in (view.title, view.summary)]
    legend = "; ".join(file_words.legend_count(entry.label, entry.n) for entry in shown.legend)
    return plain_text(f"{'. '.join(said)} {shown.legend_title}: {legend}.")
