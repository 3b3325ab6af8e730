"""A real Chromium before a real server; every page is watched for strangers and errors."""

import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from trygghetskarta import __main__ as program

ROOT = Path(__file__).resolve().parent.parent.parent
# What a page shows is awaited as patiently as what it does.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
# The same Chromium without windows comes first: it takes less of the machine.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_FORKS = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
if sys.platform == "linux":
    _FORKS.set_forkserver_preload(["tests.browser.ready"])
_windows: list[BrowserContext] = []
"""Windows that stand open."""


def chromium_path() -> str | None:
    """Where the browser of the machine lies."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the machine; without one the test is skipped, or fails where CI demands it."""
    found = chromium_path()
    if found is None:
        if os.environ.get("TRYGGHETSKARTA_REQUIRE_BROWSER"):
            pytest.fail("no Chromium, but TRYGGHETSKARTA_REQUIRE_BROWSER is set")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def serving(
    store: Path, port: int | None = None, more: Sequence[str] = (), **how: str | Path
) -> Iterator[str]:
    """Run the app on a store; gives its address.

    Forked from a process that has imported everything, unless something else is to be said of how:
    then as a user starts it, with a folder to stand in and variables, see ``running``.
    """
    words = ["--store", str(store), "start", "--no-browser", *more, "--port"]
    if how:
        with running(lambda port: ["-m", "trygghetskarta", *words, port], port, **how) as address:
            yield address
        return
    port = port or free_port()
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.txt"
        process = _FORKS.Process(target=_serve, args=([*words, str(port)], said))
        process.start()
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_served(address, process.is_alive, lambda: said.read_text("utf-8"))
            yield address
        finally:
            _close_windows(address)
            process.terminate()
            process.join()


def _serve(words: list[str], said: Path) -> None:
    """Run the program in this process; what it says goes into a file."""
    told = os.open(said, os.O_WRONLY | os.O_CREAT)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(told, stream.fileno())
    sys.exit(program.main(words))


@contextmanager
def running(
    words: Callable[[str], Sequence[str]],
    port: int | None = None,
    folder: Path = ROOT,
    **variables: str,
) -> Iterator[str]:
    """Run Python on words that name a port until it answers there; gives the address."""
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    # Into a file: nobody empties a pipe, and a server that has filled one stands still.
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [sys.executable, *words(str(port))],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
            stdout=said,
            stderr=subprocess.STDOUT,
        ) as process,
    ):

        def tell() -> str:
            said.seek(0)
            return said.read().decode()

        try:
            wait_until_served(address, lambda: process.poll() is None, tell)
            yield address
        finally:
            _close_windows(address)
            process.terminate()


def _close_windows(address: str) -> None:
    """Leave a server before it ends: a page that has lost it complains, and rightly so."""
    for window in _windows:
        if any(page.url.startswith(address) for page in window.pages):
            window.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_served(address: str, runs: Callable[[], bool], said: Callable[[], str]) -> None:
    """Wait for the app to answer; when it has ended instead, what it said is the fault."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
            return
        except (urllib.error.URLError, OSError):
            assert runs(), said()
            time.sleep(0.1)
    raise AssertionError(f"the app did not start within a minute: {said()}")


@pytest.fixture(scope="session")
def serve():
    """Starts the app on a store: ``with serve(path) as address``."""
    return serving


@pytest.fixture(scope="session")
def run():
    """Runs Python as a server: ``with run(lambda port: ["-m", …, port]) as address``."""
    return running


@pytest.fixture(scope="session")
def demo_address(demo_store) -> Iterator[str]:
    """The app with example data; tests only look."""
    with serving(demo_store) as address:
        yield address


@pytest.fixture
def open_page(chromium):
    """Open pages in their own windows; afterwards none may have reached out or complained."""
    strangers, complaints = [], []

    def open_one(address: str, size: tuple[int, int] = (1440, 900), **how) -> Page:
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="sv-SE",
            **{
                "has_touch": width < 500,
                "permissions": ["clipboard-read", "clipboard-write"],
                **how,
            },
        )
        _windows.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: _note_stranger(request.url, strangers))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: _note_complaint(line, complaints),
        )
        page.goto(address, timeout=60_000)
        return page

    yield open_one
    for context in _windows:
        context.close()
    _windows.clear()
    assert not strangers
    assert not complaints


def _note_complaint(line: ConsoleMessage, complaints: list[str]) -> None:
    # Streamlit looks for its server below the page's own path first, and is told 404.
    if line.type == "error" and "/_stcore/" not in line.location.get("url", ""):
        complaints.append(f"{line.text} {line.location}")


def _note_stranger(url: str, strangers: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "file:")):
        strangers.append(url)
