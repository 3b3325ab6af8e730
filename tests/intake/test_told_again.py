"""The same told twice by one source: in other words, in other parts, under other numbers."""

import io
from dataclasses import replace

import openpyxl
import pytest

from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.store import read, read_history
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words.doubt_words import doubt_sentence

pytestmark = pytest.mark.slow

SUMS = "Stadsdel;År;Brottstyp;Antal\n"
STORED = SUMS + "Kronogården;2025;Stöld;7\n"
ROWS = "Id;Brottskod;Brottsdatum;Stadsdel\n"


@pytest.fixture
def check(place):
    """The doubts of a file of the source Polisen, which is not stored."""

    def run(content: str):
        waiting = receiving.receive(place, TableKind.INCIDENTS, "s.csv", content.encode())
        return intake.check_waiting(place, waiting, "Polisen").doubts

    return run


def store(bring, content: str, name="a.csv"):
    return bring(TableKind.INCIDENTS, name, content, source="Polisen")


@pytest.mark.parametrize(
    ("again", "rows"),
    [
        (SUMS + "KRONOGÅRDEN;2025;stöld;8\n", [2]),
        ("Områdeskod;År;Brottstyp;Antal\n1488S007;2025;Stöld;7\n", [2]),
        ("DeSO;År;Brottstyp;Antal\n1488C1060;2025;Stöld;3\n1488C1070;2025;Stöld;4\n", [2, 3]),
        ("Stadsdel;Kvartal;Brottstyp;Antal\nKronogården;2025K1;Stöld;3\n", [2]),
        ("Stadsdel;År;Brottskod;Antal\nSylte;2025;0847;9\nKronogården;2025;0847;7\n", [3]),
        ("År;Brottstyp;Antal\n2025;Stöld;7\n", [2]),
    ],
)
def test_a_sum_that_is_told_in_another_way_is_asked_about(bring, check, again, rows):
    store(bring, STORED)
    (doubt,) = (one for one in check(again) if one.kind is DoubtKind.STORED_ALREADY)
    assert doubt.facts == {"n": len(rows), "rows": rows}
    assert f"(rad {rows[0]}" in doubt_sentence(doubt)


@pytest.mark.parametrize(
    "again",
    [
        STORED.replace("7\n", "9\n"),
        SUMS + "Kronogården;2025;Stöld;7\nSylte;2025;Stöld;7\n",
        SUMS + "Kronogården;2024;Stöld;7\nKronogården;2025;Rån;7\n",
        "Stadsdel;Månad;Brottstyp;Antal\nKronogården;2026-01;Stöld;7\n",
        # More than the wider sum has: its rows are those whose part is not known.
        "Stadsdel;Kvartal;Brottstyp;Antal\nKronogården;2025K1;Stöld;8\n",
    ],
)
def test_a_sum_that_is_corrected_or_another_is_not_asked_about(bring, check, again):
    store(bring, STORED)
    assert DoubtKind.STORED_ALREADY not in {one.kind for one in check(again)}


def numbered(month: int, place: str, numbers=range(1, 41)) -> str:
    lines = (f"{n};08{n % 50:02};2025-{month:02}-{n % 27 + 1:02};{place}\n" for n in numbers)
    return ROWS + "".join(lines)


def test_running_numbers_of_another_month_do_not_write_over_it_unasked(bring, check, place):
    store(bring, numbered(1, "Sylte"))
    (doubt,) = check(numbered(2, "Lextorp"))
    assert doubt.kind is DoubtKind.SAME_ID
    assert doubt.facts == {"n": 40, "rows": 40, "id": "1"}
    with pytest.raises(UnconfirmedError):
        store(bring, numbered(2, "Lextorp"))
    assert set(read.incidents(place.engine)["given_place"]) == {"Sylte"}


@pytest.mark.parametrize(
    "again",
    [
        numbered(1, "Lextorp"),
        numbered(2, "Lextorp", range(41, 81)),
        # A few days put right.
        numbered(1, "Sylte").replace("2025-01-10", "2025-01-30"),
    ],
)
def test_rows_that_are_put_right_or_new_are_not_asked_about(bring, check, again):
    store(bring, numbered(1, "Sylte"))
    assert DoubtKind.SAME_ID not in {one.kind for one in check(again)}


TWO_PLACES = "Bostad;Stadsdel;Brottskod;Brottsdatum\n" + "".join(
    f"Sylte;Lextorp;0847;2025-03-{n:02}\n" for n in range(1, 6)
)


