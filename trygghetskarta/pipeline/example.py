"""Example data: generated as ordinary files, read in through the ordinary import."""

from collections.abc import Callable
from pathlib import Path

from trygghetskarta.pipeline.intake import (
    Report,
    import_waiting,
    receive_path,
)
from trygghetskarta.pipeline.workplace import Workplace
from trygghetskarta.sources import municipality, offence_codes
from trygghetskarta.sources.example import generate
from trygghetskarta.store import read
from trygghetskarta.terms import TableKind

SOURCE = "Exempeldata"
SEED = 1488


def write_files(place: Workplace, folder: Path, seed: int = SEED) -> list[Path]:
    """Write the example files into a folder; the same seed gives the same files."""
    base = municipality.read_base(place.settings.geodata / place.settings.municipality)
    codes = offence_codes.read(place.settings.geodata / "offence_codes")
    return generate(folder, base=base, offences=codes, seed=seed)


def has_real_incidents(place: Workplace) -> bool:
    """Whether the store holds incidents that are not invented."""
    return _incidents(place) > 0 and not read.overview(place.engine).is_example(TableKind.INCIDENTS)


def has_any_incidents(place: Workplace) -> bool:
    """Whether the store holds incidents at all."""
    return _incidents(place) > 0


def import_files(
    place: Workplace, files: list[Path], tell: Callable[[str, float], None]
) -> list[Report]:
    """Read the generated incidents and survey rounds in.

    Parameters
    ----------
    place
        Where they go.
    files
        What :func:`write_files` gave; files of other kinds are left where they are.
    tell
        Called with the file's name and 0 to 1.
    """
    reports = []
    for path in files:
        kind = _kind(path)
        if kind is None:
            continue
        waiting = receive_path(place, kind, path, None)
        reports.append(
            import_waiting(
                place,
                waiting,
                SOURCE,
                is_example=True,
                progress=lambda part, name=path.name: tell(name, part),
            )
        )
    return reports


def _incidents(place: Workplace) -> int:
    return read.overview(place.engine).rows.get("incident", 0)


def _kind(path: Path) -> TableKind | None:
    for start, kind in _KINDS.items():
        if path.name.startswith(start) and path.suffix == ".csv":
            return kind
    return None


_KINDS = {
    "handelser_": TableKind.INCIDENTS,
    "trygghetsundersokning_": TableKind.SURVEY,
}
