"""The choice: into a link and back, and from words to days."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.pipeline.choice import (
    BANDWIDTHS,
    CELL_SIZES,
    Choice,
    PeriodKind,
    Span,
    from_query,
    resolve,
    to_query,
)
from trygghetskarta.terms import (
    AreaLevel,
    Beside,
    CellShape,
    Comparison,
    DateBasis,
    HotspotLayer,
    Measure,
)

OLDEST, NEWEST = date(2021, 1, 1), date(2026, 6, 30)
days = st.dates(date(1976, 1, 1), date(2030, 12, 31))
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


def months(kind):
    """First and last days, in order, as an own period has them."""
    return st.tuples(days, days).map(sorted) if kind else st.just((None, None))


@st.composite
def choices(draw):
    period = draw(st.sampled_from(PeriodKind))
    comparison = draw(st.sampled_from(Comparison))
    start, end = draw(months(period is PeriodKind.OWN))
    compare_start, compare_end = draw(months(comparison is Comparison.OWN))
    return Choice(
        theme=draw(words),
        districts=tuple(dict.fromkeys(draw(st.lists(words.filter(bool), max_size=3)))),
        types=tuple(dict.fromkeys(draw(st.lists(words.filter(bool), max_size=3)))),
        period=period,
        start=start,
        end=end,
        comparison=comparison,
        compare_start=compare_start,
        compare_end=compare_end,
        measure=draw(st.sampled_from(Measure)),
        level=draw(st.sampled_from([AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO])),
        basis=draw(st.sampled_from(DateBasis)),
        plan_year=draw(st.integers(0, 3000)),
        area=draw(words),
        layer=draw(st.sampled_from(HotspotLayer)),
        shape=draw(st.sampled_from(CellShape)),
        cell_size=draw(st.sampled_from(CELL_SIZES)),
        bandwidth=draw(st.sampled_from(BANDWIDTHS)),
        chance=draw(st.booleans()),
        spot=draw(words),
        beside=draw(st.sampled_from(Beside)),
        other=draw(words),
    )


@given(choices())
def test_a_link_restores_everything(choice):
    query = urlencode(to_query(choice), doseq=True)
    assert from_query(parse_qs(query, keep_blank_values=True)) == choice


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
