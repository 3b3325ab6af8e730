"""Answers of one sentence that the server gives itself, where there is no page to draw."""

from collections.abc import Mapping

from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from trygghetskarta.draw.templates import template
from trygghetskarta.words import texts

_REFUSED = 1008
_PAGE = template(__package__, "sentence.html.jinja")


def sentence(said: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A page with nothing but a sentence; no browser may keep it."""
    page = _PAGE.render(title=texts.APP, said=said)
    return HTMLResponse(page, status, {**(headers or {}), "cache-control": "no-store"})


async def refuse(scope: Scope, receive: Receive, send: Send, said: str, status: int) -> None:
    """Answer a request with a sentence; a web socket is not opened."""
    if scope["type"] == "websocket":
        await WebSocketClose(code=_REFUSED)(scope, receive, send)
    else:
        await sentence(said, status)(scope, receive, send)
