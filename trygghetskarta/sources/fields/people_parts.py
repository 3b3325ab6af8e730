"""Which part of the people a row counts: sexes, ages, and whether rows make up the whole."""

import re
from collections.abc import Iterable
from functools import cache

import numpy as np
import pandas as pd

from trygghetskarta.sources.fields.cell_values import numbers, told
from trygghetskarta.sources.fields.spelling import fold

_TOTAL = (
    r"(?:1\+2\s+)?(?:1\+2|t|tot|totsa|(?:totalt?|samtliga|alla)(?:\s+(?:totalt|ålder|åldrar|kön))?|"
    r"(?:båda|bägge)(?:\s+kön(?:en)?)?|män\s*(?:och|\+)\s*kvinnor|kvinnor\s*(?:och|\+)\s*män|"
    r"m\+k|k\+m|summa|hela\s+befolkningen|both(?:\s+sexes)?|all(?:\s+ages)?)"
)
_EVERYBODY = (
    r"(?:folkmängd|befolkning)(?:en)?(?:\s+den\s+31\s+december)?|invånare|personer|population|"
    r"antal(?:\s+(?:invånare|personer))?"
)
"""What is counted, where a column tells it, when it is everybody."""
_MEN, _WOMEN = "män", "kvinnor"
_SEXES = {
    **dict.fromkeys(("1", "m", "man", "män", "pojkar", "male", "men", "males"), _MEN),
    **dict.fromkeys(
        ("2", "k", "kvinna", "kvinnor", "flickor", "f", "female", "women", "females"), _WOMEN
    ),
}
_BANDS = (
    re.compile(r"(?P<first>\d{1,3})\s*(?:-|–|—|_|till|t\.?o\.?m\.?)\s*(?P<last>\d{1,3})"),
    re.compile(
        r"(?P<first>\d{1,3})\s*(?:år\s*)?(?:\+|-\s*w?|–\s*w?|w|ω|-\s*ω|"
        r"(?:och|eller)\s+(?:äldre|mer|över|uppåt))"
    ),
    re.compile(r"(?:-|–|<=|upp till|t\.?o\.?m\.?)\s*(?P<last>\d{1,3})"),
    re.compile(r"(?:<|under|yngre än)\s*(?P<below>\d{1,3})"),
    re.compile(r"(?P<first>\d{1,3})"),
)
_OLDEST = 99
"""Bands that reach this age reach them all."""
_EVER = 1000

_DIVIDES = re.compile(
    r"kon|sex|gender|alder\w*|age|fodelse(?:region|land|lander)\w*|\w*bakgrund|harkomst|hushall\w*|"
    r"upplatelseform\w*|civilstand|\w*utbildning\w*|inkomst\w*|sysselsattning\w*|medborgarskap\w*|"
    r"tabellinnehall|innehall|variabel|matt|contents?(?:code)?|svarsalternativ\w*|alternativ|"
    r"(?:under|redovisnings)?grupp"
)
"""What columns are called, folded, that divide people or tell what is counted of them."""
_MOST_WORDS = 50

Band = tuple[int, int]
"""First and last age, both included."""


def is_total(text: pd.Series) -> pd.Series:
    """Whether each cell is a word for all sexes, ages or groups, or for people at all."""
    return text.str.strip().str.fullmatch(f"{_TOTAL}|{_EVERYBODY}", case=False, na=False)


def sexes(text: pd.Series) -> pd.Series:
    """The sex that each cell names, as one word for each; missing where it names none."""
    return text.str.strip().str.casefold().map(_SEXES).astype("str")


def is_both(found: Iterable[str]) -> bool:
    """Whether both sexes are among those that :func:`sexes` has found."""
    return {_MEN, _WOMEN} <= set(found)


@cache
def band(cell: str) -> Band | None:
    """The ages that a cell names; None when it names none.

    Examples
    --------
    >>> band("0–15 år"), band("85 år och äldre"), band("barn")
    ((0, 15), (85, 1000), None)
    """
    text = re.sub(r"\s*(?:år|years?)\.?$", "", cell.strip().casefold())
    found = next(filter(None, (pattern.fullmatch(text) for pattern in _BANDS)), None)
    if found is None:
        return None
    ages = {name: int(age) for name, age in found.groupdict().items() if age is not None}
    if "below" in ages:
        return 0, ages["below"] - 1
    first = ages.get("first", 0)
    is_one = found.re is _BANDS[-1]
    last = ages.get("last", first if is_one else _EVER)
    return (first, last) if last >= first else None


@cache
def cover(bands: frozenset[Band], single: frozenset[Band]) -> frozenset[Band] | None:
    """The fewest bands that hold every age once; None when there are none.

    Parameters
    ----------
    bands
        What an area is told by.
    single
        Single years that the file knows: one that an area lacks has nobody in it.
    """
    starts: dict[int, list[Band]] = {}
    for one in bands | single:
        starts.setdefault(one[0], []).append(one)
    best: dict[int, frozenset[Band]] = {0: frozenset()}
    for age in sorted({0, *starts, *(last + 1 for _, last in bands | single)}):
        if age not in best:
            continue
        if age > _OLDEST:
            return best[age] & bands
        for one in sorted(starts.get(age, []), reverse=True):
            path = best[age] | {one}
            after = one[1] + 1
            if after not in best or len(path) < len(best[after]):
                best[after] = path
    return None


def whole_ages(text: pd.Series, group: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Which rows of ages to add up, and which make up no whole.

    Parameters
    ----------
    text
        Ages of rows; index: any.
    group
        Rows of one group are told apart by their age alone.

    Returns
    -------
    taken, short
        Booleans: whether a row is one of the bands that hold every age once, and whether the rows
        of its group leave ages out. A row that is neither tells again what others tell.
    """
    bands = text.map(lambda cell: None if pd.isna(cell) else band(cell))
    single = frozenset(one for one in bands if one is not None and one[0] == one[1])
    taken, short = pd.Series(False, text.index), pd.Series(False, text.index)
    for rows in group.groupby(group, sort=False).indices.values():
        here = bands.iloc[rows]
        found = cover(frozenset(one for one in here if one is not None), single)
        if found is None:
            short.iloc[rows] = True
        else:
            taken.iloc[rows] = [one in found for one in here]
    return taken, short


def dividing(
    frame: pd.DataFrame, columns: Iterable[str], group: pd.Series, value: pd.Series
) -> list[str]:
    """Columns that nothing is read from, but that say what part a row counts.

    Parameters
    ----------
    frame
        Cells by column; index as ``group``.
    columns
        Those that play no role.
    group
        Rows that would tell of the same, were it not for these columns.
    value
        What each row tells. A column that tells all rows apart that contradict each other divides
        them, whatever it is called.
    """
    apart = group.map(group.groupby(group).size()) > 1
    apart &= value.groupby(group).transform("nunique") > 1
    found = []
    for name in columns:
        cells = told(frame[name])
        if not cells.notna().any():
            continue
        is_named = _DIVIDES.fullmatch(fold(name)) is not None
        if is_named and numbers(cells)[1].any():
            found.append(name)
        elif apart.any() and cells[apart].nunique() <= _MOST_WORDS:
            told_apart = ~pd.DataFrame({"group": group, "cell": cells})[apart].duplicated()
            if bool(np.all(told_apart)):
                found.append(name)
    return found
