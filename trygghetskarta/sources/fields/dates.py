"""Dates and periods as publishers write them, decided per column and never per cell."""

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.sources.fields import date_order
from trygghetskarta.sources.fields.clock import to_utc
from trygghetskarta.sources.fields.date_order import Orders, midnights, whole, years
from trygghetskarta.sources.fields.date_patterns import (
    DAYS,
    MONTHS,
    MONTHS_OF,
    NUMERIC,
    PERIODS,
    PLAIN_FORMS,
    PRECISION_OF,
    PRELIMINARY,
    SERIAL,
    SPAN,
    WEEKDAYS,
)
from trygghetskarta.terms.times import DatePrecision

FAR = date(2099, 12, 31)
"""The last day that a date of plans can mean."""
_EXCEL_ZERO = np.datetime64("1899-12-30", "us")
_DAY = np.timedelta64(1, "D").astype("timedelta64[us]")
_SHORTEST_MONTH = 28 * _DAY
_MISSING = np.datetime64("NaT", "us")
_FIRST, _AFTER = np.datetime64("1000-01-01", "us"), np.datetime64("3000-01-01", "us")
"""Days outside are none: neither Python nor a database can hold all of them."""
_FIRST_YEAR, _LAST_YEAR = np.datetime64("1800", "us"), np.datetime64("2200", "us")
_DIGITS = r"[-0-9:./ ]*[0-9]"
"""Cells without words, which are nearly all."""
_FARTHEST_ZONE = 14
"""Hours from UTC that no place exceeds."""


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
        True where there is text that cannot be read, or a day with the name of another weekday.
    preliminary
        True where the cell says *prel.*
    later
        True where an offset tells that ``start`` is the second of two hours of the same name, in
        the night when summer time ends.
    """

    start: pd.Series
    end: pd.Series
    precision: pd.Series
    broken: pd.Series
    preliminary: pd.Series
    later: pd.Series


def parse(
    text: pd.Series,
    *,
    orders: Orders | None = None,
    latest: date = FAR,
    periods: bool = False,
) -> Moments:
    """Read a column of dates.

    Understood: ISO dates with or without clock and offset (an unpadded hour too), ``20260214``,
    ``14/2 2026``, ``14 februari 2026``, ``Mar 3, 2026 8:11:09 PM``, Excel serial numbers, the
    periods of :func:`parse_periods`, and three numbers such as ``14/2/2026`` or ``26-02-14`` where
    their order is known. A clock with an offset is turned into Swedish time.

    Parameters
    ----------
    text
        Cells, missing where empty.
    orders
        Of three numbers (see ``date_order``); None to ask this column only. A date whose order is
        not known is broken: it is never guessed.
    latest
        Last day that a date of three numbers can mean.
    periods
        True in a column of periods: ``202103`` is then March 2021, else a date without century.
    """
    rows, distinct = pd.factorize(text)
    values = pd.Series(distinct, dtype="str")
    if orders is None:
        orders = date_order.settled(date_order.candidates(values, latest))
    form = _Form(orders, latest)
    known = _parse_unique(values, form, periods)
    # Year 0, or 9999 for "until further notice", is no day that anything happens.
    outside = ~((known.start >= _FIRST) & (known.start < _AFTER))
    known.start[outside] = known.end[outside] = _MISSING
    found = rows >= 0
    return Moments(
        start=pd.Series(np.where(found, known.start[rows], _MISSING), text.index),
        end=pd.Series(np.where(found, known.end[rows], _MISSING), text.index),
        precision=pd.Series(
            np.where(found, known.precision[rows], DatePrecision.UNKNOWN.value), text.index
        ).astype("str"),
        broken=pd.Series(found & np.isnat(known.start[rows]), text.index),
        preliminary=pd.Series(found & known.preliminary[rows], text.index),
        later=pd.Series(found & known.later[rows], text.index),
    )


@dataclass(frozen=True, eq=False)
class _Known:
    """As ``Moments``, as arrays over distinct cells; the last element stands for no cell."""

    start: np.ndarray
    end: np.ndarray
    precision: np.ndarray
    preliminary: np.ndarray
    unclear: np.ndarray
    later: np.ndarray


@dataclass(frozen=True)
class _Form:
    """What is known of a column's dates: the order of three numbers, the last day they can mean."""

    orders: Orders
    latest: date


