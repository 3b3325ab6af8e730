"""The import as a whole: an honest account, nothing lost, nothing half done."""

import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from trygghetskarta.errors import (
    CrsError,
    SourceCause,
    SourceError,
    StoreCause,
    StoreError,
    TrygghetskartaError,
)
from trygghetskarta.gate.loaded_world import events_in, load
from trygghetskarta.gate.periods import Span
from trygghetskarta.intake import intake, receiving, status
from trygghetskarta.store import read
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words, fault_words

pytestmark = pytest.mark.slow

HEADER = "Id;Brottskod;Inskrivningsdatum;Stadsdel;Antal\n"
GOOD = "A1;9801;2025-03-01;Kronogården;1\nA2;0355;2025-03-02;SYLTE;1\nA3;5011;2025-03-03;;1\n"
BAD = "B1;9801;2025-02-30;Lextorp;1\nB2;9801;2025-03-05;Atlantis;1\n"


def rows_of(place) -> list[tuple]:
    """Every row of every table, as SQLite holds them."""
    with closing(sqlite3.connect(place.engine.url.database)) as store:
        names = [
            name
            for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type='table'")
            if not name.startswith(("sqlite_", "rtree_", "gpkg_"))
        ]
        return [
            (name, *row)
            for name in sorted(names)
            for row in store.execute(f"SELECT * FROM '{name}'")
        ]


def test_the_account_adds_up_and_names_are_matched_in_the_open(place, bring):
    report = bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD + BAD)
    assert report.numbers() == {
        "read": 5,
        "accepted": 3,
        "new": 3,
        "changed": 0,
        "unchanged": 0,
        "quarantined": 2,
        "set_aside": 0,
        "matched_by_point": 0,
        "matched_by_code": 0,
        "matched_by_name": 2,
        "outside": 0,
        "without_place": 1,
        "on_border": 0,
    }
    assert report.exit_status == 1
    assert {(name, rows) for name, _, _, rows in report.names} == {("Kronogården", 1), ("SYLTE", 1)}


def test_each_quarantined_row_says_row_and_column_in_swedish(place, bring):
    report = bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD + BAD)
    said = {fault.row: fault_words.fault_sentence(fault) for fault in report.faults}
    assert set(said) == {5, 6}
    assert "2025-02-30" in said[5] and "Inskrivningsdatum" in said[5]
    assert "Atlantis" in said[6] and "Stadsdel" in said[6]


def test_quarantined_rows_are_downloaded_corrected_and_read_in(place, bring):
    bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD + BAD)
    waiting = status.quarantine(place)
    reasons = [
        "; ".join(fault_words.fault_sentence(fault) for fault in waiting.faults(row))
        for row in range(len(waiting.rows))
    ]
    content = status.quarantine_file(waiting, reasons).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert [row[rows[0].index("Id")] for row in rows[1:]] == ["B1", "B2"]
    assert all(row[rows[0].index("fel")] for row in rows[1:])

    corrected = content.replace("2025-02-30", "2025-02-28").replace("Atlantis", "Lextorp")
    report = bring(TableKind.INCIDENTS, "karantan.csv", corrected)
    assert (report.read, report.new, report.quarantined) == (2, 2, 0)
    assert len(status.quarantine(place).rows) == 0
    again = bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD.replace("A3", "A4"))
    assert (again.new, again.unchanged) == (1, 2)


def test_the_same_bad_file_twice_leaves_one_set_of_rows_to_correct(place, bring):
    bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD + BAD)
    again = bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD + BAD)
    assert (again.new, again.unchanged, again.quarantined) == (0, 3, 2)
    assert len(status.quarantine(place).rows) == 2


def test_a_changed_row_is_changed_and_counted_once(place, bring):
    bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD)
    report = bring(
        TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD.replace("Kronogården", "Lextorp")
    )
    assert (report.new, report.changed, report.unchanged) == (0, 1, 2)
    assert len(read.incidents(place.engine)) == 3


@pytest.mark.parametrize("kind", [TableKind.WALKS, TableKind.OBSERVATIONS])
def test_what_is_read_with_walks_is_refused_and_says_where(place, bring, kind):
    before = rows_of(place)
    with pytest.raises(SourceError) as refused:
        bring(kind, "fynd.csv", "Id;Kategori\nA1;belysning\n")
    assert refused.value.cause is SourceCause.READ_WITH_WALKS
    told = error_words.error_sentence(refused.value)
    assert "fynd.csv" in told and "import observations" in told
    assert rows_of(place) == before


@pytest.mark.parametrize("stop_at", [0.0, 0.3, 0.5, 0.9])
def test_an_import_that_is_broken_off_leaves_the_store_as_it_was(place, bring, stop_at):
    bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD + BAD)
    before = rows_of(place)

    def break_off(part: float) -> None:
        if part >= stop_at:
            raise LookupError

    with pytest.raises(LookupError):
        bring(
            TableKind.INCIDENTS,
            "mer.csv",
            HEADER + GOOD.replace("A", "C") + BAD,
            progress=break_off,
        )
    assert rows_of(place) == before


def test_progress_only_rises_and_ends_at_the_whole(place, bring):
    parts = []
    bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD, progress=parts.append)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def test_a_mapping_is_remembered_for_files_of_the_same_columns(place, bring):
    content = "Nr;Kod;När;Var\n1;9801;2025-03-01;Sylte\n2;0355;2025-03-02;Lextorp\n"
    waiting = receiving.receive(place, TableKind.INCIDENTS, "egen.csv", content.encode())
    roles = {
        "source_id": "Nr",
        "offence_code": "Kod",
        "reported_date": "När",
        "place_name": "Var",
    }
    told = waiting.mapping.with_roles(roles)
    intake.import_waiting(place, replace(waiting, mapping=told), "Egen")
    again = receiving.receive(place, TableKind.INCIDENTS, "senare.csv", content.encode())
    assert again.remembered
    assert again.mapping.roles == told.roles


