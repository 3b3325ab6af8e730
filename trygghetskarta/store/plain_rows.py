"""Rows of a table as plain values, with a hash of everything in them that can change."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import repeat
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

Columns = dict[str, list[Any]]
"""Plain values of rows, by column."""


def plain_rows(table: pd.DataFrame, target: Table, source: str) -> list[dict[str, Any]]:
    """As :func:`plain_columns`, row by row."""
    columns = plain_columns(table, target, source)
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def plain_columns(table: pd.DataFrame, target: Table, source: str) -> Columns:
    """Plain values by column, ``content_hash`` of everything that can change among them.

    A column that stores were once made without counts only where it has a value: a row from before
    is the same row when it is read in again.
    """
    later = {name for name, column in CONTRACTS[target.name].columns.items() if column.later}
    columns: Columns = {}
    for column in own_columns(target):
        name = column.name
        if name == "geom":
            columns[name] = plain_shapes(table["geometry"].tolist(), target)
        elif name == "source" and name not in table.columns:
            columns[name] = [source] * len(table)
        else:
            columns[name] = _plain_column(table[name])
    return {**columns, "content_hash": list(map(_digest, _counted(columns, later)))}


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()


def _counted(columns: Columns, later: Set[str]) -> Iterator[str]:
    """Each row as Python writes a tuple: its values, then the name and value of what came later."""
    first = [list(map(repr, column)) for name, column in columns.items() if name not in later]
    then: list[Iterable[str]] = [
        ("" if value is None else f", {(name, value)!r}" for value in columns[name])
        for name in sorted(later)
    ]
    written = map(", ".join, zip(*first, strict=True))
    for text, more in zip(written, zip(*then, strict=True) if then else repeat(()), strict=False):
        yield f"({text}{''.join(more)})"


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
    kind = values.dtype
    if pd.api.types.is_datetime64_dtype(kind):
        return values.to_numpy("datetime64[D]").astype(object).tolist()
    if pd.api.types.is_object_dtype(kind):
        return [plain_value(value) for value in values.tolist()]
    if isinstance(kind, pd.DatetimeTZDtype):
        plain = np.array(values.dt.to_pydatetime(), dtype=object)
    else:
        plain = np.array(values.to_numpy(dtype=object))
    plain[values.isna().to_numpy()] = None
    return plain.tolist()


def plain_value(value: object) -> object:
    """Python's own value of a cell: no numpy type, None for missing."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return value.item() if isinstance(value, np.generic) else value
