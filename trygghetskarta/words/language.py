"""One language: its words, and how it writes numbers, dates and periods."""

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from trygghetskarta.formats import NO_VALUE

DEFAULT = "sv"
"""The language that every other one must be as complete as."""


@dataclass(frozen=True, eq=False)
class Language:
    """Words by key (``title.all``), and the locale that numbers and dates follow.

    Attributes
    ----------
    tag
        BCP 47 tag, the name of its file.
    name
        What it calls itself.
    direction
        ``ltr`` or ``rtl``.
    locale
        Unicode locale, ``sv_SE``.
    words
        Sentences by key; lists of sentences for the caveats of themes.
    """

    tag: str
    name: str
    direction: str
    locale: str
    words: Mapping[str, str | Sequence[str]]

    def say(self, key: str, **values: object) -> str:
        """Give a sentence with its placeholders filled in."""
        return str(self.words[key]).format(**values)

    def require(self, keys: Iterable[str]) -> None:
        """Refuse a language that lacks a sentence.

        Raises
        ------
        LookupError
            With the language's file and every key that it says nothing for.
        """
        if lacks := [key for key in keys if key not in self.words]:
            raise LookupError(f"{self.tag}.toml says nothing for: {', '.join(lacks)}")

    def counted(self, key: str, n: int, **values: object) -> str:
        """Give a sentence in the form that the number ``n`` takes in the language."""
        form = f"{key}.{Locale.parse(self.locale).plural_form(n)}"
        chosen = form if form in self.words else f"{key}.other"
        return self.say(chosen, n=self.number(n), **values)

    def theme(self, key: str, name: str) -> str:
        """Name of a theme, the plan's own where the language has none."""
        return str(self.words.get(f"theme.{key}.name", name))

    def caveats(self, key: str, caveats: Sequence[str]) -> tuple[str, ...]:
        """Caveats of a theme, the plan's own where the language has none."""
        return tuple(self.words.get(f"theme.{key}.caveats", caveats))

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Write a number; a dash for a missing one."""
        if value is None or math.isnan(value):
            return NO_VALUE
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(round(value, decimals) + 0.0, format=pattern, locale=self.locale)

    def share(self, value: float) -> str:
        """Write a share from 0 to 1 in per cent, one decimal."""
        space = "" if self.locale.startswith("en") else "\u00a0"
        return f"{self.number(100 * value, 1)}{space}%"

    def day(self, value: date) -> str:
        """Write a date with the month's name."""
        return format_date(value, "long", locale=self.locale)

    def month(self, value: date) -> str:
        """Write a month and its year."""
        return format_date(value, "LLLL y", locale=self.locale)

    def period(self, start: date, end: date) -> str:
        """Write a period; whole calendar years as their numbers."""
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        return f"{self.day(start)} – {self.day(end)}"

    def listed(self, names: Sequence[str]) -> str:
        """Write names as the language lists them."""
        return format_list(list(names), locale=self.locale) if names else ""


def read(file: Traversable) -> Language:
    """Read the file of a language."""
    words = dict(_flat(tomllib.loads(file.read_text("utf-8"))))
    tag, name = str(words["language.tag"]), str(words["language.name"])
    return Language(
        tag, name, str(words["language.direction"]), str(words["language.locale"]), words
    )


@cache
def language(tag: str) -> Language:
    """Give a language by its tag, the default one when there is no file for it.

    Raises
    ------
    LookupError
        When it says less than the default one.
    """
    folder = resources.files(__package__)
    name = tag if tag in available() else DEFAULT
    made = read(folder / f"{name}.toml")
    if name != DEFAULT:
        made.require(filter(_is_needed, language(DEFAULT).words))
    return made


_FORMS = frozenset({"zero", "one", "two", "few", "many"})
"""Forms of a number that a language may do without; it always has ``other``."""


def _is_needed(key: str) -> bool:
    return not key.startswith("theme.") and key.rpartition(".")[2] not in _FORMS


@cache
def available() -> tuple[str, ...]:
    """Tags of the languages there are files for, the default first."""
    names = [path.name for path in resources.files(__package__).iterdir()]
    tags = {name.removesuffix(".toml") for name in names if name.endswith(".toml")}
    return (DEFAULT, *sorted(tags - {DEFAULT}))


def _flat(table: Mapping, start: str = "") -> Iterator[tuple[str, str | Sequence[str]]]:
    """Sentences by key, without those that only staff read."""
    for key, value in table.items():
        if key == "staff":
            continue
        if isinstance(value, Mapping):
            yield from _flat(value, f"{start}{key}.")
        else:
            yield start + key, value
