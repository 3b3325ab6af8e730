"""What a column measures, in which unit, and which municipality a row is of."""

import pytest

from trygghetskarta.errors import SourceCause, SourceError, TableRule
from trygghetskarta.intake import intake, receiving
from trygghetskarta.store import read
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.imports import TableKind

DOUBTS = frozenset(DoubtKind)


def sums(heading: str, *cells: str, places=("Kronogården", "Sylte", "Lextorp", "Centrum")) -> str:
    told = enumerate(zip(places, cells, strict=False), start=3)
    rows = (f"{place};{cell};Stöld;{count}" for count, (place, cell) in told)
    return "\n".join((f"Stadsdel;{heading};Brottstyp;Antal", *rows, ""))


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Antal per 1000 inv", ("12,5", "10,2")),
        ("Antal per 1000 inv", ("12", "10")),
        ("Andel", ("54,5 %", "45,5 %")),
        ("Andel (%)", ("54", "45")),
        ("Förändring", ("+12", "-3")),
        ("Risk", ("0,4", "0,3")),
        ("Index", ("104", "98")),
    ],
)
def test_rows_of_rates_are_not_one_offence_each(bring, heading, cells):
    rows = "".join(f"{place};2025;Stöld;{cell}\n" for place, cell in zip("AB", cells, strict=True))
    with pytest.raises(SourceError) as refused:
        bring(TableKind.INCIDENTS, "tal.csv", f"Stadsdel;År;Brottstyp;{heading}\n{rows}")
    assert refused.value.cause is SourceCause.COLUMN_MISSING
    assert refused.value.facts["column"] == "Antal"


@pytest.mark.parametrize("heading", ["Ärendenummer", "Veckodag", "Postnr"])
def test_numbers_that_measure_nothing_stand_beside_single_rows(bring, heading):
    rows = "Sylte;2025;Stöld;45\nLextorp;2025;Stöld;46\n"
    assert (
        bring(TableKind.INCIDENTS, "rader.csv", f"Stadsdel;År;Brottstyp;{heading}\n{rows}").new == 2
    )


@pytest.mark.parametrize(
    ("heading", "cells", "right"),
    [
        ("Kvartal", ("2025-1", "2025-2", "2025-4"), ("01-01 03-31", "04-01 06-30", "10-01 12-31")),
        ("Kvartal", ("202501", "202502", "202503"), ("01-01 03-31", "04-01 06-30", "07-01 09-30")),
        ("Kvartal", ("20251", "20252"), ("01-01 03-31", "04-01 06-30")),
        ("Kvartal", ("1/2025", "2/2025"), ("01-01 03-31", "04-01 06-30")),
        ("Årkvartal", ("2025:4", "2025K2"), ("10-01 12-31", "04-01 06-30")),
        ("Halvår", ("2025-1", "2025-2"), ("01-01 06-30", "07-01 12-31")),
        ("Tertial", ("2025-1", "2025-3"), ("01-01 04-30", "09-01 12-31")),
        ("Månad", ("11/2025", "2025-12"), ("11-01 11-30", "12-01 12-31")),
        ("Månad", ("20259", "202510"), ("09-01 09-30", "10-01 10-31")),
        ("Period", ("2025-1", "2025-2"), ("01-01 01-31", "02-01 02-28")),
    ],
)
def test_a_number_beside_the_year_is_what_its_column_is_called(bring, place, heading, cells, right):
    report = bring(TableKind.INCIDENTS, "summor.csv", sums(heading, *cells))
    assert report.new == len(cells) and not report.doubts
    found = read.incidents(place.engine).sort_values("count")
    days = zip(found["reported_from"], found["reported_to"], strict=True)
    assert [f"{first:%m-%d} {last:%m-%d}" for first, last in days] == list(right)
    assert {day.year for day in found["reported_from"]} == {2025}


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Kvartal", ("2025-01", "2025-04", "2025-07", "2025-10")),
        ("Kvartal", ("2025-01", "2025-04")),
        ("Kvartal", ("2025-1", "2025-5")),
        ("Halvår", ("2025-1", "2025-7")),
        ("Tertial", ("202501", "202505")),
        ("Period", ("20251", "20252")),
    ],
)
def test_months_under_the_name_of_a_longer_unit_are_told_not_guessed(bring, heading, cells):
    report = bring(TableKind.INCIDENTS, "summor.csv", sums(heading, *cells))
    assert report.accepted == 0 and report.quarantined == len(cells)
    assert {fault.rule for fault in report.faults} == {TableRule.PERIOD_UNCLEAR}


