"""What looks wrong of a file that has been parsed: doubts, each to be confirmed."""

import geopandas as gpd

from trygghetskarta.terms.areas import PlaceMatch
from trygghetskarta.terms.doubts import Doubt, DoubtKind

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
