"""A recorded track made into the line that was walked."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import ArrayLike, NDArray

from trygghetskarta.analysis.tracks import Track, minutes_of_parts
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import SHOW_CRS, TIME_ZONE, WORK_CRS

FASTEST = 3.0
"""Metres per second that nobody walks."""

PAUSE_METRES = 10.0
PAUSE_SECONDS = 60.0
"""A pause: less than so far from where it began, for longer than this."""

JUMP_METRES = 50.0
"""A step longer than this at more than ``FASTEST`` was not walked, and no line is drawn for it."""

_SAME_METRES = 1e-6


@dataclass(frozen=True, eq=False)
class _Points:
    """Points that are still kept; ``time`` in seconds since 1970 UTC, NaN where not known."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    time: NDArray[np.float64]
    part: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.x)

    def where(self, chosen: NDArray | slice) -> "_Points":
        return _Points(self.x[chosen], self.y[chosen], self.time[chosen], self.part[chosen])

    @property
    def inner(self) -> NDArray[np.bool_]:
        """Whether each point but the last is in the same part as the next."""
        return self.part[1:] == self.part[:-1]

    @property
    def steps(self) -> NDArray[np.float64]:
        """Metres from each point to the next."""
        return np.hypot(np.diff(self.x), np.diff(self.y))


def clean_track(
    lon: ArrayLike,
    lat: ArrayLike,
    time: ArrayLike | pd.Series | None = None,
    segment: ArrayLike | None = None,
) -> Track:
    """Clean a recorded track.

    In this order: points without a place are dropped; so are duplicates (the same place and moment
    as any earlier point; a second place at the same moment; without moments the same place as the
    point before, and segments that repeat an earlier one); points that need more than 3 m/s both
    from the point before and to the point after, until none is left; and a pause, the longest run
    of points that stay less than 10 m from its first for more than 60 s, becomes one place. The
    first and last point of a segment have only one side and are judged by it only so far that a
    step of more than 50 m at more than 3 m/s is a jump where the line is broken. Segments are
    never joined. It does not say that somebody walked where the device was wrong by less.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84, in the order recorded; NaN is a point without a place.
    time
        Moments: with time zone, or without one in UTC (as GPX has them); missing allowed and None
        for a track without any. A point without one between two that have one is given its own by
        its way between them. Points of a segment that are not in the order of time are put so
        where that makes the way no longer; else their moments are not believed, but their places
        are.
    segment
        Number of the segment of each point; None when there is only one.

    Returns
    -------
    Track
        Without moments: no speeds and no pauses, ``minutes`` missing.

    Raises
    ------
    AnalysisError
        ``LENGTHS_DIFFER``.

    Examples
    --------
    Four points of a walk on a straight line; the third is thrown far aside:

    >>> moments = pd.date_range("2026-02-13 20:00", periods=5, freq="30s", tz="UTC")
    >>> track = clean_track([12.28, 12.2804, 12.30, 12.2812, 12.2816], [58.28] * 5, moments)
    >>> track.removed, track.minutes, str(track.started_at)
    (1, 2.0, '2026-02-13 21:00:00+01:00')
    """
    points = _points(lon, lat, time, segment)
    recorded = len(points)
    points = points.where(np.isfinite(points.x) & np.isfinite(points.y))
    raw = _length(points)
    ordered = _in_order(points)
    retimed = int(np.isnan(ordered.time).sum() - np.isnan(points.time).sum())
    points = _without_repeats(ordered)
    points = _without_pauses(_without_spikes(_with_times(points)))
    return replace(_track(_broken_at_jumps(points), recorded, raw), retimed=retimed)


@cache
def _to_work() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(SHOW_CRS, WORK_CRS, always_xy=True)


def _points(lon: ArrayLike, lat: ArrayLike, time: object, segment: ArrayLike | None) -> _Points:
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    moments = np.full(len(lon), np.nan) if time is None else _seconds(time)
    part = np.zeros(len(lon), np.int64) if segment is None else np.asarray(segment, np.int64)
    for other in (lat, moments, part):
        if len(other) != len(lon):
            raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(lon), right=len(other))
    x, y = _to_work().transform(lon, lat) if len(lon) else (lon, lat)
    return _Points(x, y, moments, part)


