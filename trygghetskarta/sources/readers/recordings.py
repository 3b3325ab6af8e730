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
_SLASHES = r"^(\d{4})/(\d\d)/(\d\d)(?=[T ])"
_ZONE = re.compile(r"(?:Z|[T ].*[+-].*)\s*$", re.IGNORECASE)
_NAMESPACE = uuid.UUID("6f1d1f0e-8f7b-5c0a-9f0e-3b6a5f2c7d41")
_DEGREE_PARTS = 1_000_000  # a tenth of a metre
_MOST_OUTSIDE = 0.5
_MOST_ASTRAY = 3
_FEWEST_TO_ONE = 5
"""Moments far from the others are no part of the walk where there are this many to each."""

SAME_PARTY = 50.0
"""Metres between two devices at the same time, by the median, that go with the same party."""
_METRES = 111_320.0  # of a degree of latitude

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
    alongside
        Points of a second device that was with the same party, which are left out.
    zoneless
        Whether the times were told without a time zone, and taken for UTC.
    unread
        Points whose time is told in a form that is no moment.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    time: NDArray[np.datetime64]
    segment: NDArray[np.int64]
    doubtful: NDArray[np.datetime64] = field(
        default_factory=lambda: np.zeros(0, dtype="datetime64[us]")
    )
    alongside: int = 0
    zoneless: bool = False
    unread: int = 0

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
        return replace(self, lon=lon, lat=lat, time=time, doubtful=dropped)

    def only(self, asked: NDArray[np.bool_]) -> "Recording":
        """The points that are asked for, without what was left out of the whole."""
        return Recording(
            *(told[asked] for told in (self.lon, self.lat, self.time, self.segment)),
            zoneless=self.zoneless,
        )

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
    first = re.sub(_SLASHES, r"\1-\2-\3", next(filter(None, times), "").strip())
    zoneless = bool(_MOMENT.fullmatch(first.strip())) and not _ZONE.search(first)
    read = moments(times)
    unread = sum(bool(text and text.strip()) for text in times) - int((~np.isnat(read)).sum())
    told = Recording(lon, lat, read, segment, zoneless=zoneless, unread=unread)
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
    told = told.str.replace(_SLASHES, r"\1-\2-\3", regex=True)
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
        point; all segments without any time as one walk, last. Of two segments of the same time
        and way, two devices of one party, the one with fewer points is left out for that time; of
        the same time and another way they are two walks.
    """
    timed = sorted((one for one in segments if _first(one) is not None), key=_first)
    walks: list[list[Recording]] = []
    latest: list[np.datetime64] = []
    running: list[tuple[int, int]] = []  # walk, and place in it, of segments not ended yet
    for one in timed:
        begins, ends = _first(one), _last(one)
        running = [(walk, at) for walk, at in running if _last(walks[walk][at]) > begins]
        meant = [(walk, at) for walk, at in running if _meet(walks[walk][at], one)]
        same = next(((w, at) for w, at in meant if _side_by_side(walks[w][at], one)), None)
        if same is not None:
            walk, at = same
            parts = _without_second(walks[walk][at], one)
            walks[walk][at] = parts[0]
            running += [(walk, len(walks[walk]) + n) for n in range(len(parts) - 1)]
            walks[walk] += parts[1:]
            latest[walk] = max(latest[walk], ends)
            continue
        busy = {walk for walk, _ in meant}
        free = [n for n in range(len(walks)) if n not in busy and begins - latest[n] <= APART]
        walk = min(free, key=lambda n: _step(walks[n][-1], one), default=len(walks))
        if walk == len(walks):
            walks.append([])
            latest.append(ends)
        running.append((walk, len(walks[walk])))
        walks[walk].append(one)
        latest[walk] = max(latest[walk], ends)
    untimed = [one for one in segments if _first(one) is None and len(one)]
    ordered = [sorted(parts, key=_first) for parts in walks]
    return [_together(parts) for parts in (*ordered, untimed) if parts]


def _meet(one: Recording, other: Recording) -> bool:
    """Whether two segments were recorded at the same time, for more than half of the shorter."""
    begins, ends = max(_first(one), _first(other)), min(_last(one), _last(other))
    shorter = min(_last(one) - _first(one), _last(other) - _first(other))
    return bool(ends - begins > shorter / 2 > np.timedelta64(0, "us"))


def _without_second(one: Recording, other: Recording) -> list[Recording]:
    """The segment with more points, and what the other has before and after it."""
    left, kept = sorted((one, other), key=len)
    sides = (left.time < _first(kept), left.time > _last(kept))
    rest = [left.only(side) for side in sides if side.sum() >= FEWEST]
    dropped = left.alongside + len(left) - sum(map(len, rest))
    return [replace(kept, alongside=kept.alongside + dropped), *rest]


def _side_by_side(one: Recording, other: Recording) -> bool:
    """Whether two segments of the same time are the same way."""
    fewer, more = sorted((one, other), key=len)
    known = more.placed & ~np.isnat(more.time)
    order = np.argsort(more.time[known], kind="stable")
    clock, begins, ends = more.time[known][order], _first(more), _last(more)
    asked = fewer.placed & (fewer.time >= begins) & (fewer.time <= ends)
    if not len(clock) or not asked.any():
        return False
    seconds, at = (
        (moments - begins) / np.timedelta64(1, "s") for moments in (clock, fewer.time[asked])
    )
    north = fewer.lat[asked] - np.interp(at, seconds, more.lat[known][order])
    east = fewer.lon[asked] - np.interp(at, seconds, more.lon[known][order])
    apart = np.hypot(north, east * np.cos(np.radians(fewer.lat[asked]))) * _METRES
    return bool(np.median(apart) <= SAME_PARTY)


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


def _step(one: Recording, other: Recording) -> float:
    """Degrees from where one ends to where another begins; 0 where either has no place."""
    if not (one.placed.any() and other.placed.any()):
        return 0.0
    end, start = np.flatnonzero(one.placed)[-1], np.flatnonzero(other.placed)[0]
    north, east = other.lat[start] - one.lat[end], other.lon[start] - one.lon[end]
    return float(np.hypot(north, east * np.cos(np.radians(one.lat[end]))))


def _last(one: Recording) -> np.datetime64:
    return np.nanmax(one.time)


def _together(parts: Sequence[Recording]) -> Recording:
    sizes = [len(part) for part in parts]
    return Recording(
        np.concatenate([part.lon for part in parts]),
        np.concatenate([part.lat for part in parts]),
        np.concatenate([part.time for part in parts]),
        np.repeat(np.arange(len(parts)), sizes),
        np.concatenate([part.doubtful for part in parts]),
        sum(part.alongside for part in parts),
        any(part.zoneless for part in parts),
        sum(part.unread for part in parts),
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
