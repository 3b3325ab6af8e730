"""Every page on a desk, a phone and a projector: nothing too wide, nothing shut to anybody."""

import pytest
from playwright.sync_api import Page, expect

from tests.app.test_pages import FULL
from tests.browser.looks import (
    HARMLESS,
    PHONE,
    PROJECTOR,
    SIZES,
    faults,
    resize,
    settle,
    toolbar_buttons,
)
from trygghetskarta.store import connect, read_walks

YEAR = "fran=2025-01&till=2025-12"
SHOWS = {
    # What is waited for, and of that how many; {finding} is one that nobody has seen to.
    f"karta?{YEAR}": ("[data-painted] path.leaflet-interactive", 15),
    "data": ("h1", 1),
    "om": ("h1", 1),
    f"hotspots?{YEAR}": ("[data-painted]", 1),
    f"hotspots?{YEAR}&slump=ja": ("[data-painted]", 2),
    f"nar?{YEAR}": ("[data-testid=stVegaLiteChart]", 5),
    f"nar?{YEAR}&bredvid=period": ("[data-testid=stVegaLiteChart]", 10),
    f"jamfor?{YEAR}": ("[data-painted]", 3),
    f"sakerhet-trygghet?{YEAR}": (".tk-quadrant", 5),
    "vandringar?fynd={finding}": ("[data-testid=stForm]", 2),
    "rapportera": (".tk-phone-save", 1),
    "medborgardialog": ("h1", 1),
    "mote": ("h1", 1),
    "atgarder": ("h1", 1),
    "lagesbild?ar=2025": (".own, iframe, h1", None),
}
ELSEWHERE = {"tyck-till", "motesbild", "dialog"}
"""Pages of a meeting and of a locked browser; see their own journeys."""


def test_no_page_is_left_out():
    assert {address.split("?")[0] for address in SHOWS} | ELSEWHERE == set(FULL)


@pytest.fixture(scope="module")
def finding(demo_store) -> str:
    engine = connect(str(demo_store))
    seen = read_walks.observations(engine)
    engine.dispose()
    chosen = seen[(seen["status"] == "ny") & (seen["category"] != "trygg_plats")]
    return chosen["observation_id"].iloc[0]


LONG = {f"hotspots?{YEAR}&slump=ja", f"nar?{YEAR}&bredvid=period"}
"""Twice as much on one page, seen through in the long run."""


@pytest.mark.parametrize(
    "address",
    [pytest.param(one, marks=pytest.mark.long if one in LONG else ()) for one in SHOWS],
)
def test_a_page_fits_and_can_be_read_by_all(demo_address, open_page, finding, address):
    awaited, count = SHOWS[address]
    page = open_page(f"{demo_address}/{address.format(finding=finding)}")
    if count is None:
        expect(page.locator(awaited).first).to_be_visible(timeout=60_000)
    else:
        expect(page.locator(awaited)).to_have_count(count, timeout=60_000)
    found = {}
    for name, size in SIZES.items():
        resize(page, size)
        found[name] = faults(page)
        if address.startswith("jamfor"):
            assert stacked(page) == (size == PHONE)
    assert found == {name: [] for name in SIZES}


def test_a_charts_and_a_tables_own_toolbar_gives_no_file(demo_address, open_page):
    page = open_page(f"{demo_address}/nar?{YEAR}")
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(5, timeout=60_000)
    page.get_by_text("Visa som tabell").first.click()
    expect(page.locator("[data-testid=stDataFrame]").first).to_be_visible()
    settle(page)
    for kind in ("stDataFrame", "stVegaLiteChart"):
        page.locator(f"[data-testid={kind}]").first.hover()
        expect(page.get_by_role("button", name="Helskärm").first).to_be_visible()
    assert {"Helskärm", "Sök"} == toolbar_buttons(page)
    page.get_by_role("button", name="Helskärm").first.press("Enter")
    expect(page.get_by_role("button", name="Stäng helskärm").first).to_be_visible()
    assert toolbar_buttons(page) <= HARMLESS


def stacked(page: Page) -> bool:
    """Whether the second map lies below the first, and not beside it."""
    upper, lower = (page.locator(".tk-map").nth(number).bounding_box() for number in range(2))
    return lower["y"] >= upper["y"] + upper["height"]


def test_the_phones_map_fits_every_screen_too(demo_address, open_page):
    page = open_page(f"{demo_address}/rapportera", PHONE)
    page.get_by_role("button", name="Peka på kartan").click()
    expect(page.locator(".tk-phone-map .tk-map path").first).to_be_attached()
    assert faults(page) == []
    resize(page, PROJECTOR)
    assert faults(page) == []
