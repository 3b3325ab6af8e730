"""Settings, read once from the environment and frozen."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import platformdirs

WORK_CRS = 3006
"""SWEREF 99 TM: every coordinate inside the program, in metres."""

SHOW_CRS = 4326
"""WGS 84: only inside ``render``, for the browser."""

TIME_ZONE = "Europe/Stockholm"
"""Where every day and hour is counted, whatever zone the computer keeps."""

_PACKAGE = Path(__file__).resolve().parent
_CARRIED = _PACKAGE / "geodata"
"""Where a wheel carries the folder that a checkout has on its top level."""

CHECKOUT = None if _CARRIED.is_dir() else _PACKAGE.parent
"""The project's folder when the program runs from it, None when it is installed from a wheel."""


def data_folder(checkout: Path | None = CHECKOUT) -> Path:
    """Folder for what is stored when nobody says where.

    ``data/`` in the project's folder; for an installed program the user's own folder for data,
    since a package's folder is emptied by an upgrade.

    Parameters
    ----------
    checkout
        The project's folder, None when there is none.
    """
    if checkout is not None:
        return checkout / "data"
    return platformdirs.user_data_path("Trygghetskarta", appauthor=False)


class SettingRule(StrEnum):
    """What the value of a setting must be."""

    WHOLE_NUMBER = "whole_number"
    PORT = "port"
    ORIGIN = "origin"
    TILES = "tiles"


class SettingError(ValueError):
    """A setting is not what it must be; holds its variable, its value and the rule."""

    def __init__(self, rule: SettingRule, variable: str, value: str) -> None:
        super().__init__(rule, variable, value)
        self.rule, self.variable, self.value = rule, variable, value


@dataclass(frozen=True)
class Settings:
    """What an installation decides.

    Attributes
    ----------
    municipality
        Four-digit municipality code; names the folder in ``geodata``.
    geodata
        Folder with one folder per municipality and the national lists.
    store
        Path of a GeoPackage file, or a ``postgresql://`` address.
    address
        Address the app listens on; loopback unless told otherwise.
    port
        TCP port of the app.
    url
        Address under which the pages are reached, when that is not where the app listens: a
        computer's name, or a proxy. Scheme, host and port; empty when not told.
    max_file_megabytes
        Largest file an import accepts.
    read_seconds, read_megabytes
        Processor time and memory that reading a file below 20 MB may take; more for larger files
        and for storing what is in them.
    import_workers, import_idle_seconds
        How many files are read or imported at once, each in a process of its own, and how long such
        a process waits for the next one before it ends. 0: in the program's own, without limits.
    tile_url
        Address of a background map (XYZ), empty for none. Off by default: nothing leaves the
        house. Its origin is the only strange one that pages may fetch pictures from.
    public_only
        Whether this process shows the pages of a meeting and nothing else.
    public_url
        Address under which people at a meeting reach such a process, empty when not told.
    """

    municipality: str = "1488"
    geodata: Path = CHECKOUT / "geodata" if CHECKOUT else _CARRIED
    store: str = str(data_folder() / "trygghetskarta.gpkg")
    address: str = "127.0.0.1"
    port: int = 8501
    url: str = ""
    max_file_megabytes: int = 200
    read_seconds: int = 10
    read_megabytes: int = 1024
    import_workers: int = 2
    import_idle_seconds: int = 300
    tile_url: str = ""
    public_only: bool = False
    public_url: str = ""


def now() -> datetime:
    """The moment it is, in UTC: the only clock of the house."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is now in Sweden, whatever zone the computer keeps."""
    return local_day(now())


