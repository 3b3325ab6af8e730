"""What a file's columns are taken for: remembered, guessed, or as somebody says."""

from dataclasses import replace

from trygghetskarta.sources.fields import columns, sum_rows
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.date_order import three_numbers
from trygghetskarta.sources.fields.group_labels import with_group_labels
from trygghetskarta.sources.fields.role_values import looked_at
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words.texts import ROLES

_DATES = (
    *("reported_date", "occurred_from_date", "occurred_to_date"),
    *("date", "start", "end", "due_date", "valid_from", "valid_to"),
)


def guessed(raw: RawTable, kind: TableKind) -> ColumnMapping:
    """Guess from names and values."""
    return columns.recognise(raw.frame.columns, kind, raw.frame, columns.repeated(raw))


def has_dates_of_three_numbers(raw: RawTable, mapping: ColumnMapping) -> bool:
    """Whether a column of dates has some that do not tell their order, such as 3/4/2026."""
    columns_of_dates = {mapping.roles[role] for role in _DATES if role in mapping.roles}
    return any(
        next(three_numbers(looked_at(raw.frame[column])), None) is not None
        for column in columns_of_dates & set(raw.frame.columns)
    )


def as_understood(raw: RawTable, mapping: ColumnMapping) -> tuple[RawTable, ColumnMapping]:
    """A file with its mapping, ready to be parsed: values for the whole file are columns of it.

    Notes of the file beside its own: ``columns_by_value`` (column, role by name, role, column
    passed over), ``columns_unfit`` (column, role, a value) and ``given_values`` (role, value).

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
        "columns_unfit": [(mapping.roles[role], role, value) for role, value in unfit.items()],
        "given_values": list(mapping.values.items()),
    }
    said = {name: value for name, value in notes.items() if value}
    own = with_group_labels(sum_rows.without_sum_rows(whole, told), told)
    return replace(own, notes={**own.notes, **said}), told
