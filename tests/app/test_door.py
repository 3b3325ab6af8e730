"""The app answers under its own name, with port, and to its own pages only."""

from collections.abc import Coroutine
from pathlib import Path
from types import SimpleNamespace

import pytest

from trygghetskarta.app import door, server
from trygghetskarta.app.door import Door, names_of
from trygghetskarta.settings import SettingError, SettingRule, Settings, load, tile_origins

HERE = Settings()


def _finish(answering: Coroutine) -> None:
    """Run an answer that waits for nothing; a browser's own event loop may be running already."""
    with pytest.raises(StopIteration):
        answering.send(None)


def ask(ground=HERE, *, kind="http", method="GET", path=b"/karta", query=b"", reached=None,
        **headers):  # fmt: skip
    """Status and headers of an answer through the door, status 200 when it let in."""
    sent = []

    async def page(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    scope = {
        "type": kind,
        "method": method,
        "path": path.decode("latin-1"),
        "raw_path": path,
        "query_string": query,
        "server": reached or (ground.address, ground.port),
        "headers": [
            (name.encode(), value.encode())
            for name, values in headers.items()
            for value in ([values] if isinstance(values, str) else values)
        ],
    }
    _finish(Door(page, names_of(ground))(scope, None, send))
    if sent[0]["type"] == "websocket.close":
        return 403, {}
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_the_right_name_with_its_port_is_let_in():
    assert ask(host="127.0.0.1:8501")[0] == 200
    assert ask(host="127.0.0.1:8501", origin="http://127.0.0.1:8501")[0] == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8501", "127.0.0.1", "127.0.0.1:8502", "127.0.0.1:8501.evil.se",
     "localhost.:8501", "127.1:8501", "user@127.0.0.1:8501", "", "127.0.0.1:8501, evil.example",
     "[::ffff:127.0.0.1]:8501", "x\r\nset-cookie: a=b"],
)  # fmt: skip
@pytest.mark.parametrize("path", [b"/karta", b"/", b"/_stcore/health", b"/static/js/index.js"])
def test_a_name_that_points_here_and_is_not_ours_gets_a_sentence_and_nothing_else(host, path):
    status, headers = ask(host=host, path=path)
    assert status == 421
    assert headers["content-type"].startswith("text/html") and "set-cookie" not in headers


def test_no_host_and_two_hosts_are_refused():
    assert ask()[0] == 421
    assert ask(host=["127.0.0.1:8501", "127.0.0.1:8501"])[0] == 400
    assert ask(host=["127.0.0.1:8501", "evil.example"])[0] == 400


@pytest.mark.parametrize("host", ["localhost:8501", "LOCALHOST:8501", "[::1]:8501"])
def test_another_name_of_this_computer_leads_to_the_one_address(host):
    status, headers = ask(host=host, path=b"/dialog", query=b"presentation=x&a=%C3%A5")
    assert status == 307
    assert headers["location"] == "http://127.0.0.1:8501/dialog?presentation=x&a=%C3%A5"


def test_what_is_led_on_stays_here():
    for path in (
        b"//evil.example/x",
        b"/\\evil.example",
        b"@evil.example",
        b"http://evil.example/",
    ):
        assert ask(host="localhost:8501", path=path)[1]["location"].startswith(
            "http://127.0.0.1:8501/"
        )


def test_only_a_question_for_a_page_is_led_on():
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert ask(host="localhost:8501", method=method)[0] == 421
    assert ask(host="localhost:8501", kind="websocket", origin="http://localhost:8501")[0] == 403


@pytest.mark.parametrize(
    "origins",
    [(), ("null",), ("http://127.0.0.1:8502",), ("http://127.0.0.1",), ("https://127.0.0.1:8501",),
     ("http://localhost:8501",), ("http://evil.example",), ("http://127.0.0.1:8501/",),
     ("http://127.0.0.1:8501", "http://evil.example")],
)  # fmt: skip
def test_a_web_socket_is_opened_by_our_own_page_only(origins):
    asked = {"origin": list(origins)} if origins else {}
    assert ask(kind="websocket", host="127.0.0.1:8501", **asked)[0] == 403
    # A plain question may lack the page it comes from; it may not name another.
    assert ask(host="127.0.0.1:8501", method="PUT", **asked)[0] == (403 if origins else 200)


