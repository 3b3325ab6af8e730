"""What the work with findings tells: which may be the same."""

import geopandas as gpd
import pandas as pd
import shapely

from trygghetskarta.terms.walks import FindingStatus

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


def _open(observations: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    wanted = (
        ~observations["status"].isin(_ENDED)
        & observations["merged_into"].isna()
        & observations.geometry.notna()
        & ~observations.geometry.is_empty
    )
    return observations[wanted].sort_values(["observed_at", "observation_id"], kind="stable")
