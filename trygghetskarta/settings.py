"""Settings, read once from the environment and frozen."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

WORK_CRS = 3006
"""SWEREF 99 TM: every coordinate inside the program, in metres."""

SHOW_CRS = 4326
"""WGS 84: only inside ``render``, for the browser."""

TIME_ZONE = "Europe/Stockholm"

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
    max_file_megabytes
        Largest file an import accepts.
    tile_url
        Address of a background map (XYZ), empty for none. Off by default: nothing leaves the
        house.
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
    max_file_megabytes: int = 200
    tile_url: str = ""
    public_only: bool = False
    public_url: str = ""


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings from variables named ``TRYGGHETSKARTA_…``; absent ones keep the default.

    Raises
    ------
    ValueError
        If a number is not a number; the message is ``variable=value``.
    """
    defaults = Settings()

    def value(name: str, default: str) -> str:
        return environment.get(f"TRYGGHETSKARTA_{name}", default)

    def number(name: str, default: int) -> int:
        told = value(name, str(default))
        try:
            return int(told)
        except ValueError as error:
            raise ValueError(f"TRYGGHETSKARTA_{name}={told}") from error

    return Settings(
        municipality=value("MUNICIPALITY", defaults.municipality),
        geodata=Path(value("GEODATA", str(defaults.geodata))),
        store=value("STORE", defaults.store),
        address=value("ADDRESS", defaults.address),
        port=number("PORT", defaults.port),
        max_file_megabytes=number("MAX_FILE_MEGABYTES", defaults.max_file_megabytes),
        tile_url=value("TILE_URL", defaults.tile_url),
        public_only=bool(number("PUBLIC_ONLY", int(defaults.public_only))),
        public_url=value("PUBLIC_URL", defaults.public_url),
    )
