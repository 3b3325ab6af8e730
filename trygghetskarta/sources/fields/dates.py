"""Dates and periods as publishers write them, decided per column and never per cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.terms import DatePrecision

_MONTHS = {
    **dict(jan=1, feb=2, mar=3, apr=4, maj=5, jun=6, jul=7, aug=8, sep=9, okt=10, nov=11, dec=12),
    "may": 5,
    "oct": 10,
}
_MONTH = r"(?P<word>jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-zåäö]*\.?"
_CLOCK = (
    r"(?:(?:[t\s]|\s*kl\.?\s*)\s*(?P<h>\d{1,2})[:.](?P<mi>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<pm>[ap]m)?\s*(?P<zone>z|utc|[+-]\d{2}:?\d{2})?)?"
)
_PLAIN = {"%Y-%m-%d": 10, "%Y-%m-%d %H:%M": 16, "%Y-%m-%d %H:%M:%S": 19}
"""Usual forms and their lengths."""

_DAYS = {
    "iso": rf"(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}}){_CLOCK}",
    "compact": r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?:[t\s]?(?P<h>\d{2}):?(?P<mi>\d{2})(?::?(?P<s>\d{2}))?)?",
    "swedish": rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})[\s-]+(?P<y>\d{{4}}|\d{{2}}){_CLOCK}",
    "numeric": rf"(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}})"
    rf"{_CLOCK}",
    "words": rf"(?P<d>\d{{1,2}})(?::?e)?[\s.-]*{_MONTH}[\s-]*(?P<y>\d{{4}}|\d{{2}}){_CLOCK}",
    "short": r"(?P<y>\d{2})(?P<m>\d{2})(?P<d>\d{2})",
}
_SHORT_YEAR = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{2})(?:[t\s].*)?$", re.IGNORECASE
)
_YEAR = r"(?P<y>(?:19|20)\d{2})"
_PERIODS = {
    "quarter": rf"{_YEAR}\s*-?\s*(?:kvartal|kv|k|q)\.?\s*(?P<p>[1-4])",
    "quarter_first": rf"(?:kvartal|kv|k|q)\.?\s*(?P<p>[1-4])(?:[\s,/-]|år)*{_YEAR}",
    "quarter_word": rf"(?P<p>[1-4])(?::?[ae])?\s*kv(?:artal(?:et)?)?\s*{_YEAR}",
    "month": rf"{_YEAR}\s*(?:[-/.m]|\s)\s*(?P<m>\d{{1,2}})",
    "month_compact": rf"{_YEAR}(?P<m>\d{{2}})",
    "month_word": rf"{_MONTH}[\s,-]*{_YEAR}",
    "month_word_last": rf"{_YEAR}[\s,-]*{_MONTH}",
    "half": rf"{_YEAR}\s*-?\s*(?:h|halvår)\s*(?P<p>[12])",
    "half_first": rf"(?:h|halvår)\s*(?P<p>[12])[\s,/-]*{_YEAR}",
    "third": rf"{_YEAR}\s*-?\s*(?:t|tertial)\s*(?P<p>[1-3])",
    "third_first": rf"(?:t|tertial)\s*(?P<p>[1-3])[\s,/-]*{_YEAR}",
    "year": rf"(?:år\s*)?{_YEAR}(?:[.,]0+)?",
}
_MONTHS_OF = {"quarter": 3, "half": 6, "third": 4, "month": 1, "year": 12}
_PRECISION_OF = {
    "quarter": DatePrecision.QUARTER,
    "month": DatePrecision.MONTH,
    "half": DatePrecision.YEAR,
    "third": DatePrecision.YEAR,
    "year": DatePrecision.YEAR,
}
_SPAN = r"(?P<one>.{8,10}?)\s*(?:--|–|—|till|t\.?o\.?m\.?|\s-\s|/)\s*(?P<two>.{8,10})"
_PRELIMINARY = re.compile(r"[\s(*]*(?:prel(?:iminär[at]?)?\.?)?[)*\s]*$", re.IGNORECASE)
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")
_EXCEL_ZERO = np.datetime64("1899-12-30", "us")
_DAY = np.timedelta64(1, "D").astype("timedelta64[us]")
_MISSING = np.datetime64("NaT", "us")
_FIRST_YEAR, _LAST_YEAR = np.datetime64("1800", "us"), np.datetime64("2200", "us")
_FARTHEST_ZONE = 14
"""Hours from UTC that no place exceeds."""

_PIVOT = 70
"""Two-digit years below this are 20xx, the others 19xx, unless that lies in the future."""


class DayOrder(StrEnum):
    """Which of two small numbers comes first in dates like 3/4/2021."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, eq=False)