@pytest.mark.parametrize(("october", "waits"), [("2025.1", 2), ("2025.10", 0)])
def test_a_month_that_has_lost_its_zero_is_told_apart_from_january(bring, october, waits):
    months = ("2025.1", "2025.9", october, "2025.11")
    report = bring(TableKind.INCIDENTS, "summor.csv", sums("Månad", *months), confirmed=DOUBTS)
    assert report.quarantined == waits
    if waits:
        assert {fault.rule for fault in report.faults} == {TableRule.PERIOD_UNCLEAR}


def single(heading: str, *cells: str) -> str:
    rows = (f"B{n};0847;2025-05-0{n};{cell};Sylte" for n, cell in enumerate(cells, start=1))
    return "\n".join((f"Id;Brottskod;Brottsdatum;{heading};Stadsdel", *rows, ""))


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (("21", "7", "0"), ("21:00", "07:00", "00:00")),
        (("21", "07:15"), ("21:00", "07:15")),
        (("kl 21", "kl. 7", "2130"), ("21:00", "07:00", "21:30")),
        (("5", "930", "2115"), ("00:05", "09:30", "21:15")),
    ],
)
def test_an_hour_alone_is_an_hour(bring, place, cells, right):
    report = bring(TableKind.INCIDENTS, "tider.csv", single("Klockslag", *cells))
    assert report.new == len(cells)
    found = read.incidents(place.engine).sort_values("source_id")
    local = found["occurred_from"].dt.tz_convert("Europe/Stockholm")
    assert [f"{moment:%H:%M}" for moment in local] == list(right)


def test_a_number_that_is_no_hour_alone_is_told(bring):
    report = bring(TableKind.INCIDENTS, "tider.csv", single("Klockslag", "21", "45"))
    assert (report.new, report.quarantined) == (1, 1)


PLACES = ("Centrum", "Centrum", "Centrum", "Centrum", "Centrum")


@pytest.mark.parametrize(
    ("heading", "cells", "outside"),
    [
        ("Kommun", ("Trollhättan", "Vänersborg", "trollhättans kommun", "Lilla Edet"), 2),
        ("Kommun", ("1488", "1487", "1488 Trollhättan", "1487 Vänersborg"), 2),
        ("Kommunkod", ("1488", "180", "0180", "88", "87"), 3),
        ("Kommun", ("okänd", "", "Trollhättans stad"), 0),
        ("Län", ("14", "14 Västra Götalands län", "Västra Götalands län", "12 Skåne län"), 1),
        ("Polisregion", ("Väst", "Region Väst"), 0),
    ],
)
def test_a_row_of_another_municipality_is_counted_as_elsewhere(bring, heading, cells, outside):
    rows = "".join(f"B{n};0847;2025-05-01;{cell};Centrum\n" for n, cell in enumerate(cells))
    content = f"Id;Brottskod;Brottsdatum;{heading};Stadsdel\n{rows}"
    report = bring(TableKind.INCIDENTS, "rader.csv", content)
    assert (report.outside, report.matched_by_name) == (outside, len(cells) - outside)


def test_a_misspelt_municipality_is_asked_about(bring):
    rows = "B1;0847;2025-05-01;Trolhättan;Centrum\nB2;0847;2025-05-01;Trollhättan;Centrum\n"
    content = f"Id;Brottskod;Brottsdatum;Kommun;Stadsdel\n{rows}"
    report = bring(TableKind.INCIDENTS, "rader.csv", content)
    assert (report.outside, report.quarantined, report.new) == (0, 1, 1)


