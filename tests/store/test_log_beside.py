"""What lies beside a GeoPackage: nothing of what is erased, and nothing that the file lacks.

Other processes read, the app is stopped or killed, and the bytes of every file are looked through.
"""

import signal
import struct
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pyogrio
import pytest
import shapely

from trygghetskarta.store import connect, read_meetings, write_meetings
from trygghetskarta.store.log_beside import settle
from trygghetskarta.store.write_meetings import NewPin
from trygghetskarta.terms.meetings import Feeling, Meeting, MeetingStatus, PinReason

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "Samtal om Storgatan"
READER = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None)
store.execute("BEGIN")
store.execute("SELECT count(*) FROM meeting").fetchone()
print("reads", flush=True)
sys.stdin.readline()
store.execute("COMMIT")
print("done", flush=True)
sys.stdin.readline()
"""
VISITOR = """
import sqlite3, sys
store = sqlite3.connect(sys.argv[1])
print(store.execute("SELECT group_concat(name) FROM meeting").fetchone()[0])
store.close()
"""
WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from tests.store.test_log_beside import hold
from trygghetskarta.store import connect
engine = connect(sys.argv[1])
print("open", flush=True)
for name in sys.stdin:
    hold(engine, name.strip())
    print("written", flush=True)
"""


def hold(engine, name: str) -> Meeting:
    """A closed meeting with one pin."""
    held = Meeting(
        str(uuid.uuid4()), uuid.uuid4().hex[:8], name, "Biblioteket", "A", date(2026, 5, 3),
        MeetingStatus.OPEN, False,
    )  # fmt: skip
    write_meetings.create(engine, held)
    pin = NewPin(str(uuid.uuid4()), "A", Feeling.SAFE, PinReason.LIGHTING, None)
    write_meetings.save_pin(engine, held.code, pin)
    write_meetings.close(engine, held.identity)
    return held


