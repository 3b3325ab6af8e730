"""Opening a store: which database, made or migrated, and its errors as ours."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    ExceptionContext,
    Table,
    create_engine,
    event,
    exc,
    inspect,
    make_url,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store import geopackage
from trygghetskarta.store.growth import add_columns, missing_columns
from trygghetskarta.store.log_beside import settle_at_end, settle_rest

_MIGRATIONS = Path(__file__).with_name("migrations")
_VERSION_TABLE = "trygghetskarta_version"
_BUSY_SECONDS = 20


def connect(address: str, *, create: bool = True) -> Engine:
    """Open a store, making or migrating it.

    Parameters
    ----------
    address
        Path of a ``.gpkg`` file, ``sqlite:///…`` or ``postgresql://…``.
    create
        Whether to make a file that is not there.

    Raises
    ------
    StoreError
        If the address is no address, the store cannot be reached or written, is something else, or
        was made by a newer program.
    """
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        _check_file(url, create)
    engine = _engine(url)
    if engine.dialect.name == "sqlite":
        # From the first connection on: whoever stops on the way settles it as well.
        settle_at_end(engine)
    try:
        with translated(engine):
            _migrate(engine)
    except StoreError:
        engine.dispose()
        raise
    settle_rest(engine)
    return engine


def display_address(engine: Engine) -> str:
    """The address without password; a file by its name alone."""
    if engine.dialect.name == "sqlite":
        return Path(engine.url.database or "").name
    return engine.url.render_as_string(hide_password=True)


class _Rehearsal:
    """What is written meanwhile, in one transaction that comes to nothing unless it is kept."""

    def __init__(self, engine: Engine, is_kept: bool = False) -> None:
        self.engine = engine
        self.is_kept = is_kept
        self.connection: Connection | None = None

    def begun(self) -> Connection:
        """The connection of it all; its turn to write is not taken before something is written."""
        if self.connection is None:
            self.connection = self.engine.connect().execution_options(writer=True)
            self.connection.begin()
        return self.connection


_REHEARSED: ContextVar[_Rehearsal | None] = ContextVar("rehearsed", default=None)


@contextmanager
def rehearsed(engine: Engine) -> Iterator[None]:
    """Let everything that is written meanwhile be as if stored, and undo it at the end."""
    held = _Rehearsal(engine)
    token = _REHEARSED.set(held)
    try:
        yield
    finally:
        _REHEARSED.reset(token)
        if held.connection is not None:
            held.connection.close()
            settle_rest(engine)


@contextmanager
def together(engine: Engine) -> Iterator[None]:
    """Store everything that is written meanwhile at the end, or nothing when something is raised.

    Within what is :func:`rehearsed`, it is undone at the end of that in any case.
    """
    outer = _rehearsal(engine)
    if outer is not None:
        with translated(engine), outer.begun().begin_nested():
            yield
        return
    held = _Rehearsal(engine, is_kept=True)
    token = _REHEARSED.set(held)
    try:
        yield
        if held.connection is not None:
            with translated(engine):
                held.connection.commit()
    finally:
        _REHEARSED.reset(token)
        if held.connection is not None:
            held.connection.close()
            settle_rest(engine)


def is_rehearsed(engine: Engine) -> bool:
    """Whether what is written just now is undone later."""
    held = _rehearsal(engine)
    return held is not None and not held.is_kept


def _rehearsal(engine: Engine) -> _Rehearsal | None:
    held = _REHEARSED.get()
    return held if held is not None and held.engine is engine else None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read with."""
    held = _rehearsal(engine)
    if held is not None and held.connection is not None:
        with translated(engine):
            yield held.connection
        return
    with translated(engine), engine.connect() as connection:
        yield connection
    settle_rest(engine)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction to write in: all or nothing, one writer at a time on SQLite.

    Afterwards a file holds everything itself, unless somebody else reads just then. In what is
    :func:`rehearsed` it is undone later.
    """
    held = _rehearsal(engine)
    if held is not None:
        with translated(engine), held.begun().begin_nested():
            yield held.begun()
        return
    with (
        translated(engine),
        engine.connect().execution_options(writer=True) as connection,
        connection.begin(),
    ):
        yield connection
    settle_rest(engine)


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn the database's errors into ours."""
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error, OSError) as error:
        raise StoreError(_cause(str(error).lower()), address=display_address(engine)) from error