class Moments:
    """A column of dates, with or without clock, as Swedish local time.

    Attributes
    ----------
    start
        datetime64 without time zone; NaT where the cell is empty or cannot be read. For a date
        without clock, and for a month, quarter or year: its first midnight.
    end
        First midnight after it; equal to ``start`` when the clock is known.
    precision
        A ``DatePrecision`` value; ``unknown`` where ``start`` is NaT.
    broken
        True where there is text that cannot be read.
    preliminary
        True where the cell says *prel.*
    """

    start: pd.Series
    end: pd.Series
    precision: pd.Series
    broken: pd.Series
    preliminary: pd.Series


def day_order(columns: Iterable[pd.Series]) -> tuple[DayOrder, bool]:
    """Decide for a whole file whether dates like 3/4/2021 name the day or the month first.

    Every column is a witness: one number above 12 settles it, and where both occur the majority
    does. Without any witness, dates with slashes and two-digit years are taken as Excel's
    American short form (M/D/YY), all others as Swedish.

    Returns
    -------
    order, certain
        ``certain`` is False when there are such dates but nothing that settles them.
    """
    pattern = re.compile(_DAYS["numeric"], re.IGNORECASE)
    day_first = month_first = american = seen = 0
    for column in columns:
        found = column.dropna().drop_duplicates().str.extract(pattern)
        found = found[found["a"].notna()]
        first, second = found["a"].astype("int64"), found["b"].astype("int64")
        day_first += int((first > 12).sum())
        month_first += int((second > 12).sum())
        seen += len(found)
        american += int(((found["sep"] == "/") & (found["y"].str.len() == 2)).sum())
    if day_first or month_first:
        order = DayOrder.DAY_FIRST if day_first >= month_first else DayOrder.MONTH_FIRST
        return order, not (day_first and month_first)
    order = DayOrder.MONTH_FIRST if seen and american == seen else DayOrder.DAY_FIRST
    return order, seen == 0


def year_last(columns: Iterable[pd.Series]) -> frozenset[str]:
    """Tell with which separators dates like 3/14/21 have their year last, in a whole file.

    26-02-14 may be a day of 2026 or of 2014. Every column is a witness: a first number of one digit
    or a second above 12 is no year and no month, and a last one above 31 is no day. A first number
    above 31 is a year, which silences the others. What is no date with its year last either
    (25-31-05), or has the day left open (26-02-00), is a slip and witnesses nothing.
    """
    found = [
        column.dropna().drop_duplicates().str.extract(_SHORT_YEAR).dropna(subset=["y"])
        for column in columns
    ]
    dates = pd.concat([*found, pd.DataFrame(columns=["a", "sep", "b", "y"])])
    first, second, last = (dates[name].astype("int64") for name in ("a", "b", "y"))
    is_date = (np.minimum(first, second) <= 12) & (np.maximum(first, second) <= 31)
    settled = is_date & ((dates["a"].str.len() == 1) | (second > 12) | (last > 31))
    return frozenset(dates["sep"][settled]) - frozenset(dates["sep"][first > 31])


def has_short_year(text: str) -> bool:
    """Whether a text is three short numbers, of which nobody says which one is the year.

    Examples
    --------
    >>> has_short_year("26-02-14 21:15"), has_short_year("14/2 2026")
    (True, False)
    """
    return _SHORT_YEAR.fullmatch(text.strip()) is not None


def parse(
    text: pd.Series,
    *,
    order: DayOrder = DayOrder.DAY_FIRST,
    latest: int = 2099,
    periods: bool = False,
    last: frozenset[str] | None = None,
) -> Moments:
    """Read a column of dates.

    Understood: ISO dates with or without clock and offset (an unpadded hour too), ``20260214``,
    ``14/2 2026``, ``14/2/2026`` or ``2/14/2026`` by ``order``, ``14.2.2026``, ``14 februari
    2026``, Excel serial numbers, and the periods of :func:`parse_periods`. A clock with an offset
    is turned into Swedish time.

    Parameters
    ----------
    text
        Cells, missing where empty.
    order
        From :func:`day_order`.
    latest
        Last year that two digits can mean.
    periods
        True in a column of periods: ``202103`` is then March 2021, else a date without century.
    last
        From :func:`year_last`; None to ask this column only. With other separators a date with a
        short year is broken: its year is never guessed.
    """
    values = pd.Series(text.dropna().drop_duplicates().to_numpy(), dtype="str")
    form = _Form(order, latest, year_last([values]) if last is None else last)
    known = _parse_unique(values, form, periods)
    rows = pd.Index(values).get_indexer(text)
    found = rows >= 0
    return Moments(
        start=pd.Series(np.where(found, known.start[rows], _MISSING), text.index),
        end=pd.Series(np.where(found, known.end[rows], _MISSING), text.index),
        precision=pd.Series(
            np.where(found, known.precision[rows], DatePrecision.UNKNOWN.value), text.index
        ).astype("str"),
        broken=pd.Series(found & np.isnat(known.start[rows]), text.index),
        preliminary=pd.Series(found & known.preliminary[rows], text.index),
    )


