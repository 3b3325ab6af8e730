"""Divisions into areas: which is in force, and one that takes another's place."""

import json
import re
import uuid
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Row, Select, Table, delete, insert, select, update

from trygghetskarta import settings
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store.engine import reading, writing
from trygghetskarta.store.in_force import is_past
from trygghetskarta.store.row_changes import bring
from trygghetskarta.store.schema import (
    area,
    area_succession,
    division,
    import_batch,
    population,
)
from trygghetskarta.store.store_version import touch
from trygghetskarta.terms.areas import AreaLevel, Joined
from trygghetskarta.terms.imports import TableKind

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


def await_settling(connection: Connection, level: AreaLevel) -> None:
    """Note that what is stored has not yet followed what was done to the division in force."""
    now = _in_force(connection, level)
    if now is not None:
        late = {"assigned": False, "version": now.version + 1, "updated_at": settings.now()}
        connection.execute(update(division).where(division.c.fid == now.fid).values(late))


def tell_anew(connection: Connection, level: AreaLevel, name: str, starts: date) -> None:
    """Give the division in force another name or first day; the one before ends on that day."""
    now = _in_force(connection, level)
    if now is None:
        return
    moment = settings.now()
    ended = {"valid_to": starts, "version": division.c.version + 1, "updated_at": moment}
    before = (
        (division.c.area_level == level.value)
        & (division.c.valid_to == now.valid_from)
        & division.c.deleted_at.is_(None)
    )
    connection.execute(update(division).where(before).values(ended))
    told = {"name": name, "valid_from": starts, "version": now.version + 1, "updated_at": moment}
    connection.execute(update(division).where(division.c.fid == now.fid).values(told))
    touch(connection, area)


def joined(engine: Engine) -> list[Joined]:
    """Tell of areas that files joined to divisions in force and are still there, latest first."""
    districts = import_batch.c.kind == TableKind.DISTRICTS.value
    query = select(import_batch.c.uuid, import_batch.c.file_name, import_batch.c.report)
    with reading(engine) as connection:
        told = connection.execute(
            query.where(districts).order_by(import_batch.c.started_at.desc())
        ).all()
        there = {tuple(row) for row in connection.execute(_in_force_areas())}
    found = []
    for batch, file, report in told:
        codes: dict[str, list[str]] = {}
        for level, code in json.loads(report).get("notes", {}).get("joined_areas", ()):
            if (batch, level, code) in there:
                codes.setdefault(level, []).append(code)
        found += [Joined(AreaLevel(one), file, tuple(codes[one])) for one in codes]
    return found


def take_away(engine: Engine, one: Joined) -> None:
    """Take areas that were joined to the division in force out of it again."""
    with writing(engine) as connection:
        here = (area.c.area_level == one.level.value) & area.c.area_code.in_(one.codes)
        gone = {"deleted_at": settings.now(), "version": area.c.version + 1}
        connection.execute(update(area).where(here).values(gone))
        became = area_succession.c.area_code.in_(one.codes)
        level = area_succession.c.area_level == one.level.value
        connection.execute(delete(area_succession).where(level, became))
        await_settling(connection, one.level)
        touch(connection, area)


def _in_force_areas() -> Select[tuple[str, str, str]]:
    """Batch, level and code of every area in force."""
    columns = (area.c.batch, area.c.area_level, area.c.area_code)
    return select(*columns).where(area.c.deleted_at.is_(None), ~is_past())


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
    bring(connection, target, table, "", None, lambda _part: None)
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
