"""The invented town, in a store."""

import shutil
from datetime import date

import pytest

from tests.subjects.hotspots.ask.invented_town import (
    HEADER,
    Town,
    invented,
)
from trygghetskarta.gate import loaded_world
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.subjects.hotspots.ask import hotspots
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.hotspots import CellShape
from trygghetskarta.terms.imports import TableKind


@pytest.fixture(scope="module")
def town(base_store, tmp_path_factory) -> Town:
    path = tmp_path_factory.mktemp("town") / "store.gpkg"
    shutil.copy(base_store, path)
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))
    districts = loaded_world.load(place.engine, place.municipality).areas[AreaLevel.DISTRICT]
    rows = invented(districts)
    content = "\n".join([HEADER, *(row.line(number) for number, row in enumerate(rows))]) + "\n"
    waiting = receiving.receive(place, TableKind.INCIDENTS, "uttag.csv", content.encode("utf-8"))
    report = intake.import_waiting(place, waiting, "Polisen")
    assert (report.new, report.quarantined) == (len(rows), 0), report.faults[:3]
    world = loaded_world.load(place.engine, place.municipality)
    place.engine.dispose()
    return Town(rows, world, hotspots.lay_land(world, CellShape.SQUARE, 250))
