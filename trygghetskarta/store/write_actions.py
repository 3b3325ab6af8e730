"""Writing what people do with actions: made once, edited in turn, history without end."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, insert, select, update

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store.engine import insert_new, writing
from trygghetskarta.store.geometry import to_blobs
from trygghetskarta.store.plain_rows import plain_rows
from trygghetskarta.store.schema import (
    FORGOTTEN,
    measure,
    measure_change,
    measure_follow_up,
    measure_link,
)
from trygghetskarta.store.store_version import touch
from trygghetskarta.store.write_walks import RowEdition

_FORGOTTEN = FORGOTTEN | {"title", "problem", "follow_up"}
"""What the history of an action says nothing of but that it was changed."""


def add(engine: Engine, table: gpd.GeoDataFrame, who: str) -> bool:
    """Store an action, once however often it is sent; gives whether it is new.

    Parameters
    ----------
    engine
        The store.
    table
        Contract ``ACTIONS``, one row.
    who
        Role of the maker, never a name.
    """
    row = plain_rows(table, measure, "")[0]
    with writing(engine) as connection:
        if not _insert_once(connection, measure, row, row["measure_id"]):
            return False
        _tell(connection, row["measure_id"], who, {"created": (None, row["status"])})
        touch(connection, measure)
    return True


def change(engine: Engine, edition: RowEdition, values: Mapping[str, object], who: str) -> int:
    """Change fields of an action and write every change into its history.

    Parameters
    ----------
    engine
        The store.
    edition
        The action as it was read.
    values
        New values by column, ``geom`` as a shapely polygon or None; what is as before is left out.
    who
        Role of the editor, never a name.

    Returns
    -------
    int
        The version after the change; the same when nothing differed.

    Raises
    ------
    StoreError
        ``NOT_FOUND``, or ``CHANGED_MEANWHILE`` when somebody else was first; nothing is changed.
    """
    with writing(engine) as connection:
        before = _read(connection, edition)
        differing = {name: new for name, new in values.items() if not _same(new, before[name])}
        if not differing:
            return before["version"]
        _tell(
            connection,
            edition.identity,
            who,
            {name: (before[name], new) for name, new in differing.items()},
        )
        return _write(connection, before, differing)


def remove(engine: Engine, edition: RowEdition, who: str) -> None:
    """Take an action away from every list; its rows and history stay. Errors as :func:`change`."""
    with writing(engine) as connection:
        before = _read(connection, edition)
        _tell(connection, edition.identity, who, {"removed": (before["status"], None)})
        _write(connection, before, {"deleted_at": datetime.now(UTC)})


def follow_up(engine: Engine, table: pd.DataFrame, who: str) -> bool:
    """Store a follow-up, once however often it is sent; gives whether it is new.

    Parameters
    ----------
    engine
        The store.
    table
        Contract ``FOLLOW_UPS``, one row.
    who
        Role of the writer.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there is no such action.
    """
    row = plain_rows(table, measure_follow_up, "")[0]
    with writing(engine) as connection:
        _locked(connection, row["measure_id"])
        if not _insert_once(connection, measure_follow_up, row, row["follow_up_id"]):
            return False
        _tell(connection, row["measure_id"], who, {"follow_up": (None, row["day"])})
        touch(connection, measure_follow_up)
    return True


def link(
    engine: Engine, identity: str, who: str, *, observation: str | None = None, problem: str = ""
) -> bool:
    """Tell what led to an action: a finding, or a problem in words; gives whether it is new.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there is no such action.
    """
    values = {"observation_id": observation, "problem": problem or None}
    with writing(engine) as connection:
        _locked(connection, identity)
        if connection.execute(select(measure_link.c.fid).where(_link(identity, values))).first():
            return False
        row = {**values, "measure_id": identity, "created_at": datetime.now(UTC)}
        connection.execute(insert(measure_link).values(row))
        field = "problem" if observation is None else "finding"
        _tell(connection, identity, who, {field: (None, observation or problem)})
        touch(connection, measure_link)
    return True


def unlink(
    engine: Engine, identity: str, who: str, *, observation: str | None = None, problem: str = ""
) -> bool:
    """Undo :func:`link`; gives whether there was anything to undo."""
    values = {"observation_id": observation, "problem": problem or None}
    with writing(engine) as connection:
        gone = connection.execute(delete(measure_link).where(_link(identity, values))).rowcount
        if gone:
            field = "problem" if observation is None else "finding"
            _tell(connection, identity, who, {field: (observation or problem, None)})
            touch(connection, measure_link)
    return bool(gone)


def _link(identity: str, values: Mapping[str, str | None]) -> ColumnElement[bool]:
    """Finds one link of an action."""
    where = measure_link.c.measure_id == identity
    for name, value in values.items():
        column = measure_link.c[name]
        where &= column.is_(None) if value is None else column == value
    return where


def _insert_once(
    connection: Connection, target: Table, row: Mapping[str, Any], identity: str
) -> bool:
    now = datetime.now(UTC)
    fresh = {**row, "uuid": identity, "version": 1, "created_at": now, "updated_at": now}
    adding = insert_new(connection, target).values(fresh).on_conflict_do_nothing()
    return connection.execute(adding.returning(target.c.fid)).first() is not None


def _locked(connection: Connection, identity: str) -> dict[str, Any]:
    """The row as it stands, kept from other writers until the transaction ends."""
    where = (measure.c.measure_id == identity) & measure.c.deleted_at.is_(None)
    found = connection.execute(select(measure).where(where).with_for_update())
    row = found.mappings().one_or_none()
    if row is None:
        raise StoreError(StoreCause.NOT_FOUND, table=measure.name, identity=identity)
    return dict(row)


def _read(connection: Connection, edition: RowEdition) -> dict[str, Any]:
    row = _locked(connection, edition.identity)
    if row["version"] != edition.version:
        raise StoreError(
            StoreCause.CHANGED_MEANWHILE, table=measure.name, identity=edition.identity
        )
    return row


def _write(connection: Connection, before: Mapping[str, Any], values: Mapping[str, object]) -> int:
    version = before["version"] + 1
    plain = {name: _blob(value) if name == "geom" else value for name, value in values.items()}
    connection.execute(
        update(measure)
        .where(measure.c.fid == before["fid"])
        .values(
            **plain,
            version=version,
            updated_at=datetime.now(UTC),
            # An imported row that was changed here is not the file's any more.
            content_hash=uuid.uuid4().hex,
        )
    )
    touch(connection, measure)
    return version


def _blob(shape: shapely.Geometry | None) -> bytes | None:
    if shape is not None and shape.geom_type == "Polygon":
        shape = shapely.MultiPolygon([shape])
    return to_blobs([shape])[0]


def _same(new: object, old: object) -> bool:
    if isinstance(new, shapely.Geometry) and isinstance(old, shapely.Geometry):
        return shapely.equals(new, old)
    return new == old


def _tell(
    connection: Connection, identity: str, who: str, changes: Mapping[str, tuple[object, object]]
) -> None:
    at = datetime.now(UTC)
    lines = [
        {
            "measure": identity,
            "at": at,
            "who": who,
            "field": name,
            "before": _word(name, before),
            "after": _word(name, after),
        }
        for name, (before, after) in changes.items()
    ]
    connection.execute(insert(measure_change), lines)


def _word(name: str, value: object) -> str | None:
    return None if value is None or name in _FORGOTTEN else str(value)
