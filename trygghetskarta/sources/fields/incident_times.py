"""When incidents happened and were registered, from whatever columns a file has for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import clock, date_witnesses, dates
from trygghetskarta.sources.fields.cell_values import numbers
from trygghetskarta.sources.fields.dates import Moments
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.period_days import as_periods
from trygghetskarta.sources.fields.period_units import in_unit, unit_of
from trygghetskarta.terms.times import DateOrder, DatePrecision

_EARLIEST = pd.Timestamp(1900, 1, 1)
_DAY = pd.Timedelta(days=1)
_DATE_ROLES = ("reported_date", "occurred_from_date", "occurred_to_date")
_IN_ORDER = (
    ("occurred_from_date", "reported_date"),
    ("occurred_to_date", "reported_date"),
    ("occurred_from_date", "occurred_to_date"),
)
_WHOLE_YEAR = r"hela\s+året|helår|året|summa|total(?:t|summa)?|samtliga(?:\s+månader)?|alla"
"""What stands in a column of months for the whole year."""


@dataclass(frozen=True, eq=False)
class IncidentTimes:
    """Columns of the contract ``INCIDENTS`` that have to do with time, as Swedish local time.

    ``told_end`` is the end as the row itself tells it, missing where it does not: unlike
    ``occurred_to`` it does not depend on the other rows of the file. ``from_later`` and
    ``to_later`` as ``dates.Moments.later``.
    """

    occurred_from: pd.Series
    occurred_to: pd.Series
    occurred_precision: pd.Series
    reported_from: pd.Series
    reported_to: pd.Series
    preliminary: pd.Series
    told_end: pd.Series
    from_later: pd.Series
    to_later: pd.Series
    notes: dict[str, object]


def read_times(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    index: pd.Index,
    today: date,
    faults: FaultList,
    orders: Mapping[str, DateOrder] | None = None,
) -> IncidentTimes:
    """Work out the times of every row.

    Parameters
    ----------
    cells
        Text by role, missing where nothing is told.
    names
        The file's column name by role, for faults.
    index
        Row numbers.
    today
        Later dates are faults (``DATE_OUT_OF_RANGE``), as those before 1900.
    faults
        Gets ``NOT_A_DATE``, ``YEAR_UNCLEAR``, ``DAY_UNCLEAR``, ``NOT_A_TIME``, ``NOT_A_PERIOD``,
        ``PERIOD_UNCLEAR``, ``END_BEFORE_START``, ``DATE_OUT_OF_RANGE``, ``TIME_MISSING``.
    orders
        What a user has said of the order of dates, by column (see ``date_witnesses.settle``).

    Returns
    -------
    Times
        Notes: those of ``date_witnesses.FileOrders``, ``period_days`` (column, a cell, what
        period its day stands for), ``midnight_heap`` (rows whose 00:00 is taken as time unknown),
        ``occurred_after_reported``, ``clock_unused`` (the column of clock times of no told day).
    """
    reader = _Reader(cells, names, index, today, faults, orders)
    start, end = reader.occurred()
    reported = reader.reported()
    if end is None:
        last = start.end
    else:
        last = end.end.where(end.start.notna(), start.end)
        # A day without clock ends before the start only when its last moment does.
        before = (end.start < start.start).where(_exact(end), end.end <= start.start)
        told = cells["occurred_to_date"] if "occurred_to_date" in cells else reader.blank()
        column = names.get("occurred_to_date", names.get("occurred_to_time", ""))
        faults.add(TableRule.END_BEFORE_START, before, told, column)
    clock_told = cells.get("occurred_from_time", reader.blank()).notna()
    if clock_told.any() and not {"occurred_from_date", "occurred_to_date"} & set(cells):
        reader.notes["clock_unused"] = [names["occurred_from_time"]]
    known = start.start.notna() | reported.start.notna()
    unread = reader.broken
    faults.add(TableRule.TIME_MISSING, ~known & ~unread, reader.blank())
    after = start.start.dt.normalize() > reported.start
    if after.any():
        reader.notes["occurred_after_reported"] = int(after.sum())
    return IncidentTimes(
        occurred_from=start.start,
        occurred_to=last,
        occurred_precision=start.precision,
        reported_from=reported.start,
        reported_to=reported.end - _DAY,
        preliminary=start.preliminary | reported.preliminary,
        told_end=_none(index).start if end is None else end.start,
        from_later=start.later,
        to_later=start.later if end is None else end.later.where(end.start.notna(), start.later),
        notes=reader.notes,
    )


class _Reader:
    """Reads columns of one file with one order of day and month."""

    def __init__(
        self,
        cells: Mapping[str, pd.Series],
        names: Mapping[str, str],
        index: pd.Index,
        today: date,
        faults: FaultList,
        orders: Mapping[str, DateOrder] | None,
    ) -> None:
        self._cells, self._names, self._index = cells, names, index
        self._today, self._faults = pd.Timestamp(today), faults
        self.broken = pd.Series(False, index)
        present = {role: cells[role] for role in _DATE_ROLES if role in cells}
        self._orders = date_witnesses.settle(present, names, today, given=orders, pairs=_IN_ORDER)
        self.notes: dict[str, Any] = self._orders.notes()
        self._sums = _are_sums(cells)

    def blank(self) -> pd.Series:
        return pd.Series(None, self._index, dtype="str")

    def reported(self) -> Moments:
        """First and last day of registration; a period stands where there is no date."""
        day = self._moments("reported_date")
        period = self._period()
        if period is None:
            found = day
        else:
            told = day.start.notna()
            found = Moments(
                *(
                    _same_unit(getattr(day, part)).where(told, _same_unit(getattr(period, part)))
                    for part in ("start", "end", "precision", "broken", "preliminary", "later")
                )
            )
        exact = _exact(found)
        start = found.start.dt.normalize()
        return Moments(
            start,
            found.end.where(~exact, start + _DAY),
            found.precision,
            found.broken,
            found.preliminary,
            pd.Series(False, start.index),
        )

    def occurred(self) -> tuple[Moments, Moments | None]:
        start = self._with_clock(
            self._moments("occurred_from_date"), "occurred_from_time", _none(self._index)
        )
        if not {"occurred_to_date", "occurred_to_time"} & set(self._cells):
            return start, None
        end = self._with_clock(self._moments("occurred_to_date"), "occurred_to_time", start)
        return _or(start, end), end

    def _moments(self, role: str) -> Moments:
        if role not in self._cells:
            return _none(self._index)
        text = self._cells[role]
        found = dates.parse(text, orders=self._orders.of(role), latest=self._today.date())
        if self._sums and role in ("reported_date", "occurred_from_date"):
            found = self._as_periods(found, role, is_certain=False)
        return self._checked(found, text, self._names[role], TableRule.NOT_A_DATE)

    def _as_periods(self, found: Moments, role: str, *, is_certain: bool = True) -> Moments:
        """Days of which each is the first of its month are the periods that they begin."""
        text, name = self._cells[role], self._names[role]
        taken = as_periods(found, name, is_certain=is_certain)
        self.broken |= taken.unclear
        self._faults.add(TableRule.PERIOD_UNCLEAR, taken.unclear, text, name)
        if taken.kind:
            changed = taken.moments.precision != found.precision
            told = self.notes.setdefault("period_days", [])
            told.append((name, text[changed].iloc[0], taken.kind))
        return taken.moments

    def _checked(self, found: Moments, text: pd.Series, name: str, rule: TableRule) -> Moments:
        self.broken |= found.broken
        self._faults.add(rule, found.broken, text, name)
        wrong = (found.start >= self._today + _DAY) | (found.start < _EARLIEST)
        self._faults.add(TableRule.DATE_OUT_OF_RANGE, wrong, text, name)
        return found

    def _period(self) -> Moments | None:
        if "period" in self._cells:
            text, role = self._cells["period"], "period"
            if "year" in self._cells:
                text = _with_year(text, self._cells["year"], self._names["period"])
            text, unclear = in_unit(text, self._names["period"])
            self.broken |= unclear
            self._faults.add(TableRule.PERIOD_UNCLEAR, unclear, text, self._names["period"])
            text = text.mask(unclear)
        elif "year" in self._cells:
            text, role = self._cells["year"], "year"
        else:
            return None
        found = dates.parse(text, latest=self._today.date(), periods=True)
        found = self._as_periods(found, role)
        return self._checked(found, text, self._names[role], TableRule.NOT_A_PERIOD)

    def _with_clock(self, day: Moments, role: str, other: Moments) -> Moments:
        """Join a date with the clock time in a column of its own; judge heaps of midnight."""
        start, end, precision, later = day.start, day.end, day.precision, day.later
        if role in self._cells:
            minutes, broken = clock.parse_clock(self._cells[role])
            self.broken |= broken
            self._faults.add(TableRule.NOT_A_TIME, broken, self._cells[role], self._names[role])
            base = start.dt.normalize()
            # The end has a clock but no date: it is the first such time after the start.
            borrowed = base.isna() & other.start.notna() & minutes.notna()
            base = base.where(~borrowed, other.start.dt.normalize())
            moment = base + pd.to_timedelta(minutes, unit="min").astype("timedelta64[us]")
            moment = moment.where(~(borrowed & (moment < other.start)), moment + _DAY)
            timed = moment.notna()
            start, end = start.where(~timed, moment), end.where(~timed, moment)
            later = later & ~timed
            precision = precision.mask(timed, DatePrecision.MINUTE.value)
        heap = clock.midnight_heap(start.where(precision == DatePrecision.MINUTE))
        if heap.any():
            self.notes["midnight_heap"] = self.notes.get("midnight_heap", 0) + int(heap.sum())
            end = end.where(~heap, start + _DAY)
            precision = precision.mask(heap, DatePrecision.DAY.value)
        return Moments(start, end, precision, day.broken, day.preliminary, later)


def _are_sums(cells: Mapping[str, pd.Series]) -> bool:
    """Whether rows count incidents without naming or timing any."""
    own = {"source_id", "case_id", "occurred_from_time", "occurred_to_date", "occurred_to_time"}
    if "count" not in cells or own & set(cells):
        return False
    return bool((numbers(cells["count"])[0].fillna(1) != 1).any())


def _exact(moments: Moments) -> pd.Series:
    return moments.precision == DatePrecision.MINUTE


def _same_unit(values: pd.Series) -> pd.Series:
    """Moments as microseconds: nanoseconds, which a blank column has, end in 1677."""
    return values.dt.as_unit("us") if values.dtype.kind == "M" else values


def _none(index: pd.Index) -> Moments:
    nat = pd.Series(np.datetime64("NaT", "us"), index)
    no = pd.Series(False, index)
    unknown = pd.Series(DatePrecision.UNKNOWN.value, index).astype("str")
    return Moments(nat, nat, unknown, no, no, no)


def _or(start: Moments, end: Moments) -> Moments:
    """The start; where only the end is told, the end."""
    told = start.start.notna()
    return Moments(
        start.start.where(told, end.start),
        start.end.where(told, end.end),
        start.precision.where(told, end.precision),
        start.broken,
        start.preliminary | end.preliminary,
        start.later.where(told, end.later),
    )


def _with_year(text: pd.Series, year: pd.Series, column: str) -> pd.Series:
    """Put the year before a quarter or month that stands in a column of its own."""
    kind, _ = unit_of(column)
    text = text.mask(text.str.fullmatch(_WHOLE_YEAR, case=False))
    lacks = ~text.str.contains(r"(?:19|20)\d{2}", na=True)
    # "3" means what the column is called; "K3" and "mars" say it themselves.
    number = text.str.fullmatch(r"\d{1,2}", na=False)
    told = text.where(~number, kind + text)
    whole = text.isna() & year.notna()
    return text.where(~lacks, year + " " + told).where(~whole, year)
