"""Why most rows of a text file are longer than its header."""

import re
from collections.abc import Sequence
from itertools import pairwise, starmap, takewhile

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers.grids import Row

_WHOLE = re.compile(r"[+-]?\d{1,3}([ \u00a0]?\d{3})*|[+-]?\d+")
_DECIMALS = re.compile(r"\d+")
_LOOKED_AT = 2000
_METRES = 6
"""Digits before the comma of a coordinate in metres, at least."""
_DEGREES = 3
"""Digits before the comma of a coordinate in degrees, at most, and after it, at least."""
_SHOWN = {"\t": "tabb", ",": "komma", ";": "semikolon", "|": "lodstreck"}


def require_header(rows: Sequence[Row], separator: str, file: str) -> None:
    """See that a text file's rows have the cells its header names.

    A file whose rows are each one cell longer than its header may have row names, as R writes
    them; not when that cell is the decimals of a coordinate.

    Parameters
    ----------
    rows
        Every row of the file.
    separator
        By which it was cut.
    file
        Name for errors.

    Raises
    ------
    SourceError
        ``DECIMAL_COMMAS`` for a comma file whose numbers have commas too, ``SURPLUS_CELLS`` for
        other files most of whose rows are too long.
    """
    filled = [(at, row) for at, row in enumerate(rows[:_LOOKED_AT], start=1) if any(row)]
    # Titles stand above the header, and are shorter.
    heads = list(takewhile(_is_header, (row for _, row in filled)))
    columns = max(map(_width, heads), default=0)
    body = filled[len(heads) :]
    long = [(number, row) for number, row in body if _width(row) > columns]
    if not heads or len(long) * 2 <= len(body):
        return
    number, first = long[0]
    facts = {"file": file, "row": number, "found": _width(first), "columns": columns}
    broken = sum(_has_decimals(row, columns) for _, row in long)
    if separator == "," and broken * 2 > len(long):
        raise SourceError(SourceCause.DECIMAL_COMMAS, **facts)
    if {_width(row) for _, row in body} != {columns + 1}:
        shown = _SHOWN.get(separator, separator)
        raise SourceError(SourceCause.SURPLUS_CELLS, **facts, separator=shown)


def _width(row: Row) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell), default=0)


def _is_header(row: Row) -> bool:
    """Whether every cell of a row is a word."""
    cells = [cell for cell in row if cell]
    return len(cells) > 1 and all(any(map(str.isalpha, cell)) for cell in cells)


def _has_decimals(row: Row, columns: int) -> bool:
    """Whether the surplus of a row may be decimals: as many numbers are cut in two."""
    pairs = [
        (left, right)
        for left, right in pairwise(row)
        if _WHOLE.fullmatch(left) and _DECIMALS.fullmatch(right)
    ]
    surplus = _width(row) - columns
    return len(pairs) >= surplus and (surplus > 1 or any(starmap(_is_coordinate, pairs)))


def _is_coordinate(whole: str, decimals: str) -> bool:
    digits = sum(map(str.isdigit, whole))
    return digits >= _METRES or digits <= _DEGREES <= len(decimals)
