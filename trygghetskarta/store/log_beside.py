"""The log beside a GeoPackage: the file itself holds everything, and nothing that was erased."""

import atexit
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, Table, exc

ERASE_SECONDS = 3.0
"""How long erasing waits for those who read, before it says that it is not done."""

_opened: set[Path] = set()


def settle(engine: Engine, *erased: Table) -> bool:
    """Leave nothing of what was erased, and nothing that the file itself lacks.

    A GeoPackage takes over what its log holds, and the log is emptied. PostgreSQL writes the
    tables anew, without the rows that are gone; its own log and its backups are the server's.

    Parameters
    ----------
    engine
        The store.
    erased
        Tables that something was erased from.

    Returns
    -------
    bool
        Whether it is done. While somebody else reads it cannot be, within ``ERASE_SECONDS``; a
        GeoPackage is then settled by whatever is read, written, opened or stopped next.
    """
    if engine.dialect.name == "sqlite":
        return _empty_log(_path(engine), ERASE_SECONDS)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"SET lock_timeout = {int(ERASE_SECONDS * 1000)}")
            for table in erased:
                connection.exec_driver_sql(f'VACUUM (FULL) "{table.name}"')
            connection.exec_driver_sql("RESET lock_timeout")
    except exc.DBAPIError:
        return False
    return True


def settle_rest(engine: Engine) -> None:
    """Empty the log beside the file if it holds anything; whoever reads is not waited for."""
    if engine.dialect.name == "sqlite":
        _empty_log(_path(engine), 0)


def settle_at_end(engine: Engine) -> None:
    """Settle a file when the process ends, so that it can be copied by itself."""
    _opened.add(_path(engine))


def _path(engine: Engine) -> Path:
    return Path(engine.url.database or "").absolute()


def _empty_log(path: Path, seconds: float) -> bool:
    """Move everything into the file itself; whether that was possible."""
    log = path.with_name(f"{path.name}-wal")
    try:
        if not log.stat().st_size:
            return True
        address = f"{path.as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, timeout=seconds)) as file:
            busy, _, _ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except FileNotFoundError:
        return True
    except (sqlite3.Error, OSError):
        # What was written is in the log, and safe there.
        return False
    return not busy


def _stop() -> None:
    """Settle what was opened."""
    for path in _opened:
        _empty_log(path, ERASE_SECONDS)


atexit.register(_stop)
