"""Which piece of the ground a panel of a drawn map shows."""

from dataclasses import dataclass

import geopandas as gpd
import shapely
from matplotlib.axes import Axes
from shapely.affinity import affine_transform

from trygghetskarta.draw.table.sheet import Frame

_PADDING = 0.03
"""Share of a window's extent kept free round what it shows."""
_REACH = 0.3
"""How far the town reaches from its middle, as a share of the municipality's longer side."""
_WORTH_ENLARGING = 1.6
"""How much larger the part must become for a map of its own."""
Window = tuple[float, float, float, float]
"""Least east and north, greatest east and north, EPSG:3006."""


@dataclass(frozen=True)
class Panel:
    """One map on a sheet: its axes, where it stands, and the window it shows."""

    axes: Axes
    frame: Frame
    window: Window

    @property
    def metres_per_inch(self) -> float:
        return (self.window[2] - self.window[0]) / self.frame.width

    def in_inches(self, shape: shapely.Geometry) -> shapely.Geometry:
        """A shape measured from the panel's lower left corner."""
        scale = 1 / self.metres_per_inch
        shift = -self.window[0] * scale, -self.window[1] * scale
        return affine_transform(shape, [scale, 0, 0, scale, *shift])


def town_window(areas: gpd.GeoSeries) -> Window | None:
    """Where the small areas crowd: those that lie wholly near the middle of the smaller half.

    Parameters
    ----------
    areas
        Borders, EPSG:3006.

    Returns
    -------
    tuple or None
        None where too few of the areas lie there to be the town.
    """
    size = areas.area
    points = areas[size <= size.median()].representative_point()
    x, y = float(points.x.median()), float(points.y.median())
    bounds = areas.bounds
    whole = window_of(areas)
    reach = _REACH * max(whole[2] - whole[0], whole[3] - whole[1])
    near = (
        (bounds["minx"] >= x - reach)
        & (bounds["maxx"] <= x + reach)
        & (bounds["miny"] >= y - reach)
        & (bounds["maxy"] <= y + reach)
    )
    if near.sum() < max(3, len(areas) / 3):
        return None
    return window_of(areas[near])


def worth_enlarging(detail: Window | None, whole: Window) -> Window | None:
    """The piece to enlarge, with room round it; None where that would show little more."""
    if detail is None:
        return None
    grown = grown_window(detail, 2 * _PADDING)
    longer = max(grown[2] - grown[0], grown[3] - grown[1])
    gain = max(whole[2] - whole[0], whole[3] - whole[1]) / longer
    return grown if gain >= _WORTH_ENLARGING else None


def window_of(areas: gpd.GeoSeries) -> Window:
    """The window that holds all areas."""
    left, bottom, right, top = (float(value) for value in areas.total_bounds)
    return left, bottom, right, top


def united(one: Window, other: Window) -> Window:
    """The window that holds two."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def grown_window(window: Window, share: float) -> Window:
    """A window with more on each side: a share of its longer side."""
    extent = share * max(window[2] - window[0], window[3] - window[1])
    return window[0] - extent, window[1] - extent, window[2] + extent, window[3] + extent


def widened(window: Window, ratio: float) -> Window:
    """The least window of a shape (width to height) with the same middle that holds another."""
    width, height = window[2] - window[0], window[3] - window[1]
    width, height = max(width, height * ratio), max(height, width / ratio)
    x, y = (window[0] + window[2]) / 2, (window[1] + window[3]) / 2
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2
