"""Writing: whole batches in one transaction, rows recognised again, numbers that balance."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    Connection,
    Engine,
    Select,
    Table,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from trygghetskarta import settings
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store.change_log import IMPORT
from trygghetskarta.store.engine import insert_new, is_rehearsed, writing
from trygghetskarta.store.merges import part
from trygghetskarta.store.plain_rows import plain_value
from trygghetskarta.store.row_changes import Progress, bring, retire
from trygghetskarta.store.schema import (
    TABLES,
    area_alias,
    classification,
    column_mapping,
    import_batch,
    incident,
    observation,
    walk,
)
from trygghetskarta.store.store_version import refresh_extent, touch
from trygghetskarta.store.versioned_rows import current
from trygghetskarta.store.write_quarantine import QuarantinedRow, hold_rows, resolve_rows
from trygghetskarta.tables.row_accounts import RowAccount
from trygghetskarta.terms.imports import TableKind

_TOGETHER = {table.name: (walk, observation) for table in (walk, observation)}
"""Tables whose invented rows give way together."""


@dataclass(frozen=True)
class BatchResult:
    """What became of a batch.

    Attributes
    ----------
    batch
        Its identity.
    new, changed, unchanged, quarantined
        Rows: what is stored, and what of the file is not.
    examples_removed
        Invented rows that real ones replaced.
    """

    batch: str
    new: int
    changed: int
    unchanged: int
    quarantined: int
    examples_removed: int = 0


def write_batch(
    engine: Engine,
    kind: TableKind,
    table: pd.DataFrame,
    *,
    source: str,
    file_name: str,
    sha256: str,
    is_example: bool,
    account: RowAccount,
    classifies: bool = False,
    quarantine_rows: Sequence[QuarantinedRow] = (),
    resolves: Sequence[str] = (),
    replaces: Sequence[str] = (),
    progress: Progress | None = None,
    report: Mapping[str, object] | None = None,
    beside: Callable[[Connection], None] | None = None,
) -> BatchResult:
    """Write one import, whole or not at all.

    Parameters
    ----------
    engine
        The store.
    kind, table
        What it is, per its contract.
    source
        Incidents are recognised again within it.
    file_name, sha256
        The file.
    is_example
        Invented rows are replaced by the first real ones of the same kind.
    account
        What became of every row of the file; kept with the batch.
    classifies
        Whether a file of districts says how they are classed, not where they are.
    quarantine_rows
        Rows that were not accepted.
    resolves
        Identities of quarantined rows that this file puts right.
    replaces
        Ids of the source's incidents that this file no longer tells of.
    progress
        Called with 0 to 1; whatever it raises undoes everything.
    report
        Kept with the batch.
    beside
        Writes what goes with the rows, in the same transaction.

    Raises
    ------
    StoreError
        If the numbers do not balance, if invented rows would join real ones, or if the database
        refuses; the store is then as it was.
    """
    target = classification if classifies else TABLES[kind]
    batch, started = str(uuid.uuid4()), settings.now()
    told = {**(report or {}), "account": account.numbers()}
    # Of a million incidents only the account is asked for: they are not put in to be taken out.
    counted = kind is TableKind.INCIDENTS and is_rehearsed(engine)
    with writing(engine) as connection:
        removed = _make_room(connection, kind, target, is_example)
        # Rows refer to it; how many there are is known when they have been written.
        connection.execute(
            insert(import_batch).values(
                uuid=batch,
                kind=kind.value,
                source=source,
                file_name=file_name,
                sha256=sha256,
                is_example=is_example,
                started_at=started,
                finished_at=settings.now(),
                report=json.dumps(told, ensure_ascii=False, default=str),
                **dict.fromkeys(("read", "new", "changed", "unchanged", "quarantined"), 0),
            )
        )
        tell = progress or _silent
        changes = bring(connection, target, table, source, batch, tell, counted=counted)
        numbers = {**asdict(changes), "quarantined": len(quarantine_rows)}
        result = BatchResult(batch, **numbers, examples_removed=removed)
        _balance(account, len(table), result)
        numbers["read"] = sum(numbers.values())
        finished = update(import_batch).where(import_batch.c.uuid == batch)
        connection.execute(finished.values(finished_at=settings.now(), **numbers))
        if counted:
            return result
        if replaces:
            retire(connection, target, source, replaces, batch)
        held = hold_rows(connection, kind, source, file_name, batch, quarantine_rows)
        freed = resolve_rows(connection, resolves, batch)
        if beside is not None:
            beside(connection)
        if changes or removed or held or freed or replaces:
            touch(connection, target)
    return result


def write_aliases(engine: Engine, table: pd.DataFrame, account: RowAccount) -> BatchResult:
    """Write everyday place names, contract ``ALIASES``."""
    return _write_plain(engine, area_alias, table, account)


def write_classifications(engine: Engine, table: pd.DataFrame, account: RowAccount) -> BatchResult:
    """Write the dated classifications that a store begins with, contract ``CLASSIFICATIONS``."""
    return _write_plain(engine, classification, table, account)


def save_mapping(
    engine: Engine, kind: TableKind, signature: str, mapping: Mapping[str, Any]
) -> None:
    """Remember how a file's columns are understood, whoever else does so at the same moment."""
    written = json.dumps(dict(mapping), ensure_ascii=False, sort_keys=True)
    values = {"mapping": written, "updated_at": settings.now()}
    with writing(engine) as connection:
        adding = insert_new(connection, column_mapping)
        adding = adding.values(kind=kind.value, signature=signature, **values)
        connection.execute(
            adding.on_conflict_do_update(index_elements=["kind", "signature"], set_=values)
        )


