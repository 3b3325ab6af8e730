"""Classes and colours: values to class numbers, with limits that read well."""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import mapclassify
import matplotlib
import numpy as np
import pandas as pd
from matplotlib.colors import to_hex

from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms import verdicts
from trygghetskarta.terms.map_classes import HIDDEN, MISSING, UNDECIDED, ZERO
from trygghetskarta.terms.verdicts import Verdict

SMALLEST_K, LARGEST_K = 2, 7


def _head_tail(values: np.ndarray, k: int) -> list[float]:
    """The mean, the mean of what is above it, and so on (Jiang 2013); at most ``k`` classes."""
    bins = mapclassify.HeadTailBreaks(values).bins
    return [*bins[: k - 1], bins[-1]]


_SCHEMES = {
    "quantiles": lambda values, k: mapclassify.Quantiles(values, k=k).bins,
    "equal_interval": lambda values, k: mapclassify.EqualInterval(values, k=k).bins,
    "natural_breaks": lambda values, k: mapclassify.FisherJenks(values, k=k).bins,
    "head_tail": _head_tail,
}
_CHANGE_STEPS: dict[int, tuple[float, ...]] = {1: (), 2: (25.0,), 3: (25.0, 50.0)}
"""Limits in percent between the classes on each side: the same for every map and year."""
_RAMPS = ("YlOrBr", "Blues", "Purples", "PuOr")


@dataclass(frozen=True, eq=False)
class Classified:
    """Class numbers and what they mean.

    Attributes
    ----------
    class_number
        Int8 Series by area code: 0 and up for classes, the negative constants for the rest.
    breaks
        Upper limit of each class, included in it.
    lower
        Lower limit of each class, not included except in the first.
    counts
        Areas in each class.
    scheme
        How the limits were found.
    """

    class_number: pd.Series
    breaks: tuple[float, ...]
    lower: tuple[float, ...]
    counts: tuple[int, ...]
    scheme: str


