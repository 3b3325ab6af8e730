"""A store made by an earlier program is brought up to date where it lies, with all it holds."""

import sqlite3
from datetime import date
from pathlib import Path

import pyogrio
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

import trygghetskarta.store.migrations
from trygghetskarta.pipeline.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import connect, engine, read, read_walks
from trygghetskarta.store.schema import metadata

NEW = {
    "walk",
    "observation",
    "observation_photo",
    "observation_change",
    "street_network",
    "publication",
}


@pytest.fixture
def first_version(address, monkeypatch) -> str:
    """Address of a store as the first program left it, with the base data."""

    def to_first(opened) -> None:
        config = Config()
        folder = Path(trygghetskarta.store.migrations.__file__).parent
        config.set_main_option("script_location", str(folder))
        with opened.connect().execution_options(writer=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "_migrate", to_first)
        open_workplace(Settings(store=address), lambda: date(2026, 11, 2)).engine.dispose()
    return address


def test_an_earlier_store_keeps_its_rows_and_gets_the_new_tables(first_version):
    old = engine._engine(engine._url(first_version))
    names = set(inspect(old).get_table_names())
    identity, areas = read.identity(old), read.areas(old)
    assert not NEW & names and len(areas) > 60
    old.dispose()
    opened = connect(first_version)
    assert set(inspect(opened).get_table_names()) >= {
        table.name for table in metadata.sorted_tables
    }
    assert read.identity(opened) == identity and read.areas(opened).equals(areas)
    assert read_walks.observations(opened).empty
    opened.dispose()
    again = connect(first_version)
    with again.connect() as connection:
        version = connection.execute(text("SELECT version_num FROM trygghetskarta_version"))
        assert version.scalar() == "0004"
    again.dispose()


def test_a_store_brought_up_to_date_is_like_one_made_new(tmp_path, first_version):
    """Columns and indexes; on GeoPackage its own tables and triggers too."""
    opened = connect(first_version)
    fresh = connect(str(tmp_path / "fresh.gpkg")) if opened.dialect.name == "sqlite" else None
    if fresh is None:
        indexes = {one["name"] for one in inspect(opened).get_indexes("walk")}
        assert "ix_walk_geom" in indexes
        opened.dispose()
        return
    paths = [each.url.database for each in (opened, fresh)]
    told = [_described(path) for path in paths]
    opened.dispose()
    fresh.dispose()
    assert told[0] == told[1]
    layers = dict(pyogrio.list_layers(paths[0]))
    assert (layers["walk"], layers["observation"]) == ("MultiLineString", "Point")
    assert layers["street_network"] == "LineString"
    assert len(pyogrio.read_dataframe(paths[0], layer="walk")) == 0


def _described(path: str) -> list[tuple]:
    with sqlite3.connect(path) as file:
        rows = file.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        rows += file.execute("SELECT table_name, data_type, srs_id FROM gpkg_contents").fetchall()
        rows += file.execute("SELECT * FROM gpkg_geometry_columns").fetchall()
        rows += file.execute("SELECT * FROM gpkg_extensions").fetchall()
    file.close()
    return sorted(map(str, rows))
