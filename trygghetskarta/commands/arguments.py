"""The words of a command line: read, refused and explained in Swedish."""

import argparse
import gettext
from collections.abc import Callable
from typing import Any, NoReturn

from trygghetskarta.words import command_words


class WrongUseError(Exception):
    """Words that make no command; ``usage`` shows how, ``sentence`` says what is wrong."""

    def __init__(self, usage: str, sentence: str) -> None:
        super().__init__(sentence)
        self.usage, self.sentence = usage, sentence


class Parser(argparse.ArgumentParser):
    """Leaves it to the caller to say what is wrong; takes no half of a word for the whole."""

    def __init__(self, prog: str, **told: Any) -> None:
        super().__init__(prog, **{"allow_abbrev": False, **told})

    def error(self, message: str) -> NoReturn:
        """Stop with what is wrong."""
        told = command_words.ARGPARSE["%(prog)s: error: %(message)s\n"]
        sentence = told % {"prog": self.prog, "message": message}
        raise WrongUseError(self.format_usage(), sentence.strip())


def speak_swedish() -> None:
    """Let argparse say its own words in Swedish: it takes them from gettext, by two names."""
    vars(argparse).update(
        _=_swedish, ngettext=lambda one, many, n: _swedish(gettext.ngettext(one, many, n))
    )


def _swedish(message: str) -> str:
    return command_words.ARGPARSE.get(message, message)


def with_default(sentence: str, default: str) -> str:
    """Put a default into a help text; argparse reads % as a sign of its own."""
    return sentence.format(default=default.replace("%", "%%"))


def whole_number(first: int, last: int) -> Callable[[str], int]:
    """A reader of whole numbers between two, both included."""

    def read(text: str) -> int:
        if not text.isdecimal() or len(text) > len(str(last)) or not first <= int(text) <= last:
            raise argparse.ArgumentTypeError(command_words.cli_number(first, last))
        return int(text)

    return read
