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
"""Areas of every level, Polygon or MultiPolygon."""

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
