"""Classes: every value in the class whose limits hold it; 0, hidden and missing apart."""

import mapclassify
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.analysis.classes import (
    bivariate_class,
    classify,
    classify_change,
    classify_fixed,
    ramp,
)
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.map_classes import HIDDEN, MISSING, UNDECIDED, ZERO
from trygghetskarta.terms.verdicts import Verdict

SCHEMES = {
    "quantiles": mapclassify.Quantiles,
    "equal_interval": mapclassify.EqualInterval,
    "natural_breaks": mapclassify.FisherJenks,
}


@pytest.mark.parametrize("scheme", [*SCHEMES, "head_tail"])
@given(values=st.lists(st.integers(0, 10_000), min_size=1, max_size=60), k=st.integers(2, 7))
def test_every_value_lies_within_the_limits_of_its_class(scheme, values, k):
    series = pd.Series(values, dtype=float)
    made = classify(series, scheme, k)
    assert len(made.breaks) <= k
    assert list(made.breaks) == sorted(set(made.breaks))
    for value, number in zip(values, made.class_number, strict=True):
        if value == 0:
            assert number == ZERO
        else:
            assert made.lower[number] <= value <= made.breaks[number]
            assert number == 0 or value > made.breaks[number - 1]
    assert sum(made.counts) == sum(value > 0 for value in values)
    assert all(made.counts)


@pytest.mark.parametrize("scheme", ["quantiles", "equal_interval"])
def test_the_limits_are_mapclassifys_rounded_up(scheme):
    values = pd.Series(np.random.default_rng(3).integers(1, 5000, 200).astype(float))
    made = classify(values, scheme, 5)
    bins = SCHEMES[scheme](values.to_numpy(), k=5).bins
    assert len(made.breaks) == 5
    for ours, theirs in zip(made.breaks, bins, strict=True):
        assert theirs <= ours <= theirs * 1.1


def test_head_and_tail_are_parted_at_the_means():
    """The mean of all is 300 / 100, of the ten above it 210 / 10; one is above that."""
    values = [1.0] * 90 + [11.0] * 9 + [111.0]
    made = classify(pd.Series(values), "head_tail", 6)
    assert made.breaks == (3.0, 21.0, 120.0)
    assert made.counts == (90, 9, 1)
    assert made.class_number.tolist() == [0] * 90 + [1] * 9 + [2]


@given(
    values=st.lists(st.integers(0, 3000), min_size=1, max_size=80),
    k=st.integers(2, 7),
    seed=st.integers(0, 99),
)
def test_head_and_tail_do_not_depend_on_order_or_chance(values, k, seed):
    series = pd.Series(values, dtype=float)
    made = classify(series, "head_tail", k)
    shuffled = series.sample(frac=1, random_state=seed)
    again = classify(shuffled, "head_tail", k)
    assert made.breaks == again.breaks
    assert made.class_number.loc[shuffled.index].tolist() == again.class_number.tolist()
    assert len(made.breaks) <= k
    assert set(made.class_number) <= {ZERO, *range(len(made.breaks))}


@pytest.mark.parametrize("k", range(2, 8))
def test_head_and_tail_give_no_more_classes_than_are_wanted(k):
    values = pd.Series(3.0 ** np.repeat(np.arange(12), 4 ** np.arange(12)[::-1].clip(0, 6)))
    made = classify(values, "head_tail", k)
    assert len(made.breaks) == k
    assert made.breaks[-1] >= values.max()


def test_0_hidden_and_missing_are_three_things():
    values = pd.Series([0.0, np.nan, 3.0, 10.0, 20.0], index=list("abcde"))
    hidden = pd.Series([False, False, True, False, False], index=list("abcde"))
    made = classify(values, k=2, hidden=hidden)
    assert made.class_number.tolist() == [ZERO, MISSING, HIDDEN, 0, 1]


def test_a_hidden_value_leaves_no_trace_in_the_limits():
    hidden = pd.Series([True, False, False, False])
    limits = [
        classify(pd.Series([secret, 10.0, 20.0, 30.0]), k=3, hidden=hidden).breaks
        for secret in (1.0, 9999.0)
    ]
    assert limits[0] == limits[1]


def test_two_periods_can_share_their_limits():
    one, other = pd.Series([1.0, 2.0, 3.0]), pd.Series([100.0, 200.0, 300.0])
    assert classify(one, pooled_with=other).breaks == classify(other, pooled_with=one).breaks
    assert classify(one, pooled_with=other).lower == classify(other, pooled_with=one).lower


def test_values_above_the_last_fixed_limit_go_in_the_last_class():
    made = classify_fixed(pd.Series([1.0, 5.0, 5.1, 99.0]), (5.0, 10.0))
    assert made.class_number.tolist() == [0, 0, 1, 1]


def test_changes_stand_on_their_own_side_of_the_middle():
    percent = pd.Series([-60.0, -10.0, 40.0, 10.0, 30.0, np.nan, np.nan, 90.0])
    verdict = pd.Series(
        [
            Verdict.DECREASE,
            Verdict.DECREASE,
            Verdict.NO_CLEAR_CHANGE,
            Verdict.INCREASE,
            Verdict.INCREASE,
            Verdict.INCREASE,
            None,
            Verdict.TOO_FEW,
        ]
    )
    made = classify_change(percent, verdict, k=5)
    assert made.class_number.tolist() == [0, 1, 2, 3, 4, 4, MISSING, UNDECIDED]
    covered = classify_change(percent, verdict, k=5, hidden=pd.Series([True] * 8))
    assert set(covered.class_number) == {HIDDEN}


def test_a_bivariate_class_is_its_row_and_column():
    x = pd.Series([1.0, 3.0, 4.0, 7.0, np.nan])
    y = pd.Series([1.0, 9.0, 4.0, 2.0, 2.0])
    assert bivariate_class(x, y, (3, 6), (3, 6)).tolist() == [0, 6, 4, 2, -1]


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["YlOrBr", "Purples"])
@pytest.mark.parametrize("k", [2, 3, 5, 7])
def test_more_is_darker_so_that_a_grey_print_can_be_read(name, k):
    shades = [luminance(colour) for colour in ramp(name, k)]
    assert shades == sorted(shades, reverse=True)
    assert min(np.diff(shades[::-1])) > 0.04


@pytest.mark.parametrize(
    ("call", "cause"),
    [
        (lambda: classify(pd.Series([1.0]), "rainbow"), AnalysisCause.SCHEME_UNKNOWN),
        (lambda: classify(pd.Series([1.0]), k=1), AnalysisCause.CLASS_NUMBER),
        (lambda: classify(pd.Series([-1.0])), AnalysisCause.NEGATIVE_COUNT),
        (lambda: classify_fixed(pd.Series([1.0]), (2, 1)), AnalysisCause.BREAKS_UNORDERED),
        (
            lambda: classify_change(pd.Series([1.0]), pd.Series([None]), k=4),
            AnalysisCause.CLASS_NUMBER,
        ),
        (lambda: ramp("viridis", 3), AnalysisCause.SCHEME_UNKNOWN),
    ],
)
def test_impossible_wishes_are_refused(call, cause):
    with pytest.raises(AnalysisError) as refused:
        call()
    assert refused.value.cause is cause
