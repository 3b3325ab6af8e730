"""Invented offences whose yearly and quarterly sums are the real ones of the municipality."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd

from trygghetskarta.example.profiles import (
    BURGLARY,
    CATEGORIES,
    DRUGS,
    EXTRA_NAMES,
    OTHER,
    PERSON,
    PROFILES,
    THEFT,
    VANDALISM,
    Profile,
)
from trygghetskarta.example.town import Town, place
from trygghetskarta.settings import TIME_ZONE

MARK = "PÅHITTADE EXEMPELDATA"
_WITHOUT_PLACE, _AREA_ONLY, _WITHOUT_TIME = 0.035, 0.08, 0.015
_NEAR_REPEATS = 0.18
_LONG_DELAYS = (400, 3000)
_CHANGE = {"falling": (1.7, 1.5, 1.2, 0.8, 0.45, 0.4), "rising": (0.6, 0.7, 0.9, 1.2, 1.7, 1.9)}
"""How vandalism moves between two districts, year by year: something for a user to find."""


def yearly(totals: pd.DataFrame, year: int) -> dict[str, int]:
    """Disjoint counts per category of a whole year, from Brå's overlapping ones."""
    of = {
        category: _total(totals, category, date(year, 1, 1), date(year, 12, 31))
        for category in ("total", PERSON, THEFT, BURGLARY, VANDALISM, DRUGS)
    }
    known = of[PERSON] + of[THEFT] + of[VANDALISM] + of[DRUGS]
    return {
        BURGLARY: of[BURGLARY],
        THEFT: of[THEFT] - of[BURGLARY],
        PERSON: of[PERSON],
        VANDALISM: of[VANDALISM],
        DRUGS: of[DRUGS],
        OTHER: of["total"] - known,
    }


def quarterly(totals: pd.DataFrame, year: int) -> list[int]:
    """Offences per quarter of a year, as many quarters as there are."""
    counts = []
    for quarter in range(1, 5):
        month = 3 * quarter
        start = date(year, month - 2, 1)
        end = date(year, month, monthrange(year, month)[1])
        row = _rows(totals, "total", start, end)
        if row.empty:
            break
        counts.append(int(row["count"].iloc[0]))
    return counts


