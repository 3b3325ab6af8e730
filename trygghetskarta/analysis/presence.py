"""Where and when walkers were present, and where and when nobody was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from trygghetskarta.analysis.aoristic import aoristic
from trygghetskarta.analysis.cells import positive
from trygghetskarta.analysis.lattices import Squares
from trygghetskarta.analysis.spatial import AreaIndex
from trygghetskarta.analysis.tracks import Track
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import TIME_ZONE, WORK_CRS

EVENING_SLOTS = ((18, 20), (20, 22), (22, 24), (0, 2))
"""Hours of a day that walks are looked for in, first included and last not."""

LEAST_MINUTES = 10.0
"""A walk counts for a district and slot when it was there for so many minutes."""

_BIT = 300.0  # seconds; longer steps are divided before they are given an hour and a district


@dataclass(frozen=True, eq=False)
class Presence:
    """Time that walkers spent, by place and by hour.

    Attributes
    ----------
    cells
        Index ``cell`` (as ``Cells.code``), only cells somebody was in, largest presence first.
        ``person_minutes``; ``passes``: walks that went through it; ``geometry``: the square,
        EPSG:3006.
    by_hour
        Index ``weekday`` 0 (Monday) to 6, columns ``hour`` 0 to 23, Swedish time, in
        person-minutes.
    person_minutes
        Of all walks whose hours are known: the sum of ``by_hour``.
    without_line
        Walks whose hours are known but not their way: in ``by_hour``, not in ``cells``.
    without_time
        Walks whose hours are not known; they count as no time, but as a pass in ``cells``.
    one_assumed
        Walks whose number of people is not known; one is counted.
    """

    cells: gpd.GeoDataFrame
    by_hour: pd.DataFrame
    person_minutes: float
    without_line: int
    without_time: int
    one_assumed: int


@dataclass(frozen=True, eq=False)
class _Steps:
    """Straight steps of many tracks: from, to, moments (seconds since 1970 UTC; NaN unknown)."""

    track: NDArray[np.int64]
    x: NDArray[np.float64]  # two columns: from, to
    y: NDArray[np.float64]
    time: NDArray[np.float64]

    @property
    def seconds(self) -> NDArray[np.float64]:
        return np.nan_to_num(self.time[:, 1] - self.time[:, 0])


def presence(
    tracks: Sequence[Track],
    cell: float = 100.0,
    participants: Sequence[float] | pd.Series | None = None,
) -> Presence:
    """Sum the time that walkers were present, by cell and by hour of the week.

    Each step's time is spread evenly along it, cut exactly where it crosses into another cell, and
    counted once per person. A walk whose moments are not known but whose hours are is spread
    evenly along its way; one without a way has hours only. It does not say that the place became
    safer, nor that somebody was seen there.

    Parameters
    ----------
    tracks
        Cleaned tracks of the walks.
    cell
        Side of the squares in metres; those of Statistics Sweden's grid.
    participants
        People on each walk; missing and None count as one.

    Returns
    -------
    Presence
        In person-minutes.

    Raises
    ------
    AnalysisError
        ``OUT_OF_RANGE`` if ``cell`` is not positive; ``LENGTHS_DIFFER``; ``NEGATIVE_COUNT``.

    Examples
    --------
    Two people walk 200 metres in four minutes, the first half of them in the first square:

    >>> from trygghetskarta.analysis.tracks import Track
    >>> line = shapely.MultiLineString([[(0, 50), (200, 50)]])
    >>> at = pd.Timestamp("2026-02-13 21:00", tz="Europe/Stockholm")
    >>> walk = Track(line, 200, 4, 0, 200, at, at, (np.array([0.0, 240.0]),))
    >>> found = presence([walk], participants=[2])
    >>> found.cells["person_minutes"].to_dict(), found.person_minutes
    ({'100E0N0': 4.0, '100E100N0': 4.0}, 8.0)
    """
    lattice = Squares(positive("cell", cell))
    people, assumed = _people(participants, len(tracks))
    spans = _spans(tracks)
    timed = set(spans["track"])
    weights = spans["seconds"].to_numpy() / 60 * people[spans["track"].to_numpy(dtype=np.int64)]
    by_hour = aoristic(_moments(spans["start"]), _moments(spans["end"]), pd.Series(weights))
    return Presence(
        cells=_by_cell(_steps(tracks), people, lattice),
        by_hour=by_hour,
        person_minutes=float(weights.sum()),
        without_line=sum(not track.has_line for n, track in enumerate(tracks) if n in timed),
        without_time=len(tracks) - len(timed),
        one_assumed=assumed,
    )


def presence_gaps(
    tracks: Sequence[Track],
    districts: gpd.GeoDataFrame,
    until: date,
    weeks: int = 6,
    slots: Sequence[tuple[int, int]] = EVENING_SLOTS,
    places: Sequence[str | None] | None = None,
) -> pd.DataFrame:
    """Count the walks in every district, weekday and slot of the day, so that gaps can be told.

    A walk counts where and when it was present for at least ten minutes together on one day. A
    district where nobody walked is no worse for that: whether somebody should walk there, the
    count does not say.

    Parameters
    ----------
    tracks
        Cleaned tracks of the walks.
    districts
        Contract ``AREAS`` of one level, EPSG:3006; with ``area_code``.
    until
        Last day that is looked at.
    weeks
        Whole weeks back from it.
    slots
        Hours of a day, ``(22, 24)``: from 22:00 up to midnight. After midnight the weekday is the
        new day's.
    places
        District code of each walk, used for walks that have hours but no way.

    Returns
    -------
    DataFrame
        One row per district, weekday (0 Monday) and slot: ``district_code``, ``weekday``,
        ``from_hour``, ``to_hour``, ``passes`` (0: a gap), ``weeks``, ``last_pass`` (day of the
        latest one in any week before ``until``, NaT when there is none). Walks without hours
        count nowhere.

    Raises
    ------
    AnalysisError
        ``OUT_OF_RANGE`` if ``weeks`` is below 1; ``LENGTHS_DIFFER``.
    """
    if weeks < 1:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="weeks", value=weeks)
    codes = districts["area_code"].to_numpy()
    visits = _visits(_bits(tracks, districts, places), slots)
    visits = visits[visits["day"] <= pd.Timestamp(until)]
    first = pd.Timestamp(until - timedelta(days=7 * weeks - 1))
    key = ["district", "weekday", "slot"]
    found = visits.groupby(key)["day"].max().rename("last_pass").to_frame()
    recent = visits[visits["day"] >= first].groupby(key)["track"].size()
    every = pd.MultiIndex.from_product([codes, range(7), range(len(slots))], names=key)
    table = found.reindex(every).assign(passes=recent.reindex(every).fillna(0).astype("int64"))
    table = table.reset_index().rename(columns={"district": "district_code"})
    hours = np.array(slots).reshape(-1, 2)[table["slot"]]
    table = table.assign(from_hour=hours[:, 0], to_hour=hours[:, 1], weeks=weeks)
    names = ["district_code", "weekday", "from_hour", "to_hour", "passes", "weeks", "last_pass"]
    return table[names]


def _people(given: Sequence[float] | pd.Series | None, walks: int) -> tuple[NDArray, int]:
    if given is None:
        return np.ones(walks), walks
    people = pd.to_numeric(pd.Series(list(given), dtype="object")).astype("float64").to_numpy()
    if len(people) != walks:
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=walks, right=len(people))
    if (people < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    return np.where(np.isnan(people), 1.0, people), int(np.isnan(people).sum())


def _spans(tracks: Sequence[Track]) -> pd.DataFrame:
    """Each part's first and last known moment, or the walk's own where no part has any."""
    rows = []
    for number, track in enumerate(tracks):
        base = _epoch(track.started_at)
        known = [part[np.isfinite(part)] for part in track.seconds]
        own = [(number, base + part.min(), base + part.max()) for part in known if len(part)]
        if not own and _has_hours(track):
            own = [(number, base, _epoch(track.ended_at))]
        rows += own
    spans = pd.DataFrame(rows, columns=["track", "start", "end"])
    return spans.assign(seconds=(spans["end"] - spans["start"]).astype("float64"))


def _steps(tracks: Sequence[Track]) -> _Steps:
    numbers, xs, ys, times = [], [], [], []
    for number, track in enumerate(tracks):
        for line, moments in zip(*_lines(track), strict=True):
            numbers.append(np.full(len(line) - 1, number))
            xs.append(_pairs(line[:, 0]))
            ys.append(_pairs(line[:, 1]))
            times.append(_pairs(moments))
    if not numbers:
        return _Steps(np.zeros(0, np.int64), *(np.zeros((0, 2)) for _ in range(3)))
    return _Steps(*(np.concatenate(part) for part in (numbers, xs, ys, times)))


def _lines(track: Track) -> tuple[list[NDArray], list[NDArray]]:
    """Coordinates and moments of each part; even along the way when only the hours are known."""
    lines = [shapely.get_coordinates(part) for part in shapely.get_parts(track.geometry)]
    base = _epoch(track.started_at)
    if any(np.isfinite(part).any() for part in track.seconds):
        return lines, [base + part for part in track.seconds]
    if not lines or not _has_hours(track):
        return lines, [np.full(len(line), np.nan) for line in lines]
    along = [np.hypot(*np.diff(line, axis=0, prepend=line[:1]).T) for line in lines]
    edges = np.cumsum([len(line) for line in lines])[:-1]
    way = np.cumsum(np.concatenate(along))
    pace = (_epoch(track.ended_at) - base) / way[-1] if way[-1] else 0.0
    return lines, np.split(base + way * pace, edges)


def _pairs(values: NDArray) -> NDArray:
    return np.column_stack([values[:-1], values[1:]])


def _has_hours(track: Track) -> bool:
    known = not pd.isna(track.started_at) and not pd.isna(track.ended_at)
    return known and track.ended_at > track.started_at


def _epoch(moment: pd.Timestamp) -> float:
    return np.nan if pd.isna(moment) else moment.timestamp()


def _moments(seconds: pd.Series) -> pd.Series:
    ticks = (seconds.astype("float64") * 1e6).round().astype("int64")
    return pd.Series(pd.to_datetime(ticks, unit="us", utc=True))


def _by_cell(steps: _Steps, people: NDArray, lattice: Squares) -> gpd.GeoDataFrame:
    step, low, high = _pieces(steps, lattice.side)
    middle = (low + high) / 2
    x = steps.x[step, 0] + middle * (steps.x[step, 1] - steps.x[step, 0])
    y = steps.y[step, 0] + middle * (steps.y[step, 1] - steps.y[step, 0])
    column, row = lattice.index(x, y)
    track = steps.track[step]
    pieces = pd.DataFrame(
        {
            "column": column,
            "row": row,
            "track": track,
            "person_minutes": steps.seconds[step] * (high - low) / 60 * people[track],
        }
    )
    table = pieces.groupby(["column", "row"]).agg(
        person_minutes=("person_minutes", "sum"), passes=("track", "nunique")
    )
    column, row = (table.index.get_level_values(n).to_numpy() for n in ("column", "row"))
    index = pd.Index(lattice.codes(column, row), dtype="object", name="cell")
    shapes = gpd.GeoSeries(lattice.polygons(column, row), index=index, crs=WORK_CRS)
    table = gpd.GeoDataFrame(table.set_axis(index), geometry=shapes)
    return table.sort_values("person_minutes", ascending=False, kind="stable")


def _pieces(steps: _Steps, side: float) -> tuple[NDArray, NDArray, NDArray]:
    """Number of the step and its share from and to of every piece that lies in one square."""
    count = len(steps.track)
    steps_of, shares_of = [np.arange(count)] * 2, [np.zeros(count), np.ones(count)]
    for ends in (steps.x, steps.y):
        first, last = np.sort(np.floor(ends / side), axis=1).T
        crossed = (last - first).astype(np.int64)
        number = np.repeat(np.arange(count), crossed)
        before = np.cumsum(crossed) - crossed
        border = first[number] + 1 + np.arange(len(number)) - before[number]
        length = ends[number, 1] - ends[number, 0]
        steps_of.append(number)
        shares_of.append(np.clip((border * side - ends[number, 0]) / length, 0, 1))
    step, share = np.concatenate(steps_of), np.concatenate(shares_of)
    order = np.lexsort([share, step])
    step, share = step[order], share[order]
    # A step that ends on a border, or turns through a corner, leaves a piece of no length.
    same = (step[1:] == step[:-1]) & (share[1:] > share[:-1])
    return step[:-1][same], share[:-1][same], share[1:][same]


def _bits(
    tracks: Sequence[Track], districts: gpd.GeoDataFrame, places: Sequence[str | None] | None
) -> pd.DataFrame:
    """Short times of every walk: ``track``, ``district`` (missing outside), ``time``, ``minutes``.

    ``time`` is the middle, in seconds since 1970 UTC.
    """
    if places is not None and len(places) != len(tracks):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(tracks), right=len(places))
    steps = _steps(tracks)
    row, share, seconds = _divided(steps.seconds)
    x, y, time = (
        ends[row, 0] + share * (ends[row, 1] - ends[row, 0])
        for ends in (steps.x, steps.y, steps.time)
    )
    codes = districts["area_code"].to_numpy(dtype=object)
    found = AreaIndex(districts.reset_index(drop=True)).locate(x, y)
    district = np.full(len(found), None, dtype=object)
    district[found >= 0] = codes[found[found >= 0]]
    bits = [pd.DataFrame(_bit(steps.track[row], district, time, seconds))]
    spans = _spans(tracks)
    alone = np.array([not tracks[n].has_line for n in spans["track"]], dtype=bool)
    spans = spans[alone]
    if places is not None and len(spans):
        row, share, seconds = _divided(spans["seconds"].to_numpy())
        number = spans["track"].to_numpy()[row]
        begun, lasted = spans["start"].to_numpy()[row], spans["seconds"].to_numpy()[row]
        named = np.array([places[n] for n in number], dtype=object)
        bits.append(pd.DataFrame(_bit(number, named, begun + share * lasted, seconds)))
    return pd.concat(bits, ignore_index=True).dropna()


def _bit(track: NDArray, district: NDArray, time: NDArray, seconds: NDArray) -> dict[str, Any]:
    return {
        "track": track.astype(np.int64),
        "district": pd.Series(district, dtype="str"),
        "time": time.astype(np.float64),
        "minutes": seconds / 60,
    }


def _divided(seconds: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """Row, share of its middle and seconds of the equal bits each interval is divided into."""
    times = np.maximum(np.ceil(seconds / _BIT).astype(np.int64), 1)
    row = np.repeat(np.arange(len(seconds)), times)
    step = np.arange(len(row)) - (np.cumsum(times) - times)[row]
    return row, (step + 0.5) / times[row], seconds[row] / times[row]


def _visits(bits: pd.DataFrame, slots: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """``track``, ``district``, ``day``, ``weekday`` and ``slot`` of walks that stayed a while."""
    local = _moments(bits["time"]).dt.tz_convert(TIME_ZONE).dt.tz_localize(None)
    slot_of = np.full(24, -1)
    for number, (first, last) in enumerate(slots):
        slot_of[first:last] = number
    bits = bits.assign(
        day=local.dt.normalize().to_numpy(),
        weekday=local.dt.day_of_week.to_numpy(),
        slot=slot_of[local.dt.hour.to_numpy()],
    )
    key = ["track", "district", "day", "weekday", "slot"]
    stayed = bits[bits["slot"] >= 0].groupby(key)["minutes"].sum()
    return stayed[stayed >= LEAST_MINUTES].reset_index()