def test_the_same_file_read_in_another_way_is_asked_about_and_replaced(bring, check, place):
    first = store(bring, TWO_PLACES)
    assert first.new == 5 and set(read.incidents(place.engine)["given_place"]) == {"Lextorp"}
    assert check(TWO_PLACES) == ()
    waiting = receiving.receive(place, TableKind.INCIDENTS, "b.csv", TWO_PLACES.encode())
    roles = {**waiting.mapping.roles, "place_name": "Bostad"}
    waiting = replace(waiting, mapping=replace(waiting.mapping, roles=roles, unused=("Stadsdel",)))
    with pytest.raises(UnconfirmedError) as asked:
        intake.import_waiting(place, waiting, "Polisen")
    (doubt,) = asked.value.doubts
    assert doubt.kind is DoubtKind.SAME_FILE and doubt.facts["n"] == 5
    assert "5 av raderna" in doubt_sentence(doubt)
    assert set(read.incidents(place.engine)["given_place"]) == {"Lextorp"}

    sure = replace(waiting, confirmed=frozenset({DoubtKind.SAME_FILE}))
    report = intake.import_waiting(place, sure, "Polisen")
    assert report.new == 5 and report.notes["replaced_rows"] == 5
    found = read.incidents(place.engine)
    assert len(found) == 5 and set(found["given_place"]) == {"Sylte"}
    # And back again: what was replaced is there once more, as it was.
    waiting = receiving.receive(place, TableKind.INCIDENTS, "c.csv", TWO_PLACES.encode())
    roles = {**waiting.mapping.roles, "place_name": "Stadsdel"}
    back = replace(
        waiting,
        mapping=replace(waiting.mapping, roles=roles, unused=("Bostad",)),
        confirmed=frozenset({DoubtKind.SAME_FILE}),
    )
    assert intake.import_waiting(place, back, "Polisen").changed == 5
    found = read.incidents(place.engine)
    assert len(found) == 5 and set(found["given_place"]) == {"Lextorp"}


def test_what_another_file_has_changed_since_is_not_replaced(bring, place):
    store(bring, numbered(1, "Sylte", range(1, 6)))
    store(bring, numbered(1, "Lextorp", range(1, 3)), "b.csv")
    batches = read.batches(place.engine).set_index("file_name")
    left = read_history.left_of(place.engine, "Polisen", batches["sha256"]["a.csv"])
    assert sorted(left["source_id"]) == ["3", "4", "5"]


def test_a_sum_whose_number_was_wrong_is_put_right_by_another_file(bring, place):
    store(bring, SUMS + "Kronogården;2025;Stöld;x\nSylte;2025;Stöld;4\n")
    assert len(read.quarantine(place.engine)) == 1
    # Another place, year or offence tells of something else.
    other = "Sylte;2024;Stöld;8\nKronogården;2024;Stöld;8\nKronogården;2025;Rån;8\n"
    assert "put_right" not in store(bring, SUMS + other, "b.csv").notes
    report = store(bring, "Område;Period;Brott;Antal brott\nKronogården;2025;Stöld;8\n", "c.csv")
    assert report.notes["put_right"] == 1 and read.quarantine(place.engine).empty


def test_a_row_whose_place_was_wrong_is_not_put_right_by_one_like_it(bring, place):
    store(bring, SUMS + "Kronogårdnnn;2025;Stöld;8\n")
    assert "put_right" not in store(bring, SUMS + "Sylte;2025;Stöld;8\n", "b.csv").notes
    assert len(read.quarantine(place.engine)) == 1


def test_two_tables_of_one_file_do_not_replace_each_other(place):
    book, made = openpyxl.Workbook(), io.BytesIO()
    for title, name in (("Maj", "Sylte"), ("Juni", "Lextorp")):
        sheet = book.create_sheet(title)
        for row in (("Stadsdel", "Brottskod", "Brottsdatum"), (name, "0847", "2025-05-01")):
            sheet.append(row)
    del book["Sheet"]
    book.save(made)
    for layer in ("Juni", "Maj"):
        waiting = receiving.receive(place, TableKind.INCIDENTS, "blad.xlsx", made.getvalue(), layer)
        intake.import_waiting(place, waiting, "Polisen")
    assert sorted(read.incidents(place.engine)["given_place"]) == ["Lextorp", "Sylte"]
