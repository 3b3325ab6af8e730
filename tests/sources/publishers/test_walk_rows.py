"""Lists of walks with the columns people use, and no volunteer's name kept."""

from datetime import date

import pandas as pd
import pytest

from trygghetskarta import tables
from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.publishers import walk_rows
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.walks import WalkType

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 2)
HEAD = "Datum;Tid;Plats;Antal"


def parsed(text, **how):
    raw = files.read_bytes("pass.csv", text.encode("utf-8"))
    mapping = columns.recognise(raw.frame.columns, TableKind.WALKS, raw.frame)
    columns.validate(mapping, raw)
    found = walk_rows.parse(raw, mapping, source="Vandrarna", today=TODAY, **how)
    tables.require(found.table, tables.WALKS)
    return found


def one(line, head=HEAD, **how):
    found = parsed(f"{head}\n{line}\n", **how)
    return found.table.iloc[0] if len(found.table) else found.faults


def test_a_line_of_the_shortest_list():
    row = one("2026-02-13;21–23;Kronogården;4 personer")
    assert row["started_at"] == pd.Timestamp("2026-02-13 20:00", tz="UTC")
    assert row["ended_at"] - row["started_at"] == pd.Timedelta(hours=2)
    assert (row["participants"], row["name"], row["walk_type"]) == (4, "Kronogården", "presence")
    assert (row["source"], row["file_name"]) == ("Vandrarna", "pass.csv")


@pytest.mark.parametrize(
    ("head", "roles"),
    [
        ("Vandring;Typ;Stadsdel;Start;Slut;Antal vuxna;Spår;Källa", 8),
        ("Passnummer;Passdatum;Klockslag;Område;Deltagare;Grupp;Anteckningar", 7),
        ("id;date;start;end;area;participants;team;note", 8),
    ],
)
def test_columns_are_recognised_by_the_names_people_use(head, roles):
    found = columns.recognise(head.split(";"), TableKind.WALKS)
    assert len(found.roles) == roles and not found.unused


def test_a_column_of_names_has_no_role():
    found = columns.recognise(
        ["Datum", "Tid", "Ledare", "Vandrare namn", "Telefon"], TableKind.WALKS
    )
    assert {"Ledare", "Telefon"} <= set(found.unused)


@pytest.mark.parametrize(
    ("said", "count"), [("Anna, Bo och Eva", 3), ("Anna & Bo", 2), ("5 st", 5), ("12", 12)]
)
def test_people_are_counted_and_not_named(said, count):
    found = parsed(f"{HEAD}\n2026-02-13;21-23;Sylte;{said}\n")
    assert found.table["participants"].tolist() == [count]
    assert "Anna" not in str(found.table.iloc[0].tolist())


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("0", TableRule.BELOW_MINIMUM),
        ("2,5", TableRule.NOT_A_WHOLE_NUMBER),
        ("1000", TableRule.ABOVE_MAXIMUM),
        ("Anna", TableRule.NOT_A_NUMBER),
    ],
)
def test_numbers_of_people_that_cannot_be_are_told_without_the_name(said, rule):
    (fault,) = one(f"2026-02-13;21-23;Sylte;{said}")
    assert fault.rule is rule and "Anna" not in fault.value


def test_types_are_words_and_the_default_is_said():
    head = "Datum;Tid;Typ"
    assert one("2026-02-13;16;Trygghetsrond", head)["walk_type"] == "audit"
    assert one("2026-02-13;16;", head, walk_type=WalkType.AUDIT)["walk_type"] == "audit"
    (fault,) = one("2026-02-13;16;löprunda", head)
    assert fault.rule is TableRule.UNKNOWN_WORD


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("Datum;Tid;Inget att rapportera", "2026-02-13;21;ja"),
        ("Datum;Tid;Anteckning", "2026-02-13;21;Inget att rapportera."),
    ],
)
def test_nothing_to_report_is_kept(head, line):
    assert one(line, head)["nothing_to_report"]
    assert not one("2026-02-13;21;Släckt lykta", head)["nothing_to_report"]


def test_what_is_planned_is_not_kept():
    (fault,) = one("2026-12-24;21-23;Sylte;4")
    assert fault.rule is TableRule.DATE_OUT_OF_RANGE


def test_a_row_without_any_time_is_told():
    (fault,) = one(";;Sylte;4")
    assert fault.rule is TableRule.TIME_MISSING


def test_the_same_row_is_the_same_walk_and_a_corrected_number_too():
    first, corrected = one("2026-02-13;21-23;Sylte;4"), one("2026-02-13;21-23;Sylte;5")
    assert first["walk_id"] == corrected["walk_id"]
    assert first["walk_id"] != one("2026-02-14;21-23;Sylte;4")["walk_id"]


def test_rows_add_up_and_twice_is_once():
    found = parsed(f"{HEAD}\n2026-02-13;21-23;Sylte;4\n2026-02-13;21-23;Sylte;4\nx;21;Sylte;4\n")
    assert (len(found.table), found.repeated, {fault.row for fault in found.faults}) == (1, 1, {4})
    other = parsed(f"{HEAD}\n2026-02-13;21-23;Sylte;4\n2026-02-13;21-23;Sylte;5\n")
    assert [fault.rule for fault in other.faults] == [TableRule.DUPLICATE_ID]


def test_an_own_uuid_is_the_identity_and_a_name_stays_within_its_source():
    own = "0b7c3c52-7d2f-4a0e-9a51-0c3a8c1f7c11"
    assert one(f"{own};2026-02-13 21:00", "Vandring;Start")["walk_id"] == own
    assert walk_rows.walk_id("A", "1") != walk_rows.walk_id("B", "1")
    assert walk_rows.walk_id("A", "Pass 1") == walk_rows.walk_id("A", "pass 1")


def test_a_tracks_file_is_remembered():
    assert one("2026-02-13 21:00;spår.gpx", "Start;Spårfil")["file_name"] == "spår.gpx"


@pytest.mark.parametrize(
    ("column", "cell", "is_held"),
    [
        ("Inställd", "ja", False),
        ("Inställd", "nej", True),
        ("Status", "Inställt", False),
        ("Status", "Genomförd", True),
        ("Status", "ej genomförd", False),
        ("Genomförd", "nej", False),
        ("Blev av", "ja", True),
        ("Status", "", True),
    ],
)
def test_a_walk_that_was_not_held_is_none(column, cell, is_held):
    found = parsed(f"{HEAD};{column}\n2026-02-13;21-23;Sylte;4;{cell}\n")
    assert len(found.table) == is_held
    assert [fault.rule for fault in found.faults] == [TableRule.NOT_HELD] * (not is_held)
    assert column in found.read_columns


def test_a_thousand_walkers_are_not_one():
    assert one("2026-02-13;21-23;Sylte;1.000")[0].rule is TableRule.NOT_A_NUMBER


def test_a_walk_through_the_hour_that_comes_twice():
    row = one("2026-10-25T00:30:00Z;2026-10-25T01:40:00Z;Sylte", "Start;Slut;Plats")
    assert row["ended_at"] - row["started_at"] == pd.Timedelta(minutes=70)
