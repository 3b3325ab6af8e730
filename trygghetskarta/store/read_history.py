"""Reading what a source has delivered before: when, how many, and how much of it has no place."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Engine, and_, case, func, or_, select

from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.store import schema
from trygghetskarta.store.engine import reading
from trygghetskarta.terms.areas import PlaceMatch

_AREAS = ("district_code", "regso_code", "deso_code")
_WORDS = ("offence_code", "offence_text", "offence_type", *_AREAS)
_COLUMNS = ("reported_from", "reported_to", "occurred_from", "occurred_to")


def delivered(engine: Engine, source: str) -> pd.DataFrame:
    """The incidents of a source that are stored, summed where they are dated alike.

    Parameters
    ----------
    engine
        The store.
    source
        Its name.

    Returns
    -------
    DataFrame
        ``reported_from``, ``reported_to`` (days), ``occurred_from``, ``occurred_to`` (moments in
        UTC, of rows without a day of report only), ``count`` (offences), ``rows``, ``unplaced``
        (rows without a place).
    """
    table = schema.incident
    numbers = (
        func.sum(table.c["count"]),
        func.count(table.c.fid),
        func.sum(case((table.c.place_match == PlaceMatch.NONE.value, 1), else_=0)),
    )
    kept = (table.c.deleted_at.is_(None), table.c.source == source)
    reported = [table.c[name] for name in _COLUMNS[:2]]
    occurred = [table.c[name] for name in _COLUMNS[2:]]
    with reading(engine) as connection:
        some = connection.execute(
            select(*reported, *numbers)
            .where(*kept, table.c.reported_from.is_not(None))
            .group_by(*reported)
        ).all()
        others = connection.execute(
            select(*occurred, *numbers)
            .where(*kept, table.c.reported_from.is_(None))
            .group_by(*occurred)
        ).all()
    rows = [(*row[:2], None, None, *row[2:]) for row in some]
    rows += [(None, None, *row) for row in others]
    frame = pd.DataFrame(rows, columns=[*_COLUMNS, "count", "rows", "unplaced"])
    days = {name: pd.to_datetime(frame[name]) for name in _COLUMNS[:2]}
    moments = {name: pd.to_datetime(frame[name], utc=True) for name in _COLUMNS[2:]}
    whole = {name: frame[name].astype("int64") for name in ("count", "rows", "unplaced")}
    return frame.assign(**days, **moments, **whole)


def left_of(engine: Engine, source: str, sha256: str) -> pd.DataFrame:
    """The stored incidents that came with the same file, and that no other file has changed since.

    Returns
    -------
    DataFrame
        ``source_id``, ``started_at`` (when the file was read).
    """
    table, batch = schema.incident, schema.import_batch
    query = (
        select(table.c.source_id, batch.c.started_at)
        .join(batch, batch.c.uuid == table.c.batch)
        .where(table.c.deleted_at.is_(None), table.c.source == source, batch.c.sha256 == sha256)
    )
    with reading(engine) as connection:
        return pd.DataFrame(connection.execute(query).all(), columns=["source_id", "started_at"])


def of_ids(engine: Engine, source: str, ids: Sequence[str]) -> pd.DataFrame:
    """The stored incidents of a source that have some ids.

    Returns
    -------
    DataFrame
        Index ``source_id``: ``reported_from``, ``reported_to``, ``occurred_from``.
    """
    table = schema.incident
    columns = [table.c[name] for name in ("source_id", *_COLUMNS[:3])]
    kept = (table.c.deleted_at.is_(None), table.c.source == source, table.c.source_id.in_(ids))
    with reading(engine) as connection:
        found = connection.execute(select(*columns).where(*kept)).all()
    frame = pd.DataFrame(found, columns=["source_id", *_COLUMNS[:3]]).set_index("source_id")
    return _in_time(frame)


def sums(engine: Engine, source: str, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """The stored sums of a source that reach into a time, both days included.

    Returns
    -------
    DataFrame
        ``source_id``, ``count``, and of contract ``PLACED_INCIDENTS`` the offence,
        ``reported_from``, ``reported_to``, ``occurred_from`` and the areas.
    """
    table = schema.incident
    names = ("source_id", "count", *_WORDS, *_COLUMNS[:3])
    with reading(engine) as connection:
        found = connection.execute(
            select(*(table.c[name] for name in names)).where(
                table.c.deleted_at.is_(None),
                table.c.source == source,
                table.c.reported_from < table.c.reported_to,
                table.c.reported_from <= last.date(),
                table.c.reported_to >= first.date(),
            )
        ).all()
    return _in_time(pd.DataFrame(found, columns=names))


def of_days(engine: Engine, days: Sequence[pd.Timestamp]) -> pd.DataFrame:
    """The stored incidents of some days, alike ones of a source together.

    Parameters
    ----------
    engine
        The store.
    days
        Days in Swedish time on which they began or, where no time of the offence is told, from
        which on they were reported.

    Returns
    -------
    DataFrame
        ``source``, ``rows``, and of contract ``PLACED_INCIDENTS`` the offence, ``reported_from``,
        ``reported_to``, ``occurred_from`` and the areas.
    """
    table = schema.incident
    columns = [table.c[name] for name in ("source", *_WORDS, *_COLUMNS[:3])]
    starts = pd.DatetimeIndex(days).tz_localize(TIME_ZONE)
    ends = (pd.DatetimeIndex(days) + pd.Timedelta(days=1)).tz_localize(TIME_ZONE)
    begun = [
        table.c.occurred_from.between(first.to_pydatetime(), last.to_pydatetime())
        for first, last in zip(starts.tz_convert("UTC"), ends.tz_convert("UTC"), strict=True)
    ]
    reported = table.c.reported_from.in_([day.date() for day in days])
    dated = or_(and_(table.c.occurred_from.is_(None), reported), *begun)
    with reading(engine) as connection:
        found = connection.execute(
            select(*columns, func.count(table.c.fid))
            .where(table.c.deleted_at.is_(None), dated)
            .group_by(*columns)
        ).all()
    return _in_time(pd.DataFrame(found, columns=["source", *_WORDS, *_COLUMNS[:3], "rows"]))


def _in_time(frame: pd.DataFrame) -> pd.DataFrame:
    """With days, moments in UTC and text of their types, also where there is no row."""
    days = {name: pd.to_datetime(frame[name]) for name in _COLUMNS[:2]}
    moment = pd.to_datetime(frame["occurred_from"], utc=True)
    text = {name: frame[name].astype("str") for name in _WORDS if name in frame}
    return frame.assign(**text, **days, occurred_from=moment)
