"""The police's extract of 400 rows: by the page and by the command line, the same store."""

import random
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.looks import DESK, PHONE, faults, resize
from tests.browser.way_in import keep, look_at, opened, upload
from trygghetskarta import __main__ as program

NAME = "uttag_polisen.csv"
ROWS = 400
HEAD = (
    "Diarienr;Brottskod;Brottskodstext;Anm.datum;Brottstid fr.o.m.;Brottstid t.o.m.;DeSO;"
    "N-koordinat;E-koordinat;Antal brott"
)
OFFENCES = (
    ("9801", "Misshandel"),
    ("0825", "Bostadsinbrott, villa"),
    ("0826", "Bostadsinbrott, lägenhet"),
    ("5011", "Eget bruk av narkotika"),
)
AREAS = ("1488C1010", "1488C1040", "1488B2010", "1488C1150", "1488A0040")
PLACES = ((6465798.3, 343433.4), (6460899.1, 338980.7), (6462968.4, 341391.1))
WRONG = {
    12: ("Anm.datum", "2025-13-45"),
    57: ("DeSO", "1488C9999"),
    140: ("Brottskod", "99X9"),
    333: ("Antal brott", "tre"),
}
"""What does not stand as it should: place among the rows, column and cell."""
TOUCHED = (
    ".stMain .stButton button, .stFormSubmitButton button, .stDownloadButton button, "
    ".react-aria-ComboBox > [role=group], [data-testid=stTextInputRootElement], .stExpander summary"
)
"""What a finger presses."""
OWN = {"fid", "uuid", "batch", "created_at", "updated_at", "started_at", "finished_at"}
"""Columns that tell when something was stored, not what."""


def police_file(wrong: Mapping[int, tuple[str, str]] = WRONG) -> bytes:
    """A title, a header, 400 rows of which some are wrong, and a sum; as the system saves it."""
    chance = random.Random(1488)
    names = HEAD.split(";")
    lines = ["Uttag ur polisens system" + ";" * (len(names) - 1), HEAD]
    for number in range(ROWS):
        begun = datetime(2024, 7, 1) + timedelta(hours=chance.randrange(360 * 24))
        code, text = chance.choice(OFFENCES)
        north, east = chance.choice(PLACES)
        place = (
            (f"{north + chance.uniform(-90, 90):.1f}", f"{east + chance.uniform(-90, 90):.1f}")
            if chance.random() < 0.3
            else ("", "")
        )
        cells = [
            f"5000-K{100_000 + number}-24",
            code,
            text,
            f"{begun + timedelta(days=chance.randrange(3)):%Y-%m-%d}",
            f"{begun:%Y-%m-%d %H:%M}",
            f"{begun + timedelta(hours=2):%Y-%m-%d %H:%M}",
            "" if place[0] else chance.choice(AREAS),
            *(cell.replace(".", ",") for cell in place),
            "1",
        ]
        column, cell = wrong.get(number, ("", ""))
        if column:
            cells[names.index(column)] = cell
        lines.append(";".join(cells))
    lines.append("Summa" + ";" * (len(names) - 1) + str(ROWS))
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


def held(path: Path) -> dict[str, list[tuple]]:
    """What a store holds of the file, row by row, but for when and by whom."""
    found = {}
    with closing(sqlite3.connect(path)) as store:
        for table in ("incident", "quarantine", "import_batch", "column_mapping"):
            columns = [row[1] for row in store.execute(f"PRAGMA table_info({table})")]
            told = ", ".join(name for name in columns if name not in OWN)
            found[table] = sorted(store.execute(f"SELECT {told} FROM {table}"), key=repr)
    return found


@pytest.fixture
def stores(base_store, tmp_path) -> tuple[Path, Path]:
    """Two stores that are the same before the file comes."""
    page, line = tmp_path / "page.gpkg", tmp_path / "line.gpkg"
    for path in (page, line):
        shutil.copy(base_store, path)
    return page, line


def test_the_page_and_the_command_line_store_the_same_rows(stores, open_page, serve, tmp_path):
    by_page, by_line = stores
    file = tmp_path / NAME
    file.write_bytes(police_file())
    with serve(by_page) as address:
        page = opened(open_page(f"{address}/data"))
        upload(page, NAME, file.read_bytes())
        look_at(page)
        # Nothing but the rows that are wrong is asked about, and each says why.
        expect(page.get_by_text("Stämmer det här?")).to_have_count(0)
        wrong = page.locator(".tk-faulty tbody tr")
        expect(wrong).to_have_count(len(WRONG) + 1)
        expect(wrong.first).to_contain_text("”2025-13-45” är inte ett datum")
        assert wrong.first.locator("th").inner_text() == str(min(WRONG) + 3)
        for size in (PHONE, DESK):
            resize(page, size)
            assert faults(page) == []
        keep(page, NAME)
        rows = page.locator(".tk-report tr")
        expect(rows.filter(has_text="Lästa rader")).to_contain_text(str(ROWS + 1))
        expect(rows.filter(has_text="I karantän")).to_contain_text(str(len(WRONG) + 1))
    # Some rows wait: status 1.
    assert program.main(["--store", str(by_line), "import", "incidents", str(file)]) == 1
    on_page, on_line = held(by_page), held(by_line)
    assert len(on_page["incident"]) == ROWS - len(WRONG)
    assert len(on_page["quarantine"]) == len(WRONG) + 1
    for table, found in on_page.items():
        assert found == on_line[table], table


def test_for_a_clean_file_nothing_is_ticked(stores, open_page, serve):
    store, _ = stores
    with serve(store) as address:
        page = opened(open_page(f"{address}/data", PHONE))
        upload(page, NAME, police_file({}))
        look_at(page)
        expect(page.get_by_text("Inget i filen behöver bekräftas.")).to_be_visible()
        assert page.get_by_role("checkbox").count() == 0
        heights = page.locator(TOUCHED).evaluate_all(
            "all => all.filter((one) => one.checkVisibility()).map((one) => one.offsetHeight)"
        )
        assert len(heights) > 10 and min(heights) >= 44
        keep(page, NAME)
        expect(page.get_by_text("Inga rader väntar i karantän.")).to_be_visible()
    held_now = held(store)
    assert (len(held_now["incident"]), held_now["quarantine"]) == (ROWS, [])
