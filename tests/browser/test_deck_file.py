"""The web file as it is used: from a memory stick, without network, by keys alone."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from trygghetskarta.draw.deck.deck_html import to_html
from trygghetskarta.draw.deck.page_decks import Stamp, area_deck
from trygghetskarta.draw.shown import compose
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings


@pytest.fixture(scope="module")
def file(demo_store, tmp_path_factory):
    """The page Karta as a web file."""
    place = open_workplace(Settings(store=str(demo_store)), lambda: date(2026, 11, 2))
    world = loaded_world.load(place.engine, place.municipality, place.water)
    found = views.view(world, Choice(theme="narkotika"))
    shown = compose(found.gated, found.areas, found.facts, found.chosen)
    path = tmp_path_factory.mktemp("stick") / "karta.html"
    path.write_bytes(to_html(area_deck(shown, Stamp("Trollhättan", "000Z-FD", "a1b2c3d4"))))
    place.engine.dispose()
    return path


@pytest.mark.parametrize("size", [(1920, 1080), (390, 844)])
def test_keys_alone_go_through_the_file_without_one_request(file, chromium, size):
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, has_touch=size[0] < 500, offline=True
    )
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    first, second = page.locator("#slide-1"), page.locator("#slide-2")
    expect(first.locator(".tk-legend-line").first).to_be_visible()
    expect(first.locator("path.leaflet-interactive")).not_to_have_count(0)
    page.keyboard.press("PageDown")
    expect(second).to_be_visible()
    expect(first).to_be_hidden()
    page.keyboard.press("Home")
    expect(first).to_be_visible()
    page.keyboard.press("2")
    expect(second).to_be_visible()
    page.keyboard.press("PageUp")
    expect(first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#list")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_be_hidden()
    expect(second).to_be_visible()
    page.keyboard.press("Home")
    # On the map the arrows belong to the map.
    box = first.locator(".tk-map")
    box.focus()
    page.keyboard.press("ArrowRight")
    expect(first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if size[0] == 1920:
        sizes = page.evaluate(
            "[...document.querySelectorAll('.current *')].filter((one) => one.offsetParent && "
            "[...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))"
            ".map((one) => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert min(sizes) >= 24
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
    assert [one["id"] for one in found.response["violations"]] == []
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert complaints == []
    context.close()


def test_a_code_opens_its_view_on_its_page(demo_address, open_page):
    page = open_page(f"{demo_address}/karta?kod=000Z-FD")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Narkotika")
    expect(page.get_by_text("000Z-FD")).to_be_visible()
    field = page.get_by_label("Öppna en kod", exact=True)
    field.fill("000Z-FE")
    # Lists have a button of that name too, but without a word on it.
    page.get_by_role("button").filter(has_text=re.compile("^Öppna$")).click()
    expect(page.get_by_text("går inte att läsa")).to_be_visible()
