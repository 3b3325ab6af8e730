"""Cells of several published tables at once: what all of them together tell of a hidden one."""

from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_SECONDS = 1.0
"""Longest time for one programme in whole numbers."""
_MOST_WHOLE = 10
"""Most such programmes for one question; what is not decided by then counts as told."""
_WHOLE = 1e-6
_ROUNDS = 12
"""Programmes over all undecided cells together, before each gets its own."""


class NarrowCell(NamedTuple):
    """A cell that published figures tell too exactly.

    Attributes
    ----------
    cell
        Row of the system.
    lower, upper
        Least and greatest value that it may have.
    """

    cell: int
    lower: float
    upper: float


def narrow_cells(
    sums: csr_array, atoms: np.ndarray, shown: np.ndarray, hidden: np.ndarray, need: np.ndarray
) -> list[NarrowCell]:
    """List the cells whose value follows too exactly from all that is shown.

    The attacker knows every shown cell, that each cell is a sum of atoms, that atoms are whole
    numbers of 0 or more, and that a cell shown as hidden is 1 or more. The true atoms are one
    answer that fits; a cell is protected when another answer lies far enough from it.

    Parameters
    ----------
    sums
        Cells by atoms, 1 where the atom belongs to the cell.
    atoms
        The true counts of the atoms.
    shown, hidden
        Per cell: whether its value is published, or published as hidden. A cell that is neither is
        in no table but must not be computable either.
    need
        Per cell: how wide its interval must be, 0 where it may be known.

    Returns
    -------
    list of NarrowCell
        In the order of the cells. Empty: nothing is told. A cell that could not be decided in time
        is listed too, with the bounds that were found.

    Notes
    -----
    The attacker problems of Fischetti & Salazar (2001), *Management Science* 47, with whole numbers
    kept whole: linked tables are no network, so that a linear programme alone would promise more
    room than there is. Solved with HiGHS (``scipy.optimize.milp``).
    """
    truth = sums @ atoms
    low, high = truth.astype(np.float64), truth.astype(np.float64)
    attack = _Attack(sums, truth, shown, hidden, float(atoms.sum() + len(atoms) + need.max()))
    generator = np.random.default_rng(0)

    def pending() -> np.ndarray:
        return np.flatnonzero((need > 0) & (high - low < need))

    left = pending()
    for _ in range(_ROUNDS):
        if not len(left):
            return []
        # Sums are mostly fixed: what one cell gains another must lose, so some go up and some down.
        weights = generator.integers(1, 4, len(left)) * generator.choice([-1, 1], len(left))
        found = attack.whole(weights @ sums[left])
        if found is not None:
            np.fmin(low, found, out=low)
            np.fmax(high, found, out=high)
        left = pending()
    for cell in left:
        goal = sums[[cell]].toarray()[0]
        room = attack.room(goal)
        for towards in (goal, -goal):
            if high[cell] - low[cell] >= need[cell]:
                break
            found = attack.whole(towards, is_exact=room >= need[cell])
            if found is not None:
                np.fmin(low, found, out=low)
                np.fmax(high, found, out=high)
    return [NarrowCell(int(cell), float(low[cell]), float(high[cell])) for cell in pending()]


class _Attack:
    """Everything an attacker knows, as one programme with many goals."""

    def __init__(
        self,
        sums: csr_array,
        truth: np.ndarray,
        shown: np.ndarray,
        hidden: np.ndarray,
        greatest: float,
    ) -> None:
        # Nothing is left to find out of atoms in a cell that is shown as 0.
        is_zero = (sums[shown & (truth == 0)].sum(axis=0) > 0) if shown.any() else False
        self._free = np.flatnonzero(~np.broadcast_to(is_zero, sums.shape[1]))
        self._sums = sums[:, self._free]
        # The same sum may stand in many tables; where one shows it, that one counts.
        kept = np.concatenate([np.flatnonzero(shown & (truth > 0)), np.flatnonzero(hidden)])
        rows = self._sums[kept].toarray().astype(bool)
        kept = kept[np.unique(rows, axis=0, return_index=True)[1]] if len(kept) else kept
        least = np.where(shown[kept], truth[kept], 1.0)
        most = np.where(shown[kept], truth[kept], np.inf)
        self._constraint = LinearConstraint(self._sums[kept], least, most)
        # What no sum bounds may be anything: a box that is wide enough for every demand.
        self._bounds = Bounds(0.0, greatest)
        self._left = _MOST_WHOLE

    def room(self, goal: np.ndarray) -> float:
        """Width that a cell's interval has at most: counts in fractions, rounded inward."""
        ends = [self._best(sign * goal[self._free], 0) for sign in (1.0, -1.0)]
        if any(end is None for end in ends):
            return np.inf
        high, low = (float(goal[self._free] @ end) for end in ends)
        return np.floor(high + _WHOLE) - np.ceil(low - _WHOLE)

    def whole(self, goal: np.ndarray, is_exact: bool = False) -> np.ndarray | None:
        """Cells of an answer in whole numbers that makes a goal great; None when none is found.

        Most answers are whole by themselves; only an exact question is worth a programme that
        makes them so.
        """
        goal = goal[self._free]
        for integrality in (0, 1) if is_exact else (0,):
            if integrality:
                self._left -= 1
                if self._left < 0:
                    return None
            atoms = self._best(goal, integrality)
            if atoms is None:
                return None
            rounded = np.round(atoms)
            if np.abs(atoms - rounded).max(initial=0.0) < _WHOLE:
                return self._sums @ rounded
        return None

    def _best(self, goal: np.ndarray, integrality: int) -> np.ndarray | None:
        if not len(goal):
            return np.zeros(0)
        return milp(
            -goal,
            integrality=np.full(len(goal), integrality),
            bounds=self._bounds,
            constraints=self._constraint,
            options={"time_limit": _SECONDS},
        ).x
