"""One border of coordinates: every Swedish system comes in, and nothing by guess alone."""

import numpy as np
import pandas as pd
import pyproj
import pytest

from trygghetskarta.errors import CrsCause, CrsError, TableRule
from trygghetskarta.sources.fields import coordinates
from trygghetskarta.sources.fields.reference_systems import CRS_NAMES
from trygghetskarta.sources.readers import files
from trygghetskarta.words import error_words

BOUNDS = (330_000.0, 6_450_000.0, 360_000.0, 6_490_000.0)
EAST = np.array([341_000.0, 342_500.0, 345_010.5])
NORTH = np.array([6_465_000.0, 6_461_200.0, 6_470_000.25])
COLUMNS = {"easting": "E", "northing": "N"}


def in_system(code, east=EAST, north=NORTH):
    return pyproj.Transformer.from_crs(3006, code, always_xy=True).transform(east, north)


def table(easts, norths, form="{}"):
    lines = [
        f"{form.format(north)};{form.format(east)};x"
        for east, north in zip(easts, norths, strict=True)
    ]
    return files.read_bytes("p.csv", "\n".join(["N;E;T", *lines]).encode())


def locate(raw, roles=COLUMNS, **options):
    return coordinates.locate(raw, roles, **{"bounds": BOUNDS, "local_crs": 3007, **options})


def xy(found):
    return np.c_[found.geometry.x, found.geometry.y]


@pytest.mark.parametrize("code", list(CRS_NAMES))
def test_every_system_is_recognised_near_the_municipality(code):
    found = locate(table(*in_system(code)))
    assert found.notes == {"guessed_crs": code, "crs": code}
    assert np.abs(xy(found) - np.c_[EAST, NORTH]).max() < 0.01
    assert found.geometry.crs == 3006 and found.faults == ()


@pytest.mark.parametrize("code", [3006, 3007, 3021, 4326])
def test_a_chosen_system_is_not_guessed(code):
    found = locate(table(*in_system(code)), bounds=None, crs=code)
    assert found.notes == {"crs": code}
    assert np.abs(xy(found) - np.c_[EAST, NORTH]).max() < 0.01


def test_zones_of_the_whole_country():
    for code, east, north in ((3018, 900_000.0, 7_320_000.0), (3008, 400_000.0, 6_150_000.0)):
        bounds = (east - 9000, north - 9000, east + 9000, north + 9000)
        raw = table(*in_system(code, np.array([east]), np.array([north])))
        assert locate(raw, bounds=bounds, local_crs=code).notes["guessed_crs"] == code


@pytest.mark.parametrize(
    ("north", "east"),
    [
        ("6465000,5", "341000,25"),
        ("6 465 000,5", "341 000,25"),
        ("6\u00a0465\u00a0000.5", "341000.25"),
        ("N 6465000,5", "E 341000,25"),
        ("N6465000,5", "Ö: 341000,25"),
        ("6465000,5 m", "341000,25 m"),
    ],
)
def test_numbers_as_swedes_write_them(north, east):
    found = locate(files.read_bytes("p.csv", f"N;E;T\n{north};{east};x\n".encode()))
    assert xy(found).tolist() == [[341000.25, 6465000.5]]


def test_rows_without_half_without_and_with_nonsense():
    raw = files.read_bytes(
        "p.csv",
        b"N;E;T\n6465000;341000;x\n;;x\nNA;-;x\n6465000;;x\n;341000;x\nhej;341000;x\n"
        b"6465000;1e5;x\n",
    )
    found = locate(raw)
    assert found.geometry.notna().tolist() == [True] + [False] * 6
    assert [(f.rule, f.row, f.column, f.value) for f in found.faults] == [
        (TableRule.NOT_A_NUMBER, 7, "N", "hej"),
        (TableRule.NOT_A_NUMBER, 8, "E", "1e5"),
        (TableRule.COORDINATE_INCOMPLETE, 6, "N", ""),
        (TableRule.COORDINATE_INCOMPLETE, 5, "E", ""),
    ]


def test_null_island_and_single_strays_are_faults_of_their_rows():
    easts = [341000, 342000, 0, 6465000, 5, 343000]
    found = locate(table(easts, [6465000, 6466000, 0, 341000, 5000000, 6467000]))
    assert found.geometry.notna().tolist() == [True, True, False, False, False, True]
    assert [(f.rule, f.row) for f in found.faults] == [
        (TableRule.COORDINATE_OUTSIDE_SWEDEN, row) for row in (4, 5, 6)
    ]
    assert [f.hint for f in found.faults] == ["", "6465000, 341000", ""]
    assert found.faults[1].value == "341000, 6465000"
    assert found.faults[0].column == "N, E"


