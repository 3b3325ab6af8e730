"""Actions of a plan from a file: every field, and every fault by its row."""

from datetime import date

import pandas as pd
import pytest

from trygghetskarta import tables
from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.publishers import actions, municipality
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import Aside, TableKind

HEADER = "Åtgärd;Tema;Typ;Mål;Ansvarig;Stadsdel;Startdatum;Slutdatum;Status\n"


@pytest.fixture(scope="module")
def home(geodata):
    folder = geodata / "1488"
    return municipality.read(folder), municipality.read_base(folder)


def parse(home, content: str):
    town, base = home
    raw = files.read_bytes("plan.csv", (HEADER + content).encode("utf-8"))
    mapping = columns.recognise(raw.frame.columns, TableKind.ACTIONS, raw.frame)
    columns.validate(mapping, raw)
    themes = town.plans[0].themes
    return actions.parse(
        raw,
        mapping,
        areas=base.areas,
        aliases=base.aliases,
        themes=themes,
        source="Plan",
        today=date(2026, 11, 2),
    )


def test_a_word_for_a_sum_alone_is_no_action(home):
    found = parse(home, "Belysning;;;;;;;;Pågår\nTotalt;;;;;;;;\n")
    assert found.table["title"].tolist() == ["Belysning"] and not found.faults
    assert list(found.aside[Aside.SUM_LINE]) == [3]
    found.account()


@pytest.mark.parametrize(
    ("start", "status", "asked"),
    [("2028", "Avslutad", True), ("2028", "Planerad", False), ("2026", "Pågår", False)],
)
def test_what_begins_later_is_not_going_on(home, start, status, asked):
    found = parse(home, f"Belysning;;;;;;{start};;{status}\n")
    assert [doubt.kind for doubt in found.doubts] == [DoubtKind.NOT_BEGUN] * asked


def test_every_field_is_read(home):
    found = parse(
        home,
        "Belysning;Narkotika;Situationell;Ljusare;Park AB;Kronogården, Sylte;2024-07;2026;Pågår\n"
        "Samtal;ska;social;;;;;;\n"
        "Torget;ska;;;;Centrum;;;\n",
    )
    assert not found.faults
    assert tables.check(found.table, tables.ACTIONS) == []
    first, second, third = found.table.to_dict("records")
    assert (first["theme"], first["approach"], first["status"]) == (
        *("narkotika", "situationell", "pagar"),
    )
    assert first["districts"] == "1488S007 1488S012"
    assert first["start_date"] == pd.Timestamp(2024, 7, 1)
    assert first["end_date"] == pd.Timestamp(2026, 12, 31)
    assert second["theme"] == "ska" and second["status"] == "planerad"
    assert pd.isna(second["districts"]) and pd.isna(second["start_date"])
    assert third["districts"] == "1488S015"
    again = parse(home, "Samtal;ska;social;;;;;;\n").table
    assert again["measure_id"].iloc[0] == second["measure_id"]


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        (";ska;;;;;;;", TableRule.VALUE_MISSING, "Åtgärd"),
        ("A;väder;;;;;;;", TableRule.UNKNOWN_WORD, "Tema"),
        ("A;ska;både;;;;;;", TableRule.UNKNOWN_WORD, "Typ"),
        ("A;ska;;;;Atlantis;;;", TableRule.PLACE_UNKNOWN, "Stadsdel"),
        ("A;ska;;;;;igår;;", TableRule.NOT_A_DATE, "Startdatum"),
        ("A;ska;;;;;2024-02-01;2024-01-01;", TableRule.END_BEFORE_START, "Slutdatum"),
        ("A;ska;;;;;;;kanske", TableRule.UNKNOWN_WORD, "Status"),
    ],
)
def test_a_broken_row_is_told_by_row_and_column(home, row, rule, column):
    found = parse(home, f"Hel;ska;;;;;;;\n{row}\n")
    assert [(fault.rule, fault.column, fault.row) for fault in found.faults] == [(rule, column, 3)]
    assert found.table["title"].tolist() == ["Hel"]


def test_rows_alike_count_once_and_rows_at_odds_are_faults(home):
    found = parse(home, "A;ska;;;;;;;\nA;ska;;;;;;;\nA;narkotika;;;;;;;\n")
    assert found.repeated == 1 and len(found.table) == 1
    assert [fault.rule for fault in found.faults] == [TableRule.NOT_UNIQUE]


def test_a_person_as_owner_is_noticed(home):
    found = parse(home, "A;ska;;;Anna Lundberg;;;;\nB;ska;;;Park;;;;\n")
    assert found.notes["personal_data"] == 1
