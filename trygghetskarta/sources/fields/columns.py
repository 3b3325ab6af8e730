"""Which column of a file means what: recognised from the names that publishers use."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import pandas as pd

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.fields.column_guess import Guess, Moved
from trygghetskarta.sources.fields.column_names import NAMES
from trygghetskarta.sources.fields.date_order import ANY_COLUMN
from trygghetskarta.sources.fields.needed_columns import COUNT, COUNTED_OR_SINGLE, NEEDED
from trygghetskarta.sources.fields.number_columns import may_measure
from trygghetskarta.sources.fields.quarantine import COLUMNS as QUARANTINE_COLUMNS
from trygghetskarta.sources.fields.role_values import TAKES, looked_at, suits
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.times import DateOrder

GEOMETRY = "geometri"
_YEAR_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WIDE_YEAR = re.compile(
    r"(?:(?:folkmangd|befolkning)(?:en)?|(?:antal)?(?:invanare|personer)|population|ar)?"
    r"(?:antal)?(?:31dec(?:ember)?)?((?:19|20)\d\d)"
)
_OF_A_PART = re.compile(
    r"(?:antal)?(?:medel)?(?:folkmangd|folkokning|befolkning|invanare|personer).+|medelfolkmangd|"
    r"folkokning|(?:antal)?(?:man|kvinnor|pojkar|flickor|barn|utrikesfodda|inrikesfodda)\d*(?:ar)?|"
    r"\d{1,6}ar(?:ochaldre)?"
)
"""Headings of figures that are of some inhabitants, or of something else than their number."""
_CONTENTS_YEAR = re.compile(r"([0-9A-Z]{8})\s+((?:19|20)\d\d)")
"""A heading of SCB's API that says what is counted by its code: ``000007Y7 2024``."""


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
    values
        One value for every row by role, for roles that no column plays.
    remembered
        Roles whose value was given for an earlier file, and not again for this one.
    settled
        Roles whose column somebody has chosen, or that the values have decided; only those may
        point to a name that stands twice in the header.
    moved
        Columns whose values gave them another role than their name; told with the import.
    orders
        What is said of the order of day, month and year: by column, or under ``ANY_COLUMN`` for
        all columns whose order is open.
    """

    kind: TableKind
    roles: Mapping[str, str]
    unused: tuple[str, ...] = field(default=())
    values: Mapping[str, str] = field(default_factory=dict)
    remembered: frozenset[str] = field(default=frozenset(), compare=False)
    settled: frozenset[str] = frozenset()
    moved: tuple[Moved, ...] = field(default=(), compare=False)
    orders: Mapping[str, DateOrder] = field(default_factory=dict)

    def possible_roles(self) -> tuple[str, ...]:
        """Every role a column of this kind of table can play, the most important first."""
        return tuple(NAMES.get(self.kind, ()))

    def with_roles(
        self, roles: Mapping[str, str], values: Mapping[str, str] | None = None
    ) -> "ColumnMapping":
        """Give the same columns other roles, and the whole file other values, as somebody says."""
        known = dict.fromkeys(chain(self.roles.values(), self.unused))
        used = set(roles.values())
        unused = tuple(name for name in known if name not in used)
        given = {role: one for role, one in (values or {}).items() if role not in roles}
        moved = tuple(one for one in self.moved if roles.get(one.role) == one.column)
        return replace(
            self,
            roles=dict(roles),
            unused=unused,
            values=given,
            settled=frozenset(roles),
            moved=moved,
        )

    def changed(self, roles: Mapping[str, str], values: Mapping[str, str]) -> "ColumnMapping":
        """Set some roles and leave the others as they are.

        Parameters
        ----------
        roles
            Column by role; an empty name means that no column plays it.
        values
            One value for the whole file by role, before any column; an empty one takes it away.
        """
        told = {role: name for role, name in {**self.roles, **roles}.items() if name}
        given = {role: one for role, one in self.values.items() if role not in roles}
        given = {role: one for role, one in {**given, **values}.items() if one}
        told = {role: name for role, name in told.items() if role not in given}
        settled = (self.settled | set(roles)) & set(told)
        return replace(
            self.with_roles(told, given),
            settled=frozenset(settled),
            remembered=(self.remembered & set(given)) - set(values),
        )

    def with_orders(self, orders: Mapping[str, DateOrder | None]) -> "ColumnMapping":
        """Say in which order dates are read, beside what is said already; None takes it away."""
        told = {**self.orders, **orders}
        return replace(self, orders={name: one for name, one in told.items() if one is not None})

    @property
    def open_order(self) -> DateOrder | None:
        """What is said of every column whose order is open; None when nothing is."""
        return self.orders.get(ANY_COLUMN)

    def with_open_order(self, order: DateOrder | None) -> "ColumnMapping":
        """Say it anew, or no longer."""
        return self.with_orders({ANY_COLUMN: order})

    def to_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON; :meth:`from_dict` restores them."""
        orders = {column: order.value for column, order in self.orders.items()}
        return {
            "kind": self.kind.value,
            "roles": dict(self.roles),
            "unused": list(self.unused),
            "values": dict(self.values),
            "settled": sorted(self.settled),
            "orders": orders,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, object]) -> "ColumnMapping":
        """Restore what :meth:`to_dict` gave, also before it gave all of it.

        Raises
        ------
        KeyError, ValueError
            If it is not that.
        """
        orders = dict(kept.get("orders", {}))
        return cls(
            TableKind(kept["kind"]),
            dict(kept["roles"]),
            tuple(kept["unused"]),
            dict(kept.get("values", {})),
            frozenset(kept.get("values", {})),
            frozenset(kept.get("settled", ())),
            orders={column: DateOrder(order) for column, order in orders.items()},
        )


