"""Starts the app: behind a door, with headers that make foreign requests impossible."""

import asyncio
import logging
import os
import uuid
import webbrowser
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from altair.utils.schemapi import disable_debug_mode
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trygghetskarta.app import answers, messages
from trygghetskarta.app.door import Door, Names
from trygghetskarta.app.messages import OnlyNeeded
from trygghetskarta.app.options import options, read_no_files
from trygghetskarta.desk.lock import DialogueLock, Keeper
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import Settings, tile_origins
from trygghetskarta.words import error_words, meeting_words

_LOG = logging.getLogger("trygghetskarta")
_FRAME = Path(__file__).with_name("frame.py")


def policy(names: Names, tiles: Iterable[str] = ()) -> str:
    """What a page of this app may load: its own, and pictures of a background map.

    Parameters
    ----------
    names
        What the app is called: pages talk to it and to nobody else.
    tiles
        Origins of the background map; without one nothing strange is allowed.
    """
    # Not every browser takes 'self' for web sockets too.
    socket = f"ws{names.origin.removeprefix('http')}"
    return "; ".join(
        (
            "default-src 'self'",
            # Streamlit's own bundle compiles vega expressions and component modules at run time.
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            " ".join(("img-src 'self' data: blob:", *tiles)),
            "font-src 'self' data:",
            f"connect-src 'self' {socket} blob: data:",
            "worker-src 'self' blob:",
            "frame-ancestors 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


def headers_of(names: Names, tiles: Iterable[str] = ()) -> dict[str, str]:
    """Headers of every answer."""
    return {
        "content-security-policy": policy(names, tiles),
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
        "x-content-type-options": "nosniff",
    }


_WHERE_AM_I = {"permissions-policy": "camera=(), microphone=(), geolocation=(self)"}
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
    """Adds headers to every answer of the app, in place of its own of the same name."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = _raw(headers)
        self.where_asked = _raw({**headers, **_WHERE_AM_I})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; web sockets pass untouched."""
        asks = scope["type"] == "http" and scope["path"].rstrip("/").endswith(_PHONE_PAGE)
        added = self.where_asked if asks else self.headers

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name, value) for name, value in message["headers"] if name not in added]
                message = {**message, "headers": [*own, *added.items()]}
            await send(message)

        await self.app(scope, receive, with_headers)


def _raw(headers: Mapping[str, str]) -> dict[bytes, bytes]:
    return {name.encode("ascii"): value.encode("ascii") for name, value in headers.items()}


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
            await answers.refuse(scope, receive, send, meeting_words.NOT_HERE, 404)
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


def make_app(
    script: Path, ground: Settings, names: Names, keeper: Keeper, opened: str = ""
) -> st.App:
    """The app behind its door.

    Parameters
    ----------
    script
        What draws the pages.
    ground, names
        Settings, and what the app is called.
    keeper
        Answers which presentations there are, for the lock of the dialogue.
    opened
        Address to open in this computer's browser when the app listens, empty for none.
    """
    tiles = tile_origins(ground.tile_url) if ground.tile_url else ()
    headers = headers_of(names, tiles)
    # Nothing internal is behind the door of a meeting: there is nothing to lock in.
    last = Middleware(OnlyMeetings) if ground.public_only else Middleware(DialogueLock, keeper)
    needed = messages.DRAWING if ground.public_only else messages.DRAWING | messages.FILES

    @asynccontextmanager
    async def listening(_app: st.App) -> AsyncIterator[None]:
        if opened:
            asyncio.get_running_loop().run_in_executor(None, webbrowser.open, opened)
        yield

    async def broken(_request: Request, error: Exception) -> Response:
        return answers.sentence(error_words.SERVER_BROKEN.format(code=_note(error)), 500, headers)

    return st.App(
        script,
        lifespan=listening,
        middleware=[
            Middleware(SafeHeaders, headers),
            Middleware(Door, names),
            last,
            Middleware(OnlyNeeded, needed),
        ],
        on_script_error=say_so,
        exception_handlers={Exception: broken, HTTPException: _no_answer},
    )


def serve(ground: Settings, names: Names, place: Workplace, *, open_browser: bool) -> None:
    """Run the app until it is stopped.

    Parameters
    ----------
    ground
        Where to listen, which store, and whether to show the pages of a meeting and nothing else.
        The pages read the environment, so what was told on the command line is written there.
    names
        What the app is called.
    place
        The open store; only the lock of the dialogue asks it.
    open_browser
        Whether to open the first page on this computer.
    """
    os.environ["TRYGGHETSKARTA_STORE"] = ground.store
    os.environ["TRYGGHETSKARTA_PUBLIC_ONLY"] = str(int(ground.public_only))
    opened = names.origin if open_browser else ""
    app = make_app(_FRAME, ground, names, Keeper(place), opened)
    read_no_files()
    # Every chart is compared with its schema when tests run; nobody waits for that here.
    disable_debug_mode()
    app.run(config=options(ground, names))


async def _no_answer(_request: Request, error: Exception) -> Response:
    """Say that an address gives nothing, or that it cannot be asked so."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = meeting_words.NOT_HERE if status == 404 else error_words.DOOR_BAD_REQUEST
    return answers.sentence(said, status)


def say_so(error: Exception) -> bool:
    """Show one sentence instead of a traceback, whatever part of a page an error comes from.

    What was raised on purpose has a sentence of its own; anything else is told by a code, and its
    traceback goes to the log.
    """
    if isinstance(error, TrygghetskartaError):
        st.error(error_words.error_sentence(error))
    else:
        st.error(error_words.UNEXPECTED.format(code=_note(error)))
    return True


def _note(error: Exception) -> str:
    """Write an error to the log under a code that a user can tell."""
    code = uuid.uuid4().hex[:8]
    _LOG.error("unexpected error %s", code, exc_info=error)
    return code
