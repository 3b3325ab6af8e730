"""Which rows of a batch are new, changed or unchanged, and what of them is taken over."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from trygghetskarta.store.change_log import differing_values, note_changes, note_in_audit
from trygghetskarta.store.schema import (
    KEYS,
    measure,
    measure_change,
    observation,
    observation_change,
)

Progress = Callable[[float], None]
_CHUNK = 4000

_IDENTITIES = {
    "walk": "walk_id",
    "observation": "observation_id",
    "measure": "measure_id",
}
"""Tables whose rows bring an identity made by the client."""

_WORK = ("status", "status_reason", "owner", "due_date", "voices", "merged_into")
"""What an observation's history tells of, beside what somebody edits here."""

IMPORT = "import"
"""Who changed an observation, when a file did."""


@dataclass
class RowChanges:
    """Rows sorted by what is to be done with them."""

    new: list[dict[str, Any]]
    changed: list[tuple[int, dict[str, Any]]]
    unchanged: int


def compare_rows(
    connection: Connection, target: Table, rows: list[dict[str, Any]], source: str
) -> RowChanges:
    """Sort rows into new, changed and unchanged by their key and the hash of their contents."""
    key = KEYS[target.name]
    chosen = [target.c[name] for name in (*key, "fid", "content_hash", "deleted_at")]
    query = select(*chosen)
    if "source" in key:
        query = query.where(target.c.source == source)
    known = {tuple(row[: len(key)]): row[len(key) :] for row in connection.execute(query)}
    changes = RowChanges([], [], 0)
    for row in rows:
        found = known.get(tuple(row[name] for name in key))
        if found is None:
            changes.new.append(row)
        elif found[1] != row["content_hash"] or found[2] is not None:
            changes.changed.append((found[0], row))
        else:
            changes.unchanged += 1
    return changes


def apply_changes(
    connection: Connection,
    target: Table,
    changes: RowChanges,
    batch: str | None,
    progress: Progress,
) -> None:
    """Insert the new rows and update the changed ones, each noted in the audit."""
    now = datetime.now(UTC)
    total = max(1, len(changes.new) + len(changes.changed))
    for start in range(0, len(changes.new), _CHUNK):
        part = changes.new[start : start + _CHUNK]
        fresh = {"version": 1, "batch": batch, "created_at": now, "updated_at": now}
        connection.execute(
            insert(target), [{**row, **fresh, "uuid": _new_identity(target, row)} for row in part]
        )
        progress((start + len(part)) / total)
    for done, (fid, row) in enumerate(changes.changed, start=len(changes.new) + 1):
        before = connection.execute(select(target).where(target.c.fid == fid)).mappings().one()
        row = _taken_over(connection, target, before, row)
        values = {**row, "batch": batch, "updated_at": now, "deleted_at": None}
        connection.execute(
            update(target)
            .where(target.c.fid == fid)
            .values(**values, version=before["version"] + 1)
        )
        told = differing_values(before, row)
        note_in_audit(connection, target.name, before["uuid"], "update", *told, batch)
        if done % _CHUNK == 0:
            progress(done / total)


def _new_identity(target: Table, row: Mapping[Any, Any]) -> str:
    return row[_IDENTITIES[target.name]] if target.name in _IDENTITIES else str(uuid.uuid4())


def _taken_over(
    connection: Connection, target: Table, before: Mapping[Any, Any], row: dict[str, Any]
) -> dict[str, Any]:
    """What of a file's row is taken over, where people may have changed it here."""
    if target is observation:
        return _followed(connection, before, row)
    if target is measure:
        change = measure_change.c
        own = select(change.field).where(change.measure == before["measure_id"])
        kept = {*connection.execute(own.distinct()).scalars()}
        return {name: value for name, value in row.items() if name not in kept}
    return row


def _followed(
    connection: Connection, before: Mapping[Any, Any], row: dict[str, Any]
) -> dict[str, Any]:
    """What of a file's row is taken over: nothing that somebody has changed here.

    What the file changes of the work itself is written into the observation's history.
    """
    identity, change = before["observation_id"], observation_change.c
    own = select(change.field).where(change.observation == identity, change.who != IMPORT)
    kept = {*connection.execute(own.distinct()).scalars(), "has_photo"}
    taken = {name: value for name, value in row.items() if name not in kept}
    work = [name for name in _WORK if name in taken]
    differing = {name: taken[name] for name in work if taken[name] != before[name]}
    note_changes(connection, identity, before, differing, IMPORT, datetime.now(UTC))
    return taken
