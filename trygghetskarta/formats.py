"""Numbers, dates, periods and CSV the Swedish way."""

import csv
import io
import math
import unicodedata
from collections.abc import Iterable
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

NO_VALUE = "–"


def number(value: float | int | None, decimals: int = 0) -> str:
    """Write a number with space between thousands and decimal comma; ``–`` for a missing one.

    >>> number(1234.5, 1).replace(chr(160), " ")
    '1 234,5'
    >>> number(float("nan"))
    '–'
    """
    if value is None or math.isnan(value):
        return NO_VALUE
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    written = format_decimal(round(value, decimals) + 0.0, format=pattern, locale="sv")
    return written.replace("-", "\u2212")


def signed(value: float | None, decimals: int = 0) -> str:
    """Write a number with its sign; zero has none."""
    if value is None or math.isnan(value):
        return NO_VALUE
    rounded = round(value, decimals)
    return number(rounded, decimals) if rounded <= 0 else "+" + number(rounded, decimals)


def interval(lower: float, upper: float, decimals: int = 0) -> str:
    """Write an interval as ``lower–upper``; ``–`` when an end is missing."""
    if math.isnan(lower) or math.isnan(upper):
        return NO_VALUE
    if lower < 0 or upper < 0:
        return f"{signed(lower, decimals)} … {signed(upper, decimals)}"
    return f"{number(lower, decimals)}–{number(upper, decimals)}"


def share(value: float | None, decimals: int = 0) -> str:
    """Write a share from 0 to 1 as a percentage."""
    if value is None or math.isnan(value):
        return NO_VALUE
    return number(100 * value, decimals) + "\u00a0%"


def day(value: date) -> str:
    """Write a date, ``3 maj 2026``."""
    return format_date(value, "d MMMM y", locale="sv")


def month(value: date) -> str:
    """Write a month, ``maj 2026``."""
    return format_date(value, "MMMM y", locale="sv")


def period(start: date, end: date) -> str:
    """Write a period as shortly as it can be said.

    >>> period(date(2025, 1, 1), date(2025, 12, 31))
    '2025'
    >>> period(date(2026, 1, 1), date(2026, 6, 30))
    'januari–juni 2026'
    """
    if not _whole_months(start, end):
        return f"{day(start)} – {day(end)}"
    if start.month == 1 and end.month == 12:
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return month(start)
    if start.year == end.year:
        return f"{format_date(start, 'MMMM', locale='sv')}–{month(end)}"
    return f"{month(start)} – {month(end)}"


def _whole_months(start: date, end: date) -> bool:
    next_day = date.fromordinal(end.toordinal() + 1)
    return start.day == 1 and next_day.day == 1


def month_name(number: int) -> str:
    """Write a month's name, 1 for *januari*."""
    return format_date(date(2000, number, 1), "MMMM", locale="sv")


def weekday_name(number: int, short: bool = False) -> str:
    """Write a day of the week, 0 for *måndag*, or *mån* when short."""
    return format_date(date(2001, 1, 1 + number), "EEE" if short else "EEEE", locale="sv")


def short_month(value: date) -> str:
    """Write a month in little room, ``jan 26``."""
    return format_date(value, "MMM", locale="sv").rstrip(".") + f" {value:%y}"


def signed_interval(lower: float, upper: float, decimals: int = 0) -> str:
    """Write an interval of changes, ``−12 … +30 %``; ``–`` when its lower end is missing.

    An end that is not 0 is never written as 0: a clear change must be seen to be one.
    """
    if math.isnan(lower) or math.isnan(upper):
        return NO_VALUE
    high = "∞" if math.isinf(upper) else _end(upper, decimals)
    return f"{_end(lower, decimals)} … {high}\u00a0%"


def _end(value: float, decimals: int) -> str:
    while value and not round(value, decimals) and decimals < 2:
        decimals += 1
    return signed(value, decimals)


def swedish_order(name: str) -> str:
    """A key that sorts å, ä and ö last, in that order, and é with e."""
    decomposed = unicodedata.normalize("NFD", str(name).casefold())
    for place, letter in enumerate(("a\u030a", "a\u0308", "o\u0308")):
        decomposed = decomposed.replace(letter, "{|}"[place])
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def swedish_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Write rows of texts as CSV that opens right in a Swedish Excel.

    Parameters
    ----------
    rows
        Headings first. Outside text has passed :mod:`trygghetskarta.words.safe`.

    Returns
    -------
    bytes
        UTF-8 with byte order mark, semicolons, CRLF.

    Examples
    --------
    >>> swedish_csv([["Kod", "Namn"], ["1", "a;b"]]).decode("utf-8-sig")
    'Kod;Namn\\r\\n1;"a;b"\\r\\n'
    """
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=";", lineterminator="\r\n").writerows(rows)
    return lines.getvalue().encode("utf-8-sig")
