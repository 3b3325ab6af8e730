"""What a municipality calls its own places, as words and without where they are."""

import csv
from functools import cache
from pathlib import Path


@cache
def place_names(folder: Path) -> frozenset[str]:
    """Give the names in ``place_names.csv``; none where the folder does not hold it.

    Parameters
    ----------
    folder
        The municipality's folder among the geodata.
    """
    path = folder / "place_names.csv"
    if not path.is_file():
        return frozenset()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return frozenset(row["alias"] for row in csv.DictReader(file, delimiter=";"))
