"""The quarantine file: rows to be corrected in a spreadsheet and read in again."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.words.safe import GUARDED, guard, unguard

ID_COLUMN = "karantan_id"
ROW_COLUMN = "rad"
REASON_COLUMN = "fel"
COLUMNS = (ID_COLUMN, ROW_COLUMN, REASON_COLUMN)
"""Columns the quarantine file adds after the original ones."""


def to_csv(rows: pd.DataFrame, reasons: Sequence[str]) -> bytes:
    """Write quarantined rows so that Swedish Excel opens them and the import reads them back.

    Parameters
    ----------
    rows
        One row per quarantined row with ``quarantine_id``, ``row_number`` and ``raw``, a mapping
        from original column name to text; rows of several files may stand together.
    reasons
        What was wrong with each row, in words, in the same order.

    Returns
    -------
    bytes
        As :func:`trygghetskarta.formats.swedish_csv` has it: the original columns in the order they
        are met, then ``karantan_id``, ``rad`` and ``fel``. Cells that a spreadsheet would run as a
        formula are guarded so that the import takes the guard away again.
    """
    names = _original_columns(rows["raw"])
    cells = zip(rows["raw"], rows["quarantine_id"], rows["row_number"], reasons, strict=True)
    told = [
        (*(_text(raw.get(name)) for name in names), str(identity), _text(number), reason)
        for raw, identity, number, reason in cells
    ]
    return formats.swedish_csv(map(guard, row) for row in [(*names, *COLUMNS), *told])


def is_quarantine_file(columns: Sequence[str]) -> bool:
    """Whether the columns are those of a file that :func:`to_csv` wrote."""
    return ID_COLUMN in columns


def unguard_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Undo the guards of a whole file, column names included."""
    restored = frame.apply(lambda cells: cells.str.replace(GUARDED, "", regex=True))
    return restored.rename(columns=unguard).astype("str")


def resolved(
    frame: pd.DataFrame, roles: Mapping[str, str], accepted: np.ndarray
) -> tuple[str, ...]:
    """Quarantine ids of the accepted rows; none when the file is no quarantine file.

    Parameters
    ----------
    frame
        Every row of the file.
    roles
        Column by role; a mapping remembered from the original file lacks ``quarantine_id``, so
        that the column is found by its own name too.
    accepted
        Boolean, one element per row.
    """
    column = roles.get("quarantine_id", ID_COLUMN)
    return tuple(frame[column][accepted].dropna()) if column in frame else ()


def _original_columns(raws: Sequence[Mapping[str, object]]) -> list[str]:
    """Names in the order they are met; a row read from a quarantine file brings its own three."""
    met = {name: None for raw in raws for name in raw}
    return [name for name in met if name not in COLUMNS]


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
