"""Every page, on a store with something of everything and on one where nothing has been read in."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.pages import Visitor, visiting
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.desk import data
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.gate import loaded_world
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import presentations
from trygghetskarta.subjects.dialogue.data import deck_data
from trygghetskarta.subjects.meeting.edit import meeting
from trygghetskarta.subjects.reports.ask import situation_report
from trygghetskarta.subjects.reports.data import report_making
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.papers import ReportKind
from trygghetskarta.words import dialogue_words, error_words, import_words

MARK = "PÅHITTADE EXEMPELDATA"
YEAR = {"fran": "2025-01", "till": "2025-12"}
FULL = {
    # address: link, title, other words, kinds of elements and how many; OWN: texts of staff's own
    "karta": (YEAR, "Anmälda brott · Trollhättan · 2025", (MARK,), {"download_button": 9}),
    "hotspots": (YEAR, "Antal · Anmälda brott · Trollhättan · 2025", (MARK,), {"toggle": 1}),
    "nar": (YEAR, "När händer det · Anmälda brott", (MARK, "Veckodag"), {"vega_lite_chart": 4}),
    "jamfor": (YEAR, "2025 jämfört med 2024", (MARK,), {"vega_lite_chart": 1, "dataframe": 1}),
    "sakerhet-trygghet": (YEAR, "Risk och otrygghet per stadsdel", (MARK,), {"dataframe": 1}),
    "vandringar": ({}, "Vandringar · Trollhättan", (MARK, "trygghetsrond"), {"dataframe": 1}),
    "rapportera": ({}, "Rapportera", ("sparas i telefonen",), {"bidi_component": 3}),
    "medborgardialog": ({}, "Medborgardialog", (MARK,), {"selectbox": 17, "popover": 1}),
    "mote": ({}, "Möte", ("Stäng mötet",), {"form": 1}),
    "atgarder": ({}, "Åtgärder, Trollhättan", (MARK, "uppföljning"), {"vega_lite_chart": 1}),
    "lagesbild": ({"ar": "2025"}, "Lägesbild 2025 · Trollhättan", (MARK,), {"text_area": "OWN"}),
    "data": ({}, "Data", (import_words.QUARANTINE_NONE,), {"file_uploader": 1, "dataframe": 2}),
    "om": ({}, "Om uppgifterna", ("Trollhättan",), {"dataframe": 1}),
    "tyck-till": ({"mote": "CODE"}, "", (), {"bidi_component": 3}),
    "motesbild": ({"mote": "CODE"}, "", (), {"bidi_component": 4}),
    # A browser is shown a presentation once it is locked; its journey is in tests/browser.
    "dialog": ({"presentation": "DECK"}, "", (dialogue_words.OPEN_FULL,), {"info": 1}),
}


@pytest.fixture(scope="module")
def full(little_store, tmp_path_factory):
    """The app on the small world, with an open meeting and a saved presentation."""
    path = Path(shutil.copy(little_store, tmp_path_factory.mktemp("pages")))
    place = open_workplace(Settings(store=str(path)), date.today)
    held = meeting.open_meeting(place, "Samtal i Sylte", "Skolan", "", date.today())
    deck_data.save_example(place, loaded_world.load(place.engine, place.municipality))
    (deck,) = presentations.presentations(place.engine)
    own = _own_texts(place)
    place.engine.dispose()
    with visiting(path) as visitor:
        yield visitor, {"CODE": held.code, "DECK": deck.identity, "OWN": own}


def _own_texts(place) -> int:
    """How many sections of the *lägesbild* take a text of staff's own."""
    ground = situation_report.load(place)
    year = ReportPeriod(2025)
    made = report_making.make(ground, ReportKind.SITUATION, year, Audience.INTERNAL)
    keys = [section.key for section in made.document.sections if section.key]
    assert {"annan_information", "undersokning", "slutsatser"} < set(keys)
    return len(keys)


@pytest.mark.parametrize("address", FULL)
def test_a_page_tells_what_is_in_the_store(full, address):
    visitor, known = full
    link, title, words, kinds = FULL[address]
    page = visitor.open(address, **{key: known.get(value, value) for key, value in link.items()})
    assert page.faults == []
    for word in (title, *words):
        assert word in page.words
    wanted = {kind: known.get(number, number) for kind, number in kinds.items()}
    assert wanted.items() <= page.kinds.items(), page.kinds


def test_the_wall_stands_when_the_meeting_is_closed(full):
    visitor, known = full
    place = data.workplace()
    held = meeting.open_meeting(place, "Samtal i Lextorp", "Skolan", "", date.today())
    meeting.close(place, held)
    page = visitor.open("motesbild", mote=held.code)
    assert page.faults == []
    assert "Samtal i Lextorp" in page.words


@pytest.fixture(scope="module")
def empty(base_store, tmp_path_factory):
    """The app where nothing has been read in."""
    with visiting(Path(shutil.copy(base_store, tmp_path_factory.mktemp("empty")))) as visitor:
        yield visitor


@pytest.mark.parametrize("address", FULL)
def test_a_page_without_data_stands_and_invents_nothing(empty: Visitor, address):
    page = empty.open(address)
    unknown = error_words.error_sentence(StoreError(StoreCause.MEETING_UNKNOWN))
    expected = [unknown] if address == "motesbild" else []
    assert page.faults == expected
    assert MARK not in page.words
    assert len(page.words) > 20


def test_every_page_of_the_app_is_tried(empty: Visitor):
    page = empty.open("om")
    known = {info.get("url_pathname") for info in page.app._registered_pages.values()}
    assert known - {"", "start"} == set(FULL)
