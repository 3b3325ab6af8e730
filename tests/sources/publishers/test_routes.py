"""Lines of GeoJSON become tracks, with the times a converter left; networks keep their names."""

import json

import geopandas as gpd
import pytest
import shapely

from trygghetskarta import tables
from trygghetskarta.errors import CrsCause, CrsError, SourceError, TableRule
from trygghetskarta.sources.publishers import routes
from trygghetskarta.sources.readers import files


def collection(*features, **more):
    made = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for geometry, properties in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": made, **more}).encode()


def line(*coordinates):
    return {"type": "LineString", "coordinates": coordinates}


def opened(content):
    return files.read_bytes("sträckor.geojson", content)


def test_a_line_is_a_track_in_degrees():
    raw = opened(collection((line([12.29, 58.28], [12.30, 58.28, 40]), {"Plats": "Sylte"})))
    found, faults = routes.recordings(raw)
    assert list(found) == [2] and not faults
    assert found[2].lon.tolist() == pytest.approx([12.29, 12.30], abs=1e-9)
    assert found[2].segment.tolist() == [0, 0]


def test_parts_are_segments_and_their_times_are_read():
    geometry = {
        "type": "MultiLineString",
        "coordinates": [[[12.29, 58.28], [12.30, 58.28]], [[12.31, 58.28], [12.32, 58.28]]],
    }
    times = [["2026-02-13T20:00:00Z", "2026-02-13T20:10:00Z"]] * 2
    raw = opened(collection((geometry, {"coordTimes": times})))
    found, _ = routes.recordings(raw)
    assert found[2].segment.tolist() == [0, 0, 1, 1]
    assert str(found[2].time[3]) == "2026-02-13T20:10:00.000000"


@pytest.mark.parametrize("times", [["2026-02-13T20:00:00Z"], "nonsense", {"times": 3}])
def test_times_that_do_not_fit_are_not_used(times):
    raw = opened(collection((line([12.29, 58.28], [12.30, 58.28]), {"coordTimes": times})))
    found, _ = routes.recordings(raw)
    assert str(found[2].time[0]) == "NaT"


def test_a_line_in_metres_is_read_by_its_system():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3007"}}
    raw = opened(collection((line([161000, 6463000], [161500, 6463000]), {}), crs=crs))
    found, _ = routes.recordings(raw)
    assert 12 < found[2].lon[0] < 12.6 and 58 < found[2].lat[0] < 58.6


def test_something_else_than_a_line_is_a_fault():
    point = {"type": "Point", "coordinates": [12.29, 58.28]}
    raw = opened(collection((line([12.29, 58.28], [12.30, 58.28]), {}), (point, {})))
    found, (fault,) = routes.recordings(raw)
    assert list(found) == [2]
    assert (fault.rule, fault.row, fault.value) == (TableRule.GEOMETRY_NOT_A_LINE, 3, "Point")


def test_swapped_lines_are_refused():
    with pytest.raises(CrsError) as raised:
        routes.recordings(opened(collection((line([58.28, 12.29], [58.28, 12.30]), {}))))
    assert raised.value.cause is CrsCause.SWAPPED


@pytest.mark.parametrize("name", ["gatunamn", "Namn", None])
def test_a_network_keeps_its_names(name, tmp_path):
    path = tmp_path / "gator.gpkg"
    shapes = [shapely.LineString([(341000, 6461000), (341100, 6461000)])] * 2
    streets = gpd.GeoDataFrame({name or "klass": ["Storgatan", None]}, geometry=shapes, crs=3006)
    streets.to_file(path, layer="gator")
    table = routes.network(files.read(path), source="Kommunen").table
    tables.require(table, tables.NETWORK)
    assert table["name"].notna().tolist() == [name is not None, False]
    assert table.length.tolist() == [100, 100]


def test_points_are_no_network():
    raw = opened(collection(({"type": "Point", "coordinates": [12.29, 58.28]}, {"Namn": "A"})))
    with pytest.raises(SourceError) as raised:
        routes.network(raw, source="Kommunen")
    assert raised.value.cause.value == "no_lines"
