"""A plan area is the polygons of a file, taken together, or an error that says why not."""

import geopandas as gpd
import pytest
import shapely

from trygghetskarta.errors import CrsCause, CrsError, SourceCause, SourceError
from trygghetskarta.sources.publishers import plan_areas
from trygghetskarta.sources.readers import files

BLOCK = shapely.box(340_000, 6_460_000, 340_200, 6_460_100)
YARD = shapely.box(340_200, 6_460_000, 340_300, 6_460_100)


def raw(tmp_path, shapes, crs=3006):
    path = tmp_path / "Detaljplan Västra.gpkg"
    gpd.GeoDataFrame({"namn": ["Å"] * len(shapes)}, geometry=shapes, crs=crs).to_file(path)
    return files.read(path)


def test_polygons_are_one_area_with_the_name_of_the_file(tmp_path):
    found = plan_areas.parse(raw(tmp_path, [BLOCK, YARD]))
    assert (found.name, found.shape.area) == ("Detaljplan Västra", 30_000)


@pytest.mark.parametrize(
    "shapes",
    [
        [shapely.Point(340_000, 6_460_000)],
        [BLOCK, shapely.LineString([(340_000, 6_460_000), (340_200, 6_460_100)])],
        [shapely.Polygon([(340_000, 6_460_000)] * 4)],
    ],
)
def test_what_is_no_area_is_refused(tmp_path, shapes):
    with pytest.raises(SourceError) as stopped:
        plan_areas.parse(raw(tmp_path, shapes))
    assert stopped.value.cause is SourceCause.NOT_AN_AREA


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("nowhere", [float("nan"), float("inf")])
def test_a_corner_that_is_nowhere_is_refused(tmp_path, nowhere):
    corners = [(340_000, 6_460_000), (nowhere, 6_460_000), (340_200, 6_460_100)]
    with pytest.raises(SourceError) as stopped:
        plan_areas.parse(raw(tmp_path, [BLOCK, shapely.Polygon(corners)]))
    assert stopped.value.cause is SourceCause.NOT_AN_AREA


def test_a_table_is_no_area():
    with pytest.raises(SourceError) as stopped:
        plan_areas.parse(files.read_bytes("a.csv", b"Id;Namn\n1;Sylte\n2;Lextorp\n"))
    assert stopped.value.cause is SourceCause.NOT_AN_AREA


def test_an_area_far_from_sweden_is_refused(tmp_path):
    with pytest.raises(CrsError) as stopped:
        plan_areas.parse(raw(tmp_path, [shapely.box(2, 48, 3, 49)], 4326))
    assert stopped.value.cause is CrsCause.OUTSIDE_ALL
