"""What a municipality calls its own places, as words and without where they are."""

from functools import cache
from pathlib import Path

from trygghetskarta import tables
from trygghetskarta.sources.publishers import base_tables


@cache
def place_names(folder: Path) -> frozenset[str]:
    """Give the names in ``place_names.csv``; none where the folder does not hold it.

    Parameters
    ----------
    folder
        The municipality's folder among the geodata.

    Raises
    ------
    SourceError, TableError
        As :func:`base_tables.read_table`.
    """
    read = base_tables.read_table(folder / "place_names.csv", tables.ALIASES)
    return frozenset(read.table["alias"].dropna())
