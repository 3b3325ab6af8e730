"""Points into areas: squares of 100 m whose answers can be checked by head, then shapely's word."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import assume, example, given
from hypothesis import strategies as st

from benchmarks import area_index
from benchmarks import areas as land
from tests.properties import examples
from trygghetskarta.analysis import area_borders, area_cells, spatial
from trygghetskarta.analysis.area_cells import NOWHERE
from trygghetskarta.analysis.spatial import AreaIndex, join_points
from trygghetskarta.errors import AnalysisCause, AnalysisError

EAST, NORTH = 300_000, 6_400_000


def square(column: int, row: int, size: float = 100) -> shapely.Polygon:
    """Give a square whose corner lies whole hundreds of metres from the world's corner."""
    west, south = EAST + 100 * column, NORTH + 100 * row
    return shapely.box(west, south, west + size, south + size)


def world(geometry: dict[str, shapely.Geometry | None], crs: int | None = 3006) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"area_code": list(geometry)},
        geometry=gpd.GeoSeries(list(geometry.values()), crs=crs, dtype="geometry"),
    )


def places(*metres: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    """Give points as metres east and north of the world's corner."""
    offset = np.array(metres, dtype=float).reshape(-1, 2)
    return EAST + offset[:, 0], NORTH + offset[:, 1]


def points(*metres: tuple[float, float] | None, index=None) -> gpd.GeoSeries:
    made = [m and shapely.Point(EAST + m[0], NORTH + m[1]) for m in metres]
    return gpd.GeoSeries(made, index=index, crs=3006)


def expected_rows(areas: gpd.GeoDataFrame, x, y) -> np.ndarray:
    """Ask shapely about every point and every area, one by one; the lowest code wins."""
    row = np.full(len(x), NOWHERE)
    asked = shapely.points(x, y)
    by_code = sorted(range(len(areas)), key=lambda i: areas["area_code"].iloc[i], reverse=True)
    for area in by_code:
        row[shapely.intersects(areas.geometry.iloc[area], asked)] = area
    return row


def expected_borders(areas: gpd.GeoDataFrame, x, y) -> np.ndarray:
    borders = shapely.boundary(np.array(areas.geometry, dtype=object))
    return shapely.intersects(borders[:, None], shapely.points(x, y)).any(axis=0)


@pytest.fixture
def four_squares() -> gpd.GeoDataFrame:
    """Two by two squares, codes not in the order of the rows: D C above, B A below."""
    return world({"D": square(0, 1), "B": square(0, 0), "C": square(1, 1), "A": square(1, 0)})


def test_a_point_within_an_area_gets_its_row(four_squares):
    index = AreaIndex(four_squares)
    found = index.locate(*places((50, 50), (150, 50), (50, 150), (150, 150)))
    assert found.tolist() == [1, 3, 0, 2]
    assert found.dtype == np.int32


def test_a_point_outside_every_area_gets_none(four_squares):
    x, y = places((-0.001, 50), (200.001, 50), (50, -0.001), (50, 200.001), (1e6, 50), (-1e9, 1e9))
    assert (AreaIndex(four_squares).locate(x, y) == NOWHERE).all()


def test_a_point_on_a_shared_border_belongs_to_the_lowest_code(four_squares):
    x, y = places((100, 50), (100, 150), (50, 100), (150, 100))
    assert AreaIndex(four_squares).locate(x, y).tolist() == [3, 2, 1, 3]


def test_the_corner_of_four_belongs_to_the_lowest_code(four_squares):
    assert AreaIndex(four_squares).locate(*places((100, 100))).tolist() == [3]


def test_the_outer_border_is_inside(four_squares):
    x, y = places((0, 0), (200, 200), (0, 50), (200, 50), (50, 0), (150, 200))
    index = AreaIndex(four_squares)
    assert index.locate(x, y).tolist() == [1, 2, 1, 3, 1, 2]
    assert index.on_border(x, y).all()


def test_one_float_beside_the_border_is_not_on_it(four_squares):
    index = AreaIndex(four_squares)
    x = np.array([np.nextafter(EAST, 0), EAST, np.nextafter(EAST, EAST + 1)])
    y = np.full(3, NORTH + 50.0)
    assert index.locate(x, y).tolist() == [NOWHERE, 1, 1]
    assert index.on_border(x, y).tolist() == [False, True, False]


def test_nan_and_infinity_lie_nowhere(four_squares):
    index = AreaIndex(four_squares)
    x = np.array([np.nan, EAST + 50, np.inf, -np.inf, EAST + 50, np.nan])
    y = np.array([NORTH + 50, np.nan, NORTH + 50, NORTH + 50, np.inf, np.nan])
    assert (index.locate(x, y) == NOWHERE).all()
    assert not index.on_border(x, y).any()


def test_a_hole_is_outside_but_its_rim_is_inside():
    ring = square(0, 0, 300).difference(square(1, 1))
    index = AreaIndex(world({"A": ring}))
    x, y = places((150, 150), (100, 150), (100, 100), (99, 150))
    assert index.locate(x, y).tolist() == [NOWHERE, 0, 0, 0]
    assert index.on_border(x, y).tolist() == [False, True, True, False]


def test_an_area_within_a_hole_shares_its_rim():
    ring = square(0, 0, 300).difference(square(1, 1))
    x, y = places((150, 150), (100, 150), (50, 50))
    assert AreaIndex(world({"A": ring, "B": square(1, 1)})).locate(x, y).tolist() == [1, 0, 0]
    assert AreaIndex(world({"B": ring, "A": square(1, 1)})).locate(x, y).tolist() == [1, 1, 0]


def test_a_multipolygon_is_one_area():
    both = shapely.MultiPolygon([square(0, 0), square(5, 5)])
    x, y = places((50, 50), (550, 550), (300, 300))
    assert AreaIndex(world({"A": both})).locate(x, y).tolist() == [0, 0, NOWHERE]


def test_height_is_ignored():
    index = AreaIndex(world({"A": shapely.force_3d(square(0, 0), 12.0)}))
    assert index.locate(*places((50, 50))).tolist() == [0]


@pytest.mark.parametrize(("large", "small", "row"), [("A", "B", 0), ("B", "A", 1)])
def test_where_areas_overlap_the_lowest_code_wins(large, small, row):
    index = AreaIndex(world({large: square(0, 0, 1000), small: square(4, 4)}))
    x, y = places((450, 450), (400, 450), (10, 10))
    assert index.locate(x, y).tolist() == [row, row, 0]
    assert index.overlaps == (("A", "B"),)


@pytest.mark.parametrize(
    "other",
    [square(0, 0), square(0, 0, 50), shapely.box(EAST + 99.999, NORTH, EAST + 150, NORTH + 100)],
    ids=["the same", "a corner of it", "a millimetre"],
)
def test_an_overlap_is_told(other):
    areas = world({"C": square(0, 0), "B": other, "A": square(7, 7), "D": None})
    assert AreaIndex(areas).overlaps == (("B", "C"),)


def test_neighbours_do_not_overlap(four_squares):
    assert AreaIndex(four_squares).overlaps == ()
    # Not even when a corner of one lies midway along the side of the other.
    assert AreaIndex(world({"A": square(0, 0), "B": square(1, 0, 50)})).overlaps == ()


def test_codes_are_compared_as_text():
    index = AreaIndex(world({"9": square(0, 0), "10": square(1, 0)}))
    assert index.codes == ("9", "10")
    assert index.locate(*places((100, 50))).tolist() == [1]


def test_another_column_may_hold_the_code(four_squares):
    areas = four_squares.rename(columns={"area_code": "regsokod"})
    assert AreaIndex(areas, "regsokod").codes == ("D", "B", "C", "A")
    assert AreaIndex(areas, code="regsokod").locate(*places((50, 50))).tolist() == [1]


def test_the_rows_are_positions_whatever_the_index(four_squares):
    areas = four_squares.set_axis([7, 7, 3, 0])
    assert AreaIndex(areas).locate(*places((50, 50), (150, 50))).tolist() == [1, 3]


@pytest.mark.parametrize("nothing", [None, shapely.Polygon(), shapely.MultiPolygon()])
def test_an_area_without_geometry_holds_nothing(nothing):
    index = AreaIndex(world({"A": nothing, "B": square(0, 0)}))
    assert index.locate(*places((50, 50), (150, 50))).tolist() == [1, NOWHERE]
    assert index.overlaps == ()


@pytest.mark.parametrize("geometry", [{}, {"A": None}, {"A": shapely.Polygon()}])
def test_without_any_area_no_point_is_held(geometry):
    index = AreaIndex(world(geometry))
    assert index.locate(*places((0, 0), (50, 50))).tolist() == [NOWHERE, NOWHERE]
    assert index.locate([0.0, np.nan], [0.0, np.nan]).tolist() == [NOWHERE, NOWHERE]
    assert not index.on_border([0.0], [0.0]).any()
    assert index.overlaps == ()
    assert len(index) == len(geometry)


def test_no_point_gives_no_row(four_squares):
    index = AreaIndex(four_squares)
    assert index.locate([], []).dtype == np.int32
    assert index.on_border([], []).dtype == bool


def test_lists_and_series_are_taken(four_squares):
    index = AreaIndex(four_squares)
    x = pd.Series([EAST + 50, None, EAST + 150], index=[3, 1, 1], dtype="Float64")
    assert index.locate(x, [NORTH + 50] * 3).tolist() == [1, NOWHERE, 3]


def test_extents_of_every_shape_are_indexed():
    thin = shapely.box(EAST, NORTH, EAST + 1e6, NORTH + 1e-3)
    tiny = shapely.box(EAST, NORTH + 1, EAST + 1e-8, NORTH + 1 + 1e-8)
    for areas in (world({"A": thin}), world({"A": tiny}), world({"A": thin, "B": tiny})):
        x, y = shapely.get_coordinates(areas.geometry.array).T
        x, y = np.append(x, x + 0.5), np.append(y, y)
        assert AreaIndex(areas).locate(x, y).tolist() == expected_rows(areas, x, y).tolist()


def test_many_edges_at_one_height_are_tested_in_batches(monkeypatch):
    teeth = np.arange(400)
    comb = np.stack([EAST + teeth, NORTH + 1000 + teeth % 2], axis=1)
    areas = world({"A": shapely.Polygon([*comb, (EAST + 399, NORTH), (EAST, NORTH)])})
    x, y = places(*((0.1 + 0.25 * i, 1000 + 0.25 * (i % 5)) for i in range(1500)))
    monkeypatch.setattr(area_borders, "_PAIRS_AT_ONCE", 100)
    monkeypatch.setattr(area_cells, "_POINTS_AT_ONCE", 64)
    assert AreaIndex(areas).locate(x, y).tolist() == expected_rows(areas, x, y).tolist()


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize("crs", [None, 3007, 4326])
def test_another_crs_is_refused(four_squares, crs):
    wrong = four_squares.set_crs(crs, allow_override=True)
    with pytest.raises(AnalysisError) as error:
        AreaIndex(wrong)
    assert error.value.cause is AnalysisCause.WRONG_CRS
    with pytest.raises(AnalysisError) as error:
        join_points(points((50, 50)).set_crs(crs, allow_override=True), four_squares)
    assert error.value.cause is AnalysisCause.WRONG_CRS
    assert isinstance(error.value.facts["crs"], str)


@pytest.mark.parametrize(
    ("codes", "told"),
    [(["A", "B", "A"], ("A",)), (["A", None, "B"], ("",)), ([1, "1", "B"], ("1",))],
)
def test_a_code_that_names_no_one_area_is_refused(codes, told):
    areas = gpd.GeoDataFrame(
        {"area_code": pd.Series(codes, dtype=object)},
        geometry=[square(0, 0), square(1, 0), square(2, 0)],
        crs=3006,
    )
    with pytest.raises(AnalysisError) as error:
        AreaIndex(areas)
    assert error.value.cause is AnalysisCause.CODES_NOT_UNIQUE
    assert error.value.facts == {"codes": told}


BOW_TIE = shapely.Polygon(
    [(EAST, NORTH), (EAST + 100, NORTH + 100), (EAST + 100, NORTH), (EAST, NORTH + 100)]
)


@pytest.mark.parametrize(
    "geometry",
    [
        BOW_TIE,
        shapely.MultiPolygon([square(0, 0), square(0, 0)]),
        shapely.Point(EAST, NORTH),
        square(0, 0).exterior,
        shapely.GeometryCollection([square(0, 0)]),
    ],
    ids=["bow tie", "parts overlap", "point", "line", "collection"],
)
def test_what_has_no_inside_is_refused(geometry):
    with pytest.raises(AnalysisError) as error:
        AreaIndex(world({"A": square(5, 5), "B": geometry}))
    assert error.value.cause is AnalysisCause.GEOMETRY_NOT_AREA
    assert error.value.facts == {"rows": (1,)}


def test_a_coordinate_beyond_the_earth_is_refused():
    with pytest.raises(AnalysisError) as error:
        AreaIndex(world({"A": shapely.box(0, 0, 1e12, 1)}))
    assert error.value.cause is AnalysisCause.OUT_OF_RANGE


def test_coordinates_of_different_length_are_refused(four_squares):
    index = AreaIndex(four_squares)
    for ask in (index.locate, index.on_border):
        with pytest.raises(AnalysisError) as error:
            ask([1.0, 2.0], [1.0])
        assert error.value.cause is AnalysisCause.LENGTHS_DIFFER
        assert error.value.facts == {"left": 2, "right": 1}


# --- join_points ------------------------------------------------------------------------------


def test_every_point_is_accounted_for(four_squares):
    asked = points((50, 50), None, (100, 100), (500, 500), (160, 50), index=[9, 9, 2, 5, 0])
    asked = pd.concat([asked, gpd.GeoSeries([shapely.Point()], index=[1], crs=3006)])
    result = join_points(asked, four_squares)
    assert result.area_code.index.equals(asked.index)
    assert result.area_code.name == "area_code"
    assert result.area_code.isna().tolist() == [False, True, False, True, False, True]
    assert result.area_code.dropna().tolist() == ["B", "A", "A"]
    assert result.report == spatial.JoinReport(
        matched=3,
        outside=1,
        without_coordinates=2,
        on_border=1,
        areas_without_points=("C", "D"),
        overlaps=(),
    )


def test_a_table_and_a_ready_index_give_the_same(four_squares):
    asked = gpd.GeoDataFrame({"when": [1, 2]}, geometry=points((50, 50), (150, 50)))
    result = join_points(asked, AreaIndex(four_squares))
    assert result.area_code.tolist() == ["B", "A"]
    assert result.report == join_points(asked, four_squares).report
    renamed = four_squares.rename(columns={"area_code": "regsokod"})
    assert join_points(asked, renamed, "regsokod").report == result.report


def test_joining_changes_neither_table(four_squares):
    asked, areas = points((50, 50), None), four_squares.copy()
    before = asked.copy()
    join_points(asked, areas)
    assert asked.geom_equals(before).tolist() == [True, False]  # None equals nothing
    pd.testing.assert_frame_equal(pd.DataFrame(areas), pd.DataFrame(four_squares))


def test_what_is_no_point_has_no_coordinates(four_squares):
    wrong = [
        square(0, 0),
        shapely.LineString([(EAST, NORTH), (EAST + 9, NORTH)]),
        shapely.MultiPoint([(EAST, NORTH)]),
        shapely.Point(np.inf, NORTH),
        shapely.Point(np.nan, NORTH),
        shapely.Point(np.nan, np.nan),
    ]
    report = join_points(gpd.GeoSeries(wrong, crs=3006), four_squares).report
    assert (report.matched, report.outside, report.without_coordinates) == (0, 0, len(wrong))


def test_no_points_and_no_areas_join(four_squares):
    none = gpd.GeoSeries([], crs=3006)
    assert join_points(none, four_squares).report.areas_without_points == ("A", "B", "C", "D")
    result = join_points(points((50, 50), None), world({}))
    assert result.area_code.isna().all()
    assert (result.report.outside, result.report.without_coordinates) == (1, 1)


def test_overlaps_and_their_points_are_reported():
    areas = world({"B": square(0, 0, 200), "A": square(1, 1, 200)})
    result = join_points(points((150, 150), (50, 50), (100, 150)), areas)
    assert result.area_code.tolist() == ["A", "B", "A"]
    assert result.report.overlaps == (("A", "B"),)
    assert result.report.on_border == 1


# --- against shapely ---------------------------------------------------------------------------

# Corners on a coarse lattice make touching, crossing and collinear borders the common case.
LATTICE = st.integers(0, 6)
TRIANGLE = st.lists(st.tuples(LATTICE, LATTICE), min_size=3, max_size=3, unique=True)
AREA = st.lists(TRIANGLE, min_size=1, max_size=4)
NUDGE = st.integers(-1, 1)
PLACE = st.tuples(st.integers(-1, 13), st.integers(-1, 13), NUDGE, NUDGE)


def _area(triangles, scale: float) -> shapely.Geometry:
    parts = [
        shapely.Polygon([(EAST + scale * a, NORTH + scale * b) for a, b in t]) for t in triangles
    ]
    union = shapely.union_all([part for part in parts if part.is_valid])
    return union if union.geom_type in ("Polygon", "MultiPolygon") else shapely.Polygon()


@examples(200)
@given(
    shapes=st.lists(AREA, min_size=1, max_size=4),
    asked=st.lists(PLACE, min_size=1, max_size=40),
    scale=st.sampled_from([1.0, 100.0, 1 / 3, 12345.678]),
)
@example(shapes=[[[(0, 0), (6, 5), (0, 1)]]], asked=[(6, 5, 0, 0)], scale=1 / 3)
def test_any_areas_and_points_give_what_shapely_says(shapes, asked, scale):
    areas = world({f"{7 * i % 5}": _area(shape, scale) for i, shape in enumerate(shapes)})
    assume(areas.geometry.is_valid.all())
    half = np.array(asked, dtype=float)
    x, y = EAST + scale * half[:, 0] / 2, NORTH + scale * half[:, 1] / 2
    x, y = np.nextafter(x, x + half[:, 2]), np.nextafter(y, y + half[:, 3])
    index = AreaIndex(areas)
    assert index.locate(x, y).tolist() == expected_rows(areas, x, y).tolist()
    assert index.on_border(x, y).tolist() == expected_borders(areas, x, y).tolist()


@pytest.mark.parametrize(("east", "north"), [(EAST, NORTH), (0, 0)])
def test_signs_that_rounding_turns_are_exact(east, north):
    x1, y1, x2, y2 = east + 0.1, north + 0.3, east + 618_034.7, north + 1_234_567.9
    areas = world({"A": shapely.Polygon([(x1, y1), (x2, y2), (east, north + 9)])})
    share = np.random.default_rng(0).random(5000)
    x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
    plain = np.sign((x2 - x1) * (y - y1) - (x - x1) * (y2 - y1))
    exact = area_borders._exact_side(x, y, *(np.full(len(x), value) for value in (x1, y1, x2, y2)))
    assert (plain != exact).any()  # the case is hard enough
    index = AreaIndex(areas)
    assert index.locate(x, y).tolist() == expected_rows(areas, x, y).tolist()
    assert index.on_border(x, y).tolist() == expected_borders(areas, x, y).tolist()


@examples(50)
@given(asked=st.lists(st.none() | st.tuples(st.floats(-50, 250), st.floats(-50, 250))))
def test_the_counts_always_add_up(asked):
    areas = world({"A": square(0, 0), "B": square(1, 1)})
    result = join_points(points(*asked), areas)
    report = result.report
    assert report.matched + report.outside + report.without_coordinates == len(asked)
    assert report.matched == result.area_code.notna().sum()
    assert report.on_border <= report.matched


def _agrees(areas, x, y, index) -> bool:
    return (index.locate(x, y) == area_index.reference_rows(areas, x, y)).all()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["trollhattan", pytest.param("country", marks=pytest.mark.slow)])
def test_winding_areas_give_what_shapely_says(name):
    areas = getattr(land, name)()
    index = AreaIndex(areas)
    x, y = area_index.random_points(areas, 1_000_000)
    assert _agrees(areas, x, y, index)
    x, y = area_index.adversarial_points(areas, index, 100_000)
    assert _agrees(areas, x, y, index)
    on = index.on_border(x, y)
    assert on.sum() > 10_000
    assert (index.locate(x[on], y[on]) != NOWHERE).all()
    assert index.overlaps == ()


def test_trollhattan_tiles_without_a_gap():
    areas = land.trollhattan()
    x, y = area_index.random_points(areas, 100_000, seed=1)
    held = AreaIndex(areas).locate(x, y) != NOWHERE
    whole = AreaIndex(world({"1488": areas.union_all()}))
    assert (held == (whole.locate(x, y) == 0)).all()
