"""Files whose dates can be read in several ways: what is stored, asked and told."""

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
import pytest

from trygghetskarta.errors import TableRule
from trygghetskarta.intake import intake, receiving
from trygghetskarta.store import read
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.times import DateOrder
from trygghetskarta.words import import_note_words

INCIDENTS = TableKind.INCIDENTS
YEARS_FIRST = """Id;Brottskod;Brottsdatum;Stadsdel
A1;0810;26-02-14;Sylte
A2;0810;25-11-30;Sylte
A3;0810;24-05-17;Kronogården
A4;0810;23-12-24 21:15;Kronogården
"""
WITNESSED = """Id;Brottskod;Inskrivningsdatum;Brottsdatum;Stadsdel
A1;0847;2026-02-15;26-02-14;Sylte
A2;0847;2025-12-01;25-11-30;Sylte
"""
OPEN = "Id;Brottskod;Brottsdatum;Stadsdel\nA1;0847;26-02-14;Sylte\nA2;0847;24-05-17;Sylte\n"


def moments(place):
    found = read.incidents(place.engine).sort_values("source_id")["occurred_from"]
    return found.dt.tz_convert("Europe/Stockholm").dt.strftime("%Y-%m-%d %H:%M").tolist()


@pytest.mark.parametrize(
    ("content", "days"),
    [
        (
            YEARS_FIRST,
            ["2026-02-14 00:00", "2025-11-30 00:00", "2024-05-17 00:00", "2023-12-24 21:15"],
        ),
        (WITNESSED, ["2026-02-14 00:00", "2025-11-30 00:00"]),
        (WITNESSED.replace("25-11-30", "25-11-03"), ["2026-02-14 00:00", "2025-11-03 00:00"]),
    ],
)
def test_the_column_and_its_witnesses_say_which_number_is_the_year(bring, place, content, days):
    report = bring(INCIDENTS, "uttag.csv", content)
    assert report.new == len(days) and report.quarantined == 0
    assert moments(place) == days
    told = import_note_words.note_lines(report.notes)
    assert "lästes som år, månad, dag (26-02-14 är 2026-02-14)" in " ".join(told)


def test_what_stays_open_waits_until_somebody_says_it_and_is_remembered(bring, place):
    report = bring(INCIDENTS, "uttag.csv", OPEN)
    assert (report.new, report.quarantined) == (0, 2)
    (told,) = [line for line in import_note_words.note_lines(report.notes) if "flera sätt" in line]
    assert "2026-02-14 som år, månad, dag; 2014-02-26 som dag, månad, år" in told
    waiting = receiving.receive(place, INCIDENTS, "uttag.csv", OPEN.encode())
    mapping = waiting.mapping.with_open_order(DateOrder.YEAR_FIRST)
    said = replace(waiting, mapping=mapping, confirmed=frozenset(DoubtKind))
    assert intake.import_waiting(place, said, "Polismyndigheten").new == 2
    assert moments(place) == ["2026-02-14 00:00", "2024-05-17 00:00"]
    later = OPEN.replace("24-05-17", "24-06-18").replace("A2", "A3")
    assert bring(INCIDENTS, "nästa.csv", later, confirmed=frozenset(DoubtKind)).quarantined == 0
    assert moments(place)[2] == "2024-06-18 00:00"


def test_days_and_months_that_stay_open_wait_too(bring):
    rows = "Id;Brottskod;Brottsdatum;Stadsdel\nA1;0847;3/4/2026;Sylte\n"
    report = bring(INCIDENTS, "uttag.csv", rows)
    assert report.quarantined == 1
    settled = bring(INCIDENTS, "uttag.csv", rows + "A2;0847;13/4/2026;Sylte\n")
    assert settled.new == 2 and settled.quarantined == 0


def times(place):
    found = read.incidents(place.engine).sort_values(["reported_from", "given_place", "count"])
    return [
        (f"{row.reported_from:%Y-%m-%d}", f"{row.reported_to:%Y-%m-%d}", row.count)
        for row in found[["reported_from", "reported_to", "count"]].itertuples(index=False)
    ]


MONTHS = """Stadsdel;Månad;Brottskod;Antal
Sylte;2025-01-01;0810;3
Sylte;2025-02-01;0810;4
Kronogården;2025-01-01;0810;9
"""


def test_a_month_kept_as_its_first_day_is_the_whole_month(bring, place):
    report = bring(INCIDENTS, "summor.csv", MONTHS)
    assert report.new == 3
    assert sorted(times(place)) == [
        ("2025-01-01", "2025-01-31", 3),
        ("2025-01-01", "2025-01-31", 9),
        ("2025-02-01", "2025-02-28", 4),
    ]
    assert "Kolumnen Månad har perioder som datum" in " ".join(
        import_note_words.note_lines(report.notes)
    )


def test_months_of_a_workbook_are_whole_months(bring, place):
    book = openpyxl.Workbook()
    book.active.append(["Stadsdel", "Månad", "Brottskod", "Antal"])
    for month in (1, 2, 3):
        book.active.append(["Sylte", datetime(2025, month, 1), "0810", 10 + month])
        book.active.cell(month + 1, 2).number_format = "mmm\\-yy"
    out = io.BytesIO()
    book.save(out)
    assert bring(INCIDENTS, "summor.xlsx", out.getvalue()).new == 3
    assert [last for _, last, _ in times(place)] == ["2025-01-31", "2025-02-28", "2025-03-31"]


def test_sums_of_dates_that_are_all_firsts_are_months_and_of_days_are_days(bring, place):
    rows = "Stadsdel;Datum;Brottskod;Antal\nSylte;2025-02-01;0810;3\nSylte;2025-03-01;0810;4\n"
    bring(INCIDENTS, "summor.csv", rows)
    assert times(place) == [("2025-02-01", "2025-02-28", 3), ("2025-03-01", "2025-03-31", 4)]
    report = bring(INCIDENTS, "dagar.csv", rows.replace("2025-03-01", "2025-03-02"))
    assert "period_days" not in report.notes
    single = "Id;Brottskod;Brottsdatum\nA;0810;2025-02-01\nB;0810;2025-03-01\n"
    assert "period_days" not in bring(INCIDENTS, "rader.csv", single).notes


def test_a_period_that_may_be_a_year_or_a_month_waits(bring):
    rows = MONTHS.replace("Månad", "Period").replace("2025-02-01", "2024-01-01")
    report = bring(INCIDENTS, "summor.csv", rows)
    assert report.quarantined == 3
    assert {fault.rule for fault in report.faults} == {TableRule.PERIOD_UNCLEAR}
    assert bring(INCIDENTS, "summor.csv", rows.replace("Period", "År")).new == 3
