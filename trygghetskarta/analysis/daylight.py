"""How light it was when offences happened, and how long it is light at all."""

import math
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd
from astral import Observer
from astral.sun import elevation, noon
from numpy.typing import NDArray
from scipy import stats

from trygghetskarta.analysis.intervals import DAY, HOUR, Intervals, unix_seconds, usable_spans
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.terms.times import Light

_STEP = 300
"""Seconds between two looks at the sun when time is measured."""

_SUNRISE = math.sin(math.radians(-50 / 60))
_CIVIL = math.sin(math.radians(-6))

LIGHTS = tuple(Light)


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
        result[known] = words[_light_rows(unix_seconds(times)[known], latitude, longitude)]
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
    hours = np.bincount(rows, minlength=len(LIGHTS)) * _STEP / HOUR
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
    spans = usable_spans(start, end, weights)
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


def _check_place(latitude: float, longitude: float) -> None:
    if not -90 <= latitude <= 90:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="latitude", value=latitude)
    if not -180 <= longitude <= 180:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="longitude", value=longitude)


def _light_index() -> pd.Index:
    return pd.Index([word.value for word in LIGHTS], dtype="object", name="light")


def _light_rows(seconds: NDArray[np.int64], latitude: float, longitude: float) -> NDArray[np.int64]:
    """Position in ``LIGHTS`` at each moment, from the sine of the sun's height."""
    days = np.unique(seconds // DAY)
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


def _light_parts(spans: Intervals, latitude: float, longitude: float) -> NDArray[np.float64]:
    """Share of each interval in each light; only days that some interval touches are looked at."""
    first = spans.start // DAY
    last = (spans.start + spans.length) // DAY
    origin = int(first.min())
    edges = np.zeros(int(last.max()) - origin + 2, dtype=np.int64)
    np.add.at(edges, first - origin, 1)
    np.add.at(edges, last - origin + 1, -1)
    touched = np.cumsum(edges[:-1]) > 0
    days = np.flatnonzero(touched) + origin
    looks = (days[:, None] * DAY + np.arange(_STEP // 2, DAY, _STEP)).ravel()
    rows = _light_rows(looks, latitude, longitude)
    # All days of one interval are touched, so they stay side by side when the others are skipped.
    rank = np.cumsum(touched) - 1
    begin = rank[first - origin] * DAY + spans.start % DAY
    marks = np.arange(len(looks) + 1) * _STEP
    parts = []
    for row in range(len(LIGHTS)):
        spent = np.concatenate([[0], np.cumsum(rows == row)]) * _STEP
        lasted = np.interp(begin + spans.length, marks, spent) - np.interp(begin, marks, spent)
        parts.append(lasted / spans.length)
    return np.column_stack(parts)