def _cause(message: str) -> StoreCause:
    for pattern, cause in _CAUSES:
        if re.search(pattern, message):
            return cause
    return StoreCause.NOT_REACHABLE


_CAUSES = (
    (r"locked|deadlock|lock timeout|could not obtain lock", StoreCause.LOCKED),
    (r"readonly|read-only|permission denied for", StoreCause.READ_ONLY),
    (r"disk is full|database or disk is full|no space left", StoreCause.DISK_FULL),
    (r"not a database|malformed|file is encrypted", StoreCause.NOT_A_STORE),
)


def _url(address: str) -> URL:
    if "://" not in address:
        if not address.strip() or "\x00" in address:
            raise StoreError(StoreCause.ADDRESS_INVALID, address=address)
        return URL.create("sqlite", database=str(Path(address)))
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except (exc.ArgumentError, exc.NoSuchModuleError, ValueError) as error:
        raise StoreError(StoreCause.ADDRESS_INVALID, address=address.split("@")[-1]) from error
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not url.database:
        raise StoreError(StoreCause.ADDRESS_INVALID, address=address.split("@")[-1])
    return url


def _check_file(url: URL, create: bool) -> None:
    path = Path(url.database or "")
    if path.is_dir():
        raise StoreError(StoreCause.NOT_A_STORE, address=path.name)
    if not path.exists():
        if not create:
            raise StoreError(StoreCause.NOT_REACHABLE, address=path.name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(StoreCause.READ_ONLY, address=path.name) from error
        return
    if not os.access(path, os.R_OK):
        raise StoreError(StoreCause.READ_ONLY, address=path.name)
    if _is_somebody_elses(path):
        raise StoreError(StoreCause.NOT_A_STORE, address=path.name)


def _is_somebody_elses(path: Path) -> bool:
    """Whether the file holds tables but none of ours; only looked at, so that it stays as it is.

    By SQLite itself: a file that the process has open already loses its locks when it is opened and
    closed by any other means, and whoever then closes it last takes the log away from under it.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            names = {name for (name,) in file.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        return _cause(str(error).lower()) is StoreCause.NOT_A_STORE
    return bool(names) and _VERSION_TABLE not in names


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _roll_back_interrupted)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not open transactions of its own: writers say BEGIN IMMEDIATE themselves.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    # What is deleted is overwritten, not just let go of.
    connection.execute("PRAGMA secure_delete = ON")
    geopackage.register_functions(connection)


def _begin_sqlite(connection: Connection) -> None:
    writer = connection.get_execution_options().get("writer", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")


def _roll_back_interrupted(error: ExceptionContext) -> None:
    """Let a signal to stop roll back like any error.

    SQLAlchemy would throw the connection away instead, and SQLite keeps the lock of one that is
    closed for as long as a statement of it is held somewhere.
    """
    if not isinstance(error.original_exception, Exception):
        error.is_disconnect = False


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
        current = _current(connection) if _VERSION_TABLE in names else None
        is_whole = current == scripts.get_current_head() and not missing_columns(connection)
    address = display_address(engine)
    ours = _VERSION_TABLE in names
    if not ours and engine.dialect.name == "sqlite" and names:
        raise StoreError(StoreCause.NOT_A_STORE, address=address)
    if ours and current not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(StoreCause.NEWER_THAN_PROGRAM, address=address)
    if is_whole:
        return
    with (
        engine.connect().execution_options(writer=True) as connection,
        connection.begin(),
    ):
        # Another process may have made the store while this one waited for its turn.
        if _VERSION_TABLE in inspect(connection).get_table_names():
            current = _current(connection)
        if current != scripts.get_current_head():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        add_columns(connection)


def _current(connection: Connection) -> str | None:
    return connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()


def insert_new(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert that can be told to leave a row that is there already."""
    is_file = connection.dialect.name == "sqlite"
    return sqlite.insert(table) if is_file else postgresql.insert(table)
