"""Writing: whole batches in one transaction, rows recognised again, numbers that balance."""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, Engine, Table, delete, insert, or_, select, update

from trygghetskarta.errors import Fault, StoreCause, StoreError
from trygghetskarta.store import geopackage
from trygghetskarta.store.engine import writing
from trygghetskarta.store.geometry import from_blobs, to_blobs
from trygghetskarta.store.schema import (
    CONTRACTS,
    FORGOTTEN,
    FREE_WORDS,
    GEOMETRY_KINDS,
    KEYS,
    TABLES,
    area_alias,
    audit,
    classification,
    column_mapping,
    import_batch,
    incident,
    measure,
    measure_change,
    observation,
    observation_change,
    quarantine,
    store_state,
    walk,
)
from trygghetskarta.terms.imports import TableKind

Progress = Callable[[float], None]
_CHUNK = 4000
_BOOKKEEPING = {
    "fid",
    "uuid",
    "version",
    "batch",
    "content_hash",
    "created_at",
    "updated_at",
    "deleted_at",
}
_IDENTITIES = {
    "walk": "walk_id",
    "observation": "observation_id",
    "measure": "measure_id",
}
"""Tables whose rows bring an identity made by the client."""
_TOGETHER = {table.name: (walk, observation) for table in (walk, observation)}
"""Tables whose invented rows give way together."""
_WORK = ("status", "status_reason", "owner", "due_date", "voices", "merged_into")
"""What an observation's history tells of, beside what somebody edits here."""
IMPORT = "import"
"""Who changed an observation, when a file did."""


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that was not accepted.

    Attributes
    ----------
    row_number
        As Excel counts.
    raw
        Its cells as they stood, by the file's own column names, in order.
    faults
        Everything that is wrong with it.
    """

    row_number: int
    raw: Mapping[str, str]
    faults: Sequence[Fault]


@dataclass(frozen=True)
class BatchResult:
    """What became of a batch.

    Attributes
    ----------
    batch
        Its identity.
    new, changed, unchanged, quarantined
        Rows; their sum is what was read.
    examples_removed
        Invented rows that real ones replaced.
    """

    batch: str
    new: int
    changed: int
    unchanged: int
    quarantined: int
    examples_removed: int = 0


@dataclass
class _Changes:
    """Rows sorted by what is to be done with them."""

    new: list[dict[str, Any]]
    changed: list[tuple[int, dict[str, Any]]]
    unchanged: int


def write_batch(
    engine: Engine,
    kind: TableKind,
    table: pd.DataFrame,
    *,
    source: str,
    file_name: str,
    sha256: str,
    is_example: bool,
    read: int,
    repeated: int = 0,
    quarantine_rows: Sequence[QuarantinedRow] = (),
    resolves: Sequence[str] = (),
    progress: Progress | None = None,
    report: Mapping[str, object] | None = None,
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
    read
        Rows read; must equal new + changed + unchanged + quarantined.
    repeated
        Rows that stood twice in the file; counted as unchanged.
    quarantine_rows
        Rows that were not accepted.
    resolves
        Identities of quarantined rows that this file puts right.
    progress
        Called with 0 to 1; whatever it raises undoes everything.
    report
        Kept with the batch.

    Raises
    ------
    StoreError
        If the numbers do not balance, if invented rows would join real ones, or if the database
        refuses; the store is then as it was.
    """
    target = TABLES[kind]
    batch = str(uuid.uuid4())
    started = datetime.now(UTC)
    rows = plain_rows(table, target, source)
    with writing(engine) as connection:
        removed = _make_room(connection, kind, target, is_example)
        changes = _compare(connection, target, rows, source)
        result = BatchResult(
            batch,
            len(changes.new),
            len(changes.changed),
            changes.unchanged + repeated,
            len(quarantine_rows),
            removed,
        )
        _balance(read, result)
        connection.execute(
            insert(import_batch).values(
                uuid=batch,
                kind=kind.value,
                source=source,
                file_name=file_name,
                sha256=sha256,
                is_example=is_example,
                started_at=started,
                finished_at=datetime.now(UTC),
                read=read,
                new=result.new,
                changed=result.changed,
                unchanged=result.unchanged,
                quarantined=result.quarantined,
                report=json.dumps(report or {}, ensure_ascii=False, default=str),
            )
        )
        _apply(connection, target, changes, batch, progress or _silent)
        held = _hold(connection, kind, source, file_name, batch, quarantine_rows)
        freed = _resolve(connection, resolves, batch)
        if changes.new or changes.changed or removed or held or freed:
            touch(connection, target)
    return result


