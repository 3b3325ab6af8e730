"""Groups of offences beside their own members: chapters of *brottsbalken*, *Brott mot person*."""

import math
from collections.abc import Sequence

import pandas as pd

from trygghetskarta.terms.doubts import Doubt, DoubtKind

_ALL = r"(?:hela\s+)?(?:brott\s+(?:mot\s+)?)?brottsbalken.*|(?:samtliga|alla)\s+brott\b.*"
_SEVERAL = (
    r"(?:brottsbalken\s+)?\d+\s*[-–]\s*\d+\s*kap\b.*|brott\s+mot\s+(?:person|förmögenhet).*|"
    r".*\(\s*(?:kap\.?\s*)?\d+\s*[-–]\s*\d+\s*(?:kap\.?)?\s*\)"
)
_CHAPTER = r"(?:brottsbalken\s+)?\d+\s*kap\b.*|.*\((?:kap\.?\s*\d+|\d+\s*kap\.?)\)"
_BY_CHANCE = 0.02
_LEVELS = (_ALL, _SEVERAL, _CHAPTER)


def beside_members(counts: pd.DataFrame, text: pd.Series) -> tuple[Doubt, ...]:
    """Doubt groups of offences below which rows of the same place and time stand that they sum.

    A row is taken for such a sum when it has at least what the narrower rows below it have
    together, down to the next one of its width; or, whatever it is called, when wherever it stands
    it is to the number the sum of the same rows after it, more often than by chance.

    Parameters
    ----------
    counts
        Rows of contract ``INCIDENTS`` that are sums, in the file's order.
    text
        What the offence is called; index as ``counts``.
    """
    levels = pd.Series(len(_LEVELS), counts.index)
    for level, form in reversed(list(enumerate(_LEVELS))):
        levels = levels.mask(text.str.strip().str.fullmatch(form, case=False, na=False), level)
    same = ["given_area_code", "given_place", "reported_from", "reported_to", "occurred_from"]
    found: list[tuple[str, str]] = []
    tables: list[tuple[list[str], list[int]]] = []
    for _, rows in counts[[*same, "count"]].groupby(same, dropna=False, sort=False):
        found += _sums(rows["count"].tolist(), levels[rows.index].tolist(), text[rows.index])
        tables.append((text[rows.index].astype(str).tolist(), rows["count"].tolist()))
    found = found or _sums_to_the_number(tables)
    if not found:
        return ()
    facts = {"n": len(found), "whole": found[0][0], "part": found[0][1]}
    return (Doubt(DoubtKind.NESTED_OFFENCES, facts),)


def _sums(counts: list[int], levels: list[int], text: pd.Series) -> list[tuple[str, str]]:
    """Each group with the first of its members, of rows of one place and time."""
    found, names = [], text.tolist()
    for at, level in enumerate(levels):
        after = range(at + 1, len(levels))
        end = next((row for row in after if levels[row] <= level), len(levels))
        if level == len(_LEVELS) or end == at + 1:
            continue
        inner = levels[at + 1]
        parts = sum(counts[row] for row in range(at + 1, end) if levels[row] == inner)
        if counts[at] >= parts:
            found.append((str(names[at]), str(names[at + 1])))
    return found


def _sums_to_the_number(tables: Sequence[tuple[list[str], list[int]]]) -> list[tuple[str, str]]:
    """Each name whose count is that of the same names after it in every table, with the first.

    Two counts of n offences are the same by chance once in about √(4πn) times.
    """
    parts: dict[str, set[tuple[str, ...]]] = {}
    chance: dict[str, float] = {}
    for names, counts in tables:
        for at, (name, count) in enumerate(zip(names, counts, strict=True)):
            together, end = 0, at + 1
            while end < len(counts) and together < count:
                together, end = together + counts[end], end + 1
            is_sum = together == count and end > at + 2
            parts.setdefault(name, set()).add(tuple(names[at + 1 : end]) if is_sum else ())
            chance[name] = chance.get(name, 1.0) / math.sqrt(4 * math.pi * max(count, 1))
    return [
        (name, next(iter(found))[0])
        for name, found in parts.items()
        if len(found) == 1 and next(iter(found)) and chance[name] < _BY_CHANCE
    ]
