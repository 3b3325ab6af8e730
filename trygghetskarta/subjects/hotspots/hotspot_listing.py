"""Tables of the page Hotspots: clusters, the hours of a cell, near repeats."""

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.words import hotspot_words, texts

_SIGNIFICANT = 0.05


def clusters_table(clusters: pd.DataFrame) -> Listing:
    """The strongest clusters, those with most offences first.

    Parameters
    ----------
    clusters
        Columns ``name``, ``count``, ``share``, ``hour``, ``cells``.
    """
    columns = hotspot_words.CLUSTER_COLUMNS
    rows, keys = [], []
    for row in clusters.itertuples():
        hour = texts.hours_around(row.hour)
        place = hotspot_words.cell_place(row.name, row.direction)
        told = [place, formats.number(row.count), formats.share(row.share, 1)]
        rows.append([*told, hour, formats.number(row.cells)])
        known = None if pd.isna(row.hour) else float(row.hour)
        keys.append([place, float(row.count), float(row.share), known, float(row.cells)])
    return Listing(list(columns.values()), [False, True, True, True, True], rows, keys)


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


def hours_table(hours: pd.Series) -> pd.DataFrame:
    """Offences per hour of the day."""
    return pd.DataFrame(
        {
            hotspot_words.HOUR: [f"{hour:02}–{(hour + 1) % 24:02}" for hour in hours.index],
            hotspot_words.CLUSTER_COLUMNS["count"]: [formats.number(value, 1) for value in hours],
        }
    )


def near_repeat_table(found: pd.DataFrame) -> pd.DataFrame:
    """Observed and expected pairs in every band of distance and time."""
    words = hotspot_words.NEAR_REPEAT_COLUMNS
    return pd.DataFrame(
        {
            words["distance_band"]: [
                hotspot_words.distance_band(low, high)
                for low, high in zip(found["distance_from"], found["distance_to"], strict=True)
            ],
            words["day_band"]: [
                hotspot_words.band(low, high, hotspot_words.DAYS)
                for low, high in zip(found["day_from"], found["day_to"], strict=True)
            ],
            words["observed"]: [formats.number(value) for value in found["observed"]],
            words["expected"]: [formats.number(value, 1) for value in found["expected"]],
            words["ratio"]: [formats.number(value, 2) for value in found["ratio"]],
            words["p_value"]: [formats.number(value, 3) for value in found["p_value"]],
        }
    )


def near_repeat_sentence(found: pd.DataFrame) -> str:
    """The answer in words: the band with the clearest surplus of pairs, or that there is none.

    Every row is a test of its own, so the limit of 5 % is shared among them (Bonferroni).
    """
    clear = found[(found["p_value"] <= _SIGNIFICANT / len(found)) & (found["ratio"] > 1)]
    if clear.empty:
        return hotspot_words.near_repeat_answer(None)
    best = clear.sort_values("ratio", ascending=False, kind="stable").iloc[0]
    return hotspot_words.near_repeat_answer(best.to_dict())
