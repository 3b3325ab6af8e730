"""Which values a column's role takes: what names propose, values decide."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from trygghetskarta.sources.fields import area_codes, clock
from trygghetskarta.sources.fields.cell_values import numbers, told
from trygghetskarta.sources.fields.date_patterns import DAYS, PERIODS, PRELIMINARY, SERIAL, SPAN
from trygghetskarta.sources.fields.offence_codes import normalise_all
from trygghetskarta.sources.fields.point_text import are_points
from trygghetskarta.terms.imports import TableKind

Takes = Callable[[pd.Series], pd.Series]
"""Cells of text, none missing, to True where a role takes the cell."""

_LOOKED_AT = 200
_LONG = 20 * _LOOKED_AT
_ENOUGH = 0.5
"""Share of the looked-at cells that a role must take for a column to play it."""

_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (*DAYS.values(), *PERIODS.values(), SERIAL.pattern, SPAN)
]
_TIMED = [re.compile(DAYS[name], re.IGNORECASE) for name in DAYS if "(?P<h>" in DAYS[name]]
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_PART_OF_YEAR = (
    r"(?:[kqth]|kvartal|tertial|halvår|månad)?\.?\s*\d{1,2}|[a-zåäö]{3,9}\.?|"
    r"\d{1,2}\s*[-/.:_]\s*(?:19|20)\d\d|(?:19|20)\d{2}\s*[-/.:_]?\s*\d{1,2}"
)
_WORD = r"[^\W\d_]{2}"
_CODE_LIKE = r"\S*\d\S*"


def looked_at(column: pd.Series) -> pd.Series:
    """Some of a column's cells that say something, evenly from its whole length."""
    if len(column) > _LONG:
        some = told(column.iloc[_evenly(len(column), _LONG)].dropna()).dropna()
        if len(some) >= _LOOKED_AT:
            return some.iloc[_evenly(len(some), _LOOKED_AT)]
    some = told(column.dropna())
    if len(some) > _LOOKED_AT:
        some = some.iloc[_evenly(len(some), _LOOKED_AT)]
    return some.dropna()


def _evenly(length: int, number: int) -> np.ndarray:
    """Positions from the first to the last of a length."""
    return np.linspace(0, length - 1, number).astype(int)


def suits(kind: TableKind, role: str, cells: pd.Series) -> bool:
    """Whether at least half of some cells are values that a role takes; True of no cells.

    Parameters
    ----------
    kind, role
        What the table holds, and the role.
    cells
        From :func:`looked_at`.
    """
    takes = TAKES[kind].get(role)
    return takes is None or not len(cells) or float(takes(cells).mean()) >= _ENOUGH


def says_clock(cells: pd.Series) -> bool:
    """Whether at least half of some cells are dates with a clock."""
    return len(cells) > 0 and float(_any_of(_TIMED, cells, "h").mean()) >= _ENOUGH


def _any_of(patterns: list[re.Pattern], cells: pd.Series, group: str | None = None) -> pd.Series:
    def is_one(cell: str) -> bool:
        text = PRELIMINARY.sub("", cell.strip())
        found = (pattern.fullmatch(text) for pattern in patterns)
        return any(one and (group is None or one[group] is not None) for one in found)

    return cells.map({cell: is_one(cell) for cell in cells.unique()}).astype(bool)


def _dates(cells: pd.Series) -> pd.Series:
    return _any_of(_DATES, cells)


def _clock(cells: pd.Series) -> pd.Series:
    return clock.parse_clock(cells)[0].notna() & ~_any_of(_TIMED, cells, "h")


def _periods(cells: pd.Series) -> pd.Series:
    return _dates(cells) | cells.str.fullmatch(_PART_OF_YEAR, case=False)


def _years(cells: pd.Series) -> pd.Series:
    return cells.str.contains(_YEAR)


def _numbers(cells: pd.Series) -> pd.Series:
    return numbers(cells.str.replace(r"\s*%$", "", regex=True))[0].notna()


def _offence_codes(cells: pd.Series) -> pd.Series:
    return normalise_all(cells).notna()


def _words(cells: pd.Series) -> pd.Series:
    return cells.str.contains(_WORD) & ~_numbers(cells)


def _area_codes(cells: pd.Series) -> pd.Series:
    return area_codes.levels(area_codes.bare(cells)).notna() | cells.str.fullmatch(_CODE_LIKE)


def _place_names(cells: pd.Series) -> pd.Series:
    is_code = area_codes.levels(area_codes.bare(cells)).notna()
    return _words(cells) & ~is_code & ~are_points(cells)


_EVERYWHERE: dict[str, Takes] = {
    "year": _years,
    "wkt": are_points,
    "place_name": _place_names,
    "question": _words,
    "share": _numbers,
    "lower": _numbers,
    "upper": _numbers,
    "answers": _numbers,
    "n_effective": _numbers,
    "weight": _numbers,
    "population": _numbers,
    "participants": _numbers,
    "voices": _numbers,
}
_OF_KIND: dict[TableKind, dict[str, Takes]] = {
    TableKind.INCIDENTS: {
        "offence_code": _offence_codes,
        "offence_text": _words,
        "offence_type": _words,
        "reported_date": _dates,
        "occurred_from_date": _dates,
        "occurred_from_time": _clock,
        "occurred_to_date": _dates,
        "occurred_to_time": _clock,
        "count": _numbers,
        "period": _periods,
        "area_code": _area_codes,
    },
    TableKind.DISTRICTS: {"name": _words},
    TableKind.WALKS: {"date": _dates, "area_code": _area_codes},
    TableKind.OBSERVATIONS: {
        "area_code": _area_codes,
        "date": _dates,
        "time": _clock,
        "due_date": _dates,
    },
}
TAKES: dict[TableKind, dict[str, Takes]] = {
    kind: {**_EVERYWHERE, **_OF_KIND.get(kind, {})} for kind in TableKind
}
"""Which cells each role takes; one that is not named takes any. What coordinates take is asked of
the two columns together (``axes.py``)."""

KIN = {
    "occurred_from_time": ("occurred_from_date",),
    "occurred_to_time": ("occurred_to_date",),
    "occurred_from_date": ("occurred_from_time",),
    "occurred_to_date": ("occurred_to_time",),
    "offence_code": ("offence_text", "offence_type"),
    "offence_text": ("offence_code", "count"),
    "offence_type": ("offence_code",),
    "place_name": ("wkt", "area_code"),
    "area_code": ("place_name",),
    "date": ("time", "start"),
    "time": ("date",),
}
"""Roles that a column may have been meant for when its values do not fit what it is called."""
