"""The municipality cut into equal cells, the same ones every time, that events are counted in."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from trygghetskarta.analysis.lattices import Bounds, Hexagons, Squares
from trygghetskarta.errors import AnalysisCause, AnalysisError

NOT_IN_A_CELL = -1
"""Position of a point that no cell holds."""


_MOST_CELLS = 4_000_000  # more than any map can draw; a wrong unit would ask for it


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
