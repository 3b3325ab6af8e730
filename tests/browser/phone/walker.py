"""What a walker does with the phone, and what is found in it and in the store afterwards."""

import time
from pathlib import Path

from playwright.sync_api import Page

from trygghetskarta.store import connect, read_walks

PHONE = (390, 844)


SECONDS = 30


KRONOGARDEN = {"latitude": 58.2755, "longitude": 12.3120}


WAIT = 60
"""Seconds for what is kept to be sent."""


def open_form(open_page, address: str, size=PHONE) -> Page:
    page = open_page(
        f"{address}/rapportera", size, geolocation=KRONOGARDEN, permissions=["geolocation"]
    )
    page.wait_for_selector(".tk-phone-save")
    return page


def stored(path: Path):
    """Everything that is stored: walks and observations."""
    engine = connect(str(path))
    try:
        return read_walks.walks(engine), read_walks.observations(engine)
    finally:
        engine.dispose()


def tap(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=name, exact=True).tap()


def fill_in(page: Page, text: str = "", category: str = "Belysning") -> None:
    tap(page, "Min plats")
    page.get_by_text("Plats: 58,2755").wait_for()
    tap(page, category, "2 – bör åtgärdas")
    if text:
        page.get_by_label("Vad såg du?").fill(text)


KEPT = """(name) => new Promise((resolve, reject) => {
    const asked = indexedDB.open("trygghetskarta.reports", 1);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        const found = asked.result.transaction(name).objectStore(name).getAll();
        found.onsuccess = () => { asked.result.close(); resolve(found.result); };
    };
})"""
"""Gives what the browser keeps in one of its tables."""


CUT = "WebSocket.prototype.send = () => {}"
"""What the browser has open already is not cut by being offline: what is sent is held back."""


def in_phone(page: Page, name: str = "outbox") -> list[dict]:
    return page.evaluate(KEPT, name)


def none_wait(page: Page) -> None:
    deadline = time.monotonic() + WAIT
    while left := in_phone(page):
        assert time.monotonic() < deadline, left
        page.wait_for_timeout(100)


def reopened(context, address: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/rapportera")
    page.wait_for_selector(".tk-phone-save")
    return page
