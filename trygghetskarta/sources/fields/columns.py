"""Which column of a file means what: recognised from the names that publishers use."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

import pandas as pd

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.fields.column_names import NAMES, PATTERNS
from trygghetskarta.sources.fields.needed_columns import NEEDED
from trygghetskarta.sources.fields.quarantine import COLUMNS as QUARANTINE_COLUMNS
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.imports import TableKind

GEOMETRY = "geometri"
_SHAPEFILE_NAME = 10
_LOOKED_AT = 500
_NUMBER = re.compile(r"[^\d,.\-]")
_AXIS = re.compile(r"(?:koord(?:inat)?)?([xy])(?:koord\w*|pos|sweref\w*|rt90\w*|3006|3007)?")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WIDE_YEAR = re.compile(
    r"(folkmangden?|befolkning(en)?|invanare|population|antal|ar)?((?:19|20)\d\d)"
)


@dataclass(frozen=True)
class ColumnMapping:
    """Which column plays which role.

    Attributes
    ----------
    kind
        What the table holds.
    roles
        Column name by role; roles that no column plays are absent. One column may play several.
    unused
        Columns that play no role.
    """

    kind: TableKind
    roles: Mapping[str, str]
    unused: tuple[str, ...] = field(default=())

    def possible_roles(self) -> tuple[str, ...]:
        """Every role a column of this kind of table can play, the most important first."""
        return tuple(NAMES[self.kind])

    def with_roles(self, roles: Mapping[str, str]) -> "ColumnMapping":
        """Give the same columns other roles."""
        known = dict.fromkeys(chain(self.roles.values(), self.unused))
        used = set(roles.values())
        unused = tuple(name for name in known if name not in used)
        return replace(self, roles=dict(roles), unused=unused)

    def to_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON; :meth:`from_dict` restores them."""
        return {"kind": self.kind.value, "roles": dict(self.roles), "unused": list(self.unused)}

    @classmethod
    def from_dict(cls, kept: Mapping[str, object]) -> "ColumnMapping":
        """Restore what :meth:`to_dict` gave.

        Raises
        ------
        KeyError, ValueError
            If it is not that.
        """
        return cls(TableKind(kept["kind"]), dict(kept["roles"]), tuple(kept["unused"]))


def recognise(
    columns: Iterable[str], kind: TableKind, sample: pd.DataFrame | None = None
) -> ColumnMapping:
    """Guess which column plays which role; the user confirms it.

    Names are compared without case, accents, spaces and punctuation: first with the names that
    are known whole, then with the first ten characters (shapefiles), then with patterns. A name
    written earlier in ``column_names.py`` beats a later one. Columns named X and Y, which mean
    opposite things in geodesy and in mapping programs, are told apart by their values.

    Parameters
    ----------
    columns
        Names as they stand in the file.
    kind
        What the table holds.
    sample
        Some or all rows, to look at the values.

    Returns
    -------
    ColumnMapping
        Possibly without a role that is needed: :func:`validate` says so.
    """
    names = list(columns)
    folded = {name: fold(name) for name in names}
    roles: dict[str, str] = {}
    for match in (_whole, _cut, _pattern):
        for role in NAMES[kind]:
            free = [name for name in names if name not in roles.values()]
            found = None if role in roles else match(kind, role, free, folded)
            if found is not None:
                roles[role] = found
    if kind in (TableKind.INCIDENTS, TableKind.OBSERVATIONS):
        _settle_axes(roles, [name for name in names if name not in roles.values()], sample)
    used = set(roles.values())
    ordered = {role: roles[role] for role in NAMES[kind] if role in roles}
    return ColumnMapping(kind, ordered, tuple(name for name in names if name not in used))


def signature(columns: Iterable[str]) -> str:
    """A short name for a set of columns, by which a confirmed mapping is remembered.

    Order does not matter, nor do the columns that a quarantine file adds.
    """
    names = sorted(set(columns) - set(QUARANTINE_COLUMNS))
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()[:32]


def validate(mapping: ColumnMapping, raw: RawTable) -> None:
    """See that a file can be read with a mapping.

    Raises
    ------
    SourceError
        ``MAPPING_UNKNOWN_COLUMN`` when a role points to a column the file lacks, ``COLUMN_TWICE``
        when it points to a name that stands twice in the header, ``COLUMN_MISSING`` when no column
        plays a role that is needed; the fact ``column`` is then its usual name.
        ``COLUMN_MISSING_IN_SHEET`` instead where the note ``other_sheets`` names other tables.
    """
    present = set(raw.frame.columns)
    twice = set(raw.notes.get("repeated_columns", ()))
    for column in mapping.roles.values():
        if column not in present:
            raise SourceError(SourceCause.MAPPING_UNKNOWN_COLUMN, file=raw.file_name, column=column)
        if column in twice:
            raise SourceError(SourceCause.COLUMN_TWICE, file=raw.file_name, column=column)
    found = list(raw.frame.columns)
    for alternatives, usual in NEEDED[mapping.kind].items():
        if not _has_any(mapping, alternatives, raw):
            raise _missing(raw, usual, found)
    if mapping.kind is TableKind.DISTRICTS and raw.geometry is None:
        raise _missing(raw, GEOMETRY, found)


