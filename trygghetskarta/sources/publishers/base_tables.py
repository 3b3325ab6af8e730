"""The files a municipality's folder may hold: area layers, small tables, Brå's totals."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from pyproj.exceptions import CRSError

from trygghetskarta import tables
from trygghetskarta.errors import (
    CrsCause,
    CrsError,
    Fault,
    SourceCause,
    SourceError,
    TableError,
    TableRule,
)
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.readers import layers
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.tables import ColumnType, Contract
from trygghetskarta.tables.row_accounts import FileRows
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import Aside

FIRST_ROW = 2
"""Row 1 of a file is its header."""

_SCB_SUFFIX = r"_(?:Reg|De)SO\d{4}$"
_QUARTER = re.compile(r"(\d{4})K([1-4])")


def read_layer(path: Path, level: AreaLevel) -> gpd.GeoDataFrame:
    """Read one level's areas.

    Returns
    -------
    GeoDataFrame
        ``area_level, area_code, name, geometry`` in EPSG:3006, ordered by code.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED``, ``COLUMN_MISSING``.
    CrsError
        ``CRS_MISSING``.
    TableError
        With every missing or broken geometry, by row of the layer.
    """
    try:
        layer = pyogrio.read_dataframe(path)
    except (*layers.BROKEN, CRSError, shapely.errors.ShapelyError) as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=path.name) from error
    _require_columns(path, layer.columns, ("area_code", "name", "geometry"))
    if layer.crs is None:
        raise CrsError(CrsCause.CRS_MISSING, file=path.name, looks_like="")
    layer.index += FIRST_ROW
    missing = layer.geometry.isna() | layer.geometry.is_empty
    strange = ~layer.geom_type.isin(("Polygon", "MultiPolygon")) & ~missing
    invalid = ~layer.geometry.is_valid & ~missing & ~strange
    faults = [
        Fault(rule, "geometry", int(row))
        for rule, broken in (
            (TableRule.GEOMETRY_MISSING, missing),
            (TableRule.GEOMETRY_TYPE, strange),
            (TableRule.GEOMETRY_INVALID, invalid),
        )
        for row in layer.index[broken]
    ]
    if faults:
        raise TableError("areas", faults)
    layer["area_code"] = _codes(layer["area_code"])
    layer["area_level"] = level.value
    layer.geometry = shapely.force_2d(layer.geometry)
    return layer.to_crs(WORK_CRS).sort_values("area_code")[
        ["area_level", "area_code", "name", "geometry"]
    ]


def _codes(values: pd.Series) -> pd.Series:
    """SCB's statistics carry a suffix that its geometry lacks."""
    return values.astype("str").str.strip().str.replace(_SCB_SUFFIX, "", regex=True)


def _require_columns(path: Path, found: Iterable[str], wanted: Iterable[str]) -> None:
    found = tuple(found)
    for column in wanted:
        if column not in found:
            raise SourceError(
                SourceCause.COLUMN_MISSING, file=path.name, column=column, found=found
            )


