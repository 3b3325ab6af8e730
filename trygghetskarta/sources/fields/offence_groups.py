"""Groups of offences beside their own members: chapters of *brottsbalken*, *Brott mot person*."""

import pandas as pd

from trygghetskarta.terms.doubts import Doubt, DoubtKind

_ALL = r"(?:hela\s+)?(?:brott\s+(?:mot\s+)?)?brottsbalken.*|(?:samtliga|alla)\s+brott\b.*"
_SEVERAL = (
    r"(?:brottsbalken\s+)?\d+\s*[-–]\s*\d+\s*kap\b.*|brott\s+mot\s+(?:person|förmögenhet).*|"
    r".*\(\s*(?:kap\.?\s*)?\d+\s*[-–]\s*\d+\s*(?:kap\.?)?\s*\)"
)
_CHAPTER = r"(?:brottsbalken\s+)?\d+\s*kap\b.*|.*\((?:kap\.?\s*\d+|\d+\s*kap\.?)\)"
_LEVELS = (_ALL, _SEVERAL, _CHAPTER)


def beside_members(counts: pd.DataFrame, text: pd.Series) -> tuple[Doubt, ...]:
    """Doubt groups of offences below which rows of the same place and time stand that they sum.

    A row is taken for such a sum when it has at least what the narrower rows below it have
    together, down to the next one of its width.

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
    heads = counts.index[levels < len(_LEVELS)]
    if not len(heads):
        return ()
    same = ["given_area_code", "given_place", "reported_from", "reported_to", "occurred_from"]
    found: list[tuple[str, str]] = []
    for _, rows in counts[[*same, "count"]].groupby(same, dropna=False, sort=False):
        found += _sums(rows["count"].tolist(), levels[rows.index].tolist(), text[rows.index])
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