@dataclass(frozen=True, eq=False)
class _Known:
    """As ``Moments``, as arrays over distinct cells; the last element stands for no cell."""

    start: np.ndarray
    end: np.ndarray
    precision: np.ndarray
    preliminary: np.ndarray


@dataclass(frozen=True)
class _Form:
    """What is known of a file's dates: order of day and month, last year, where the year stands."""

    order: DayOrder
    latest: int
    year_last: frozenset[str]


def _parse_unique(values: pd.Series, form: _Form, periods: bool) -> _Known:
    size = len(values) + 1
    known = _Known(
        np.full(size, _MISSING),
        np.full(size, _MISSING),
        np.full(size, DatePrecision.UNKNOWN.value, dtype=object),
        np.zeros(size, dtype=bool),
    )
    if not len(values):
        return known
    lower = values.str.casefold()
    clean = lower.str.replace(_PRELIMINARY, "", regex=True)
    known.preliminary[:-1] = lower.str.contains("prel", regex=False)
    readers = [_read_periods, _read_days] if periods else [_read_days, _read_periods]
    for reader in (_read_plain, *readers, _read_serials, _read_spans):
        left = np.isnat(known.start[:-1])
        if left.any():
            reader(clean[left], np.flatnonzero(left), known, form)
    return known


def _read_plain(text: pd.Series, rows: np.ndarray, known: _Known, _form: _Form) -> None:
    """The usual forms, a hundred times faster than patterns; what does not fit is left."""
    length = text.str.len().to_numpy()
    for plain, size in _PLAIN.items():
        fits = length == size
        if not fits.any():
            continue
        found = pd.to_datetime(text[fits], format=plain, errors="coerce", exact=True)
        start = found.to_numpy().astype("datetime64[us]")
        good = ~np.isnat(start)
        where = rows[fits][good]
        timed = "%H" in plain
        known.start[where] = start[good]
        known.end[where] = start[good] if timed else start[good] + _DAY
        known.precision[where] = (DatePrecision.MINUTE if timed else DatePrecision.DAY).value


def _read_days(text: pd.Series, rows: np.ndarray, known: _Known, form: _Form) -> None:
    for name, pattern in _DAYS.items():
        left = np.isnat(known.start[rows])
        found = text[left].str.extract(rf"^(?:{pattern})$", flags=re.IGNORECASE)
        hit = found["y"].notna().to_numpy()
        if name == "numeric":
            unclear = (found["y"].str.len() == 2) & ~found["sep"].isin(form.year_last)
            hit = hit & ~unclear.to_numpy()
        if not hit.any():
            continue
        found = found[hit]
        where = rows[left][hit]
        if name == "numeric":
            swap = (form.order is DayOrder.MONTH_FIRST) & (found["sep"] != ".")
            found = found.assign(
                d=found["a"].where(~swap, found["b"]), m=found["b"].where(~swap, found["a"])
            )
        if name == "words":
            found = found.assign(m=found["word"].map(_MONTHS).astype("str"))
        day = _compose(_years(found["y"], form.latest), _whole(found["m"]), _whole(found["d"]))
        _keep_moments(day, found, where, known)


def _keep_moments(day: np.ndarray, found: pd.DataFrame, where: np.ndarray, known: _Known) -> None:
    timed = found["h"].notna().to_numpy() if "h" in found else np.zeros(len(found), dtype=bool)
    if not timed.any():
        start = day
    else:
        hour = _whole(found["h"].fillna("0"))
        if "pm" in found:
            hour = np.where(found["pm"].notna(), hour % 12, hour)
            hour = hour + np.where(found["pm"] == "pm", 12, 0)
        minute, second = _whole(found["mi"].fillna("0")), _whole(found["s"].fillna("0"))
        seconds = hour * 3600 + minute * 60 + second
        wrong = (minute > 59) | (second > 59) | (seconds > 86400)
        start = day + seconds.astype("timedelta64[s]").astype("timedelta64[us]")
        start[wrong] = _MISSING
        if "zone" in found:
            start = _to_local(start, found["zone"])
    known.start[where] = start
    known.end[where] = np.where(timed, start, start + _DAY)
    good = ~np.isnat(start)
    precision = np.where(timed, DatePrecision.MINUTE.value, DatePrecision.DAY.value)
    known.precision[where] = np.where(good, precision, DatePrecision.UNKNOWN.value)


