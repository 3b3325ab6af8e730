"""What looks wrong of walks before they are stored: doubts, each to be confirmed."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
import shapely

from trygghetskarta import settings
from trygghetskarta.sources.readers.recordings import SAME_PARTY
from trygghetskarta.terms.doubts import Doubt, DoubtKind

_LONGEST = pd.Timedelta(hours=12)
_SHORTEST = pd.Timedelta(minutes=1)
_OLD = pd.DateOffset(years=10)
"""A receiver whose count of weeks has begun anew tells a day almost twenty years too early."""
_STEP = 25.0
"""Metres between the places of a line that are held against another."""

Walk = Mapping[str, object]
"""A row of contract ``WALKS``."""


def of_walks(rows: Sequence[Walk], known: Mapping[str, Walk]) -> tuple[Doubt, ...]:
    """Doubt walks for their hours, and those that are there already by another device.

    Parameters
    ----------
    rows
        Walks to be stored.
    known
        Walks that are stored, by identity. They are not asked about again.
    """
    new = [row for row in rows if row["walk_id"] not in known and row["geometry"] is not None]
    return (*of_hours(rows, known), *_twice(new, known))


def of_hours(rows: Iterable[Walk], known: Mapping[str, Walk]) -> tuple[Doubt, ...]:
    """Doubt walks of more than twelve hours, of seconds, and of more than ten years ago.

    Walks that lack a start or an end, or have no hours at all because they end as they begin, are
    not doubted for how long they took; nor are hours that are stored already.
    """
    spans = []
    for row in rows:
        stored = known.get(str(row["walk_id"]))
        if stored is None or _hours(stored) != _hours(row):
            spans.append(_hours(row))
    lasted = [end - start for start, end in spans if pd.notna(start) and pd.notna(end)]
    long = [one for one in lasted if one > _LONGEST]
    short = [one for one in lasted if pd.Timedelta(0) < one < _SHORTEST]
    earliest = pd.Timestamp(settings.now()) - _OLD
    old = [start for start, _ in spans if pd.notna(start) and start < earliest]
    doubts = []
    if long:
        most = max(long).total_seconds() / 3600
        doubts.append(Doubt(DoubtKind.WALK_LONG, {"walks": len(long), "hours": round(most)}))
    if short:
        seconds = round(min(short).total_seconds())
        doubts.append(Doubt(DoubtKind.WALK_SHORT, {"walks": len(short), "seconds": seconds}))
    if old:
        day = settings.local_day(min(old).to_pydatetime())
        doubts.append(Doubt(DoubtKind.WALK_OLD, {"walks": len(old), "day": day}))
    return tuple(doubts)


def _hours(row: Walk) -> tuple[pd.Timestamp, pd.Timestamp]:
    return pd.Timestamp(row["started_at"]), pd.Timestamp(row["ended_at"])


def _twice(new: Sequence[Walk], known: Mapping[str, Walk]) -> tuple[Doubt, ...]:
    """Walks along the same way and at the same time as another: two devices of one party."""
    others = [row for row in known.values() if row["geometry"] is not None]
    twice = [
        (row, other)
        for n, row in enumerate(new)
        if (other := next((o for o in (*others, *new[:n]) if _same_party(row, o)), None))
    ]
    if not twice:
        return ()
    row, other = twice[0]
    day = settings.local_day(pd.Timestamp(row["started_at"]).to_pydatetime())
    facts = {"walks": len(twice), "day": day, "walk": other["name"]}
    return (Doubt(DoubtKind.WALK_TWICE, facts),)


def _same_party(one: Walk, other: Walk) -> bool:
    ends = [*_hours(one), *_hours(other)]
    if any(pd.isna(moment) for moment in ends):
        return False
    start, end, begun, ended = ends
    both = min(end, ended) - max(start, begun)
    if both <= min(end - start, ended - begun) / 2:
        return False
    at = shapely.points(shapely.get_coordinates(shapely.segmentize(one["geometry"], _STEP)))
    return bool(np.median(shapely.distance(at, other["geometry"])) <= SAME_PARTY)
