"""Rows that wait: dismissed for a reason and taken back, or put right under other headers."""

import shutil

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import PHONE, faults, settle
from tests.browser.way_in import opened, save, upload

HEADER = "Ärendenr;Brottskod;Inskrivningsdatum;Stadsdel;Antal\n"
ROWS = "A1;9801;2025-03-01;Sylte;1\nB1;9801;2025-02-30;Lextorp;1\nB2;9801;2025-03-05;Atlantis;1\n"
REASON = "Platsen finns inte på riktigt"


@pytest.fixture
def address(base_store, tmp_path, serve):
    """The app on a store without incidents."""
    path = tmp_path / "own.gpkg"
    shutil.copy(base_store, path)
    with serve(path) as found:
        yield found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")
    settle(page)


@pytest.mark.parametrize("size", [(1280, 720), PHONE])
def test_a_row_is_dismissed_and_taken_back_by_keyboard(address, open_page, size):
    page = opened(open_page(f"{address}/data", size))
    upload(page, "uttag.csv", HEADER + ROWS)
    save(page, "uttag.csv")
    unfold = page.get_by_text("Avfärda rader som inte ska rättas")
    unfold.click()
    settle(page)
    press(page, "Avfärda")
    expect(page.get_by_text("Välj först vilka rader det gäller.")).to_be_visible()
    rows = page.get_by_role("combobox", name="Rader", exact=True)
    rows.focus()
    page.keyboard.type("Atlantis")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    settle(page)
    # What was chosen stays when the reason lacks, and where one is.
    press(page, "Avfärda")
    expect(page.get_by_role("alert").filter(has_text="varför")).to_be_visible()
    page.get_by_label("Varför?").fill(REASON)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Avfärdade rader (1)")).to_be_visible()
    assert faults(page) == []
    page.get_by_text("Avfärdade rader (1)").click()
    settle(page)
    assert faults(page) == []
    back = page.get_by_role("combobox", name="Rader som ska vänta i karantän igen")
    back.focus()
    page.keyboard.type("Atlantis")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    settle(page)
    press(page, "Ta tillbaka")
    expect(page.get_by_text("Avfärdade rader (1)")).to_have_count(0)


def test_a_row_put_right_under_other_headers_waits_no_more(address, open_page):
    page = opened(open_page(f"{address}/data"))
    upload(page, "uttag.csv", HEADER + ROWS)
    save(page, "uttag.csv")
    expect(page.get_by_text("Ladda ner karantänen (CSV)")).to_be_visible()
    other = "Diarienr;Kod;Anm.datum;Område;Brott\nB1;9801;2025-02-28;Lextorp;1\n"
    other += "B2;9801;2025-03-05;Sylte;1\n"
    upload(page, "rattad.csv", other)
    page.get_by_text("rattad.csv").first.wait_for()
    save(page, "rattad.csv")
    expect(page.get_by_text("Inga rader väntar i karantän.")).to_be_visible()
