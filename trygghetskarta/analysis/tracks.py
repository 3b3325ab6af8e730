"""A walked route: its line, its length and speed, stored and back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from trygghetskarta.settings import TIME_ZONE

DRAWN_WITHIN = 6.0
"""Metres that a drawn route may leave the walked one."""


@dataclass(frozen=True, eq=False)
class Track:
    """What is left of a recorded track after cleaning.

    Attributes
    ----------
    geometry
        MultiLineString, EPSG:3006, one line per part; empty when nothing was walked. A pause is
        two vertices at one place: arrival and departure.
    length_m
        Length of the cleaned line in metres, in the plane of EPSG:3006 (in Sweden between 0.04 %
        short and 0.2 % long; 0.01 % short in Trollhättan). 0 for an empty line.
    minutes
        Time of the parts from their first to their last moment, pauses included and time between
        parts not; missing when no moment is known.
    removed
        Recorded points that are not vertices of the line.
    raw_length_m
        Length in metres of the track as recorded, segment by segment, before anything was removed.
    started_at, ended_at
        First and last known moment of the line, Europe/Stockholm; NaT when none is known.
    seconds
        Per part: seconds since ``started_at`` of every vertex; NaN where not known.
    retimed
        Points whose own moment went back in time and was not believed; 0 of a stored track.
    """

    geometry: shapely.MultiLineString
    length_m: float
    minutes: float
    removed: int
    raw_length_m: float = np.nan
    started_at: pd.Timestamp = pd.NaT
    ended_at: pd.Timestamp = pd.NaT
    seconds: tuple[NDArray[np.float64], ...] = ()
    retimed: int = 0

    @property
    def has_line(self) -> bool:
        """Whether anything was walked at all."""
        return not self.geometry.is_empty


def tracks_of(walks: gpd.GeoDataFrame) -> list[Track]:
    """Make the tracks of stored walks.

    Parameters
    ----------
    walks
        Contract ``WALKS``; a walk without a track gives an empty line with its hours.

    Returns
    -------
    list of Track
        In the order of the rows.
    """
    columns = ["started_at", "ended_at", "length_m", "raw_length_m", "minutes", "removed"]
    rows = zip(walks.geometry, walks["vertex_seconds"], *(walks[n] for n in columns), strict=True)
    return [_stored(*row) for row in rows]


def seconds_as_text(track: Track) -> str | None:
    """Write a track's ``seconds`` as JSON: a list per part, null for a vertex without a moment.

    None when no moment is known.

    Examples
    --------
    >>> line = shapely.MultiLineString([[(0, 0), (9, 0)]])
    >>> seconds_as_text(Track(line, 9.0, 0.1, 0, seconds=(np.array([0.0, 7.5]),)))
    '[[0.0,7.5]]'
    """
    if not any(np.isfinite(part).any() for part in track.seconds):
        return None
    told = [
        [None if missing else value for value, missing in zip(part, np.isnan(part), strict=True)]
        for part in (np.round(part, 1) for part in track.seconds)
    ]
    return json.dumps(
        [[None if value is None else float(value) for value in part] for part in told],
        separators=(",", ":"),
    )


def mean_speeds(track: Track) -> list[NDArray[np.float64]]:
    """Give the speed of every step in metres per second, per part; NaN without moments.

    A pause is a step of no length and has speed 0.

    Examples
    --------
    >>> line = shapely.MultiLineString([[(0, 0), (9, 0)]])
    >>> mean_speeds(Track(line, 9.0, 0.1, 0, seconds=(np.array([0.0, 7.5]),)))[0].tolist()
    [1.2]
    """
    speeds = []
    for part, moments in zip(shapely.get_parts(track.geometry), track.seconds, strict=True):
        along = np.hypot(*np.diff(shapely.get_coordinates(part), axis=0).T)
        lasted = np.diff(moments)
        speeds.append(np.divide(along, lasted, out=np.full(len(along), np.nan), where=lasted > 0))
    return speeds


def minutes_of_parts(seconds: Sequence[NDArray[np.float64]]) -> float:
    lasted = [np.nanmax(part) - np.nanmin(part) for part in seconds if np.isfinite(part).any()]
    return float(sum(lasted)) / 60 if lasted else np.nan


def _unknown(part: shapely.Geometry) -> NDArray[np.float64]:
    return np.full(shapely.get_num_coordinates(part), np.nan)


def _stored(
    geometry: shapely.Geometry | None,
    text: object,
    started_at: pd.Timestamp,
    ended_at: pd.Timestamp,
    length_m: float,
    raw_length_m: float,
    minutes: float,
    removed: int,
) -> Track:
    line = shapely.MultiLineString() if geometry is None else geometry
    if line.geom_type == "LineString":
        line = shapely.MultiLineString([line])
    parts = shapely.get_parts(line)
    told = json.loads(text) if isinstance(text, str) else []
    seconds = tuple(np.array(part, dtype=np.float64) for part in told)
    if [len(part) for part in seconds] != [shapely.get_num_coordinates(part) for part in parts]:
        seconds = tuple(_unknown(part) for part in parts)
    return Track(
        geometry=line,
        length_m=0.0 if line.is_empty else _number(length_m),
        minutes=_number(minutes),
        removed=0 if pd.isna(removed) else int(removed),
        raw_length_m=_number(raw_length_m),
        started_at=_to_local(started_at),
        ended_at=_to_local(ended_at),
        seconds=seconds,
    )


def _number(value: float | None) -> float:
    return np.nan if value is None or pd.isna(value) else float(value)


def _to_local(moment: pd.Timestamp) -> pd.Timestamp:
    return pd.NaT if pd.isna(moment) else pd.Timestamp(moment).tz_convert(TIME_ZONE)
