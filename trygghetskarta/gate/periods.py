"""The days that a choice means: its period, and the one compared with."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.terms.maps import Comparison

FIRST_YEAR = 1975
"""Earliest year a period may begin: older offence statistics are not comparable."""


@dataclass(frozen=True)
class Span:
    """First and last day of a period, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.start).days + 1


def resolve(choice: Choice, oldest: date, newest: date) -> tuple[Span, Span]:
    """Give the period and the one compared with, in days.

    Parameters
    ----------
    choice
        What was chosen.
    oldest, newest
        First and last day of the data; the relative periods end at ``newest``.
    """
    span = _period(choice, oldest, newest)
    return span, _compared(choice, span)


def _period(choice: Choice, oldest: date, newest: date) -> Span:
    match choice.period:
        case PeriodKind.DAYS_90:
            return Span(newest - timedelta(days=89), newest)
        case PeriodKind.MONTHS_12:
            return Span(_shift(newest + timedelta(days=1), years=-1), newest)
        case PeriodKind.THIS_YEAR:
            return Span(date(newest.year, 1, 1), newest)
        case PeriodKind.LAST_YEAR:
            return Span(date(newest.year - 1, 1, 1), date(newest.year - 1, 12, 31))
        case PeriodKind.OWN:
            start = choice.start or oldest
            return Span(start, max(start, choice.end or newest))


def _compared(choice: Choice, span: Span) -> Span:
    match choice.comparison:
        case Comparison.LAST_YEAR:
            return Span(_shift(span.start, years=-1), _shift_end(span.end, years=-1))
        case Comparison.PREVIOUS:
            months = whole_months(span)
            if months:
                return Span(_shift(span.start, months=-months), span.start - timedelta(days=1))
            return Span(span.start - timedelta(days=span.days), span.start - timedelta(days=1))
        case Comparison.OWN:
            start = choice.compare_start or _shift(span.start, years=-1)
            end = choice.compare_end or _shift_end(span.end, years=-1)
            return Span(start, max(start, end))


def month_start(year: int, month: int) -> date:
    """First day of a month."""
    return date(year, month, 1)


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _shift(day: date, years: int = 0, months: int = 0) -> date:
    return (pd.Timestamp(day) + pd.DateOffset(years=years, months=months)).date()


def _shift_end(day: date, years: int) -> date:
    """Shift the last day of a period: the last of a month stays the last of a month."""
    after = day + timedelta(days=1)
    if after.day == 1:
        return _shift(after, years=years) - timedelta(days=1)
    return _shift(day, years=years)


def whole_months(span: Span) -> int:
    """Number of calendar months a span covers exactly, 0 when it does not."""
    after = span.end + timedelta(days=1)
    if span.start.day != 1 or after.day != 1:
        return 0
    return (after.year - span.start.year) * 12 + after.month - span.start.month
