"""Cell suppression: which counts of a table to hide, so that none of them can be computed.

The attacker knows every published cell and total, that totals are sums, that counts are whole
numbers, that 0 is always shown and that every other shown count is at least the threshold; so a
hidden count is 1 or more. A hidden cell is protected when the values it may then have span at
least ``threshold - 2`` (and at least 1): as many as the rule itself promises for "1 to
threshold - 1". Fischetti & Salazar (2001) call this a sliding protection level. It is the same for
small cells and for those hidden only to protect them, and both are published as the same "hidden".
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array

from trygghetskarta.analysis.cell_network import CellNetwork
from trygghetskarta.errors import AnalysisCause, AnalysisError


@dataclass(frozen=True, eq=False)
class Suppressed:
    """A table as it may be published; it holds no hidden value.

    Attributes
    ----------
    table
        Counts, shape and labels of the input; NaN where hidden.
    row_totals, column_totals
        Sums over the columns and over the rows, NaN where hidden; None when not published.
    grand_total
        Sum of all counts, NaN when hidden; None when not published.
    threshold
        Counts from 1 to ``threshold - 1`` are hidden.
    """

    table: pd.DataFrame
    row_totals: pd.Series | None
    column_totals: pd.Series | None
    grand_total: float | None
    threshold: int

    @property
    def hidden(self) -> pd.DataFrame:
        """True for each hidden cell of the table."""
        return self.table.isna()

    @property
    def n_hidden(self) -> int:
        """How many cells and totals are hidden."""
        values, in_table = _extended(self)
        return int((np.isnan(values) & in_table).sum())


class Exposed(NamedTuple):
    """A cell that can be computed, exactly or too narrowly.

    Attributes
    ----------
    row, column
        Labels; None in place of the row for a column total, and the other way round.
    lower, upper
        Least and greatest value it may have, as far as they were needed to tell.
    """

    row: object
    column: object
    lower: float
    upper: float


def protection(threshold: int) -> int:
    """Give the width that the interval of every hidden cell must have, in counts.

    Examples
    --------
    >>> protection(5)
    3
    """
    return max(1, threshold - 2)


def suppress(
    table: pd.DataFrame | pd.Series,
    threshold: int = 5,
    *,
    row_totals: bool = True,
    column_totals: bool = True,
    grand_total: bool = True,
) -> Suppressed:
    """Hide small counts, and as few others as keep them from being computed.

    The smallest set is found exactly for a table with one kind of total (closed form) and for
    tables of up to about 100 cells (integer programme over minimum cuts); above that by cheapest
    cycles in the table's network, with what proves needless shown again. A total is hidden when it
    is small, or when that saves cells.

    Parameters
    ----------
    table
        Counts, rows areas, columns categories or periods; a Series is one column.
    threshold
        Counts from 1 to ``threshold - 1`` are hidden, 0 is shown. 1 hides nothing.
    row_totals, column_totals, grand_total
        Which totals will be published. A table with one column has no row totals and no grand
        total beside its column total (they would repeat it); the same for one row.

    Returns
    -------
    Suppressed
        ``audit`` of it is empty.

    Raises
    ------
    AnalysisError
        If a count is missing, negative or not whole, or the threshold is below 1.

    Notes
    -----
    Cox (1980), *JASA* 75; Fischetti & Salazar (2001), *Management Science* 47; Hundepool et al.
    (2012), *Statistical Disclosure Control*, ch. 4; the hypercube and network methods of τ-ARGUS.
    It does not protect against what is known from elsewhere: another table of the same offences,
    somebody's own knowledge of an incident, or reasoning about why just these cells were hidden
    (minimality attack, Wong et al. 2007).

    Examples
    --------
    >>> suppress(pd.Series([3, 0, 6, 20], index=list("abcd"))).table[0].tolist()
    [nan, 0.0, nan, 20.0]
    """
    frame = table.to_frame() if isinstance(table, pd.Series) else table
    counts = _counts(frame)
    if threshold < 1:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="threshold", value=threshold)
    rows, columns, grand = _meaningful(counts.shape, row_totals, column_totals, grand_total)
    full = _with_totals(counts)
    in_table = _cells_in_table(counts.shape, rows, columns, grand)
    small = in_table & (full >= 1) & (full < threshold)
    lines = _lines(counts.shape, rows, columns, grand)
    if lines is not None:
        hidden = small.copy()
        for cells, total in lines:
            hidden.flat[_line_secondary(full.ravel(), hidden.ravel(), cells, total, threshold)] = (
                True
            )
    elif small.any():
        hidden = CellNetwork(full, in_table, protection(threshold)).hide(small)
    else:
        hidden = small
    shown = np.where(hidden, np.nan, full)
    return Suppressed(
        table=pd.DataFrame(shown[:-1, :-1], index=frame.index, columns=frame.columns),
        row_totals=pd.Series(shown[:-1, -1], index=frame.index) if rows else None,
        column_totals=pd.Series(shown[-1, :-1], index=frame.columns) if columns else None,
        grand_total=float(shown[-1, -1]) if grand else None,
        threshold=threshold,
    )


def audit(suppressed: Suppressed) -> list[Exposed]:
    """List the cells that give themselves away, from nothing but what is published.

    A table with one kind of total is judged by closed form, any other by linear programming: the
    least and greatest value of each hidden cell under all sums. Because such a table is a network,
    these bounds are whole numbers and every whole number between them is possible too (Cox 1980).

    Parameters
    ----------
    suppressed
        The table to be published. It need not come from ``suppress``.

    Returns
    -------
    list of Exposed
        Small counts that are shown, and hidden cells whose interval is narrower than
        ``protection``; row by row, totals last. When the totals contradict the cells every hidden
        cell is listed, with unknown bounds. An empty list says nothing of other tables.

    Notes
    -----
    Fischetti & Salazar (2001), *Management Science* 47: the attacker problems.
    """
    values, in_table = _extended(suppressed)
    need = protection(suppressed.threshold)
    margins = suppressed.row_totals, suppressed.column_totals, suppressed.grand_total
    lines = _lines(suppressed.table.shape, *(margin is not None for margin in margins))
    if lines is not None:
        lower, upper = _bounds_of_lines(values, lines)
    else:
        lower, upper = _bounds_by_programming(values, in_table, need)
    # Bounds are whole numbers; half a count keeps the solver's rounding out of the verdict.
    narrow = ~(upper - lower > need - 0.5)
    small = (values >= 1) & (values < suppressed.threshold)
    exposed = in_table & np.where(np.isnan(values), narrow, small)
    rows, columns = [*suppressed.table.index, None], [*suppressed.table.columns, None]
    return [
        Exposed(rows[i], columns[j], float(lower[i, j]), float(upper[i, j]))
        for i, j in np.argwhere(exposed)
    ]


def line_exposed(shown: np.ndarray, total: float, threshold: int) -> np.ndarray:
    """Tell which counts of one line can be computed from the rest and their sum.

    Parameters
    ----------
    shown
        Counts, NaN where hidden.
    total
        Their sum, NaN when it is not published.
    threshold
        Counts from 1 to ``threshold - 1`` may not be shown.

    Returns
    -------
    boolean array
        Shape of ``shown``; True for a shown small count and for a hidden one that is not
        protected. It does not know of other lines the counts belong to.
    """
    lower, upper = _line_bounds(shown, total)
    narrow = ~(upper - lower >= protection(threshold))
    return np.where(np.isnan(shown), narrow, (shown >= 1) & (shown < threshold))


def _line_bounds(shown: np.ndarray, total: float) -> tuple[np.ndarray, np.ndarray]:
    """Closed form: k hidden counts of 1 or more with sum s may each be 1 to s - k + 1."""
    hidden = np.isnan(shown)
    k = int(hidden.sum())
    rest = np.inf if np.isnan(total) else total - np.nansum(shown)
    if rest < k:
        return np.where(hidden, np.nan, shown), np.where(hidden, np.nan, shown)
    least = rest if k == 1 and np.isfinite(rest) else 1.0
    return np.where(hidden, least, shown), np.where(hidden, rest - k + 1, shown)


def _bounds_of_lines(
    values: np.ndarray, lines: list[tuple[np.ndarray, int]]
) -> tuple[np.ndarray, np.ndarray]:
    lower, upper = values.copy(), values.copy()
    for cells, total in lines:
        of_line = values.flat[total] if total >= 0 else np.nan
        lower.flat[cells], upper.flat[cells] = _line_bounds(values.flat[cells], of_line)
        if total >= 0:
            lower.flat[total] = lower.flat[cells].sum() if np.isnan(of_line) else of_line
            upper.flat[total] = upper.flat[cells].sum() if np.isnan(of_line) else of_line
    return lower, upper


def _bounds_by_programming(
    values: np.ndarray, in_table: np.ndarray, need: int
) -> tuple[np.ndarray, np.ndarray]:
    """Bounds of every unknown cell, or as much of them as shows that it is protected.

    Each solution is a table that fits what is published; a cell that has taken values far enough
    apart in two of them needs no programme of its own.
    """
    unknown = np.isnan(values)
    hidden = (unknown & in_table)[unknown]
    lower, upper = values.copy(), values.copy()
    if not hidden.any():
        return lower, upper
    matrix, right = _sums(values, unknown)
    # Whatever is possible at all is possible within this box, because a vertex of a network's
    # polyhedron is a signed sum of its right-hand side and a ray moves each cell by equal steps.
    greatest = float(np.nansum(values)) + values.size + need
    box = np.column_stack([np.where(hidden, 1.0, 0.0), np.full(len(hidden), greatest)])
    everything = hidden.astype(np.float64)
    alone = (row for k in np.flatnonzero(hidden) for row in _both_ways(int(k), len(hidden)))
    low = high = np.full(len(hidden), np.nan)
    for goal in (everything, -everything, *alone):
        aim = np.flatnonzero(goal)
        if (high[aim] - low[aim] > need - 0.5).all():
            continue
        answer = linprog(goal, A_eq=matrix, b_eq=right, bounds=box, method="highs")
        if answer.x is None:
            break
        low, high = np.fmin(low, answer.x), np.fmax(high, answer.x)
    lower[unknown], upper[unknown] = low, high
    return lower, upper


def _both_ways(k: int, size: int) -> np.ndarray:
    """Goals that push one cell down and up."""
    goals = np.zeros((2, size))
    goals[0, k], goals[1, k] = 1.0, -1.0
    return goals


def _sums(values: np.ndarray, unknown: np.ndarray) -> tuple[csr_array, np.ndarray]:
    """Equations that say that totals are sums, of the unknown cells only."""
    position = np.full(values.shape, -1)
    position[unknown] = np.arange(unknown.sum())
    known = np.where(unknown, 0.0, values)
    sign = np.ones(values.shape[1])
    sign[-1] = -1.0
    down = np.ones(values.shape[0])
    down[-1] = -1.0
    equations, right = [], []
    for places, signs, amounts in [
        *((row, sign, amount) for row, amount in zip(position, known, strict=True)),
        *((column, down, amount) for column, amount in zip(position.T, known.T, strict=True)),
    ]:
        equation = np.zeros(int(unknown.sum()))
        equation[places[places >= 0]] = signs[places >= 0]
        equations.append(equation)
        right.append(-float(signs @ amounts))
    return csr_array(np.array(equations)), np.array(right)


def _line_is_safe(k: int, rest: float, threshold: int) -> bool:
    return k == 0 or (k > 1 and rest - k >= protection(threshold))


def _line_secondary(
    values: np.ndarray, hidden: np.ndarray, cells: np.ndarray, total: int, threshold: int
) -> list[int]:
    """Positions to hide beside a line's small counts: none, its least other count, or its total."""
    own = cells[hidden[cells]]
    if total < 0 or hidden[total] or _line_is_safe(len(own), values[own].sum(), threshold):
        return []
    free = cells[~hidden[cells] & (values[cells] > 0)]
    return [int(free[np.argmin(values[free])]) if len(free) else total]


