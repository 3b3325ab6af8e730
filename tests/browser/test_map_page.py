"""The page Karta as a kommunpolis meets it ten minutes before a meeting."""

import io
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import openpyxl
import pandas as pd
import pyogrio
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.looks import settle

DESK, PHONE, PROJECTOR = (1440, 900), (390, 844), (1920, 1080)
MARK = "PÅHITTADE EXEMPELDATA"
AREAS = "[data-painted] path.leaflet-interactive"


def wait_for_map(page: Page) -> None:
    """Wait until the areas are drawn, wherever the first of them lies, and the table stands."""
    expect(page.locator(AREAS).first).to_be_attached(timeout=60_000)
    expect(page.locator(".tk-table tbody tr").first).to_be_visible()


def painted(page: Page) -> str:
    return page.locator("[data-painted]").get_attribute("data-painted")


def choose(page: Page, label: str, option: str) -> None:
    """Pick from a select box and wait until the map has been painted anew."""
    before = painted(page)
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.wait_for_function(
        "before => document.querySelector('[data-painted]')?.dataset.painted !== before", arg=before
    )


def table_of(page: Page) -> dict[str, list[str]]:
    """The table under the map: cells by name of the area."""
    # The legend is drawn before the table below it.
    settle(page)
    rows = page.evaluate(
        "[...document.querySelectorAll('.tk-table tbody tr')]"
        ".map(row => [...row.cells].map(cell => cell.textContent))"
    )
    return {row[0]: row[1:] for row in rows}


def counts(page: Page) -> dict[str, int]:
    return {name: int(re.sub(r"\D", "", cells[0])) for name, cells in table_of(page).items()}


def counted(folder: Path, districts: pd.Series, start: date, end: date) -> dict[str, int]:
    """Rows per district, counted straight from the example files by their DeSO code."""
    rows = pd.concat(
        pd.read_csv(path, sep=";", dtype=str, encoding="utf-8-sig")
        for path in sorted(folder.glob("handelser_*.csv"))
    )
    rows = rows[rows["Inskrivningsdatum"].between(start.isoformat(), end.isoformat())]
    return rows["DeSO.område"].map(districts).value_counts().to_dict()


@pytest.fixture(scope="module")
def district_of(geodata) -> pd.Series:
    """District of each DeSO by where its middle lies."""
    deso = pyogrio.read_dataframe(geodata / "1488" / "deso.gpkg")
    districts = pyogrio.read_dataframe(geodata / "1488" / "districts.gpkg")
    deso["geometry"] = deso.representative_point()
    joined = deso[["area_code", "geometry"]].sjoin(districts[["name", "geometry"]])
    return joined.set_index("area_code")["name"]


def test_the_first_page_is_trollhattan_with_its_fifteen_districts(demo_address, open_page):
    page = open_page(demo_address)
    wait_for_map(page)
    expect(page.locator(AREAS)).to_have_count(15)
    assert {"Kronogården", "Lextorp", "Sylte"} <= set(table_of(page))
    assert len(table_of(page)) == 15
    fills = page.evaluate(
        "[...document.querySelectorAll('[data-painted] path.leaflet-interactive')]"
        ".map(path => path.getAttribute('fill'))"
    )
    assert len(set(fills)) >= 4
    # On the page, on the map and in the caption.
    expect(page.get_by_text(MARK).nth(2)).to_be_attached()
    assert "Trygghetskarta" in page.title()
    expect(page.locator("html")).to_have_attribute("lang", "sv")


def test_the_table_holds_what_the_files_hold(demo_address, demo_folder, district_of, open_page):
    page = open_page(f"{demo_address}/karta?fran=2025-01&till=2025-12")
    wait_for_map(page)
    expected = counted(demo_folder, district_of, date(2025, 1, 1), date(2025, 12, 31))
    shown = counts(page)
    # Rows on the hand-drawn line between Kronogården and Lextorp go by their point.
    whole = {name: n for name, n in expected.items() if name not in ("Kronogården", "Lextorp")}
    assert sum(abs(shown[name] - n) for name, n in whole.items()) <= 0.002 * sum(expected.values())
    assert abs(sum(shown.values()) - sum(expected.values())) <= 0.04 * sum(expected.values())


