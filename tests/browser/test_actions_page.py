"""Åtgärder as its users meet it: a drawn area, a follow-up, an effect in the fixed words."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import PHONE, faults
from trygghetskarta.words import action_words, effect_words, map_words

WAIT = 60_000
TITLE = "Ljusare stråk vid Drottningtorget"


@pytest.fixture(scope="module")
def address(demo_store, tmp_path_factory, serve) -> Iterator[str]:
    """The app on a store of its own, which the tests write in."""
    path = tmp_path_factory.mktemp("measures") / "store.gpkg"
    shutil.copy(demo_store, path)
    with serve(path) as served:
        yield served


def opened(page: Page) -> None:
    """Wait until the page stands whole."""
    expect(page.get_by_role("heading", name=action_words.TIMELINE)).to_be_visible(timeout=WAIT)
    expect(page.locator(".tk-map .leaflet-interactive").first).to_be_visible(timeout=WAIT)
    expect(page.locator(".tk-legend-title")).to_have_text(action_words.ACTIONS_MAP, timeout=WAIT)


def quiet(page: Page) -> None:
    """Wait until no script runs."""
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0, timeout=WAIT)


def fill(page: Page, label: str, value: str) -> None:
    """Fill in a field and leave it, as a user does."""
    field = page.get_by_role("textbox", name=label, exact=True)
    field.fill(value)
    field.press("Tab")
    quiet(page)
    expect(field).to_have_value(value, timeout=WAIT)


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a list outside the sidebar."""
    quiet(page)
    box = page.get_by_test_id("stMain").get_by_role("combobox", name=label, exact=True)
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    quiet(page)


def test_a_measure_is_drawn_followed_up_and_judged(address, open_page):
    page = open_page(f"{address}/atgarder?vy=14/58.2835/12.2889")
    opened(page)
    page.get_by_role("button", name=action_words.ACTION_NEW).click()
    fill(page, action_words.ACTION_TITLE, TITLE)
    choose(page, map_words.THEME, "Stärkt situationellt perspektiv (SKA)")
    choose(page, action_words.ACTION_STATUS, action_words.ACTION_STATUSES["pagar"])
    fill(page, action_words.START_DATE, "2024-07-01")
    page.get_by_text(action_words.DRAW, exact=True).click()
    expect(page.locator(".tk-legend-title")).to_have_text(
        action_words.ACTIONS_MAP_DRAWING, timeout=WAIT
    )
    corners = page.get_by_role("textbox", name=action_words.CORNERS)
    box = page.locator(".tk-map")
    for number, (x, y) in enumerate(((200, 200), (330, 200), (330, 330), (200, 330)), start=1):
        box.click(position={"x": x, "y": y})
        lines = re.compile(rf"^(\d+\.\d+, \d+\.\d+\n?){{{number}}}$")
        expect(corners).to_have_value(lines, timeout=WAIT)
    page.get_by_role("button", name=action_words.ACTION_SAVE).click()
    expect(page.get_by_text(action_words.ACTION_SAVED)).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible(timeout=WAIT)
    expect(page.locator(".tk-fields")).to_contain_text(action_words.DRAWN_AREA)
    verdict = page.locator(".tk-card").filter(has_text=effect_words.FIGURE_VERDICT)
    expect(verdict.locator(".tk-card-value")).to_have_text(
        re.compile("|".join(effect_words.EFFECT_VERDICTS.values())), timeout=WAIT
    )
    expect(page.get_by_text(effect_words.REGRESSION)).to_be_visible()
    page.get_by_text(action_words.FOLLOW_UP_NEW, exact=True).click()
    fill(page, action_words.FOLLOW_UP_BY, "Gatuenheten")
    fill(page, action_words.FOLLOW_UP_FIELDS["done"], "Tolv nya lyktor.")
    page.get_by_role("button", name=action_words.FOLLOW_UP_SAVE).click()
    expect(page.get_by_text(action_words.FOLLOW_UP_SAVED)).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Tolv nya lyktor.").first).to_be_visible(timeout=WAIT)
    assert faults(page) == []


def test_a_phone_scrolls_one_way_only(address, open_page):
    page = open_page(f"{address}/atgarder", size=PHONE)
    opened(page)
    assert faults(page) == []