def _seconds(time: object) -> NDArray[np.float64]:
    """Seconds since 1970 UTC, to the microsecond."""
    utc = pd.DatetimeIndex(pd.to_datetime(time, utc=True)).tz_localize(None)
    ticks = utc.to_numpy().astype("datetime64[us]")
    seconds = ticks.astype(np.int64) / 1e6
    return np.where(np.isnat(ticks), np.nan, seconds)


def _length(points: _Points) -> float:
    return float(points.steps[points.inner].sum())


def _in_order(points: _Points) -> _Points:
    """Put segments whose moments jump back in order; which of two orders is told by the way.

    Points that were kept in another order than they were walked lie closer to each other in the
    order of time. Else the points are in order and some moments are wrong: those outside the
    longest run of moments that never goes back are not known.
    """
    order, time = np.arange(len(points)), points.time.copy()
    for rows in _runs(points):
        known = rows.start + np.flatnonzero(np.isfinite(time[rows]))
        if (np.diff(time[known]) >= 0).all():
            continue
        by_time = rows.start + np.argsort(time[rows], kind="stable")
        whole = len(known) == rows.stop - rows.start
        if whole and _length(points.where(by_time)) <= _length(points.where(rows)) + _SAME_METRES:
            order[rows] = by_time
        else:
            wrong = np.ones(len(known), dtype=bool)
            wrong[_longest_rise(time[known])] = False
            time[known[wrong]] = np.nan
    return replace(points, time=time).where(order)


def _longest_rise(values: NDArray[np.float64]) -> list[int]:
    """Positions of the longest run of values that never goes down, leaving out what lies between.

    By patience sorting: the last values of runs of every length are kept, smallest first.
    """
    ends: list[float] = []
    at: list[int] = []
    before: list[int] = []
    for position, value in enumerate(values.tolist()):
        length = bisect_right(ends, value)
        ends[length : length + 1] = [value]
        at[length : length + 1] = [position]
        before.append(at[length - 1] if length else -1)
    run = [at[-1]]
    while before[run[-1]] >= 0:
        run.append(before[run[-1]])
    return run[::-1]


def _without_repeats(points: _Points) -> _Points:
    """Drop points that say nothing new."""
    if (np.diff(points.time) > 0).all() and np.isfinite(points.time).all():
        return points  # as nearly every track is: no moment twice
    known = np.isfinite(points.time)
    place = pd.DataFrame({"x": points.x, "y": points.y, "time": points.time})
    again = known & place.duplicated().to_numpy()
    moment = pd.DataFrame({"part": points.part, "time": points.time})
    again |= known & moment.duplicated().to_numpy()
    points = points.where(~again)
    still = np.zeros(len(points), dtype=bool)
    still[1:] = points.inner & (points.steps == 0) & np.isnan(points.time[1:])
    points = points.where(~still)
    return points.where(~np.isin(points.part, _repeated_segments(points)))


def _repeated_segments(points: _Points) -> list[int]:
    """Segments without moments that have exactly the points of an earlier one."""
    seen: set[bytes] = set()
    again: list[int] = []
    starts = np.flatnonzero(np.diff(points.part, prepend=-1) != 0) if len(points) else np.arange(0)
    for start, end in zip(starts, [*starts[1:], len(points)], strict=True):
        rows = slice(start, end)
        if np.isfinite(points.time[rows]).any():
            continue
        shape = points.x[rows].tobytes() + points.y[rows].tobytes()
        if shape in seen:
            again.append(int(points.part[start]))
        seen.add(shape)
    return again


def _with_times(points: _Points) -> _Points:
    """Give points between two known moments of their segment one of their own."""
    unknown = np.isnan(points.time)
    if not unknown.any() or unknown.all():
        return points
    time = points.time.copy()
    along = np.concatenate([[0.0], np.cumsum(points.steps)])
    for part in np.unique(points.part[unknown]):
        rows = np.flatnonzero(points.part == part)
        known = rows[~unknown[rows]]
        if len(known):
            way, told = along[known], points.time[known]
            time[rows] = np.interp(along[rows], way, told, left=np.nan, right=np.nan)
            time[known] = told
    return replace(points, time=time)


def _without_spikes(points: _Points) -> _Points:
    """Drop what needs more than ``FASTEST`` on both sides, again until nothing does."""
    while len(points) > 2:
        fast = _too_fast(points)
        spike = np.zeros(len(points), dtype=bool)
        spike[1:-1] = fast[:-1] & fast[1:]
        if not spike.any():
            break
        points = points.where(~spike)
    return points


