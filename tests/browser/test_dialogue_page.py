"""Medborgardialog: handed to a stranger, shown in another direction, driven from the keyboard."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from trygghetskarta.pipeline.view import load
from trygghetskarta.pipeline.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.ui import deck_data
from trygghetskarta.ui.deck_data import EXAMPLE

WALL = (1920, 1080)
INTERNAL = ("karta", "hotspots", "data", "medborgardialog?tema=narkotika", "")


@pytest.fixture(scope="module")
def address(serve, demo_store, tmp_path_factory) -> Iterator[str]:
    """The app on a store with the example presentation."""
    path = Path(shutil.copy(demo_store, tmp_path_factory.mktemp("dialogue") / "x.gpkg"))
    place = open_workplace(Settings(store=str(path)), lambda: None)
    deck_data.save_example(place, load(place.engine, place.municipality, place.water))
    place.engine.dispose()
    with serve(path) as address:
        yield address


def _slide(page: Page, number: int) -> None:
    expect(page.locator(".tk-present.is-full")).to_have_attribute(
        "data-slide", str(number), timeout=60_000
    )


def _sent(words: str) -> bytes:
    """Words as they travel to the browser, in JSON."""
    return json.dumps(words)[1:-1].encode("ascii")


def test_a_stranger_with_the_keyboard_sees_slides_and_nothing_else(open_page, address):
    frames: list[bytes] = []
    page = open_page("about:blank", size=WALL)
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda frame: frames.append(frame if isinstance(frame, bytes) else frame.encode()),
        ),
    )
    page.goto(f"{address}/dialog?presentation={EXAMPLE}")
    _slide(page, 1)
    for key, slide in (
        ("PageDown", 2),
        (" ", 3),
        ("ArrowLeft", 2),
        ("End", 7),
        ("4", 4),
        ("Home", 1),
    ):
        page.keyboard.press(key)
        _slide(page, slide)
    milliseconds = page.evaluate(
        """() => { const start = performance.now();
        document.dispatchEvent(new KeyboardEvent("keydown", { key: "PageDown" }));
        document.querySelector(".tk-present").getBoundingClientRect();
        return performance.now() - start; }"""
    )
    assert milliseconds < 200
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(".tk-p-slide:not([hidden]) *")]
        .filter((one) => one.childElementCount === 0 && one.textContent.trim())
        .filter((one) => !one.closest(".tk-map"))
        .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
    )
    assert smallest >= 24
    told = b"".join(frames)
    assert _sent("Ni sa – vi gjorde") in told
    for secret in ("hotspots", "Hotspots", "Vandringar", "Om uppgifterna", "Lägesbild", "utsatt"):
        assert _sent(secret) not in told
    for path in INTERNAL:
        page.goto(f"{address}/{path}")
        expect(page).to_have_url(re.compile(rf"/dialog\?presentation={EXAMPLE}"))
    _slide(page, 1)
    page.keyboard.press("Escape")
    expect(page.locator(".tk-p-overview[open] li")).to_have_count(7)
    page.locator(".tk-p-leave input").fill("fel ord")
    page.locator(".tk-p-leave button").click()
    expect(page.locator(".tk-p-wrong")).not_to_be_empty()
    page.locator(".tk-p-leave input").fill("Lämna")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/medborgardialog", timeout=60_000)
