"""What is installed: pins that agree with what the project says, a wheel that carries all of it."""

import base64
import hashlib
import importlib.metadata
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from trygghetskarta import settings
from trygghetskarta.__main__ import main
from trygghetskarta.app import offline_bundle
from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.terms.bundles import BundleSystem
from trygghetskarta.words import command_words, error_words

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "trygghetskarta"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PINS = offline_bundle.read_pins(ROOT / "constraints.txt")


def installed(name: str) -> importlib.metadata.Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def demanded() -> dict[str, SpecifierSet]:
    """What each pinned package says of Python, where it is installed."""
    found = {name: installed(name) for name in PINS}
    return {
        name: SpecifierSet(package.metadata["Requires-Python"] or "")
        for name, package in found.items()
        if package is not None
    }


def near(specifiers: list[SpecifierSet]) -> list[Version]:
    """Every version that some package names, and its neighbours: where an answer can change."""
    named = {Version(one.version.removesuffix(".*")) for each in specifiers for one in each}
    around = set()
    for one in named:
        major, minor, micro = (*one.release, 0, 0)[:3]
        around |= {(major, minor, micro + step) for step in (-1, 0, 1) if micro + step >= 0}
        around |= {(major, minor - 1, 99) if minor else (major - 1, 99, 99), (major, minor + 1, 0)}
    return sorted(Version(".".join(map(str, parts))) for parts in around if parts[0] > 0)


def test_the_project_runs_on_exactly_the_pythons_its_pins_run_on():
    stated = SpecifierSet(PROJECT["project"]["requires-python"])
    demands = demanded()
    assert len(demands) > 80
    for version in near([stated, *demands.values()]):
        refusing = sorted(name for name, one in demands.items() if not one.contains(version))
        assert stated.contains(version) is (not refusing), (str(version), refusing)


def test_the_readme_and_the_linters_say_the_same_python():
    stated = SpecifierSet(PROJECT["project"]["requires-python"])
    (lowest,) = (one.version for one in stated if one.operator == ">=")
    assert f"Python {lowest} eller senare" in (ROOT / "README.md").read_text("utf-8")
    minor = ".".join(lowest.split(".")[:2])
    assert PROJECT["tool"]["ruff"]["target-version"] == "py" + minor.replace(".", "")
    assert offline_bundle.PYTHONS[0] == minor


@pytest.mark.parametrize("system", BundleSystem)
@pytest.mark.parametrize("python", offline_bundle.PYTHONS)
def test_every_package_is_pinned_on_every_system(system, python):
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    level = [Requirement(text) for text in [*project["dependencies"], *sum(extras.values(), [])]]
    seen: set[tuple[str, frozenset[str]]] = set()
    while level:
        one = level.pop()
        key = (canonicalize_name(one.name), frozenset(one.extras))
        if key in seen:
            continue
        seen.add(key)
        assert key[0] in PINS, one
        assert one.specifier.contains(PINS[key[0]], prereleases=True), one
        # A package of another system only is not installed here; none of them needs others.
        if (package := installed(key[0])) is not None:
            level += offline_bundle.needs(package, key[1], system, python)
    names = {name for name, _ in seen}
    assert ("colorama" in names) is (system is BundleSystem.WINDOWS)


def test_what_is_installed_is_what_is_pinned():
    versions = {name: package.version for name in PINS if (package := installed(name)) is not None}
    assert versions == {name: PINS[name] for name in versions}


