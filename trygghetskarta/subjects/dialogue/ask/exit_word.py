"""The word that ends a citizen dialogue, kept as a salted hash."""

import hashlib
import hmac
import secrets
import unicodedata

SHORTEST = 4
"""Letters that a word must have."""

_COST = {"n": 2**14, "r": 8, "p": 1}


def hash_of(word: str) -> str:
    """Hash a word with a salt of its own (scrypt, RFC 7914)."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_digest(word, salt).hex()}"


def matches(word: str, kept: str) -> bool:
    """Whether a word is the one that :func:`hash_of` was given.

    Examples
    --------
    >>> matches("4711", hash_of("4711")), matches("4712", hash_of("4711"))
    (True, False)
    """
    salt, _, digest = kept.partition("$")
    return hmac.compare_digest(_digest(word, bytes.fromhex(salt)), bytes.fromhex(digest))


def opens(word: str, kept: str | None, usual: str) -> bool:
    """Whether a word ends a dialogue.

    Parameters
    ----------
    word
        As it was written.
    kept
        Hash of the presentation's own word, None where the usual one is enough.
    usual
        The usual word; whether its letters are capital does not matter.
    """
    if kept is not None:
        return matches(word, kept)
    return _plain(word).casefold() == usual.casefold()


def _digest(word: str, salt: bytes) -> bytes:
    return hashlib.scrypt(_plain(word).encode("utf-8"), salt=salt, **_COST)


def _plain(word: str) -> str:
    """The same word from every keyboard: some write an ä as two signs."""
    return unicodedata.normalize("NFC", word).strip()
