"""Tables of the page Hotspots: clusters, the hours of a cell, near repeats."""

import pandas as pd

from trygghetskarta.draw.table.listing import (
    ListCell,
    Listing,
    headed,
    listing,
    number,
    plain,
    share,
    text,
)
from trygghetskarta.words import hotspot_words, texts

_SIGNIFICANT = 0.05

_CLUSTERS = headed(
    hotspot_words.CLUSTER_COLUMNS,
    text("name", lambda row: hotspot_words.cell_place(row.name, row.direction)),
    number("count"),
    share("share", decimals=1),
    plain("hour", lambda row: _around(row.hour), is_number=True),
    number("cells"),
)
_HOURS = headed(
    {"hour": hotspot_words.HOUR, "count": hotspot_words.CLUSTER_COLUMNS["count"]},
    text("hour", lambda pair: f"{pair[0]:02}–{(pair[0] + 1) % 24:02}"),
    number("count", lambda pair: pair[1], 1),
)
_NEAR_REPEATS = headed(
    hotspot_words.NEAR_REPEAT_COLUMNS,
    text(
        "distance_band",
        lambda row: hotspot_words.distance_band(row.distance_from, row.distance_to),
    ),
    text("day_band", lambda row: hotspot_words.band(row.day_from, row.day_to, hotspot_words.DAYS)),
    number("observed"),
    number("expected", decimals=1),
    number("ratio", decimals=2),
    number("p_value", decimals=3),
)


def clusters_table(clusters: pd.DataFrame) -> Listing:
    """The strongest clusters, those with most offences first.

    Parameters
    ----------
    clusters
        Columns ``name``, ``direction``, ``count``, ``share``, ``hour``, ``cells``.
    """
    return listing(_CLUSTERS, clusters.itertuples())


def _around(hour: float) -> ListCell:
    return ListCell(texts.hours_around(hour), None if pd.isna(hour) else float(hour))


def cluster_choices(clusters: pd.DataFrame | None) -> dict[str, str]:
    """Names of the clusters by the code of their strongest cell."""
    if clusters is None:
        return {}
    return {
        row.code: hotspot_words.cluster_choice(
            hotspot_words.cell_place(row.name, row.direction), row.count
        )
        for row in clusters.itertuples()
    }


def hours_table(hours: pd.Series) -> Listing:
    """Offences per hour of the day."""
    return listing(_HOURS, hours.items())


def near_repeat_table(found: pd.DataFrame) -> Listing:
    """Observed and expected pairs in every band of distance and time."""
    return listing(_NEAR_REPEATS, found.itertuples())


def near_repeat_sentence(found: pd.DataFrame) -> str:
    """The answer in words: the band with the clearest surplus of pairs, or that there is none.

    Every row is a test of its own, so the limit of 5 % is shared among them (Bonferroni).
    """
    clear = found[(found["p_value"] <= _SIGNIFICANT / len(found)) & (found["ratio"] > 1)]
    if clear.empty:
        return hotspot_words.near_repeat_answer(None)
    best = clear.sort_values("ratio", ascending=False, kind="stable").iloc[0]
    return hotspot_words.near_repeat_answer(best.to_dict())
