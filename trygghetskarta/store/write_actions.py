"""Writing what people do with actions: made once, edited in turn, history without end."""

import uuid
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, insert, select

from trygghetskarta import settings
from trygghetskarta.store.change_log import tell
from trygghetskarta.store.engine import writing
from trygghetskarta.store.plain_rows import plain_rows
from trygghetskarta.store.schema import measure, measure_follow_up, measure_link
from trygghetskarta.store.store_version import touch
from trygghetskarta.store.versioned_rows import (
    RowEdition,
    change_row,
    current,
    insert_once,
    remove_row,
)


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
        return _add(connection, measure, row, who, {"created": (None, row["status"])})


def change(engine: Engine, edition: RowEdition, values: Mapping[str, object], who: str) -> int:
    """Change fields of an action as it was read; gives the version after the change.

    Parameters and errors as for :func:`~trygghetskarta.store.versioned_rows.change_row` and
    :func:`~trygghetskarta.store.versioned_rows.current`; nothing is changed with an error.
    """
    with writing(engine) as connection:
        before = current(connection, measure, edition.identity, version=edition.version)
        # An imported row that was changed here is not the file's any more.
        own = uuid.uuid4().hex
        return change_row(connection, measure, before, values, who, content_hash=own)


def remove(engine: Engine, edition: RowEdition, who: str) -> None:
    """Take an action away from every list; its rows and history stay. Errors as :func:`change`."""
    with writing(engine) as connection:
        before = current(connection, measure, edition.identity, version=edition.version)
        remove_row(connection, measure, before, who)


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
        current(connection, measure, row["measure_id"])
        return _add(connection, measure_follow_up, row, who, {"follow_up": (None, row["day"])})


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
        current(connection, measure, identity)
        if connection.execute(select(measure_link.c.fid).where(_link(identity, values))).first():
            return False
        row = {**values, "measure_id": identity, "created_at": settings.now()}
        connection.execute(insert(measure_link).values(row))
        field = "problem" if observation is None else "finding"
        tell(connection, measure, identity, who, {field: (None, observation or problem)})
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
            tell(connection, measure, identity, who, {field: (observation or problem, None)})
            touch(connection, measure_link)
    return bool(gone)


def _link(identity: str, values: Mapping[str, str | None]) -> ColumnElement[bool]:
    """Finds one link of an action."""
    where = measure_link.c.measure_id == identity
    for name, value in values.items():
        column = measure_link.c[name]
        where &= column.is_(None) if value is None else column == value
    return where


def _add(
    connection: Connection,
    target: Table,
    row: Mapping[str, Any],
    who: str,
    told: Mapping[str, tuple[object, object]],
) -> bool:
    """Insert once, and let the action's history tell of it; whether it is new."""
    is_new = insert_once(connection, target, row)
    if is_new:
        tell(connection, measure, row["measure_id"], who, told)
        touch(connection, target)
    return is_new
