"""Prints the newest CPython on this machine that the project runs on, if newer than 3.11."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

_ASK = (
    "import sys, platform; v = sys.version_info;"
    "print(platform.python_implementation(), v.releaselevel, *v[:3])"
)


def main() -> None:
    """Ask every interpreter that is found for its version."""
    found = {version: path for path in _interpreters() if (version := _version(path))}
    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    stated = tomllib.loads(project.read_text("utf-8"))["project"]["requires-python"]
    refused = [tuple(map(int, one.split("."))) for one in re.findall(r"!=([\d.]+)", stated)]
    newer = [version for version in found if version >= (3, 12) and version not in refused]
    if newer:
        print(found[max(newer)])


def _interpreters() -> list[Path]:
    """Interpreters on the path and those of pyenv and uv, each once."""
    folders = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    uv = Path.home() / ".local" / "share" / "uv" / "python"
    folders += [path / "bin" for place in (pyenv, uv) if place.is_dir() for path in place.iterdir()]
    named = re.compile(r"python3\.\d+")
    return sorted(
        {
            path
            for folder in folders
            if folder.is_dir()
            for path in folder.iterdir()
            if named.fullmatch(path.name)
        }
    )


def _version(path: Path) -> tuple[int, ...] | None:
    """Give a released CPython's version, None for anything else and for what does not run."""
    try:
        done = subprocess.run([path, "-c", _ASK], capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = done.stdout.split()
    if done.returncode or words[:2] != ["CPython", "final"]:
        return None
    return tuple(int(word) for word in words[2:])


if __name__ == "__main__":
    main()
