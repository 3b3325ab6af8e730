"""Names propose what a column means, its values decide."""

import pandas as pd
import pytest

from trygghetskarta.sources.fields import columns, role_values
from trygghetskarta.sources.fields.column_names import NAMES
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind

INCIDENTS = TableKind.INCIDENTS


def guessed(text, kind=INCIDENTS):
    raw = files.read_bytes("fil.csv", text.encode())
    return columns.recognise(raw.frame.columns, kind, raw.frame, columns.repeated(raw))


def moved(mapping):
    return {(one.column, one.meant, one.role, one.passed) for one in mapping.moved}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (  # Whole date-times under a clock's name.
            "Kod;Brottstid fr.o.m.;Brottstid t.o.m.\n0801;2025-12-13 20:15;2025-12-13 22:30\n",
            {"occurred_from_date": "Brottstid fr.o.m.", "occurred_to_date": "Brottstid t.o.m."},
        ),
        (  # A clock under a day's name.
            "Kod;Anmälningsdatum;Brottsdatum\n0801;2025-12-13;20:15\n0801;2025-12-14;06:00\n",
            {"reported_date": "Anmälningsdatum", "occurred_from_time": "Brottsdatum"},
        ),
        (  # The two of them called by each other's name.
            "Kod;Brottsdatum;Brottstid\n0801;20:15;2025-12-13\n0801;06:00;2025-12-14\n",
            {"occurred_from_time": "Brottsdatum", "occurred_from_date": "Brottstid"},
        ),
        (  # A whole date-time beside the day alone.
            "Kod;Brottsdatum;Brottstid\n0801;2025-12-13;2025-12-13 20:15\n",
            {"occurred_from_date": "Brottstid"},
        ),
        (
            "Brottstyp;Datum\n0801;2025-12-13\n9378;2025-12-14\n",
            {"offence_code": "Brottstyp", "reported_date": "Datum"},
        ),
        (
            "Brottskod;Datum\nStöld av bil;2025-12-13\nSkadegörelse;2025-12-14\n",
            {"offence_text": "Brottskod", "reported_date": "Datum"},
        ),
        (
            "Brottskod;Datum;Antal;Antal brott\n0801;2025-12-13;se bilaga;2\n",
            {"count": "Antal brott"},
        ),
        (
            "Brottskod;Datum;Stadsdel\n0801;2025-12-13;1488C1010\n0801;2025-12-13;1488A0040\n",
            {"area_code": "Stadsdel"},
        ),
        (
            "Brottskod;Datum;DeSO\n0801;2025-12-13;Sylte\n0801;2025-12-13;Lextorp\n",
            {"place_name": "DeSO"},
        ),
        (
            "Brottskod;Händelsedatum (start);Händelsedatum (slut)\n0801;2025-12-13;2025-12-14\n",
            {
                "occurred_from_date": "Händelsedatum (start)",
                "occurred_to_date": "Händelsedatum (slut)",
            },
        ),
        (
            "Brottskod;Datum (ÅÅÅÅ-MM-DD);N (m);E (m);Antal (st)\n"
            "0801;2025-12-13;6465798,3;343433,4;1\n",
            {
                "reported_date": "Datum (ÅÅÅÅ-MM-DD)",
                "northing": "N (m)",
                "easting": "E (m)",
                "count": "Antal (st)",
            },
        ),
        (
            "Case number;Offence code;Offence description;Date reported;Date occurred;"
            "Time occurred;Neighbourhood;Number of crimes\n"
            "K1;0801;Theft;2025-12-14;2025-12-13;20:15;Sylte;1\n",
            {
                "case_id": "Case number",
                "offence_code": "Offence code",
                "offence_text": "Offence description",
                "reported_date": "Date reported",
                "occurred_from_date": "Date occurred",
                "occurred_from_time": "Time occurred",
                "place_name": "Neighbourhood",
                "count": "Number of crimes",
            },
        ),
        (
            "Kod;Datum;Brott (st)\n0801;2025-12-14;1\n0801;2025-12-15;2\n",
            {"offence_code": "Kod", "count": "Brott (st)"},
        ),
        (
            "Brottskod;Anm.datum\n0801;2025-12-14\n",
            {"reported_date": "Anm.datum"},
        ),
    ],
)
def test_values_decide(text, roles):
    found = guessed(text)
    assert {role: found.roles.get(role) for role in roles} == roles
    taken = set(found.roles.values())
    assert len(taken) == len(found.roles) and not taken & set(found.unused)
    assert not columns.misfits(found, files.read_bytes("a.csv", text.encode()).frame)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "N;E\n58,2837;12,2886\n58,29;12,30\n",
            {"latitude": "N", "longitude": "E"},
        ),
        (
            "N;E\n12,2886;58,2837\n12,30;58,29\n",
            {"latitude": "E", "longitude": "N"},
        ),
        (
            "Latitud;Longitud\n12.2886;58.2837\n",
            {"latitude": "Longitud", "longitude": "Latitud"},
        ),
        (
            "N-koordinat;E-koordinat\n343433,4;6465798,3\n",
            {"northing": "E-koordinat", "easting": "N-koordinat"},
        ),
        (
            "Latitud;Longitud\n6465798,3;343433,4\n",
            {"northing": "Latitud", "easting": "Longitud"},
        ),
        # Nothing decides: the names stand, and what cannot be is refused later.
        ("N;E\n1,5;2,5\n", {"northing": "N", "easting": "E"}),
        ("N;E\n8067000;1368000\n", {"northing": "N", "easting": "E"}),
        ("N;E\n0;0\n", {"northing": "N", "easting": "E"}),
    ],
)
def test_named_axes_are_what_their_values_are(text, roles):
    head, *rows = text.splitlines()
    found = guessed("\n".join([f"Kod;Datum;{head}", *(f"0801;2025-12-13;{row}" for row in rows)]))
    axes = ("northing", "easting", "latitude", "longitude")
    assert {role: name for role, name in found.roles.items() if role in axes} == roles


