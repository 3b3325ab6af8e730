"""Reading actions with the version an editor must show, their follow-ups, links and history."""

import geopandas as gpd
import pandas as pd
from sqlalchemy import Engine, func, select

from trygghetskarta.store import change_log
from trygghetskarta.store.former_rows import codes_of_today
from trygghetskarta.store.read import kept_rows, query_frame, successions, with_places
from trygghetskarta.store.schema import import_batch, measure, measure_follow_up, measure_link
from trygghetskarta.terms.areas import AreaLevel


def actions(engine: Engine) -> gpd.GeoDataFrame:
    """Every action, contract ``ACTIONS`` with ``version`` and ``is_example``, by start date.

    Those without a start date stand last. Districts of a former division are told as those of today
    that mostly were them.
    """
    invented = select(import_batch.c.uuid).where(import_batch.c.is_example.is_(True))
    # What a form saved belongs to no batch, and is as real as a file.
    is_example = func.coalesce(measure.c.batch.in_(invented), False).label("is_example")
    query = kept_rows(measure, "version").add_columns(is_example)
    ordered = query.order_by(measure.c.start_date.is_(None), measure.c.start_date, measure.c.fid)
    rows = with_places(query_frame(engine, ordered))
    became = successions(engine)
    if became.empty:
        return rows
    level = AreaLevel.DISTRICT.value
    told = {
        name: codes_of_today(rows[name], became, level)
        for name in ("districts", "control_districts")
    }
    return rows.assign(**told)


def follow_ups(engine: Engine) -> pd.DataFrame:
    """Every follow-up, contract ``FOLLOW_UPS``, oldest first."""
    table = measure_follow_up.c
    query = kept_rows(measure_follow_up).order_by(table.day, table.fid)
    return query_frame(engine, query)


def links(engine: Engine) -> pd.DataFrame:
    """What led to actions: ``measure_id``, and ``observation_id`` or ``problem``, as told."""
    table = measure_link.c
    query = select(table.measure_id, table.observation_id, table.problem)
    return query_frame(engine, query.order_by(table.fid))


def history(engine: Engine, identity: str | None = None) -> pd.DataFrame:
    """Who changed what of one action, or of all: :func:`.change_log.history`."""
    return change_log.history(engine, measure, identity)
