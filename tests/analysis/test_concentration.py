"""Concentration against the R package of the measure's authors, and against plain sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.analysis.concentration import generalised_gini, top_share
from trygghetskarta.errors import AnalysisCause, AnalysisError

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # The examples of gini(unbiased = FALSE) in the R package lorenzgini 0.1.2.
        ([10, 8, 2] + [0] * 7, 0.78),
        ([5, 2, 1] + [0] * 7, 0.75),
        ([10] + [0] * 9, 0.9),
    ],
)
def test_the_gini_is_the_authors_own(counts, expected):
    assert generalised_gini(counts) == pytest.approx(expected)


def difference_gini(counts: list[int]) -> float:
    """Gini's mean difference in plain Python: the mean of |a − b| over twice the mean."""
    total = sum(abs(a - b) for a in counts for b in counts)
    return total / (2 * len(counts) * sum(counts))


@given(COUNTS)
def test_with_enough_events_it_is_the_plain_gini(counts):
    if sum(counts) >= len(counts):
        assert generalised_gini(counts) == pytest.approx(difference_gini(counts), abs=1e-9)


@given(st.integers(1, 50), st.integers(0, 200))
def test_one_event_each_in_some_places_is_as_even_as_can_be(events, empty):
    # The principle of Bernasco & Steenbeek (2017): compare with maximal equality given the data.
    assert generalised_gini([1] * events + [0] * empty) == pytest.approx(0, abs=1e-9)


@given(st.integers(1, 50), st.integers(1, 200))
def test_all_events_in_one_place_are_as_uneven_as_can_be(events, places):
    found = generalised_gini([events] + [0] * (places - 1))
    assert found == pytest.approx(1 - 1 / min(events, places), abs=1e-9)


@given(COUNTS, st.randoms())
def test_the_gini_is_a_number_between_0_and_1_in_any_order(counts, random):
    found = generalised_gini(counts)
    assert 0 <= found < 1
    random.shuffle(counts)
    assert generalised_gini(counts) == pytest.approx(found, abs=1e-12)


def test_half_a_place_counts_by_half():
    counts = [0, 4, 0, 8, 0, 4, 0, 4, 0, 0]
    assert top_share(counts, 0.1) == 0.4
    assert top_share(counts, 0.15) == pytest.approx(0.5)
    assert top_share(counts, 0.05) == pytest.approx(0.2)
    assert top_share(counts, 0.4) == 1
    assert (top_share(counts, 0), top_share(counts, 1)) == (0, 1)


@given(COUNTS, st.floats(0, 1), st.floats(0, 1))
def test_more_places_hold_more_events_and_the_first_hold_the_most(counts, one, other):
    low, high = sorted((one, other))
    assert top_share(counts, low) <= top_share(counts, high) + 1e-12
    assert top_share(counts, low) >= low - 1e-12


def test_no_events_have_no_concentration():
    assert np.isnan(top_share([0, 0]))
    assert np.isnan(generalised_gini([0, 0]))


@pytest.mark.parametrize("function", [top_share, generalised_gini])
@pytest.mark.parametrize(
    ("counts", "cause"),
    [
        ([], AnalysisCause.NO_VALUES),
        ([1, -1], AnalysisCause.NEGATIVE_COUNT),
        ([1, np.nan], AnalysisCause.OUT_OF_RANGE),
    ],
)
def test_impossible_counts_are_refused(function, counts, cause):
    with pytest.raises(AnalysisError) as refused:
        function(counts)
    assert refused.value.cause is cause


@pytest.mark.parametrize("share", [-0.1, 1.1, np.nan])
def test_an_impossible_share_is_refused(share):
    with pytest.raises(AnalysisError) as refused:
        top_share([1, 2], share)
    assert refused.value.cause is AnalysisCause.OUT_OF_RANGE
