"""Which months a delivery does not cover: silence between months that have many is no zero."""

import numpy as np
from numpy.typing import NDArray

FEWEST_EXPECTED = 20.0
"""Offences that a silence must have been expected to hold; below that it can be chance."""

_CHANCE = 0.001
_MOST = 0.5
"""Share of the months around a silence that must have rows: else it is the rule, not a gap."""
_WINDOW = 12
"""Months before and after a silence that tell what it would have held."""


def silences(
    first_day: NDArray, last_day: NDArray, count: NDArray, source: NDArray
) -> tuple[tuple[int, int], ...]:
    """Find the months without a single row between months that have many.

    A run of silent months is not covered when most of the twelve months on either side of it have
    rows, when their mean, silent ones included, would have given it at least ``FEWEST_EXPECTED``
    offences, and its silence has a chance below 0.001 under a negative binomial with their
    dispersion φ:
    Σμ ≥ 6.9 (φ − 1) / ln φ. A sum over several months covers all of them, and so does a month or
    quarter that is dated on its first day. It is asked of all rows together and of each source by
    itself, unless other sources have taken its place. Nothing is said of the months before the
    first row and after the last, and nothing of a part of a month.

    Parameters
    ----------
    first_day, last_day
        Days since 1970-01-01 between which each row is dated, both included; rows without a date
        left out.
    count
        Offences that each row stands for.
    source
        Number of each row's source.

    Returns
    -------
    tuple of pairs
        First and last month of each silence, months since 1970-01, in order and apart.

    Examples
    --------
    Thirty offences on the first of every month of 2023 but May and June:

    >>> months = np.repeat([0, 1, 2, 3, 6, 7, 8, 9, 10, 11], 30) + 12 * 53
    >>> day = months.astype("datetime64[M]").astype("datetime64[D]").astype(int)
    >>> silences(day, day + 13, np.ones(300), np.zeros(300, dtype=int))
    ((640, 641),)
    """
    if not len(first_day):
        return ()
    first, last = _months(first_day), _months(last_day)
    origin, size = int(first.min()), int(last.max() - first.min()) + 1
    whole = _Monthly(first_day, last_day, count, origin, size)
    silent = np.zeros(size, dtype=bool)
    for rows in (np.ones(len(source), dtype=bool), *(source == one for one in np.unique(source))):
        own = _Monthly(first_day[rows], last_day[rows], count[rows], origin, size)
        for start, end in _runs(~own.present):
            if own.misses(start, end) and not _replaced(whole.held - own.held, own, start, end):
                silent[start:end] = True
    return tuple((origin + start, origin + end - 1) for start, end in _runs(silent, edges=True))


class _Monthly:
    """What the rows of one delivery hold of each month, sums spread over theirs."""

    def __init__(
        self, first_day: NDArray, last_day: NDArray, count: NDArray, origin: int, size: int
    ) -> None:
        first, last = _months(first_day) - origin, _months(last_day) - origin
        last = np.minimum(last + _step(first_day, last_day) - 1, size - 1)
        share = count / (last - first + 1)
        change = np.bincount(first, share, size + 1) - np.bincount(last + 1, share, size + 1)
        rows = np.bincount(first, minlength=size + 1) - np.bincount(last + 1, minlength=size + 1)
        self.held = np.cumsum(change)[:size]
        self.present = np.cumsum(rows)[:size] > 0

    def around(self, start: int, end: int) -> NDArray[np.bool_]:
        """The months on either side of a run, within what the delivery spans."""
        known = np.flatnonzero(self.present)
        near = np.zeros(len(self.present), dtype=bool)
        near[max(known[0], start - _WINDOW) : start] = True
        near[end : min(known[-1] + 1, end + _WINDOW)] = True
        return near

    def misses(self, start: int, end: int) -> bool:
        """Whether a silent run cannot be chance."""
        around = self.around(start, end)
        if self.present[around].mean() < _MOST:
            return False
        near = self.held[around]
        mean = float(near.mean())
        expected = mean * (end - start)
        if expected < FEWEST_EXPECTED:
            return False
        spread = float(near.var(ddof=1)) / mean if len(near) > 2 else 1.0
        needed = -np.log(_CHANCE)
        if spread > 1:
            needed *= (spread - 1) / np.log(spread)
        return bool(expected >= needed)


def _replaced(others: NDArray, own: _Monthly, start: int, end: int) -> bool:
    """Whether other sources hold what one lacks: it was renamed, or split between files."""
    near = own.around(start, end)
    gained = others[start:end].mean() - others[near].mean()
    return bool(gained >= own.held[near].mean() / 2)


def _runs(silent: NDArray[np.bool_], edges: bool = False) -> list[tuple[int, int]]:
    """Start and end (not included) of each run of True, those at the edges only when wanted."""
    change = np.diff(np.concatenate([[False], silent, [False]]).astype(np.int8))
    runs = zip(np.flatnonzero(change == 1), np.flatnonzero(change == -1), strict=True)
    return [(int(a), int(b)) for a, b in runs if edges or (a > 0 and b < len(silent))]


def _step(first_day: NDArray, last_day: NDArray) -> int:
    """Months that a row dated on the first of one stands for: 1 unless every row is such a one."""
    first = _months(first_day)
    starts = first.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    if (last_day != first_day).any() or (first_day != starts).any():
        return 1
    apart = np.diff(np.unique(first))
    return int(apart.min()) if len(apart) > 1 and apart.min() in (3, 4, 6, 12) else 1


def _months(days: NDArray) -> NDArray[np.int64]:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
