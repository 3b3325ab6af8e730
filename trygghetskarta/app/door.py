"""The door: who asks for this app by a name that is not its own, or for another page, stays out.

A page from elsewhere can make its own name point at this computer and then read what the app
answers, unless the app demands to be called by its right name and port.
"""

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from trygghetskarta import settings
from trygghetskarta.app.answers import refuse
from trygghetskarta.settings import Settings
from trygghetskarta.words import texts

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = ("0.0.0.0", "::")
_SOMEWHERE = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
"""Addresses that nobody has (RFC 5737, RFC 3849), to ask which way a packet would leave."""


@dataclass(frozen=True)
class Names:
    """What this app is called.

    Attributes
    ----------
    origin
        The one address that pages have: scheme, host and port.
    served
        Origin by the ``Host`` that a browser sends for it; the first is ``origin``, and others are
        answered as they are.
    led
        ``Host`` of other names of this computer: a page asked for under one is found at ``origin``.
    """

    origin: str
    served: Mapping[str, str]
    led: frozenset[str]

    @property
    def hosts(self) -> list[str]:
        """Host names of ``served``, without port."""
        return [urlsplit(one).hostname or "" for one in self.served.values()]


def names_of(ground: Settings) -> Names:
    """What an app with these settings is called.

    Where it listens everywhere, the one address is that of this computer in its network. A process
    for meetings only is also called what those who come are told (``public_url``).
    """
    listens, others = _listening(ground.address)
    here = [settings.origin("http", host, ground.port) for host in (listens, *others)]
    origins = here[:1]
    if ground.public_only:
        # Never led to the address of the internal pages, which may stand in the same environment.
        origins += [settings.origin_of(ground.public_url)] if ground.public_url else []
    elif ground.url:
        origins = [settings.origin_of(ground.url)]
    served = {_host(origin): origin for origin in origins}
    led = {_host(origin) for origin in here} - set(served)
    return Names(origins[0], MappingProxyType(served), frozenset(led))


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
            await refuse(scope, receive, send, texts.DOOR_BAD_REQUEST, 400)
            return
        host = hosts[0].lower() if hosts else ""
        origin = self.names.served.get(host)
        if origin is None:
            if self._is_led(scope, host):
                await RedirectResponse(self.names.origin + _path(scope), 307)(scope, receive, send)
            else:
                told = texts.DOOR_WRONG_NAME.format(url=self.names.origin)
                await refuse(scope, receive, send, told, 421)
            return
        asks = _values(scope, b"origin")
        # Browsers name the page that asks on every web socket; on the rest only on some.
        if asks != [origin] and (asks or scope["type"] == "websocket"):
            told = texts.DOOR_STRANGE_PAGE.format(url=origin)
            await refuse(scope, receive, send, told, 403)
            return
        await self.app(scope, receive, send)

    def _is_led(self, scope: Scope, host: str) -> bool:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return False
        return host in self.names.led or host == _reached(scope)


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


def _path(scope: Scope) -> str:
    raw = scope.get("raw_path") or quote(scope["path"]).encode("ascii")
    query = b"?" + scope["query_string"] if scope["query_string"] else b""
    return "/" + (raw.lstrip(b"/") + query).decode("latin-1")
