"""Date columns that witness for each other."""

from datetime import date, timedelta

import pytest

from tests.sources.fields.test_dates import column
from trygghetskarta.sources.fields.date_order import ANY_COLUMN
from trygghetskarta.sources.fields.date_witnesses import settle
from trygghetskarta.terms.times import DateOrder

TODAY = date(2026, 11, 30)
YEAR, DAY, MONTH = DateOrder.YEAR_FIRST, DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST
NAMES = {"occurred": "Brottsdatum", "reported": "Inskrivningsdatum"}
PAIRS = [("occurred", "reported")]


def orders(occurred, reported, **how):
    cells = {"occurred": column(*occurred), "reported": column(*reported)}
    found = settle(cells, NAMES, TODAY, pairs=PAIRS, **how)
    return {role: dict(found.of(role)) for role in cells}, found


@pytest.mark.parametrize(
    ("occurred", "reported", "order"),
    [
        (["10-11-12"], ["2010-11-13"], YEAR),
        (["10-11-12", "08-09-12"], ["2012-11-11", "2012-09-10"], DAY),
        (["10-11-12"], ["12 oktober 2012"], MONTH),
        # Both columns are written so: the days that lie close are the right ones.
        (["05-03-04", "06-02-07"], ["05-03-05", "06-02-08"], YEAR),
        (["04/05/2026", "03/06/2026"], ["2026-05-06", "2026-06-04"], DAY),
        (["04/05/2026", "03/06/2026"], ["2026-04-07", "2026-03-07"], MONTH),
        # One witness among the other column's days, though these are open by themselves.
        (["02-03-04"], ["25-11-30"], YEAR),
        (["3/4/2021"], ["4/30/2021"], MONTH),
    ],
)
def test_other_columns_decide(occurred, reported, order):
    found, told = orders(occurred, reported)
    assert list(found["occurred"].values()) == [order]
    assert "open_date_orders" not in told.notes()


@pytest.mark.parametrize(
    ("occurred", "reported", "expected"),
    [
        (["14-02-26", "30-11-25", "11-03-26"], ["26-02-15", "25-12-01", "26-03-12"], (DAY, YEAR)),
        # Neither column decides by itself.
        (["14-02-26", "11-05-25", "11-03-26"], ["26-02-15", "25-05-12", "26-03-12"], (DAY, YEAR)),
        (["26-02-14", "25-05-11", "26-03-11"], ["15-02-26", "12-05-25", "12-03-26"], (YEAR, DAY)),
        (["03/14/2026", "03/04/2026", "05/06/2026"], ["15/03/2026", "05/03/2026", "07/05/2026"],
         (MONTH, DAY)),
        # An offence of long ago among others is no second order.
        (["26-02-14", "14-02-26", "25-11-30"], ["26-02-15", "26-02-27", "25-12-01"], (YEAR, YEAR)),
    ],
)  # fmt: skip
def test_columns_have_orders_of_their_own_where_their_days_tell(occurred, reported, expected):
    found, told = orders(occurred, reported)
    assert tuple(order for role in found.values() for order in role.values()) == expected
    assert "open_date_orders" not in told.notes()


def test_one_row_whose_days_speak_against_its_column_is_asked():
    found, told = orders(["14-02-26"], ["26-02-27"])
    assert found["occurred"] == {} and "open_date_orders" in told.notes()


def test_what_stays_open_is_told_with_its_readings():
    found, told = orders(["26-02-14", "24-05-17"], [None, None])
    assert found["occurred"] == {}
    (asked,) = told.columns
    assert asked.is_open and asked.column == "Brottsdatum" and asked.cell == "26-02-14"
    assert asked.readings == {YEAR: date(2026, 2, 14), DAY: date(2014, 2, 26)}
    days = {"year-first": "2026-02-14", "day-first": "2014-02-26"}
    assert told.notes() == {"open_date_orders": [("Brottsdatum", "26-02-14", days, False)]}


def test_what_is_said_goes_before_what_is_open_and_of_a_column_before_all():
    cells = (["26-02-14", "24-05-17", None], [None, None, "14/2/2026"])
    found, told = orders(*cells, given={ANY_COLUMN: YEAR})
    assert found == {"occurred": {"-2": YEAR}, "reported": {"/4": DAY}}
    assert told.notes()["date_orders"][0][3] is True
    found, _ = orders(*cells, given={"Inskrivningsdatum": MONTH})
    assert found["reported"] == {"/4": MONTH}


def test_a_column_of_two_orders_is_asked_whatever_lies_close():
    occurred = ["14/3/2021", "3/14/2021", "4/5/2021"]
    found, told = orders(occurred, ["2021-03-14", "2021-03-14", "2021-05-04"])
    assert found["occurred"] == {} and "open_date_orders" in told.notes()


@pytest.mark.parametrize("order", list(DateOrder))
def test_a_column_of_real_days_is_read_right_in_every_order(order):
    form = {YEAR: "%y-%m-%d", DAY: "%d-%m-%y", MONTH: "%m-%d-%y"}[order]
    days = [date(2024, 1, 3) + timedelta(days=17 * n) for n in range(60)]
    found, _ = orders([f"{day:{form}}" for day in days], [None] * 60)
    assert found["occurred"] == {"-2": order}


def test_iso_dates_ask_nothing_and_are_not_told():
    found, told = orders(["2026-02-14"], ["2026-02-15 10:00"])
    assert found == {"occurred": {}, "reported": {}} and told.columns == () and told.notes() == {}
