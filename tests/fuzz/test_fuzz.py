"""However a file is damaged, it is refused with a sentence or every row of it is accounted for."""

import random
import shutil
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.mutations import changed
from tests.fuzz.seeds import Seed, seeds
from tests.fuzz.tasting import KINDS, BrokenPromiseError, Ground, ground, take_in, taste
from tests.properties import examples
from tests.workplaces import TODAY
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.sources.publishers import polisen

pytestmark = pytest.mark.filterwarnings("ignore")
"""Libraries remark on what is damaged; commands and pages pass that over."""

CHANCES = st.integers(0, 2**32)


@pytest.fixture(scope="module")
def on(geodata) -> Ground:
    return ground(geodata, TODAY)


@cache
def known(kind: str) -> list[Seed]:
    return [one for one in seeds() if one[0] == kind]


@pytest.fixture(scope="module")
def opened(base_store, tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "store.gpkg"
    shutil.copy(base_store, path)
    place = open_workplace(Settings(store=str(path)), lambda: TODAY)
    yield place
    place.engine.dispose()


def damaged(kind: str, chance: int) -> tuple[str, bytes]:
    chances = random.Random(chance)
    _, name, data = chances.choice(known(kind))
    return name, changed(name, data, chances, [one[2] for one in known(kind)])


def tried(run, where, kind: str, name: str, data: bytes) -> str:
    """What became of a file; an error that nobody foresaw tells which file it was."""
    try:
        return run(where, kind, name, data)
    except Exception as error:
        error.add_note(f"{kind} {name} {data[:5000].hex()}")
        raise


@pytest.mark.parametrize("kind", KINDS)
def test_files_that_are_as_they_should_be_are_read(on, kind):
    refused = [one[1] for one in known(kind) if tried(taste, on, *one)]
    assert len(refused) < len(known(kind))


@pytest.mark.parametrize("kind", KINDS)
@given(chance=CHANCES)
@examples(12)
def test_a_damaged_file_is_read_or_refused(on, kind, chance):
    tried(taste, on, kind, *damaged(kind, chance))


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@given(chance=CHANCES)
@examples(60)
def test_many_damaged_files_are_imported_or_refused(on, opened, kind, chance):
    name, data = damaged(kind, chance)
    tried(taste, on, kind, name, data)
    tried(take_in, opened, kind, name, data)


def test_the_same_chance_gives_the_same_file():
    for kind in KINDS:
        assert [damaged(kind, n) for n in range(10)] == [damaged(kind, n) for n in range(10)]


def test_what_is_let_through_is_seen(on, monkeypatch):
    """A row that nothing is told of, a letter that no text has, and an error nobody foresaw."""
    event = b'[{"id": 1, "datetime": "2026-02-14 6:18:08 +01:00", "type": "R", "name": "R, Orust"}]'
    assert taste(on, "events", "e.json", event) == ""
    for column, value in (("title", "\0"), ("event_type", None)):
        with monkeypatch.context() as patch:
            table = polisen._table
            patch.setattr(
                polisen,
                "_table",
                lambda rows, table=table, told={column: value}: table(rows).assign(**told),
            )
            with pytest.raises(BrokenPromiseError):
                taste(on, "events", "e.json", event)
    with monkeypatch.context() as patch:
        patch.setattr(polisen, "_event", lambda event, number: {}[number])
        with pytest.raises(KeyError):
            taste(on, "events", "e.json", event)
    with monkeypatch.context() as patch:
        patch.setattr(polisen, "_table", lambda rows, table=polisen._table: table(rows)[:0])
        with pytest.raises(BrokenPromiseError, match="rows_lost"):
            taste(on, "events", "e.json", event)
