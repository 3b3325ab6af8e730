"""Which figures of a delivery are odd beside its source's earlier ones; see ``intake``."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

FEWEST_MONTHS = 6
"""Months that tell what a month usually holds; of fewer nothing is said."""
TENFOLD = 10.0
FEWEST_IN_JUMP = 30
"""Offences that the larger side of a tenfold jump must have."""
_CHANCE = 0.001
_FACTOR = 2.0
"""Seasons and trends move a month by less than this; only what moves it more is odd."""
_LEAST_MEAN = 5.0
_FEWEST_ROWS = 50
_HIGHER_BY = 0.1


@dataclass(frozen=True)
class Usual:
    """What a month of a source usually holds.

    Attributes
    ----------
    mean
        Offences a month.
    low, high
        Limits outside which a month is odd; both are in themselves usual.
    """

    mean: float
    low: float
    high: float


def usual(earlier: npt.NDArray[np.float64], asked: int) -> Usual | None:
    """Limits of what a month may hold, by the source's own earlier months.

    A negative binomial with the mean of the earlier months and their dispersion φ = s²/x̄ (at least
    1, which is Poisson), widened by 1 + 1/n since the mean itself is estimated. A month is odd when
    its chance is below 0.001, shared between all that are asked and both sides, and it is less than
    half or more than twice the mean.

    Parameters
    ----------
    earlier
        Offences of each earlier month, empty ones included.
    asked
        How many months are held against the limits.

    Returns
    -------
    Usual
        None for fewer than six months, or fewer than five offences a month.
    """
    if len(earlier) < FEWEST_MONTHS or earlier.mean() < _LEAST_MEAN:
        return None
    mean = float(earlier.mean())
    spread = max(1.0, float(earlier.var(ddof=1)) / mean) * (1 + 1 / len(earlier))
    tail = _CHANCE / (2 * max(asked, 1))
    law = stats.nbinom(mean / (spread - 1), 1 / spread)
    low, high = float(law.ppf(tail)), float(law.isf(tail))
    return Usual(mean, min(low, mean / _FACTOR), max(high, mean * _FACTOR))


def jumps(held: npt.NDArray[np.float64]) -> tuple[tuple[int, float], ...]:
    """Months that hold ten times as much, or as little, as the middle one of the others.

    The first and the last month may be parts of one, and are not asked whether they hold little.

    Parameters
    ----------
    held
        Offences of each month of a delivery, in order, empty ones included.

    Returns
    -------
    tuple of pairs
        Position of each odd month, and the median of the others.
    """
    found = []
    if len(held) <= FEWEST_MONTHS:
        return ()
    for place, one in enumerate(held):
        middle = float(np.median(np.delete(held, place)))
        inside = 0 < place < len(held) - 1
        many = one >= FEWEST_IN_JUMP and middle > 0 and one >= TENFOLD * middle
        few = inside and 0 < one <= middle / TENFOLD and middle >= FEWEST_IN_JUMP
        if many or few:
            found.append((place, middle))
    return tuple(found)


def share_rose(now: tuple[int, int], before: tuple[int, int]) -> bool:
    """Whether a share of rows is clearly higher than before: by a tenth, and not by chance.

    Fisher's exact test, one-sided, at 0.001.

    Parameters
    ----------
    now, before
        Rows that have it, and all rows; at least 50 of each, or nothing is said.
    """
    if min(now[1], before[1]) < _FEWEST_ROWS:
        return False
    if now[0] / now[1] - before[0] / before[1] < _HIGHER_BY:
        return False
    table = [[now[0], now[1] - now[0]], [before[0], before[1] - before[0]]]
    return bool(stats.fisher_exact(table, alternative="greater").pvalue < _CHANCE)
