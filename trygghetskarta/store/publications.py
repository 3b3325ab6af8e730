"""The register of tables that have left the house: read, and added to, never changed."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, insert, select

from trygghetskarta import settings
from trygghetskarta.store.engine import reading, writing
from trygghetskarta.store.read import query_frame
from trygghetskarta.store.schema import publication

_EVERY = select(*(column for column in publication.c if column.name != "fid")).order_by(
    publication.c.fid
)


def rows(engine: Engine) -> pd.DataFrame:
    """Everything that has been published, oldest first.

    Returns
    -------
    DataFrame
        ``uuid, published_at, purpose, title, area_level, boundary_version, period_from, period_to,
        fingerprint, lines``; ``lines`` is JSON.
    """
    return query_frame(engine, _EVERY)


def count(engine: Engine) -> int:
    """How much has been published: grows with every row, so it can be part of a cache's key."""
    query = select(publication.c.fid).order_by(publication.c.fid.desc()).limit(1)
    with reading(engine) as connection:
        return connection.execute(query).scalar() or 0


def append(
    engine: Engine,
    rows: Sequence[Mapping[str, object]],
    guard: Callable[[int, list[Mapping[str, Any]]], bool],
) -> int:
    """Add rows, each once a guard has seen every earlier one; nobody else can add one in between.

    All of them are added or none.

    Parameters
    ----------
    engine
        The store.
    rows
        Every column of :func:`publications` but ``uuid`` and ``published_at``.
    guard
        Gets the number of a row, and every row before it, oldest first. Whatever it raises leaves
        the register as it was; False means that the row need not be added.

    Returns
    -------
    int
        How many rows were added.
    """
    with writing(engine) as connection:
        _lock(connection)
        earlier: list[Mapping[str, Any]] = [*map(dict, connection.execute(_EVERY).mappings())]
        before = len(earlier)
        for number, row in enumerate(rows):
            if guard(number, earlier):
                made = {"uuid": str(uuid.uuid4()), "published_at": settings.now(), **row}
                connection.execute(insert(publication).values(made))
                earlier.append(made)
    return len(earlier) - before


def _lock(connection: Connection) -> None:
    """On SQLite the writer is alone already."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("LOCK TABLE publication IN SHARE ROW EXCLUSIVE MODE")
