"""How much more monthly counts vary than chance has them, and for how long it lasts."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FEWEST_MONTHS = 24
"""Months a history must hold when several areas are judged together."""
FEWEST_ALONE = 30
"""Months a history must hold when fewer than ``FEWEST_POOLED`` areas lend each other strength."""
FEWEST_POOLED = 5
LEAST_CORRELATION = 0.6
"""Autocorrelation that fewer series are given at least: their own estimate is uncertain."""

_SPARSE = 0.5
"""Offences a month below which an area tells nothing of the others' dispersion."""
_LEAST_OF_ONE = 0.5
"""The same of a trend's own series, which is judged against itself alone."""
_FEWEST_DEGREES = 8
"""Degrees of freedom below which an area's own residuals tell nothing."""
_EXCESS = 0.1
"""Share by which the areas together must vary beyond chance before autocorrelation is asked for."""
_CORRELATIONS = np.linspace(0, 0.9, 91)
_STEPS = 50


def dispersion(monthly: pd.DataFrame, length: int, gap: int) -> pd.DataFrame:
    """Estimate the dispersion of the difference between two periods' counts.

    A Poisson regression with a factor for each calendar month and a polynomial for the level gives
    each area's Pearson residuals; their squares and lagged products, pooled over the areas, tell
    the variance beyond chance and its autocorrelation (moments, residuals' projector taken into
    account). Of that variance a share f does not cancel between two periods of ``length`` months
    whose starts lie ``gap`` months apart: φ = 1 + max(own, pooled) · f. Fewer series
    than ``FEWEST_POOLED`` are given an autocorrelation of at least ``LEAST_CORRELATION``.

    Parameters
    ----------
    monthly
        Offences per month, index the months' first days, columns the areas; a month that is not
        covered is missing in all. Without the judged period where the history allows it.
    length
        Months in the longer of the two periods.
    gap
        Months between their starts.

    Returns
    -------
    DataFrame
        Index: the columns of ``monthly``. ``dispersion``: variance of the difference divided by
        what chance gives, 1 or more; missing where the history is too short or nearly empty.
        ``degrees``: degrees of freedom it rests on.

    Examples
    --------
    >>> months = pd.date_range("2020-01-01", periods=60, freq="MS")
    >>> draw = np.random.default_rng(1).poisson(40, (60, 6))
    >>> found = dispersion(pd.DataFrame(draw, index=months, columns=list("ABCDEF")), 12, 12)
    >>> float(found["dispersion"].max()) < 1.6
    True
    """
    unknown = pd.DataFrame({"dispersion": np.nan, "degrees": 0.0}, index=monthly.columns)
    table = monthly.dropna()
    number = _months(table.index)
    table = table.loc[:, table.mean() >= _SPARSE]
    if len(table) < FEWEST_MONTHS or table.empty or len(np.unique(number % 12)) < 12:
        return unknown
    residuals, projectors, degrees = _residuals(table.to_numpy("float64"), _design(number))
    told = degrees >= _FEWEST_DEGREES
    pooled = told.sum() >= FEWEST_POOLED
    if not told.any() or (len(table) < FEWEST_ALONE and not pooled):
        return unknown
    residuals, projectors, degrees = residuals[:, told], projectors[told], degrees[told]
    apart = np.abs(number[:, None] - number[None, :])
    excess = (residuals**2).sum(axis=0) - degrees
    correlation = _correlation(residuals, projectors, apart, excess.sum() / degrees.sum())
    if not pooled:
        correlation = max(correlation, LEAST_CORRELATION)
    spread = np.einsum("aij,ij->a", projectors, correlation**apart)
    common = max(0.0, excess.sum() / spread.sum())
    own = pd.Series(np.maximum(excess / spread, common), table.columns[told])
    beyond = own.reindex(monthly.columns, fill_value=common)
    freedom = pd.Series(degrees, own.index).reindex(monthly.columns, fill_value=degrees.min())
    return pd.DataFrame(
        {"dispersion": 1 + beyond * _share(correlation, length, gap), "degrees": freedom}
    )


