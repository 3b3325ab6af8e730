"""A register finds what a folder declares, and refuses at once what is half declared."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from trygghetskarta.registers import declared


@dataclass(frozen=True)
class Declared:
    """What the modules below declare."""

    word: str


MODULE = """from {here} import Declared
ONE = Declared("{word}")
AGAIN = ONE
"""


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Iterator[Path]:
    """A package with two modules, each of which declares a word."""
    package = tmp_path / "declarations"
    package.mkdir()
    (package / "__init__.py").touch()
    for word in ("ett", "tva"):
        _write(package, word, word)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield package
    for name in [one for one in sys.modules if one.split(".")[0] == package.name]:
        del sys.modules[name]


def _write(package: Path, module: str, word: str) -> None:
    (package / f"{module}.py").write_text(MODULE.format(here=__name__, word=word), "utf-8")


def test_where_nobody_chooses_words_need_no_names(folder):
    assert list(declared(folder.name, [str(folder)], Declared)) == ["ett", "tva"]


def _read(package: Path, *named: str) -> dict[str, Declared]:
    return declared(package.name, [str(package)], Declared, named)


def test_declarations_come_in_the_order_of_their_names(folder):
    assert list(_read(folder, "tva", "ett")) == ["tva", "ett"]
    assert _read(folder, "ett", "tva")["tva"] == Declared("tva")


def test_a_declaration_without_a_name_is_refused(folder):
    with pytest.raises(LookupError, match="tva"):
        _read(folder, "ett")


def test_a_name_without_a_declaration_is_refused(folder):
    with pytest.raises(LookupError, match="tre"):
        _read(folder, "ett", "tva", "tre")


def test_a_word_that_two_modules_declare_is_refused(folder):
    _write(folder, "tre", "ett")
    with pytest.raises(LookupError, match="ett"):
        _read(folder, "ett", "tva")
