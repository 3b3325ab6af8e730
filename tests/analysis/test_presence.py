"""Person-minutes add up, lie where and when people walked, and gaps are told."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import examples
from trygghetskarta.analysis.presence import presence, presence_gaps
from trygghetskarta.analysis.tracks import Track
from trygghetskarta.errors import AnalysisCause, AnalysisError

ZONE = "Europe/Stockholm"


def walk(metres, seconds, start="2026-02-13 21:00"):
    """A track through the given places; Friday 13 February 2026 at nine unless told."""
    at = pd.Timestamp(start, tz=ZONE)
    line = shapely.MultiLineString([metres])
    told = np.array(seconds, dtype=float)
    end = at + pd.Timedelta(seconds=float(told[-1]))
    return Track(line, line.length, told[-1] / 60, 0, line.length, at, end, (told,))


def hours_only(start, end):
    first, last = pd.Timestamp(start, tz=ZONE), pd.Timestamp(end, tz=ZONE)
    nothing = shapely.MultiLineString()
    return Track(nothing, 0.0, np.nan, 0, np.nan, first, last)


def sampled(track, cell, people, parts=20_000):
    """Time per cell by looking at many even moments: another way to the same answer."""
    moments = (np.arange(parts) + 0.5) / parts * track.seconds[0][-1]
    at = shapely.get_coordinates(track.geometry)
    x, y = (np.interp(moments, track.seconds[0], at[:, axis]) for axis in (0, 1))
    corners = zip(np.floor(x / cell) * cell, np.floor(y / cell) * cell, strict=True)
    names = pd.Series([f"{cell}E{int(west)}N{int(south)}" for west, south in corners])
    return names.value_counts() * track.minutes * people / parts


@given(st.integers(0, 10_000))
@examples(25)
def test_time_per_cell_is_that_of_many_looks(seed):
    rng = np.random.default_rng(seed)
    metres = rng.uniform(-300, 300, (6, 2))
    seconds = np.cumsum(rng.integers(60, 600, 6))
    track = walk(metres, seconds - seconds[0])
    found = presence([track], participants=[3])
    assert found.cells["person_minutes"].sum() == pytest.approx(found.person_minutes)
    wanted = sampled(track, 100, 3)
    ours = found.cells["person_minutes"]
    assert set(wanted.index) <= set(ours.index)
    assert np.allclose(ours, wanted.reindex(ours.index, fill_value=0), atol=0.02)


def test_each_cell_is_the_square_it_is_named_by():
    found = presence([walk([(342_050, 6_461_050), (342_150, 6_461_050)], [0, 100])])
    assert set(found.cells.index) == {"100E342000N6461000", "100E342100N6461000"}
    assert found.cells.loc["100E342000N6461000"].geometry.bounds == (
        342000,
        6461000,
        342100,
        6461100,
    )
    assert found.cells.crs.to_epsg() == 3006


def test_hours_of_the_week_are_swedish_and_split_at_the_hour():
    found = presence([walk([(0, 0), (120, 0)], [0, 7200], "2026-02-13 23:30")], participants=[2])
    assert found.by_hour.loc[4, 23] == pytest.approx(60)
    assert found.by_hour.loc[5, 0] == pytest.approx(120)
    assert found.by_hour.loc[5, 1] == pytest.approx(60)
    assert found.by_hour.to_numpy().sum() == pytest.approx(found.person_minutes) == 240


def test_time_between_two_parts_is_not_presence():
    parts = shapely.MultiLineString([[(0, 0), (50, 0)], [(0, 50), (50, 50)]])
    at = pd.Timestamp("2026-02-13 21:00", tz=ZONE)
    told = (np.array([0.0, 60.0]), np.array([3600.0, 3660.0]))
    track = Track(parts, 100, 2, 0, 100, at, at + pd.Timedelta(seconds=3660), told)
    found = presence([track])
    assert found.person_minutes == pytest.approx(2)
    assert found.by_hour.loc[4, 21] == pytest.approx(1) == found.by_hour.loc[4, 22]


def test_walks_that_know_less_are_counted_for_what_they_know():
    timeless = Track(shapely.MultiLineString([[(0, 0), (90, 0)]]), 90, np.nan, 0)
    evening = hours_only("2026-02-13 21:00", "2026-02-13 23:00")
    found = presence([timeless, evening], participants=[None, 4])
    assert (found.without_time, found.without_line, found.one_assumed) == (1, 1, 1)
    assert found.person_minutes == 480
    assert found.cells["person_minutes"].tolist() == [0.0]
    assert found.cells["passes"].tolist() == [1]


def test_a_line_with_hours_only_is_spread_evenly():
    line = shapely.MultiLineString([[(0, 0), (100, 0)], [(100, 0), (400, 0)]])
    at = pd.Timestamp("2026-02-13 21:00", tz=ZONE)
    track = Track(line, 400, np.nan, 0, 400, at, at + pd.Timedelta(hours=1))
    found = presence([track])
    assert found.person_minutes == 60
    assert found.cells["person_minutes"].round(6).tolist() == [15.0] * 4


def test_nobody_is_nothing():
    found = presence([])
    assert found.person_minutes == 0 and found.cells.empty
    assert found.by_hour.to_numpy().sum() == 0


def test_a_pause_stays_in_its_cell():
    found = presence([walk([(50, 50), (50, 50), (150, 50)], [0, 600, 700])])
    assert found.cells["person_minutes"].round(3).tolist() == [
        round(650 / 60, 3),
        round(50 / 60, 3),
    ]


@pytest.mark.parametrize(
    ("how", "cause"),
    [
        ({"cell": 0}, AnalysisCause.OUT_OF_RANGE),
        ({"participants": [1, 2]}, AnalysisCause.LENGTHS_DIFFER),
        ({"participants": [-1]}, AnalysisCause.NEGATIVE_COUNT),
    ],
)
def test_what_makes_no_sense_is_refused(how, cause):
    with pytest.raises(AnalysisError) as raised:
        presence([walk([(0, 0), (9, 0)], [0, 9])], **how)
    assert raised.value.cause is cause


# --- gaps ---

DISTRICTS = gpd.GeoDataFrame(
    {"area_code": ["A", "B"]},
    geometry=[shapely.box(0, -500, 1000, 500), shapely.box(1000, -500, 2000, 500)],
    crs=3006,
)


def slot(table, district, weekday, hour):
    chosen = table[(table["district_code"] == district) & (table["weekday"] == weekday)]
    return chosen[chosen["from_hour"] == hour].iloc[0]


def test_gaps_tell_where_nobody_walked_and_when_somebody_last_did():
    recent = walk([(100, 0), (900, 0)], [0, 3600], "2026-02-13 22:00")
    old = walk([(1100, 0), (1900, 0)], [0, 3600], "2025-11-07 22:10")
    table = presence_gaps([recent, old], DISTRICTS, date(2026, 2, 15))
    assert len(table) == 2 * 7 * 4
    assert slot(table, "A", 4, 22)["passes"] == 1
    gap = slot(table, "B", 4, 22)
    assert (gap["passes"], gap["to_hour"], gap["weeks"]) == (0, 24, 6)
    assert gap["last_pass"] == pd.Timestamp("2025-11-07")
    assert pd.isna(slot(table, "B", 5, 22)["last_pass"])


def test_a_walk_through_two_districts_counts_where_it_was_at_each_hour():
    both = walk([(500, 0), (1500, 0)], [0, 4 * 3600], "2026-02-13 20:00")
    table = presence_gaps([both], DISTRICTS, date(2026, 2, 15))
    assert slot(table, "A", 4, 20)["passes"] == 1 and slot(table, "B", 4, 20)["passes"] == 0
    assert slot(table, "B", 4, 22)["passes"] == 1 and slot(table, "A", 4, 22)["passes"] == 0


def test_passing_through_in_a_few_minutes_is_no_pass():
    table = presence_gaps(
        [walk([(100, 0), (900, 0)], [0, 540], "2026-02-13 22:00")], DISTRICTS, date(2026, 2, 15)
    )
    assert table["passes"].sum() == 0


def test_after_midnight_is_the_new_day():
    late = walk([(100, 0), (900, 0)], [0, 3600], "2026-02-14 00:15")
    table = presence_gaps([late], DISTRICTS, date(2026, 2, 15))
    assert slot(table, "A", 5, 0)["passes"] == 1 and slot(table, "A", 4, 22)["passes"] == 0


def test_a_walk_told_by_its_hours_counts_in_the_district_it_names():
    told = hours_only("2026-02-13 21:00", "2026-02-13 23:00")
    table = presence_gaps([told, told], DISTRICTS, date(2026, 2, 15), places=["B", None])
    assert slot(table, "B", 4, 20)["passes"] == 1 == slot(table, "B", 4, 22)["passes"]
    assert table["passes"].sum() == 2


def test_only_whole_weeks_back_and_nothing_later():
    days = ["2026-01-04", "2026-01-05", "2026-02-15", "2026-02-16"]
    walks = [walk([(100, 0), (900, 0)], [0, 3600], f"{day} 20:15") for day in days]
    table = presence_gaps(walks, DISTRICTS, date(2026, 2, 15))
    assert table["passes"].sum() == 2
    assert table["last_pass"].max() == pd.Timestamp("2026-02-15")


def test_no_walks_are_all_gaps():
    table = presence_gaps([], DISTRICTS, date(2026, 2, 15), weeks=2)
    assert (table["passes"] == 0).all() and table["last_pass"].isna().all()
    with pytest.raises(AnalysisError):
        presence_gaps([], DISTRICTS, date(2026, 2, 15), weeks=0)
    with pytest.raises(AnalysisError):
        presence_gaps([], DISTRICTS, date(2026, 2, 15), places=["A"])
