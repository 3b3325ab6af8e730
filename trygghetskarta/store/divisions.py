"""Divisions into areas: which is in force, and one that takes another's place."""

import re
import uuid
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Row, Table, delete, insert, select, update

from trygghetskarta import settings
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store.engine import writing
from trygghetskarta.store.plain_rows import plain_rows
from trygghetskarta.store.row_changes import apply_changes, compare_rows
from trygghetskarta.store.schema import area, area_succession, division, population
from trygghetskarta.store.store_version import touch
from trygghetskarta.terms.areas import AreaLevel

_NAMES = {
    AreaLevel.MUNICIPALITY: "Kommunen",
    AreaLevel.DISTRICT: "Stadsdelar",
    AreaLevel.REGSO: "RegSO",
    AreaLevel.DESO: "DeSO",
}
_EARLIEST = 1968


def name_first(engine: Engine) -> None:
    """Name the divisions that a store begins with."""
    with writing(engine) as connection:
        name_unnamed(connection)


def name_unnamed(connection: Connection) -> None:
    """Make a division of areas that belong to none: what a store begins with.

    In force from the year of their version, or from the earliest there are figures of.
    """
    named = set(connection.execute(select(division.c.area_level, division.c.boundary_version)))
    known = select(area.c.area_level, area.c.boundary_version).distinct()
    for level, version in sorted(connection.execute(known).all()):
        if (level, version) not in named:
            year = re.search(r"(?:19|20)\d\d", version)
            name = f"{_NAMES[AreaLevel(level)]} {year[0] if year else ''}".strip()
            first = date(int(year[0]) if year else _EARLIEST, 1, 1)
            add_division(connection, level, version, name, first)


def add_division(
    connection: Connection,
    level: str,
    version: str,
    name: str,
    starts: date,
    *,
    ends: date | None = None,
    assigned: bool = True,
) -> None:
    """Write a division, or one anew that was withdrawn."""
    now = settings.now()
    told = {
        "name": name,
        "valid_from": starts,
        "valid_to": ends,
        "assigned": assigned,
        "updated_at": now,
        "deleted_at": None,
    }
    this = (division.c.area_level == level) & (division.c.boundary_version == version)
    again = {**told, "version": division.c.version + 1}
    if not connection.execute(update(division).where(this).values(again)).rowcount:
        fresh = {
            "uuid": str(uuid.uuid4()),
            "version": 1,
            "content_hash": "",
            "created_at": now,
            "area_level": level,
            "boundary_version": version,
        }
        connection.execute(insert(division).values({**fresh, **told}))


def begin(
    connection: Connection, level: AreaLevel, name: str, starts: date, codes: set[str]
) -> None:
    """Let a division follow the one in force; its areas are written in the same transaction.

    Parameters
    ----------
    connection
        Of a writer.
    level, name
        Which division; its name is the version of its borders.
    starts
        First day it is in force, which is the first that the former no longer is.
    codes
        Its areas: others that an earlier reading left under its name are taken away.
    """
    now = _in_force(connection, level)
    if now is not None and now.boundary_version != name:
        ended = {"valid_to": starts, "version": now.version + 1, "updated_at": settings.now()}
        connection.execute(update(division).where(division.c.fid == now.fid).values(ended))
    here = (area.c.area_level == level.value) & (area.c.boundary_version == name)
    gone = {"deleted_at": settings.now(), "version": area.c.version + 1}
    connection.execute(update(area).where(here, area.c.area_code.not_in(codes)).values(gone))
    add_division(connection, level.value, name, name, starts, assigned=False)
    touch(connection, area)


def withdraw(engine: Engine, level: AreaLevel) -> str:
    """Let the division before the one in force be in force again; gives its name.

    Raises
    ------
    StoreError
        ``NO_FORMER_DIVISION`` when there is none before.
    """
    with writing(engine) as connection:
        now = _in_force(connection, level)
        former = None if now is None else _before(connection, now)
        if now is None or former is None:
            raise StoreError(StoreCause.NO_FORMER_DIVISION, level=level.value)
        moment = settings.now()
        gone = {"deleted_at": moment, "version": now.version + 1}
        connection.execute(update(division).where(division.c.fid == now.fid).values(gone))
        back = {
            "valid_to": None,
            "assigned": False,
            "version": former.version + 1,
            "updated_at": moment,
        }
        connection.execute(update(division).where(division.c.fid == former.fid).values(back))
        touch(connection, area)
    return str(former.name)


def write_successions(engine: Engine, level: AreaLevel, table: pd.DataFrame) -> None:
    """Keep what became of which area, contract ``SUCCESSIONS``, in place of what was kept of it."""
    touched = area_succession.c.area_code.in_(table["area_code"].unique().tolist())
    here = area_succession.c.area_level == level.value
    with writing(engine) as connection:
        connection.execute(delete(area_succession).where(here, touched))
        _put(connection, area_succession, table)


def write_inhabitants(engine: Engine, table: pd.DataFrame) -> None:
    """Keep inhabitants that were computed here, contract ``POPULATION``; they are of no file."""
    with writing(engine) as connection:
        _put(connection, population, table)


def _put(connection: Connection, target: Table, table: pd.DataFrame) -> None:
    changes = compare_rows(connection, target, plain_rows(table, target, ""), "")
    apply_changes(connection, target, changes, None, lambda _part: None)
    touch(connection, target)


def mark_assigned(engine: Engine) -> None:
    """Note that everything stored has its areas by the divisions in force."""
    with writing(engine) as connection:
        connection.execute(update(division).values(assigned=True))


def _in_force(connection: Connection, level: AreaLevel) -> Row[Any] | None:
    query = select(division).where(
        division.c.area_level == level.value,
        division.c.valid_to.is_(None),
        division.c.deleted_at.is_(None),
    )
    return connection.execute(query).first()


def _before(connection: Connection, one: Row[Any]) -> Row[Any] | None:
    query = select(division).where(
        division.c.area_level == one.area_level,
        division.c.valid_to == one.valid_from,
        division.c.deleted_at.is_(None),
    )
    return connection.execute(query.order_by(division.c.valid_from.desc())).first()
