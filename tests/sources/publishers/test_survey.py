"""Survey shares: unit decided per column, every word known or told."""

from datetime import date

import pandas as pd
import pytest

from trygghetskarta import tables
from trygghetskarta.errors import SourceCause, SourceError, TableRule
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.publishers import survey
from trygghetskarta.sources.readers import files
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.perception import SamplingMethod

pytestmark = pytest.mark.slow

AREAS = pd.DataFrame(
    [
        ("kommun", "1488", "Trollhättan"),
        ("stadsdel", "1488S007", "Kronogården"),
        ("regso", "1488R012", "Sylte"),
    ],
    columns=["area_level", "area_code", "name"],
)
HEADER = "Undersökning;År;Fråga;Dimension;Område;Grupp;Andel;Antal svar;Urvalsmetod;Källa"


def parse(*rows, header=HEADER, name="trygghet.csv"):
    raw = files.read_bytes(name, "\n".join([header, *rows]).encode("cp1252"))
    mapping = columns.recognise(raw.frame.columns, TableKind.SURVEY, raw.frame)
    columns.validate(mapping, raw)
    parsed = survey.parse(raw, mapping, areas=AREAS, today=date(2026, 11, 2))
    assert tables.check(parsed.table, tables.SURVEY) == []
    parsed.account()
    return parsed


def row(share="45,3", answers="120", method="slumpmässigt urval", **other):
    cells = {
        "survey": "Trygghetsmätning",
        "year": "2022",
        "question": "Trygg ute",
        "dimension": "trygghet",
        "area": "Kronogården",
        "group": "Kvinnor",
        **other,
    }
    return ";".join([*cells.values(), share, answers, method, "Kommunen"])


def faults(parsed):
    return [(f.rule, f.row, f.column, f.value) for f in parsed.faults]


def test_a_row():
    parsed = parse(row(), row(area="Sylte", dimension="säkerhet"), row(area=""))
    told = parsed.table.iloc[0]
    assert told[["lower", "upper", "n_effective", "weight_sum", "method_key"]].isna().all()
    assert told.dropna().to_dict() == {
        "survey": "Trygghetsmätning",
        "year": 2022,
        "question": "Trygg ute",
        "dimension": "perceived_safety",
        "area_level": "stadsdel",
        "area_code": "1488S007",
        "group": "Kvinnor",
        "share": pytest.approx(0.453),
        "answers": 120,
        "sampling_method": "slumpmassigt_urval",
        "source": "Kommunen",
    }
    assert parsed.table["dimension"].tolist()[1] == "safety"
    assert parsed.table["area_code"].tolist()[1:] == ["1488R012", "1488"]


@pytest.mark.parametrize(
    ("cells", "unit", "shares"),
    [
        (["45,3", "50", "1"], "percent", [0.453, 0.50, 0.01]),
        (["45 %", "50%", "100 %"], "percent", [0.45, 0.50, 1.0]),
        (["0,45", "0.5", "1"], "share", [0.45, 0.5, 1.0]),
        (["0", "1", "0,25"], "share", [0.0, 1.0, 0.25]),
    ],
)
def test_the_unit_is_that_of_the_column(cells, unit, shares):
    parsed = parse(*(row(share, question=f"F{n}") for n, share in enumerate(cells)))
    assert parsed.notes["share_unit"] == unit
    assert parsed.table["share"].tolist() == pytest.approx(shares)


def test_the_name_of_the_column_decides_first():
    header = HEADER.replace("Andel", "Andel i procent")
    parsed = parse(row("0,5"), header=header)
    assert parsed.table["share"].tolist() == pytest.approx([0.005])


@pytest.mark.parametrize(
    ("cells", "waiting"),
    [
        (["0,34", "50", "45"], ["0,34"]),
        (["34", "0,8", "1"], ["34", "0,8"]),
        (["0,3", "0,4", "0,5", "0,6", "0,7", "34"], ["34"]),
    ],
)
def test_a_share_of_the_other_unit_waits(cells, waiting):
    parsed = parse(*(row(share, question=f"F{n}") for n, share in enumerate(cells)))
    assert [fault.value for fault in parsed.faults] == waiting
    assert {fault.rule for fault in parsed.faults} == {TableRule.SHARE_OUT_OF_RANGE}


