"""Where events gather: a smooth surface, and counts in equal cells."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.signal import fftconvolve, oaconvolve

from trygghetskarta.analysis.cells import (
    equally_long,
    lay,
    positive,
)
from trygghetskarta.analysis.lattices import Bounds, Squares
from trygghetskarta.errors import AnalysisCause, AnalysisError

_SQUARE_METRES_PER_SQUARE_KM = 1e6
_EXACT_UP_TO = 8.0
"""Bandwidth in cells up to which every event is added where it lies; it costs the square of it."""
_NODES_PER_BANDWIDTH = 16.0
"""Above that, events are shared between nodes this close. The error is at most the square of the
distance in bandwidths, 1/256 of a single event's peak."""
_MASS_PER_BANDWIDTH = 5.0
"""Squares per bandwidth that the edge correction is summed over."""
_SCAN_LINES = 4  # per square that the polygon's area is measured on
_EVENTS_AT_ONCE = 1 << 14  # as many as the processor's cache holds
_SMALLEST_MASS = 1e-6  # less of the kernel inside the polygon than this is rounding


@dataclass(frozen=True, eq=False)
class Grid:
    """Values on squares, row 0 southernmost.

    Attributes
    ----------
    west, south
        Lower left corner in metres, EPSG:3006; multiples of ``cell``.
    cell
        Side of the squares in metres.
    values
        [row, column]; NaN where the municipality is not.
    left_out
        Events that were not used.
    """

    west: float
    south: float
    cell: float
    values: NDArray[np.float64]
    left_out: int

    def centres(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give east of every column's and north of every row's centre in metres."""
        rows, columns = self.values.shape
        x = self.west + (np.arange(columns, dtype=np.float64) + 0.5) * self.cell
        return x, self.south + (np.arange(rows, dtype=np.float64) + 0.5) * self.cell


def kernel_density(
    x: ArrayLike,
    y: ArrayLike,
    *,
    bandwidth: float = 300.0,
    cell: float = 50.0,
    bounds: Bounds,
    years: float = 1.0,
    weights: ArrayLike | None = None,
    inside: shapely.Geometry | None = None,
) -> Grid:
    """Density of events as a smooth surface, the quartic kernel at every cell's centre.

    ``Σ w · 3 / (π h²) · (1 − d² / h²)²`` over the events nearer than h (Silverman 1986, *Density
    Estimation for Statistics and Data Analysis*, eq. 4.5; Levine, *CrimeStat IV*, ch. 10), per km²
    and year. Exact for a bandwidth of up to 8 cells, above that within 0.4 % of the maximum. With
    ``inside`` the sum is divided by the part of the kernel that lies inside (Diggle 1985, Applied
    Statistics 34, 138–147), so that the density does not sink towards the border. The surface says
    nothing of how many people are there, so it is no risk; and no event need have happened where
    it is high.

    Parameters
    ----------
    x, y
        East and north of the events in metres, EPSG:3006.
    bandwidth
        Radius h of the kernel in metres; the same for all periods that are compared.
    cell
        Side of the squares in metres.
    bounds
        West, south, east and north in metres; aligned outward to multiples of ``cell``.
    years
        Length of the period, for a density per year.
    weights
        Weight of each event, 0 or more; 1 each as standard.
    inside
        Polygon of the municipality in EPSG:3006.

    Returns
    -------
    Grid
        Events per km² and year; NaN where the centre is not inside ``inside``. ``left_out`` counts
        the events with a missing coordinate or weight, outside ``inside``, or so far outside
        ``bounds`` that they reach no cell.

    Raises
    ------
    AnalysisError
        ``LENGTHS_DIFFER``; ``NEGATIVE_COUNT`` for a negative weight; ``OUT_OF_RANGE`` if
        ``bandwidth``, ``cell`` or ``years`` is not positive, or the bounds hold nothing or millions
        of cells.

    Examples
    --------
    One event at the centre of a cell: 3 / (π · 0.3²) per km²

    >>> grid = kernel_density([25.0], [25.0], bounds=(0, 0, 50, 50))
    >>> grid.values.round(2).tolist()
    [[10.61]]
    """
    bandwidth, cell, years = (
        positive(name, value)
        for name, value in (("bandwidth", bandwidth), ("cell", cell), ("years", years))
    )
    window = lay(Squares(cell), bounds)
    rows, columns = window.table.shape
    west, south = (first * cell for first in window.first)
    x, y, weight = _events(x, y, weights)
    east, north = west + columns * cell, south + rows * cell
    reach = (west - bandwidth, south - bandwidth, east + bandwidth, north + bandwidth)
    used = np.flatnonzero(_usable(x, y, weight, reach, inside))
    raster = _Raster((x[used] - west) / cell, (y[used] - south) / cell, weight[used], rows, columns)
    radius = bandwidth / cell
    summed = raster.exact(radius) if radius <= _EXACT_UP_TO else raster.shared(radius)
    values = summed * (3 / (np.pi * bandwidth**2) * _SQUARE_METRES_PER_SQUARE_KM / years)
    grid = Grid(west, south, cell, values, len(x) - len(used))
    return grid if inside is None else _corrected(grid, inside, radius)


def grid_counts(
    x: ArrayLike,
    y: ArrayLike,
    *,
    cell: float = 250.0,
    bounds: Bounds,
    inside: shapely.Geometry | None = None,
) -> Grid:
    """Count events in the squares of Statistics Sweden's grid.

    A square holds its west and south edges, and its other edges where no square follows. A count
    says nothing of where in the square the events lie.

    Parameters
    ----------
    x, y
        East and north of the events in metres, EPSG:3006.
    cell
        Side of the squares in metres; their corners are multiples of it.
    bounds
        West, south, east and north in metres; aligned outward to multiples of ``cell``.
    inside
        Polygon of the municipality in EPSG:3006; squares that share no more than their border with
        it are removed. A square half inside is kept whole, with all its events.

    Returns
    -------
    Grid
        Counts; NaN for squares that are removed. ``left_out`` counts the events in no square.

    Raises
    ------
    AnalysisError
        ``LENGTHS_DIFFER``; ``OUT_OF_RANGE`` if ``cell`` is not positive, or the bounds hold nothing
        or millions of cells.

    Examples
    --------
    >>> grid = grid_counts([10, 240, 260, 999], [10, 10, 10, 10], bounds=(0, 0, 500, 250))
    >>> grid.values.tolist(), grid.left_out
    ([[2.0, 1.0]], 1)
    """
    squares = lay(Squares(positive("cell", cell)), bounds, inside)
    counts = squares.counts(x, y)
    kept = squares.table >= 0
    values = np.full(squares.table.shape, np.nan)
    values[kept] = counts
    west, south = (first * float(cell) for first in squares.first)
    return Grid(west, south, float(cell), values, int(np.size(x) - counts.sum()))


@dataclass(frozen=True, eq=False)
class _Raster:
    """Events over a raster; the unit is a cell and the origin its lower left corner."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    weight: NDArray[np.float64]
    rows: int
    columns: int

    def exact(self, radius: float) -> NDArray[np.float64]:
        """Sum the kernels, 1 at their centres, at every cell's centre."""
        margin = int(np.ceil(radius + 0.5))
        # Events beyond the raster have their homes in the margin; a second one takes their kernels.
        width = self.columns + 4 * margin
        total = np.zeros((self.rows + 4 * margin) * width)
        column, row = np.floor(self.x).astype(np.int64), np.floor(self.y).astype(np.int64)
        home = (row + 2 * margin) * width + column + 2 * margin
        order = np.argsort(home, kind="stable")
        for start in range(0, len(order), _EVENTS_AT_ONCE):
            part = order[start : start + _EVENTS_AT_ONCE]
            u, v = self.x[part] - column[part] - 0.5, self.y[part] - row[part] - 0.5
            _add_kernels(
                total, home[part], u / radius, v / radius, self.weight[part], radius, width
            )
        return total.reshape(-1, width)[2 * margin : -2 * margin, 2 * margin : -2 * margin]

    def shared(self, radius: float) -> NDArray[np.float64]:
        """Do the same with each event's weight shared between the four nodes around it."""
        parts = int(np.ceil(_NODES_PER_BANDWIDTH / radius))
        spacing = 1 / parts
        margin = int(np.ceil(radius * parts)) + parts
        # A cell's centre is a node, so that nothing need be interpolated afterwards.
        u, v = (self.x - 0.5) * parts + margin, (self.y - 0.5) * parts + margin
        rows, columns = (parts * number + 2 * margin + 1 for number in (self.rows, self.columns))
        column, row = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
        east, north = u - column, v - row
        nodes = np.zeros(rows * columns)
        for step, across in ((0, 1 - east), (1, east)):
            for rise, along in ((0, 1 - north), (1, north)):
                place = (row + rise) * columns + column + step
                nodes += np.bincount(place, self.weight * across * along, minlength=len(nodes))
        smooth = fftconvolve(nodes.reshape(rows, columns), _kernel(radius, spacing), mode="same")
        centres = smooth[margin::parts, margin::parts][: self.rows, : self.columns]
        # The transform leaves rounding, of either sign, where there is nothing.
        return np.where(centres > 1e-12 * centres.max(initial=0.0), centres, 0.0)


def _add_kernels(
    total: NDArray,
    home: NDArray,
    u: NDArray,
    v: NDArray,
    weight: NDArray,
    radius: float,
    width: int,
) -> None:
    """Add the kernels of events sorted by home cell; u and v from its centre, in bandwidths."""
    first = np.flatnonzero(np.diff(home, prepend=-1))
    cell = home[first]
    steps = np.arange(-int(np.ceil(radius + 0.5)), int(np.ceil(radius + 0.5)) + 1)
    # The height is squared, so the root of the weight may be multiplied in beforehand.
    root = np.sqrt(weight)
    across = [root * (step / radius - u) ** 2 for step in steps]
    height = np.empty(len(u))
    for rise in steps:
        left = root * (1 - (rise / radius - v) ** 2)
        for step, used in zip(steps, across, strict=True):
            # The nearest that an event of the home cell may come to this cell's centre.
            gap = np.hypot(max(abs(step) - 0.5, 0.0), max(abs(rise) - 0.5, 0.0))
            if gap < radius:
                np.subtract(left, used, out=height)
                np.maximum(height, 0.0, out=height)
                np.multiply(height, height, out=height)
                total[cell + rise * width + step] += np.add.reduceat(height, first)


def _kernel(radius: float, spacing: float) -> NDArray[np.float64]:
    """Give the kernel, 1 at its centre, on nodes ``spacing`` cells apart."""
    reach = int(np.ceil(radius / spacing))
    square = (np.arange(-reach, reach + 1) * spacing / radius) ** 2
    return np.maximum(1 - square[:, None] - square[None, :], 0.0) ** 2


def _corrected(grid: Grid, inside: shapely.Geometry, radius: float) -> Grid:
    """Divide by the part of the kernel inside the polygon; nothing where the centre is outside."""
    x, y = grid.centres()
    shapely.prepare(inside)
    held = shapely.intersects_xy(inside, *np.meshgrid(x, y))
    mass = _mass_inside(grid, inside, radius)
    held &= mass > _SMALLEST_MASS
    values = np.full(grid.values.shape, np.nan)
    values[held] = grid.values[held] / mass[held]
    return Grid(grid.west, grid.south, grid.cell, values, grid.left_out)


def _mass_inside(grid: Grid, inside: shapely.Geometry, radius: float) -> NDArray[np.float64]:
    """Give the part of the kernel round each centre that lies inside the polygon."""
    # An odd number, so that a cell's centre is the centre of one of the squares it is cut into.
    parts = 2 * int(np.ceil(max(_MASS_PER_BANDWIDTH / radius - 1, 0) / 2)) + 1
    margin = int(np.ceil(radius)) + 1
    rows, columns = ((number + 2 * margin) * parts for number in grid.values.shape)
    side = grid.cell / parts
    west, south = grid.west - margin * grid.cell, grid.south - margin * grid.cell
    share = _share_inside(inside, west, south, side, rows, columns)
    kernel = _kernel(radius, 1 / parts)
    mass = oaconvolve(share, kernel / kernel.sum(), mode="same")
    middle = margin * parts + parts // 2
    rows, columns = grid.values.shape
    return mass[middle::parts, middle::parts][:rows, :columns]


def _share_inside(
    inside: shapely.Geometry, west: float, south: float, side: float, rows: int, columns: int
) -> NDArray[np.float64]:
    """Give the share of each square that the polygon covers, measured along scan lines."""
    x1, y1, x2, y2 = _edges(inside)
    x1, x2 = (x1 - west) / side, (x2 - west) / side
    y1, y2 = ((y - south) / side * _SCAN_LINES - 0.5 for y in (y1, y2))
    upward = np.where(y1 < y2, 1.0, -1.0)
    low, high = np.ceil(np.minimum(y1, y2)), np.ceil(np.maximum(y1, y2))
    low, high = (np.clip(end, 0, rows * _SCAN_LINES).astype(np.int64) for end in (low, high))
    edge = np.repeat(np.arange(len(low)), high - low)
    line = np.arange(len(edge)) - np.repeat(np.cumsum(high - low) - high, high - low)
    slope = (x2 - x1)[edge] / (y2 - y1)[edge]
    crossing = np.clip(x1[edge] + (line - y1[edge]) * slope, 0, columns)
    # East of an edge the polygon begins or ends; a square it crosses gets its part of that.
    column = np.minimum(crossing.astype(np.int64), columns - 1)
    within = crossing - column
    place = line // _SCAN_LINES * (columns + 1) + column
    size = rows * (columns + 1)
    change = np.bincount(place, upward[edge] * (1 - within), minlength=size)
    change += np.bincount(place + 1, upward[edge] * within, minlength=size + 1)[:size]
    covered = change.reshape(rows, columns + 1).cumsum(axis=1)[:, :columns]
    return np.abs(covered) / _SCAN_LINES


def _edges(
    inside: shapely.Geometry,
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Take a polygon apart into edges that all have its inside on the same hand."""
    parts = shapely.orient_polygons(shapely.get_parts(inside))
    points, ring = shapely.get_coordinates(shapely.get_rings(parts), return_index=True)
    joined = ring[1:] == ring[:-1]
    x1, y1 = points[:-1][joined].T
    x2, y2 = points[1:][joined].T
    return x1, y1, x2, y2


def _events(
    x: ArrayLike, y: ArrayLike, weights: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    x, y = equally_long(x, y)
    _, weight = equally_long(x, np.ones(len(x)) if weights is None else weights)
    if (weight < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    return x, y, weight


def _usable(
    x: NDArray,
    y: NDArray,
    weight: NDArray,
    reach: Bounds,
    inside: shapely.Geometry | None,
) -> NDArray[np.bool_]:
    """Tell which events are to be used; NaN and infinity fail the comparisons."""
    west, south, east, north = reach
    usable = (x > west) & (x < east) & (y > south) & (y < north) & np.isfinite(weight)
    if inside is not None:
        shapely.prepare(inside)
        usable[usable] = shapely.intersects_xy(inside, x[usable], y[usable])
    return usable
