"""The way walked is drawn on the phone's map."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.walker import PHONE, open_form, stored


def draw_on(page: Page, places: list[tuple[float, float]]):
    """Open the map and press on it, in parts of its width and height; gives the map."""
    page.get_by_text("Avsluta passet").click()
    page.get_by_role("button", name="Rita vägen på kartan").click()
    box = page.get_by_role("application", name="Karta att rita vägen på")
    expect(box.locator("path").first).to_be_attached()
    press(page, box, places)
    return box


def press(page: Page, box, places: list[tuple[float, float]]) -> None:
    box.scroll_into_view_if_needed()
    for x, y in places:
        at = box.bounding_box()
        where = at["x"] + x * at["width"], at["y"] + y * at["height"]
        before = box.locator(".tk-drawn-point").count()
        if page.evaluate("navigator.maxTouchPoints"):
            page.touchscreen.tap(*where)
        else:
            page.mouse.click(*where)
        expect(box.locator(".tk-drawn-point")).to_have_count(before + 1)


def told_length(page: Page) -> float:
    said = page.get_by_text("Ritad väg:").inner_text()
    return float(said.split(":")[1].split("km")[0].strip().replace(",", "."))


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_a_route_is_drawn_point_by_point(phone_address, phone_store, open_page, size):
    page = open_form(open_page, phone_address, size)
    page.evaluate("window.untouched = true")
    box = draw_on(page, [(0.3, 0.4), (0.5, 0.4), (0.5, 0.7), (0.6, 0.7)])
    page.get_by_text("4 punkter").wait_for()
    page.get_by_role("button", name="Ångra").click()
    expect(box.locator(".tk-drawn-point")).to_have_count(3)
    page.get_by_role("button", name="Klar").click()
    expect(box).not_to_be_visible()
    length = told_length(page)
    # What is drawn outlives the page, and the map that shows it.
    page.reload()
    page.get_by_text("Avsluta passet").click()
    assert told_length(page) == length
    page.evaluate("window.untouched = true")
    page.get_by_role("button", name="Rita vägen på kartan").click()
    expect(page.locator(".tk-drawn-point")).to_have_count(3)
    page.get_by_label("Var gick ni?").fill("Ritad runda")
    page.get_by_role("button", name="Spara passet").click()
    page.get_by_text("Passet är sparat").wait_for()
    assert page.evaluate("window.untouched")
    walk = stored(phone_store)[0].iloc[-1]
    assert walk["name"] == "Ritad runda" and isinstance(walk["district_code"], str)
    assert walk["length_m"] / 1000 == pytest.approx(length, abs=0.005 + 0.005 * length)
    expect(page.get_by_text("Ritad väg:")).not_to_be_attached()


def test_a_route_is_drawn_from_the_keyboard(phone_address, phone_store, open_page):
    page = open_form(open_page, phone_address, (1440, 900))
    before = len(stored(phone_store)[0])
    box = draw_on(page, [])
    box.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Första punkten är satt").wait_for()
    page.get_by_label("Var gick ni?").fill("Med tangenter")
    page.get_by_role("button", name="Spara passet").click()
    page.get_by_text("behöver minst två punkter").wait_for()
    assert len(stored(phone_store)[0]) == before
    box.focus()
    for step, key in enumerate(("ArrowRight", "ArrowDown"), start=2):
        moved = page.evaluate(
            "document.querySelector('.tk-draw .leaflet-map-pane').style.transform"
        )
        page.keyboard.press(key)
        page.wait_for_function(
            "(old) => { const pane = document.querySelector('.tk-draw .leaflet-map-pane');"
            " return pane.style.transform !== old"
            " && !pane.classList.contains('leaflet-pan-anim'); }",
            arg=moved,
        )
        page.keyboard.press("Enter")
        expect(box.locator(".tk-drawn-point")).to_have_count(step)
    assert told_length(page) > 0
    page.keyboard.press("Backspace")
    expect(box.locator(".tk-drawn-point")).to_have_count(2)
    page.get_by_role("button", name="Rensa").click()
    expect(box.locator(".tk-drawn-point")).to_have_count(0)
    page.get_by_role("button", name="Ångra").click()
    expect(box.locator(".tk-drawn-point")).to_have_count(2)
