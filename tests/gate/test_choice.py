"""The choice: into a link and back, and from words to days."""

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.gate.choice import (
    PARTS,
    Choice,
    PeriodKind,
    Span,
    from_query,
    resolve,
    to_query,
)
from trygghetskarta.terms.maps import Comparison

OLDEST, NEWEST = date(2021, 1, 1), date(2026, 6, 30)
days = st.dates(date(1976, 1, 1), date(2030, 12, 31))
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


def plain(choice):
    """What differs from the default, as a record keeps it."""
    told = {}
    for one in fields(Choice):
        value = getattr(choice, one.name)
        if value != one.default:
            as_list = list(value) if isinstance(value, tuple) else value
            told[one.name] = value.isoformat() if isinstance(value, date) else as_list
    return told


def months(kind):
    """First and last days, in order, as an own period has them."""
    return st.tuples(days, days).map(sorted) if kind else st.just((None, None))


def values(part):
    """Every value a field may have in a link."""
    if part.allowed:
        return st.sampled_from(part.allowed)
    if part.kind is date:
        return st.none()
    if issubclass(part.kind, StrEnum):
        return st.sampled_from(part.kind)
    kinds = {
        str: words,
        tuple: st.lists(words.filter(bool), max_size=3, unique=True).map(tuple),
        int: st.integers(-5, 3000),
        bool: st.booleans(),
    }
    return kinds[part.kind]


@st.composite
def choices(draw):
    """Choices with every field that a link holds, drawn by what its declaration says."""
    choice = Choice(**{part.name: draw(values(part)) for part in PARTS})
    for first, last in zip(*[iter(part for part in PARTS if part.own)] * 2, strict=True):
        is_own = getattr(choice, first.chooser) is first.own
        start, end = draw(months(is_own))
        choice = replace(choice, **{first.name: start, last.name: end})
    return choice


@given(choices())
def test_a_link_restores_everything(choice):
    query = urlencode(to_query(choice), doseq=True)
    assert from_query(parse_qs(query, keep_blank_values=True)) == choice


def test_links_that_were_sent_once_open_for_ever():
    record = Path(__file__).parent.parent / "data" / "record" / "views.json"
    for row in json.loads(record.read_text("utf-8")):
        choice = from_query(parse_qs(row["link"].partition("?")[2]))
        assert plain(choice) == row["choice"], row["link"]


def test_only_the_group_of_the_user_stands_in_no_link():
    assert {one.name for one in fields(Choice)} - {part.name for part in PARTS} == {"team"}
    assert to_query(Choice(team="Nord")) == {}


def test_a_choice_keeps_only_what_is_asked_for():
    choice = Choice(theme="narkotika", ring=200, team="Nord")
    assert choice.only(["theme", "area"]) == Choice(theme="narkotika")


@pytest.mark.parametrize("text", ["niva=ruta", "niva=kommun", "ruta=7", "bandbredd=x", "lager=bok"])
def test_what_the_pages_cannot_show_keeps_its_default(text):
    assert from_query(parse_qs(text)) == Choice()


def test_the_documented_link():
    query = (
        "tema=narkotika&stadsdel=1488S007&stadsdel=1488S008&fran=2026-01&till=2026-06"
        "&matt=per_1000&vy=14/58.27/12.30"
    )
    choice = from_query(parse_qs(query))
    assert choice.theme == "narkotika"
    assert choice.districts == ("1488S007", "1488S008")
    assert (choice.start, choice.end) == (date(2026, 1, 1), date(2026, 6, 30))
    assert choice.measure is Measure.PER_1000


@pytest.mark.parametrize(
    "query",
    ["matt=hemligt", "fran=i+gar", "niva=kvarter", "plan=x", "fran=0001-01", "till=9999-12"],
)
def test_nonsense_in_a_link_keeps_the_default(query):
    assert from_query(parse_qs(query)) == Choice()


def test_a_turned_period_is_put_right():
    choice = from_query(parse_qs("fran=2026-06&till=2026-01"))
    assert (choice.start, choice.end) == (date(2026, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("kind", "span"),
    [
        (PeriodKind.DAYS_90, Span(date(2026, 4, 2), NEWEST)),
        (PeriodKind.MONTHS_12, Span(date(2025, 7, 1), NEWEST)),
        (PeriodKind.THIS_YEAR, Span(date(2026, 1, 1), NEWEST)),
        (PeriodKind.LAST_YEAR, Span(date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_relative_periods(kind, span):
    assert resolve(Choice(period=kind), OLDEST, NEWEST)[0] == span


def test_ninety_days_are_ninety():
    assert resolve(Choice(period=PeriodKind.DAYS_90), OLDEST, NEWEST)[0].days == 90


@pytest.mark.parametrize(
    ("start", "end", "comparison", "compared"),
    [
        # the same period last year, also round a leap day
        ("2026-01-01", "2026-06-30", Comparison.LAST_YEAR, ("2025-01-01", "2025-06-30")),
        ("2024-02-01", "2024-02-29", Comparison.LAST_YEAR, ("2023-02-01", "2023-02-28")),
        ("2025-02-01", "2025-02-28", Comparison.LAST_YEAR, ("2024-02-01", "2024-02-29")),
        # whole months are compared with whole months
        ("2026-01-01", "2026-03-31", Comparison.PREVIOUS, ("2025-10-01", "2025-12-31")),
        ("2026-03-01", "2026-03-31", Comparison.PREVIOUS, ("2026-02-01", "2026-02-28")),
        # other periods with as many days
        ("2026-03-10", "2026-03-19", Comparison.PREVIOUS, ("2026-02-28", "2026-03-09")),
    ],
)
def test_comparisons(start, end, comparison, compared):
    choice = Choice(
        period=PeriodKind.OWN,
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        comparison=comparison,
    )
    span = resolve(choice, OLDEST, NEWEST)[1]
    assert (span.start.isoformat(), span.end.isoformat()) == compared


@given(days, days, st.sampled_from([Comparison.LAST_YEAR, Comparison.PREVIOUS]))
def test_what_is_compared_with_lies_before_and_touches_nothing(first, second, comparison):
    start, end = sorted((first, second))
    choice = Choice(period=PeriodKind.OWN, start=start, end=end, comparison=comparison)
    span, compared = resolve(choice, OLDEST, NEWEST)
    assert compared.start <= compared.end
    if comparison is Comparison.PREVIOUS:
        assert compared.end + timedelta(days=1) == span.start
