"""Counting: incidents held as arrays, so that a filter is a mask and a map is a bincount."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from trygghetskarta.analysis.coverage import silences
from trygghetskarta.analysis.incident_cube import NO_DAY, IncidentCube
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.times import DateBasis


def of_offences(cube: IncidentCube, types: Sequence[str], codes: Sequence[str] = ()) -> np.ndarray:
    """Mark the incidents of the given types, or whose code begins with one of ``codes``.

    Returns
    -------
    boolean array
        All True when both are empty.
    """
    return is_wanted(cube.offence_type, cube.offence_code, cube.offence_codes, types, codes)


def is_wanted(
    offence_type: np.ndarray,
    offence_code: np.ndarray,
    offence_codes: Sequence[str],
    types: Sequence[str],
    codes: Sequence[str] = (),
) -> np.ndarray:
    """Mark offences by type or code, as :func:`of_offences` does the incidents of a cube.

    Parameters
    ----------
    offence_type, offence_code, offence_codes
        As the attributes of :class:`IncidentCube`.
    types, codes
        What is wanted; both empty: everything.
    """
    if not types and not codes:
        return np.ones(len(offence_type), dtype=bool)
    wanted_types = np.array([name in types for name in OFFENCE_TYPES], dtype=bool)
    # The last element answers for rows without a code (-1).
    wanted_codes = np.array(
        [code.startswith(tuple(codes)) if codes else False for code in offence_codes] + [False]
    )
    return wanted_types[offence_type] | wanted_codes[offence_code]


def of_theme(cube: IncidentCube, theme: Theme | None) -> np.ndarray:
    """Mark the incidents that a theme's rule selects; all of them for None."""
    if theme is None:
        return np.ones(len(cube), dtype=bool)
    if not theme.counts_offences:
        return np.zeros(len(cube), dtype=bool)
    return of_offences(cube, theme.offence_types, theme.offence_codes)


def in_period(
    cube: IncidentCube, start: date, end: date, basis: DateBasis
) -> tuple[np.ndarray, np.ndarray]:
    """Mark the incidents dated within a period, and those that only may be.

    Returns
    -------
    inside, partly
        Boolean arrays. ``inside``: the whole date interval lies within ``start`` to ``end``, both
        included. ``partly``: a sum over a longer period that overlaps it; such rows are told, not
        counted.

    Raises
    ------
    AnalysisError
        If the period has no day.
    """
    if end < start:
        raise AnalysisError(AnalysisCause.NO_DAYS)
    first, last = cube.first_day[basis], cube.last_day[basis]
    low, high = _number(start), _number(end)
    known = first != NO_DAY
    inside = known & (first >= low) & (last <= high)
    partly = known & ~inside & (first <= high) & (last >= low)
    return inside, partly


def without_date(cube: IncidentCube) -> np.ndarray:
    """Mark the incidents that no period can claim because no date is known at all."""
    return cube.first_day[DateBasis.REPORTED] == NO_DAY


def count_by_area(cube: IncidentCube, mask: np.ndarray, level: AreaLevel) -> pd.Series:
    """Count offences per area.

    Returns
    -------
    Series
        Index: every area code of the level, sorted; 0 where nothing happened.
    """
    rows = cube.area_row[level]
    chosen = mask & (rows >= 0)
    codes = cube.area_codes[level]
    counts = np.bincount(rows[chosen], weights=cube.count[chosen], minlength=len(codes))
    return pd.Series(counts.astype(np.int64), index=pd.Index(codes, name="area_code"), name="count")


def monthly_counts(
    cube: IncidentCube, mask: np.ndarray, start: date, end: date, basis: DateBasis
) -> pd.Series:
    """Count marked offences per calendar month.

    Rows whose date spans more than one month (quarterly sums) are left out; a month that no
    record covers is indistinguishable from one in which nothing was reported.

    Returns
    -------
    Series
        Index: first day of every month from ``start`` to ``end``.
    """
    months = pd.period_range(start, end, freq="M")
    first = _month(cube.first_day[basis])
    usable = mask & (cube.first_day[basis] != NO_DAY) & (first == _month(cube.last_day[basis]))
    position = first - months[0].ordinal
    usable &= (position >= 0) & (position < len(months))
    counts = np.bincount(position[usable], weights=cube.count[usable], minlength=len(months))
    return pd.Series(counts.astype(np.int64), index=months.to_timestamp(), name="count")


