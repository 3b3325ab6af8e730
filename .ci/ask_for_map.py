"""Starts an installed program and looks at its map in a real Chromium."""

import re
import shutil
import socket
import subprocess
import sys
import time

from playwright.sync_api import Page, sync_playwright

CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PATIENCE = 120_000
"""Milliseconds for the first page of a program that was just installed."""


def main(program: str) -> None:
    """Start a program and wait until the map and its table of 15 districts are shown."""
    browser_path = next(path for name in CHROMIUMS if (path := shutil.which(name)))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [program, "start", "--no-browser", "--port", str(port)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            # The program says where it listens just before it does.
            said = server.stdout.readline() if server.stdout else ""
            (address,) = re.findall(r"http://\S+:\d+", said)
            _look(browser_path, address)
        finally:
            server.terminate()
    print(f"the map is shown: {said.strip()}")


def _look(browser_path: str, address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(locale="sv-SE", viewport={"width": 1440, "height": 900})
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(PATIENCE)
        _open(page, address)
        page.wait_for_selector("[data-painted] path.leaflet-interactive")
        page.wait_for_selector(".tk-table tbody tr >> nth=14")
        assert page.locator("[data-painted] path.leaflet-interactive").count() == 15
        assert not complaints, complaints
        browser.close()


def _open(page: Page, address: str) -> None:
    """Open a page as soon as somebody listens there."""
    host, _, port = address.removeprefix("http://").rpartition(":")
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if not probe.connect_ex((host, int(port))):
                break
        time.sleep(0.2)
    page.goto(address)


if __name__ == "__main__":
    main(sys.argv[1])
