"""A locked browser gets the dialogue and nothing else, whatever address it asks for."""

from collections.abc import Coroutine

import pytest

from trygghetskarta.ui import lock

IDENTITY = "00000000-0000-4000-8000-000000001488"
COOKIE = f"trygghetskarta_dialog={IDENTITY}"


async def _app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"the page"})


def _finish(answering: Coroutine) -> None:
    """Run an answer that waits for nothing; a browser's own event loop may be running already."""
    with pytest.raises(StopIteration):
        answering.send(None)


def ask(path: str, cookie: str = "", query: str = "") -> tuple[int, dict[str, str]]:
    """Status and headers of an answer through the lock."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    headers = [(b"cookie", cookie.encode())] if cookie else []
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
    }
    _finish(lock.DialogueLock(_app)(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told


@pytest.mark.parametrize("path", ["/", "/karta", "/data", "/medborgardialog", "/start", "/x/y"])
def test_no_page_but_the_dialogue_is_given_to_a_locked_browser(path):
    status, headers = ask(path, f"a=b; {COOKIE}")
    assert status == 303
    assert headers["location"] == f"/dialog?presentation={IDENTITY}"


@pytest.mark.parametrize("path", ["/karta", "/data", "/static/js/index.js", "/_stcore/health"])
def test_a_free_browser_is_not_touched(path):
    assert ask(path) == (200, {})


def test_opening_the_dialogue_locks_with_a_cookie_that_scripts_cannot_read():
    status, headers = ask("/dialog", query=f"presentation={IDENTITY}")
    assert status == 200
    assert headers["set-cookie"].startswith(COOKIE)
    assert "HttpOnly" in headers["set-cookie"] and headers["cache-control"] == "no-store"


def test_an_address_with_something_else_in_it_cannot_write_headers():
    _, headers = ask("/dialog", query="presentation=x%0d%0aset-cookie:y")
    assert headers["set-cookie"].startswith("trygghetskarta_dialog=-;")


def test_the_program_s_own_files_pass_a_locked_browser():
    assert ask("/static/js/index.js", COOKIE)[0] == 200
    assert ask("/dialog/_stcore/health", COOKIE)[0] == 200


def test_a_ticket_lets_out_once(monkeypatch):
    monkeypatch.setattr(lock.st, "session_state", {})
    path, _, query = lock.way_out().partition("?")
    status, headers = ask(path, COOKIE, query)
    assert (status, headers["location"]) == (303, "/medborgardialog")
    assert 'trygghetskarta_dialog=""' in headers["set-cookie"]
    status, headers = ask(path, COOKIE, query)
    assert headers["location"].startswith("/dialog") and "set-cookie" not in headers


def test_a_ticket_that_was_guessed_or_is_old_lets_nobody_out(monkeypatch):
    assert ask("/lamna-dialoglaget", COOKIE, "biljett=abc")[1]["location"].startswith("/dialog")
    monkeypatch.setattr(lock.st, "session_state", {})
    path, _, query = lock.way_out().partition("?")
    ticket = query.partition("=")[2]
    lock._tickets[ticket] = 0.0
    assert ask(path, COOKIE, query)[1]["location"].startswith("/dialog")
