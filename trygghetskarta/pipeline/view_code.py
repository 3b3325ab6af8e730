"""A view as a code short enough to type, which opens it again without any table to look in.

A code is the page, then every part of the choice that is not the default, packed bit by bit, and a
check of ten bits; five bits are one sign of Crockford's alphabet, which has no I, L, O and U.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from trygghetskarta.errors import AccessCause, AccessError
from trygghetskarta.pipeline.choice import (
    BANDWIDTHS,
    CELL_SIZES,
    FIRST_YEAR,
    RINGS,
    Choice,
    PeriodKind,
)
from trygghetskarta.terms import (
    OFFENCE_TYPES,
    AreaLevel,
    Beside,
    CellShape,
    Comparison,
    DateBasis,
    FindingFilter,
    HotspotLayer,
    MapPage,
    Measure,
    WalkFilter,
    WalkLayer,
)

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISTAKEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_PRIME, _FACTOR = 1021, 37
_CHECK = 2
"""Signs of the check: any one wrong sign and any two that changed places are found."""
_GROUP = 4
_LONGEST = 4_000
"""Signs that are read at all."""

_FIRST_DAY = date(FIRST_YEAR, 1, 1)
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_-"
_OTHER = len(_LETTERS)
"""Mark of a letter that is written as its number in Unicode."""

_KNOWN = (
    *("grov_brottslighet", "narkotika", "sexualbrott", "utsatt_omrade", "ska", "extremism"),
    *("civilsamhalle", "naringsliv"),
    *OFFENCE_TYPES,
)
"""Words that are written as their place here. Only ever add to the end: old codes must open."""


@dataclass(frozen=True)
class Coded:
    """What a code opens."""

    page: MapPage
    choice: Choice


def encode(page: MapPage, choice: Choice) -> str:
    """Write a view as a code.

    Parameters
    ----------
    page
        Where it is seen.
    choice
        What is chosen. The user's own group is never in it, as it is never in a link.

    Returns
    -------
    str
        Groups of four signs with hyphens between them.

    Examples
    --------
    >>> decode(encode(MapPage.MAP, Choice(theme="narkotika"))).choice.theme
    'narkotika'
    """
    default = Choice()
    bits = _number(list(MapPage).index(page), 3)
    for number, (name, (write, _)) in enumerate(_CODECS.items()):
        value = getattr(choice, name)
        if value != getattr(default, name):
            bits += _number(number, _FIELD) + write(value)
    bits += "1" * (-len(bits) % 5)
    signs = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    check = _check(signs)
    text = "".join(_ALPHABET[sign] for sign in (*signs, check >> 5, check & 31))
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def decode(text: str) -> Coded:
    """Read a code.

    Parameters
    ----------
    text
        As typed: small letters, spaces, and O, I and L for 0, 1 and 1 are understood.

    Raises
    ------
    AccessError
        If it is no code, or mistyped.
    """
    plain = text.upper().translate(_MISTAKEN).strip()
    values = [_ALPHABET.find(sign) for sign in plain[:_LONGEST]]
    signs, last = values[:-_CHECK], values[-_CHECK:]
    if not signs or -1 in values or _check(signs) != last[0] * 32 + last[1]:
        raise AccessError(AccessCause.WRONG_CODE, code=text[:40])
    try:
        return _read(_Bits("".join(_number(sign, 5) for sign in signs)))
    except (ValueError, IndexError, OverflowError) as error:
        raise AccessError(AccessCause.WRONG_CODE, code=text[:40]) from error


class _Bits:
    """Bits that are read from the front."""

    def __init__(self, bits: str) -> None:
        self.bits, self.at = bits, 0

    @property
    def left(self) -> int:
        return len(self.bits) - self.at

    def number(self, width: int) -> int:
        """The next number."""
        if width > self.left:
            raise IndexError(width)
        self.at += width
        return int(self.bits[self.at - width : self.at], 2)

    def peek(self, width: int) -> int:
        """The next number, which stays."""
        return int(self.bits[self.at : self.at + width] or "0", 2)


def _read(bits: _Bits) -> Coded:
    page = list(MapPage)[bits.number(3)]
    names, values = list(_CODECS), dict[str, Any]()
    # What is left after the last field is filled with ones, fewer than a sign has.
    while bits.left >= _FIELD and (number := bits.number(_FIELD)) < len(names):
        values[names[number]] = _CODECS[names[number]][1](bits)
    return Coded(page, replace(Choice(), **values))


def _check(signs: list[int]) -> int:
    """A polynomial modulo a prime: no power of its factor makes a difference of signs vanish."""
    found = len(signs)
    for sign in signs:
        found = (found * _FACTOR + sign) % _PRIME
    return found


def _number(value: int, width: int) -> str:
    if not 0 <= value < 2**width:
        raise OverflowError(value)
    return format(value, f"0{width}b")


_Codec = tuple[Callable[[object], str], Callable[[_Bits], object]]


def _one_of(values: tuple) -> _Codec:
    return (
        lambda value: _number(values.index(value), _PLACE),
        lambda bits: values[bits.number(_PLACE)],
    )


def _enum(kind: type[StrEnum]) -> _Codec:
    """A word of a closed list; new words are only added to its end."""
    return _one_of(tuple(kind))


def _flag() -> _Codec:
    return lambda _value: "", lambda _bits: True


def _whole() -> _Codec:
    """A number in groups of seven bits, each with a bit that says whether another follows."""

    def write(value: object) -> str:
        digits = [int(value) & 127]
        rest = int(value) >> 7
        while rest:
            digits.append(rest & 127)
            rest >>= 7
        return "".join(
            ("1" if at < len(digits) - 1 else "0") + _number(digit, 7)
            for at, digit in enumerate(digits)
        )

    def read(bits: _Bits) -> int:
        value, shift = 0, 0
        while True:
            more, digit = bits.number(1), bits.number(7)
            value |= digit << shift
            shift += 7
            if not more:
                return value

    return write, read


def _signed() -> _Codec:
    write, read = _whole()
    return (
        lambda value: ("1" if value < 0 else "0") + write(abs(value)),
        lambda bits: (-1 if bits.number(1) else 1) * read(bits),
    )


def _day() -> _Codec:
    write, read = _signed()
    return (
        lambda value: write((value - _FIRST_DAY).days),
        lambda bits: _FIRST_DAY + timedelta(days=read(bits)),
    )


def _word() -> _Codec:
    """A known word as its place, an area's code by its parts, anything else letter by letter."""

    def write(value: object) -> str:
        text = str(value)
        if text in _KNOWN:
            return "00" + _number(_KNOWN.index(text), 6)
        if _is_area(text):
            municipality, letter, number = text[:4], text[4], text[5:]
            return (
                "01"
                + _number(int(municipality), 14)
                + _number(ord(letter) - ord("A"), 5)
                + _number(len(number) - 1, 2)
                + _number(int(number), 14)
            )
        return "10" + _whole()[0](len(text)) + "".join(map(_letter, text))

    def read(bits: _Bits) -> str:
        match bits.number(2):
            case 0:
                return _KNOWN[bits.number(6)]
            case 1:
                municipality, letter = bits.number(14), chr(ord("A") + bits.number(5))
                width = bits.number(2) + 1
                return f"{municipality:04}{letter}{bits.number(14):0{width}}"
            case 2:
                return "".join(_read_letters(bits))
            case _:
                raise ValueError

    return write, read


