"""Which rows of a batch are new, changed or unchanged, and what of them is taken over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from trygghetskarta.store.change_log import (
    IMPORT,
    changed_here,
    differing_values,
    note_in_audit,
    tell,
)
from trygghetskarta.store.merges import carry_voices, voices_spoken_for
from trygghetskarta.store.schema import HISTORIES, KEYS, observation
from trygghetskarta.store.versioned_rows import first_version, overwrite

Progress = Callable[[float], None]
_CHUNK = 4000

_WORK = ("status", "status_reason", "owner", "due_date", "voices", "merged_into")
"""What an observation's history tells of, beside what somebody edits here."""


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
    total = max(1, len(changes.new) + len(changes.changed))
    for start in range(0, len(changes.new), _CHUNK):
        part = changes.new[start : start + _CHUNK]
        rows = [{**first_version(target, row), "batch": batch} for row in part]
        connection.execute(insert(target), rows)
        progress((start + len(part)) / total)
    for done, (fid, row) in enumerate(changes.changed, start=len(changes.new) + 1):
        # Kept from whoever merges findings meanwhile.
        stored = select(target).where(target.c.fid == fid).with_for_update()
        before = connection.execute(stored).mappings().one()
        if target.name in HISTORIES:
            row = _taken_over(connection, target, before, row)
        overwrite(connection, target, before, {**row, "batch": batch, "deleted_at": None})
        told = differing_values(target, before, row)
        note_in_audit(connection, target, before["uuid"], "update", *told, batch)
        if done % _CHUNK == 0:
            progress(done / total)


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
