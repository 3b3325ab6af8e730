"""Walks are put together from segments, known again, and kept within Sweden."""

import uuid

import numpy as np
import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers.recordings import Recording, is_uuid, named, occasions, usable


def recording(lon, lat, times=None, segment=None):
    count = len(lon)
    time = np.array(times or ["NaT"] * count, dtype="datetime64[us]")
    part = np.zeros(count, int) if segment is None else np.array(segment)
    return Recording(np.array(lon, float), np.array(lat, float), time, part)


def minutes(*numbers):
    return [str(np.datetime64("2026-02-13T20:00", "us") + np.timedelta64(n, "m")) for n in numbers]


def test_the_same_track_has_the_same_name_whatever_its_segments_and_decimals():
    one = recording([12.29, 12.30], [58.28, 58.28], minutes(0, 1))
    other = recording([12.2900001, 12.30], [58.28, 58.28], minutes(0, 1), [0, 1])
    assert one.walk_id == other.walk_id
    assert uuid.UUID(one.walk_id).version == 5
    later = recording([12.29, 12.30], [58.28, 58.28], minutes(0, 2))
    assert later.walk_id != one.walk_id


def test_two_hours_apart_is_still_one_walk():
    def at(first):
        return recording([12.2, 12.3], [58.2, 58.2], minutes(first, first + 1))

    assert len(occasions([at(0), at(121)])) == 1
    assert len(occasions([at(0), at(122)])) == 2
    assert len(occasions([at(122), at(0), at(60)])) == 1


def way(first, count, *, north=58.283, east=0.0, step=1):
    """A way to the north, a point a minute and 44 metres."""
    at = np.arange(0, count, step)
    times = minutes(*(first + at).tolist())
    return recording(np.full(len(at), 12.288) + east, north + 0.0004 * at, times)


def test_a_second_device_of_the_same_party_is_left_out_and_counted():
    # The second knows half of the minutes, begins one later and lies some ten metres beside.
    (walk,) = occasions([way(0, 12), way(1, 11, north=58.28345, east=0.0001, step=2)])
    assert len(walk) == 12 and walk.alongside == 6
    assert walk.segment.max() == 0
    # The one with more points is kept, whichever comes first in the file; a third as well.
    (walk,) = occasions([way(0, 12, step=2), way(0, 12), way(0, 12, step=3)])
    assert len(walk) == 12 and walk.alongside == 6 + 4


def test_what_the_second_device_alone_knows_is_kept():
    # The first went out after 12 minutes, or the one with more points began later.
    (walk,) = occasions([way(0, 12), way(4, 14, step=2, north=58.283 + 0.0004 * 4)])
    assert walk.alongside == 4 and len(walk) == 12 + 3
    assert str(walk.time.max()) == minutes(16)[0] and walk.segment.max() == 1
    (walk,) = occasions([way(0, 12, step=2), way(4, 14, north=58.283 + 0.0004 * 4)])
    assert walk.alongside == 4 and len(walk) == 2 + 14
    assert (np.diff(walk.time.astype("int64")) > 0).all() and walk.segment[2] == 1


def test_devices_that_went_different_ways_at_the_same_time_are_two_walks():
    walks = occasions([way(0, 12), way(0, 12, east=0.02), way(20, 12)])
    assert [len(walk) for walk in walks] == [24, 12]  # goes on where it is nearest
    assert all(walk.alongside == 0 for walk in walks)


def test_segments_that_follow_each_other_or_barely_overlap_stay_one_walk():
    (walk,) = occasions([way(0, 12), way(11, 12), way(22, 12)])
    assert len(walk) == 36 and walk.alongside == 0
    many = [way(2 * n, 2) for n in range(3000)]
    assert [len(one) for one in occasions(many)] == [6000]


def test_segments_without_times_are_one_walk_and_empty_ones_none():
    bare = recording([12.2, 12.3], [58.2, 58.2])
    walks = occasions([bare, recording([], []), bare, recording([12.2], [58.2], minutes(0))])
    assert [len(walk) for walk in walks] == [1, 4]
    assert walks[1].segment.tolist() == [0, 0, 1, 1]
    assert occasions([]) == []


def test_a_point_at_zero_is_left_out_and_the_rest_kept():
    (walk,) = usable([recording([12.2, 0, 12.3], [58.2, 0, 58.2])], "a.gpx")
    assert walk.placed.tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("lon", "lat", "cause"),
    [
        ([], [], SourceCause.NO_TRACK),
        ([12.2], [58.2], SourceCause.NO_TRACK),
        ([np.nan] * 2, [np.nan] * 2, SourceCause.TRACK_WITHOUT_PLACES),
        ([14.3, 14.4], [45.7, 45.7], SourceCause.TRACK_ELSEWHERE),
        ([-81.0, -81.1], [32.0, 32.0], SourceCause.TRACK_ELSEWHERE),
        ([0.0, 0.0], [0.0, 0.0], SourceCause.TRACK_ELSEWHERE),
    ],
)
def test_what_cannot_be_drawn_is_refused(lon, lat, cause):
    with pytest.raises(SourceError) as raised:
        usable([recording(lon, lat)], "a.gpx")
    assert raised.value.cause is cause


def test_two_segments_of_one_point_are_no_track():
    with pytest.raises(SourceError):
        usable([recording([12.2, 12.3], [58.2, 58.2], None, [0, 1])], "a.gpx")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("3d0c1f7a-8f1b-4c55-9d4e-2a7f0b6c9e11", True),
        ("0B7A5C1E-3F64-4D2A-9C1B-5E8D7A2F6C30", True),
        ("vandring_01", False),
        ("1", False),
    ],
)
def test_a_uuid_is_known(text, known):
    assert is_uuid(text) is known


def test_names_are_uuids_of_their_kind():
    assert is_uuid(named("walk", "1")) and named("walk", "1") != named("track", "1")
