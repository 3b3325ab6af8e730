"""Files of walks on the page Vandringar: what is odd is ticked, what is open is asked."""

import io
import shutil
import zipfile

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import PHONE, faults, pick, settle
from tests.browser.way_in import opened

NORTH, EAST = 58.2837, 12.2886


def track(hours: int, shift: float = 0.0) -> bytes:
    """A track of forty points in ten minutes, and one more some hours later."""
    points = [(n, f"2026-02-13T18:{n // 4:02}:{n % 4 * 15:02}Z") for n in range(40)]
    if hours:
        points += [
            (40 + n, f"2026-02-{13 + (18 + n) // 24}T{(18 + n) % 24:02}:30:00Z")
            for n in range(hours)
        ]
    told = "".join(
        f'<trkpt lat="{NORTH + shift}" lon="{EAST + 0.0003 * n}"><time>{time}</time></trkpt>'
        for n, time in points
    )
    space = "http://www.topografix.com/GPX/1/1"
    return f'<gpx xmlns="{space}"><trk><trkseg>{told}</trkseg></trk></gpx>'.encode()


def archive(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, data in files.items():
            packed.writestr(f"{name}.gpx", data)
    return content.getvalue()


def book() -> bytes:
    """Two lists of walks: nothing says which is meant."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, people in (("Norr", 4), ("Söder", 7)):
        sheet = made.create_sheet(name)
        sheet.append(["Start", "Slut", "Deltagare", "Plats"])
        sheet.append(["2026-02-13 20:00", "2026-02-13 21:00", people, "Sylte"])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


@pytest.fixture
def address(base_store, tmp_path, serve):
    """The app on a store without walks."""
    path = tmp_path / "own.gpkg"
    shutil.copy(base_store, path)
    with serve(path) as found:
        yield found


def give(page: Page, *files: tuple[str, bytes]) -> None:
    handed = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        for name, data in files
    ]
    page.locator("input[type=file]").first.set_input_files(handed)
    settle(page)


def read_in(page: Page) -> None:
    settle(page)
    page.get_by_role("button", name="Läs in filerna").click()


def test_a_walk_that_is_odd_is_ticked_file_by_file_also_out_of_an_archive(address, open_page):
    page = opened(open_page(f"{address}/vandringar", PHONE))
    odd = {"natt": track(16), "dygn": track(30, 0.02), "god": track(0, 0.01)}
    give(page, ("pass.zip", archive(**odd)))
    read_in(page)
    expect(page.get_by_text("Stämmer det här?")).to_be_visible()
    boxes = page.get_by_role("checkbox", name="längre än 12 timmar")
    expect(boxes).to_have_count(2)
    stop = page.get_by_role("button", name="Spara", exact=True)
    expect(stop).to_be_disabled()
    assert faults(page) == []
    # One of two is confirmed with the keyboard; the other waits on.
    boxes.first.focus()
    page.keyboard.press("Space")
    expect(stop).to_be_enabled()
    settle(page)
    stop.focus()
    page.keyboard.press("Enter")
    expect(boxes).to_have_count(1)
    expect(boxes).not_to_be_checked()
    expect(stop).to_be_disabled()
    settle(page)
    boxes.focus()
    page.keyboard.press("Space")
    expect(stop).to_be_enabled()
    stop.click()
    expect(page.get_by_text("Stämmer det här?")).to_have_count(0)


def test_a_list_asks_for_its_sheet_its_columns_and_the_order_of_its_dates(address, open_page):
    page = opened(open_page(f"{address}/vandringar"))
    rows = "När det började;Till;Vuxna;Plats\n3/4/2026 20:00;3/4/2026 21:00;4;Sylte\n"
    give(page, ("bok.xlsx", book()), ("lista.csv", rows.encode()))
    run = page.get_by_role("button", name="Läs in filerna")
    expect(run).to_be_disabled()
    pick(page, page.get_by_role("combobox", name="Tabell i filen"), "Söder")
    expect(run).to_be_enabled()
    # What is needed and was not recognised stands open, with the others.
    needed = page.get_by_text("välj vilken kolumn som är ”Start”")
    expect(needed).to_be_visible()
    assert faults(page) == []
    pick(page, page.get_by_role("combobox", name="Start", exact=True).last, "När det började")
    expect(needed).to_have_count(0)
    pick(
        page,
        page.get_by_role("combobox", name="Ordning i datumen i När det började"),
        "dag, månad, år",
    )
    pick(page, page.get_by_role("combobox", name="Ordning i datumen i Till"), "dag, månad, år")
    read_in(page)
    lines = page.get_by_test_id("stAlert")
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text="lista.csv")).to_contain_text("1 ny")
    settle(page)
    told = page.locator("[data-testid=stMain]").inner_text()
    assert "3 april 2026" in told or "2026-04-03" in told
