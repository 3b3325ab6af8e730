"""The search for the fewest cells to hide: a table as a network, protected by flows and cuts."""

from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, dijkstra, maximum_flow

_LARGEST_EXACT = 64
"""Cells, totals included, up to which the smallest set is searched for."""
_MOST_ROUNDS = 15
_MOST_NODES = 200
_CLOSE_ENOUGH = 1.2
"""The search ends when it has shown that nothing is cheaper by more than this factor."""
_COST_OF_TOTAL = 1.2
"""A total is worth more than a cell, but not so much that many cells are hidden to spare it."""


class CellNetwork:
    """A table with totals as a network, where a change that keeps all sums is a circulation.

    Rows and columns are nodes, cells are arcs: a cell leads from its row to its column, a row or
    column total the other way (Cox 1980; Fischetti & Salazar 2001). What an attacker cannot tell
    apart is a flow through hidden arcs, so how far a cell may move is a maximum flow.

    Parameters
    ----------
    full
        Counts with their totals as last row and last column.
    in_table
        False for the totals that nobody will see.
    need
        Width of the interval that every hidden cell must have, in counts.
    """

    def __init__(self, full: np.ndarray, in_table: np.ndarray, need: int) -> None:
        self.full, self.in_table = full, in_table
        self.need = need
        self.n_rows, n_columns = full.shape
        self.size = self.n_rows + n_columns
        inner = np.zeros(full.shape, dtype=bool)
        inner[:-1, :-1] = inner[-1, -1] = True
        row = np.arange(self.n_rows)[:, None]
        column = self.n_rows + np.arange(n_columns)[None, :]
        self.tail = np.where(inner, row, column)
        self.head = np.where(inner, column, row)
        movable = ~in_table | (full > 0)
        self.up = np.where(movable, self.need, 0)
        self.down = np.where(movable, np.minimum(full - in_table, self.need), 0)
        self.free = in_table & (full > 0)
        self.cost = self._costs()

    def hide(self, small: np.ndarray) -> np.ndarray:
        """Choose what to hide so that every hidden cell is protected.

        Parameters
        ----------
        small
            True for what must be hidden.

        Returns
        -------
        boolean array
            Shape of ``full``; includes ``small``. It does not protect against another table of
            the same offences.
        """
        found = self._by_cycles(small)
        if self.full.size > _LARGEST_EXACT or found.sum() == small.sum():
            return found
        return self._by_cuts(small, found)

    def _costs(self) -> np.ndarray:
        cost = np.ones(self.full.shape)
        cost[-1, :] = cost[:, -1] = _COST_OF_TOTAL
        # Among equals the smaller count is hidden; all these together weigh less than one cell.
        return cost + 0.1 * self.full / max(1, self.full[self.free].sum())

    def _capacity(self, hidden: np.ndarray) -> np.ndarray:
        open_arcs = hidden | ~self.in_table
        capacity = np.zeros((self.size, self.size), dtype=np.int32)
        capacity[self.tail, self.head] = np.where(open_arcs, self.up, 0)
        capacity[self.head, self.tail] = np.where(open_arcs, self.down, 0)
        return capacity

    def _flow(
        self, capacity: np.ndarray, cell: tuple[int, int], raised: bool
    ) -> tuple[int, np.ndarray]:
        """How far a cell may rise (or fall) at the others' cost, and the flow that does it."""
        tail, head = self.tail[cell], self.head[cell]
        others = capacity.copy()
        others[tail, head] = others[head, tail] = 0
        source, sink = (head, tail) if raised else (tail, head)
        result = maximum_flow(csr_array(others), source, sink)
        return int(result.flow_value), result.flow.toarray()

    def _shortfall(
        self, capacity: np.ndarray, cell: tuple[int, int]
    ) -> tuple[int, list[np.ndarray]]:
        """How much protection a cell lacks, and the flows that give it the rest."""
        rise, flow = self._flow(capacity, cell, raised=True)
        lacking = self.need - rise
        if lacking <= 0 or self.down[cell] == 0:
            return max(0, lacking), [flow]
        fall, back = self._flow(capacity, cell, raised=False)
        return max(0, lacking - min(fall, int(self.down[cell]))), [flow, back]

    def _by_cycles(self, small: np.ndarray) -> np.ndarray:
        """Protect cell after cell by the cheapest cycle, then show again what is not needed."""
        hidden = small.copy()
        uses: dict[tuple[int, int], np.ndarray] = {}
        for cell in self._cells(small):
            lacking, flows = self._shortfall(self._capacity(hidden), cell)
            if lacking:
                for other in self._cheapest_cycle(hidden, cell):
                    hidden[other] = self.in_table[other]
        capacity = self._capacity(hidden)
        for cell in self._cells(hidden):
            uses[cell] = self._used(self._shortfall(capacity, cell)[1])
        return self._without_needless(hidden, small, uses)

    def _without_needless(
        self, hidden: np.ndarray, small: np.ndarray, uses: dict[tuple[int, int], np.ndarray]
    ) -> np.ndarray:
        secondary = sorted(self._cells(hidden & ~small), key=lambda cell: -self.cost[cell])
        for candidate in secondary:
            trial = hidden.copy()
            trial[candidate] = False
            capacity = self._capacity(trial)
            renewed = {}
            for cell, used in uses.items():
                if cell == candidate or not used[candidate]:
                    continue
                lacking, flows = self._shortfall(capacity, cell)
                if lacking:
                    break
                renewed[cell] = self._used(flows)
            else:
                hidden = trial
                uses.update(renewed)
                del uses[candidate]
        return hidden

    def _used(self, flows: list[np.ndarray]) -> np.ndarray:
        """Cells that a cell's protection rests on."""
        return np.any([flow[self.tail, self.head] != 0 for flow in flows], axis=0)

    def _cells(self, mask: np.ndarray) -> Iterator[tuple[int, int]]:
        return ((int(i), int(j)) for i, j in np.argwhere(mask))

    def _cheapest_cycle(self, hidden: np.ndarray, cell: tuple[int, int]) -> list[tuple[int, int]]:
        """Cells to hide so that a cell may move by the whole width.

        There always is one: a cell may rise together with both its totals and the grand total.
        """
        step = np.where(hidden | ~self.in_table, 1e-6, self.cost)
        length = np.zeros((self.size, self.size))
        length[self.tail, self.head] = np.where(self.up >= self.need, step, 0)
        length[self.head, self.tail] = np.where(self.down >= self.need, step, 0)
        tail, head = int(self.tail[cell]), int(self.head[cell])
        length[tail, head] = length[head, tail] = 0
        far, before = dijkstra(csr_array(length), indices=head, return_predecessors=True)
        start, end = head, tail
        if self.down[cell] >= self.need:
            back, before_back = dijkstra(csr_array(length), indices=tail, return_predecessors=True)
            if back[head] < far[tail]:
                before, start, end = before_back, tail, head
        cycle = []
        while end != start:
            previous = int(before[end])
            low, high = min(previous, end), max(previous, end)
            cycle.append((low, high - self.n_rows))
            end = previous
        return cycle

    def _by_cuts(self, small: np.ndarray, found: np.ndarray) -> np.ndarray:
        """The cheapest set, by adding a minimum cut for each cell left unprotected.

        What was found before, when that is nearly as good or the search grows too long.
        """
        cuts = [self._own_line(cell, axis) for cell in self._cells(self.free) for axis in (0, 1)]
        lowest = np.where(small | ~self.in_table, 1.0, 0.0).ravel()
        highest = np.where(self.free | ~self.in_table, 1.0, 0.0).ravel()
        cost = np.where(self.in_table, self.cost, 0.0)
        nodes = 0
        for _ in range(_MOST_ROUNDS):
            answer = milp(
                cost.ravel(),
                integrality=np.ones(cost.size),
                bounds=Bounds(lowest, highest),
                constraints=LinearConstraint(csr_array(np.array(cuts)), lb=0),
                options={"node_limit": _MOST_NODES, "mip_rel_gap": 0.02},
            )
            nodes += answer.mip_node_count or 0
            at_least = answer.mip_dual_bound or 0.0
            if cost[found].sum() <= _CLOSE_ENOUGH * at_least:
                return found
            if not answer.success or nodes > _MOST_NODES:
                return found
            hidden = (answer.x.reshape(cost.shape) > 0.5) & self.in_table
            broken = self._broken_cuts(hidden)
            if not broken:
                return hidden
            cuts += broken
        return found

    def _own_line(self, cell: tuple[int, int], axis: int) -> np.ndarray:
        """A hidden cell needs another one in its row, and in its column."""
        cut = np.zeros(self.full.shape)
        line = (cell[0], slice(None)) if axis == 0 else (slice(None), cell[1])
        cut[line] = 1.0
        cut[cell] = -1.0
        return cut.ravel()

    def _broken_cuts(self, hidden: np.ndarray) -> list[np.ndarray]:
        capacity = self._capacity(hidden)
        return [
            self._cut(capacity, cell)
            for cell in self._cells(hidden)
            if self._shortfall(capacity, cell)[0]
        ]

    def _cut(self, capacity: np.ndarray, cell: tuple[int, int]) -> np.ndarray:
        """Room that must be opened across the minimum cuts that hold a cell in place."""
        room, needed = self._across(capacity, cell, raised=True)[0], self.need
        across, fall = self._across(capacity, cell, raised=False)
        if fall < self.down[cell]:
            room = room + across
        else:
            needed -= int(self.down[cell])
        cut = np.minimum(room, needed).astype(np.float64)
        cut[cell] = -needed
        return cut.ravel()

    def _across(
        self, capacity: np.ndarray, cell: tuple[int, int], raised: bool
    ) -> tuple[np.ndarray, int]:
        """What each cell would let through a minimum cut were it hidden, and the flow."""
        value, flow = self._flow(capacity, cell, raised)
        tail, head = self.tail[cell], self.head[cell]
        left = capacity - flow
        left[tail, head] = left[head, tail] = 0
        source = head if raised else tail
        inside = np.zeros(self.size, dtype=bool)
        inside[breadth_first_order(csr_array(left), source, return_predecessors=False)] = True
        leaving = inside[self.tail] & ~inside[self.head]
        entering = inside[self.head] & ~inside[self.tail]
        room = np.where(leaving, self.up, 0) + np.where(entering, self.down, 0)
        return room, value
