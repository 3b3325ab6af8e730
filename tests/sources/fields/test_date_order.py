"""What a column shows of the order of its dates."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import examples
from tests.sources.fields.test_dates import column
from trygghetskarta.sources.fields import date_order, dates
from trygghetskarta.terms.times import DateOrder

TODAY = date(2026, 11, 30)
YEAR, DAY, MONTH = DateOrder.YEAR_FIRST, DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST
WRITTEN = {
    YEAR: "{0:%y}{1}{0:%m}{1}{0:%d}",
    DAY: "{0:%d}{1}{0:%m}{1}{0:%y}",
    MONTH: "{0:%m}{1}{0:%d}{1}{0:%y}",
}


@pytest.mark.parametrize(
    ("cells", "orders"),
    [
        # 25-11-30 and 23-12-24 are no days of 1930 and 2024, but 26-02-14 alone may be of 2014.
        (("26-02-14", "25-11-30", "24-05-17", "23-12-24 21:15"), (YEAR,)),
        (("26-02-14", "24-05-17"), (YEAR, DAY)),
        (("26/02/14", "25/11/30"), (YEAR,)),
        (("26.02.14", "25.11.30"), (YEAR,)),
        (("26 02 14", "25 11 30 21:15"), (YEAR,)),
        (("260214", "251130"), (YEAR,)),
        (("140226", "301125"), (DAY,)),
        (("021426", "113025"), (MONTH,)),
        (("14-02-26", "30-11-25"), (DAY,)),
        (("14.02.26", "15.03.26"), (YEAR, DAY)),
        (("02/14/26", "11/30/25"), (MONTH,)),
        (("3/4/26",), (DAY, MONTH)),
        (("13/04/26",), (YEAR, DAY)),
        (("03/04/21",), (YEAR, DAY, MONTH)),
        (("99-02-14", "98-11-28"), (YEAR,)),
        # A day that has not been is none; one that is the same in both orders asks nothing.
        (("12/03/2026", "03/12/2026", "04/12/2026", "05/12/2026"), ()),
        (("03/12/2026",), (MONTH,)),
        (("05/05/2026", "06/06/2026"), (DAY,)),
        (("14/2/2026", "3/4/2026"), (DAY,)),
        (("2/14/2026", "3/4/2026"), (MONTH,)),
        (("3.4.2026",), (DAY,)),
        (("3-4-2026",), (DAY, MONTH)),
        # Slips of the pen witness nothing; two orders in one column are no order.
        (("26-02-14", "26-13-40", "25-11-30"), (YEAR,)),
        (("26-02-14", "26-02-00"), (YEAR, DAY)),
        (("14/3/2021", "15/3/2021", "3/14/2021"), ()),
        (("99-02-14", "1-2-14"), ()),
    ],
)
def test_a_column_decides_or_leaves_open(cells, orders):
    (found,) = date_order.candidates(column(*cells), TODAY).values()
    assert found == orders


def test_one_slip_among_many_changes_no_order_and_is_not_read_in_another():
    cells = [f"{day:02d}-{month:02d}-25" for day in range(1, 29) for month in (2, 5, 9)]
    text = column(*cells, "31-02-25", "25-11-28")
    assert date_order.candidates(text, TODAY) == {"-2": (DAY,)}
    found = dates.parse(text, latest=TODAY)
    assert found.start.iloc[:-2].dt.year.eq(2025).all()
    assert found.broken.tolist() == [False] * len(cells) + [True, True]
    late = dates.parse(column(*cells, "25-11-30"), latest=TODAY)
    assert late.broken.tolist() == [False] * len(cells) + [True]


def test_each_form_of_a_column_has_its_own_order():
    text = column("26-02-14", "25-11-30", "14/2/26", "30/11/25")
    found = dates.parse(text, latest=TODAY).start.dt.date.astype("str").tolist()
    assert found == ["2026-02-14", "2025-11-30"] * 2


def test_points_are_never_american():
    found = dates.parse(column("4.3.2021", "14/3/2021"))
    assert found.start.dt.month.tolist() == [3, 3]


@examples(50)
@given(
    st.lists(st.dates(date(2001, 1, 1), TODAY), min_size=1, max_size=12),
    st.sampled_from(DateOrder),
    st.sampled_from(["-", "/", " ", ""]),
)
def test_the_right_order_is_never_left_out_and_what_is_read_is_right(days, order, mark):
    text = column(*(WRITTEN[order].format(day, mark) for day in days))
    (left,) = date_order.candidates(text, TODAY).values()
    assert left
    read = dates.parse(text, latest=TODAY)
    if order in left:
        told = dates.parse(text, orders={f"{mark}2": order}, latest=TODAY)
        assert told.start.tolist() == [pd.Timestamp(day) for day in days]
    if len(left) > 1:
        assert read.broken.all()
    else:
        # Another order than the right one only where it gives the same days.
        assert read.start.tolist() == [pd.Timestamp(day) for day in days]


@examples(50)
@given(st.from_regex(r"\d{1,2}[-/. ]\d{1,2}[-/. ](\d{2}|\d{4})|\d{6}", fullmatch=True))
def test_one_cell_and_a_column_are_read_alike(cell):
    days = date_order.readings(cell, TODAY)
    for order, day in days.items():
        form = next(iter(date_order.candidates(column(cell), TODAY)), None)
        if form is not None and len(set(days.values())) == 1:
            found = dates.parse(column(cell), orders={form: order}, latest=TODAY)
            assert found.start.iloc[0] in (pd.Timestamp(day), pd.NaT) or found.broken.iloc[0]
