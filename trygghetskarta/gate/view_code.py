"""A view as a code short enough to type, which opens it again without any table to look in.

A code is the page, then every part of the choice that is not the default, packed bit by bit, and a
check of ten bits; five bits are one sign of Crockford's alphabet, which has no I, L, O and U.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trygghetskarta.errors import AccessCause, AccessError
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.links import PARTS, Part
from trygghetskarta.gate.periods import FIRST_YEAR
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.terms.offences import OFFENCE_TYPES

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
    bits = _place(list(MapPage).index(page), _PAGE)
    for number, (part, (write, _)) in enumerate(_CODECS):
        value = getattr(choice, part.name)
        if value != part.default:
            bits += _field(number) + write(value)
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
    page = list(MapPage)[_read_place(bits, _PAGE)]
    values: dict[str, Any] = {}
    # What is left after the last field is filled with ones, fewer than a sign has.
    while bits.left >= _FIELD:
        part, (_, read) = _CODECS[_read_field(bits)]
        values[part.name] = read(bits)
    return Coded(page, Choice(**values))


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


def _place(at: int, width: int) -> str:
    """A place in a list that may grow: the last that the width can tell means that more follow."""
    last = 2**width - 1
    return _number(at, width) if at < last else "1" * width + _whole()[0](at - last)


def _read_place(bits: "_Bits", width: int) -> int:
    at = bits.number(width)
    return at if at < 2**width - 1 else at + _whole()[1](bits)


def _field(number: int) -> str:
    """The number of a field.

    Five bits hold 32 of them, and the last, a word, never begins with two ones: what does is a
    field after it.
    """
    if number < _FIRST_LONG:
        return _number(number, _FIELD)
    return _number(_FIRST_LONG - 1, _FIELD) + _MORE + _whole()[0](number - _FIRST_LONG)


def _read_field(bits: "_Bits") -> int:
    number = bits.number(_FIELD)
    if number == _FIRST_LONG - 1 and bits.peek(len(_MORE)) == int(_MORE, 2):
        bits.number(len(_MORE))
        return _FIRST_LONG + _whole()[1](bits)
    return number


_Codec = tuple[Callable[[object], str], Callable[[_Bits], object]]


def _codec(part: Part) -> _Codec:
    """How a field is packed, by its kind; new values of a closed list are only added to its end."""
    if part.kind is str:
        return _word()
    if part.kind is tuple:
        return _words()
    if part.kind is date:
        return _day()
    if part.kind is bool:
        return lambda _value: "", lambda _bits: not part.default
    if part.kind is int:
        return _one_of(part.allowed) if part.allowed else _signed()
    return _one_of(tuple(part.kind))


def _one_of(values: tuple) -> _Codec:
    return (
        lambda value: _place(values.index(value), _PLACE),
        lambda bits: values[_read_place(bits, _PLACE)],
    )


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
            return "00" + _place(_KNOWN.index(text), _WORD)
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
                return _KNOWN[_read_place(bits, _WORD)]
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
_PAGE, _WORD, _PLACE = 3, 6, 4
"""Bits of a place in a list as long as it is now; longer ones cost more, see :func:`_place`."""
_FIELD, _MORE = 5, "11"
_FIRST_LONG = 2**_FIELD
_CODECS = tuple((part, _codec(part)) for part in PARTS)
