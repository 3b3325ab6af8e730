"""SCB's Excel exports: variables stacked in several header rows, prose below the figures."""

import re
from collections.abc import Sequence

import pandas as pd

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers.file_layout import FileLayout
from trygghetskarta.sources.readers.grids import CellGrid, Row

_TITLE = re.compile(r"^(?P<subject>.+?)\s+(?:per\s+\w+\s+)?efter\s+.+", re.IGNORECASE)
_YEAR = re.compile(r"(19|20)\d\d")
_REGION = re.compile(r"\d{2}(\d{2}([ABCRS]\d{3,4})?)?(_(DeSO|RegSO)\d{4})?(\s+\D.*)?")
_AGE = re.compile(r"\d+(-\d+|\+)?\s*år(\+|\s+(och|eller)\s+\w+)?|\d+-\d+|\d+\+")
_TOTAL = ("totalt", "total", "samtliga", "båda könen", "män och kvinnor", "samtliga åldrar")
_SEX = ("män", "kvinnor", "man", "kvinna")
_STUB_NAMES = {"region": "region", "year": "år", "age": "ålder", "sex": "kön"}


def is_stacked(rows: Sequence[Row]) -> bool:
    """Whether rows look like an export from SCB's database.

    The first row is a title alone (*… efter region, år …*), and the header rows below it leave the
    cells above the row names empty.
    """
    filled = [row for row in rows[:12] if any(row)]
    if len(filled) < 3 or sum(map(bool, filled[0])) != 1 or not _TITLE.match(filled[0][0]):
        return False
    return not filled[1][0] and any(filled[1])


def unstack(rows: Sequence[Row], file: str) -> CellGrid:
    """Turn a stacked export into one row per region and one column per year.

    Of the variables in the header rows, only the totals are taken. A variable without a total is
    summed, and noted as ``summed_cells``: SCB perturbs small cells, so the sum is approximate.
    Variables that stand beside the region (year, age, sex) stay as columns of their own.

    Parameters
    ----------
    rows
        Every row of the sheet.
    file
        Name for errors.

    Returns
    -------
    Cells
        Index: row number as Excel counts. A region's blank cells repeat the value above.

    Raises
    ------
    SourceError
        ``NO_ROWS`` when there are no figures under the header.
    """
    title = next(number for number, row in enumerate(rows) if any(row))
    header = _header_rows(rows, title + 1)
    stubs = min(_leading_blanks(rows[number]) for number in header)
    data = _data_rows(rows, header[-1] + 1, stubs)
    if not data:
        raise SourceError(SourceCause.NO_ROWS, file=file)
    width = max(len(rows[number]) for number in data)
    labels = _labels([rows[number] for number in header], stubs, width)
    subject = _TITLE.match(rows[title][0])["subject"]
    notes: dict[str, object] = {"header_row": header[-1] + 1, "title": rows[title][0]}
    frame = _stub_columns(rows, data, stubs)
    for name, places in _value_columns(labels, subject).items():
        if len(places) > 1:
            notes["summed_cells"] = True
        frame[name] = _summed(rows, data, [stubs + place for place in places])
    footers = [number + 1 for number in range(data[-1] + 1, len(rows)) if any(rows[number])]
    if footers:
        notes["footer_rows"] = footers
    frame.index = pd.Index([number + 1 for number in data], dtype="int64")
    return CellGrid(frame.astype("str"), (), notes)


def _header_rows(rows: Sequence[Row], start: int) -> list[int]:
    header = []
    for number in range(start, len(rows)):
        if not any(rows[number]):
            if header:
                break
            continue
        if rows[number][0]:
            break
        header.append(number)
    return header


def _leading_blanks(row: Row) -> int:
    return next(place for place, cell in enumerate(row) if cell)


def _data_rows(rows: Sequence[Row], start: int, stubs: int) -> list[int]:
    """Positions of the rows with figures, up to the first row without."""
    data: list[int] = []
    for number in range(start, len(rows)):
        if any(rows[number][stubs:]):
            data.append(number)
        elif data:
            break
    return data


def _labels(header: Sequence[Row], stubs: int, width: int) -> list[tuple[str, ...]]:
    """What the header rows say of each value column; merged cells reach to the next one."""
    spread = []
    for row in header:
        told, labels = "", []
        for place in range(stubs, width):
            told = (row[place] if place < len(row) else "") or told
            labels.append(told)
        spread.append(labels)
    return list(zip(*spread, strict=True))


def _value_columns(labels: Sequence[tuple[str, ...]], subject: str) -> dict[str, list[int]]:
    """Places of the value columns to add up, by name of the resulting column."""
    kept = list(range(len(labels)))
    years = None
    for level in range(len(labels[0])):
        values = [labels[place][level] for place in range(len(labels))]
        if all(_YEAR.fullmatch(value) for value in values):
            years = level
        elif any(value.casefold() in _TOTAL for value in values):
            kept = [place for place in kept if values[place].casefold() in _TOTAL]
    columns: dict[str, list[int]] = {}
    for place in kept:
        name = subject if years is None else f"{subject} {labels[place][years]}"
        columns.setdefault(name, []).append(place)
    return columns


def _stub_columns(rows: Sequence[Row], data: Sequence[int], stubs: int) -> pd.DataFrame:
    columns: dict[str, list[str]] = {}
    for place in range(stubs):
        told, values = "", []
        for number in data:
            told = rows[number][place] or told
            values.append(told)
        columns[_stub_name(values, place, columns)] = values
    return pd.DataFrame(columns)


def _stub_name(values: Sequence[str], place: int, taken: dict) -> str:
    tests = {
        "year": lambda value: _YEAR.fullmatch(value),
        "region": lambda value: _REGION.fullmatch(value),
        "sex": lambda value: value.casefold() in (*_SEX, *_TOTAL),
        "age": lambda value: _AGE.fullmatch(value) or value.casefold() in _TOTAL,
    }
    for role, test in tests.items():
        if all(test(value) for value in values) and _STUB_NAMES[role] not in taken:
            return _STUB_NAMES[role]
    return f"kolumn {place + 1}"


def _summed(rows: Sequence[Row], data: Sequence[int], places: Sequence[int]) -> list[str | None]:
    """The cell itself, or the sum of several; a cell that is no number is kept as it is."""
    values: list[str | None] = []
    for number in data:
        cells = [rows[number][place] for place in places if place < len(rows[number])]
        cells = [cell for cell in cells if cell]
        if len(cells) > 1 and all(cell.isdigit() for cell in cells):
            values.append(str(sum(map(int, cells))))
        else:
            values.append(", ".join(cells) or None)
    return values


STACKED = FileLayout("scb", is_stacked, unstack, in_text=False)
