"""Coverage against exact buffers, and incidents near routes beside the streets nobody walks."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import examples
from trygghetskarta.analysis.streets import coverage, near_route
from trygghetskarta.analysis.tracks import Track
from trygghetskarta.errors import AnalysisCause, AnalysisError

ZONE = "Europe/Stockholm"


def lines(*coordinates):
    return gpd.GeoSeries([shapely.LineString(one) for one in coordinates], crs=3006)


def track(metres, start="2026-02-13 21:00", hours=2):
    at = pd.Timestamp(start, tz=ZONE)
    line = shapely.MultiLineString([metres])
    return Track(line, line.length, 60 * hours, 0, line.length, at, at + pd.Timedelta(hours=hours))


@given(st.integers(0, 10_000))
@examples(25)
def test_metres_near_a_track_are_those_of_an_exact_buffer(seed):
    rng = np.random.default_rng(seed)
    walked = shapely.LineString(rng.uniform(0, 400, (40, 2)))
    network = lines(*(rng.uniform(0, 400, (3, 2)) for _ in range(6)))
    found = coverage([walked], network)
    exact = network.intersection(shapely.buffer(walked, 15, quad_segs=64)).length
    # Each place where the street enters or leaves is wrong by half a metre at most.
    assert np.allclose(found.streets["near_m"], exact, atol=40)
    assert found.streets["near_m"].sum() == pytest.approx(exact.sum(), rel=0.02)
    assert found.network_metres == pytest.approx(network.length.sum())


def test_a_street_is_walked_from_half_of_it():
    network = lines([(0, 0), (200, 0)], [(0, 100), (200, 100)], [(0, 200), (200, 200)])
    halves = [shapely.LineString([(0, y), (length, y)]) for y, length in ((0, 90), (100, 70))]
    found = coverage(halves, network)
    assert found.streets["walked"].tolist() == [True, False, False]
    assert (found.metres, found.share) == (200, pytest.approx(1 / 3))
    assert coverage(halves, network, share=0.4).streets["walked"].tolist() == [True, True, False]


def test_the_other_pavement_is_the_same_street_and_the_next_street_is_not():
    network = lines([(0, 0), (200, 0)])
    assert coverage([shapely.LineString([(0, 14.9), (200, 14.9)])], network).share == 1
    assert coverage([shapely.LineString([(0, 15.1), (200, 15.1)])], network).share == 0


def test_crossing_a_street_is_not_walking_it():
    found = coverage([shapely.LineString([(50, -100), (50, 100)])], lines([(0, 0), (200, 0)]))
    assert found.metres == 0 and found.streets["near_m"].iloc[0] == pytest.approx(30, abs=1)


def test_a_gap_between_segments_is_not_walked():
    parts = shapely.MultiLineString([[(0, 0), (20, 0)], [(180, 0), (200, 0)]])
    assert coverage([Track(parts, 40, 1, 0)], lines([(0, 0), (200, 0)])).share == 0


def test_empty_and_missing_streets_and_no_tracks():
    network = gpd.GeoSeries(
        [
            None,
            shapely.LineString(),
            shapely.MultiLineString([[(0, 0), (50, 0)], [(0, 9), (50, 9)]]),
        ],
        crs=3006,
    )
    found = coverage([shapely.LineString([(0, 5), (50, 5)])], network)
    assert found.streets["walked"].tolist() == [False, False, True] and found.metres == 100
    assert coverage([], network).share == 0
    assert np.isnan(coverage([], network[:2]).share)


@pytest.mark.parametrize("how", [{"distance": 0}, {"share": 1.1}, {"share": -0.1}])
def test_numbers_that_make_no_sense_are_refused(how):
    with pytest.raises(AnalysisError) as raised:
        coverage([], lines([(0, 0), (1, 0)]), **how)
    assert raised.value.cause is AnalysisCause.OUT_OF_RANGE


def test_degrees_are_refused():
    with pytest.raises(AnalysisError) as raised:
        coverage([], lines([(12, 58), (12.1, 58)]).set_crs(4326, allow_override=True))
    assert raised.value.cause is AnalysisCause.WRONG_CRS


# --- incidents near a route ---


def incidents(places, times, hours=0.0, counts=None):
    start = pd.Series(pd.to_datetime(times)).dt.tz_localize(ZONE).dt.tz_convert("UTC")
    return gpd.GeoDataFrame(
        {
            "occurred_from": start,
            "occurred_to": start + pd.Timedelta(hours=hours),
            "count": counts or [1] * len(start),
        },
        geometry=[None if place is None else shapely.Point(place) for place in places],
        crs=3006,
    )


def test_incidents_are_counted_by_distance_in_the_hours_of_the_walk():
    friday, later, sunday = "2025-09-05 22:00", "2025-09-05 23:00", "2025-09-07 22:00"
    seen = incidents(
        [(500, 40), (500, 90), (500, 240), (500, 260), (500, 10), (500, 10), None],
        [friday] * 4 + [later, sunday, friday],
    )
    found = near_route([track([(0, 0), (1000, 0)])], seen)
    assert found.table["near"].tolist() == [1, 2, 3]
    assert found.hours == 2
    assert found.table["near_km2"].tolist() == pytest.approx(
        [(2000 * d + np.pi * d * d) / 1e6 for d in (50, 100, 250)], rel=0.01
    )
    assert found.table[["elsewhere", "percent", "verdict"]].isna().all(axis=None)


def test_the_same_is_counted_where_nobody_walks():
    network = lines([(0, 0), (1000, 0)], [(0, 2000), (1000, 2000)], [(0, 4000), (1000, 4000)])
    times = ["2025-09-05 22:00"] * 40
    places = [(25 * n, 10) for n in range(30)] + [(25 * n, 2010) for n in range(10)]
    found = near_route([track([(0, 0), (1000, 0)])], incidents(places, times), network)
    row = found.table.loc[50.0]
    assert (row["near"], row["elsewhere"]) == (30, 10)
    assert row["elsewhere_km2"] == pytest.approx(2 * row["near_km2"], rel=0.01)
    assert row["percent"] == pytest.approx(500, rel=0.02)
    assert row["verdict"] == "increase" and 0 < row["percent_lower"] < 500 < row["percent_upper"]


def test_streets_by_the_route_are_not_elsewhere():
    network = lines([(0, 0), (1000, 0)], [(0, 60), (1000, 60)])
    found = near_route([track([(0, 0), (1000, 0)])], incidents([], []), network)
    assert found.table.loc[50.0, "elsewhere_km2"] > 0
    assert found.table.loc[100.0, "elsewhere_km2"] == 0
    assert pd.isna(found.table.loc[100.0, "verdict"])


def test_an_incident_is_near_or_elsewhere_and_never_both():
    network = lines([(0, 0), (1000, 0)], [(0, 80), (1000, 80)])
    found = near_route(
        [track([(0, 0), (1000, 0)])], incidents([(500, 45)], ["2025-09-05 22:00"]), network
    )
    assert found.table.loc[50.0, ["near", "elsewhere"]].tolist() == [1, 0]


def test_an_incident_of_unknown_hour_is_left_out_and_counted():
    seen = incidents([(5, 0), (5, 0)], ["2025-09-05 21:30"] * 2, hours=2.5, counts=[1, 3])
    found = near_route([track([(0, 0), (1000, 0)])], seen)
    assert found.without_hour == 4 and found.table["near"].sum() == 0
    sure = incidents([(5, 0)], ["2025-09-05 21:00"], hours=2.0, counts=[3])
    assert near_route([track([(0, 0), (1000, 0)])], sure).table["near"].tolist() == [3, 3, 3]


def test_a_walk_over_midnight_and_the_end_of_the_week():
    late = track([(0, 0), (1000, 0)], "2026-02-15 23:00", hours=2)  # a Sunday
    seen = incidents([(5, 0)] * 3, ["2025-09-07 23:30", "2025-09-08 00:30", "2025-09-08 01:30"])
    assert near_route([late], seen).table["near"].tolist() == [2, 2, 2]


def test_no_walk_is_near_nothing():
    found = near_route([], incidents([(0, 0)], ["2025-09-05 22:00"]), lines([(0, 0), (9, 0)]))
    assert found.table["near"].tolist() == [0, 0, 0] and found.hours == 0
    with pytest.raises(AnalysisError):
        near_route([], incidents([], []), distances=(0,))


@given(st.integers(0, 10_000))
@examples(6)
def test_counts_and_areas_are_those_of_the_plain_way(seed):
    rng = np.random.default_rng(seed)
    # Winding walks of many points, one that stands still and one that turns back where it began.
    walked = [
        *(rng.uniform(0, 1500, 2) + np.cumsum(rng.normal(0, 20, (90, 2)), axis=0) for _ in "abc"),
        [(700, 700), (701, 701), (700, 700)],
        [(0, 0), (400, 0), (0, 0)],
    ]
    network = lines(*(rng.uniform(-800, 2300, (3, 2)) for _ in range(8)))
    seen = incidents(rng.uniform(-800, 2300, (150, 2)), ["2026-02-13 21:30"] * 150)
    found = near_route([track(one) for one in walked], seen, network).table
    route = shapely.MultiLineString([shapely.LineString(one) for one in walked])
    for reach, row in found.iterrows():
        area = shapely.buffer(route, reach, quad_segs=32)
        far = network[network.distance(route) > reach]
        other = far.buffer(reach, quad_segs=32).union_all().difference(area)
        assert row["near"] == int((seen.distance(route) <= reach).sum())
        assert row["near_km2"] * 1e6 == pytest.approx(area.area, rel=0.012)
        assert row["elsewhere_km2"] * 1e6 == pytest.approx(
            other.area, rel=0.02, abs=0.01 * area.area
        )
        assert row["elsewhere"] == pytest.approx(int(seen.intersects(other).sum()), abs=3)