def make_year(
    town: Town,
    year: int,
    counts: dict[str, int],
    quarters: list[int],
    step: int,
    name_of: Callable[[str], str | None],
    vulnerable: frozenset[str],
    preliminary: bool,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Invent the offences reported in a year.

    Parameters
    ----------
    town
        Where they happen.
    year
        Year of report.
    counts, quarters
        Offences per category and per quarter; both sum to the same.
    step
        Which year of the series it is, from 0.
    name_of
        Name of an offence code.
    vulnerable
        Districts where some kinds are commoner.
    preliminary
        Whether the publisher would call them so.
    rng
        Source of chance.

    Returns
    -------
    DataFrame
        Columns as in a police extract with coordinates, all text.
    """
    category = rng.permutation(np.repeat(CATEGORIES, [counts[name] for name in CATEGORIES]))
    quarter = np.repeat(np.arange(1, len(quarters) + 1), quarters)
    reported = np.empty(len(category), dtype="datetime64[D]")
    start = np.empty(len(category), dtype="datetime64[m]")
    end = start.copy()
    code = np.empty(len(category), dtype=object)
    area = np.empty(len(category), dtype=int)
    for name in CATEGORIES:
        rows = np.flatnonzero(category == name)
        profile = PROFILES[name]
        code[rows] = _codes(profile, len(rows), rng)
        reported[rows] = _reported(profile, name, year, quarter[rows], rng)
        start[rows], end[rows] = _times(profile, reported[rows], rng)
        area[rows] = _areas(town, profile, name, step, vulnerable, len(rows), rng)
    points = place(town, area, rng)
    _repeat_burglaries(category, quarter, reported, start, end, area, points, rng)
    return _as_extract(
        town, year, code, reported, start, end, area, points, name_of, preliminary, rng
    )


def _rows(totals: pd.DataFrame, category: str, start: date, end: date) -> pd.DataFrame:
    return totals[
        (totals["category"] == category)
        & (totals["period_from"] == pd.Timestamp(start))
        & (totals["period_to"] == pd.Timestamp(end))
    ]


def _total(totals: pd.DataFrame, category: str, start: date, end: date) -> int:
    return int(_rows(totals, category, start, end)["count"].iloc[0])


def _codes(profile: Profile, count: int, rng: np.random.Generator) -> np.ndarray:
    weights = np.array(list(profile.codes.values()))
    return rng.choice(np.array(list(profile.codes), dtype=object), count, p=weights / weights.sum())


def _reported(
    profile: Profile, name: str, year: int, quarter: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """A day of report within the quarter, by season, weekday and, for drugs, police effort."""
    found = np.empty(len(quarter), dtype="datetime64[D]")
    for number in np.unique(quarter):
        rows = np.flatnonzero(quarter == number)
        first = date(year, 3 * number - 2, 1)
        last = date(year, 3 * number, monthrange(year, 3 * number)[1])
        days = np.arange(np.datetime64(first), np.datetime64(last) + 1)
        weights = np.array([profile.months[day.month - 1] for day in days.astype(object)])
        weekday = (days.astype(np.int64) + 3) % 7
        weights *= np.where(weekday >= 5, 0.7, 1.1)
        if name == DRUGS:
            weeks = days.astype(np.int64) // 7
            effort = rng.choice(np.unique(weeks), 3, replace=False)
            weights *= np.where(np.isin(weeks, effort), 4.0, 1.0)
        found[rows] = rng.choice(days, len(rows), p=weights / weights.sum())
    return found


def _times(
    profile: Profile, reported: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Start and end in local time, before the end of the day of report."""
    count = len(reported)
    lags = np.arange(8)
    weekday = (reported.astype(np.int64)[:, None] - lags + 3) % 7
    weights = 0.52**lags * np.array(profile.weekdays)[weekday]
    steps = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
    lag = (rng.random((count, 1)) > steps).sum(axis=1).clip(max=len(lags) - 1)
    late = rng.random(count) < profile.late
    lag = np.where(late, rng.integers(*_LONG_DELAYS, count), lag)
    minutes = rng.choice(24, count, p=profile.hours) * 60 + rng.integers(60, size=count)
    # Nobody writes down the exact minute; most are rounded to five.
    minutes = np.where(rng.random(count) < 0.7, minutes // 5 * 5, minutes)
    minutes = np.maximum(minutes, 1)
    start = (reported - lag.astype("timedelta64[D]")).astype("datetime64[m]") + minutes
    long = rng.random(count) < profile.interval_share
    hours = rng.lognormal(np.log(max(profile.interval_hours, 1)), 0.7, count)
    span = np.where(long, (hours * 12).astype(np.int64) * 5 + 5, 0)
    latest = reported.astype("datetime64[m]") + 24 * 60 - 1
    end = np.minimum(start + span, latest)
    return _real(start), np.maximum(_real(end), _real(start))


def _real(moments: np.ndarray) -> np.ndarray:
    """Move times that the clock jumps over in spring one hour on."""
    local = pd.DatetimeIndex(moments.astype("datetime64[s]"))
    zoned = local.tz_localize(TIME_ZONE, nonexistent=pd.Timedelta(hours=1), ambiguous=True)
    return zoned.tz_localize(None).to_numpy().astype("datetime64[m]")


def _areas(
    town: Town,
    profile: Profile,
    name: str,
    step: int,
    vulnerable: frozenset[str],
    count: int,
    rng: np.random.Generator,
) -> np.ndarray:
    weights = town.people * (0.6 + town.centrality * (profile.centre + 0.4))
    weights = weights * np.where(np.isin(town.district, list(vulnerable)), profile.vulnerable, 1.0)
    if name == VANDALISM:
        falling, rising = _moving(town)
        weights = weights * np.where(town.district == falling, _CHANGE["falling"][step], 1.0)
        weights = weights * np.where(town.district == rising, _CHANGE["rising"][step], 1.0)
    return rng.choice(len(town.codes), count, p=weights / weights.sum())


def _moving(town: Town) -> tuple[str, str]:
    """The second and the third most populous districts."""
    people = pd.Series(town.people).groupby(town.district).sum()
    ordered = people.sort_values(ascending=False, kind="stable").index.to_list()
    return ordered[min(1, len(ordered) - 1)], ordered[min(2, len(ordered) - 1)]


def _repeat_burglaries(
    category: np.ndarray,
    quarter: np.ndarray,
    reported: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    area: np.ndarray,
    points: np.ndarray,
    rng: np.random.Generator,
) -> None:
    """Move some burglaries next to an earlier one of the same week, in place."""
    for number in np.unique(quarter):
        rows = np.flatnonzero((category == BURGLARY) & (quarter == number))
        moved = rows[rng.random(len(rows)) < _NEAR_REPEATS]
        if len(rows) < 2:
            continue
        first = rng.choice(rows, len(moved))
        limit = reported[rows].max()
        for row, model in zip(moved, first, strict=True):
            day = min(reported[model] + int(rng.integers(1, 8)), limit)
            shift = (day - reported[row]).astype("timedelta64[m]")
            reported[row] = day
            start[row : row + 1] = _real(start[row : row + 1] + shift)
            end[row : row + 1] = np.maximum(_real(end[row : row + 1] + shift), start[row : row + 1])
            area[row] = area[model]
            points[row] = points[model]


def _as_extract(
    town: Town,
    year: int,
    code: np.ndarray,
    reported: np.ndarray,
    start: np.ndarray,
    end: np.ndarray,
    area: np.ndarray,
    points: np.ndarray,
    name_of: Callable[[str], str | None],
    preliminary: bool,
    rng: np.random.Generator,
) -> pd.DataFrame:
    names = {each: name_of(each) or EXTRA_NAMES.get(each, "") for each in np.unique(code)}
    luck = rng.random(len(code))
    unplaced, coded = luck < _WITHOUT_PLACE, luck < _WITHOUT_PLACE + _AREA_ONLY
    timeless = rng.random(len(code)) < _WITHOUT_TIME
    begun, ended = _written(start), _written(end)
    begun = np.where(timeless, np.char.add(_day(start), " 00:00"), begun)
    ended = np.where(timeless, begun, ended)
    order = np.lexsort((np.arange(len(code)), reported))
    table = pd.DataFrame(
        {
            "Brottskod": code,
            "Brottskod.klartext": [names[each] for each in code],
            "Inskrivningsdatum": _day(reported),
            "BROTTSDATUMTID_START": begun,
            "BROTTSDATUMTID_SLUT": ended,
            "SWEREF99TM_N": np.where(coded, "", _metres(points[:, 1])),
            "SWEREF99TM_E": np.where(coded, "", _metres(points[:, 0])),
            "DeSO.område": np.where(unplaced, "NA", town.codes[area]),
            "Antal": "1",
            "Preliminär": "ja" if preliminary else "nej",
            "Källa": MARK,
        }
    ).iloc[order]
    table.insert(0, "Id", [f"EX{year}-{number:05d}" for number in range(1, len(table) + 1)])
    return table


def _day(moments: np.ndarray) -> np.ndarray:
    return np.datetime_as_string(moments.astype("datetime64[D]"))


def _written(moments: np.ndarray) -> np.ndarray:
    return np.char.replace(np.datetime_as_string(moments, unit="m"), "T", " ")


def _metres(values: np.ndarray) -> np.ndarray:
    return np.char.replace(np.char.mod("%.1f", values), ".", ",")
