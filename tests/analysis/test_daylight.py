"""The light: against astral's own sunrise and published almanacs."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from astral import Observer
from astral.sun import dawn, dusk, elevation, sunrise, sunset
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.analysis.moments import moments
from trygghetskarta.analysis.daylight import (
    LIGHTS,
    aoristic_light,
    light,
    light_hours,
    light_shares,
)
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.times import Light

TROLLHATTAN = (58.28, 12.29)
GOTEBORG = (57.71, 11.97)
LUND = (55.70, 13.19)
KIRUNA = (67.86, 20.23)


def utc(*told: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(told), utc=True))


@pytest.mark.parametrize(
    ("place", "day", "up", "down"),
    [
        # Radio GBG, 21 December 2025: up 08:54, down 15:26.
        (GOTEBORG, "2025-12-21", "08:54", "15:26"),
        # bocksl.blogspot.com, 21 December 2014: up 08:35, down 15:36.
        (LUND, "2014-12-21", "08:35", "15:36"),
    ],
)
def test_sunrise_and_sunset_are_the_published_ones(place, day, up, down):
    margin = pd.Timedelta(minutes=3)
    risen, set_ = moments(f"{day} {up}"), moments(f"{day} {down}")
    around = pd.concat([risen - margin, risen + margin, set_ - margin, set_ + margin])
    words = ["civil_twilight", "daylight", "daylight", "civil_twilight"]
    assert light(around, *place).tolist() == words


def test_kirunas_midnight_sun_and_polar_night_are_the_published_ones():
    # The Local, 24 May 2022: the midnight sun reaches Kiruna on 28 May; kirunalapland.se: at the
    # winter solstice the sun does not rise, in January it is back.
    lowest = moments("2022-05-20 00:37", "2022-05-29 00:37", "2022-07-10 00:40", "2022-07-20 00:40")
    words = ["civil_twilight", "daylight", "daylight", "civil_twilight"]
    assert light(lowest, *KIRUNA).tolist() == words
    noons = moments("2022-12-21 11:37", "2023-01-10 11:47")
    assert light(noons, *KIRUNA).tolist() == ["civil_twilight", "daylight"]
    winter = light_hours(date(2022, 12, 21), date(2022, 12, 21), *KIRUNA)
    assert winter["daylight"] == 0 and winter["dark"] > 18
    assert light_hours(date(2022, 6, 1), date(2022, 7, 10), *KIRUNA)["daylight"] == 40 * 24


@pytest.mark.parametrize("place", [TROLLHATTAN, LUND])
def test_every_day_changes_at_astrals_dawn_sunrise_sunset_and_dusk(place):
    observer = Observer(*place)
    days = pd.date_range("2024-01-01", "2024-12-31", freq="3D")
    borders = [
        function(observer, day.date(), **more)
        for day in days
        for function, more in (
            (dawn, {"depression": 6}), (sunrise, {}), (sunset, {}), (dusk, {"depression": 6})
        )
    ]  # fmt: skip
    at, margin = pd.Series(pd.to_datetime(borders, utc=True)), pd.Timedelta(minutes=2)
    before, after = light(at - margin, *place), light(at + margin, *place)
    day = ["dark", "civil_twilight", "daylight", "civil_twilight"]
    assert before.tolist() == day * len(days)
    assert after.tolist() == (day[1:] + day[:1]) * len(days)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)),
    st.floats(55, 69.1),
    st.floats(10.9, 24.2),
)
def test_the_light_is_that_of_astrals_height_of_the_sun_everywhere_in_sweden(
    moment, latitude, longitude
):
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    height = elevation(Observer(latitude, longitude), moment, with_refraction=False)
    found = light(pd.Series([moment]), latitude, longitude)[0]
    if min(abs(height + 5 / 6), abs(height + 6)) > 0.02:
        expected = (
            Light.DAYLIGHT if height > -5 / 6
            else Light.CIVIL_TWILIGHT if height > -6
            else Light.DARK
        )  # fmt: skip
        assert found == expected


def test_a_missing_moment_has_no_light_and_the_index_is_kept():
    times = pd.Series(pd.to_datetime(["2024-06-21 10:00", None], utc=True), index=["a", "b"])
    found = light(times, *TROLLHATTAN)
    assert found.index.tolist() == ["a", "b"]
    assert found["a"] == "daylight" and pd.isna(found["b"])
    assert light(times[:0], *TROLLHATTAN).empty


@pytest.mark.parametrize("place", [(91, 12), (58, 181), (float("nan"), 12)])
def test_a_place_off_the_earth_is_refused(place):
    times, day = utc("2024-06-21 10:00"), date(2024, 6, 21)
    for call in (
        lambda: light(times, *place),
        lambda: light_hours(day, day, *place),
        lambda: aoristic_light(times, times, *place),
    ):
        with pytest.raises(AnalysisError) as refused:
            call()
        assert refused.value.cause is AnalysisCause.OUT_OF_RANGE


def test_the_hours_of_a_period_follow_the_clock():
    def hours(day):
        return light_hours(day, day, *TROLLHATTAN)

    assert hours(date(2024, 3, 31)).sum() == 23
    assert hours(date(2024, 10, 27)).sum() == 25
    year = light_hours(date(2023, 1, 1), date(2023, 12, 31), *TROLLHATTAN)
    assert year.sum() == 365 * 24
    assert year.index.tolist() == list(LIGHTS)
    # The sun is up a little more than half of every year, the more the further north.
    assert 0.51 < year["daylight"] / year.sum() < 0.53
    with pytest.raises(AnalysisError) as refused:
        light_hours(date(2024, 2, 1), date(2024, 1, 31), *TROLLHATTAN)
    assert refused.value.cause is AnalysisCause.NO_DAYS


def test_a_night_is_split_at_sunset_and_sunrise():
    # 21 December in Göteborg: from 15:26 sunset to 08:54 the next morning.
    start, end = moments("2025-12-21 13:26"), moments("2025-12-21 15:26")
    found = aoristic_light(start, end, *GOTEBORG)
    assert found["daylight"] == pytest.approx(1, abs=0.03)
    whole = aoristic_light(moments("2025-12-21"), moments("2025-12-22"), *GOTEBORG)
    assert whole["daylight"] == pytest.approx((6 + 32 / 60) / 24, abs=0.005)


def test_light_over_the_same_period_is_the_share_of_its_hours():
    start, end = moments("2024-01-01"), moments("2025-01-01")
    hours = light_hours(date(2024, 1, 1), date(2024, 12, 31), *TROLLHATTAN)
    found = aoristic_light(start, end, *TROLLHATTAN)
    assert found.to_numpy() == pytest.approx((hours / hours.sum()).to_numpy(), abs=1e-9)


def test_intervals_years_apart_do_not_disturb_each_other():
    start = moments("1995-06-21 12:00", "2024-12-21 22:00", "2024-06-21 12:00")
    end = moments("1995-06-21 13:00", "2024-12-22 02:00", None)
    found = aoristic_light(start, end, *TROLLHATTAN, pd.Series([2, 3, 4]))
    assert found.tolist() == pytest.approx([6, 0, 3])


def test_the_shares_have_clopper_and_pearsons_limits():
    counts = pd.Series([30.0, 0.0, 70.0], index=list(LIGHTS))
    hours = pd.Series([12.0, 2.0, 10.0], index=list(LIGHTS))
    found = light_shares(counts, hours)
    for word in LIGHTS:
        limits = stats.binomtest(int(counts[word]), 100).proportion_ci(method="exact")
        assert found.loc[word, ["lower", "upper"]].tolist() == pytest.approx(list(limits))
    assert found["time_share"].tolist() == pytest.approx([0.5, 1 / 12, 5 / 12])
    only = light_shares(counts.where(counts > 50, 0.0), hours)
    assert only.loc["dark", ["share", "upper"]].tolist() == [1, 1]


def test_no_offence_has_no_share():
    hours = pd.Series([1.0, 1.0, 1.0], index=list(LIGHTS))
    with pytest.raises(AnalysisError) as refused:
        light_shares(hours * 0, hours)
    assert refused.value.cause is AnalysisCause.NO_VALUES
    with pytest.raises(AnalysisError) as refused:
        light_shares(-hours, hours)
    assert refused.value.cause is AnalysisCause.NEGATIVE_COUNT
