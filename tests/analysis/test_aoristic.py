"""The hours of the week: against a loop over minutes and Ratcliffe's own example."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.analysis.moments import moments
from tests.properties import examples
from trygghetskarta.analysis.aoristic import aoristic, interval_quality
from trygghetskarta.errors import AnalysisCause, AnalysisError

SWEDEN = ZoneInfo("Europe/Stockholm")


def minute_loop(start: datetime, end: datetime) -> np.ndarray:
    """One interval, one minute at a time, in plain Python."""
    table = np.zeros((7, 24))
    minutes = max(1, round((end - start) / timedelta(minutes=1)))
    for step in range(minutes):
        local = (start + timedelta(minutes=step)).astimezone(SWEDEN)
        table[local.weekday(), local.hour] += 1 / minutes
    return table


def test_ratcliffes_own_example():
    # Eight hours from 8 to 16 are an eighth each (jratcliffe.net/aoristic-analysis).
    table = aoristic(moments("2024-03-06 08:00"), moments("2024-03-06 16:00"))
    assert table.loc[2, 8:15].tolist() == pytest.approx([0.125] * 8)
    assert table.to_numpy().sum() == pytest.approx(1)
    assert table.shape == (7, 24)
    assert table.index.name, table.columns.name == ("weekday", "hour")


def test_parts_of_hours_weigh_by_the_minute():
    table = aoristic(moments("2024-03-06 22:45"), moments("2024-03-07 00:15"))
    assert table.loc[2, 22] == pytest.approx(15 / 90)
    assert table.loc[2, 23] == pytest.approx(60 / 90)
    assert table.loc[3, 0] == pytest.approx(15 / 90)


@pytest.mark.parametrize("end", [None, "2024-03-06 22:45"])
def test_an_instant_is_in_its_hour(end):
    table = aoristic(moments("2024-03-06 22:45"), moments(end))
    assert table.loc[2, 22] == 1
    assert table.to_numpy().sum() == 1


def test_the_spring_night_has_no_hour_2():
    table = aoristic(moments("2024-03-31 00:00"), moments("2024-03-31 05:00"))
    assert table.loc[6, 0:5].tolist() == pytest.approx([0.25, 0.25, 0, 0.25, 0.25, 0])


def test_the_autumn_night_has_hour_2_twice():
    table = aoristic(moments("2024-10-27 00:00"), moments("2024-10-27 04:00"))
    assert table.loc[6, 0:4].tolist() == pytest.approx([0.2, 0.2, 0.4, 0.2, 0])


def test_longer_than_a_week_says_nothing_of_the_hour():
    table = aoristic(moments("2024-03-06 12:00"), moments("2024-03-13 12:01"))
    assert table.to_numpy() == pytest.approx(np.full((7, 24), 1 / 168))
    exact = aoristic(moments("2024-03-06 12:00"), moments("2024-03-13 12:00"))
    assert exact.to_numpy() == pytest.approx(np.full((7, 24), 1 / 168))


def test_rows_stand_for_as_many_offences_as_they_say():
    start = moments("2024-03-06 08:10", "2024-03-06 09:00", "2024-03-06 09:00")
    table = aoristic(start, start, pd.Series([3, 2, np.nan]))
    assert table.loc[2, 8:9].tolist() == [3, 2]


def test_what_cannot_be_used_is_left_out_and_counted():
    start = moments("2024-03-06 08:00", None, "2024-03-06 12:00", "2024-03-06 00:00", "2024-03-06")
    end = moments("2024-03-08 08:00", "2024-03-06", "2024-03-06 11:00", None, "2024-03-07")
    has_time = pd.Series([True, True, True, True, False])
    weights = pd.Series([1, 2, 4, 8, 16])
    told = start.where(has_time)
    assert aoristic(told, end, weights).to_numpy().sum() == pytest.approx(9)
    found = interval_quality(start, end, has_time, weights)
    assert (found.n, found.used, found.without_time, found.end_before_start) == (31, 9, 18, 4)
    assert (found.over_24_hours, found.over_a_week, found.at_midnight) == (1, 0, 8)
    assert found.share_over_24_hours == pytest.approx(1 / 9)
    assert found.share_at_midnight == pytest.approx(8 / 9)


def test_a_day_is_not_longer_than_24_hours():
    found = interval_quality(moments("2024-03-06 08:00"), moments("2024-03-07 08:00"))
    assert (found.over_24_hours, found.at_midnight) == (0, 0)


def test_nothing_gives_an_empty_table_and_no_share():
    nothing = moments()
    assert aoristic(nothing, nothing).to_numpy().sum() == 0
    found = interval_quality(nothing, nothing)
    assert found.n == 0
    assert np.isnan(found.share_over_24_hours) and np.isnan(found.share_at_midnight)


# 2024-03-25 00:00 UTC: a week before and after it holds the change to summer time.
BEGIN = datetime(2024, 3, 25, tzinfo=UTC)

AUTUMN = 216 * 1440
"""Minutes from ``BEGIN`` to the week of the change back."""

starts = st.integers(0, 8 * 1440) | st.integers(AUTUMN - 2 * 1440, AUTUMN + 1440)
spans = st.tuples(starts, st.integers(0, 2000) | st.integers(0, 168 * 60))


@examples(40)
@example([(0, 168 * 60)])
@given(st.lists(spans, min_size=1, max_size=5))
def test_the_table_is_that_of_a_loop_over_minutes(rows):
    begin = [BEGIN + timedelta(minutes=start) for start, _ in rows]
    end = [
        moment + timedelta(minutes=length) for moment, (_, length) in zip(begin, rows, strict=True)
    ]
    expected = sum(minute_loop(*pair) for pair in zip(begin, end, strict=True))
    found = aoristic(pd.Series(begin), pd.Series(end)).to_numpy()
    assert found == pytest.approx(expected, abs=1e-9)


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 10**9),
            st.none() | st.integers(-(10**6), 10**8),
            st.integers(0, 50),
        ),
        max_size=30,
    )
)
def test_the_table_adds_up_to_what_the_account_says(rows):
    first = [None if start is None else float(start) for start, _, _ in rows]
    last = [
        None if length is None else (start or 0.0) + length
        for start, (_, length, _) in zip(first, rows, strict=True)
    ]
    start, end = (
        pd.Series(pd.to_datetime(pd.Series(told, dtype="float64"), unit="s", utc=True))
        for told in (first, last)
    )
    weights = pd.Series([weight for *_, weight in rows], dtype="int64")
    table = aoristic(start, end, weights).to_numpy()
    account = interval_quality(start, end, weights=weights)
    assert (table >= 0).all()
    assert table.sum() == pytest.approx(account.used)
    assert account.n == weights.sum()
    assert account.n == account.used + account.without_time + account.end_before_start
    assert account.over_a_week <= account.over_24_hours <= account.used


@pytest.mark.parametrize("function", [aoristic, interval_quality])
def test_lengths_and_weights_are_checked(function):
    one, two = moments("2024-03-06"), moments("2024-03-06", "2024-03-07")
    for wrong in ((one, two), (two, two, None, pd.Series([1]))):
        if len(wrong) == 4 and function is aoristic:
            wrong = (two, two, pd.Series([1]))
        with pytest.raises(AnalysisError) as refused:
            function(*wrong)
        assert refused.value.cause is AnalysisCause.LENGTHS_DIFFER
    with pytest.raises(AnalysisError) as refused:
        function(one, one, weights=pd.Series([-1]))
    assert refused.value.cause is AnalysisCause.NEGATIVE_COUNT
    with pytest.raises(AnalysisError) as refused:
        interval_quality(two, two, pd.Series([True]))
    assert refused.value.cause is AnalysisCause.LENGTHS_DIFFER
