"""What looks wrong of areas that are to take the place of those in force."""

from collections.abc import Iterable

import geopandas as gpd

from trygghetskarta.analysis import divisions as borders
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import read
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.doubts import Doubt, DoubtKind

_LEAST = 0.5
_SHOWN = 5


def lacking(
    place: Workplace, areas: gpd.GeoDataFrame, begun: Iterable[AreaLevel]
) -> tuple[Doubt, ...]:
    """Doubt new areas that leave out at least half of an area that is in force.

    Parameters
    ----------
    place
        The store, before anything is written.
    areas
        Contract ``AREAS``: the file's accepted rows.
    begun
        Levels whose division is to be replaced.
    """
    names = left_out(place, areas, begun)
    if not names:
        return ()
    shown = [*names[:_SHOWN], *(["…"] if len(names) > _SHOWN else [])]
    return (Doubt(DoubtKind.AREAS_LEFT_OUT, {"n": len(names), "areas": shown}),)


def left_out(place: Workplace, areas: gpd.GeoDataFrame, begun: Iterable[AreaLevel]) -> list[str]:
    """Names of areas in force of which new ones leave out at least half; as :func:`lacking`."""
    names: list[str] = []
    for level in begun:
        now = read.areas(place.engine, level)
        new = areas[areas["area_level"] == level.value]
        for _, one in now.groupby(level=0, sort=True):
            if borders.share_covered(new, one) < _LEAST:
                names.append(str(one["name"].iloc[0]))
    return names
