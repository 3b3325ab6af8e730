"""Cleaning against the rules written out point by point; trimming; what is stored and read back."""

import itertools
import math

import geopandas as gpd
import gpxpy.gpx
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import examples
from trygghetskarta.analysis.track_cleaning import _longest_rise, clean_track
from trygghetskarta.analysis.track_ends import trim_ends
from trygghetskarta.analysis.tracks import Track, mean_speeds, seconds_as_text, tracks_of
from trygghetskarta.errors import AnalysisCause, AnalysisError

EAST, NORTH = 341_000.0, 6_461_000.0
BACK = pyproj.Transformer.from_crs(3006, 4326, always_xy=True)
GEOD = pyproj.Geod(ellps="GRS80")


def degrees(metres):
    """Longitude and latitude of places told in metres from a point in Trollhättan."""
    at = np.asarray(metres, dtype=float) + [EAST, NORTH]
    return BACK.transform(at[:, 0], at[:, 1])


def moments(seconds, start="2026-02-13 20:00"):
    return pd.Timestamp(start, tz="UTC") + pd.to_timedelta(seconds, unit="s")


def clean(metres, seconds=None, segment=None):
    time = None if seconds is None else moments(seconds)
    return clean_track(*degrees(metres), time, segment)


def places(track):
    at = shapely.get_coordinates(track.geometry) - [EAST, NORTH]
    return [tuple(point) for point in at.round(3).tolist()]


def straight(count, step=20.0):
    return [(step * number, 0.0) for number in range(count)]


# --- length ---


def test_length_is_what_a_geodesic_measures_where_gpxpy_is_short():
    lon, lat = degrees([(0, 0), (3000, 4000)])
    track = clean_track(lon, lat)
    true = GEOD.line_length(lon, lat)
    points = [gpxpy.gpx.GPXTrackPoint(y, x) for x, y in zip(lon, lat, strict=True)]
    spherical = points[0].distance_2d(points[1])
    assert track.length_m == pytest.approx(5000, abs=0.001)
    assert abs(track.length_m / true - 1) < 0.0002
    assert spherical / true < 0.9991


def test_raw_and_cleaned_length_are_both_kept():
    track = clean([(0, 0), (20, 0), (20, 300), (60, 0), (80, 0)], [0, 20, 40, 60, 80])
    assert track.removed == 1
    assert track.length_m == pytest.approx(80)
    assert track.raw_length_m == pytest.approx(20 + 300 + math.hypot(40, 300) + 20)


# --- what is removed ---


def test_the_same_place_and_moment_again_is_dropped():
    track = clean([(0, 0), (20, 0), (20, 0), (40, 0)], [0, 20, 20, 40])
    assert (track.removed, len(places(track))) == (1, 3)


def test_a_second_place_at_the_same_moment_is_dropped():
    track = clean([(0, 0), (20, 0), (90, 0), (40, 0)], [0, 20, 20, 40])
    assert places(track) == [(0, 0), (20, 0), (40, 0)]


def test_a_segment_that_stands_twice_is_walked_once():
    line = [(0, 0), (20, 0), (40, 0)]
    timed = clean(line + line, [0, 20, 40] * 2, [0, 0, 0, 1, 1, 1])
    untimed = clean(line + line, None, [0, 0, 0, 1, 1, 1])
    for track in (timed, untimed):
        assert (track.length_m, track.removed) == (pytest.approx(40), 3)


def test_a_round_walked_twice_is_walked_twice():
    loop = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    track = clean(loop + loop[1:], np.arange(9) * 100)
    assert track.length_m == pytest.approx(800)
    assert clean(loop + loop[1:]).length_m == pytest.approx(800)


def test_two_spikes_with_a_right_point_between_are_gone():
    metres = straight(7)
    metres[2], metres[4] = (40, 400), (80, 400)
    track = clean(metres, np.arange(7) * 20)
    assert all(y == 0 for _, y in places(track))
    assert track.length_m == pytest.approx(120)


