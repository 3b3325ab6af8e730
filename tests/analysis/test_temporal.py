"""When: against a loop over minutes, astral's own sunrise, published almanacs, a fit by hand."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from astral import Observer
from astral.sun import dawn, dusk, elevation, sunrise, sunset
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from tests.properties import examples
from trygghetskarta.analysis.rates import incidence_rate
from trygghetskarta.analysis.temporal import (
    EVENTS_FOR_TREND,
    LIGHTS,
    MEAN_MONTH,
    aoristic,
    aoristic_light,
    daily_counts,
    interval_quality,
    light,
    light_hours,
    light_shares,
    season,
    trend,
)
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms import Light, Verdict

SWEDEN = ZoneInfo("Europe/Stockholm")
TROLLHATTAN, GOTEBORG, LUND = (58.28, 12.29), (57.71, 11.97), (55.70, 13.19)
KIRUNA = (67.86, 20.23)


def moments(*told: str | None) -> pd.Series:
    """Swedish wall clock times as the store keeps them, in UTC."""
    local = pd.Series(pd.to_datetime(list(told), format="ISO8601").as_unit("us"))
    return local.dt.tz_localize("Europe/Stockholm").dt.tz_convert("UTC")


def utc(*told: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(told), utc=True))


def minute_loop(start: datetime, end: datetime) -> np.ndarray:
    """One interval, one minute at a time, in plain Python."""
    table = np.zeros((7, 24))
    minutes = max(1, round((end - start) / timedelta(minutes=1)))
    for step in range(minutes):
        local = (start + timedelta(minutes=step)).astimezone(SWEDEN)
        table[local.weekday(), local.hour] += 1 / minutes
    return table


# --- the hours of the week ---


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


# --- the light ---


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


# --- season and direction ---


def months(n: int, first: str = "2020-01-01") -> pd.DatetimeIndex:
    return pd.date_range(first, periods=n, freq="MS")


def quasi_poisson(counts: np.ndarray, when: pd.DatetimeIndex) -> tuple[float, float, float]:
    """Slope, its standard error and the dispersion, by weighted least squares until it stands."""
    present = sorted(set(when.month))
    season_columns = [[1.0 if m == month else 0.0 for month in present] for m in when.month]
    years = np.array([[day.year + day.month / 12] for day in when])
    design = np.hstack([season_columns, years - years.mean()])
    offset = np.log(when.days_in_month.to_numpy())
    eta = np.log(counts + 0.5)
    for _ in range(100):
        mu = np.exp(eta)
        working = eta - offset + (counts - mu) / mu
        information = design.T @ (design * mu[:, None])
        beta = np.linalg.solve(information, design.T @ (mu * working))
        eta = design @ beta + offset
    mu = np.exp(eta)
    dispersion = ((counts - mu) ** 2 / mu).sum() / (len(counts) - design.shape[1])
    scale = max(1.0, dispersion)
    return beta[-1], np.sqrt(np.linalg.inv(information)[-1, -1] * scale), scale


@examples(30)
@given(st.integers(0, 10**6), st.integers(36, 90), st.floats(5, 200), st.booleans())
def test_the_trend_is_that_of_a_fit_by_hand(seed, n, mean, is_wild):
    generator = np.random.default_rng(seed)
    when = months(n)
    wave = mean * (1 + 0.5 * np.sin(2 * np.pi * np.arange(n) / 12))
    counts = generator.negative_binomial(3, 3 / (3 + wave)) if is_wild else generator.poisson(wave)
    # Calendar months without offences have no say; a fit that keeps them does not come to rest.
    active = np.isin(when.month, when.month[counts > 0])
    slope, error, dispersion = quasi_poisson(counts[active].astype(float), when[active])
    found = trend(pd.Series(counts, when))
    reach = stats.t.ppf(0.975, active.sum() - len(set(when.month[active])) - 1)
    low, middle, high = (100 * np.expm1(slope + step * error) for step in (-reach, 0, reach))
    assert found.percent == pytest.approx(middle, rel=1e-3, abs=1e-3)
    assert (found.lower, found.upper) == pytest.approx((low, high), rel=1e-3, abs=1e-3)
    assert found.dispersion == pytest.approx(dispersion, rel=1e-4)
    assert (found.p_value < 0.05) == (low > 0 or high < 0)
    assert (found.months, found.events) == (n, counts.sum())


def test_a_doubling_every_other_year_is_41_percent_a_year():
    when = months(60)
    season_wave = 1 + 0.8 * np.sin(2 * np.pi * np.arange(60) / 12)
    counts = 40 * when.days_in_month * season_wave * 2 ** (np.arange(60) / 24)
    found = trend(pd.Series(counts, when))
    assert found.percent == pytest.approx(100 * (np.sqrt(2) - 1))
    assert found.verdict is Verdict.INCREASE
    assert found.dispersion == 1
    # Half the level two years earlier, no season left in it.
    level = found.level["level"]
    assert level.iloc[24:].to_numpy() == pytest.approx(2 * level.iloc[:-24].to_numpy())
    assert level.iloc[0] == pytest.approx(40 * MEAN_MONTH)
    assert (found.level["lower"] < level).all() and (level < found.level["upper"]).all()


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        (np.full(48, 20), Verdict.NO_CLEAR_CHANGE),
        (np.repeat([80, 60, 45, 30], 12), Verdict.DECREASE),
        # Offences in a single month of each year, very uneven: anything may be true.
        (np.concatenate([[n] + [0] * 11 for n in (20, 1, 30)]), Verdict.TOO_FEW),
    ],
)
def test_the_verdict_says_what_may_be_said(counts, verdict):
    found = trend(pd.Series(counts, months(len(counts))))
    assert found.verdict is verdict
    assert found.lower < found.percent < found.upper


def test_calendar_months_without_offences_change_nothing_of_the_direction():
    when = months(48)
    counts = pd.Series(np.where(when.month <= 6, 10 + (when.year - 2020) * 3, 0), when)
    found, only = trend(counts), counts[when.month <= 6]
    slope, error, _ = quasi_poisson(only.to_numpy(dtype=float), only.index)
    assert found.percent == pytest.approx(100 * np.expm1(slope))
    assert found.level.shape == (48, 3)
    # Half the months have nothing, so the mean month has about half of theirs.
    assert found.level["level"].mean() == pytest.approx(counts.mean(), rel=0.1)
    assert error > 0


@pytest.mark.parametrize(
    ("counts", "cause", "facts"),
    [
        (np.full(35, 9), AnalysisCause.TOO_FEW_PERIODS, {"found": 35, "needed": 36}),
        (np.full(36, 0), AnalysisCause.TOO_FEW, {"found": 0, "needed": EVENTS_FOR_TREND}),
        ([29] + [0] * 35, AnalysisCause.TOO_FEW, {"found": 29, "needed": EVENTS_FOR_TREND}),
        ([30] * 12 + [0] * 24, AnalysisCause.TOO_FEW_PERIODS, {"found": 12, "needed": 36}),
        ([0] * 24 + [30] * 12, AnalysisCause.TOO_FEW_PERIODS, {"found": 12, "needed": 36}),
        ([np.nan] + [9] * 35, AnalysisCause.TOO_FEW_PERIODS, {"found": 35, "needed": 36}),
        ([-1] + [9] * 35, AnalysisCause.NEGATIVE_COUNT, {}),
    ],
)
def test_a_direction_is_not_made_of_too_little(counts, cause, facts):
    with pytest.raises(AnalysisError) as refused:
        trend(pd.Series(counts, months(len(counts))))
    assert refused.value.cause is cause
    assert refused.value.facts == facts


@given(st.lists(st.integers(0, 60), min_size=36, max_size=72))
def test_every_series_has_a_trend_or_a_reason_without_a_warning(counts):
    try:
        found = trend(pd.Series(counts, months(len(counts))))
    except AnalysisError as error:
        assert error.cause in (AnalysisCause.TOO_FEW, AnalysisCause.TOO_FEW_PERIODS)
    else:
        assert found.lower <= found.percent <= found.upper
        assert np.isfinite(found.level.to_numpy()).all()


def test_months_of_unequal_length_with_the_same_pace_have_no_season():
    when = months(36)
    found = season(pd.Series(2 * when.days_in_month, when))
    assert found.index.tolist() == list(range(1, 13))
    assert found["mean"].to_numpy() == pytest.approx(2 * MEAN_MONTH)
    assert found["years"].tolist() == [3] * 12


def test_the_seasons_limits_are_garwoods_when_only_chance_is_at_work():
    counts = np.tile(np.arange(20, 32), 3)
    when = months(36, "2021-01-01")
    found = season(pd.Series(counts, when))
    days = pd.Series(when.days_in_month, when).groupby(when.month).sum()
    total = pd.Series(counts, when).groupby(when.month).sum()
    garwood = incidence_rate(total, days, per=MEAN_MONTH)
    assert found["mean"].to_numpy() == pytest.approx(garwood["rate"].to_numpy())
    assert found["lower"].to_numpy() == pytest.approx(garwood["lower"].to_numpy())
    assert found["upper"].to_numpy() == pytest.approx(garwood["upper"].to_numpy())


def test_more_than_chance_between_the_years_widens_the_limits():
    when = months(24)
    even = season(pd.Series(np.full(24, 50), when))
    uneven = season(pd.Series(np.repeat([20, 80], 12), when))
    assert (uneven["upper"] - uneven["lower"] > 2 * (even["upper"] - even["lower"])).all()


def test_a_month_that_is_not_known_has_no_mean_and_one_without_offences_is_0():
    when = months(36)
    counts = pd.Series(np.where(when.month == 2, 0, 5.0), when)
    counts[when.month == 7] = np.nan
    found = season(counts)
    assert found.loc[2, ["mean", "lower"]].tolist() == [0, 0]
    assert found.loc[2, "upper"] > 0
    assert found.loc[7, ["mean", "lower", "upper"]].isna().all()
    assert found.loc[7, "years"] == 0
    nothing = season(pd.Series(np.zeros(24), months(24)))
    assert nothing["mean"].eq(0).all() and nothing["upper"].gt(0).all()


def test_a_season_needs_two_years():
    with pytest.raises(AnalysisError) as refused:
        season(pd.Series(np.full(23, 9), months(23)))
    assert refused.value.cause is AnalysisCause.TOO_FEW_PERIODS
    assert refused.value.facts == {"found": 23, "needed": 24}


# --- the days of a year ---


@given(st.lists(st.tuples(st.dates(date(2023, 1, 1), date(2025, 12, 31)), st.integers(0, 9))))
def test_the_days_are_counted_as_a_counter_counts(rows):
    expected = Counter()
    for day, weight in rows:
        expected[day] += weight
    numbers = np.array([(day - date(1970, 1, 1)).days for day, _ in rows], dtype=np.int32)
    weights = np.array([weight for _, weight in rows], dtype=np.int64)
    found = daily_counts(numbers, 2024, weights)
    assert len(found) == 366
    assert all(found[pd.Timestamp(day)] == n for day, n in expected.items() if day.year == 2024)
    assert found.sum() == sum(n for day, n in expected.items() if day.year == 2024)


def test_dates_do_as_well_as_numbers_and_missing_ones_are_left_out():
    days = pd.Series(pd.to_datetime(["2023-02-28", None, "2022-12-31", "2023-02-28"]))
    found = daily_counts(days, 2023)
    assert len(found) == 365
    assert found["2023-02-28"] == 2 and found.sum() == 2
    unknown = np.array([-(2**31)], dtype=np.int32)
    assert daily_counts(unknown, 2023).sum() == 0


def test_a_year_out_of_range_and_lengths_that_differ_are_refused():
    with pytest.raises(AnalysisError) as refused:
        daily_counts(np.array([1]), 1)
    assert refused.value.cause is AnalysisCause.OUT_OF_RANGE
    with pytest.raises(AnalysisError) as refused:
        daily_counts(np.array([1]), 2024, np.array([1, 2]))
    assert refused.value.cause is AnalysisCause.LENGTHS_DIFFER
