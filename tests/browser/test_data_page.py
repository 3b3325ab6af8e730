"""The page Data, an empty store, and names that would like to be programs."""

import shutil
from datetime import date
from pathlib import Path

import geopandas as gpd
import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.looks import pick, settle
from tests.browser.way_in import look_at, opened, save, upload
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.terms.imports import TableKind

MARK = "PÅHITTADE EXEMPELDATA"
HEADER = "Id;Brottskod;Inskrivningsdatum;Stadsdel;Antal\n"
GOOD = "A1;9801;2025-03-01;Kronogården;1\nA2;0355;2025-03-02;SYLTE;1\nA3;5011;2025-03-03;;1\n"
BAD = "B1;9801;2025-02-30;Lextorp;1\nB2;9801;2025-03-05;Atlantis;1\n"
TWO_YEARS = "A1;9801;26-02-14;Sylte;1\nA2;0355;25-03-17;Sylte;1\n"
HOSTILE = "<img src=x onerror=window.caught=1>"
NAMES = (HOSTILE, "</script><script>window.caught=1</script>", "`${window.caught=1}` \" ' & <b>")


@pytest.fixture
def own_address(demo_store, tmp_path, serve):
    """The app on a copy of the example data, free to change."""
    path = tmp_path / "own.gpkg"
    shutil.copy(demo_store, path)
    with serve(path) as address:
        yield address


def test_what_looks_wrong_is_ticked_before_it_is_saved(own_address, open_page):
    page = opened(open_page(f"{own_address}/data"))
    rows = (f"A{n};9801;2025-03-{1 + n:02};6580000;674000\n" for n in range(20))
    upload(page, "annan.csv", "Id;Brottskod;Datum;N;E\n" + "".join(rows))
    page.get_by_text("Så tolkas kolumnerna").wait_for()
    pick(page, page.get_by_role("combobox", name="Koordinatsystem"), "SWEREF 99 TM (EPSG:3006)")
    look_at(page)
    stop = page.get_by_role("button", name="Spara", exact=True)
    expect(stop).to_be_disabled()
    expect(page.get_by_text(MARK).nth(0)).to_be_attached()
    page.get_by_text("20 av 20 punkter ligger utanför Trollhättan.").click()
    expect(stop).to_be_enabled()
    stop.click()
    page.get_by_text("Kopplingsrapport: annan.csv").wait_for()
    page.get_by_text(MARK).wait_for(state="detached")


def workers() -> set[psutil.Process]:
    """The processes that read files for the servers of these tests."""
    below = psutil.Process().children(recursive=True)
    return {one for one in below if "trygghetskarta.intake.worker" in one.cmdline()}


def test_while_a_file_is_read_the_map_answers_and_the_work_can_be_called_off(
    own_address, open_page
):
    before = workers()
    page = opened(open_page(f"{own_address}/data"))
    upload(page, "uttag.csv", HEADER + GOOD)
    page.get_by_text("Så tolkas kolumnerna").wait_for()
    settle(page)
    # Whatever is asked of it now, it never answers.
    (worker,) = workers() - before
    worker.suspend()
    page.get_by_role("button", name="Granska", exact=True).click()
    stop = page.get_by_role("button", name="Avbryt", exact=True)
    stop.wait_for()
    seen = open_page(f"{own_address}/karta?fran=2025-01&till=2025-12")
    seen.wait_for_selector(".tk-table tbody tr")
    expect(stop).to_be_visible()
    stop.click()
    page.get_by_text("Läsningen av uttag.csv avbröts. Inget har sparats.").wait_for()
    assert not worker.is_running()
    save(page, "uttag.csv")


def test_a_file_is_brought_in_looked_at_and_put_right(own_address, open_page, tmp_path):
    page = opened(open_page(f"{own_address}/data"))
    expect(page.get_by_text(MARK).nth(0)).to_be_attached()
    upload(page, "uttag.csv", HEADER + GOOD + BAD)
    page.get_by_text("Så tolkas kolumnerna").wait_for()
    save(page, "uttag.csv")
    told = page.locator("[data-testid=stMain]").inner_text()
    assert "karantän" in told
    # Real incidents have come: the invented ones and their mark are gone.
    page.get_by_text(MARK).wait_for(state="detached")

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Ladda ner karantänen (CSV)").click()
    path = tmp_path / "karantan.csv"
    waiting.value.save_as(path)
    content = path.read_text(encoding="utf-8-sig")
    assert "Atlantis" in content and "2025-02-30" in content
    corrected = content.replace("Atlantis", "Lextorp").replace("2025-02-30", "2025-02-28")
    upload(page, "rattad.csv", corrected)
    page.get_by_text("rattad.csv").first.wait_for()
    save(page, "rattad.csv")
    page.get_by_text("Ladda ner karantänen (CSV)").wait_for(state="detached")

    page.goto(f"{own_address}/karta?fran=2025-01&till=2025-12")
    page.wait_for_selector(".tk-table tbody tr")
    assert MARK not in page.content()
    lextorp = page.locator(".tk-table tr", has_text="Lextorp").inner_text()
    assert lextorp.split("\t")[1] == "2"


