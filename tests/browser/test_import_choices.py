"""The page Data asks which of several tables is read, and asks again when another is wanted."""

import io
import shutil
import zipfile

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import PHONE, faults, pick, settle
from tests.browser.way_in import keep, look_at, opened, save, upload

HEAD = ["Id", "Brottskod", "Brottsdatum", "Stadsdel"]
CSV = ";".join(HEAD) + "\n"


@pytest.fixture
def address(base_store, tmp_path, serve):
    """The app on a store without incidents."""
    path = tmp_path / "own.gpkg"
    shutil.copy(base_store, path)
    with serve(path) as found:
        yield found


def book() -> bytes:
    """Two sheets with the same columns, one of something else, and a text before them."""
    made = openpyxl.Workbook()
    made.active.title = "Läs mig"
    made.active.append(["Uttag ur systemet"])
    for name, rows in (("Januari", 2), ("Februari", 3)):
        sheet = made.create_sheet(name)
        sheet.append(HEAD)
        for number in range(rows):
            sheet.append([f"{name}{number}", "9801", f"2026-0{rows - 1}-1{number}", "Sylte"])
    other = made.create_sheet("Koder")
    other.append(["Nyckel", "Ord"])
    other.append(["a", "b"])
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("uttag/ett.csv", CSV + "Z1;9801;2026-01-11;Sylte\n")
        two = CSV + "Z2;9801;2026-01-12;Sylte\nZ3;9801;2026-01-13;Sylte\n"
        packed.writestr("uttag/två.csv", two)
    return content.getvalue()


def choose(page: Page, name: str) -> None:
    pick(page, page.get_by_role("combobox", name="Tabell i filen"), name)
    settle(page)


def new_rows(page: Page) -> str:
    return page.locator(".tk-report tr", has_text="Nya").locator("td").last.inner_text()


def test_a_table_of_several_is_chosen_anew_before_and_after_it_is_saved(address, open_page):
    page = opened(open_page(f"{address}/data"))
    upload(page, "bok.xlsx", book())
    expect(page.get_by_text("Filen har flera tabeller")).to_be_visible()
    # Two sheets fit: nothing is read before one is chosen.
    expect(page.get_by_text("De första raderna")).to_have_count(0)
    choose(page, "Januari")
    look_at(page)
    assert new_rows(page) == "2"
    # The account of one sheet is none of another, though their columns are the same.
    choose(page, "Februari")
    expect(page.get_by_text("Så blir det när filen sparas")).to_have_count(0)
    save(page, "bok.xlsx")
    assert new_rows(page) == "3"
    assert faults(page) == []
    choose(page, "Januari")
    save(page, "bok.xlsx")
    assert new_rows(page) == "2"
    choose(page, "Koder")
    expect(page.get_by_text("Nyckel").first).to_be_attached()


def test_an_archive_of_several_files_asks_for_one_on_a_phone_too(address, open_page):
    page = opened(open_page(f"{address}/data", PHONE))
    upload(page, "uttag.zip", archive())
    choose(page, "uttag/två.csv")
    look_at(page)
    assert faults(page) == []
    keep(page, "uttag.zip")
    assert new_rows(page) == "2"
    choose(page, "uttag/ett.csv")
    save(page, "uttag.zip")
    assert new_rows(page) == "1"