def local_day(at: datetime) -> date:
    """The Swedish day of a moment with a time zone.

    Examples
    --------
    >>> local_day(datetime(2026, 6, 30, 22, 56, tzinfo=UTC))
    datetime.date(2026, 7, 1)
    """
    return at.astimezone(ZoneInfo(TIME_ZONE)).date()


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from variables named ``TRYGGHETSKARTA_…``; absent ones keep the default.

    Raises
    ------
    SettingError
        If a value is not what it must be.
    """
    defaults = Settings()

    def value(name: str, default: str) -> str:
        return environment.get(f"TRYGGHETSKARTA_{name}", default)

    def number(name: str, default: int) -> int:
        told = value(name, str(default))
        try:
            return int(told)
        except ValueError as error:
            raise _wrong(SettingRule.WHOLE_NUMBER, name, told) from error

    def port(name: str, default: int) -> int:
        told = number(name, default)
        if not is_port(told):
            raise _wrong(SettingRule.PORT, name, str(told))
        return told

    def address(name: str, rule: SettingRule, is_bare: bool = False) -> str:
        told = value(name, "").strip()
        try:
            if told and rule is SettingRule.TILES:
                tile_origins(told)
            elif told and (not origin_of(told) or (is_bare and urlsplit(told).path.strip("/"))):
                raise ValueError(told)
        except ValueError as error:
            raise _wrong(rule, name, told) from error
        return told

    return Settings(
        municipality=value("MUNICIPALITY", defaults.municipality),
        geodata=Path(value("GEODATA", str(defaults.geodata))),
        store=value("STORE", defaults.store),
        address=value("ADDRESS", defaults.address),
        port=port("PORT", defaults.port),
        url=address("URL", SettingRule.ORIGIN, is_bare=True),
        max_file_megabytes=number("MAX_FILE_MEGABYTES", defaults.max_file_megabytes),
        read_seconds=number("READ_SECONDS", defaults.read_seconds),
        read_megabytes=number("READ_MEGABYTES", defaults.read_megabytes),
        import_workers=number("IMPORT_WORKERS", defaults.import_workers),
        import_idle_seconds=number("IMPORT_IDLE_SECONDS", defaults.import_idle_seconds),
        tile_url=address("TILE_URL", SettingRule.TILES),
        public_only=bool(number("PUBLIC_ONLY", int(defaults.public_only))),
        public_url=address("PUBLIC_URL", SettingRule.ORIGIN),
    )


def _wrong(rule: SettingRule, name: str, value: str) -> SettingError:
    return SettingError(rule, f"TRYGGHETSKARTA_{name}", value)


def is_port(number: int) -> bool:
    """Whether a number is a TCP port that an app can listen on."""
    return 0 < number < 2**16


_USUAL_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*"
)
_ADDRESS_V6 = re.compile(r"[0-9a-f:.]+")


def origin_of(url: str) -> str:
    """The origin of a web address, as a browser writes it: lower case, no usual port, punycode.

    Raises
    ------
    ValueError
        If it is not ``http://…`` or ``https://…`` with a plain host.

    Examples
    --------
    >>> origin_of("HTTPS://Karta.Example.SE:443/sida"), origin_of("http://[::1]:8501")
    ('https://karta.example.se', 'http://[::1]:8501')
    """
    parts = urlsplit(url)
    if parts.scheme not in _USUAL_PORTS or "@" in parts.netloc:
        raise ValueError(url)
    return origin(parts.scheme, parts.hostname or "", parts.port)


def origin(scheme: str, host: str, port: int | None) -> str:
    """Write an origin from its parts; see :func:`origin_of`."""
    if ":" in host:
        if not _ADDRESS_V6.fullmatch(host.lower()):
            raise ValueError(host)
        name = f"[{host.lower()}]"
    else:
        name = host.lower() if host.isascii() else host.encode("idna").decode("ascii")
        if not _HOST.fullmatch(name):
            raise ValueError(host)
    is_usual = port is None or port == _USUAL_PORTS[scheme]
    return f"{scheme}://{name}" if is_usual else f"{scheme}://{name}:{port}"


_SUBDOMAINS = "abc"
"""What Leaflet puts in the place of ``{s}``."""
_PLACES = ({"z", "x", "y"}, {"z", "x", "-y"})
"""What a tile's address must name: zoom, column, and row counted from the north or the south."""
_MAY = {"s", "r"}


def tile_origins(template: str) -> tuple[str, ...]:
    """Origins that a background map's pictures come from.

    Parameters
    ----------
    template
        ``https://host/{z}/{x}/{y}.png``; the host may begin with ``{s}.``.

    Raises
    ------
    ValueError
        If it is no web address, or lacks a place for zoom, column or row.

    Examples
    --------
    >>> tile_origins("https://karta.example.se/ruta/{z}/{x}/{y}.png")
    ('https://karta.example.se',)
    """
    places = set(re.findall(r"\{([^}]*)\}", template))
    if places - _MAY not in _PLACES or re.search(r"[\s\"'`<>\\]", template):
        raise ValueError(template)
    scheme, _, rest = template.partition("://")
    host = rest.partition("/")[0]
    hosts = [host.replace("{s}", letter) for letter in _SUBDOMAINS] if "{s}" in host else [host]
    return tuple(origin_of(f"{scheme}://{one}/") for one in hosts)
