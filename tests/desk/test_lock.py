"""A locked browser gets the dialogue and nothing else, whatever address it asks for."""

from collections.abc import Coroutine
from types import SimpleNamespace

import pytest

from trygghetskarta.desk import lock

IDENTITY = "00000000-0000-4000-8000-000000001488"
OTHER = "00000000-0000-4000-8000-000000000002"
NEVER = "00000000-0000-4000-8000-000000000003"
NAME = "trygghetskarta_dialog_abc"
COOKIE = f"{NAME}={IDENTITY}"
KEEPER = SimpleNamespace(cookie=NAME, knows=lambda identity: identity in (IDENTITY, OTHER))
BROWSER, OTHERS = "trygghetskarta_browser=one", "trygghetskarta_browser=two"
HEADER = b"x-trygghetskarta-dialog"


async def _here(action, *words):
    return action(*words)


@pytest.fixture(autouse=True)
def without_threads(monkeypatch):
    """The store is asked at once: these answers run without an event loop."""
    monkeypatch.setattr(lock, "run_in_threadpool", _here)


def _finish(answering: Coroutine) -> None:
    """Run an answer that waits for nothing; a browser's own event loop may be running already."""
    with pytest.raises(StopIteration):
        answering.send(None)


def ask(path: str, *cookies: str, query: str = "") -> tuple[int, dict[str, str]]:
    """Status and headers of an answer through the lock."""
    sent = []

    async def page(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"the page"})

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"cookie", cookie.encode()) for cookie in cookies],
    }
    _finish(lock.DialogueLock(page, KEEPER)(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told


def session(*headers: tuple[bytes, bytes]) -> list[bytes]:
    """What a session is told that its browser is locked with."""
    seen = []

    async def page(scope, _receive, _send):
        seen.extend(value for name, value in scope["headers"] if name == HEADER)

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": list(headers)}
    _finish(lock.DialogueLock(page, KEEPER)(scope, None, None))
    return seen


@pytest.mark.parametrize("path", ["/", "/karta", "/data", "/medborgardialog", "/start", "/x/y"])
def test_no_page_but_the_dialogue_is_given_to_a_locked_browser(path):
    status, headers = ask(path, f"a=b; {COOKIE}")
    assert status == 303
    assert headers["location"] == f"/dialog?presentation={IDENTITY}"


@pytest.mark.parametrize(
    "query",
    ["", f"presentation={OTHER}", "presentation=x", f"presentation={NEVER}",
     f"presentation={IDENTITY}&presentation={OTHER}"],
)  # fmt: skip
def test_the_lock_stays_on_its_own_presentation_whatever_the_address_says(query):
    status, headers = ask("/dialog", COOKIE, query=query)
    assert (status, headers["location"]) == (303, f"/dialog?presentation={IDENTITY}")
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "cookies",
    [(COOKIE,), ("a=b", COOKIE), (f'bad name=1; {{"j": 2}}; {COOKIE}',), (f'"; x=(; {COOKIE}',)],
)
def test_a_cookie_that_cannot_be_read_does_not_hide_the_lock(cookies):
    assert ask("/karta", *cookies)[0] == 303
    assert session(*((b"cookie", one.encode()) for one in cookies)) == [IDENTITY.encode()]


def test_a_session_is_told_what_its_browser_is_locked_with_and_believes_nobody_else():
    assert session((b"cookie", COOKIE.encode())) == [IDENTITY.encode()]
    forged = (HEADER, OTHER.encode())
    assert session((b"cookie", COOKIE.encode()), forged) == [IDENTITY.encode()]
    assert session(forged) == []


@pytest.mark.parametrize("path", ["/karta", "/data", "/static/js/index.js", "/_stcore/health"])
def test_a_free_browser_is_not_touched(path):
    assert ask(path, BROWSER) == (200, {})


@pytest.mark.parametrize("path", ["/karta", "/data"])
def test_a_browser_is_given_a_name_that_no_script_and_no_other_browser_has(path):
    given = [ask(path)[1]["set-cookie"] for _ in range(2)]
    assert given[0] != given[1]
    assert all(one.startswith("trygghetskarta_browser=") and "HttpOnly" in one for one in given)
    assert ask("/static/js/index.js") == (200, {})


class Window:
    """An open web socket of a browser, driven by hand to where it waits and to its end."""

    def __init__(self, app: lock.DialogueLock, *cookies: str) -> None:
        self.sent: list[dict] = []
        scope = {
            "type": "websocket",
            "path": "/_stcore/stream",
            "headers": [(b"cookie", "; ".join(cookies).encode())],
        }
        self._answering = app(scope, None, self._send)
        self._answering.send(None)

    async def _send(self, message: dict) -> None:
        self.sent.append(message)

    def end(self) -> None:
        with pytest.raises(StopIteration):
            self._answering.send(None)


class _Waits:
    def __await__(self):
        yield


async def _session(_scope, _receive, _send):
    await _Waits()


CLOSED = [{"type": "websocket.close", "code": 1008}]


def test_windows_that_were_open_before_the_lock_lose_their_connection():
    app = lock.DialogueLock(_session, KEEPER)
    before, ended, stranger = Window(app, BROWSER), Window(app, BROWSER), Window(app, OTHERS)
    nameless = Window(app)
    ended.end()
    locked = Window(app, BROWSER, COOKIE)
    assert (before.sent, ended.sent, stranger.sent, nameless.sent) == (CLOSED, [], [], [])
    again = Window(app, BROWSER, COOKIE)
    Window(app, COOKIE)
    assert (before.sent, locked.sent, again.sent, nameless.sent) == (CLOSED, [], [], [])
    before.end()
    stranger.end()


def test_another_stores_lock_does_not_hold_here():
    assert ask("/karta", BROWSER, f"trygghetskarta_dialog_def={IDENTITY}") == (200, {})


def test_opening_the_dialogue_locks_with_a_cookie_that_scripts_cannot_read():
    status, headers = ask("/dialog", query=f"presentation={IDENTITY}")
    assert status == 200
    assert headers["set-cookie"].startswith(f"{COOKIE};")
    assert "HttpOnly" in headers["set-cookie"] and headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "query",
    ["", "presentation=x", f"presentation={NEVER}", "presentation=x%0d%0aset-cookie:y",
     f"presentation={IDENTITY}%0d%0a", f"presentation={IDENTITY}&presentation={OTHER}"],
)  # fmt: skip
def test_what_nobody_has_a_word_for_locks_nobody_in(query):
    assert ask("/dialog", BROWSER, query=query) == (200, {})


