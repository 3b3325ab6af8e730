"""Columns are recognised by the names publishers use, and remembered."""

import json

import pandas as pd
import pytest

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.fields import columns, spelling
from trygghetskarta.sources.fields.column_names import NAMES, PATTERNS
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.needed_columns import NEEDED
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind

INCIDENTS = TableKind.INCIDENTS


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (
            "Id;Brottskod;Brottskod.klartext;Inskrivningsdatum;Brottsdatum;Kommun;Län;"
            "DeSO.område;Antal",
            {
                "source_id": "Id",
                "offence_code": "Brottskod",
                "offence_text": "Brottskod.klartext",
                "reported_date": "Inskrivningsdatum",
                "occurred_from_date": "Brottsdatum",
                "municipality": "Kommun",
                "county": "Län",
                "area_code": "DeSO.område",
                "count": "Antal",
            },
        ),
        (
            "BROTTSKOD;LATITUDE;LONGITUDE;BROTTSDATUMTID_START;BROTTSDATUMTID_SLUT",
            {
                "offence_code": "BROTTSKOD",
                "latitude": "LATITUDE",
                "longitude": "LONGITUDE",
                "occurred_from_date": "BROTTSDATUMTID_START",
                "occurred_to_date": "BROTTSDATUMTID_SLUT",
            },
        ),
        (
            "brottskod;inskrdat;basområde;brottsdag start;brottsdag slut;brottstid start;"
            "brottstid slut",
            {
                "offence_code": "brottskod",
                "reported_date": "inskrdat",
                "area_code": "basområde",
                "occurred_from_date": "brottsdag start",
                "occurred_to_date": "brottsdag slut",
                "occurred_from_time": "brottstid start",
                "occurred_to_time": "brottstid slut",
            },
        ),
        (
            "Stadsdel;Period;Typ;Antal",
            {
                "place_name": "Stadsdel",
                "period": "Period",
                "offence_type": "Typ",
                "count": "Antal",
            },
        ),
        (
            "Diarienummer;Brottstyp;Anmälningsdatum;N (SWEREF 99 TM);E (SWEREF 99 TM)",
            {
                "case_id": "Diarienummer",
                "offence_type": "Brottstyp",
                "reported_date": "Anmälningsdatum",
                "northing": "N (SWEREF 99 TM)",
                "easting": "E (SWEREF 99 TM)",
            },
        ),
        (
            "K-nummer;BROTTSRUBRICERING;Upprättad;Händelse från;Område;År;Kvartal",
            {
                "case_id": "K-nummer",
                "offence_text": "BROTTSRUBRICERING",
                "reported_date": "Upprättad",
                "place_name": "Område",
                "year": "År",
                "period": "Kvartal",
            },
        ),
        (
            "BROTTSDATU;INSKRIVNIN;BROTTSKOD",
            {
                "offence_code": "BROTTSKOD",
                "reported_date": "INSKRIVNIN",
                "occurred_from_date": "BROTTSDATU",
            },
        ),
        ("brottskod_2020;Datum;N;E", {"offence_code": "brottskod_2020", "reported_date": "Datum"}),
    ],
)
def test_real_headers(header, roles):
    names = header.split(";")
    found = columns.recognise(names, INCIDENTS)
    assert {role: found.roles.get(role) for role in roles} == roles
    assert set(found.unused) == set(names) - set(found.roles.values())


def test_name_variants_are_the_same():
    for name in ("BROTTSDATUM", "brotts-datum", "Brotts datum", "Brotts_Datum", "brottsdatum "):
        assert columns.recognise([name], INCIDENTS).roles == {"occurred_from_date": name}
    for name in ("DeSO.område", "DESO-OMRÅDE", "deso_omrade", "DeSO område", "deso"):
        assert columns.recognise([name], INCIDENTS).roles == {"area_code": name}


@pytest.mark.parametrize(
    ("x", "y", "roles"),
    [
        ("6465000", "341000", {"northing": "X", "easting": "Y"}),
        ("341000", "6465000", {"northing": "Y", "easting": "X"}),
        ("58,28", "12,29", {"latitude": "X", "longitude": "Y"}),
        ("12.29", "58.28", {"latitude": "Y", "longitude": "X"}),
        ("6 465 000", "1 297 000", {"northing": "X", "easting": "Y"}),
    ],
)
def test_x_and_y_are_told_apart_by_their_values(x, y, roles):
    sample = pd.DataFrame({"X": [x, None, "0"], "Y": [y, "0", None]}, dtype="str")
    assert dict(columns.recognise(["X", "Y"], INCIDENTS, sample).roles) == roles


def test_x_and_y_without_values_are_east_and_north():
    assert columns.recognise(["x", "y"], INCIDENTS).roles == {"easting": "x", "northing": "y"}