def reassign(engine: Engine, table: pd.DataFrame) -> int:
    """Give stored incidents new areas after the borders changed.

    The version of the borders that a row was told in stays with it.

    Parameters
    ----------
    table
        Contract ``PLACED_INCIDENTS`` with ``uuid``.

    Returns
    -------
    int
        Incidents whose area changed.
    """
    columns = ["district_code", "regso_code", "deso_code", "place_match", "on_border"]
    with writing(engine) as connection:
        chosen = [incident.c[name] for name in ("fid", "uuid", "version", *columns)]
        stored = pd.DataFrame(connection.execute(select(*chosen)).all()).set_index("uuid")
        wanted = table.set_index("uuid")[columns].add_suffix("_new")
        joined = stored.join(wanted, how="inner")
        differs = np.zeros(len(joined), dtype=bool)
        for name in columns:
            old, new = joined[name], joined[f"{name}_new"]
            differs |= ((old != new) & ~(old.isna() & new.isna())).to_numpy()
        moved = joined[differs]
        told = [
            {"row": row["fid"], **{name: plain_value(row[f"{name}_new"]) for name in columns}}
            for row in moved.to_dict("records")
        ]
        if told:
            of_row = update(incident).where(incident.c.fid == bindparam("row"))
            fresh: dict[str, Any] = {name: bindparam(name) for name in columns}
            more = {"version": incident.c.version + 1, "updated_at": settings.now()}
            connection.execute(of_row.values({**fresh, **more}), told)
        if len(moved):
            touch(connection, incident)
    return len(moved)


def _write_plain(
    engine: Engine, target: Table, table: pd.DataFrame, account: RowAccount
) -> BatchResult:
    with writing(engine) as connection:
        changes = bring(connection, target, table, "", None, _silent)
        found = BatchResult("", **asdict(changes), quarantined=0)
        _balance(account, len(table), found)
        if changes:
            touch(connection, target)
    return found


def _make_room(connection: Connection, kind: TableKind, target: Table, is_example: bool) -> int:
    """Remove invented rows before real ones; refuse invented rows after them."""
    examples = select(import_batch.c.uuid).where(import_batch.c.is_example.is_(True))
    together = _TOGETHER.get(target.name, (target,))
    if is_example:
        for table in together:
            # What a form saved belongs to no batch, and is as real as a file.
            is_real = or_(table.c.batch.is_(None), table.c.batch.not_in(examples))
            found = select(table.c.fid).where(table.c.deleted_at.is_(None), is_real).limit(1)
            if connection.execute(found).first():
                raise StoreError(StoreCause.EXAMPLES_AFTER_REAL, kind=kind.value)
        return 0
    if observation in together:
        _part_from(connection, examples)
    removed = {
        table.name: connection.execute(delete(table).where(table.c.batch.in_(examples))).rowcount
        for table in together
    }
    for table in together:
        if removed[table.name] and table is not target:
            refresh_extent(connection, table)
    return removed[target.name]


def _part_from(connection: Connection, batches: Select[tuple[str]]) -> None:
    """Undo the merges of observations that are about to go, on either side."""
    goes = observation.c.batch.in_(batches)
    gone = select(observation.c.observation_id).where(goes)
    merged = select(observation.c.observation_id).where(
        observation.c.merged_into.is_not(None), or_(goes, observation.c.merged_into.in_(gone))
    )
    for identity in connection.execute(merged).scalars().all():
        part(connection, current(connection, observation, identity), IMPORT)


def _balance(account: RowAccount, rows: int, result: BatchResult) -> None:
    """See that what is written is what the account says."""
    is_stored = rows == result.new + result.changed + result.unchanged
    is_held = len(account.quarantined) == result.quarantined
    if not (is_stored and is_held and bool(rows) == bool(len(account.accepted))):
        raise StoreError(
            StoreCause.UNBALANCED,
            read=account.read,
            new=result.new,
            changed=result.changed,
            unchanged=result.unchanged,
            quarantined=result.quarantined,
        )


def _silent(_part: float) -> None:
    """Progress nobody watches."""


def new_identity() -> str:
    """A UUID, for a form whose browser has made none."""
    return str(uuid.uuid4())
