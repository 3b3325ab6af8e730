"""What goes wrong in a file of offences is quarantined whole, and can be put right."""

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import Point

from tests.sources.publishers.incident_files import parse, simple, written
from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import columns, quarantine
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow


def test_rows_of_the_wrong_length_say_only_that():
    parsed = parse(simple("a;0825;2021-01-01;2021-01-02", "b;0825", "c;x;y;z;1;2"))
    assert [(f.rule, f.row) for f in parsed.faults] == [
        (TableRule.ROW_LENGTH, 3),
        (TableRule.ROW_LENGTH, 4),
    ]


def test_hostile_text_stays_text():
    bad = '<img src=x onerror="alert(1)">'
    parsed = parse(
        written(
            ["Id", "Brottskod.klartext", "Brottsdatum", "Stadsdel"],
            [["=1+1", bad, "2021-01-01", "${7*7}`</script>"]],
        )
    )
    row = parsed.table.iloc[0]
    assert (row["source_id"], row["offence_text"], row["given_place"]) == (
        "=1+1",
        bad,
        "${7*7}`</script>",
    )
    assert row["offence_type"] == "Övriga brott"


def test_corrected_quarantine_resolves_its_rows():
    original = simple("a;0825;2021-01-01;2021-01-02", "b;08;2021-01-01;igår", "c;;2021-01-01;")
    raw = files.read_bytes("uttag.csv", original.encode())
    mapping = columns.recognise(raw.frame.columns, TableKind.INCIDENTS, raw.frame)
    parsed = parse(raw, mapping=mapping)
    assert [fault.row for fault in parsed.faults] == [3, 3, 4]
    kept = pd.DataFrame(
        {
            "quarantine_id": ["q-1", "q-2"],
            "row_number": [3, 4],
            "raw": [raw.frame.loc[row].fillna("").to_dict() for row in (3, 4)],
        }
    )
    data = quarantine.to_csv(kept, ["två fel", "inget brott"])
    corrected = data.decode("utf-8-sig").replace(";08;", ";0825;").replace("igår", "2021-01-03")
    again = files.read_bytes("karantan.csv", corrected.encode("utf-8-sig"))
    assert columns.signature(again.frame.columns) == columns.signature(raw.frame.columns)
    for chosen in (mapping, columns.recognise(again.frame.columns, TableKind.INCIDENTS)):
        result = parse(again, mapping=chosen)
        assert result.resolves == ("q-1",)
        assert result.table["source_id"].tolist() == ["b"]
        assert [fault.row for fault in result.faults] == [3]


def test_a_point_in_quarantine_keeps_its_place():
    points = gpd.GeoDataFrame(
        {"Brottskod": ["0825", "x"], "Brottsdatum": ["2021-01-01"] * 2},
        geometry=[Point(341000, 6465000), Point(341500, 6465500)],
        crs=3006,
    )
    raw = files.read_bytes("p.geojson", points.to_crs(4326).to_json().encode())
    parsed = parse(raw)
    assert [fault.row for fault in parsed.faults] == [3]
    kept = pd.DataFrame(
        {"quarantine_id": ["q"], "row_number": [3], "raw": [raw.frame.loc[3].to_dict()]}
    )
    corrected = quarantine.to_csv(kept, ["fel kod"]).replace(b"x;2021", b"0825;2021")
    result = parse(files.read_bytes("karantan.csv", corrected))
    point = result.table.geometry.iloc[0]
    assert (round(point.x, 3), round(point.y, 3)) == (341500.0, 6465500.0)
    assert "guessed_crs" not in result.notes
