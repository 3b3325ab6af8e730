"""Knox's test against pointpats, against every pair counted by hand, and against chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pointpats import Knox
from scipy import stats

from tests.properties import examples
from trygghetskarta.analysis import near_repeat
from trygghetskarta.analysis.near_repeat import knox
from trygghetskarta.errors import AnalysisCause, AnalysisError

WEST, SOUTH = 341_250, 6_461_500


def some_events(number: int, seed: int, side: float = 1000.0) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    x, y = WEST + rng.uniform(0, side, number), SOUTH + rng.uniform(0, side, number)
    return x, y, rng.integers(738_000, 738_200, number)


def counted(x, y, day, distance_ends, day_ends) -> list[int]:
    """Every pair, one by one, in plain Python."""
    table = [[0] * len(day_ends) for _ in range(len(distance_ends) + 1)]
    for i in range(len(x)):
        for j in range(i):
            distance, days = np.hypot(x[i] - x[j], y[i] - y[j]), abs(day[i] - day[j])
            row = 0 if distance == 0 else 1 + sum(distance >= end for end in distance_ends)
            column = sum(days >= end for end in day_ends)
            if row < len(table) and column < len(day_ends):
                table[row][column] += 1
    return [cell for row in table for cell in row]


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 40)),
        min_size=20,
        max_size=45,
    )
)
@examples(40)
def test_every_pair_is_in_its_band(events):
    # Whole steps of 25 m, so that many distances and days fall on the ends of the bands.
    x, y, day = np.array(events).T
    x, y = WEST + 25 * x, SOUTH + 25 * y
    found = knox(x, y, day, [100, 200], [7, 14, 28], permutations=1, seed=0)
    assert found["observed"].tolist() == counted(x, y, day, [100, 200], [7, 14, 28])
    pairs = len(x) * (len(x) - 1) / 2
    all_days = np.abs(np.subtract.outer(day, day))[np.triu_indices(len(day), 1)]
    near = [(all_days < 7).sum(), ((all_days >= 7) & (all_days < 14)).sum()]
    away = np.hypot(np.subtract.outer(x, x), np.subtract.outer(y, y))[np.triu_indices(len(x), 1)]
    same, first = (away == 0).sum(), ((away > 0) & (away < 100)).sum()
    expected = found["expected"].to_numpy().reshape(3, 3)
    assert expected[0, :2] == pytest.approx([same * n / pairs for n in near])
    assert expected[1, :2] == pytest.approx([first * n / pairs for n in near])


@pytest.mark.parametrize(("delta", "tau"), [(100, 7), (250, 30)])
def test_the_table_is_that_of_pointpats(delta, tau):
    x, y, day = some_events(120, seed=1)
    found = knox(x, y, day, [delta], [tau], permutations=499, seed=2)
    np.random.seed(0)
    # pointpats counts the end of a band in, and these distances fall on none.
    peer = Knox(np.column_stack([x, y]), day[:, None] * 1.0, delta, tau - 0.5, permutations=499)
    assert found["observed"].sum() == peer.nst
    assert found["expected"].sum() == pytest.approx(peer.expected[0, 0])
    assert found["p_value"].iloc[1] == pytest.approx(peer.p_sim, abs=0.09)


@pytest.mark.slow
def test_parts_of_days_and_slices_change_nothing(monkeypatch):
    x, y, day = some_events(200, seed=3, side=400)
    whole = knox(x, y, day, [100, 200], [7, 14], permutations=49, seed=5)
    monkeypatch.setattr(near_repeat, "_PAIRS_AT_ONCE", 7)
    sliced = knox(x, y, day, [0, 100, 200], [0, 7, 14], permutations=49, seed=5)
    assert sliced.equals(whole)
    monkeypatch.undo()
    part = knox(x, y, day / 4, [100, 200], [7 / 4, 14 / 4], permutations=49, seed=5)
    for column in ("observed", "expected", "p_value"):
        assert part[column].to_numpy() == pytest.approx(whole[column].to_numpy())


def test_a_planted_near_repeat_is_found_and_nothing_else():
    x, y, day = some_events(300, seed=6, side=4000)
    follow = slice(0, 40)
    x = np.concatenate([x, x[follow] + 30])
    y, day = np.concatenate([y, y[follow]]), np.concatenate([day, day[follow] + 3])
    found = knox(x, y, day, [100, 200, 400], [7, 14, 28], permutations=199, seed=7)
    found = found.set_index(["distance_band", "day_band"])
    planted = found.loc[("0-100", "0-7")]
    assert planted["observed"] >= 40
    assert planted["ratio"] > 4
    assert planted["p_value"] == 1 / 200
    assert (found.loc["200-400", "p_value"] > 0.01).all()
    assert found.loc[("same_place", "0-7"), "observed"] == 0
    assert np.isnan(found.loc[("same_place", "0-7"), "ratio"])
    assert found.loc[("same_place", "0-7"), "p_value"] == 1


@pytest.mark.slow
def test_chance_gives_p_values_of_every_size():
    values = []
    for seed in range(200):
        x, y, day = some_events(60, seed=1000 + seed)
        table = knox(x, y, day, [250], [30], permutations=99, seed=seed)
        values.append(table["p_value"].iloc[1])
    assert stats.kstest(values, "uniform").pvalue > 0.01


def test_the_bands_are_named():
    x, y, day = some_events(30, seed=8)
    found = knox(x, y, day, [50, 99.5], [1, 14], permutations=9, seed=0)
    assert found["distance_band"].tolist() == [
        *["same_place"] * 2,
        *["0-50"] * 2,
        *["50-99.5"] * 2,
    ]
    assert found["day_band"].tolist() == ["0-1", "1-14"] * 3
    assert found["distance_from"].tolist() == [0, 0, 0, 0, 50, 50]
    assert found["distance_to"].tolist() == [0, 0, 50, 50, 99.5, 99.5]
    assert found["day_to"].tolist() == [1, 14] * 3
    assert list(found)[:6] == [
        "distance_band",
        "day_band",
        "observed",
        "expected",
        "ratio",
        "p_value",
    ]


def test_what_is_not_known_is_left_out():
    x, y, day = some_events(40, seed=9)
    day = day.astype(float)
    x[0], y[1], day[2] = np.nan, np.inf, np.nan
    found = knox(x, y, day, [300], [30], permutations=19, seed=0)
    rest = knox(x[3:], y[3:], day[3:], [300], [30], permutations=19, seed=0)
    assert found.equals(rest)
    assert (found["events"] == 37).all()


def test_the_work_tells_how_far_it_is():
    shares: list[float] = []
    x, y, day = some_events(30, seed=10)
    knox(x, y, day, [100], [7], permutations=250, seed=0, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert 100 <= len(shares) <= 126


@pytest.mark.parametrize(
    ("wrong", "cause"),
    [
        ({"x": np.zeros(30)}, AnalysisCause.LENGTHS_DIFFER),
        ({"day": np.zeros(39)}, AnalysisCause.LENGTHS_DIFFER),
        ({"day": np.full(40, np.nan)}, AnalysisCause.TOO_FEW),
        ({"distance_bands": []}, AnalysisCause.OUT_OF_RANGE),
        ({"distance_bands": [100, 100]}, AnalysisCause.OUT_OF_RANGE),
        ({"distance_bands": [-5, 100]}, AnalysisCause.OUT_OF_RANGE),
        ({"day_bands": [7, np.nan]}, AnalysisCause.OUT_OF_RANGE),
        ({"day_bands": [7, np.inf]}, AnalysisCause.OUT_OF_RANGE),
        ({"permutations": 0}, AnalysisCause.OUT_OF_RANGE),
    ],
)
def test_impossible_input_is_refused(wrong, cause):
    x, y, day = some_events(40, seed=11)
    arguments = {"x": x, "y": y, "day": day, "distance_bands": [100], "day_bands": [7]} | wrong
    with pytest.raises(AnalysisError) as refused:
        knox(**arguments)
    assert refused.value.cause is cause


def test_more_pairs_than_fit_are_refused(monkeypatch):
    monkeypatch.setattr(near_repeat, "_MOST_PAIRS", 100)
    with pytest.raises(AnalysisError) as refused:
        knox(*some_events(40, seed=12), [1e6], [7])
    assert refused.value.cause is AnalysisCause.OUT_OF_RANGE
