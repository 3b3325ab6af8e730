"""A store made by an earlier program is brought up to date where it lies, with all it holds."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pyogrio
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

import trygghetskarta.store.migrations
from tests.workplaces import whole
from trygghetskarta.sources.publishers import municipality
from trygghetskarta.store import connect, engine, read, read_walks, schema, write
from trygghetskarta.store.schema import metadata
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow

NEW = {
    *("walk", "observation", "observation_photo", "observation_change", "street_network"),
    *("measure", "measure_follow_up", "measure_link", "measure_change"),
    *("report", "report_text"),
    "publication",
    *("division", "area_succession"),
    *("meeting", "meeting_pin"),
}


@pytest.fixture
def first_version(address, monkeypatch, geodata) -> str:
    """Address of a store as the first program left it, with its areas."""

    def to_first(opened) -> None:
        config = Config()
        folder = Path(trygghetskarta.store.migrations.__file__).parent
        config.set_main_option("script_location", str(folder))
        with opened.connect().execution_options(writer=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")

    with monkeypatch.context() as patch:
        patch.setattr(engine, "_migrate", to_first)
        opened = connect(address)
        bring_areas(opened, municipality.read_base(geodata / "1488").areas, "geodata/1488")
        opened.dispose()
    return address


def bring_areas(opened, areas, file: str) -> None:
    """Write areas as the first program did."""
    write.write_batch(
        opened,
        TableKind.DISTRICTS,
        areas,
        source="SCB",
        file_name=file,
        sha256="",
        is_example=False,
        account=whole(areas),
    )


def stored_areas(opened):
    """Every area, whatever division it belongs to; by code."""
    kept = read.kept_rows(schema.area).order_by(schema.area.c.area_code)
    return read.with_places(read.query_frame(opened, kept)).set_index("area_code")


def test_an_earlier_store_keeps_its_rows_and_gets_the_new_tables(first_version):
    old = engine._engine(engine._url(first_version))
    names = set(inspect(old).get_table_names())
    identity, areas = read.identity(old), stored_areas(old)
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
        assert version.scalar() == "0011"
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


def test_the_areas_of_an_earlier_store_are_its_first_divisions(first_version):
    opened = connect(first_version)
    told = read.divisions(opened).set_index("area_level")
    assert told["name"].to_dict() == {
        "kommun": "Kommunen 2025",
        "stadsdel": "Stadsdelar 2025",
        "regso": "RegSO 2025",
        "deso": "DeSO 2025",
    }
    assert set(told["valid_from"].astype("str")) == {"2025-01-01"}
    assert told["valid_to"].isna().all() and told["assigned"].all()
    opened.dispose()


@pytest.mark.parametrize("how_many, in_force", [(15, "egna"), (2, "scb-2025-v2")])
def test_own_areas_that_lay_on_the_first_ones_are_a_division_of_their_own(
    first_version, monkeypatch, how_many, in_force
):
    """Both lay on top of each other: what covers the municipality is in force, and only that."""
    old = engine._engine(engine._url(first_version))
    areas = stored_areas(old).reset_index()
    own = areas[areas["area_level"] == AreaLevel.DISTRICT].head(how_many)
    own = own.assign(area_code=[f"{n:02}" for n in range(how_many)])
    bring_areas(old, own, "egna.gpkg")
    old.dispose()
    opened = connect(first_version)
    kept = read.areas(opened, AreaLevel.DISTRICT)
    assert len(kept) == 15 and set(kept["boundary_version"]) == {in_force}
    assert kept["name"].is_unique
    told = read.divisions(opened)
    districts = told[told["area_level"] == AreaLevel.DISTRICT].set_index("boundary_version")
    assert districts["valid_to"].isna().sum() == 1 and len(districts) == 2
    assert districts["valid_to"].isna()[in_force]
    # What is stored has its areas by the old state, if they changed.
    assert districts["assigned"].all() == (in_force != "egna")
    assert len(read.former_areas(opened)) == 30 - 15 - (15 - how_many)
    opened.dispose()


OLD_SHARE = """
CREATE TABLE survey_share (
  fid INTEGER {identity} PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
  batch TEXT REFERENCES import_batch (uuid), content_hash TEXT NOT NULL,
  created_at {moment} NOT NULL, updated_at {moment} NOT NULL, deleted_at {moment},
  survey TEXT NOT NULL, year INTEGER NOT NULL, question TEXT NOT NULL, dimension TEXT NOT NULL,
  area_level TEXT NOT NULL, area_code TEXT NOT NULL, "group" TEXT NOT NULL,
  share FLOAT NOT NULL, answers INTEGER NOT NULL, sampling_method TEXT NOT NULL,
  source TEXT NOT NULL,
  UNIQUE (survey, year, question, area_level, area_code, "group")
)"""
OLD_ROW = """
INSERT INTO survey_share (uuid, version, content_hash, created_at, updated_at, survey, year,
  question, dimension, area_level, area_code, "group", share, answers, sampling_method, source)
