"""Numbers per inhabitant, each with its interval."""

import numpy as np
import pandas as pd
from esda.smoothing import Empirical_Bayes
from scipy import stats
from statsmodels.stats.rates import confint_poisson

from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.verdicts import OUTSIDE_95, OUTSIDE_998, WITHIN

SMALLEST_POPULATION = 50
"""Fewer inhabitants than this give no rate."""


def incidence_rate(
    count: pd.Series,
    population: pd.Series,
    per: float = 1000.0,
    years: float = 1.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Rate per inhabitant with exact Poisson limits (Garwood 1936).

    It says nothing of the risk of those who visit without living there, nor of offences that
    nobody reports.

    Parameters
    ----------
    count
        Offences, 0 or more; missing gives a missing rate.
    population
        Inhabitants; missing or below ``SMALLEST_POPULATION`` gives a missing rate.
    per
        Inhabitants that the rate is told for.
    years
        Length of the period, for a rate per year.
    confidence
        Coverage of the limits, two-sided.

    Returns
    -------
    DataFrame
        Index of ``count``; columns ``rate``, ``lower``, ``upper``, offences per ``per``
        inhabitants and year.

    Raises
    ------
    AnalysisError
        If the lengths differ or a count is negative.

    Examples
    --------
    >>> incidence_rate(pd.Series([0, 5]), pd.Series([1000, 1000])).round(2).to_numpy().tolist()
    [[0.0, 0.0, 3.69], [5.0, 1.62, 11.67]]
    """
    counts, people = _checked(count, population)
    usable = np.isfinite(counts) & (people >= SMALLEST_POPULATION)
    result = np.full((len(counts), 3), np.nan)
    if usable.any():
        exposure = people[usable] * years / per
        lower, upper = confint_poisson(
            counts[usable], exposure, method="exact-c", alpha=1 - confidence
        )
        # The library leaves the lower limit of 0 events undefined; Garwood's is 0.
        lower = np.where(counts[usable] == 0, 0.0, lower)
        result[usable] = np.column_stack([counts[usable] / exposure, lower, upper])
    return pd.DataFrame(result, index=count.index, columns=["rate", "lower", "upper"])


def empirical_bayes_rate(count: pd.Series, population: pd.Series, per: float = 1000.0) -> pd.Series:
    """Rate per inhabitant, drawn towards the common rate the more the fewer live there.

    Global empirical Bayes (Marshall 1991, Applied Statistics 40, 283–294):
    ``w r + (1 − w) m`` with ``w = a / (a + m / N)`` and ``a = max(0, s² − m / N̄)``. It is no
    prediction: it only takes away jumps that chance alone would give.

    Parameters
    ----------
    count, population, per
        As in :func:`incidence_rate`.

    Returns
    -------
    Series
        Index of ``count``; missing where the rate is.

    Raises
    ------
    AnalysisError
        If the lengths differ or a count is negative.

    Examples
    --------
    >>> empirical_bayes_rate(pd.Series([10, 10]), pd.Series([1000, 1000])).tolist()
    [10.0, 10.0]
    """
    counts, people = _checked(count, population)
    usable = np.isfinite(counts) & (people >= SMALLEST_POPULATION)
    result = np.full(len(counts), np.nan)
    if usable.any():
        events, exposure = counts[usable], people[usable]
        mean, variance = _prior(events, exposure)
        # esda does not cut the variance at 0, so the equal areas are answered here.
        smoothed = Empirical_Bayes(events, exposure).r.ravel() if variance > 0 else mean
        result[usable] = smoothed * per
    return pd.Series(result, index=count.index, name="rate")


def empirical_bayes_interval(
    count: pd.Series,
    population: pd.Series,
    per: float = 1000.0,
    years: float = 1.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Smoothed rate with the limits of its gamma posterior.

    The prior is a gamma distribution with Marshall's moments (mean ``m``, variance ``a``), so that
    the posterior mean is exactly :func:`empirical_bayes_rate` (Clayton & Kaldor 1987, Biometrics
    43, 671–681). Where ``a`` is 0 the areas do not differ more than chance, every rate is the
    common one, and the limits are that rate's exact Poisson limits. The limits do not include the
    uncertainty of the prior itself. Where an area is so small beside the others that its posterior
    is skewed past its own limit, the limit is widened to the rate: an interval that leaves out its
    own figure can be read by nobody.

    Parameters
    ----------
    count, population, per, years, confidence
        As in :func:`incidence_rate`.

    Returns
    -------
    DataFrame
        Index of ``count``; columns ``rate``, ``lower``, ``upper``.

    Raises
    ------
    AnalysisError
        If the lengths differ or a count is negative.

    Examples
    --------
    >>> two = empirical_bayes_interval(pd.Series([10, 10]), pd.Series([1000, 1000]))
    >>> two.round(1).to_numpy().tolist()
    [[10.0, 6.1, 15.4], [10.0, 6.1, 15.4]]
    """
    counts, people = _checked(count, population)
    usable = np.isfinite(counts) & (people >= SMALLEST_POPULATION)
    result = np.full((len(counts), 3), np.nan)
    if usable.any():
        events, exposure = counts[usable], people[usable] * years / per
        result[usable] = _posterior(events, exposure, 1 - confidence)
    return pd.DataFrame(result, index=count.index, columns=["rate", "lower", "upper"])


def funnel_class(count: pd.Series, population: pd.Series) -> pd.Series:
    """Whether an area's count differs from what the municipality's rate would give it.

    Exact Poisson limits round the common rate (Spiegelhalter 2005, Statistics in Medicine 24,
    1185–1202). An area outside them is unlike the others; it does not say why.

    Parameters
    ----------
    count, population
        As in :func:`incidence_rate`.

    Returns
    -------
    Series
        Index of ``count``; ``within``, ``outside_95`` or ``outside_998``, missing where there is
        no rate.

    Raises
    ------
    AnalysisError
        If the lengths differ or a count is negative.

    Examples
    --------
    >>> funnel_class(pd.Series([10, 10, 100]), pd.Series([1000, 1000, 1000])).tolist()
    ['outside_998', 'outside_998', 'outside_998']
    """
    counts, people = _checked(count, population)
    usable = np.isfinite(counts) & (people >= SMALLEST_POPULATION)
    result = pd.Series(None, index=count.index, dtype="object", name="funnel")
    if not usable.any():
        return result
    expected = people[usable] * counts[usable].sum() / people[usable].sum()
    observed = counts[usable]
    tail = np.minimum(
        stats.poisson.cdf(observed, expected), stats.poisson.sf(observed - 1, expected)
    )
    words = np.where(tail < 0.001, OUTSIDE_998, np.where(tail < 0.025, OUTSIDE_95, WITHIN))
    result[usable] = words
    return result


def funnel_limits(rate: float, populations: pd.Series, per: float = 1000.0) -> pd.DataFrame:
    """Lines of a funnel plot: what chance alone would give areas of the same rate.

    The exact Poisson limits that :func:`funnel_class` judges by (Spiegelhalter 2005): a count
    strictly outside ``lower_95`` to ``upper_95`` is ``outside_95``, outside ``lower_998`` to
    ``upper_998`` ``outside_998``. They step because counts are whole numbers. They do not tell a
    good area from a bad one.

    Parameters
    ----------
    rate
        The municipality's rate, offences per ``per`` inhabitants in the period.
    populations
        Inhabitants to draw the lines for; missing or below ``SMALLEST_POPULATION`` gives missing
        limits.
    per
        Inhabitants that the rate is told for.

    Returns
    -------
    DataFrame
        Index of ``populations``; columns ``population``, ``lower_95``, ``upper_95``,
        ``lower_998``, ``upper_998``, the last four per ``per`` inhabitants.

    Raises
    ------
    AnalysisError
        If the rate is negative or not a number.

    Examples
    --------
    >>> funnel_limits(10, pd.Series([1000]))[["lower_95", "upper_95"]].to_numpy().tolist()
    [[4.0, 17.0]]
    """
    if not rate >= 0:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="rate", value=rate)
    people = populations.to_numpy(dtype="float64", na_value=np.nan)
    usable = people >= SMALLEST_POPULATION
    inhabitants = people[usable]
    table = {"population": people}
    for word, tail in (("95", 0.025), ("998", 0.001)):
        for side, share in (("lower", tail), ("upper", 1 - tail)):
            line = np.full(len(people), np.nan)
            line[usable] = stats.poisson.ppf(share, inhabitants * rate / per) / inhabitants * per
            table[f"{side}_{word}"] = line
    return pd.DataFrame(table, index=populations.index)


