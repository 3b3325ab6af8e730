"""A register: what the modules of a folder declare, found by itself, each by its word."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, TypeVar

_Declaration = TypeVar("_Declaration")


def declared(
    folder: str,
    path: Iterable[str],
    kind: type[_Declaration],
    named: Sequence[str] | None = None,
) -> dict[str, _Declaration]:
    """Find what the modules of a folder declare at their top level.

    Parameters
    ----------
    folder, path
        Name of the package, and where its modules lie.
    kind
        Class of the declarations; each has a ``word``.
    named
        Every word that a catalogue names, in the order in which they are offered. None where
        nobody chooses among them: then they come in the order of their words.

    Returns
    -------
    dict
        Declarations by word.

    Raises
    ------
    LookupError
        When a word is declared twice, is declared without a name, or named without a declaration.
    """
    modules = [import_module(f"{folder}.{one.name}") for one in iter_modules(path)]
    values = [value for module in modules for value in vars(module).values()]
    found: list[Any] = list({id(one): one for one in values if isinstance(one, kind)}.values())
    words = [one.word for one in found]
    order = sorted(set(words)) if named is None else named
    all_words = {*words, *order}
    if odd := sorted(one for one in all_words if words.count(one) != 1 or one not in order):
        raise LookupError(f"{folder}: declared twice, or without name or declaration: {odd}")
    return {word: found[words.index(word)] for word in order}
