"""Which encoding a text has: told by what Swedish looks like in each."""

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from trygghetskarta.errors import SourceCause, SourceError

WINDOWS = "cp1252"
SINGLE_BYTE = (WINDOWS, "cp850", "mac-roman")
"""Encodings of one byte a letter that Swedish files have, the likeliest first. Latin-1 and Latin-9
have the letters of Windows, and cp437 and cp865 those of cp850."""
OLD = frozenset(SINGLE_BYTE[1:])
"""Those that nobody writes any more, and that are told of."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SWEDISH = frozenset("åäöÅÄÖ")
_KNOWN = frozenset("éèêëáàâíìîóòôúùûüñçøæßÉÈÊËÁÀÂÍÌÎÓÒÔÚÙÛÜÑÇØÆ")
_IN_WORDS = frozenset("’‘´`·–-\u00ad\u00a0")
# A word is looked for from its first letter alone: from each of a long one it would take for ever.
_BYTES = re.compile(rb"(?<![A-Za-z\x80-\xff])[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
WORDS = re.compile(
    r"(?<![A-Za-z\u0080-\U0010ffff])[A-Za-z]*[\u0080-\U0010ffff][A-Za-z\u0080-\U0010ffff]*"
)
_NEVER = -2
_MOST_WORDS = 50_000
_LONGEST = 100
"""Letters of a word; what is longer tells nothing of how it is written."""


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Give the text and the name of its encoding.

    A byte-order mark decides. Otherwise UTF-8 when the whole file is valid UTF-8; if not, line by
    line: UTF-8 where valid, else what :func:`single_byte` says of all the other lines together.
    Valid UTF-8 with å, ä or ö is never Windows-1252 text by chance, and files put together from
    several sources hold both.

    Raises
    ------
    SourceError
        ``ENCODING_UNKNOWN`` for UTF-16 that is broken and for what holds zero bytes besides,
        ``FILE_DAMAGED`` for UTF-8 cut in the middle of a character.
    """
    wide = _utf_16(data)
    if wide:
        try:
            text = data.decode(wide)
        except UnicodeDecodeError as error:
            raise SourceError(SourceCause.ENCODING_UNKNOWN, file=file) from error
        if "\0" not in text:
            return text, "utf-16"
    if b"\0" in data:
        raise SourceError(SourceCause.ENCODING_UNKNOWN, file=file)
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise SourceError(SourceCause.FILE_DAMAGED, file=file) from error
    return _by_line(data.removeprefix(codecs.BOM_UTF8))


def single_byte(data: bytes) -> str:
    """Which of ``SINGLE_BYTE`` a text is written in that is no UTF-8.

    Windows-1252 unless that reads as no Swedish does (a sign in the middle of a word, a capital
    after a small letter) and another one gives words with å, ä and ö.

    Examples
    --------
    >>> [single_byte("Rån på Kronogården”".encode(one, "replace")) for one in SINGLE_BYTE]
    ['cp1252', 'cp850', 'mac-roman']
    """
    found = (word[0] for word in islice(_BYTES.finditer(data), _MOST_WORDS))
    words = Counter(word for word in found if len(word) <= _LONGEST)
    likeness = {one: _likeness(words, one) for one in SINGLE_BYTE}
    best = max(SINGLE_BYTE, key=lambda one: likeness[one])
    if likeness[WINDOWS] >= 0 or likeness[best] <= 0:
        return WINDOWS
    return WINDOWS if all(is_written(as_text(word, WINDOWS)) for word in words) else best


def as_text(data: bytes, encoding: str) -> str:
    """Decode one byte a letter; a byte that Windows-1252 lacks is read as Latin-1 has it."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def swedishness(words: Mapping[str, int] | Iterable[str]) -> int:
    """How much words look like Swedish: below zero for words that nobody writes.

    Parameters
    ----------
    words
        Words with letters beyond a to z, or how often each stands.

    Examples
    --------
    >>> [swedishness([word]) for word in ("Rån", "R†n", "StÃ¶ld", "Stšld", "José")]
    [2, -2, -4, -1, 0]
    """
    known = {word: times for word, times in Counter(words).items() if len(word) <= _LONGEST}
    return sum(times * sum(_points(word)) for word, times in known.items())


def is_written(word: str) -> bool:
    """Whether somebody may write a word so: no sign inside it, no capital after a small letter."""
    return len(word) > _LONGEST or min(_points(word), default=0) > _NEVER


def _likeness(words: Mapping[bytes, int], encoding: str) -> int:
    return swedishness(Counter({as_text(word, encoding): n for word, n in words.items()}))


def _points(word: str) -> Iterator[int]:
    """What each letter beyond a to z says of a word."""
    for place, sign in enumerate(word):
        if sign.isascii():
            continue
        before = word[place - 1 : place]
        after = word[place + 1 : place + 2]
        if sign == "\ufffd" or sign.isupper() and before.islower():
            yield _NEVER
        elif sign in _SWEDISH:
            yield 2 * (_is_latin(before) or _is_latin(after))
        elif sign.isalpha():
            yield -1 * (sign not in _KNOWN)
        elif sign in _IN_WORDS:
            yield 0
        else:
            inside = before.isalpha() and after.isalpha()
            yield _NEVER * (inside or not sign.isprintable())


def _is_latin(sign: str) -> bool:
    return sign in _SWEDISH or sign.isascii() and sign.isalpha()


def _utf_16(data: bytes) -> str:
    """The name of UTF-16 with a mark, or without one but with a zero for every other byte."""
    if data.startswith(_UTF_16):
        return "utf-16"
    start = data[:2000]
    half = len(start) // 2
    if half < 4 or len(data) % 2:
        return ""
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros.count(0) > 0.8 * half and start.count(0) < 1.1 * zeros.count(0):
            return name
    return ""


def _by_line(data: bytes) -> tuple[str, str]:
    lines = data.splitlines(keepends=True)
    texts: dict[int, str] = {}
    for number, line in enumerate(lines):
        try:
            texts[number] = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
    others = [line for number, line in enumerate(lines) if number not in texts]
    encoding = single_byte(b"".join(others))
    used = {"utf-8"} if any(not text.isascii() for text in texts.values()) else set()
    used.add(encoding)
    return "".join(
        texts[number] if number in texts else as_text(line, encoding)
        for number, line in enumerate(lines)
    ), ", ".join(sorted(used))
