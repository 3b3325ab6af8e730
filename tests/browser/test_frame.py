"""What stands round every page: the door, settings of its own, a net for errors, and one way in."""

import io
import re
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parent.parent.parent
SOMEBODY_ELSES = """
[browser]
gatherUsageStats = true
[client]
toolbarMode = "developer"
showErrorDetails = "full"
[server]
baseUrlPath = "annan"
enableAgentApi = true
enableXsrfProtection = false
enableCORS = false
trustedUserHeaders = '{"X-Me": "name"}'
[theme]
base = "dark"
primaryColor = "#ff0000"
[theme.sidebar]
backgroundColor = "#00ff00"
"""
BROKEN = """
import streamlit as st
from trygghetskarta.errors import StoreCause, StoreError

def fail():
    raise ValueError("a secret")

def refuse():
    raise StoreError(StoreCause.LOCKED, address="lagret.gpkg")

@st.fragment
def part():
    if st.button("in a part"):
        fail()
    if st.button("refused in a part"):
        refuse()

@st.cache_data
def kept():
    fail()

@st.dialog("Fråga")
def ask():
    if st.button("answer"):
        fail()

st.title("Sidan")
st.button("in a callback", on_click=fail)
st.button("refused in a callback", on_click=refuse)
part()
st.download_button("in a file", fail, on_click="ignore")
if st.button("in a dialog"):
    ask()
if st.button("in a cache"):
    kept()
if st.button("in the page"):
    fail()
st.write("Sidans slut")
"""
RUN = """
import sys
from pathlib import Path
from types import SimpleNamespace
from trygghetskarta.settings import Settings
from trygghetskarta.app import door, options, server

def knows(_identity):
    raise ValueError("a secret")

ground = Settings(port=int(sys.argv[1]))
names = door.names_of(ground)
app = server.make_app(Path(sys.argv[2]), ground, names, SimpleNamespace(cookie="c", knows=knows))
options.read_no_files()
app.run(config=options.options(ground, names))
"""
CODE = re.compile(r"felkoden [0-9a-f]{8}")


def asked(address: str, *lines: str) -> bytes:
    """The first line of the answer to a question written by hand."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        return line.makefile("rb").readline()


def test_the_door_of_a_running_app_knows_its_name(demo_address):
    host = demo_address.partition("://")[2]
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    socket_words = ("GET /_stcore/stream HTTP/1.1", f"Host: {host}", "Upgrade: websocket",
                    "Connection: Upgrade", "Sec-WebSocket-Version: 13", key)  # fmt: skip
    for path in ("/", "/karta", "/_stcore/health", "/_stcore/host-config", "/static/x.js"):
        start = f"GET {path} HTTP/1.1"
        for wrong in ("Host: evil.example", f"Host: evil.example:{urlsplit(demo_address).port}"):
            assert b" 421 " in asked(demo_address, start, wrong)
        assert b" 400 " in asked(demo_address, start, f"Host: {host}", "Host: evil.example")
    own = f"Origin: {demo_address}"
    assert b" 403 " in asked(demo_address, *socket_words)
    for wrong in ("Origin: null", "Origin: http://evil.example", "Origin: http://127.0.0.1:1"):
        assert b" 403 " in asked(demo_address, *socket_words, wrong)
    up = [line for line in socket_words if not line.startswith("Host")]
    assert b" 403 " in asked(demo_address, *up, "Host: evil.example", "Origin: http://evil.example")
    where = urlsplit(demo_address)
    with socket.create_connection((where.hostname, where.port), timeout=30) as line:
        words = [*socket_words, own, "", ""]
        line.sendall("\r\n".join(words).encode())
        assert b" 101 " in line.makefile("rb").readline()


def test_settings_of_the_folder_and_of_the_home_change_nothing(
    serve, demo_store, open_page, tmp_path
):
    for folder in (tmp_path / "here", tmp_path / "home"):
        (folder / ".streamlit").mkdir(parents=True)
        (folder / ".streamlit" / "config.toml").write_text(SOMEBODY_ELSES, "utf-8")
        (folder / ".streamlit" / "secrets.toml").write_text('[auth]\nredirect_uri = "x"\n', "utf-8")
    home = str(tmp_path / "home")
    with serve(demo_store, folder=tmp_path / "here", HOME=home, USERPROFILE=home) as address:
        page = open_page(f"{address}/karta")
        expect(page.locator(".tk-map path").first).to_be_attached(timeout=60_000)
        assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") \
            == "rgb(255, 255, 255)"  # fmt: skip
        side = page.get_by_test_id("stSidebar")
        assert not side.count() or side.evaluate("one => getComputedStyle(one).backgroundColor") \
            != "rgb(0, 255, 0)"  # fmt: skip
        expect(page.get_by_test_id("stAppDeployButton")).to_have_count(0)
        expect(page.get_by_test_id("stMainMenu")).to_have_count(0)
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{address}/_stcore/agent/interact", timeout=30)


class _Tiles(BaseHTTPRequestHandler):
    """Answers every question with a picture of one colour."""

    def do_GET(self):
        picture = io.BytesIO()
        Image.new("RGB", (256, 256), "#ddeeff").save(picture, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(picture.getvalue())
        self.server.asked.append(self.path)

    def log_message(self, *_words):
        """Say nothing."""


@contextmanager
def tiles() -> Iterator[ThreadingHTTPServer]:
    """A background map on a port of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Tiles) as server:
        server.asked = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def test_a_background_map_that_is_set_is_drawn(serve, demo_store, open_page):
    with tiles() as server:
        url = f"http://127.0.0.1:{server.server_port}/ruta/{{z}}/{{x}}/{{y}}.png"
        with serve(demo_store, TRYGGHETSKARTA_TILE_URL=url) as address:
            page = open_page(f"{address}/karta")
            tile = page.locator("img.leaflet-tile-loaded").first
            expect(tile).to_be_visible(timeout=60_000)
            assert tile.evaluate("one => one.naturalWidth") == 256
            assert re.fullmatch(r"/ruta/\d+/\d+/\d+\.png", server.asked[0])


