"""What takes long to make and is the same every time, kept from one run of the tests to the next.

Each thing lies in a folder of pytest's cache whose name holds a hash of what it is made from: the
program without its pages and pictures, the geodata, what makes it, and the versions of libraries
that write it. When any of these changes, it is made anew. Workers that want the same thing at the
same time wait for the first one.
"""

import hashlib
import platform
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAKERS = (
    *("errors.py", "formats.py", "settings.py"),
    *("analysis", "example", "gate", "intake", "sources", "store", "subjects"),
    *("tables", "terms"),
)
"""Parts of the program that a store depends on; the import rules keep it from the others."""
WRITERS = ("geopandas", "numpy", "openpyxl", "pandas", "pyogrio", "pyproj", "shapely", "SQLAlchemy")
PATIENCE = 600
"""Seconds to wait for another worker that makes the same thing."""
GENERATIONS = 3
"""Editions of a thing that stay: a run that is still going may use the one before."""


class Keeper:
    """Makes things once and keeps them in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, name: str, make: Callable[[Path], None]) -> Path:
        """Folder with what ``make`` writes into the folder it is given; to be read and copied only.

        Parameters
        ----------
        name
            Names the thing.
        make
            Makes it. The folder that it stands in is part of what the thing is made from.
        """
        found = self.folder / f"{name}-{_print_of(Path(make.__code__.co_filename).parent)}"
        with _alone(self.folder / f"{name}.lock"):
            if not found.is_dir():
                fresh = Path(tempfile.mkdtemp(dir=self.folder, prefix=f"{name}."))
                try:
                    make(fresh)
                    fresh.rename(found)
                finally:
                    shutil.rmtree(fresh, ignore_errors=True)
                self._tidy(name)
        return found

    def _tidy(self, name: str) -> None:
        made = sorted(self.folder.glob(f"{name}-*"), key=lambda path: path.stat().st_mtime)
        for old in made[:-GENERATIONS]:
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold what one process at a time can hold, and that a killed process lets go of."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


@cache
def _print_of(makers: Path) -> str:
    """Hash of everything that a thing depends on that is made by a file of a folder."""
    program = ROOT / "trygghetskarta"
    paths = [
        path
        for part in MAKERS
        for path in ([program / part] if part.endswith(".py") else (program / part).rglob("*.py"))
    ]
    for folder in (ROOT / "geodata", ROOT / "tests" / "data" / "published"):
        paths += [path for path in folder.rglob("*") if "__pycache__" not in path.parts]
    told = hashlib.sha256(platform.python_version().encode())
    told.update("".join(version(name) for name in WRITERS).encode())
    paths += makers.glob("*.py")
    for path in sorted(path for path in paths if path.is_file()):
        told.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]
