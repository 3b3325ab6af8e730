"""What every kind of track file comes down to: points in order, in segments, timed or not."""

import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import pandas as pd
import pyproj
from numpy.typing import NDArray

from trygghetskarta.errors import CrsCause, CrsError, SourceCause, SourceError
from trygghetskarta.settings import SHOW_CRS, WORK_CRS
from trygghetskarta.sources.fields.reference_systems import CRS_NAMES, SWEDEN
from trygghetskarta.sources.fields.spelling import composed

APART = np.timedelta64(2, "h")
"""Segments further apart in time than this are two walks, though one device kept them together."""

EARLIEST = np.datetime64("1990-01-01", "us")
LATEST = np.datetime64("2100-01-01", "us")
"""Moments from the first and before the last can be a walk's; others are a device's error."""

_MOMENT = re.compile(
    r"\d{4}-?\d\d-?\d\d[T ]\d\d(?::?\d\d(?::?\d\d(?:[.,]\d+)?)?)?\s*"
    r"(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)?",
    re.IGNORECASE | re.ASCII,
)
_NAMESPACE = uuid.UUID("6f1d1f0e-8f7b-5c0a-9f0e-3b6a5f2c7d41")
_DEGREE_PARTS = 1_000_000  # a tenth of a metre
_MOST_OUTSIDE = 0.5
_MOST_ASTRAY = 3
_FEWEST_TO_ONE = 5
"""Moments far from the others are no part of the walk where there are this many to each."""

FEWEST = 2
"""Points that a line needs."""


@dataclass(frozen=True, eq=False)
class Recording:
    """The points of one walk as its device kept them.

    Attributes
    ----------
    lon, lat
        Degrees, WGS 84; NaN where the file's text is no place on earth.
    time
        datetime64[us] in UTC, NaT where not told.
    segment
        Number of the segment of each point, rising. Points of different segments are never joined.
    doubtful
        Moments that cannot be those of a walk; their points have neither place nor time.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    time: NDArray[np.datetime64]
    segment: NDArray[np.int64]
    doubtful: NDArray[np.datetime64] = field(
        default_factory=lambda: np.zeros(0, dtype="datetime64[us]")
    )

    def __len__(self) -> int:
        return len(self.lon)

    @property
    def placed(self) -> NDArray[np.bool_]:
        """Whether each point has a place."""
        return np.isfinite(self.lon) & np.isfinite(self.lat)

    def without(self, doubtful: NDArray[np.bool_]) -> "Recording":
        """The same, with neither place nor time for points whose moments cannot be right."""
        lon, lat = (np.where(doubtful, np.nan, degrees) for degrees in (self.lon, self.lat))
        time = np.where(doubtful, np.datetime64("NaT", "us"), self.time)
        dropped = np.concatenate([self.doubtful, self.time[doubtful]])
        return Recording(lon, lat, time, self.segment, dropped)

    @property
    def walk_id(self) -> str:
        """UUIDv5 of where and when the points are: the same track in any file has the same."""
        digest = hashlib.sha256()
        good = self.placed
        for degrees in (self.lon, self.lat):
            digest.update(np.round(degrees[good] * _DEGREE_PARTS).astype("<i8").tobytes())
        digest.update(self.time[good].astype("datetime64[s]").astype("<i8").tobytes())
        return named("track", digest.hexdigest())


def recorded(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    times: Sequence[str | None],
    segment: NDArray[np.int64],
) -> Recording:
    """Make a recording of what a file says; points with times that cannot be are ``doubtful``.

    Parameters
    ----------
    lon, lat, segment
        As in :class:`Recording`.
    times
        As in :func:`moments`.
    """
    told = Recording(lon, lat, moments(times), segment)
    told = told.without((told.time < EARLIEST) | (told.time >= LATEST))
    astray = _astray(told.time)
    return told.without(astray) if astray.any() else told


def _astray(time: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    """Mark the few moments that lie far from the many: a clock not set yet, or set wrong once."""
    known = np.flatnonzero(~np.isnat(time))
    order = known[np.argsort(time[known], kind="stable")]
    group = np.cumsum(np.diff(time[order], prepend=time[order[:1]]) > APART)
    size = np.bincount(group, minlength=1)
    astray = np.zeros(len(time), dtype=bool)
    astray[order] = size[group] <= min(_MOST_ASTRAY, len(known) // _FEWEST_TO_ONE)
    return astray


def moments(texts: Sequence[str | None]) -> NDArray[np.datetime64]:
    """Read times in ISO 8601, of whatever year: datetime64[us] in UTC, which no zone means too.

    NaT for what is missing, is no moment (a year alone is none) or has an offset that no zone has.

    Examples
    --------
    >>> moments(["2026-03-03T19:24:00+01:00", "2026-03-03T19:24:00+25:00", "now"]).tolist()
    [datetime.datetime(2026, 3, 3, 18, 24), None, None]
    """
    if not any(texts):
        return np.full(len(texts), np.datetime64("NaT", "us"))
    told = pd.Series(texts, dtype="str").str.strip()
    told = told.where(told.str.fullmatch(_MOMENT).fillna(False).astype(bool))
    found = pd.to_datetime(told, format="ISO8601", utc=True, errors="coerce")
    return found.dt.tz_localize(None).to_numpy().astype("datetime64[us]")


def named(kind: str, text: str) -> str:
    """Make a UUIDv5 of a text, within its kind; how its letters are put together does not matter.

    Examples
    --------
    >>> named("walk", "vandring_01") == named("walk", "vandring_01")
    True
    >>> named("walk", "vandring_01") == named("observation", "vandring_01")
    False
    """
    return str(uuid.uuid5(_NAMESPACE, f"{kind}\x1f{composed(text)}"))


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID, written in the usual way."""
    try:
        return str(uuid.UUID(text)) == text.strip().lower()
    except ValueError:
        return False


