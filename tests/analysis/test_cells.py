"""Cells against shapely's own answers, libpysal's contiguity and scipy's nearest neighbour."""

import geopandas as gpd
import libpysal
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from trygghetskarta.analysis.cells import hexagon_cells, lay, square_cells
from trygghetskarta.analysis.lattices import Hexagons
from trygghetskarta.errors import AnalysisCause, AnalysisError

WEST, SOUTH = 341_250, 6_461_500
KNEE = shapely.union(
    shapely.box(WEST, SOUTH, WEST + 500, SOUTH + 250),
    shapely.box(WEST, SOUTH, WEST + 250, SOUTH + 750),
)
LAKE = shapely.Point(WEST, SOUTH).buffer(2000).difference(shapely.Point(WEST, SOUTH).buffer(900))


def test_squares_are_those_of_the_national_grid():
    cells = square_cells((WEST + 10, SOUTH + 10, WEST + 260, SOUTH + 240))
    assert cells.code.tolist() == ["250E341250N6461500", "250E341500N6461500"]
    assert shapely.bounds(cells.geometry).tolist() == [
        [341_250, 6_461_500, 341_500, 6_461_750],
        [341_500, 6_461_500, 341_750, 6_461_750],
    ]
    assert cells.x.tolist() == [341_375, 341_625]
    assert cells.y.tolist() == [6_461_625, 6_461_625]


def test_a_square_that_only_touches_the_municipality_is_not_its_own():
    assert len(square_cells(KNEE)) == 4
    assert len(square_cells(KNEE.buffer(1))) == 18


def test_the_outer_border_is_inside():
    cells = square_cells(KNEE)
    x = WEST + np.array([0, 500, 500, 250, 0, 250, 500.001, -0.001, 260])
    y = SOUTH + np.array([0, 0, 250, 750, 750, 250, 100, 100, 250.001])
    assert cells.locate(x, y).tolist() == [0, 1, 1, 3, 3, 2, -1, -1, -1]


@pytest.mark.parametrize("cut", [square_cells, hexagon_cells])
def test_points_from_nowhere_are_in_no_cell(cut):
    cells = cut(KNEE)
    strange = [np.nan, np.inf, -np.inf, 0.0, 1e300, -1e300, WEST]
    assert (cells.locate(strange, strange) == -1).all()
    assert cells.locate([], []).tolist() == []


@pytest.mark.parametrize(
    "region",
    [
        KNEE,
        LAKE,
        shapely.MultiPolygon([KNEE, shapely.box(WEST + 5000, SOUTH, WEST + 5100, SOUTH + 100)]),
    ],
    ids=["knee", "lake", "two parts"],
)
@pytest.mark.parametrize("cut", [square_cells, hexagon_cells])
def test_the_cells_cover_the_municipality_and_no_cell_is_beside_it(cut, region):
    cells = cut(region)
    shared = shapely.area(shapely.intersection(cells.geometry, region))
    assert (shared > 0).all()
    assert shared.sum() == pytest.approx(region.area)
    assert shapely.area(cells.geometry) == pytest.approx(62_500)


@pytest.mark.parametrize("cut", [square_cells, hexagon_cells])
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 2 * np.pi)), min_size=1, max_size=30))
def test_a_point_lies_in_the_cell_that_holds_it(cut, points):
    share, turn = np.array(points).T
    distance = 900 + share * 1100
    x, y = WEST + distance * np.cos(turn), SOUTH + distance * np.sin(turn)
    inside = shapely.intersects_xy(LAKE, x, y)
    cells = cut(LAKE)
    position = cells.locate(x, y)
    assert (position[inside] >= 0).all()
    found = position >= 0
    polygons = cells.geometry[position[found]]
    away = shapely.distance(polygons, shapely.points(x[found], y[found]))
    assert (away < 1e-6).all()


def test_a_hexagon_holds_the_points_nearest_its_centre():
    cells = lay(Hexagons(62_500.0), (WEST, SOUTH, WEST + 3000, SOUTH + 3000))
    rng = np.random.default_rng(0)
    x, y = WEST + rng.uniform(500, 2500, 5000), SOUTH + rng.uniform(500, 2500, 5000)
    _, nearest = cKDTree(np.column_stack([cells.x, cells.y])).query(np.column_stack([x, y]))
    assert (cells.locate(x, y) == nearest).all()


@pytest.mark.parametrize("cut", [square_cells, hexagon_cells])
@pytest.mark.parametrize("region", [KNEE, LAKE], ids=["knee", "lake"])
def test_neighbours_are_those_that_libpysal_finds(cut, region):
    cells = cut(region)
    # libpysal compares corners exactly, and a hexagon's corners are not round numbers.
    polygons = shapely.set_precision(cells.geometry, 0.01)
    graph = libpysal.graph.Graph.build_contiguity(gpd.GeoSeries(polygons), rook=False)
    expected = graph.sparse.toarray() > 0
    assert (cells.neighbours.toarray() == expected).all()
    assert (cells.neighbours != cells.neighbours.T).nnz == 0
    assert cells.neighbours.diagonal().sum() == 0


def test_two_runs_share_their_cells():
    whole = hexagon_cells(LAKE)
    part = hexagon_cells(KNEE.buffer(100).intersection(LAKE.buffer(900)))
    shared = dict(zip(whole.code, zip(whole.x, whole.y, strict=True), strict=True))
    for code, x, y in zip(part.code, part.x, part.y, strict=True):
        assert shared.get(code, (x, y)) == (x, y)
    assert len(set(whole.code)) == len(whole)


def test_every_point_is_counted_once():
    cells = square_cells(KNEE)
    rng = np.random.default_rng(1)
    x, y = WEST + rng.uniform(-100, 600, 1000), SOUTH + rng.uniform(-100, 900, 1000)
    counts = cells.counts(x, y)
    assert counts.sum() == shapely.intersects_xy(KNEE, x, y).sum()
    assert len(counts) == len(cells)


@pytest.mark.parametrize("cut", [square_cells, hexagon_cells])
@pytest.mark.parametrize(
    ("inside", "size"),
    [
        (KNEE, 0.0),
        (KNEE, -1.0),
        (KNEE, np.nan),
        (KNEE, 1e-3),
        ((0, 0, 1e30, 1e30), 250.0),
        ((0, 0, np.nan, 1), 250.0),
        ((1, 0, 0, 1), 250.0),
        (shapely.Polygon(), 250.0),
    ],
)
def test_impossible_cells_are_refused(cut, inside, size):
    with pytest.raises(AnalysisError) as refused:
        cut(inside, size)
    assert refused.value.cause is AnalysisCause.OUT_OF_RANGE


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(AnalysisError) as refused:
        square_cells(KNEE).locate([1.0], [1.0, 2.0])
    assert refused.value.cause is AnalysisCause.LENGTHS_DIFFER
