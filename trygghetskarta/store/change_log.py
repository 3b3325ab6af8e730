"""What a row was and became: the audit of every table and the history of observations."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert

from trygghetskarta.store.geometry import from_blobs
from trygghetskarta.store.schema import (
    FORGOTTEN,
    FREE_WORDS,
    audit,
    observation_change,
)


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


def note_in_audit(
    connection: Connection,
    table: str,
    identity: str,
    action: str,
    before: Mapping[Any, Any],
    after: Mapping[Any, Any],
    batch: str | None,
) -> None:
    """Append what a row was and became to the audit of all tables."""
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


def differing_values(
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