def _to_local(start: np.ndarray, zone: pd.Series) -> np.ndarray:
    """Turn a clock with an offset into Swedish time; NaT for an offset that no zone has.

    Years that no rule of Swedish time is known for are left as they are: no date is right there.
    """
    known = (start >= _FIRST_YEAR) & (start < _LAST_YEAR)
    told = zone.notna().to_numpy() & known
    if not told.any():
        return start
    text = zone[told].str.replace(":", "").replace({"z": "+0000", "utc": "+0000"})
    sign = np.where(text.str[0] == "-", -1, 1)
    hours, rest = _whole(text.str[1:3]), _whole(text.str[3:5])
    minutes = sign * (hours * 60 + rest)
    utc = pd.Series(start[told] - minutes.astype("timedelta64[m]").astype("timedelta64[us]"))
    local = utc.dt.tz_localize("UTC").dt.tz_convert(TIME_ZONE).dt.tz_localize(None)
    start = start.copy()
    strange = (hours > _FARTHEST_ZONE) | (rest > 59)
    start[told] = np.where(strange, _MISSING, local.to_numpy().astype("datetime64[us]"))
    return start


def _read_periods(text: pd.Series, rows: np.ndarray, known: _Known, _form: _Form) -> None:
    for name, pattern in _PERIODS.items():
        left = np.isnat(known.start[rows])
        found = text[left].str.extract(rf"^(?:{pattern})$", flags=re.IGNORECASE)
        hit = found["y"].notna().to_numpy()
        if not hit.any():
            continue
        found, where = found[hit], rows[left][hit]
        kind = name.split("_")[0]
        months = _MONTHS_OF[kind]
        if "word" in found:
            first = found["word"].map(_MONTHS).to_numpy(dtype="int64")
        elif "m" in found:
            first = _whole(found["m"])
        elif "p" in found:
            first = (_whole(found["p"]) - 1) * months + 1
        else:
            first = np.ones(len(found), dtype="int64")
        year = _whole(found["y"])
        start = _compose(year, first, np.ones(len(found), dtype="int64"))
        after = first + months
        end = _compose(
            year + (after > 12), np.where(after > 12, after - 12, after), np.ones_like(year)
        )
        good = ~np.isnat(start)
        known.start[where] = start
        known.end[where] = np.where(good, end, _MISSING)
        known.precision[where[good]] = _PRECISION_OF[kind].value


def _read_serials(text: pd.Series, rows: np.ndarray, known: _Known, _form: _Form) -> None:
    hit = text.str.fullmatch(_SERIAL).to_numpy(dtype=bool)
    if not hit.any():
        return
    number = text[hit].str.replace(",", ".").astype("float64").to_numpy()
    seconds = np.round(number * 86400).astype("timedelta64[s]").astype("timedelta64[us]")
    timed = number % 1 != 0
    start = _EXCEL_ZERO + seconds
    known.start[rows[hit]] = start
    known.end[rows[hit]] = np.where(timed, start, start + _DAY)
    known.precision[rows[hit]] = np.where(
        timed, DatePrecision.MINUTE.value, DatePrecision.DAY.value
    )


def _read_spans(text: pd.Series, rows: np.ndarray, known: _Known, form: _Form) -> None:
    """Two dates with a dash between: from the first to the end of the second."""
    found = text.str.extract(rf"^{_SPAN}$")
    hit = found["one"].notna().to_numpy()
    if not hit.any():
        return
    asked: dict[str, Any] = {"order": form.order, "latest": form.latest, "last": form.year_last}
    one = parse(found["one"][hit].str.strip(), **asked)
    two = parse(found["two"][hit].str.strip(), **asked)
    days = (one.precision == DatePrecision.DAY) & (two.precision == DatePrecision.DAY)
    good = (days & (two.end > one.start)).to_numpy()
    where = rows[hit][good]
    known.start[where] = one.start.to_numpy()[good]
    known.end[where] = two.end.to_numpy()[good]
    known.precision[where] = DatePrecision.YEAR.value


def _whole(text: pd.Series) -> np.ndarray:
    return text.astype("float64").to_numpy().astype("int64")


def _years(text: pd.Series, latest: int) -> np.ndarray:
    year = _whole(text)
    short = (text.str.len() == 2).to_numpy()
    full = np.where(year < _PIVOT, 2000 + year, 1900 + year)
    full = np.where(full > latest, full - 100, full)
    return np.where(short, full, year)


def _compose(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Midnights; NaT where there is no such day."""
    sane = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1) & (year <= 9999)
    months = np.where(sane, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(sane, day - 1, 0).astype("timedelta64[D]")
    exists = sane & (days.astype("datetime64[M]") == months)
    return np.where(exists, days.astype("datetime64[us]"), _MISSING)
