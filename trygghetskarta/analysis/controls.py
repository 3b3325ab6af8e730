"""Which districts are like a place: chosen by what was before a measure, never by the outcome."""

import numpy as np
import pandas as pd

_HALF = 0.5
"""Added to counts before their logarithm, so that a year without offences has one."""


def rank_controls(
    earlier: pd.Series, later: pd.Series, treated: tuple[float, float]
) -> pd.DataFrame:
    """Order districts by how like a place they were in two years before a measure.

    The distance is the absolute difference of the logarithms of the level (both years) plus that
    of the change from one year to the other: a district half as large, or whose offences doubled
    while the place's stood still, is 0.69 away. It uses nothing of the time after the start.

    Parameters
    ----------
    earlier, later
        Offences by district in the last year but one, and in the last, before the measure.
    treated
        The same two counts of the place itself.

    Returns
    -------
    DataFrame
        Index of ``earlier``, nearest first: ``level`` (offences a year), ``change`` (per cent,
        NaN where the earlier year had none), ``distance``. Districts without offences in either
        year are left out.

    Examples
    --------
    >>> found = rank_controls(
    ...     pd.Series({"a": 100, "b": 50, "c": 50}), pd.Series({"a": 100, "b": 100, "c": 52}),
    ...     (50, 50))
    >>> list(found.index), float(found.loc["a", "distance"].round(2))
    (['c', 'a', 'b'], 0.69)
    """
    table = pd.DataFrame({"earlier": earlier, "later": later}).astype("float64")
    table = table[table.sum(axis=1) > 0]
    level, change = _logs(table["earlier"], table["later"])
    own_level, own_change = _logs(*treated)
    found = pd.DataFrame(
        {
            "level": (table["earlier"] + table["later"]) / 2,
            "change": 100 * (table["later"] / table["earlier"].replace(0, np.nan) - 1),
            "distance": abs(level - own_level) + abs(change - own_change),
        }
    )
    return found.sort_values("distance", kind="stable")


def _logs(earlier: pd.Series, later: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Logarithm of the level and of the change."""
    return np.log(earlier + later + _HALF), np.log((later + _HALF) / (earlier + _HALF))
