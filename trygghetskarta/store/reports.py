"""Reports in the store: staff's own text, edited in turn, and what is frozen, for good.

Neither changes what any figure rests on, so the store's version stays as it is.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import ColumnElement, Engine, Table, select

from trygghetskarta import settings
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store.engine import reading, writing
from trygghetskarta.store.read import query_frame
from trygghetskarta.store.schema import report, report_text
from trygghetskarta.store.versioned_rows import changed_meanwhile, find, insert_once, overwrite


@dataclass(frozen=True)
class Place:
    """Which report a text or a frozen copy belongs to.

    Attributes
    ----------
    kind, period, audience
        Values of its kind, its period's key and its audience.
    """

    kind: str
    period: str
    audience: str


@dataclass(frozen=True)
class StoredText:
    """A text as it stands.

    Attributes
    ----------
    text
        The words; empty when they have been taken away.
    version
        Grows with every change; 0 when nobody has written anything.
    """

    text: str
    version: int


def texts(engine: Engine, place: Place) -> dict[str, StoredText]:
    """Read what staff have written in a report, by the section's key."""
    table = report_text.c
    query = select(table.section, table.text, table.version).where(*_here(report_text, place))
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(table.section)).all()
    return {row.section: StoredText(row.text, row.version) for row in rows}


def save_text(engine: Engine, place: Place, section: str, text: str, version: int, who: str) -> int:
    """Keep a text.

    Parameters
    ----------
    engine, place
        Where.
    section
        The section's key.
    text
        The words; empty takes them away.
    version
        The version that was read: 0 for none.
    who
        Role of the writer, never a name.

    Returns
    -------
    int
        The version after it.

    Raises
    ------
    StoreError
        ``CHANGED_MEANWHILE`` when somebody else was first; nothing is changed.
    """
    key = {**asdict(place), "section": section}
    values = {"text": text, "who": who}
    with writing(engine) as connection:
        stored = find(connection, report_text, *key.values())
        if stored and stored["version"] == version:
            return overwrite(connection, report_text, stored, values)
        if stored or version or not insert_once(connection, report_text, {**key, **values}):
            raise changed_meanwhile(report_text, section)
    return 1


def freeze(
    engine: Engine,
    place: Place,
    *,
    title: str,
    content: str,
    fingerprint: str,
    data_version: int,
    who: str,
    at: datetime | None = None,
) -> str:
    """Keep a report as it is now; the same content is kept once.

    Parameters
    ----------
    engine, place
        Where.
    title, content, fingerprint
        Its name, the written paper, and the short name of that.
    data_version
        Version of the store that the figures rest on.
    who
        Role of whoever freezes it, never a name.
    at
        When, None for now.

    Returns
    -------
    str
        Identity of the frozen report.
    """
    row = {
        **asdict(place),
        "title": title,
        "content": content,
        "fingerprint": fingerprint,
        "data_version": data_version,
        "who": who,
        "frozen_at": at or settings.now(),
    }
    same = (*_here(report, place), report.c.fingerprint == fingerprint)
    with writing(engine) as connection:
        insert_once(connection, report, row)
        identity: str = connection.execute(select(report.c.uuid).where(*same)).scalar_one()
    return identity


def frozen(engine: Engine) -> pd.DataFrame:
    """Every frozen report, the newest first, without content.

    Returns
    -------
    DataFrame
        ``report_id, kind, period, audience, title, fingerprint, data_version, who, frozen_at``.
    """
    table = report.c
    names = ("uuid", "kind", "period", "audience", "title", "fingerprint", "data_version", "who")
    query = select(*(table[name] for name in names), table.frozen_at)
    found = query_frame(engine, query.order_by(table.frozen_at.desc(), table.fid.desc()))
    return found.rename(columns={"uuid": "report_id"})


def frozen_content(engine: Engine, identity: str) -> tuple[str, str, datetime]:
    """The written paper of a frozen report, its fingerprint, and when it was frozen.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there is no such report.
    """
    table = report.c
    query = select(table.content, table.fingerprint, table.frozen_at)
    with reading(engine) as connection:
        row = connection.execute(query.where(table.uuid == identity)).one_or_none()
    if row is None:
        raise StoreError(StoreCause.NOT_FOUND, table=report.name, identity=identity)
    return row.content, row.fingerprint, row.frozen_at


def _here(table: Table, place: Place) -> tuple[ColumnElement[bool], ...]:
    return tuple(table.c[name] == value for name, value in asdict(place).items())
