"""Counting: incidents held as arrays, so that a filter is a mask and a map is a bincount."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from trygghetskarta.analysis.comparison import compare_counts
from trygghetskarta.analysis.coverage import silences
from trygghetskarta.analysis.rates import empirical_bayes_interval, incidence_rate
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.terms import OFFENCE_TYPES, AreaLevel, DateBasis, PlaceMatch, Theme

LEVEL_COLUMNS = {
    AreaLevel.DISTRICT: "district_code",
    AreaLevel.REGSO: "regso_code",
    AreaLevel.DESO: "deso_code",
}
"""Column of a placed incident that holds its area, by level below the municipality."""

_NO_DAY = np.iinfo(np.int32).min


@dataclass(frozen=True, eq=False)
class IncidentCube:
    """Incidents as parallel arrays, one element per incident row.

    Attributes
    ----------
    area_codes
        Sorted area codes per level; ``area_row`` refers to them.
    area_row
        Row number of the incident's area per level, -1 where the level is not decided; the
        municipality's is that of every incident inside it.
    offence_type
        Position in ``OFFENCE_TYPES``.
    offence_code, offence_codes
        Position in the sorted tuple of codes that occur, -1 for none; and that tuple.
    first_day, last_day
        Days since 1970-01-01, by basis: the first and last day that the date may be. A row that
        lacks the date of one basis borrows the other; ``-2**31`` where neither is known.
    has_time
        Whether the offence's start is known to the minute.
    inside
        False for incidents that lie outside the municipality.
    preliminary
        Whether the publisher calls the row preliminary.
    count
        How many offences the row stands for.
    source
        Number of the row's source, 0 for all where none is told.
    x, y
        Where it happened, metres in EPSG:3006; NaN where the row has no point.
    began, ended
        Bounds of the time of the offence, ``datetime64[s]`` in UTC; NaT where no time of day is
        known.
    """

    area_codes: Mapping[AreaLevel, tuple[str, ...]]
    area_row: Mapping[AreaLevel, np.ndarray]
    offence_type: np.ndarray
    offence_code: np.ndarray
    offence_codes: tuple[str, ...]
    first_day: Mapping[DateBasis, np.ndarray]
    last_day: Mapping[DateBasis, np.ndarray]
    has_time: np.ndarray
    inside: np.ndarray
    preliminary: np.ndarray
    count: np.ndarray
    source: np.ndarray
    x: np.ndarray
    y: np.ndarray
    began: np.ndarray
    ended: np.ndarray

    def __len__(self) -> int:
        return len(self.count)


def build_cube(
    incidents: pd.DataFrame, area_codes: Mapping[AreaLevel, Sequence[str]]
) -> IncidentCube:
    """Turn placed incidents into arrays.

    Parameters
    ----------
    incidents
        Contract ``PLACED_INCIDENTS`` with ``x`` and ``y`` in place of the geometry; without them no
        incident has a point.
    area_codes
        The codes of each level that is shown, in any order.
    """
    codes = {level: tuple(sorted(values)) for level, values in area_codes.items()}
    present = incidents["offence_code"].dropna().unique()
    offence_codes = tuple(sorted(str(code) for code in present))
    reported = _day(incidents["reported_from"]), _day(incidents["reported_to"])
    has_time = (incidents["occurred_precision"] == "minute").to_numpy(dtype=bool)
    inside = (incidents["place_match"] != PlaceMatch.OUTSIDE).to_numpy(dtype=bool)
    occurred = (
        _local_day(incidents["occurred_from"]),
        _local_day(incidents["occurred_to"], end=True),
    )
    return IncidentCube(
        area_codes=codes,
        area_row={
            level: pd.Index(values).get_indexer(incidents[LEVEL_COLUMNS[level]]).astype(np.int32)
            if level in LEVEL_COLUMNS
            else np.where(inside, 0, -1).astype(np.int32)
            for level, values in codes.items()
        },
        offence_type=pd.Index(OFFENCE_TYPES)
        .get_indexer(incidents["offence_type"])
        .astype(np.int16),
        offence_code=pd.Index(offence_codes)
        .get_indexer(incidents["offence_code"])
        .astype(np.int32),
        offence_codes=offence_codes,
        first_day={
            DateBasis.REPORTED: _first_known(reported[0], occurred[0]),
            DateBasis.OCCURRED: _first_known(occurred[0], reported[0]),
        },
        last_day={
            DateBasis.REPORTED: _first_known(reported[1], occurred[0]),
            # An offence belongs to the period in which it began, however long it may have lasted.
            DateBasis.OCCURRED: _first_known(
                np.where(_spans_a_period(incidents), occurred[1], occurred[0]), reported[1]
            ),
        },
        has_time=has_time,
        inside=inside,
        preliminary=incidents["preliminary"].to_numpy(dtype=bool),
        count=incidents["count"].to_numpy(dtype=np.int64),
        source=_sources(incidents),
        x=_coordinate(incidents, "x"),
        y=_coordinate(incidents, "y"),
        began=_moment(incidents["occurred_from"], has_time),
        ended=_moment(incidents["occurred_to"], has_time),
    )


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
    known = first != _NO_DAY
    inside = known & (first >= low) & (last <= high)
    partly = known & ~inside & (first <= high) & (last >= low)
    return inside, partly


def without_date(cube: IncidentCube) -> np.ndarray:
    """Mark the incidents that no period can claim because no date is known at all."""
    return cube.first_day[DateBasis.REPORTED] == _NO_DAY


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


def without_area(cube: IncidentCube, mask: np.ndarray, level: AreaLevel) -> int:
    """Count the marked offences inside the municipality that cannot be placed at a level."""
    return int(cube.count[mask & cube.inside & (cube.area_row[level] < 0)].sum())


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
    usable = mask & (cube.first_day[basis] != _NO_DAY) & (first == _month(cube.last_day[basis]))
    position = first - months[0].ordinal
    usable &= (position >= 0) & (position < len(months))
    counts = np.bincount(position[usable], weights=cube.count[usable], minlength=len(months))
    return pd.Series(counts.astype(np.int64), index=months.to_timestamp(), name="count")


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
    days = days[days != _NO_DAY]
    return None if len(days) == 0 else _date(int(days.max()))


def oldest_day(cube: IncidentCube, basis: DateBasis) -> date | None:
    """Give the first day any incident is dated, None for an empty cube."""
    days = cube.first_day[basis]
    days = days[days != _NO_DAY]
    return None if len(days) == 0 else _date(int(days.min()))


def indicator_table(
    count: pd.Series,
    previous: pd.Series | None,
    population: pd.Series,
    days: int,
    days_previous: int = 0,
) -> pd.DataFrame:
    """Put the figures of every area side by side.

    Parameters
    ----------
    count, previous
        Offences in the period and in the period compared with; same index.
    population
        Inhabitants, missing where not known; reindexed to ``count``.
    days, days_previous
        Lengths of the two periods.

    Returns
    -------
    DataFrame
        Index of ``count``; columns ``count``, ``population``, ``crude_rate``, ``crude_lower``,
        ``crude_upper`` (per 1 000 inhabitants in the period, exact Poisson limits), ``rate``,
        ``lower``, ``upper`` (the same smoothed towards the municipality's rate) and, with
        ``previous``, the columns of :func:`compare_counts`. It says nothing of whether people
        report what happens.
    """
    people = population.reindex(count.index).astype("float64")
    crude = incidence_rate(count, people)
    smoothed = empirical_bayes_interval(count, people)
    table = pd.DataFrame(
        {
            "count": count.astype("float64"),
            "population": people,
            "crude_rate": crude["rate"],
            "crude_lower": crude["lower"],
            "crude_upper": crude["upper"],
            "rate": smoothed["rate"],
            "lower": smoothed["lower"],
            "upper": smoothed["upper"],
        }
    )
    if previous is None:
        return table
    change = compare_counts(previous, count, days_previous, days)
    return table.assign(previous=previous.astype("float64")).join(change)


def _spans_a_period(incidents: pd.DataFrame) -> np.ndarray:
    return incidents["occurred_precision"].isin(["month", "quarter", "year"]).to_numpy(dtype=bool)


def _first_known(wanted: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.where(wanted != _NO_DAY, wanted, other).astype(np.int32)


def _day(moments: pd.Series) -> np.ndarray:
    days = moments.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), _NO_DAY, days.astype(np.int64)).astype(np.int32)


def _local_day(moments: pd.Series, end: bool = False) -> np.ndarray:
    local = moments.dt.tz_convert(TIME_ZONE).dt.tz_localize(None)
    if end:
        # The end of a day-precise interval is the next midnight, which is not the next day.
        local = local - pd.Timedelta(1, "us")
    return _day(local)


def _sources(incidents: pd.DataFrame) -> np.ndarray:
    if "source" not in incidents:
        return np.zeros(len(incidents), dtype=np.int64)
    return pd.factorize(incidents["source"])[0]


def silent_months(cube: IncidentCube, basis: DateBasis) -> tuple[tuple[date, date], ...]:
    """Months that were never delivered, as first and last days, in order.

    By date of registration whatever the basis: what was not registered in a month cannot be told
    by another date; see :func:`trygghetskarta.analysis.coverage.silences`.
    """
    found: list[tuple[int, int]] = []
    for one in {DateBasis.REPORTED, basis}:
        first, last = cube.first_day[one], cube.last_day[one]
        known = (first != _NO_DAY) & (last != _NO_DAY)
        found += silences(first[known], last[known], cube.count[known], cube.source[known])
    months = sorted({month for first, last in found for month in range(first, last + 1)})
    apart = np.flatnonzero(np.diff(months) > 1) + 1
    runs = np.split(np.array(months, dtype=np.int64), apart) if months else []
    return tuple((_date(_day_of(run[0])), _date(_day_of(run[-1] + 1) - 1)) for run in runs)


def _day_of(month: int) -> int:
    return int(np.datetime64(int(month), "M").astype("datetime64[D]").astype(np.int64))


def _coordinate(incidents: pd.DataFrame, name: str) -> np.ndarray:
    if name not in incidents:
        return np.full(len(incidents), np.nan)
    return incidents[name].to_numpy(dtype=np.float64)


def _moment(moments: pd.Series, known: np.ndarray) -> np.ndarray:
    utc = moments.dt.tz_localize(None).to_numpy(dtype="datetime64[s]")
    return np.where(known, utc, np.datetime64("NaT", "s"))


def _month(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _date(number: int) -> date:
    return date.fromordinal(number + date(1970, 1, 1).toordinal())
