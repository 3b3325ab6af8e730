"""Numbers per inhabitant, each with its interval."""

import numpy as np
import pandas as pd
from scipy import special, stats
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
        total = exposure.sum()
        mean = events.sum() / total
        spread = (exposure * (events / exposure - mean) ** 2).sum() / total
        variance = max(0.0, spread - mean / exposure.mean())
        # Where there is nothing at all the areas are equal, and no weight is computed.
        weight = variance / (variance + mean / exposure) if mean > 0 else 0.0
        result[usable] = (weight * events / exposure + (1 - weight) * mean) * per
    return pd.Series(result, index=count.index, name="rate")


def empirical_bayes_interval(
    count: pd.Series,
    population: pd.Series,
    per: float = 1000.0,
    years: float = 1.0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Smoothed rate with the limits of its posterior, the prior's own uncertainty included.

    Counts are Poisson, the areas' true rates a gamma distribution of unknown mean and spread
    (Clayton & Kaldor 1987, Biometrics 43, 671–681). Both are integrated out on a grid, with the
    marginal likelihood (negative binomial) as weight: the logarithm of the mean and the squared
    coefficient of variation have flat priors, the latter up to 9. ``rate`` is the posterior mean,
    near :func:`empirical_bayes_rate` where that one's variance is well known; the limits are
    equal-tailed. Of 95 % intervals for fifteen districts of 1 500 to 9 000 inhabitants, at 1 to 100
    offences per 1 000, 94 to 99.7 % held the true rate, whether districts differed or not
    (``benchmarks/rates.py``); for a single district that is unlike all others it is fewer.

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
    [[10.0, 4.9, 16.9], [10.0, 4.9, 16.9]]
    """
    counts, people = _checked(count, population)
    usable = np.isfinite(counts) & (people >= SMALLEST_POPULATION)
    result = np.full((len(counts), 3), np.nan)
    if usable.any():
        events, exposure = counts[usable], people[usable] * years / per
        result[usable] = _posterior(events, exposure, 1 - confidence)
    return pd.DataFrame(result, index=count.index, columns=["rate", "lower", "upper"])


def funnel_class(count: pd.Series, population: pd.Series, overdispersion: bool = True) -> pd.Series:
    """Whether an area's count differs from what areas of the municipality's rate have.

    Limits round the common rate (Spiegelhalter 2005, Statistics in Medicine 24, 1185–1202): exact
    Poisson ones, and where areas differ more than chance lets them, those of the negative binomial
    distribution with the variation between areas that :func:`funnel_variation` finds. An area
    outside them is unlike the others; it does not say why.

    Parameters
    ----------
    count, population
        As in :func:`incidence_rate`.
    overdispersion
        Whether areas may differ in earnest; without it chance alone is the yardstick.

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
    >>> of_chance = funnel_class(pd.Series([10, 10, 100]), pd.Series([1000] * 3), False)
    >>> of_chance.tolist()
    ['outside_998', 'outside_998', 'outside_998']
    """
    counts, people = _checked(count, population)
    usable = np.isfinite(counts) & (people >= SMALLEST_POPULATION)
    result = pd.Series(None, index=count.index, dtype="object", name="funnel")
    if not usable.any():
        return result
    observed, inhabitants = counts[usable], people[usable]
    variation = _variation(observed, inhabitants) if overdispersion else 0.0
    expected = _counts_around(inhabitants * observed.sum() / inhabitants.sum(), variation)
    tail = np.minimum(expected.cdf(observed), expected.sf(observed - 1))
    words = np.where(tail < 0.001, OUTSIDE_998, np.where(tail < 0.025, OUTSIDE_95, WITHIN))
    result[usable] = words
    return result


def funnel_variation(count: pd.Series, population: pd.Series) -> float:
    """Coefficient of variation between the areas' true rates, the most unlike ones held back.

    Spiegelhalter's additive random effect (2005, Statistics in Medicine 24, 1185–1202), as a share
    of the common rate: z-scores winsorised at their 10th and 90th percentile, and the variance
    between areas by the method of moments (DerSimonian & Laird 1986). Winsorised squares are
    divided by what the same does to normal scores; otherwise the variation is told a fifth too
    small, and 11 to 13 % of districts that differ like all others lie outside the 95 % lines.

    Parameters
    ----------
    count, population
        As in :func:`incidence_rate`.

    Returns
    -------
    float
        0 where the areas differ no more than chance lets them, or nothing can be told.

    Raises
    ------
    AnalysisError
        If the lengths differ or a count is negative.

    Examples
    --------
    >>> people = pd.Series([1000] * 4)
    >>> funnel_variation(pd.Series([9, 10, 11, 10]), people)
    0.0
    >>> round(funnel_variation(pd.Series([60, 80, 120, 140]), people), 2)
    0.39
    """
    counts, people = _checked(count, population)
    usable = np.isfinite(counts) & (people >= SMALLEST_POPULATION)
    return _variation(counts[usable], people[usable])


def funnel_limits(
    rate: float, populations: pd.Series, per: float = 1000.0, variation: float = 0.0
) -> pd.DataFrame:
    """Lines of a funnel plot: how far areas of the same rate lie from it.

    The limits that :func:`funnel_class` judges by (Spiegelhalter 2005): a count strictly outside
    ``lower_95`` to ``upper_95`` is ``outside_95``, outside ``lower_998`` to ``upper_998``
    ``outside_998``. They step because counts are whole numbers. They do not tell a good area from a
    bad one.

    Parameters
    ----------
    rate
        The municipality's rate, offences per ``per`` inhabitants in the period.
    populations
        Inhabitants to draw the lines for; missing or below ``SMALLEST_POPULATION`` gives missing
        limits.
    per
        Inhabitants that the rate is told for.
    variation
        Between the areas' true rates, as :func:`funnel_variation` gives it; 0 is chance alone.

    Returns
    -------
    DataFrame
        Index of ``populations``; columns ``population``, ``lower_95``, ``upper_95``,
        ``lower_998``, ``upper_998``, the last four per ``per`` inhabitants.

    Raises
    ------
    AnalysisError
        If the rate or the variation is negative or not a number.

    Examples
    --------
    >>> funnel_limits(10, pd.Series([1000]))[["lower_95", "upper_95"]].to_numpy().tolist()
    [[4.0, 17.0]]
    """
    for name, value in (("rate", rate), ("variation", variation)):
        if not value >= 0:
            raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name=name, value=value)
    people = populations.to_numpy(dtype="float64", na_value=np.nan)
    usable = people >= SMALLEST_POPULATION
    inhabitants = people[usable]
    expected = _counts_around(inhabitants * rate / per, variation)
    table = {"population": people}
    for word, tail in (("95", 0.025), ("998", 0.001)):
        for side, share in (("lower", tail), ("upper", 1 - tail)):
            line = np.full(len(people), np.nan)
            line[usable] = expected.ppf(share) / inhabitants * per
            table[f"{side}_{word}"] = line
    return pd.DataFrame(table, index=populations.index)


def _counts_around(expected: np.ndarray, variation: float) -> stats.distributions.rv_frozen:
    """Distribution of counts in areas whose true rates vary by a coefficient of variation."""
    if variation == 0:
        return stats.poisson(expected)
    shape = variation**-2
    return stats.nbinom(shape, shape / (shape + expected))


def _variation(counts: np.ndarray, people: np.ndarray) -> float:
    areas, total = len(counts), counts.sum()
    if areas < 2 or total == 0:
        return 0.0
    # Deviations and their variances as shares of the common rate.
    expected = people * total / people.sum()
    z = (counts - expected) / np.sqrt(expected)
    # Held back, normal scores would spread less too: what they lose is given back.
    normal = stats.norm.ppf((np.arange(areas) + 0.5) / areas)
    kept = (_winsorised(normal) ** 2).sum() / (normal**2).sum()
    excess = (_winsorised(z) ** 2).sum() / kept - (areas - 1)
    between = excess / (expected.sum() - (expected**2).sum() / expected.sum())
    return float(np.sqrt(max(0.0, between)))


def _posterior(events: np.ndarray, exposure: np.ndarray, alpha: float) -> np.ndarray:
    """Mean, lower and upper limit of each area's rate."""
    if not events.any():
        # Nothing tells how unlike the areas are: each has its own limit.
        upper = stats.chi2.ppf(1 - alpha / 2, 2) / 2 / exposure
        return np.column_stack([np.zeros((len(events), 2)), upper])
    weight, prior_shape, prior_rate = _integrated_prior(events, exposure)
    shape, rate = prior_shape + events[:, None], prior_rate + exposure[:, None]
    mean = (shape / rate) @ weight
    square = (shape * (shape + 1) / rate**2) @ weight
    spread = np.sqrt(np.maximum(square - mean**2, 0.0))

    def limit(tail: float) -> np.ndarray:
        low, high = np.zeros_like(mean), mean + 12 * spread
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            is_below = special.gammainc(shape, middle[:, None] * rate) @ weight < tail
            low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
        return (low + high) / 2

    lower, upper = limit(alpha / 2), limit(1 - alpha / 2)
    # Beside much larger areas a posterior can be skewed past its own limit.
    return np.column_stack([mean, np.minimum(lower, mean), np.maximum(upper, mean)])


_VARIATIONS = np.geomspace(0.03, 3.0, 24)
"""Coefficients of variation of the true rates; the lowest stands for areas that are all alike."""
_MEANS = np.linspace(-4.5, 4.5, 19)
"""The logarithm of the mean, in standard errors round the common rate."""
_HALVINGS = 22


def _integrated_prior(
    events: np.ndarray, exposure: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights, shapes and rates of the gamma priors that the counts leave likely."""
    error = np.sqrt(1 / events.sum() + _VARIATIONS**2 / len(events))
    mean = events.sum() / exposure.sum() * np.exp(np.outer(error, _MEANS))
    shape = np.broadcast_to(_VARIATIONS[:, None] ** -2, mean.shape).ravel()
    rate = shape / mean.ravel()
    likelihood = (
        special.gammaln(events[:, None] + shape)
        - special.gammaln(shape)
        - shape * np.log1p(exposure[:, None] / rate)
        - events[:, None] * np.log1p(rate / exposure[:, None])
    ).sum(axis=0)
    # Steps of the grid: of the squared coefficient, and of the logarithm of the mean.
    step = error * np.gradient(_VARIATIONS) * _VARIATIONS
    log_weight = likelihood + np.log(np.repeat(step, len(_MEANS)))
    weight = np.exp(log_weight - log_weight.max())
    likely = weight > 1e-5 * weight.sum()
    return weight[likely] / weight[likely].sum(), shape[likely], rate[likely]


def _winsorised(z: np.ndarray) -> np.ndarray:
    """Values beyond the 10th and 90th percentile set to these."""
    return np.clip(z, *np.quantile(z, [0.1, 0.9]))


def _checked(count: pd.Series, population: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    if len(count) != len(population):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(count), right=len(population))
    counts = count.to_numpy(dtype="float64", na_value=np.nan)
    if (counts < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    people = population.to_numpy(dtype="float64", na_value=np.nan)
    return counts, np.where(np.isnan(people), 0.0, people)