def _parse_unique(values: pd.Series, form: _Form, periods: bool) -> _Known:
    size = len(values) + 1
    known = _Known(
        np.full(size, _MISSING),
        np.full(size, _MISSING),
        np.full(size, DatePrecision.UNKNOWN.value, dtype=object),
        np.zeros(size, dtype=bool),
        np.zeros(size, dtype=bool),
        np.zeros(size, dtype=bool),
    )
    if not len(values):
        return known
    clean = values
    worded = ~values.str.fullmatch(_DIGITS).to_numpy(dtype=bool)
    if worded.any():
        lower = values[worded].str.casefold()
        clean = values.copy()
        clean[worded] = lower.str.replace(PRELIMINARY, "", regex=True)
        known.preliminary[:-1][worded] = lower.str.contains("prel", regex=False)
    days = (_read_numbers, _read_days)
    readers = (_read_periods, *days) if periods else (*days, _read_periods)
    for reader in (_read_plain, *readers, _read_serials, _read_spans):
        left = np.isnat(known.start[:-1]) & ~known.unclear[:-1]
        if left.any():
            reader(clean[left], np.flatnonzero(left), known, form)
    return known


def _read_plain(text: pd.Series, rows: np.ndarray, known: _Known, _form: _Form) -> None:
    """The usual forms, a hundred times faster than patterns; what does not fit is left."""
    length = text.str.len().to_numpy()
    for plain, size in PLAIN_FORMS.items():
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
    for pattern in DAYS.values():
        if pattern in NUMERIC:
            continue
        left = np.isnat(known.start[rows])
        found = text[left].str.extract(rf"^(?:{pattern})$", flags=re.IGNORECASE)
        hit = found["y"].notna().to_numpy()
        if not hit.any():
            continue
        found = found[hit]
        where = rows[left][hit]
        if "word" in found:
            found = found.assign(m=found["word"].map(MONTHS).astype("str"))
        year = years(found["y"], form.latest.year)
        day = midnights(year, whole(found["m"]), whole(found["d"]))
        if "wd" in found:
            day[_misnamed(day, found["wd"])] = _MISSING
        _keep_moments(day, found, where, known)


def _misnamed(day: np.ndarray, word: pd.Series) -> np.ndarray:
    """Days whose weekday is told and is another: one of the two is wrong."""
    told = word.map(WEEKDAYS).astype("float64")
    return (told.notna() & (told != pd.Series(day, word.index).dt.day_of_week)).to_numpy()


def _read_numbers(text: pd.Series, rows: np.ndarray, known: _Known, form: _Form) -> None:
    places = pd.Series(rows, text.index)
    for cells in date_order.three_numbers(text):
        day, unclear = date_order.days(cells, form.orders, form.latest)
        where = places[cells.index].to_numpy()
        known.unclear[where] = unclear
        _keep_moments(day, cells, where, known)


def _keep_moments(day: np.ndarray, found: pd.DataFrame, where: np.ndarray, known: _Known) -> None:
    timed = found["h"].notna().to_numpy() if "h" in found else np.zeros(len(found), dtype=bool)
    if not timed.any():
        start = day
    else:
        hour = whole(found["h"].fillna("0"))
        if "pm" in found:
            hour = np.where(found["pm"].notna(), hour % 12, hour)
            hour = hour + np.where(found["pm"].str.startswith("p", na=False), 12, 0)
        minute, second = whole(found["mi"].fillna("0")), whole(found["s"].fillna("0"))
        seconds = hour * 3600 + minute * 60 + second
        wrong = (minute > 59) | (second > 59) | (seconds > 86400)
        start = day + seconds.astype("timedelta64[s]").astype("timedelta64[us]")
        start[wrong] = _MISSING
        if "zone" in found:
            start, known.later[where] = _to_local(start, found["zone"])
    known.start[where] = start
    known.end[where] = np.where(timed, start, start + _DAY)
    good = ~np.isnat(start)
    precision = np.where(timed, DatePrecision.MINUTE.value, DatePrecision.DAY.value)
    known.precision[where] = np.where(good, precision, DatePrecision.UNKNOWN.value)


