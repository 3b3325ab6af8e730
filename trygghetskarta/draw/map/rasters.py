"""A density as a picture for the map: one colour per class, warped to the map's projection."""

import base64
import io
import math
from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgb
from PIL import Image
from pyproj import Transformer

from trygghetskarta.analysis.density import Grid
from trygghetskarta.settings import SHOW_CRS, WORK_CRS

_MERCATOR = 3857
_MOST_PIXELS = 1600
"""Longest side of the picture; more cannot be seen on a screen."""


@dataclass(frozen=True)
class RasterPicture:
    """A picture that lies on the map.

    Attributes
    ----------
    png
        The picture, transparent where nothing is shown.
    bounds
        South, west, north and east in degrees.
    """

    png: bytes
    bounds: tuple[float, float, float, float]

    def packed(self) -> dict:
        """What the painter takes."""
        south, west, north, east = self.bounds
        return {
            "png": base64.b64encode(self.png).decode("ascii"),
            "bounds": [[south, west], [north, east]],
        }


def density_picture(
    grid: Grid, breaks: tuple[float, ...], colours: tuple[str, ...]
) -> RasterPicture:
    """Colour a density by class.

    Parameters
    ----------
    grid
        The density; NaN and 0 are transparent.
    breaks
        Upper limits of the classes, rising; a value above the last is in the last class.
    colours
        ``#rrggbb`` of each class.

    Returns
    -------
    Picture
        In the map's own projection, so that every pixel shows the cell it lies on.
    """
    rows, columns = grid.values.shape
    east, north = grid.west + columns * grid.cell, grid.south + rows * grid.cell
    to_map = Transformer.from_crs(WORK_CRS, _MERCATOR, always_xy=True)
    west, south, right, top = to_map.transform_bounds(grid.west, grid.south, east, north)
    # The grid lies askew in the map, so the box round it is wider than its cells.
    size = min((right - west) / columns, (top - south) / rows) / 2
    size = max(size, max(right - west, top - south) / _MOST_PIXELS)
    x = west + size * (np.arange(math.ceil((right - west) / size)) + 0.5)
    y = top - size * (np.arange(math.ceil((top - south) / size)) + 0.5)
    numbers = _sampled(grid, _classes(grid.values, breaks), *np.meshgrid(x, y))
    palette = 255 * np.array([to_rgb(colour) for colour in colours]).reshape(-1, 3)
    image = np.zeros((*numbers.shape, 4), dtype=np.uint8)
    painted = numbers >= 0
    image[painted, :3] = np.round(palette[numbers[painted]])
    image[painted, 3] = 255
    to_degrees = Transformer.from_crs(_MERCATOR, SHOW_CRS, always_xy=True)
    left, low = to_degrees.transform(west, top - size * len(y))
    far, high = to_degrees.transform(west + size * len(x), top)
    return RasterPicture(_png(image), (low, left, high, far))


def _classes(values: np.ndarray, breaks: tuple[float, ...]) -> np.ndarray:
    numbers = np.minimum(np.searchsorted(breaks, values, side="left"), len(breaks) - 1)
    return np.where(np.isfinite(values) & (values > 0), numbers, -1)


def _sampled(grid: Grid, numbers: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Class of the cell below each pixel, -1 beyond the grid."""
    to_work = Transformer.from_crs(_MERCATOR, WORK_CRS, always_xy=True)
    east, north = to_work.transform(x.ravel(), y.ravel())
    column = np.floor((np.asarray(east) - grid.west) / grid.cell).astype(np.int64)
    row = np.floor((np.asarray(north) - grid.south) / grid.cell).astype(np.int64)
    rows, columns = numbers.shape
    inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    found = np.full(len(column), -1, dtype=np.int64)
    found[inside] = numbers[row[inside], column[inside]]
    return found.reshape(x.shape)


def _png(image: np.ndarray) -> bytes:
    target = io.BytesIO()
    Image.fromarray(image).quantize(32).save(target, "PNG", optimize=True)
    return target.getvalue()
