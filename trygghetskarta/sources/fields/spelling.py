"""Spellings, made alike so that they can be compared."""

import re
import unicodedata

_HALF = re.compile("[\ud800-\udfff]")


def composed(text: str) -> str:
    """The same text with every letter as one character (NFC): what names are compared by.

    A Mac writes å in the name of a file as a and a ring. Halves of characters, as Python has for
    bytes in a name that are no letters, become a mark that can be stored.

    Examples
    --------
    >>> len("kva\u0308ll"), len(composed("kva\u0308ll"))
    (6, 5)
    """
    return text if text.isascii() else unicodedata.normalize("NFC", _HALF.sub("\ufffd", text))


def fold(name: str) -> str:
    """Letters and digits only, lower case, without accents, so that spellings can be compared.

    Examples
    --------
    >>> fold("DeSO.område"), fold("BROTTSDATUMTID_START")
    ('desoomrade', 'brottsdatumtidstart')
    """
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in parts if letter.isalnum())
