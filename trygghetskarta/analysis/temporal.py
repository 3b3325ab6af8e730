"""How a series runs: its season, its direction, and the days of a year."""

import math
import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from trygghetskarta.analysis.dispersion import alike
from trygghetskarta.analysis.intervals import DAY, row_weights
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.verdicts import Verdict

MONTHS_FOR_SEASON = 24
"""Fewer months than this show no season."""

MONTHS_FOR_TREND = 36
"""Fewer months than this show no direction."""

EVENTS_FOR_TREND = 30
"""Fewer offences than this in all show no direction."""

MEAN_MONTH = 365.25 / 12
"""Days of a month of mean length."""


@dataclass(frozen=True, eq=False)
class Trend:
    """Direction of a monthly series once the season is taken out.

    Attributes
    ----------
    percent, lower, upper
        Change per year, per cent, with its limits.
    p_value
        Two-sided.
    verdict
        ``INCREASE`` or ``DECREASE`` when the whole interval lies on one side of 0; ``TOO_FEW``
        when it holds both a halving and a doubling per year; else ``NO_CLEAR_CHANGE``.
    months, events
        What the trend is made of.
    dispersion
        How many times more than chance alone the months vary; never below 1.
    level
        Index the months; columns ``level``, ``lower``, ``upper``: offences in a month of mean
        length (30.4 days) without season.
    """

    percent: float
    lower: float
    upper: float
    p_value: float
    verdict: Verdict
    months: int
    events: int
    dispersion: float
    level: pd.DataFrame


def trend(monthly_counts: pd.Series, confidence: float = 0.95) -> Trend:
    """Change per year of a monthly series, with the season and the months' lengths taken out.

    Poisson regression of the count on calendar month and time, with the days of the month as
    exposure; standard errors that know how much more than chance the months vary and how long it
    lasts (:func:`trygghetskarta.analysis.dispersion.alike`, a sandwich as Liang & Zeger 1986,
    Biometrika 73, 13–22), and Student's t. Calendar months in which nothing ever happened say
    nothing of the direction and are left out. It assumes the same change every year, says nothing
    of why, nothing of the years to come, and nothing of whether more happened or more was reported.

    Parameters
    ----------
    monthly_counts
        Offences per calendar month; index its first day, missing months are left out.
    confidence
        Coverage of the limits, two-sided.

    Raises
    ------
    AnalysisError
        ``TOO_FEW_PERIODS`` below ``MONTHS_FOR_TREND`` months, or when the offences all fall so
        early or so late that no rate of change fits them; ``TOO_FEW`` below ``EVENTS_FOR_TREND``
        offences; ``NEGATIVE_COUNT``.

    Examples
    --------
    Twice as many every year:

    >>> months = pd.date_range("2021-01-01", periods=36, freq="MS")
    >>> found = trend(pd.Series(100 * 2.0 ** (months.year - 2021), months))
    >>> round(found.percent), found.verdict.value
    (100, 'increase')
    """
    counts, months = _monthly(monthly_counts, MONTHS_FOR_TREND)
    events = counts.sum()
    if events < EVENTS_FOR_TREND:
        raise AnalysisError(AnalysisCause.TOO_FEW, found=int(events), needed=EVENTS_FOR_TREND)
    calendar = months.month.to_numpy() - 1
    active = np.flatnonzero(np.bincount(calendar, counts, minlength=12) > 0)
    used = np.isin(calendar, active)
    years = months.year.to_numpy() + calendar / 12
    time = years - years.mean()
    _check_direction(counts[used], calendar[used], time[used], len(active))
    season = (calendar[used, None] == active).astype("float64")
    design = np.column_stack([season, time[used]])
    exposure = np.log(months.days_in_month.to_numpy()[used])
    with warnings.catch_warnings():
        # A series that fits perfectly is good news; separation is refused above.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fit = GLM(counts[used], design, family=Poisson(), offset=exposure).fit()
    dispersion = max(1.0, float(fit.pearson_chi2 / fit.df_resid))
    bread, weighted = fit.normalized_cov_params, design * np.sqrt(fit.mu)[:, None]
    told = bread @ weighted.T
    covariance = told @ alike(fit.resid_pearson, weighted @ told, months[used]) @ told.T
    slope, error = float(fit.params[-1]), math.sqrt(covariance[-1, -1])
    reach = float(stats.t.ppf((1 + confidence) / 2, fit.df_resid))
    lower, upper = _percent(slope - reach * error), _percent(slope + reach * error)
    return Trend(
        percent=_percent(slope),
        lower=lower,
        upper=upper,
        p_value=float(2 * stats.t.sf(abs(slope) / error, fit.df_resid)),
        verdict=_verdict(lower, upper),
        months=len(counts),
        events=round(events),
        dispersion=dispersion,
        level=_level(np.asarray(fit.params), covariance, time, reach, months),
    )