def write_aliases(engine: Engine, table: pd.DataFrame) -> BatchResult:
    """Write everyday place names, contract ``ALIASES``."""
    return _write_plain(engine, area_alias, table)


def write_classifications(engine: Engine, table: pd.DataFrame) -> BatchResult:
    """Write dated classifications, contract ``CLASSIFICATIONS``."""
    return _write_plain(engine, classification, table)


def save_mapping(
    engine: Engine, kind: TableKind, signature: str, mapping: Mapping[str, Any]
) -> None:
    """Remember how a file's columns are understood."""
    written = json.dumps(dict(mapping), ensure_ascii=False, sort_keys=True)
    where = (column_mapping.c.kind == kind.value) & (column_mapping.c.signature == signature)
    with writing(engine) as connection:
        values = {"mapping": written, "updated_at": datetime.now(UTC)}
        found = connection.execute(update(column_mapping).where(where).values(values))
        if not found.rowcount:
            connection.execute(
                insert(column_mapping).values(kind=kind.value, signature=signature, **values)
            )


def reassign(engine: Engine, table: pd.DataFrame) -> int:
    """Give stored incidents new areas after the borders changed.

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
        wanted = table.set_index("uuid")
        joined = stored.join(wanted[[*columns, "boundary_version"]], rsuffix="_new", how="inner")
        differs = np.zeros(len(joined), dtype=bool)
        for name in columns:
            old, new = joined[name], joined[f"{name}_new"]
            differs |= ((old != new) & ~(old.isna() & new.isna())).to_numpy()
        moved = joined[differs]
        now = datetime.now(UTC)
        for row in moved.to_dict("records"):
            values = {name: _plain(row[f"{name}_new"]) for name in columns}
            connection.execute(
                update(incident)
                .where(incident.c.fid == row["fid"])
                .values(
                    **values,
                    boundary_version=row["boundary_version"],
                    version=row["version"] + 1,
                    updated_at=now,
                )
            )
        if len(moved):
            touch(connection, incident)
    return len(moved)


def update_row(
    engine: Engine, table: Table, identity: str, version: int, values: Mapping[str, object]
) -> None:
    """Change one row that somebody has read as ``version``.

    Raises
    ------
    StoreError
        ``CHANGED_MEANWHILE`` when somebody else was first; nothing is overwritten.
    """
    with writing(engine) as connection:
        where = (table.c.uuid == identity) & table.c.deleted_at.is_(None)
        before = connection.execute(select(table).where(where)).mappings().one_or_none()
        if before is None:
            raise StoreError(StoreCause.NOT_FOUND, table=table.name, identity=identity)
        if before["version"] != version:
            raise StoreError(StoreCause.CHANGED_MEANWHILE, table=table.name, identity=identity)
        now = datetime.now(UTC)
        written = connection.execute(
            update(table)
            .where(where, table.c.version == version)
            .values(**values, version=version + 1, updated_at=now)
        )
        if not written.rowcount:
            raise StoreError(StoreCause.CHANGED_MEANWHILE, table=table.name, identity=identity)
        _note(connection, table.name, identity, "update", dict(before), dict(values), None)
        touch(connection, table)


def _write_plain(engine: Engine, target: Table, table: pd.DataFrame) -> BatchResult:
    rows = plain_rows(table, target, "")
    with writing(engine) as connection:
        changes = _compare(connection, target, rows, "")
        _apply(connection, target, changes, None, _silent)
        if changes.new or changes.changed:
            touch(connection, target)
    return BatchResult("", len(changes.new), len(changes.changed), changes.unchanged, 0)


def plain_rows(table: pd.DataFrame, target: Table, source: str) -> list[dict[str, Any]]:
    """Plain values by column, with the hash of everything that can change.

    A column that stores were once made without counts only where it has a value: a row from before
    is the same row when it is read in again.
    """
    names = [column.name for column in target.columns if column.name not in _BOOKKEEPING]
    later = {name for name, column in CONTRACTS[target.name].columns.items() if column.later}
    columns: dict[str, Sequence[Any]] = {}
    for name in names:
        if name == "geom":
            columns[name] = to_blobs(_geometries(table, GEOMETRY_KINDS[target.name]))
        elif name == "source" and name not in table.columns:
            columns[name] = [source] * len(table)
        else:
            columns[name] = _plain_column(table[name])
    rows = []
    for values in zip(*columns.values(), strict=True):
        row = dict(zip(names, values, strict=True))
        counted = _counted(row, later) if later else values
        digest = hashlib.blake2b(repr(counted).encode("utf-8"), digest_size=16).hexdigest()
        rows.append({**row, "content_hash": digest})
    return rows


def _counted(row: Mapping[str, Any], later: Set[str]) -> tuple[object, ...]:
    """The values of a row, then the names and values of what came later and is told."""
    first = (value for name, value in row.items() if name not in later)
    then = ((name, row[name]) for name in sorted(later) if row[name] is not None)
    return *first, *then


def _geometries(table: pd.DataFrame, kind: str) -> list[Any]:
    shapes = table["geometry"].to_numpy(dtype=object)
    if kind in _WRAPPED:
        single, wrap = _WRAPPED[kind]
        alone = shapely.get_type_id(shapes) == single
        return [wrap([shape]) if one else shape for shape, one in zip(shapes, alone, strict=True)]
    return list(shapes)


_WRAPPED = {
    "MULTIPOLYGON": (shapely.GeometryType.POLYGON, shapely.MultiPolygon),
    "MULTILINESTRING": (shapely.GeometryType.LINESTRING, shapely.MultiLineString),
}


def _plain_column(values: pd.Series) -> list[Any]:
    """Python's own values: no pandas types, None for missing."""
    if pd.api.types.is_datetime64_dtype(values.dtype):
        return [None if pd.isna(value) else value.date() for value in values]
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return [None if pd.isna(value) else value.to_pydatetime(warn=False) for value in values]
    return [_plain(value) for value in values.tolist()]


