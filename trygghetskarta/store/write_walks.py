"""Writing what people do with walks: reports once, edits in turn, history without end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

import geopandas as gpd
import pandas as pd
from sqlalchemy import Connection, Engine, Table, bindparam, delete, insert, select, update

from trygghetskarta import settings
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store.change_log import tell
from trygghetskarta.store.engine import writing
from trygghetskarta.store.merges import part
from trygghetskarta.store.plain_rows import plain_rows
from trygghetskarta.store.schema import observation, observation_photo, street_network, walk
from trygghetskarta.store.store_version import touch
from trygghetskarta.store.versioned_rows import (
    RowEdition,
    change_row,
    current,
    first_version,
    insert_once,
    overwrite,
)
from trygghetskarta.tables.row_accounts import RowAccount


@dataclass(frozen=True)
class Reports:
    """What became of the rows of a report, by identity.

    Attributes
    ----------
    new
        Stored now.
    known
        Stored before, with the same content: a retry.
    different
        Stored before, with other content, which is left as it is.
    """

    new: frozenset[str]
    known: frozenset[str]
    different: frozenset[str]


@dataclass(frozen=True)
class NetworkResult:
    """Lines of a street network by what became of them."""

    new: int
    removed: int
    unchanged: int


def save_reports(
    engine: Engine,
    walks: pd.DataFrame,
    observations: pd.DataFrame,
    photos: Mapping[str, bytes] | None = None,
) -> Reports:
    """Store a walk and its observations in one transaction, each once however often it is sent.

    Parameters
    ----------
    engine
        The store.
    walks, observations
        Contracts ``WALKS`` and ``OBSERVATIONS``; either may be empty.
    photos
        JPEG by ``observation_id``, without position data.
    """
    found: dict[str, set[str]] = {"new": set(), "known": set(), "different": set()}
    with writing(engine) as connection:
        for target, key, table in (
            (walk, "walk_id", walks),
            (observation, "observation_id", observations),
        ):
            before = len(found["new"])
            for row in plain_rows(table, target, "") if len(table) else ():
                found[_save_once(connection, target, key, row)].add(row[key])
            if len(found["new"]) > before:
                touch(connection, target)
        pictures = [
            {"observation": identity, "jpeg": jpeg}
            for identity, jpeg in (photos or {}).items()
            if identity in found["new"]
        ]
        if pictures:
            connection.execute(insert(observation_photo), pictures)
    return Reports(**{name: frozenset(identities) for name, identities in found.items()})


def change(
    engine: Engine,
    edition: RowEdition,
    values: Mapping[str, object],
    who: str,
    at: datetime | None = None,
) -> int:
    """Change fields of an observation as it was read; gives the version after the change.

    Parameters and errors as for :func:`~trygghetskarta.store.versioned_rows.change_row` and
    :func:`~trygghetskarta.store.versioned_rows.current`; nothing is changed with an error.
    """
    with writing(engine) as connection:
        before = current(connection, observation, edition.identity, version=edition.version)
        return change_row(connection, observation, before, values, who, at)


def merge(engine: Engine, kept: RowEdition, absorbed: RowEdition, who: str) -> None:
    """Let one observation speak for another too; its voices are the sum of both.

    Raises
    ------
    StoreError
        ``NOT_MERGEABLE`` when they are one, or when either is merged already; else as
        :func:`change`.
    """
    with writing(engine) as connection:
        # Locked in one order, so that two merges never wait for each other.
        rows = {
            one.identity: current(connection, observation, one.identity, version=one.version)
            for one in sorted((kept, absorbed), key=attrgetter("identity"))
        }
        first, second = rows[kept.identity], rows[absorbed.identity]
        if first is second or first["merged_into"] or second["merged_into"]:
            raise StoreError(StoreCause.NOT_MERGEABLE)
        voices = first["voices"] + second["voices"]
        now = settings.now()
        change_row(connection, observation, first, {"voices": voices}, who, now)
        change_row(connection, observation, second, {"merged_into": kept.identity}, who, now)


def unmerge(engine: Engine, absorbed: RowEdition, who: str) -> None:
    """Undo a merge: the observation speaks for itself, with the voices it has.

    Whatever spoke for it, directly or through another, speaks for that many fewer.

    Raises
    ------
    StoreError
        ``NOT_MERGEABLE`` when it is not merged; else as :func:`change`.
    """
    with writing(engine) as connection:
        second = current(connection, observation, absorbed.identity, version=absorbed.version)
        if not second["merged_into"]:
            raise StoreError(StoreCause.NOT_MERGEABLE)
        part(connection, second, who)


def put_photo(engine: Engine, edition: RowEdition, jpeg: bytes | None, who: str) -> int:
    """Give an observation a photo, or take it away (None); the photo before is gone.

    Returns
    -------
    int
        The version after the change.

    Raises
    ------
    StoreError
        As :func:`change`.
    """
    with writing(engine) as connection:
        before = current(connection, observation, edition.identity, version=edition.version)
        where = observation_photo.c.observation == edition.identity
        connection.execute(delete(observation_photo).where(where))
        if jpeg is not None:
            row = {"observation": edition.identity, "jpeg": jpeg}
            connection.execute(insert(observation_photo), row)
        # A photo in another's place is told of as well.
        told = {"has_photo": (before["has_photo"], jpeg is not None)}
        tell(connection, observation, edition.identity, who, told)
        version = overwrite(connection, observation, before, {"has_photo": jpeg is not None})
        touch(connection, observation)
    return version


def replace_network(
    engine: Engine, table: gpd.GeoDataFrame, source: str, account: RowAccount
) -> NetworkResult:
    """Store a street network in place of the one the same source gave before.

    Parameters
    ----------
    engine
        The store.
    table
        Contract ``NETWORK``; lines of several parts are taken apart, and a line that stands twice
        is stored once.
    source
        Who gave it.
    account
        What became of every row of the file.

    Raises
    ------
    StoreError
        ``UNBALANCED`` when the account is of other rows than the table.
    """
    if len(table) != len(account.accepted):
        raise StoreError(
            StoreCause.UNBALANCED,
            read=account.read,
            new=len(table),
            changed=0,
            unchanged=0,
            quarantined=len(account.quarantined),
        )
    lines = table.explode(index_parts=False, ignore_index=True)
    rows = {row["content_hash"]: row for row in plain_rows(lines, street_network, source)}
    target = street_network.c
    with writing(engine) as connection:
        of_source = select(target.content_hash).where(target.source == source)
        stored = set(connection.execute(of_source).scalars())
        gone = stored - rows.keys()
        if gone:
            old = select(target.fid, target.content_hash).where(target.source == source)
            fids = [{"line": fid} for fid, digest in connection.execute(old) if digest in gone]
            connection.execute(delete(street_network).where(target.fid == bindparam("line")), fids)
        new = [row for digest, row in rows.items() if digest not in stored]
        fresh = [first_version(street_network, row) for row in new]
        if fresh:
            connection.execute(insert(street_network), fresh)
        if fresh or gone:
            touch(connection, street_network)
    return NetworkResult(len(fresh), len(gone), len(rows) - len(fresh))


def absorb_walk(engine: Engine, old: str, new: str) -> None:
    """Let a walk go by another identity, and what was seen on it with it.

    Where there is a walk of the new identity already, the old one is taken away: its content is to
    be written into the other.
    """
    with writing(engine) as connection:
        connection.execute(
            update(observation).where(observation.c.walk_id == old).values(walk_id=new)
        )
        there = connection.execute(select(walk.c.fid).where(walk.c.walk_id == new)).first()
        if there:
            connection.execute(delete(walk).where(walk.c.walk_id == old))
        else:
            connection.execute(update(walk).where(walk.c.walk_id == old).values(walk_id=new))
        touch(connection, walk)
        touch(connection, observation)


def _save_once(connection: Connection, target: Table, key: str, row: dict[str, Any]) -> str:
    """Insert a row unless its identity is there already; say which of the three it was."""
    if insert_once(connection, target, row):
        return "new"
    stored = select(target.c.content_hash).where(target.c[key] == row[key])
    same = connection.execute(stored).scalar_one() == row["content_hash"]
    return "known" if same else "different"
