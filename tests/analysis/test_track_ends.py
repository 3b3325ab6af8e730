"""The ends of a route: what lies near a door is gone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.test_tracks import EAST, NORTH, clean, places, straight
from tests.properties import examples
from trygghetskarta.analysis.track_ends import trim_ends
from trygghetskarta.analysis.tracks import Track
from trygghetskarta.errors import AnalysisError


def away(track, x, y):
    """Metres from a place, told as in ``degrees``, to what is left of a track."""
    return track.geometry.distance(shapely.Point(EAST + x, NORTH + y))


place_of_a_walk = st.tuples(st.floats(-1500, 1500), st.floats(-1500, 1500))


def test_both_ends_lose_what_lies_near_them():
    track = clean([(0, 0), (300, 0), (300, 400)], [0, 300, 700])
    left = trim_ends(track, 200.0)
    assert places(left) == [(200, 0), (300, 0), (300, 200)]
    assert left.length_m == pytest.approx(300)
    assert left.minutes == pytest.approx(5)
    assert left.started_at == track.started_at + pd.Timedelta(seconds=200)
    assert left.raw_length_m == track.raw_length_m


@pytest.mark.parametrize("length", [1, 399, 400])
def test_a_short_route_vanishes(length):
    left = trim_ends(clean([(0, 0), (length, 0)], [0, length]))
    assert left.geometry.is_empty and left.length_m == 0 and left.started_at is pd.NaT


def test_parts_close_in_time_are_one_route():
    line = [(0, 0), (500, 0), (510, 0), (1000, 0)]
    left = trim_ends(clean(line, [0, 500, 560, 1060], [0, 0, 1, 1]))
    assert places(left) == [(200, 0), (500, 0), (510, 0), (800, 0)]


@pytest.mark.parametrize("seconds", [[0, 500, 5000, 5500], None])
def test_parts_far_apart_or_without_times_lose_both_ends_each(seconds):
    line = [(0, 0), (500, 0), (510, 0), (1000, 0)]
    left = trim_ends(clean(line, seconds, [0, 0, 1, 1]))
    assert places(left) == [(200, 0), (300, 0), (710, 0), (800, 0)]


def test_a_pause_at_the_door_counts_no_metres():
    rng = np.random.default_rng(1)
    door = rng.normal(0, 1.5, (100, 2)).tolist()
    metres = [*door, *((20.0 * n, 0.0) for n in range(1, 40))]
    track = clean(metres, np.arange(139) * 20)
    left = trim_ends(track)
    assert np.hypot(*np.array(places(left)).T).min() > 195


def test_metres_below_zero_are_refused():
    with pytest.raises(AnalysisError):
        trim_ends(clean(straight(3)), -1)


@pytest.mark.parametrize("start", ["door", "town"])
def test_drift_indoors_uses_up_no_metres(start):
    """An hour of a device's errors at home is hundreds of metres along the line."""
    rng = np.random.default_rng(2)
    drift = rng.normal(0, 25, (100, 2))
    way = np.column_stack([np.arange(20.0, 900, 14), np.zeros(63)])
    metres = np.vstack([drift, way]) if start == "door" else np.vstack([way[::-1], drift])
    track = clean(metres.tolist(), np.arange(163) * 10.0)
    left = trim_ends(track)
    ends = np.array(places(track))[[0, -1]]
    assert [away(left, *end) for end in ends] == pytest.approx([200, 200], abs=0.01)
    assert left.length_m > 300


def test_a_round_that_passes_the_door_again_is_hidden_there_too():
    door = [(0, 0), (600, 0), (600, 500), (0, 500), (0, 150), (30, 150), (30, 500), (600, 900)]
    left = trim_ends(clean(door, np.arange(8) * 600.0))
    assert shapely.get_num_geometries(left.geometry) == 2
    assert away(left, *door[0]) == pytest.approx(200)
    assert away(left, *door[-1]) == pytest.approx(200)
    gap = left.seconds[1][0] - left.seconds[0][-1]
    assert gap > 600 and left.minutes == pytest.approx((left.seconds[1][-1] - gap) / 60)


def test_a_step_that_only_crosses_the_zone_is_cut_in_two():
    """No vertex lies in the zone of (0, 0): dropping vertices would draw a line through it."""
    line = [(0, 0), (-1000, 0), (-1000, 100), (1000, 100), (1000, 1000)]
    left = trim_ends(clean(line, np.arange(5) * 800.0))
    assert away(left, 0, 0) == pytest.approx(200)
    assert away(left, -500, 100) == pytest.approx(0, abs=0.01)


def test_every_part_avoids_the_ends_of_every_route():
    line = [(0, 0), (900, 0), (900, 10), (0, 10)]
    left = trim_ends(clean(line, [0, 900, 9000, 9900], [0, 0, 1, 1]))
    for x in (0, 900):
        for y in (0, 10):
            assert away(left, x, y) >= 200 - 0.01
    assert left.length_m == pytest.approx(2 * 500, abs=0.01)


def test_a_pause_in_the_zone_is_no_time_either():
    line = [(0, 0), (500, 0), (1000, 0), (1000, 0)]
    left = trim_ends(clean(line, [0, 500, 1000, 4000]))
    assert left.minutes == pytest.approx(10) and left.length_m == pytest.approx(600)


def test_a_way_without_moments_keeps_the_share_of_its_hours():
    begun = pd.Timestamp("2026-02-13 20:00", tz="Europe/Stockholm")
    line = shapely.MultiLineString([[(0, 0), (1000, 0)]])
    whole = Track(line, 1000.0, np.nan, 0, 1000.0, begun, begun + pd.Timedelta(hours=1))
    left = trim_ends(whole)
    assert left.started_at == begun + pd.Timedelta(minutes=12)
    assert left.ended_at == begun + pd.Timedelta(minutes=48)
    assert np.isnan(np.concatenate(left.seconds)).all()
    alone = replace(whole, geometry=shapely.MultiLineString())
    assert trim_ends(alone).ended_at == alone.ended_at


# Under a centimetre the product takes a difference for a rounding error.
@given(st.just(0.0) | st.floats(0.01, 800), st.lists(place_of_a_walk, min_size=2, max_size=12))
@examples(100)
def test_what_is_left_is_all_that_lies_outside_the_zones(metres, line):
    track = clean(line, np.arange(len(line)) * 2000.0)
    left = trim_ends(track, metres)
    if not track.has_line:
        return
    whole = shapely.get_coordinates(track.geometry)
    ends = shapely.MultiPoint(whole[[0, -1]])
    if left.has_line:
        assert left.geometry.distance(ends) >= metres - 1e-6
    # A buffer's arcs are many sides: right to a share of its radius.
    zone = ends.buffer(metres, quad_segs=64)
    steps = shapely.linestrings(np.stack([whole[:-1], whole[1:]], axis=1))
    outside = shapely.length(shapely.difference(steps, zone)).sum()
    assert left.length_m == pytest.approx(outside, rel=0.01, abs=9)