@pytest.mark.parametrize(
    "text",
    [
        # One value is wrong; the column is what it is called.
        "Brottskod;Brottsdatum\n0801;i går\n",
        "Brottskod;Brottsdatum\n0801;2025-02-30\n",
        "Brottskod;Brottsdatum\n99X9;2025-02-03\n",
        "Brottskod;Brottsdatum;Antal\n0801;2025-02-03;tre\n",
        "Brottskod;Brottsdatum;Klockslag\n0801;2025-02-03;kväll\n",
    ],
)
def test_a_name_stands_where_nothing_fits_better(text):
    by_name = columns.recognise(text.splitlines()[0].split(";"), INCIDENTS)
    assert guessed(text).roles == by_name.roles
    assert not guessed(text).moved


def test_few_bad_values_change_nothing():
    text = "Brottskod;Brottsdatum\n" + "0801;2025-02-03\n" * 6 + "0801;20:15\n" * 5
    assert guessed(text).roles["occurred_from_date"] == "Brottsdatum"


def test_a_misfit_is_told_with_a_value():
    text = "Brottskod;Brottsdatum;Antal\n0801;2025-02-03;se bilaga\n"
    found = guessed(text)
    frame = files.read_bytes("a.csv", text.encode()).frame
    assert columns.misfits(found, frame) == {"count": "se bilaga"}


def test_what_was_moved_is_told():
    text = "Kod;Brottstid fr.o.m.;Antal;Antal brott\n0801;2025-12-13 20:15;se bilaga;2\n"
    assert moved(guessed(text)) == {
        ("Brottstid fr.o.m.", "occurred_from_time", "occurred_from_date", ""),
        ("Antal brott", "count", "count", "Antal"),
    }


@pytest.mark.parametrize(
    ("one", "other", "column"),
    [
        ("2025-12-13", "20:15", "Datum"),
        ("20:15", "2025-12-13", "Datum (2)"),
        ("2025-12-13", "2025-12-13", "Datum"),
        ("2025-12-13", "", "Datum"),
        ("", "2025-12-13", "Datum (2)"),
    ],
)
def test_of_a_name_twice_the_values_decide(one, other, column):
    found = guessed(f"Kod;Datum;Datum\n0801;{one};{other}\n0801;{one};{other}\n")
    assert found.roles["reported_date"] == column
    assert "reported_date" in found.settled


def test_of_a_name_twice_with_two_fitting_columns_nobody_guesses():
    found = guessed("Kod;Datum;Datum\n0801;2025-12-13;2025-12-15\n")
    assert "reported_date" not in found.settled


def test_every_role_with_values_is_a_role():
    for kind, roles in NAMES.items():
        own = role_values.TAKES[kind]
        assert {role for role in own if role in roles} or kind is TableKind.DISTRICTS
    known = {role for roles in NAMES.values() for role in roles}
    named = {role for roles in role_values.TAKES.values() for role in roles}
    assert named <= known and set(role_values.KIN) <= known


def test_a_long_column_is_looked_at_evenly():
    cells = pd.Series(["2025-01-01"] * 900 + ["x"] * 100, dtype="str")
    seen = role_values.looked_at(cells)
    assert len(seen) == 200 and (seen == "x").sum() == 20
