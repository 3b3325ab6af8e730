"""The store of three districts, loaded."""

import shutil
from datetime import date

import pytest

from tests.gate.three_districts import COUNTS, HEADER, OTHER, SMALL, THIRD
from trygghetskarta.gate import loaded_world
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.terms.imports import TableKind


@pytest.fixture(scope="session")
def world(base_store, tmp_path_factory):
    """Three districts with known counts in 2024 and 2025; 2 000 thefts hold the ends together."""
    path = tmp_path_factory.mktemp("publication") / "store.gpkg"
    shutil.copy(base_store, path)
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))
    rows = [
        f"{code}{area}{year};{code};{year}-05-01;{area};{count}\n"
        for year in (2024, 2025)
        for code, counts in COUNTS.items()
        for area, count in counts.items()
    ]
    rows += [
        f"t{area}{day};0841;{day};{area};90\n"
        for day in ("2024-01-02", "2024-12-30", "2025-01-02", "2025-12-30", "2026-03-01")
        for area in (SMALL, OTHER, THIRD)
    ]
    content = (HEADER + "".join(rows)).encode("utf-8")
    waiting = receiving.receive(place, TableKind.INCIDENTS, "uttag.csv", content)
    assert intake.import_waiting(place, waiting, "Polisen").quarantined == 0
    yield loaded_world.load(place.engine, place.municipality)
    place.engine.dispose()
