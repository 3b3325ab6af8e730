"""Collecting what is wrong, cell by cell, while a table is parsed."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from trygghetskarta.errors import Fault, SourceCause, SourceError, TableRule
from trygghetskarta.sources.fields.date_order import readings
from trygghetskarta.sources.fields.date_patterns import DAYS
from trygghetskarta.terms.times import DateOrder

_FAR = date(2099, 12, 31)
MOST_ROWS = 20_000
"""Rows with faults that a file may have: with more, it is the file or the choice that is wrong."""
_SHOWN = 60
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE) for pattern in DAYS.values() if "(?P<wd>" in pattern
)
_OF_DATES = (TableRule.NOT_A_DATE, TableRule.NOT_A_TIME, TableRule.NOT_A_PERIOD)


class FaultList:
    """The faults of one file, in the order they are found.

    Parameters
    ----------
    known
        Faults of the rows' shape. Cells of such rows may stand in the wrong column, so nothing
        more is said of them.
    """

    def __init__(self, known: Iterable[Fault] = ()) -> None:
        self._faults = list(known)
        require_few(self._faults)
        self._misshapen = {fault.row for fault in self._faults}

    def add(
        self,
        rule: TableRule,
        broken: pd.Series | np.ndarray,
        text: pd.Series,
        column: str = "",
        hints: pd.Series | None = None,
    ) -> None:
        """Note a fault for every row where ``broken`` is True.

        Parameters
        ----------
        rule
            What is broken. Of a date whose year or day cannot be told it is ``YEAR_UNCLEAR`` or
            ``DAY_UNCLEAR``, of one with a weekday ``WEEKDAY_DIFFERS``.
        broken
            Boolean, one element per row.
        text
            The cells as they stand; index: row numbers.
        column
            Name of the column in the file; empty when the whole row is meant.
        hints
            What was perhaps meant, with the index of ``text``.

        Raises
        ------
        SourceError
            ``TOO_MANY_FAULTS`` (most, row, value).
        """
        wrong = text[np.asarray(broken, dtype=bool)]
        if len(wrong) > MOST_ROWS:
            raise _too_many(int(wrong.index[0]), wrong.iloc[0])
        for row, value in wrong.items():
            if row not in self._misshapen:
                hint = "" if hints is None else hints[row]
                shown = "" if pd.isna(value) else str(value)
                named = _of_order(shown) if rule in _OF_DATES else None
                self._faults.append(Fault(named or rule, column, int(row), shown, hint))

    def extend(self, faults: Iterable[Fault]) -> None:
        """Take over faults found elsewhere; too many are refused as in :meth:`add`."""
        self._faults += [fault for fault in faults if fault.row not in self._misshapen]
        require_few(self._faults)

    def rows(self) -> set[int]:
        """Numbers of the rows that have a fault."""
        return {fault.row for fault in self._faults if fault.row is not None}

    def good(self, index: pd.Index) -> np.ndarray:
        """Mark the rows without a fault."""
        return ~index.isin(list(self.rows()))

    def sorted(self) -> tuple[Fault, ...]:
        """Every fault by row, in the order found within a row."""
        return tuple(sorted(self._faults, key=lambda fault: fault.row or 0))


def _of_order(text: str) -> TableRule | None:
    """What is unclear of a date that can be read in several orders."""
    if any(match and match["wd"] for match in (form.fullmatch(text) for form in _NAMED)):
        return TableRule.WEEKDAY_DIFFERS
    found = readings(text, _FAR)
    if len(set(found.values())) < 2:
        return None
    return TableRule.YEAR_UNCLEAR if DateOrder.YEAR_FIRST in found else TableRule.DAY_UNCLEAR


def require_few(faults: Sequence[Fault]) -> None:
    """See that the rows with faults are few enough to be put right one by one.

    Raises
    ------
    SourceError
        ``TOO_MANY_FAULTS`` (most, row, value).
    """
    if len(faults) > MOST_ROWS and len({fault.row for fault in faults}) > MOST_ROWS:
        raise _too_many(faults[0].row or 0, faults[0].value)


def _too_many(row: int, value: object) -> SourceError:
    shown = "" if pd.isna(value) else str(value)[:_SHOWN]
    return SourceError(SourceCause.TOO_MANY_FAULTS, most=MOST_ROWS, row=row, value=shown or "–")
