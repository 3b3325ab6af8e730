"""What a file's columns are taken for: remembered, guessed, or as somebody says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from trygghetskarta.sources.fields import columns, sum_rows
from trygghetskarta.sources.fields.column_guess import Moved
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.date_order import three_numbers
from trygghetskarta.sources.fields.group_labels import with_group_labels
from trygghetskarta.sources.fields.personal_data import screen
from trygghetskarta.sources.fields.quarantine import COLUMNS
from trygghetskarta.sources.fields.role_values import TAKES, looked_at, suits
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.imports import PersonalDataKind, TableKind
from trygghetskarta.words.texts import ROLES

OWN_COLUMNS = frozenset(COLUMNS)
"""Columns that a quarantine file has beside those of the file it came from."""

_SAMPLES = 3
_LONGEST_SAMPLE = 40
_LONGEST_CELL = 1000

_DATES = (
    *("reported_date", "occurred_from_date", "occurred_to_date"),
    *("date", "start", "end", "due_date", "valid_from", "valid_to"),
)


def guessed(raw: RawTable, kind: TableKind) -> ColumnMapping:
    """Guess from names and values."""
    return columns.recognise(raw.frame.columns, kind, raw.frame, columns.repeated(raw))


def dates_of_three_numbers(raw: RawTable, mapping: ColumnMapping) -> list[str]:
    """Columns of dates that have some that do not tell their order, such as 3/4/2026."""
    dates = {mapping.roles[role] for role in _DATES if role in mapping.roles}
    return [
        column
        for column in raw.frame.columns
        if column in dates and next(three_numbers(looked_at(raw.frame[column])), None) is not None
    ]


def as_understood(raw: RawTable, mapping: ColumnMapping) -> tuple[RawTable, ColumnMapping]:
    """A file with its mapping, ready to be parsed: values for the whole file are columns of it.

    Notes of the file beside its own: ``columns_by_value`` (column, role by name, role, column
    passed over), ``columns_unfit`` (column, role, a value that is no name) and ``given_values``
    (role, value).

    Raises
    ------
    SourceError
        As :func:`columns.with_values` and :func:`columns.validate`.
    """
    whole, told = columns.with_values(raw, mapping, ROLES)
    columns.validate(told, whole)
    unfit = columns.misfits(mapping, raw.frame)
    notes = {
        "columns_by_value": [(one.column, one.meant, one.role, one.passed) for one in told.moved],
        "columns_unfit": [
            (mapping.roles[role], role, "" if role in _OF_PEOPLE else value)
            for role, value in unfit.items()
        ],
        "given_values": list(mapping.values.items()),
    }
    said = {name: value for name, value in notes.items() if value}
    own = with_group_labels(sum_rows.without_sum_rows(whole, told), told)
    return replace(own, notes={**own.notes, **said}), told


_OF_PEOPLE = ("participants",)
"""Roles in whose place names of people may stand."""
_OF_A_TIME = frozenset(("year", "period", *_DATES))


def doubts(raw: RawTable, mapping: ColumnMapping) -> tuple[Doubt, ...]:
    """Doubt a time that an earlier file had on every row and nobody has given this one.

    Rows put right of a quarantined file are of that file's time.
    """
    if OWN_COLUMNS & set(raw.frame.columns):
        return ()
    return tuple(
        Doubt(
            DoubtKind.REMEMBERED_VALUE,
            {"role": ROLES[role], "value": mapping.values[role], "file": raw.file_name},
        )
        for role in sorted(mapping.remembered & _OF_A_TIME)
    )


@dataclass(frozen=True, eq=False)
class Understood:
    """A file and what its columns are taken for, to be shown and changed.

    Attributes
    ----------
    raw, mapping
        The file, and what was guessed or remembered.
    """

    raw: RawTable
    mapping: ColumnMapping

    @property
    def columns(self) -> list[str]:
        """Names of the file's columns, in its order."""
        return list(self.raw.frame.columns)

    def is_open(self, role: str) -> bool:
        """Whether the role's column stands twice in the header and nothing says which is meant."""
        twice = columns.repeated(self.raw)
        return role not in self.mapping.settled and self.mapping.roles.get(role) in twice

    def is_known(self, role: str) -> bool:
        """Whether something was found for a role."""
        return role in self.mapping.roles or role in self.mapping.values

    def lacking(self, mapping: ColumnMapping) -> list[tuple[str, ...]]:
        """Roles that are needed and that nothing plays yet; of each group one is enough."""
        return columns.lacking(mapping, self.raw)

    def column_of(self, role: str) -> str:
        """The column that plays a role; empty for none, or where the user must choose."""
        return "" if self.is_open(role) else self.mapping.roles.get(role, "")

    def samples(self, column: str) -> tuple[str, ...]:
        """Up to three different cells of a column, without numbers that point out a person."""
        cells = dict.fromkeys(looked_at(self.raw.frame[column]))
        return tuple(_short(without_numbers(cell)) for cell in list(cells)[:_SAMPLES])

    def unfit(self, role: str, column: str) -> str:
        """A cell that a role does not take, where most of a column's are such; else empty."""
        cells = looked_at(self.raw.frame[column])
        if suits(self.mapping.kind, role, cells):
            return ""
        takes = TAKES[self.mapping.kind][role]
        return _short(without_numbers(str(cells[~takes(cells)].iloc[0])))

    def moved(self, role: str, column: str) -> Moved | None:
        """What gave a column its role, where that was not its name alone."""
        found = (one for one in self.mapping.moved if (one.role, one.column) == (role, column))
        return next(found, None)

    def changed(self, chosen: Mapping[str, str], values: Mapping[str, str]) -> ColumnMapping:
        """What the columns are taken for when the user has chosen.

        Parameters
        ----------
        chosen
            Column by role, empty for none; of roles that are not named nothing is changed.
        values
            One value for the whole file by role.
        """
        twice = columns.repeated(self.raw)
        told = {
            role: column
            for role, column in chosen.items()
            if column in twice or column != self.mapping.roles.get(role, "")
        }
        known = self.mapping.values
        gone = {role: "" for role in chosen if role in known}
        given = {role: one for role, one in values.items() if one != known.get(role)}
        return self.mapping.changed(told, {**gone, **given})


def may_be_shared(role: str) -> bool:
    """Whether one value can stand for a role on every row."""
    return role not in columns.NOT_SHARED


def fits_role(kind: TableKind, role: str, value: str) -> bool:
    """Whether a role takes a value."""
    return suits(kind, role, pd.Series([value], dtype="str"))


def cells_looked_at(raw: RawTable) -> pd.DataFrame:
    """Of each column the cells that tell what it is, from the top; missing where there are fewer.

    A longer cell is cut: none that a role takes is as long.
    """
    seen = {
        number: looked_at(raw.frame.iloc[:, number]).str.slice(0, _LONGEST_CELL)
        for number in range(raw.frame.shape[1])
    }
    table = pd.DataFrame(
        {number: cells.reset_index(drop=True) for number, cells in seen.items()}, dtype="str"
    )
    return table.set_axis(raw.frame.columns, axis=1)


def first_rows(raw: RawTable, rows: int) -> pd.DataFrame:
    """The first rows of a file as they stand, without numbers that point out a person."""
    return raw.frame.head(rows).fillna("").map(without_numbers)


def without_numbers(text: str) -> str:
    """A text with dots for every *personnummer* in it."""
    for found in screen(text):
        if found.kind is PersonalDataKind.IDENTITY_NUMBER:
            text = text.replace(found.text, "•" * len(found.text))
    return text


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SAMPLE else f"{text[: _LONGEST_SAMPLE - 1]}…"
