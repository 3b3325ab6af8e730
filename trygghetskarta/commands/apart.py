"""Files at the terminal: read and imported in a process of their own, within the same limits."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trygghetskarta.intake.worker.budget import Budget
from trygghetskarta.intake.worker.crew import CREW
from trygghetskarta.intake.worker.messages import Job, Parcel
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings


def handed_over(path: Path) -> Parcel:
    """A file on disk, by its path; one that cannot be looked at has no size."""
    return Parcel(uuid.uuid4().hex, path.name, sum(map(_size, _whole(path))), path.absolute())


def done(
    job: Job,
    place: Workplace,
    cost: Callable[[Settings, float], Budget],
    tell: Callable[[float], None],
) -> Any:
    """Have a job done; gives its answer.

    Raises
    ------
    TrygghetskartaError
        If there is none.
    """
    return CREW.run(job, place, cost(place.settings, job.megabytes), tell, _wait)


def _wait() -> None:
    """Nothing is said while others are read: a command has one file at a time."""


def _whole(path: Path) -> list[Path]:
    """The file, and what holds the columns of a shapefile."""
    return [path, path.with_suffix(".dbf")] if path.suffix.lower() == ".shp" else [path]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
