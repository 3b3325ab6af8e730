"""Files of sums: one row for a place, a period and a type."""

import pandas as pd
import pytest

from tests.sources.publishers.incident_files import faults, parse, simple
from trygghetskarta.errors import TableRule

pytestmark = pytest.mark.slow


SUMS = "Stadsdel;Period;Typ;Antal"


def test_sums_per_place_period_and_type():
    parsed = parse(
        simple(
            "Kronogården;2021K3;Skadegörelse;14",
            "Kronogården;2021K4;Skadegörelse;0",
            "Lextorp;2021 kvartal 3;Stöld;1 204",
            "Sylte;mars 2021;Rattfylleri;3",
            "Sylte;2026 prel.;Inbrott;7",
            "Sylte;2021K3;Stöld;-1",
            "Sylte;2021K3;Våld;1,5",
            "Sylte;2021K3;Våld;många",
            "Sylte;2021K3;Brand;",
            "Sylte;2021K5;Våld;2",
            "Sylte;2027K1;Våld;2",
            ";2021K2;Våld;2",
            header=SUMS,
        )
    )
    assert faults(parsed) == [
        (TableRule.BELOW_MINIMUM, 7, "Antal", "-1"),
        (TableRule.NOT_A_WHOLE_NUMBER, 8, "Antal", "1,5"),
        (TableRule.NOT_A_NUMBER, 9, "Antal", "många"),
        (TableRule.VALUE_MISSING, 10, "Antal", ""),
        (TableRule.NOT_A_PERIOD, 11, "Period", "2021K5"),
        (TableRule.DATE_OUT_OF_RANGE, 12, "Period", "2027K1"),
    ]
    table = parsed.table
    assert table["count"].tolist() == [14, 0, 1204, 3, 7, 2]
    assert table["given_place"].fillna("").tolist() == [
        "Kronogården",
        "Kronogården",
        "Lextorp",
        "Sylte",
        "Sylte",
        "",
    ]
    assert table["offence_type"].tolist() == [
        "Skadegörelse",
        "Skadegörelse",
        "Stöld",
        "Trafik",
        "Inbrott",
        "Våld",
    ]
    days = [
        table[name].dt.strftime("%Y-%m-%d").tolist() for name in ("reported_from", "reported_to")
    ]
    assert days[0] == [
        "2021-07-01",
        "2021-10-01",
        "2021-07-01",
        "2021-03-01",
        "2026-01-01",
        "2021-04-01",
    ]
    assert days[1] == [
        "2021-09-30",
        "2021-12-31",
        "2021-09-30",
        "2021-03-31",
        "2026-12-31",
        "2021-06-30",
    ]
    assert table["preliminary"].tolist() == [False] * 4 + [True, False]
    assert parsed.notes["sum_rows"] == 6


def test_a_corrected_sum_is_the_same_row():
    before = parse(simple("Kronogården;2021K3;Skadegörelse;14", header=SUMS))
    after = parse(
        simple(
            "2021 kvartal 3;16;Kronogården;Skadegörelse",
            "2021K3;2;Sylte;Skadegörelse",
            header="Period;Antal;Stadsdel;Typ",
        )
    )
    assert before.table["source_id"].iloc[0] == after.table["source_id"].iloc[0]
    assert after.table["source_id"].is_unique


def test_two_sums_of_the_same_contradict_each_other():
    rows = ("Sylte;2021K3;Stöld;14", "Sylte;2021K3;Stöld;14", "Sylte;2021K3;Stöld;3")
    parsed = parse(simple(*rows, header=SUMS))
    assert parsed.repeated == 1
    assert [(f.rule, f.row, f.column) for f in parsed.faults] == [
        (TableRule.DUPLICATE_ID, 4, "Period")
    ]


@pytest.mark.parametrize(
    ("header", "cells", "first", "last"),
    [
        ("År;Kvartal", "2021;3", "2021-07-01", "2021-09-30"),
        ("År;Kvartal", "2021;K3", "2021-07-01", "2021-09-30"),
        ("År;Månad", "2021;3", "2021-03-01", "2021-03-31"),
        ("År;Månad", "2021;mars", "2021-03-01", "2021-03-31"),
        ("År;Månad", "2021;", "2021-01-01", "2021-12-31"),
        ("Månad;År", "2021-03;2021", "2021-03-01", "2021-03-31"),
    ],
)
def test_year_and_part_of_it_in_two_columns(header, cells, first, last):
    parsed = parse(simple(f"Sylte;Stöld;4;{cells}", header=f"Stadsdel;Typ;Antal;{header}"))
    row = parsed.table.iloc[0]
    assert (row["reported_from"], row["reported_to"]) == (pd.Timestamp(first), pd.Timestamp(last))
