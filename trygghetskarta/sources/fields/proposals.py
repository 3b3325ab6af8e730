"""Which columns are called what a role is called: whole, cut short, or by a pattern."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from trygghetskarta.sources.fields.column_names import NAMES, PATTERNS
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.terms.imports import TableKind

_SHAPEFILE_NAME = 10
_UNIT = re.compile(
    r"\s*[(\[]\s*(?:st|styck|antal|m|meter|metres?|grader|dec(?:imal)?grader|deg(?:rees)?|°|%"
    r"|procent|kl\.?|klockslag|datum|date|time|text|kod|code"
    r"|[åäymdth]{1,4}[-:./ ]?[åäymdth]{1,4}(?:[-:./ t]*[åäymdthhmms]{1,4}){0,4})\s*[)\]]\s*$",
    re.IGNORECASE,
)
_REPEATED = re.compile(r" \(\d+\)$")

Proposed = Iterator[str]
Match = Callable[[TableKind, str, Sequence[str], Mapping[str, str]], Proposed]


def spelling(name: str, repeated: Sequence[str]) -> str:
    """A column's name as it is compared: folded, without a unit, without the number of a repeat.

    Examples
    --------
    >>> spelling("Antal (st)", []), spelling("Datum (2)", ["Datum"]), spelling("Start (till)", [])
    ('antal', 'datum', 'starttill')
    """
    base = _REPEATED.sub("", name)
    return fold(_UNIT.sub("", base if base in repeated else name))


def whole(kind: TableKind, role: str, free: Sequence[str], folded: Mapping[str, str]) -> Proposed:
    """Columns whose whole name is known, the better known name first."""
    by_spelling: dict[str, list[str]] = {}
    for name in free:
        by_spelling.setdefault(folded[name], []).append(name)
    for known in NAMES[kind][role]:
        yield from by_spelling.get(known, ())


def cut(kind: TableKind, role: str, free: Sequence[str], folded: Mapping[str, str]) -> Proposed:
    """Columns whose name is the first ten characters of a known one, as in shapefiles."""
    for known in NAMES[kind][role]:
        for name in free:
            is_cut = len(name.encode()) == _SHAPEFILE_NAME and len(known) > len(folded[name])
            if is_cut and len(folded[name]) > 6 and known.startswith(folded[name]):
                yield name


def pattern(kind: TableKind, role: str, free: Sequence[str], folded: Mapping[str, str]) -> Proposed:
    """Columns whose name fits the role's pattern, in the file's order."""
    form = PATTERNS[kind].get(role)
    if form is not None:
        yield from (name for name in free if re.search(form, folded[name]))


MATCHES: tuple[Match, ...] = (whole, cut, pattern)
"""The surest first."""