@pytest.mark.parametrize(
    ("name", "cells", "asked"),
    [
        ("Andel (%)", ["0,8", "0,5"], True),
        ("Andel (%)", ["0,8", "3"], False),
        ("Värde", ["3,4", "2,9"], True),
        ("Värde", ["0,34", "0,5"], False),
        ("Värde", ["3,4", "29"], False),
        ("Andel", ["0,8 %", "0,5 %"], False),
    ],
)
def test_whether_small_shares_are_per_cent_is_asked(name, cells, asked):
    rows = [row(share, question=f"F{n}") for n, share in enumerate(cells)]
    parsed = parse(*rows, header=HEADER.replace("Andel", name))
    assert [doubt.kind for doubt in parsed.doubts] == [DoubtKind.SMALL_SHARES] * asked


@pytest.mark.parametrize("year", ["2031", "2022-2024", "2023/2024", "2022-24"])
def test_a_year_is_one_that_has_been(year):
    assert parse(row(year=year)).table.empty
    assert parse(row(year="2024-10-01"), row(year="våren 2023")).table["year"].tolist() == [
        2024,
        2023,
    ]


@pytest.mark.parametrize(
    ("cells", "answers"), [(["1.000", "1.240"], [1000, 1240]), (["1.000"], []), (["0"], [])]
)
def test_how_many_have_answered(cells, answers):
    parsed = parse(*(row(answers=n, question=n) for n in cells))
    assert parsed.table["answers"].tolist() == answers


def test_weighted_numbers_of_answers_are_none():
    header = HEADER.replace("Antal svar", "Viktat antal svar")
    with pytest.raises(SourceError) as caught:
        parse(row(), header=header)
    assert caught.value.cause is SourceCause.COLUMN_MISSING


def test_a_part_of_those_asked_is_not_everybody():
    header = "År;Fråga;Svarsalternativ;Andel;Antal svar;Urvalsmetod"
    rows = ["2024;Hur trygg;Mycket trygg;34;200;OSU", "2024;Hur trygg;Otrygg;54;200;OSU"]
    for some in (rows[:1], rows):
        parsed = parse(*some, header=header)
        assert parsed.table.empty
        assert {fault.rule for fault in parsed.faults} == {TableRule.PART_OF_PEOPLE}
    header = "År;Fråga;Ålder;Kön;Andel;Antal svar;Urvalsmetod"
    parsed = parse("2024;T;16-29;Män;34;99;OSU", "2024;T;totalt;Män;30;99;OSU", header=header)
    assert parsed.table["share"].tolist() == [0.30] and parsed.faults == ()


def test_a_column_of_ages_is_the_group():
    header = "År;Fråga;Åldersgrupp;Andel;Antal svar;Urvalsmetod"
    parsed = parse("2024;T;16-29;34;99;OSU", "2024;T;30-84;30;99;OSU", header=header)
    assert parsed.table["group"].tolist() == ["16-29", "30-84"]


def test_a_share_among_per_cent_signs_is_doubtful():
    parsed = parse(*(row(s, question=s) for s in ("45 %", "0,45", "0", "46")))
    assert faults(parsed) == [(TableRule.SHARE_OUT_OF_RANGE, 3, "Andel", "0,45")]
    assert parsed.faults[0].hint == "45 %"
    assert parsed.table["share"].tolist() == pytest.approx([0.45, 0, 0.46])


@pytest.mark.parametrize(
    ("word", "method"),
    [
        ("Slumpmässigt urval", SamplingMethod.RANDOM),
        ("slumpmassigt_urval", SamplingMethod.RANDOM),
        ("OSU", SamplingMethod.RANDOM),
        ("Öppen webbenkät", SamplingMethod.WEB_OPEN),
        ("webb", SamplingMethod.WEB_OPEN),
        ("oppen_webb", SamplingMethod.WEB_OPEN),
        ("SOM-panel", SamplingMethod.PANEL),
        ("panel", SamplingMethod.PANEL),
        ("Totalundersökning", SamplingMethod.CENSUS),
        ("okänt", SamplingMethod.UNKNOWN),
    ],
)
def test_sampling_methods(word, method):
    assert parse(row(method=word)).table["sampling_method"].tolist() == [method.value]