def test_coordinates_without_a_system_that_can_be_told_are_asked_about(place, bring):
    content = "Id;Brottskod;Datum;X;Y\n1;9801;2025-03-01;12,3;4,5\n"
    with pytest.raises(CrsError) as refused:
        bring(TableKind.INCIDENTS, "lokalt.csv", content)
    assert error_words.error_sentence(refused.value).endswith(".")
    assert len(read.incidents(place.engine)) == 0


def test_invented_incidents_go_when_real_ones_come_and_never_come_after(place, bring):
    bring(TableKind.INCIDENTS, "exempel.csv", HEADER + GOOD, source="Exempel", is_example=True)
    assert status.describe(place).example
    report = bring(TableKind.INCIDENTS, "uttag.csv", HEADER + "R1;9801;2025-03-01;Sylte;1\n")
    assert report.notes["examples_removed"] == 3
    assert not status.describe(place).example
    assert len(read.incidents(place.engine)) == 1
    with pytest.raises(StoreError) as refused:
        bring(TableKind.INCIDENTS, "exempel.csv", HEADER + GOOD, source="Exempel", is_example=True)
    assert refused.value.cause is StoreCause.EXAMPLES_AFTER_REAL
    assert len(read.incidents(place.engine)) == 1


def test_new_borders_move_the_incidents_that_have_a_point(place, bring, shared_data):
    path = shared_data / "districts" / "stadsdelar_trollhattan_3006.gpkg"
    report = bring(TableKind.DISTRICTS, path, source="SCB")
    assert report.read == 15
    assert report.notes["reassigned"] == 0


UGLY = {
    "tom.csv": b"",
    "bara_rubrik.csv": HEADER.encode(),
    "bild.csv": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "trasig.xlsx": b"PK\x03\x04 not a zip",
    "gammal.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "trasig.geojson": b'{"type": "FeatureCollection", "features": [',
    "annan.json": b'{"hello": 1}',
    "trasig.gpkg": b"SQLite format 3\0" + b"\0" * 5000,
    "tom.zip": b"PK\x05\x06" + b"\0" * 18,
    "fel_kolumner.csv": b"a;b;c\n1;2;3\n",
    "okand.docx2": b"hej",
    "nolltecken.csv": HEADER.encode() + b"1;9801;2025-03-01;Syl\0te;1\n",
    "null.csv": b"\0" * 4000,
    "del.shp": b"\0\0\x27\x0a" + b"\0" * 96,
}


@pytest.mark.parametrize("name", UGLY)
@pytest.mark.parametrize(
    "kind", [TableKind.INCIDENTS, TableKind.DISTRICTS, TableKind.POPULATION, TableKind.SURVEY]
)
def test_a_hopeless_file_gets_one_sentence_and_stores_nothing(place, bring, kind, name):
    before = rows_of(place)
    with pytest.raises(TrygghetskartaError) as refused:
        bring(kind, name, UGLY[name])
    sentence = error_words.error_sentence(refused.value)
    assert sentence[0].isupper() or sentence.startswith(name)
    assert sentence.endswith((".", "?", "”"))
    assert "{" not in sentence and "Traceback" not in sentence
    assert rows_of(place) == before


@pytest.mark.parametrize("content", [b"", b"<html>", b"{}", b"[1, 2", b"\xff\xfe\0", b"null"])
def test_an_answer_that_is_no_list_of_events_is_refused(place, bring, content):
    with pytest.raises(SourceError) as refused:
        bring(TableKind.EVENTS, "polisen.json", content)
    assert error_words.error_sentence(refused.value)


def test_a_file_that_is_not_there_is_named_without_its_folder(place, bring, tmp_path):
    with pytest.raises(SourceError) as refused:
        bring(TableKind.INCIDENTS, tmp_path / "saknas.csv")
    assert refused.value.cause is SourceCause.FILE_MISSING
    assert str(tmp_path) not in error_words.error_sentence(refused.value)


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "</script>", "`${7*7}`", "x" * 5000, "😀"]
)
def test_hostile_words_in_a_row_are_quarantined_or_kept_as_they_are(place, bring, name):
    row = f'H1;9801;2025-03-01;"{name}";1\n'
    report = bring(TableKind.INCIDENTS, "uttag.csv", HEADER + GOOD + row)
    assert report.read == 4
    assert report.quarantined == 1


def test_half_a_surrogate_pair_is_no_reason_to_fall(place, bring):
    content = (
        HEADER.encode()
        + GOOD.encode()
        + "S1;9801;2025-03-01;Syl\ud800te;1\n".encode("utf-8", "surrogatepass")
    )
    try:
        report = bring(TableKind.INCIDENTS, "uttag.csv", content)
    except TrygghetskartaError as refused:
        assert error_words.error_sentence(refused)
    else:
        assert report.quarantined == 1


def test_the_news_are_shown_for_the_municipality_and_the_period_alone(place, bring, shared_data):
    path: Path = shared_data / "polisen_events" / "events_trollhattan_2022-2026.json"
    bring(TableKind.EVENTS, path)
    world = load(place.engine, place.municipality)
    kept = read.events(place.engine)
    year = Span(*(kept["occurred_at"].dt.tz_convert("Europe/Stockholm").dt.date.iloc[[0, 0]]))
    shown = events_in(world, year)
    same_day = kept["occurred_at"].dt.tz_convert("Europe/Stockholm").dt.date == year.start
    assert len(shown) == same_day.sum() > 0
