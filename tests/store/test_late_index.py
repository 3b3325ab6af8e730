"""Many rows that come at once stand in the spatial index as if each had come by itself."""

import sqlite3
from contextlib import closing

import numpy as np
import pyogrio
import pytest
from sqlalchemy import event

from trygghetskarta.store import late_index, row_changes, rtree
from trygghetskarta.store.engine import reading
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow

HEADER = "Id;Brottskod;Inskrivningsdatum;E;N;DeSO;Antal\n"


@pytest.fixture
def address(tmp_path) -> str:
    """A file's: PostGIS keeps its index itself."""
    return str(tmp_path / "store.gpkg")


@pytest.fixture
def few(monkeypatch):
    """Twenty rows are many, and a chunk has sixteen."""
    monkeypatch.setattr(late_index, "_MANY", 20)
    monkeypatch.setattr(row_changes, "_CHUNK", 16)


@pytest.fixture
def packed(monkeypatch) -> list[int]:
    """How many entries an index was packed with, each time."""
    told: list[int] = []
    fill = rtree.fill

    def noted(connection, name, ids, boxes):
        told.append(len(ids))
        fill(connection, name, ids, boxes)

    monkeypatch.setattr(rtree, "fill", noted)
    return told


def file(first: int, last: int, step: int = 60) -> str:
    """Incidents, one in three without a point."""
    lines = []
    for n in range(first, last):
        place = ";;1488A0010" if n % 3 == 0 else f"{339000 + step * n};{6460000 + 17 * n};"
        lines.append(f"A{n};9801;2025-03-{1 + n % 28:02};{place};1\n")
    return HEADER + "".join(lines)


def triggers(place) -> list[tuple]:
    with reading(place.engine) as connection:
        told = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
        return [tuple(row) for row in connection.exec_driver_sql(told)]


def is_whole(place, rows: int) -> None:
    """GDAL reads by a box what it reads by looking at every row, and SQLite finds nothing wrong."""
    # GDAL brings an SQLite of its own, which knows nothing of connections that ours has open.
    place.engine.dispose()
    path = place.engine.url.database
    table = pyogrio.read_dataframe(path, layer="incident")
    there = table[table.geometry.notna()]
    assert (len(table), len(there)) == (rows, rows - -(-rows // 3))
    generator = np.random.default_rng(rows)
    hits = 0
    for x, y in generator.uniform((338500, 6459500), (342000, 6461000), (20, 2)):
        found = pyogrio.read_dataframe(path, layer="incident", bbox=(x, y, x + 700, y + 700))
        assert set(found["uuid"]) == set(there.cx[x : x + 700, y : y + 700]["uuid"])
        hits += len(found)
    assert hits
    told = pyogrio.read_info(path, layer="incident")["total_bounds"]
    assert told == pytest.approx(there.total_bounds, abs=0.6)
    with closing(sqlite3.connect(path)) as store:
        assert store.execute("SELECT rtreecheck('rtree_incident_geom')").fetchone()[0] == "ok"
        count = "SELECT count(*) FROM rtree_incident_geom"
        assert store.execute(count).fetchone()[0] == len(there)
        assert store.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_an_index_is_packed_once_with_what_it_had_and_what_has_come(place, bring, few, packed):
    before = triggers(place)
    bring(TableKind.INCIDENTS, file(0, 50))
    is_whole(place, 50)
    assert packed == [33]
    bring(TableKind.INCIDENTS, file(30, 90))
    is_whole(place, 90)
    assert packed == [33, 60]
    bring(TableKind.INCIDENTS, file(90, 99))
    is_whole(place, 99)
    # Nine rows are put in one by one, by the trigger that has come back.
    assert packed == [33, 60] and triggers(place) == before


def test_a_few_rows_beside_very_many_are_put_in_one_by_one(place, bring, few, packed, monkeypatch):
    bring(TableKind.INCIDENTS, file(0, 60))
    monkeypatch.setattr(late_index, "_TIMES", 1)
    bring(TableKind.INCIDENTS, file(60, 84))
    assert packed == [40]
    is_whole(place, 84)


def test_rows_that_move_are_found_where_they_are_now(place, bring, few, packed):
    bring(TableKind.INCIDENTS, file(0, 40))
    report = bring(TableKind.INCIDENTS, file(0, 90, step=45))
    # The first stands where it stood, and what has no point has not moved.
    assert (report.new, report.changed, report.unchanged) == (50, 26, 14)
    is_whole(place, 90)
    assert packed == [26, 60]


def test_what_breaks_off_leaves_index_and_triggers_as_they_were(place, bring, few):
    bring(TableKind.INCIDENTS, file(0, 40))
    before = triggers(place)

    def break_off(part: float) -> None:
        if part > 0.7:
            assert "rtree_incident_geom_insert" in dict(triggers(place))
            raise LookupError

    with pytest.raises(LookupError):
        bring(TableKind.INCIDENTS, file(40, 90), progress=break_off)
    assert triggers(place) == before
    is_whole(place, 40)
    bring(TableKind.INCIDENTS, file(40, 90))
    is_whole(place, 90)


def test_where_sqlite_keeps_the_nodes_to_itself_rows_are_put_in_one_by_one(
    place, bring, few, packed
):
    """As where it is built defensive, which this Python cannot ask for: its own writes pass."""

    def refuse(action, table, *_rest):
        is_ours = action == sqlite3.SQLITE_UPDATE and table == "rtree_incident_geom_node"
        return sqlite3.SQLITE_DENY if is_ours else sqlite3.SQLITE_OK

    event.listen(
        place.engine, "checkout", lambda connection, *_rest: connection.set_authorizer(refuse)
    )
    bring(TableKind.INCIDENTS, file(0, 50))
    assert packed == []
    is_whole(place, 50)
