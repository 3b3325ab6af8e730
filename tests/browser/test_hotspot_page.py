"""The page Hotspots as a kommunpolis meets it: layers, clusters, chance, a cell, near repeats."""

import re
from pathlib import Path

import pandas as pd
import pyogrio
from playwright.sync_api import Page, expect

DESK, PHONE, PROJECTOR = (1440, 900), (390, 844), (1920, 1080)
MARK = "PÅHITTADE EXEMPELDATA"
YEAR = "fran=2025-01&till=2025-12"


def wait_for_map(page: Page, maps: int = 1) -> None:
    """Wait until the maps are painted; the first answer of a server takes its time."""
    expect(page.locator("[data-painted]")).to_have_count(maps, timeout=60_000)
    expect(page.locator("[data-painted] path.leaflet-interactive").first).to_be_attached()


def repainted(page: Page, act) -> None:
    """Do something, and wait until the map has been painted anew."""
    before = page.locator("[data-painted]").first.get_attribute("data-painted")
    act()
    page.wait_for_function(
        "before => document.querySelector('[data-painted]')?.dataset.painted !== before",
        arg=before,
    )


def layer(page: Page, name: str) -> None:
    repainted(page, lambda: page.get_by_role("radio", name=name, exact=True).click())


def fills(page: Page) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('[data-painted] path.leaflet-interactive')]"
        ".map(path => path.getAttribute('fill-opacity') === '0' ? 'none' "
        ": path.getAttribute('fill'))"
    )


def legend(page: Page) -> list[str]:
    return page.locator(".tk-legend").first.locator(".tk-legend-line").all_text_contents()


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def counted(folder: Path) -> pd.Series:
    """Offences of 2025 per square, straight from the example file by floor division."""
    rows = pd.read_csv(folder / "handelser_2025.csv", sep=";", dtype=str, encoding="utf-8-sig")
    east, north = (
        pd.to_numeric(rows[f"SWEREF99TM_{way}"].str.replace(",", ".")) // 250 * 250 for way in "EN"
    )
    places = pd.DataFrame({"east": east, "north": north}).dropna().astype(int)
    return places.value_counts()


def test_the_cells_hold_what_the_file_holds(demo_address, demo_folder, open_page, tmp_path):
    page = open_page(f"{demo_address}/hotspots?{YEAR}")
    wait_for_map(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="GeoPackage (QGIS)", exact=True).click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    cells = next(
        frame
        for name, _ in pyogrio.list_layers(path)
        if "antal" in (frame := pyogrio.read_dataframe(path, layer=name))
    )
    assert cells.crs.to_epsg() == 3006
    # SCB's grid: the corners are multiples of 250.
    assert (cells.geometry.bounds % 250 == 0).all().all()
    corners = cells.geometry.bounds.astype(int)
    shown = pd.Series(
        cells["antal"].to_numpy(), pd.MultiIndex.from_frame(corners[["minx", "miny"]])
    )
    expected = counted(demo_folder)
    assert (shown[shown > 0].sort_index() == expected.sort_index().to_numpy()).all()
    assert (shown > 0).sum() == len(expected)
    told = number(page.locator(".tk-summary").text_content().split("anmälda")[0])
    assert cells["antal"].sum() == told == expected.sum()
    table = page.locator(".tk-table tbody tr")
    assert 1 <= table.count() <= 10
    expect(page.get_by_text(MARK).nth(2)).to_be_attached()


def test_every_layer_is_drawn_and_has_its_legend(demo_address, open_page):
    page = open_page(f"{demo_address}/hotspots")
    wait_for_map(page)
    counted = fills(page)
    assert len(set(counted)) >= 4
    assert legend(page)[0].startswith("0 –")
    layer(page, "Säkerställd hopning")
    assert any("säkerställd hopning" in line for line in legend(page))
    assert 2 <= len(set(fills(page))) <= 4
    layer(page, "Utveckling")
    assert any("bestående" in line for line in legend(page))
    layer(page, "Täthet")
    picture = page.locator("[data-painted] img.tk-picture")
    picture.wait_for(state="attached")
    assert picture.evaluate("image => image.naturalWidth") > 200
    assert set(fills(page)) == {"none"}
    layer(page, "Enskilda händelser")
    expect(picture).to_have_count(0)
    # The canvas must hold something else than nothing.
    page.wait_for_function(
        """() => [...document.querySelectorAll('.leaflet-tk-points-pane canvas')].some(canvas =>
        canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
        .some(value => value > 0))"""
    )


