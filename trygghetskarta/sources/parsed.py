"""What every parser hands on: the good rows, the faults of the others, and what was noticed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from trygghetskarta.errors import Fault


@dataclass(frozen=True, eq=False)
class Parsed:
    """A source file as a table that fulfils its contract, and an account of the rest.

    For kinds with one result per row of the file (incidents, districts, survey):
    ``len(table) + repeated + number of distinct rows among faults`` is the number of rows read.

    Attributes
    ----------
    table
        The accepted rows. Index: row number as Excel counts, unless the parser says otherwise.
    faults
        Every fault of every row that is not accepted; a row may have several.
    notes
        Facts by name, e.g. ``occurred_after_reported``: 3. Names that ``render/texts.py`` has a
        sentence for are told to the user.
    repeated
        Rows that say exactly what an earlier row of the same file said, and are counted once.
    resolves
        Quarantine ids of the accepted rows, when the file is a corrected quarantine file.
    """

    table: pd.DataFrame
    faults: tuple[Fault, ...] = ()
    notes: Mapping[str, object] = field(default_factory=dict)
    repeated: int = 0
    resolves: tuple[str, ...] = ()
