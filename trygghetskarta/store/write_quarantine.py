"""Rows that were not accepted, kept once and put right later."""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Connection, Engine, insert, select, update

from trygghetskarta import settings
from trygghetskarta.errors import Fault
from trygghetskarta.store.change_log import note_in_audit
from trygghetskarta.store.engine import writing
from trygghetskarta.store.schema import quarantine
from trygghetskarta.store.store_version import touch
from trygghetskarta.terms.imports import TableKind


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


def hold_rows(
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


def dismiss(engine: Engine, identities: Sequence[str], reason: str, who: str) -> int:
    """Take waiting rows off the list, for a reason; they and the account stay as they were.

    Parameters
    ----------
    engine
        The store.
    identities
        Quarantine ids; those that do not wait are left as they are.
    reason
        Why they need not be put right.
    who
        Role of whoever says so, never a name.

    Returns
    -------
    int
        How many waited.
    """
    told = {"dismissed_at": settings.now(), "dismissed_by": who, "dismissed_for": reason}
    waits = quarantine.c.resolved_at.is_(None) & quarantine.c.dismissed_at.is_(None)
    return _mark(engine, identities, waits, told, "dismiss")


def restore(engine: Engine, identities: Sequence[str]) -> int:
    """Let dismissed rows wait again; gives how many were dismissed."""
    told = dict.fromkeys(("dismissed_at", "dismissed_by", "dismissed_for"))
    return _mark(engine, identities, quarantine.c.dismissed_at.is_not(None), told, "restore")


def _mark(
    engine: Engine,
    identities: Sequence[str],
    where: ColumnElement[bool],
    told: Mapping[str, object],
    action: str,
) -> int:
    """Change rows one by one, each noted in the audit, which is not told the reason."""
    said = {name: value for name, value in told.items() if name != "dismissed_for"}
    done = 0
    with writing(engine) as connection:
        for identity in dict.fromkeys(identities):
            change = update(quarantine).where(quarantine.c.uuid == identity, where).values(told)
            if connection.execute(change).rowcount:
                note_in_audit(connection, quarantine, [(identity, None, said)], action)
                done += 1
        if done:
            touch(connection, quarantine)
    return done


def resolve_rows(connection: Connection, resolves: Sequence[str], batch: str) -> int:
    """Mark quarantined rows as put right by a batch; give how many were not so before."""
    if not resolves:
        return 0
    return connection.execute(
        update(quarantine)
        .where(quarantine.c.uuid.in_(list(resolves)), quarantine.c.resolved_at.is_(None))
        .values(resolved_at=settings.now(), resolved_by=batch)
    ).rowcount
