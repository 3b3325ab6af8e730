"""The door: who asks for this app by a name that is not its own, or for another page, stays out.

A page from elsewhere can make its own name point at this computer and then read what the app
answers, unless the app demands to be called by its right name and port.
"""

import ipaddress
import socket
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qs, quote, urlsplit

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from trygghetskarta import settings
from trygghetskarta.app.answers import refuse
from trygghetskarta.settings import Settings
from trygghetskarta.words import error_words

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = ("0.0.0.0", "::")
_SOMEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
"""Addresses that nobody has (RFC 5737, RFC 3849), to ask which way a packet would leave."""


_LED = "ledd"
"""Parameter of an address that somebody was led to from where the app listens."""


@dataclass(frozen=True)
class Names:
    """What this app is called.

    Attributes
    ----------
    origin
        The one address that pages have: scheme, host and port.
    led
        ``Host`` of other names of this computer: a page asked for under one is found at ``origin``.
    is_told
        Whether ``origin`` is where the app is said to be, not where it listens: a proxy may stand
        between.
    """

    origin: str
    led: frozenset[str]
    is_told: bool

    @property
    def hosts(self) -> list[str]:
        """Host name of ``origin``, without port."""
        return [urlsplit(self.origin).hostname or ""]


def names_of(ground: Settings) -> Names:
    """What an app with these settings is called.

    Where it listens everywhere, the one address is that of this computer in its network. A process
    for meetings only is called what those who come are told (``public_url``), never what the
    internal pages are, which may stand in the same environment.
    """
    listens, others = _listening(ground.address)
    here = [settings.origin("http", host, ground.port) for host in (listens, *others)]
    told = ground.public_url if ground.public_only else ground.url
    origin = settings.origin_of(told) if told else here[0]
    led = frozenset(_host(name) for name in here if name != origin)
    return Names(origin, led, origin not in here)


def is_loopback(address: str) -> bool:
    """Whether only this computer reaches a listening address."""
    return address in _LOOPBACK or address.startswith("127.")


def _host(origin: str) -> str:
    return origin.partition("://")[2]


def _listening(address: str) -> tuple[str, list[str]]:
    """The host that a listening address is known by, and its other names on this computer."""
    if address in _EVERYWHERE:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return _own_address(family), [*_LOOPBACK, *_computer()]
    if address in _LOOPBACK:
        return ("127.0.0.1" if address == "localhost" else address), list(_LOOPBACK)
    try:
        address = ipaddress.ip_address(address).compressed
    except ValueError:
        return address, []
    return address, _computer()


def _computer() -> list[str]:
    """The computer's own name, when an address can be written with it."""
    name = socket.gethostname()
    try:
        settings.origin("http", name, None)
    except ValueError:
        return []
    return [name]


def _own_address(family: socket.AddressFamily) -> str:
    """This computer's address in its network, loopback without one; nothing is sent."""
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_SOMEWHERE[family], 9))
        except OSError:
            return "::1" if family == socket.AF_INET6 else "127.0.0.1"
        return probe.getsockname()[0]


class Door:
    """Lets in who calls the app by its right name, and pages of its own only."""

    def __init__(self, app: ASGIApp, names: Names) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, lead it to the right name, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        hosts = _values(scope, b"host")
        if len(hosts) > 1:
            await refuse(scope, receive, send, error_words.DOOR_BAD_REQUEST, 400)
            return
        host = hosts[0].lower() if hosts else ""
        origin = self.names.origin
        if host != _host(origin):
            await self._elsewhere(scope, host)(scope, receive, send)
            return
        asks = _values(scope, b"origin")
        # Browsers name the page that asks on every web socket; on the rest only on some.
        if asks != [origin] and (asks or scope["type"] == "websocket"):
            told = error_words.DOOR_STRANGE_PAGE.format(url=origin)
            await refuse(scope, receive, send, told, 403)
            return
        await self.app(scope, receive, send)

    def _elsewhere(self, scope: Scope, host: str) -> ASGIApp:
        """The answer under a name that is not the one address: the way there, or no."""
        names = self.names
        is_led = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not is_led or (host not in names.led and host != _reached(scope)):
            return _refusal(error_words.DOOR_WRONG_NAME.format(url=names.origin))
        added = ""
        if names.is_told:
            # Who was led to the told name and comes back under this one would be led for ever.
            if _LED in parse_qs(scope["query_string"].decode("latin-1")):
                return _refusal(error_words.DOOR_NAME_LOST.format(url=names.origin))
            added = f"{_LED}=1"
        return RedirectResponse(names.origin + _path(scope, added), 307)


def _refusal(said: str) -> ASGIApp:
    return partial(refuse, said=said, status=421)


def _values(scope: Scope, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]


def _reached(scope: Scope) -> str:
    """The ``Host`` of the very address that a connection came in on; of several, not all are known.

    Examples
    --------
    >>> _reached({"server": ("192.168.1.20", 8501)})
    '192.168.1.20:8501'
    """
    address, port = scope.get("server") or ("", None)
    try:
        return _host(settings.origin("http", address, port))
    except ValueError:
        return ""


def _path(scope: Scope, added: str) -> str:
    raw = scope.get("raw_path") or quote(scope["path"]).encode("ascii")
    query = "&".join(filter(None, (scope["query_string"].decode("latin-1"), added)))
    return "/" + raw.lstrip(b"/").decode("latin-1") + (f"?{query}" if query else "")
