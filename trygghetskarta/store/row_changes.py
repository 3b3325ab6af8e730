"""Rows of a table beside those that are stored: which are new, changed or the same; written so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    func,
    literal,
    select,
    update,
)

from trygghetskarta import settings
from trygghetskarta.store.bulk_insert import insert_columns
from trygghetskarta.store.change_log import (
    IMPORT,
    AuditLine,
    changed_here,
    differing_values,
    note_in_audit,
    tell,
)
from trygghetskarta.store.late_index import LateIndex
from trygghetskarta.store.merges import carry_voices, voices_spoken_for
from trygghetskarta.store.plain_rows import Columns, plain_columns
from trygghetskarta.store.schema import HISTORIES, KEYS, observation
from trygghetskarta.store.versioned_rows import first_versions, new_identities, overwrite

Progress = Callable[[float], None]
Key = tuple[Any, ...]

_CHUNK = 4000
"""Rows that are held as Python's own values at a time."""

_WORK = ("status", "status_reason", "owner", "due_date", "voices", "merged_into")
"""What an observation's history tells of, beside what somebody edits here."""


@dataclass(frozen=True)
class RowChanges:
    """How many rows were new, changed, and the same as before."""

    new: int
    changed: int
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


def bring(
    connection: Connection,
    target: Table,
    table: pd.DataFrame,
    source: str,
    batch: str | None,
    progress: Progress,
    *,
    counted: bool = False,
) -> RowChanges:
    """Insert the rows that are new and update those that have changed, each noted in the audit.

    A row is recognised by its key, and has changed when the hash of its contents has. Rows that
    stand in several chunks may not have the same key.

    Parameters
    ----------
    connection
        Of a writer.
    target, table
        Where the rows are going, and the rows by its contract.
    source
        Incidents are recognised again within it.
    batch
        What they came with, None for rows of no file.
    progress
        Called with 0 to 1.
    counted
        Whether the rows are only counted, and nothing is written.
    """
    new = changed = 0
    index = LateIndex(connection, target)
    identities = new_identities(len(table))
    stored = _stored(connection, target, source)
    for start in range(0, len(table), _CHUNK):
        part = table.iloc[start : start + _CHUNK]
        columns = plain_columns(part, target, source)
        fresh, known = _compared(target, columns, stored(columns))
        new, changed = new + len(fresh), changed + len(known)
        if not counted:
            if fresh:
                index.expect(len(table) - start)
                fresh_rows = _rows(columns, fresh)
                made, same = first_versions(target, fresh_rows, identities)
                insert_columns(connection, target, {**made, **fresh_rows}, {**same, "batch": batch})
                if "geom" in fresh_rows:
                    index.note(fresh_rows["geom"])
            change = _change_each if target.name in HISTORIES else _change_all
            change(connection, target, known, columns, batch)
        progress((start + len(part)) / len(table))
    index.catch_up()
    return RowChanges(new, changed, len(table) - new - changed)


def retire(
    connection: Connection, target: Table, source: str, ids: Sequence[str], batch: str
) -> int:
    """Take the incidents of a source back that have some ids; gives how many there were."""
    chosen = select(target.c.fid, target.c.uuid).where(
        target.c.deleted_at.is_(None), target.c.source == source
    )
    gone: list[AuditLine] = []
    for start in range(0, len(ids), _CHUNK):
        some = chosen.where(target.c.source_id.in_(ids[start : start + _CHUNK]))
        found = connection.execute(some).all()
        values = {"deleted_at": settings.now(), "version": target.c.version + 1, "batch": batch}
        of_row = update(target).where(target.c.fid == bindparam("row"))
        if found:
            connection.execute(of_row.values(values), [{"row": row.fid} for row in found])
        gone += [(row.uuid, {}, {}) for row in found]
    note_in_audit(connection, target, gone, "delete", batch)
    return len(gone)


def _stored(
    connection: Connection, target: Table, source: str
) -> Callable[[Columns], Mapping[Key, Row[Any]]]:
    """How the stored rows are found that have the keys of some that have come."""
    key = KEYS[target.name]
    query = select(*(target.c[name] for name in ("fid", "content_hash", "deleted_at", *key)))
    if "source" in key:
        query = query.where(target.c.source == source)

    def by_key(chosen: Select[Any]) -> dict[Key, Row[Any]]:
        return {tuple(row[3:]): row for row in connection.execute(chosen)}

    own = [target.c[name] for name in key if name != "source"]
    is_empty = connection.execute(query.limit(1)).first() is None
    if is_empty or len(own) > 1:
        whole = {} if is_empty else by_key(query)
        return lambda _columns: whole
    # Of incidents there may be a million: only those are fetched that have come.
    if connection.dialect.name == "sqlite":
        return lambda columns: by_key(query.where(own[0].in_(columns[own[0].name])))

    def asked(columns: Columns) -> ColumnElement[Any]:
        # A list of parameters would be gone through from its start for each row of the table.
        listed = literal(columns[own[0].name], ARRAY(own[0].type))
        return func.unnest(listed).column_valued("asked")

    return lambda columns: by_key(query.where(own[0] == asked(columns)))


