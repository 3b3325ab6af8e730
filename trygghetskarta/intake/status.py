"""What the store holds: for the pages' frame, for ``status`` and for the caches."""

from dataclasses import asdict, dataclass
from datetime import datetime

import pandas as pd

from trygghetskarta.errors import Fault, TableRule
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources.fields import quarantine as quarantine_files
from trygghetskarta.store import display_address, read
from trygghetskarta.terms.imports import TableKind


@dataclass(frozen=True)
class Status:
    """The store in numbers.

    Attributes
    ----------
    store
        Its address, without password.
    version
        Data version.
    areas, incidents, population, events, survey, walks, observations
        Rows of each kind.
    quarantined
        Rows that wait to be put right.
    newest
        Newest offence or report, None when there is none.
    example
        Whether the incidents are invented.
    """

    store: str
    version: int
    areas: int
    incidents: int
    population: int
    events: int
    survey: int
    walks: int
    observations: int
    quarantined: int
    newest: datetime | None
    example: bool

    def as_dict(self) -> dict[str, object]:
        """Plain JSON."""
        return {**asdict(self), "newest": self.newest.isoformat() if self.newest else None}


@dataclass(frozen=True, eq=False)
class Quarantine:
    """Rows that wait to be put right.

    Attributes
    ----------
    rows
        DataFrame ``quarantine_id, kind, file_name, row_number, raw, faults``.
    """

    rows: pd.DataFrame

    def part(self, first: int, rows: int) -> "Quarantine":
        """Some of the rows, from the one at a place."""
        return Quarantine(self.rows.iloc[first : first + rows])

    def faults(self, row: int) -> list[Fault]:
        """The faults of one row."""
        return [
            Fault(**{**fault, "rule": TableRule(fault["rule"])})
            for fault in self.rows["faults"].iloc[row]
        ]


def fingerprint(place: Workplace) -> tuple[str, int]:
    """Identity and version of the store: the same pair means the same answers."""
    return read.identity(place.engine), read.version(place.engine)


def describe(place: Workplace) -> Status:
    """Count what the store holds."""
    told = read.overview(place.engine)
    rows = told.rows
    return Status(
        store=display_address(place.engine),
        version=read.version(place.engine),
        areas=rows["area"],
        incidents=rows["incident"],
        population=rows["population"],
        events=rows["police_event"],
        survey=rows["survey_share"],
        walks=rows["walk"],
        observations=rows["observation"],
        quarantined=rows["quarantine"],
        newest=told.newest,
        example=told.is_example(TableKind.INCIDENTS),
    )


def quarantine(place: Workplace) -> Quarantine:
    """The rows that wait to be put right, newest import first."""
    rows = read.quarantine(place.engine)
    batch, _ = pd.factorize(rows["batch"])
    return Quarantine(rows.iloc[(-batch).argsort(kind="stable")].reset_index(drop=True))


def quarantine_file(found: Quarantine, reasons: list[str]) -> bytes:
    """The waiting rows as a file to correct and read in again, with the reasons in words."""
    return quarantine_files.to_csv(found.rows, reasons)


def batches(place: Workplace) -> pd.DataFrame:
    """Every import, with its numbers."""
    return read.batches(place.engine)