def test_our_own_page_opens_a_web_socket():
    assert ask(kind="websocket", host="127.0.0.1:8501", origin="http://127.0.0.1:8501")[0] == 200


@pytest.mark.parametrize(
    ("ground", "origin", "led"),
    [
        (Settings(address="192.168.1.20"), "http://192.168.1.20:8501", ()),
        (Settings(address="192.168.1.20", port=80), "http://192.168.1.20", ()),
        (Settings(address="::1"), "http://[::1]:8501", ("localhost:8501", "127.0.0.1:8501")),
        (Settings(address="localhost"), "http://127.0.0.1:8501", ("localhost:8501",)),
        (Settings(address="2001:DB8:0::1"), "http://[2001:db8::1]:8501", ()),
        (Settings(address="Kontor-PC"), "http://kontor-pc:8501", ()),
        (
            Settings(url="https://Karta.kommunen.se/"),
            "https://karta.kommunen.se",
            ("127.0.0.1:8501", "localhost:8501"),
        ),
        (Settings(url="https://möten.se:8443"), "https://xn--mten-5qa.se:8443", ()),
    ],
)
def test_there_is_one_address_wherever_the_app_listens(ground, origin, led):
    host = origin.partition("://")[2]
    assert names_of(ground).origin == origin
    assert ask(ground, host=host)[0] == 200
    assert ask(ground, host=host, kind="websocket", origin=origin)[0] == 200
    assert ask(ground, host="evil.example:8501")[0] == 421
    for name in led:
        location = ask(ground, host=name)[1]["location"]
        assert location == f"{origin}/karta" + ("?ledd=1" if ground.url else "")


def test_listening_everywhere_the_address_is_the_computers_own(monkeypatch):
    monkeypatch.setattr(door, "_own_address", lambda _family: "192.168.1.20")
    ground = Settings(address="0.0.0.0")
    assert ask(ground, host="192.168.1.20:8501")[0] == 200
    for name in ("127.0.0.1:8501", "localhost:8501", f"{door.socket.gethostname()}:8501"):
        assert ask(ground, host=name)[1]["location"] == "http://192.168.1.20:8501/karta"
    # A second network card: the address that was reached is ours, whatever we knew at the start.
    led = ask(ground, host="10.0.0.7:8501", reached=("10.0.0.7", 8501))
    assert led[1]["location"] == "http://192.168.1.20:8501/karta"
    assert ask(ground, host="evil.example:8501", reached=("10.0.0.7", 8501))[0] == 421
    assert ask(ground, host="0.0.0.0:8501", reached=("127.0.0.1", 8501))[0] == 421


def test_the_public_address_is_the_one_address_of_the_meetings_process_and_of_no_other():
    told = {"address": "192.168.1.20", "public_url": "https://moten.kommunen.se/"}
    public = Settings(public_only=True, **told)
    origin = "https://moten.kommunen.se"
    assert ask(public, host="moten.kommunen.se")[0] == 200
    assert ask(public, host="moten.kommunen.se", kind="websocket", origin=origin)[0] == 200
    # A phone that came in under two names would be two phones.
    led = ask(public, host="192.168.1.20:8501", path=b"/tyck-till", query=b"mote=abc")
    assert led[1]["location"] == f"{origin}/tyck-till?mote=abc&ledd=1"
    listens = "http://192.168.1.20:8501"
    for host, asks in (("192.168.1.20:8501", listens), ("moten.kommunen.se", listens)):
        assert ask(public, kind="websocket", host=host, origin=asks)[0] == 403
    assert ask(Settings(**told), host="moten.kommunen.se")[0] == 421
    both = Settings(public_only=True, url="https://karta.kommunen.se", **told)
    assert names_of(both) == names_of(public)


