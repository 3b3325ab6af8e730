"""Text files with separators: encoding, separator, quotes, into rows of cells."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources import pace
from trygghetskarta.sources.fields.spelling import composed
from trygghetskarta.sources.readers.encodings import decode
from trygghetskarta.sources.readers.grids import MOST_COLUMNS, Row, check_columns

_SEPARATORS = (";", "\t", ",", "|")
"""In order of preference when two fit equally well."""

_LOOKED_AT = 400
_PIECE = 1 << 16
_KNOWN = 1 << 17
"""Cells that are kept to be recognised when they come again."""
_MARKUP = ("<!doctype", "<html", "<?xml", "<table", "<head", "<body", "<meta", "<style", "<div")


@dataclass(frozen=True)
class Delimited:
    """Rows of a text file, blank ones too, and how it was read."""

    rows: list[Row]
    separator: str
    encoding: str
    quotes_ignored: bool


def split(data: bytes, file: str) -> Delimited:
    """Read a text file into rows of cells.

    A line break inside quotes belongs to its cell. Quotes that do not pair are taken as ordinary
    characters in the whole file, so that none swallows the rows after it.

    Raises
    ------
    SourceError
        ``FILE_EMPTY``, ``FORMAT_UNKNOWN`` (a web page), ``ENCODING_UNKNOWN``, ``FILE_DAMAGED``,
        ``TOO_MANY_COLUMNS``.
    """
    text, encoding = decode(data, file)
    text = composed(text)
    start = text.lstrip()[:64].casefold()
    if not start:
        raise SourceError(SourceCause.FILE_EMPTY, file=file)
    if start.startswith(_MARKUP):
        raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file, suffix=".html")
    text, told = _separator_line(text)
    separator = told or _separator(text)
    rows, ignored = _rows(text, separator, file)
    # Excel's "sep=;" is a row of the file too: row numbers must not move.
    return Delimited([[]] * bool(told) + rows, separator, encoding, ignored)


def _separator_line(text: str) -> tuple[str, str]:
    """Take off Excel's first line ``sep=;``."""
    line, _, rest = text.partition("\n")
    line = line.strip().strip('"')
    if line.casefold().startswith("sep=") and len(line) == 5:
        return rest, line[-1]
    return text, ""


def _separator(text: str) -> str:
    """The separator that cuts the most rows into equally many cells, as the header is cut."""
    best, chosen = (0.0, 1), _SEPARATORS[0]
    for separator in _SEPARATORS:
        widths = _widths(text, separator)
        if not widths:
            continue
        header = next((width for width in widths if width > 1), 1)
        most = max(set(widths), key=widths.count)
        width = most if most > 1 else header
        score = (round(widths.count(width) / len(widths), 2), width) if width > 1 else (0.0, 1)
        if score > best:
            best, chosen = score, separator
    return chosen


def _widths(text: str, separator: str) -> list[int]:
    widths = []
    reader = csv.reader(_lines(text), delimiter=separator)
    try:
        for number, row in enumerate(reader):
            if number >= _LOOKED_AT:
                break
            if any(row):
                widths.append(len(row) - (row[-1] == "" and len(row) > 2))
    except csv.Error:
        return widths
    return widths


def _rows(text: str, separator: str, file: str) -> tuple[list[Row], bool]:
    try:
        return _read(text, separator, csv.QUOTE_MINIMAL, file), False
    except (csv.Error, SourceError):
        # A quote without its pair may have swallowed the rows after it.
        pass
    try:
        rows = _read(text, separator, csv.QUOTE_NONE, file)
    except csv.Error as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    return [[_unquoted(cell) for cell in row] for row in rows], True


def _read(text: str, separator: str, quoting: int, file: str) -> list[Row]:
    reader = csv.reader(_lines(text), delimiter=separator, quoting=quoting, strict=True)
    known: dict[str, str] = {}
    rows = []
    for row in reader:
        rows.append(_cells(row, file, known))
        if len(known) > _KNOWN:
            known.clear()
    return rows


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, a piece of the text at a time: the whole is not copied."""
    start = 0
    while start < len(text):
        pace.say(start / len(text))
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _cells(row: Row, file: str, known: dict[str, str]) -> Row:
    """A row without what stands round its cells, nor what is empty beyond all columns.

    Cells that say the same are the same text: a column of codes takes no more than its list.
    """
    if len(row) > MOST_COLUMNS:
        last = next((place for place in range(len(row), 0, -1) if row[place - 1].strip()), 0)
        check_columns(last, file)
        row = row[: MOST_COLUMNS + 1]
    return [known.setdefault(cell, cell) for cell in map(str.strip, row)]


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"').strip()
    return cell
