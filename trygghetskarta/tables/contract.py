"""What a table's column may hold, declared once, and the check that lists every fault.

A table is a DataFrame (or GeoDataFrame in EPSG:3006) whose index is the row number as Excel
counts, so that every fault can be told by row. ``check`` lists all faults at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import geopandas as gpd
import pandas as pd

from trygghetskarta.errors import Fault, TableError, TableRule


class ColumnType(StrEnum):
    """What a column holds; the pandas types that fit are told by ``_FITS``."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"  # datetime64 without time zone, at midnight
    MOMENT = "moment"  # datetime64 in UTC
    GEOMETRY = "geometry"  # EPSG:3006


@dataclass(frozen=True)
class Column:
    """One column of a contract.

    Attributes
    ----------
    type
        What it holds.
    required
        Whether every row must have a value.
    minimum, maximum
        Inclusive limits of a number, None for no limit.
    words
        The only values allowed; empty for any.
    shape
        Kind of geometry as a store keeps it (``MULTIPOLYGON``); empty for everything else.
    indexed
        Whether rows are looked up by it.
    free
        Whether it is text that somebody writes freely, which may point out a person: it is
        screened, and of a change the history keeps only that there was one.
    later
        Whether stores were made without it. It is added to them when they are opened, and a row
        where it is missing is the same row as before.
    """

    type: ColumnType
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    words: tuple[str, ...] = ()
    shape: str = ""
    indexed: bool = False
    free: bool = False
    later: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be added to rows that are there."""
        if self.later and (self.required or self.shape or self.indexed):
            raise ValueError(f"a later column is plain and may be missing: {self}")


@dataclass(frozen=True)
class Contract:
    """The columns of one kind of table, and the columns that together name a row, if any do."""

    name: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]

    @property
    def free_words(self) -> tuple[str, ...]:
        """Columns that somebody writes freely in, which may point out a person."""
        return tuple(name for name, column in self.columns.items() if column.free)


def text(
    required: bool = False,
    words: tuple[str, ...] = (),
    *,
    indexed: bool = False,
    free: bool = False,
    later: bool = False,
) -> Column:
    """Text, any or one of some words."""
    return Column(ColumnType.TEXT, required, words=words, indexed=indexed, free=free, later=later)


def whole(
    required: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    *,
    later: bool = False,
) -> Column:
    """A whole number within limits."""
    return Column(ColumnType.INTEGER, required, minimum=minimum, maximum=maximum, later=later)


def place(shape: str, required: bool = False) -> Column:
    """A geometry in EPSG:3006."""
    return Column(ColumnType.GEOMETRY, required, shape=shape)


def measured() -> Column:
    """A length, a time or a weight: not below 0."""
    return Column(ColumnType.NUMBER, minimum=0)


def check(table: pd.DataFrame, contract: Contract) -> list[Fault]:
    """List every fault of a table, in column order and then by row.

    Parameters
    ----------
    table
        Index: row number as Excel counts.
    contract
        What it must fulfil. Columns the contract does not name are a programming matter and are
        not looked at.

    Returns
    -------
    list of Fault
        Empty when the table fulfils its contract.
    """
    faults: list[Fault] = []
    # A GeoDataFrame takes ten times as long to give a column that is no geometry.
    plain = pd.DataFrame(table)
    for name, column in contract.columns.items():
        if name not in table.columns:
            faults.append(Fault(TableRule.COLUMN_MISSING, name))
            continue
        place = column.type is ColumnType.GEOMETRY
        faults.extend(_check_column(table[name] if place else plain[name], name, column))
    if contract.key and all(name in table.columns for name in contract.key):
        faults.extend(_check_key(table, contract))
    return faults


def require(table: pd.DataFrame, contract: Contract) -> None:
    """Raise when a table breaks its contract.

    Raises
    ------
    TableError
        With every fault.
    """
    faults = check(table, contract)
    if faults:
        raise TableError(contract.name, faults)


def empty(contract: Contract) -> pd.DataFrame:
    """Give a table without rows that fulfils the contract, with the right column types."""
    frame = pd.DataFrame(
        {
            name: pd.Series(dtype=_EMPTY_TYPES[column.type])
            for name, column in contract.columns.items()
        }
    )
    if any(column.type is ColumnType.GEOMETRY for column in contract.columns.values()):
        return gpd.GeoDataFrame(frame, geometry="geometry", crs=3006)
    return frame


_EMPTY_TYPES = {
    ColumnType.TEXT: "str",
    ColumnType.INTEGER: "Int64",
    ColumnType.NUMBER: "float64",
    ColumnType.BOOLEAN: "bool",
    ColumnType.DATE: "datetime64[us]",
    ColumnType.MOMENT: "datetime64[us, UTC]",
    ColumnType.GEOMETRY: "geometry",
}


def _check_column(values: pd.Series, name: str, column: Column) -> list[Fault]:
    if not _FITS[column.type](values):
        return [Fault(TableRule.COLUMN_TYPE, name, value=str(values.dtype))]
    faults = []
    if column.required:
        faults += _faults(values, values.isna(), TableRule.VALUE_MISSING, name)
    if column.minimum is not None:
        too_low = (values < column.minimum).fillna(False)
        faults += _faults(values, too_low, TableRule.BELOW_MINIMUM, name)
    if column.maximum is not None:
        too_high = (values > column.maximum).fillna(False)
        is_share = column.type is ColumnType.NUMBER and column.maximum == 1
        rule = TableRule.SHARE_OUT_OF_RANGE if is_share else TableRule.ABOVE_MAXIMUM
        faults += _faults(values, too_high, rule, name)
    if column.words:
        strange = values.notna() & ~values.isin(column.words)
        faults += _faults(values, strange, TableRule.UNKNOWN_WORD, name)
    return faults


def _check_key(table: pd.DataFrame, contract: Contract) -> list[Fault]:
    key = list(contract.key)
    twice = table.duplicated(key, keep="first")
    shown = table[key].astype("str").agg(", ".join, axis=1) if twice.any() else table.index
    return [
        Fault(TableRule.NOT_UNIQUE, ", ".join(key), _row(row), value=str(value))
        for row, value in zip(table.index[twice], pd.Series(shown, table.index)[twice], strict=True)
    ]


def _faults(values: pd.Series, broken: pd.Series, rule: TableRule, name: str) -> list[Fault]:
    broken = broken.to_numpy(dtype=bool)
    return [
        Fault(rule, name, _row(row), value="" if pd.isna(value) else str(value))
        for row, value in zip(values.index[broken], values[broken], strict=True)
    ]


def _row(label: object) -> int | None:
    return int(label) if isinstance(label, int) or hasattr(label, "__index__") else None


def _is_text(values: pd.Series) -> bool:
    if pd.api.types.is_string_dtype(values.dtype):
        return True
    return bool(values.isna().all())


def _is_moment(values: pd.Series) -> bool:
    return isinstance(values.dtype, pd.DatetimeTZDtype) and str(values.dt.tz) == "UTC"


def _is_date(values: pd.Series) -> bool:
    return pd.api.types.is_datetime64_dtype(values.dtype)


_FITS: dict[ColumnType, Callable[[pd.Series], bool]] = {
    ColumnType.TEXT: _is_text,
    ColumnType.INTEGER: lambda values: pd.api.types.is_integer_dtype(values.dtype),
    ColumnType.NUMBER: lambda values: pd.api.types.is_numeric_dtype(values.dtype),
    ColumnType.BOOLEAN: lambda values: pd.api.types.is_bool_dtype(values.dtype),
    ColumnType.DATE: _is_date,
    ColumnType.MOMENT: _is_moment,
    ColumnType.GEOMETRY: lambda values: isinstance(values, gpd.GeoSeries),
}
