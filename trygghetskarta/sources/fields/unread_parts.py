"""Rows of counts that only a column tells apart which nothing is read from."""

import re
from collections.abc import Collection

import pandas as pd

from trygghetskarta.sources.fields.cell_values import told
from trygghetskarta.sources.fields.quarantine import COLUMNS
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.readers.recordings import named

_ROW_NUMBERS = re.compile(
    r"(?:rad|lop|post|ordnings?|row|record)?(?:nr|nummer|number|no)?|kolumn\d+|unnamed\d*|index|ix|"
    r"f?id|objectid\d*|(?:unik|global|rad|row|post)id|uuid|guid|kommentar(?:er)?|anm(?:arkning)?"
)
"""Columns that are one for each row, or say something about it, and divide no count."""


def separating(frame: pd.DataFrame, read: Collection[str], key: pd.Series) -> pd.Series:
    """Find the unread column by which rows of the same key differ.

    Numbers of rows and comments tell nothing apart.

    Parameters
    ----------
    frame
        The file's table.
    read
        Columns that something is read from.
    key
        What rows are taken to be, missing where it does not matter; index: rows of ``frame``.

    Returns
    -------
    Series of text
        Name of the first such column for every row of a key that it divides, and, where it divides
        half of the keys or more, for every other row with one of the same cells: part of a key of
        which the rest is missing. Missing elsewhere.
    """
    found = pd.Series(None, key.index, dtype="object")
    shared = key[key.notna() & key.duplicated(keep=False)]
    if shared.empty:
        return found
    for name in frame.columns:
        if name in read or name in COLUMNS or _ROW_NUMBERS.fullmatch(fold(name)):
            continue
        cells = told(frame[name])[shared.index].fillna("")
        several = cells.groupby(shared).transform("nunique") > 1
        divided = several.index[several]
        if 2 * shared[divided].nunique() >= key.nunique():
            kept = told(frame[name])[key.index[key.notna()]]
            divided = kept.index[kept.isin(cells[divided]) | kept.index.isin(divided)]
        found[divided] = found[divided].fillna(name)
    return found


def unread(frame: pd.DataFrame, read: Collection[str], rows: pd.Index) -> pd.Series:
    """What rows say where nothing is read from, as one text; numbers and comments say nothing."""
    free = [name for name in frame.columns if name not in read and name not in COLUMNS]
    free = [name for name in free if not _ROW_NUMBERS.fullmatch(fold(name))]
    said = pd.Series("", rows, dtype="str")
    for name in free:
        said = said + "\x1f" + told(frame[name])[rows].fillna("")
    return said


def told_apart(names: pd.Series, rest: pd.Series, own: pd.Series) -> pd.Series:
    """Names of rows, where those that are alike but for what is not read are several.

    Parameters
    ----------
    names
        What rows are called after what is read of them.
    rest
        As :func:`unread` gives it, same index.
    own
        Whether a row is called by its own id, which tells enough.

    Returns
    -------
    Series of text
        Of rows of one name the one whose rest comes first keeps it, wherever it stands in the file;
        the others are numbered, for the rest may be somebody's name.
    """
    alike = names[~own & names.duplicated(keep=False)]
    if alike.empty:
        return names
    place = rest[alike.index].groupby(alike).rank(method="dense").astype("int64")
    changed = names.copy()
    for row, number in place[place > 1].items():
        changed[row] = named("row told apart", f"{names[row]}\x1f{number}")
    return changed