def occasions(segments: Sequence[Recording]) -> list[Recording]:
    """Put segments together to walks.

    Parameters
    ----------
    segments
        In the file's order.

    Returns
    -------
    list of Recording
        Segments with times in the order of time, a new walk after more than two hours without a
        point; all segments without any time as one walk, last.
    """
    timed = sorted((one for one in segments if _first(one) is not None), key=_first)
    walks: list[list[Recording]] = []
    latest = None
    for one in timed:
        if latest is None or _first(one) - latest > APART:
            walks.append([])
        walks[-1].append(one)
        end = np.nanmax(one.time)
        latest = end if latest is None else max(latest, end)
    untimed = [one for one in segments if _first(one) is None and len(one)]
    return [_together(parts) for parts in (*walks, untimed) if parts]


def usable(walks: Sequence[Recording], file: str) -> list[Recording]:
    """Keep the walks that can be drawn, without points that lie outside Sweden.

    A point or two outside, such as the 0, 0 of a device without reception, is left out.

    Raises
    ------
    SourceError
        ``TRACK_WITHOUT_PLACES`` when no point has a place, ``NO_TRACK`` when no segment has two
        points, ``TRACK_TIMES_DOUBTFUL`` instead of both when there are doubtful moments,
        ``TRACK_ELSEWHERE`` when most points lie outside Sweden.
    CrsError
        ``SWAPPED`` when they would lie in Sweden the other way round.
    """
    if not sum(len(walk) for walk in walks):
        raise SourceError(SourceCause.NO_TRACK, file=file)
    drawn = [walk for walk in walks if is_drawable(walk)]
    doubtful = np.concatenate([walk.doubtful for walk in walks])
    if not drawn and len(doubtful):
        moment = str(doubtful[0].astype("datetime64[s]"))
        raise SourceError(SourceCause.TRACK_TIMES_DOUBTFUL, file=file, moment=moment)
    if not any(walk.placed.any() for walk in walks):
        raise SourceError(SourceCause.TRACK_WITHOUT_PLACES, file=file)
    if not drawn:
        raise SourceError(SourceCause.NO_TRACK, file=file)
    return [_within_sweden(walk, file) for walk in drawn]


def _first(one: Recording) -> np.datetime64 | None:
    known = one.time[~np.isnat(one.time)]
    return known.min() if len(known) else None


def _together(parts: Sequence[Recording]) -> Recording:
    sizes = [len(part) for part in parts]
    return Recording(
        np.concatenate([part.lon for part in parts]),
        np.concatenate([part.lat for part in parts]),
        np.concatenate([part.time for part in parts]),
        np.repeat(np.arange(len(parts)), sizes),
        np.concatenate([part.doubtful for part in parts]),
    )


def is_drawable(walk: Recording) -> bool:
    """Whether some segment of a walk has two points with a place."""
    return int(np.bincount(walk.segment[walk.placed], minlength=1).max()) >= FEWEST


def _within_sweden(walk: Recording, file: str) -> Recording:
    good = walk.placed
    inside = good & _inside(walk.lon, walk.lat)
    if inside.sum() <= good.sum() * _MOST_OUTSIDE:
        if _inside(walk.lat, walk.lon).sum() > good.sum() * _MOST_OUTSIDE:
            looks_like = [CRS_NAMES[SHOW_CRS]]
            raise CrsError(CrsCause.SWAPPED, file=file, looks_like=looks_like)
        raise SourceError(SourceCause.TRACK_ELSEWHERE, file=file)
    lon, lat = (np.where(inside, degrees, np.nan) for degrees in (walk.lon, walk.lat))
    return replace(walk, lon=lon, lat=lat)


def _inside(lon: NDArray, lat: NDArray) -> NDArray[np.bool_]:
    west, south, east, north = SWEDEN
    # What is no latitude has no place in the plane either.
    x, y = _to_work().transform(np.where(np.abs(lat) <= 90, lon, np.nan), lat)
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


@cache
def _to_work() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(SHOW_CRS, WORK_CRS, always_xy=True)
