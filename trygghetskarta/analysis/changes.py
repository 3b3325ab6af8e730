"""The one place where changes are judged: by history, what lacks a place, and all tested."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghetskarta.analysis.comparison import (
    ENOUGH,
    FEWEST,
    compare_counts,
    discoveries,
    score_test,
)
from trygghetskarta.analysis.dispersion import dispersion
from trygghetskarta.terms.verdicts import Verdict

MOST_UNPLACED = 0.2
"""Share without a place, in either period, above which no area's change is judged."""

SHORT = 3
"""Months up to which a period is too short for small counts, and more discoveries may be false."""

LIMITS = ("p_value", "percent_lower", "percent_upper")
"""What depends on where the offences without a place belong."""

_A_MONTH = 40
"""Offences a month below which a short period cannot tell that nothing has changed."""
_RATE, _RATE_OF_SHORT = 0.05, 0.10
"""Share of false discoveries that is allowed."""
_CONFIDENCE = 0.95
_LEAST, _MOST = 0.5, 2.0
"""An area's share of what lacks a place, in shares of what has one."""
_CLEAR = (Verdict.INCREASE.value, Verdict.DECREASE.value)
_UNTESTED = (Verdict.SHORT_HISTORY.value, Verdict.UNPLACED.value)


@dataclass(frozen=True, eq=False)
class Evidence:
    """What changes of the areas of one level are judged by.

    Attributes
    ----------
    monthly
        Offences per month, index the months' first days, columns the areas' codes; missing in
        months that are not covered. Without the later period where the history allows it.
    length
        Months in the longer of the two periods.
    gap
        Months between their starts.
    located, unplaced
        Offences with and without an area at the level, in the earlier and the later period.
    """

    monthly: pd.DataFrame
    length: int
    gap: int
    located: tuple[float, float] = (0.0, 0.0)
    unplaced: tuple[float, float] = (0.0, 0.0)

    @property
    def shares(self) -> tuple[float, float]:
        """Share without a place in the earlier and the later period, 0 where there is nothing."""
        pairs = zip(self.located, self.unplaced, strict=True)
        first, second = (lack / (lack + held) if lack else 0.0 for held, lack in pairs)
        return first, second


def judge(
    before: pd.Series, after: pd.Series, days: tuple[int, int], evidence: Evidence
) -> pd.DataFrame:
    """Compare the counts of two periods, and say what may be said of each area's change.

    Parameters
    ----------
    before, after
        Offences, same index: the columns of the evidence.
    days
        Lengths of the two periods.
    evidence
        The history, and what lacks a place.

    Returns
    -------
    DataFrame
        As :func:`trygghetskarta.analysis.comparison.compare_counts` gives it. The interval and the
        p-value hold wherever the offences without a place belong, see :func:`bounds`. ``increase``
        and ``decrease`` only where the p-value is a discovery among those of all areas;
        ``unplaced`` where too many lack a place.
    """
    size = dispersion(evidence.monthly, evidence.length, evidence.gap).reindex(before.index)
    known = size["dispersion"].notna()
    told = compare_counts(
        before, after, *days, dispersion=size["dispersion"], degrees=size["degrees"]
    )
    if any(evidence.unplaced):
        wide = bounds(before, after, days, evidence, size).where(known, told[list(LIMITS)])
        told = told.assign(**wide)
    verdict, total = told["verdict"].copy(), before + after
    few = total < ENOUGH * size["dispersion"]
    if evidence.length <= SHORT:
        few |= total < _A_MONTH * 2 * evidence.length
    rate = _RATE_OF_SHORT if evidence.length <= SHORT else _RATE
    tested = told["p_value"].where(known & (total >= FEWEST))
    chance = verdict.isin(_CLEAR) & ~discoveries(tested, rate)
    undecided = chance | (verdict == Verdict.NO_CLEAR_CHANGE.value)
    verdict[undecided] = np.where(few, Verdict.TOO_FEW.value, Verdict.NO_CLEAR_CHANGE.value)[
        undecided
    ]
    if max(evidence.shares) > MOST_UNPLACED:
        verdict[known & (total >= FEWEST)] = Verdict.UNPLACED.value
    return told.assign(verdict=verdict)


def tested(table: pd.DataFrame) -> pd.Series:
    """Give the p-values of those areas whose changes were tested.

    Parameters
    ----------
    table
        As :func:`judge` gives it, with ``count`` and ``previous``.
    """
    if "verdict" not in table:
        return pd.Series(dtype="float64")
    judged = table["verdict"].notna() & ~table["verdict"].isin(_UNTESTED)
    return table.loc[judged & (table["count"] + table["previous"] >= FEWEST), "p_value"].dropna()


def stand_by(table: pd.DataFrame, chance: Collection[str]) -> pd.DataFrame:
    """Take back the verdicts of areas whose change may be chance among everything tested.

    Parameters
    ----------
    table
        With ``verdict``; it is not changed.
    chance
        Codes of the areas.
    """
    verdict = table["verdict"].copy()
    back = verdict.index.isin([*chance]) & verdict.isin(_CLEAR)
    return table.assign(verdict=verdict.mask(back, Verdict.NO_CLEAR_CHANGE.value))


def bounds(
    before: pd.Series,
    after: pd.Series,
    days: tuple[int, int],
    evidence: Evidence,
    size: pd.DataFrame,
) -> pd.DataFrame:
    """Bound changes wherever the offences without a place belong.

    An area may hold between half and twice its share of them, in each period by itself (Manski
    2003); the limits and the p-value cover what lies between as Imbens & Manski (2004,
    Econometrica 72, 1845–1857) do: two-sided at its share, one-sided at both ends.

    Parameters
    ----------
    before, after, days, evidence
        As in :func:`judge`.
    size
        As :func:`trygghetskarta.analysis.dispersion.dispersion` gives it, same index.

    Returns
    -------
    DataFrame
        Index of ``before``: ``p_value``, ``percent_lower``, ``percent_upper``; the limits are
        missing where ``before`` is 0.
    """
    pairs = zip(evidence.unplaced, evidence.located, strict=True)
    first, second = (lack / held if held else 0.0 for lack, held in pairs)

    def at(old: float, new: float, confidence: float) -> tuple[pd.Series, pd.DataFrame]:
        told = before * (1 + old * first), after * (1 + new * second)
        moved = np.sign(told[1] / days[1] - told[0] / days[0])
        return moved, score_test(*told, days, size["dispersion"], size["degrees"], confidence)

    (direction, middle), low, high = (
        at(1, 1, _CONFIDENCE),
        at(_MOST, _LEAST, 2 * _CONFIDENCE - 1),
        at(_LEAST, _MOST, 2 * _CONFIDENCE - 1),
    )
    one_sided = [
        (end["p_value"] / 2).where(moved == direction, 1 - end["p_value"] / 2)
        for moved, end in (low, high)
    ]
    return pd.DataFrame(
        {
            "p_value": np.maximum(middle["p_value"], np.maximum(*one_sided)),
            "percent_lower": np.minimum(middle["percent_lower"], low[1]["percent_lower"]),
            "percent_upper": np.maximum(middle["percent_upper"], high[1]["percent_upper"]),
        }
    ).assign(
        **{
            name: lambda table, name=name: table[name].mask(before == 0)
            for name in ("percent_lower", "percent_upper")
        }
    )
