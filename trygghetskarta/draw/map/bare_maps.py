"""A map without figures: a place is pointed out on it, or points are drawn."""

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from trygghetskarta.draw.map import painting
from trygghetskarta.settings import SHOW_CRS, WORK_CRS

_BARE = -9


def bare_state(areas: int, hint: str) -> dict:
    """A map on which a place is pointed out, with a hint in place of a legend."""
    return {
        "bare": True,
        "classes": painting.pack(np.full(areas, _BARE, dtype=np.int8)),
        "looks": [],
        "legendTitle": hint,
        "lines": [],
        "selected": -1,
        "mark": "",
    }


def degrees(coordinates: NDArray[np.float64]) -> NDArray[np.int32]:
    """Coordinates in EPSG:3006 as latitude and longitude in millionths, one after the other."""
    to_degrees = Transformer.from_crs(WORK_CRS, SHOW_CRS, always_xy=True)
    longitude, latitude = to_degrees.transform(*np.reshape(coordinates, (-1, 2)).T)
    return np.round(np.column_stack([latitude, longitude]).ravel() * 1e6).astype(np.int32)