def _compared(
    target: Table, columns: Columns, stored: Mapping[Key, Row[Any]]
) -> tuple[list[int], dict[int, int]]:
    """Places of the rows that are new, and of those that have changed by the stored row's fid."""
    new: list[int] = []
    changed: dict[int, int] = {}
    keys = zip(*(columns[name] for name in KEYS[target.name]), strict=True)
    for place, (named, digest) in enumerate(zip(keys, columns["content_hash"], strict=True)):
        found = stored.get(named)
        if found is None:
            new.append(place)
        elif found.content_hash != digest or found.deleted_at is not None:
            changed[found.fid] = place
    return new, changed


def _rows(columns: Columns, places: list[int]) -> Columns:
    if len(places) == len(columns["content_hash"]):
        return columns
    return {name: [values[place] for place in places] for name, values in columns.items()}


def _change_each(
    connection: Connection,
    target: Table,
    changed: Mapping[int, int],
    columns: Columns,
    batch: str | None,
) -> None:
    """Change rows that people edit too, one after the other: one may change the next."""
    for fid, place in changed.items():
        row = {name: values[place] for name, values in columns.items()}
        # Kept from whoever merges findings meanwhile.
        stored = select(target).where(target.c.fid == fid).with_for_update()
        before = connection.execute(stored).mappings().one()
        row = _taken_over(connection, target, before, row)
        overwrite(connection, target, before, {**row, "batch": batch, "deleted_at": None})
        told = differing_values(target, before, row)
        note_in_audit(connection, target, [(before["uuid"], *told)], "update", batch)


def _change_all(
    connection: Connection,
    target: Table,
    changed: Mapping[int, int],
    columns: Columns,
    batch: str | None,
) -> None:
    """Change rows that only files change."""
    if not changed:
        return
    stored = select(target).where(target.c.fid.in_(list(changed))).with_for_update()
    rows: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    lines: list[AuditLine] = []
    for before in connection.execute(stored.order_by(target.c.fid)).mappings():
        place = changed[before["fid"]]
        row = {name: values[place] for name, values in columns.items()}
        was, became = differing_values(target, before, row)
        lines.append((before["uuid"], was, became))
        rows["geom" in became].append({"row": before["fid"], **row})
    common = {
        "version": target.c.version + 1,
        "updated_at": settings.now(),
        "batch": batch,
        "deleted_at": None,
    }
    of_row = update(target).where(target.c.fid == bindparam("row"))
    for moves, given in rows.items():
        # A place that is written anew, even the same, is indexed anew.
        names = [name for name in columns if moves or name != "geom"]
        if given:
            fresh: dict[str, Any] = {name: bindparam(name) for name in names}
            told = [{name: row[name] for name in ("row", *names)} for row in given]
            connection.execute(of_row.values({**fresh, **common}), told)
    note_in_audit(connection, target, lines, "update", batch)


def _taken_over(
    connection: Connection, target: Table, before: Mapping[Any, Any], row: dict[str, Any]
) -> dict[str, Any]:
    """What of a file's row is taken over: nothing that somebody has changed here.

    What the file changes of the work itself is written into an observation's history. A file counts
    an observation's own voices: those that it speaks for come on top, and whatever speaks for it
    has as many more or fewer.
    """
    identity = before[KEYS[target.name][0]]
    kept = changed_here(connection, target, identity)
    if target is not observation:
        return {name: value for name, value in row.items() if name not in kept}
    voices = row["voices"] + voices_spoken_for(connection, identity)
    carry_voices(connection, before["merged_into"], voices - before["voices"], IMPORT)
    left = {*kept, "has_photo"}
    # Only merges change voices here.
    taken = {name: value for name, value in row.items() if name not in left} | {"voices": voices}
    work = [name for name in _WORK if name in taken]
    changes = {name: (before[name], taken[name]) for name in work if taken[name] != before[name]}
    tell(connection, target, identity, IMPORT, changes)
    return taken
