"""The maps of a picture: the whole and an enlarged part, with names, scale and north."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import shapely
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.patheffects import Normal, Stroke

from trygghetskarta.draw import palette
from trygghetskarta.draw.map import map_labels
from trygghetskarta.draw.map.lettering import Ruler, drawable, font
from trygghetskarta.draw.map.map_furniture import draw_furniture, draw_scale
from trygghetskarta.draw.map.map_windows import (
    _PADDING,
    Panel,
    Window,
    grown_window,
    town_window,
    united,
    widened,
    window_of,
    worth_enlarging,
)
from trygghetskarta.draw.shown import LegendEntry, Shown
from trygghetskarta.draw.table.sheet import Frame, Paragraph, Sheet
from trygghetskarta.words import file_words, texts

MOST_NAMED = 20
"""Areas above which none is named."""

_WHOLE_WIDTH = 3.9
"""Widest that the whole is drawn beside an enlarged part."""
_WHOLE_SHARE = 0.48
_WHOLE_SHARE_NARROW = 0.36
_NARROW = 4.5
"""Width below which the enlarged part takes more of the room."""
_GAP = 0.28
_PANEL_TITLE = 0.24
_FURNITURE = 0.42
"""Height below a map, for its scale and the north arrow."""


_UNCHOSEN = {"facecolor": palette.AREA_UNCHOSEN, "edgecolor": "none"}
_HATCHES = {"hatch": "//////", "dots": "....", "cross": "xxxx"}
_HATCH_COLOURS = {"hatch": palette.SHEET_HATCH, "dots": palette.EDGE, "cross": palette.SHEET_CROSS}

_HEAD = font(8.5, "bold")
_NAME = font(7.2, "bold")
_PALE_NAME = font(6.8)
_WATERMARK_SIZE = 21.0
_WATERMARK_ROOM = 3.8
"""Width in inches of a map that has room for the mark in that size."""


@dataclass(frozen=True)
class _Ground:
    """What the maps draw."""

    borders: gpd.GeoSeries
    outline: gpd.GeoSeries
    names: dict[str, str]
    chosen: frozenset[str]
    whole: Window
    detail: Window | None
    detail_title: str


def draw_maps(
    sheet: Sheet,
    shown: Shown,
    surroundings: gpd.GeoDataFrame | None,
    ruler: Ruler,
    frame: Frame,
    whole_width: float | None = None,
) -> None:
    """Draw the areas with their furniture; a small town or a few areas get a map of their own.

    Parameters
    ----------
    sheet, frame
        Where to draw.
    shown
        The view.
    surroundings
        All areas of the level, with ``name``; None for those of the view.
    ruler
        Measures the names.
    whole_width
        Inches that the map of the whole has beside an enlarged part; None for what fits the frame.
    """
    ground = _ground(shown, shown.areas if surroundings is None else surroundings, ruler.dpi)
    if ground.detail is None:
        whole = grown_window(ground.whole, _PADDING)
        panel = _panel(sheet, replace(frame, height=frame.height - _FURNITURE), whole)
        _draw_panel(shown, ground, panel, ruler)
        draw_furniture(sheet, panel, frame.bottom)
    else:
        share = _WHOLE_SHARE_NARROW if frame.width < _NARROW else _WHOLE_SHARE
        wide = replace(frame, width=whole_width or min(_WHOLE_WIDTH, share * frame.width))
        _draw_whole_and_detail(sheet, shown, ground, ground.detail, ruler, frame, wide)


def look(entry: LegendEntry) -> dict[str, str]:
    """How an area of a class is drawn, alike on the map and in the legend."""
    if not entry.pattern:
        return {"facecolor": entry.colour, "edgecolor": "none"}
    return {
        "facecolor": entry.colour,
        "edgecolor": _HATCH_COLOURS[entry.pattern],
        "hatch": _HATCHES[entry.pattern],
    }


def _ground(shown: Shown, everything: gpd.GeoDataFrame, dpi: float) -> _Ground:
    exact = everything.geometry
    whole = window_of(exact)
    chosen = frozenset(shown.areas.index)
    part = len(chosen) < len(everything)
    detail = window_of(shown.areas.geometry) if part else town_window(exact)
    drawn = _simplified(exact, (detail or whole)[2] - (detail or whole)[0], dpi)
    title = file_words.PICTURE_CHOSEN if part else file_words.PICTURE_TOWN
    outline = gpd.GeoSeries([_outline(drawn, 0.002 * (whole[2] - whole[0]))], crs=exact.crs)
    names = {str(code): str(name) for code, name in everything["name"].items()}
    return _Ground(drawn, outline, names, chosen, whole, worth_enlarging(detail, whole), title)


def _simplified(exact: gpd.GeoSeries, extent: float, dpi: float) -> gpd.GeoSeries:
    """Borders no more detailed than the picture can show, still without gaps and overlaps."""
    pixel = extent / (4 * dpi)
    return gpd.GeoSeries(
        shapely.coverage_simplify(exact.to_numpy(), pixel), index=exact.index, crs=exact.crs
    )


def _outline(borders: gpd.GeoSeries, gap: float) -> shapely.Geometry:
    """The outer border; gaps narrower than ``gap`` metres between areas are closed."""
    grown = shapely.buffer(borders.union_all(), gap / 2, join_style="mitre")
    return shapely.buffer(grown, -gap / 2, join_style="mitre")


def _draw_whole_and_detail(
    sheet: Sheet,
    shown: Shown,
    ground: _Ground,
    part: Window,
    ruler: Ruler,
    frame: Frame,
    wide: Frame,
) -> None:
    """The whole to the left; to the right, enlarged, what its frame holds."""
    left = wide.right + _GAP
    top, height = frame.top + _PANEL_TITLE, frame.height - _PANEL_TITLE - _FURNITURE
    part_frame = Frame(left, top, frame.right - left, height)
    part = widened(part, part_frame.width / part_frame.height)
    whole = grown_window(united(ground.whole, part), _PADDING)
    needed = wide.width * (whole[3] - whole[1]) / (whole[2] - whole[0])
    overview = _panel(sheet, replace(wide, top=top, height=min(height, needed)), whole)
    enlarged = _panel(sheet, part_frame, part)
    for panel, title in ((overview, file_words.PICTURE_WHOLE), (enlarged, ground.detail_title)):
        sheet.paragraph(panel.frame.left, frame.top, Paragraph((title,), _HEAD))
    _draw_panel(shown, ground, overview, ruler, beside=part)
    _draw_panel(shown, ground, enlarged, ruler)
    overview.axes.add_patch(_window_mark(part))
    sheet.rectangle(part_frame, facecolor="none", edgecolor=palette.INK, linewidth=1.2)
    draw_furniture(sheet, overview, frame.bottom)
    draw_scale(sheet, enlarged, frame.bottom)


def _panel(sheet: Sheet, frame: Frame, window: Window) -> Panel:
    fitted = widened(window, frame.width / frame.height)
    return Panel(sheet.axes(frame, fitted), frame, fitted)


def _draw_panel(
    shown: Shown, ground: _Ground, panel: Panel, ruler: Ruler, beside: Window | None = None
) -> None:
    """Areas, borders and names; what lies within ``beside`` is named in the other panel."""
    axes, borders = panel.axes, ground.borders
    _fill(axes, borders[~borders.index.isin(ground.chosen)], _UNCHOSEN)
    for entry in shown.legend:
        codes = shown.class_number.index[shown.class_number == entry.class_number]
        _fill(axes, borders.loc[codes], look(entry))
    placed = {"ax": axes, "aspect": None, "autolim": False}
    borders.boundary.plot(**placed, color=palette.EDGE, linewidth=0.5)
    ground.outline.boundary.plot(**placed, color=palette.INK, linewidth=1.0)
    if shown.facts.is_example:
        _draw_watermark(panel)
    if len(ground.names) <= MOST_NAMED:
        _draw_names(ground, panel, ruler, beside)


def draw_ground(
    panel: Panel, areas: gpd.GeoDataFrame, taken: Sequence[shapely.Geometry], ruler: Ruler
) -> None:
    """Draw districts pale, with their names where nothing else stands.

    Parameters
    ----------
    panel
        Where.
    areas
        Districts, EPSG:3006, index area_code, with ``name``.
    taken
        What no name may cover, EPSG:3006.
    ruler
        Measures the names.
    """
    seen = areas[areas.intersects(shapely.box(*panel.window))]
    _fill(panel.axes, seen.geometry, {"facecolor": palette.AREA_BARE, "edgecolor": "none"})
    placed = {"ax": panel.axes, "aspect": None, "autolim": False}
    seen.boundary.plot(**placed, color=palette.EDGE, linewidth=0.7)
    names = {str(code): str(name) for code, name in seen["name"].items()}
    shapes = {str(code): panel.in_inches(shape) for code, shape in seen.geometry.items()}
    boxes = [panel.in_inches(shape) for shape in taken]
    size = panel.frame.width, panel.frame.height
    for label in map_labels.place(names, shapes, size, boxes, ruler, _PALE_NAME, leaders=False):
        _draw_label(panel, label, _PALE_NAME, palette.INK_SHEET)


def _fill(axes: Axes, areas: gpd.GeoSeries, style: dict[str, str]) -> None:
    if not areas.empty:
        areas.plot(ax=axes, aspect=None, autolim=False, linewidth=0, **style)


def _draw_watermark(panel: Panel) -> None:
    """Write the mark across a map, no longer than a narrow map is wide."""
    size = min(_WATERMARK_SIZE, _WATERMARK_SIZE * panel.frame.width / _WATERMARK_ROOM)
    panel.axes.text(
        0.5,
        0.5,
        texts.EXAMPLE_MARK,
        transform=panel.axes.transAxes,
        fontproperties=font(size, "bold"),
        color=palette.INK,
        alpha=0.13,
        rotation=32,
        ha="center",
        va="center",
        clip_on=True,
        zorder=5,
    )


def _draw_names(ground: _Ground, panel: Panel, ruler: Ruler, beside: Window | None) -> None:
    size = panel.frame.width, panel.frame.height
    shapes = {code: panel.in_inches(shape) for code, shape in ground.borders.items()}
    taken = [] if beside is None else [panel.in_inches(shapely.box(*beside))]
    unchosen = frozenset(ground.names) - ground.chosen if beside is None else frozenset()
    for wanted, letters, colour in (
        (ground.chosen, _NAME, palette.INK),
        (unchosen, _PALE_NAME, palette.INK_SHEET),
    ):
        names = {
            code: ground.names[code]
            for code in sorted(wanted)
            if beside is None or not _holds(beside, ground.borders[code])
        }
        leaders = wanted is ground.chosen
        for label in map_labels.place(names, shapes, size, taken, ruler, letters, leaders):
            taken.append(label.box)
            _draw_label(panel, label, letters, colour)


def _holds(window: Window, area: shapely.Geometry) -> bool:
    return shapely.box(*window).contains(area.representative_point())


def _draw_label(
    panel: Panel, label: map_labels.Label, letters: FontProperties, colour: str
) -> None:
    """Write a name line by line with a white halo, with a line to its area where it stands off."""
    axes, (width, height) = panel.axes, (panel.frame.width, panel.frame.height)
    middle, level = label.middle
    halo = Stroke(linewidth=2.6, foreground="white")
    if label.leader:
        x, y = label.leader
        axes.plot(
            [middle / width, x / width],
            [level / height, y / height],
            color=colour,
            linewidth=0.7,
            marker="o",
            markersize=2.5,
            markevery=[1],
            transform=axes.transAxes,
            zorder=6,
        )
    step = letters.get_size() / 72 * map_labels.LINE_HEIGHT
    first = level + (len(label.lines) - 1) * step / 2 - 0.36 * letters.get_size() / 72
    # Every line's halo lies below every line's letters, or it would cover those of the line above.
    for zorder, effect in ((7, halo), (8, Normal())):
        for row, line in enumerate(label.lines):
            axes.text(
                middle / width,
                (first - row * step) / height,
                drawable(line),
                transform=axes.transAxes,
                fontproperties=letters,
                parse_math=False,
                color=colour,
                ha="center",
                path_effects=[effect],
                zorder=zorder,
            )


def _window_mark(part: Window) -> Rectangle:
    """The frame round what is enlarged."""
    size = part[2] - part[0], part[3] - part[1]
    return Rectangle(
        part[:2], *size, facecolor="none", edgecolor=palette.INK, linewidth=1.2, zorder=8
    )