def _plain(value: object) -> object:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return value.item() if isinstance(value, np.generic) else value


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
    removed = {
        table.name: connection.execute(delete(table).where(table.c.batch.in_(examples))).rowcount
        for table in together
    }
    if removed.get(observation.name):
        _bring_back(connection)
    for table in together:
        if removed[table.name] and table is not target:
            _refresh(connection, table)
    return removed[target.name]


def _bring_back(connection: Connection) -> None:
    """Let observations speak for themselves when the one that spoke for them is gone."""
    known = select(observation.c.observation_id)
    connection.execute(
        update(observation)
        .where(observation.c.merged_into.not_in(known))
        .values(merged_into=None, version=observation.c.version + 1)
    )


def _compare(
    connection: Connection, target: Table, rows: list[dict[str, Any]], source: str
) -> _Changes:
    key = KEYS[target.name]
    chosen = [target.c[name] for name in (*key, "fid", "content_hash", "deleted_at")]
    query = select(*chosen)
    if "source" in key:
        query = query.where(target.c.source == source)
    known = {tuple(row[: len(key)]): row[len(key) :] for row in connection.execute(query)}
    changes = _Changes([], [], 0)
    for row in rows:
        found = known.get(tuple(row[name] for name in key))
        if found is None:
            changes.new.append(row)
        elif found[1] != row["content_hash"] or found[2] is not None:
            changes.changed.append((found[0], row))
        else:
            changes.unchanged += 1
    return changes


def _balance(read: int, result: BatchResult) -> None:
    if read != result.new + result.changed + result.unchanged + result.quarantined:
        raise StoreError(
            StoreCause.UNBALANCED,
            read=read,
            new=result.new,
            changed=result.changed,
            unchanged=result.unchanged,
            quarantined=result.quarantined,
        )


def _apply(
    connection: Connection,
    target: Table,
    changes: _Changes,
    batch: str | None,
    progress: Progress,
) -> None:
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
        told = _differing(before, row)
        _note(connection, target.name, before["uuid"], "update", *told, batch)
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


