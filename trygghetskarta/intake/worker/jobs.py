"""What can be asked of a worker: each function is called in its process.

What goes back is what a page shows: of a file its columns with some of their cells, and the
account of its import. The file itself stays here for the next question about it.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from trygghetskarta.intake import intake, receiving, street_network, walk_intake, walk_lists
from trygghetskarta.intake.accounts import ImportReport
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.intake.street_network import NetworkImport
from trygghetskarta.intake.walk_intake import Outcome
from trygghetskarta.intake.walk_reading import Reading
from trygghetskarta.intake.worker.messages import Parcel
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources import pace
from trygghetskarta.store import rehearsed
from trygghetskarta.terms.imports import TableKind

_Key = tuple[str, TableKind, str]


@dataclass
class Kept:
    """The file that was read last; None before one is, and when it is stored."""

    key: _Key | None = None
    waiting: Waiting | None = None

    def forget(self) -> None:
        """Let go of it: there is room for one."""
        self.key = self.waiting = None


@dataclass(frozen=True)
class Bench:
    """What a job has at hand.

    Attributes
    ----------
    place
        The store.
    tell
        Told that a stage is done, and how far the whole is then, 0 to 1; raises where the job is to
        leave off.
    hear
        The same on the way from one stage to the next.
    content
        Gives the bytes of a file.
    kept
        What was read last.
    """

    place: Workplace
    tell: Callable[[float], None]
    hear: Callable[[float], None]
    content: Callable[[Parcel], bytes]
    kept: Kept = field(default_factory=Kept, repr=False)


def look(bench: Bench, parcel: Parcel, kind: TableKind, layer: str | None) -> Waiting:
    """Read a file and recognise its columns; see :func:`receiving.receive`."""
    with pace.heard_by(bench.hear):
        return receiving.glance(_read(bench, parcel, kind, layer))


def check(
    bench: Bench, parcel: Parcel, waiting: Waiting, source: str, crs: int | None
) -> ImportReport:
    """What would become of a file; see :func:`intake.check_waiting`."""
    with pace.heard_by(bench.hear):
        whole = _whole(bench, parcel, waiting)
        return intake.check_waiting(bench.place, whole, source, crs=crs, progress=bench.tell)


def bring(
    bench: Bench, parcel: Parcel, waiting: Waiting, source: str, crs: int | None
) -> ImportReport:
    """Import a file; see :func:`intake.import_waiting`."""
    with pace.heard_by(bench.hear):
        whole = _whole(bench, parcel, waiting)
        done = intake.import_waiting(bench.place, whole, source, crs=crs, progress=bench.tell)
    bench.kept.forget()
    return done


def unpack(bench: Bench, parcel: Parcel) -> Sequence[tuple[str, bytes]]:
    """Take an archive of walk files apart; see :func:`walk_lists.taken_apart`."""
    limit = bench.place.settings.max_file_megabytes
    return walk_lists.taken_apart(parcel.name, bench.content(parcel), limit)


def look_at_list(bench: Bench, parcel: Parcel, source: str, layer: str | None) -> Waiting:
    """Read a list of walks or of what was seen; see :func:`walk_lists.receive`.

    One that is read by its lines has no columns to show.
    """
    reading = Reading(kind=None, source=source)
    limit = bench.place.settings.max_file_megabytes
    waiting = walk_lists.receive(parcel.name, bench.content(parcel), reading, limit, layer)
    if not walk_lists.has_columns(waiting):
        return replace(waiting, raw=None)
    return receiving.glance(waiting)


def walk(bench: Bench, parcels: Sequence[Parcel], reading: Reading) -> list[Outcome]:
    """Import tracks and lists; see :func:`walk_intake.import_files`."""
    bench.kept.forget()
    paths = [one.path for one in parcels if one.path is not None]
    if paths:
        return walk_intake.import_paths(bench.place, paths, reading, bench.tell)
    given = [(one.name, bench.content(one)) for one in parcels]
    return walk_intake.import_files(bench.place, given, reading, bench.tell)


def pave(
    bench: Bench, parcel: Parcel, source: str, layer: str | None, is_check: bool
) -> NetworkImport:
    """Import a network of streets, or only try; see :func:`street_network.import_network`."""
    bench.kept.forget()
    place = bench.place
    with rehearsed(place.engine) if is_check else nullcontext():
        if parcel.path is not None:
            return street_network.import_network_path(place, parcel.path, source, layer)
        content = bench.content(parcel)
        return street_network.import_network(place, parcel.name, content, source, layer)


def _read(bench: Bench, parcel: Parcel, kind: TableKind, layer: str | None) -> Waiting:
    bench.kept.forget()
    if parcel.path is not None:
        waiting = receiving.receive_path(bench.place, kind, parcel.path, layer)
    else:
        content = bench.content(parcel)
        waiting = receiving.receive(bench.place, kind, parcel.name, content, layer)
    bench.kept.key = (parcel.identity, waiting.kind, layer or "")
    bench.kept.waiting = waiting
    return waiting


def _whole(bench: Bench, parcel: Parcel, told: Waiting) -> Waiting:
    """What somebody has said of a file, with all its rows."""
    held = bench.kept.waiting
    if held is None or bench.kept.key != (parcel.identity, told.kind, told.layer):
        with pace.within(0.0, intake.BEGUN):
            held = _read(bench, parcel, told.kind, told.layer or None)
    return replace(told, raw=held.raw, content=held.content)
