"""Areas, their names and inhabitants, and the streets."""

from trygghetskarta.tables.contract import Column, ColumnType, Contract, place, text, whole
from trygghetskarta.terms.areas import AreaLevel

LEVELS = tuple(AreaLevel)

AREAS = Contract(
    "areas",
    {
        "area_level": text(True, LEVELS),
        "area_code": text(True),
        "name": text(True),
        "boundary_version": text(True),
        "geometry": place("MULTIPOLYGON", True),
    },
    key=("area_level", "area_code"),
)
"""Areas of every level and division, Polygon or MultiPolygon.

``boundary_version`` is the division an area belongs to. No two areas of a level share a code, of
whichever division they are: whatever names a code names one border.
"""

DIVISIONS = Contract(
    "divisions",
    {
        "area_level": text(True, LEVELS),
        "boundary_version": text(True),
        "name": text(True),
        "valid_from": Column(ColumnType.DATE, True),
        "valid_to": Column(ColumnType.DATE),
        "assigned": Column(ColumnType.BOOLEAN, True),
    },
    key=("area_level", "boundary_version"),
)
"""The divisions of each level into areas, and when each was in force.

``valid_to`` is the first day it no longer holds, missing for the one that is in force now: exactly
one of a level. ``assigned``: whether what is stored has its areas by it; while that is False it has
to be done when the store is opened.
"""

SUCCESSIONS = Contract(
    "successions",
    {
        "area_level": text(True, LEVELS),
        "area_code": text(True),
        "former_code": text(True),
        "area_share": Column(ColumnType.NUMBER, True, minimum=0, maximum=1),
        "covered": Column(ColumnType.NUMBER, True, minimum=0, maximum=1),
        "people_share": Column(ColumnType.NUMBER, minimum=0, maximum=1),
    },
    key=("area_level", "area_code", "former_code"),
)
"""What became of an area in another division: splits, merges and renamings, as shares.

``area_share`` is the part of the former area's surface that lies in the area, ``people_share`` the
same of its inhabitants (missing where no finer areas tell where they live), ``covered`` the part of
the area's surface that the former one was.
"""

ALIASES = Contract(
    "aliases",
    {
        "alias": text(True),
        "area_level": text(True, LEVELS),
        "area_code": text(True),
    },
    key=("alias", "area_level"),
)
"""Everyday place names and the area each lies in."""

CLASSIFICATIONS = Contract(
    "classifications",
    {
        "name": text(True),
        "area_class": text(True),
        "area_level": text(True, LEVELS),
        "area_code": text(True),
        "valid_from": Column(ColumnType.DATE, True),
        "valid_to": Column(ColumnType.DATE),
        "share": Column(ColumnType.NUMBER, minimum=0, maximum=1),
        "source": text(True),
    },
    key=("name", "area_code", "valid_from"),
)
"""Which district was on the police list, under which name and class, and when.

``valid_to`` is the first day it no longer holds, missing while it holds. ``share`` is the part of
the district's surface that lies inside the police's polygon, missing when only the name is known.
"""

POPULATION = Contract(
    "population",
    {
        "area_level": text(True, LEVELS),
        "area_code": text(True),
        "year": whole(True, 1968),
        "population": whole(True, 0),
        "approximate": Column(ColumnType.BOOLEAN, True),
        "source": text(True),
    },
    key=("area_level", "area_code", "year"),
)
"""Inhabitants on 31 December of ``year``. ``approximate``: summed from cells SCB has perturbed."""

NETWORK = Contract(
    "network",
    {
        "name": text(),
        "source": text(True, indexed=True),
        "geometry": place("LINESTRING", True),
    },
    key=(),
)
"""Streets and paths, LineString or MultiLineString; ``name`` is the street's, often missing."""
