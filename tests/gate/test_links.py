"""A choice goes into a link and comes back from it unchanged."""

import json
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.links import PARTS, from_query, to_query

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
