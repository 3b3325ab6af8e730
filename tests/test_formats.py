"""Numbers and dates the Swedish way."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta import formats

NBSP = "\u00a0"
MINUS = "\u2212"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, f"1{NBSP}234,5"),
        (0, 0, "0"),
        (-0.001, 1, "0,0"),
        (-12, 0, f"{MINUS}12"),
        (math.nan, 1, "–"),
        (None, 0, "–"),
        (59271, 0, f"59{NBSP}271"),
    ],
)
def test_number(value, decimals, text):
    assert formats.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(5, "+5"), (0, "0"), (0.4, "0"), (-5, f"{MINUS}5"), (math.nan, "–")]
)
def test_signed(value, text):
    assert formats.signed(value) == text


def test_interval():
    assert formats.interval(1.25, 3.5, 1) == "1,2–3,5"
    assert formats.interval(math.nan, 3.5) == "–"
    assert formats.signed_interval(-12.0, 30.0) == f"{MINUS}12 … +30{NBSP}%"
    assert formats.signed_interval(-12.0, math.inf) == f"{MINUS}12 … ∞{NBSP}%"
    assert formats.signed_interval(math.nan, 30.0) == "–"


def test_share():
    assert formats.share(0.1234, 1) == f"12,3{NBSP}%"
    assert formats.share(math.nan) == "–"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2021, 1, 1), date(2025, 12, 31), "2021–2025"),
        (date(2026, 5, 1), date(2026, 5, 31), "maj 2026"),
        (date(2026, 1, 1), date(2026, 6, 30), "januari–juni 2026"),
        (date(2025, 7, 1), date(2026, 6, 30), "juli 2025 – juni 2026"),
        (date(2026, 4, 2), date(2026, 6, 30), "2 april 2026 – 30 juni 2026"),
        (date(2024, 2, 1), date(2024, 2, 29), "februari 2024"),
    ],
)
def test_period(start, end, text):
    assert formats.period(start, end) == text


def test_days_and_months():
    assert formats.day(date(2026, 5, 3)) == "3 maj 2026"
    assert formats.month_name(1) == "januari"
    assert formats.short_month(date(2026, 1, 1)) == "jan 26"
    assert [formats.weekday_name(n, short=True) for n in (0, 3, 6)] == ["mån", "tors", "sön"]
    assert formats.weekday_name(4) == "fredag"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_number_reads_back(value, decimals):
    text = formats.number(value, decimals).replace(NBSP, "").replace(",", ".").replace(MINUS, "-")
    assert float(text) == pytest.approx(round(value, decimals), abs=10**-decimals * 0.51)


def test_an_end_that_is_not_0_is_not_written_as_0():
    assert formats.signed_interval(-21.2, -0.4) == "−21 … −0,4\u00a0%"
    assert formats.signed_interval(0.04, 12.0) == "+0,04 … +12\u00a0%"
    assert formats.signed_interval(-3.0, 0.0) == "−3 … 0\u00a0%"
