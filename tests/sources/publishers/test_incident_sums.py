"""Files of sums: one row for a place, a period and a type."""

import pandas as pd
import pytest

from tests.sources.publishers.incident_files import faults, parse, simple
from trygghetskarta.errors import SourceCause, SourceError, TableRule
from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.readers.files import read_bytes
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import Aside, TableKind

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
        (TableRule.COUNTED_OTHERWISE, 4, "Antal")
    ]


@pytest.mark.parametrize(
    ("header", "cells", "first", "last"),
    [
        ("År;Kvartal", "2021;3", "2021-07-01", "2021-09-30"),
        ("År;Kvartal", "2021;K3", "2021-07-01", "2021-09-30"),
        ("År;Månad", "2021;3", "2021-03-01", "2021-03-31"),
        ("År;Månad", "2021;mars", "2021-03-01", "2021-03-31"),
        ("År;Månad", "2021;", "2021-01-01", "2021-12-31"),
        ("År;Månad", "2021;Hela året", "2021-01-01", "2021-12-31"),
        ("År;Kvartal", "2021;Totalt", "2021-01-01", "2021-12-31"),
        ("Månad;År", "2021-03;2021", "2021-03-01", "2021-03-31"),
    ],
)
def test_year_and_part_of_it_in_two_columns(header, cells, first, last):
    parsed = parse(simple(f"Sylte;Stöld;4;{cells}", header=f"Stadsdel;Typ;Antal;{header}"))
    row = parsed.table.iloc[0]
    assert (row["reported_from"], row["reported_to"]) == (pd.Timestamp(first), pd.Timestamp(last))


# --- what stands beside its own parts, or tells rows apart without being read ---


def counts(parsed) -> list[int]:
    return parsed.table["count"].tolist()


MONTHS = [f"Sylte;2025-{n:02d};Stöld;{n}" for n in range(1, 13)]


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ([*MONTHS, "Sylte;2025;Stöld;78"], 78),
        (["Sylte;2025;Stöld;78", *MONTHS], 78),
        ([*MONTHS[:3], "Sylte;2025K1;Stöld;6", "Sylte;2025K2;Stöld;9"], 15),
        ([*MONTHS[:3], "Sylte;2025K1;Stöld;6", "Sylte;2025;Stöld;6"], 6),
        ([*MONTHS, "Sylte;2025;Samtliga brott;78"], 78),
        ([*MONTHS, "Hela kommunen;2025;Stöld;78", "Hela kommunen;2025;Totalt;78"], 78),
        # Another year, place or offence has no parts here.
        ([*MONTHS, "Sylte;2024;Stöld;70", "Lextorp;2025;Stöld;5", "Sylte;2025;Rån;2"], 155),
    ],
)
def test_a_year_beside_its_months_is_counted_once(rows, total):
    raw = read_bytes("s.csv", simple(*rows, header=SUMS).encode())
    mapping = columns.recognise(raw.frame.columns, TableKind.INCIDENTS, raw.frame)
    parsed = parse(raw, mapping, municipality=("1488", "Trollhättan"), whole=False)
    assert sum(counts(parsed)) == total and parsed.doubts == () and parsed.faults == ()


def test_a_year_told_by_days_is_the_sum_of_its_months():
    rows = [
        "Sylte;2025-01-01;2025-12-31;Stöld;14",
        "Sylte;2025-01-01;2025-01-31;Stöld;5",
        "Sylte;2025-02-01;2025-02-28;Stöld;9",
    ]
    parsed = parse(simple(*rows, header="Stadsdel;Från;Till;Brottstyp;Antal"), whole=False)
    assert counts(parsed) == [5, 9] and parsed.faults == ()
    assert list(parsed.aside[Aside.TOTAL]) == [2]


def test_a_year_that_differs_from_its_months_is_asked_about():
    parsed = parse(simple(*MONTHS[:2], "Sylte;2025;Stöld;78", header=SUMS), whole=False)
    (doubt,) = parsed.doubts
    assert doubt.kind is DoubtKind.TOTAL_DIFFERS
    assert doubt.facts == {"rows": 1, "row": 4, "count": 78, "parts": 3}


