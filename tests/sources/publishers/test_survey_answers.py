"""Single answers: wide and long files, words read as yes and no, rows with a fault left out."""

from datetime import date

import pandas as pd
import pytest

from trygghetskarta import tables
from trygghetskarta.errors import SourceCause, SourceError, TableRule
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.fields.answer_words import answers
from trygghetskarta.sources.publishers import survey_answers
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.imports import TableKind

AREAS = pd.DataFrame(
    [("kommun", "1488", "Trollhättan"), ("stadsdel", "1488S007", "Kronogården")],
    columns=["area_level", "area_code", "name"],
)


def parse(content: str, name: str = "enkat_2024.csv"):
    raw = files.read_bytes(name, content.encode("utf-8"))
    mapping = columns.recognise(raw.frame.columns, TableKind.SURVEY_ANSWERS, raw.frame)
    columns.validate(mapping, raw)
    parsed = survey_answers.parse(raw, mapping, areas=AREAS, today=date(2026, 11, 2))
    assert tables.check(parsed.table, tables.SURVEY_ANSWERS) == []
    return parsed


WIDE = """Id;Stadsdel;Kön;Vikt;Urvalsmetod;Trygg ute;Oro för inbrott;Kommentar;Ålder
1;Kronogården;Kvinnor;1,5;slumpmässigt urval;Ganska trygg;Nej;Det är mörkt;44
2;;Män;;slumpmässigt urval;mycket otrygg;ja;;51
3;Kronogården;Män;0,5;slumpmässigt urval;vet ej;nej;Ring mig på 070;39
"""


def test_a_wide_file_has_a_question_in_each_column_of_answers():
    parsed = parse(WIDE)
    rows = parsed.table.sort_values("question", kind="stable")
    told = rows[["question", "answer", "weight", "area_code", "year"]]
    assert told.to_numpy().tolist() == [
        ["Oro för inbrott", 0.0, 1.5, "1488S007", 2024],
        ["Oro för inbrott", 1.0, 1.0, "1488", 2024],
        ["Oro för inbrott", 0.0, 0.5, "1488S007", 2024],
        ["Trygg ute", 1.0, 1.5, "1488S007", 2024],
        ["Trygg ute", 0.0, 1.0, "1488", 2024],
    ]
    assert parsed.faults == ()
    assert parsed.notes["respondents"] == 3 and parsed.notes["answers_unknown"] == 1
    assert parsed.notes["columns_left_out"] == "Kommentar, Ålder"
    assert "mörkt" not in parsed.table.to_csv() and "070" not in parsed.table.to_csv()


def test_a_long_file_has_question_and_answer_in_columns():
    header = "År;Fråga;Svar;Stadsdel;Urvalsmetod\n"
    parsed = parse(f"{header}2023;Trygg ute;Ja;Kronogården;panel\n2023;Oro;0;;panel\n", "svar.csv")
    told = parsed.table[["year", "question", "answer", "area_level"]]
    assert told.to_numpy().tolist() == [
        [2023, "Trygg ute", 1.0, "stadsdel"],
        [2023, "Oro", 0.0, "kommun"],
    ]


def test_every_weight_is_told_and_none_is_a_question():
    parsed = parse(
        "År;Otrygg ute;Kalibreringsvikt;Designvikt;Urvalsmetod\n"
        "2024;ja;41,5;1;OSU\n2024;nej;;1;OSU\n2031;nej;39;1;OSU\n"
    )
    assert set(parsed.table["question"]) == {"Otrygg ute"}
    assert [(fault.rule, fault.row) for fault in parsed.faults] == [
        (TableRule.VALUE_MISSING, 3),
        (TableRule.DATE_OUT_OF_RANGE, 4),
    ]


def test_every_fault_leaves_its_row_out_and_says_where():
    header = "År;Fråga;Svar;Stadsdel;Urvalsmetod;Vikt\n"
    good = "2023;T;ja;Kronogården;panel;1\n"
    parsed = parse(
        header
        + "2023;T;7;Kronogården;panel;1\n"
        + "2023;T;ja;Atlantis;panel;1\n"
        + "2023;T;ja;Kronogården;;1\n"
        + "2023;T;ja;Kronogården;panel;-1\n"
        + "2023;T;ja;Kronogården;panel;tung\n"
        + "snart;T;ja;Kronogården;panel;1\n"
        + good * 6
    )
    assert [(fault.rule, fault.row, fault.column) for fault in parsed.faults] == [
        (TableRule.UNKNOWN_WORD, 2, "Svar"),
        (TableRule.PLACE_UNKNOWN, 3, "Stadsdel"),
        (TableRule.VALUE_MISSING, 4, "Urvalsmetod"),
        (TableRule.BELOW_MINIMUM, 5, "Vikt"),
        (TableRule.NOT_A_NUMBER, 6, "Vikt"),
        (TableRule.NOT_A_PERIOD, 7, "År"),
    ]
    assert len(parsed.table) == 6


@pytest.mark.parametrize(
    ("content", "name", "column"),
    [
        ("Stadsdel;Trygg ute\nKronogården;ja\n", "svar_2024.csv", "Urvalsmetod"),
        ("Urvalsmetod;Trygg ute\npanel;ja\n", "svar.csv", "År"),
        ("Urvalsmetod;Kommentar\npanel;fint här\n", "svar_2024.csv", "Fråga"),
    ],
)
def test_what_a_file_must_have(content, name, column):
    with pytest.raises(SourceError) as refused:
        parse(content, name)
    assert refused.value.cause is SourceCause.COLUMN_MISSING
    assert refused.value.facts["column"] == column


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("JA", 1),
        ("Mycket trygg", 1),
        ("ganska otrygg", 0),
        ("Ganska ofta", 1),
        ("Mycket sällan", 0),
        ("Inte orolig", 0),
        ("I stor utsträckning", 1),
        ("1", 1),
        ("0", 0),
    ],
)
def test_scales_are_read_as_yes_and_no(word, meaning):
    found, broken = answers(pd.Series([word]))
    assert found.tolist() == [meaning] and not broken.any()
