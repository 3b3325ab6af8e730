"""The columns of walks that tracks and lists decide, and what tells two of them to be one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePath

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta import tables
from trygghetskarta.analysis.track_cleaning import clean_track
from trygghetskarta.analysis.tracks import Track, seconds_as_text
from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.intake.accounts import ImportReport
from trygghetskarta.settings import TIME_ZONE, WORK_CRS
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.fields.personal_data import screen
from trygghetskarta.sources.fields.spelling import composed
from trygghetskarta.sources.publishers import routes
from trygghetskarta.sources.publishers.gpx import GpxFile
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.recordings import Recording
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.imports import TableKind

TRACK = (
    *("started_at", "ended_at", "raw_length_m", "length_m", "minutes", "removed"),
    *("geometry", "vertex_seconds"),
)
"""Columns of ``WALKS`` that a track decides; the rest is what people tell."""


EMPTY: dict[str, object] = {
    **dict.fromkeys(tables.WALKS.columns),
    "nothing_to_report": False,
    "removed": 0,
}


def kind_of(raw: RawTable) -> TableKind:
    """Tell a list of observations from a list of walks, by its geometry or by its columns."""
    if raw.geometry is not None:
        return TableKind.WALKS if routes.has_lines(raw) else TableKind.OBSERVATIONS
    fits = {
        kind: len(marks & set(columns.recognise(raw.frame.columns, kind, raw.frame).roles))
        for kind, marks in _MARKS.items()
    }
    return max(fits, key=lambda kind: fits[kind])


_MARKS = {
    TableKind.OBSERVATIONS: {
        *("category", *FIELDS, "latitude", "easting", "wkt"),
        *("status", "owner", "due_date"),
    },
    TableKind.WALKS: {
        *("walk_type", "start", "end", "participants", "team", "track_file"),
        "nothing_to_report",
    },
}
"""Roles that tell what a list is of; with as many of both it is of observations."""


def cleaned(recording: Recording) -> Track:
    return clean_track(recording.lon, recording.lat, recording.time, recording.segment)


def begun(recording: Recording, file: str, today: date) -> Recording:
    """Without the points of days that have not been; a track that has most there is refused."""
    tomorrow = pd.Timestamp(today, tz=TIME_ZONE) + pd.DateOffset(days=1)
    late = recording.time >= np.datetime64(tomorrow.tz_convert(None), "us")
    if late.sum() * 2 > (~np.isnat(recording.time)).sum():
        day = pd.Timestamp(recording.time[late].min(), tz="UTC").tz_convert(TIME_ZONE)
        raise SourceError(SourceCause.TRACK_IN_FUTURE, file=file, day=day.date().isoformat())
    return recording.without(late) if late.any() else recording


def noticed(tracks: Iterable[Track]) -> dict[str, int]:
    """The notes of points that cleaning removed or gave another time."""
    made = list(tracks)
    return {
        "removed": sum(track.removed for track in made),
        "retimed": sum(track.retimed for track in made),
    }


def time_notes(recordings: Iterable[Recording]) -> dict[str, int]:
    """The notes of points that were left out for their times, and of times without a zone."""
    made = list(recordings)
    dropped = {
        "doubtful_moments": sum(len(one.doubtful) for one in made),
        "alongside": sum(one.alongside for one in made),
        "zoneless": sum(one.zoneless for one in made),
        "unread_times": sum(one.unread for one in made),
    }
    return {name: points for name, points in dropped.items() if points}


def saved(tracks: GpxFile) -> dict[str, int]:
    """The note of a damaged file: how many of its points are whole."""
    return {} if tracks.saved is None else {"saved_points": tracks.saved}


def measured(track: Track) -> dict:
    """Columns of ``WALKS`` that a track decides."""
    return {
        "started_at": _utc(track.started_at),
        "ended_at": _utc(track.ended_at),
        "raw_length_m": round(track.raw_length_m, 1),
        "length_m": round(track.length_m, 1),
        "minutes": None if np.isnan(track.minutes) else round(track.minutes, 2),
        "removed": track.removed,
        "geometry": track.geometry if track.has_line else None,
        "vertex_seconds": seconds_as_text(track),
    }


def timed(track: dict, own: Mapping) -> dict:
    """A track's columns, with the hours of the list where the track has none of its own."""
    if or_none(track["started_at"]) is not None:
        return track
    return {**track, "started_at": own["started_at"], "ended_at": own["ended_at"]}


def walk_table(rows: Iterable[dict]) -> gpd.GeoDataFrame:
    """Rows as a table of contract ``WALKS``; of two rows of one walk the later holds."""
    kept = list({row["walk_id"]: row for row in rows}.values())
    shapes = gpd.array.from_shapely(np.array([*(row["geometry"] for row in kept), None])[:-1])
    values = {
        name: shapes if name == "geometry" else pd.array([or_none(row[name]) for row in kept], kind)
        for name, kind in _KINDS.items()
    }
    return gpd.GeoDataFrame(values, geometry="geometry", crs=WORK_CRS)


_KINDS = tables.empty(tables.WALKS).dtypes.to_dict()
"""Column types of contract ``WALKS``; asked once, because every file has a table of its own."""


def with_places(told: ImportReport, table: gpd.GeoDataFrame) -> ImportReport:
    """An account with how the rows that were stored were placed."""
    placed, known = table["geometry"].notna(), table["district_code"].notna()
    return replace(
        told,
        matched_by_point=int((placed & known).sum()),
        matched_by_name=int((known & ~placed).sum()),
        outside=int((placed & ~known).sum()),
        without_place=int((~placed & ~known).sum()),
    )


def flagged(rows: Iterable[Iterable[object]]) -> dict[str, int]:
    """How many rows have free text that points out a person."""
    found = sum(any(screen(text) for text in row if isinstance(text, str)) for row in rows)
    return {"personal_data": found} if found else {}


def drawn(row: Mapping) -> tuple:
    """What two rows of the same track share, whatever the walk is called."""
    told = or_none(row["vertex_seconds"])
    # The hours of a track without times are those of a list, or none.
    begun = None if told is None else row["started_at"]
    return shapely.to_wkb(row["geometry"]), told, begun


def same_name(one: object, other: object) -> bool:
    if not isinstance(one, str) or not isinstance(other, str):
        return False
    return composed(one).casefold() == composed(other).casefold()


def stem(name: object) -> str | None:
    return PurePath(name).stem if isinstance(name, str) else None


def or_none(value: object) -> object:
    return None if value is None or pd.isna(value) else value


def _utc(moment: pd.Timestamp) -> pd.Timestamp | None:
    return None if pd.isna(moment) else moment.tz_convert("UTC")
