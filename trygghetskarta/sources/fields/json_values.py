"""Values that a browser's form sends as JSON, of the very type that is meant or refused."""

import re
from collections.abc import Sequence
from datetime import datetime
from math import isfinite

_MOST_WHOLE = 2**31 - 1
"""The largest whole number that a store has room for."""

_DIGITS = re.compile(r"-?[0-9]{1,4000}")


def whole(value: object) -> int | None:
    """Give a whole number: ``4`` or, from a field one writes in, ``"4"``.

    Parameters
    ----------
    value
        As JSON gives it; ``true`` is no number, and nor is ``2.0``.

    Returns
    -------
    int or None
        None where nothing is chosen: missing, empty text, 0.

    Raises
    ------
    ValueError
        For everything else.
    OverflowError
        For a number that no store has room for.
    """
    if value is None or value == "" or (type(value) is int and value == 0):
        return None
    number = int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else value
    if type(number) is not int:
        raise ValueError(value)
    if abs(number) > _MOST_WHOLE:
        raise OverflowError(value)
    return number


def degrees(value: object) -> tuple[float, float]:
    """Give latitude and longitude, two finite numbers.

    Raises
    ------
    ValueError
        For everything else.
    OverflowError
        For a number that is beyond all others.
    """
    if not isinstance(value, Sequence) or len(value) != 2:
        raise ValueError(value)
    if not all(type(number) in (int, float) for number in value):
        raise ValueError(value)
    latitude, longitude = (float(number) for number in value)
    if not (isfinite(latitude) and isfinite(longitude)):
        raise ValueError(value)
    return latitude, longitude


def moment(value: object) -> datetime | None:
    """Give a moment with its time zone, ``"2026-10-30T20:15:00.000Z"``; None where none is told.

    Raises
    ------
    ValueError
        For everything else, also for a moment whose time zone is not said.
    OverflowError
        For a year that no clock shows.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(value)
    told = datetime.fromisoformat(value)
    if told.tzinfo is None:
        raise ValueError(value)
    if not 1900 <= told.year < 9999:
        raise OverflowError(value)
    return told


def text(value: object) -> str:
    """Give a text; empty where none is told.

    Raises
    ------
    ValueError
        For everything else.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(value)
    return value
