"""Reading TOML strictly: every key asked for must be there, and none may be left over."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trygghetskarta.errors import SourceCause, SourceError

_POSITION = re.compile(r"line (\d+), column (\d+)")


class TomlSection:
    """A table of a TOML file that remembers which of its keys have been asked for.

    Parameters
    ----------
    values
        The table's contents.
    file
        File name for errors.
    path
        Where the table stands, e.g. ``themes.2.public``; empty for the whole file.
    """

    def __init__(self, values: dict[str, Any], file: str, path: str = "") -> None:
        self._values = values
        self._file = file
        self._path = path
        self._asked: set[str] = set()

    def error(self, key: str) -> SourceError:
        """Make the error that points at a key, to be raised by the caller."""
        where = f"{self._path}.{key}" if self._path else key
        return SourceError(SourceCause.CONFIGURATION_INVALID, file=self._file, key=where)

    def close(self) -> None:
        """Raise ``CONFIGURATION_INVALID`` when a key is left that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                raise self.error(key)

    def ignore(self, key: str) -> None:
        """Let a key stand that another program reads; it may be absent."""
        self._asked.add(key)

    def has(self, key: str) -> bool:
        """Whether a key that may be absent is there; asking for it is left to the caller."""
        return key in self._values

    def text(self, key: str, pattern: str = r".*\S.*") -> str:
        """Give a text that matches a pattern; by default any that is not blank."""
        value = self._get(key, str)
        if not re.fullmatch(pattern, value):
            raise self.error(key)
        return value

    def word(self, key: str, allowed: Sequence[str]) -> str:
        """Give a text that is one of the allowed."""
        value = self.text(key)
        if value not in allowed:
            raise self.error(key)
        return value

    def words(
        self, key: str, allowed: Sequence[str] | None = None, pattern: str = r".*\S.*"
    ) -> tuple[str, ...]:
        """Give a list of different texts, each allowed and matching the pattern; may be empty."""
        values = self._get(key, list)
        for value in values:
            if not isinstance(value, str) or not re.fullmatch(pattern, value):
                raise self.error(key)
            if allowed is not None and value not in allowed:
                raise self.error(key)
        if len(set(values)) < len(values):
            raise self.error(key)
        return tuple(values)

    def whole(self, key: str, least: int, most: int | None = None) -> int:
        """Give a whole number between inclusive limits."""
        value = self._get(key, int)
        if isinstance(value, bool) or value < least or (most is not None and value > most):
            raise self.error(key)
        return value

    def number(self, key: str, least: float, most: float) -> float:
        """Give a number between inclusive limits."""
        value = self._get(key, (int, float))
        if isinstance(value, bool) or not least <= value <= most:
            raise self.error(key)
        return float(value)

    def flag(self, key: str) -> bool:
        """Give a truth value."""
        return self._get(key, bool)

    def part(self, key: str) -> "TomlSection":
        """Give a table inside this one."""
        return TomlSection(self._get(key, dict), self._file, self._under(key))

    def parts(self, key: str) -> list["TomlSection"]:
        """Give the tables of a list that is not empty, counted from 1."""
        values = self._get(key, list)
        if not values or not all(isinstance(value, dict) for value in values):
            raise self.error(key)
        return [
            TomlSection(value, self._file, self._under(f"{key}.{number}"))
            for number, value in enumerate(values, start=1)
        ]

    def _get(self, key: str, kind: type | tuple[type, ...]) -> Any:
        self._asked.add(key)
        value = self._values.get(key)
        if not isinstance(value, kind):
            raise self.error(key)
        return value

    def _under(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


def load(path: Path) -> TomlSection:
    """Read a TOML file.

    Raises
    ------
    SourceError
        ``FILE_MISSING``, ``ENCODING_UNKNOWN``, or ``CONFIGURATION_INVALID`` with ``line:column``
        as its key when the text is not TOML (the last line when it ends too early).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SourceError(SourceCause.FILE_MISSING, file=path.name) from error
    except UnicodeDecodeError as error:
        raise SourceError(SourceCause.ENCODING_UNKNOWN, file=path.name) from error
    try:
        return TomlSection(tomllib.loads(text), path.name)
    except tomllib.TOMLDecodeError as error:
        found = _POSITION.search(str(error))
        key = f"{found[1]}:{found[2]}" if found else f"{text.count(chr(10)) + 1}:1"
        raise SourceError(SourceCause.CONFIGURATION_INVALID, file=path.name, key=key) from error
