"""When: the hours of the week, the light, the season, the direction and the days of a year."""

import math
import warnings
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd
from astral import Observer
from astral.sun import elevation, noon
from numpy.typing import NDArray
from scipy import stats
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.terms import Light, Verdict

MONTHS_FOR_SEASON = 24
"""Fewer months than this show no season."""

MONTHS_FOR_TREND = 36
"""Fewer months than this show no direction."""

EVENTS_FOR_TREND = 30
"""Fewer offences than this in all show no direction."""

MEAN_MONTH = 365.25 / 12
"""Days of a month of mean length."""

_HOUR = 3600
_DAY = 24 * _HOUR
_WEEK_HOURS = 168
_WEEK = _WEEK_HOURS * _HOUR
_STEP = 300
"""Seconds between two looks at the sun when time is measured."""

_SUNRISE = math.sin(math.radians(-50 / 60))
_CIVIL = math.sin(math.radians(-6))


LIGHTS = tuple(Light)


@dataclass(frozen=True)
class IntervalQuality:
    """How well the times behind an aoristic table are known, in offences.

    Attributes
    ----------
    n
        All offences asked about; ``used`` + ``without_time`` + ``end_before_start``.
    used
        Offences that enter the table.
    without_time
        Start missing, or not known to the minute.
    end_before_start
        The end lies before the start; left out.
    over_24_hours
        Of ``used``: the interval is longer than 24 hours and says little of the hour.
    over_a_week
        Of ``used``: longer than 168 hours and spread evenly over the week; says nothing at all.
    at_midnight
        Of ``used``: an instant at exactly 00:00 Swedish time, often a time nobody knew.
    """

    n: int
    used: int
    without_time: int
    end_before_start: int
    over_24_hours: int
    over_a_week: int
    at_midnight: int

    @property
    def share_over_24_hours(self) -> float:
        """Share of ``used``, 0 to 1; NaN when nothing is used."""
        return self.over_24_hours / self.used if self.used else math.nan

    @property
    def share_at_midnight(self) -> float:
        """Share of ``used``, 0 to 1; NaN when nothing is used."""
        return self.at_midnight / self.used if self.used else math.nan


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


def aoristic(start: pd.Series, end: pd.Series, weights: pd.Series | None = None) -> pd.DataFrame:
    """Spread offences over the hours of the week in which they may have happened.

    Each offence's weight is spread evenly over its interval in Swedish time and summed per weekday
    and hour (Ratcliffe 2000, International Journal of Geographical Information Science 14,
    669–679; 2002, Journal of Quantitative Criminology 18, 23–43). An interval over the change to
    summer time has no hour 2, one over the change back has it twice. An interval longer than 168
    hours is spread evenly over the week. It does not say when any single offence happened, and
    hours when homes and cars are left alone look worse than they are because intervals cover them.

    Parameters
    ----------
    start, end
        Moments with time zone that bound each offence. A missing or equal end is an instant and
        weighs 1 in its hour. A missing start, and an end before the start, are left out and
        counted by :func:`interval_quality`. Give only rows whose time is known to the minute.
    weights
        Offences that each row stands for; 1 unless told, missing is 0.

    Returns
    -------
    DataFrame
        Index ``weekday`` 0 (Monday) to 6, columns ``hour`` 0 to 23, in offences. Sums to the
        weights of the rows that are used.

    Raises
    ------
    AnalysisError
        If the lengths differ or a weight is negative.

    Examples
    --------
    A Monday in January, from 8 to 12 Swedish time:

    >>> start = pd.Series(pd.to_datetime(["2024-01-01 08:00"])).dt.tz_localize("Europe/Stockholm")
    >>> aoristic(start, start + pd.Timedelta(hours=4)).loc[0, 7:12].tolist()
    [0.0, 0.25, 0.25, 0.25, 0.25, 0.0]
    """
    spans = _spans(start, end, weights)
    table = np.zeros(_WEEK_HOURS)
    long = spans.length > _WEEK
    table += spans.weight[long].sum() / _WEEK_HOURS
    if not long.all():
        table += _by_hour(spans.where(~long))
    return pd.DataFrame(
        table.reshape(7, 24),
        index=pd.RangeIndex(7, name="weekday"),
        columns=pd.RangeIndex(24, name="hour"),
    )


