"""Brå: reported offences per region and period, from its database's file or our own copies."""

import csv
import io
import re
from calendar import monthrange
from datetime import date

import pandas as pd

from trygghetskarta import tables
from trygghetskarta.errors import Fault, SourceCause, SourceError, TableRule
from trygghetskarta.sources.fields.faults import require_few
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.tables.row_accounts import FileRows
from trygghetskarta.terms.imports import Aside

SOURCE = "Brå"
_NOT_APPLICABLE = ("..", "-", "")
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_YEAR = re.compile(r"^(?P<year>[12]\d{3})(?P<preliminary>\s*prel\.?)?$", re.IGNORECASE)
_QUARTER = re.compile(
    r"^(?:(?P<year>[12]\d{3})\s*)?(?:k|kv|kvartal)\s*(?P<quarter>[1-4])$", re.IGNORECASE
)
_HEADERS = {
    "region": "region",
    "kommun": "region",
    "brott": "category",
    "brottskategori": "category",
    "key": "key",
    "år": "year",
    "period": "period",
    "antal": "count",
    "count": "count",
    "/100 000 inv": "per_100000",
    "per100k": "per_100000",
    "preliminary": "preliminary",
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}[.,]\d{3}")
"""Thousands, or three decimals: which of them is not told."""
_MOST = 1e9
"""Larger counts of offences are none."""
_NEEDED = ({"region", "category", "year", "period", "count"}, {"region", "key", "period", "count"})


def recognises(start: bytes) -> bool:
    """Whether a file's first bytes are those of Brå's database file or of our copies of it."""
    header = _decode(start).lstrip("\ufeff").splitlines()[:1]
    return bool(header) and _columns(header[0]) is not None


def parse(content: bytes, *, file_name: str, today: date) -> Parsed:
    """Read Brå's file.

    The file is ISO-8859-1 (UTF-8 is taken too), each line ends with a ``;``. ``..`` is *not
    applicable* and becomes missing, never 0; ``2026 prel.`` is a year whose figures may change.

    Parameters
    ----------
    content
        The file.
    file_name
        For errors.
    today
        Periods that begin later are faults (``DATE_OUT_OF_RANGE``).

    Returns
    -------
    Parsed
        ``table`` per contract ``TOTALS``; index: row as Excel counts. Lines that say the same
        twice are counted once; lines that contradict each other are none (``NOT_UNIQUE``).

    Raises
    ------
    SourceError
        If it is not Brå's file, holds no rows, or has zero bytes.
    """
    lines = _lines(content, file_name)
    columns = _columns(";".join(lines[0])) if lines else None
    if columns is None:
        raise SourceError(SourceCause.NO_HEADER, file=file_name)
    filled = {
        number: cells
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    }
    rows, faults = [], []
    for number, cells in filled.items():
        found = _row(dict(zip(columns, (cell.strip() for cell in cells), strict=False)), number)
        (faults if isinstance(found, Fault) else rows).append(found)
        require_few(faults)
    if not rows and not faults:
        raise SourceError(SourceCause.NO_ROWS, file=file_name)
    table = _table(rows)
    key = list(tables.TOTALS.key)
    repeated = table.duplicated()
    contrary = table[~repeated].duplicated(key, keep=False)
    contrary = contrary.reindex(table.index, fill_value=False)
    late = table["period_from"] > pd.Timestamp(today)
    for rule, wrong, column in (
        (TableRule.NOT_UNIQUE, contrary, "Antal"),
        (TableRule.DATE_OUT_OF_RANGE, late & ~contrary, "Period"),
    ):
        faults += [_told(rule, column, filled[row], columns, row) for row in table.index[wrong]]
        require_few(faults)
    taken = ~contrary & ~late & ~repeated
    aside = {Aside.REPEATED: table.index[repeated & ~late]}
    faults.sort(key=lambda fault: fault.row)
    return Parsed(table[taken], FileRows(file_name, list(filled)), tuple(faults), aside=aside)


