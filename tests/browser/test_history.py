"""Back undoes one choice and Forward makes it again, and the map stays where it was left."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import pick
from tests.browser.test_map_page import AREAS, choose, painted, wait_for_map


def view(page: Page) -> list[float]:
    return page.evaluate("window.trygghetskartaView")


def steps(page: Page) -> int:
    return page.evaluate("history.length")


def pan(page: Page) -> None:
    """Drag the map as a user does."""
    before = view(page)
    box = page.locator(".tk-map").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y + 60, steps=5)
    page.mouse.up()
    page.wait_for_function(
        "before => Math.abs(window.trygghetskartaView[1] - before[1]) > 0.001", arg=before
    )
    expect(page).to_have_url(re.compile("vy="))


def shows(page: Page, label: str, value: str) -> None:
    """A select box shows a value."""
    expect(page.get_by_role("combobox", name=label, exact=True)).to_have_value(value)


def test_back_undoes_one_choice_on_the_map(demo_address, open_page):
    page = open_page(f"{demo_address}/karta")
    wait_for_map(page)
    before = steps(page)
    choose(page, "Prioriterat område", "Narkotika")
    # Three parameters, one choice.
    choose(page, "Period", "Egen period")
    expect(page).to_have_url(re.compile("tema=narkotika.*fran=.*till="))
    pick(page, page.get_by_role("combobox", name="Välj område för profil"), "Kronogården")
    expect(page).to_have_url(re.compile("omrade=1488S"))
    assert steps(page) == before + 3
    page.go_back()
    expect(page).not_to_have_url(re.compile("omrade="))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/karta\?tema=narkotika$"))
    shows(page, "Period", "Senaste 12 månaderna")
    page.go_back()
    expect(page).to_have_url(re.compile("/karta$"))
    shows(page, "Prioriterat område", "Alla händelser")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anmälda brott")
    page.go_forward()
    shows(page, "Prioriterat område", "Narkotika")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Narkotika")
    assert steps(page) == before + 3


def test_a_menu_is_one_step_and_the_first_page_no_trap(demo_address, open_page):
    page = open_page("about:blank")
    page.goto(demo_address)
    wait_for_map(page)
    choose(page, "Prioriterat område", "Narkotika")
    before = steps(page)
    page.get_by_role("link", name="Hotspots").first.click()
    expect(page).to_have_url(re.compile(r"/hotspots\?tema=narkotika$"))
    assert steps(page) == before + 1
    page.go_back()
    expect(page).to_have_url(re.compile(r"/karta\?tema=narkotika$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Narkotika"))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anmälda brott")
    # The address without a page led on to Karta; back there, the way out is open.
    page.go_back()
    page.wait_for_function("location.pathname === '/'")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anmälda brott")
    page.go_back()
    expect(page).to_have_url("about:blank")


@pytest.mark.parametrize(
    ("address", "name", "word", "first"),
    [
        ("jamfor", "Per 1 000 inv.", "matt=per_1000", "Antal"),
        ("vandringar", "Trygghetsronder", "typ=trygghetsrond", "Alla"),
        ("hotspots", "Täthet", "lager=tathet", "Antal"),
    ],
)
def test_back_undoes_a_choice_on_other_pages(demo_address, open_page, address, name, word, first):
    page = open_page(f"{demo_address}/{address}")
    page.wait_for_selector("[data-painted]")
    chosen = page.get_by_role("radio", name=name, exact=True)
    chosen.click()
    expect(page).to_have_url(re.compile(word))
    page.go_back()
    expect(page).not_to_have_url(re.compile(word))
    expect(page.get_by_role("radio", name=first, exact=True)).to_be_checked()
    page.go_forward()
    expect(chosen).to_be_checked()


def test_back_undoes_a_choice_of_report(demo_address, open_page):
    page = open_page(f"{demo_address}/lagesbild")
    pick(page, page.get_by_role("combobox", name="Rapport"), "Styrgruppsrapport")
    expect(page).to_have_url(re.compile("rapport=styrgruppsrapport"))
    page.go_back()
    shows(page, "Rapport", "Lägesbild")
    expect(page).not_to_have_url(re.compile("rapport="))
    page.go_forward()
    shows(page, "Rapport", "Styrgruppsrapport")


def test_the_map_stays_where_it_was_left(demo_address, open_page):
    page = open_page(f"{demo_address}/karta")
    wait_for_map(page)
    whole = view(page)
    before = painted(page)
    page.get_by_role("radio", name="DeSO").click()
    # Another level is another map: for a moment there is none.
    page.wait_for_function(
        "before => ![undefined, before].includes("
        "document.querySelector('[data-painted]')?.dataset.painted)",
        arg=before,
    )
    # Nobody has moved the map: nothing of it stands in the address.
    assert view(page) == whole and "vy=" not in page.url
    count = steps(page)
    pan(page)
    left, address = view(page), re.search("vy=[^&]*", page.url)[0]
    assert steps(page) == count
    for name in ("RegSO", "Stadsdel", "DeSO"):
        page.get_by_role("radio", name=name).click()
        word = f"niva={name.lower()}"
        gone = name == "Stadsdel"
        if gone:
            expect(page).not_to_have_url(re.compile("niva="))
        else:
            expect(page).to_have_url(re.compile(word))
        expect(page.locator(AREAS).first).to_be_attached()
        assert view(page) == pytest.approx(left, abs=1e-4)
        expect(page).to_have_url(re.compile(re.escape(address)))
    page.set_viewport_size({"width": 1100, "height": 800})
    page.wait_for_function("document.querySelector('.tk-map')?.clientWidth < 700")
    assert view(page) == pytest.approx(left, abs=1e-4) and address in page.url
    page.go_back()
    expect(page).not_to_have_url(re.compile("niva="))
    expect(page).to_have_url(re.compile(re.escape(address)))
    assert view(page) == pytest.approx(left, abs=1e-4)
    page.get_by_role("link", name="Hotspots").first.click()
    expect(page).to_have_url(re.compile("/hotspots.*" + re.escape(address)))
