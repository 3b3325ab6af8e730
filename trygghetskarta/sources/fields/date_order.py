"""What comes first in the dates of a file: the day, the month or the year."""

import re
from collections.abc import Iterable
from enum import StrEnum

import numpy as np
import pandas as pd

from trygghetskarta.sources.fields.date_patterns import DAYS, SHORT_YEAR


class DayOrder(StrEnum):
    """Which of two small numbers comes first in dates like 3/4/2021."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


def day_order(columns: Iterable[pd.Series]) -> tuple[DayOrder, bool]:
    """Decide for a whole file whether dates like 3/4/2021 name the day or the month first.

    Every column is a witness: one number above 12 settles it, and where both occur the majority
    does. Without any witness, dates with slashes and two-digit years are taken as Excel's
    American short form (M/D/YY), all others as Swedish.

    Returns
    -------
    order, certain
        ``certain`` is False when there are such dates but nothing that settles them.
    """
    pattern = re.compile(DAYS["numeric"], re.IGNORECASE)
    day_first = month_first = american = seen = 0
    for column in columns:
        found = column.dropna().drop_duplicates().str.extract(pattern)
        found = found[found["a"].notna()]
        first, second = found["a"].astype("int64"), found["b"].astype("int64")
        day_first += int((first > 12).sum())
        month_first += int((second > 12).sum())
        seen += len(found)
        american += int(((found["sep"] == "/") & (found["y"].str.len() == 2)).sum())
    if day_first or month_first:
        order = DayOrder.DAY_FIRST if day_first >= month_first else DayOrder.MONTH_FIRST
        return order, not (day_first and month_first)
    order = DayOrder.MONTH_FIRST if seen and american == seen else DayOrder.DAY_FIRST
    return order, seen == 0


def year_last(columns: Iterable[pd.Series]) -> frozenset[str]:
    """Tell with which separators dates like 3/14/21 have their year last, in a whole file.

    26-02-14 may be a day of 2026 or of 2014. Every column is a witness: a first number of one digit
    or a second above 12 is no year and no month, and a last one above 31 is no day. A first number
    above 31 is a year, which silences the others. What is no date with its year last either
    (25-31-05), or has the day left open (26-02-00), is a slip and witnesses nothing.
    """
    found = [
        column.dropna().drop_duplicates().str.extract(SHORT_YEAR).dropna(subset=["y"])
        for column in columns
    ]
    dates = pd.concat([*found, pd.DataFrame(columns=["a", "sep", "b", "y"])])
    first, second, last = (dates[name].astype("int64") for name in ("a", "b", "y"))
    is_date = (np.minimum(first, second) <= 12) & (np.maximum(first, second) <= 31)
    settled = is_date & ((dates["a"].str.len() == 1) | (second > 12) | (last > 31))
    return frozenset(dates["sep"][settled]) - frozenset(dates["sep"][first > 31])


def has_short_year(text: str) -> bool:
    """Whether a text is three short numbers, of which nobody says which one is the year.

    Examples
    --------
    >>> has_short_year("26-02-14 21:15"), has_short_year("14/2 2026")
    (True, False)
    """
    return SHORT_YEAR.fullmatch(text.strip()) is not None
