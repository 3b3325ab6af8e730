"""Points that stand in one cell as text: two numbers, a position of a form, degrees and minutes."""

import re

import numpy as np
import pandas as pd

_NUMBER = r"([+-]?\d+(?:\.\d+)?)"
_COMMA = r"([+-]?\d+,\d+)"
_MORE = r"(?:[\s,;]+-?\d+(?:[.,]\d+)?){0,2}"
_PAIRS = (
    # Decimal commas first: 58,2837, 12,2886 is two numbers and not four.
    re.compile(rf"{_COMMA}(?:\s*[,;]\s*|\s+){_COMMA}{_MORE}"),
    re.compile(rf"{_NUMBER}(?:\s*[,;]\s*|\s+){_NUMBER}{_MORE}"),
)
_INSIDE = (
    re.compile(r"[@=/:](-?\d+\.\d+),\s*(-?\d+\.\d+)"),
    re.compile(r"!3d(-?\d+\.\d+)!4d(-?\d+\.\d+)"),
    re.compile(r'"coordinates"\s*:\s*\[\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)'),
)
"""Points inside a link to a map, ``geo:`` and GeoJSON."""
_WORDS = re.compile(
    r"(?<![a-zåäö])(?:lat(?:itude?)?|lon(?:g(?:itude?)?)?|lng|nord|norr|north|ost|öst|east|[neöxy])"
    r"(?![a-zåäö])\s*[:=]?|[°º]|^[(\[]|[)\]]$"
)
_GROUPS = re.compile(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))")
_ANGLE = (
    r"([neöo])?\s*(\d{1,2})\s*[°º]\s*(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*)?([neöo])?"
)
_MINUTES = re.compile(r"(\d{1,2})\s+(\d{1,2}[.,]\d+)\s*(?:[,;]\s*|\s+)(\d{1,2})\s+(\d{1,2}[.,]\d+)")
"""Degrees and minutes without their signs: 58 17.02 12 17.32."""
_ANGLES = re.compile(rf"{_ANGLE}[\s,;]*{_ANGLE}")
_WKT = re.compile(r"^\s*(?:srid=\d+;)?\s*[a-z]+\s*z?m?\s*\(", re.IGNORECASE)

_LONGEST = 1000
"""Letters of a cell with a point, a link to a map included."""

# No place in Sweden is as far east as any is north, in degrees or in metres.
_SWEDEN = (((54.0, 70.0), (9.0, 25.0)), ((6_000_000.0, 11_500_000.0), (10_000.0, 2_800_000.0)))


def read_pairs(text: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """East and north of cells with two numbers; NaN where a cell has none.

    Which number is north is told by their size: in every system that is used here the north of a
    place in Sweden is greater than its east. What follows the two (height and precision of a
    position in ODK or KoBo) is left.

    Parameters
    ----------
    text
        Cells, missing where empty.
    """
    known = {cell: _pair(cell) for cell in text.dropna().unique()}
    pairs = [known.get(cell, (np.nan, np.nan)) for cell in text]
    both = np.array(pairs, dtype="float64").reshape(len(text), 2)
    return both.min(axis=1), both.max(axis=1)


def is_wkt(text: pd.Series) -> pd.Series:
    """Mark the cells that are WKT, whatever shape they have."""
    return text.str.match(_WKT, na=False)


def are_points(cells: pd.Series) -> pd.Series:
    """Mark the cells that are a point in or near Sweden, as WKT or as two numbers."""
    east, north = read_pairs(cells.str.replace(_WKT, "", regex=True).str.removesuffix(")"))
    inside = np.zeros(len(cells), dtype=bool)
    for norths, easts in _SWEDEN:
        inside |= (
            (north >= norths[0]) & (north <= norths[1]) & (east >= easts[0]) & (east <= easts[1])
        )
    return pd.Series(inside, cells.index)


def _pair(cell: str) -> tuple[float, float]:
    if len(cell) > _LONGEST:
        return np.nan, np.nan
    text = cell.strip().casefold()
    for inside in _INSIDE:
        if found := inside.search(text):
            return float(found[1]), float(found[2])
    if found := _ANGLES.fullmatch(text):
        return _degrees(*found.groups()[1:4]), _degrees(*found.groups()[6:9])
    clean = _WORDS.sub("", text).strip()
    if found := _MINUTES.fullmatch(clean):
        return _degrees(found[1], found[2], None), _degrees(found[3], found[4], None)
    for form in (clean, _GROUPS.sub("", clean)):
        for pair in _PAIRS:
            if found := pair.fullmatch(form):
                return float(found[1].replace(",", ".")), float(found[2].replace(",", "."))
    return np.nan, np.nan


def _degrees(whole: str, minutes: str, seconds: str | None) -> float:
    parts = (float((part or "0").replace(",", ".")) for part in (whole, minutes, seconds))
    return sum(part / 60**place for place, part in enumerate(parts))