def test_the_program_s_own_files_pass_a_locked_browser():
    assert ask("/static/js/index.js", COOKIE)[0] == 200
    assert ask("/dialog/_stcore/health", COOKIE)[0] == 200


def test_a_ticket_lets_out_once():
    path, _, query = lock.way_out(IDENTITY).partition("?")
    status, headers = ask(path, COOKIE, query=query)
    assert (status, headers["location"]) == (303, "/medborgardialog")
    assert f'{NAME}=""' in headers["set-cookie"]
    status, headers = ask(path, COOKIE, query=query)
    assert headers["location"].startswith("/dialog") and "set-cookie" not in headers


def test_a_ticket_of_another_presentation_lets_nobody_out():
    path, _, query = lock.way_out(OTHER).partition("?")
    assert ask(path, COOKIE, query=query)[1] == {"location": f"/dialog?presentation={IDENTITY}",
                                                 "content-length": "0"}  # fmt: skip


def test_a_ticket_that_was_guessed_or_is_old_lets_nobody_out(monkeypatch):
    assert ask("/lamna-dialoglaget", COOKIE, query="biljett=abc")[1]["location"].startswith(
        "/dialog"
    )
    path, _, query = lock.way_out(IDENTITY).partition("?")
    late = lock.time.monotonic() + 61
    monkeypatch.setattr(lock.time, "monotonic", lambda: late)
    assert ask(path, COOKIE, query=query)[1]["location"].startswith("/dialog")
