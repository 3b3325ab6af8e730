"""Columns that may be the count, and titles that speak of rates."""

import pytest

from tests.sources.publishers.incident_files import parse, simple
from trygghetskarta.terms.doubts import DoubtKind

SUMS = "Stadsdel;År;Brottstyp;Antal"
ROWS = ("Sylte;2025;Stöld;12", "Lextorp;2025;Stöld;9")


@pytest.mark.parametrize("name", ["Utfall", "Stölder", "Antal tillgrepp"])
def test_numbers_that_are_not_read_may_be_the_count(name):
    rows = ("Sylte;2025-01-01;Stöld;12", "Sylte;2025-02-01;Stöld;9")
    (doubt,) = parse(simple(*rows, header=f"Stadsdel;Datum;Brottstyp;{name}")).doubts
    assert doubt.kind is DoubtKind.COUNT_UNREAD
    assert doubt.facts == {"column": name, "read": ""}


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Stadsdel;Datum;Brottstyp;Postnr", ("S;2025-01-01;Stöld;46132", "S;2025-02-01;Rån;46133")),
        ("Stadsdel;Datum;Brottstyp;Utfall", ("S;2025-01-01;Stöld;1", "S;2025-02-01;Stöld;0")),
        ("Stadsdel;Datum;Brottstyp;Ålder", ("S;2025-01-01;Stöld;32", "S;2025-02-01;Stöld;19")),
        # Single offences: with an id, a clock, or alike.
        ("Id;Datum;Brottstyp;Utfall", ("A;2025-01-01;Stöld;12", "B;2025-02-01;Stöld;9")),
        ("Datum;Tid;Brottstyp;Utfall", ("2025-01-01;12:30;Stöld;12", "2025-02-01;13:40;Stöld;9")),
        ("Stadsdel;Datum;Brottstyp;Utfall", ("S;2025-01-01;Stöld;12", "S;2025-01-01;Stöld;9")),
        (SUMS, ROWS),
        (f"{SUMS};Antal 2024", ("Sylte;2025;Stöld;12;8", "Lextorp;2025;Stöld;9;7")),
    ],
)
def test_other_numbers_are_no_count(header, rows):
    assert parse(simple(*rows, header=header)).doubts == ()


def test_two_columns_that_are_called_counts_alike_are_asked_about():
    header = "Stadsdel;År;Brottstyp;Antal 2024;Antal 2025"
    (doubt,) = parse(simple("Sylte;2025;Stöld;2;12", header=header)).doubts
    assert doubt.facts == {"column": "Antal 2025", "read": "Antal 2024"}


def test_a_sum_over_columns_of_years_is_asked_about():
    header = "Stadsdel;År;Brottstyp;2023;2024;Summa"
    (doubt,) = parse(simple("Sylte;2025;Stöld;2;12;14", header=header)).doubts
    assert doubt.facts == {"column": "2023", "read": "Summa"}


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Anmälda brott per 100 000 invånare", True),
        ("Andelen utsatta 2025", True),
        ("Brott per 1 000 invånare efter stadsdel", True),
        ("Anmälda brott, antal och per 100 000 invånare", False),
        ("Antal anmälda brott per stadsdel", False),
        ("Anmälda brott per 1000 invånare samt antal", False),
    ],
)
def test_a_title_of_rates_is_asked_about(title, asked):
    parsed = parse(f"{title}\n" + simple(*ROWS, header=SUMS))
    assert [one.kind for one in parsed.doubts] == [DoubtKind.RATE_IN_TITLE] * asked
    if asked:
        assert parsed.doubts[0].facts == {"title": title, "column": "Antal"}