def _counts(frame: pd.DataFrame) -> np.ndarray:
    values = frame.to_numpy(dtype=np.float64, na_value=np.nan)
    if (values < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    strange = ~(np.isfinite(values) & (values == np.floor(values)))
    if strange.any():
        raise AnalysisError(
            AnalysisCause.OUT_OF_RANGE, name="count", value=float(values[strange][0])
        )
    return values.astype(np.int64)


def _meaningful(
    shape: tuple[int, int], rows: bool, columns: bool, grand: bool
) -> tuple[bool, bool, bool]:
    """Drop the totals that would only repeat a cell or another total."""
    if shape[1] == 1:
        return False, columns or grand, False
    if shape[0] == 1:
        return rows or grand, False, False
    return rows, columns, grand


def _with_totals(counts: np.ndarray) -> np.ndarray:
    wide = np.column_stack([counts, counts.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])


def _cells_in_table(shape: tuple[int, int], rows: bool, columns: bool, grand: bool) -> np.ndarray:
    mask = np.ones((shape[0] + 1, shape[1] + 1), dtype=bool)
    mask[:-1, -1], mask[-1, :-1], mask[-1, -1] = rows, columns, grand
    return mask


def _lines(
    shape: tuple[int, int], rows: bool, columns: bool, grand: bool
) -> list[tuple[np.ndarray, int]] | None:
    """Split the table into lines that share nothing, each with its total's position or -1.

    None when totals link the lines.
    """
    position = np.arange((shape[0] + 1) * (shape[1] + 1)).reshape(shape[0] + 1, shape[1] + 1)
    if not rows and not grand:
        return [(line[:-1], int(line[-1]) if columns else -1) for line in position.T[:-1]]
    if not columns and not grand:
        return [(line[:-1], int(line[-1])) for line in position[:-1]]
    return None


def _extended(suppressed: Suppressed) -> tuple[np.ndarray, np.ndarray]:
    """The table with its totals as last row and column, NaN where hidden, and what is published."""
    table = suppressed.table
    values = np.full((table.shape[0] + 1, table.shape[1] + 1), np.nan)
    values[:-1, :-1] = table.to_numpy(dtype=np.float64, na_value=np.nan)
    margins = suppressed.row_totals, suppressed.column_totals, suppressed.grand_total
    in_table = _cells_in_table(table.shape, *(margin is not None for margin in margins))
    if margins[0] is not None:
        values[:-1, -1] = margins[0].to_numpy(dtype=np.float64, na_value=np.nan)
    if margins[1] is not None:
        values[-1, :-1] = margins[1].to_numpy(dtype=np.float64, na_value=np.nan)
    if margins[2] is not None:
        values[-1, -1] = margins[2]
    return values, in_table