def _posterior(events: np.ndarray, exposure: np.ndarray, alpha: float) -> np.ndarray:
    mean, variance = _prior(events, exposure)
    if variance == 0:
        lower, upper = confint_poisson(events.sum(), exposure.sum(), method="exact-c", alpha=alpha)
        lower = 0.0 if mean == 0 else float(lower)
        return np.tile([mean, lower, float(upper)], (len(events), 1))
    shape = mean**2 / variance + events
    rate = mean / variance + exposure
    middle = shape / rate
    lower = stats.gamma.ppf(alpha / 2, shape, scale=1 / rate)
    upper = stats.gamma.ppf(1 - alpha / 2, shape, scale=1 / rate)
    return np.column_stack([middle, np.minimum(lower, middle), np.maximum(upper, middle)])


def _prior(events: np.ndarray, exposure: np.ndarray) -> tuple[float, float]:
    """Marshall's mean and variance of the areas' true rates; the variance is never negative."""
    total = exposure.sum()
    mean = events.sum() / total
    spread = (exposure * (events / exposure - mean) ** 2).sum() / total
    return mean, max(0.0, spread - mean / exposure.mean())


def _checked(count: pd.Series, population: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    if len(count) != len(population):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(count), right=len(population))
    counts = count.to_numpy(dtype="float64", na_value=np.nan)
    if (counts < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    people = population.to_numpy(dtype="float64", na_value=np.nan)
    return counts, np.where(np.isnan(people), 0.0, people)
