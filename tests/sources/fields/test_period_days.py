"""Periods that a workbook keeps as dates."""

import pytest

from tests.sources.fields.test_dates import column
from trygghetskarta.sources.fields import dates
from trygghetskarta.sources.fields.period_days import as_periods


def read(heading, *cells, **how):
    taken = as_periods(dates.parse(column(*cells), periods=True), heading, **how)
    found = taken.moments
    told = zip(found.start.astype("str"), found.end.astype("str"), found.precision, strict=True)
    return taken, list(told)


@pytest.mark.parametrize(
    ("heading", "cells", "kind", "first"),
    [
        ("Månad", ["2025-01-01", "2025-02-01"], "month", ("2025-01-01", "2025-02-01", "month")),
        ("Månad", ["2025-01-01"], "month", ("2025-01-01", "2025-02-01", "month")),
        ("År och månad", ["2025-01-01"], "month", ("2025-01-01", "2025-02-01", "month")),
        ("Period", ["2025-02-01", "2025-01-01"], "month", ("2025-02-01", "2025-03-01", "month")),
        ("Period", ["2025-12-01 00:00:00"], "month", ("2025-12-01", "2026-01-01", "month")),
        ("Månad", ["2025-01-31", "2025-02-28"], "month", ("2025-01-01", "2025-02-01", "month")),
        (
            "Kvartal",
            ["2025-04-01", "2025-10-01"],
            "quarter",
            ("2025-04-01", "2025-07-01", "quarter"),
        ),
        (
            "Kvartal",
            ["2025-06-30", "2025-12-31"],
            "quarter",
            ("2025-04-01", "2025-07-01", "quarter"),
        ),
        ("Tertial", ["2025-05-01"], "third", ("2025-05-01", "2025-09-01", "year")),
        ("Halvår", ["2025-07-01"], "half", ("2025-07-01", "2026-01-01", "year")),
        ("År", ["2025-01-01", "2024-01-01"], "year", ("2025-01-01", "2026-01-01", "year")),
        ("År", ["2024-12-31", "2025-12-31"], "year", ("2024-01-01", "2025-01-01", "year")),
        # Beside periods that are written as such.
        ("Period", ["2025-02-01", "2025-03"], "month", ("2025-02-01", "2025-03-01", "month")),
    ],
)
def test_a_date_is_the_period_that_it_begins_or_ends(heading, cells, kind, first):
    taken, found = read(heading, *cells, None)
    assert taken.kind == kind and found[0] == first
    assert not taken.unclear.any() and taken.moments.start.isna().iloc[-1]


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Period", ["2025-01-01", "2024-01-01"]),
        ("Period", ["2025-01-01"]),
        ("Period", ["2025-01-01", "2025-04-01"]),
        ("År", ["2025-01-01", "2025-02-01"]),
        ("Kvartal", ["2025-01-01", "2025-02-01"]),
    ],
)
def test_what_nothing_tells_is_asked(heading, cells):
    taken, _ = read(heading, *cells)
    assert taken.unclear.all() and not taken.kind


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Månad", ["2025-01-01", "2025-01-15"]),
        ("Period", ["2025-01-01 08:00", "2025-02-01"]),
        ("Månad", ["2025-01", "2025-02"]),
        ("Månad", [None]),
    ],
)
def test_days_and_written_periods_stay(heading, cells):
    taken, found = read(heading, *cells)
    assert not taken.kind and not taken.unclear.any()
    assert found == read("", *cells, is_certain=False)[1]


def test_days_that_are_summed_are_months_only_where_several_firsts_say_so():
    assert read("Datum", "2025-02-01", "2025-03-01", is_certain=False)[0].kind == "month"
    for cells in (["2025-03-01"], ["2025-01-31", "2025-02-28"], ["2025-02-01", "2025-03-02"]):
        taken, _ = read("Datum", *cells, is_certain=False)
        assert not taken.kind and not taken.unclear.any()
