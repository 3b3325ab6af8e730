"""The page När händer det: every part with a table behind it, two choices side by side."""

import re

from playwright.sync_api import Page, expect

YEAR = "fran=2025-01&till=2025-12"
PARTS = [
    "Veckodag och timme",
    "Ljus och mörker",
    "Månader och årstider",
    "Utveckling över tid",
    "Dag för dag 2025",
]


def wait_for_charts(page: Page, charts: int) -> None:
    page.wait_for_function(
        "charts => document.querySelectorAll('[data-testid=stVegaLiteChart]').length === charts",
        arg=charts,
    )


def test_every_part_has_a_chart_and_a_table_behind_it(demo_address, open_page):
    page = open_page(f"{demo_address}/nar?{YEAR}")
    wait_for_charts(page, 5)
    for part in PARTS:
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    expect(page.get_by_text("Visa som tabell")).to_have_count(5)
    told = page.get_by_text(re.compile(r"Bygger på .* brott med känt klockslag")).text_content()
    assert "Aoristiskt fördelat" in told and "längre än ett dygn" in told
    expect(page.get_by_text(re.compile("Bygger på 60 månader"))).to_be_visible()
    expect(page.get_by_text("PÅHITTADE EXEMPELDATA").nth(1)).to_be_attached()


def test_two_districts_stand_side_by_side(demo_address, open_page):
    page = open_page(f"{demo_address}/nar?{YEAR}&stadsdel=1488S001")
    wait_for_charts(page, 5)
    page.get_by_role("radio", name="En annan stadsdel").click()
    box = page.get_by_role("combobox", name="Stadsdel bredvid")
    box.click()
    page.get_by_role("option", name="Sylte", exact=True).click()
    wait_for_charts(page, 10)
    titles = page.get_by_role("heading", level=1).all_text_contents()
    assert len([title for title in titles if "Sylte" in title]) == 1
    assert "bredvid=stadsdel" in page.url and "annan=" in page.url


def test_the_compared_period_stands_beside(demo_address, open_page):
    page = open_page(f"{demo_address}/nar?{YEAR}&bredvid=period")
    wait_for_charts(page, 10)
    titles = " ".join(page.get_by_role("heading", level=1).all_text_contents())
    assert "2025" in titles and "2024" in titles


def test_few_offences_and_protected_themes_are_sentences(demo_address, open_page):
    page = open_page(f"{demo_address}/nar?brottstyp=Vapen&fran=2025-03&till=2025-03")
    page.wait_for_selector("text=För få händelser")
    page = open_page(f"{demo_address}/nar?tema=sexualbrott&stadsdel=1488S001")
    page.wait_for_selector("text=får inte delas upp på tid")
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(0)
