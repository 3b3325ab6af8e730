"""Starts the app with headers that make foreign requests impossible."""

import logging
import os
import uuid
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from trygghetskarta.render import texts
from trygghetskarta.ui.lock import DialogueLock

_LOG = logging.getLogger("trygghetskarta")

_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Streamlit's own bundle compiles vega expressions and component modules at run time.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: blob: data:",
        "worker-src 'self' blob:",
        "frame-ancestors 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "object-src 'none'",
    )
)
HEADERS = {
    b"content-security-policy": _POLICY.encode("ascii"),
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    b"x-content-type-options": b"nosniff",
}
"""Headers of every answer."""

_WHERE_AM_I = {b"permissions-policy": b"camera=(), microphone=(), geolocation=(self)"}
_PHONE_PAGE = "/rapportera"
"""The only page that may ask a phone where it is."""

_PUBLIC = frozenset(
    {
        "",
        "tyck-till",
        "motesbild",
        "favicon.png",
        "_stcore/health",
        "_stcore/host-config",
        "_stcore/stream",
    }
)
"""What a process for meetings only answers, beside the program's own files."""
_PUBLIC_FILES = ("static/", "media/")


class SafeHeaders:
    """Adds ``HEADERS`` to every answer of the app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; web sockets pass untouched."""
        asks = scope["type"] == "http" and scope["path"].rstrip("/").endswith(_PHONE_PAGE)
        headers = HEADERS | _WHERE_AM_I if asks else HEADERS

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name, value) for name, value in message["headers"] if name not in HEADERS]
                message = {**message, "headers": [*own, *headers.items()]}
            await send(message)

        await self.app(scope, receive, with_headers)


class OnlyMeetings:
    """Answers the pages of a meeting and what they are made of; everything else is not there.

    The pages themselves are fewer too, see ``navigation``: this keeps also Streamlit's own
    addresses, such as the one for uploads, from those who come in from the street.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or say 404."""
        if scope["type"] in ("http", "websocket") and not is_public(scope["path"]):
            await _not_here(scope, receive, send)
            return
        await self.app(scope, receive, send)


def is_public(path: str) -> bool:
    """Whether a process for meetings only answers an address.

    Examples
    --------
    >>> is_public("/tyck-till"), is_public("/karta"), is_public("/_stcore/upload_file/x")
    (True, False, False)
    """
    wanted = path.strip("/")
    return wanted in _PUBLIC or (wanted.startswith(_PUBLIC_FILES) and ".." not in wanted)


async def _not_here(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(code=1008)(scope, receive, send)
        return
    await PlainTextResponse(texts.NOT_HERE, status_code=404)(scope, receive, send)


def serve(
    address: str, port: int, *, store: str, open_browser: bool, public_only: bool = False
) -> None:
    """Run the app until it is stopped.

    Parameters
    ----------
    address, port
        Where to listen.
    store
        Address of the store, handed to the pages through the environment they read.
    open_browser
        Whether to open the page on this computer.
    public_only
        Whether to show the pages of a meeting and nothing else.
    """
    os.environ["TRYGGHETSKARTA_STORE"] = store
    os.environ["TRYGGHETSKARTA_PUBLIC_ONLY"] = str(int(public_only))
    gates = [SafeHeaders, DialogueLock, *([OnlyMeetings] if public_only else [])]
    app = st.App(
        Path(__file__).with_name("frame.py"),
        middleware=[Middleware(gate) for gate in gates],
        on_script_error=_say_so,
    )
    app.run(
        config={
            "server.address": address,
            "server.port": port,
            "server.headless": not open_browser,
            # Our own line says where; Streamlit's is English, and so are its offers to programmers.
            "logger.hideWelcomeMessage": True,
        }
    )


def _say_so(error: Exception) -> bool:
    """Show one sentence with a code instead of a traceback; the traceback goes to the log."""
    code = uuid.uuid4().hex[:8]
    _LOG.error("unexpected error %s", code, exc_info=error)
    st.error(texts.UNEXPECTED.format(code=code))
    return True
