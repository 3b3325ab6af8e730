"""The page Säkerhet och trygghet: link, choices, words, files."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.looks import pick

YEAR = "fran=2025-01&till=2025-12"


def opened(page: Page, charts: int = 2) -> Page:
    expect(page.get_by_role("button", name="CSV (Excel)")).to_be_visible(timeout=60_000)
    expect(
        page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas")
    ).to_have_count(charts, timeout=60_000)
    expect(page.locator(".tk-legend-line").first).to_be_visible()
    return page


def test_it_is_whole(demo_address, open_page):
    page = opened(open_page(f"{demo_address}/sakerhet-trygghet?{YEAR}"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Risk och otrygghet per stadsdel")
    expect(page.locator(".tk-quadrant")).to_have_count(5)
    expect(page.locator(".tk-square td")).to_have_count(10)
    expect(page.get_by_text("densamma varje år").first).to_be_visible()
    expect(page.get_by_text(re.compile("vägs aldrig ihop|slås aldrig ihop")).first).to_be_visible()


def test_choices_travel_in_the_link_and_back(demo_address, open_page):
    page = opened(open_page(f"{demo_address}/sakerhet-trygghet?{YEAR}"))
    pick(
        page,
        page.get_by_role("combobox", name=re.compile("Fråga i trygghetsundersökningen")),
        "Oroliga för inbrott",
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text("oroliga för inbrott 2024")
    pick(
        page,
        page.get_by_role("combobox", name=re.compile("^Undersökning|Undersökning$")).last,
        re.compile("2025 · öppen webbenkät"),
    )
    expect(page.get_by_text("de som svarat har valt sig själva")).to_be_visible()
    pick(page, page.get_by_role("combobox", name=re.compile("Välj område för profil")), "Lextorp")
    expect(page.locator(".tk-lane")).to_have_count(3)
    expect(page.get_by_text(re.compile(r"Synpunkter från 1 möte: 0\."))).to_be_visible()
    expect(page).to_have_url(re.compile("omrade=1488S008"))
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["fraga"], asked["enkat"]) == (["oro_inbrott"], ["2025"])
    # Answers of those who chose to answer place no district: only the years are drawn.
    again = opened(open_page(page.url), charts=1)
    expect(again.get_by_role("heading", level=1)).to_contain_text("oroliga för inbrott 2025")
    expect(again.locator(".tk-lane-medborgarna")).to_contain_text("synpunkter, inget intervall")


def test_what_may_not_be_shown_is_a_sentence_and_a_file_is_marked(demo_address, open_page):
    page = open_page(f"{demo_address}/sakerhet-trygghet?tema=extremism")
    expect(page.get_by_text("Temat räknar inga anmälda brott")).to_be_visible(timeout=60_000)
    page = opened(open_page(f"{demo_address}/sakerhet-trygghet?{YEAR}"))
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    told = download.value.path().read_text("utf-8-sig")
    assert "PÅHITTADE EXEMPELDATA" in told and "Andel otrygga (%)" in told and "dold" in told
