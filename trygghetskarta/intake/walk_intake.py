"""Walks and observations from files: many at once, each with its report, none stored twice."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath

from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.intake import walk_lists
from trygghetskarta.intake.accounts import ImportReport, UnconfirmedError
from trygghetskarta.intake.walk_office import Office
from trygghetskarta.intake.walk_reading import OpenFile, Reading
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.sources.fields.spelling import composed
from trygghetskarta.sources.readers import on_disk
from trygghetskarta.store import rehearsed
from trygghetskarta.terms.doubts import Doubt, DoubtKind
from trygghetskarta.terms.file_forms import FileForm, points

Progress = Callable[[float], None]
"""Called with 0 to 1; what it raises stops the import, and what is stored by then is kept."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Attributes
    ----------
    file
        Its name.
    report
        The account of its rows; None when nothing of it could be stored.
    error
        Why not; None when it could.
    """

    file: str
    report: ImportReport | None = None
    error: TrygghetskartaError | None = None

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What must be confirmed before anything of the file is stored."""
        return self.error.doubts if isinstance(self.error, UnconfirmedError) else ()


def import_paths(
    place: Workplace, paths: Sequence[Path], reading: Reading, progress: Progress | None = None
) -> list[Outcome]:
    """As :func:`import_files`, from disk."""
    limit = place.settings.max_file_megabytes
    given = [(one.name, partial(on_disk.content_of, one, limit)) for one in paths]
    return _import(place, given, reading, progress)


def import_files(
    place: Workplace,
    given: Sequence[tuple[str, bytes]],
    reading: Reading,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Import tracks, lists of walks and lists of observations, each file for itself.

    Tracks and lists of walks are read before observations, whatever order they are given in, so
    that what was seen finds its walk. A list that names a track's file and that file make one walk,
    in one import or in two. The same file twice changes nothing.

    Parameters
    ----------
    place
        Where they go.
    given
        Name and content of each file.
    reading
        How they are to be read.
    progress
        Told of the whole import.

    Returns
    -------
    list of Outcome
        One per file, in the order given, and of an archive one for each file in it: a report, or
        the error that says why there is none. A file that is refused leaves nothing behind and does
        not stop the others.
    """
    ready = [(name, partial(bytes, content)) for name, content in given]
    return _import(place, ready, reading, progress)


def _import(
    place: Workplace,
    given: Sequence[tuple[str, Callable[[], bytes]]],
    reading: Reading,
    progress: Progress | None,
) -> list[Outcome]:
    if reading.is_check:
        anyhow = replace(reading, is_check=False, confirmed=frozenset(DoubtKind))
        with rehearsed(place.engine):
            return _import(place, given, anyhow, progress)
    tell = progress or _silent
    apart = _taken_apart(given, place.settings.max_file_megabytes)
    given = [(composed(name), opened) for name, opened in apart]
    office = Office(place, replace(reading, source=composed(reading.source)))
    outcomes: dict[int, Outcome] = {}
    later: list[tuple[int, OpenFile]] = []

    def take(number: int, name: str, opened: Callable[[], bytes]) -> ImportReport | None:
        content = opened()
        with office.whole_or_nothing(name):
            return office.take(name, content, lambda one: later.append((number, one)))

    def observe(one: OpenFile) -> ImportReport:
        with office.whole_or_nothing(one.name):
            return office.observe(one)

    for number, (name, opened) in enumerate(given):
        outcomes[number] = _tried(name, partial(take, number, name, opened))
        tell((number + 1) / (len(given) + 1))
    for number, one in later:
        tell(len(given) / (len(given) + 1))
        outcomes[number] = _tried(one.name, partial(observe, one))
    tell(1.0)
    return list(dict(sorted(outcomes.items())).values())


def _taken_apart(
    given: Sequence[tuple[str, Callable[[], bytes]]], limit: float
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The files of archives one by one, and every other file as it is."""
    for name, opened in given:
        if PurePath(name).suffix.lower() not in points(FileForm.ARCHIVE):
            yield name, opened
            continue
        try:
            held = walk_lists.taken_apart(name, opened(), limit)
        except TrygghetskartaError as error:
            yield name, partial(_raise, error)
            continue
        for member, data in held:
            yield member, partial(bytes, data)


def _raise(error: TrygghetskartaError) -> bytes:
    raise error


def _tried(name: str, work: Callable[[], ImportReport | None]) -> Outcome:
    try:
        return Outcome(name, report=work())
    except TrygghetskartaError as error:
        return Outcome(name, error=error)


def _silent(_part: float) -> None:
    """Progress nobody watches."""