def monthly_by_area(
    cube: IncidentCube,
    mask: np.ndarray,
    area_row: np.ndarray,
    codes: Sequence[str],
    days: tuple[date, date],
    basis: DateBasis,
) -> pd.DataFrame:
    """Count marked offences per area and calendar month.

    Parameters
    ----------
    cube, mask
        The incidents, and which of them.
    area_row
        Position in ``codes`` of each incident's area, -1 for none.
    codes
        The areas.
    days
        First and last day of the data.
    basis
        Which date places an offence in a month.

    Returns
    -------
    DataFrame
        Index: first day of every month that lies wholly within ``days``, but for a few days
        without anything at either end; columns: ``codes``. Missing where a sum over several months
        touches the month.
    """
    first, last = _month(cube.first_day[basis]), _month(cube.last_day[basis])
    start, end = (_month(np.array([_number(day)]))[0] for day in days)
    start += days[0].day > _QUIET_START
    end += (days[1] + timedelta(days=_QUIET_START)).month != days[1].month
    size = max(0, int(end - start))
    index = pd.DatetimeIndex(np.arange(start, start + size).astype("datetime64[M]"), name="month")
    dated = mask & (cube.first_day[basis] != NO_DAY)
    longer = dated & (first != last)
    touched = np.zeros(size + 1)
    np.add.at(touched, np.clip(first[longer] - start, 0, size), 1)
    np.add.at(touched, np.clip(last[longer] - start + 1, 0, size), -1)
    rows = dated & (first == last) & (first >= start) & (first < start + size) & (area_row >= 0)
    cell = (first[rows] - start) * len(codes) + area_row[rows]
    held = np.bincount(cell, weights=cube.count[rows], minlength=size * len(codes))
    table = pd.DataFrame(held.reshape(size, len(codes)), index=index, columns=list(codes))
    return table[np.cumsum(touched)[:size] == 0].reindex(index)


_QUIET_START = 4
"""Days at the edge of the data that a month may lack and still be whole."""


def top_types(cube: IncidentCube, mask: np.ndarray) -> pd.Series:
    """Count marked offences per offence type, most first, types without any left out."""
    counts = np.bincount(
        cube.offence_type[mask], weights=cube.count[mask], minlength=len(OFFENCE_TYPES)
    )
    series = pd.Series(counts.astype(np.int64), index=pd.Index(OFFENCE_TYPES, name="offence_type"))
    return series[series > 0].sort_values(ascending=False, kind="stable")


def newest_day(cube: IncidentCube, basis: DateBasis) -> date | None:
    """Give the last day any incident is dated, None for an empty cube."""
    days = cube.last_day[basis]
    days = days[days != NO_DAY]
    return None if len(days) == 0 else _date(int(days.max()))


def oldest_day(cube: IncidentCube, basis: DateBasis) -> date | None:
    """Give the first day any incident is dated, None for an empty cube."""
    days = cube.first_day[basis]
    days = days[days != NO_DAY]
    return None if len(days) == 0 else _date(int(days.min()))


def silent_months(cube: IncidentCube, basis: DateBasis) -> tuple[tuple[date, date], ...]:
    """Months that were never delivered, as first and last days, in order.

    By date of registration whatever the basis: what was not registered in a month cannot be told
    by another date; see :func:`trygghetskarta.analysis.coverage.silences`.
    """
    found: list[tuple[int, int]] = []
    for one in {DateBasis.REPORTED, basis}:
        first, last = cube.first_day[one], cube.last_day[one]
        known = (first != NO_DAY) & (last != NO_DAY)
        found += silences(first[known], last[known], cube.count[known], cube.source[known])
    months = sorted({month for first, last in found for month in range(first, last + 1)})
    apart = np.flatnonzero(np.diff(months) > 1) + 1
    runs = np.split(np.array(months, dtype=np.int64), apart) if months else []
    return tuple((_date(_day_of(run[0])), _date(_day_of(run[-1] + 1) - 1)) for run in runs)


def _day_of(month: int) -> int:
    return int(np.datetime64(int(month), "M").astype("datetime64[D]").astype(np.int64))


def _month(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _date(number: int) -> date:
    return date.fromordinal(number + date(1970, 1, 1).toordinal())