def test_only_null_island():
    found = locate(table([0, 0], [0, 0]))
    assert found.geometry.isna().all()
    assert [f.rule for f in found.faults] == [TableRule.COORDINATE_OUTSIDE_SWEDEN] * 2


@pytest.mark.parametrize("code", [3006, 3007, 3021, 4326])
@pytest.mark.parametrize("chosen", [True, False])
def test_swapped_axes_of_a_whole_file(code, chosen):
    east, north = in_system(code)
    with pytest.raises(CrsError) as caught:
        locate(table(north, east), crs=code if chosen else None)
    assert caught.value.cause is CrsCause.SWAPPED
    assert caught.value.facts == {"file": "p.csv", "looks_like": [CRS_NAMES[code]]}


def test_points_far_from_the_municipality_need_a_told_system():
    raw = table(EAST + 300_000, NORTH + 300_000)
    with pytest.raises(CrsError) as caught:
        locate(raw)
    assert caught.value.cause is CrsCause.CRS_MISSING
    assert "SWEREF 99 TM" in caught.value.facts["looks_like"]
    assert len(locate(raw, crs=3006).geometry.dropna()) == 3


def test_without_bounds_nothing_is_guessed():
    with pytest.raises(CrsError) as caught:
        locate(table(EAST, NORTH), bounds=None)
    assert caught.value.cause is CrsCause.CRS_MISSING
    assert caught.value.facts["looks_like"][0].startswith("SWEREF 99")


def test_two_systems_that_fit_are_named():
    # Half of the points make sense in each of two zones of a municipality as wide as two zones.
    east, north = in_system(3012, np.array([500_000.0]), np.array([6_700_000.0]))
    with pytest.raises(CrsError) as caught:
        locate(
            table(east, north),
            bounds=(430_000.0, 6_650_000.0, 560_000.0, 6_750_000.0),
            local_crs=3012,
        )
    assert caught.value.cause is CrsCause.AMBIGUOUS
    assert caught.value.facts["candidates"][0] == "SWEREF 99 14 15"
    assert len(caught.value.facts["candidates"]) > 1


def test_points_outside_sweden():
    with pytest.raises(CrsError) as caught:
        locate(table(*in_system(3007)), crs=4326)
    assert caught.value.cause is CrsCause.OUTSIDE_SWEDEN
    assert caught.value.facts["share"] == 100
    assert "SWEREF 99 12 00" in caught.value.facts["looks_like"]


def test_numbers_that_are_nowhere():
    with pytest.raises(CrsError) as caught:
        locate(table([1e9, 2e9], [3e9, 4e9]))
    assert caught.value.cause is CrsCause.CRS_UNKNOWN
    with pytest.raises(CrsError) as caught:
        locate(table([1e9, 2e9], [3e9, 4e9]), crs=3006)
    assert caught.value.cause is CrsCause.OUTSIDE_ALL


@pytest.mark.parametrize("bounds", [True, False])
def test_web_mercator_is_named_and_read_where_it_is_told(bounds):
    east, north = in_system(3857)
    with pytest.raises(CrsError) as caught:
        locate(table(east, north), **({} if bounds else {"bounds": None}))
    assert caught.value.cause is CrsCause.WEB_MERCATOR
    said = error_words.error_sentence(caught.value)
    assert "Web Mercator (EPSG:3857)" in said and "--crs 3857" in said
    for code in (3857, 900913):
        found = locate(table(east, north), crs=code)
        assert np.allclose(xy(found), np.column_stack([EAST, NORTH]), atol=0.01)
    with pytest.raises(CrsError) as caught:
        locate(table(east, north), crs=4326)
    assert caught.value.cause is CrsCause.WEB_MERCATOR


@pytest.mark.parametrize("code", [3006, 3007, 3021, 4326])
@pytest.mark.parametrize(
    ("factor", "cause", "times"),
    [
        (0.001, CrsCause.IN_KILOMETRES, None),
        (1000, CrsCause.WITHOUT_DECIMALS, 1000),
        (100_000, CrsCause.WITHOUT_DECIMALS, 100_000),
    ],
)
def test_coordinates_in_another_unit_are_named(code, factor, cause, times):
    if code == 4326 and factor < 1:
        return
    east, north = (values * factor for values in in_system(code))
    with pytest.raises(CrsError) as caught:
        locate(table(east, north))
    assert caught.value.cause is cause and caught.value.facts.get("times") == times
    assert caught.value.facts["looks_like"] == [CRS_NAMES[code]]
    said = error_words.error_sentence(caught.value)
    assert CRS_NAMES[code] in said and "–" not in said


def test_a_system_that_is_not_read():
    with pytest.raises(CrsError) as caught:
        locate(table(EAST, NORTH), crs=27700)
    assert caught.value.cause is CrsCause.CRS_UNSUPPORTED
    assert caught.value.facts["crs"] == "EPSG:27700"


