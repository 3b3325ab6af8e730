"""Density against the formula summed event by event, a double integral, and counts by hand."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sklearn.neighbors import KernelDensity

from trygghetskarta.analysis.cells import square_cells
from trygghetskarta.analysis.density import grid_counts, kernel_density
from trygghetskarta.errors import AnalysisCause, AnalysisError

WEST, SOUTH = 341_250, 6_461_500
BOUNDS = (WEST, SOUTH, WEST + 1500, SOUTH + 1000)
HORN = shapely.Polygon(
    [(WEST + a, SOUTH + b) for a, b in ((0, 0), (1400, 100), (900, 800), (500, 300), (100, 900))],
    holes=[[(WEST + a, SOUTH + b) for a, b in ((900, 300), (900, 500), (1000, 400))]],
)


def some_events(number: int = 60, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return WEST + rng.uniform(-400, 1900, number), SOUTH + rng.uniform(-400, 1400, number)


def summed(x, y, h, grid, weights=None) -> np.ndarray:
    """The quartic formula straight from Silverman (1986), event by event, per km²."""
    total = np.zeros(grid.values.shape)
    across, along = np.meshgrid(*grid.centres())
    weights = np.ones(len(x)) if weights is None else weights
    for east, north, weight in zip(x, y, weights, strict=True):
        d2 = ((across - east) ** 2 + (along - north) ** 2) / h**2
        total += weight * np.where(d2 < 1, 3 / (np.pi * h**2) * (1 - d2) ** 2, 0.0)
    return total * 1e6


@pytest.mark.parametrize(
    ("h", "cell"),
    [(20, 50), (50, 50), (60, 50), (300, 50), (400, 50), (401, 50), (600, 50), (300, 10)],
)
def test_the_surface_is_the_formulas(h, cell):
    x, y = some_events()
    grid = kernel_density(x, y, bandwidth=h, cell=cell, bounds=BOUNDS)
    expected = summed(x, y, h, grid)
    # A bandwidth of up to 8 cells is exact, and above that 1 % of the maximum is promised.
    tolerance = 1e-9 if h <= 8 * cell else 0.005
    assert np.abs(grid.values - expected).max() <= tolerance * expected.max()
    assert (grid.values >= 0).all()


@pytest.mark.parametrize("h", [120, 700])
def test_weights_and_years_scale_the_surface(h):
    x, y = some_events()
    weights = np.random.default_rng(1).uniform(0, 5, len(x))
    grid = kernel_density(x, y, bandwidth=h, bounds=BOUNDS, weights=weights, years=2.5)
    expected = summed(x, y, h, grid, weights) / 2.5
    assert np.abs(grid.values - expected).max() <= 0.005 * expected.max()


@pytest.mark.parametrize("h", [200, 500])
def test_the_surface_holds_every_event_once(h):
    rng = np.random.default_rng(2)
    x, y = WEST + rng.uniform(600, 900, 50), SOUTH + rng.uniform(505, 600, 50)
    grid = kernel_density(x, y, bandwidth=h, cell=25, bounds=BOUNDS)
    assert grid.values.sum() * (25 / 1000) ** 2 == pytest.approx(50, rel=2e-3)


def test_the_kernel_is_scikit_learns_family_in_shape():
    # The quartic is 3/2 the square of the Epanechnikov kernel 2/(πh²)(1 − d²/h²) times πh²/2.
    x, y = some_events(1)
    grid = kernel_density(x, y, bandwidth=500, cell=100, bounds=BOUNDS)
    points = np.column_stack([part.ravel() for part in np.meshgrid(*grid.centres())])
    peer = KernelDensity(kernel="epanechnikov", bandwidth=500).fit(np.column_stack([x, y]))
    with np.errstate(divide="ignore"):
        flat = np.exp(peer.score_samples(points)).reshape(grid.values.shape)
    quartic = 0.75 * flat**2 * np.pi * 500**2 * 1e6
    assert grid.values == pytest.approx(quartic, rel=1e-6, abs=1e-9)


def kernel_mass(x: float, y: float, h: float) -> float:
    """The part of a kernel inside the horn, by a sum over 300 x 300 points of it."""
    step = (np.arange(300) + 0.5) / 150 - 1
    across, along = np.meshgrid(step, step)
    height = np.maximum(1 - across**2 - along**2, 0) ** 2
    held = shapely.contains_xy(HORN, x + across * h, y + along * h)
    return float((height * held).sum() / height.sum())


@pytest.mark.parametrize(("h", "cell"), [(50, 50), (120, 50), (300, 50), (500, 50)])
def test_the_density_does_not_sink_towards_the_border(h, cell):
    x, y = some_events(300)
    held = shapely.intersects_xy(HORN, x, y)
    grid = kernel_density(x, y, bandwidth=h, cell=cell, bounds=HORN.bounds, inside=HORN)
    bare = summed(x[held], y[held], h, grid)
    across, along = np.meshgrid(*grid.centres())
    inside = shapely.intersects_xy(HORN, across, along)
    assert (np.isfinite(grid.values) == inside).all()
    rows, columns = np.nonzero(inside)
    for row, column in list(zip(rows, columns, strict=True))[::11]:
        mass = kernel_mass(across[row, column], along[row, column], h)
        expected = bare[row, column] / mass
        assert grid.values[row, column] == pytest.approx(expected, abs=0.01 * np.nanmax(bare))
    assert grid.left_out == (~held).sum()


def test_events_spread_evenly_give_an_even_surface():
    across, along = np.meshgrid(np.arange(5.0, 1500, 10), np.arange(5.0, 1000, 10))
    across, along = WEST + across.ravel(), SOUTH + along.ravel()
    box = shapely.box(*BOUNDS)
    grid = kernel_density(across, along, bandwidth=300, bounds=BOUNDS, inside=box)
    assert grid.values == pytest.approx(10_000, rel=0.01)


def test_an_event_just_outside_the_bounds_still_reaches_in():
    grid = kernel_density([WEST - 100], [SOUTH + 500], bounds=BOUNDS)
    assert grid.left_out == 0
    assert grid.values[10, 0] == pytest.approx(
        summed([WEST - 100], [SOUTH + 500], 300, grid)[10, 0]
    )


@pytest.mark.parametrize("h", [300, 500])
@pytest.mark.parametrize("inside", [None, HORN], ids=["bounds", "polygon"])
def test_null_island_is_left_out_and_costs_nothing(h, inside):
    x = [0.0, np.nan, np.inf, 1e300, -1e300, WEST + 700]
    y = [0.0, SOUTH, SOUTH, 1e300, SOUTH, SOUTH + 200]
    grid = kernel_density(x, y, bandwidth=h, bounds=BOUNDS, inside=inside)
    assert grid.left_out == 5
    assert np.nanmax(grid.values) > 0
    grid = kernel_density(x[-1:], y[-1:], bounds=BOUNDS, weights=[np.nan])
    assert grid.left_out == 1


@pytest.mark.parametrize("h", [300, 500])
def test_no_events_are_a_surface_of_0(h):
    grid = kernel_density([], [], bandwidth=h, bounds=BOUNDS)
    assert grid.values.shape == (20, 30)
    assert (grid.values == 0).all()


def test_the_grid_is_aligned_outward():
    grid = kernel_density([], [], bounds=(WEST + 10, SOUTH + 10, WEST + 60, SOUTH + 100))
    assert (grid.west, grid.south, grid.values.shape) == (WEST, SOUTH, (2, 2))
    x, y = grid.centres()
    assert x.tolist() == [WEST + 25, WEST + 75]
    assert y.tolist() == [SOUTH + 25, SOUTH + 75]


def test_squares_are_counted():
    x = WEST + np.array([0, 249.9, 250, 1500, -0.1, 700, np.nan, 0])
    y = SOUTH + np.array([0, 249.9, 0, 1000, 0, 900, 0, 250])
    grid = grid_counts(x, y, bounds=BOUNDS)
    assert (grid.west, grid.south, grid.cell) == (WEST, SOUTH, 250)
    # The corner of the bounds belongs to the last square: no other follows it.
    assert grid.values.tolist() == [
        [2, 1, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, 1],
    ]
    assert grid.left_out == 2


def test_squares_outside_the_municipality_are_removed_but_its_border_is_counted():
    half = shapely.box(WEST, SOUTH, WEST + 500, SOUTH + 300)
    grid = grid_counts(
        [WEST + 500, WEST + 499], [SOUTH + 100, SOUTH + 490], bounds=BOUNDS, inside=half
    )
    assert np.isfinite(grid.values).tolist() == [[True, True] + [False] * 4] * 2 + [[False] * 6] * 2
    assert np.nansum(grid.values) == 2
    assert grid.left_out == 0


@given(
    st.lists(
        st.tuples(st.floats(-2000, 4000), st.floats(-2000, 4000)) | st.just((np.nan, 0.0)),
        max_size=30,
    ),
    st.sampled_from([None, HORN]),
    st.sampled_from([100.0, 250.0, 333.0]),
)
def test_no_event_is_lost(points, inside, cell):
    x, y = WEST + np.array(points).reshape(-1, 2).T[0], SOUTH + np.array(points).reshape(-1, 2).T[1]
    squares = grid_counts(x, y, cell=cell, bounds=BOUNDS, inside=inside)
    assert np.nansum(squares.values) + squares.left_out == len(points)
    if inside is not None:
        assert squares.left_out <= len(points) - shapely.intersects_xy(inside, x, y).sum()


def test_the_counts_are_those_of_the_cells_that_a_page_keeps():
    x, y = some_events(500)
    squares = square_cells(HORN)
    grid = grid_counts(x, y, bounds=HORN.bounds, inside=HORN)
    assert grid.values[np.isfinite(grid.values)].tolist() == squares.counts(x, y).tolist()


@pytest.mark.parametrize(
    ("wrong", "cause"),
    [
        ({"bandwidth": 0}, AnalysisCause.OUT_OF_RANGE),
        ({"cell": -5}, AnalysisCause.OUT_OF_RANGE),
        ({"cell": 0.01}, AnalysisCause.OUT_OF_RANGE),
        ({"years": 0}, AnalysisCause.OUT_OF_RANGE),
        ({"bounds": (0, 0, 0, 10)}, AnalysisCause.OUT_OF_RANGE),
        ({"bounds": (0, 0, 1e12, 1e12)}, AnalysisCause.OUT_OF_RANGE),
        ({"weights": [-1.0]}, AnalysisCause.NEGATIVE_COUNT),
        ({"weights": [1.0, 1.0]}, AnalysisCause.LENGTHS_DIFFER),
        ({"x": [1.0, 2.0]}, AnalysisCause.LENGTHS_DIFFER),
    ],
)
def test_impossible_input_is_refused(wrong, cause):
    arguments = {"x": [1.0], "y": [1.0], "bounds": BOUNDS} | wrong
    with pytest.raises(AnalysisError) as refused:
        kernel_density(arguments.pop("x"), arguments.pop("y"), **arguments)
    assert refused.value.cause is cause
