"""What every test shares: no network but loopback, stores that are made once, which tests run when.

Three rounds, see README: ``-m quick`` within a minute, all of it, and ``--long``.
"""

import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import is_hypothesis_test, settings

from tests import little
from tests.kept import ROOT, Keeper
from tests.leaks import TwinWorlds, build_twins, open_twins
from tests.made import published
from tests.properties import EVERYDAY, LONG, QUICK
from tests.views import view_of
from tests.workplaces import bring, place
from trygghetskarta.analysis.places import PlaceFinder
from trygghetskarta.example import compose
from trygghetskarta.intake import place_lookup
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings

__all__ = ["bring", "place", "view_of"]
"""Fixtures that tests of several rooms share."""

TODAY = date(2026, 11, 2)
_LOOPBACK = ("127.", "::1", "localhost")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_LATER = ("browser", "postgres", "slow", "long")
"""Marks of tests that the quick round leaves out."""
_WHOLLY_LATER = re.compile(rf"^pytestmark = .*pytest\.mark\.({'|'.join(_LATER)})", re.MULTILINE)
BROWSER = ROOT / "tests" / "browser"


def pytest_addoption(parser):
    parser.addoption(
        "--long",
        action="store_true",
        help="only what takes long: tests marked long, and every property with many new cases",
    )


def pytest_configure(config):
    # Workers and servers count with one thread each: several with several stand in each other's
    # way. The libraries look when they are imported, in processes that are started after this.
    for name in _THREADS:
        os.environ.setdefault(name, "1")
    is_quick = config.getoption("markexpr") == "quick"
    settings.load_profile(LONG if config.getoption("long") else QUICK if is_quick else EVERYDAY)


def pytest_ignore_collect(collection_path, config):
    """What the quick round leaves out as a whole is not even imported."""
    if config.getoption("markexpr") != "quick":
        return None
    if collection_path == BROWSER:
        return True
    if collection_path.suffix == ".py" and collection_path.name.startswith("test_"):
        return _WHOLLY_LATER.search(collection_path.read_text("utf-8")) is not None or None
    return None


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path):
    """Only where an example stands in a docstring is looked for them."""
    found = yield
    return [
        one
        for one in found
        if not isinstance(one, DoctestModule) or ">>> " in file_path.read_text("utf-8")
    ]


def pytest_collection_modifyitems(config, items):
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker("browser")
        if not any(item.get_closest_marker(name) for name in _LATER):
            item.add_marker("quick")
    is_long = config.getoption("long")
    kept = [
        item
        for item in items
        if bool(item.get_closest_marker("long")) == is_long
        or (is_long and is_hypothesis_test(getattr(item, "obj", None)))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


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


@pytest.fixture(autouse=True)
def own_main():
    """Give the process its main module back.

    Streamlit puts the script it runs in its place, and a process that is forked off afterwards
    would begin by running that script, on the store of whoever sits at the machine.
    """
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(autouse=True, scope="session")
def places_known_once():
    """Look the areas through once where they are the same; every test has a store of its own."""
    known = {}

    def finder(areas, aliases, code: str, name: str, former, heirs) -> PlaceFinder:
        if former is not None:
            return PlaceFinder(areas, aliases, code, name, former, heirs)
        asked = (areas.to_wkb().to_csv(), aliases.to_csv(), code, name)
        if asked not in known:
            known[asked] = PlaceFinder(areas, aliases, code, name)
        return known[asked]

    patch = pytest.MonkeyPatch()
    patch.setattr(place_lookup, "PlaceFinder", finder)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def geodata() -> Path:
    """The project's own geodata folder."""
    return ROOT / "geodata"


@pytest.fixture(scope="session")
def keeper(pytestconfig, tmp_path_factory) -> Keeper:
    """Keeps what is the same every time from one run to the next."""
    cache = getattr(pytestconfig, "cache", None)
    return Keeper(tmp_path_factory.mktemp("kept") if cache is None else cache.mkdir("stores"))


@pytest.fixture(scope="session")
def shared_data(keeper) -> Path:
    """The publishers' files: real where they may be copied, else made in the same layout.

    ``TRYGGHETSKARTA_SHARED_DATA`` names a folder with the publishers' own to be read instead.
    """
    own = os.environ.get("TRYGGHETSKARTA_SHARED_DATA")
    return Path(own) if own else keeper.get("published", published.make)


def _make_base(folder: Path) -> None:
    open_workplace(Settings(store=str(folder / "base.gpkg")), lambda: TODAY).engine.dispose()


@pytest.fixture(scope="session")
def base_store(keeper, tmp_path_factory) -> Path:
    """A store with the municipality's base data and nothing else; copy it before changing it."""
    made = keeper.get("base", _make_base) / "base.gpkg"
    return Path(shutil.copy(made, tmp_path_factory.mktemp("base")))


def _make_demo(folder: Path) -> None:
    place = open_workplace(Settings(store=str(folder / "demo.gpkg")), lambda: TODAY)
    files = compose.write_files(place, folder / "files")
    compose.import_files(place, files, lambda _name, _part: None)
    place.engine.dispose()


@pytest.fixture(scope="session")
def demo_folder(keeper, tmp_path_factory) -> Path:
    """The files of the example data."""
    made = keeper.get("demo", _make_demo)
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("demo") / "demo")) / "files"


@pytest.fixture(scope="session")
def demo_store(demo_folder) -> Path:
    """A store with the example data; copy it before changing anything."""
    return demo_folder.parent / "demo.gpkg"


def _make_little(folder: Path) -> None:
    place = open_workplace(Settings(store=str(folder / "little.gpkg")), lambda: TODAY)
    little.fill(place, folder / "files")
    place.engine.dispose()


@pytest.fixture(scope="session")
def little_store(keeper, tmp_path_factory) -> Path:
    """A store with something of everything, see ``tests/little.py``; copy it before changing it."""
    made = keeper.get("little", _make_little) / "little.gpkg"
    return Path(shutil.copy(made, tmp_path_factory.mktemp("little")))


def _open_twins(keeper: Keeper, folder: Path) -> Iterator[TwinWorlds]:
    twins = open_twins(Path(shutil.copytree(keeper.get("twins", build_twins), folder / "twins")))
    yield twins
    for world in twins.places:
        world.engine.dispose()


@pytest.fixture(scope="session")
def twin_worlds(keeper, tmp_path_factory) -> Iterator[TwinWorlds]:
    """Two worlds that differ in hidden figures only, to look at; see ``tests/leaks.py``."""
    yield from _open_twins(keeper, tmp_path_factory.mktemp("twins"))


@pytest.fixture
def own_twins(keeper, tmp_path) -> Iterator[TwinWorlds]:
    """The same two for a test that writes in them."""
    yield from _open_twins(keeper, tmp_path)
