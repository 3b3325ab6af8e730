"""Sums that only their words, or only their numbers, tell; and totals that are of some areas."""

from dataclasses import replace

import pytest

from trygghetskarta.errors import SourceCause, SourceError, TableRule
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.accounts import UnconfirmedError
from trygghetskarta.store import read
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import Aside, TableKind
from trygghetskarta.words import import_note_words

INCIDENTS, POPULATION = TableKind.INCIDENTS, TableKind.POPULATION
SUMS = (
    "År;Brottstyp;Stadsdel;Antal\n2025;Stöld;Sylte;5\n2025;Stöld;Lextorp;6\n{}\n2025;Rån;Sylte;5\n"
)


def total(place) -> int:
    return int(read.incidents(place.engine)["count"].sum())


@pytest.mark.parametrize(
    "called",
    [
        *("Stöld Totalt", "Stöld Summa", "Summa Stöld", "Totalt Stöld", "Delsumma Stöld"),
        *("Stöld, summa", "Stöld – totalt", "Total stöld", "Antal stöld", "STÖLD: TOTALT"),
    ],
)
def test_a_sum_of_one_offence_over_all_places_is_not_counted_again(bring, place, called):
    report = bring(INCIDENTS, "summor.csv", SUMS.format(f"2025;{called};;11"))
    assert report.new == 3 and total(place) == 16
    assert [(why, n) for why, n, _ in report.aside] == [(Aside.TOTAL, 1)]


@pytest.mark.parametrize("called", ["Summa Sylte", "Sylte totalt", "Sylte, summa"])
def test_a_sum_of_all_offences_in_one_place_is_not_counted_again(bring, place, called):
    rows = f"2025;Alla brott;{called};10"
    assert bring(INCIDENTS, "summor.csv", SUMS.format(rows)).new == 3
    assert total(place) == 16


def test_a_sum_by_name_that_does_not_fit_is_asked_about(bring):
    with pytest.raises(UnconfirmedError) as asked:
        bring(INCIDENTS, "summor.csv", SUMS.format("2025;Stöld totalt;;12"))
    (doubt,) = asked.value.doubts
    assert doubt.kind is DoubtKind.TOTAL_DIFFERS
    assert (doubt.facts["count"], doubt.facts["parts"]) == (12, 11)


@pytest.mark.parametrize(("row", "kinds"), [("11", {DoubtKind.NESTED_AREAS}), ("10", set())])
def test_a_row_without_place_that_is_the_sum_of_the_others_is_asked_about(place, row, kinds):
    content = SUMS.format(f"2025;Stöld;;{row}").encode()
    waiting = receiving.receive(place, INCIDENTS, "summor.csv", content)
    assert {one.kind for one in intake.check_waiting(place, waiting, "Polisen").doubts} == kinds


GROUPS = "Stadsdel;År;Brottstyp;Antal\n" + "".join(
    f"{place};2025;{name};{count}\n"
    for place, counts in (("Sylte", (10, 6, 4, 9)), ("Lextorp", (8, 5, 3, 4)))
    for name, count in zip(
        ("Stöld och snatteri", "Cykelstöld", "Butiksstöld", "Rån"), counts, strict=True
    )
)


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (GROUPS, {DoubtKind.NESTED_OFFENCES}),
        (GROUPS.replace("snatteri;8", "snatteri;7"), set()),
        (GROUPS.replace("Lextorp;2025;Cykelstöld", "Lextorp;2025;Väskryckning"), set()),
        # Once in a single place it may be chance.
        (GROUPS.split("Lextorp")[0], set()),
    ],
)
def test_a_group_that_is_the_sum_of_what_follows_is_asked_about(place, content, kinds):
    waiting = receiving.receive(place, INCIDENTS, "grupper.csv", content.encode())
    assert {one.kind for one in intake.check_waiting(place, waiting, "Polisen").doubts} == kinds


def test_words_that_are_of_no_type_are_named(bring):
    rows = "".join(f"2025;{word};Sylte;5\n" for word in ("Häleri", "Skjutning", "Stöld"))
    report = bring(INCIDENTS, "ord.csv", f"År;Brottstyp;Stadsdel;Antal\n{rows}")
    lines = import_note_words.note_lines(report.notes)
    assert "Räknas som Övriga brott: Häleri, Skjutning." in lines


def test_a_year_and_a_number_in_one_is_no_day_of_the_fifties(bring):
    rows = "20251;Stöld;Sylte;5\n20252;Stöld;Sylte;6\n"
    report = bring(INCIDENTS, "period.csv", f"Period;Brottstyp;Stadsdel;Antal\n{rows}")
    assert report.accepted == 0
    assert {fault.rule for fault in report.faults} == {TableRule.PERIOD_UNCLEAR}


def people(place) -> int:
    table = read.population(place.engine)
    whole = table[(table["area_level"] == AreaLevel.MUNICIPALITY) & (table["year"] == 2025)]
    return int(whole["population"].iloc[0])


@pytest.mark.parametrize("word", ["Totalt", "Summa", "Samtliga"])
def test_a_total_of_some_areas_is_not_the_municipality(bring, place, word):
    before = people(place)
    rows = f"Kronogården;60\nSylte;60\n{word};120\n"
    report = bring(POPULATION, "folk.csv", f"Stadsdel;2025\n{rows}")
    assert people(place) == before
    assert [(why, n) for why, n, _ in report.aside] == [(Aside.TOTAL, 1)]
    assert bring(POPULATION, "folk.csv", "Stadsdel;2025\nTotalt;60123\n").accepted == 1
    assert people(place) == 60123


def test_a_total_of_all_areas_is_the_municipality(bring, place):
    names = read.areas(place.engine, AreaLevel.DISTRICT)["name"]
    rows = "".join(f"{name};1000\n" for name in names)
    bring(POPULATION, "folk.csv", f"Stadsdel;2025\n{rows}Totalt;{len(names)}000\n")
    assert people(place) == 1000 * len(names)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Stadsdel;2023;2024", {"year": "2025"}),
        ("Stadsdel;Folkmängd 2023;Folkmängd 2024", {"year": "2025"}),
        ("Stadsdel;Folkmängd 2023", {"year": "2024"}),
        ("Stadsdel;År;2023;2024", {}),
    ],
)
def test_a_year_beside_years_in_the_headers_is_refused(place, header, values):
    row = ";".join(("Sylte", *("3000" for _ in header.split(";")[1:])))
    content = f"{header}\n{row}\n".encode()
    waiting = receiving.receive(place, POPULATION, "folk.csv", content)
    mapping = waiting.mapping.changed({}, values)
    with pytest.raises(SourceError) as refused:
        intake.import_waiting(place, replace(waiting, mapping=mapping), "SCB")
    assert refused.value.cause is SourceCause.YEAR_BESIDE_YEARS
