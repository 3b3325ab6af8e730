"""The municipality cut into equal cells, the same ones every time, that events are counted in."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from trygghetskarta.errors import AnalysisCause, AnalysisError

NOT_IN_A_CELL = -1
"""Position of a point that no cell holds."""

Bounds = tuple[float, float, float, float]
"""West, south, east and north in metres, EPSG:3006."""

_MOST_CELLS = 4_000_000  # more than any map can draw; a wrong unit would ask for it


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


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of one lattice, numbered from the south-west, row by row.

    They do not depend on the events, so a page can keep them. A cell is a place to count in, not a
    place that people know: its border says nothing of where one neighbourhood ends.

    Attributes
    ----------
    lattice
        What the cells are cut from: :class:`Squares` or :class:`Hexagons`.
    table
        Position of the cell at [row, column] of the lattice's window, -1 where there is none.
    first
        Column and row of ``table[0, 0]`` in the lattice.
    """

    lattice: Squares | Hexagons
    table: NDArray[np.int32]
    first: tuple[int, int]

    def __len__(self) -> int:
        return len(self._index[0])

    @cached_property
    def code(self) -> NDArray[np.object_]:
        """A name per cell that is the same in every run.

        Squares: side and lower left corner in metres, ``250E341250N6461500``. Hexagons: area and
        axial coordinates, ``H62500Q123R-45``.
        """
        return self.lattice.codes(*self._index)

    @cached_property
    def geometry(self) -> NDArray[np.object_]:
        """A shapely polygon per cell, EPSG:3006, whole even where the municipality ends in it."""
        return self.lattice.polygons(*self._index)

    @cached_property
    def x(self) -> NDArray[np.float64]:
        """East of each centre in metres."""
        return self.lattice.centres(*self._index)[0]

    @cached_property
    def y(self) -> NDArray[np.float64]:
        """North of each centre in metres."""
        return self.lattice.centres(*self._index)[1]

    @cached_property
    def neighbours(self) -> csr_array:
        """Which cells touch: a symmetric 0/1 matrix without the cells themselves.

        Squares touch along an edge or at a corner (at most 8), hexagons along an edge (at most 6).
        """
        rows, columns = np.nonzero(self.table >= 0)
        padded = np.pad(self.table, 1, constant_values=NOT_IN_A_CELL)
        pairs = []
        for step_column, step_row in self.lattice.steps:
            other = padded[rows + 1 + step_row, columns + 1 + step_column]
            here = np.flatnonzero(other >= 0)
            pairs.append((here, other[here]))
        here, other = (np.concatenate(column) for column in zip(*pairs, strict=True))
        ones = np.ones(len(here), dtype=np.int8)
        return csr_array((ones, (here, other)), shape=(len(self), len(self)))

    def locate(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int32]:
        """Find the cell that holds each point.

        A square holds its west and south edges, and its other edges too where no cell follows, so
        a point on the border of the whole municipality is inside.

        Parameters
        ----------
        x, y
            East and north in metres, EPSG:3006, equally long; NaN and infinity are allowed.

        Returns
        -------
        int32 array
            Position of the cell, -1 for none.

        Raises
        ------
        AnalysisError
            ``LENGTHS_DIFFER``.

        Examples
        --------
        >>> square_cells((0, 0, 500, 250)).locate([100, 250, 500, 501], [0, 0, 250, 0])
        array([ 0,  1,  1, -1], dtype=int32)
        """
        x, y = equally_long(x, y)
        position = np.full(len(x), NOT_IN_A_CELL, dtype=np.int32)
        west, south, east, north = self._extent
        # NaN and infinity fail these comparisons too.
        near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
        position[near] = self._at(*self.lattice.index(x[near], y[near]))
        lost = near[position[near] == NOT_IN_A_CELL]
        for column, row in self.lattice.beside(x[lost], y[lost]):
            found = self._at(column, row)
            position[lost] = np.where(position[lost] == NOT_IN_A_CELL, found, position[lost])
        return position

    def counts(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
        """Count the points in each cell; those in no cell are the rest of them.

        Examples
        --------
        >>> square_cells((0, 0, 500, 250)).counts([100, 250, 501], [0, 0, 0])
        array([1, 1])
        """
        position = self.locate(x, y)
        return np.bincount(position[position >= 0], minlength=len(self))

    @cached_property
    def _index(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        row, column = np.nonzero(self.table >= 0)
        return column + self.first[0], row + self.first[1]

    @cached_property
    def _extent(self) -> Bounds:
        if len(self) == 0:
            return 0.0, 0.0, -1.0, -1.0  # no point is within
        reach = self.lattice.reach
        low_x, high_x = self.x.min() - reach, self.x.max() + reach
        return low_x, self.y.min() - reach, high_x, self.y.max() + reach

    def _at(self, column: NDArray, row: NDArray) -> NDArray[np.int32]:
        column, row = column - self.first[0], row - self.first[1]
        rows, columns = self.table.shape
        known = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        return np.where(
            known, self.table[np.where(known, row, 0), np.where(known, column, 0)], NOT_IN_A_CELL
        )


def square_cells(inside: shapely.Geometry | Bounds, cell: float = 250.0) -> Cells:
    """Cut a municipality into squares of Statistics Sweden's grid.

    Parameters
    ----------
    inside
        Polygon or multipolygon in EPSG:3006, or bounds (west, south, east, north) in metres.
    cell
        Side of the squares in metres.

    Returns
    -------
    Cells
        The squares that share more than their border with ``inside``; every point of ``inside``,
        its border included, lies in one of them.

    Raises
    ------
    AnalysisError
        ``OUT_OF_RANGE`` if ``cell`` is not positive or would give millions of cells, or the bounds
        hold nothing.

    Examples
    --------
    >>> square_cells((341_300, 6_461_500, 341_600, 6_461_700)).code.tolist()
    ['250E341250N6461500', '250E341500N6461500']
    """
    return lay(Squares(positive("cell", cell)), *_region(inside))


def hexagon_cells(inside: shapely.Geometry | Bounds, area: float = 62_500.0) -> Cells:
    """Cut a municipality into regular hexagons, all of the same area.

    Parameters
    ----------
    inside
        Polygon or multipolygon in EPSG:3006, or bounds (west, south, east, north) in metres.
    area
        Area of a hexagon in square metres; as standard that of a square of 250 m.

    Returns
    -------
    Cells
        The hexagons that share more than their border with ``inside``.

    Raises
    ------
    AnalysisError
        ``OUT_OF_RANGE`` if ``area`` is not positive or would give millions of cells, or the bounds
        hold nothing.

    Examples
    --------
    >>> hexagon_cells((-10, -10, 10, 10)).code.tolist()
    ['H62500Q0R0']
    """
    bounds, region = _region(inside)
    return lay(Hexagons(positive("area", area)), bounds, region or shapely.box(*bounds))


def lay(
    lattice: Squares | Hexagons, bounds: Bounds, region: shapely.Geometry | None = None
) -> Cells:
    """Lay a lattice over bounds and keep the cells that share more than a border with a region.

    Parameters
    ----------
    lattice
        What to cut.
    bounds
        West, south, east and north in metres; the window is aligned outward.
    region
        Polygon in EPSG:3006; without it every cell of the window is kept.

    Returns
    -------
    Cells
        Numbered from the south-west, row by row.

    Raises
    ------
    AnalysisError
        ``OUT_OF_RANGE`` for bounds that hold nothing or millions of cells.
    """
    first_column, first_row, columns, rows = _window(lattice, bounds)
    kept = np.ones(rows * columns, dtype=bool)
    if region is not None:
        row, column = np.divmod(np.arange(rows * columns), columns)
        kept = _overlapping(lattice, column + first_column, row + first_row, region)
    table = np.full(rows * columns, NOT_IN_A_CELL, dtype=np.int32)
    table[kept] = np.arange(kept.sum())
    return Cells(lattice, table.reshape(rows, columns), (first_column, first_row))


def equally_long(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Turn two columns into arrays of floats; refuse them if their lengths differ."""
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x.shape != y.shape:
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=x.size, right=y.size)
    return x, y


def positive(name: str, value: float) -> float:
    """Give the value back; refuse what is not a positive number."""
    if not 0 < value < np.inf:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name=name, value=float(value))
    return float(value)


def _window(lattice: Squares | Hexagons, bounds: Bounds) -> tuple[int, int, int, int]:
    west, south, east, north = (float(value) for value in bounds)
    # NaN and infinity fail here too.
    if not (-np.inf < west < east < np.inf and -np.inf < south < north < np.inf):
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="bounds", value=tuple(bounds))
    # Asked in floats: the numbers of a window that wide may not be whole ones any more.
    if (east - west) * (north - south) > _MOST_CELLS * (2 * lattice.reach) ** 2:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="cell", value=2 * lattice.reach)
    return lattice.window((west, south, east, north))


def _overlapping(
    lattice: Squares | Hexagons, column: NDArray, row: NDArray, region: shapely.Geometry
) -> NDArray[np.bool_]:
    """Tell which cells share more than a border with the region."""
    x, y = lattice.centres(column, row)
    west, south, east, north = shapely.bounds(region)
    reach = lattice.reach
    near = (x > west - reach) & (x < east + reach) & (y > south - reach) & (y < north + reach)
    shapely.prepare(region)
    polygons = lattice.polygons(column[near], row[near])
    touched = shapely.intersects(region, polygons)
    near[near] = touched & ~shapely.touches(region, polygons)
    return near


def _region(inside: shapely.Geometry | Bounds) -> tuple[Bounds, shapely.Geometry | None]:
    if isinstance(inside, shapely.Geometry):
        return tuple(inside.bounds), inside
    return tuple(inside), None


def _floor(values: NDArray) -> NDArray[np.int64]:
    return np.floor(values).astype(np.int64)
