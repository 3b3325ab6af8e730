"""Areas: the geographies of a figure, and how a row found its own."""

import re
from dataclasses import dataclass
from datetime import date
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


class NewAreas(StrEnum):
    """What areas that are read in are to those in force: in their place, or beside them."""

    REPLACE = "replace"
    JOIN = "join"


@dataclass(frozen=True)
class DivisionTold:
    """A division of a level into areas.

    Attributes
    ----------
    level, name
        Which.
    first, end
        First day it was in force, and the first it was no longer; None while it is.
    can_return
        Whether it is the one before the one in force, and so can be in force again.
    """

    level: AreaLevel
    name: str
    first: date
    end: date | None
    can_return: bool


@dataclass(frozen=True)
class Joined:
    """Areas that a file joined to the division in force.

    Attributes
    ----------
    level, file
        Of which level, and the file's name.
    codes
        The areas, as the file has them in order.
    """

    level: AreaLevel
    file: str
    codes: tuple[str, ...]


COUNTRY_OR_COUNTY = (
    r"(?:00\s+)?(?:hela\s+)?(?:riket|landet|sverige)|00|(?:\d\d\s+)?\S.*\s+län|\d\d\s+\S.*"
)
"""How files write the country or a county, in any case of letters."""
SOME_MUNICIPALITY = r"(?:\d{4}\s+)?\S.*\s+kommun"
"""How they write a municipality, when they say that it is one."""


def given_code(code: str) -> str:
    """An area's code as files give it: without what tells two divisions' codes apart.

    Examples
    --------
    >>> given_code("1488S012@2027"), given_code("1488S012")
    ('1488S012', '1488S012')
    """
    return re.sub(r"@\d{4}(\.\d+)?$", "", code)


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
