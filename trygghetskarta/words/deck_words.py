"""The few words and the way of writing numbers that a presentation's file adds itself."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.numbers import format_decimal

from trygghetskarta.formats import NO_VALUE
from trygghetskarta.words import file_words

_DEFAULT = "sv"


@dataclass(frozen=True, eq=False)
class Words:
    """A language as files need it.

    Attributes
    ----------
    language
        BCP 47 tag.
    direction
        ``ltr`` or ``rtl``.
    said
        Words by key.
    """

    language: str
    direction: str
    said: Mapping[str, str]

    @property
    def locale_tag(self) -> str:
        """The tag with a country, as Office files want it."""
        return {"sv": "sv-SE", "en": "en-GB"}.get(self.language, self.language)

    def say(self, key: str, **values: object) -> str:
        """Give a word with its placeholders filled in.

        Examples
        --------
        >>> words("en").say("page", n=2, all=7)
        'Page 2 of 7'
        """
        return self.said[key].format(**values)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Write a number as the language does; a dash for a missing one."""
        if value is None or not math.isfinite(value):
            return NO_VALUE
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, format=pattern, locale=self.language.replace("-", "_"))


@cache
def words(language: str) -> Words:
    """Give the words of a language; Swedish ones where there are none, but its own direction.

    Parameters
    ----------
    language
        A BCP 47 tag that Unicode's data knows.
    """
    order = Locale.parse(language, sep="-").character_order
    direction = "rtl" if order == "right-to-left" else "ltr"
    return Words(
        language, direction, file_words.DECK_WORDS.get(language, file_words.DECK_WORDS[_DEFAULT])
    )
