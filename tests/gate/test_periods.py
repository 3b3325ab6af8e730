"""From words to days: the period, and the one compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gate.test_links import days
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.periods import Span, resolve
from trygghetskarta.terms.maps import Comparison

OLDEST, NEWEST = date(2021, 1, 1), date(2026, 6, 30)


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