def test_three_metres_a_second_is_still_a_walk():
    assert clean(straight(5, 3.0), np.arange(5) * 1.001).removed == 0
    assert clean(straight(5, 3.0), np.arange(5) * 0.9).removed == 3


def test_a_first_fix_far_away_is_not_walked_from():
    track = clean([(900, 0), *straight(4)], np.arange(5) * 20)
    assert (track.length_m, track.removed) == (pytest.approx(60), 1)


def test_a_bus_ride_is_no_line():
    metres = [*straight(4), *((60 + 300 * n, 0.0) for n in range(1, 9)), (2480, 0), (2500, 0)]
    seconds = [0, 20, 40, 60, *(60 + 20 * n for n in range(1, 9)), 240, 260]
    track = clean(metres, seconds)
    assert len(track.geometry.geoms) == 2
    assert track.length_m == pytest.approx(60 + 40)
    assert track.minutes == pytest.approx((60 + 40) / 60)


def test_a_small_jump_is_noise_and_breaks_no_line():
    track = clean([(0, 0), (20, 0), (45, 0), (65, 0)], [0, 20, 24, 44])
    assert len(track.geometry.geoms) == 1


def test_a_pause_becomes_one_place_with_arrival_and_departure():
    rng = np.random.default_rng(0)
    pause = (rng.normal(0, 1.5, (40, 2)) + [60, 0]).tolist()
    metres = [*straight(3), *pause, (80, 0), (100, 0)]
    seconds = [0, 20, 40, *(60 + 10 * np.arange(40)), 470, 490]
    track = clean(metres, seconds)
    assert track.removed == 38
    assert track.length_m == pytest.approx(100, abs=4)
    assert track.minutes == pytest.approx(490 / 60)
    lasted = np.diff(track.seconds[0])
    assert lasted.max() == 390 and mean_speeds(track)[0][lasted.argmax()] == 0


@pytest.mark.parametrize(
    ("apart", "lasts", "collapsed"),
    [(9.9, 61, True), (10.1, 61, False), (9.9, 60, False)],
)
def test_a_pause_is_less_than_ten_metres_for_more_than_a_minute(apart, lasts, collapsed):
    metres = [(0, 0), (100, 0), (100 + apart, 0), (200, 0)]
    track = clean(metres, [0, 100, 100 + lasts, 300])
    assert (places(track)[1] == places(track)[2]) is collapsed


def test_segments_are_never_joined():
    track = clean([*straight(3), (500, 0), (520, 0)], [0, 20, 40, 600, 620], [0, 0, 0, 1, 1])
    assert [len(part.coords) for part in track.geometry.geoms] == [3, 2]
    assert track.length_m == pytest.approx(60)
    assert track.minutes == pytest.approx(1.0)
    assert [part.tolist() for part in track.seconds] == [[0, 20, 40], [600, 620]]


# --- times ---


def test_utc_becomes_swedish_time_in_summer_and_winter():
    summer = clean_track(
        [12.28, 12.2801], [58.28, 58.28], ["2026-07-03T19:00Z", "2026-07-03T19:01Z"]
    )
    assert str(summer.started_at) == "2026-07-03 21:00:00+02:00"
    naive = np.array(["2026-02-13T20:00", "2026-02-13T20:01"], dtype="datetime64[s]")
    assert str(clean_track([12.28, 12.2801], [58.28, 58.28], naive).ended_at) == (
        "2026-02-13 21:01:00+01:00"
    )


def test_the_night_the_clock_goes_back_lasts_as_long_as_it_lasted():
    track = clean_track(*degrees(straight(200)), moments(np.arange(200) * 20, "2026-10-25 00:00"))
    assert track.minutes == pytest.approx(199 / 3)
    assert (track.started_at.hour, track.ended_at.hour) == (2, 2)


def test_without_times_there_is_a_line_and_no_hours():
    track = clean([(0, 0), (20, 0), (20, 0), (2000, 0)])
    assert (track.length_m, track.removed) == (pytest.approx(2000), 1)
    assert math.isnan(track.minutes) and track.started_at is pd.NaT
    assert seconds_as_text(track) is None


