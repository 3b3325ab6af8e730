"""The gate for words: what of names and free text may leave the house."""

from collections.abc import Iterable

from trygghetskarta import settings
from trygghetskarta.sources.fields.organisations import is_organisation
from trygghetskarta.sources.fields.personal_data import is_impersonal
from trygghetskarta.sources.publishers.place_words import place_names


def public_owner(text: object) -> tuple[str, bool]:
    """Give who has something to do as anyone may read it, and whether it may be told.

    Parameters
    ----------
    text
        A label that somebody has written; anything but text is none.

    Examples
    --------
    >>> public_owner("Gatukontoret"), public_owner("Eva, 0703123456"), public_owner(None)
    (('Gatukontoret', True), ('', False), ('', True))
    """
    owner = text.strip() if isinstance(text, str) else ""
    allowed = not owner or is_organisation(owner)
    return (owner if allowed else ""), allowed


def public_text(text: object) -> str:
    """Give the name of a file, a survey or a measure; empty where it points out a person.

    Names without a known surname are not seen, so it is for what is meant to be public. What the
    municipality calls its own places is no name.

    Examples
    --------
    >>> public_text("Ljus i parken"), public_text("svar_Eva_Lundberg_0703123456")
    ('Ljus i parken', '')
    """
    told = text.strip() if isinstance(text, str) else ""
    return told if is_impersonal(told, _places()) else ""


def _places() -> frozenset[str]:
    ground = settings.load()
    return place_names(ground.geodata / ground.municipality)


def public_sources(sources: Iterable[str]) -> tuple[str, ...]:
    """Give the names of sources that may be told."""
    return tuple(source for source in sources if public_text(source))
