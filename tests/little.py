"""A small world with something of everything: a thin slice of the example data, read in."""

from pathlib import Path

from trygghetskarta.example import compose
from trygghetskarta.intake.workplace import Workplace

STEPS = {"handelser_2024.csv": 16, "handelser_2025.csv": 16, "enkatsvar_2024.csv": 4}
"""By file: one row of so many stays."""
WALKS = ("vandring_01", "vandring_02", "vandring_03", "vandring_05", "vandring_08")


def fill(place: Workplace, folder: Path) -> list[Path]:
    """Import the slice into a store; gives its files, which lie in the folder."""
    files = [path for path in compose.write_files(place, folder) if _stays(path)]
    for path in files:
        if path.suffix == ".csv":
            _thin(path)
    compose.import_files(place, files, lambda _name, _part: None)
    return files


def _stays(path: Path) -> bool:
    if path.suffix == ".gpx":
        return path.stem in WALKS
    return not path.name.startswith("handelser_") or path.name in STEPS


def _thin(path: Path) -> None:
    head, *rows = path.read_text("utf-8-sig").splitlines(keepends=True)
    kept = rows[:: STEPS.get(path.name, 1)]
    if head.startswith("Vandring;"):
        kept = [row for row in rows if row.startswith(WALKS)]
    path.write_text(head + "".join(kept), encoding="utf-8-sig")
