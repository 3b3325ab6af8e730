"""Columns of numbers that nothing is read from, and that may count something."""

import re
from collections.abc import Collection

import pandas as pd

from trygghetskarta.sources.fields.cell_values import numbers, whole_numbers
from trygghetskarta.sources.fields.quarantine import COLUMNS
from trygghetskarta.sources.fields.role_values import looked_at
from trygghetskarta.sources.fields.spelling import fold

_NO_MEASURE = (
    r"(?:nr|no|nummer|number|kod|code|id|alder|age|timme|hour|vecka|week|veckodag|weekday|dag|day|"
    r"manad|month|kvartal|quarter|ar|year)$|^(?:post|hus|gatu|lop|rad|fid|objectid|kolumn\d|x$|y$)"
)
_NO_COUNT = re.compile(rf"{_NO_MEASURE}|(?:klass|grad|niva|prio|index|andel|procent)$")
"""Numbers that count nothing, as their columns are called when folded."""
_NO_FIGURE = re.compile(_NO_MEASURE)
"""Numbers that only name or time something."""
_ENOUGH = 0.9


def may_count(frame: pd.DataFrame, read: Collection[str]) -> str:
    """Name of the first column that may be a count, empty when there is none.

    Parameters
    ----------
    frame
        The file's table.
    read
        Columns that something is read from.
    """
    return next((name for name in _free(frame, read, _NO_COUNT) if are_counts(frame[name])), "")


def may_measure(frame: pd.DataFrame, read: Collection[str]) -> str:
    """Name of the first column that may be a figure of many, a rate, share or change too; or empty.

    Parameters
    ----------
    frame, read
        As in :func:`may_count`.
    """
    free = _free(frame, read, _NO_FIGURE)
    return next((name for name in free if _are_figures(frame[name])), "")


def _free(frame: pd.DataFrame, read: Collection[str], called: re.Pattern[str]) -> list[str]:
    free = [name for name in frame.columns if name not in read and name not in COLUMNS]
    return [name for name in free if not called.search(fold(name))]


def _are_figures(column: pd.Series) -> bool:
    """Whether cells are numbers, also with a sign, decimals or per cent, and not all 0 or 1."""
    cells = looked_at(column)
    values = numbers(cells.str.replace(r"\s*[%‰]$", "", regex=True))[0].dropna()
    return len(cells) > 0 and len(values) >= _ENOUGH * len(cells) and not values.isin([0, 1]).all()


def are_counts(column: pd.Series) -> bool:
    """Whether cells are whole numbers from 0 on, and not all of them 0 or 1."""
    cells = looked_at(column)
    values = whole_numbers(cells)[0]
    good = (values >= 0) & (values % 1 == 0)
    return len(cells) > 0 and float(good.mean()) >= _ENOUGH and bool((values > 1).any())
