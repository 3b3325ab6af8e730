"""The page Jämför in a real Chromium: two maps that mean the same and move together."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import settle
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings

DESK, PHONE, PROJECTOR = (1440, 900), (390, 844), (1920, 1080)
MAPS = 3

CENTRES = """() => [...window.trygghetskartaMates].map(({ map }) => {
  const centre = map.getCenter();
  return [map.getZoom(), centre.lat.toFixed(5), centre.lng.toFixed(5)].join(" ");
})"""
LABELS = """() => [...document.querySelectorAll(".tk-legend")].map((legend) =>
  [...legend.querySelectorAll(".tk-legend-line span:nth-child(2)")]
    .map((label) => label.textContent))"""


def open_compare(open_page, address: str, query: str = "", size=DESK, maps: int = MAPS) -> Page:
    page = open_page(f"{address}/jamfor{query}", size)
    expect(page.locator("[data-painted]")).to_have_count(maps, timeout=60_000)
    page.wait_for_selector(".tk-table tbody tr")
    return page


def test_two_maps_and_their_change_are_painted_with_one_scale(demo_address, open_page):
    page = open_compare(open_page, demo_address, "?fran=2025-01&till=2025-12")
    for number in range(MAPS):
        paths = page.locator("[data-painted]").nth(number).locator("path.leaflet-interactive")
        expect(paths).to_have_count(15)
    left, right, change = page.evaluate(LABELS)
    assert left == right
    assert len(left) == 5
    assert "ingen säkerställd förändring" in change
    heads = page.locator("h2.tk-place").all_inner_texts()
    assert [head.split()[0] for head in heads] == ["2024", "2025"]
    assert page.locator("h1").inner_text().endswith("2025 jämfört med 2024")
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(1)


def test_what_moves_one_map_moves_the_others(demo_address, open_page):
    page = open_compare(open_page, demo_address)
    settle(page)
    box = page.locator(".tk-map").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.evaluate(CENTRES)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y - 40, steps=8)
    page.mouse.up()
    settle(page)
    after = page.evaluate(CENTRES)
    assert len(after) == MAPS and len(set(after)) == 1
    assert after[0] not in before
    assert f"vy={after[0].split()[0]}/" in page.url


@pytest.mark.parametrize("number", range(MAPS))
def test_a_click_on_any_map_chooses_the_area_on_all(demo_address, open_page, number):
    page = open_compare(open_page, demo_address)
    chosen = page.locator(".tk-map").nth(number)
    chosen.scroll_into_view_if_needed()
    settle(page)
    box = chosen.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    page.wait_for_selector("text=Antal per månad")
    assert "omrade=1488S" in page.url
    page.wait_for_function(
        "count => document.querySelectorAll('path[stroke=\"#0b3d6b\"]').length === count", arg=MAPS
    )


def test_a_filter_keeps_the_maps_and_reaches_both(demo_address, open_page):
    page = open_compare(open_page, demo_address)
    page.evaluate("window.kept = [...document.querySelectorAll('.tk-map')]")
    before = page.evaluate(LABELS)[0]
    page.get_by_role("radio", name="Per 1 000 inv.").click()
    page.wait_for_function(
        "[...document.querySelectorAll('.tk-legend-title')].slice(0, 2)"
        ".every(title => title.textContent.includes('per 1 000'))"
    )
    left, right, _ = page.evaluate(LABELS)
    assert left == right != before
    assert page.evaluate(
        "[...document.querySelectorAll('.tk-map')].every((map, at) => map === window.kept[at])"
    )
    assert "matt=per_1000" in page.url


def test_the_choice_of_karta_comes_along(demo_address, open_page):
    page = open_compare(open_page, demo_address, "?brottstyp=Inbrott&matt=forandring")
    assert "Inbrott" in page.locator("h1").inner_text()
    # A change is no colour for one period; the choice waits for Karta.
    expect(page.get_by_role("radio", name="Antal")).to_have_attribute("aria-checked", "true")
    page.get_by_role("link", name="Karta", exact=True).click()
    page.wait_for_selector("text=Förändring mot jämförelseperioden")
    assert "Inbrott" in page.locator("h1").inner_text()


def test_small_counts_are_hidden_on_both_sides(demo_address, open_page):
    page = open_compare(open_page, demo_address, "?tema=sexualbrott&niva=deso")
    left, right, change = page.evaluate(LABELS)
    assert left == right
    assert any(label.startswith("dold") for label in left)
    assert any(label.startswith("kan inte avgöras") for label in change)
    expect(page.get_by_text("Temat får inte visas finare än")).to_have_count(1)


def test_too_few_offences_give_a_sentence_instead_of_a_plot(demo_address, open_page):
    page = open_compare(open_page, demo_address, "?tema=grov_brottslighet&period=90_dagar")
    page.wait_for_selector("text=För få brott för att ställa områdena mot kommunen")
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(0)


def test_periods_of_unequal_length_are_told_and_missing_data_gives_no_verdict(
    demo_address, open_page
):
    query = "?fran=2025-01&till=2025-06&jamfor_fran={}&jamfor_till={}"
    page = open_compare(open_page, demo_address, query.format("2024-01", "2024-12"))
    expect(page.get_by_text("Perioderna är olika långa")).to_have_count(1)
    partly = query.format("2020-07", "2021-06")
    page = open_compare(open_page, demo_address, partly, maps=2)
    expect(page.get_by_text("Därför visas ingen förändring")).to_have_count(1)
    page = open_page(f"{demo_address}/jamfor{query.format('2019-01', '2019-06')}")
    page.wait_for_selector("[data-testid=stAlert] >> text=täcker inte hela januari–juni 2019")
    expect(page.locator(".tk-map")).to_have_count(0)


def test_a_theme_without_a_map_says_so(demo_address, open_page):
    page = open_page(f"{demo_address}/jamfor?tema=extremism")
    page.wait_for_selector("[data-testid=stAlert] >> text=visas inte på karta")
    expect(page.locator(".tk-map")).to_have_count(0)


def test_an_empty_store_says_what_to_do(serve, open_page, tmp_path):
    path = tmp_path / "empty.gpkg"
    open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2)).engine.dispose()
    with serve(path) as address:
        page = open_page(f"{address}/jamfor")
        page.wait_for_selector("text=Här finns inga händelser ännu")
        expect(page.locator(".tk-map")).to_have_count(0)
