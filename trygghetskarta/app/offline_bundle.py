"""Everything a computer without a network needs to install the program, in one folder.

pip fetches, from where the user's own pip is set to fetch; what belongs to a system that is not
this one is worked out here, since pip reads the conditions of a package (``sys_platform == …``)
as if they were asked on the computer it runs on.
"""

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.settings import CHECKOUT
from trygghetskarta.terms.bundles import BundleSystem

PYTHONS = ("3.11", "3.12", "3.13")
"""Versions of Python a bundle can be made for."""
WHEELS = "wheels"
"""Folder of the files inside a bundle."""

_PROGRAM = "trygghetskarta"
_PLATFORMS = {
    BundleSystem.WINDOWS: ("win_amd64",),
    # pip does not read "2_28" as "2_28 and older", so each step is named; the C library of
    # Debian 10, Ubuntu 20.04 and RHEL 8, and of all that came after.
    BundleSystem.LINUX: (
        *(f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)),
        *(f"manylinux{age}_x86_64" for age in ("2014", "2010", "1")),
        "linux_x86_64",
    ),
}
_MARKERS = {
    BundleSystem.WINDOWS: {
        "os_name": "nt",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
    },
    BundleSystem.LINUX: {
        "os_name": "posix",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
    },
}


@dataclass(frozen=True)
class Bundle:
    """What was fetched.

    Attributes
    ----------
    files
        Number of wheels in the folder, shared ones once.
    megabytes
        Their size.
    lists
        Name of the list of wheels and hashes, by system.
    """

    files: int
    megabytes: float
    lists: Mapping[BundleSystem, str]


def make(
    folder: Path,
    systems: tuple[BundleSystem, ...],
    python: str,
    tell: Callable[[BundleSystem, int], None],
    checkout: Path | None = CHECKOUT,
) -> Bundle:
    """Fetch every wheel for the systems, and list them with their hashes.

    Parameters
    ----------
    folder
        Where to; made when it is not there. Wheels already in it are not fetched again.
    systems
        Which to fetch for.
    python
        Version of Python that will run the program there, one of ``PYTHONS``.
    tell
        Told the number of wheels so far, for each system.
    checkout
        The project's folder: the program's own wheel is built from it.

    Raises
    ------
    SourceError
        If there is no project's folder, a package is not pinned, or pip cannot fetch.
    """
    if checkout is None:
        raise SourceError(SourceCause.NO_CHECKOUT)
    wheels = folder / WHEELS
    try:
        wheels.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(SourceCause.FOLDER_NOT_WRITTEN, folder=folder.name) from error
    for stale in wheels.glob(f"{_PROGRAM}-*.whl"):
        stale.unlink()
    _pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(checkout))
    (program,) = wheels.glob(f"{_PROGRAM}-*.whl")
    pins = read_pins(checkout / "constraints.txt")
    lists = {}
    for system in systems:
        needed = fetch(program, wheels, pins, system, python, partial(tell, system))
        lists[system] = f"requirements-{system.value}.txt"
        lines = [_line(path) for path in sorted(needed)]
        (folder / lists[system]).write_text("".join(lines), encoding="utf-8")
    found = list(wheels.glob("*.whl"))
    return Bundle(len(found), sum(path.stat().st_size for path in found) / 1e6, lists)