def test_geometry_goes_before_columns_and_choice_before_file():
    geojson = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"N":1,"E":2},'
        '"geometry":{"type":"Point","coordinates":[341000.0,6465000.0]}}]}'
    )
    raw = files.read_bytes("p.geojson", geojson.encode())
    with pytest.raises(CrsError) as caught:
        locate(raw)
    assert caught.value.cause is CrsCause.OUTSIDE_SWEDEN
    assert "SWEREF 99 TM" in caught.value.facts["looks_like"]
    assert xy(locate(raw, crs=3006)).tolist() == [[341000.0, 6465000.0]]


def test_geometry_that_is_no_point():
    geojson = (
        '{"type":"FeatureCollection","features":['
        '{"type":"Feature","properties":{"a":1},"geometry":{"type":"MultiPoint","coordinates":'
        "[[12.29,58.28]]}},"
        '{"type":"Feature","properties":{"a":2},"geometry":{"type":"LineString","coordinates":'
        "[[12.29,58.28],[12.3,58.29]]}},"
        '{"type":"Feature","properties":{"a":3},"geometry":null}]}'
    )
    found = locate(files.read_bytes("p.geojson", geojson.encode()))
    assert found.geometry.notna().tolist() == [True, False, False]
    assert [(f.rule, f.row, f.value) for f in found.faults] == [
        (TableRule.GEOMETRY_NOT_A_POINT, 3, "LineString")
    ]


def wkt(*cells):
    return files.read_bytes(
        "p.csv", "\n".join(["geometri;T", *(f'"{c}";x' for c in cells)]).encode()
    )


def test_points_as_text():
    raw = wkt("SRID=3007;POINT (167000 6463000)", "", "POINT hej", "POLYGON ((0 0, 1 0, 1 1, 0 0))")
    found = locate(raw, {"wkt": "geometri"})
    expected = pyproj.Transformer.from_crs(3007, 3006, always_xy=True).transform(167000, 6463000)
    assert xy(found)[0] == pytest.approx(expected)
    assert [(f.rule, f.row) for f in found.faults] == [
        (TableRule.GEOMETRY_NOT_A_POINT, 5),
        (TableRule.GEOMETRY_NOT_A_POINT, 4),
    ]
    raw = wkt("POINT (341000 6465000)")
    assert locate(raw, {"wkt": "geometri"}).notes["guessed_crs"] == 3006
    raw = wkt("SRID=3006;POINT (341000 6465000)", "SRID=3007;POINT (167000 6463000)")
    with pytest.raises(CrsError) as caught:
        locate(raw, {"wkt": "geometri"})
    assert caught.value.cause is CrsCause.AMBIGUOUS


def test_nothing_to_locate():
    raw = files.read_bytes("p.csv", b"Kod;T\n0910;x\n")
    found = locate(raw, {"offence_code": "Kod"})
    assert found.geometry.isna().all() and found.geometry.crs == 3006
    assert found.notes == {} and found.faults == ()
    raw = files.read_bytes("p.csv", b"N;E;T\n;;x\n")
    assert locate(raw).geometry.isna().all()


def test_index_is_kept():
    raw = files.read_bytes("p.csv", b"Titel\n\nN;E;T\n6465000;341000;x\n")
    assert locate(raw).geometry.index.tolist() == [4]


def test_areas_without_and_with_a_wrong_system(shared_data):
    raw = files.read(shared_data / "districts" / "regso_2025_trollhattan_3007.gpkg")
    found = coordinates.to_work_crs(raw.geometry, raw)
    assert found.area.sum() / 1e6 == pytest.approx(429.860, abs=0.001)
    naked = files.RawTable(raw.frame, raw.geometry, None, "d.gpkg", "")
    with pytest.raises(CrsError) as caught:
        coordinates.to_work_crs(naked.geometry, naked)
    assert caught.value.cause is CrsCause.CRS_MISSING
    with pytest.raises(CrsError) as caught:
        coordinates.to_work_crs(raw.geometry, raw, crs=4326)
    assert caught.value.cause is CrsCause.OUTSIDE_SWEDEN
    assert pd.isna(found).sum() == 0


@pytest.mark.parametrize(("north", "east"), [("58", "12"), ("58,3", "12,3")])
def test_degrees_of_kilometres_are_no_place(north, east):
    raw = files.read_bytes("p.csv", f"N;E;T\n{north};{east};x\n58,2837;12,3;x\n".encode())
    found = coordinates.locate(
        raw, {"longitude": "E", "latitude": "N"}, bounds=BOUNDS, local_crs=3007
    )
    assert [(one.rule, one.row) for one in found.faults] == [(TableRule.COORDINATE_COARSE, 2)]
    assert found.geometry.notna().tolist() == [False, True]
