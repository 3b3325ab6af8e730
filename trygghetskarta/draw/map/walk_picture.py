"""The map of one walk on paper: its route, and its findings numbered as in the table."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.patheffects import Normal, Stroke

from trygghetskarta.draw import palette
from trygghetskarta.draw.map.lettering import Ruler, drawable, font
from trygghetskarta.draw.map.map_furniture import draw_furniture
from trygghetskarta.draw.map.map_panels import draw_ground
from trygghetskarta.draw.map.map_windows import Panel
from trygghetskarta.draw.paper.document import Picture
from trygghetskarta.draw.table.sheet import Frame, Sheet

_WIDTH, _HEIGHT = 6.85, 4.4
"""Inches."""
_FOOT = 0.5
_DPI = 200
_PADDING = 60.0
_LEAST = 500.0
"""Metres that a map shows at least, so that one finding is not a map of one bush."""

_NUMBER = font(7, "bold")
_SIGN = 0.21
"""Inches across a numbered sign."""


def route_picture(
    areas: gpd.GeoDataFrame,
    route: shapely.Geometry | None,
    points: Sequence[tuple[int, float, float, bool]],
    told: str,
) -> Picture | None:
    """Draw a walk's map.

    Parameters
    ----------
    areas
        Districts, EPSG:3006, index area_code, with ``name``.
    route
        Lines, EPSG:3006, which may be empty; None without a track.
    points
        Number, east and north in metres of each finding, and whether it is a safe place.
    told
        What the picture shows, in words.

    Returns
    -------
    Picture or None
        None when there is neither route nor point. The same for the same walk.
    """
    window = _window(route, points)
    if window is None:
        return None
    sheet = Sheet(_WIDTH, _HEIGHT, _DPI)
    frame = Frame(0.02, 0.02, _WIDTH - 0.04, _HEIGHT - _FOOT - 0.02)
    panel = Panel(sheet.axes(frame, window), frame, window)
    across = _SIGN * panel.metres_per_inch
    signs = _signs(points, across)
    taken = [shapely.Point(sign).buffer(across / 2) for sign in signs]
    lines = [] if route is None or route.is_empty else [route]
    draw_ground(panel, areas, [*taken, *lines], Ruler(RendererAgg(16, 16, _DPI), _DPI))
    for line in lines:
        _draw_route(panel.axes, line)
    _draw_points(panel.axes, points, signs)
    sheet.rectangle(frame, facecolor="none", edgecolor=palette.LINE_PICTURE, linewidth=1)
    draw_furniture(sheet, panel, _HEIGHT - 0.02)
    return Picture(sheet.png({"Title": drawable(told)}), told, _HEIGHT / _WIDTH)


def _window(
    route: shapely.Geometry | None, points: Sequence[tuple[int, float, float, bool]]
) -> tuple[float, float, float, float] | None:
    places = [(x, y) for _, x, y, _ in points]
    if route is not None and not route.is_empty:
        places += [tuple(place) for place in shapely.get_coordinates(route)]
    if not places:
        return None
    (left, bottom), (right, top) = np.min(places, axis=0), np.max(places, axis=0)
    ratio = (_WIDTH - 0.04) / (_HEIGHT - _FOOT - 0.02)
    height = max(_LEAST, top - bottom + 2 * _PADDING, (right - left + 2 * _PADDING) / ratio)
    x, y = (left + right) / 2, (bottom + top) / 2
    half = height * ratio / 2, height / 2
    return x - half[0], y - half[1], x + half[0], y + half[1]


def draw_points(panel: Panel, points: Sequence[tuple[int, float, float, bool]]) -> None:
    """Draw numbered signs, those that would cover each other aside; points as in a walk's map."""
    _draw_points(panel.axes, points, _signs(points, _SIGN * panel.metres_per_inch))


def _draw_route(axes: Axes, route: shapely.Geometry) -> None:
    for part in getattr(route, "geoms", [route]):
        x, y = part.xy
        axes.plot(
            x,
            y,
            color=palette.ACCENT,
            linewidth=2.2,
            solid_joinstyle="round",
            solid_capstyle="round",
            path_effects=[Stroke(linewidth=4, foreground="white"), Normal()],
            zorder=9,
        )


def _signs(
    points: Sequence[tuple[int, float, float, bool]], across: float
) -> list[tuple[float, float]]:
    """Where the signs stand: those that would cover each other stand aside."""
    taken: list[tuple[float, float]] = []
    for _, x, y, _ in points:
        taken.append(_beside(x, y, taken, across))
    return taken


def _draw_points(
    axes: Axes,
    points: Sequence[tuple[int, float, float, bool]],
    signs: Sequence[tuple[float, float]],
) -> None:
    for (number, x, y, safe), at in zip(points, signs, strict=True):
        colour = palette.SAFE if safe else palette.CONTRAST
        if at != (x, y):
            axes.plot([x, at[0]], [y, at[1]], color=palette.INK, linewidth=0.8, zorder=10)
            axes.plot([x], [y], marker="o", markersize=3, color=colour, zorder=10)
        axes.plot(
            [at[0]],
            [at[1]],
            marker="s" if safe else "o",
            markersize=_SIGN * 72,
            markeredgecolor="white",
            markeredgewidth=1,
            color=colour,
            zorder=11,
        )
        axes.annotate(
            str(number),
            at,
            xytext=(0, -2.6),
            textcoords="offset points",
            fontproperties=_NUMBER,
            color="white",
            ha="center",
            zorder=12,
        )


def _beside(
    x: float, y: float, taken: Sequence[tuple[float, float]], size: float
) -> tuple[float, float]:
    """The nearest free place for a sign, looked for in rings round where it belongs."""
    for ring in range(6):
        for step in range(max(1, 8 * ring)):
            turn = 2 * np.pi * step / max(1, 8 * ring)
            place = x + ring * size * np.cos(turn), y + ring * size * np.sin(turn)
            if all(np.hypot(place[0] - a, place[1] - b) >= size for a, b in taken):
                return (x, y) if ring == 0 else (float(place[0]), float(place[1]))
    return x, y