def interval_quality(
    start: pd.Series,
    end: pd.Series,
    has_time: pd.Series | None = None,
    weights: pd.Series | None = None,
) -> IntervalQuality:
    """Count how well the times are known that :func:`aoristic` is made of.

    It does not say whether a time that is told is true.

    Parameters
    ----------
    start, end, weights
        As in :func:`aoristic`, for all rows.
    has_time
        Whether the row's time is known to the minute; all of them unless told. The others count as
        without time.

    Raises
    ------
    AnalysisError
        If the lengths differ or a weight is negative.

    Examples
    --------
    >>> start = pd.Series(pd.to_datetime(["2024-01-01 00:00"] * 2)).dt.tz_localize(
    ...     "Europe/Stockholm")
    >>> found = interval_quality(start, start, pd.Series([True, False]))
    >>> found.n, found.used, found.without_time, found.at_midnight
    (2, 1, 1, 1)
    """
    told = start if has_time is None else start.where(_mask(has_time, start))
    everything = _weights(start, weights)
    backward = _is_reversed(told, end)
    spans = _spans(told, end, weights)
    instant = spans.length == 0
    clock = _local_seconds(spans.start[instant])
    return IntervalQuality(
        n=_number(everything),
        used=_number(spans.weight),
        without_time=_number(everything[told.isna().to_numpy()]),
        end_before_start=_number(everything[backward]),
        over_24_hours=_number(spans.weight[spans.length > _DAY]),
        over_a_week=_number(spans.weight[spans.length > _WEEK]),
        at_midnight=_number(spans.weight[instant][clock % _DAY == 0]),
    )


def light(times: pd.Series, latitude: float, longitude: float) -> pd.Series:
    """How light it is at each moment.

    From the height of the sun's centre over the horizon: daylight above −50 minutes of arc (the
    usual sunrise, with refraction and the sun's radius), civil twilight down to −6°, dark below
    (US Naval Observatory's definitions). The sun's place is astral's (NOAA's formulas, after Meeus
    1998, Astronomical Algorithms), at each day's solar noon and straight in between. Where the sun
    never sets all hours are daylight, where it never rises none. It does not say whether street
    lamps were lit, nor whether clouds, hills or snow made it darker or lighter.

    Parameters
    ----------
    times
        Moments with time zone; missing gives missing.
    latitude, longitude
        Degrees (WGS 84), north and east positive.

    Returns
    -------
    Series
        Index of ``times``; ``daylight``, ``civil_twilight`` or ``dark``.

    Raises
    ------
    AnalysisError
        If the place is not on earth.

    Examples
    --------
    Midnight at midsummer in Trollhättan and in Kiruna:

    >>> midsummer = pd.Series(pd.to_datetime(["2024-06-21 22:00"], utc=True))
    >>> light(midsummer, 58.28, 12.29).tolist(), light(midsummer, 67.86, 20.23).tolist()
    (['dark'], ['daylight'])
    """
    _check_place(latitude, longitude)
    known = times.notna().to_numpy()
    result = pd.Series(None, index=times.index, dtype="object", name="light")
    if known.any():
        words = np.array([word.value for word in LIGHTS], dtype=object)
        result[known] = words[_light_rows(_seconds(times)[known], latitude, longitude)]
    return result


