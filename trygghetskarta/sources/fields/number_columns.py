"""Columns of numbers that nothing is read from, and that may count something."""

import re
from collections.abc import Collection

import pandas as pd

from trygghetskarta.sources.fields.cell_values import whole_numbers
from trygghetskarta.sources.fields.quarantine import COLUMNS
from trygghetskarta.sources.fields.role_values import looked_at
from trygghetskarta.sources.fields.spelling import fold

_NO_COUNT = re.compile(
    r"(?:nr|no|nummer|number|kod|code|id|alder|age|timme|hour|vecka|week|veckodag|weekday|dag|day|"
    r"manad|month|kvartal|quarter|ar|year|klass|grad|niva|prio|index|andel|procent)$|"
    r"^(?:post|hus|gatu|lop|rad|fid|objectid|kolumn\d|x$|y$)"
)
"""Numbers that count nothing, as their columns are called when folded."""
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
    free = (name for name in frame.columns if name not in read and name not in COLUMNS)
    may = (name for name in free if not _NO_COUNT.search(fold(name)))
    return next((name for name in may if are_counts(frame[name])), "")


def are_counts(column: pd.Series) -> bool:
    """Whether cells are whole numbers from 0 on, and not all of them 0 or 1."""
    cells = looked_at(column)
    values = whole_numbers(cells)[0]
    good = (values >= 0) & (values % 1 == 0)
    return len(cells) > 0 and float(good.mean()) >= _ENOUGH and bool((values > 1).any())
