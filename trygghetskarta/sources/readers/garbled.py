"""Text that was read in the wrong encoding before it was saved: ``StÃ¶ld``, ``Kronog†rden``."""

import re
from collections.abc import Sequence
from functools import lru_cache, partial

import pandas as pd

from trygghetskarta.errors import Fault, TableRule
from trygghetskarta.sources.readers.encodings import (
    SINGLE_BYTE,
    WORDS,
    as_text,
    is_written,
    swedishness,
)

_TAKEN_FOR = [(seen, true) for seen in SINGLE_BYTE for true in SINGLE_BYTE if seen != true]
"""How a text was read, and what it was."""
_SHOWN = 120
_MOST_LOOKED_AT = 5_000
_SECOND = (*range(0x80, 0x85), 0x88, 0x94, 0x95)
_LOST = re.compile("\ufffd|â€")


def _letters(seen: str) -> list[str]:
    """What each byte is read as; what Windows-1252 lacks, programs let through as it is."""
    return [as_text(bytes([byte]), seen) for byte in range(256)]


def _two_for_one(seen: str) -> str:
    """What letters and signs of Western languages become when their UTF-8 is read as ``seen``."""
    letters = _letters(seen)
    rest = "[" + "".join(map(re.escape, letters[0x80:0xC0])) + "]"
    # Punctuation, currency, and the frames and roots that old encodings have for Ã and Â.
    low = "[" + "".join(re.escape(letters[byte]) for byte in _SECOND) + "]"
    lead = "[" + "".join(map(re.escape, letters[0xC2:0xC4])) + "]"
    return f"{lead}{rest}|{re.escape(letters[0xE2])}{low}{rest}"


_SEEN_AS = (*SINGLE_BYTE, "latin-1")
_TWICE = {seen: re.compile(_two_for_one(seen)) for seen in _SEEN_AS}
_BYTES = {seen: {letter: byte for byte, letter in enumerate(_letters(seen))} for seen in _SEEN_AS}
_LETTER = "À-ÖØ-öø-ſ"
_SUSPECT = "|".join(
    (
        *(pattern.pattern for pattern in _TWICE.values()),
        "[a-zà-öø-ÿ][À-ÖØ-ÞŒŠŽŸ]",
        f"[A-Za-z{_LETTER}][^\\x00-\\x7f{_LETTER}’‘´·–\u00ad\u00a0][A-Za-z{_LETTER}]",
        "[\x80-\x9f\ufffd]",
    )
)
"""What every text has that is looked into: two signs for one, or a word that nobody writes."""
_SUSPICIOUS = re.compile(_SUSPECT)
_FOREIGN = "[^\\x00-\\x7f]"


def repaired(frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, object], tuple[Fault, ...]]:
    """Read again what was read in the wrong encoding.

    What was UTF-8 is turned back in any cell: nobody writes two signs that make one letter. What
    was another encoding is turned back where a column has words that nobody writes, and every word
    of the column with letters beyond a to z is Swedish when it is turned.

    Parameters
    ----------
    frame
        Cells as text or missing; names of columns are looked at too.

    Returns
    -------
    frame
        The same rows.
    notes
        ``garbled_columns``: names of the columns where something was turned back.
    faults
        ``GARBLED_TEXT`` for each row with letters that are lost, or that cannot be told for sure.
    """
    names = [_name(str(name)) for name in frame.columns]
    if len(set(names)) == len(names) and names != list(frame.columns):
        turned = [new for new, old in zip(names, frame.columns, strict=True) if new != old]
        frame = frame.set_axis(names, axis="columns")
    else:
        turned = []
    faults: list[Fault] = []
    changed: dict[str, pd.Series] = {}
    for name, column in frame.items():
        foreign = column[column.str.contains(_FOREIGN, regex=True, na=False)].unique()
        texts = [text for text in foreign if _SUSPICIOUS.search(text)]
        if not texts:
            continue
        right = _from_utf_8(texts) or _from_one_byte(texts, column)
        if right:
            turned.append(str(name))
            changed[str(name)] = column.map(right).fillna(column)
        lost = {one for one in texts if _is_lost(right.get(one, one))}
        for row in column.index[column.isin(lost)] if lost else ():
            value = str(column.at[row])[:_SHOWN]
            faults.append(Fault(TableRule.GARBLED_TEXT, str(name), int(row), value))
    if changed:
        frame = frame.assign(**{name: one.astype("str") for name, one in changed.items()})
    notes: dict[str, object] = {"garbled_columns": list(dict.fromkeys(turned))} if turned else {}
    return frame, notes, tuple(faults)


def _name(name: str) -> str:
    return _from_utf_8([name]).get(name, name)


def _from_utf_8(texts: Sequence[str]) -> dict[str, str]:
    """Texts without what was UTF-8 and was read as one byte a letter; only those that had some."""
    right = {}
    for text in texts:
        new, before = text, ""
        while new != before:  # what was read wrongly twice is turned back twice
            before = new
            for seen, pattern in _TWICE.items():
                new = pattern.sub(partial(_found, seen), new)
        if new != text:
            right[text] = new
    return right


def _found(seen: str, letters: re.Match[str]) -> str:
    return _decoded(letters[0], seen)


@lru_cache(maxsize=1024)
def _decoded(letters: str, seen: str) -> str:
    return bytes(_BYTES[seen][letter] for letter in letters).decode("utf-8")


def _from_one_byte(texts: Sequence[str], column: pd.Series) -> dict[str, str]:
    """What the texts of a column are that was read in another encoding of one byte a letter."""
    if all(map(_is_written, texts[:_MOST_LOOKED_AT])):
        return {}
    whole = [one for one in column.dropna().unique() if not one.isascii()]
    looked_at = [*texts[:_MOST_LOOKED_AT], *whole[:_MOST_LOOKED_AT]]
    for seen, true in _TAKEN_FOR:
        turned = [_turned(text, seen, true) for text in looked_at]
        if _points(looked_at) < 0 < _points(turned) and all(map(_is_written, turned)):
            return {text: _turned(text, seen, true) for text in whole}
    return {}


def _turned(text: str, seen: str, true: str) -> str:
    """What a text is when the bytes it was read from are read as ``true``; a lost sign when it was
    read otherwise."""
    try:
        return as_text(text.encode(seen), true)
    except UnicodeEncodeError:
        return "\ufffd"


def _is_lost(text: str) -> bool:
    """Whether letters cannot be told: lost for good, or words that would be Swedish otherwise."""
    if not _SUSPICIOUS.search(text):
        return False
    return bool(_LOST.search(text)) or any(map(_is_doubtful, WORDS.findall(text)))


@lru_cache(maxsize=65_536)
def _is_doubtful(word: str) -> bool:
    turned = (_turned(word, seen, true) for seen, true in _TAKEN_FOR)
    return not is_written(word) and any(is_written(new) and _points([new]) > 0 for new in turned)


def _is_written(text: str) -> bool:
    return not _SUSPICIOUS.search(text) or all(map(is_written, WORDS.findall(text)))


def _points(texts: Sequence[str]) -> int:
    return swedishness([word for text in texts for word in WORDS.findall(text)])
