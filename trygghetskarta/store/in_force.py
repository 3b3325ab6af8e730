"""Which division is in force, as conditions of a query."""

from datetime import date

from sqlalchemy import ColumnElement, exists, or_

from trygghetskarta.store import schema


def is_past() -> ColumnElement[bool]:
    """Whether the division of a row of ``area`` has ended or was withdrawn."""
    one = schema.division
    return exists().where(
        one.c.area_level == schema.area.c.area_level,
        one.c.boundary_version == schema.area.c.boundary_version,
        or_(one.c.valid_to.is_not(None), one.c.deleted_at.is_not(None)),
    )


def held_on(day: date) -> ColumnElement[bool]:
    """Whether the division of a row of ``area`` held on a day; before the first, the first."""
    one, earlier = schema.division, schema.division.alias()
    is_first = ~exists().where(
        earlier.c.area_level == one.c.area_level,
        earlier.c.valid_from < one.c.valid_from,
        earlier.c.deleted_at.is_(None),
    )
    return exists().where(
        one.c.area_level == schema.area.c.area_level,
        one.c.boundary_version == schema.area.c.boundary_version,
        one.c.deleted_at.is_(None),
        or_(one.c.valid_from <= day, is_first),
        or_(
            one.c.valid_to.is_(None),
            # A division that ended before it began has given all its time to another.
            (one.c.valid_to > day) & (one.c.valid_to > one.c.valid_from),
        ),
    )


def is_past_area(level: ColumnElement[str], code: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a code names an area of a division that is no longer in force."""
    one, of = schema.division, schema.area
    return exists().where(
        of.c.area_level == level,
        of.c.area_code == code,
        one.c.area_level == of.c.area_level,
        one.c.boundary_version == of.c.boundary_version,
        or_(one.c.valid_to.is_not(None), one.c.deleted_at.is_not(None)),
    )