def test_what_says_of_which_below_its_whole_is_not_added():
    rows = ["Sylte;2025;Misshandel;30", "Sylte;2025;därav mot kvinnor;12", "Sylte;2025;Rån;4"]
    parsed = parse(simple(*rows, header=SUMS), whole=False)
    assert counts(parsed) == [30, 4] and list(parsed.aside[Aside.PART]) == [3]
    alone = parse(simple("Sylte;2025;varav grov misshandel;12", header=SUMS))
    assert counts(alone) == [12]


@pytest.mark.parametrize(
    ("unread", "cells"),
    [("Kön", ("Man", "Kvinna")), ("Veckodag", ("måndag", "tisdag")), ("Delområde", ("", "Norra"))],
)
def test_sums_that_only_an_unread_column_tells_apart_wait(unread, cells):
    rows = [f"Sylte;2025;Stöld;5;{cell}" for cell in cells]
    parsed = parse(simple(*rows, "Sylte;2024;Stöld;3;Alla", header=f"{SUMS};{unread}"))
    assert counts(parsed) == [3]
    assert faults(parsed) == [
        (TableRule.UNREAD_SEPARATES, row, unread, cell or "–")
        for row, cell in enumerate(cells, start=2)
    ]


@pytest.mark.parametrize(("years", "waits"), [((2024,), [2, 3, 4]), ((2023, 2024, 2022), [2, 3])])
def test_a_part_without_its_other_part_waits_too(years, waits):
    rows = [f"Sylte;2025;Stöld;5;{cell}" for cell in ("Man", "Kvinna")]
    rows += [f"Sylte;{year};Stöld;3;Man" for year in years]
    parsed = parse(simple(*rows, header=f"{SUMS};Kön"))
    assert [row for _, row, *_ in faults(parsed)] == waits


@pytest.mark.parametrize("unread", ["Radnr", "Kommentar", "fid"])
def test_numbers_of_rows_and_comments_make_no_other_sum(unread):
    rows = ["Sylte;2025;Stöld;5;1", "Sylte;2025;Stöld;5;2"]
    parsed = parse(simple(*rows, header=f"{SUMS};{unread}"))
    assert counts(parsed) == [5] and parsed.repeated == 1 and parsed.faults == ()


@pytest.mark.parametrize("is_first", [True, False])
def test_a_final_figure_stands_before_a_preliminary_one(is_first):
    rows = ["Sylte;2025 prel.;Stöld;11", "Sylte;2025;Stöld;12"]
    parsed = parse(simple(*(rows if is_first else rows[::-1]), header=SUMS))
    assert counts(parsed) == [12] and not parsed.table["preliminary"].any()
    (fault,) = parsed.faults
    assert (fault.rule, fault.value) == (TableRule.COUNTED_OTHERWISE, "11")


# --- which column counts, and what its numbers say ---


@pytest.mark.parametrize(
    "name",
    [
        *("Anmälda brott", "Brott", "N", "Summa brott", "2025 Antal", "Antal brott 2025", "Totalt"),
        *("Antal händelser", "Summa av Antal", "Brott (antal)", "Anmälningar", "Antal (st)"),
    ],
)
def test_counts_are_known_by_what_publishers_call_them(name):
    header = SUMS.replace("Antal", name)
    parsed = parse(simple("Sylte;2025;Stöld;12", "Lextorp;2025;Rån;3", header=header))
    assert counts(parsed) == [12, 3]


@pytest.mark.parametrize(
    "name",
    [
        *("Per 100 000 inv", "Antal per 1000", "Antal/1 000 inv.", "Antal (per 1 000 inv)"),
        *("Antal (%)", "Antal (tusental)", "Antal, index 2015=100", "Brott (%)", "Antal hushåll"),
        *("Antal uppklarade", "Antal lagförda", "Antal brottsoffer", "Antal fullbordade"),
    ],
)
def test_a_rate_or_a_count_of_something_else_is_no_count(name):
    header = SUMS.replace("Antal", name)
    with pytest.raises(SourceError) as caught:
        parse(simple("Sylte;2025;Stöld;12", "Lextorp;2025;Rån;3", header=header))
    assert caught.value.cause is SourceCause.COLUMN_MISSING
    assert caught.value.facts["column"] == "Antal"


