"""Weighted shares against published figures and independent libraries; breaks of a series."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.weightstats import DescrStatsW

from tests.properties import examples
from trygghetskarta.analysis.survey import series_segments, share_interval, weighted_share
from trygghetskarta.errors import AnalysisCause, AnalysisError


def shares(yes: list[float], weights: list[float] | None = None, groups="A", **how):
    answer = pd.Series(yes, dtype=float)
    weight = None if weights is None else pd.Series(weights)
    group = pd.Series(groups if isinstance(groups, list) else [groups] * len(yes))
    return weighted_share(answer, weight, group, **how)


@pytest.mark.parametrize(
    ("yes", "n", "lower", "upper"),
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3 (Wilson's score).
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_unweighted_shares_have_newcombes_published_limits(yes, n, lower, upper):
    found = shares([1] * yes + [0] * (n - yes), fewest=1).loc["A"]
    assert found["share"] == pytest.approx(yes / n)
    assert found["lower"] == pytest.approx(lower, abs=5e-5)
    assert found["upper"] == pytest.approx(upper, abs=5e-5)
    assert found["n"] == found["n_effective"] == n


def test_equal_weights_give_scipys_interval_whatever_their_size():
    ours = shares([1] * 33 + [0] * 41, [2.5] * 74).loc["A"]
    theirs = binomtest(33, 74).proportion_ci(method="wilson")
    assert ours["lower"] == pytest.approx(theirs.low) and ours["upper"] == pytest.approx(
        theirs.high
    )


def test_weights_by_head():
    """30 answers of weight 1 (yes) and 10 of weight 3 (no): 30 of 60, n_eff = 60² / 120 = 30."""
    found = shares([1] * 30 + [0] * 10, [1.0] * 30 + [3.0] * 10).loc["A"]
    assert found[["share", "n", "n_effective"]].tolist() == [0.5, 40, 30.0]
    half = shares([1] * 15 + [0] * 15).loc["A"]
    assert found[["lower", "upper"]].tolist() == pytest.approx(half[["lower", "upper"]].tolist())


def test_the_weighted_share_is_that_of_an_independent_library():
    random = np.random.default_rng(5)
    yes, w = random.integers(0, 2, 200), random.gamma(2, 1, 200)
    found = shares(list(yes), list(w)).loc["A"]
    assert found["share"] == pytest.approx(DescrStatsW(yes, weights=w).mean)


def test_29_answers_tell_nothing_and_30_do():
    found = shares([1] * 59, groups=["A"] * 29 + ["B"] * 30)
    assert found.loc["A", ["share", "lower", "upper"]].isna().all()
    assert found["n"].tolist() == [29, 30] and found.loc["B", "share"] == 1


def test_self_selected_answers_have_a_share_and_no_interval():
    found = shares([1, 0] * 50, self_selected=True).loc["A"]
    assert found["share"] == 0.5 and found[["lower", "upper"]].isna().all()


def test_what_is_missing_takes_no_part():
    found = shares([1] * 30 + [np.nan, 0], [1.0] * 31 + [np.nan]).loc["A"]
    assert found["n"] == 30 and found["share"] == 1
    assert shares([1.0] * 30, groups=[None] * 30).empty
    assert np.isnan(shares([1] * 30, [0.0] * 30).loc["A", "share"])


@pytest.mark.parametrize(
    ("arguments", "cause"),
    [
        ((pd.Series([1]), pd.Series([1, 2]), pd.Series(["A"])), AnalysisCause.LENGTHS_DIFFER),
        ((pd.Series([2]), None, pd.Series(["A"])), AnalysisCause.OUT_OF_RANGE),
        ((pd.Series([1]), pd.Series([-1.0]), pd.Series(["A"])), AnalysisCause.OUT_OF_RANGE),
        ((pd.Series([1]), pd.Series([np.inf]), pd.Series(["A"])), AnalysisCause.OUT_OF_RANGE),
    ],
)
def test_what_is_refused(arguments, cause):
    with pytest.raises(AnalysisError) as refused:
        weighted_share(*arguments)
    assert refused.value.cause is cause


@examples(60)
@given(
    st.lists(st.tuples(st.integers(0, 1), st.floats(0.05, 20)), min_size=30, max_size=90),
    st.floats(0.1, 50),
)
def test_the_interval_holds_the_share_and_no_scale_of_weights_matters(rows, scale):
    yes, weights = zip(*rows, strict=True)
    found = shares(list(yes), list(weights)).loc["A"]
    assert 0 <= found["lower"] <= found["share"] + 1e-12
    assert found["share"] - 1e-12 <= found["upper"] <= 1
    assert 1 <= found["n_effective"] <= found["n"] + 1e-9
    scaled = shares(list(yes), [weight * scale for weight in weights]).loc["A"]
    assert scaled.tolist() == pytest.approx(found.tolist())


def test_a_share_without_answers_has_no_interval():
    assert share_interval(pd.Series([0.5, np.nan]), pd.Series([0.0, 5.0])).isna().all(axis=None)


def test_a_series_breaks_where_the_method_does():
    rounds = pd.DataFrame(
        [
            ("A", "oppen_webb", None),
            ("A", "slumpmassigt_urval", None),
            ("A", "slumpmassigt_urval", None),
            ("A", "slumpmassigt_urval", "brev"),
            ("B", "slumpmassigt_urval", "brev"),
        ],
        columns=["survey", "sampling_method", "method_key"],
    )
    assert series_segments(rounds).tolist() == [0, 1, 1, 2, 3]
    assert series_segments(rounds[:0]).empty
    unknown = rounds[:2].assign(sampling_method="panel", method_key=float("nan"))
    assert series_segments(unknown).tolist() == [0, 0]
