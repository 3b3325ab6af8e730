"""The program told to stop: the file by itself holds everything that was stored."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pyogrio
import pytest
from sqlalchemy import text

from tests.browser.conftest import free_port, wait_until_served
from trygghetskarta.store.engine import connect, writing
from trygghetskarta.words import command_words

if os.name == "nt":
    pytest.skip("Windows has none of these signals", allow_module_level=True)

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60

LONG_STATEMENT = text(
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 4000000)"
    " SELECT sum(x) FROM n"
)
HEADER = "Id;Brottskod;Inskrivningsdatum;Stadsdel\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/self/fd").exists(), reason="signals and open files as on Linux"
    ),
]


@contextmanager
def program(store: Path, *words: str) -> Iterator[subprocess.Popen]:
    # What the tests' own shell ignores, as under nohup or behind &, is ignored by what they start.
    kept = {one: signal.signal(one, signal.SIG_DFL) for one in (signal.SIGHUP, signal.SIGINT)}
    with subprocess.Popen(
        [sys.executable, "-m", "trygghetskarta", "--store", str(store), *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as running:
        for one, handler in kept.items():
            signal.signal(one, handler)
        try:
            yield running
        finally:
            running.kill()


def alone(store: Path, folder: Path) -> Path:
    """The file without what lies beside it, as somebody copies it."""
    folder.mkdir()
    copied = folder / store.name
    copied.write_bytes(store.read_bytes())
    return copied


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT], ids=lambda one: one.name)
def test_the_app_leaves_a_whole_file_when_it_is_stopped(tmp_path, ending):
    store = tmp_path / "store.gpkg"
    port = free_port()
    with program(store, "start", "--no-browser", "--port", str(port)) as app:
        wait_until_served(f"http://127.0.0.1:{port}", lambda: app.poll() is None, app.stderr.read)
        # Another program writes and keeps the file open: nobody is last to close it.
        with closing(sqlite3.connect(store, isolation_level=None)) as other:
            other.execute("UPDATE store_state SET version = 4711")
            assert store.with_name("store.gpkg-wal").stat().st_size
            assert version(store) == 4711
            app.send_signal(ending)
            _, said = app.communicate(timeout=PATIENCE)
            assert version(alone(store, tmp_path / "copied")) == 4711
    assert app.returncode == 0
    assert "Traceback" not in said and command_words.CLI_STOPPED in said


def test_a_file_that_is_not_whole_yet_is_not_said_to_be(tmp_path):
    store = tmp_path / "store.gpkg"
    port = free_port()
    with program(store, "start", "--no-browser", "--port", str(port)) as app:
        wait_until_served(f"http://127.0.0.1:{port}", lambda: app.poll() is None, app.stderr.read)
        with (
            closing(sqlite3.connect(store, isolation_level=None)) as reader,
            closing(sqlite3.connect(store, isolation_level=None)) as writer,
        ):
            reader.execute("BEGIN")
            reader.execute("SELECT version FROM store_state").fetchone()
            writer.execute("UPDATE store_state SET version = 4711")
            app.send_signal(signal.SIGTERM)
            _, said = app.communicate(timeout=PATIENCE)
            assert version(alone(store, tmp_path / "copied")) != 4711
    assert command_words.CLI_STOPPED_IN_USE in said and command_words.CLI_STOPPED not in said


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_a_command_that_is_stopped_leaves_a_whole_file_and_nothing_of_its_own(
    tmp_path, base_store, ending
):
    store = Path(shutil.copy(base_store, tmp_path / "store.gpkg"))
    rows = tmp_path / "uttag.csv"
    rows.write_text(HEADER + "A1;9801;2025-03-01;Kronogården\n", encoding="utf-8")
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("UPDATE store_state SET version = 4711")
        # The command waits for another program to have written, and is told to stop meanwhile.
        other.execute("BEGIN IMMEDIATE")
        with program(store, "import", "incidents", str(rows)) as bringing:
            wait_until_open(store, bringing)
            bringing.send_signal(ending)
            other.execute("ROLLBACK")
            _, said = bringing.communicate(timeout=PATIENCE)
        copied = alone(store, tmp_path / "copied")
    assert bringing.returncode == 2
    assert said.strip() == "Avbrutet. Inget av den pågående filen har sparats."
    assert version(copied) == 4711
    assert pyogrio.read_dataframe(copied, layer="incident").empty


def test_what_is_stopped_in_the_middle_of_a_statement_holds_no_lock(tmp_path, base_store, request):
    store = Path(shutil.copy(base_store, tmp_path / "store.gpkg"))
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGALRM, before))
    engine = connect(str(store))
    with closing(sqlite3.connect(store, timeout=0, isolation_level=None)) as other:
        with pytest.raises(KeyboardInterrupt) as held, writing(engine) as connection:
            connection.execute(text("UPDATE store_state SET version = 4711"))
            signal.setitimer(signal.ITIMER_REAL, 0.1)
            connection.execute(LONG_STATEMENT).all()
            signal.pause()
        # Whoever tells of it holds the error, and with it all that stood around it.
        assert held.traceback
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    engine.dispose()
    assert version(store) != 4711


def version(path: Path) -> int:
    return int(pyogrio.read_dataframe(path, layer="store_state")["version"].iloc[0])


def wait_until_open(store: Path, running: subprocess.Popen) -> None:
    """Wait until the process has had a file open for a while; to begin with it only looks."""
    looks = 0
    while looks < 25:
        assert running.poll() is None, running.communicate()
        looks = looks + 1 if any(opened == store for opened in _opened(running)) else 0
        time.sleep(0.02)


def _opened(running: subprocess.Popen) -> Iterator[Path]:
    for one in Path(f"/proc/{running.pid}/fd").iterdir():
        # It may be closed again meanwhile.
        with suppress(FileNotFoundError):
            yield one.readlink()
