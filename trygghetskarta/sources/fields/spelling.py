"""Spellings, made alike so that they can be compared."""

import unicodedata


def fold(name: str) -> str:
    """Letters and digits only, lower case, without accents, so that spellings can be compared.

    Examples
    --------
    >>> fold("DeSO.område"), fold("BROTTSDATUMTID_START")
    ('desoomrade', 'brottsdatumtidstart')
    """
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in parts if letter.isalnum())