def test_a_theme_a_district_and_a_measure_are_in_the_link(demo_address, open_page):
    page = open_page(demo_address)
    wait_for_map(page)
    choose(page, "Brottstyp", "Stöld")
    page.keyboard.press("Escape")
    before = painted(page)
    page.get_by_role("radio", name="Per 1 000 inv.").click()
    page.wait_for_function(
        "before => document.querySelector('[data-painted]')?.dataset.painted !== before", arg=before
    )
    choose(page, "Välj område för profil", "Sylte")
    page.wait_for_selector("text=Antal per månad")
    page.get_by_role("button", name="Kopiera länk till vyn").click()
    link = page.evaluate("navigator.clipboard.readText()")
    told = (page.locator("h1").inner_text(), table_of(page))

    other = open_page(link)
    wait_for_map(other)
    other.wait_for_selector("text=Antal per månad")
    assert (other.locator("h1").inner_text(), table_of(other)) == told
    assert "Stöld" in told[0]


def test_zoom_stays_through_a_filter_and_panning_sends_nothing(demo_address, open_page):
    page = open_page(demo_address)
    frames = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda sent: frames.append(sent)))
    page.reload()
    wait_for_map(page)
    settle(page)
    page.get_by_role("button", name="Zooma in").click()
    settle(page)
    frames.clear()
    before = page.url
    box = page.locator(".tk-map").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 90, middle[1] + 40, steps=8)
    page.mouse.up()
    page.mouse.wheel(0, -120)
    expect(page).not_to_have_url(before)
    settle(page)
    assert frames == []
    view = page.evaluate("window.trygghetskartaView")
    same = page.evaluate("window.sameMap = document.querySelector('.tk-map'); 1")
    choose(page, "Jämför med", "Perioden närmast före")
    assert same and page.evaluate("window.sameMap === document.querySelector('.tk-map')")
    assert page.evaluate("window.trygghetskartaView") == view
    assert parse_qs(urlparse(page.url).query)["vy"][0].startswith(f"{view[0]}/")


def test_a_click_on_the_map_opens_the_profile(demo_address, open_page):
    page = open_page(demo_address)
    wait_for_map(page)
    box = page.locator(".tk-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.54, box["y"] + box["height"] * 0.6)
    page.wait_for_selector("text=Antal per månad")
    assert "omrade=1488S" in page.url
    page.wait_for_selector(
        "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
    )
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(2)


def test_few_sexual_offences_are_hidden_and_say_so(demo_address, open_page):
    page = open_page(demo_address)
    wait_for_map(page)
    choose(page, "Prioriterat område", "Sexualbrott")
    page.wait_for_selector(".tk-legend >> text=dold")
    cells = [cells[0] for cells in table_of(page).values()]
    assert "dold" in cells
    shown = [int(cell) for cell in cells if cell.isdigit()]
    assert all(n == 0 or n >= 5 for n in shown)


# --- files ---


@pytest.fixture
def download(demo_address, open_page):
    """Download a file of the first view by the name of its button."""

    def fetch(button: str, tmp_path: Path) -> Path:
        page = open_page(f"{demo_address}/karta?fran=2025-01&till=2025-12")
        wait_for_map(page)
        with page.expect_download() as waiting:
            page.get_by_role("button", name=button, exact=True).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        fetch.table = table_of(page)
        return path

    return fetch


def test_the_csv_opens_right_in_swedish_excel(download, tmp_path):
    path = download("CSV (Excel)", tmp_path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert MARK in text and "Källa" in text
    for name in download.table:
        assert name in text
    header = next(line for line in text.splitlines() if "Sylte" in line)
    assert ";" in header


def test_the_workbook_holds_the_table_and_its_caption(download, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(download("Excel (XLSX)", tmp_path).read_bytes()))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"Kronogården", "Lextorp", "Sylte"} <= set(cells)
    assert any(MARK in cell for cell in cells)


def test_the_geopackage_is_read_by_gdal(download, tmp_path):
    path = download("GeoPackage (QGIS)", tmp_path)
    layers = pyogrio.list_layers(path)
    frames = [pyogrio.read_dataframe(path, layer=name) for name, _ in layers]
    areas = next(frame for frame in frames if len(frame) == 15)
    assert areas.crs.to_epsg() == 3006
    assert {"Kronogården", "Sylte"} <= {
        value for column in areas for value in areas[column] if isinstance(value, str)
    }


def test_the_picture_is_large_enough_to_print(download, tmp_path):
    with Image.open(download("Bild (PNG)", tmp_path)) as picture:
        assert min(picture.size) >= 1000
        assert len(picture.convert("RGB").getcolors(10_000_000)) > 50