def _read_csv(path: Path, wanted: Iterable[str]) -> pd.DataFrame:
    """Every cell as text, missing where empty. Index: row as Excel counts."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(SourceCause.ENCODING_UNKNOWN, file=path.name) from error
    if "\0" in text:
        raise SourceError(SourceCause.ENCODING_UNKNOWN, file=path.name)
    try:
        header, *rows = list(csv.reader(io.StringIO(text), delimiter=";")) or [[]]
    except csv.Error as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=path.name) from error
    if not header:
        raise SourceError(SourceCause.FILE_EMPTY, file=path.name)
    _require_columns(path, header, wanted)
    numbered = {number: row for number, row in enumerate(rows, FIRST_ROW) if any(row)}
    uneven = [
        Fault(TableRule.ROW_LENGTH, "", number, value=";".join(row))
        for number, row in numbered.items()
        if len(row) != len(header)
    ]
    if uneven:
        raise TableError(path.stem, uneven)
    table = pd.DataFrame.from_dict(numbered, orient="index", columns=header, dtype="str")
    return table.where(table != "")


def count_layer(path: Path) -> int:
    """How many areas a layer has, without reading them."""
    return int(pyogrio.read_info(path, force_feature_count=True)["features"])


def read_table(path: Path, contract: Contract) -> Parsed:
    """Read a table in UTF-8 with ``;``, the contract's column names and 0 or 1 for truth values.

    Returns
    -------
    Parsed
        ``table`` is without rows when there is no such file; typed, but not yet checked by the
        contract.

    Raises
    ------
    SourceError
        ``ENCODING_UNKNOWN``, ``FILE_EMPTY``, ``COLUMN_MISSING``.
    TableError
        With every row of another length than the header, or every cell that cannot be read as
        its column's type.
    """
    if not path.is_file():
        return Parsed(tables.empty(contract), FileRows(path.name, ()))
    raw = _read_csv(path, contract.columns)[list(contract.columns)]
    rows = FileRows(path.name, raw.index)
    faults: list[Fault] = []
    typed = {
        name: _typed(raw[name], column.type, name, faults)
        for name, column in contract.columns.items()
    }
    if faults:
        raise TableError(contract.name, faults)
    table = pd.DataFrame(typed, index=raw.index)
    return Parsed(table.assign(area_code=_codes(table["area_code"])), rows)


def _typed(cells: pd.Series, kind: ColumnType, name: str, faults: list[Fault]) -> pd.Series:
    if kind is ColumnType.TEXT:
        return cells
    convert, rule = _CONVERTERS[kind]
    values = convert(cells)
    for row in cells.index[cells.notna() & values.isna()]:
        faults.append(Fault(rule, name, int(row), value=cells[row]))
    if kind is ColumnType.BOOLEAN:
        empty = cells.index[cells.isna()]
        faults += [Fault(TableRule.VALUE_MISSING, name, int(row)) for row in empty]
        return values.fillna(False).astype("bool")
    return values


def _numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells, errors="coerce").astype("float64")


def _whole_numbers(cells: pd.Series) -> pd.Series:
    values = _numbers(cells).astype("Float64")
    return values.where(values == np.floor(values)).astype("Int64")


def _dates(cells: pd.Series) -> pd.Series:
    return pd.to_datetime(cells, format="%Y-%m-%d", errors="coerce").astype("datetime64[us]")


def _flags(cells: pd.Series) -> pd.Series:
    return cells.map({"0": False, "1": True}).astype("boolean")


_CONVERTERS: dict[ColumnType, tuple[Callable[[pd.Series], pd.Series], TableRule]] = {
    ColumnType.INTEGER: (_whole_numbers, TableRule.NOT_A_WHOLE_NUMBER),
    ColumnType.NUMBER: (_numbers, TableRule.NOT_A_NUMBER),
    ColumnType.DATE: (_dates, TableRule.NOT_A_DATE),
    ColumnType.BOOLEAN: (_flags, TableRule.UNKNOWN_WORD),
}


def read_totals(folder: Path, code: str, name: str) -> Parsed:
    """Read Brå's yearly and quarterly counts, in one table ordered as the files.

    Parameters
    ----------
    folder
        May hold ``bra_year.csv`` and ``bra_quarter.csv``.
    code, name
        The municipality's; ``region`` holds the name. Rows of others stand aside.

    Returns
    -------
    Parsed
        ``table`` fulfils ``TOTALS``; ``category`` is ``total``, ``person``, ``theft``,
        ``burglary`` (a part of theft), ``vandalism`` or ``drugs_weapons``. ``..`` gives a missing
        count.

    Raises
    ------
    SourceError, TableError
        As :func:`read_table`.
    """
    parts, counted, elsewhere = [], [], []
    after = 0
    for file in ("bra_year.csv", "bra_quarter.csv"):
        path = folder / file
        if path.is_file():
            raw = _read_csv(path, ("kommun", "period", "key", "count", "per100k"))
            ours = raw["kommun"] == code
            part = _totals_of(raw[ours], name)
            parts.append(part.set_axis(part.index + after))
            counted += list(raw.index + after)
            elsewhere += list(raw.index[~ours] + after)
            after += len(raw) + FIRST_ROW
    rows = FileRows("bra_year.csv, bra_quarter.csv", counted)
    table = pd.concat(parts) if parts else tables.empty(tables.TOTALS)
    return Parsed(table, rows, aside={Aside.ELSEWHERE: elsewhere})


def _totals_of(raw: pd.DataFrame, region: str) -> pd.DataFrame:
    faults: list[Fault] = []
    figures = {
        name: _typed(raw[column].replace("..", None), kind, column, faults)
        for name, column, kind in (
            ("count", "count", ColumnType.INTEGER),
            ("per_100000", "per100k", ColumnType.NUMBER),
        )
    }
    periods = pd.DataFrame(
        {row: _period(str(text)) for row, text in raw["period"].items()}, ["from", "to"]
    ).T
    for row in raw.index[periods["from"].isna()]:
        faults.append(Fault(TableRule.NOT_A_PERIOD, "period", int(row), value=raw["period"][row]))
    if faults:
        raise TableError(tables.TOTALS.name, faults)
    preliminary = raw["preliminary"] == "1" if "preliminary" in raw else False
    return pd.DataFrame(
        {
            "region": region,
            "category": raw["key"],
            "period_from": periods["from"].astype("datetime64[us]"),
            "period_to": periods["to"].astype("datetime64[us]"),
            **figures,
            "preliminary": preliminary,
            "source": "Brå",
        }
    ).astype({"region": "str", "preliminary": "bool", "source": "str"})


def _period(text: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of ``2025`` or ``2025K3``."""
    if re.fullmatch(r"\d{4}", text):
        period = pd.Period(text, freq="Y")
    elif match := _QUARTER.fullmatch(text):
        period = pd.Period(f"{match[1]}Q{match[2]}", freq="Q")
    else:
        return pd.NaT, pd.NaT
    return period.start_time, period.end_time.normalize()
