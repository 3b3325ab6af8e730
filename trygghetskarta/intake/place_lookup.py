"""Where a place name or a point lies: the areas of a store, looked through once."""

from weakref import WeakKeyDictionary

from trygghetskarta.analysis.places import PlaceFinder
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import Engine, read, write

_FINDERS: WeakKeyDictionary[Engine, tuple[tuple, PlaceFinder]] = WeakKeyDictionary()
"""The latest finder of each store, and the state of its places: a report is stored at once."""


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
    finder = PlaceFinder(areas.reset_index(), read.aliases(place.engine), town.code, town.name)
    _FINDERS[place.engine] = now, finder
    return finder


def bounds(place: Workplace) -> tuple[float, float, float, float]:
    """Give the municipality's west, south, east and north in EPSG:3006."""
    return tuple(read.areas(place.engine).total_bounds)


def reassign(place: Workplace) -> int:
    """Give stored incidents their areas anew after the borders changed."""
    stored = read.incident_geometries(place.engine)
    if stored.empty:
        return 0
    placed = place_finder(place).place(stored)
    return write.reassign(
        place.engine,
        placed.table.assign(boundary_version=place.municipality.boundary_version),
    )