def _missing(raw: RawTable, usual: str, found: list[str]) -> SourceError:
    """The error of a column that is needed; of a sheet it names the other tables of the book."""
    others = raw.notes.get("other_sheets")
    if not others:
        return SourceError(
            SourceCause.COLUMN_MISSING, file=raw.file_name, column=usual, found=found
        )
    return SourceError(
        SourceCause.COLUMN_MISSING_IN_SHEET,
        file=raw.file_name,
        sheet=raw.notes["sheet"],
        column=usual,
        found=found,
        sheets=others,
    )


def fits(mapping: ColumnMapping, raw: RawTable) -> bool:
    """Whether a file can be read with a mapping; see :func:`validate`."""
    try:
        validate(mapping, raw)
    except SourceError:
        return False
    return True


def wide_years(columns: Iterable[str]) -> dict[str, int]:
    """Columns that are named by a year, such as ``2025`` or ``befolkning_2025``, and the year."""
    found = ((name, _WIDE_YEAR.fullmatch(fold(name))) for name in columns)
    return {name: int(match[3]) for name, match in found if match}


def year_in_name(file_name: str) -> int | None:
    """The year in a file's name, when there is exactly one.

    Examples
    --------
    >>> year_in_name("befolkning_2025.csv"), year_in_name("2020-2025.csv")
    (2025, None)
    """
    found = set(_YEAR_IN_NAME.findall(file_name))
    return int(found.pop()) if len(found) == 1 else None


def _has_any(mapping: ColumnMapping, alternatives: tuple[str, ...], raw: RawTable) -> bool:
    if any(role in mapping.roles for role in alternatives):
        return True
    if mapping.kind is TableKind.SURVEY_ANSWERS:
        return "year" in alternatives and year_in_name(raw.file_name) is not None
    if mapping.kind is not TableKind.POPULATION:
        return False
    by_year = {"population", "year"} & set(alternatives) and wide_years(raw.frame.columns)
    return bool(by_year) or ("year" in alternatives and year_in_name(raw.file_name) is not None)


def _whole(kind: TableKind, role: str, free: list[str], folded: Mapping[str, str]) -> str | None:
    by_fold = {folded[name]: name for name in reversed(free)}
    return next((by_fold[known] for known in NAMES[kind][role] if known in by_fold), None)


def _cut(kind: TableKind, role: str, free: list[str], folded: Mapping[str, str]) -> str | None:
    for known in NAMES[kind][role]:
        for name in free:
            whole = len(name.encode()) == _SHAPEFILE_NAME and len(known) > len(folded[name])
            if whole and len(folded[name]) > 6 and known.startswith(folded[name]):
                return name
    return None


def _pattern(kind: TableKind, role: str, free: list[str], folded: Mapping[str, str]) -> str | None:
    pattern = PATTERNS[kind].get(role)
    if pattern is None:
        return None
    return next((name for name in free if re.search(pattern, folded[name])), None)


def _settle_axes(roles: dict[str, str], free: list[str], sample: pd.DataFrame | None) -> None:
    """Give columns named X and Y their roles, by how large their values are."""
    axes = {found[1]: name for name in free if (found := _AXIS.fullmatch(fold(name)))}
    if set(axes) != {"x", "y"} or {"easting", "northing", "latitude", "longitude"} & set(roles):
        return
    x, y = axes["x"], axes["y"]
    east, north = (_middle(sample, x), _middle(sample, y))
    # Without values: X is east, as mapping programs have it.
    if east > north:
        x, y, east, north = y, x, north, east
    degrees = 0 < north <= 90
    roles["longitude" if degrees else "easting"] = x
    roles["latitude" if degrees else "northing"] = y


def _middle(sample: pd.DataFrame | None, column: str) -> float:
    if sample is None:
        return 0.0
    text = sample[column].dropna().head(_LOOKED_AT).str.replace(_NUMBER, "", regex=True)
    numbers = pd.to_numeric(text.str.replace(",", "."), errors="coerce")
    middle = numbers[numbers.abs() > 1].median()
    return 0.0 if pd.isna(middle) else float(middle)
