"""The order of day, month and year in the date columns of a file, which witness for each other."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

import numpy as np
import pandas as pd

from trygghetskarta.sources.fields import date_order, dates
from trygghetskarta.sources.fields.date_order import ANY_COLUMN, Orders
from trygghetskarta.terms.times import DateOrder

_ENOUGH = np.log(100.0)
"""How much likelier the days of one order must be than those of the next: a hundred times."""
_REVERSED = np.log(50.0)
"""How unlikely it is that what comes first comes last."""
_UNREAD = np.log(1000.0)
"""How unlikely it is that a date is none."""
_UNALIKE = np.log(100.0)
"""How unlikely it is that two columns of a file write the same form in different orders."""
_LOOKED_AT = 200
_WITNESSES = 2000
"""Rows whose days are compared."""


@dataclass(frozen=True)
class ColumnOrder:
    """How the dates of three numbers in a column are read.

    Attributes
    ----------
    column
        Its name in the file.
    cell
        One of its dates as it stands.
    readings
        The days that the cell can mean, by order: the one that is chosen, or, while nothing is,
        every one that the column leaves possible.
    is_open
        Whether several orders hold for the column, or none for all of it, and nothing decides.
    has_short_years
        Whether the year has two digits.
    is_said
        Whether somebody has said the order.
    """

    column: str
    cell: str
    readings: Mapping[DateOrder, date]
    is_open: bool
    has_short_years: bool
    is_said: bool = False


@dataclass(frozen=True)
class FileOrders:
    """The orders of a file's date columns.

    Attributes
    ----------
    by_role
        For ``dates.parse``; a form that is open is absent.
    columns
        Columns with dates of three numbers.
    """

    by_role: Mapping[str, Orders]
    columns: tuple[ColumnOrder, ...] = ()
    _none: Orders = field(default_factory=dict)

    def of(self, role: str) -> Orders:
        """The orders of one column; none for a role that no column plays."""
        return self.by_role.get(role, self._none)

    def notes(self) -> dict[str, object]:
        """What is told of an import: ``date_orders`` that were found, ``open_date_orders``."""
        told = [
            one
            for one in self.columns
            if not one.is_open and (one.has_short_years or DateOrder.MONTH_FIRST in one.readings)
        ]
        asked = [one for one in self.columns if one.is_open]
        found = {"date_orders": told, "open_date_orders": asked}
        return {
            name: [_as_note(one) for one in columns] for name, columns in found.items() if columns
        }


def settle(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    latest: date,
    *,
    given: Mapping[str, DateOrder] | None = None,
    pairs: Sequence[tuple[str, str]] = (),
    ahead: Container[str] = (),
) -> FileOrders:
    """Decide the orders of a file's date columns.

    What a user says of a column goes before what it shows. Then each column decides for itself;
    what it leaves open, the days themselves, of columns in pairs: the earlier lies before the
    later, most often close. Columns that write their dates in the same form have the same order,
    unless these days tell clearly of different ones.

    Parameters
    ----------
    cells
        Text by role, missing where nothing is told; with one index.
    names
        The file's column name by role.
    latest
        Last day that a date can mean: today.
    given
        Order by column name; under ``ANY_COLUMN`` that of all columns that are open else.
    pairs
        Roles of what comes first and what comes after it.
    ahead
        Roles whose days may lie ahead.
    """
    given = given or {}
    ends = {role: dates.FAR if role in ahead else latest for role in cells}
    left = {role: date_order.candidates(text, ends[role]) for role, text in cells.items()}
    for role, forms in left.items():
        if names[role] in given:
            left[role] = dict.fromkeys(forms, (given[names[role]],))
    for form in {form for forms in left.values() for form in forms}:
        _by_witnesses(cells, left, form, latest, pairs)
    told = []
    for role, forms in left.items():
        for form, found in forms.items():
            said = names[role] in given
            if len(found) != 1 and ANY_COLUMN in given:
                said, forms[form] = True, (given[ANY_COLUMN],)
            shown = _told(cells[role], names[role], form, forms[form], ends[role])
            told.append(replace(shown, is_said=said))
    orders = {role: date_order.settled(forms) for role, forms in left.items()}
    return FileOrders(orders, tuple(told))


_Left = dict[str, dict[str, tuple[DateOrder, ...]]]


def _open(left: _Left, form: str) -> list[str]:
    return [role for role, forms in left.items() if len(forms.get(form, ())) > 1]


def _narrowed(left: _Left, form: str) -> dict[str, tuple[DateOrder, ...]]:
    """What open columns of a form have in common with all others of it, or all they leave."""
    others = [forms[form] for forms in left.values() if forms.get(form)]
    found = {}
    for role in _open(left, form):
        orders = left[role][form]
        found[role] = tuple(one for one in orders if all(one in other for other in others))
        found[role] = found[role] or orders
    return found


def _by_witnesses(
    cells: Mapping[str, pd.Series],
    left: _Left,
    form: str,
    latest: date,
    pairs: Sequence[tuple[str, str]],
) -> None:
    """Leave the orders that columns of a form share, unless their days tell of different ones."""
    asked = [role for role in _open(left, form) if any(role in pair for pair in pairs)]
    own = {role: left[role][form] for role in asked}
    narrowed = _narrowed(left, form)
    for role, orders in narrowed.items():
        left[role][form] = orders
    pairs = [pair for pair in pairs if set(pair) & set(asked) and set(pair) <= set(cells)]
    if not pairs:
        return
    rows = _sample(cells, {role for pair in pairs for role in pair})
    read = {
        (role, order): _days(rows[role], {**date_order.settled(left[role]), form: order}, latest)
        for role, orders in own.items()
        for order in orders
    }
    others = {
        role: _days(rows[role], date_order.settled(left[role]), latest)
        for role in rows.columns.difference(asked)
    }
    likely = {}
    for orders in product(*own.values()):
        days = {role: read[role, order] for role, order in zip(own, orders, strict=True)}
        likely[orders] = _likelihood({**others, **days}, pairs)
    alike = {
        orders: likely[orders]
        for orders in likely
        if len(set(orders)) == 1
        and all(one in narrowed[role] for role, one in zip(own, orders, strict=True))
    }
    is_doubted = bool(alike) and max(likely.values()) - max(alike.values()) >= _ENOUGH
    found = _clearly(likely, _ENOUGH + _UNALIKE) or (() if is_doubted else _clearly(alike, _ENOUGH))
    for place, role in enumerate(own):
        if found:
            left[role][form] = (found[place],)
        elif is_doubted:
            left[role][form] = own[role]


def _clearly(likely: Mapping[tuple[DateOrder, ...], float], margin: float) -> tuple[DateOrder, ...]:
    """The orders that are likelier than all others by a margin; empty where none are."""
    best, *rest = [*sorted(likely, key=lambda orders: -likely[orders]), ()]
    return best if all(likely[best] - likely[one] >= margin for one in rest if one) else ()


def _sample(cells: Mapping[str, pd.Series], roles: set[str]) -> pd.DataFrame:
    """Rows that tell of several columns, spread over the file."""
    rows = pd.DataFrame({role: cells[role] for role in cells if role in roles})
    rows = rows[rows.notna().sum(axis=1) > 1]
    return rows.iloc[:: max(1, len(rows) // _WITNESSES)].drop_duplicates()


def _days(text: pd.Series, orders: Orders, latest: date) -> pd.Series:
    return dates.parse(text, orders=orders, latest=latest).start.dt.normalize()


def _likelihood(days: Mapping[str, pd.Series], pairs: Sequence[tuple[str, str]]) -> float:
    """Log likelihood of days: a gap of n days has weight 1 / (1 + n), reversed a fiftieth."""
    total = 0.0
    for before, after in pairs:
        gap = (days[after] - days[before]).dt.days
        total -= float(np.log1p(gap.abs()).sum() + _REVERSED * (gap < 0).sum())
        total -= float(_UNREAD * gap.isna().sum())
    return total


def _told(
    text: pd.Series, column: str, form: str, orders: tuple[DateOrder, ...], latest: date
) -> ColumnOrder:
    """The order of a form, shown by the cell that its orders read most differently."""
    shown: str = ""
    most: dict[DateOrder, date] = {}
    for found in date_order.three_numbers(text.dropna().drop_duplicates()):
        for cell in text[found.index[found["form"] == form]].head(_LOOKED_AT):
            days = date_order.readings(cell, latest)
            days = {order: day for order, day in days.items() if order in (orders or DateOrder)}
            if not shown or len(set(days.values())) > len(set(most.values())):
                shown, most = cell, days
    return ColumnOrder(column, shown, most, len(orders) != 1, not form.endswith("4"))


def _as_note(one: ColumnOrder) -> tuple[str, str, dict[str, str], bool]:
    days = {order.value: day.isoformat() for order, day in one.readings.items()}
    return one.column, one.cell, days, one.is_said
