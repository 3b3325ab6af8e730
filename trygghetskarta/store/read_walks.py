"""Reading walks and observations, with the version an editor must show, and their history."""

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from sqlalchemy import Engine, Select, Table, select

from trygghetskarta import tables
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.store.engine import reading
from trygghetskarta.store.read import query_frame
from trygghetskarta.store.schema import (
    observation,
    observation_change,
    observation_photo,
    street_network,
    walk,
)
from trygghetskarta.tables import Contract


def walks(engine: Engine) -> gpd.GeoDataFrame:
    """Every walk, contract ``WALKS``, oldest first; those without a time last."""
    query = _query(walk, tables.WALKS)
    return _places(engine, query.order_by(walk.c.started_at.is_(None), walk.c.started_at))


def observations(engine: Engine) -> gpd.GeoDataFrame:
    """Every observation, contract ``OBSERVATIONS`` and ``version``, in the order they came.

    Those that are merged into another are among them: ``merged_into`` tells.
    """
    return _places(engine, _query(observation, tables.OBSERVATIONS).order_by(observation.c.fid))


def one_observation(engine: Engine, identity: str) -> gpd.GeoDataFrame:
    """As :func:`observations`, the one with an identity; empty when there is none."""
    where = observation.c.observation_id == identity
    return _places(engine, _query(observation, tables.OBSERVATIONS).where(where))


def history(engine: Engine, identity: str | None = None) -> pd.DataFrame:
    """What was changed, oldest first: ``observation_id, at, who, field, before, after``.

    Parameters
    ----------
    engine
        The store.
    identity
        Of one observation, None for all.

    Returns
    -------
    DataFrame
        ``before`` and ``after`` as text, missing where there was nothing; always missing for free
        text, of which only the change itself is kept.
    """
    table = observation_change.c
    query = select(table.observation, table.at, table.who, table.field, table.before, table.after)
    if identity is not None:
        query = query.where(table.observation == identity)
    return query_frame(engine, query.order_by(table.fid)).rename(
        columns={"observation": "observation_id"}
    )


def photo(engine: Engine, identity: str) -> bytes | None:
    """The photo of an observation as JPEG, None when it has none."""
    query = select(observation_photo.c.jpeg).where(observation_photo.c.observation == identity)
    with reading(engine) as connection:
        found = connection.execute(query).scalar_one_or_none()
    return None if found is None else bytes(found)


def network(engine: Engine) -> gpd.GeoDataFrame:
    """The street network, contract ``NETWORK``; empty when none is imported."""
    return _places(engine, _query(street_network, tables.NETWORK).order_by(street_network.c.fid))


def _query(table: Table, contract: Contract) -> Select[Any]:
    names = [name if name != "geometry" else "geom" for name in contract.columns]
    extra = [table.c.version] if table is observation else []
    columns = [*(table.c[name] for name in names), *extra]
    return select(*columns).where(table.c.deleted_at.is_(None))


def _places(engine: Engine, query: Select[Any]) -> gpd.GeoDataFrame:
    return with_places(query_frame(engine, query))


def with_places(read: pd.DataFrame) -> gpd.GeoDataFrame:
    """A table with ``geometry`` in place of ``geom``, EPSG:3006; missing where there is none."""
    shapes = np.array([*read["geom"], None], dtype=object)[:-1]
    return gpd.GeoDataFrame(
        read.drop(columns="geom"), geometry=gpd.array.from_shapely(shapes), crs=WORK_CRS
    )