def alike(
    residuals: NDArray[np.float64], hat: NDArray[np.float64], months: pd.DatetimeIndex
) -> NDArray[np.float64]:
    """Estimate the covariance of what one series' regression leaves, beyond its fit.

    By the same moments as :func:`dispersion`; the autocorrelation is at least half, since what one
    series tells of it is uncertain. (Newey and West's errors call 10–30 % of unchanged series
    changed on three to eight years of months.)

    Parameters
    ----------
    residuals
        Pearson residuals of a Poisson regression.
    hat
        Its hat matrix on the same scale.
    months
        The first day of each month.

    Returns
    -------
    array
        Months × months; the identity where the counts are Poisson.
    """
    number = _months(months)
    apart = np.abs(number[:, None] - number[None, :])
    projector = np.eye(len(number)) - hat
    degrees = float(np.trace(projector))
    excess = float((residuals**2).sum()) - degrees
    column, whole = residuals[:, None], projector[None]
    correlation = max(_LEAST_OF_ONE, _correlation(column, whole, apart, excess / degrees))
    kept = correlation ** apart.astype("float64")
    return np.eye(len(number)) + max(0.0, excess / float((projector * kept).sum())) * kept


def _correlation(
    residuals: NDArray[np.float64],
    projectors: NDArray[np.float64],
    apart: NDArray[np.int64],
    excess: float,
) -> float:
    """How alike neighbouring months are in what chance does not explain."""
    if excess <= _EXCESS:
        return 0.0
    lag = (apart == 1) / 2
    inner, outer = (projectors @ lag @ projectors).sum(axis=0), projectors.sum(axis=0)
    products = np.einsum("ia,ij,ja->", residuals, lag, residuals) - (lag * outer).sum()
    told = products / (excess * np.trace(outer))
    each = [(inner * c**apart).sum() / (outer * c**apart).sum() for c in _CORRELATIONS]
    return float(_CORRELATIONS[np.argmin(np.abs(np.array(each) - told))])


def _months(days: pd.Index) -> NDArray[np.int64]:
    return pd.DatetimeIndex(days).to_numpy().astype("datetime64[M]").astype(np.int64)


def _design(number: NDArray[np.int64]) -> NDArray[np.float64]:
    """A column for each calendar month, and the powers of time."""
    degree = max(1, min(3, round(len(number) / 24)))
    time = (number - number.mean()) / (np.ptp(number) / 2)
    powers = [time**power for power in range(1, degree + 1)]
    return np.column_stack([number[:, None] % 12 == np.arange(12), *powers]).astype("float64")


def _residuals(
    counts: NDArray[np.float64], design: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Pearson residuals, their projectors and degrees of freedom, of each column's regression.

    A calendar month in which an area never had any is left out: it is told exactly, as 0.
    """
    seasons = design[:, :12]
    some = (seasons @ (seasons.T @ counts) > 0).T
    observed = counts.T
    mean = np.where(some, np.maximum(observed, 0.5), 0.0)
    predictor = np.log(mean, where=some, out=np.zeros_like(mean))
    for _ in range(_STEPS):
        weight = np.sqrt(mean)
        wide = weight[:, :, None] * design
        worked = weight * (predictor + np.divide(observed - mean, mean, where=some, out=0 * mean))
        factor = np.linalg.pinv(wide)
        latest = (design @ (factor @ worked[:, :, None]))[:, :, 0]
        moved = np.abs(np.where(some, latest - predictor, 0)).max()
        predictor = latest
        mean = np.where(some, np.exp(np.clip(predictor, -30, 30)), 0.0)
        if moved < 1e-8:
            break
    wide = np.sqrt(mean)[:, :, None] * design
    hat = wide @ np.linalg.pinv(wide)
    projectors = np.eye(len(design)) * some[:, :, None] - hat
    found = np.divide(observed - mean, np.sqrt(mean), where=some, out=np.zeros_like(mean))
    return found.T, projectors, np.trace(projectors, axis1=1, axis2=2)


def _share(correlation: float, length: int, gap: int) -> float:
    """Share of the variance beyond chance that does not cancel between the two periods."""
    apart = np.arange(1 - length, length)
    kept = correlation ** np.abs(apart) - correlation ** np.abs(apart + gap)
    return float(((1 - np.abs(apart) / length) * kept).sum())