def classify(
    values: pd.Series,
    scheme: str = "quantiles",
    k: int = 5,
    pooled_with: pd.Series | None = None,
    hidden: pd.Series | None = None,
) -> Classified:
    """Put values into classes with limits rounded outward to readable numbers.

    Classes say which values are alike among those shown; they are no grades.

    Parameters
    ----------
    values
        Index area_code; missing values get the class ``MISSING``, zeros ``ZERO``.
    scheme
        ``quantiles``, ``equal_interval``, ``natural_breaks`` or ``head_tail`` (mapclassify).
        The last is for what gathers in few places: its upper classes hold the few that stand out
        (Jiang 2013, The Professional Geographer 65, 482–494).
    k
        Most classes wanted, 2 to 7; equal limits are merged, so there may be fewer.
    pooled_with
        Values of another period that must share the limits.
    hidden
        True where the figure may not be shown; such values take no part in the limits.

    Raises
    ------
    AnalysisError
        If the scheme or ``k`` is not one of these, or a value is negative.

    Examples
    --------
    >>> made = classify(pd.Series([0.0, 10.0, 20.0, 30.0, 40.0]), k=2)
    >>> made.breaks, made.class_number.tolist()
    ((25.0, 40.0), [-1, 0, 0, 1, 1])
    """
    if scheme not in _SCHEMES:
        raise AnalysisError(AnalysisCause.SCHEME_UNKNOWN, scheme=scheme)
    if not SMALLEST_K <= k <= LARGEST_K:
        raise AnalysisError(AnalysisCause.CLASS_NUMBER, k=k)
    covered = _covered(values, hidden)
    known = values[~covered & values.notna()].to_numpy(dtype=float)
    if pooled_with is not None:
        known = np.concatenate([known, pooled_with.dropna().to_numpy(dtype=float)])
    if (known < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    breaks = _breaks(known[known > 0], scheme, k)
    return classify_fixed(values, breaks, hidden, scheme, pooled_with)


def classify_fixed(
    values: pd.Series,
    breaks: Sequence[float],
    hidden: pd.Series | None = None,
    scheme: str = "fixed",
    pooled_with: pd.Series | None = None,
) -> Classified:
    """Put values into classes with given upper limits; values above the last go in the last.

    Parameters
    ----------
    values, hidden, pooled_with
        As in :func:`classify`; the first class begins low enough for both periods.
    breaks
        Upper limits, rising; may be empty.
    scheme
        How they were found.

    Raises
    ------
    AnalysisError
        If the limits do not rise.
    """
    limits = np.asarray(breaks, dtype=float)
    if (np.diff(limits) <= 0).any():
        raise AnalysisError(AnalysisCause.BREAKS_UNORDERED)
    numbers = np.full(len(values), MISSING, dtype=np.int8)
    plain = values.to_numpy(dtype=float, na_value=np.nan)
    known = np.isfinite(plain)
    numbers[known & (plain == 0)] = ZERO
    positive = known & (plain != 0)
    if len(limits):
        place = np.searchsorted(limits, plain[positive], side="left")
        numbers[positive] = np.minimum(place, len(limits) - 1)
    numbers[_covered(values, hidden).to_numpy()] = HIDDEN
    seen = plain[positive]
    if pooled_with is not None:
        other = pooled_with.to_numpy(dtype=float, na_value=np.nan)
        seen = np.concatenate([seen, other[np.isfinite(other) & (other != 0)]])
    lowest = math.floor(seen.min()) if len(seen) and len(limits) else 0.0
    lower = (min(float(lowest), *limits.tolist()[:1]), *limits[:-1].tolist()) if len(limits) else ()
    return _classified(values.index, numbers, tuple(limits.tolist()), tuple(lower), scheme)


def classify_change(
    percent: pd.Series,
    verdict: pd.Series,
    k: int = 5,
    hidden: pd.Series | None = None,
) -> Classified:
    """Put changes into a diverging scale, symmetric round 0.

    The middle class is every area without a clear change, whatever its percentage; an area whose
    change is clear is never in it. An increase from 0 has no percentage and takes the top class.

    Parameters
    ----------
    percent
        Change in percent; index area_code.
    verdict
        :class:`Verdict` values; missing gives ``MISSING``, what cannot be told ``UNDECIDED``.
    k
        Odd number of classes, 3, 5 or 7.
    hidden
        True where the change may not be shown.

    Raises
    ------
    AnalysisError
        If ``k`` is not 3, 5 or 7.
    """
    if k not in (3, 5, 7):
        raise AnalysisError(AnalysisCause.CLASS_NUMBER, k=k)
    covered = _covered(percent, hidden).to_numpy()
    words = verdict.reindex(percent.index).to_numpy(dtype=object)
    change = percent.to_numpy(dtype=float, na_value=np.nan)
    clear = np.isin(words, [Verdict.INCREASE.value, Verdict.DECREASE.value]) & ~covered
    sides = k // 2
    steps = np.array(_CHANGE_STEPS[sides])
    size = np.where(np.isfinite(change), np.abs(change), np.inf)
    step = 1 + np.searchsorted(steps, size, side="left")
    numbers = np.full(len(percent), MISSING, dtype=np.int8)
    numbers[words == Verdict.NO_CLEAR_CHANGE.value] = sides
    numbers[np.isin(words, [*verdicts.UNDECIDED])] = UNDECIDED
    rising = words == Verdict.INCREASE.value
    numbers[clear] = np.where(rising, sides + step, sides - step)[clear]
    numbers[covered] = HIDDEN
    near, far = [0.0, *steps.tolist()], [*steps.tolist(), math.inf]
    lower = (*[0.0 - end for end in reversed(far)], 0.0, *near)
    breaks = (*[0.0 - end for end in reversed(near)], 0.0, *far)
    return _classified(percent.index, numbers, breaks, lower, "change")


def bivariate_class(
    x: pd.Series, y: pd.Series, x_breaks: Sequence[float], y_breaks: Sequence[float]
) -> pd.Series:
    """Put two measures into a 3 × 3 scale, the limits given so that they are alike every year.

    Parameters
    ----------
    x, y
        Same index.
    x_breaks, y_breaks
        Two rising limits each; a value on a limit belongs below it.

    Returns
    -------
    Series
        ``3 * y class + x class``, 0 to 8; -1 where either is missing.

    Raises
    ------
    AnalysisError
        If the limits are not two rising numbers each.

    Examples
    --------
    >>> bivariate_class(pd.Series([1.0, 9.0]), pd.Series([1.0, 9.0]), (3, 6), (3, 6)).tolist()
    [0, 8]
    """
    for breaks in (x_breaks, y_breaks):
        if len(breaks) != 2 or breaks[0] >= breaks[1]:
            raise AnalysisError(AnalysisCause.BREAKS_UNORDERED)
    column = np.searchsorted(x_breaks, x.to_numpy(dtype=float), side="left")
    row = np.searchsorted(y_breaks, y.to_numpy(dtype=float), side="left")
    known = x.notna().to_numpy() & y.notna().to_numpy()
    numbers = np.where(known, 3 * row + column, -1)
    return pd.Series(numbers.astype(np.int8), index=x.index, name="class_number")


@cache
def ramp(name: str, k: int) -> tuple[str, ...]:
    """Colours of a ColorBrewer ramp, light to dark; ``PuOr`` from decrease to increase.

    Parameters
    ----------
    name
        ``YlOrBr`` (risk), ``Blues`` (risk, before the public), ``Purples`` (perceived safety) or
        ``PuOr`` (change).
    k
        Number of colours; 0 gives none.

    Raises
    ------
    AnalysisError
        If there is no such ramp or too many colours are wanted.
    """
    if name not in _RAMPS:
        raise AnalysisError(AnalysisCause.SCHEME_UNKNOWN, scheme=name)
    if not 0 <= k <= LARGEST_K:
        raise AnalysisError(AnalysisCause.CLASS_NUMBER, k=k)
    scale = matplotlib.colormaps[name]
    if name == "PuOr":
        return tuple(to_hex(scale(1 - place)) for place in np.linspace(0.08, 0.92, k))
    # The palest and the darkest ends are left out: white is for 0, black for borders.
    places = np.linspace(0.12, 0.88, k) if k > 1 else np.array([0.4] * k)
    return tuple(to_hex(scale(place)) for place in places)


def _covered(values: pd.Series, hidden: pd.Series | None) -> pd.Series:
    if hidden is None:
        return pd.Series(False, index=values.index)
    return hidden.reindex(values.index).fillna(False).astype(bool)


def _breaks(values: np.ndarray, scheme: str, k: int) -> tuple[float, ...]:
    distinct = np.unique(values)
    if len(distinct) == 0:
        return ()
    if len(distinct) == 1:
        return (_round_up(distinct[0]),)
    wanted = min(k, len(distinct))
    with warnings.catch_warnings():
        # mapclassify warns when it merges equal limits, which is what is wanted here.
        warnings.simplefilter("ignore")
        found = _SCHEMES[scheme](values, wanted)
    rounded = sorted({_round_up(limit) for limit in found})
    held = np.searchsorted(rounded, values, side="left")
    return tuple(limit for place, limit in enumerate(rounded) if (held == place).any())


def _round_up(value: float) -> float:
    """The next readable number: two significant figures, never below the value."""
    if value <= 0:
        return 0.0
    size = 10.0 ** (math.floor(math.log10(value)) - 1)
    step = max(size, 1.0) if value >= 10 else size
    return round(math.ceil(round(value / step, 9)) * step, 10)


def _classified(
    index: pd.Index,
    numbers: np.ndarray,
    breaks: tuple[float, ...],
    lower: tuple[float, ...],
    scheme: str,
) -> Classified:
    counts = tuple(int((numbers == place).sum()) for place in range(len(breaks)))
    return Classified(
        pd.Series(numbers, index=index, name="class_number"), breaks, lower, counts, scheme
    )