VALUES ('{uuid}', 1, 'x', '2026-01-01', '2026-01-01', 'S', 2022, 'Trygg', 'perceived_safety',
  'kommun', '1488', 'alla', 0.5, 40, 'panel', 'K')"""


def test_shares_of_an_earlier_program_are_kept_and_may_have_limits(first_version):
    old = engine._engine(engine._url(first_version))
    lite = old.dialect.name == "sqlite"
    made = OLD_SHARE.format(
        identity="" if lite else "GENERATED BY DEFAULT AS IDENTITY",
        moment="TEXT" if lite else "TIMESTAMP WITH TIME ZONE",
    )
    with old.connect().execution_options(writer=True) as connection, connection.begin():
        for statement in ("DROP TABLE survey_share", made, OLD_ROW.format(uuid="a")):
            connection.execute(text(statement))
    old.dispose()
    opened = connect(first_version)
    kept = read.survey(opened)
    assert kept[["share", "answers"]].to_numpy().tolist() == [[0.5, 40]]
    assert kept[["lower", "upper", "n_effective", "method_key"]].isna().all(axis=None)
    with opened.connect().execution_options(writer=True) as connection, connection.begin():
        connection.execute(text("UPDATE survey_share SET share = NULL, lower = 0.1"))
    with (
        pytest.raises(IntegrityError),
        opened.connect().execution_options(writer=True) as connection,
        connection.begin(),
    ):
        connection.execute(text(OLD_ROW.format(uuid="b")))
    opened.dispose()


OFFENCES = [
    ("said", False, "prel.csv", {"preliminary": "Preliminär", "count": "Antal"}),
    ("invented", True, "exempel.csv", None),
    ("silent", False, "tyst.csv", {"count": "Antal"}),
]


@pytest.mark.parametrize(
    ("files", "final"),
    [
        (("said",), {"said"}),
        (("silent",), set()),
        (("said", "silent"), set()),
        (("invented",), {"invented"}),
    ],
)
def test_what_was_not_preliminary_is_final_where_its_file_said_so(first_version, files, final):
    """Where two files differ, the store cannot tell which of them had the column."""
    old = engine._engine(engine._url(first_version))
    with old.connect().execution_options(writer=True) as connection, connection.begin():
        connection.execute(text("ALTER TABLE incident DROP COLUMN final"))
        for name, is_example, file, roles in OFFENCES:
            if name not in files:
                continue
            connection.execute(text(OLD_BATCH), {"uuid": name, "file": file, "example": is_example})
            for marked in (False, True):
                row = {"uuid": f"{name}{marked}", "batch": name, "marked": marked}
                connection.execute(text(OLD_OFFENCE), row)
            if roles is not None:
                told = {"signature": name, "mapping": json.dumps({"roles": roles})}
                connection.execute(text(OLD_MAPPING), told)
    old.dispose()
    opened = connect(first_version)
    kept = read.incidents(opened).set_index("uuid")
    assert len(kept) == 2 * len(files)
    assert set(kept.index[kept["final"].fillna(False)]) == {f"{name}False" for name in final}
    assert kept["preliminary"].sum() == len(files)
    opened.dispose()


OLD_BATCH = """
INSERT INTO import_batch (uuid, kind, source, file_name, sha256, is_example, started_at,
  finished_at, "read", "new", changed, unchanged, quarantined, report)
VALUES (:uuid, 'incidents', 'Polisen', :file, '', :example, '2026-01-01T00:00:00+00:00',
  '2026-01-01T00:00:00+00:00', 2, 2, 0, 0, 0, '{}')"""
OLD_OFFENCE = """
INSERT INTO incident (uuid, version, batch, content_hash, created_at, updated_at, source, source_id,
  offence_type, occurred_precision, reported_from, reported_to, "count", preliminary, place_match,
  on_border, boundary_version)
VALUES (:uuid, 1, :batch, 'x', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00', 'Polisen',
  :uuid, 'Stöld', 'unknown', '2025-01-01', '2025-12-31', 3, :marked, 'none', FALSE, '')"""
OLD_MAPPING = """
INSERT INTO column_mapping (kind, signature, mapping, updated_at)
VALUES ('incidents', :signature, :mapping, '2026-01-01T00:00:00+00:00')"""


def _described(path: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        rows += file.execute("SELECT table_name, data_type, srs_id FROM gpkg_contents").fetchall()
        rows += file.execute("SELECT * FROM gpkg_geometry_columns").fetchall()
        rows += file.execute("SELECT * FROM gpkg_extensions").fetchall()
    file.close()
    return sorted(map(str, rows))
