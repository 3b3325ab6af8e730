"""Areas: the geographies of a figure, and how a row found its own."""

from enum import StrEnum


class AreaLevel(StrEnum):
    """The geographies a figure can be given for, coarse to fine.

    ``DISTRICT`` is the everyday *stadsdel*; ``REGSO`` and ``DESO`` are SCB's regional and
    demographic statistical areas.
    """

    MUNICIPALITY = "kommun"
    DISTRICT = "stadsdel"
    REGSO = "regso"
    DESO = "deso"
    CELL = "ruta"  # squares or hexagons of the page Hotspots, finer than any statistical area


class Direction(StrEnum):
    """Which part of a district a place lies in."""

    MIDDLE = "middle"
    NORTH = "north"
    NORTH_EAST = "north_east"
    EAST = "east"
    SOUTH_EAST = "south_east"
    SOUTH = "south"
    SOUTH_WEST = "south_west"
    WEST = "west"
    NORTH_WEST = "north_west"


class PlaceMatch(StrEnum):
    """How an accepted row found its area; ``OUTSIDE`` and ``NONE`` are results, not faults."""

    POINT = "point"
    CODE = "code"
    NAME = "name"
    OUTSIDE = "outside"
    NONE = "none"
