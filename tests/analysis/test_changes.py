"""Changes: where what lacks a place may belong, and what stands among everything tested."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from tests.histories import calm
from tests.properties import examples
from trygghetskarta.analysis import changes
from trygghetskarta.analysis.changes import Evidence, judge
from trygghetskarta.analysis.comparison import compare_counts, discoveries, score_test
from trygghetskarta.terms.verdicts import Verdict

YEAR = (365, 365)


def judged(before, after, unplaced=(0.0, 0.0), days=YEAR, length=12) -> pd.DataFrame:
    index = [f"S{n:02}" for n in range(len(before))]
    old, new = pd.Series(before, index, dtype=float), pd.Series(after, index, dtype=float)
    calmly = calm(index, length=length)
    located = (float(old.sum()), float(new.sum()))
    return judge(old, new, days, Evidence(calmly.monthly, length, 12, located, unplaced))


def test_a_change_stands_wherever_what_lacks_a_place_belongs():
    """The ends by hand: half of its share before and twice after, and the other way."""
    told = judged([300, 300, 300], [200, 300, 300], (30, 30))
    size = changes.dispersion(calm(["S00", "S01", "S02"]).monthly, 12, 12)
    low = score_test(
        *(pd.Series([one]) for one in (300 * (1 + 2 * 30 / 900), 200 * (1 + 0.5 * 30 / 800))),
        *(YEAR, size["dispersion"].iloc[:1].set_axis([0]), size["degrees"].iloc[:1].set_axis([0])),
        0.90,
    )
    high = score_test(
        *(pd.Series([one]) for one in (300 * (1 + 0.5 * 30 / 900), 200 * (1 + 2 * 30 / 800))),
        *(YEAR, size["dispersion"].iloc[:1].set_axis([0]), size["degrees"].iloc[:1].set_axis([0])),
        0.90,
    )
    assert told["percent_lower"].iloc[0] == pytest.approx(low["percent_lower"].iloc[0])
    assert told["percent_upper"].iloc[0] == pytest.approx(high["percent_upper"].iloc[0])
    assert told["p_value"].iloc[0] == pytest.approx(high["p_value"].iloc[0] / 2)
    assert told["verdict"].tolist()[0] == Verdict.DECREASE
    assert told["percent"].iloc[0] == pytest.approx(-100 / 3)


def test_no_verdict_where_more_than_a_fifth_lacks_a_place():
    before, after = [100] * 5, [60] * 5
    assert (judged(before, after)["verdict"] == Verdict.DECREASE).all()
    assert (judged(before, after, (125, 70))["verdict"] == Verdict.NO_CLEAR_CHANGE).all()
    assert (judged(before, after, (20, 200))["verdict"] == Verdict.UNPLACED).all()
    assert (judged(before, after, (200, 20))["verdict"] == Verdict.UNPLACED).all()
    few = judged([3, 100], [4, 60], (20, 90))["verdict"].tolist()
    assert few == [Verdict.TOO_FEW, Verdict.UNPLACED]


def test_a_change_of_coding_never_turns_a_direction_round():
    """More and more rows lose their place, unevenly: no area is called clearly lower for it."""
    rng = np.random.default_rng(2612)
    wrong = total = 0
    for _ in range(100):
        mean = rng.uniform(60, 400, 15)
        true = rng.choice([0.75, 1.0, 1.3], 15)
        before, after = rng.poisson(mean), rng.poisson(mean * true)
        lost = (rng.uniform(0.02, 0.10), rng.uniform(0.05, 0.18))
        # An area loses between two thirds and one and a half of what the others do.
        gone = [
            rng.binomial(n, share * rng.uniform(2 / 3, 1.5, 15))
            for n, share in zip((before, after), lost, strict=True)
        ]
        told = judged(before - gone[0], after - gone[1], (gone[0].sum(), gone[1].sum()))
        said = told["verdict"].to_numpy()
        wrong += ((said == Verdict.INCREASE) & (true < 1)).sum()
        wrong += ((said == Verdict.DECREASE) & (true > 1)).sum()
        total += np.isin(said, [Verdict.INCREASE, Verdict.DECREASE]).sum()
    assert wrong == 0
    assert total > 150


def test_of_many_only_discoveries_are_called_clear():
    """One of forty at p 0.03 is what chance gives."""
    before, after = [200] * 40, [200] * 39 + [245]
    alone = judged([200], [245])["verdict"].iloc[0]
    assert alone == Verdict.INCREASE
    told = judged(before, after)
    assert (told["verdict"] == Verdict.NO_CLEAR_CHANGE).all()
    assert len(changes.tested(told.assign(count=after, previous=before))) == 40


def test_where_nothing_changed_few_reports_name_anything():
    rng = np.random.default_rng(2613)
    named = [
        judged(rng.poisson(80, 15), rng.poisson(80, 15))["verdict"]
        .isin([Verdict.INCREASE, Verdict.DECREASE])
        .any()
        for _ in range(120)
    ]
    assert np.mean(named) < 0.1


@given(st.lists(st.floats(0, 1), max_size=40), st.sampled_from([0.05, 0.1]))
@examples(60)
def test_discoveries_are_benjamini_and_hochbergs(p_values, rate):
    series = pd.Series([*p_values, np.nan], dtype="float64")
    expected = [*multipletests(p_values, rate, method="fdr_bh")[0]] if p_values else []
    assert discoveries(series, rate).tolist() == [*expected, False]


def test_a_short_period_says_that_it_cannot_tell():
    """Ninety days of thirty a month: no change is no finding."""
    told = judged([90, 300], [95, 310], days=(90, 90), length=3)["verdict"].tolist()
    assert told == [Verdict.TOO_FEW, Verdict.NO_CLEAR_CHANGE]


def test_without_a_history_nothing_is_called_clear():
    index = ["a", "b"]
    known = calm(index)
    short = Evidence(known.monthly.iloc[:10], 12, 12)
    told = judge(pd.Series([500.0, 4], index), pd.Series([100.0, 5], index), YEAR, short)
    assert told["verdict"].tolist() == [Verdict.SHORT_HISTORY, Verdict.TOO_FEW]
    assert told["percent"].iloc[0] == -80


def test_nothing_before_has_no_percentage_but_may_be_clear():
    told = judged([0, 100, 100], [60, 100, 100])
    assert told["verdict"].iloc[0] == Verdict.INCREASE
    assert told[["percent", "percent_lower", "percent_upper"]].iloc[0].isna().all()
    wide = judged([0, 100, 100], [60, 100, 100], (5, 5))
    assert wide[["percent", "percent_lower", "percent_upper"]].iloc[0].isna().all()
    assert wide["verdict"].iloc[0] == Verdict.INCREASE


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(28, 400), st.floats(1, 9))
@examples(80)
def test_the_interval_holds_no_change_exactly_when_the_test_keeps_it(old, new, days, size):
    told = score_test(
        pd.Series([old]), pd.Series([new]), (days, 365), pd.Series([size]), pd.Series([30.0])
    ).iloc[0]
    if old + new:
        keeps = told["percent_lower"] <= 0 <= told["percent_upper"]
        assert keeps == (told["p_value"] >= 0.05) or told["p_value"] == pytest.approx(0.05)


def test_a_missing_count_gives_no_verdict():
    told = compare_counts(
        pd.Series([np.nan, 100]),
        pd.Series([3.0, 50]),
        *YEAR,
        dispersion=pd.Series([2.0, 1.5]),
        degrees=pd.Series([20.0, 20.0]),
    )
    assert told["verdict"].tolist() == [None, Verdict.DECREASE]
    assert told.iloc[0, :5].isna().all()
