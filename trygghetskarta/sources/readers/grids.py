"""From rows of cells to a table: header found, titles and footers left out, rows numbered."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pandas as pd

from trygghetskarta.errors import Fault, SourceCause, SourceError, TableRule
from trygghetskarta.sources import pace
from trygghetskarta.sources.fields.faults import require_few

Row = list[str]
"""Cells of one row, stripped; an empty cell is an empty text."""

MOST_COLUMNS = 1000
"""Columns that a table may have; more is a stray cell far to the right."""
_LOOKED_AT = 2000
_DATE_LIKE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}[/ ]\d{2,4}")
_NUMBER = re.compile(r"[+-]?[\d\s\u00a0]+([.,]\d+)?")
_YEAR = re.compile(r"(19|20)\d\d")
_FOOTER_TEXT = re.compile(r"[^\W\d_].*[\s:]|^\*")
_COUNTED = re.compile(r"antal|summa|andel|folkm|befolk|invånare|count|n$", re.IGNORECASE)
"""Headings of what is counted: a number merged over several rows is not that of each."""
_SHOWN = 120
_PROSE = 1000
"""Letters that are looked at to tell prose from figures."""


@dataclass(frozen=True, eq=False)
class CellGrid:
    """A table of text.

    Attributes
    ----------
    frame
        Text or missing; index: row number as Excel counts.
    faults
        Rows with too few or too many cells. They stand in ``frame``: missing cells are missing,
        surplus cells are kept in the last column.
    notes
        ``header_row``, ``title_rows``, ``titles`` (what they say), ``footer_rows``,
        ``repeated_header``, ``blank_rows``, ``nameless_columns``, ``repeated_columns``,
        ``row_names``: only those that occur.
    """

    frame: pd.DataFrame
    faults: tuple[Fault, ...]
    notes: dict[str, object]
    counted: tuple[int, ...] | None = None
    """Numbers of all rows below the header that hold something, repeated headers too, but not the
    prose at the end; None where a layout numbers rows of its own."""


def to_cells(
    rows: Sequence[Row],
    file: str,
    *,
    ragged: bool,
    separator: str = ";",
    merged: Sequence[tuple[int, int, int]] = (),
) -> CellGrid:
    """Make a table of rows of cells.

    Parameters
    ----------
    rows
        Every row of the file from the first, blank ones too, so that position + 1 is the row
        number.
    file
        Name for errors.
    ragged
        Whether a row's length means something (text files); a sheet's rows are as long as their
        last cell.
    separator
        Joins the surplus cells of a long row.
    merged
        Cells merged over several rows: first and last row number, position of the column. A label
        is carried down to the rows below it; what is counted is not.

    Raises
    ------
    SourceError
        ``FILE_EMPTY``, ``NO_HEADER``, ``TOO_MANY_COLUMNS``, ``TOO_MANY_FAULTS`` or ``NO_ROWS``.
    """
    widths = [len(row) if row and row[-1] else _width(row) for row in rows]
    if not any(widths):
        raise SourceError(SourceCause.FILE_EMPTY, file=file)
    first = _header_row(rows, widths, file)
    header, body_start = _header(rows, widths, first, ragged)
    notes: dict[str, object] = {"header_row": first + 1}
    if merged:
        _carry_labels(rows, widths, header, body_start, merged, notes)
    titles = [number + 1 for number in range(first) if widths[number]]
    if titles:
        notes["title_rows"] = titles
        notes["titles"] = [" ".join(filter(None, rows[one - 1]))[:_SHOWN] for one in titles]
    end = _footer_start(rows, widths, body_start, len(header), notes)
    check_columns(max(widths), file)
    header = _with_row_names(rows[body_start:end], widths[body_start:end], header, ragged, notes)
    if not ragged:
        header += [""] * (max(widths[body_start:end], default=0) - len(header))
    counted = tuple(place + 1 for place in range(body_start, end) if widths[place])
    names = _column_names(header, notes)
    body, faults = _body(rows, widths, range(body_start, end), header, ragged, separator, notes)
    if not body:
        raise SourceError(SourceCause.NO_ROWS, file=file)
    columns = zip(*body.values(), strict=True)
    frame = pd.DataFrame(
        {
            name: pd.Series([cell or None for cell in cells], dtype="str")
            for name, cells in zip(names, columns, strict=True)
        }
    )
    frame.index = pd.Index(list(body), dtype="int64")
    return CellGrid(frame, tuple(faults), notes, counted)


def _carry_labels(
    rows: Sequence[Row],
    widths: Sequence[int],
    header: Row,
    start: int,
    merged: Sequence[tuple[int, int, int]],
    notes: dict[str, object],
) -> None:
    carried: set[int] = set()
    for top, bottom, place in merged:
        label = _at(rows[top - 1], place) if start < top <= len(rows) else ""
        if not label or _COUNTED.match(_at(header, place)):
            continue
        for number in range(top, min(bottom, len(rows))):
            row = rows[number]
            if widths[number] and not _at(row, place):
                row += [""] * (place + 1 - len(row))
                row[place] = label
                carried.add(number)
    if carried:
        notes["carried_labels"] = len(carried)


def check_columns(found: int, file: str) -> None:
    """See that a table has no more columns than anybody means.

    Raises
    ------
    SourceError
        ``TOO_MANY_COLUMNS`` (file, found, most).
    """
    if found > MOST_COLUMNS:
        raise SourceError(SourceCause.TOO_MANY_COLUMNS, file=file, found=found, most=MOST_COLUMNS)


def _width(row: Row) -> int:
    """Position after the last cell that holds something."""
    for position in range(len(row), 0, -1):
        if row[position - 1]:
            return position
    return 0


def _header_row(rows: Sequence[Row], widths: Sequence[int], file: str) -> int:
    """Position of the first row that is about as full as the table's rows are."""
    seen = Counter(islice(filter(None, widths), _LOOKED_AT))
    most = max(seen, key=lambda width: (seen[width], width))
    enough = 1 if most == 1 else max(2, most - 1)
    for number, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if len(filled) < enough and not _is_two_level(rows, widths, number):
            continue
        if sum(map(_looks_like_data, filled)) * 2 >= len(filled):
            break
        return number
    raise SourceError(SourceCause.NO_HEADER, file=file)