@contextmanager
def process(script: str, *words: str) -> Iterator[subprocess.Popen]:
    """A process that speaks a line when it has come so far; ends with the test."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def step(running: subprocess.Popen, said: str, answer: str) -> None:
    running.stdin.write(f"{said}\n")
    running.stdin.flush()
    assert running.stdout.readline().strip() == answer


def traces(path: Path, *words: str) -> list[tuple[str, str]]:
    """Where something is still to be read, in any file of the folder."""
    return [
        (file.name, word)
        for file in path.parent.iterdir()
        if file.is_file()
        for word in words
        if word.encode() in file.read_bytes()
    ]


def alone(path: Path, folder: Path) -> Path:
    """The file by itself, as somebody copies it to a colleague."""
    folder.mkdir()
    copied = folder / path.name
    copied.write_bytes(path.read_bytes())
    return copied


def names_in(path: Path) -> set[str]:
    """Names of meetings, read by GDAL."""
    return set(pyogrio.read_dataframe(path, layer="meeting", read_geometry=False)["name"])


@pytest.fixture
def path(tmp_path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder / "store.gpkg"


@pytest.fixture
def engine(path):
    made = connect(str(path))
    yield made
    made.dispose()


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    monkeypatch.setattr("trygghetskarta.store.log_beside.ERASE_SECONDS", 0.2)


def test_what_is_erased_while_another_process_reads_goes_when_it_has_read(path, engine):
    held = hold(engine, SECRET)
    with process(READER, str(path)) as reader:
        assert reader.stdout.readline().strip() == "reads"
        assert not write_meetings.erase(engine, held.identity)
        assert traces(path, SECRET)
        step(reader, "", "done")
        # Its connection is still open: what matters is what it reads.
        assert read_meetings.meetings(engine)[0].status is MeetingStatus.ERASED
        assert traces(path, SECRET, held.code) == []


def test_it_goes_with_the_next_thing_that_is_written(path, engine):
    held = hold(engine, SECRET)
    with process(READER, str(path)) as reader:
        assert reader.stdout.readline().strip() == "reads"
        assert not write_meetings.erase(engine, held.identity)
        step(reader, "", "done")
        hold(engine, "Ett annat")
        assert traces(path, SECRET) == []


def test_it_goes_at_the_next_opening(path, engine):
    held = hold(engine, SECRET)
    with process(READER, str(path)) as reader:
        assert reader.stdout.readline().strip() == "reads"
        assert not write_meetings.erase(engine, held.identity)
        step(reader, "", "done")
        assert traces(path, SECRET)
        connect(str(path)).dispose()
        assert traces(path, SECRET) == []


def test_it_goes_when_the_process_ends(path, engine):
    held = hold(engine, SECRET)
    script = (
        "import sys; from trygghetskarta.store import connect, write_meetings, log_beside\n"
        "log_beside.ERASE_SECONDS = 0.2\n"
        "store = connect(sys.argv[1])\n"
        "print(write_meetings.erase(store, sys.argv[2]), flush=True)\n"
        "sys.stdin.readline()\n"
    )
    with process(READER, str(path)) as reader:
        assert reader.stdout.readline().strip() == "reads"
        with process(script, str(path), held.identity) as eraser:
            assert eraser.stdout.readline().strip() == "False"
            step(reader, "", "done")
            eraser.stdin.write("\n")
            eraser.stdin.flush()
            assert eraser.wait(30) == 0
        assert traces(path, SECRET) == []


def test_nothing_erased_stays_when_nobody_reads(path, engine):
    held = hold(engine, SECRET)
    other = connect(str(path))
    assert read_meetings.meetings(other)
    assert write_meetings.erase(engine, held.identity)
    assert traces(path, SECRET, held.code) == []
    other.dispose()


def test_the_file_by_itself_is_whole_after_every_write(path, engine, tmp_path):
    hold(engine, "Första")
    hold(engine, "Andra")
    # Nobody has stopped, and another program opens the file as it is.
    assert names_in(path) == {"Första", "Andra"}
    assert names_in(alone(path, tmp_path / "copied")) == {"Första", "Andra"}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
def test_what_a_killed_process_wrote_is_replayed(path, tmp_path):
    connect(str(path)).dispose()
    with (
        process(READER, str(path)) as reader,
        process(WRITER, str(path), str(ROOT)) as writer,
    ):
        assert reader.stdout.readline().strip() == "reads"
        assert writer.stdout.readline().strip() == "open"
        step(writer, "Före avbrottet", "written")
        writer.kill()
        writer.wait()
        # The reader held the log; a file without it lacks what it holds, and says no more.
        assert names_in(alone(path, tmp_path / "before")) == set()
        assert names_in(path) == {"Före avbrottet"}
        step(reader, "", "done")
        engine = connect(str(path))
        assert [one.name for one in read_meetings.meetings(engine)] == ["Före avbrottet"]
        assert names_in(alone(path, tmp_path / "after")) == {"Före avbrottet"}
        engine.dispose()


def test_what_is_written_is_seen_by_others_when_the_process_opened_the_file_twice(path, engine):
    def visit() -> str:
        words = [sys.executable, "-c", VISITOR, str(path)]
        return subprocess.run(
            words, capture_output=True, check=True, encoding="utf-8"
        ).stdout.strip()

    hold(engine, "Först")
    # Looking at a file that is open must not give up the locks that the process holds on it: the
    # visitor would think itself the last one, and take the log away from under the writer.
    connect(str(path)).dispose()
    assert visit() == "Först"
    hold(engine, "Sedan")
    assert visit() == "Först,Sedan"


def test_a_file_that_is_gone_is_not_made_anew_by_ending(path, engine):
    hold(engine, "Kvar")
    engine.dispose()
    for file in path.parent.iterdir():
        file.unlink()
    assert settle(engine)
    assert list(path.parent.iterdir()) == []


@pytest.mark.postgres
def test_nothing_of_an_erased_meeting_is_left_in_the_databases_tables(database):
    engine = connect(database)
    held = hold(engine, SECRET)
    assert write_meetings.erase(engine, held.identity)
    with psycopg.connect(database.replace("postgresql+psycopg", "postgresql")) as server:
        server.autocommit = True
        server.execute("CHECKPOINT")
        for table in ("meeting", "meeting_pin"):
            (content,) = server.execute(
                f"SELECT pg_read_binary_file(pg_relation_filepath('{table}'))"
            ).fetchone()
            assert SECRET.encode() not in bytes(content)
            assert held.code.encode() not in bytes(content)
    engine.dispose()


@pytest.mark.postgres
def test_a_database_that_is_read_says_that_it_is_not_done(database):
    engine = connect(database)
    held = hold(engine, SECRET)
    with psycopg.connect(database) as reader:
        reader.execute("SELECT count(*) FROM meeting")
        assert not write_meetings.erase(engine, held.identity)
    other = hold(engine, "Ett annat")
    assert write_meetings.erase(engine, other.identity)
    engine.dispose()


def test_the_index_forgets_where_an_erased_pin_was(path, engine):
    held = hold(engine, SECRET)
    kept = Meeting(
        str(uuid.uuid4()), "kvarkvar", "Kvar", "", "A", date(2026, 5, 4), MeetingStatus.OPEN, False
    )
    write_meetings.create(engine, kept)
    for code, x in (("kvarkvar", 341050.0), ("kvarkvar", 342050.0), ("kvarkvar", 343050.0)):
        place = shapely.Point(x, 6460050)
        pin = NewPin(str(uuid.uuid4()), "A", Feeling.SAFE, PinReason.LIGHTING, place)
        write_meetings.save_pin(engine, code, pin)
    write_meetings.close(engine, kept.identity)
    # The last of the pins: what a removed one leaves behind stands at the end of a node.
    going = read_meetings.pins(engine, kept.identity)["uuid"].iloc[-1]
    where = struct.pack(">ff", 343050.0, 343050.0)
    assert where in path.read_bytes()
    assert write_meetings.remove_pins(engine, kept.identity, [going], "{}")
    assert where not in path.read_bytes()
    left = pyogrio.read_dataframe(
        path, layer="meeting_pin", bbox=(340000, 6460000, 344000, 6461000)
    )
    assert sorted(left.geometry.x) == [341050.0, 342050.0]
    assert held.identity
