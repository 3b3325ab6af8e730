"""Series: the trend against a fit by hand, the season against Garwood, days against a counter."""

from collections import Counter
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.properties import examples
from trygghetskarta.analysis.rates import incidence_rate
from trygghetskarta.analysis.temporal import (
    EVENTS_FOR_TREND,
    MEAN_MONTH,
    daily_counts,
    season,
    trend,
)
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.verdicts import Verdict


def months(n: int, first: str = "2020-01-01") -> pd.DatetimeIndex:
    return pd.date_range(first, periods=n, freq="MS")


def quasi_poisson(counts: np.ndarray, when: pd.DatetimeIndex) -> tuple[float, float, float]:
    """Slope, its standard error and the dispersion, by weighted least squares until it stands.

    The error knows what lasts from month to month, by moments of the residuals.
    """
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
    weighted = design * np.sqrt(mu)[:, None]
    told = np.linalg.inv(information) @ weighted.T
    left = np.eye(len(counts)) - weighted @ told
    number = when.year.to_numpy() * 12 + when.month.to_numpy()
    noise = lasting((counts - mu) / np.sqrt(mu), left, number)
    return beta[-1], np.sqrt((told @ noise @ told.T)[-1, -1]), max(1.0, dispersion)


def lasting(left_over: np.ndarray, projector: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Covariance of what a fit leaves: chance, and what falls by the same share each month."""
    degrees = np.trace(projector)
    more = (left_over**2).sum() - degrees
    next_to = np.array([[0.5 * (abs(a - b) == 1) for b in number] for a in number])
    found = 0.0
    if more > 0.1 * degrees:
        seen = (left_over @ next_to @ left_over - np.trace(next_to @ projector)) / more
        shares = np.arange(91) / 100

        def expected(share: float) -> float:
            like = share ** np.abs(number[:, None] - number[None, :]).astype(float)
            both = projector @ next_to @ projector @ like
            return np.trace(both) / np.trace(projector @ like)

        found = min(shares, key=lambda share: abs(expected(share) - seen))
    like = max(found, 0.5) ** np.abs(number[:, None] - number[None, :]).astype(float)
    return np.eye(len(number)) + max(0.0, more / np.trace(projector @ like)) * like


def test_where_nothing_changes_few_trends_are_called_sure():
    """What lasts from month to month made every fourth one sure."""
    rng = np.random.default_rng(2614)
    when, sure = months(60), 0
    for _ in range(120):
        latent = [rng.normal()]
        for _month in range(59):
            latent.append(0.6 * latent[-1] + 0.8 * rng.normal())
        mean = 60 * (1 + 0.25 * np.sin(2 * np.pi * np.arange(60) / 12))
        spread = np.log1p(2 / mean)
        rate = mean * np.exp(np.sqrt(spread) * np.array(latent) - spread / 2)
        sure += trend(pd.Series(rng.poisson(rate), when)).p_value < 0.05
    assert sure / 120 < 0.12


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
