"""The hours of the week in which offences may have happened, and how well they are known."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trygghetskarta.analysis.intervals import (
    DAY,
    HOUR,
    Intervals,
    is_reversed,
    row_weights,
    usable_spans,
    wall_clock_seconds,
)
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.times import IntervalQuality

_WEEK_HOURS = 168
_WEEK = _WEEK_HOURS * HOUR


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
    spans = usable_spans(start, end, weights)
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
    everything = row_weights(start, weights)
    backward = is_reversed(told, end)
    spans = usable_spans(told, end, weights)
    instant = spans.length == 0
    clock = wall_clock_seconds(spans.start[instant])
    return IntervalQuality(
        n=_number(everything),
        used=_number(spans.weight),
        without_time=_number(everything[told.isna().to_numpy()]),
        end_before_start=_number(everything[backward]),
        over_24_hours=_number(spans.weight[spans.length > DAY]),
        over_a_week=_number(spans.weight[spans.length > _WEEK]),
        at_midnight=_number(spans.weight[instant][clock % DAY == 0]),
    )


def _mask(has_time: pd.Series, start: pd.Series) -> NDArray[np.bool_]:
    if len(has_time) != len(start):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(start), right=len(has_time))
    return np.asarray(has_time, dtype=bool)


def _number(weight: NDArray) -> int:
    return round(float(weight.sum()))


def _by_hour(spans: Intervals) -> NDArray[np.float64]:
    """Weight per hour of the week of intervals no longer than a week.

    Hours are counted in UTC, so that each lasts an hour, and looked up in Swedish time one by one.
    """
    first = spans.start // HOUR
    last = (spans.start + spans.length) // HOUR
    origin = int(first.min())
    hours = np.arange(origin, int(last.max()) + 1) * HOUR
    # 1970-01-01 was a Thursday, the fourth day of its week.
    slot = (wall_clock_seconds(hours) // HOUR + 3 * 24) % _WEEK_HOURS
    one = first == last
    table = np.zeros(_WEEK_HOURS)
    table += np.bincount(slot[first[one] - origin], spans.weight[one], minlength=_WEEK_HOURS)
    several, first, last = spans.where(~one), first[~one] - origin, last[~one] - origin
    per_second = several.weight / several.length
    head = HOUR - several.start % HOUR
    tail = (several.start + several.length) % HOUR
    table += np.bincount(slot[first], per_second * head, minlength=_WEEK_HOURS)
    table += np.bincount(slot[last], per_second * tail, minlength=_WEEK_HOURS)
    # Whole hours, longest intervals first, so that each step looks only at those still running.
    inner = last - first - 1
    order = np.argsort(-inner, kind="stable")
    start, whole = first[order] + 1, (per_second * HOUR)[order]
    running = len(inner) - np.searchsorted(np.sort(inner), np.arange(_WEEK_HOURS), side="right")
    for step, n in enumerate(running):
        table += np.bincount(slot[start[:n] + step], whole[:n], minlength=_WEEK_HOURS)
    return table
