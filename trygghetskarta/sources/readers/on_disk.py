"""The bytes of a file on disk, with what a program that has it open has not written into it yet."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from trygghetskarta.errors import SourceCause, SourceError

SQLITE = b"SQLite format 3\0"
_FORMS = slice(18, 20)
"""Where SQLite says how a file is written and read: 2 with a log beside it, else 1."""
_LOGGED, _WHOLE = b"\2\2", b"\1\1"
_MEGABYTE = 1_000_000
_TRIES = 3


def content_of(path: Path, max_megabytes: float) -> bytes:
    """The bytes of a file on disk.

    A GeoPackage that is open in QGIS has its latest rows in a log beside it (``-wal``); they are
    put in. Neither the file nor its folder is written to.

    Raises
    ------
    SourceError
        ``FILE_MISSING``, ``NOT_A_FILE``, ``FILE_TOO_LARGE``, ``FILE_NOT_OPENED``.
    """
    file = path.name
    try:
        if not path.is_file():
            # A pipe or a device is never opened: it may keep whoever reads it waiting.
            cause = SourceCause.NOT_A_FILE if path.exists() else SourceCause.FILE_MISSING
            raise SourceError(cause, file=file)
        log = path.with_name(f"{file}-wal")
        logged = log.stat().st_size if log.is_file() else 0
        check_size(path.stat().st_size + logged, file, max_megabytes)
        data = path.read_bytes()
        if not is_logged(data):
            return data
        return _whole(path, log) if logged else _closed(data)
    except (OSError, ValueError, sqlite3.Error) as error:
        raise SourceError(SourceCause.FILE_NOT_OPENED, file=file) from error


def is_logged(data: bytes) -> bool:
    """Whether a GeoPackage says that a log may lie beside it, with rows that are not in it."""
    return data.startswith(SQLITE) and data[_FORMS] == _LOGGED


def check_size(size: int, file: str, max_megabytes: float) -> None:
    """See that a file is no larger than what is read.

    Raises
    ------
    SourceError
        ``FILE_TOO_LARGE`` (file, megabytes, limit).
    """
    if size > max_megabytes * _MEGABYTE:
        raise SourceError(
            SourceCause.FILE_TOO_LARGE,
            file=file,
            megabytes=round(size / _MEGABYTE, 1),
            limit=max_megabytes,
        )


def _closed(data: bytes) -> bytes:
    """A file whose log is gone has everything in it."""
    return data[: _FORMS.start] + _WHOLE + data[_FORMS.stop :]


def _whole(path: Path, log: Path) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.gpkg"
        for _ in range(_TRIES):
            before = _state(path, log)
            shutil.copyfile(path, copy)
            if log.is_file():
                shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
            if _state(path, log) == before:
                break
        with closing(sqlite3.connect(copy)) as opened:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return _closed(copy.read_bytes())


def _state(path: Path, log: Path) -> list[tuple[int, int]]:
    """What changes when another program writes."""
    found = [one.stat() for one in (path, log) if one.is_file()]
    return [(one.st_size, one.st_mtime_ns) for one in found]
