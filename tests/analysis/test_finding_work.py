"""Which findings may be the same."""

import geopandas as gpd
import pandas as pd
import shapely

from trygghetskarta.analysis.finding_work import suggest_merges


def findings(rows) -> gpd.GeoDataFrame:
    """Rows of (identity, day in May, category, status, merged into, east)."""
    names = ["observation_id", "day", "category", "status", "merged_into", "east"]
    table = pd.DataFrame(rows, columns=names)
    points = [
        None if pd.isna(east) else shapely.Point(340_000 + east, 6_460_000)
        for east in table["east"]
    ]
    table["observed_at"] = pd.to_datetime("2026-05-" + table["day"].astype(str), utc=True)
    return gpd.GeoDataFrame(table, geometry=points, crs=3006)


def test_the_same_category_within_twenty_metres_is_suggested_and_the_earlier_one_kept():
    found = suggest_merges(
        findings(
            [
                ("late", 9, "belysning", "ny", None, 20.0),
                ("early", 2, "belysning", "tilldelad", None, 0.0),
                ("far", 3, "belysning", "ny", None, -20.1),
                ("other", 3, "nalar", "ny", None, 1.0),
                ("done", 3, "belysning", "atgardad", None, 2.0),
                ("closed", 3, "belysning", "avslutad_utan_atgard", None, 2.0),
                ("merged", 3, "belysning", "ny", "early", 2.0),
                ("nowhere", 3, "belysning", "ny", None, None),
            ]
        )
    )
    assert found.to_dict("records") == [
        {"kept": "early", "absorbed": "late", "category": "belysning", "metres": 20.0}
    ]


def test_the_nearest_pair_comes_first_and_nothing_gives_nothing():
    three = findings(
        [(name, 1, "trafik", "ny", None, east) for name, east in (("a", 0), ("b", 5), ("c", 19))]
    )
    found = suggest_merges(three)
    assert list(zip(found["kept"], found["absorbed"], found["metres"], strict=True)) == [
        ("a", "b", 5.0),
        ("b", "c", 14.0),
        ("a", "c", 19.0),
    ]
    assert list(suggest_merges(three[:0]).columns) == ["kept", "absorbed", "category", "metres"]
