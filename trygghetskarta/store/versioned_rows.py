"""Rows that people edit: made once, changed by whoever has read the latest version, followed.

A table takes part by being declared: :data:`~trygghetskarta.store.schema.KEYS` names its rows,
:data:`~trygghetskarta.store.schema.HISTORIES` follows them, and its own columns say whether it has
times, a soft delete and a place. Meetings have no version but steps, and leave no trace when they
are erased; pins, publications and frozen reports are added and never changed.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection, Table, select, update

from trygghetskarta import settings
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store.change_log import tell
from trygghetskarta.store.engine import insert_new
from trygghetskarta.store.plain_rows import plain_shapes
from trygghetskarta.store.schema import CLIENT_MADE, CONTRACTS, HISTORIES, KEYS
from trygghetskarta.store.store_version import touch

Row = Mapping[Any, Any]
"""A row's plain values by column."""


@dataclass(frozen=True)
class RowEdition:
    """A row as somebody has read it.

    Attributes
    ----------
    identity
        What its table knows it by: ``observation_id``, ``measure_id``.
    version
        The version that was read: an edit of an older one is refused.
    """

    identity: str
    version: int


def first_version(table: Table, row: Row) -> dict[str, Any]:
    """A row as it is inserted: identity, version and times, where its table has them."""
    columns = {name: [value] for name, value in row.items()}
    each, same = first_versions(table, columns, new_identities(1))
    return {**{name: values[0] for name, values in each.items()}, **same, **row}


def first_versions(
    table: Table, columns: Mapping[str, list[Any]], identities: Iterator[str]
) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """As :func:`first_version`, of rows by column: what each gets, and what all of them get."""
    now = settings.now()
    each = {}
    if table.name in CLIENT_MADE:
        each["uuid"] = columns[KEYS[table.name][0]]
    elif "uuid" in table.c:
        each["uuid"] = list(islice(identities, len(next(iter(columns.values())))))
    same = {"version": 1, "created_at": now, "updated_at": now}
    return each, {name: value for name, value in same.items() if name in table.c}


def new_identities(rows: int) -> Iterator[str]:
    """Random UUIDs (version 4) in ascending order: that is how an index grows fastest."""
    drawn = np.frombuffer(os.urandom(16 * rows), dtype=np.uint8).reshape(rows, 16)
    drawn = drawn[np.argsort(drawn.view(">u8")[:, 0])]
    drawn[:, 6] = drawn[:, 6] & 0x0F | 0x40
    drawn[:, 8] = drawn[:, 8] & 0x3F | 0x80
    for one in drawn:
        text = one.tobytes().hex()
        yield f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def insert_once(connection: Connection, table: Table, row: Row) -> bool:
    """Store a row unless one that it may not stand beside is there; gives whether it is new."""
    adding = insert_new(connection, table).values(first_version(table, row))
    added = connection.execute(adding.on_conflict_do_nothing().returning(table.c.fid))
    return added.first() is not None


def find(connection: Connection, table: Table, *identity: object) -> dict[str, Any] | None:
    """The row as it stands, None when there is none or it is removed.

    A writer keeps it from other writers until the transaction ends.
    """
    query = select(table)
    for name, value in zip(KEYS[table.name], identity, strict=True):
        query = query.where(table.c[name] == value)
    if "deleted_at" in table.c:
        query = query.where(table.c.deleted_at.is_(None))
    if connection.get_execution_options().get("writer"):
        query = query.with_for_update()
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else dict(row)


def current(
    connection: Connection, table: Table, *identity: object, version: int | None = None
) -> dict[str, Any]:
    """As :func:`find`.

    Parameters
    ----------
    version
        The version that was read, None for whichever there is.

    Raises
    ------
    StoreError
        ``NOT_FOUND``, or ``CHANGED_MEANWHILE`` when it is not that version.
    """
    row = find(connection, table, *identity)
    if row is None:
        raise StoreError(StoreCause.NOT_FOUND, table=table.name, identity=identity[-1])
    if version not in (None, row["version"]):
        raise changed_meanwhile(table, identity[-1])
    return row


def changed_meanwhile(table: Table, identity: object) -> StoreError:
    """What is told to whoever has not read the latest version."""
    return StoreError(StoreCause.CHANGED_MEANWHILE, table=table.name, identity=identity)


def overwrite(connection: Connection, table: Table, before: Row, values: Mapping[str, Any]) -> int:
    """Store plain values as a row's next version; gives that version."""
    version = before["version"] + 1
    fresh = {"version": version}
    if "updated_at" in table.c:
        fresh["updated_at"] = settings.now()
    connection.execute(
        update(table).where(table.c.fid == before["fid"]).values({**values, **fresh})
    )
    return version


def change_row(
    connection: Connection,
    table: Table,
    before: Row,
    values: Mapping[str, object],
    who: str,
    at: datetime | None = None,
    **untold: object,
) -> int:
    """Change fields of a row and write every change into its history.

    Parameters
    ----------
    connection
        Of a writer.
    table, before
        The row, as :func:`current` gives it.
    values
        New values by column, ``geom`` as a geometry or None; what is as before is left out.
    who
        Role of the editor, never a name.
    at
        When it was done, None for now.
    untold
        Columns that are written when something differs, and not told of.

    Returns
    -------
    int
        The version after the change; the same when nothing differed.
    """
    new = {name: value for name, value in values.items() if not _same(value, before[name])}
    if not new:
        return before["version"]
    told = {name: (before[name], value) for name, value in new.items()}
    if "geom" in new:
        new["geom"] = plain_shapes([new["geom"]], table)[0]
    return _write(connection, table, before, {**new, **untold}, who, told, at)


def remove_row(connection: Connection, table: Table, before: Row, who: str = "") -> None:
    """Take a row away from every list; it stays, and so does its history."""
    told = {"removed": (before.get("status"), None)}
    _write(connection, table, before, {"deleted_at": settings.now()}, who, told)


def _write(
    connection: Connection,
    table: Table,
    before: Row,
    values: Row,
    who: str,
    told: Mapping[str, tuple[object, object]],
    at: datetime | None = None,
) -> int:
    """Overwrite, and tell of it in the history and to whoever counts with the table."""
    if table.name in HISTORIES:
        tell(connection, table, before[KEYS[table.name][0]], who, told, at)
    version = overwrite(connection, table, before, values)
    if table.name in CONTRACTS:
        touch(connection, table)
    return version


def _same(new: object, old: object) -> bool:
    if isinstance(new, shapely.Geometry) and isinstance(old, shapely.Geometry):
        return shapely.equals(new, old)
    return new == old