@pytest.mark.parametrize("public_url", ["http://localhost:8501", "http://192.168.1.20:8501"])
def test_a_meetings_process_that_is_told_one_of_its_own_names_has_that_name_alone(
    monkeypatch, public_url
):
    monkeypatch.setattr(door, "_own_address", lambda _family: "192.168.1.20")
    ground = Settings(address="0.0.0.0", public_only=True, public_url=public_url)
    told = public_url.removeprefix("http://")
    for name in ("127.0.0.1:8501", "localhost:8501", "192.168.1.20:8501"):
        status, headers = ask(ground, host=name)
        assert status == (200 if name == told else 307)
        assert headers.get("location", f"{public_url}/karta") == f"{public_url}/karta"


@pytest.mark.parametrize(
    "ground",
    [
        Settings(url="https://karta.se"),
        Settings(public_only=True, public_url="https://moten.se"),
    ],
)
def test_a_proxy_that_changes_the_name_gets_a_sentence_and_no_endless_way(ground):
    """Whatever the browser asks for, such a proxy asks for the page where the app listens."""
    status, headers = ask(ground, host="127.0.0.1:8501", query=b"mote=abc")
    assert status == 307
    path, query = headers["location"].removeprefix(names_of(ground).origin).split("?")
    again, _ = ask(ground, host="127.0.0.1:8501", path=path.encode(), query=query.encode())
    assert again == 421
    told = names_of(ground).origin.removeprefix("https://")
    assert ask(ground, host=told, path=path.encode(), query=query.encode())[0] == 200


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("PORT", "åtta", SettingRule.WHOLE_NUMBER),
        ("PORT", "0", SettingRule.PORT),
        ("PORT", "70000", SettingRule.PORT),
        ("URL", "karta.kommunen.se", SettingRule.ORIGIN),
        ("URL", "https://karta.kommunen.se/trygghet", SettingRule.ORIGIN),
        ("URL", "ftp://karta.kommunen.se", SettingRule.ORIGIN),
        ("URL", "https://a b.se", SettingRule.ORIGIN),
        ("URL", "https://a:99999", SettingRule.ORIGIN),
        ("PUBLIC_URL", "moten", SettingRule.ORIGIN),
        ("PUBLIC_URL", "https://user:word@moten.se", SettingRule.ORIGIN),
        ("TILE_URL", "https://karta.se/ruta.png", SettingRule.TILES),
        ("TILE_URL", "/ruta/{z}/{x}/{y}.png", SettingRule.TILES),
        ("TILE_URL", "javascript:alert(1)//{z}/{x}/{y}", SettingRule.TILES),
        ("TILE_URL", "https://a.se; script-src */{z}/{x}/{y}", SettingRule.TILES),
        ("TILE_URL", "https://*/{z}/{x}/{y}", SettingRule.TILES),
        ("TILE_URL", "https://a.se/{z}/{x}/{y}?nyckel={hemlig}", SettingRule.TILES),
        ("TILE_URL", "https://{z}.se/{x}/{y}", SettingRule.TILES),
    ],
)
def test_a_setting_that_is_not_what_it_must_be_is_refused_at_start(name, value, rule):
    with pytest.raises(SettingError) as caught:
        load({f"TRYGGHETSKARTA_{name}": value})
    assert caught.value.rule is rule


def test_pictures_of_the_background_map_may_be_fetched_and_nothing_else_strange():
    names = names_of(HERE)
    plain, wide = server.policy(names), server.policy(names, tile_origins(
        "https://{s}.kartan.se:8443/{z}/{x}/{y}{r}.png?a=1"))  # fmt: skip
    added = " ".join(f"https://{letter}.kartan.se:8443" for letter in "abc")
    assert wide == plain.replace(
        "img-src 'self' data: blob:", f"img-src 'self' data: blob: {added}"
    )
    assert "http" not in plain and "*" not in wide
    assert "connect-src 'self' ws://127.0.0.1:8501 blob: data:" in plain


def test_the_servers_start_and_stop_pass_every_gate():
    passed = []

    async def app(scope, _receive, _send):
        passed.append(scope["type"])

    keeper = SimpleNamespace(cookie="c", knows=lambda _identity: False)
    for ground in (HERE, Settings(public_only=True)):
        made = server.make_app(Path(__file__), ground, names_of(ground), keeper)
        for gate in made._user_middleware:
            _finish(gate.cls(app, *gate.args, **gate.kwargs)({"type": "lifespan"}, None, None))
    assert passed == ["lifespan"] * 8
