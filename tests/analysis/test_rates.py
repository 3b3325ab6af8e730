"""Rates against published limits, scipy's chi-square form and Marshall's formula by hand."""

import numpy as np
import pandas as pd
import pytest
from esda.smoothing import Empirical_Bayes
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import optimize, stats

from trygghetskarta.analysis.rates import (
    empirical_bayes_interval,
    empirical_bayes_rate,
    funnel_class,
    funnel_limits,
    funnel_variation,
    incidence_rate,
)
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.verdicts import OUTSIDE_95, OUTSIDE_998, WITHIN


@pytest.mark.parametrize(
    ("events", "lower", "upper"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_the_limits_are_garwoods_published_ones(events, lower, upper):
    # Exact limits of a Poisson mean, e.g. Ulm 1990, American Journal of Epidemiology 131, table 1.
    found = incidence_rate(pd.Series([events]), pd.Series([1000])).iloc[0]
    assert found["lower"] == pytest.approx(lower, abs=6e-4)
    assert found["upper"] == pytest.approx(upper, abs=6e-4)


@given(st.integers(1, 5000), st.integers(50, 100_000), st.floats(0.1, 5))
def test_the_limits_are_those_of_the_chi_square_distribution(events, people, years):
    found = incidence_rate(pd.Series([events]), pd.Series([people]), years=years).iloc[0]
    exposure = people * years / 1000
    assert found["rate"] == pytest.approx(events / exposure)
    assert found["lower"] == pytest.approx(stats.chi2.ppf(0.025, 2 * events) / 2 / exposure)
    assert found["upper"] == pytest.approx(stats.chi2.ppf(0.975, 2 * events + 2) / 2 / exposure)


def test_what_is_not_known_has_no_rate():
    count = pd.Series([5, 5, 5, np.nan], index=list("abcd"))
    people = pd.Series([1000, 49, np.nan, 1000], index=list("abcd"))
    for function in (incidence_rate, empirical_bayes_interval):
        found = function(count, people)
        assert found.index.tolist() == list("abcd")
        assert found["rate"].notna().tolist() == [True, False, False, False]
    assert empirical_bayes_rate(count, people).notna().tolist() == [True, False, False, False]


def marshall(events: list[int], people: list[int]) -> list[float]:
    """Marshall (1991), straight from the paper, in plain Python."""
    total = sum(people)
    m = sum(events) / total
    s2 = sum(n * (x / n - m) ** 2 for x, n in zip(events, people, strict=True)) / total
    a = max(0.0, s2 - m / (total / len(people)))
    shrunk = []
    for x, n in zip(events, people, strict=True):
        w = a / (a + m / n) if a > 0 else 0.0
        shrunk.append(1000 * (w * x / n + (1 - w) * m))
    return shrunk


@example([(0, 174), (0, 9000), (112, 50)])
@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(50, 9000)), min_size=2, max_size=20).filter(
        lambda rows: sum(count for count, _ in rows) > 0
    )
)
def test_the_smoothed_rate_is_marshalls_and_the_other_lies_in_its_interval(rows):
    events, people = (list(column) for column in zip(*rows, strict=True))
    count, population = pd.Series(events), pd.Series(people)
    rate = empirical_bayes_rate(count, population)
    assert rate.to_numpy() == pytest.approx(marshall(events, people), rel=1e-9, abs=1e-12)
    if rate.nunique() > 1:
        # esda does not cut the variance at 0: where it is, the areas are equal.
        peer = Empirical_Bayes(np.array(events), np.array(people)).r.ravel() * 1000
        assert rate.to_numpy() == pytest.approx(peer, rel=1e-9, abs=1e-12)
    interval = empirical_bayes_interval(count, population)
    assert (interval["lower"] <= interval["rate"]).all()
    assert (interval["rate"] <= interval["upper"]).all()


def integrated(events: list[int], exposure: list[float]) -> list[tuple[float, float, float]]:
    """The posterior by brute force: true rates, common mean and spread on one fine grid each."""
    log_mean = np.linspace(np.log(1e-2), np.log(1e4), 250)
    squared = np.linspace(1e-3, 9.0, 250)
    mean, spread = (one.ravel() for one in np.meshgrid(np.exp(log_mean), squared))
    weight = np.ones_like(mean)
    for one, at in zip(events, exposure, strict=True):
        # Gamma-Poisson is negative binomial with n = 1 / CV² and mean m·e.
        weight = weight * stats.nbinom.pmf(one, 1 / spread, 1 / (1 + mean * at * spread))
    likely = weight > 1e-7 * weight.sum()
    mean, spread, weight = mean[likely], spread[likely], weight[likely] / weight[likely].sum()
    found = []
    for one, at in zip(events, exposure, strict=True):
        posterior = stats.gamma(1 / spread + one, scale=1 / (1 / (spread * mean) + at))
        limits = (
            optimize.brentq(lambda x, p=p, of=posterior: of.cdf(x) @ weight - p, 1e-9, 1e4)
            for p in (0.025, 0.975)
        )
        found.append((posterior.mean() @ weight, *limits))
    return found


@pytest.mark.parametrize("events", [[12, 30, 9, 41], [20, 21, 19, 20], [3, 2, 1, 90]])
def test_the_interval_integrates_over_the_common_mean_and_the_spread(events):
    people = [1500, 3000, 900, 2500]
    found = empirical_bayes_interval(pd.Series(events), pd.Series(people))
    expected = integrated(events, [number / 1000 for number in people])
    assert found.to_numpy() == pytest.approx(np.array(expected), rel=0.02, abs=0.005)