def _told(rule: TableRule, column: str, cells: list[str], columns: list[str], row: int) -> Fault:
    """A fault of a line that reads well by itself, with the cells that it is about."""
    told = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    names = ("count",) if column == "Antal" else ("year", "period")
    return Fault(rule, column, row, " ".join(filter(None, (told.get(name) for name in names))))


def _lines(content: bytes, file_name: str) -> list[list[str]]:
    if b"\0" in content:
        raise SourceError(SourceCause.ENCODING_UNKNOWN, file=file_name)
    text = io.StringIO(_decode(content).lstrip("\ufeff"), newline="")
    try:
        return list(csv.reader(text, delimiter=";"))
    except csv.Error as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file_name) from error


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("iso-8859-1")


def _columns(header: str) -> list[str] | None:
    names = [_HEADERS.get(cell.strip().strip('"').casefold(), "") for cell in header.split(";")]
    return names if any(needed <= set(names) for needed in _NEEDED) else None


def _row(cells: dict[str, str], number: int) -> dict | Fault:
    span = _span(cells)
    if span is None:
        shown = " ".join(cells.get(name, "") for name in ("year", "period")).strip()
        return Fault(TableRule.NOT_A_PERIOD, "Period", number, shown)
    count, per = _number(cells.get("count", "")), _number(cells.get("per_100000", ""))
    for value, name in ((count, "count"), (per, "per_100000")):
        grouped = name == "count" and _GROUPED.fullmatch(cells.get(name, ""))
        if value is None or grouped:
            return Fault(TableRule.NOT_A_NUMBER, name, number, cells.get(name, ""))
    if count == count and (count % 1 or count > _MOST):
        return Fault(TableRule.NOT_A_WHOLE_NUMBER, "count", number, cells["count"])
    category = cells.get("key") or cells.get("category") or ""
    if not category or not cells.get("region"):
        return Fault(TableRule.VALUE_MISSING, "Brott", number)
    start, end, preliminary = span
    return {
        "row": number,
        "region": cells["region"],
        "category": category,
        "period_from": start,
        "period_to": end,
        "count": count,
        "per_100000": per,
        "preliminary": preliminary or cells.get("preliminary", "") in ("1", "ja", "true"),
    }


def _span(cells: dict[str, str]) -> tuple[date, date, bool] | None:
    """First and last day, and whether the year is called preliminary.

    The year and the period stand in two columns whose order differs between the files.
    """
    parts = [cells.get("year", ""), cells.get("period", "")]
    years = [_YEAR.match(part) for part in parts]
    year = next((found for found in years if found), None)
    others = [part for part, found in zip(parts, years, strict=True) if not found and part]
    other = others[0].casefold() if others else "år"
    quarter = _QUARTER.match(other)
    if year is None:
        if quarter is None or not quarter["year"]:
            return None
        return *_quarter(int(quarter["year"]), int(quarter["quarter"])), False
    number, preliminary = int(year["year"]), bool(year["preliminary"])
    if other == "år":
        return date(number, 1, 1), date(number, 12, 31), preliminary
    if quarter is not None:
        return *_quarter(number, int(quarter["quarter"])), preliminary
    if other[:3] in _MONTHS:
        month = _MONTHS.index(other[:3]) + 1
        return (
            date(number, month, 1),
            date(number, month, monthrange(number, month)[1]),
            preliminary,
        )
    return None


def _quarter(year: int, quarter: int) -> tuple[date, date]:
    last = 3 * quarter
    return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])


def _number(text: str) -> float | None:
    """A number, NaN for not applicable, None for what is no number."""
    if text in _NOT_APPLICABLE:
        return float("nan")
    close = text.replace("\u00a0", "").replace(" ", "")
    return float(close.replace(",", ".")) if _NUMBER.fullmatch(close) else None


def _table(rows: list[dict]) -> pd.DataFrame:
    if not rows:
        return tables.empty(tables.TOTALS)
    frame = pd.DataFrame(rows).set_index("row").assign(source=SOURCE)
    frame.index.name = None
    for name in ("period_from", "period_to"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    return frame.astype(
        {"count": "float64", "per_100000": "float64", "preliminary": "bool"}
    ).astype({"count": "Int64"})
