"""What every test shares: no network but loopback, real files where they lie."""

import os
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.leaks import TwinWorlds, build_twins
from trygghetskarta.pipeline import example
from trygghetskarta.pipeline.workplace import open_workplace
from trygghetskarta.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
_LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(autouse=True, scope="session")
def only_loopback():
    """Refuse every connection that would leave the machine."""
    real_connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return real_connect(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real, open files that tests may read but the project does not carry."""
    folder = Path(os.environ.get("TRYGGHETSKARTA_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real files not found beside the project ({folder.name})")
    return folder


@pytest.fixture(scope="session")
def geodata() -> Path:
    """The project's own geodata folder."""
    return ROOT / "geodata"


@pytest.fixture(scope="session")
def base_store(tmp_path_factory) -> Path:
    """A store with the municipality's base data and nothing else."""
    path = tmp_path_factory.mktemp("base") / "base.gpkg"
    open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2)).engine.dispose()
    return path


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory) -> Path:
    """The files of the example data, generated once."""
    return tmp_path_factory.mktemp("demo") / "files"


@pytest.fixture(scope="session")
def demo_store(demo_folder) -> Path:
    """A store with the example data; copy it before changing anything."""
    path = demo_folder.parent / "demo.gpkg"
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))
    example.import_files(place, example.write_files(place, demo_folder), lambda _name, _part: None)
    place.engine.dispose()
    return path


@pytest.fixture(scope="session")
def twin_worlds(tmp_path_factory) -> Iterator[TwinWorlds]:
    """Two worlds that differ in hidden figures only; see ``tests/leaks.py``."""
    twins = build_twins(tmp_path_factory.mktemp("twins"))
    yield twins
    for place in twins.places:
        place.engine.dispose()
