"""Dates in every form, decided per column."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import examples
from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import dates
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.terms.times import DatePrecision as P


def column(*cells):
    return pd.Series(list(cells), index=range(2, 2 + len(cells)), dtype="str")


@pytest.mark.parametrize(
    ("cell", "start", "end", "precision"),
    [
        ("2026-02-14", "2026-02-14", "2026-02-15", P.DAY),
        ("2026/2/4", "2026-02-04", "2026-02-05", P.DAY),
        ("20260214", "2026-02-14", "2026-02-15", P.DAY),
        ("14/2 2026", "2026-02-14", "2026-02-15", P.DAY),
        ("14/2-26", "2026-02-14", "2026-02-15", P.DAY),
        ("14/2/2026", "2026-02-14", "2026-02-15", P.DAY),
        ("14.2.2026", "2026-02-14", "2026-02-15", P.DAY),
        ("14 februari 2026", "2026-02-14", "2026-02-15", P.DAY),
        ("14-FEB-26", "2026-02-14", "2026-02-15", P.DAY),
        ("1 maj 2026", "2026-05-01", "2026-05-02", P.DAY),
        ("46067", "2026-02-14", "2026-02-15", P.DAY),
        ("2026-02-14 6:18:08", "2026-02-14 06:18:08", None, P.MINUTE),
        ("2026-02-14 06:18", "2026-02-14 06:18", None, P.MINUTE),
        ("2026-02-14T06:18:08.123", "2026-02-14 06:18:08", None, P.MINUTE),
        ("2026-02-14 06.18", "2026-02-14 06:18", None, P.MINUTE),
        ("2026-02-14 kl. 06.18", "2026-02-14 06:18", None, P.MINUTE),
        ("2026-02-14 6:18:08 +01:00", "2026-02-14 06:18:08", None, P.MINUTE),
        ("2026-02-14T06:18:08.123+01:00", "2026-02-14 06:18:08", None, P.MINUTE),
        ("2026-02-14T06:18:08.123+01", "2026-02-14 06:18:08", None, P.MINUTE),
        ("2026-02-14T05:18:08.123Z", "2026-02-14 06:18:08", None, P.MINUTE),
        ("20260214T051808Z", "2026-02-14 06:18:08", None, P.MINUTE),
        ("20260214T061808.123+0100", "2026-02-14 06:18:08", None, P.MINUTE),
        ("Feb 14, 2026 8:11:09 PM", "2026-02-14 20:11:09", None, P.MINUTE),
        ("Feb 14, 2026, 8:11:09\u202fPM", "2026-02-14 20:11:09", None, P.MINUTE),
        ("February 14th, 2026 at 8:11 p.m.", "2026-02-14 20:11", None, P.MINUTE),
        ("Sat, 14 Feb 2026 19:11:09 GMT", "2026-02-14 20:11:09", None, P.MINUTE),
        ("lördag den 14 februari 2026 kl. 20.11", "2026-02-14 20:11", None, P.MINUTE),
        ("Feb 14, 2026", "2026-02-14", "2026-02-15", P.DAY),
        ("2026-02-14T05:18:08Z", "2026-02-14 06:18:08", None, P.MINUTE),
        ("2026-07-14T05:18:08Z", "2026-07-14 07:18:08", None, P.MINUTE),
        ("2026-02-13T23:30:00-02:00", "2026-02-14 02:30", None, P.MINUTE),
        ("2026-02-14 24:00", "2026-02-15", None, P.MINUTE),
        ("202602140618", "2026-02-14 06:18", None, P.MINUTE),
        ("14/2/2026 9:05 PM", "2026-02-14 21:05", None, P.MINUTE),
        ("14/2/2026 12:05 AM", "2026-02-14 00:05", None, P.MINUTE),
        ("46067.25", "2026-02-14 06:00", None, P.MINUTE),
        ("46067,75", "2026-02-14 18:00", None, P.MINUTE),
        ("2021K3", "2021-07-01", "2021-10-01", P.QUARTER),
        ("2021-k4", "2021-10-01", "2022-01-01", P.QUARTER),
        ("2021 kvartal 3", "2021-07-01", "2021-10-01", P.QUARTER),
        ("kvartal 3 2021", "2021-07-01", "2021-10-01", P.QUARTER),
        ("Q3 2021", "2021-07-01", "2021-10-01", P.QUARTER),
        ("3:e kvartalet 2021", "2021-07-01", "2021-10-01", P.QUARTER),
        ("2021-03", "2021-03-01", "2021-04-01", P.MONTH),
        ("2021M12", "2021-12-01", "2022-01-01", P.MONTH),
        ("202103", "2021-03-01", "2021-04-01", P.MONTH),
        ("mars 2021", "2021-03-01", "2021-04-01", P.MONTH),
        ("2021 dec", "2021-12-01", "2022-01-01", P.MONTH),
        ("2021", "2021-01-01", "2022-01-01", P.YEAR),
        ("2021.0", "2021-01-01", "2022-01-01", P.YEAR),
        ("2021H2", "2021-07-01", "2022-01-01", P.YEAR),
        ("tertial 2 2021", "2021-05-01", "2021-09-01", P.YEAR),
        ("2021-01-01 -- 2021-06-30", "2021-01-01", "2021-07-01", P.YEAR),
        ("2021-07-01 – 2021-09-30", "2021-07-01", "2021-10-01", P.YEAR),
    ],
)
def test_forms(cell, start, end, precision):
    found = dates.parse(column(cell), latest=date(2026, 12, 31))
    assert found.start[2] == pd.Timestamp(start)
    assert found.end[2] == pd.Timestamp(end or start)
    assert found.precision[2] == precision
    assert not found.broken[2] and not found.preliminary[2]


@pytest.mark.parametrize(
    "cell",
    [
        "2021-02-29",
        "2021-13-01",
        "2021-00-10",
        "32/1 2021",
        "2021-01-01 25:00",
        "2021-01-01 10:60",
        "2021K5",
        "igår",
        "2021-13",
        "12345678901",
        "14/2",
        "2021-06-30 -- 2021-01-01",
        "123",
    ],
)
def test_what_is_no_date(cell):
    found = dates.parse(column(cell, None))
    assert found.broken.tolist() == [True, False]
    assert found.start.isna().all()
    assert found.precision.tolist() == [P.UNKNOWN, P.UNKNOWN]


@pytest.mark.parametrize("cell", ["2026 prel.", "2026 prel", "2026 (prel.)", "2026 preliminär"])
def test_preliminary(cell):
    found = dates.parse(column(cell, "2025"))
    assert found.preliminary.tolist() == [True, False]
    assert found.start.dt.year.tolist() == [2026, 2025]


def test_six_digits_in_a_column_of_periods():
    read = dates.parse(column("200112", "200131"), latest=date(2026, 12, 31))
    assert read.start[2] == pd.Timestamp("2020-01-12")
    assert dates.parse(column("200112"), periods=True).start[2] == pd.Timestamp("2001-12-01")


def test_two_digit_years_are_never_in_the_future():
    cells = column("1.2.26", "1.2.27", "1.2.71")
    found = dates.parse(cells, latest=date(2026, 12, 31))
    assert found.start.dt.year.tolist() == [2026, 1927, 1971]


@pytest.mark.parametrize(
    "cells",
    [
        ("14.02.26", "15.03.26"),
        ("03/04/21",),
        ("3/4/21", "05/06/21"),
        ("3/4/2021",),
        ("200112",),
        ("26-02-14 – 26-03-01",),
        ("99-02-14", "1-2-14"),
        # A slip of the pen, and a day that is not known, witness nothing.
        ("26-02-14", "25-31-05"),
        ("26-02-14", "26-02-00"),
        ("26-02-14", "26-13-40"),
    ],
)
def test_the_order_of_a_date_is_never_guessed(cells):
    assert dates.parse(column(*cells), latest=date(2026, 12, 31)).broken.all()


def test_index_is_kept_and_repeats_are_read_once():
    text = pd.Series(["2021-01-01", None, "2021-01-01"], index=[9, 5, 7], dtype="str")
    found = dates.parse(text)
    assert found.start.index.tolist() == [9, 5, 7]
    assert found.start.isna().tolist() == [False, True, False]
    assert found.start.dtype == np.dtype("datetime64[us]")


def test_empty_column():
    found = dates.parse(pd.Series([], dtype="str"))
    assert len(found.start) == 0


moments = st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)


@examples(25)
@given(st.lists(moments, min_size=1, max_size=8))
def test_what_python_writes_is_read_back(values):
    for form in (
        "{:%Y-%m-%d %H:%M:%S}",
        "{:%Y-%m-%dT%H:%M:%S}",
        "{:%d.%m.%Y %H:%M:%S}",
        "{0.year}-{0.month}-{0.day} {0.hour}:{0:%M:%S}",
        "{:%Y%m%d%H%M%S}",
    ):
        found = dates.parse(column(*(form.format(value) for value in values)))
        assert found.start.tolist() == [pd.Timestamp(value) for value in values], form


@pytest.mark.slow
def test_hundred_thousand_moments_at_once():
    start = pd.Timestamp("2015-01-01")
    moments = start + pd.to_timedelta(np.arange(100_000) * 37, unit="min")
    text = pd.Series(moments.strftime("%Y-%m-%d %H:%M:%S"), dtype="str")
    assert (dates.parse(text).start.to_numpy() == moments.to_numpy()).all()


@pytest.mark.parametrize(
    ("cell", "is_read"),
    [
        ("fredag 1 maj 2026", True),
        ("fre 1 maj 2026 kl 21.30", True),
        ("måndag 1 maj 2026", False),
        ("sön den 2 maj 2026", False),
        ("Mon May 4, 2026", True),
        ("Tue May 4, 2026", False),
    ],
)
def test_a_weekday_of_another_day_is_no_date(cell, is_read):
    found = dates.parse(column(cell))
    assert found.start.notna().tolist() == [is_read]
    faults = FaultList()
    faults.add(TableRule.NOT_A_DATE, found.broken, column(cell))
    assert [fault.rule for fault in faults.sorted()] == (
        [] if is_read else [TableRule.WEEKDAY_DIFFERS]
    )
