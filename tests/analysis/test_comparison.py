"""Two periods: the E-test by enumeration, the interval by Clopper and Pearson, the verdicts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tests.properties import examples
from trygghetskarta.analysis.comparison import compare_counts
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.verdicts import Verdict


def one(before, after, days_before=365, days_after=365, **how) -> pd.Series:
    return compare_counts(
        pd.Series([before]), pd.Series([after]), days_before, days_after, **how
    ).iloc[0]


def e_test(old: int, new: int, days_old: int, days_new: int) -> float:
    """Krishnamoorthy & Thomson (2004), eq. 3.3, by summing over every pair of counts."""
    if old + new == 0:
        return 1.0
    common = (old + new) / (days_old + days_new)

    def statistic(x, y):
        spread = np.sqrt(x / days_old**2 + y / days_new**2)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(x + y == 0, 0.0, (y / days_new - x / days_old) / spread)

    most_old, most_new = (
        int(stats.poisson.ppf(1 - 1e-13, common * days)) + 5 for days in (days_old, days_new)
    )
    x, y = np.meshgrid(np.arange(most_old + 1), np.arange(most_new + 1), indexing="ij")
    weight = stats.poisson.pmf(x, common * days_old) * stats.poisson.pmf(y, common * days_new)
    observed = abs(float(statistic(np.array(old), np.array(new))))
    return float(weight[np.abs(statistic(x, y)) >= observed - 1e-12].sum())


@pytest.mark.parametrize(
    ("old", "new", "days_old", "days_new"),
    [(20, 6, 1, 1), (6, 6, 1, 1), (10, 25, 365, 366), (3, 0, 365, 365), (40, 70, 730, 365)],
)
def test_the_p_value_is_the_e_tests_or_the_score_form_of_it(old, new, days_old, days_new):
    found = one(old, new, days_old, days_new)["p_value"]
    assert found == pytest.approx(e_test(old, new, days_old, days_new), abs=0.03)


@given(st.integers(1, 3000), st.integers(0, 3000), st.integers(28, 400), st.integers(28, 400))
@examples(60)
def test_the_interval_is_clopper_and_pearsons_turned_into_a_ratio(old, new, days_old, days_new):
    found = one(old, new, days_old, days_new)
    limits = stats.binomtest(new, old + new).proportion_ci(0.95, "exact")
    for name, share in (("percent_lower", limits.low), ("percent_upper", limits.high)):
        ratio = share / (1 - share) * days_old / days_new
        assert found[name] == pytest.approx(100 * (ratio - 1), rel=1e-6, abs=1e-6)
    assert found["percent"] == pytest.approx(100 * (new / days_new / (old / days_old) - 1))
    assert found["difference"] == pytest.approx(new - old * days_new / days_old)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (100, 50, Verdict.DECREASE),
        (50, 100, Verdict.INCREASE),
        (100, 104, Verdict.NO_CLEAR_CHANGE),
        (3, 4, Verdict.TOO_FEW),
        (0, 0, Verdict.TOO_FEW),
        (0, 40, Verdict.INCREASE),
        (40, 0, Verdict.DECREASE),
        (6000, 5000, Verdict.DECREASE),
    ],
)
def test_the_verdicts(before, after, verdict):
    assert one(before, after)["verdict"] == verdict


def test_a_longer_period_is_no_increase():
    assert one(100, 200, 365, 730)["verdict"] == Verdict.NO_CLEAR_CHANGE
    assert one(100, 200, 365, 730)["difference"] == 0


def test_from_0_there_is_a_difference_but_no_percentage():
    found = one(0, 40)
    assert found["difference"] == 40
    assert found[["percent", "percent_lower", "percent_upper"]].isna().all()
    assert found["p_value"] < 0.001


@given(st.integers(0, 150), st.integers(0, 150))
@examples(60)
def test_a_clear_change_has_its_whole_interval_on_one_side(before, after):
    found = one(before, after)
    if found["verdict"] == Verdict.INCREASE and before:
        assert found["percent_lower"] > 0 and found["p_value"] < 0.05
    if found["verdict"] == Verdict.DECREASE:
        assert found["percent_upper"] < 0 and found["p_value"] < 0.05
    mirrored = one(after, before)["verdict"]
    swap = {Verdict.INCREASE: Verdict.DECREASE, Verdict.DECREASE: Verdict.INCREASE}
    assert mirrored == swap.get(found["verdict"], found["verdict"])


def test_missing_counts_give_missing_results_in_place():
    before = pd.Series([1.0, np.nan, 100.0], index=list("xyz"))
    after = pd.Series([np.nan, 2.0, 10.0], index=list("xyz"))
    found = compare_counts(before, after, 365, 365)
    assert found.index.tolist() == list("xyz")
    assert found.loc[["x", "y"]].isna().all().all()
    assert found.loc["z", "verdict"] == Verdict.DECREASE


@pytest.mark.parametrize(
    ("before", "after", "days", "cause"),
    [
        ([1], [1, 2], (1, 1), AnalysisCause.LENGTHS_DIFFER),
        ([-1], [1], (1, 1), AnalysisCause.NEGATIVE_COUNT),
        ([1], [1], (0, 1), AnalysisCause.NO_DAYS),
    ],
)
def test_impossible_input_is_refused(before, after, days, cause):
    with pytest.raises(AnalysisError) as refused:
        compare_counts(pd.Series(before), pd.Series(after), *days)
    assert refused.value.cause is cause
