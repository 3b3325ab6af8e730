"""Periods that a workbook keeps as dates: a month as its first day, a year as 1 January."""

import re
from dataclasses import dataclass, replace

import pandas as pd

from trygghetskarta.sources.fields.date_patterns import MONTHS_OF, PRECISION_OF
from trygghetskarta.sources.fields.dates import Moments
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.terms.times import DatePrecision

_NAMED = {
    "month": re.compile("manad|month"),
    "quarter": re.compile("kvartal|quarter"),
    "third": re.compile("tertial"),
    "half": re.compile("halvar"),
    "year": re.compile("^(ar|artal|year)$"),
}
"""What a heading says of the length of its periods."""


@dataclass(frozen=True, eq=False)
class PeriodDays:
    """A column of dates taken for periods.

    Attributes
    ----------
    moments
        The column, its days as whole periods where that is what they are.
    kind
        *month*, *quarter*, *third*, *half* or *year*; empty where nothing was changed.
    unclear
        True where a day may be the first of a month, a quarter or a year, and nothing tells.
    """

    moments: Moments
    kind: str
    unclear: pd.Series


def as_periods(moments: Moments, heading: str, *, is_certain: bool = True) -> PeriodDays:
    """Take the days of a column for the periods that they begin, or end.

    Days are periods where all of them are firsts of a month, or all of them lasts. How long these
    are the heading says; without a word of it they are months, unless all begin a quarter.

    Parameters
    ----------
    moments
        The column as read.
    heading
        Its name in the file.
    is_certain
        Whether the column holds periods; else, in a column of days that are summed, one day alone
        and days that end a month stay days.
    """
    start = moments.start.dt.normalize()
    is_day = moments.precision.isin([DatePrecision.DAY.value, DatePrecision.MINUTE.value])
    nothing = PeriodDays(moments, "", pd.Series(False, moments.start.index))
    days = start[is_day]
    if days.empty or (moments.start[is_day] != days).any():
        return nothing
    if is_certain and days.dt.is_month_end.all():
        start = start.where(~is_day, start.dt.to_period("M").dt.start_time)
        months, ends = start[is_day], True
    else:
        months, ends = days, False
    if not months.dt.is_month_start.all() or (not is_certain and months.nunique() < 2):
        return nothing
    kind = _kind(months, heading, ends)
    if not kind:
        return replace(nothing, unclear=is_day)
    length = MONTHS_OF[kind]
    if ends:
        start = start.where(~is_day, _months_later(start, 1 - length))
    return PeriodDays(
        replace(
            moments,
            start=moments.start.where(~is_day, start.astype(moments.start.dtype)),
            end=moments.end.where(~is_day, _months_later(start, length).astype(moments.end.dtype)),
            precision=moments.precision.mask(is_day, PRECISION_OF[kind].value),
        ),
        kind,
        nothing.unclear,
    )


def _kind(months: pd.Series, heading: str, ends: bool) -> str:
    """How long the periods are; empty where neither heading nor days tell."""
    told = fold(heading)
    named = [kind for kind, words in _NAMED.items() if words.search(told)]
    # The month in which a period begins, or after which it ends, counted from 0.
    place = (months.dt.month - (0 if ends else 1)) % 12
    for kind in named:
        if (place % MONTHS_OF[kind] == 0).all():
            return kind
    return "" if named or (place % MONTHS_OF["quarter"] == 0).all() else "month"


def _months_later(days: pd.Series, months: int) -> pd.Series:
    known = days.dropna()
    later = (known.to_numpy().astype("datetime64[M]") + months).astype("datetime64[us]")
    return pd.Series(later, known.index).reindex(days.index).astype("datetime64[us]")