def _to_local(start: np.ndarray, zone: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Turn a clock with an offset into Swedish time; NaT for an offset that no zone has.

    Also marks the second of two hours of the same name, when summer time ends. Years that no rule
    of Swedish time is known for are left as they are: no date is right there.
    """
    known = (start >= _FIRST_YEAR) & (start < _LAST_YEAR)
    told = zone.notna().to_numpy() & known
    later = np.zeros(len(start), dtype=bool)
    if not told.any():
        return start, later
    text = zone[told].str.replace(":", "").replace(dict.fromkeys(("z", "utc", "gmt"), "+0000"))
    text = text.str.ljust(5, "0")
    sign = np.where(text.str[0] == "-", -1, 1)
    hours, rest = whole(text.str[1:3]), whole(text.str[3:5])
    minutes = sign * (hours * 60 + rest)
    utc = pd.Series(start[told] - minutes.astype("timedelta64[m]").astype("timedelta64[us]"))
    utc = utc.dt.tz_localize("UTC")
    local = utc.dt.tz_convert(TIME_ZONE).dt.tz_localize(None)
    later[told] = (to_utc(local) < utc).to_numpy()
    start = start.copy()
    strange = (hours > _FARTHEST_ZONE) | (rest > 59)
    start[told] = np.where(strange, _MISSING, local.to_numpy().astype("datetime64[us]"))
    return start, later


def _read_periods(text: pd.Series, rows: np.ndarray, known: _Known, _form: _Form) -> None:
    for name, pattern in PERIODS.items():
        left = np.isnat(known.start[rows])
        found = text[left].str.extract(rf"^(?:{pattern})$", flags=re.IGNORECASE)
        hit = found["y"].notna().to_numpy()
        if not hit.any():
            continue
        found, where = found[hit], rows[left][hit]
        kind = name.split("_")[0]
        months = MONTHS_OF[kind]
        if "word" in found:
            first = found["word"].map(MONTHS).to_numpy(dtype="int64")
        elif "m" in found:
            first = whole(found["m"])
        elif "p" in found:
            first = (whole(found["p"]) - 1) * months + 1
        else:
            first = np.ones(len(found), dtype="int64")
        year = whole(found["y"])
        start = midnights(year, first, np.ones(len(found), dtype="int64"))
        after = first + months
        end = midnights(
            year + (after > 12), np.where(after > 12, after - 12, after), np.ones_like(year)
        )
        good = ~np.isnat(start)
        known.start[where] = start
        known.end[where] = np.where(good, end, _MISSING)
        known.precision[where[good]] = PRECISION_OF[kind].value


def _read_serials(text: pd.Series, rows: np.ndarray, known: _Known, _form: _Form) -> None:
    hit = text.str.fullmatch(SERIAL).to_numpy(dtype=bool)
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
    """Two dates with a dash between: from the first to the end of the second.

    Some days are known to the day, as when they stand in two columns; a month or more is a period.
    """
    found = text.str.extract(rf"^{SPAN}$")
    hit = found["one"].notna().to_numpy()
    if not hit.any():
        return
    one, two = (
        parse(found[part][hit].str.strip(), orders=form.orders, latest=form.latest)
        for part in ("one", "two")
    )
    days = (one.precision == DatePrecision.DAY) & (two.precision == DatePrecision.DAY)
    good = (days & (two.end > one.start)).to_numpy()
    where = rows[hit][good]
    known.start[where] = one.start.to_numpy()[good]
    known.end[where] = two.end.to_numpy()[good]
    short = (two.end - one.start).to_numpy()[good] < _SHORTEST_MONTH
    known.precision[where] = np.where(short, DatePrecision.DAY.value, DatePrecision.YEAR.value)
