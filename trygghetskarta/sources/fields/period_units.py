"""Numbers beside a year, which mean what their column is called: 2025-1 under *Kvartal*."""

import pandas as pd

from trygghetskarta.sources.fields.spelling import fold

_UNITS = {
    "kvartal": ("K", 4),
    "quarter": ("K", 4),
    "tertial": ("T", 3),
    "halvar": ("H", 2),
    "manad": ("M", 12),
    "month": ("M", 12),
}
"""How a part of a year is written, and how many there are, by what a column is called."""
_MONTHS = 12
_FIRST = r"(?P<y>(?:19|20)\d\d)\s*(?P<sep>[-/.:_ ]?)\s*(?P<n>\d{1,2})"
_LAST = r"(?P<n>\d{1,2})\s*[-/.:_]\s*(?P<y>(?:19|20)\d\d)"


def unit_of(column: str) -> tuple[str, int]:
    """Letter of the unit that a column is called by, and how many a year has; empty and 0: none.

    Examples
    --------
    >>> unit_of("Kvartal"), unit_of("Period")
    (('K', 4), ('', 0))
    """
    folded = fold(column)
    return next((unit for word, unit in _UNITS.items() if word in folded), ("", 0))


def in_unit(text: pd.Series, column: str) -> tuple[pd.Series, pd.Series]:
    """Write the numbers of a column beside their year with the unit that the column is called by.

    Parameters
    ----------
    text
        Cells, missing where empty.
    column
        What the file calls them.

    Returns
    -------
    text, unclear
        The same cells; and whether each may be a month instead: a number beyond the unit's, or 01
        and 04 with nothing between them, which are the first months of quarters. Of a column that
        is called by no unit, a number after the year with nothing between them. And 2025.1 of a
        column of months without 2025.10, which as a number loses its zero.

    Examples
    --------
    >>> [*in_unit(pd.Series(["2025-1", "2025-4", "mars 2025"], dtype="str"), "Kvartal")[0]]
    ['2025K1', '2025K4', 'mars 2025']
    """
    unit, most = unit_of(column)
    none = pd.Series(False, text.index)
    if not unit:
        # A year and one number more, which Excel would take for a day of the fifties.
        return text, text.str.fullmatch(r"(?:19|20)\d{3}", na=False) | _lost_zeros(text)
    if unit == "M":
        none = _lost_zeros(text)
    first, last = (text.str.extract(rf"^(?:{form})$") for form in (_FIRST, _LAST))
    year, told = first["y"].fillna(last["y"]), first["n"].fillna(last["n"])
    number = told.astype("float64")
    found = number.notna()
    if not found.any():
        return text, none
    begin = [*range(1, _MONTHS, _MONTHS // most)] if most < _MONTHS else []
    padded = told[found].str.len().eq(2).all()
    starts = padded and number[found].isin(begin).all() and number[found].nunique() > 1
    if unit != "M" and (starts or (number > most).any()):
        return text, found
    right = found & number.between(1, most) & ~none
    written = number.where(right, 0).astype("int64")
    shown = written.astype("str").str.zfill(2) if unit == "M" else unit + written.astype("str")
    return text.mask(right, year + ("-" if unit == "M" else "") + shown), none


def _lost_zeros(text: pd.Series) -> pd.Series:
    """Cells such as 2025.1 where the months around October stand, and October itself does not."""
    parts = text.str.extract(r"^(?P<y>(?:19|20)\d\d)[.,](?P<m>\d{1,2})$")
    late = parts["y"].where(parts["m"].isin(["9", "11", "12"])).dropna()
    whole = parts["y"].where(parts["m"] == "10").dropna()
    return (parts["m"] == "1") & parts["y"].isin(late) & ~parts["y"].isin(whole)
