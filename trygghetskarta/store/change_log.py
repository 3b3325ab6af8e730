"""What rows were and became: the audit of every table, and the histories of what people edit."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Table, insert, select

from trygghetskarta import settings
from trygghetskarta.store.geometry import from_blobs
from trygghetskarta.store.read import query_frame
from trygghetskarta.store.schema import CONTRACTS, HISTORIES, KEYS, audit

IMPORT = "import"
"""Who changed a row, when a file did."""


def tell(
    connection: Connection,
    table: Table,
    identity: str,
    who: str,
    changes: Mapping[str, tuple[object, object]],
    at: datetime | None = None,
) -> None:
    """Append one line per field to the history of a table's row.

    Parameters
    ----------
    connection
        Of a writer.
    table, identity
        Which row.
    who
        Role of the editor, never a name.
    changes
        What was and what became, by field. Of the fields that the history is silent on it tells
        only that they were changed.
    at
        When it was done, None for now.
    """
    history = HISTORIES[table.name]
    common = {table.name: identity, "at": at or settings.now(), "who": who}
    lines = [
        {**common, "field": name, "before": _word(before), "after": _word(after)}
        for name, values in changes.items()
        for before, after in [(None, None) if name in history.silent else values]
    ]
    if lines:
        connection.execute(insert(history.lines), lines)


def _word(value: object) -> str | None:
    return None if value is None else str(value)


def history(engine: Engine, table: Table, identity: str | None = None) -> pd.DataFrame:
    """What was changed, oldest first.

    Parameters
    ----------
    engine
        The store.
    table
        One whose rows have a history.
    identity
        Of one row, None for all.

    Returns
    -------
    DataFrame
        The identity by the name that the table gives it, then ``at, who, field, before, after``:
        ``before`` and ``after`` as text, missing where there was nothing; always missing for free
        text, of which only the change itself is kept.
    """
    lines = HISTORIES[table.name].lines
    query = select(*(column for column in lines.c if column.name != "fid")).order_by(lines.c.fid)
    if identity is not None:
        query = query.where(lines.c[table.name] == identity)
    return query_frame(engine, query).rename(columns={table.name: KEYS[table.name][0]})


def changed_here(connection: Connection, table: Table, identity: str) -> set[str]:
    """Fields of a row that somebody has changed here, which a file does not take back."""
    lines = HISTORIES[table.name].lines
    where = (lines.c[table.name] == identity) & (lines.c.who != IMPORT)
    return {*connection.execute(select(lines.c.field).where(where).distinct()).scalars()}


AuditLine = tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]
"""A row's uuid, what it was and what it became; None says nothing of it."""


def note_in_audit(
    connection: Connection,
    table: Table,
    lines: Sequence[AuditLine],
    action: str,
    batch: str | None = None,
) -> None:
    """Append what rows of a table were and became to the audit of all tables."""
    if not lines:
        return
    common = {"at": settings.now(), "table_name": table.name, "action": action, "batch": batch}
    told = [
        {**common, "row_uuid": identity, "before": _told(before), "after": _told(after)}
        for identity, before, after in lines
    ]
    connection.execute(insert(audit), told)


def differing_values(
    table: Table, before: Mapping[Any, Any], row: Mapping[Any, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a row was and became, where the two differ; of free words only that they do."""
    old, new = dict(before), dict(row)
    if "geom" in new:
        shapes = (before["geom"], None if new["geom"] is None else from_blobs([new["geom"]])[0])
        old["geom"], new["geom"] = (None if shape is None else shape.wkt for shape in shapes)
    names = [name for name in new if new[name] != old[name]]
    told = {name: name not in CONTRACTS[table.name].free_words for name in names}
    return _values(old, told), _values(new, told)


def _values(row: Mapping[str, Any], told: Mapping[str, bool]) -> dict[str, Any]:
    return {name: row[name] if is_told else None for name, is_told in told.items()}


def _told(values: Mapping[str, Any] | None) -> str | None:
    if values is None:
        return None
    plain = {name: value for name, value in values.items() if name != "content_hash"}
    return json.dumps(plain, ensure_ascii=False, default=str, sort_keys=True)
