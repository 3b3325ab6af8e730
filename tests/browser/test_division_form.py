"""Own districts come into force by name and day on the page Data, and the former ones come back."""

import shutil

import pytest
from playwright.sync_api import expect

from tests import own_areas
from tests.browser.looks import PHONE, faults, pick, resize, settle
from tests.browser.way_in import keep, look_at, opened, upload
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings, today
from trygghetskarta.store import connect, read
from trygghetskarta.terms.areas import AreaLevel


@pytest.fixture
def store(base_store, tmp_path):
    return shutil.copy(base_store, tmp_path / "own.gpkg")


def districts(store) -> set[str]:
    engine = connect(str(store))
    names = set(read.areas(engine, AreaLevel.DISTRICT)["name"])
    engine.dispose()
    return names


def test_districts_are_replaced_and_restored(store, open_page, serve, tmp_path):
    place = open_workplace(Settings(store=str(store)), today)
    file = own_areas.write(place, tmp_path, own_areas.split)
    place.engine.dispose()
    former = districts(store)
    with serve(store) as address:
        page = opened(open_page(f"{address}/data"))
        pick(page, page.get_by_role("combobox", name="Vad innehåller filen?"), "Områdesgränser")
        settle(page)
        upload(page, file.name, file.read_bytes())
        page.get_by_role("radio", name="Ersätt de områden som gäller nu").check(force=True)
        page.get_by_label("Indelningens namn").fill("Nya stadsdelar")
        page.keyboard.press("Tab")
        day = page.get_by_role("textbox", name="Gäller från")
        # A day that is none says so, and nothing can be looked at until it is one.
        for typed, is_one in (("2026-02-30", False), (f"{today():%Y-%m-%d}", True)):
            day.fill(typed)
            page.keyboard.press("Enter")
            expect(page.get_by_text(f"”{typed}” är inget datum.")).to_have_count(0 if is_one else 1)
            button = page.get_by_role("button", name="Granska", exact=True)
            expect(button).to_have_count(1 if is_one else 0)
        look_at(page)
        expect(page.get_by_text("Indelningen ”Nya stadsdelar” börjar gälla.")).to_be_visible()
        # Nothing is stored before it is saved.
        assert districts(store) == former
        resize(page, PHONE)
        assert faults(page) == []
        keep(page, file.name)
        assert districts(store) == former - {"Sylte"} | {"Sylte väst", "Sylte öst"}
        back = page.get_by_role("button", name="Låt ”Stadsdelar 2025” gälla igen")
        back.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("”Stadsdelar 2025” gäller igen")).to_be_visible()
        assert districts(store) == former
        assert faults(page) == []
