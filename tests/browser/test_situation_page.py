"""The page Lägesbild: read, write in it, freeze it, and take it home; the phone; axe."""

import re
import shutil

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import PHONE, faults, settle

WAIT = 180_000
"""A report is composed of every theme's maps, which takes its time on a loaded machine."""


@pytest.fixture(scope="module")
def address(demo_store, tmp_path_factory, serve):
    path = tmp_path_factory.mktemp("reports") / "reports.gpkg"
    shutil.copy(demo_store, path)
    with serve(path) as running:
        yield running


def wait_for_report(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Skriv egen text").last).to_be_attached(timeout=WAIT)


def test_a_report_is_written_in_frozen_and_taken_home(address, open_page, tmp_path):
    page = open_page(f"{address}/lagesbild?ar=2025")
    wait_for_report(page, "Lägesbild 2025 · Trollhättan")
    expect(page.get_by_text("Det här saknas i rapporten")).to_be_visible()
    assert faults(page) == []
    page.get_by_text("Skriv egen text: Sammanfattning").click()
    settle(page)
    page.get_by_role("textbox", name="Egen text till Sammanfattning").fill(
        "Läget är lugnare i centrum."
    )
    page.get_by_role("button", name="Spara texten").first.click()
    own = page.locator(".own", has_text="Läget är lugnare i centrum.")
    expect(own).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Frys rapporten").click()
    expect(
        page.get_by_text(re.compile("intern version · fryst .* · [0-9a-f]{16}")).first
    ).to_be_visible(timeout=WAIT)
    with page.expect_download(timeout=WAIT) as waiting:
        page.get_by_role("button", name="Fryst: Word (DOCX)").click()
    target = tmp_path / "rapport.docx"
    waiting.value.save_as(target)
    told = "\n".join(one.text for one in docx.Document(str(target)).paragraphs)
    assert "Läget är lugnare i centrum." in told and "Fingeravtryck" in told


def test_the_public_version_on_a_phone_stays_within_the_screen(address, open_page):
    page = open_page(f"{address}/lagesbild?ar=2025&for=offentlig", PHONE)
    wait_for_report(page, "Lägesbild 2025 · Trollhättan")
    expect(page.get_by_text("Alla: små antal är dolda")).to_be_visible()
    expect(page.get_by_text("Läget är lugnare i centrum.")).to_have_count(0)
    assert faults(page) == []


def test_a_plan_area_is_drawn_on_the_map(address, open_page):
    page = open_page(f"{address}/lagesbild?rapport=ska-underlag&ar=2025")
    page.get_by_text("Rita planområdet på kartan").click(timeout=WAIT)
    drawn = page.locator(".tk-map")
    expect(drawn).to_be_visible(timeout=WAIT)
    box = drawn.bounding_box()
    for number, (across, down) in enumerate(((0.45, 0.45), (0.55, 0.45), (0.5, 0.55)), start=1):
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
        corners = page.get_by_role("textbox", name="Ritat område")
        expect(corners).to_have_value(re.compile(rf"^(\S+ \S+\s*){{{number}}}$"), timeout=WAIT)
    title = page.get_by_role("heading", level=1, name=re.compile("Ritat område"))
    expect(title).to_be_visible(timeout=WAIT)
    assert "horn=58." in page.url
