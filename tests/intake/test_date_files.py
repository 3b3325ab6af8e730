"""Files whose dates can be read in several ways: what is stored, asked and told."""

import pytest

from trygghetskarta.intake import intake
from trygghetskarta.store import read
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.times import DateOrder
from trygghetskarta.words import import_words

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
    told = import_words.note_lines(report.notes)
    assert "lästes som år, månad, dag (26-02-14 är 2026-02-14)" in " ".join(told)


def test_what_stays_open_waits_until_somebody_says_it_and_is_remembered(bring, place):
    report = bring(INCIDENTS, "uttag.csv", OPEN)
    assert (report.new, report.quarantined) == (0, 2)
    (told,) = [line for line in import_words.note_lines(report.notes) if "flera sätt" in line]
    assert "2026-02-14 som år, månad, dag; 2014-02-26 som dag, månad, år" in told
    waiting = intake.receive(place, INCIDENTS, "uttag.csv", OPEN.encode())
    mapping = waiting.mapping.with_open_order(DateOrder.YEAR_FIRST)
    said = intake.Waiting(**{**vars(waiting), "mapping": mapping})
    assert intake.import_waiting(place, said, "Polismyndigheten").new == 2
    assert moments(place) == ["2026-02-14 00:00", "2024-05-17 00:00"]
    later = OPEN.replace("24-05-17", "24-06-18").replace("A2", "A3")
    assert bring(INCIDENTS, "nästa.csv", later).quarantined == 0
    assert moments(place)[2] == "2024-06-18 00:00"


def test_days_and_months_that_stay_open_wait_too(bring):
    rows = "Id;Brottskod;Brottsdatum;Stadsdel\nA1;0847;3/4/2026;Sylte\n"
    report = bring(INCIDENTS, "uttag.csv", rows)
    assert report.quarantined == 1
    settled = bring(INCIDENTS, "uttag.csv", rows + "A2;0847;13/4/2026;Sylte\n")
    assert settled.new == 2 and settled.quarantined == 0
