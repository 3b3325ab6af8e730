"""Reading actions with the version an editor must show, their follow-ups, links and history."""

import geopandas as gpd
import numpy as np
import pandas as pd
from sqlalchemy import Engine, select

from trygghetskarta import tables
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.store.read import query_frame
from trygghetskarta.store.schema import (
    import_batch,
    measure,
    measure_change,
    measure_follow_up,
    measure_link,
)


def actions(engine: Engine) -> gpd.GeoDataFrame:
    """Every action, contract ``ACTIONS`` with ``version`` and ``is_example``, by start date.

    Those without a start date stand last.
    """
    names = ["geom" if name == "geometry" else name for name in tables.ACTIONS.columns]
    columns = [measure.c[name] for name in (*names, "version")]
    query = (
        select(*columns, import_batch.c.is_example.label("invented"))
        .select_from(measure.outerjoin(import_batch, import_batch.c.uuid == measure.c.batch))
        .where(measure.c.deleted_at.is_(None))
        .order_by(measure.c.start_date.is_(None), measure.c.start_date, measure.c.fid)
    )
    read = query_frame(engine, query)
    shapes = np.array([*read["geom"], None], dtype=object)[:-1]
    plain = read.drop(columns=["geom", "invented"])
    # What a form saved belongs to no batch, and is as real as a file.
    plain["is_example"] = [value is True for value in read["invented"].tolist()]
    return gpd.GeoDataFrame(plain, geometry=gpd.array.from_shapely(shapes), crs=WORK_CRS)


def follow_ups(engine: Engine) -> pd.DataFrame:
    """Every follow-up, contract ``FOLLOW_UPS``, oldest first."""
    table = measure_follow_up.c
    columns = [table[name] for name in tables.FOLLOW_UPS.columns]
    query = select(*columns).where(table.deleted_at.is_(None))
    return query_frame(engine, query.order_by(table.day, table.fid))


def links(engine: Engine) -> pd.DataFrame:
    """What led to actions: ``measure_id``, and ``observation_id`` or ``problem``, as told."""
    table = measure_link.c
    query = select(table.measure_id, table.observation_id, table.problem)
    return query_frame(engine, query.order_by(table.fid))


def history(engine: Engine, identity: str | None = None) -> pd.DataFrame:
    """What was changed, oldest first: ``measure_id, at, who, field, before, after``.

    Parameters
    ----------
    engine
        The store.
    identity
        Of one action, None for all.

    Returns
    -------
    DataFrame
        ``before`` and ``after`` as text, missing where there was nothing; always missing for free
        text, of which only the change itself is kept.
    """
    table = measure_change.c
    query = select(table.measure, table.at, table.who, table.field, table.before, table.after)
    if identity is not None:
        query = query.where(table.measure == identity)
    return query_frame(engine, query.order_by(table.fid)).rename(columns={"measure": "measure_id"})
