"""When walks and observations were made, from cells with dates, clock times, or spans of hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import clock, date_witnesses, dates
from trygghetskarta.sources.fields.date_order import Orders
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.terms.times import DateOrder, DatePrecision

_EARLIEST = pd.Timestamp(1990, 1, 1)
_DAY = pd.Timedelta(days=1)
_SPAN = r"^(?:kl\.?\s*)?(?P<one>\d[\d:.]*)\s*(?:-|–|—|till)\s*(?:kl\.?\s*)?(?P<two>\d[\d:.]*)$"

_BARE_HOUR = r"^(?:kl(?:ockan)?\.?\s*)?(\d{1,2})$"
"""In a list of walks 21 is nine in the evening, not twenty-one minutes past midnight."""


@dataclass(frozen=True, eq=False)
class Spans:
    """From when to when, Swedish local time without zone; NaT where not told.

    ``start_later`` and ``end_later`` as ``dates.Moments.later``. ``notes`` are those of
    ``date_witnesses.FileOrders``.
    """

    start: pd.Series
    end: pd.Series
    start_later: pd.Series
    end_later: pd.Series
    notes: dict[str, object]


@dataclass(frozen=True, eq=False)
class _Cells:
    """What one column tells: a moment, a clock time or a day; at most one of them per row."""

    moment: pd.Series
    minutes: pd.Series
    day: pd.Series
    later: pd.Series


def read_spans(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    index: pd.Index,
    today: date,
    faults: FaultList,
    orders: Mapping[str, DateOrder] | None = None,
) -> Spans:
    """Work out from when to when each row was.

    Roles: ``date`` (with or without a clock time), ``start`` and ``end``, each a moment, a clock
    time of that day, or in ``start`` a span of hours such as ``21–23``. An end that is a clock time
    no later than the start is the next day's.

    Parameters
    ----------
    cells
        Text by role, missing where nothing is told.
    names
        The file's column name by role, for faults.
    index
        Row numbers.
    today
        Later days are faults (``DATE_OUT_OF_RANGE``): what is planned is not kept.
    faults
        ``NOT_A_DATE``, ``NOT_A_TIME``, ``END_BEFORE_START`` and ``TIME_MISSING`` (a day without a
        clock time, or no day for one) are added to it. A row that tells nothing has no fault.
    orders
        What a user has said of the order of dates, by column (see ``date_witnesses.settle``).
    """
    blank = pd.Series(None, index, dtype="str")
    text = {role: cells.get(role, blank) for role in ("date", "start", "end")}
    span = text["start"].str.extract(_SPAN)
    whole = span["one"].notna()
    first = text["start"].where(~whole, span["one"]).astype("str")
    last = text["end"].where(text["end"].notna(), span["two"]).astype("str")
    columns = {"date": text["date"], "start": first, "end": last}
    called = {role: names.get(role, "") for role in columns}
    settled = date_witnesses.settle(columns, called, today, given=orders, pairs=[("start", "end")])
    when, starts, ends = (_read(columns[role], settled.of(role), today) for role in columns)
    _note_unread(text["date"], when, TableRule.NOT_A_DATE, names.get("date", ""), faults)
    for role, found, told in (("start", starts, first), ("end", ends, last)):
        column = names.get(role, names.get("start", ""))
        _note_unread(told, found, TableRule.NOT_A_TIME, column, faults)
    day = when.day.fillna(when.moment.dt.normalize()).fillna(starts.day)
    start = starts.moment.fillna(_at(day, starts.minutes)).fillna(when.moment)
    end = ends.moment.fillna(_at(start.dt.normalize(), ends.minutes))
    overnight = ends.minutes.notna() & (end <= start)
    end = end.mask(overnight, end + _DAY)
    _note_order(start, end, text, names, faults)
    _note_days(start, text, names, today, faults)
    told = text["date"].notna() | text["start"].notna()
    column = names.get("start", names.get("date", ""))
    faults.add(TableRule.TIME_MISSING, told & start.isna(), text["date"], column)
    by_date = starts.moment.isna() & starts.minutes.isna()
    start_later = starts.later.where(~by_date, when.later)
    return Spans(start, end, start_later, ends.later, settled.notes())


def clock_minutes(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """As ``clock.parse_clock``, but a bare number is an hour."""
    return clock.parse_clock(text.str.replace(_BARE_HOUR, r"\1:00", regex=True))


def _read(text: pd.Series, orders: Orders, today: date) -> _Cells:
    minutes, broken = clock_minutes(text)
    rest = text.where(broken).astype("str")
    moments = dates.parse(rest, orders=orders, latest=today)
    sharp = moments.precision == DatePrecision.MINUTE
    is_day = moments.precision == DatePrecision.DAY
    moment, day = moments.start.where(sharp), moments.start.where(is_day)
    return _Cells(moment, minutes, day, moments.later)


def _at(day: pd.Series, minutes: pd.Series) -> pd.Series:
    return day + pd.to_timedelta(minutes, unit="min")


def _note_unread(
    text: pd.Series, found: _Cells, rule: TableRule, column: str, faults: FaultList
) -> None:
    read = found.moment.notna() | found.minutes.notna() | found.day.notna()
    faults.add(rule, text.notna() & ~read, text, column)


def _note_order(
    start: pd.Series,
    end: pd.Series,
    text: Mapping[str, pd.Series],
    names: Mapping[str, str],
    faults: FaultList,
) -> None:
    column = names.get("end", names.get("start", ""))
    faults.add(TableRule.END_BEFORE_START, (end < start).to_numpy(), text["end"], column)


def _note_days(
    start: pd.Series,
    text: Mapping[str, pd.Series],
    names: Mapping[str, str],
    today: date,
    faults: FaultList,
) -> None:
    role = "date" if "date" in names else "start"
    outside = (start < _EARLIEST) | (start >= pd.Timestamp(today) + _DAY)
    faults.add(TableRule.DATE_OUT_OF_RANGE, np.asarray(outside), text[role], names.get(role, ""))
