"""Takes this folder into a wheel, as ``trygghetskarta/geodata``, and into a source archive.

The folder lies on the project's top level, where a municipality edits it; an installed program has
only its own package. setuptools asks this class when it builds, see ``pyproject.toml``.
"""

import shutil
from pathlib import Path

from setuptools.command.build_py import build_py

_HERE = Path(__file__).resolve().parent
_NOT_DATA = shutil.ignore_patterns("*.py", "__pycache__")


class BuildWithGeodata(build_py):
    """The ordinary build of a package, and then this folder's data beside its modules."""

    def run(self) -> None:
        """Build; an editable install keeps reading the folder where it lies."""
        if self.editable_mode:
            super().run()
            return
        # What an earlier build left there would follow along, also modules that are gone.
        shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()
        inside = Path(self.build_lib) / "trygghetskarta" / "geodata"
        shutil.copytree(_HERE, inside, ignore=_NOT_DATA)

    def get_source_files(self) -> list[str]:
        """Return what a source archive holds: the package's files and all of this folder."""
        root = _HERE.parent
        mine = (path for path in _HERE.rglob("*") if "__pycache__" not in path.parts)
        files = [path.relative_to(root).as_posix() for path in mine if path.is_file()]
        return [*super().get_source_files(), *files]