def test_a_point_between_two_moments_gets_its_own():
    time = list(moments([0, 0, 0, 60, 0]))
    time[1] = time[2] = time[4] = None
    track = clean_track(*degrees([(0, 0), (20, 0), (50, 0), (60, 0), (80, 0)]), time)
    assert track.seconds[0][:4].round(3).tolist() == [0, 20, 50, 60]
    assert math.isnan(track.seconds[0][4])


def test_points_kept_backwards_are_put_in_order():
    forward, backward = straight(5), straight(5)[::-1]
    assert (
        clean(backward, [80, 60, 40, 20, 0]).length_m == clean(forward, range(0, 100, 20)).length_m
    )


def test_a_moment_that_goes_back_is_not_believed():
    track = clean(straight(6), [0, 20, 40, 5, 80, 100])
    assert places(track) == straight(6) and track.retimed == 1 and track.removed == 0
    assert track.seconds[0].round(3).tolist() == [0, 20, 40, 60, 80, 100]
    assert track.minutes == pytest.approx(100 / 60)


def test_a_moment_that_goes_back_beside_one_that_is_missing():
    time = list(moments([0, 20, 40, 5, 80, 100]))
    time[4] = None
    track = clean_track(*degrees(straight(6)), time)
    assert track.retimed == 1 and track.seconds[0].round(3).tolist() == [0, 20, 40, 60, 80, 100]


def test_points_of_which_two_changed_places_are_put_in_order():
    metres = straight(6)
    metres[2], metres[3] = metres[3], metres[2]
    track = clean(metres, [0, 20, 60, 40, 80, 100])
    assert places(track) == straight(6) and track.retimed == 0


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12))
@examples(60)
def test_the_longest_rise_is_the_longest(values):
    run = _longest_rise(np.array(values, dtype=float))
    taken = [values[position] for position in run]
    assert run == sorted(set(run)) and taken == sorted(taken)
    every = (
        chosen
        for size in range(len(run) + 1, len(values) + 1)
        for chosen in itertools.combinations(values, size)
    )
    assert not any(list(chosen) == sorted(chosen) for chosen in every)


# --- edges ---


@pytest.mark.parametrize("metres", [[], [(0, 0)], [(0, 0), (0, 0)]])
def test_too_little_for_a_line_is_an_empty_one(metres):
    lon, lat = degrees(metres) if metres else ([], [])
    track = clean_track(lon, lat, moments(np.arange(len(metres))))
    assert not track.has_line and track.length_m == 0
    assert trim_ends(track).geometry.is_empty


def test_points_without_a_place_are_removed_and_said():
    lon, lat = degrees(straight(4))
    track = clean_track([*lon, np.nan, np.inf, 999], [*lat, 58.0, 58.0, 1.0])
    assert track.removed == 3 and track.length_m == pytest.approx(60)


def test_unequal_columns_are_refused():
    with pytest.raises(AnalysisError) as raised:
        clean_track([12.0, 12.1], [58.0])
    assert raised.value.cause is AnalysisCause.LENGTHS_DIFFER


# --- against the rules written out ---


def _rules(points):
    """The rules for one segment with moments, one point at a time: (x, y, t) in, kept out."""
    seen, kept = set(), []
    for point in points:
        if point[2] not in seen:
            seen.add(point[2])
            kept.append(point)
    while True:
        fast = [
            math.dist(a[:2], b[:2]) > 3 * (b[2] - a[2])
            for a, b in zip(kept, kept[1:], strict=False)
        ]
        spikes = {n for n in range(1, len(kept) - 1) if fast[n - 1] and fast[n]}
        if not spikes:
            break
        kept = [point for n, point in enumerate(kept) if n not in spikes]
    out, first = [], 0
    while first < len(kept):
        end = first + 1
        while end < len(kept) and math.dist(kept[end][:2], kept[first][:2]) < 10:
            end += 1
        if kept[end - 1][2] - kept[first][2] > 60:
            run = kept[first:end]
            middle = [float(np.median([p[axis] for p in run])) for axis in (0, 1)]
            centre = min(run, key=lambda p: round(math.dist(p[:2], middle), 3))
            out += [(*centre[:2], run[0][2]), (*centre[:2], run[-1][2])]
            first = end
        else:
            out.append(kept[first])
            first += 1
    return out


