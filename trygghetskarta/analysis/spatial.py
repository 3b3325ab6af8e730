"""Points into areas: exact, one area per point, and nothing dropped silently."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray

from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import WORK_CRS

NOWHERE = -1
"""Row number of a point that no area holds."""

_UNDECIDED = -2  # marks a small cell that a border touches
_POINTS_AT_ONCE = 1 << 16  # keeps the working arrays small, however many points are asked about
_PAIRS_AT_ONCE = 1 << 20
_LARGEST_COORDINATE = 1e9  # metres; no projection of the Earth reaches further

# A cell claims a millionth of its side on every side. Computing a point's cell errs by less than
# 1e-7 of a side, so a point that lands in the neighbouring cell is still inside what that cell
# claims, and what the cell knows is true of it.
_MARGIN = 1e-6
_SMALLEST_CELL = 1e-6  # metres

# Chosen by benchmarks/area_index.py: more cells answer faster and take longer to build.
_CELLS_PER_EDGE = 4.0
_FEWEST_CELLS, _MOST_CELLS = 1 << 10, 1 << 20
_SPLITS = (4, 8, 16)
_SPLITS_PER_ROOT_EDGE = 1.5

# Shewchuk (1997), "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric
# Predicates": above 3.4e-16 times the sum of the products the sign of the determinant is certain.
# The second term covers products too small for a float.
_ROUNDING = 1e-15
_UNDERFLOW = 1e-300


_Numbers = float | NDArray[np.float64] | NDArray[np.int64]


class _Edges(NamedTuple):
    """Border segments as parallel arrays, each turned so that y1 <= y2."""

    area: NDArray[np.int64]
    x1: NDArray[np.float64]
    y1: NDArray[np.float64]
    x2: NDArray[np.float64]
    y2: NDArray[np.float64]

    def take(self, rows: NDArray[np.int64] | slice) -> "_Edges":
        at = self.area[rows]
        return _Edges(at, self.x1[rows], self.y1[rows], self.x2[rows], self.y2[rows])

    def scaled(self, x0: _Numbers, y0: _Numbers, factor: _Numbers) -> "_Edges":
        """Move the origin to (x0, y0), then multiply every coordinate."""
        return _Edges(
            self.area,
            (self.x1 - x0) * factor,
            (self.y1 - y0) * factor,
            (self.x2 - x0) * factor,
            (self.y2 - y0) * factor,
        )


class AreaIndex:
    """Areas prepared for asking, many times, which of them holds a point.

    Two levels of square cells lie over the areas. A cell that no border touches knows its area;
    only a point in one of the small cells along the borders is tested against the border itself.
    That test counts the crossings of a ray to the east (even-odd rule) and computes every sign
    that rounding could turn in whole numbers, so the answer is exact: it equals the lowest code
    among the areas for which ``shapely.intersects`` is true. An index never changes once built,
    and may be asked from several threads at once.

    Parameters
    ----------
    areas
        Polygons or multipolygons in EPSG:3006, one row per area, any index. A row whose geometry
        is missing or empty is an area that holds no point. No row at all is allowed.
    code
        Column with the code of each area; codes are compared as text.

    Attributes
    ----------
    codes
        Code of each area as text, in the order of the rows of ``areas``.

    Raises
    ------
    AnalysisError
        ``WRONG_CRS`` if the areas are not in EPSG:3006; ``CODES_NOT_UNIQUE`` if a code occurs
        twice or is missing; ``GEOMETRY_NOT_AREA`` if a geometry is no polygon or an invalid one,
        such as a bow tie, whose inside is not defined (``rows`` are row numbers from 0);
        ``OUT_OF_RANGE`` if a coordinate is larger than any on Earth.

    Examples
    --------
    Two squares of 100 m that share the border x = 300 100:

    >>> squares = gpd.GeoDataFrame(
    ...     {"area_code": ["B", "A"]},
    ...     geometry=[
    ...         shapely.box(300000, 6400000, 300100, 6400100),
    ...         shapely.box(300100, 6400000, 300200, 6400100),
    ...     ],
    ...     crs=3006,
    ... )
    >>> AreaIndex(squares).locate([300050, 300100, 300150, 300250], [6400050] * 4)
    array([ 0,  1,  1, -1], dtype=int32)
    """

    def __init__(self, areas: gpd.GeoDataFrame, code: str = "area_code") -> None:
        _require_work_crs(areas)
        self.codes = _unique_codes(areas[code])
        # Inside the index areas are numbered by code, so that the lowest number wins.
        order = sorted(range(len(self.codes)), key=self.codes.__getitem__)
        geometry = np.asarray(areas.geometry.array, dtype=object)
        _require_areas(geometry)
        self._row = np.array([*order, NOWHERE], dtype=np.int32)  # [-1] answers for "nowhere"
        self._geometry = geometry[order]
        edges = _edges(self._geometry)
        self._borders = _Borders(edges, len(order))
        self._cells = _Cells(edges, len(order), self._borders)

    def __len__(self) -> int:
        return len(self.codes)

    def locate(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int32]:
        """Find the area that holds each point.

        Parameters
        ----------
        x, y
            East and north in metres, EPSG:3006; one-dimensional and equally long. NaN and
            infinity are allowed.

        Returns
        -------
        int32 array
            Row number, from 0, in the ``areas`` the index was built of; -1 where no area holds
            the point or a coordinate is NaN or infinite. A point on the outer border is inside.
            A point on a shared border, or where areas overlap, belongs to the area with the
            lowest code. It does not say how near the next border is: see :meth:`on_border`.

        Raises
        ------
        AnalysisError
            ``LENGTHS_DIFFER`` if ``x`` and ``y`` are not equally long.
        """
        x, y = _coordinates(x, y)
        area = np.full(len(x), NOWHERE, dtype=np.int32)
        for part in _slices(len(x)):
            area[part] = self._cells.lowest_area(x[part], y[part])
        return self._row[area]

    def on_border(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.bool_]:
        """Tell which points lie exactly on the border of at least one area.

        Parameters
        ----------
        x, y
            As in :meth:`locate`.

        Returns
        -------
        boolean array
            True on an outer border, a shared border and the rim of a hole; False for NaN and
            infinity. Every such point is held by an area. A point a nanometre away is not on
            the border.

        Raises
        ------
        AnalysisError
            ``LENGTHS_DIFFER`` if ``x`` and ``y`` are not equally long.
        """
        x, y = _coordinates(x, y)
        on = np.zeros(len(x), dtype=bool)
        for part in _slices(len(x)):
            on[part] = self._cells.on_border(x[part], y[part])
        return on

    @cached_property
    def overlaps(self) -> tuple[tuple[str, str], ...]:
        """Pairs of codes (lower, higher) whose areas share more than border, sorted.

        Computed when first asked for. However thin, an overlap is named; its size is not told.
        """
        present = np.flatnonzero(shapely.get_num_coordinates(self._geometry) > 0)
        geometry = self._geometry[present]
        if len(present) < 2 or shapely.coverage_is_valid(geometry):
            return ()
        # Neighbours whose corners do not match fault the coverage without overlapping, so it only
        # narrows down whom to compare. Of two that overlap, at least one is faulted.
        faulted = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(geometry)))
        left, right = shapely.STRtree(geometry).query(geometry[faulted])
        left = faulted[left]
        pairs = np.unique(np.sort(np.stack([left, right])[:, left != right], axis=0), axis=1)
        shared = shapely.relate_pattern(geometry[pairs[0]], geometry[pairs[1]], "T********")
        names = [self.codes[row] for row in self._row[present]]
        return tuple((names[low], names[high]) for low, high in pairs[:, shared].T)


@dataclass(frozen=True)
class JoinReport:
    """What became of every point; ``matched + outside + without_coordinates`` is all of them.

    Attributes
    ----------
    matched
        Number of points that got an area.
    outside
        Number of points that no area holds.
    without_coordinates
        Number of points that are missing, empty, NaN or infinite, or that are no point but
        another kind of geometry.
    on_border
        Number of matched points that lie exactly on a border; those on a shared border were
        given to the area with the lowest code.
    areas_without_points
        Codes, sorted, of the areas that got no point.
    overlaps
        Pairs of codes whose areas overlap; points in both were given to the lower code.
    """

    matched: int
    outside: int
    without_coordinates: int
    on_border: int
    areas_without_points: tuple[str, ...]
    overlaps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class JoinResult:
    """The area of every point, and the account of the join.

    Attributes
    ----------
    area_code
        Code of the area that holds each point, missing where none does. Index: that of the
        points, in the same order.
    report
        Counts that add up to the number of points.
    """

    area_code: pd.Series
    report: JoinReport


def join_points(
    points: gpd.GeoSeries | gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | AreaIndex,
    code: str = "area_code",
) -> JoinResult:
    """Give every point the code of the area that holds it.

    Parameters
    ----------
    points
        Points in EPSG:3006. Missing and empty geometries are allowed, and so is a repeated index.
    areas
        Areas as :class:`AreaIndex` takes them, or an index already built of them.
    code
        Column of ``areas`` with the codes; not used with an index already built.

    Returns
    -------
    JoinResult
        One code per point, under the points' index. A border point gets one area, the one with
        the lowest code. Nothing tells how exact the points themselves were: a point placed by
        street name can lie in the wrong area however exact the join.

    Raises
    ------
    AnalysisError
        ``WRONG_CRS`` if the points are not in EPSG:3006, and all that :class:`AreaIndex` raises.
    """
    _require_work_crs(points)
    index = areas if isinstance(areas, AreaIndex) else AreaIndex(areas, code)
    geometry = np.asarray(points.geometry.array, dtype=object)
    x, y = _point_coordinates(geometry)
    row = index.locate(x, y)
    codes = pd.array(index.codes, dtype="str").take(row, allow_fill=True)
    return JoinResult(
        area_code=pd.Series(codes, index=points.index, name="area_code"),
        report=_report(index, x, y, row),
    )


def _report(index: AreaIndex, x: NDArray, y: NDArray, row: NDArray) -> JoinReport:
    known = np.isfinite(x) & np.isfinite(y)
    matched = row != NOWHERE
    got = np.bincount(row[matched], minlength=len(index))
    return JoinReport(
        matched=int(matched.sum()),
        outside=int((known & ~matched).sum()),
        without_coordinates=int((~known).sum()),
        on_border=int(index.on_border(x, y).sum()),
        areas_without_points=tuple(sorted(index.codes[i] for i in np.flatnonzero(got == 0))),
        overlaps=index.overlaps,
    )


class _Borders:
    """The exact test: each area's edges, sorted into horizontal stripes of that area."""

    def __init__(self, edges: _Edges, areas: int) -> None:
        self._edges = edges
        number = np.bincount(edges.area, minlength=areas)
        self._stripes = np.maximum(number // 2, 1)
        low, high = np.full(areas, np.inf), np.full(areas, -np.inf)
        np.minimum.at(low, edges.area, edges.y1)
        np.maximum.at(high, edges.area, edges.y2)
        self._low = np.where(number > 0, low, 0.0)
        height = np.where(number > 0, high - low, 1.0)
        self._per_metre = self._stripes / np.maximum(height, _SMALLEST_CELL)
        self._first = np.cumsum(self._stripes) - self._stripes
        bottom, top = self._stripe(edges.area, edges.y1), self._stripe(edges.area, edges.y2)
        edge, step = _spread(top - bottom + 1)
        stripe = bottom[edge] + step
        self._edge = edge[np.argsort(stripe, kind="stable")].astype(np.int32)
        self._start = _starts(stripe, int(self._stripes.sum()))

    def sides(
        self, x: NDArray, y: NDArray, area: NDArray
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Test point i against area i: whether it is strictly inside, and whether on the border."""
        inside, on = np.zeros(len(x), dtype=bool), np.zeros(len(x), dtype=bool)
        stripe = self._stripe(area, y)
        start, stop = self._start[stripe], self._start[stripe + 1]
        for part in _batches(stop - start):
            pair, step = _spread(stop[part] - start[part])
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


class _Cells:
    """Two levels of cells that know their area, or which areas' borders to test."""

    def __init__(self, edges: _Edges, areas: int, borders: _Borders) -> None:
        self._borders = borders
        self._lay_out(edges)
        grid = edges.scaled(self._west, self._south, self._per_metre)
        edge, cell = self._touched_cells(grid)
        self._fill_coarse(areas, edges.area[edge], cell, grid)
        self._split(grid, edge, cell)

    def lowest_area(self, x: NDArray, y: NDArray) -> NDArray[np.int64]:
        """Give the lowest area that holds each point, -1 for none."""
        area, undecided, block = self._look_up(x, y)
        area[undecided] = self._lowest_candidate(x[undecided], y[undecided], block)
        return area

    def on_border(self, x: NDArray, y: NDArray) -> NDArray[np.bool_]:
        """Tell whether any area's border runs through each point."""
        on = np.zeros(len(x), dtype=bool)
        _, undecided, block = self._look_up(x, y)
        first = self._candidate_start[block]
        point, step = _spread(self._candidate_start[block + 1] - first)
        area = self._candidate[first[point] + step]
        point = undecided[point]
        on[point[self._borders.sides(x[point], y[point], area)[1]]] = True
        return on

    def _lay_out(self, edges: _Edges) -> None:
        """Choose the extent and the side of the large cells."""
        self._west, self._south, self._east, self._north = _bounds(edges)
        width, height = max(self._east - self._west, 0.0), max(self._north - self._south, 0.0)
        wanted = np.clip(len(edges.area) * _CELLS_PER_EDGE, _FEWEST_CELLS, _MOST_CELLS)
        side = max(np.sqrt(width * height / wanted), _SMALLEST_CELL)
        side = max(side, max(width, height) / wanted)  # a very long, thin extent
        self._per_metre = 1.0 / side
        self._columns = int(width * self._per_metre) + 1
        self._rows = int(height * self._per_metre) + 1

    def _touched_cells(self, grid: _Edges) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """List pairs of an edge and a large cell that it touches."""
        found = [(np.empty(0, np.int64), np.empty(0, np.int64))]
        for part in _slices(len(grid.area)):
            edge, row, column = _touched(grid.take(part), self._columns, self._rows)
            found.append((part.start + edge, row * self._columns + column))
        edges, cells = zip(*found, strict=True)
        return np.concatenate(edges), np.concatenate(cells)

    def _fill_coarse(self, areas: int, area: NDArray, cell: NDArray, grid: _Edges) -> None:
        """Give every large cell its area, or the number of its block of small cells.

        ``area`` and ``cell`` are pairs: a border of the area touches the cell.
        """
        holder, held = _centres_inside(grid, self._columns, self._rows)
        self._coarse = np.full(self._columns * self._rows, NOWHERE, dtype=np.int32)
        # Assigned from the last area to the first: where areas overlap, the lowest one stays.
        self._coarse[held[::-1]] = holder[::-1]
        self._block_cell = np.unique(cell)
        blocks = len(self._block_cell)
        # Blocks are numbered -2, -3, … so that one number tells area, nowhere or block.
        self._coarse[self._block_cell] = _UNDECIDED - np.arange(blocks, dtype=np.int32)
        # An area without a border in the cell may still hold all of it, where areas overlap.
        area, cell = np.concatenate([area, holder]), np.concatenate([cell, held])
        block = self._block(cell)
        pairs = np.unique((block * areas + area)[block >= 0])
        block, self._candidate = np.divmod(pairs, max(areas, 1))
        self._candidate_start = _starts(block, blocks)

    def _block(self, cell: NDArray) -> NDArray[np.int64]:
        """Give the block of each large cell; negative for a cell that needs none."""
        return _UNDECIDED - self._coarse[cell].astype(np.int64)

    def _split(self, grid: _Edges, edge: NDArray, cell: NDArray) -> None:
        """Divide the blocks into small cells; ``edge`` and ``cell`` are the pairs that touch."""
        block = self._block(cell)
        number = np.bincount(block, minlength=len(self._block_cell))
        wanted = np.searchsorted(_SPLITS, np.sqrt(number) * _SPLITS_PER_ROOT_EDGE)
        self._side = np.array(_SPLITS)[np.minimum(wanted, len(_SPLITS) - 1)]
        self._first = np.cumsum(self._side**2) - self._side**2
        touched = np.zeros(int((self._side**2).sum()), dtype=bool)
        for part in _slices(len(edge)):
            self._mark_touched(touched, grid.take(edge[part]), cell[part], block[part])
        self._fill_fine(touched)

    def _mark_touched(self, touched: NDArray, grid: _Edges, cell: NDArray, block: NDArray) -> None:
        """Mark the small cells that each edge touches in its block."""
        row, column = np.divmod(cell, self._columns)
        side = self._side[block]
        small = _touched(grid.scaled(column, row, side), side, side)
        block, side = block[small.edge], side[small.edge]
        touched[self._first[block] + small.row * side + small.column] = True

    def _fill_fine(self, touched: NDArray[np.bool_]) -> None:
        """Give every small cell its area, or leave it undecided where a border touches it."""
        self._fine = np.full(len(touched), _UNDECIDED, dtype=np.int32)
        start, stop = _runs(touched, self._first, self._side)
        block = np.searchsorted(self._first, start, side="right") - 1
        # No border separates the cells of a run, so the centre of the first answers for them all.
        area = np.empty(len(start), dtype=np.int32)
        for part in _slices(len(start)):
            x, y = self._centre(block[part], start[part])
            area[part] = self._lowest_candidate(x, y, block[part])
        self._fine[~touched] = np.repeat(area, stop - start)

    def _centre(self, block: NDArray, cell: NDArray) -> tuple[NDArray, NDArray]:
        row, column = np.divmod(self._block_cell[block], self._columns)
        side = self._side[block]
        fine_row, fine_column = np.divmod(cell - self._first[block], side)
        x = self._west + (column + (fine_column + 0.5) / side) / self._per_metre
        y = self._south + (row + (fine_row + 0.5) / side) / self._per_metre
        return x, y

    def _look_up(self, x: NDArray, y: NDArray) -> tuple[NDArray, NDArray, NDArray]:
        """Give the area each point's cell knows, which points it does not know, their blocks."""
        # NaN and infinity fail these comparisons too.
        within = np.flatnonzero(
            (x >= self._west) & (x <= self._east) & (y >= self._south) & (y <= self._north)
        )
        u = (x[within] - self._west) * self._per_metre
        v = (y[within] - self._south) * self._per_metre
        column = np.minimum(u.astype(np.int32), self._columns - 1)
        row = np.minimum(v.astype(np.int32), self._rows - 1)
        known = self._coarse[row * self._columns + column]
        split = np.flatnonzero(known <= _UNDECIDED)
        block = _UNDECIDED - known[split]
        cell = self._small_cell(u[split] - column[split], v[split] - row[split], block)
        known[split] = self._fine[cell]
        area = np.full(len(x), NOWHERE, dtype=np.int32)
        area[within] = known
        open_ = known[split] == _UNDECIDED
        return area, within[split[open_]], block[open_]

    def _small_cell(self, u: NDArray, v: NDArray, block: NDArray) -> NDArray[np.int64]:
        """Number the small cell at (u, v), given as shares of the large cell's side."""
        side = self._side[block]
        column = np.minimum((u * side).astype(np.int64), side - 1)
        row = np.minimum((v * side).astype(np.int64), side - 1)
        return self._first[block] + row * side + column

    def _lowest_candidate(self, x: NDArray, y: NDArray, block: NDArray) -> NDArray[np.int32]:
        """Test each point against its block's areas, lowest first, until one holds it."""
        found = np.full(len(x), NOWHERE, dtype=np.int32)
        turn, stop = self._candidate_start[block], self._candidate_start[block + 1]
        left = np.flatnonzero(turn < stop)
        while len(left):
            area = self._candidate[turn[left]]
            inside, on = self._borders.sides(x[left], y[left], area)
            held = inside | on
            found[left[held]] = area[held]
            turn[left] += 1
            left = left[~held & (turn[left] < stop[left])]
        return found


class _Touched(NamedTuple):
    """Pairs: an edge, and a cell it touches."""

    edge: NDArray[np.int64]
    row: NDArray[np.int64]
    column: NDArray[np.int64]


def _touched(edges: _Edges, columns: ArrayLike, rows: ArrayLike) -> _Touched:
    """List the cells each edge touches, cells taken with their margin.

    Coordinates count cells: cell (row, column) reaches from there to one more. ``columns`` and
    ``rows`` are the size of the grid, or of each edge's own grid.
    """
    low = np.maximum(_floor(edges.y1 - _MARGIN), 0)
    high = np.minimum(_floor(edges.y2 + _MARGIN), np.asarray(rows) - 1)
    edge, step = _spread(np.maximum(high - low + 1, 0))
    row = low[edge] + step
    start, end = _within_row(edges.take(edge), row)
    low = np.maximum(_floor(np.minimum(start, end) - _MARGIN), 0)
    last = np.broadcast_to(columns, edges.x1.shape)[edge] - 1
    high = np.minimum(_floor(np.maximum(start, end) + _MARGIN), last)
    piece, step = _spread(np.maximum(high - low + 1, 0))
    return _Touched(edge[piece], row[piece], low[piece] + step)


def _within_row(edges: _Edges, row: NDArray) -> tuple[NDArray, NDArray]:
    """Give x where each edge enters and leaves its row, taken with its margin."""
    rise = edges.y2 - edges.y1
    flat = rise == 0
    rise[flat] = 1.0
    enter = np.clip((row - _MARGIN - edges.y1) / rise, 0.0, 1.0)
    leave = np.clip((row + 1 + _MARGIN - edges.y1) / rise, 0.0, 1.0)
    enter[flat], leave[flat] = 0.0, 1.0
    run = edges.x2 - edges.x1
    return edges.x1 + enter * run, edges.x1 + leave * run


def _centres_inside(edges: _Edges, columns: int, rows: int) -> tuple[NDArray, NDArray]:
    """List pairs (area, cell) where the cell's centre lies in the area, sorted by area.

    Only near a border can rounding move a centre to the wrong side, so the pairs are right for
    every cell that the area's border does not touch.
    """
    low = np.clip(np.ceil(edges.y1 - 0.5), 0, rows).astype(np.int64)
    high = np.clip(np.ceil(edges.y2 - 0.5), 0, rows).astype(np.int64)
    edge, step = _spread(high - low)
    row = low[edge] + step
    area, x1, y1, x2, y2 = edges.take(edge)
    crossing = x1 + (row + 0.5 - y1) / (y2 - y1) * (x2 - x1)
    column = np.clip(np.ceil(crossing - 0.5), 0, columns).astype(np.int64)
    # Sorted by area, row and column, the crossings go in and out of the area by turns.
    key = np.sort((area * rows + row) * (columns + 1) + column)
    enter, leave = key[0::2], key[1::2]
    span, step = _spread(leave - enter)
    line, column = np.divmod(enter[span] + step, columns + 1)
    area, row = np.divmod(line, rows)
    return area, row * columns + column


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


def _edges(geometry: NDArray) -> _Edges:
    """Take polygons apart into edges; ``area`` is the position in ``geometry``."""
    parts, area_of_part = shapely.get_parts(geometry, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    x1, y1 = points[:-1][joined].T
    x2, y2 = points[1:][joined].T
    area = area_of_part[part_of_ring[ring[1:][joined]]].astype(np.int64)
    down = y1 > y2
    return _Edges(
        area,
        np.where(down, x2, x1),
        np.where(down, y2, y1),
        np.where(down, x1, x2),
        np.where(down, y1, y2),
    )


def _bounds(edges: _Edges) -> tuple[float, float, float, float]:
    if len(edges.area) == 0:
        return 0.0, 0.0, -1.0, -1.0  # no point is within
    west, east = min(edges.x1.min(), edges.x2.min()), max(edges.x1.max(), edges.x2.max())
    return float(west), float(edges.y1.min()), float(east), float(edges.y2.max())


def _runs(touched: NDArray, first: NDArray, side: NDArray) -> tuple[NDArray, NDArray]:
    """List the runs [start, stop) of untouched cells that follow each other in a row."""
    block, row = _spread(side)
    begins = np.zeros(len(touched) + 1, dtype=bool)
    begins[first[block] + row * side[block]] = True
    begins[-1] = True
    free = np.concatenate([[False], ~touched, [False]])
    start = np.flatnonzero(free[1:] & (begins | ~free[:-1]))
    stop = np.flatnonzero(free[:-1] & (begins | ~free[1:]))
    return start, stop


def _spread(counts: NDArray) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number the members of groups of the given sizes: group, and place within it."""
    group = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(group)) - np.repeat(np.cumsum(counts) - counts, counts)
    return group, place


def _starts(group: NDArray, groups: int) -> NDArray[np.int64]:
    """Give where each group begins among members sorted by group, and the end of the last."""
    return np.concatenate([[0], np.cumsum(np.bincount(group, minlength=groups))])


def _slices(length: int) -> Iterator[slice]:
    for start in range(0, length, _POINTS_AT_ONCE):
        yield slice(start, start + _POINTS_AT_ONCE)


def _batches(counts: NDArray) -> Iterator[slice]:
    """Cut into slices whose counts together fill one working array, and never less than one."""
    total = np.cumsum(counts)
    start = 0
    while start < len(counts):
        done = total[start - 1] if start else 0
        stop = max(int(np.searchsorted(total, done + _PAIRS_AT_ONCE, side="right")), start + 1)
        yield slice(start, stop)
        start = stop


def _floor(values: NDArray) -> NDArray[np.int64]:
    return np.floor(values).astype(np.int64)


def _coordinates(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if x.shape != y.shape:
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=x.size, right=y.size)
    return x, y


def _point_coordinates(geometry: NDArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give east and north of each point; NaN for what is missing, empty or no point."""
    coordinates = np.full((len(geometry), 2), np.nan)
    # shapely.get_x raises on an empty point.
    filled = shapely.get_type_id(geometry) == shapely.GeometryType.POINT
    filled &= shapely.get_num_coordinates(geometry) == 1
    coordinates[filled] = shapely.get_coordinates(geometry[filled])
    return coordinates[:, 0], coordinates[:, 1]


def _unique_codes(codes: pd.Series) -> tuple[str, ...]:
    missing = codes.isna().to_numpy()
    names = np.array(["" if gone else str(code) for code, gone in zip(codes, missing, strict=True)])
    name, number = np.unique(names, return_counts=True)
    wrong = name[(number > 1) | (name == "")]
    if len(wrong):
        raise AnalysisError(AnalysisCause.CODES_NOT_UNIQUE, codes=tuple(wrong.tolist()))
    return tuple(names.tolist())


def _require_work_crs(table: gpd.GeoSeries | gpd.GeoDataFrame) -> None:
    if table.crs is None or table.crs.to_epsg() != WORK_CRS:
        name = "" if table.crs is None else table.crs.name
        raise AnalysisError(AnalysisCause.WRONG_CRS, crs=name)


def _require_areas(geometry: NDArray) -> None:
    kind = shapely.get_type_id(geometry)
    polygonal = np.isin(kind, (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON))
    fits = (
        shapely.is_missing(geometry)
        | shapely.is_empty(geometry)
        | polygonal & shapely.is_valid(geometry)
    )
    if not fits.all():
        rows = tuple(int(row) for row in np.flatnonzero(~fits))
        raise AnalysisError(AnalysisCause.GEOMETRY_NOT_AREA, rows=rows)
    largest = np.abs(shapely.get_coordinates(geometry)).max(initial=0.0)
    if largest > _LARGEST_COORDINATE:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="x", value=float(largest))
