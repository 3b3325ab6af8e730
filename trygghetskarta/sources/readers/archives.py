"""Zip and gzip: what lies in them, within bounds, and nothing written anywhere."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers.on_disk import check_size

UNPACKED = 10
"""How many times larger than the limit the content of a zip may say it is when unpacked."""
MOST_MEMBERS = 2000
GZIP = b"\x1f\x8b"
_MEGABYTE = 1_000_000
_ENCRYPTED = 0x1
_UTF_8 = 0x800
_ARCHIVES = (".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".kmz")
_SWELLS = 200
"""How many times smaller packed data may be than what it becomes; texts are 5 to 50 times."""
_SMALL = 20 * _MEGABYTE
_BROKEN = (
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@contextmanager
def opened(data: bytes, file: str, max_megabytes: float) -> Iterator[zipfile.ZipFile]:
    """Open a zip that is neither locked nor larger than what is read.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED``, ``FILE_TOO_LARGE``, ``FILE_PROTECTED``, ``ARCHIVE_SWELLS`` for what was
        made to fill a memory, ``TOO_MANY_FILES``; ``FILE_DAMAGED`` too for what is found broken
        while it is open.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    with archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            found = len(members)
            raise SourceError(SourceCause.TOO_MANY_FILES, file=file, found=found, most=MOST_MEMBERS)
        # zipfile never unpacks more than the size it is told, so the sum of those is the bound.
        size = sum(member.file_size for member in members)
        _check_swelling(size, len(data), file)
        check_size(size, file, max_megabytes * UNPACKED)
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise SourceError(SourceCause.FILE_PROTECTED, file=file)
        try:
            yield archive
        except _BROKEN as error:
            raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error


def members(
    archive: zipfile.ZipFile, file: str, endings: Sequence[str]
) -> dict[str, zipfile.ZipInfo]:
    """What can be read of an archive, by name; texts only where there is nothing else.

    Parameters
    ----------
    archive, file
        The archive, and its name for errors.
    endings
        How names of files end that can be read, in lower case and with the point.

    Raises
    ------
    SourceError
        ``ARCHIVE_NESTED`` for an archive in the archive.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    for member in archive.infolist():
        path = PurePosixPath(_name(member))
        hidden = path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
        if not member.filename or member.is_dir() or hidden:
            continue
        ending = path.suffix.lower()
        if ending in _ARCHIVES and ending != ".kmz":
            raise SourceError(SourceCause.ARCHIVE_NESTED, file=file, member=path.name)
        if ending in endings:
            found[_free(path, found)] = member
    tables = {name: member for name, member in found.items() if not name.lower().endswith(".txt")}
    return tables or found


def _free(path: PurePosixPath, taken: Collection[str]) -> str:
    """A name of its own: an archive may hold two files of one name."""
    name, number = str(path), 2
    while name in taken:
        name, number = str(path.with_stem(f"{path.stem} ({number})")), number + 1
    return name


def unpacked(
    name: str, data: bytes, endings: Sequence[str], max_megabytes: float
) -> list[tuple[str, bytes]] | None:
    """Name and content of each file of an archive, where they are to be read one by one.

    None for what is no archive, and for a zip that is one file by itself: a workbook, a shapefile.

    Raises
    ------
    SourceError
        As :func:`opened`, :func:`members` and :func:`gunzip`.
    """
    if data.startswith(GZIP) and name.lower().endswith(".gz"):
        return [(name[: -len(".gz")], gunzip(data, name, max_megabytes))]
    if not name.lower().endswith(".zip"):
        return None
    with opened(data, name, max_megabytes) as archive:
        if any(part.lower().endswith(".shp") for part in archive.namelist()):
            return None
        held = members(archive, name, endings)
        return [(PurePosixPath(one).name, archive.read(held[one])) for one in held] or None


def gunzip(data: bytes, file: str, max_megabytes: float) -> bytes:
    """Unpack a gzip.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED``, ``FILE_TOO_LARGE``, ``ARCHIVE_SWELLS``.
    """
    most = int(max_megabytes * _MEGABYTE) + 1
    most = min(most, max(_SMALL, len(data) * _SWELLS) + 1)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            content = packed.read(most)
    except _BROKEN as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    _check_swelling(len(content), len(data), file)
    check_size(len(content), file, max_megabytes)
    return content


def _check_swelling(size: int, packed: int, file: str) -> None:
    if size > max(_SMALL, packed * _SWELLS):
        megabytes = round(size / _MEGABYTE, 1)
        raise SourceError(SourceCause.ARCHIVE_SWELLS, file=file, megabytes=megabytes)


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; Macs write UTF-8 without saying so."""
    name = member.filename
    if not member.flag_bits & _UTF_8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return name.replace("\\", "/")
