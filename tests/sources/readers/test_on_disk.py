"""What a program that has a file open has not written into it yet is read too."""

import sqlite3
from contextlib import closing

import geopandas as gpd
import pytest
from shapely.geometry import Point

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.intake import intake, receiving
from trygghetskarta.sources.readers import files, on_disk
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import import_note_words


@pytest.fixture
def opened(tmp_path):
    """A GeoPackage of two rows, and two more in its log, as QGIS has it while it is open."""
    path = tmp_path / "uttag.gpkg"
    table = {"Id": ["A1", "A2"], "Brottskod": ["0847"] * 2, "Brottsdatum": ["2026-03-01"] * 2}
    shapes = [Point(341000, 6465000)] * 2
    gpd.GeoDataFrame(table, geometry=shapes, crs=3006).to_file(path, engine="pyogrio")
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.execute("CREATE TEMP TABLE more AS SELECT * FROM uttag")
        # The index of places is looked after by functions that only SpatiaLite has.
        for (name,) in store.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'rtree%'"
        ).fetchall():
            store.execute(f'DROP TRIGGER "{name}"')
        store.execute("UPDATE more SET fid = fid + 2, Id = 'B' || fid")
        store.execute("INSERT INTO uttag SELECT * FROM more")
        yield path


def test_rows_in_the_log_are_read_and_nothing_is_written_beside(opened):
    before = {one.name: one.read_bytes() for one in opened.parent.iterdir()}
    assert before["uttag.gpkg-wal"]
    raw = files.read(opened)
    assert sorted(raw.frame["Id"]) == ["A1", "A2", "B1", "B2"]
    assert raw.notes["log_missing"] is False
    after = {one.name: one.read_bytes() for one in opened.parent.iterdir()}
    assert {name: after[name] for name in before if not name.endswith("-shm")} == {
        name: content for name, content in before.items() if not name.endswith("-shm")
    }
    assert set(after) == set(before)


def test_an_upload_without_its_log_is_warned_of(opened):
    raw = files.read_bytes(opened.name, opened.read_bytes())
    assert len(raw.frame) == 2
    assert any("QGIS" in line for line in import_note_words.note_lines(raw.notes))


@pytest.mark.slow
def test_the_command_line_reads_all_four(place, opened):
    waiting = receiving.receive_path(place, TableKind.INCIDENTS, opened, None)
    report = intake.import_waiting(place, waiting, "Polisen")
    assert (report.read, report.new) == (4, 4)


def test_a_file_that_was_closed_is_whole(opened, tmp_path):
    closed = tmp_path / "stängd.gpkg"
    closed.write_bytes(opened.read_bytes())
    raw = files.read(closed)
    assert len(raw.frame) == 2 and raw.notes["log_missing"] is False


def test_a_log_that_is_no_log_and_a_file_that_is_none(opened, tmp_path):
    odd = tmp_path / "odd.gpkg"
    odd.write_bytes(opened.read_bytes())
    odd.with_name("odd.gpkg-wal").write_bytes(b"x" * 100)
    assert len(files.read(odd).frame) == 2
    odd.write_bytes(opened.read_bytes()[:5000])
    with pytest.raises(SourceError) as caught:
        files.read(odd)
    assert caught.value.cause in (SourceCause.FILE_DAMAGED, SourceCause.FILE_NOT_OPENED)
    with pytest.raises(SourceError) as caught:
        on_disk.content_of(tmp_path / "saknas.gpkg", 1)
    assert caught.value.cause is SourceCause.FILE_MISSING