def _is_area(text: str) -> bool:
    parts = text[:4], text[5:]
    return (
        text.isascii()
        and 6 <= len(text) <= 9
        and all(part.isdecimal() for part in parts)
        and "A" <= text[4] <= "Z"
    )


def _letter(letter: str) -> str:
    at = _LETTERS.find(letter)
    return _number(at, 6) if at >= 0 else _number(_OTHER, 6) + _number(ord(letter), 21)


def _read_letters(bits: _Bits) -> Iterator[str]:
    for _ in range(_whole()[1](bits)):
        at = bits.number(6)
        yield chr(bits.number(21)) if at == _OTHER else _LETTERS[at]


def _words() -> _Codec:
    """Words one after the other; an area next to another of its kind is its number alone."""
    write, read = _word()
    count, counted = _whole()

    def write_all(values: tuple[str, ...]) -> str:
        before = ("", *values)
        return count(len(values)) + "".join(
            "11" + _number(int(value[5:]), _NUMBER)
            if _is_sibling(previous, value)
            else write(value)
            for previous, value in zip(before, values, strict=False)
        )

    def read_all(bits: _Bits) -> tuple[str, ...]:
        found: list[str] = []
        for _ in range(counted(bits)):
            if found and bits.peek(2) == 3:
                bits.number(2)
                found.append(f"{found[-1][:5]}{bits.number(_NUMBER):03}")
            else:
                found.append(read(bits))
        return tuple(found)

    return write_all, read_all


def _is_sibling(previous: str, value: str) -> bool:
    both = _is_area(previous) and _is_area(value)
    return both and len(previous) == len(value) == 8 and previous[:5] == value[:5]


_NUMBER = 10
_FIELD = 5
_PLACE = 4
"""Bits of a place in a closed list, whatever its length is now: it may grow."""
_CODECS: dict[str, _Codec] = {
    "theme": _word(),
    "districts": _words(),
    "types": _words(),
    "period": _enum(PeriodKind),
    "start": _day(),
    "end": _day(),
    "comparison": _enum(Comparison),
    "compare_start": _day(),
    "compare_end": _day(),
    "measure": _enum(Measure),
    "level": _enum(AreaLevel),
    "basis": _enum(DateBasis),
    "plan_year": _signed(),
    "area": _word(),
    "layer": _enum(HotspotLayer),
    "shape": _enum(CellShape),
    "cell_size": _one_of(CELL_SIZES),
    "bandwidth": _one_of(BANDWIDTHS),
    "chance": _flag(),
    "spot": _word(),
    "beside": _enum(Beside),
    "other": _word(),
    "walk_type": _enum(WalkFilter),
    "walk_layer": _enum(WalkLayer),
    "finding_status": _enum(FindingFilter),
    "owner": _word(),
    "finding": _word(),
    "walk": _word(),
    "question": _word(),
    "survey_year": _signed(),
    "planned": _word(),
    "planned_status": _word(),
    "approach": _word(),
    "responsible": _word(),
    "ring": _one_of(RINGS),
}
"""How each part of a choice is packed. Their order is part of every code that was ever written."""

NOT_CODED = frozenset(field.name for field in fields(Choice)) - set(_CODECS)
"""Parts of a choice that no code holds."""
