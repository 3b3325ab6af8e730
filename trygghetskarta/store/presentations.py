"""Presentations of the citizen dialogue: what was composed and, frozen, what was shown."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from trygghetskarta import settings
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store.change_log import note_in_audit
from trygghetskarta.store.engine import insert_new, reading, writing
from trygghetskarta.store.schema import frozen_borders, presentation
from trygghetskarta.store.versioned_rows import current, insert_once, overwrite, remove_row


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
    names = [name for name in Entry.__dataclass_fields__ if name != "identity"]
    query = (
        select(table.uuid.label("identity"), *(table[name] for name in names))
        .where(table.deleted_at.is_(None))
        .order_by(table.saved_at.desc(), table.fid.desc())
    )
    with reading(engine) as connection:
        return tuple(Entry(**row) for row in connection.execute(query).mappings())


def content(engine: Engine, identity: str) -> tuple[int, Content]:
    """Version and content of a presentation.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there is none, or it is deleted.
    """
    with reading(engine) as connection:
        row = current(connection, presentation, identity)
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
        if insert_once(connection, presentation, {**_values(made), "uuid": identity}):
            _keep_borders(connection, made.borders)
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
        before = current(connection, presentation, identity, version=version)
        _keep_borders(connection, made.borders)
        _note(connection, identity, "update", made)
        return overwrite(connection, presentation, before, _values(made))


def delete(engine: Engine, identity: str, version: int) -> None:
    """Take a presentation out of the list.

    Raises
    ------
    StoreError
        As :func:`save`.
    """
    with writing(engine) as connection:
        before = current(connection, presentation, identity, version=version)
        remove_row(connection, presentation, before)
        _note(connection, identity, "delete", None)


def _values(made: Content) -> dict[str, object]:
    kept = {name: getattr(made, name) for name in Content.__dataclass_fields__}
    del kept["borders"]
    return {**kept, "saved_at": settings.now()}


def _keep_borders(connection: Connection, borders: Mapping[str, bytes]) -> None:
    rows = [{"hash": name, "content": packed} for name, packed in borders.items()]
    if rows:
        add_them = insert_new(connection, frozen_borders)
        connection.execute(add_them.on_conflict_do_nothing(index_elements=["hash"]), rows)


def _note(connection: Connection, identity: str, action: str, made: Content | None) -> None:
    """Leave a trace of who holds what, without the content."""
    after = None if made is None else {"fingerprint": made.fingerprint}
    note_in_audit(connection, presentation, [(identity, None, after)], action)
