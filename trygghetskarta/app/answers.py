"""Answers of one sentence that the server gives itself, where there is no page to draw."""

from collections.abc import Mapping
from html import escape

from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from trygghetskarta.draw import palette
from trygghetskarta.words import texts

_REFUSED = 1008


def sentence(said: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """A page with nothing but a sentence; no browser may keep it."""
    title = escape(texts.APP)
    page = (
        f'<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        '<body style="font: 1.1rem/1.5 sans-serif; margin: 2rem auto; max-width: 40rem; '
        f'padding: 0 1rem; color: {palette.INK}">'
        f"<main><h1>{title}</h1><p>{escape(said)}</p></main></body></html>"
    )
    return HTMLResponse(page, status, {**(headers or {}), "cache-control": "no-store"})


async def refuse(scope: Scope, receive: Receive, send: Send, said: str, status: int) -> None:
    """Answer a request with a sentence; a web socket is not opened."""
    if scope["type"] == "websocket":
        await WebSocketClose(code=_REFUSED)(scope, receive, send)
    else:
        await sentence(said, status)(scope, receive, send)
