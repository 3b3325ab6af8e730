"""What every parser hands on: the good rows, the faults of the others, and what was noticed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from trygghetskarta.errors import Fault
from trygghetskarta.tables.row_accounts import FileRows, RowAccount, Rows
from trygghetskarta.terms.doubts import Doubt
from trygghetskarta.terms.imports import Aside


@dataclass(frozen=True, eq=False)
class Parsed:
    """A source file as a table that fulfils its contract, and an account of the rest.

    Every row that was read is a row of ``table``, has a fault, or stands ``aside``; see
    :meth:`account`.

    Attributes
    ----------
    table
        The accepted rows. Index: row number as Excel counts, unless the parser says otherwise.
    rows
        The file's own rows, as counted when it was read.
    faults
        Every fault of every row that is not accepted; a row may have several.
    notes
        Facts by name, e.g. ``occurred_after_reported``: 3. Names that ``words/texts.py`` has a
        sentence for are told to the user.
    resolves
        Quarantine ids of the accepted rows, when the file is a corrected quarantine file.
    aside
        Numbers of the rows that have no row of their own in ``table``, by the reason.
    read_columns
        Columns that were read besides those of the mapping.
    doubts
        What must be confirmed before the file is saved.
    """

    table: pd.DataFrame
    rows: FileRows
    faults: tuple[Fault, ...] = ()
    notes: Mapping[str, object] = field(default_factory=dict)
    resolves: tuple[str, ...] = ()
    aside: Mapping[Aside, Rows] = field(default_factory=dict)
    read_columns: frozenset[str] = frozenset()
    doubts: tuple[Doubt, ...] = ()

    @property
    def repeated(self) -> int:
        """Rows that say exactly what an earlier row of the same file said, and are counted once."""
        return len(self.aside.get(Aside.REPEATED, ()))

    def account(self) -> RowAccount:
        """What became of every row.

        Raises
        ------
        StoreError
            ``ROWS_LOST``, ``ROWS_UNKNOWN``.
        """
        faulty = {fault.row for fault in self.faults if fault.row is not None}
        return RowAccount(self.rows, self.table.index, faulty, self.aside)
