"""Areas from any polygon file."""

import geopandas as gpd
import pytest
from shapely.geometry import LineString, Point, Polygon, box

from trygghetskarta import tables
from trygghetskarta.errors import CrsCause, CrsError, TableRule
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.publishers import districts
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import Aside, TableKind

E, N = 341_000.0, 6_465_000.0


def square(n, size=100.0):
    return box(E + n * size, N, E + (n + 1) * size, N + size)


def parse(table, tmp_path, **options):
    path = tmp_path / "ytor.gpkg"
    table.to_file(path)
    return parse_raw(files.read(path), **options)


def parse_raw(raw, **options):
    mapping = columns.recognise(raw.frame.columns, TableKind.DISTRICTS, raw.frame)
    columns.validate(mapping, raw)
    parsed = districts.parse(raw, mapping, boundary_version="v1", **options)
    assert tables.check(parsed.table, tables.AREAS) == []
    assert len(parsed.table) + len({f.row for f in parsed.faults}) == len(raw.frame)
    return parsed


@pytest.mark.parametrize(
    ("name", "level", "count"),
    [
        ("regso_2025_trollhattan_3006.gpkg", AreaLevel.REGSO, 16),
        ("regso_2025_trollhattan_3007.gpkg", AreaLevel.REGSO, 16),
        ("deso_2025_trollhattan_approx_3006.gpkg", AreaLevel.DESO, 32),
        ("stadsdelar_trollhattan_3006.gpkg", AreaLevel.DISTRICT, 15),
    ],
)
def test_real_layers(shared_data, name, level, count):
    table = parse_raw(files.read(shared_data / "districts" / name)).table
    assert len(table) == count and set(table["area_level"]) == {level}
    assert table["name"].is_unique
    assert table.crs == 3006
    assert table.area.sum() / 1e6 == pytest.approx(429.860, abs=0.001)


def test_level_by_code_by_column_and_by_choice(tmp_path):
    codes = ["1488", "1488R001", "1488A0010", "7", "1488R002_RegSO2025"]
    table = gpd.GeoDataFrame(
        {"kod": codes, "namn": list("abcde")}, geometry=[square(n) for n in range(5)], crs=3006
    )
    parsed = parse(table, tmp_path)
    assert parsed.table["area_level"].tolist() == ["kommun", "regso", "deso", "stadsdel", "regso"]
    assert parsed.table["area_code"].iloc[4] == "1488R002"
    told = table.assign(niva=["stadsdel", "Stadsdel", "okänd", "DeSO", None])
    assert parse(told, tmp_path).table["area_level"].tolist() == [
        "stadsdel",
        "stadsdel",
        "deso",
        "deso",
        "regso",
    ]
    chosen = parse(table, tmp_path, level=AreaLevel.DISTRICT).table
    assert set(chosen["area_level"]) == {"stadsdel"}


def test_name_or_code_alone(tmp_path):
    table = gpd.GeoDataFrame({"stadsdel": ["Ön", "Ö2"]}, geometry=[square(0), square(1)], crs=3006)
    found = parse(table, tmp_path).table
    assert found["area_code"].tolist() == found["name"].tolist() == ["Ön", "Ö2"]


def test_an_area_without_a_name_in_a_column_of_names_waits(tmp_path):
    table = gpd.GeoDataFrame(
        {"kod": ["A", "B"], "namn": ["Ön", None]}, geometry=[square(0), square(1)], crs=3006
    )
    parsed = parse(table, tmp_path)
    assert parsed.table["name"].tolist() == ["Ön"]
    assert [(fault.rule, fault.row) for fault in parsed.faults] == [(TableRule.VALUE_MISSING, 3)]


def test_a_shared_name_is_no_name(tmp_path):
    table = gpd.GeoDataFrame(
        {"kod": ["1", "2", "3"], "namn": ["Ön", "Ön", "Vik"]},
        geometry=[square(n) for n in range(3)],
        crs=3006,
    )
    assert parse(table, tmp_path).table["name"].tolist() == ["Ön 1", "Ön 2", "Vik"]


def test_every_fault_with_its_row(tmp_path):
    bow = Polygon([(E, N), (E + 100, N + 100), (E + 100, N), (E, N + 100)])
    shapes = [square(0), bow, None, Point(E, N), LineString([(E, N), (E + 1, N)]), square(1)]
    table = gpd.GeoDataFrame(
        {"kod": ["1", "2", "3", "4", "5", None], "namn": list("abcdef")}, geometry=shapes, crs=3006
    )
    parsed = parse(table, tmp_path)
    assert [(f.rule, f.row) for f in parsed.faults] == [
        (TableRule.GEOMETRY_INVALID, 3),
        (TableRule.GEOMETRY_MISSING, 4),
        (TableRule.GEOMETRY_TYPE, 5),
        (TableRule.GEOMETRY_TYPE, 6),
        (TableRule.VALUE_MISSING, 7),
    ]
    assert parsed.faults[0].value.startswith("Self-intersection")
    assert [f.value for f in parsed.faults[2:4]] == ["Point", "LineString"]


def test_a_code_that_stands_twice(tmp_path):
    table = gpd.GeoDataFrame(
        {"kod": ["1", "1"], "namn": ["a", "b"]}, geometry=[square(0), square(1)], crs=3006
    )
    parsed = parse(table, tmp_path)
    assert [(f.rule, f.row, f.value) for f in parsed.faults] == [
        (TableRule.AREA_TWICE, 2, "1"),
        (TableRule.AREA_TWICE, 3, "1"),
    ]


def test_an_area_that_is_told_twice_alike_is_one(tmp_path):
    shapes = [square(0), square(1), square(0).reverse()]
    table = gpd.GeoDataFrame(
        {"kod": ["1", "2", "1"], "namn": ["a", "b", "a"]}, geometry=shapes, crs=3006
    )
    path = tmp_path / "ytor.gpkg"
    table.to_file(path)
    raw = files.read(path)
    mapping = columns.recognise(raw.frame.columns, TableKind.DISTRICTS, raw.frame)
    parsed = districts.parse(raw, mapping, boundary_version="v1")
    assert parsed.table["area_code"].tolist() == ["1", "2"] and parsed.faults == ()
    assert list(parsed.aside[Aside.REPEATED]) == [4]


def test_coordinates_that_cannot_be_trusted(tmp_path):
    swapped = gpd.GeoDataFrame({"kod": ["1"]}, geometry=[box(N, E, N + 100, E + 100)], crs=3006)
    with pytest.raises(CrsError) as caught:
        parse(swapped, tmp_path)
    assert caught.value.cause is CrsCause.SWAPPED


def test_hostile_names_stay_text(tmp_path):
    bad = "<img src=x onerror=alert(1)>"
    table = gpd.GeoDataFrame({"kod": ["1"], "namn": [bad]}, geometry=[square(0)], crs=3006)
    assert parse(table, tmp_path).table["name"].tolist() == [bad]
