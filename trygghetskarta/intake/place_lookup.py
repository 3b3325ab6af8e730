"""Where a place name or a point lies: the areas of a store, looked through once."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis import divisions
from trygghetskarta.analysis.former_places import FormerPlaces, told_in
from trygghetskarta.analysis.places import PlaceFinder
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import Engine, read, write

_FINDERS: WeakKeyDictionary[Engine, tuple[tuple, PlaceFinder]] = WeakKeyDictionary()
"""The latest finder of each store, and the state of its places: a report is stored at once."""


@dataclass(frozen=True)
class Reassigned:
    """What became of stored incidents when the borders changed.

    Attributes
    ----------
    moved
        Rows whose area changed.
    carried, divided
        Rows with nothing but a name or code of a former division: those that followed it to an area
        of today, and those whose area was split, which have none.
    """

    moved: int
    carried: int
    divided: int


def place_finder(place: Workplace) -> PlaceFinder:
    """Look places up among the areas that are stored; made anew only when they have changed.

    Raises
    ------
    StoreError
        ``NO_DISTRICTS``.
    """
    town = place.municipality
    now = (town.code, town.name, *read.places_state(place.engine))
    known = _FINDERS.get(place.engine)
    if known is not None and known[0] == now:
        return known[1]
    areas = read.areas(place.engine)
    if areas.empty:
        raise StoreError(StoreCause.NO_DISTRICTS)
    areas = areas.reset_index()
    former = _former_places(place, areas)
    heirs = divisions.heirs(read.successions(place.engine)) if former else None
    finder = PlaceFinder(areas, read.aliases(place.engine), town.code, town.name, former, heirs)
    _FINDERS[place.engine] = now, finder
    return finder


def _former_places(place: Workplace, areas: gpd.GeoDataFrame) -> FormerPlaces | None:
    gone = read.former_areas(place.engine)
    if gone.empty:
        return None
    told = read.divisions(place.engine, withdrawn=True)
    pairs = ["area_level", "boundary_version"]
    past = told[pd.MultiIndex.from_frame(told[pairs]).isin(pd.MultiIndex.from_frame(gone[pairs]))]
    latest = past.sort_values("valid_from", ascending=False, kind="stable")
    order = list(latest[pairs].itertuples(index=False, name=None))
    town, aliases = place.municipality, read.aliases(place.engine, every=True)
    return FormerPlaces(areas, gone, order, aliases, town.code, town.name)


def borders(place: Workplace) -> str:
    """Versions of the borders in force, as it is stored with every row that is told in them."""
    return told_in(read.areas(place.engine))


def bounds(place: Workplace) -> tuple[float, float, float, float]:
    """Give the municipality's west, south, east and north in EPSG:3006."""
    return tuple(read.areas(place.engine).total_bounds)


def reassign(place: Workplace) -> Reassigned:
    """Give stored incidents their areas anew after the borders changed."""
    stored = read.incident_geometries(place.engine)
    if stored.empty:
        return Reassigned(0, 0, 0)
    placed = place_finder(place).place(stored)
    moved = write.reassign(place.engine, placed.table)
    return Reassigned(moved, placed.carried, placed.divided)
