"""What comes first in dates of three numbers: the day, the month or the year.

26-02-14 may be a day of 2026 or of 2014, and 3/4/2021 a day of March or of April. A column decides
for each of its forms (separator and length of the year): an order holds for a row when no other
order gives it a likelier day, and the column has the order that holds for all its rows. One row in
twenty of those that tell may be a slip of the pen.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

import numpy as np
import pandas as pd

from trygghetskarta.sources.fields.date_patterns import NUMERIC
from trygghetskarta.terms.times import DateOrder

_PIVOT = 70
"""Two-digit years below this are 20xx, the others 19xx, unless that lies in the future."""
_LIKELY = 1900 + _PIVOT
_SLIPS = 0.05
_FORMS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in NUMERIC)
_ISO = r"\d{4}[-/.]|\d{7}"

ANY_COLUMN = ""
"""Stands for every column whose order is open, in what a user has said of orders."""

Orders = Mapping[str, DateOrder]
"""The order of each form of a column's dates, such as ``-2`` (26-02-14) or ``/4`` (3/4/2021)."""


def three_numbers(text: pd.Series) -> Iterator[pd.DataFrame]:
    """The cells that are three numbers in an order that they do not tell.

    Yields
    ------
    DataFrame
        For each way to write them, of the cells written so: ``a``, ``b``, ``y`` as text, ``form``,
        and the clock as in ``date_patterns``; with the index of ``text``.
    """
    left = _without_iso(text)
    for pattern in NUMERIC:
        found = left.str.extract(rf"^(?:{pattern})$", flags=re.IGNORECASE)
        hit = found["y"].notna()
        left, found = left[~hit], found[hit]
        if len(found):
            mark = found["sep"].str.replace(r"\s", " ", regex=True) if "sep" in found else ""
            yield found.assign(form=mark + found["y"].str.len().astype("str"))


def _without_iso(text: pd.Series) -> pd.Series:
    return text[text.notna() & ~text.str.match(_ISO, na=False)]


def candidates(text: pd.Series, latest: date) -> dict[str, tuple[DateOrder, ...]]:
    """Orders that a column leaves possible, by form: one where it decides, none where it is mixed.

    Parameters
    ----------
    text
        Cells, missing where empty.
    latest
        Last day that a date can mean.
    """
    found: dict[str, tuple[DateOrder, ...]] = {}
    for cells in three_numbers(_without_iso(text).drop_duplicates()):
        for form, group in cells.groupby("form"):
            found[str(form)] = _holding(group, latest)
    return found


def settled(found: Mapping[str, tuple[DateOrder, ...]]) -> Orders:
    """The forms for which one order is left."""
    return {form: orders[0] for form, orders in found.items() if len(orders) == 1}


def days(cells: pd.DataFrame, orders: Orders, latest: date) -> tuple[np.ndarray, np.ndarray]:
    """Midnights of cells of three numbers, each in the order of its form.

    Returns
    -------
    days, unclear
        datetime64, NaT where there is no such day; booleans, True where there is one, but the form
        has no order, or another order gives a likelier day: the row does not fit its column. The
        day is then NaT too.
    """
    found, scores = _readings(cells, latest)
    best = np.max(list(scores.values()), axis=0)
    day = np.full(len(cells), np.datetime64("NaT", "us"))
    for order in DateOrder:
        here = cells["form"].map(orders).eq(order.value).to_numpy() & (scores[order] == best)
        day[here] = found[order][here]
    return day, np.isnat(day) & (best > 0)


def readings(cell: str, latest: date) -> dict[DateOrder, date]:
    """The days that a cell can mean, by order; empty for what is not three numbers.

    Examples
    --------
    >>> found = readings("03-04-21", date(2026, 11, 30))
    >>> {order.value: str(day) for order, day in found.items()}
    {'year-first': '2003-04-21', 'day-first': '2021-04-03', 'month-first': '2021-03-04'}
    """
    match = next(filter(None, (form.fullmatch(cell.strip()) for form in _FORMS)), None)
    if match is None:
        return {}
    first, second, last = match["a"], match["b"], match["y"]
    tries = {
        DateOrder.YEAR_FIRST: (first, second, last),
        DateOrder.DAY_FIRST: (last, second, first),
        DateOrder.MONTH_FIRST: (last, first, second),
    }
    if len(last) == 4 or len(first) == 1:
        del tries[DateOrder.YEAR_FIRST]
    if match.groupdict().get("sep") == ".":
        del tries[DateOrder.MONTH_FIRST]
    found = {}
    for order, (year, month, day) in tries.items():
        with suppress(ValueError):
            found[order] = date(_full_year(int(year), len(year), latest), int(month), int(day))
    return found


