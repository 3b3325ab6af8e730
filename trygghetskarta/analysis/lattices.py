"""Squares and hexagons without end, and which of them holds a point."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Bounds = tuple[float, float, float, float]
"""West, south, east and north in metres, EPSG:3006."""


@dataclass(frozen=True)
class Squares:
    """Squares whose corners are multiples of their side, numbered by column and row.

    These are the squares of Statistics Sweden's grid. A square holds its west and south edges.

    Attributes
    ----------
    side
        Length of a side in metres.
    """

    side: float

    steps = ((-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1))
    """Column and row steps to the squares that share an edge or a corner (queen contiguity)."""

    @property
    def reach(self) -> float:
        """Longest distance from the centre to the border along an axis, in metres."""
        return self.side / 2

    def index(self, x: NDArray, y: NDArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give column and row of the square that holds each point."""
        return _floor(x / self.side), _floor(y / self.side)

    def window(self, bounds: Bounds) -> tuple[int, int, int, int]:
        """Give first column, first row, columns and rows of the bounds, aligned outward."""
        west, south = (int(np.floor(value / self.side)) for value in bounds[:2])
        east, north = (int(np.ceil(value / self.side)) for value in bounds[2:])
        return west, south, east - west, north - south

    def centres(self, column: NDArray, row: NDArray) -> tuple[NDArray, NDArray]:
        """Give east and north of the squares' centres."""
        return (column + 0.5) * self.side, (row + 0.5) * self.side

    def polygons(self, column: NDArray, row: NDArray) -> NDArray:
        """Give the squares as shapely polygons."""
        west, south = column * self.side, row * self.side
        return shapely.box(west, south, west + self.side, south + self.side)

    def codes(self, column: NDArray, row: NDArray) -> NDArray[np.object_]:
        """Name each square by its side and its lower left corner."""
        side, west, south = self.side, column * self.side, row * self.side
        names = [
            f"{side:.10g}E{x:.10g}N{y:.10g}"
            for x, y in zip(west.tolist(), south.tolist(), strict=True)
        ]
        return np.array(names, dtype=object)

    def beside(self, x: NDArray, y: NDArray) -> list[tuple[NDArray, NDArray]]:
        """Give the other squares on whose border each point lies, nearest first.

        A point that lies on no border gets its own square again.
        """
        column, row = self.index(x, y)
        west = column - (column * self.side == x)
        south = row - (row * self.side == y)
        return [(west, row), (column, south), (west, south)]


@dataclass(frozen=True)
class Hexagons:
    """Regular hexagons with a corner to the north; one has its centre at the origin.

    Numbered by the axial coordinates q (to the east) and r (to the north-east), see Patel (2013),
    "Hexagonal Grids", redblobgames.com. Anchored at the origin of EPSG:3006, so that two maps
    share their cells. A point belongs to the hexagon whose centre is nearest.

    Attributes
    ----------
    area
        Area of a hexagon in square metres.
    """

    area: float

    steps = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1))
    """Steps in q and r to the six hexagons that share an edge."""

    @property
    def reach(self) -> float:
        """Distance from the centre to a corner, which is also the length of a side, in metres."""
        return float(np.sqrt(2 * self.area / (3 * np.sqrt(3))))

    def index(self, x: NDArray, y: NDArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give q and r of the hexagon that holds each point (cube rounding)."""
        r = y / (1.5 * self.reach)
        q = x / (np.sqrt(3) * self.reach) - r / 2
        s = -q - r
        near = np.rint(q), np.rint(r), np.rint(s)
        off_q, off_r, off_s = (np.abs(a - b) for a, b in zip(near, (q, r, s), strict=True))
        # The three must sum to 0, so the one that was rounded furthest follows from the others.
        q_follows = (off_q > off_r) & (off_q > off_s)
        r_follows = ~q_follows & (off_r > off_s)
        q = np.where(q_follows, -near[1] - near[2], near[0])
        r = np.where(r_follows, -near[0] - near[2], near[1])
        return q.astype(np.int64), r.astype(np.int64)

    def window(self, bounds: Bounds) -> tuple[int, int, int, int]:
        """Give first q, first r and the numbers of q and r that cover the bounds."""
        west, south, east, north = bounds
        width, height = np.sqrt(3) * self.reach, 1.5 * self.reach
        low_r, high_r = int(np.floor(south / height)) - 1, int(np.ceil(north / height)) + 1
        low_q = int(np.floor(west / width - high_r / 2)) - 1
        high_q = int(np.ceil(east / width - low_r / 2)) + 1
        return low_q, low_r, high_q - low_q + 1, high_r - low_r + 1

    def centres(self, q: NDArray, r: NDArray) -> tuple[NDArray, NDArray]:
        """Give east and north of the hexagons' centres."""
        return np.sqrt(3) * self.reach * (q + r / 2), 1.5 * self.reach * r

    def polygons(self, q: NDArray, r: NDArray) -> NDArray:
        """Give the hexagons as shapely polygons."""
        x, y = self.centres(q, r)
        turn = np.radians(30 + 60 * np.arange(6))
        corners = np.stack(
            [
                x[:, None] + self.reach * np.cos(turn),
                y[:, None] + self.reach * np.sin(turn),
            ],
            axis=-1,
        )
        return shapely.polygons(corners)

    def codes(self, q: NDArray, r: NDArray) -> NDArray[np.object_]:
        """Name each hexagon by its area and its axial coordinates."""
        area = f"H{self.area:.10g}"
        pairs = zip(q.tolist(), r.tolist(), strict=True)
        return np.array([f"{area}Q{a}R{b}" for a, b in pairs], dtype=object)

    def beside(self, x: NDArray, y: NDArray) -> list[tuple[NDArray, NDArray]]:
        """Give no other hexagon: a hexagon's border is no round number that a point can lie on."""
        return []


def _floor(values: NDArray) -> NDArray[np.int64]:
    return np.floor(values).astype(np.int64)
