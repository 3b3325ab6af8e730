"""The ends of a walked route, which may be somebody's door, trimmed away."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from trygghetskarta.analysis.tracks import Track, minutes_of_parts
from trygghetskarta.errors import AnalysisCause, AnalysisError

APART_SECONDS = 900.0
"""Parts further apart than this may each begin and end at somebody's home."""

_LEAST = 0.01  # metres of a trimmed part that are not a rounding error


def trim_ends(track: Track, metres: float = 200.0) -> Track:
    """Take away all of a route that lies near where it begins or ends, which may be a door.

    Straight distance counts, not the way: what drifts about indoors, and a round that passes the
    door again, lie in the zone too. Parts that follow within 15 minutes are one route; after
    longer, or when moments are not known, each part is taken for a route of its own with two ends.
    Every part loses what lies near any of those ends. It hides neither that somebody lives in the
    zone nor, once several routes from one door are laid together, where in it.

    Parameters
    ----------
    track
        Cleaned track.
    metres
        Radius of the zone round each end.

    Returns
    -------
    Track
        Cut exactly where it crosses the zones' border, so that parts and steps may be divided;
        empty when it never leaves them. ``length_m``, ``minutes``, ``started_at``, ``ended_at`` and
        ``seconds`` are those of what is left. A track whose hours are known but not its moments is
        taken to be walked evenly.

    Raises
    ------
    AnalysisError
        ``OUT_OF_RANGE`` if ``metres`` is negative.

    Examples
    --------
    >>> line = shapely.MultiLineString([[(0, 0), (1000, 0)]])
    >>> trim_ends(Track(line, 1000.0, np.nan, 0), 200.0).geometry.wkt
    'MULTILINESTRING ((200 0, 800 0))'
    """
    if metres < 0:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="metres", value=float(metres))
    if not metres or not track.has_line:
        return track
    lines = [shapely.get_coordinates(part) for part in shapely.get_parts(track.geometry)]
    seconds = track.seconds or tuple(np.full(len(line), np.nan) for line in lines)
    ends = [
        lines[part][vertex]
        for route in _routes(seconds)
        for part, vertex in ((route[0], 0), (route[-1], -1))
    ]
    kept, way, walked = [], [], 0.0
    for line, moments in zip(lines, seconds, strict=True):
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
        for low, high in _outside(line, np.array(ends), metres):
            first, last = np.interp([low, high], np.arange(len(line)), along)
            if last - first > _LEAST:
                kept.append(_between(line, moments, low, high))
                way += [walked + first, walked + last]
        walked += along[-1]
    return _rebuilt(track, kept, np.array(way) / walked)


def _routes(seconds: Sequence[NDArray[np.float64]]) -> list[list[int]]:
    """Numbers of the parts that follow each other closely enough to be one route."""
    routes: list[list[int]] = []
    for number, part in enumerate(seconds):
        gap = part[0] - seconds[number - 1][-1] if number and len(part) else np.nan
        # NaN fails this comparison.
        if routes and 0 <= gap <= APART_SECONDS:
            routes[-1].append(number)
        else:
            routes.append([number])
    return routes


def _outside(line: NDArray, centres: NDArray, radius: float) -> list[tuple[float, float]]:
    """Stretches of a line that lie in no circle; 1.5 is halfway from its second vertex onwards.

    A step that begins at p and has the direction d is inside where |p + t d − c|² < r².
    """
    step = np.diff(line, axis=0)[:, None]
    apart = line[:-1, None] - centres[None]
    a, b = (step**2).sum(axis=2), (step * apart).sum(axis=2)
    c = (apart**2).sum(axis=2) - radius**2
    with np.errstate(invalid="ignore", divide="ignore"):
        half = np.sqrt(b**2 - a * c)
        first, last = (-b - half) / a, (-b + half) / a
    stands = a == 0
    first = np.clip(np.where(stands, 0.0, first), 0, 1)
    last = np.clip(np.where(stands, np.where(c < 0, 1.0, 0.0), last), 0, 1)
    number, circle = np.nonzero(last > first)  # NaN, where a step meets no circle, fails this
    begins, ends = number + first[number, circle], number + last[number, circle]
    order = np.argsort(begins)
    low = np.concatenate([[0.0], np.maximum.accumulate(ends[order])])
    high = np.concatenate([begins[order], [len(line) - 1.0]])
    return [(float(one), float(other)) for one, other in zip(low, high, strict=True) if other > one]


def _between(line: NDArray, moments: NDArray, low: float, high: float) -> tuple[NDArray, NDArray]:
    """Coordinates and moments of a stretch, as :func:`_outside` tells it."""
    number = np.arange(len(line))
    inner = (number > low) & (number < high)
    ends = np.column_stack([np.interp([low, high], number, line[:, axis]) for axis in (0, 1)])
    times = np.interp([low, high], number, moments)
    return (
        np.vstack([ends[:1], line[inner], ends[1:]]),
        np.concatenate([times[:1], moments[inner], times[1:]]),
    )


def _rebuilt(track: Track, kept: list[tuple[NDArray, NDArray]], way: NDArray) -> Track:
    """The track of the parts that are kept; ``way``: shares of the whole way at their ends."""
    seconds = [moments for _, moments in kept]
    lines = [shapely.LineString(line) for line, _ in kept]
    known = np.concatenate([part[np.isfinite(part)] for part in [*seconds, np.zeros(0)]])
    told = known
    if not any(np.isfinite(part).any() for part in track.seconds):
        told = way * (track.ended_at - track.started_at).total_seconds()
    told = told[np.isfinite(told)]
    base = float(known.min()) if len(known) else 0.0
    return replace(
        track,
        geometry=shapely.MultiLineString(lines),
        length_m=float(sum(line.length for line in lines)),
        minutes=minutes_of_parts(seconds),
        started_at=_later(track.started_at, float(told.min())) if len(told) else pd.NaT,
        ended_at=_later(track.started_at, float(told.max())) if len(told) else pd.NaT,
        seconds=tuple(part - base for part in seconds),
    )


def _later(moment: pd.Timestamp, seconds: float) -> pd.Timestamp:
    return moment + pd.Timedelta(round(seconds * 1e6), unit="us")
