"""What a sheet says of its rows and columns beside their cells: hidden ones, merged ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

_STEP = 1 << 20
_TAIL = 1 << 12
_FOUND = re.compile(
    rb"<(?:\w+:)?(?:"
    rb'row\b(?P<row>[^>]*?\shidden="(?:1|true)"[^>]*)'
    rb'|col\b(?P<col>[^>]*?\shidden="(?:1|true)"[^>]*)'
    rb'|mergeCell\b[^>]*?\sref="(?P<merged>[A-Z]+\d+:[A-Z]+\d+)"[^>]*)>'
)
_MARKS = (b"hidden", b"mergeCell")
_NUMBERS = {name: re.compile(rb"\s" + name.encode() + rb'="(\d+)"') for name in ("r", "min", "max")}


@dataclass(frozen=True)
class SheetShape:
    """What a sheet says of its rows and columns.

    Attributes
    ----------
    hidden_rows
        Numbers of rows that are hidden or filtered away, the first being 1.
    hidden_columns
        Positions of hidden columns, the first being 0.
    merged
        Cells merged over several rows: first and last row, the first being 1, and the position of
        the column.
    """

    hidden_rows: frozenset[int]
    hidden_columns: tuple[int, ...]
    merged: tuple[tuple[int, int, int], ...]


def read_shape(part: IO[bytes], most_columns: int) -> SheetShape:
    """Look through a sheet's XML for what is told of whole rows and columns."""
    rows: set[int] = set()
    columns: set[int] = set()
    merged: dict[tuple[int, int, int], None] = {}
    for found in _tags(part):
        if found["row"] is not None:
            rows |= set(_number(found["row"], "r"))
        elif found["col"] is not None:
            first = next(iter(_number(found["col"], "min")), 1)
            last = next(iter(_number(found["col"], "max")), first)
            columns |= set(range(first - 1, min(last, most_columns)))
        else:
            first_cell, _, last_cell = found["merged"].decode("ascii").partition(":")
            name, top = coordinate_from_string(first_cell)
            _, bottom = coordinate_from_string(last_cell)
            if bottom > top:
                merged[(top, bottom, column_index_from_string(name) - 1)] = None
    return SheetShape(frozenset(rows), tuple(sorted(columns)), tuple(merged))


def _tags(part: IO[bytes]) -> Iterator[re.Match[bytes]]:
    """Tags that matter; a tag that stands on the border of two pieces is found in the second."""
    rest = b""
    while piece := part.read(_STEP):
        text = rest + piece
        end = 0
        if any(mark in text for mark in _MARKS):
            for found in _FOUND.finditer(text):
                end = found.end()
                yield found
        rest = text[max(end, len(text) - _TAIL) :]


def _number(attributes: bytes, name: str) -> list[int]:
    found = _NUMBERS[name].search(b" " + attributes)
    return [int(found[1])] if found else []
