"""Every test of the store runs twice: on a GeoPackage, and on a real PostgreSQL with PostGIS."""

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest

from trygghetskarta.intake import accounts, intake, receiving
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import Settings

TODAY = date(2026, 11, 2)
BASE = "base"
"""Database with the municipality's base data, which others are copied from."""


def _programs() -> Path | None:
    """Folder of initdb and pg_ctl, where Debian puts them or on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if found:
        return found[-1]
    path = shutil.which("pg_ctl")
    return Path(path).parent if path else None


def _absent(reason: str) -> None:
    if os.environ.get("TRYGGHETSKARTA_REQUIRE_POSTGRES"):
        pytest.fail(f"{reason}, but TRYGGHETSKARTA_REQUIRE_POSTGRES is set")
    pytest.skip(reason)


def _demoted(folder: Path) -> dict:
    """As whom the server runs: it refuses root; Debian's package brings the user postgres."""
    if os.name != "posix" or os.getuid() != 0:
        return {}
    # Not there on Windows.
    import pwd

    account = pwd.getpwnam("postgres")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of a database server that lives as long as the tests."""
    programs = _programs()
    if programs is None:
        _absent("no PostgreSQL on this machine")
    # Not below pytest's own folder, which a second run may tidy away while the server lives.
    folder = Path(tempfile.mkdtemp(prefix="trygghetskarta-postgres-"))
    demoted = _demoted(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = folder / "data"
    options = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
        " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )

    def run(*words: str) -> None:
        subprocess.run(
            words,
            check=True,
            capture_output=True,
            cwd=folder,
            timeout=120,
            env={"PATH": ""},
            **demoted,
        )

    initdb = [f"{programs}/initdb", "--no-sync", "-D", str(data)]
    run(*initdb, "-U", "tester", "-A", "trust", "-E", "UTF8")
    log = str(folder / "log")
    run(f"{programs}/pg_ctl", "-D", str(data), "-w", "-l", log, "-o", options, "start")
    try:
        yield f"postgresql://tester@127.0.0.1:{port}"
    finally:
        run(f"{programs}/pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def base_database(postgres) -> str:
    """Name of a database with the municipality's base data; to be copied only."""
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {BASE}")
        known = server.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")
        if known.fetchone() is None:
            _absent("PostgreSQL without PostGIS")
    open_workplace(Settings(store=f"{postgres}/{BASE}"), lambda: TODAY).engine.dispose()
    return BASE


@pytest.fixture
def database(postgres, base_database) -> Iterator[str]:
    """Address of an empty database."""
    name = f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield f"{postgres}/{name}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["geopackage", pytest.param("postgis", marks=pytest.mark.postgres)])
def address(request, tmp_path) -> str:
    """Address of a store that is not there yet."""
    if request.param == "postgis":
        return request.getfixturevalue("database")
    return str(tmp_path / "store.gpkg")


@pytest.fixture
def place(request, address, base_store) -> Iterator[Workplace]:
    """A workplace with the municipality's base data."""
    server, _, name = address.rpartition("/")
    if address.startswith("postgresql:"):
        base = request.getfixturevalue("base_database")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as asked:
            asked.execute(f"DROP DATABASE {name}")
            asked.execute(f"CREATE DATABASE {name} TEMPLATE {base}")
    else:
        shutil.copy(base_store, address)
    opened = open_workplace(Settings(store=address), lambda: TODAY)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def bring(place):
    """Import content as a file of a kind."""

    def run(kind, content: str, name: str = "uttag.csv", **how) -> accounts.ImportReport:
        waiting = receiving.receive(place, kind, name, content.encode("utf-8"))
        waiting = replace(waiting, confirmed=frozenset(how.pop("confirmed", ())))
        return intake.import_waiting(place, waiting, how.pop("source", "Polisen"), **how)

    return run