@pytest.mark.parametrize(
    "others", ["Antal uppklarade", "Antal per 100 000 invånare", "Antal personuppklarade brott"]
)
def test_reported_offences_are_counted_and_nothing_beside_them(others):
    header = f"Stadsdel;Period;Typ;{others};Antal anmälda"
    parsed = parse(simple("Sylte;2025;Stöld;2;12", "Lextorp;2025;Stöld;1;10", header=header))
    assert counts(parsed) == [12, 10]


@pytest.mark.parametrize(
    ("cells", "found", "wrong"),
    [
        (("1.000", "1.234", "40"), [1000, 1234, 40], []),
        (("1,000", "1,204", "5"), [1000, 1204, 5], []),
        (("1,000", "40", "5"), [40, 5], [(TableRule.NOT_A_NUMBER, "1,000")]),
        (("1.234.567", "40", "5"), [1234567, 40, 5], []),
        (("1.000", "3.000"), [], [(TableRule.NOT_A_NUMBER, cell) for cell in ("1.000", "3.000")]),
        (("1.000",), [], [(TableRule.NOT_A_NUMBER, "1.000")]),
        (("5000000", "4"), [4], [(TableRule.ABOVE_MAXIMUM, "5000000")]),
        (("12345678901234567890", "4"), [4], [(TableRule.ABOVE_MAXIMUM, "12345678901234567890")]),
        (("9007199254740993", "4"), [4], [(TableRule.ABOVE_MAXIMUM, "9007199254740993")]),
    ],
)
def test_thousands_are_thousands_and_no_digit_is_lost(cells, found, wrong):
    rows = [f"Sylte;{2020 + n};Stöld;{cell}" for n, cell in enumerate(cells)]
    parsed = parse(simple(*rows, header=SUMS))
    assert counts(parsed) == found
    assert [(fault.rule, fault.value) for fault in parsed.faults] == wrong


def test_rows_without_a_number_are_single_offences_however_little_is_known_of_their_time():
    rows = ["0357;2025-03;Sylte", "0357;2025-03;Sylte", "0825;2025;Sylte"]
    parsed = parse(simple(*rows, header="Brottskod;Period;Stadsdel"))
    assert counts(parsed) == [1, 1, 1] and parsed.table["source_id"].is_unique


def test_a_number_that_is_not_read_is_asked_for_and_one_offence_a_row_can_be_told():
    text = simple("0357;2025;12", "0357;2025;4", header="Brottskod;År;Utfall")
    with pytest.raises(SourceError) as caught:
        parse(text)
    assert caught.value.facts["column"] == "Antal"
    raw = read_bytes("s.csv", text.encode())
    mapping = columns.recognise(raw.frame.columns, TableKind.INCIDENTS, raw.frame)
    for roles, values, found in (({"count": "Utfall"}, {}, [12]), ({}, {"count": "1"}, [1, 1])):
        chosen = mapping.changed(roles, values)
        whole, told = columns.with_values(raw, chosen, {"count": "Antal"})
        assert counts(parse(whole, mapping=told)) == found


def test_alike_offences_of_a_day_are_several_also_where_some_rows_count_more():
    header = "Brottskod;Brottsdatum;Stadsdel;Adress;Antal"
    rows = ["0825;2025-03-01;Sylte;A;1", "0825;2025-03-01;Sylte;B;1", "0357;2025-03-01;Sylte;C;2"]
    parsed = parse(simple(*rows, header=header))
    assert counts(parsed) == [1, 1, 2] and parsed.faults == () and parsed.repeated == 0
    # The first keeps the name it had before; sums alike are still one.
    alone = parse(simple(rows[0], rows[2], header=header))
    assert set(alone.table["source_id"]) < set(parsed.table["source_id"])
    assert parse(simple(rows[2], rows[2], header=header)).repeated == 1