def light_hours(start: date, end: date, latitude: float, longitude: float) -> pd.Series:
    """Hours of a period that are daylight, twilight and dark: what offences are set beside.

    Without it, more offences in the dark in December than in June mean nothing: there is more dark.
    It does not say how many people are out in those hours.

    Parameters
    ----------
    start, end
        First and last day, both included, Swedish time.
    latitude, longitude
        As in :func:`light`.

    Returns
    -------
    Series
        Index the three values of :class:`Light`; hours, exact to five minutes for each change of
        light. Sums to the hours of the period.

    Raises
    ------
    AnalysisError
        If the period has no day or the place is not on earth.

    Examples
    --------
    Kiruna in the week of midsummer:

    >>> light_hours(date(2024, 6, 17), date(2024, 6, 23), 67.86, 20.23).tolist()
    [168.0, 0.0, 0.0]
    """
    _check_place(latitude, longitude)
    if end < start:
        raise AnalysisError(AnalysisCause.NO_DAYS)
    first, last = (
        int(pd.Timestamp(day, tz=TIME_ZONE).timestamp()) for day in (start, end + timedelta(days=1))
    )
    rows = _light_rows(np.arange(first + _STEP // 2, last, _STEP), latitude, longitude)
    hours = np.bincount(rows, minlength=len(LIGHTS)) * _STEP / _HOUR
    return pd.Series(hours, index=_light_index(), name="hours")


def aoristic_light(
    start: pd.Series,
    end: pd.Series,
    latitude: float,
    longitude: float,
    weights: pd.Series | None = None,
) -> pd.Series:
    """Spread offences over the light in which they may have happened.

    As :func:`aoristic`, but over daylight, twilight and dark, and without the rule for long
    intervals: the light of every hour of the interval counts. It does not say that darkness was
    the cause.

    Parameters
    ----------
    start, end, weights
        As in :func:`aoristic`.
    latitude, longitude
        As in :func:`light`.

    Returns
    -------
    Series
        Index the three values of :class:`Light`, in offences. Sums to the weights of the rows that
        are used.

    Raises
    ------
    AnalysisError
        If the lengths differ, a weight is negative or the place is not on earth.

    Examples
    --------
    >>> noon = pd.Series(pd.to_datetime(["2024-06-21 10:00"], utc=True))
    >>> aoristic_light(noon, noon + pd.Timedelta(hours=2), 58.28, 12.29).tolist()
    [1.0, 0.0, 0.0]
    """
    _check_place(latitude, longitude)
    spans = _spans(start, end, weights)
    total = np.zeros(len(LIGHTS))
    instant = spans.where(spans.length == 0)
    if len(instant.start):
        rows = _light_rows(instant.start, latitude, longitude)
        total += np.bincount(rows, instant.weight, minlength=len(LIGHTS))
    lasting = spans.where(spans.length > 0)
    if len(lasting.start):
        total += lasting.weight @ _light_parts(lasting, latitude, longitude)
    return pd.Series(total, index=_light_index(), name="count")


def light_shares(counts: pd.Series, hours: pd.Series, confidence: float = 0.95) -> pd.DataFrame:
    """Set the share of the offences beside the share of the time, for each kind of light.

    Exact binomial limits of the share of the offences (Clopper & Pearson 1934, Biometrika 26,
    404–413). Where the share of the time lies inside them, nothing is shown to differ. The limits
    take every offence's light as known, and it does not say whether more people were out.

    Parameters
    ----------
    counts
        Offences; index :class:`Light` (see :func:`aoristic_light`).
    hours
        Hours of the same period; index :class:`Light` (see :func:`light_hours`).
    confidence
        Coverage of the limits, two-sided.

    Returns
    -------
    DataFrame
        Index the three values of :class:`Light`; ``count``, ``share`` with ``lower`` and
        ``upper``, and ``time_share``; shares from 0 to 1.

    Raises
    ------
    AnalysisError
        If there is no offence or no time (``NO_VALUES``), or a count is negative.

    Examples
    --------
    >>> counts, hours = ({light: n for light in Light} for n in (2, 8))
    >>> light_shares(pd.Series(counts), pd.Series(hours)).round(2).loc["dark"].tolist()
    [2.0, 0.33, 0.04, 0.78, 0.33]
    """
    index = _light_index()
    events = counts.reindex(index, fill_value=0.0).to_numpy(dtype="float64")
    time = hours.reindex(index, fill_value=0.0).to_numpy(dtype="float64")
    if (events < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    total = events.sum()
    if not (total > 0 and time.sum() > 0):
        raise AnalysisError(AnalysisCause.NO_VALUES)
    rest = np.maximum(total - events, 0.0)
    tail = (1 - confidence) / 2
    with np.errstate(invalid="ignore"):
        lower = np.where(events > 0, stats.beta.ppf(tail, events, rest + 1), 0.0)
        upper = np.where(rest > 0, stats.beta.ppf(1 - tail, events + 1, rest), 1.0)
    return pd.DataFrame(
        {
            "count": events,
            "share": events / total,
            "lower": lower,
            "upper": upper,
            "time_share": time / time.sum(),
        },
        index=index,
    )


def trend(monthly_counts: pd.Series, confidence: float = 0.95) -> Trend:
    """Change per year of a monthly series, with the season and the months' lengths taken out.

    Poisson regression of the count on calendar month and time, with the days of the month as
    exposure; standard errors scaled by Pearson's χ² over its degrees of freedom where that is above
    1 (quasi-Poisson: McCullagh & Nelder 1989, Generalized Linear Models, 2nd ed., ch. 6) and
    Student's t. Calendar months in which nothing ever happened say nothing of the direction and are
    left out. It assumes the same change every year, says nothing of why, nothing of the years to
    come, and nothing of whether more happened or more was reported.

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
    covariance = fit.normalized_cov_params * dispersion
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
    place = numbers.astype(np.int64) - int(index[0].timestamp()) // _DAY
    weight = _weights(numbers, weights)
    inside = (place >= 0) & (place < len(index))
    counts = np.bincount(place[inside], weight[inside], minlength=len(index))
    return pd.Series(counts, index=index, name="count")


@dataclass(frozen=True, eq=False)
class _Spans:
    """Intervals in seconds since 1970 UTC that can be used, and their weights."""

    start: NDArray[np.int64]
    length: NDArray[np.int64]
    weight: NDArray[np.float64]

    def where(self, mask: NDArray[np.bool_]) -> "_Spans":
        return _Spans(self.start[mask], self.length[mask], self.weight[mask])


def _spans(start: pd.Series, end: pd.Series, weights: pd.Series | None) -> _Spans:
    backward = _is_reversed(start, end)
    first, last = _seconds(start), _seconds(end)
    length = np.where(end.isna().to_numpy(), 0, last - first)
    usable = start.notna().to_numpy() & ~backward
    return _Spans(first, length, _weights(start, weights)).where(usable)


def _is_reversed(start: pd.Series, end: pd.Series) -> NDArray[np.bool_]:
    if len(start) != len(end):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(start), right=len(end))
    both = start.notna().to_numpy() & end.notna().to_numpy()
    return both & (_seconds(end) < _seconds(start))


def _seconds(moments: pd.Series) -> NDArray[np.int64]:
    """Whole seconds since 1970 UTC; what stands for a missing moment must not be used."""
    utc = moments.dt.tz_convert("UTC").dt.tz_localize(None)
    return utc.to_numpy(dtype="datetime64[s]").astype(np.int64)


def _weights(rows: pd.Series | NDArray, weights: pd.Series | NDArray | None) -> NDArray:
    if weights is None:
        return np.ones(len(rows))
    if len(weights) != len(rows):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(rows), right=len(weights))
    told = pd.Series(weights).to_numpy(dtype="float64", na_value=0.0)
    if (told < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    return told


def _mask(has_time: pd.Series, start: pd.Series) -> NDArray[np.bool_]:
    if len(has_time) != len(start):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(start), right=len(has_time))
    return np.asarray(has_time, dtype=bool)


def _number(weight: NDArray) -> int:
    return round(float(weight.sum()))


def _local_seconds(seconds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Seconds since 1970-01-01 00:00 on the clock on the wall in Sweden."""
    utc = pd.DatetimeIndex(seconds.astype("datetime64[s]")).tz_localize("UTC")
    local = utc.tz_convert(TIME_ZONE).tz_localize(None)
    return local.to_numpy().astype("datetime64[s]").astype(np.int64)


def _by_hour(spans: _Spans) -> NDArray[np.float64]:
    """Weight per hour of the week of intervals no longer than a week.

    Hours are counted in UTC, so that each lasts an hour, and looked up in Swedish time one by one.
    """
    first = spans.start // _HOUR
    last = (spans.start + spans.length) // _HOUR
    origin = int(first.min())
    hours = np.arange(origin, int(last.max()) + 1) * _HOUR
    # 1970-01-01 was a Thursday, the fourth day of its week.
    slot = (_local_seconds(hours) // _HOUR + 3 * 24) % _WEEK_HOURS
    one = first == last
    table = np.zeros(_WEEK_HOURS)
    table += np.bincount(slot[first[one] - origin], spans.weight[one], minlength=_WEEK_HOURS)
    several, first, last = spans.where(~one), first[~one] - origin, last[~one] - origin
    per_second = several.weight / several.length
    head = _HOUR - several.start % _HOUR
    tail = (several.start + several.length) % _HOUR
    table += np.bincount(slot[first], per_second * head, minlength=_WEEK_HOURS)
    table += np.bincount(slot[last], per_second * tail, minlength=_WEEK_HOURS)
    # Whole hours, longest intervals first, so that each step looks only at those still running.
    inner = last - first - 1
    order = np.argsort(-inner, kind="stable")
    start, whole = first[order] + 1, (per_second * _HOUR)[order]
    running = len(inner) - np.searchsorted(np.sort(inner), np.arange(_WEEK_HOURS), side="right")
    for step, n in enumerate(running):
        table += np.bincount(slot[start[:n] + step], whole[:n], minlength=_WEEK_HOURS)
    return table


def _check_place(latitude: float, longitude: float) -> None:
    if not -90 <= latitude <= 90:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="latitude", value=latitude)
    if not -180 <= longitude <= 180:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="longitude", value=longitude)


def _light_index() -> pd.Index:
    return pd.Index([word.value for word in LIGHTS], dtype="object", name="light")


def _light_rows(seconds: NDArray[np.int64], latitude: float, longitude: float) -> NDArray[np.int64]:
    """Position in ``LIGHTS`` at each moment, from the sine of the sun's height."""
    days = np.unique(seconds // _DAY)
    around = np.unique(np.concatenate([days - 1, days, days + 1]))
    sun = np.array([_solar_noon(int(day), longitude) for day in around])
    noons, declinations = sun[:, 0], sun[:, 1]
    before = np.searchsorted(noons, seconds, side="right") - 1
    part = (seconds - noons[before]) / (noons[before + 1] - noons[before])
    declination = np.radians(
        declinations[before] + part * (declinations[before + 1] - declinations[before])
    )
    place = math.radians(latitude)
    height = math.sin(place) * np.sin(declination) + math.cos(place) * np.cos(declination) * np.cos(
        2 * np.pi * part
    )
    return (height < _SUNRISE).astype(np.int64) + (height < _CIVIL)


@lru_cache(maxsize=32768)
def _solar_noon(day: int, longitude: float) -> tuple[float, float]:
    """Moment of a UTC day's solar noon (seconds since 1970) and the sun's declination (degrees).

    astral's sunrise and sunset raise where the sun never crosses the horizon; its noon and height
    exist everywhere. At 45° the height at noon is 45° plus the declination.
    """
    observer = Observer(45.0, longitude)
    moment = noon(observer, date(1970, 1, 1) + timedelta(days=day))
    return moment.timestamp(), elevation(observer, moment, with_refraction=False) - 45.0


def _light_parts(spans: _Spans, latitude: float, longitude: float) -> NDArray[np.float64]:
    """Share of each interval in each light; only days that some interval touches are looked at."""
    first = spans.start // _DAY
    last = (spans.start + spans.length) // _DAY
    origin = int(first.min())
    edges = np.zeros(int(last.max()) - origin + 2, dtype=np.int64)
    np.add.at(edges, first - origin, 1)
    np.add.at(edges, last - origin + 1, -1)
    touched = np.cumsum(edges[:-1]) > 0
    days = np.flatnonzero(touched) + origin
    looks = (days[:, None] * _DAY + np.arange(_STEP // 2, _DAY, _STEP)).ravel()
    rows = _light_rows(looks, latitude, longitude)
    # All days of one interval are touched, so they stay side by side when the others are skipped.
    rank = np.cumsum(touched) - 1
    begin = rank[first - origin] * _DAY + spans.start % _DAY
    marks = np.arange(len(looks) + 1) * _STEP
    parts = []
    for row in range(len(LIGHTS)):
        spent = np.concatenate([[0], np.cumsum(rows == row)]) * _STEP
        lasted = np.interp(begin + spans.length, marks, spent) - np.interp(begin, marks, spent)
        parts.append(lasted / spans.length)
    return np.column_stack(parts)


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