def test_chance_stands_beside_and_moves_along(demo_address, open_page):
    page = open_page(f"{demo_address}/hotspots?slump=ja&{YEAR}")
    wait_for_map(page, maps=2)
    expect(page.get_by_text("Slump – inga riktiga händelser")).to_be_visible()
    titles = page.locator(".tk-legend-title").all_text_contents()
    assert len(titles) == 2 and titles[0] == titles[1]
    page.get_by_role("button", name="Zooma in").first.click()
    page.wait_for_function(
        """() => { const views = [...window.trygghetskartaMates].map(mate =>
        [mate.map.getZoom(), mate.map.getCenter().lat.toFixed(4)].join());
        return views.length === 2 && views[0] === views[1]; }"""
    )


def test_a_cell_that_is_clicked_tells_its_story(demo_address, open_page):
    page = open_page(f"{demo_address}/hotspots?{YEAR}")
    wait_for_map(page)
    page.get_by_role("combobox", name="Välj hopning").click()
    page.get_by_role("option").nth(1).click()
    page.wait_for_selector(".tk-place")
    chosen = page.locator(".tk-place").text_content()
    assert chosen.startswith("Ruta i ")
    assert number(page.locator(".tk-card-value").first.text_content()) > 0
    expect(page.get_by_text("Tid på dygnet")).to_be_visible()
    assert "plats=" in page.url
    # The same by a click in the map.
    box = page.locator("[data-painted] .tk-map").bounding_box()
    before = page.url
    page.mouse.click(box["x"] + box["width"] * 0.62, box["y"] + box["height"] * 0.45)
    page.wait_for_function("before => location.href !== before", arg=before)
    assert "plats=" in page.url


def test_a_mailed_link_opens_the_same_view(demo_address, open_page):
    address = f"{demo_address}/hotspots?lager=tathet&ruta=100&bandbredd=500&{YEAR}"
    page = open_page(address)
    wait_for_map(page)
    expect(page.get_by_role("radio", name="Täthet")).to_have_attribute("aria-checked", "true")
    caption = page.locator(".tk-caption").first.text_content()
    assert "500 m" in caption and "100 m" in caption
    page.get_by_role("link", name="Karta", exact=True).click()
    page.wait_for_selector("text=Områdesnivå")
    page.get_by_role("link", name="Hotspots", exact=True).click()
    wait_for_map(page)
    expect(page.get_by_role("radio", name="Täthet")).to_have_attribute("aria-checked", "true")
    expect(page).to_have_url(re.compile("lager=tathet"))


def test_a_theme_that_may_not_be_shown_in_cells_is_a_sentence(demo_address, open_page):
    page = open_page(f"{demo_address}/hotspots?tema=sexualbrott")
    page.wait_for_selector("text=Urvalet får inte visas finare än per stadsdel")
    expect(page.locator("[data-painted]")).to_have_count(0)
    page = open_page(f"{demo_address}/hotspots?tema=narkotika&lager=punkter")
    page.wait_for_selector("text=Enskilda händelser visas inte för det här urvalet")
    expect(page.locator("[data-painted]")).to_have_count(0)


def test_too_few_events_are_a_sentence_and_never_an_empty_chart(demo_address, open_page):
    page = open_page(
        f"{demo_address}/hotspots?brottstyp=Vapen&fran=2025-03&till=2025-03&lager=hopning"
    )
    page.wait_for_selector("text=För få händelser")
    page.wait_for_selector("text=hopningar kan inte skiljas från slump")


def test_near_repeats_are_answered_in_words(demo_address, open_page):
    page = open_page(f"{demo_address}/hotspots?brottstyp=Inbrott&{YEAR}")
    wait_for_map(page)
    page.get_by_text("Närupprepning").click()
    page.get_by_role("button", name="Pröva").click()
    answer = page.get_by_text(re.compile("tätare än slumpen|Inget tyder på närupprepning"))
    answer.wait_for()
    expect(answer).to_be_visible()