def _too_fast(points: _Points) -> NDArray[np.bool_]:
    """Whether each step needs more than ``FASTEST``; between segments nothing does."""
    return points.inner & (points.steps > FASTEST * np.diff(points.time))


def _without_pauses(points: _Points) -> _Points:
    """Let each pause be its most central point, with the moments of arrival and departure."""
    if np.isnan(points.time).all():
        return points
    keep = np.ones(len(points), dtype=bool)
    x, y = points.x.copy(), points.y.copy()
    end = 0
    for first in _pause_starts(points):
        if first < end:
            continue
        end = _pause_end(points, first)
        if points.time[end - 1] - points.time[first] <= PAUSE_SECONDS:
            end = first
            continue
        rows = slice(first, end)
        # To the millimetre, so that of two points as central the first is always taken.
        middle = first + int(np.argmin(np.round(_from_median(points, rows), 3)))
        x[[first, end - 1]], y[[first, end - 1]] = points.x[middle], points.y[middle]
        keep[first + 1 : end - 1] = False
    return _Points(x, y, points.time, points.part).where(keep)


def _pause_starts(points: _Points) -> NDArray[np.int64]:
    """Points near which the track still is when a pause's time has passed."""
    starts = []
    for rows in _runs(points):
        time = points.time[rows]
        known = np.isfinite(time)
        local = rows.start + np.flatnonzero(known)
        time = time[known]
        later = np.searchsorted(time, time + PAUSE_SECONDS, side="right")
        here, later = local[later < len(time)], local[later[later < len(time)]]
        apart = np.hypot(points.x[later] - points.x[here], points.y[later] - points.y[here])
        starts.append(here[apart < PAUSE_METRES])
    return np.concatenate(starts) if starts else np.zeros(0, dtype=np.int64)


def _runs(points: _Points) -> list[slice]:
    edges = np.flatnonzero(~points.inner) + 1
    return [
        slice(int(start), int(end))
        for start, end in zip([0, *edges], [*edges, len(points)], strict=True)
        if end > start
    ]


def _pause_end(points: _Points, first: int) -> int:
    """One past the last point of the run that stays near its first."""
    size = 64
    while True:
        rows = slice(first, min(first + size, len(points)))
        apart = np.hypot(points.x[rows] - points.x[first], points.y[rows] - points.y[first])
        away = (apart >= PAUSE_METRES) | (points.part[rows] != points.part[first])
        away |= np.isnan(points.time[rows])
        if away.any():
            return first + int(np.argmax(away))
        if rows.stop == len(points):
            return rows.stop
        size *= 4


def _from_median(points: _Points, rows: slice) -> NDArray[np.float64]:
    x, y = points.x[rows], points.y[rows]
    return np.hypot(x - np.median(x), y - np.median(y))


def _broken_at_jumps(points: _Points) -> _Points:
    """Begin a new part after every step that was not walked; leave out parts of one place."""
    if not len(points):
        return points
    steps = points.steps
    jump = ~points.inner | (_too_fast(points) & (steps > JUMP_METRES))
    part = np.concatenate([[0], np.cumsum(jump)])
    length = np.bincount(part[1:], np.where(jump, 0.0, steps), minlength=part[-1] + 1)
    return replace(points, part=part).where(length[part] > 0)


def _track(points: _Points, recorded: int, raw: float) -> Track:
    known = points.time[np.isfinite(points.time)]
    base = float(known.min()) if len(known) else np.nan
    runs = _runs(points)
    lines = [np.column_stack([points.x[rows], points.y[rows]]) for rows in runs]
    seconds = tuple(points.time[rows] - base for rows in runs)
    # A pause is one point for each of its two vertices, so every vertex is a recorded point.
    return Track(
        geometry=shapely.MultiLineString(lines),
        length_m=_length(points),
        minutes=minutes_of_parts(seconds),
        removed=recorded - len(points),
        raw_length_m=raw,
        started_at=_local(base),
        ended_at=_local(float(known.max()) if len(known) else np.nan),
        seconds=seconds,
    )


def _local(seconds: float) -> pd.Timestamp:
    if np.isnan(seconds):
        return pd.NaT
    moment = pd.Timestamp(round(seconds * 1e6), unit="us", tz="UTC")
    return moment.tz_convert(TIME_ZONE)