def _looks_like_data(cell: str) -> bool:
    if _YEAR.fullmatch(cell):
        return False
    return bool(_NUMBER.fullmatch(cell) or _DATE_LIKE.match(cell))


def _is_two_level(rows: Sequence[Row], widths: Sequence[int], number: int) -> bool:
    """Whether merged cells stand above the real names: the next row fills all the gaps."""
    if number + 1 >= len(rows) or widths[number] < 2:
        return False
    upper, lower = rows[number], rows[number + 1]
    width = max(widths[number], widths[number + 1])
    gaps = [place for place in range(width) if not _at(upper, place)]
    under = [_at(lower, place) for place in range(width)]
    inner = any(place < widths[number + 1] and place > 0 for place in gaps)
    filled = all(under[place] for place in gaps)
    words = not any(character.isdigit() for cell in under for character in cell)
    return inner and filled and words and sum(map(bool, _trimmed(upper))) >= 2


def _header(
    rows: Sequence[Row], widths: Sequence[int], first: int, ragged: bool
) -> tuple[Row, int]:
    """Names of the columns, and the position of the first row below them."""
    if ragged or not _is_two_level(rows, widths, first):
        return _trimmed(rows[first]), first + 1
    upper, lower = rows[first], rows[first + 1]
    names, above = [], ""
    for place in range(max(widths[first], widths[first + 1])):
        above = _at(upper, place) or (above if _at(lower, place) else "")
        names.append(" ".join(part for part in (above, _at(lower, place)) if part))
    return names, first + 2


