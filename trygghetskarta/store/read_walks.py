"""Reading walks and observations, with the version an editor must show, and their history."""

import geopandas as gpd
import pandas as pd
from sqlalchemy import Engine, select

from trygghetskarta.store import change_log
from trygghetskarta.store.engine import reading
from trygghetskarta.store.read import kept_rows, query_frame, with_places
from trygghetskarta.store.schema import observation, observation_photo, street_network, walk


def walks(engine: Engine) -> gpd.GeoDataFrame:
    """Every walk, contract ``WALKS``, oldest first; those without a time last."""
    query = kept_rows(walk).order_by(walk.c.started_at.is_(None), walk.c.started_at)
    return with_places(query_frame(engine, query))


def observations(engine: Engine) -> gpd.GeoDataFrame:
    """Every observation, contract ``OBSERVATIONS`` and ``version``, in the order they came.

    Those that are merged into another are among them: ``merged_into`` tells.
    """
    query = kept_rows(observation, "version").order_by(observation.c.fid)
    return with_places(query_frame(engine, query))


def one_observation(engine: Engine, identity: str) -> gpd.GeoDataFrame:
    """As :func:`observations`, the one with an identity; empty when there is none."""
    query = kept_rows(observation, "version")
    return with_places(query_frame(engine, query.where(observation.c.observation_id == identity)))


def history(engine: Engine, identity: str | None = None) -> pd.DataFrame:
    """Who changed what of one observation, or of all: :func:`.change_log.history`."""
    return change_log.history(engine, observation, identity)


def photo(engine: Engine, identity: str) -> bytes | None:
    """The photo of an observation as JPEG, None when it has none."""
    query = select(observation_photo.c.jpeg).where(observation_photo.c.observation == identity)
    with reading(engine) as connection:
        found = connection.execute(query).scalar_one_or_none()
    return None if found is None else bytes(found)


def network(engine: Engine) -> gpd.GeoDataFrame:
    """The street network, contract ``NETWORK``; empty when none is imported."""
    query = kept_rows(street_network).order_by(street_network.c.fid)
    return with_places(query_frame(engine, query))
