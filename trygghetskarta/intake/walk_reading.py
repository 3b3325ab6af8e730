"""How files of walks are to be read, and a file that has been opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.publishers import gpx
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.times import DateOrder
from trygghetskarta.terms.walks import WalkType


@dataclass(frozen=True)
class WalkDetails:
    """What somebody says of the tracks of an import, which the files do not tell.

    Attributes
    ----------
    walk_type, participants, team, given_place, note
        As in contract ``WALKS``; None for what is not said, and keeps what is stored.
    """

    walk_type: WalkType | None = None
    participants: int | None = None
    team: str | None = None
    given_place: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Reading:
    """How files are to be read.

    Attributes
    ----------
    kind
        ``WALKS`` or ``OBSERVATIONS``; None to tell each file by its content.
    source
        Name of the source, for rows that do not tell their own.
    told
        What is said of tracks.
    is_example
        Whether the rows are invented.
    crs
        EPSG code of coordinates when a file does not say.
    layer
        Layer or sheet of files that have several.
    roles
        Columns by role that the user has chosen, before what is recognised; an empty name for a
        role that no column plays.
    values
        One value for the whole of each file, by role.
    orders
        The order of day, month and year in dates, as of ``ColumnMapping``.
    received
        Lists whose columns somebody has confirmed, whether with their rows or without; by the
        SHA-256 of the file.
    confirmed
        Doubts that the user has confirmed.
    is_check
        Whether only the account and the doubts are asked for, and nothing is to be stored.
    """

    kind: TableKind | None
    source: str
    told: WalkDetails = field(default_factory=WalkDetails)
    is_example: bool = False
    crs: int | None = None
    layer: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, DateOrder] = field(default_factory=dict)
    received: Mapping[str, Waiting] = field(default_factory=dict)
    confirmed: frozenset[DoubtKind] = frozenset()
    is_check: bool = False


@dataclass(frozen=True, eq=False)
class OpenFile:
    """A file that has been opened: a GPX, or a table."""

    name: str
    size: int
    kind: TableKind
    sha256: str
    tracks: gpx.GpxFile | None = None
    raw: RawTable | None = None
    mapping: ColumnMapping | None = None
