"""What every parser hands on: the good rows, the faults of the others, and what was noticed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from trygghetskarta.errors import Fault, StoreCause, StoreError
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.doubts import Doubt


@dataclass(frozen=True, eq=False)
class Parsed:
    """A source file as a table that fulfils its contract, and an account of the rest.

    Every row that was read is a row of ``table``, has a fault, or stands ``aside``; see
    :func:`require_every_row`.

    Attributes
    ----------
    table
        The accepted rows. Index: row number as Excel counts, unless the parser says otherwise.
    faults
        Every fault of every row that is not accepted; a row may have several.
    notes
        Facts by name, e.g. ``occurred_after_reported``: 3. Names that ``words/texts.py`` has a
        sentence for are told to the user.
    repeated
        Rows that say exactly what an earlier row of the same file said, and are counted once.
    resolves
        Quarantine ids of the accepted rows, when the file is a corrected quarantine file.
    aside
        Numbers of the rows that are told of by ``repeated`` or by a note, or are part of a sum, and
        so have no row of their own.
    doubts
        What must be confirmed before the file is saved.
    """

    table: pd.DataFrame
    faults: tuple[Fault, ...] = ()
    notes: Mapping[str, object] = field(default_factory=dict)
    repeated: int = 0
    resolves: tuple[str, ...] = ()
    aside: frozenset[int] = frozenset()
    doubts: tuple[Doubt, ...] = ()


def require_every_row(raw: RawTable, parsed: Parsed) -> None:
    """Refuse an account that does not have every row of the file, as counted when it was read.

    Raises
    ------
    StoreError
        ``ROWS_LOST``.
    """
    told = {*parsed.table.index, *parsed.aside, *(fault.row for fault in parsed.faults)}
    lost = raw.frame.index.difference(list(told))
    if len(lost):
        raise StoreError(
            StoreCause.ROWS_LOST,
            file=raw.file_name,
            read=len(raw.frame),
            lost=len(lost),
            row=int(lost[0]),
        )