def recognise(
    columns: Iterable[str],
    kind: TableKind,
    sample: pd.DataFrame | None = None,
    repeated: Sequence[str] = (),
) -> ColumnMapping:
    """Guess which column plays which role; the user confirms it.

    Names propose, values decide. Names are compared without case, accents, spaces, punctuation and
    units: first with the names that are known whole, then with the first ten characters
    (shapefiles), then with patterns. A name written earlier in ``column_names.py`` beats a later
    one. A column whose values do not fit the role it is called by gives way to the next one, and
    takes a kindred role that its values do fit; where nothing fits better the name stands, and
    :func:`misfits` says so. Columns of coordinates are told apart by their values.

    Parameters
    ----------
    columns
        Names as they stand in the file.
    kind
        What the table holds.
    sample
        Some or all rows, to look at the values.
    repeated
        Names that stand several times in the header; the later ones are called *name (2)*.

    Returns
    -------
    ColumnMapping
        Possibly without a role that is needed: :func:`validate` says so.
    """
    guess = Guess(kind, list(columns), sample, repeated)
    guess.by_name()
    guess.by_kin()
    guess.left_over()
    if kind in (TableKind.INCIDENTS, TableKind.OBSERVATIONS):
        guess.by_axes()
        guess.by_points()
    if kind is TableKind.INCIDENTS:
        guess.by_start_and_end()
        guess.by_finality()
        guess.by_clock()
        guess.by_count()
    ordered = {role: guess.roles[role] for role in NAMES[kind] if role in guess.roles}
    settled, moved = frozenset(guess.settled), tuple(guess.moved)
    return ColumnMapping(kind, ordered, tuple(guess.free()), settled=settled, moved=moved)


def misfits(mapping: ColumnMapping, frame: pd.DataFrame) -> dict[str, str]:
    """A value that does not fit, by role, for each role whose column mostly holds such."""
    found = {}
    for role, column in mapping.roles.items():
        if column in frame and not suits(mapping.kind, role, cells := looked_at(frame[column])):
            takes = TAKES[mapping.kind][role]
            found[role] = str(cells[~takes(cells)].iloc[0])
    return found


def signature(columns: Iterable[str]) -> str:
    """A short name for a set of columns, by which a confirmed mapping is remembered.

    Order does not matter, nor do the columns that a quarantine file adds.
    """
    names = sorted(set(columns) - set(QUARANTINE_COLUMNS))
    return hashlib.sha256(json.dumps(names).encode()).hexdigest()[:32]


NOT_SHARED = frozenset(
    (
        *("source_id", "case_id", "quarantine_id", "respondent", "walk", "track_file"),
        *("northing", "easting", "latitude", "longitude", "wkt", "answer"),
    )
)
"""Roles that no two rows share, for which one value cannot stand for the whole file."""


def with_values(
    raw: RawTable, mapping: ColumnMapping, titles: Mapping[str, str]
) -> tuple[RawTable, ColumnMapping]:
    """A file with a column for each value that is given for the whole of it.

    Parameters
    ----------
    raw, mapping
        The file as it stands.
    titles
        What the columns are to be called, by role.

    Raises
    ------
    SourceError
        ``ROLE_UNKNOWN`` for a role that this kind of table has not, ``VALUE_NOT_SHARED`` for one in
        ``NOT_SHARED``, ``VALUE_UNFIT`` for a value that the role does not take.
    """
    possible = mapping.possible_roles()
    strange = [role for role in (*mapping.roles, *mapping.values) if role not in possible]
    if strange:
        names = [titles[role] for role in possible if role in titles]
        raise SourceError(SourceCause.ROLE_UNKNOWN, role=titles[strange[0]], roles=names)
    frame, roles = raw.frame, dict(mapping.roles)
    for role, value in mapping.values.items():
        if role in NOT_SHARED:
            raise SourceError(SourceCause.VALUE_NOT_SHARED, role=titles[role])
        if not suits(mapping.kind, role, pd.Series([value], dtype="str")):
            raise SourceError(SourceCause.VALUE_UNFIT, role=titles[role], value=value)
        name = titles[role]
        while name in frame:
            name += " (hela filen)"
        frame = frame.assign(**{name: pd.Series(value, frame.index, dtype="str")})
        roles[role] = name
    settled = mapping.settled | set(mapping.values)
    return replace(raw, frame=frame), replace(mapping, roles=roles, settled=settled)


