"""JSON-stat 2, in which SCB's interface and other statistical offices answer: a cube as a table.

Read here and not with pyjstat, which gives either codes or labels of all variables and multiplies
out a cube that a few bytes may call endless.
"""

import math
from collections.abc import Mapping, Sequence
from operator import itemgetter

import numpy as np
import pandas as pd

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers import json_text
from trygghetskarta.sources.readers.cell_texts import as_text
from trygghetskarta.sources.readers.grids import CellGrid, check_columns

_MARKS = (b'"dataset"', b'"dimension"', b'"size"')
_BROKEN = (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError)
_LARGEST = 2**62
_FIRST_ROW = 2
_VALUE = "value"
_PLACE = itemgetter(0)


def read(data: bytes, file: str) -> CellGrid | None:
    """Read a cube: one row for each place in it, and one column for each thing that is counted.

    Variables are columns by their label (*region*, *år*); areas and times are told by code, other
    values by label. Cells without a value are missing.

    Parameters
    ----------
    data
        The file.
    file
        Name for errors.

    Returns
    -------
    CellGrid or None
        Index: number of the row, the first being 2. None for JSON that is no cube.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED`` for a cube that does not hold together, ``NO_ROWS``, ``TOO_MANY_COLUMNS``.
    """
    if not all(mark in data for mark in _MARKS):
        return None
    try:
        found = json_text.read(data)
        if not isinstance(found, dict) or found.get("class") != "dataset":
            return None
        frame = _table(found, file)
    except _BROKEN as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    return CellGrid(frame, (), {"header_row": 1, "title": str(found.get("label", ""))})


def _table(found: Mapping, file: str) -> pd.DataFrame:
    names, sizes = found["id"], [int(size) for size in found["size"]]
    places, values = _cells(found["value"], math.prod(sizes))
    if not len(places):
        raise SourceError(SourceCause.NO_ROWS, file=file)
    at = dict(zip(names, np.unravel_index(places, sizes), strict=True))
    role = found.get("role") or {}
    metric = next(iter(role.get("metric") or ()), None)
    coded = {*(role.get("geo") or ()), *(role.get("time") or ())}
    counted = [_VALUE] if metric is None else _values(found["dimension"][metric], False)
    check_columns(len(names) + len(counted), file)
    kept = [name for name in names if name != metric]
    rows, which = np.unique(
        np.column_stack([at[name] for name in kept]), axis=0, return_inverse=True
    )
    columns: dict[str, np.ndarray] = {}
    for name, numbers in zip(kept, rows.T, strict=True):
        variable = found["dimension"][name]
        by_code = name in coded or name.casefold() == "region"
        told = np.array(_values(variable, by_code), dtype=object)
        columns[str(variable.get("label") or name)] = told[numbers]
    for number, name in enumerate(counted):
        mine = slice(None) if metric is None else at[metric] == number
        column = np.full(len(rows), None, dtype=object)
        column[which[mine]] = values[mine]
        columns[name] = column
    if len(columns) != len(kept) + len(counted):
        raise ValueError("two variables of one name")
    index = pd.RangeIndex(_FIRST_ROW, len(rows) + _FIRST_ROW)
    return pd.DataFrame(columns, index=index).astype("str")


def _cells(told: Sequence | Mapping, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Places in the cube that have a cell, in order, and the cells' text; None where missing."""
    if size > _LARGEST or (not isinstance(told, dict) and len(told) != size):
        raise ValueError("not as many values as the cube has places")
    given = told.items() if isinstance(told, dict) else enumerate(told)
    cells = sorted(((int(place), as_text(cell) or None) for place, cell in given), key=_PLACE)
    places = np.array([place for place, _ in cells], dtype=np.int64)
    return places, np.array([cell for _, cell in cells], dtype=object)


def _values(variable: Mapping, by_code: bool) -> list[str]:
    """What the values of a variable are called, in order."""
    category = variable["category"]
    labels = category.get("label") or {}
    index = category.get("index") or list(labels)
    codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)
    return [str(code if by_code else labels.get(code, code)) for code in codes]
