"""How much a file may hold: looked at before the work, so that no small file takes hours to open.

Counted in what is stored, so that every machine refuses the same files; only what a GeoPackage
computes while it is read has its seconds.
"""

import sqlite3
import time
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.readers.grids import MOST_COLUMNS, check_columns

MOST_ROWS = 1_500_000
"""Lines of a text file, or things in a layer; Excel itself has 1 048 576 rows."""
MOST_CELLS = 5_000_000
"""Cells that stand in a workbook's sheet, or texts that its cells share."""
_MOST_SPARE = 10_000_000
"""Bytes that a workbook's other parts may unpack to, each: styles, names, relations."""
_MOST_LONG = 50_000_000
"""Bytes of one cell in a GeoPackage."""
_MOST_TAGS, _MOST_ATTRIBUTES = 3_000_000, 1_000_000
"""Beginnings and ends, and attributes, in XML that is held whole: a point a second for six days."""
_SPARE = ("xl/styles.xml", "xl/workbook.xml", "xl/theme/", "[Content_Types].xml")
_MARKS = (b"<c", b":c", b"<r", b":r", b"<si", b":si")
"""How cells, rows, texts and their runs begin, and little else."""
_STEP = 1 << 20
_MOST_HELD = 200_000_000
"""Bytes that a GeoPackage's views and computed columns may give together."""
_MOST_UNPACKED = 300
"""Megabytes (10⁶ bytes) of a shapefile's parts."""
_SHX_RECORD = 8
_VIEW_SECONDS = 4.0
"""Processor time in which a GeoPackage must have told of all that its views compute."""
_STEPS = 100_000  # of SQLite's machine, between two looks at the clock


def check_lines(data: bytes, file: str) -> None:
    """See that a text file is no longer than anybody means.

    Raises
    ------
    SourceError
        ``TOO_MUCH_INSIDE`` (file, found, most).
    """
    check_number(max(data.count(b"\n"), data.count(b"\r")), MOST_ROWS, file)


def check_number(found: int, most: int, file: str) -> None:
    """See that there are not more of something than are read.

    Raises
    ------
    SourceError
        ``TOO_MUCH_INSIDE`` (file, found, most).
    """
    if found > most:
        raise SourceError(SourceCause.TOO_MUCH_INSIDE, file=file, found=found, most=most)


def check_markup(content: bytes, file: str) -> None:
    """See that XML has not so many elements and attributes that they fill the memory.

    Raises
    ------
    SourceError
        ``TOO_MUCH_INSIDE`` (file, found, most).
    """
    check_number(content.count(b"<"), _MOST_TAGS, file)
    check_number(content.count(b"="), _MOST_ATTRIBUTES, file)


def check_features(features: Sequence[Mapping[str, object]], file: str) -> None:
    """See that a layer has neither more things nor more columns than are read.

    Raises
    ------
    SourceError
        ``TOO_MUCH_INSIDE`` (file, found, most), ``TOO_MANY_COLUMNS``.
    """
    check_number(len(features), MOST_ROWS, file)
    names: set[str] = set()
    for feature in features:
        properties = feature.get("properties")
        if isinstance(properties, dict):
            names.update(properties)
            if len(names) > MOST_COLUMNS:
                check_columns(len(names), file)


def check_workbook(archive: zipfile.ZipFile, file: str) -> None:
    """See that the parts of a workbook are not made to fill the memory.

    Raises
    ------
    SourceError
        ``TOO_MUCH_INSIDE`` (file, found, most); ``XML_FORBIDDEN`` for a document type, which no
        program writes in a workbook and whose entities may grow without end.
    zipfile.BadZipFile, zlib.error, EOFError, OSError
        For a part that cannot be unpacked.
    """
    for member in archive.infolist():
        if member.filename.startswith(_SPARE) or member.filename.endswith(".rels"):
            check_number(member.file_size, _MOST_SPARE, file)
        elif member.filename.endswith(".xml"):
            check_number(_count(archive, member, file), MOST_CELLS, file)


def _count(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> int:
    """About how many cells and texts stand in a part, which is never held whole.

    A mark that lies across two steps is missed: one of many thousands.
    """
    found = 0
    with archive.open(member) as part:
        while found <= MOST_CELLS and (step := part.read(_STEP)):
            if b"<!DOCTYPE" in step:
                raise SourceError(SourceCause.XML_FORBIDDEN, file=file)
            found += sum(map(step.count, _MARKS))
    return found


def check_shapefile(parts: Mapping[str, int], file: str) -> None:
    """See that a shapefile's parts (bytes by suffix) do not unpack to more than is read.

    Raises
    ------
    SourceError
        ``FILE_TOO_LARGE`` (file, megabytes, limit), ``TOO_MUCH_INSIDE`` (file, found, most).
    """
    megabytes = round(sum(parts.values()) / 1_000_000, 1)
    if megabytes > _MOST_UNPACKED:
        cause = SourceCause.FILE_TOO_LARGE
        raise SourceError(cause, file=file, megabytes=megabytes, limit=_MOST_UNPACKED)
    check_number(parts.get(".shx", 0) // _SHX_RECORD, MOST_ROWS, file)


def check_views(path: Path, file: str) -> None:
    """See that what a GeoPackage computes comes to an end, for a view may count for ever.

    Before anything else opens it. A view that asks for what only another program can compute is
    refused as well, and so is one behind which the file is damaged: what reads on there may never
    end.

    Raises
    ------
    SourceError
        ``LAYER_WITHOUT_END`` (file, layer), ``TOO_MUCH_INSIDE`` (file, found, most),
        ``FILE_DAMAGED``.
    """
    try:
        with closing(sqlite3.connect(path)) as opened:
            opened.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_LONG)
            end = time.thread_time() + _VIEW_SECONDS
            opened.set_progress_handler(lambda: time.thread_time() > end, _STEPS)
            for name in _computed(opened):
                _read_through(opened, name, file)
    except sqlite3.DatabaseError:
        # What is no database is told by whoever reads it next.
        return


def _computed(opened: sqlite3.Connection) -> list[str]:
    """Views, and tables with columns that are computed."""
    told = opened.execute("SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view')")
    return [name for name, kind in told.fetchall() if kind == "view" or _computes(opened, name)]


def _computes(opened: sqlite3.Connection, name: str) -> bool:
    """Whether a table has columns that are computed; a damaged one is told by whoever reads it."""
    asked = "SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden IN (2, 3)"
    try:
        return opened.execute(asked, (name,)).fetchone() is not None
    except sqlite3.DatabaseError:
        return False


def _read_through(opened: sqlite3.Connection, name: str, file: str) -> None:
    quoted = name.replace('"', '""')
    held = 0
    try:
        for number, row in enumerate(opened.execute(f'SELECT * FROM "{quoted}"'), start=1):
            check_number(number, MOST_ROWS, file)
            held += sum(len(cell) for cell in row if isinstance(cell, str | bytes))
            check_number(held, _MOST_HELD, file)
    except (sqlite3.OperationalError, sqlite3.DataError) as error:
        raise SourceError(SourceCause.LAYER_WITHOUT_END, file=file, layer=name) from error
    except sqlite3.DatabaseError as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
