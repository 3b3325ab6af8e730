"""Cells over the areas that answer for most points without the exact test."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trygghetskarta.analysis.area_borders import (
    SMALLEST_CELL,
    AreaBorders,
    BorderEdges,
    group_starts,
    spread,
)

NOWHERE = -1
"""Row number of a point that no area holds."""

_UNDECIDED = -2  # marks a small cell that a border touches
_POINTS_AT_ONCE = 1 << 16  # keeps the working arrays small, however many points are asked about

# A cell claims a millionth of its side on every side. Computing a point's cell errs by less than
# 1e-7 of a side, so a point that lands in the neighbouring cell is still inside what that cell
# claims, and what the cell knows is true of it.
_MARGIN = 1e-6

# Chosen by benchmarks/area_index.py: more cells answer faster and take longer to build.
_CELLS_PER_EDGE = 4.0
_FEWEST_CELLS, _MOST_CELLS = 1 << 10, 1 << 20
_SPLITS = (4, 8, 16)
_SPLITS_PER_ROOT_EDGE = 1.5


class AreaCells:
    """Two levels of cells that know their area, or which areas' borders to test."""

    def __init__(self, edges: BorderEdges, areas: int, borders: AreaBorders) -> None:
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
        point, step = spread(self._candidate_start[block + 1] - first)
        area = self._candidate[first[point] + step]
        point = undecided[point]
        on[point[self._borders.sides(x[point], y[point], area)[1]]] = True
        return on

    def _lay_out(self, edges: BorderEdges) -> None:
        """Choose the extent and the side of the large cells."""
        self._west, self._south, self._east, self._north = _bounds(edges)
        width, height = max(self._east - self._west, 0.0), max(self._north - self._south, 0.0)
        wanted = np.clip(len(edges.area) * _CELLS_PER_EDGE, _FEWEST_CELLS, _MOST_CELLS)
        side = max(np.sqrt(width * height / wanted), SMALLEST_CELL)
        side = max(side, max(width, height) / wanted)  # a very long, thin extent
        self._per_metre = 1.0 / side
        self._columns = int(width * self._per_metre) + 1
        self._rows = int(height * self._per_metre) + 1

    def _touched_cells(self, grid: BorderEdges) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """List pairs of an edge and a large cell that it touches."""
        found = [(np.empty(0, np.int64), np.empty(0, np.int64))]
        for part in slices_of_points(len(grid.area)):
            edge, row, column = _touched(grid.take(part), self._columns, self._rows)
            found.append((part.start + edge, row * self._columns + column))
        edges, cells = zip(*found, strict=True)
        return np.concatenate(edges), np.concatenate(cells)

    def _fill_coarse(self, areas: int, area: NDArray, cell: NDArray, grid: BorderEdges) -> None:
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
        self._candidate_start = group_starts(block, blocks)

    def _block(self, cell: NDArray) -> NDArray[np.int64]:
        """Give the block of each large cell; negative for a cell that needs none."""
        return _UNDECIDED - self._coarse[cell].astype(np.int64)

    def _split(self, grid: BorderEdges, edge: NDArray, cell: NDArray) -> None:
        """Divide the blocks into small cells; ``edge`` and ``cell`` are the pairs that touch."""
        block = self._block(cell)
        number = np.bincount(block, minlength=len(self._block_cell))
        wanted = np.searchsorted(_SPLITS, np.sqrt(number) * _SPLITS_PER_ROOT_EDGE)
        self._side = np.array(_SPLITS)[np.minimum(wanted, len(_SPLITS) - 1)]
        self._first = np.cumsum(self._side**2) - self._side**2
        touched = np.zeros(int((self._side**2).sum()), dtype=bool)
        for part in slices_of_points(len(edge)):
            self._mark_touched(touched, grid.take(edge[part]), cell[part], block[part])
        self._fill_fine(touched)

    def _mark_touched(
        self, touched: NDArray, grid: BorderEdges, cell: NDArray, block: NDArray
    ) -> None:
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
        for part in slices_of_points(len(start)):
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