@pytest.mark.parametrize("variation", [0.0, 0.2, 0.5])
def test_nineteen_intervals_of_twenty_hold_the_true_rate(variation):
    # Fifteen districts as large as Trollhättan's; benchmarks/rates.py does the same on a grid.
    rng = np.random.default_rng(814)
    people = pd.Series(np.linspace(1500, 9000, 15))
    held = []
    for _ in range(60):
        spread = max(variation, 1e-3) ** 2
        true = rng.gamma(1 / spread, 10 * spread, len(people))
        found = empirical_bayes_interval(pd.Series(rng.poisson(true * people / 1000)), people)
        held.append((found["lower"] <= true) & (true <= found["upper"]))
    # Of 900 intervals at 95 % fewer than 92.5 % would be three standard errors off.
    assert np.mean(held) > 0.925


def test_few_inhabitants_are_drawn_further_towards_the_common_rate():
    count, people = pd.Series([4, 400, 50]), pd.Series([100, 10_000, 10_000])
    crude = 1000 * count / people
    smooth = empirical_bayes_rate(count, people)
    common = 1000 * count.sum() / people.sum()
    small, large = 0, 1
    assert crude[small] == crude[large]
    assert abs(smooth[small] - common) < abs(smooth[large] - common)


def test_nothing_reported_anywhere_is_a_rate_of_0_with_an_upper_limit():
    found = empirical_bayes_interval(pd.Series([0, 0]), pd.Series([1000, 2000]))
    assert found["rate"].tolist() == [0.0, 0.0]
    assert found["upper"].to_numpy() == pytest.approx([-np.log(0.025), -np.log(0.025) / 2])


def test_the_funnel_marks_what_the_poisson_distribution_does():
    count = pd.Series([100, 100, 140, 200, 30])
    people = pd.Series([1000, 1000, 1000, 1000, np.nan])
    found = funnel_class(count, people, overdispersion=False)
    expected = count[:4].sum() / 4
    tails = [min(stats.poisson.cdf(n, expected), stats.poisson.sf(n - 1, expected)) for n in count]
    words = [OUTSIDE_998 if t < 0.001 else OUTSIDE_95 if t < 0.025 else WITHIN for t in tails[:4]]
    assert found.tolist()[:4] == words
    assert found.isna().tolist() == [False] * 4 + [True]
    assert len(set(words)) >= 2


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(50, 9000)), min_size=1, max_size=8).filter(
        lambda rows: sum(count for count, _ in rows) > 0
    )
)
def test_the_funnels_lines_are_where_its_classes_change(rows):
    count, people = (pd.Series(column) for column in zip(*rows, strict=True))
    rate, variation = 1000 * count.sum() / people.sum(), funnel_variation(count, people)
    lines = funnel_limits(rate, people, variation=variation)
    # Back to whole counts, so that rounding in the rate does not decide.
    low, high, low_far, high_far = (
        (lines[name] * people / 1000).round()
        for name in ("lower_95", "upper_95", "lower_998", "upper_998")
    )
    far = (count < low_far) | (count > high_far)
    words = np.where(far, OUTSIDE_998, np.where((count < low) | (count > high), OUTSIDE_95, WITHIN))
    assert funnel_class(count, people).tolist() == words.tolist()


def test_the_variation_is_what_the_rates_were_drawn_with_and_one_outlier_does_not_raise_it():
    rng = np.random.default_rng(515)
    people = pd.Series(np.linspace(1500, 9000, 40))
    drawn = [rng.poisson(rng.gamma(1 / 0.09, 30 * 0.09, 40) * people / 1000) for _ in range(60)]
    found = [funnel_variation(pd.Series(counts), people) for counts in drawn]
    assert np.mean(found) == pytest.approx(0.3, abs=0.03)
    odd = [pd.Series(np.where(people.index == 20, 8 * counts, counts)) for counts in drawn]
    assert np.mean([funnel_variation(counts, people) for counts in odd]) < 0.4
    outside = [funnel_class(pd.Series(counts), people) != WITHIN for counts in drawn]
    # Of 2 400 areas that differ like all others: 5 %, give or take three standard errors.
    assert np.mean(outside) == pytest.approx(0.05, abs=0.015)
    assert np.mean([funnel_class(counts, people)[20] == OUTSIDE_998 for counts in odd]) > 0.8


def test_the_funnels_lines_are_the_published_quantiles_and_need_inhabitants():
    # Poisson with mean 10: P(X <= 3) = 0.0103, P(X <= 4) = 0.0293, P(X <= 16) = 0.9730,
    # P(X <= 17) = 0.9857; P(X <= 2) = 0.0028, P(X <= 20) = 0.9984, P(X <= 21) = 0.9993.
    lines = funnel_limits(10, pd.Series([1000, 49, np.nan], index=list("abc")))
    limits = ["lower_95", "upper_95", "lower_998", "upper_998"]
    assert lines.loc["a", limits].tolist() == pytest.approx([4, 17, 2, 21])
    assert lines[limits].isna().all(axis=1).tolist() == [False, True, True]
    nothing = funnel_limits(0, pd.Series([1000]))
    assert nothing[limits].eq(0).all(axis=None)
    with pytest.raises(AnalysisError) as refused:
        funnel_limits(-1, pd.Series([1000]))
    assert refused.value.cause is AnalysisCause.OUT_OF_RANGE


@pytest.mark.parametrize("function", [incidence_rate, empirical_bayes_rate, funnel_class])
def test_impossible_input_is_refused(function):
    with pytest.raises(AnalysisError) as refused:
        function(pd.Series([1]), pd.Series([100, 100]))
    assert refused.value.cause is AnalysisCause.LENGTHS_DIFFER
    with pytest.raises(AnalysisError) as refused:
        function(pd.Series([-1]), pd.Series([100]))
    assert refused.value.cause is AnalysisCause.NEGATIVE_COUNT
