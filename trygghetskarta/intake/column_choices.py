"""What a file's columns are taken for: remembered, guessed, or as somebody says."""

from dataclasses import replace

from trygghetskarta.sources.fields import columns
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words.texts import ROLES


def guessed(raw: RawTable, kind: TableKind) -> ColumnMapping:
    """Guess from names and values."""
    return columns.recognise(raw.frame.columns, kind, raw.frame, columns.repeated(raw))


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
    return replace(whole, notes={**raw.notes, **said}), told
