"""Which row is which: ids of a file's own, and rows known again without."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from tests.sources.publishers.incident_files import faults, parse, simple
from trygghetskarta.errors import TableRule

pytestmark = pytest.mark.slow


def test_row_numbers_as_ids_are_told():
    rows = [f"{n};0825;2021-01-01;2021-01-02" for n in (1, 2, 3)]
    assert parse(simple(*rows)).notes["running_ids"]
    assert "running_ids" not in parse(simple(*reversed(rows))).notes


def test_numbers_that_programs_give_are_no_ids():
    for name in ("OBJECTID", "fid", "Radnr", "Löpnr"):
        rows = ["1;0825;2021-01-01", "2;0825;2021-01-02"]
        found = parse(simple(*rows, header=f"{name};Brottskod;Brottsdatum"))
        assert not {"1", "2"} & set(found.table["source_id"])


def test_own_ids_that_stand_twice():
    parsed = parse(
        simple(
            "a;0825;2021-01-01;2021-01-02",
            "a;0825;2021-01-01;2021-01-02",
            "a;0825;2021-01-01;2021-01-03",
            "b;0825;2021-01-01;2021-01-03",
        )
    )
    assert parsed.repeated == 1 and parsed.notes["repeated_rows"] == 1
    assert faults(parsed) == [(TableRule.DUPLICATE_ID, 4, "Id", "a")]
    assert parsed.table.index.tolist() == [2, 5]


def ids(parsed):
    return sorted(parsed.table["source_id"])


NO_ID = "Brottskod;Brottsdatum;DeSO;Skräp"


def test_rows_without_id_are_known_again_in_an_overlapping_extract():
    rows = ["0825;2021-01-01;1488C1010;q", "0825;2021-01-01;1488C1010;w", "0357;2021-01-02;;e"]
    first = parse(simple(*rows, header=NO_ID))
    assert first.table["source_id"].is_unique
    later = parse(
        simple(
            "x;1488C1099;2021-03-01;1203",
            "x;;2021-01-02;357",
            "x;1488C1010_DeSO2025;2021-01-01;0825",
            "x;1488C1010_DeSO2025;2021-01-01;0825",
            header="Annat;DeSO;Brottsdatum;Brottskod",
        )
    )
    assert set(ids(first)) < set(ids(later)) and len(later.table) == 4


def test_what_other_rows_say_does_not_rename_a_row():
    header = "Brottskod;Brottsdatum;Sluttid"
    rows = [f"0825;2021-01-1{n} 00:00;2021-01-12 0{n}:00" for n in range(3)]
    others = ["0825;2021-02-01 12:30;2021-02-01 13:00"]
    alone, among = parse(simple(*rows, header=header)), parse(simple(*rows, *others, header=header))
    assert alone.table["occurred_precision"].iloc[0] == "day"
    assert set(ids(alone)) < set(ids(among))


def test_case_numbers_with_several_offences():
    header = "Diarienummer;Brottskod;Brottsdatum"
    rows = [
        "5000-K1-21;0825;2021-01-01",
        "5000-K1-21;0357;2021-01-01",
        "5000-K1-21;0357;2021-01-02",
        "5000-K2-21;0825;2021-01-01",
    ]
    parsed = parse(simple(*rows, header=header))
    assert len(set(ids(parsed))) == 4
    assert not any("5000" in name for name in ids(parsed))
    again = parse(simple(*reversed(rows), header=header)).table
    same = parsed.table.merge(again, on=["source_id", "occurred_from", "offence_code"])
    assert len(same) == 4
    corrected = parse(simple("5000-K2-21;0825;2021-01-05", header=header))
    assert ids(corrected)[0] in ids(parsed)


def test_the_same_points_in_two_systems_are_the_same_rows():
    points = gpd.GeoDataFrame(
        {"Brottskod": ["0825"] * 3, "Brottsdatum": ["2021-01-01"] * 3},
        geometry=[Point(341000.04, 6465000.04), Point(341500.0, 6465500.0), None],
        crs=3006,
    )
    by_geometry = parse(points.to_crs(4326).to_json().encode(), "p.geojson")
    frame = pd.DataFrame(
        {
            "Brottskod": points["Brottskod"],
            "Brottsdatum": points["Brottsdatum"],
            "N": points.geometry.y,
            "E": points.geometry.x,
        }
    )
    by_columns = parse(frame.to_csv(index=False, sep=";", decimal=","))
    assert by_columns.notes["guessed_crs"] == 3006
    assert ids(by_geometry) == ids(by_columns)
