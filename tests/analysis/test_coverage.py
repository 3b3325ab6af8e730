"""Silence between months that have many is missing data; everything else is a zero."""

import numpy as np
import pytest

from trygghetskarta.analysis.coverage import silences

ORIGIN = 12 * 53  # January 2023


def ask(held, source=None, day: int = 5):
    """Silences of a delivery that holds so many offences in each month, one row each."""
    held = np.asarray(held, dtype=int)
    months = np.repeat(np.arange(len(held)), held) + ORIGIN
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + day
    source = np.zeros(len(days), dtype=int) if source is None else np.repeat(source, held)
    found = silences(days, days, np.ones(len(days)), source)
    return [(first - ORIGIN, last - ORIGIN) for first, last in found]


def test_a_gap_between_full_months_is_seen_and_named():
    assert ask([40] * 5 + [0] * 3 + [40] * 5) == [(5, 7)]
    assert ask([40] * 5 + [0] + [40] * 5 + [0, 0] + [40] * 3) == [(5, 5), (11, 12)]


def test_one_straggler_after_the_gap_does_not_hide_it():
    assert ask([40] * 18 + [0] * 5 + [1]) == [(18, 22)]


def test_few_are_judged_by_the_length_of_their_silence():
    few = [3, 4, 2, 5, 3, 4] * 2
    assert ask(few + [0] + few) == []
    assert ask(few + [0] * 8 + few) == [(12, 19)]


def test_nothing_is_said_of_what_lies_outside_the_first_and_last_row():
    assert ask([0, 0, 0] + [40] * 6 + [0] * 6) == []
    assert ask([]) == [] and ask([40]) == [] and ask([0, 1]) == []


def test_what_is_silent_time_and_again_is_not_missing():
    assert ask([30, 0, 0, 0] * 6 + [30]) == []


def test_halves_of_years_that_were_never_delivered_are_seen():
    assert ask(([40] * 6 + [0] * 6) * 2 + [40] * 3) == [(6, 11), (18, 23)]


def test_a_sum_covers_every_month_that_it_is_of():
    quarter = np.array([0, 3, 6, 9, 12, 15]) + ORIGIN
    first = quarter.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    last = (quarter + 3).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - 1
    none = np.zeros(6, dtype=int)
    assert silences(first, last, np.full(6, 100), none) == ()
    # The same quarters kept as their first days, and one of them lost.
    assert silences(first, first, np.full(6, 100), none) == ()
    left = np.array([True, True, False, True, True, True])
    assert silences(first[left], first[left], np.full(5, 100), none[left]) == (
        (ORIGIN + 6, ORIGIN + 8),
    )


def test_one_source_of_two_can_miss_a_month_unless_the_other_takes_its_place():
    both = np.array([[40, 30]] * 12)
    months = np.repeat(np.arange(12), 2)
    source = np.tile([0, 1], 12)

    def of(held):
        rows = np.repeat(np.arange(24), held.ravel())
        days = (months[rows] + ORIGIN).astype("datetime64[M]").astype("datetime64[D]")
        return silences(
            days.astype(np.int64) + 4, days.astype(np.int64) + 4, np.ones(len(rows)), source[rows]
        )

    assert of(both) == ()
    lost = both.copy()
    lost[5:7, 1] = 0
    assert of(lost) == ((ORIGIN + 5, ORIGIN + 6),)
    renamed = lost.copy()
    renamed[5:7, 0] += 30
    assert of(renamed) == ()


@pytest.mark.parametrize(("level", "dispersion"), [(1, 2), (5, 2), (20, 2), (20, 4), (100, 4)])
def test_false_alarms_are_rare_and_a_lost_half_year_is_found(level, dispersion):
    """Seasons of ±40 %, years that differ by 15 %: at most one false alarm in 50 series."""
    draw = np.random.default_rng(20260214 + level + dispersion)
    false = found = 0
    for _ in range(50):
        years = int(draw.integers(2, 6))
        season = 1 + 0.4 * np.cos(2 * np.pi * (np.arange(12 * years) + draw.integers(12)) / 12)
        mean = level * season * np.exp(np.repeat(draw.normal(0, 0.15, years), 12))
        held = draw.negative_binomial(mean / (dispersion - 1), 1 / dispersion)
        false += bool(ask(held))
        start = int(draw.integers(3, 12 * years - 8))
        held[start : start + 6] = 0
        found += any(a <= start + 5 and start <= b for a, b in ask(held))
    assert false <= 1
    assert level < 10 or found >= 49
