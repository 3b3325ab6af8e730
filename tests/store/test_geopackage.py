"""The file opens in any GIS: every layer is read back by GDAL, spatial index included."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pyogrio
import pytest

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import connect, read

ROOT = Path(__file__).resolve().parent.parent.parent
LAYERS = {
    "area": "MultiPolygon",
    "incident": "Point",
    "walk": "MultiLineString",
    "observation": "Point",
}


def test_gdal_reads_every_layer_with_type_and_coordinates(demo_store, recwarn):
    listed = {name: kind for name, kind in pyogrio.list_layers(demo_store)}
    for name, kind in LAYERS.items():
        assert listed[name] == kind
        told = pyogrio.read_info(demo_store, layer=name)
        assert told["crs"] == "EPSG:3006"
    with closing(sqlite3.connect(demo_store)) as store:
        for name in listed:
            rows = store.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            assert len(pyogrio.read_dataframe(demo_store, layer=name)) == rows
        assert store.execute("PRAGMA application_id").fetchone()[0] == 0x47504B47
    assert not recwarn.list


def test_the_spatial_index_answers_as_a_full_search_does(demo_store):
    whole = pyogrio.read_dataframe(demo_store, layer="incident")
    placed = whole[whole.geometry.notna()]
    generator = np.random.default_rng(5)
    for _ in range(10):
        x, y = generator.uniform((335000, 6455000), (345000, 6465000))
        box = (x, y, x + 2500, y + 2500)
        found = pyogrio.read_dataframe(demo_store, layer="incident", bbox=box)
        assert len(found) == len(placed.cx[box[0] : box[2], box[1] : box[3]])
    with closing(sqlite3.connect(demo_store)) as store:
        names = {name for (name,) in store.execute("SELECT name FROM sqlite_master")}
        assert {f"rtree_{layer}_geom" for layer in LAYERS} <= names
        indexed = store.execute("SELECT count(*) FROM rtree_incident_geom").fetchone()[0]
        assert indexed == len(placed)


def test_the_told_extent_is_the_real_one(demo_store):
    for layer in LAYERS:
        told = pyogrio.read_info(demo_store, layer=layer)["total_bounds"]
        real = pyogrio.read_dataframe(demo_store, layer=layer).total_bounds
        assert told == pytest.approx(real)


def test_gdal_finds_nothing_wrong_with_foreign_keys_or_pages(demo_store):
    with closing(sqlite3.connect(demo_store)) as store:
        assert store.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []


pytestmark = pytest.mark.slow

KILLED = """
import sys, time
from datetime import date
from pathlib import Path
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.terms.imports import TableKind

place = open_workplace(Settings(store=sys.argv[1]), lambda: date(2026, 11, 2))
path = Path(sys.argv[2])
waiting = receiving.receive(place, TableKind.INCIDENTS, path.name, path.read_bytes())
def halfway(part):
    if part >= 0.7:
        print("halfway", flush=True)
        time.sleep(60)
intake.import_waiting(place, waiting, "Polisen", progress=halfway)
"""


def test_a_program_killed_while_writing_leaves_the_earlier_rows(tmp_path, demo_folder, demo_store):
    path = tmp_path / "store.gpkg"
    open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2)).engine.dispose()
    file = next(demo_folder.glob("handelser_2025.csv"))
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(file)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout.readline().strip() == "halfway"
    process.kill()
    process.wait()
    process.stdout.close()
    engine = connect(str(path))
    assert len(read.incidents(engine)) == 0
    assert len(read.areas(engine)) > 60
    engine.dispose()
    assert len(pyogrio.read_dataframe(path, layer="incident")) == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("text.gpkg", b"hej"), ("skadad.gpkg", b"SQLite format 3\0" + os.urandom(4000))],
)
def test_what_is_no_store_is_said_and_left_alone(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(StoreError) as refused:
        connect(str(path))
    assert refused.value.cause is StoreCause.NOT_A_STORE
    assert path.read_bytes() == content


def test_somebody_elses_geopackage_is_no_store(shared_data, tmp_path):
    path = tmp_path / "theirs.gpkg"
    content = (shared_data / "districts" / "stadsdelar_trollhattan_3006.gpkg").read_bytes()
    path.write_bytes(content)
    with pytest.raises(StoreError) as refused:
        connect(str(path))
    assert refused.value.cause is StoreCause.NOT_A_STORE
    assert path.read_bytes() == content


def test_reading_goes_on_while_another_writes(demo_store, tmp_path):
    path = tmp_path / "store.gpkg"
    path.write_bytes(demo_store.read_bytes())
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE population SET population = 123456789")
    engine = connect(str(path))
    start = time.monotonic()
    assert 123456789 not in set(read.population(engine)["population"])
    assert time.monotonic() - start < 5
    writer.execute("ROLLBACK")
    writer.close()
    engine.dispose()
