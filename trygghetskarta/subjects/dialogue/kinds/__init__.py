"""Every kind of slide: each module here declares some, and a new one is found by itself."""

from trygghetskarta.registers import declared
from trygghetskarta.subjects.dialogue.slide_kind import SlideKind
from trygghetskarta.words.language import DEFAULT, language


def _kinds() -> dict[str, SlideKind]:
    """Kinds by word, in the order of their names in the language."""
    keys = [key.split(".") for key in language(DEFAULT).words]
    named = [key[1] for key in keys if key[0] == "kind"]
    return declared(__name__, __path__, SlideKind, named)


KINDS = _kinds()
"""Kinds of slides by the word that the store keeps."""
