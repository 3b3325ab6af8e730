"""From the click on a filter to the repainted map, beside plain st_folium, in Chromium.

Run from the project's folder: ``python -m benchmarks.map_repaint``. The 3 363 areas are an invented
country's. Leaflet, which the peer would fetch from elsewhere, is handed to it from the installed
package at no cost.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Page, Route, sync_playwright

from benchmarks.areas import COUNTRY, country
from trygghetskarta.draw.map import leaflet

ROOT = Path(__file__).resolve().parent.parent
DISTRICTS = ROOT / "geodata" / "1488" / "districts.gpkg"
GOALS = {15: (2, 10_000), COUNTRY: (10, 60_000)}
KARTA_MS = 200
WARM_UP, CHANGES = 4, 20

# Clicks, then looks at every frame whether all areas have colours and the first has another one.
MEASURE = """
([n, selector, choice]) => new Promise((done, failed) => {
  const shapes = () => {
    const pages = [document, ...[...document.querySelectorAll("iframe")]
      .map((frame) => frame.contentDocument).filter(Boolean)];
    return pages.flatMap((page) => [...page.querySelectorAll("path.leaflet-interactive")]);
  };
  const look = () => {
    const found = shapes();
    return found.length < n ? null : found.map((path) => path.getAttribute("fill")).join();
  };
  const before = look();
  const start = performance.now();
  document.querySelectorAll(selector)[choice].click();
  const watch = () => {
    const now = look();
    if (now && now !== before) return done(performance.now() - start);
    if (performance.now() - start > 60000) return failed(new Error("no repaint"));
    requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
})
"""


class Result(NamedTuple):
    """Median milliseconds and bytes of a change."""

    milliseconds: float
    bytes: float


def main() -> int:
    """Measure and print; the exit status is 1 when a goal is missed."""
    missed = 0
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        land = Path(folder) / "country.gpkg"
        country(COUNTRY).to_file(land)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for n, path in ((15, DISTRICTS), (COUNTRY, land)):
            ours, peer = (_page(browser, name, path, n) for name in ("ours", "peer"))
            ratio, goal = peer.milliseconds / ours.milliseconds, GOALS[n]
            good = ratio >= goal[0] and ours.bytes < goal[1]
            missed += not good
            print(
                f"{n:>5} areas: ours {ours.milliseconds:7.0f} ms {ours.bytes / 1000:9.1f} kB   "
                f"st_folium {peer.milliseconds:7.0f} ms {peer.bytes / 1000:9.1f} kB   "
                f"{ratio:5.1f} x  {'ok' if good else 'MISSED'}"
            )
        karta = _karta(browser)
        good = karta.milliseconds < KARTA_MS
        missed += not good
        print(
            f"page Karta, example data: {karta.milliseconds:7.0f} ms "
            f"{karta.bytes / 1000:9.1f} kB  {'ok' if good else 'MISSED'}"
        )
        browser.close()
    return 1 if missed else 0


def _page(browser: Browser, name: str, areas: Path, n: int) -> Result:
    command = ["-m", "streamlit", "run", str(ROOT / "benchmarks" / "repaint_pages" / f"{name}.py")]
    with _serving(command, {"REPAINT_AREAS": str(areas)}, "--server.port") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.route(lambda url: "127.0.0.1" not in url, _leaflet)
        page.goto(address)
        result = _measure(page, n, "input[type=radio]", range(5))
        page.close()
        return result


def _karta(browser: Browser) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        start = ["-m", "trygghetskarta", "--store", f"{folder}/store.gpkg"]
        subprocess.run([sys.executable, *start, "demo", "--folder", folder], cwd=ROOT, check=True,
                       capture_output=True)  # fmt: skip
        with _serving([*start, "start", "--no-browser"], {}, "--port") as address:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(address)
            result = _measure(page, 15, "button[role=radio]", range(3))
            page.close()
            return result


def _measure(page: Page, n: int, selector: str, choices: range) -> Result:
    received = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.webSocketFrameReceived",
        # Binary frames are told in base64.
        lambda event: received.append(len(event["response"]["payloadData"]) * 3 / 4),
    )
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.wait_for_function(MEASURE_READY, arg=n, timeout=120_000)
    page.wait_for_timeout(2000)
    times, sizes = [], []
    for step in range(1, WARM_UP + CHANGES + 1):
        received.clear()
        times.append(page.evaluate(MEASURE, [n, selector, choices[step % len(choices)]]))
        page.wait_for_timeout(700)
        sizes.append(sum(received))
    return Result(median(times[WARM_UP:]), median(sizes[WARM_UP:]))


MEASURE_READY = """
(n) => [document, ...[...document.querySelectorAll("iframe")].map((f) => f.contentDocument)]
  .filter(Boolean).some((page) => page.querySelectorAll("path.leaflet-interactive").length >= n)
"""


def _leaflet(route: Route) -> None:
    address = route.request.url
    if address.endswith("leaflet.js"):
        route.fulfill(body=leaflet.leaflet_script(), content_type="text/javascript")
    elif address.endswith("leaflet.css"):
        route.fulfill(body=leaflet.leaflet_style(), content_type="text/css")
    else:
        kind = "text/css" if address.endswith(".css") else "text/javascript"
        route.fulfill(body="", content_type=kind)


@contextmanager
def _serving(command: list[str], variables: dict[str, str], port_option: str) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    extra = ["--server.headless", "true"] if "streamlit" in command else []
    process = subprocess.Popen(
        [sys.executable, *command, port_option, str(port), *extra],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    sys.exit(main())