@pytest.mark.parametrize(
    "cells",
    [
        ("1488 Trollhättan", "1487 Vänersborg", "00 Riket", "14 Västra Götalands län"),
        ("Trollhättan", "Vänersborg", "Riket", "Västra Götalands län"),
        ("Trollhättan kommun", "Vänersborg kommun", "Hela landet", "Skåne län"),
    ],
)
@pytest.mark.parametrize("heading", ["Region", "Kommun"])
def test_a_table_of_regions_counts_one_municipality(bring, place, heading, cells):
    rows = "".join(f"{cell};2025;Stöld;{n}\n" for n, cell in enumerate(cells, start=7))
    report = bring(TableKind.INCIDENTS, "bra.csv", f"{heading};År;Brottstyp;Antal\n{rows}")
    assert (report.new, report.outside, report.without_place) == (4, 3, 1)
    found = read.incidents(place.engine)
    assert found.loc[found["place_match"] == "none", "count"].tolist() == [7]


def test_another_municipality_in_a_column_of_places_is_elsewhere(bring):
    rows = "B1;0847;2025-05-01;Vänersborgs kommun\nB2;0847;2025-05-01;Trollhättans kommun\n"
    report = bring(TableKind.INCIDENTS, "rader.csv", f"Id;Brottskod;Brottsdatum;Område\n{rows}")
    assert (report.outside, report.without_place) == (1, 1)


def at_middles(place, named: dict[str, str]) -> bytes:
    """A row in the middle of every district, which says the name that is told of it."""
    areas = read.areas(place.engine, AreaLevel.DISTRICT)
    middle = areas.geometry.representative_point()
    rows = "".join(
        f"B{n};0847;2025-05-01;{named.get(name, name)};{point.y:.0f};{point.x:.0f}\n"
        for n, (name, point) in enumerate(zip(areas["name"], middle, strict=True))
    )
    return f"Id;Brottskod;Brottsdatum;Stadsdel;N;E\n{rows}".encode()


@pytest.mark.parametrize(("moved", "is_asked"), [(15, True), (8, True), (7, False), (0, False)])
def test_points_in_other_areas_than_the_rows_tell_of_are_asked_about(place, moved, is_asked):
    names = read.areas(place.engine, AreaLevel.DISTRICT)["name"].tolist()
    turned = [*names[1:moved], *names[:1]][:moved]
    named = dict(zip(names[:moved], turned, strict=True))
    waiting = receiving.receive(place, TableKind.INCIDENTS, "p.csv", at_middles(place, named))
    report = intake.check_waiting(place, waiting, "Polisen")
    told = [Doubt(DoubtKind.PLACES_DISAGREE, {"n": moved, "rows": 15})] if is_asked else []
    assert [*report.doubts] == told
    assert report.notes.get("place_conflicts", 0) == moved


@pytest.mark.parametrize("day", ["1900-01-01", "1970-01-01", "1899-12-31"])
def test_days_that_programs_write_where_there_is_none_are_asked_about(place, day):
    rows = f"1;0847;2025-02-14;Sylte\n2;0847;{day};Lextorp\n".encode()
    content = b"Id;Brottskod;Brottsdatum;Stadsdel\n" + rows
    waiting = receiving.receive(place, TableKind.INCIDENTS, "d.csv", content)
    report = intake.check_waiting(place, waiting, "Polisen")
    stray = {DoubtKind.STRAY_DATES} if day.startswith(("1900", "1970")) else set()
    assert {one.kind for one in report.doubts} == stray
    assert report.quarantined == (not stray)


@pytest.mark.parametrize(
    ("cell", "precision"),
    [
        ("2025-03-01 - 2025-03-03", "day"),
        ("2025-02-01--2025-02-28", "year"),
        ("2025-01-01 – 2025-06-30", "year"),
    ],
)
def test_some_days_are_known_to_the_day(bring, place, cell, precision):
    bring(TableKind.INCIDENTS, "d.csv", f"Brottskod;Brottsdatum;Stadsdel\n0847;{cell};Sylte\n")
    assert read.incidents(place.engine)["occurred_precision"].tolist() == [precision]


@pytest.mark.parametrize("heading", ["Stadsdel", "Område", "Områdeskod", "DeSO"])
@pytest.mark.parametrize("cells", [("1488S007", "Sylte"), ("1488S007", "1488S012")])
def test_an_areas_own_code_is_known_under_any_heading(bring, heading, cells):
    rows = "".join(f"B{n};0847;2025-05-01;{cell}\n" for n, cell in enumerate(cells))
    report = bring(TableKind.INCIDENTS, "k.csv", f"Id;Brottskod;Brottsdatum;{heading}\n{rows}")
    assert (report.new, report.matched_by_code + report.matched_by_name) == (2, 2)