def note_changes(
    connection: Connection,
    identity: str,
    before: Mapping[Any, Any],
    after: Mapping[Any, Any],
    who: str,
    at: datetime,
) -> None:
    """Append one line per field to an observation's history.

    Text and places are free words, which may have to be forgotten: that they changed is told, not
    what they were.
    """
    lines = [
        {
            "observation": identity,
            "at": at,
            "who": who,
            "field": name,
            "before": None if name in FORGOTTEN else _word(before[name]),
            "after": None if name in FORGOTTEN else _word(value),
        }
        for name, value in after.items()
    ]
    if lines:
        connection.execute(insert(observation_change), lines)


def _word(value: object) -> str | None:
    return None if value is None else str(value)


def _note(
    connection: Connection,
    table: str,
    identity: str,
    action: str,
    before: Mapping[Any, Any],
    after: Mapping[Any, Any],
    batch: str | None,
) -> None:
    connection.execute(
        insert(audit).values(
            at=datetime.now(UTC),
            table_name=table,
            row_uuid=identity,
            action=action,
            before=_told(before),
            after=_told(after),
            batch=batch,
        )
    )


def _differing(
    before: Mapping[Any, Any], row: Mapping[Any, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a row was and became, where the two differ; of free words only that they do."""
    old, new = dict(before), dict(row)
    if "geom" in new:
        shapes = (before["geom"], None if new["geom"] is None else from_blobs([new["geom"]])[0])
        old["geom"], new["geom"] = (None if shape is None else shape.wkt for shape in shapes)
    names = [name for name in new if new[name] != old[name]]
    return _without_words(old, names), _without_words(new, names)


def _without_words(values: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: None if name in FREE_WORDS else values[name] for name in names}


def _told(values: Mapping[str, Any]) -> str:
    plain = {name: value for name, value in values.items() if name != "content_hash"}
    return json.dumps(plain, ensure_ascii=False, default=str, sort_keys=True)


def _hold(
    connection: Connection,
    kind: TableKind,
    source: str,
    file_name: str,
    batch: str,
    rows: Sequence[QuarantinedRow],
) -> int:
    """Keep rows that were not accepted, each once however often its file is read."""
    where = (quarantine.c.kind == kind.value) & (quarantine.c.source == source)
    known = set(connection.execute(select(quarantine.c.row_hash).where(where)).scalars())
    seen: dict[str, int] = {}
    fresh = []
    for row in rows:
        raw = json.dumps(dict(row.raw), ensure_ascii=False)
        number = seen[raw] = seen.get(raw, 0) + 1
        digest = hashlib.blake2b(f"{raw}#{number}".encode(), digest_size=16).hexdigest()
        if digest in known:
            continue
        fresh.append(
            {
                "uuid": str(uuid.uuid4()),
                "batch": batch,
                "kind": kind.value,
                "source": source,
                "file_name": file_name,
                "row_number": row.row_number,
                "raw": raw,
                "faults": json.dumps([asdict(fault) for fault in row.faults], ensure_ascii=False),
                "row_hash": digest,
            }
        )
    if fresh:
        connection.execute(insert(quarantine), fresh)
    return len(fresh)


def _resolve(connection: Connection, resolves: Sequence[str], batch: str) -> int:
    if not resolves:
        return 0
    return connection.execute(
        update(quarantine)
        .where(quarantine.c.uuid.in_(list(resolves)), quarantine.c.resolved_at.is_(None))
        .values(resolved_at=datetime.now(UTC), resolved_by=batch)
    ).rowcount


def touch(connection: Connection, target: Table) -> None:
    """Tell every cache, and every GIS, that something is new."""
    connection.execute(update(store_state).values(version=store_state.c.version + 1))
    _refresh(connection, target)


def _refresh(connection: Connection, target: Table) -> None:
    if connection.dialect.name == "sqlite":
        geopackage.refresh_extent(connection, target)


def _silent(_part: float) -> None:
    """Progress nobody watches."""


def new_identity() -> str:
    """A UUID, for a form whose browser has made none."""
    return str(uuid.uuid4())
