"""Walks: when, where, how many, and the track."""

from trygghetskarta.tables.contract import (
    Column,
    ColumnType,
    Contract,
    measured,
    place,
    text,
    whole,
)
from trygghetskarta.terms.walks import WalkType

WALKS = Contract(
    "walks",
    {
        "walk_id": text(True),
        "walk_type": text(True, tuple(WalkType)),
        "name": text(True),
        "started_at": Column(ColumnType.MOMENT),
        "ended_at": Column(ColumnType.MOMENT),
        "participants": whole(minimum=1),
        "team": text(),
        "given_place": text(free=True),
        "district_code": text(),
        "note": text(free=True),
        "nothing_to_report": Column(ColumnType.BOOLEAN, True),
        "raw_length_m": measured(),
        "length_m": measured(),
        "minutes": measured(),
        "removed": whole(True, 0),
        "file_name": text(),
        "source": text(True),
        "geometry": place("MULTILINESTRING"),
        "vertex_seconds": text(),
    },
    key=("walk_id",),
)
"""Walks. ``walk_id`` is a UUID made by the client, or from the file's content.

``name`` is the place or the route and ``team`` the group's label: neither is ever a person.
``raw_length_m`` is the track's length as it was recorded, ``length_m`` after cleaning, ``minutes``
its time and ``removed`` the points taken away; missing (``removed``: 0) without a track.
``geometry`` is the cleaned track, MultiLineString or missing. ``vertex_seconds`` is a JSON list
with one list per part: seconds since ``started_at`` of every vertex; missing without times.
"""
