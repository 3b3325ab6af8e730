"""The police's list as a dated classification of districts."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Polygon, box

from trygghetskarta import tables
from trygghetskarta.errors import TableRule
from trygghetskarta.sources.publishers import police_areas
from trygghetskarta.sources.readers import files

E, N = 341_000.0, 6_465_000.0


def square(left, right):
    return box(E + left, N, E + right, N + 100)


DISTRICTS = gpd.GeoDataFrame(
    {
        "area_level": "stadsdel",
        "area_code": ["A", "B", "C", "D"],
        "name": ["Kronogården", "Lextorp", "Sylte", "Ön"],
    },
    geometry=[square(0, 100), square(100, 200), square(200, 300), square(900, 1000)],
    crs=3006,
)


def parse(tmp_path, rows, districts=DISTRICTS, shapes=None):
    table = gpd.GeoDataFrame(
        pd.DataFrame(rows, columns=["NAMN", "KATEGORI", "ORT", "AKTUALITET"]),
        geometry=shapes or [square(0, 105)] * len(rows),
        crs=3006,
    )
    table.to_file(tmp_path / "uso.gpkg")
    raw = files.read(tmp_path / "uso.gpkg")
    assert police_areas.recognises(raw.frame.columns)
    parsed = police_areas.parse(raw, districts, "Trollhättan")
    assert tables.check(parsed.table, tables.CLASSIFICATIONS) == []
    return parsed


def test_shares_and_names(tmp_path):
    row = ("Kronogården / Lextorp Norra", "Utsatt område", "TROLLHÄTTAN", "2021-12-01")
    table = parse(tmp_path, [row]).table
    assert table["area_code"].tolist() == ["A", "B"]
    assert table["share"].tolist() == pytest.approx([1.0, 0.05])
    assert set(table["valid_from"]) == {pd.Timestamp("2021-12-01")}
    assert table["valid_to"].isna().all()
    assert set(table["area_class"]) == {"Utsatt område"}
    assert set(table["name"]) == {row[0]}
    assert "geometry" not in table


def test_unnamed_districts_from_a_tenth(tmp_path):
    row = ("Annat", "Riskområde", "Trollhättan", "2021-12-01")
    assert parse(tmp_path, [row], shapes=[square(0, 110)]).table["area_code"].tolist() == ["A", "B"]
    assert parse(tmp_path, [row], shapes=[square(0, 109)]).table["area_code"].tolist() == ["A"]


def test_a_name_is_whole_words(tmp_path):
    districts = DISTRICTS.assign(name=["Krono", "Lextorp", "Norra", "Ön"])
    row = ("Kronogården / Lextorp Norra", "Riskområde", "Trollhättan", "2021-12-01")
    table = parse(tmp_path, [row], districts, [square(0, 5)]).table
    assert table["area_code"].tolist() == ["B", "C"]
    assert table["share"].tolist() == [0.0, 0.0]


def test_other_towns_are_left_out_without_fault(tmp_path):
    rows = [
        ("Araby", "Riskområde", "Växjö", "trasigt"),
        ("Sylte", "Riskområde", "Trollhättan", "2023-12-01"),
    ]
    parsed = parse(tmp_path, rows)
    assert parsed.faults == ()
    assert parsed.notes["elsewhere"] == 1 and parsed.notes["classified"] == 1
    assert set(parsed.table.index) == {3}


def test_faults(tmp_path):
    rows = [
        ("Sylte", "Riskområde", "Trollhättan", "snart"),
        (None, "Riskområde", "Trollhättan", "2021-12-01"),
        ("Sylte", None, "Trollhättan", "2021-12-01"),
        ("Sylte", "Riskområde", "Trollhättan", "2021-12-01"),
        ("Annat", "Riskområde", "Trollhättan", "2021-12-01"),
    ]
    far = square(5000, 5100)
    parsed = parse(tmp_path, rows, shapes=[far, far, far, None, far])
    assert [(f.rule, f.row) for f in parsed.faults] == [
        (TableRule.NOT_A_DATE, 2),
        (TableRule.VALUE_MISSING, 3),
        (TableRule.VALUE_MISSING, 4),
        (TableRule.GEOMETRY_MISSING, 5),
        (TableRule.AREA_UNKNOWN, 6),
    ]
    assert parsed.table.empty


def test_a_bow_is_no_area(tmp_path):
    bow = Polygon([(E, N), (E + 100, N + 100), (E + 100, N), (E, N + 100)])
    parsed = parse(tmp_path, [("Sylte", "Riskområde", "Trollhättan", "2021-12-01")], shapes=[bow])
    assert [f.rule for f in parsed.faults] == [TableRule.GEOMETRY_INVALID]


@pytest.mark.parametrize(
    ("name", "shares"),
    [
        ("uso_2023.shp", {"1488S007": 0.923, "1488S008": 0.024, "1488S012": 0.0}),
        (
            "uso_2023_trollhattan_wgs84.geojson",
            {"1488S007": 0.923, "1488S008": 0.024, "1488S012": 0.0},
        ),
        ("uso_2025_trollhattan_wgs84.geojson", {"1488S007": 0.847, "1488S008": 0.050}),
    ],
)
def test_the_real_lists(shared_data, name, shares):
    raw = files.read(shared_data / "police_areas" / name)
    layer = gpd.read_file(shared_data / "districts" / "stadsdelar_trollhattan_3006.gpkg")
    districts = layer.rename(columns={"stadsdelskod": "area_code", "stadsdel": "name"}).assign(
        area_level="stadsdel"
    )
    parsed = police_areas.parse(raw, districts, "Trollhättan")
    assert tables.check(parsed.table, tables.CLASSIFICATIONS) == []
    found = parsed.table.set_index("area_code")["share"]
    assert found.to_dict() == pytest.approx(shares, abs=0.001)
    # The same share by hand, from the file as geopandas reads it.
    police = gpd.read_file(shared_data / "police_areas" / name).to_crs(3006)
    town = police[police.filter(regex="(?i)^ort$").iloc[:, 0] == "Trollhättan"].geometry.iloc[0]
    first = districts.set_index("area_code").geometry["1488S007"]
    assert found["1488S007"] == pytest.approx(first.intersection(town).area / first.area)
    assert set(parsed.table["valid_from"]) == {pd.Timestamp("2021-12-01")}
    assert parsed.notes["elsewhere"] == len(police) - 1


def test_other_files_are_not_the_list():
    assert not police_areas.recognises(["kod", "namn"])
    assert not police_areas.recognises(["NAMN", "KATEGORI", "ORT"])