def read_pins(path: Path) -> dict[str, str]:
    """Read which version of each package the project's tests passed with, by normalised name."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {
        canonicalize_name(one.name): str(Version(next(iter(one.specifier)).version))
        for one in pinned
    }


def needs(
    package: Distribution, extras: frozenset[str], system: BundleSystem, python: str
) -> Iterator[Requirement]:
    """Give what a package needs on a system, whatever this computer is.

    Parameters
    ----------
    package
        The package's metadata.
    extras
        Which of its extras are asked for.
    system, python
        Where it will run.
    """
    here = {
        **_MARKERS[system],
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "python_version": python,
        "python_full_version": f"{python}.99",
        "implementation_version": f"{python}.99",
        "platform_release": "",
        "platform_version": "",
    }
    for text in package.requires or ():
        wanted = Requirement(text)
        if wanted.marker is None or any(
            wanted.marker.evaluate({**here, "extra": extra}) for extra in ("", *extras)
        ):
            yield wanted


def fetch(
    program: Path,
    wheels: Path,
    pins: Mapping[str, str],
    system: BundleSystem,
    python: str,
    tell: Callable[[int], None],
) -> set[Path]:
    """Fetch what a wheel needs, and what that needs, as the metadata inside each of them says.

    Parameters
    ----------
    program
        The wheel to begin with.
    wheels
        Folder to fetch to.
    pins
        Version of each package, by normalised name.
    system, python
        Where it will run; ``python`` is one of ``PYTHONS``.
    tell
        Told the number of wheels so far.

    Returns
    -------
    set of Path
        Every wheel that is needed, the first one too.

    Raises
    ------
    SourceError
        If a package is not pinned, or pip cannot fetch.
    """
    lowest = _lowest(_inside(program), python)
    found: dict[str, Path] = {canonicalize_name(_PROGRAM): program}
    asked: dict[str, frozenset[str]] = {}
    level = [Requirement(_PROGRAM)]
    while level:
        following: dict[str, frozenset[str]] = {}
        for one in level:
            name = canonicalize_name(one.name)
            extras = frozenset(one.extras)
            if name in asked and extras <= asked[name]:
                continue
            asked[name] = asked.get(name, frozenset()) | extras
            for needed in needs(_inside(found[name]), extras, system, python):
                _is_pinned(needed, pins)
                other = canonicalize_name(needed.name)
                following[other] = following.get(other, frozenset()) | needed.extras
        missing = [name for name in following if name not in found]
        found |= _download(missing, wheels, pins, system, lowest)
        tell(len(found))
        level = [
            Requirement(f"{name}[{','.join(extras)}]" if extras else name)
            for name, extras in following.items()
        ]
    return set(found.values())


def _download(
    names: list[str], wheels: Path, pins: Mapping[str, str], system: BundleSystem, python: str
) -> dict[str, Path]:
    """Fetch wheels for a system, and say which file is whose."""
    if not names:
        return {}
    platforms = [word for tag in _PLATFORMS[system] for word in ("--platform", tag)]
    pinned = [f"{name}=={pins[name]}" for name in names]
    _pip(
        *("download", "--no-deps", "--only-binary=:all:", "--dest", str(wheels)),
        *("--implementation", "cp", "--python-version", python, *platforms, *pinned),
    )
    fitting = _fitting(wheels, system, python)
    return {name: fitting[name, pins[name]] for name in names}


def _fitting(wheels: Path, system: BundleSystem, python: str) -> dict[tuple[str, str], Path]:
    """Give the file pip would choose there for each package and version in a folder."""
    version = tuple(int(part) for part in python.split(".")[:2])
    interpreter = "cp" + "".join(str(part) for part in version)
    platforms = _PLATFORMS[system]
    tags = [
        *cpython_tags(version, abis=[interpreter], platforms=platforms),
        *compatible_tags(version, interpreter, platforms),
    ]
    rank = {tag: place for place, tag in enumerate(tags)}
    best: dict[tuple[str, str], tuple[int, Path]] = {}
    for path in sorted(wheels.glob("*.whl")):
        name, release, _build, its_tags = parse_wheel_filename(path.name)
        places = [rank[tag] for tag in its_tags if tag in rank]
        key = (str(name), str(release))
        if places and (key not in best or min(places) < best[key][0]):
            best[key] = (min(places), path)
    return {key: path for key, (_place, path) in best.items()}


def _is_pinned(needed: Requirement, pins: Mapping[str, str]) -> None:
    """Refuse a package without a pin, or with one that another package does not accept."""
    pin = pins.get(canonicalize_name(needed.name))
    if pin is None or not needed.specifier.contains(pin, prereleases=True):
        raise SourceError(SourceCause.NOT_PINNED, package=needed.name)


def _lowest(program: Distribution, python: str) -> str:
    """Give the oldest patch of a version of Python that the program runs on.

    pip reads 3.11 as 3.11.0, which a package may refuse.
    """
    accepted = SpecifierSet(program.metadata["Requires-Python"])
    patches = (f"{python}.{patch}" for patch in range(100))
    return next(version for version in patches if accepted.contains(version))


def _inside(wheel: Path) -> Distribution:
    with zipfile.ZipFile(wheel) as archive:
        names = {name.split("/")[0] for name in archive.namelist()}
    (folder,) = (name for name in names if name.endswith(".dist-info"))
    return PathDistribution(zipfile.Path(wheel, f"{folder}/"))


def _line(wheel: Path) -> str:
    name, version, _build, _tags = parse_wheel_filename(wheel.name)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name}=={version} --hash=sha256:{digest}\n"


def _pip(*words: str) -> None:
    """Run this Python's pip."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise SourceError(SourceCause.NOT_FETCHED, said=said[-1] if said else done.stderr[-300:])