def repeated(raw: RawTable) -> tuple[str, ...]:
    """Names that stand several times in a file's header."""
    found = raw.notes.get("repeated_columns", ())
    return tuple(dict.fromkeys(found)) if isinstance(found, (list, tuple)) else ()


def validate(mapping: ColumnMapping, raw: RawTable) -> None:
    """See that a file can be read with a mapping.

    Raises
    ------
    SourceError
        ``MAPPING_UNKNOWN_COLUMN`` when a role points to a column the file lacks, ``COLUMN_TWICE``
        when it points to a name that stands twice in the header and nobody has said which is meant,
        ``COLUMN_MISSING`` when no column plays a role that is needed; the fact ``column`` is then
        its usual name, or ``COLUMN_OF_A_PART`` where one counts some of the inhabitants.
        ``COLUMN_MISSING_IN_SHEET`` instead where the note ``other_sheets`` names other tables.
    """
    present = set(raw.frame.columns)
    twice = repeated(raw)
    for role, column in mapping.roles.items():
        if column not in present:
            raise SourceError(SourceCause.MAPPING_UNKNOWN_COLUMN, file=raw.file_name, column=column)
        if column in twice and role not in mapping.settled:
            raise SourceError(SourceCause.COLUMN_TWICE, file=raw.file_name, column=column)
    found = list(raw.frame.columns)
    for roles in lacking(mapping, raw):
        usual = {**NEEDED[mapping.kind], **COUNT}[roles]
        raise _partial(mapping, roles, raw) or _missing(raw, usual, found)
    if mapping.kind is TableKind.DISTRICTS and raw.geometry is None:
        raise _missing(raw, GEOMETRY, found)
    if mapping.kind is TableKind.POPULATION:
        _validate_years(mapping, raw)


def _validate_years(mapping: ColumnMapping, raw: RawTable) -> None:
    """See that inhabitants are told by year in one way: in the headers or in the rows."""
    wide = wide_years(raw.frame.columns)
    if "year" not in mapping.roles:
        two = next((name for name in wide if name in repeated(raw)), None)
        if two is not None:
            raise SourceError(SourceCause.COLUMN_TWICE, file=raw.file_name, column=two)
        return
    counted = mapping.roles.get("population")
    one = {str(year) for year in wide.values()} == {mapping.values.get("year", "")}
    if wide and (counted is None or (counted in wide and not one)):
        columns = tuple(wide)
        raise SourceError(SourceCause.YEAR_BESIDE_YEARS, file=raw.file_name, columns=columns)


def _partial(
    mapping: ColumnMapping, alternatives: tuple[str, ...], raw: RawTable
) -> SourceError | None:
    """The error of a file whose only figures are of some of the inhabitants."""
    if mapping.kind is not TableKind.POPULATION or "population" not in alternatives:
        return None
    named = (name for name in mapping.unused if _OF_A_PART.fullmatch(fold(name)))
    column = next(named, None)
    if column is None:
        return None
    return SourceError(SourceCause.COLUMN_OF_A_PART, file=raw.file_name, column=column)


def lacking(mapping: ColumnMapping, raw: RawTable) -> list[tuple[str, ...]]:
    """Roles that are needed and that nothing plays; of each group one is enough."""
    found = [roles for roles in NEEDED[mapping.kind] if not _has_any(mapping, roles, raw)]
    if mapping.kind is TableKind.INCIDENTS and not _has_any(mapping, COUNTED_OR_SINGLE, raw):
        fit = mapping.roles.keys() - misfits(mapping, raw.frame)
        found += COUNT if may_measure(raw.frame, {mapping.roles[role] for role in fit}) else {}
    return found


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
    """Columns that are named by a year, such as ``2025`` or ``Folkmängd 2025``, and the year.

    Where a code says what is counted (``000007Y7 2025``) it has to be the same in all of them.
    """
    names = list(columns)
    found = ((name, _WIDE_YEAR.fullmatch(fold(name))) for name in names)
    plain = {name: int(match[1]) for name, match in found if match}
    if plain:
        return plain
    coded = {name: match for name in names if (match := _CONTENTS_YEAR.fullmatch(name))}
    one = len({match[1] for match in coded.values()}) == 1
    return {name: int(match[2]) for name, match in coded.items()} if one else {}


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
    if any(role in mapping.roles or role in mapping.values for role in alternatives):
        return True
    if mapping.kind is TableKind.SURVEY_ANSWERS:
        return "year" in alternatives and year_in_name(raw.file_name) is not None
    if mapping.kind is not TableKind.POPULATION:
        return False
    by_year = {"population", "year"} & set(alternatives) and wide_years(raw.frame.columns)
    return bool(by_year) or ("year" in alternatives and year_in_name(raw.file_name) is not None)
