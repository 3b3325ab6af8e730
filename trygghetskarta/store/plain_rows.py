"""Rows of a table as plain values, with a hash of everything in them that can change."""

import hashlib
from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Table

from trygghetskarta.store.declared_tables import own_columns
from trygghetskarta.store.geometry import to_blobs
from trygghetskarta.store.schema import (
    CONTRACTS,
    GEOMETRY_KINDS,
)


def plain_rows(table: pd.DataFrame, target: Table, source: str) -> list[dict[str, Any]]:
    """Plain values by column, with the hash of everything that can change.

    A column that stores were once made without counts only where it has a value: a row from before
    is the same row when it is read in again.
    """
    names = [column.name for column in own_columns(target)]
    later = {name for name, column in CONTRACTS[target.name].columns.items() if column.later}
    columns: dict[str, Sequence[Any]] = {}
    for name in names:
        if name == "geom":
            columns[name] = plain_shapes(table["geometry"].tolist(), target)
        elif name == "source" and name not in table.columns:
            columns[name] = [source] * len(table)
        else:
            columns[name] = _plain_column(table[name])
    rows = []
    for values in zip(*columns.values(), strict=True):
        row = dict(zip(names, values, strict=True))
        counted = _counted(row, later) if later else values
        digest = hashlib.blake2b(repr(counted).encode("utf-8"), digest_size=16).hexdigest()
        rows.append({**row, "content_hash": digest})
    return rows


def _counted(row: Mapping[str, Any], later: Set[str]) -> tuple[object, ...]:
    """The values of a row, then the names and values of what came later and is told."""
    first = (value for name, value in row.items() if name not in later)
    then = ((name, row[name]) for name in sorted(later) if row[name] is not None)
    return *first, *then


def plain_shapes(shapes: Sequence[shapely.Geometry | None], target: Table) -> list[bytes | None]:
    """Geometries as a table keeps them: one part where it wants several is wrapped."""
    single, wrap = _WRAPPED.get(GEOMETRY_KINDS[target.name], (None, None))
    if wrap is not None:
        alone = shapely.get_type_id(np.asarray(shapes, dtype=object)) == single
        shapes = [wrap([shape]) if one else shape for shape, one in zip(shapes, alone, strict=True)]
    return to_blobs(shapes)


_WRAPPED = {
    "MULTIPOLYGON": (shapely.GeometryType.POLYGON, shapely.MultiPolygon),
    "MULTILINESTRING": (shapely.GeometryType.LINESTRING, shapely.MultiLineString),
}


def _plain_column(values: pd.Series) -> list[Any]:
    """Python's own values: no pandas types, None for missing."""
    if pd.api.types.is_datetime64_dtype(values.dtype):
        return [None if pd.isna(value) else value.date() for value in values]
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return [None if pd.isna(value) else value.to_pydatetime(warn=False) for value in values]
    return [plain_value(value) for value in values.tolist()]


def plain_value(value: object) -> object:
    """Python's own value of a cell: no numpy type, None for missing."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return value.item() if isinstance(value, np.generic) else value
