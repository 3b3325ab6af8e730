"""Whether what is taken for a count of offences is one: other columns, and what a title says."""

import re
from collections.abc import Mapping

from trygghetskarta.sources.fields.columns import ColumnMapping, repeated
from trygghetskarta.sources.fields.needed_columns import SINGLE
from trygghetskarta.sources.fields.number_columns import are_counts, may_count
from trygghetskarta.sources.fields.proposals import pattern, spelling, whole
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.doubts import Doubt, DoubtKind

_YEAR = re.compile(r"(?:19|20)\d\d")
_RATE = re.compile(
    r"\bper\s+(?:(?:10{0,2}\s?)?000|tusen|capita)|\bi\s+tusental|\bandel(?:en|ar|arna)?\b|procent",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\bantal(?:et)?\b.*\b(?:och|samt|respektive)\b|\b(?:och|samt)\s+antal", re.I)


def of_counts(raw: RawTable, mapping: ColumnMapping) -> tuple[Doubt, ...]:
    """Doubt a column that may be the count and is not read, and counts under a title of rates.

    Parameters
    ----------
    raw, mapping
        A file of incidents as it is read; a count that somebody has chosen is not doubted.
    """
    roles = mapping.roles
    if "count" in roles:
        title = _title_of_rates(raw.notes)
        told = () if not title else (_doubt(DoubtKind.RATE_IN_TITLE, title, roles["count"]),)
        return (*told, *_others(raw, mapping))
    if SINGLE & set(roles) or len(raw.frame) < 2:
        return ()
    read = list(dict.fromkeys(roles.values()))
    if raw.frame[read].duplicated().any():
        return ()
    name = may_count(raw.frame, read)
    return () if not name else (Doubt(DoubtKind.COUNT_UNREAD, {"column": name, "read": ""}),)


def _doubt(kind: DoubtKind, title: str, column: str) -> Doubt:
    return Doubt(kind, {"title": title, "column": column})


def _others(raw: RawTable, mapping: ColumnMapping) -> tuple[Doubt, ...]:
    """A doubt where another column is as much called a count as the one that is read."""
    used = mapping.roles["count"]
    year = next(filter(_YEAR.fullmatch, mapping.unused), None)
    if year is not None:
        return (Doubt(DoubtKind.COUNT_UNREAD, {"column": year, "read": used}),)
    if "count" in mapping.settled:
        return ()
    names = [name for name in raw.frame.columns if name in (used, *mapping.unused)]
    folded = {name: spelling(name, repeated(raw)) for name in names}
    if used in whole(mapping.kind, "count", [used], folded):
        return ()
    called = [name for name in pattern(mapping.kind, "count", names, folded) if name != used]
    told = raw.frame[used]
    rival = (name for name in called if are_counts(raw.frame[name]))
    other = next((name for name in rival if not raw.frame[name].equals(told)), None)
    facts = {"column": other, "read": used}
    return () if other is None else (Doubt(DoubtKind.COUNT_UNREAD, facts),)


def _title_of_rates(notes: Mapping[str, object]) -> str:
    """The first title above the table, or name of its sheet, that speaks of rates alone."""
    above = notes.get("titles", [])
    titles = [*(above if isinstance(above, list) else []), notes.get("title"), notes.get("sheet")]
    said = (one for one in titles if isinstance(one, str))
    return next((one for one in said if _RATE.search(one) and not _BOTH.search(one)), "")