def _full_year(year: int, digits: int, latest: date) -> int:
    if digits == 4:
        return year
    full = year + (2000 if year < _PIVOT else 1900)
    return full - 100 if full > latest.year else full


def midnights(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Midnights as datetime64[us]; NaT where there is no such day."""
    sane = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1) & (year <= 9999)
    months = np.where(sane, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    found = months.astype("datetime64[D]") + np.where(sane, day - 1, 0).astype("timedelta64[D]")
    exists = sane & (found.astype("datetime64[M]") == months)
    return np.where(exists, found.astype("datetime64[us]"), np.datetime64("NaT", "us"))


def whole(text: pd.Series) -> np.ndarray:
    """Texts of digits as int64."""
    return text.astype("float64").to_numpy().astype("int64")


def years(text: pd.Series, latest: int) -> np.ndarray:
    """Years of two or four digits, of which two never mean one after ``latest``."""
    year = whole(text)
    full = np.where(year < _PIVOT, 2000 + year, 1900 + year)
    full = np.where(full > latest, full - 100, full)
    return np.where((text.str.len() < 4).to_numpy(), full, year)


def _readings(
    cells: pd.DataFrame, latest: date
) -> tuple[dict[DateOrder, np.ndarray], dict[DateOrder, np.ndarray]]:
    """The midnights that each order gives, and how likely they are: 2, 1 (a year of long ago) or 0.

    A year of four digits is no day's. A year of two is never written with one, and with points
    between no month comes first.
    """
    long = (cells["y"].str.len() == 4).to_numpy()
    one_digit = (cells["a"].str.len() == 1).to_numpy()
    points = cells["form"].str.startswith(".").to_numpy()
    first, second = whole(cells["a"]), whole(cells["b"])
    last, year = whole(cells["y"]), years(cells["y"], latest.year)
    found = {
        DateOrder.YEAR_FIRST: midnights(years(cells["a"], latest.year), second, last),
        DateOrder.DAY_FIRST: midnights(year, second, first),
        DateOrder.MONTH_FIRST: midnights(year, first, second),
    }
    found[DateOrder.YEAR_FIRST][long | one_digit] = np.datetime64("NaT")
    found[DateOrder.MONTH_FIRST][points] = np.datetime64("NaT")
    after = np.datetime64(latest, "D").astype("datetime64[us]") + np.timedelta64(1, "D")
    likely = np.datetime64(f"{_LIKELY}-01-01", "us")
    # 26-02-00 is a day that nobody knew before it is one of the year 2000.
    tells = (first > 0) & (last > 0)
    return found, {
        order: np.where(tells & (day < after), 1 + (long | (day >= likely)).astype("int64"), 0)
        for order, day in found.items()
    }


def _holding(cells: pd.DataFrame, latest: date) -> tuple[DateOrder, ...]:
    """Orders that hold for all rows of a form but for slips, and read some row differently."""
    found, scores = _readings(cells, latest)
    rows = np.array([scores[order] for order in DateOrder])
    best = rows.max(axis=0)
    holds = (rows == best) & (best > 0)
    telling = int((holds.any(axis=0) & ~holds.all(axis=0)).sum())
    missed = holds.any(axis=0).sum() - holds.sum(axis=1)
    orders = [order for order, misses in zip(DateOrder, missed, strict=True) if not misses]
    if not orders and missed.min() <= _SLIPS * telling:
        orders = [list(DateOrder)[int(missed.argmin())]]
    told = {found[order].tobytes(): order for order in reversed(orders)}
    return tuple(order for order in orders if order in told.values())
