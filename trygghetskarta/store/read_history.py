"""Reading what a source has delivered before: when, how many, and how much of it has no place."""

import pandas as pd
from sqlalchemy import Engine, case, func, select

from trygghetskarta.store import schema
from trygghetskarta.store.engine import reading
from trygghetskarta.terms.areas import PlaceMatch

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
