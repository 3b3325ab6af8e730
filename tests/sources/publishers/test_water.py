"""Water is an optional layer: absent, or one area in SWEREF 99 TM, or an error that says why."""

import shutil
from datetime import date

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from trygghetskarta.errors import CrsCause, CrsError, SourceCause, SourceError
from trygghetskarta.gate import loaded_world
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.sources.publishers import water
from trygghetskarta.subjects.hotspots.ask.hotspots import lay_land
from trygghetskarta.terms.hotspots import CellShape

LAKE = shapely.box(340_000, 6_460_000, 341_000, 6_462_000)
RIVER = shapely.box(341_000, 6_460_000, 341_500, 6_461_000)


def write(folder, shapes, crs: int | None = 3006, **how):
    frame = gpd.GeoDataFrame({"namn": ["Å"] * len(shapes)}, geometry=shapes, crs=crs)
    frame.to_file(folder / water.WATER_FILE, **how)


def test_no_file_is_no_water(tmp_path):
    assert water.read(tmp_path) is None


def test_parts_that_touch_are_one_area(tmp_path):
    write(tmp_path, [LAKE, RIVER])
    found = water.read(tmp_path)
    assert found.geom_type == "Polygon"
    assert found.area == 2_000_000 + 500_000


@pytest.mark.parametrize("epsg", [3006, 3007, 4326, 3857])
def test_water_in_any_system_comes_in_sweref_99_tm(tmp_path, epsg):
    shape = gpd.GeoSeries([LAKE], crs=3006).to_crs(epsg).iloc[0]
    write(tmp_path, [shape], epsg)
    found = water.read(tmp_path)
    assert shapely.hausdorff_distance(found, LAKE) < 0.01


def test_a_layer_without_a_coordinate_system_is_refused(tmp_path):
    with pytest.warns(UserWarning, match="crs"):
        write(tmp_path, [LAKE], None)
    with pytest.raises(CrsError) as refused:
        water.read(tmp_path)
    assert refused.value.cause is CrsCause.CRS_MISSING
    assert refused.value.facts["file"] == "water.gpkg"


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("nowhere", [float("nan"), float("inf")])
def test_a_corner_that_is_nowhere_is_refused(tmp_path, nowhere):
    corners = [(340_000, 6_460_000), (nowhere, 6_460_000), (340_200, 6_460_100)]
    write(tmp_path, [LAKE, shapely.Polygon(corners)])
    with pytest.raises(SourceError) as refused:
        water.read(tmp_path)
    assert refused.value.cause is SourceCause.FILE_DAMAGED


@pytest.mark.parametrize("content", [b"", b"inget", b"SQLite format 3\x00" + b"\x00" * 200])
def test_what_is_no_geopackage_is_refused_without_its_folder(tmp_path, content):
    (tmp_path / water.WATER_FILE).write_bytes(content)
    with pytest.raises(SourceError) as refused:
        water.read(tmp_path)
    assert refused.value.cause is SourceCause.FILE_DAMAGED
    assert str(tmp_path) not in str(refused.value)


def test_a_table_without_geometry_is_refused(tmp_path):
    pyogrio.write_dataframe(pd.DataFrame({"a": [1]}), tmp_path / water.WATER_FILE, driver="GPKG")
    with pytest.raises(SourceError) as refused:
        water.read(tmp_path)
    assert refused.value.cause is SourceCause.NO_GEOMETRY


def test_lines_and_points_are_no_water(tmp_path):
    write(tmp_path, [shapely.LineString([(0, 0), (9, 9)]), shapely.Point(1, 1)])
    assert water.read(tmp_path) is None


def test_areas_among_lines_are_kept(tmp_path):
    write(tmp_path, [LAKE, shapely.LineString([(0, 0), (9, 9)]), None])
    assert water.read(tmp_path).equals(LAKE)


def test_an_area_that_crosses_itself_is_put_right(tmp_path):
    """A bow tie: two triangles of 500 · 1 000 / 2 m² that meet in one point, and a spike."""
    tie = shapely.Polygon(
        [(340_000, 6_460_000), (341_000, 6_461_000), (341_000, 6_460_000), (340_000, 6_461_000)]
    )
    spike = shapely.Polygon(
        [(0, 0), (100, 0), (100, 50), (100, 100), (100, 900), (100, 100), (0, 100)]
    )
    write(tmp_path, [tie, LAKE.buffer(0), spike, tie])
    found = water.read(tmp_path)
    assert found.is_valid
    assert found.geom_type == "MultiPolygon"
    # The lake covers the tie.
    assert found.area == pytest.approx(LAKE.area + 10_000)


def test_an_elevation_is_left_behind(tmp_path):
    write(tmp_path, [shapely.force_3d(LAKE, 44.0)])
    assert water.read(tmp_path).equals(LAKE)


def test_several_layers_are_no_guess(tmp_path):
    write(tmp_path, [LAKE], layer="vatten")
    write(tmp_path, [RIVER], layer="mark", mode="a")
    with pytest.raises(SourceError) as refused:
        water.read(tmp_path)
    assert refused.value.cause is SourceCause.SEVERAL_LAYERS
    assert set(refused.value.facts["layers"]) == {"vatten", "mark"}


@pytest.mark.slow
def test_a_municipality_with_water_has_no_cells_in_it(tmp_path, geodata):
    shutil.copytree(geodata, tmp_path / "geodata")
    lake = shapely.box(341_000, 6_461_000, 342_000, 6_462_000)
    write(tmp_path / "geodata" / "1488", [lake])
    settings = Settings(store=str(tmp_path / "store.gpkg"), geodata=tmp_path / "geodata")
    place = open_workplace(settings, lambda: date(2026, 11, 2))
    world = loaded_world.load(place.engine, place.municipality, place.water)
    dry = loaded_world.load(place.engine, place.municipality)
    place.engine.dispose()
    cells = lay_land(world, CellShape.SQUARE, 250).cells
    assert len(lay_land(dry, CellShape.SQUARE, 250).cells) - len(cells) == 16
    assert shapely.area(shapely.intersection(cells.geometry, lake)).max() == 0
