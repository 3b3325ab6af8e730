"""Presentations of the citizen dialogue: what was composed and, frozen, what was shown."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, insert, select, update

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store.engine import insert_new, reading, writing
from trygghetskarta.store.schema import audit, frozen_borders, presentation


@dataclass(frozen=True)
class Content:
    """What a presentation holds.

    Attributes
    ----------
    name, language
        As staff have named it, and the tag of its language.
    spec
        What was composed, JSON.
    frozen
        What was shown when it was saved, JSON.
    borders
        Packed borders by hash, of the maps in ``frozen``.
    data_version, fingerprint
        Of the store when it was frozen, and of what it shows.
    exit_hash
        Salted hash of the word that ends the dialogue, None for the usual one.
    is_example
        Whether it is invented.
    """

    name: str
    language: str
    spec: str
    frozen: str
    borders: Mapping[str, bytes]
    data_version: str
    fingerprint: str
    exit_hash: str | None = None
    is_example: bool = False


@dataclass(frozen=True)
class Entry:
    """A presentation in the list.

    Attributes
    ----------
    identity, version
        The version must be given back when it is saved: an older one is refused.
    name, language
        Of the presentation.
    saved_at
        When it was last saved, UTC.
    data_version, fingerprint
        As in :class:`Content`.
    is_example
        Whether it is invented.
    """

    identity: str
    version: int
    name: str
    language: str
    saved_at: datetime
    data_version: str
    fingerprint: str
    is_example: bool


def presentations(engine: Engine) -> tuple[Entry, ...]:
    """Presentations that are not deleted, the one saved last first."""
    table = presentation.c
    query = (
        select(*(_column(name) for name in Entry.__dataclass_fields__))
        .where(table.deleted_at.is_(None))
        .order_by(table.saved_at.desc(), table.fid.desc())
    )
    with reading(engine) as connection:
        return tuple(Entry(**row) for row in connection.execute(query).mappings())


def _column(name: str) -> ColumnElement[Any]:
    if name == "identity":
        return presentation.c.uuid.label("identity")
    return presentation.c[name]


def content(engine: Engine, identity: str) -> tuple[int, Content]:
    """Version and content of a presentation.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there is none, or it is deleted.
    """
    with reading(engine) as connection:
        row = _row(connection, identity)
        names = _borders_of(row["frozen"], connection)
    kept = {name: row[name] for name in Content.__dataclass_fields__ if name != "borders"}
    return row["version"], Content(**kept, borders=names)


def exit_hash(engine: Engine, identity: str) -> str | None:
    """Hash of the word that ends the dialogue, None for the usual one; also of a deleted one.

    A browser stays locked with a presentation that is taken out of the list, and its word opens.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there has never been such a presentation.
    """
    query = select(presentation.c.exit_hash).where(presentation.c.uuid == identity)
    with reading(engine) as connection:
        row = connection.execute(query).first()
    if row is None:
        raise StoreError(StoreCause.NOT_FOUND, table=presentation.name, identity=identity)
    return row.exit_hash


def _borders_of(frozen: str, connection: Connection) -> dict[str, bytes]:
    """Those of the kept borders whose hash a frozen presentation names."""
    hashes = connection.execute(select(frozen_borders.c.hash)).scalars()
    named = [name for name in hashes if name in frozen]
    query = select(frozen_borders.c.hash, frozen_borders.c.content)
    rows = connection.execute(query.where(frozen_borders.c.hash.in_(named)))
    return {name: bytes(packed) for name, packed in rows}


def add(engine: Engine, made: Content, identity: str | None = None) -> str:
    """Store a new presentation; the same identity twice is stored once. Gives its identity."""
    identity = identity or str(uuid.uuid4())
    with writing(engine) as connection:
        known = select(presentation.c.uuid).where(presentation.c.uuid == identity)
        if connection.execute(known).first() is None:
            _keep_borders(connection, made.borders)
            row = {"uuid": identity, "version": 1, **_values(made)}
            connection.execute(insert(presentation).values(**row))
            _note(connection, identity, "insert", made)
    return identity


def save(engine: Engine, identity: str, version: int, made: Content) -> int:
    """Store a presentation over the version that was read; gives the new version.

    Raises
    ------
    StoreError
        ``CHANGED_MEANWHILE`` when somebody else has saved it since, ``NOT_FOUND`` when it is gone;
        nothing is changed.
    """
    with writing(engine) as connection:
        _check(_row(connection, identity), version)
        _keep_borders(connection, made.borders)
        _change(connection, identity, version, _values(made))
        _note(connection, identity, "update", made)
    return version + 1


def delete(engine: Engine, identity: str, version: int) -> None:
    """Take a presentation out of the list.

    Raises
    ------
    StoreError
        As :func:`save`.
    """
    with writing(engine) as connection:
        row = _row(connection, identity)
        _check(row, version)
        _change(connection, identity, version, {"deleted_at": datetime.now(UTC)})
        _note(connection, identity, "delete", None)


def _change(connection: Connection, identity: str, version: int, values: Mapping[str, Any]) -> None:
    where = (presentation.c.uuid == identity) & (presentation.c.version == version)
    changed = connection.execute(
        update(presentation).where(where).values(**values, version=version + 1)
    )
    if changed.rowcount != 1:
        raise StoreError(StoreCause.CHANGED_MEANWHILE, table=presentation.name, identity=identity)


def _check(row: RowMapping, version: int) -> None:
    if row["version"] != version:
        raise StoreError(
            StoreCause.CHANGED_MEANWHILE, table=presentation.name, identity=row["uuid"]
        )


def _row(connection: Connection, identity: str) -> RowMapping:
    query = select(presentation).where(
        presentation.c.uuid == identity, presentation.c.deleted_at.is_(None)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        raise StoreError(StoreCause.NOT_FOUND, table=presentation.name, identity=identity)
    return row


def _values(made: Content) -> dict[str, object]:
    kept = {name: getattr(made, name) for name in Content.__dataclass_fields__}
    del kept["borders"]
    return {**kept, "saved_at": datetime.now(UTC)}


def _keep_borders(connection: Connection, borders: Mapping[str, bytes]) -> None:
    rows = [{"hash": name, "content": packed} for name, packed in borders.items()]
    if rows:
        add_them = insert_new(connection, frozen_borders)
        connection.execute(add_them.on_conflict_do_nothing(index_elements=["hash"]), rows)


def _note(connection: Connection, identity: str, action: str, made: Content | None) -> None:
    """Leave a trace of who holds what, without the content."""
    after = None if made is None else f'{{"fingerprint": "{made.fingerprint}"}}'
    row = {
        "at": datetime.now(UTC),
        "table_name": presentation.name,
        "row_uuid": identity,
        "action": action,
        "after": after,
    }
    connection.execute(insert(audit).values(**row))