@given(st.integers(0, 10_000))
@examples(60)
def test_cleaning_is_the_rules_written_out(seed):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 120))
    pace = rng.choice([0.0, 0.2, 1.2, 4.0], count, p=[0.3, 0.2, 0.4, 0.1])
    seconds = np.cumsum(rng.integers(0, 25, count)).astype(float)
    steps = pace * np.diff(seconds, prepend=0) + rng.normal(0, 1, count)
    metres = np.column_stack([np.cumsum(steps), rng.normal(0, 2, count)])
    metres[rng.random(count) < 0.05] += 30  # thrown aside, but less far than a jump
    track = clean(metres, seconds)
    wanted = _rules([(*map(float, xy), t) for xy, t in zip(metres, seconds, strict=True)])
    # Where the line is broken at a jump, single points are lost: compare what is walked.
    parts, jump = [[]], None
    for point in wanted:
        if jump is not None:
            step = math.dist(point[:2], jump[:2])
            if step > 50 and step > 3 * (point[2] - jump[2]):
                parts.append([])
        parts[-1].append(point)
        jump = point
    parts = [part for part in parts if len({point[:2] for point in part}) > 1]
    assert [len(part) for part in parts] == [len(line.coords) for line in track.geometry.geoms]
    flat = [point for part in parts for point in part]
    ours, theirs = (
        np.array(at, dtype=float).reshape(-1, 2)
        for at in (places(track), [point[:2] for point in flat])
    )
    assert np.allclose(ours, theirs, atol=0.002)
    assert track.removed == count - len(flat)


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=2, max_size=40))
@examples(40)
def test_nothing_left_needs_too_much_speed_on_both_sides(metres):
    track = clean(metres, np.arange(len(metres)) * 60.0)
    for speed in mean_speeds(track):
        fast = speed > 3 + 1e-6
        assert not (fast[:-1] & fast[1:]).any()


# --- trimming ---


# --- stored and back ---


def test_a_stored_track_comes_back():
    track = clean([*straight(3), (500, 0), (520, 0)], [0, 20, 40, 600, 620], [0, 0, 0, 1, 1])
    row = {
        "started_at": [track.started_at.tz_convert("UTC"), pd.NaT],
        "ended_at": [track.ended_at.tz_convert("UTC"), pd.NaT],
        "length_m": [track.length_m, np.nan],
        "raw_length_m": [track.raw_length_m, np.nan],
        "minutes": [track.minutes, np.nan],
        "removed": [track.removed, 0],
        "vertex_seconds": [seconds_as_text(track), None],
    }
    walks = gpd.GeoDataFrame(row, geometry=[track.geometry, None], crs=3006)
    found, nothing = tracks_of(walks)
    assert found.geometry.equals(track.geometry) and found.started_at == track.started_at
    assert [part.tolist() for part in found.seconds] == [part.tolist() for part in track.seconds]
    assert not nothing.has_line and nothing.started_at is pd.NaT


def test_seconds_that_do_not_fit_the_line_are_not_known():
    line = shapely.LineString([(0, 0), (1, 0), (2, 0)])
    row = {
        **dict.fromkeys(("started_at", "ended_at"), [pd.NaT]),
        **dict.fromkeys(("length_m", "raw_length_m", "minutes", "removed"), [2]),
        "vertex_seconds": ["[[0,1]]"],
    }
    (found,) = tracks_of(gpd.GeoDataFrame(row, geometry=[line], crs=3006))
    assert np.isnan(found.seconds[0]).tolist() == [True] * 3


def test_a_missing_moment_is_null_in_the_store():
    line = shapely.MultiLineString([[(0, 0), (1, 0)]])
    text = seconds_as_text(Track(line, 1, 1, 0, seconds=(np.array([0.0, np.nan]),)))
    assert text == "[[0.0,null]]"