@pytest.mark.parametrize("method", list(SamplingMethod))
def test_our_own_words_are_known(method):
    assert parse(row(method=method.value)).table["sampling_method"].tolist() == [method.value]


def test_every_fault():
    parsed = parse(
        row(method="på torget"),
        row(method=""),
        row(dimension="lycka"),
        row(area="Atlantis"),
        row(year="snart"),
        row(year="1980"),
        row(answers="12,5"),
        row(answers="-1"),
        row(answers=""),
        row(answers="många"),
        row(share="101"),
        row(share="hälften"),
        row(share=""),
        row(question=""),
        row(),
        row(),
        row(share="46"),
    )
    assert faults(parsed) == [
        (TableRule.UNKNOWN_WORD, 2, "Urvalsmetod", "på torget"),
        (TableRule.VALUE_MISSING, 3, "Urvalsmetod", ""),
        (TableRule.UNKNOWN_WORD, 4, "Dimension", "lycka"),
        (TableRule.PLACE_UNKNOWN, 5, "Område", "Atlantis"),
        (TableRule.NOT_A_PERIOD, 6, "År", "snart"),
        (TableRule.BELOW_MINIMUM, 7, "År", "1980"),
        (TableRule.NOT_A_WHOLE_NUMBER, 8, "Antal svar", "12,5"),
        (TableRule.BELOW_MINIMUM, 9, "Antal svar", "-1"),
        (TableRule.VALUE_MISSING, 10, "Antal svar", ""),
        (TableRule.NOT_A_NUMBER, 11, "Antal svar", "många"),
        (TableRule.SHARE_OUT_OF_RANGE, 12, "Andel", "101"),
        (TableRule.NOT_A_NUMBER, 13, "Andel", "hälften"),
        (TableRule.VALUE_MISSING, 14, "Andel", ""),
        (TableRule.VALUE_MISSING, 15, "Fråga", ""),
        (TableRule.NOT_UNIQUE, 18, "Fråga", "Trygg ute"),
    ]
    assert parsed.repeated == 1


def test_the_publishers_own_limits_follow_the_shares_unit():
    header = "År;Fråga;Andel;Undre gräns;Övre gräns;Antal svar;Effektivt antal svar;Metodversion"
    header += ";Urvalsmetod"
    parsed = parse(
        "2022;Trygg;45 %;40 %;51 %;100;81,5;brev;panel",
        "2023;Trygg;45 %;46 %;51 %;100;81,5;brev;panel",
        "2024;Trygg;45 %;40 %;44 %;100;-1;brev;panel",
        header=header,
    )
    assert parsed.table[["lower", "upper", "n_effective"]].to_numpy().tolist() == [
        [pytest.approx(0.40), pytest.approx(0.51), 81.5]
    ]
    assert parsed.table["method_key"].tolist() == ["brev"]
    assert faults(parsed) == [
        (TableRule.SHARE_OUT_OF_RANGE, 3, "Undre gräns", "46 %"),
        (TableRule.SHARE_OUT_OF_RANGE, 4, "Övre gräns", "44 %"),
        (TableRule.BELOW_MINIMUM, 4, "Effektivt antal svar", "-1"),
    ]


def test_codes_that_are_not_known():
    header = "År;Fråga;DeSO;Andel;Antal svar;Urvalsmetod"
    parsed = parse("2022;Trygg;1488A9999;45;100;panel", header=header)
    assert faults(parsed) == [(TableRule.AREA_UNKNOWN, 2, "DeSO", "1488A9999")]


def test_what_no_column_tells():
    header = "År;Fråga;Andel;Antal svar;Urvalsmetod"
    table = parse("2022;Trygg;45;100;panel", header=header, name="SOM 2020.csv").table
    assert table.iloc[0][["survey", "dimension", "area_code", "group", "source"]].tolist() == [
        "SOM 2020",
        "perceived_safety",
        "1488",
        "alla",
        "SOM 2020",
    ]
