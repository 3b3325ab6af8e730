"""What the work with findings tells: which are the same, and when each came to its end."""

import geopandas as gpd
import pandas as pd
import shapely

from trygghetskarta.terms import FindingStatus

_ENDED = (FindingStatus.DONE.value, FindingStatus.CLOSED.value)


def suggest_merges(observations: gpd.GeoDataFrame, distance: float = 20.0) -> pd.DataFrame:
    """Pair open observations of one category that lie close together.

    It does not say that they are the same: two lamps stand as near.

    Parameters
    ----------
    observations
        Contract ``OBSERVATIONS``, EPSG:3006. Those that are ended, merged or without a point are
        left out.
    distance
        Metres, inclusive.

    Returns
    -------
    DataFrame
        One row per pair, the nearest first: ``kept`` and ``absorbed`` (observation_id, the earlier
        one is kept), ``category``, ``metres``.
    """
    table = _open(observations)
    points = table.geometry.to_numpy()
    first, second = shapely.STRtree(points).query(points, predicate="dwithin", distance=distance)
    category = table["category"].to_numpy(dtype=object)
    chosen = (first < second) & (category[first] == category[second])
    first, second = first[chosen], second[chosen]
    identity = table["observation_id"].to_numpy(dtype=object)
    pairs = pd.DataFrame(
        {
            "kept": pd.Series(identity[first], dtype="str"),
            "absorbed": pd.Series(identity[second], dtype="str"),
            "category": pd.Series(category[first], dtype="str"),
            "metres": shapely.distance(points[first], points[second]),
        }
    )
    return pairs.sort_values("metres", kind="stable", ignore_index=True)


def endings(observations: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Tell when each observation was remedied or closed.

    Parameters
    ----------
    observations
        ``observation_id``, ``status``.
    history
        ``observation_id, at, field, after``, oldest first.

    Returns
    -------
    DataFrame
        Index as ``observations``: ``remedied_at`` and ``closed_at``, the last time the status
        became what it is now, missing while it is neither; ``known``: False when it is ended but
        nobody has told when (it came so with a file).
    """
    told = pd.DataFrame(
        {
            name: _last_time(observations, history, status)
            for name, status in zip(("remedied_at", "closed_at"), _ENDED, strict=True)
        }
    )
    ended = observations["status"].isin(_ENDED)
    return told.assign(known=~ended | told.notna().any(axis=1))


def _last_time(observations: pd.DataFrame, history: pd.DataFrame, status: str) -> pd.Series:
    """When the status became what it is, of those that have it."""
    steps = history[(history["field"] == "status") & (history["after"] == status)]
    last = dict(zip(steps["observation_id"], steps["at"], strict=True))
    having = observations["observation_id"].where(observations["status"] == status)
    return having.map(last).astype("datetime64[us, UTC]")


def _open(observations: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    wanted = (
        ~observations["status"].isin(_ENDED)
        & observations["merged_into"].isna()
        & observations.geometry.notna()
        & ~observations.geometry.is_empty
    )
    return observations[wanted].sort_values(["observed_at", "observation_id"], kind="stable")
