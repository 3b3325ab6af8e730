"""Did a measure work: differences between places with their intervals, and a word for each.

Counts are Poisson here, so a difference of counts has the sum of the counts as its variance. The
normal approximation that this rests on wants a handful of offences in every count.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import stats

from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.actions import EffectVerdict, NoQuotient, Spread

FEWEST = 10
"""Offences, before and after together, below which neither place says anything."""

WORTH_SHOWING = 50.0
"""Drop in per cent that must have been detectable before it may be said that nothing is seen."""

Counts = tuple[float, float]
"""Offences before and after."""


@dataclass(frozen=True)
class Effect:
    """A difference with its uncertainty.

    Attributes
    ----------
    estimate
        Offences more (or, negative, fewer) than the controls would have it, in the after period
        and the treated area's measure.
    se
        Its standard error.
    z
        ``estimate / se``; NaN when there is nothing at all.
    lower, upper
        Limits of the interval.
    """

    estimate: float
    se: float
    z: float
    lower: float
    upper: float


def weighted_displacement_difference(
    treated: Counts,
    control: Counts,
    displacement: Counts = (0, 0),
    displacement_control: Counts = (0, 0),
    time_weights: Counts = (1, 1),
    area_weights: tuple[float, float, float, float] = (1, 1, 1, 1),
    confidence: float = 0.95,
) -> Effect:
    """Difference in differences of counts, the surroundings included.

    (ΔT − ΔC) + (ΔD − ΔDC), its variance the sum of the counts, each divided by its squared weight
    (Wheeler & Ratcliffe 2018, Crime Science 7:11; the weights as in Wheeler's R package ptools). It
    does not say that the measure was the cause, and is wrong where the places would not have
    followed each other.

    Parameters
    ----------
    treated, control, displacement, displacement_control
        Offences before and after in the place of the measure, in one that is like it, round the
        place of the measure, and in one that is like its surroundings.
    time_weights
        Lengths of the periods before and after, in one unit; counts are divided by them.
    area_weights
        Sizes of the places in the order of the parameters; counts are divided by them.
    confidence
        Coverage of the interval, two-sided.

    Raises
    ------
    AnalysisError
        If a count is negative, or a weight is not above 0.

    Examples
    --------
    The example of the article: two hot spots with their surroundings.

    >>> found = weighted_displacement_difference((207, 110), (308, 318), (178, 157), (150, 140))
    >>> found.estimate, round(found.z, 2), round(found.lower), round(found.upper)
    (-118.0, -2.98, -196, -40)
    """
    places = (treated, control, displacement, displacement_control)
    if any(count < 0 for place in places for count in place):
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    for name, weights in (("time_weights", time_weights), ("area_weights", area_weights)):
        if min(weights) <= 0:
            raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name=name, value=min(weights))
    estimate = variance = 0.0
    for sign, size, counts in zip((1, -1, 1, -1), area_weights, places, strict=True):
        for direction, length, count in zip((-1, 1), time_weights, counts, strict=True):
            estimate += sign * direction * count / (length * size)
            variance += count / (length * size) ** 2
    se = math.sqrt(variance)
    reach = float(stats.norm.ppf(0.5 + confidence / 2)) * se
    z = estimate / se if se else math.nan
    return Effect(estimate, se, z, estimate - reach, estimate + reach)


def weighted_displacement_quotient(
    treated: Counts, buffer: Counts, control: Counts
) -> float | NoQuotient:
    """How much of a success the surroundings shared or took back.

    (B₁/C₁ − B₀/C₀) / (A₁/C₁ − A₀/C₀), A the treated place, B its surroundings, C the control
    (Bowers & Johnson 2003, Journal of Quantitative Criminology 19, 275–301). Above 0 the
    surroundings gained too, below 0 some of it moved there, below −1 more than was gained. It has
    no interval and is nothing but the ratio of two uncertain numbers.

    Parameters
    ----------
    treated, buffer, control
        Offences before and after.

    Returns
    -------
    float or NoQuotient
        The reason where there is no success to share.

    Examples
    --------
    >>> weighted_displacement_quotient((100, 50), (100, 75), (200, 200))
    0.5
    >>> weighted_displacement_quotient((100, 120), (100, 90), (200, 200)).value
    'no_success'
    """
    if min(control) <= 0:
        return NoQuotient.NO_CONTROL
    success = treated[1] / control[1] - treated[0] / control[0]
    if success >= 0:
        return NoQuotient.NO_SUCCESS
    return (buffer[1] / control[1] - buffer[0] / control[0]) / success


def minimum_detectable_change(
    counts_before: float | Sequence[float], confidence: float = 0.95
) -> float:
    """Drop in per cent that the interval could show, if the control stays as it is.

    The d that solves d·T = z·√(2T − d·T + 2C): the difference just reaches the interval's edge. A
    measure that lowers the offences exactly so much is shown to have done so every other time.

    Parameters
    ----------
    counts_before
        Offences in the treated place in the period before, then the variance that each control
        brings: its count divided by its squared weight.
    confidence
        Coverage of the interval, two-sided.

    Returns
    -------
    float
        Per cent; above 100 no drop could be shown, infinite when nothing happened before.

    Examples
    --------
    >>> round(minimum_detectable_change((100, 100)), 1), minimum_detectable_change((5, 5)) > 100
    (37.3, True)
    """
    counts = [counts_before] if isinstance(counts_before, (int, float)) else list(counts_before)
    if min(counts) < 0:
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    treated, controls = counts[0], sum(counts[1:])
    if treated == 0:
        return math.inf
    squared = float(stats.norm.ppf(0.5 + confidence / 2)) ** 2
    root = math.sqrt(squared**2 + 8 * squared * (treated + controls))
    return 100 * (root - squared) / (2 * treated)


def verdict(
    effect: Effect, fewest: float, detectable: float, follows: bool = True
) -> EffectVerdict:
    """The word for an effect.

    Clear when the 95 % interval keeps to one side of 0, signs when the 80 % interval does, and
    nothing shown only where a halving could have been; else it cannot be judged.

    Parameters
    ----------
    effect
        Of the place itself, with its 95 % interval.
    fewest
        The smaller of the treated and the control place's offences, before and after together.
    detectable
        As :func:`minimum_detectable_change` gives it.
    follows
        Whether the places followed each other before the measure.

    Examples
    --------
    >>> fell = weighted_displacement_difference((207, 110), (308, 318))
    >>> verdict(fell, 317, 26.0).value
    'tydlig_minskning'
    """
    if fewest < FEWEST or not follows or math.isnan(effect.z):
        return EffectVerdict.NOT_ASSESSABLE
    fell = effect.z < 0
    if abs(effect.z) > stats.norm.ppf(0.975):
        return EffectVerdict.CLEAR_DECREASE if fell else EffectVerdict.CLEAR_INCREASE
    if abs(effect.z) > stats.norm.ppf(0.9):
        return EffectVerdict.SIGNS_OF_DECREASE if fell else EffectVerdict.SIGNS_OF_INCREASE
    if detectable > WORTH_SHOWING:
        return EffectVerdict.NOT_ASSESSABLE
    return EffectVerdict.NO_CHANGE


def spread(surroundings: Effect, fewest: float) -> Spread:
    """What happened round the place: displaced, diffused, or neither shown.

    Parameters
    ----------
    surroundings
        Difference of the surroundings to their control, with its interval.
    fewest
        The smaller of the two places' offences, before and after together.
    """
    if fewest < FEWEST:
        return Spread.NOT_ASSESSABLE
    if surroundings.lower > 0:
        return Spread.DISPLACEMENT
    return Spread.DIFFUSION if surroundings.upper < 0 else Spread.NONE_SHOWN


def months_needed(
    per_month: float,
    control_per_month: float,
    drop: float,
    confidence: float = 0.95,
    most: int = 60,
) -> int | None:
    """Months after the start until a drop could be shown, in whole years' steps of 12.

    Parameters
    ----------
    per_month
        Offences a month in the treated place before.
    control_per_month
        Variance a month that the control brings.
    drop
        In per cent.
    confidence
        Coverage of the interval.
    most
        Longest follow-up that is thought of.

    Returns
    -------
    int or None
        None when not even ``most`` months would do.

    Examples
    --------
    >>> months_needed(10, 10, 30), months_needed(0.1, 0.1, 30)
    (24, None)
    """
    for months in range(12, most + 1, 12):
        counts = (per_month * months, control_per_month * months)
        if minimum_detectable_change(counts, confidence) <= drop:
            return months
    return None
