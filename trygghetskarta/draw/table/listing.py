"""What a list is: its columns, each declared once, and what every row tells in them."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, NamedTuple

import pandas as pd

from trygghetskarta import formats
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.words import texts

ReadRow = Callable[[Any], Any]
"""Gives what a column tells of a row."""


class Absent(str):
    """A word where there is no figure to tell: hidden, missing, not computed; never 0."""


ABSENT: Mapping[str, Absent] = {
    CellStatus.HIDDEN: Absent(texts.HIDDEN),
    CellStatus.MISSING: Absent(texts.MISSING),
}
"""The words of figures that may not or cannot be told."""


def seen(value: Any, status: str) -> Any:
    """A value, or the word of what stands in its way."""
    return ABSENT.get(status, value)


class ListCell(NamedTuple):
    """What a cell shows, and what it sorts by.

    Attributes
    ----------
    told
        As pages write it.
    key
        A number, a text, or None where there is none: it stands last, however it is sorted.
    """

    told: str
    key: float | str | None


@dataclass(frozen=True)
class ListColumn:
    """One column of a list, for the page and for every file.

    Attributes
    ----------
    key
        Its name, by which its heading is found.
    tell
        Gives its cell of a row.
    heading
        Its words.
    is_number
        Whether it stands to the right and on one line.
    decimals
        Of the number that files hold, no more exact than the page; None where they hold what the
        page shows.
    is_change
        Whether the number is written with its sign.
    width
        Signs that a workbook gives it room for.
    field
        Its name in files that want plain letters.
    is_raw
        Whether a plain grid is given the number itself.
    """

    key: str
    tell: Callable[[Any], ListCell]
    heading: str = ""
    is_number: bool = False
    decimals: int | None = None
    is_change: bool = False
    width: int = 24
    field: str = ""
    is_raw: bool = False

    def figure(self, cell: ListCell) -> float | int | None:
        """The number that files hold; None where there is none to tell."""
        if self.decimals is None or not isinstance(cell.key, float | int):
            return None
        return round(cell.key, self.decimals) + 0.0 if self.decimals else round(cell.key)


@dataclass(frozen=True, eq=False)
class Listing:
    """A list, ready to be shown and written.

    Attributes
    ----------
    columns
        What it tells.
    cells
        Rows, each with a cell for every column.
    """

    columns: tuple[ListColumn, ...]
    cells: tuple[tuple[ListCell, ...], ...]

    @property
    def headings(self) -> list[str]:
        """One for each column."""
        return [column.heading for column in self.columns]

    @property
    def numeric(self) -> list[bool]:
        """Which columns stand to the right."""
        return [column.is_number for column in self.columns]

    @property
    def rows(self) -> list[list[str]]:
        """What each row shows."""
        return [[cell.told for cell in row] for row in self.cells]

    @property
    def keys(self) -> list[list[float | str | None]]:
        """What each cell sorts by."""
        return [[cell.key for cell in row] for row in self.cells]

    @property
    def frame(self) -> pd.DataFrame:
        """What each row shows, for a plain grid; columns are the headings."""
        return pd.DataFrame(
            {
                column.heading: [
                    column.figure(row[at]) if column.is_raw else row[at].told for row in self.cells
                ]
                for at, column in enumerate(self.columns)
            }
        )


def listing(columns: Iterable[ListColumn], rows: Iterable[Any]) -> Listing:
    """Read rows.

    Parameters
    ----------
    columns
        As :func:`headed` gives them.
    rows
        Whatever the columns read: tuples with names, dictionaries.
    """
    wanted = tuple(columns)
    return Listing(wanted, tuple(tuple(one.tell(row) for one in wanted) for row in rows))


def headed(words: Mapping[str, str], *columns: ListColumn) -> tuple[ListColumn, ...]:
    """Columns with their headings.

    Parameters
    ----------
    words
        Headings by key; more than there are columns for where several lists share them.

    Raises
    ------
    KeyError
        If a column has no heading.
    """
    return tuple(replace(one, heading=words[one.key]) for one in columns)


def text(key: str, of: ReadRow | None = None, **how: Any) -> ListColumn:
    """A column of words, ``–`` where there are none."""
    return ListColumn(key, _telling(of or attrgetter(key), str, str), **how)


def number(
    key: str, of: ReadRow | None = None, decimals: int = 0, *, unit: str = "", **how: Any
) -> ListColumn:
    """A column of numbers, each perhaps with its unit."""
    return _figures(
        key, of, lambda value: formats.number(value, decimals) + unit, decimals=decimals, **how
    )


def change(key: str, of: ReadRow | None = None, **how: Any) -> ListColumn:
    """A column of changes in per cent, with their signs."""
    return _figures(key, of, lambda value: f"{formats.signed(value)}\u00a0%", is_change=True, **how)


def share(key: str, of: ReadRow | None = None, decimals: int = 0) -> ListColumn:
    """A column of shares from 0 to 1, written in per cent."""
    return _figures(key, of, lambda value: formats.share(value, decimals), decimals=None)


def interval(
    key: str,
    of: ReadRow,
    decimals: int = 0,
    *,
    unit: str = "",
    write: Callable[..., str] = formats.interval,
    **how: Any,
) -> ListColumn:
    """A column of intervals, given as pairs of lower and upper; sorts by the lower end."""

    def told(ends: tuple[float, float]) -> str:
        written = write(*ends, decimals)
        return written if written == formats.NO_VALUE else written + unit

    def lower(ends: tuple[float, float]) -> float | None:
        return _number_key(ends[0])

    return ListColumn(key, _telling(of, told, lower), is_number=True, **how)


def day(key: str, of: ReadRow | None = None, **how: Any) -> ListColumn:
    """A column of days, ``–`` where none is known."""
    return ListColumn(key, _telling(of or attrgetter(key), formats.day, _day_key), **how)


def plain(key: str, of: ReadRow | None = None, **how: Any) -> ListColumn:
    """A column whose reading gives cells."""
    return ListColumn(key, of or attrgetter(key), **how)


def text_of(value: object) -> str:
    """A text, empty when it is missing."""
    return value if isinstance(value, str) else ""


def _figures(key: str, of: ReadRow | None, write: Callable[[Any], str], **how: Any) -> ListColumn:
    told = {"decimals": 0, "width": 15, **how}
    return ListColumn(
        key, _telling(of or attrgetter(key), write, _number_key), is_number=True, **told
    )


def _telling(
    of: ReadRow, write: Callable[[Any], str], sort_by: Callable[[Any], float | str | None]
) -> Callable[[Any], ListCell]:
    def tell(row: Any) -> ListCell:
        value = of(row)
        if isinstance(value, Absent):
            return ListCell(str(value), None)
        if _is_missing(value):
            return ListCell(formats.NO_VALUE, None)
        return ListCell(write(value), sort_by(value))

    return tell


def _is_missing(value: Any) -> bool:
    return value == "" if isinstance(value, str | tuple) else bool(pd.isna(value))


def _number_key(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _day_key(value: Any) -> float:
    return float(pd.Timestamp(value).toordinal())
