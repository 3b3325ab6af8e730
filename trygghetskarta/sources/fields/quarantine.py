"""The quarantine file: rows to be corrected in a spreadsheet and read in again."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

ID_COLUMN = "karantan_id"
ROW_COLUMN = "rad"
REASON_COLUMN = "fel"
COLUMNS = (ID_COLUMN, ROW_COLUMN, REASON_COLUMN)
"""Columns the quarantine file adds after the original ones."""

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r\n'])")


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
        Semicolon-separated UTF-8 with byte-order mark: the original columns in the order they are
        met, then ``karantan_id``, ``rad`` and ``fel``. Cells that a spreadsheet would run as a
        formula are preceded by an apostrophe, which :func:`unguard` removes.
    """
    names = _original_columns(rows["raw"])
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([guard(name) for name in (*names, *COLUMNS)])
    cells = zip(rows["raw"], rows["quarantine_id"], rows["row_number"], reasons, strict=True)
    for raw, identity, number, reason in cells:
        own = [_text(raw.get(name)) for name in names]
        writer.writerow([guard(cell) for cell in (*own, str(identity), _text(number), reason)])
    return text.getvalue().encode("utf-8-sig")


def guard(cell: str) -> str:
    """Keep a spreadsheet from running a cell, in a way that :func:`unguard` can undo exactly.

    Examples
    --------
    >>> guard("=1+1"), guard("'s"), guard("Sylte")
    ("'=1+1", "''s", 'Sylte')
    """
    return f"'{cell}" if cell.startswith((*_RUNS_AS_FORMULA, "'")) else cell


def unguard(cell: str) -> str:
    """Undo :func:`guard`.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("''s"), unguard("'t Zand")
    ('=1+1', "'s", "'t Zand")
    """
    return _GUARDED.sub("", cell)


def is_quarantine_file(columns: Sequence[str]) -> bool:
    """Whether the columns are those of a file that :func:`to_csv` wrote."""
    return ID_COLUMN in columns


def unguard_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Undo the guards of a whole file, column names included."""
    restored = frame.apply(lambda cells: cells.str.replace(_GUARDED, "", regex=True))
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