def test_told_axes_leave_x_and_y_alone():
    found = columns.recognise(["x", "y", "lat", "lon"], INCIDENTS)
    assert found.roles == {"latitude": "lat", "longitude": "lon"}
    assert found.unused == ("x", "y")


def test_signature_forgets_order_and_what_the_quarantine_adds():
    one = columns.signature(["Id", "Kod", "Datum"])
    assert one == columns.signature(["Datum", "Kod", "Id", "karantan_id", "rad", "fel"])
    assert one != columns.signature(["Id", "Kod"])
    assert columns.signature(["a,b"]) != columns.signature(["a", "b"])


def test_mapping_survives_json():
    mapping = columns.recognise(["Id", "Kod", "Datum", "Övrigt"], INCIDENTS)
    assert ColumnMapping.from_dict(json.loads(json.dumps(mapping.to_dict()))) == mapping


def test_with_roles_keeps_every_column():
    mapping = columns.recognise(["Id", "Kod", "Datum", "Övrigt"], INCIDENTS)
    changed = mapping.with_roles({"offence_text": "Övrigt", "reported_date": "Datum"})
    assert set(changed.unused) == {"Id", "Kod"}
    assert changed.roles == {"offence_text": "Övrigt", "reported_date": "Datum"}


def test_possible_roles_of_every_kind():
    for kind in NAMES:
        possible = ColumnMapping(kind, {}).possible_roles()
        assert "quarantine_id" in possible
        assert set(PATTERNS[kind]) <= set(possible)
        assert all(set(roles) <= set(possible) for roles in NEEDED[kind])


def test_known_names_are_folded_and_mean_one_thing():
    for kind, roles in NAMES.items():
        for role, names in roles.items():
            assert all(name == spelling.fold(name) for name in names), (kind, role)
            assert len(set(names)) == len(names) or kind is not INCIDENTS, (kind, role)


def raw(header, name="fil_2020-2025.csv"):
    return files.read_bytes(name, f"{header}\n{';'.join('x' * (header.count(';') + 1))}\n".encode())


def failure(mapping, table):
    with pytest.raises(SourceError) as caught:
        columns.validate(mapping, table)
    return caught.value


def test_a_column_that_is_needed():
    table = raw("Id;Datum;Plats")
    error = failure(columns.recognise(table.frame.columns, INCIDENTS), table)
    assert error.cause is SourceCause.COLUMN_MISSING
    assert error.facts == {
        "file": "fil_2020-2025.csv",
        "column": "Brottskod",
        "found": ["Id", "Datum", "Plats"],
    }
    table = raw("Id;Brottskod")
    error = failure(columns.recognise(table.frame.columns, INCIDENTS), table)
    assert error.facts["column"] == "Brottsdatum"


def test_a_column_that_stands_twice():
    table = raw("Brottskod;Datum;Datum")
    error = failure(columns.recognise(table.frame.columns, INCIDENTS), table)
    assert error.cause is SourceCause.COLUMN_TWICE
    assert error.facts["column"] == "Datum"


def test_a_column_twice_that_nobody_uses_is_no_matter():
    table = raw("Brottskod;Datum;Skräp;Skräp")
    columns.validate(columns.recognise(table.frame.columns, INCIDENTS), table)


def test_a_mapping_to_a_column_that_is_gone():
    table = raw("Brottskod;Datum")
    mapping = ColumnMapping(INCIDENTS, {"offence_code": "KOD", "reported_date": "Datum"})
    error = failure(mapping, table)
    assert error.cause is SourceCause.MAPPING_UNKNOWN_COLUMN
    assert error.facts["column"] == "KOD"


def test_districts_need_borders():
    table = raw("Kod;Namn")
    error = failure(columns.recognise(table.frame.columns, TableKind.DISTRICTS), table)
    assert error.facts["column"] == "geometri"


def test_population_needs_a_year_somewhere():
    kind = TableKind.POPULATION
    table = raw("desokod;befolkning")
    error = failure(columns.recognise(table.frame.columns, kind), table)
    assert error.facts["column"] == "År"
    for header, name in (
        ("desokod;befolkning;år", "a.csv"),
        ("desokod;befolkning_2025", "a.csv"),
        ("desokod;2024;2025", "a.csv"),
        ("desokod;befolkning", "befolkning_2025.csv"),
    ):
        table = raw(header, name)
        columns.validate(columns.recognise(table.frame.columns, kind), table)


def test_survey_needs_its_method():
    table = raw("År;Fråga;Andel;Antal svar")
    error = failure(columns.recognise(table.frame.columns, TableKind.SURVEY), table)
    assert error.facts["column"] == "Urvalsmetod"


def test_hostile_names_are_only_names():
    names = ["<img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "Brottskod", "${7*7}"]
    found = columns.recognise(names, INCIDENTS)
    assert found.roles == {"offence_code": "Brottskod"}
    assert set(found.unused) == set(names) - {"Brottskod"}
