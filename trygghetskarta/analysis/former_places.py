"""Where a place was in a division that is no longer in force, and which area it is in today."""

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis.places import PlaceFinder
from trygghetskarta.terms.areas import AreaLevel

_LEVELS = (AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO)
_BETWEEN = "; "


def told_in(areas: pd.DataFrame) -> str:
    """Versions of the borders that rows are told in while ``areas``, every level, are in force.

    One word where the levels have the same, else one for each of district, RegSO and DeSO.
    """
    by_level = areas.groupby("area_level")["boundary_version"].first()
    versions = [str(by_level.get(level.value, "")) for level in _LEVELS]
    known = list(dict.fromkeys(version for version in versions if version))
    return known[0] if len(known) == 1 else _BETWEEN.join(versions)


class FormerPlaces:
    """Finders of earlier divisions.

    Parameters
    ----------
    areas, gone
        Areas in force and of divisions that are not: contract ``AREAS``, every level.
    order
        Level and version of the divisions that are not in force, the latest first.
    aliases, municipality_code, municipality_name
        As :class:`PlaceFinder`; the aliases of every division.
    """

    def __init__(
        self,
        areas: gpd.GeoDataFrame,
        gone: gpd.GeoDataFrame,
        order: Sequence[tuple[str, str]],
        aliases: pd.DataFrame,
        municipality_code: str,
        municipality_name: str,
    ) -> None:
        self._areas, self._gone, self._order = areas, gone, tuple(order)
        self._told = aliases, municipality_code, municipality_name
        self._made: dict[tuple[tuple[str, str], ...], PlaceFinder] = {}

    def of(self, version: str) -> PlaceFinder | None:
        """The finder of what rows were told in, None where that is still in force."""
        parts = version.split(_BETWEEN)
        if len(parts) != len(_LEVELS):
            parts = [version] * len(_LEVELS)
        pairs = ((level.value, part) for level, part in zip(_LEVELS, parts, strict=True))
        past = tuple(pair for pair in pairs if pair in self._order)
        return self._finder(past) if past else None

    def latest(self) -> tuple[PlaceFinder, ...]:
        """Finders of each division that is not in force, the latest first."""
        return tuple(self._finder((one,)) for one in self._order)

    def _finder(self, past: tuple[tuple[str, str], ...]) -> PlaceFinder:
        if past not in self._made:
            levels = [level for level, _version in past]
            pair = pd.MultiIndex.from_frame(self._gone[["area_level", "boundary_version"]])
            known = pd.concat(
                [
                    self._gone[pair.isin(past)],
                    self._areas[~self._areas["area_level"].isin(levels)],
                ],
                ignore_index=True,
            )
            self._made[past] = PlaceFinder(known, *self._told)
        return self._made[past]