def _touched(edges: BorderEdges, columns: ArrayLike, rows: ArrayLike) -> _Touched:
    """List the cells each edge touches, cells taken with their margin.

    Coordinates count cells: cell (row, column) reaches from there to one more. ``columns`` and
    ``rows`` are the size of the grid, or of each edge's own grid.
    """
    low = np.maximum(_floor(edges.y1 - _MARGIN), 0)
    high = np.minimum(_floor(edges.y2 + _MARGIN), np.asarray(rows) - 1)
    edge, step = spread(np.maximum(high - low + 1, 0))
    row = low[edge] + step
    start, end = _within_row(edges.take(edge), row)
    low = np.maximum(_floor(np.minimum(start, end) - _MARGIN), 0)
    last = np.broadcast_to(columns, edges.x1.shape)[edge] - 1
    high = np.minimum(_floor(np.maximum(start, end) + _MARGIN), last)
    piece, step = spread(np.maximum(high - low + 1, 0))
    return _Touched(edge[piece], row[piece], low[piece] + step)


def _within_row(edges: BorderEdges, row: NDArray) -> tuple[NDArray, NDArray]:
    """Give x where each edge enters and leaves its row, taken with its margin."""
    rise = edges.y2 - edges.y1
    flat = rise == 0
    rise[flat] = 1.0
    enter = np.clip((row - _MARGIN - edges.y1) / rise, 0.0, 1.0)
    leave = np.clip((row + 1 + _MARGIN - edges.y1) / rise, 0.0, 1.0)
    enter[flat], leave[flat] = 0.0, 1.0
    run = edges.x2 - edges.x1
    return edges.x1 + enter * run, edges.x1 + leave * run


def _centres_inside(edges: BorderEdges, columns: int, rows: int) -> tuple[NDArray, NDArray]:
    """List pairs (area, cell) where the cell's centre lies in the area, sorted by area.

    Only near a border can rounding move a centre to the wrong side, so the pairs are right for
    every cell that the area's border does not touch.
    """
    low = np.clip(np.ceil(edges.y1 - 0.5), 0, rows).astype(np.int64)
    high = np.clip(np.ceil(edges.y2 - 0.5), 0, rows).astype(np.int64)
    edge, step = spread(high - low)
    row = low[edge] + step
    area, x1, y1, x2, y2 = edges.take(edge)
    crossing = x1 + (row + 0.5 - y1) / (y2 - y1) * (x2 - x1)
    column = np.clip(np.ceil(crossing - 0.5), 0, columns).astype(np.int64)
    # Sorted by area, row and column, the crossings go in and out of the area by turns.
    key = np.sort((area * rows + row) * (columns + 1) + column)
    enter, leave = key[0::2], key[1::2]
    span, step = spread(leave - enter)
    line, column = np.divmod(enter[span] + step, columns + 1)
    area, row = np.divmod(line, rows)
    return area, row * columns + column


def _bounds(edges: BorderEdges) -> tuple[float, float, float, float]:
    if len(edges.area) == 0:
        return 0.0, 0.0, -1.0, -1.0  # no point is within
    west, east = min(edges.x1.min(), edges.x2.min()), max(edges.x1.max(), edges.x2.max())
    return float(west), float(edges.y1.min()), float(east), float(edges.y2.max())


def _runs(touched: NDArray, first: NDArray, side: NDArray) -> tuple[NDArray, NDArray]:
    """List the runs [start, stop) of untouched cells that follow each other in a row."""
    block, row = spread(side)
    begins = np.zeros(len(touched) + 1, dtype=bool)
    begins[first[block] + row * side[block]] = True
    begins[-1] = True
    free = np.concatenate([[False], ~touched, [False]])
    start = np.flatnonzero(free[1:] & (begins | ~free[:-1]))
    stop = np.flatnonzero(free[:-1] & (begins | ~free[1:]))
    return start, stop


def slices_of_points(length: int) -> Iterator[slice]:
    for start in range(0, length, _POINTS_AT_ONCE):
        yield slice(start, start + _POINTS_AT_ONCE)


def _floor(values: NDArray) -> NDArray[np.int64]:
    return np.floor(values).astype(np.int64)