def season(monthly_counts: pd.Series, confidence: float = 0.95) -> pd.DataFrame:
    """Mean of each calendar month, as if all months had the same length.

    Offences of the month's years over their days, times 30.4 days. Exact Poisson limits (Garwood
    1936) on the counts divided by the dispersion between the years, Pearson's χ² over its degrees
    of freedom, never below 1. A direction over the years counts as such dispersion and widens the
    limits. It does not say what the coming year will be.

    Parameters
    ----------
    monthly_counts
        Offences per calendar month; index its first day, missing months are left out.
    confidence
        Coverage of the limits, two-sided.

    Returns
    -------
    DataFrame
        Index ``month`` 1 to 12; ``mean``, ``lower``, ``upper`` in offences per month of mean
        length, ``years``: how many such months there are. Missing where there are none.

    Raises
    ------
    AnalysisError
        ``TOO_FEW_PERIODS`` below ``MONTHS_FOR_SEASON`` months; ``NEGATIVE_COUNT``.

    Examples
    --------
    >>> months = pd.date_range("2023-01-01", periods=24, freq="MS")
    >>> season(pd.Series(months.days_in_month, months))["mean"].round(4).unique().tolist()
    [30.4375]
    """
    counts, months = _monthly(monthly_counts, MONTHS_FOR_SEASON)
    calendar, days = months.month.to_numpy() - 1, months.days_in_month.to_numpy()
    total = np.bincount(calendar, counts, minlength=12)
    exposure = np.bincount(calendar, days, minlength=12) / MEAN_MONTH
    years = np.bincount(calendar, minlength=12)
    known = years > 0
    rate = np.divide(total, exposure, out=np.full(12, np.nan), where=known)
    expected = rate[calendar] * days / MEAN_MONTH
    spread = max(1.0, _chi_square(counts, expected) / max(1, len(counts) - known.sum()))
    tail = (1 - confidence) / 2
    scale = np.divide(spread, exposure, out=np.full(12, np.nan), where=known)
    with np.errstate(invalid="ignore"):
        lower = np.where(total > 0, stats.gamma.ppf(tail, total / spread), 0.0) * scale
    upper = stats.gamma.ppf(1 - tail, total / spread + 1) * scale
    return pd.DataFrame(
        {"mean": rate, "lower": lower, "upper": upper, "years": years},
        index=pd.RangeIndex(1, 13, name="month"),
    )


def daily_counts(
    days: pd.Series | NDArray, year: int, weights: pd.Series | NDArray | None = None
) -> pd.Series:
    """Offences on each day of a year.

    A day that no record covers cannot be told from one on which nothing was reported.

    Parameters
    ----------
    days
        Days since 1970-01-01 (as ``IncidentCube.first_day`` has them), or dates without time zone.
        Missing dates and other years are left out.
    year
        Calendar year, 1900 to 2200.
    weights
        Offences that each row stands for; 1 unless told, missing is 0.

    Returns
    -------
    Series
        Index every day of the year; 0 where nothing happened.

    Raises
    ------
    AnalysisError
        If the lengths differ, a weight is negative or the year is out of range.

    Examples
    --------
    >>> daily_counts(np.array([19723, 19723, 19724]), 2024).head(3).tolist()
    [2.0, 1.0, 0.0]
    """
    if not 1900 <= year <= 2200:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="year", value=year)
    numbers = np.asarray(days)
    if numbers.dtype.kind == "M":
        numbers = numbers.astype("datetime64[D]")
    index = pd.date_range(f"{year}-01-01", f"{year}-12-31", freq="D")
    place = numbers.astype(np.int64) - int(index[0].timestamp()) // DAY
    weight = row_weights(numbers, weights)
    inside = (place >= 0) & (place < len(index))
    counts = np.bincount(place[inside], weight[inside], minlength=len(index))
    return pd.Series(counts, index=index, name="count")


def _monthly(
    monthly_counts: pd.Series, needed: int
) -> tuple[NDArray[np.float64], pd.DatetimeIndex]:
    known = monthly_counts.dropna()
    if len(known) < needed:
        raise AnalysisError(AnalysisCause.TOO_FEW_PERIODS, found=len(known), needed=needed)
    counts = known.to_numpy(dtype="float64")
    if (counts < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    return counts, pd.DatetimeIndex(known.index)


def _check_direction(counts: NDArray, calendar: NDArray, time: NDArray, active: int) -> None:
    """Refuse a series that an endlessly steep fall or rise fits best, or that leaves no spread."""
    groups = pd.Series(time).groupby(calendar)
    earliest, latest = groups.transform("min").to_numpy(), groups.transform("max").to_numpy()
    happened = counts > 0
    steep = (time == earliest)[happened].all() or (time == latest)[happened].all()
    if steep or len(counts) - active < 2:
        found = len(np.unique(time[happened]))
        raise AnalysisError(AnalysisCause.TOO_FEW_PERIODS, found=found, needed=MONTHS_FOR_TREND)


def _percent(slope: float) -> float:
    # A slope that would overflow is as good as endless.
    return 100 * math.expm1(min(slope, 700.0))


def _verdict(lower: float, upper: float) -> Verdict:
    if lower > 0:
        return Verdict.INCREASE
    if upper < 0:
        return Verdict.DECREASE
    if lower < -50 and upper > 100:
        return Verdict.TOO_FEW
    return Verdict.NO_CLEAR_CHANGE


def _level(
    params: NDArray,
    covariance: NDArray,
    time: NDArray,
    reach: float,
    months: pd.DatetimeIndex,
) -> pd.DataFrame:
    """The mean over the calendar months at each time, with limits by the delta method."""
    parts = np.exp(params[:-1])
    log_mean = math.log(parts.sum() / 12 * MEAN_MONTH)
    gradient = np.column_stack([np.tile(parts / parts.sum(), (len(time), 1)), time])
    error = np.sqrt(np.einsum("ij,jk,ik->i", gradient, covariance, gradient))
    middle = log_mean + params[-1] * time
    return pd.DataFrame(
        {
            "level": np.exp(middle),
            "lower": np.exp(middle - reach * error),
            "upper": np.exp(middle + reach * error),
        },
        index=months,
    )


def _chi_square(counts: NDArray, expected: NDArray) -> float:
    some = expected > 0
    return float(((counts[some] - expected[some]) ** 2 / expected[some]).sum())
