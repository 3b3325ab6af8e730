"""Clock times, heaps of midnight, and Swedish time."""

import pandas as pd
import pytest

from trygghetskarta.sources.fields import clock


def column(*cells):
    return pd.Series(list(cells), index=range(2, 2 + len(cells)), dtype="str")


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("21:30", 1290),
        ("21.30", 1290),
        ("21:30:15", 1290),
        ("kl 21.30", 1290),
        ("Klockan 9.05", 545),
        ("2130", 1290),
        ("0930", 570),
        ("930", 570),
        ("5", 300),
        ("0", 0),
        ("0000", 0),
        ("2400", 1440),
        ("24:00", 1440),
        ("0.7125", 1026),
        ("0,7125", 1026),
    ],
)
def test_forms(cell, minutes):
    found, broken = clock.parse_clock(column(cell))
    assert found[2] == minutes and not broken[2]


@pytest.mark.parametrize("cell", ["2599", "1260", "9999", "25:00", "kväll", "21:3", "12:60"])
def test_what_is_no_time(cell):
    found, broken = clock.parse_clock(column(cell, None))
    assert found.isna().all()
    assert broken.tolist() == [True, False]


def test_a_quarter_of_a_day_among_fractions():
    assert clock.parse_clock(column("0.25", "0.7125"))[0].tolist() == [360, 1026]
    assert clock.parse_clock(column("0.25", "17.03"))[0].tolist() == [25, 1023]


def moments(*cells):
    return pd.Series(pd.to_datetime(list(cells))).astype("datetime64[us]")


def test_midnights_alone_are_dates():
    found = clock.midnight_heap(moments("2021-01-01", "2021-01-02", None))
    assert found.tolist() == [True, True, False]


def test_a_few_midnights_among_other_times_are_believed():
    values = moments("2021-01-01 00:00", "2021-01-02 00:00", "2021-01-02 22:10", "2021-01-03 23:05")
    assert not clock.midnight_heap(values).any()


def test_a_heap_of_midnights_is_unknown_time():
    times = ["00:00"] * 5 + ["22:00"] * 2 + ["23:15"]
    found = clock.midnight_heap(moments(*(f"2021-01-0{n + 1} {t}" for n, t in enumerate(times))))
    assert found.tolist() == [True] * 5 + [False] * 3
    times = ["00:00"] * 4 + ["22:00"] * 2
    found = clock.midnight_heap(moments(*(f"2021-01-0{n + 1} {t}" for n, t in enumerate(times))))
    assert not found.any()


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-01-15 12:00", "2026-01-15 11:00"),
        ("2026-07-15 12:00", "2026-07-15 10:00"),
        ("2026-03-29 01:59", "2026-03-29 00:59"),
        ("2026-03-29 02:30", "2026-03-29 01:00"),
        ("2026-03-29 03:00", "2026-03-29 01:00"),
        ("2026-10-25 02:30", "2026-10-25 00:30"),
        ("2026-10-25 03:00", "2026-10-25 02:00"),
    ],
)
def test_swedish_time(local, utc):
    assert clock.to_utc(moments(local, None)).tolist()[0] == pd.Timestamp(utc, tz="UTC")


def test_missing_stays_missing():
    found = clock.to_utc(moments("2026-01-15 12:00", None))
    assert found.isna().tolist() == [False, True]
    assert str(found.dtype) == "datetime64[us, UTC]"
