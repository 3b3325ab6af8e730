"""Medborgardialog: handed to a stranger, shown in another direction, driven from the keyboard."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from trygghetskarta.gate.loaded_world import load
from trygghetskarta.intake.workplace import Workplace, open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import presentations
from trygghetskarta.subjects.dialogue.ask import exit_word
from trygghetskarta.subjects.dialogue.data import deck_data
from trygghetskarta.subjects.dialogue.data.deck_data import EXAMPLE

WALL = (1920, 1080)
CODED, CODE = "00000000-0000-4000-8000-000000000002", "grön stege"
INTERNAL = ("karta", "hotspots", "data", "medborgardialog?tema=narkotika", "")


@pytest.fixture(scope="module")
def place(demo_store, tmp_path_factory) -> Iterator[Workplace]:
    """A store with the example presentation, and with a copy of it that has a code of its own."""
    path = Path(shutil.copy(demo_store, tmp_path_factory.mktemp("dialogue") / "x.gpkg"))
    place = open_workplace(Settings(store=str(path)), lambda: None)
    deck_data.save_example(place, load(place.engine, place.municipality, place.water))
    version, example = presentations.content(place.engine, EXAMPLE)
    coded = replace(example, name="Med kod", exit_hash=exit_word.hash_of(CODE))
    presentations.add(place.engine, coded, CODED)
    # The one that is saved last is the one that stands open.
    presentations.save(place.engine, EXAMPLE, version, example)
    yield place
    place.engine.dispose()


@pytest.fixture(scope="module")
def address(serve, place) -> Iterator[str]:
    """The app on that store."""
    with serve(Path(place.settings.store)) as address:
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


def _is_held(page: Page, address: str) -> None:
    """The page is at the presentation it was locked with, and asks for its code."""
    expect(page).to_have_url(f"{address}/dialog?presentation={CODED}")
    asks = page.locator(".tk-p-leave label")
    expect(asks).to_have_text("Skriv koden för att lämna dialogläget", timeout=60_000)


def _try_word(page: Page, word: str) -> None:
    page.keyboard.press("Escape")
    page.locator(".tk-p-leave input").fill(word)
    page.keyboard.press("Enter")


def test_no_other_address_brings_an_easier_word(open_page, address, place):
    page = open_page(f"{address}/dialog?presentation={CODED}", size=WALL)
    _is_held(page, address)
    easier = f"/dialog?presentation={EXAMPLE}"
    strange = address.replace("127.0.0.1", "localhost")
    # Pages that the fixture does not watch: a browser's own tabs, at another name too.
    other = page.context.new_page()
    for start in (f"{address}{easier}", f"{address}/dialog?presentation=x", f"{address}/dialog",
                  f"{address}/karta", f"{strange}{easier}", f"{strange}/karta"):  # fmt: skip
        other.goto(start)
        _is_held(other, address)
    other.reload()
    _is_held(other, address)
    # The page's own script cannot lead its session elsewhere either.
    other.evaluate(
        "at => { history.pushState({}, '', at); dispatchEvent(new PopStateEvent('popstate')); }",
        easier,
    )
    _slide(other, 1)
    expect(other.locator(".tk-p-leave label")).to_have_text("Skriv koden för att lämna dialogläget")
    _try_word(other, "lämna")
    expect(other.locator(".tk-p-wrong")).to_have_text(re.compile("Det var inte rätt"))

    version, _ = presentations.content(place.engine, CODED)
    presentations.delete(place.engine, CODED, version)
    other.goto(f"{address}/karta")
    expect(other.get_by_text("Presentationen är borttagen.")).to_be_visible(timeout=60_000)
    asked = other.get_by_label("Skriv koden för att lämna dialogläget")
    asked.fill("LÄMNA")
    asked.press("Enter")
    expect(other.get_by_text("Det var inte rätt.")).to_be_visible()
    asked.fill(CODE)
    other.get_by_role("button", name="Lämna dialogläget").click()
    other.get_by_role("link", name="Lämna dialogläget").click()
    expect(other).to_have_url(f"{address}/medborgardialog", timeout=60_000)


def test_a_code_that_was_typed_and_left_is_saved_and_holds(open_page, address):
    page = open_page(f"{address}/medborgardialog")
    rule = page.get_by_text("Nu gäller: ordet LÄMNA öppnar låset.")
    expect(rule).to_be_visible(timeout=60_000)
    code = page.get_by_label("Kod för att lämna dialogläget", exact=True)
    code.fill("blå cykel")
    code.press("Tab")
    expect(rule).to_be_visible()
    # Opened without a word about saving: what was typed holds.
    page.get_by_role("button", name="Öppna dialogläget").click()
    _slide(page, 1)
    _try_word(page, "lämna")
    expect(page.locator(".tk-p-wrong")).to_have_text(re.compile("Det var inte rätt"))
    page.locator(".tk-p-leave input").fill("blå cykel")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/medborgardialog", timeout=60_000)
    # Too short a code changes nothing; a code can be taken away.
    page.get_by_label("Kod för att lämna dialogläget", exact=True).fill("abc")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(
        page.get_by_text("Koden är för kort: minst 4 tecken. Inget har sparats.")
    ).to_be_visible()
    page.get_by_label("Kod för att lämna dialogläget", exact=True).fill("")
    page.get_by_text("Ta bort koden: ordet LÄMNA räcker").click()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(rule).to_be_visible()


def test_every_window_of_a_locked_browser_is_shut_wherever_it_was_opened(open_page, address, place):
    """Also one that began at the dialogue, and when the presentation has been taken away."""
    version, example = presentations.content(place.engine, EXAMPLE)
    coded = replace(example, name="Borttagen", exit_hash=exit_word.hash_of(CODE))
    gone = presentations.add(place.engine, coded)
    presentations.delete(place.engine, gone, 1)
    data = open_page(f"{address}/data")
    beginner, still = data.context.new_page(), data.context.new_page()
    for window in (beginner, still):
        window.goto(f"{address}/dialog")
        expect(window.get_by_text("Välj en presentation på sidan")).to_be_visible(timeout=60_000)
    beginner.get_by_role("link", name="Hotspots").click()
    expect(beginner).to_have_url(re.compile("/hotspots"))
    # One whose own script is silenced is shut by the server.
    deaf = data.context.new_page()
    deaf.add_init_script("window.BroadcastChannel = class { postMessage() {} };")
    deaf.goto(f"{address}/data")
    expect(deaf.get_by_role("heading", name="Karantän")).to_be_visible(timeout=60_000)

    locked = data.context.new_page()
    locked.goto(f"{address}/dialog?presentation={gone}")
    expect(locked.get_by_text("Presentationen är borttagen.")).to_be_visible(timeout=60_000)
    for window in (data, beginner, still):
        expect(window).to_have_url(f"{address}/dialog?presentation={gone}")
    deaf.get_by_role("link", name="Karta", exact=True).click()
    expect(deaf.get_by_text("Presentationen är borttagen.")).to_be_visible(timeout=60_000)


def test_a_copy_keeps_the_code_of_what_it_was_copied_from_or_the_new_one(open_page, address, place):
    """Somebody else has saved it meanwhile: neither code is lost when a copy is saved."""
    for typed, opens in (("", CODE), ("röd matta", "röd matta")):
        version, example = presentations.content(place.engine, EXAMPLE)
        mine = replace(example, name="Samma", exit_hash=exit_word.hash_of(CODE))
        identity = presentations.add(place.engine, mine)
        page = open_page(f"{address}/medborgardialog")
        rule = page.get_by_text("Nu gäller: bara presentationens egen kod öppnar")
        expect(rule).to_be_visible(timeout=60_000)
        presentations.save(place.engine, identity, 1, mine)
        if typed:
            page.get_by_label("Kod för att lämna dialogläget", exact=True).fill(typed)
        page.get_by_role("button", name="Spara", exact=True).click()
        page.get_by_role("button", name="Spara som kopia").click()
        expect(page.get_by_label("Namn", exact=False).first).to_have_value(
            re.compile(r"\(kopia\)$")
        )
        (copy, *_) = presentations.presentations(place.engine)
        assert copy.name.endswith("(kopia)")
        assert exit_word.opens(opens, presentations.exit_hash(place.engine, copy.identity), "x")
        for one in (identity, copy.identity):
            presentations.delete(place.engine, one, presentations.content(place.engine, one)[0])