def test_streamlit_run_tells_how_to_start_and_shows_nothing_else(run, open_page, tmp_path):
    words = ["-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port"]
    with run(lambda port: [*words, port], folder=tmp_path, HOME=str(tmp_path)) as address:
        for path in ("", "/karta", "/data"):
            page = open_page(f"{address}{path}")
            expect(page.get_by_role("heading", name="Trygghetskarta startas inte")).to_be_visible(
                timeout=60_000
            )
            expect(page.get_by_text("python -m trygghetskarta start")).to_be_visible()
            expect(page.get_by_test_id("stAppDeployButton")).to_have_count(0)
            # It stops only when nobody looks at it.
            page.close()


@pytest.fixture(scope="module")
def broken(run, tmp_path_factory) -> Iterator[str]:
    """The app with a page of which every part fails."""
    page = tmp_path_factory.mktemp("broken") / "page.py"
    page.write_text(BROKEN, "utf-8")
    with run(lambda port: ["-c", RUN, port, str(page)]) as address:
        yield address


@pytest.mark.parametrize(
    "part", ["in a callback", "in a part", "in a cache", "in the page", "in a dialog"]
)
def test_an_error_in_any_part_of_a_page_is_a_sentence_with_a_code(broken, open_page, part):
    page = open_page(broken)
    page.get_by_role("button", name=part, exact=True).click(timeout=60_000)
    if part == "in a dialog":
        page.get_by_role("button", name="answer").click()
    told = page.get_by_test_id("stAlert")
    expect(told).to_have_text(CODE)
    expect(told).to_have_count(1)
    assert "a secret" not in page.content() and "Traceback" not in page.content()


@pytest.mark.parametrize("part", ["refused in a callback", "refused in a part"])
def test_an_error_that_was_foreseen_has_its_own_sentence_everywhere(broken, open_page, part):
    page = open_page(broken)
    page.get_by_role("button", name=part, exact=True).click(timeout=60_000)
    told = page.get_by_test_id("stAlert")
    expect(told).to_contain_text("lagret.gpkg")
    expect(told).not_to_have_text(CODE)


def test_an_error_of_the_server_is_a_sentence_with_the_usual_headers(broken):
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(
            f"{broken}/dialog?presentation=00000000-0000-4000-8000-000000001488", timeout=30
        )
    with caught.value as answer:
        said = answer.read().decode()
        assert answer.code == 500
        assert CODE.search(said) and "secret" not in said and "Traceback" not in said
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{broken}/media/finns-inte", timeout=30)
    with caught.value as answer:
        assert answer.code == 404 and "Sidan finns inte här." in answer.read().decode()