def test_the_wheel_takes_every_file_of_the_package():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["trygghetskarta"]
    taken = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    there = {
        path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert there == taken


def test_an_installed_program_stores_outside_its_own_package(tmp_path):
    """A package's folder is emptied by an upgrade; a checkout keeps its own folder."""
    for path in PACKAGE.glob("*.py"):
        target = tmp_path / "trygghetskarta" / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    carried = tmp_path / "trygghetskarta" / "geodata"
    carried.mkdir()
    asked = (
        "from trygghetskarta.settings import Settings as s; print(s.geodata, s.store, sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    geodata, store = map(Path, done.stdout.splitlines())
    assert geodata == carried
    assert tmp_path not in store.parents and store.is_absolute()
    assert settings.Settings().geodata == ROOT / "geodata"
    assert Path(settings.Settings().store).parent == ROOT / "data"


def test_the_help_says_where_the_store_lies(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "400")
    with pytest.raises(SystemExit):
        main(["--help"])
    assert f"(förval: {settings.Settings().store})" in capsys.readouterr().out


# --- the bundle ---


def wheel(folder: Path, name: str, tag: str, *needed: str, version: str = "1.0") -> Path:
    """Write a package without any content, in the form pip reads."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    inside = f"{name}-{version}.dist-info"
    metadata = [
        f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}",
        "Requires-Python: >=3.11.5",
    ]
    metadata += [f"Requires-Dist: {one}" for one in needed]
    files = {
        f"{inside}/METADATA": "\n".join(metadata) + "\n",
        f"{inside}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    record = [
        f"{file},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()},"
        for file, text in files.items()
    ]
    files[f"{inside}/RECORD"] = "\n".join([*record, f"{inside}/RECORD,,"]) + "\n"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return path


@pytest.fixture
def shelf(tmp_path, monkeypatch) -> Path:
    """A folder pip fetches from in place of the network."""
    folder = tmp_path / "shelf"
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "none"))
    return folder


def test_a_bundle_holds_what_the_other_system_needs(shelf, tmp_path):
    wheel(shelf, "alpha", "cp312-cp312-win_amd64")
    wheel(shelf, "alpha", "cp312-cp312-manylinux_2_28_x86_64")
    wheel(
        shelf, "beta", "py3-none-any", "gamma; extra == 'fast'", "windowed; sys_platform == 'win32'"
    )
    wheel(shelf, "gamma", "cp311-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64")
    wheel(shelf, "gamma", "cp311-abi3-win_amd64")
    wheel(shelf, "windowed", "py3-none-any", "alpha")
    wheel(shelf, "old", "py3-none-any")
    program = wheel(
        tmp_path,
        "trygghetskarta",
        "py3-none-any",
        "alpha>=1",
        "beta[fast]",
        "old; python_version < '3.12'",
    )
    pins = dict.fromkeys(("alpha", "beta", "gamma", "windowed", "old"), "1.0")

    def fetched(system: BundleSystem, python: str) -> set[str]:
        found = offline_bundle.fetch(program, wheels, pins, system, python, told.append)
        return {path.name for path in found - {program}}

    wheels, told = tmp_path / "wheels", []
    wheels.mkdir()
    assert fetched(BundleSystem.LINUX, "3.12") == {
        "alpha-1.0-cp312-cp312-manylinux_2_28_x86_64.whl",
        "beta-1.0-py3-none-any.whl",
        "gamma-1.0-cp311-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    }
    assert fetched(BundleSystem.WINDOWS, "3.12") == {
        "alpha-1.0-cp312-cp312-win_amd64.whl",
        "beta-1.0-py3-none-any.whl",
        "gamma-1.0-cp311-abi3-win_amd64.whl",
        "windowed-1.0-py3-none-any.whl",
    }
    assert told[-1] == 5


def test_a_package_nobody_pinned_is_refused_by_name(tmp_path):
    program = wheel(tmp_path, "trygghetskarta", "py3-none-any", "stranger>=2")
    for pins in ({}, {"stranger": "1.9"}):
        with pytest.raises(SourceError) as refused:
            offline_bundle.fetch(program, tmp_path, pins, BundleSystem.LINUX, "3.12", print)
        assert refused.value.cause is SourceCause.NOT_PINNED
        assert "stranger" in error_words.error_sentence(refused.value)


def test_a_package_that_cannot_be_fetched_is_said_with_pips_words(shelf, tmp_path):
    wheel(shelf, "alpha", "cp312-cp312-win_amd64")
    program = wheel(tmp_path, "trygghetskarta", "py3-none-any", "alpha")
    with pytest.raises(SourceError) as refused:
        offline_bundle.fetch(program, tmp_path, {"alpha": "1.0"}, BundleSystem.LINUX, "3.12", print)
    assert refused.value.cause is SourceCause.NOT_FETCHED
    assert "alpha==1.0" in error_words.error_sentence(refused.value)


def test_a_bundle_is_made_from_the_projects_folder_only(tmp_path):
    with pytest.raises(SourceError) as refused:
        offline_bundle.make(tmp_path, (BundleSystem.LINUX,), "3.12", print, checkout=None)
    assert refused.value.cause is SourceCause.NO_CHECKOUT


def test_the_guide_has_a_line_for_each_system_and_no_address():
    lists = {system: f"requirements-{system.value}.txt" for system in BundleSystem}
    said = command_words.bundle_guide(lists, "3.12")
    for name in lists.values():
        (line,) = (line for line in said.splitlines() if name in line)
        assert "--no-index" in line and "--require-hashes" in line and "3.12" in line
        assert f"--find-links {offline_bundle.WHEELS}" in line
    assert "http" not in said
