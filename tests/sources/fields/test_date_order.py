"""What a whole file shows of the order of its dates."""

from tests.sources.fields.test_dates import column
from trygghetskarta.sources.fields import date_order, dates
from trygghetskarta.sources.fields.date_order import DayOrder


def test_one_witness_settles_the_whole_file():
    quiet = column("3/4/2021", "5/6/2021")
    assert date_order.day_order([quiet, column("3/14/2021")]) == (DayOrder.MONTH_FIRST, True)
    assert date_order.day_order([quiet, column("14/3/2021")]) == (DayOrder.DAY_FIRST, True)
    month_first = dates.parse(quiet, order=DayOrder.MONTH_FIRST)
    assert month_first.start.dt.month.tolist() == [3, 5]
    day_first = dates.parse(quiet, order=DayOrder.DAY_FIRST)
    assert day_first.start.dt.month.tolist() == [4, 6]


def test_no_witness_is_told():
    assert date_order.day_order([column("3/4/21", "1/2/21")]) == (DayOrder.MONTH_FIRST, False)
    assert date_order.day_order([column("3/4/2021")]) == (DayOrder.DAY_FIRST, False)
    assert date_order.day_order([column("2021-03-04", None)]) == (DayOrder.DAY_FIRST, True)
    order, certain = date_order.day_order([column("14/3/2021", "15/3/2021", "3/14/2021")])
    assert (order, certain) == (DayOrder.DAY_FIRST, False)


def test_points_are_never_american():
    found = dates.parse(column("4.3.2021", "3/4/2021"), order=DayOrder.MONTH_FIRST)
    assert found.start.dt.month.tolist() == [3, 3]
