"""Hot spots against esda, scipy and pymannkendall, and classes built to be what they are."""

import itertools

import libpysal
import numpy as np
import pandas as pd
import pymannkendall
import pytest
import shapely
from esda.getisord import G_Local
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_array
from statsmodels.stats.multitest import multipletests

from tests.properties import examples
from trygghetskarta.analysis.cells import hexagon_cells, square_cells
from trygghetskarta.analysis.hotspot_clusters import strongest_clusters
from trygghetskarta.analysis.hotspots import chance_points, emerging_hotspots, getis_ord_g_star
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.hotspots import HotspotClass

TOWN = square_cells((0, 0, 5000, 5000))  # 20 x 20 squares
KNEE = shapely.union(shapely.box(0, 0, 2000, 1000), shapely.box(0, 0, 1000, 3000))


def clumped(seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    away = np.hypot(TOWN.x - 1500, TOWN.y - 3500)
    return rng.poisson(1 + 8 * np.exp(-((away / 600) ** 2)))


@pytest.mark.parametrize("cut", [square_cells, hexagon_cells])
def test_z_is_that_of_esda(cut):
    cells = cut((0, 0, 4000, 3000))
    values = np.random.default_rng(0).poisson(3, len(cells))
    found = getis_ord_g_star(values, cells.neighbours)
    around = cells.neighbours.tolil().rows
    w = libpysal.weights.W(dict(enumerate(around)), silence_warnings=True)
    # esda's default, transform="R", does not give the analytic z of Gi*.
    peer = G_Local(values.astype(float), w, transform="B", star=True, permutations=0)
    assert found["z"].to_numpy() == pytest.approx(peer.Zs)
    assert found["p_value"].to_numpy() == pytest.approx(2 * stats.norm.sf(np.abs(peer.Zs)))


@pytest.mark.parametrize("skewed", [False, True])
def test_significance_is_judged_over_all_cells(skewed):
    found = getis_ord_g_star(clumped(), TOWN.neighbours, skewed=skewed)
    expected = multipletests(found["p_value"], alpha=0.05, method="fdr_bh")[0]
    assert found["significant"].tolist() == expected.tolist()
    assert 0 < expected.sum() < 40
    far = np.hypot(TOWN.x - 1500, TOWN.y - 3500) > 1500
    assert not found["significant"][far].any()


def test_the_skewed_p_value_is_that_of_every_permutation():
    values = np.array([0, 0, 1, 0, 3, 0, 0, 2, 1, 0])
    beside = csr_array(np.abs(np.subtract.outer(np.arange(10), np.arange(10))) == 1)
    found = getis_ord_g_star(values, beside, skewed=True)
    # All ways to choose the three values of an inner cell and its neighbours.
    sums = np.array([sum(chosen) for chosen in itertools.combinations(values, 3)])
    spread = (sums - sums.mean()) / sums.std()
    inner = found["z"].iloc[4]
    assert inner == pytest.approx((3 - sums.mean()) / sums.std())
    expected = 2 * stats.pearson3.sf(inner, stats.skew(spread))
    assert found["p_value"].iloc[4] == pytest.approx(expected)


def test_chance_alone_is_no_hot_spot():
    even = np.full(400, 1 / 400)
    maps = [np.random.default_rng(seed).multinomial(100, even) for seed in range(60)]
    alarms = {
        skewed: sum(
            (table["significant"] & (table["z"] > 0)).any()
            for table in (getis_ord_g_star(m, TOWN.neighbours, skewed=skewed) for m in maps)
        )
        for skewed in (False, True)
    }
    assert alarms[True] <= 6
    # Why there is a choice: few events are not normally distributed.
    assert alarms[False] > 2 * alarms[True] + 3


@pytest.mark.parametrize("skewed", [False, True])
@pytest.mark.parametrize("value", [0, 7, 0.1])
def test_values_that_are_all_alike_have_no_hot_spot(value, skewed):
    found = getis_ord_g_star(np.full(400, value), TOWN.neighbours, skewed=skewed)
    assert (found["z"] == 0).all()
    assert (found["p_value"] == 1).all()
    assert not found["significant"].any()


@pytest.mark.parametrize("skewed", [False, True])
def test_a_cell_with_everybody_as_neighbour_is_like_the_mean(skewed):
    found = getis_ord_g_star([1.0, 2.0, 3.0], csr_array(np.ones((3, 3))), skewed=skewed)
    assert found["z"].tolist() == [0, 0, 0]
    assert getis_ord_g_star([5.0], csr_array((1, 1)), skewed=skewed)["p_value"].tolist() == [1]


def test_the_result_has_the_index_of_the_values_and_weights_do_not_matter():
    values = pd.Series(clumped(), index=TOWN.code)
    found = getis_ord_g_star(values, TOWN.neighbours)
    assert found.index.tolist() == TOWN.code.tolist()
    weighted = TOWN.neighbours * 3.5 + csr_array(np.eye(400))
    pd.testing.assert_frame_equal(getis_ord_g_star(values, weighted), found)


@given(st.lists(st.integers(0, 30), min_size=25, max_size=25), st.booleans())
def test_every_cell_has_an_answer(values, skewed):
    cells = square_cells((0, 0, 1250, 1250))
    found = getis_ord_g_star(values, cells.neighbours, skewed=skewed)
    assert np.isfinite(found["z"]).all()
    assert found["p_value"].between(0, 1).all()


@given(st.integers(8, 30), st.integers(0, 2**32 - 1))
@examples(30)
def test_the_trend_is_that_of_pymannkendall(periods, seed):
    rng = np.random.default_rng(seed)
    counts = rng.poisson(4, (30, periods)) + rng.integers(0, 2) * np.arange(periods)
    cells = square_cells((0, 0, 1500, 1250))
    found = emerging_hotspots(counts, cells.neighbours)
    z = np.column_stack([getis_ord_g_star(part, cells.neighbours)["z"] for part in counts.T])
    for row in range(0, 30, 7):
        peer = pymannkendall.original_test(z[row].round(9))
        assert found["trend_s"].iloc[row] == peer.s
        assert found["p_value"].iloc[row] == pytest.approx(peer.p, abs=1e-12)


def test_ties_count_as_pymannkendall_counts_them():
    # Each period one of three maps, so that every cell's z has many ties.
    counts = np.column_stack([clumped(seed) for seed in (0, 1, 2, 0, 0, 1, 2, 2, 0, 1)])
    found = emerging_hotspots(counts, TOWN.neighbours)
    z = np.column_stack([getis_ord_g_star(part, TOWN.neighbours)["z"] for part in counts.T])
    for row in range(0, 400, 13):
        peer = pymannkendall.original_test(z[row].round(9))
        assert found["trend_s"].iloc[row] == peer.s
        assert found["p_value"].iloc[row] == pytest.approx(peer.p, abs=1e-12)


def town_with(heights: list[float]) -> tuple[np.ndarray, int]:
    """Counts of a quiet town with one place that is as busy as told in each period."""
    rng = np.random.default_rng(3)
    counts = rng.poisson(2, (400, len(heights)))
    middle = int(TOWN.locate([2600], [2600])[0])
    place = [middle, *TOWN.neighbours[[middle]].indices]
    counts[place] = np.round(heights)
    return counts, middle


@pytest.mark.parametrize(
    ("heights", "expected"),
    [
        ([2] * 9 + [20], HotspotClass.NEW),
        ([20] * 10, HotspotClass.PERSISTENT),
        ([20 + 5 * i for i in range(10)], HotspotClass.PERSISTENT),
        ([2] + [20] * 9, HotspotClass.PERSISTENT),
        ([60, 50, 42, 36, 31, 27, 23, 20, 17, 15], HotspotClass.DIMINISHING),
        ([60, 50, 42, 36, 31, 27, 23, 20, 17, 2], HotspotClass.DIMINISHING),
        ([20] * 9 + [2], HotspotClass.SPORADIC),
        ([2, 20, 2, 2, 20, 2, 20, 2, 2, 20], HotspotClass.SPORADIC),
        ([2] * 8 + [20, 20], HotspotClass.SPORADIC),
        ([2, 20, 2, 20, 2, 2, 2, 2, 2, 2], HotspotClass.SPORADIC),
        ([2, 20, 2, 2, 2, 2, 2, 2, 2, 2], HotspotClass.NONE),
        ([2] * 10, HotspotClass.NONE),
    ],
)
@pytest.mark.parametrize("skewed", [False, True])
def test_each_class_is_found_where_it_was_built(heights, expected, skewed):
    counts, place = town_with(heights)
    found = emerging_hotspots(counts, TOWN.neighbours, skewed=skewed)
    assert found["hotspot_class"].iloc[place] == expected
    assert set(found["hotspot_class"]) <= {one.value for one in HotspotClass}


def test_the_table_knows_its_cells():
    counts = pd.DataFrame(town_with([20] * 8)[0], index=pd.Index(TOWN.code, name="cell"))
    found = emerging_hotspots(counts, TOWN.neighbours)
    assert found["cell"].tolist() == found.index.tolist() == TOWN.code.tolist()
    assert list(found.sort_values("cell")) == ["cell", "trend_s", "p_value", "hotspot_class"]
    plain = emerging_hotspots(counts.to_numpy(), TOWN.neighbours)
    assert plain["cell"].tolist() == list(range(400))
    assert plain["hotspot_class"].tolist() == found["hotspot_class"].tolist()


@pytest.mark.parametrize(
    ("counts", "cause"),
    [
        (np.ones((400, 7)), AnalysisCause.TOO_FEW_PERIODS),
        (np.ones(400), AnalysisCause.TOO_FEW_PERIODS),
        (np.eye(400, 8), AnalysisCause.TOO_FEW),
        (-np.ones((400, 8)), AnalysisCause.NEGATIVE_COUNT),
        (np.full((400, 8), np.nan), AnalysisCause.OUT_OF_RANGE),
        (np.ones((399, 8)), AnalysisCause.LENGTHS_DIFFER),
        (np.ones((0, 8)), AnalysisCause.NO_VALUES),
    ],
)
def test_what_can_show_no_trend_is_refused(counts, cause):
    with pytest.raises(AnalysisError) as refused:
        emerging_hotspots(counts, TOWN.neighbours)
    assert refused.value.cause is cause


@pytest.mark.parametrize("n", [0, 1, 7, 5000])
def test_chance_points_lie_inside(n):
    x, y = chance_points(n, KNEE, seed=4)
    assert len(x) == len(y) == n
    assert shapely.contains_xy(KNEE, x, y).all()
    again = chance_points(n, KNEE, seed=4)
    assert (again[0] == x).all() and (again[1] == y).all()


def test_chance_points_are_spread_evenly():
    cells = square_cells(KNEE)
    counts = cells.counts(*chance_points(20_000, KNEE, seed=5))
    assert counts.sum() == 20_000
    assert stats.chisquare(counts).pvalue > 0.001


@pytest.mark.parametrize(
    ("call", "cause"),
    [
        (lambda: getis_ord_g_star([], csr_array((1, 1))), AnalysisCause.NO_VALUES),
        (lambda: getis_ord_g_star([1.0, np.nan], csr_array((2, 2))), AnalysisCause.OUT_OF_RANGE),
        (lambda: getis_ord_g_star([1.0], csr_array((2, 2))), AnalysisCause.LENGTHS_DIFFER),
        (lambda: getis_ord_g_star([1.0], csr_array((1, 1)), fdr=0), AnalysisCause.OUT_OF_RANGE),
        (lambda: chance_points(-1, KNEE, 0), AnalysisCause.OUT_OF_RANGE),
        (lambda: chance_points(1, shapely.Polygon(), 0), AnalysisCause.NO_VALUES),
        (lambda: strongest_clusters([1.0], [], csr_array((1, 1))), AnalysisCause.LENGTHS_DIFFER),
        (
            lambda: strongest_clusters([-1.0], [True], csr_array((1, 1))),
            AnalysisCause.NEGATIVE_COUNT,
        ),
    ],
)
def test_impossible_input_is_refused(call, cause):
    with pytest.raises(AnalysisError) as refused:
        call()
    assert refused.value.cause is cause
