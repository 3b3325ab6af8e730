"""The exact test of a point against the borders of an area."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

_PAIRS_AT_ONCE = 1 << 20
SMALLEST_CELL = 1e-6  # metres

# Shewchuk (1997), "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric
# Predicates": above 3.4e-16 times the sum of the products the sign of the determinant is certain.
# The second term covers products too small for a float.
_ROUNDING = 1e-15
_UNDERFLOW = 1e-300
_Numbers = float | NDArray[np.float64] | NDArray[np.int64]


class BorderEdges(NamedTuple):
    """Border segments as parallel arrays, each turned so that y1 <= y2."""

    area: NDArray[np.int64]
    x1: NDArray[np.float64]
    y1: NDArray[np.float64]
    x2: NDArray[np.float64]
    y2: NDArray[np.float64]

    def take(self, rows: NDArray[np.int64] | slice) -> "BorderEdges":
        at = self.area[rows]
        return BorderEdges(at, self.x1[rows], self.y1[rows], self.x2[rows], self.y2[rows])

    def scaled(self, x0: _Numbers, y0: _Numbers, factor: _Numbers) -> "BorderEdges":
        """Move the origin to (x0, y0), then multiply every coordinate."""
        return BorderEdges(
            self.area,
            (self.x1 - x0) * factor,
            (self.y1 - y0) * factor,
            (self.x2 - x0) * factor,
            (self.y2 - y0) * factor,
        )


class AreaBorders:
    """The exact test: each area's edges, sorted into horizontal stripes of that area."""

    def __init__(self, edges: BorderEdges, areas: int) -> None:
        self._edges = edges
        number = np.bincount(edges.area, minlength=areas)
        self._stripes = np.maximum(number // 2, 1)
        low, high = np.full(areas, np.inf), np.full(areas, -np.inf)
        np.minimum.at(low, edges.area, edges.y1)
        np.maximum.at(high, edges.area, edges.y2)
        self._low = np.where(number > 0, low, 0.0)
        height = np.where(number > 0, high - low, 1.0)
        self._per_metre = self._stripes / np.maximum(height, SMALLEST_CELL)
        self._first = np.cumsum(self._stripes) - self._stripes
        bottom, top = self._stripe(edges.area, edges.y1), self._stripe(edges.area, edges.y2)
        edge, step = spread(top - bottom + 1)
        stripe = bottom[edge] + step
        self._edge = edge[np.argsort(stripe, kind="stable")].astype(np.int32)
        self._start = group_starts(stripe, int(self._stripes.sum()))

    def sides(
        self, x: NDArray, y: NDArray, area: NDArray
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Test point i against area i: whether it is strictly inside, and whether on the border."""
        inside, on = np.zeros(len(x), dtype=bool), np.zeros(len(x), dtype=bool)
        stripe = self._stripe(area, y)
        start, stop = self._start[stripe], self._start[stripe + 1]
        for part in _batches(stop - start):
            pair, step = spread(stop[part] - start[part])
            edge = self._edge[start[part][pair] + step]
            inside[part], on[part] = self._cross(x[part], y[part], pair, edge)
        return inside, on

    def _stripe(self, area: NDArray, y: NDArray) -> NDArray[np.int64]:
        # Rounding keeps order: an edge lies in the stripe of every y between its ends. Points
        # beyond the area's ends get its outermost stripe, where no edge reaches them.
        step = (y - self._low[area]) * self._per_metre[area]
        return self._first[area] + np.clip(step, 0, self._stripes[area] - 1).astype(np.int64)

    def _cross(
        self, x: NDArray, y: NDArray, pair: NDArray, edge: NDArray
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Count, for each point, the edges to its east; ``pair`` is the point of each edge."""
        y1, y2, height = self._edges.y1[edge], self._edges.y2[edge], y[pair]
        near = np.flatnonzero((y1 <= height) & (height <= y2))
        pair, edge, height, y1, y2 = pair[near], edge[near], height[near], y1[near], y2[near]
        side, touch = _side(x[pair], height, self._edges.x1[edge], y1, self._edges.x2[edge], y2)
        # An end shared by two edges is counted once: an edge owns its lower end, not its upper.
        crossed = pair[(side > 0) & (height < y2)]
        on = np.zeros(len(x), dtype=bool)
        on[pair[touch]] = True
        odd = np.bincount(crossed, minlength=len(x)) % 2 == 1
        return odd & ~on, on


def _side(
    x: NDArray,
    y: NDArray,
    x1: NDArray,
    y1: NDArray,
    x2: NDArray,
    y2: NDArray,
) -> tuple[NDArray, NDArray[np.bool_]]:
    """Tell on which side of its upward edge each point lies (> 0: west), and whether on it.

    The point's y must lie between the edge's ends.
    """
    left, right = (x2 - x1) * (y - y1), (x - x1) * (y2 - y1)
    side = left - right
    doubt = np.abs(side) <= _ROUNDING * (np.abs(left) + np.abs(right)) + _UNDERFLOW
    near = np.flatnonzero(doubt)
    side[near] = _exact_side(x[near], y[near], x1[near], y1[near], x2[near], y2[near])
    # On a horizontal edge's line the side is always 0, beyond its ends too.
    between = (np.minimum(x1, x2) <= x) & (x <= np.maximum(x1, x2))
    return side, doubt & (side == 0) & between


def _exact_side(
    x: NDArray,
    y: NDArray,
    x1: NDArray,
    y1: NDArray,
    x2: NDArray,
    y2: NDArray,
) -> NDArray[np.float64]:
    """Compute the sign of :func:`_side` in whole numbers, without rounding."""
    mantissa, exponent = np.frexp(np.stack([x, y, x1, y1, x2, y2]))
    shift = exponent - exponent.min(axis=0, initial=0)
    whole = np.ldexp(mantissa, 53).astype(np.int64).astype(object) << shift.astype(object)
    x, y, x1, y1, x2, y2 = whole
    determinant = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
    return (determinant > 0).astype(np.float64) - (determinant < 0).astype(np.float64)


def border_edges(geometry: NDArray) -> BorderEdges:
    """Take polygons apart into edges; ``area`` is the position in ``geometry``."""
    parts, area_of_part = shapely.get_parts(geometry, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    x1, y1 = points[:-1][joined].T
    x2, y2 = points[1:][joined].T
    area = area_of_part[part_of_ring[ring[1:][joined]]].astype(np.int64)
    down = y1 > y2
    return BorderEdges(
        area,
        np.where(down, x2, x1),
        np.where(down, y2, y1),
        np.where(down, x1, x2),
        np.where(down, y1, y2),
    )


def spread(counts: NDArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the members of groups of the given sizes: group, and place within it."""
    group = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(group)) - np.repeat(np.cumsum(counts) - counts, counts)
    return group, place


def group_starts(group: NDArray, groups: int) -> NDArray[np.int64]:
    """Give where each group begins among members sorted by group, and the end of the last."""
    return np.concatenate([[0], np.cumsum(np.bincount(group, minlength=groups))])


def _batches(counts: NDArray) -> Iterator[slice]:
    """Cut into slices whose counts together fill one working array, and never less than one."""
    total = np.cumsum(counts)
    start = 0
    while start < len(counts):
        done = total[start - 1] if start else 0
        stop = max(int(np.searchsorted(total, done + _PAIRS_AT_ONCE, side="right")), start + 1)
        yield slice(start, stop)
        start = stop