def test_the_order_of_dates_is_asked_where_the_file_leaves_it_open(own_address, open_page):
    page = opened(open_page(f"{own_address}/data"))
    upload(page, "uttag.csv", HEADER.replace("Inskrivningsdatum", "Brottsdatum") + TWO_YEARS)
    page.get_by_text("Så tolkas kolumnerna").wait_for()
    page.get_by_role("button", name="Granska", exact=True).click()
    page.get_by_text("kan läsas på flera sätt").wait_for()
    pick(page, page.get_by_role("combobox", name="Ordning i datum"), "år, månad, dag")
    page.get_by_text("kan läsas på flera sätt").wait_for(state="detached")
    page.get_by_role("button", name="Granska", exact=True).click()
    page.get_by_text("lästes som år, månad, dag (26-02-14 är 2026-02-14)").wait_for()
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_text("Kopplingsrapport: uttag.csv").wait_for()
    expect(page.get_by_text("2 av 2 rader är inlästa.")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trasig.xlsx", b"PK\x03\x04 this is no zip"),
        ("bild.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
        ("tom.csv", b""),
    ],
)
def test_a_hopeless_file_gets_a_sentence_on_the_page(demo_address, open_page, name, content):
    page = opened(open_page(f"{demo_address}/data"))
    upload(page, name, content)
    alert = page.locator("[data-testid=stAlert]").first
    alert.wait_for()
    said = alert.inner_text()
    assert name in said and said.strip().endswith((".", "”"))
    assert "Traceback" not in page.content()


def test_columns_nobody_recognises_are_asked_for_before_anything_is_stored(demo_address, open_page):
    page = opened(open_page(f"{demo_address}/data"))
    upload(page, "okand.csv", "a;b;c\n1;2;3\n")
    page.get_by_text("Så tolkas kolumnerna").wait_for()
    page.get_by_role("button", name="Granska", exact=True).click()
    alert = page.locator("[data-testid=stAlert]").first
    alert.wait_for()
    assert "okand.csv" in alert.inner_text()


PAGES = [
    *(f"hotspots?lager={layer}" for layer in ("rutor", "tathet", "hopning", "punkter")),
    "hotspots?lager=utveckling&slump=ja",
    "nar",
    "nar?bredvid=period",
    "jamfor",
]


@pytest.mark.parametrize("path", ["karta", "hotspots", "nar", "jamfor"])
def test_without_incidents_every_page_says_what_to_do(tmp_path, open_page, serve, path):
    store = tmp_path / "tom.gpkg"
    open_workplace(Settings(store=str(store)), date.today).engine.dispose()
    with serve(store) as address:
        page = open_page(f"{address}/{path}")
        expect(page.locator(".tk-step")).to_have_count(3)
        expect(page.locator(".tk-open[href=data]")).to_be_visible()


@pytest.fixture
def hostile_store(tmp_path, geodata) -> Path:
    """Districts and sources whose names are code."""
    path = tmp_path / "hostile.gpkg"
    place = open_workplace(Settings(store=str(path)), date.today)
    districts = gpd.read_file(geodata / "1488" / "districts.gpkg")
    for row, name in enumerate(NAMES):
        districts.loc[row, "name"] = name
    file = tmp_path / "districts.gpkg"
    districts.to_file(file, layer="districts")
    _bring(place, TableKind.DISTRICTS, file.name, file.read_bytes())
    codes = districts["area_code"].tolist()
    rows = "".join(f"H{n};9801;2025-03-01;{codes[n % 3]};1\n" for n in range(30))
    content = HEADER.replace("Stadsdel", "Områdeskod") + rows
    _bring(place, TableKind.INCIDENTS, "kod.csv", content.encode(), source=HOSTILE)
    place.engine.dispose()
    return path


def _bring(place, kind, name, content, source="SCB"):
    waiting = receiving.receive(place, kind, name, content)
    intake.import_waiting(place, waiting, source)


def test_names_that_are_code_run_nowhere(hostile_store, open_page, serve, tmp_path):
    with serve(hostile_store) as address:
        page = open_page(f"{address}/karta?fran=2025-01&till=2025-12&omrade=1488S001")
        page.wait_for_selector(".tk-table tbody tr")
        box = page.locator(".tk-map").bounding_box()
        for x in range(2, 10):
            page.mouse.move(box["x"] + box["width"] * x / 10, box["y"] + box["height"] * 0.5)
        settle(page)
        assert HOSTILE in page.locator("[data-testid=stMain]").inner_text()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="CSV (Excel)", exact=True).click()
        waiting.value.save_as(tmp_path / "hostile.csv")
        page.goto(f"{address}/data")
        page.get_by_text("kod.csv").first.wait_for(state="attached")
        settle(page)
        assert page.evaluate("window.caught") is None
        expect(page.locator("img[src=x]")).to_have_count(0)
        # None of the offences has a point, a time of day or an earlier year.
        for path in PAGES:
            page.goto(f"{address}/{path}")
            page.locator("h1, [data-testid=stAlert]").first.wait_for()
            settle(page)
            expect(page.get_by_text("Något oväntat hände")).to_have_count(0)
            assert page.evaluate("window.caught") is None
            expect(page.locator("img[src=x]")).to_have_count(0)
