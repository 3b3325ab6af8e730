"""What looks wrong of a file that has been parsed: doubts, each to be confirmed."""

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd

from trygghetskarta.terms.areas import PlaceMatch
from trygghetskarta.terms.doubts import Doubt, DoubtKind

LONGEST_WALK = pd.Timedelta(hours=12)
SHORTEST_WALK = pd.Timedelta(minutes=1)
_FEW_POINTS = 10
"""Below this many points most of them may lie anywhere."""


def elsewhere(placed: gpd.GeoDataFrame, municipality: str) -> tuple[Doubt, ...]:
    """Doubt coordinates of which more than half lie outside the municipality.

    Parameters
    ----------
    placed
        Contract ``PLACED_INCIDENTS``.
    municipality
        Its name.
    """
    points = placed[placed.geometry.notna()]
    outside = int((points["place_match"] == PlaceMatch.OUTSIDE).sum())
    if len(points) < _FEW_POINTS or outside * 2 <= len(points):
        return ()
    facts = {"outside": outside, "points": len(points), "municipality": municipality}
    return (Doubt(DoubtKind.ELSEWHERE, facts),)


def hours(spans: Iterable[tuple[object, object]]) -> tuple[Doubt, ...]:
    """Doubt walks of more than twelve hours, and of seconds.

    Parameters
    ----------
    spans
        When each walk began and ended; walks that lack either, or have no hours at all because
        they end as they begin, are not doubted.
    """
    told = [(start, end) for start, end in spans if pd.notna(start) and pd.notna(end)]
    lasted = [pd.Timestamp(end) - pd.Timestamp(start) for start, end in told]
    long = [one for one in lasted if one > LONGEST_WALK]
    short = [one for one in lasted if pd.Timedelta(0) < one < SHORTEST_WALK]
    doubts = []
    if long:
        most = max(long).total_seconds() / 3600
        doubts.append(Doubt(DoubtKind.WALK_LONG, {"walks": len(long), "hours": round(most)}))
    if short:
        seconds = round(min(short).total_seconds())
        doubts.append(Doubt(DoubtKind.WALK_SHORT, {"walks": len(short), "seconds": seconds}))
    return tuple(doubts)