def _footer_start(
    rows: Sequence[Row], widths: Sequence[int], start: int, columns: int, notes: dict
) -> int:
    """Position after the last data row: single cells with prose at the very end are notes."""
    end = len(rows)
    while end > start and not widths[end - 1]:
        end -= 1
    if columns < 2:
        return end
    top = end
    while top > start and sum(map(bool, rows[top - 1])) <= 1:
        top -= 1
    while top < end and widths[top] and not _FOOTER_TEXT.search("".join(rows[top])[:_PROSE]):
        top += 1
    footers = [number + 1 for number in range(top, end) if widths[number]]
    if footers:
        notes["footer_rows"] = footers
        return top
    return end


def _with_row_names(
    rows: Sequence[Row], widths: Sequence[int], header: Row, ragged: bool, notes: dict
) -> Row:
    """Add the name R leaves out when every row begins with its own name."""
    filled = [row for row, width in zip(rows, widths, strict=True) if width]
    one_more = all(len(row) == len(header) + 1 for row in filled)
    if not (ragged and filled and one_more) or not any(row[-1] for row in filled):
        return header
    firsts = [row[0] for row in filled]
    if len(set(firsts)) < len(firsts) or not all(firsts):
        return header
    notes["row_names"] = True
    return ["", *header]


def _column_names(header: Row, notes: dict) -> list[str]:
    """Unique names; a nameless column is called by its place, a repeated name gets a number."""
    names: list[str] = []
    for place, name in enumerate(header, start=1):
        if not name:
            name = f"kolumn {place}"
            notes.setdefault("nameless_columns", []).append(name)
        if name in names:
            notes.setdefault("repeated_columns", []).append(name)
            name = _free_name(name, names)
        names.append(name)
    return names


def _free_name(name: str, taken: Sequence[str]) -> str:
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def _body(
    rows: Sequence[Row],
    widths: Sequence[int],
    numbers: range,
    header: Row,
    ragged: bool,
    separator: str,
    notes: dict,
) -> tuple[dict[int, Row], list[Fault]]:
    """Data rows by row number, each as long as the header, and the faults of the others."""
    folded = [cell.casefold() for cell in header]
    first = next((cell for cell in folded if cell), "")
    columns = len(header)
    order: list[int] | None = None
    body: dict[int, Row] = {}
    faults: list[Fault] = []
    for number in numbers:
        if number % pace.EVERY == 0:
            pace.say(number / len(rows))
        row = rows[number]
        if not widths[number]:
            notes["blank_rows"] = notes.get("blank_rows", 0) + 1
            continue
        own = row if len(row) <= columns else row[:columns]
        again = _repeats(row, folded) if first in map(str.casefold, own) else None
        if again is not None:
            notes.setdefault("repeated_header", []).append(number + 1)
            order = again
            continue
        if ragged and len(row) != columns and _wrong_length(row, widths[number], columns):
            shown = separator.join(row)[:_SHOWN]
            faults.append(Fault(TableRule.ROW_LENGTH, row=number + 1, value=shown))
            require_few(faults)
        fitted = row if len(row) == columns else _fit(row, columns, separator)
        body[number + 1] = [fitted[place] for place in order] if order else fitted
    return body, faults


def _repeats(row: Row, header: Row) -> list[int] | None:
    """For a header in mid-file: where each column now stands; empty when nothing has moved."""
    cells = [cell.casefold() for cell in row]
    cells = cells[: _width(cells)] + [""] * (len(header) - _width(cells))
    if cells == header:
        return []
    if sorted(cells) == sorted(header) and len(set(cells)) == len(cells):
        return [cells.index(name) for name in header]
    return None


def _wrong_length(row: Row, width: int, columns: int) -> bool:
    return len(row) < columns or width > columns


def _fit(row: Row, columns: int, separator: str) -> Row:
    if len(row) <= columns:
        return row + [""] * (columns - len(row))
    surplus = _trimmed(row[columns:])
    return (
        [*row[: columns - 1], separator.join([row[columns - 1], *surplus])]
        if surplus
        else row[:columns]
    )


def _trimmed(row: Row) -> Row:
    return row[: _width(row)]


def _at(row: Row, place: int) -> str:
    return row[place] if place < len(row) else ""
