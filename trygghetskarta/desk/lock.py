"""Dialogläge is locked: a browser that has opened it gets no other page until it is let out.

The lock is a cookie that scripts cannot read, and holds which presentation it was set for. The
server sends it with the first answer, looks at it before every page, and hands it on to every
session, so that no change of the address leads out or leads to a presentation with an easier word.
Windows that stood open before lose their connection, and begin again as locked ones.
"""

import contextlib
import re
import secrets
import time
from hashlib import sha256
from urllib.parse import parse_qs, quote

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trygghetskarta.errors import StoreError
from trygghetskarta.intake import status
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import presentations

ADDRESS = "dialog"
"""Address of the full screen."""
_HOME = "/medborgardialog"
_EXIT = "/lamna-dialoglaget"
_HEADER = "x-trygghetskarta-dialog"
"""Where a session reads what its browser is locked with; the middleware alone writes it."""
_DAYS = 400
"""The longest that browsers keep a cookie; each new look at the dialogue begins it anew."""
_SECONDS = 60
_BROWSER = "trygghetskarta_browser"
"""Cookie by which the windows of one browser are known, until it is closed."""
_POLICY = 1008
"""Code with which a web socket is closed because it may not go on (RFC 6455)."""
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NOT_PAGES = re.compile(r"/(?:static|media|component|_stcore|favicon|vendor)|\.\w{2,5}$")
_tickets: dict[str, tuple[str, float]] = {}


def held() -> str:
    """The presentation that this session's browser is locked with, empty when it is free."""
    return st.context.headers.get(_HEADER, "")


def asked() -> str:
    """The presentation in the address, empty for none; only a free browser may be shown one."""
    wanted = st.query_params.get("presentation", "")
    return wanted if _IDENTITY.fullmatch(wanted) else ""


def address_of(identity: str) -> str:
    """Where a presentation is shown in full screen."""
    return f"/{ADDRESS}?presentation={quote(identity)}"


def way_out(identity: str) -> str:
    """An address that lets a browser out of a presentation, once and within a minute."""
    now = time.monotonic()
    for ticket in [ticket for ticket, (_, until) in _tickets.items() if until < now]:
        del _tickets[ticket]
    ticket = secrets.token_urlsafe(24)
    _tickets[ticket] = identity, now + _SECONDS
    return f"{_EXIT}?biljett={ticket}"


class Keeper:
    """Knows the presentations of one store, and the name of its lock.

    A cookie is shared by all ports of a computer. Named after the store, a lock holds in every
    process that shows it, and in none that shows another.
    """

    def __init__(self, place: Workplace) -> None:
        self.engine = place.engine
        name = sha256(status.fingerprint(place)[0].encode("utf-8")).hexdigest()[:12]
        self.cookie = f"trygghetskarta_dialog_{name}"

    def knows(self, identity: str) -> bool:
        """Whether a browser can be locked with a presentation: who opens it must have a word."""
        try:
            presentations.exit_hash(self.engine, identity)
        except StoreError:
            return False
        return True


class DialogueLock:
    """Keeps a browser in the dialogue: locks it on the way in, and lets it out with a ticket."""

    def __init__(self, app: ASGIApp, keeper: Keeper) -> None:
        self.app = app
        self.keeper = keeper
        self._free: dict[str, set[Send]] = {}
        """Open web sockets by the browser they came from free."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a page; everything else passes."""
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
            return
        # The start and the stop of the server have no path.
        path = scope["path"].rstrip("/") if scope["type"] == "http" else ""
        if scope["type"] != "http" or _NOT_PAGES.search(path):
            await self.app(scope, receive, send)
            return
        query = parse_qs(scope["query_string"].decode("latin-1"))
        identity = self._held(scope)
        if path == _EXIT:
            await self._let_out(query, identity)(scope, receive, send)
        elif path == f"/{ADDRESS}":
            wanted = query.get("presentation", [])
            if identity and wanted != [identity]:
                await RedirectResponse(address_of(identity), 303)(scope, receive, send)
                return
            if await self._may_lock(wanted):
                send = self._locking(send, wanted[0])
            await self.app(scope, receive, _naming(scope, send))
        elif identity:
            await RedirectResponse(address_of(identity), 303)(scope, receive, send)
        else:
            await self.app(scope, receive, _naming(scope, send))

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a session; a locked one ends those that its browser had before it was locked."""
        identity, browser = self._held(scope), _cookie(scope, _BROWSER)
        if identity:
            for other in self._free.pop(browser, set()):
                # One that is just ending by itself needs no word.
                with contextlib.suppress(RuntimeError, OSError):
                    await other({"type": "websocket.close", "code": _POLICY})
            await self.app(_told(scope, identity), receive, send)
            return
        windows = self._free.setdefault(browser, set()) if browser else set()
        windows.add(send)
        try:
            await self.app(_told(scope, ""), receive, send)
        finally:
            windows.discard(send)
            if not windows and self._free.get(browser) is windows:
                del self._free[browser]

    def _held(self, scope: Scope) -> str:
        """The presentation that the browser was locked with, empty when it is free."""
        value = _cookie(scope, self.keeper.cookie)
        return value if _IDENTITY.fullmatch(value) else ""

    async def _may_lock(self, wanted: list[str]) -> bool:
        is_one = len(wanted) == 1 and _IDENTITY.fullmatch(wanted[0])
        return bool(is_one) and await run_in_threadpool(self.keeper.knows, wanted[0])

    def _let_out(self, query: dict[str, list[str]], identity: str) -> Response:
        opens, until = _tickets.pop(query.get("biljett", [""])[-1], ("", 0.0))
        if until < time.monotonic() or opens != identity:
            return RedirectResponse(address_of(identity) if identity else _HOME, 303)
        answer = RedirectResponse(_HOME, 303)
        answer.delete_cookie(self.keeper.cookie, path="/", httponly=True, samesite="lax")
        return answer

    def _locking(self, send: Send, identity: str) -> Send:
        """Send the lock along with an answer, which no browser may keep."""
        cookie = f"{self.keeper.cookie}={identity}; Max-Age={_DAYS * 24 * 3600}"
        return _adding(send, cookie)


def _naming(scope: Scope, send: Send) -> Send:
    """Give a browser that has none the name by which its windows are known."""
    if _cookie(scope, _BROWSER):
        return send
    return _adding(send, f"{_BROWSER}={secrets.token_urlsafe(16)}")


def _adding(send: Send, cookie: str) -> Send:
    """Send a cookie that scripts cannot read along with an answer, which no browser may keep."""
    header = f"{cookie}; Path=/; HttpOnly; SameSite=Lax".encode("ascii")

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message["headers"] if pair[0] != b"cache-control"]
            added = [(b"set-cookie", header), (b"cache-control", b"no-store")]
            message = {**message, "headers": [*kept, *added]}
        await send(message)

    return sending


def _cookie(scope: Scope, name: str) -> str:
    return HTTPConnection(scope).cookies.get(name, "")


def _told(scope: Scope, identity: str) -> Scope:
    """Tell a session what its browser is locked with, whatever the browser says itself."""
    name = _HEADER.encode("ascii")
    headers = [pair for pair in scope["headers"] if pair[0] != name]
    if identity:
        headers.append((name, identity.encode("ascii")))
    return {**scope, "headers": headers}
