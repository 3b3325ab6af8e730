"""Dialogläge is locked: a browser that has opened it gets no other page until it is let out.

The lock is a cookie that scripts cannot read. The server sends it with the first answer, and looks
at it before every page and before every session, so that no change of the address leads out.
"""

import re
import secrets
import time
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote

import streamlit as st
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ADDRESS = "dialog"
"""Address of the full screen."""
_HOME = "/medborgardialog"
_EXIT = "/lamna-dialoglaget"
_COOKIE = "trygghetskarta_dialog"
_HOURS = 12
_SECONDS = 60
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOT_PAGES = re.compile(r"/(?:static|media|component|_stcore|favicon|vendor)|\.\w{2,5}$")
_SESSION = "dialogue_locked"
_tickets: dict[str, float] = {}


def is_locked() -> bool:
    """Whether this session may see the dialogue and nothing else."""
    return _COOKIE in st.context.cookies or _SESSION in st.session_state


def lock_session() -> None:
    """Lock a session whose browser has no cookie yet."""
    st.session_state[_SESSION] = True


def presentation() -> str:
    """The presentation that is asked for, else the one the browser was locked with."""
    wanted = st.query_params.get("presentation", "") or st.context.cookies.get(_COOKIE, "")
    return wanted if _IDENTITY.fullmatch(wanted) else ""


def address_of(identity: str) -> str:
    """Where a presentation is shown in full screen."""
    return f"/{ADDRESS}?presentation={quote(identity)}"


def way_out() -> str:
    """An address that lets the browser out, once and within a minute."""
    now = time.monotonic()
    for ticket in [ticket for ticket, until in _tickets.items() if until < now]:
        del _tickets[ticket]
    st.session_state.pop(_SESSION, None)
    ticket = secrets.token_urlsafe(24)
    _tickets[ticket] = now + _SECONDS
    return f"{_EXIT}?biljett={ticket}"


class DialogueLock:
    """Keeps a browser in the dialogue: locks it on the way in, and lets it out with a ticket."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a page; everything else passes."""
        path = scope["path"].rstrip("/")
        if scope["type"] != "http" or _NOT_PAGES.search(path):
            await self.app(scope, receive, send)
            return
        query = parse_qs(scope["query_string"].decode("latin-1"))
        held = _cookie(scope)
        if path == _EXIT:
            await _let_out(query, held)(scope, receive, send)
        elif path == f"/{ADDRESS}":
            wanted = query.get("presentation", [""])[-1]
            identity = wanted if _IDENTITY.fullmatch(wanted) else held or "-"
            await self.app(scope, receive, _locking(send, identity))
        elif held is not None:
            await RedirectResponse(_back(held), 303)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _cookie(scope: Scope) -> str | None:
    """What the browser was locked with, None when it is free."""
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(_COOKIE)
            except CookieError:
                # A cookie header that cannot be read opens nothing.
                return "-" if _COOKIE.encode() in value else None
            if found is not None:
                return found.value
    return None


def _back(held: str) -> str:
    return address_of(held) if _IDENTITY.fullmatch(held) else f"/{ADDRESS}"


def _let_out(query: dict[str, list[str]], held: str | None) -> Response:
    until = _tickets.pop(query.get("biljett", [""])[-1], 0.0)
    if until < time.monotonic():
        return RedirectResponse(_back(held or ""), 303)
    answer = RedirectResponse(_HOME, 303)
    answer.delete_cookie(_COOKIE, path="/", httponly=True, samesite="lax")
    return answer


def _locking(send: Send, identity: str) -> Send:
    """Send the lock along with an answer, which no browser may keep."""
    cookie = (
        f"{_COOKIE}={identity}; Max-Age={_HOURS * 3600}; Path=/; HttpOnly; SameSite=Lax"
    ).encode("ascii")

    async def locked(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message["headers"] if pair[0] != b"cache-control"]
            added = [(b"set-cookie", cookie), (b"cache-control", b"no-store")]
            message = {**message, "headers": [*kept, *added]}
        await send(message)

    return locked
