"""Every kind of slide: each module here declares some, and a new one is found by itself."""

from collections.abc import Iterable

from trygghetskarta.registers import declared
from trygghetskarta.subjects.dialogue.show.slide_kind import SlideKind
from trygghetskarta.words.language import DEFAULT, available, language


def check(kinds: Iterable[SlideKind]) -> None:
    """Refuse a kind that some language has no name for, or no label for a text of its own.

    Raises
    ------
    LookupError
        With the language's file and the keys.
    """
    keys = [key for kind in kinds for key in kind.keys]
    for tag in available():
        language(tag).require(keys)


def _kinds() -> dict[str, SlideKind]:
    """Kinds by word, in the order of their names in the language."""
    check(declared(__name__, __path__, SlideKind).values())
    keys = [key.split(".") for key in language(DEFAULT).words]
    named = [key[1] for key in keys if key[0] == "kind"]
    return declared(__name__, __path__, SlideKind, named)


KINDS = _kinds()
"""Kinds of slides by the word that the store keeps."""
