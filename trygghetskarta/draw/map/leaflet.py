"""Leaflet and the painter: the scripts and style sheets of every map in a browser."""

import json
from functools import cache
from importlib import resources

from trygghetskarta.draw.browser_files import browser_file


def script_json(value: object) -> str:
    """JSON that may stand inside a script: no tag, comment or line separator can be formed."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def leaflet_script() -> str:
    """Leaflet's script from the installed package, without the address of its source map."""
    text = _leaflet("leaflet.js")
    return text.split("//# sourceMappingURL")[0]


@cache
def leaflet_style() -> str:
    """Leaflet's style sheet without its pictures, which nothing here uses."""
    lines = _leaflet("leaflet.css").splitlines()
    return "\n".join(line for line in lines if "url(" not in line)


def _leaflet(name: str) -> str:
    folder = resources.files("xstatic.pkg.leaflet") / "data"
    return next(path for path in _files(folder) if path.name == name).read_text("utf-8")


def _files(folder: resources.abc.Traversable) -> list[resources.abc.Traversable]:
    found = []
    for path in folder.iterdir():
        found += _files(path) if path.is_dir() else [path]
    return found


def painter_script() -> str:
    """Give the function ``makePainter`` of pages and files."""
    return browser_file(__package__, "painter.js")


def painter_style() -> str:
    """Give the painter's style sheet."""
    return browser_file(__package__, "painter.css")
