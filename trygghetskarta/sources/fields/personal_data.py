"""Free text: what in it points out a person, so that the writer is warned before it is kept.

Personal identity numbers and *samordningsnummer* (a day raised by 60) are known by their date and
check digit (Skatteverket, SKV 704 and SKV 707), registration plates by Transportstyrelsen's
letters. A warning is a guess: the writer decides. Names in running text are not found.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from trygghetskarta.terms import PersonalDataKind

_IDENTITY = re.compile(
    r"(?<!\d)(?P<century>18|19|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"\s?[-+–‐‑−]?\s?(?P<number>\d{4})(?!\d)"
)
_PHONE = re.compile(
    r"(?<![\d+])(?<!\d[-–])(?:(?:\+|00)46[\s-]?(?:\(0\))?[\s-]?[1-9]|0(?=8|[1-79]\d))"
    r"\d{0,3}(?:[\s./–‑-]{0,3}\d){5,9}(?!\d)"
)
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*\.\w{2,}")
_LETTERS = "A-HJ-PR-UW-Z"  # I, Q, V and the letters after Z are not used
_PLATE = re.compile(
    rf"(?<!\w)(?:[{_LETTERS}]{{3}}[ -]?\d\d[{_LETTERS}\d]|"
    rf"(?i:[{_LETTERS}]{{3}}\d\d[{_LETTERS}\d]))(?!\w)"
)
_SURNAME = re.compile(
    r"(?<!\w)[A-ZÅÄÖÉ][a-zåäöéü]+(?:[ -][A-ZÅÄÖÉ][a-zåäöéü]+)?[ -]"
    r"(?:Berg|Dahl|Holm|Lind|Lund|Ström|"
    r"[A-ZÅÄÖÉ][a-zåäöéü]*(?:son|berg|ström|[kq]vist|gren|lund|dahl|holm|stedt|blad|feldt))(?!\w)"
)
_GROUPS = re.compile(
    r"(?i)\b(?:ab|hb|förvaltning\w*|\w+förvaltning\w*|bolag\w*|\w+bolag\w*|kommun\w*|grupp\w*|"
    r"enhet\w*|\w+enhet\w*|kontor\w*|\w+kontor\w*|förening\w*|\w+förening\w*|skola\w*|gatan?)\b"
)
_DIGITS_OF_PHONE = range(8, 14)


@dataclass(frozen=True)
class PersonalData:
    """A stretch of text that points out a person.

    Attributes
    ----------
    kind
        What it looks like.
    text
        The stretch itself.
    start, end
        Where it stands: ``whole[start:end] == text``.
    """

    kind: PersonalDataKind
    text: str
    start: int
    end: int


def screen(text: str | None) -> tuple[PersonalData, ...]:
    """Find personal data in free text, in reading order and without overlaps.

    Parameters
    ----------
    text
        What somebody has written; None and empty hold nothing.

    Examples
    --------
    >>> [found.text for found in screen("Ring Kim, 070-174 06 05, bilen har ABC 12D")]
    ['070-174 06 05', 'ABC 12D']
    """
    found: list[PersonalData] = []
    for kind, pattern, holds in _SEARCHES:
        for match in pattern.finditer(text or ""):
            apart = all(match.end() <= one.start or one.end <= match.start() for one in found)
            if apart and holds(match):
                found.append(PersonalData(kind, match.group(), *match.span()))
    return tuple(sorted(found, key=lambda one: one.start))


def screen_label(text: str | None) -> tuple[PersonalData, ...]:
    """As :func:`screen`, for the label of a group or an organisation, which must not be a name.

    A name is guessed by the ending of a Swedish surname; most foreign ones are not seen.

    Examples
    --------
    >>> [found.kind.value for found in screen_label("Anna Lundberg")]
    ['name']
    >>> screen_label("Grupp Lundberg")
    ()
    """
    found = screen(text)
    match = _SURNAME.search(text or "")
    if match is None or _GROUPS.search(text or ""):
        return found
    return (*found, PersonalData(PersonalDataKind.NAME, match.group(), *match.span()))


def is_impersonal(text: str) -> bool:
    """Whether nothing in a text points out a person, as far as :func:`screen_label` can see.

    Stricter than that: a name is one also beside the word of a group.

    Examples
    --------
    >>> is_impersonal("Ljus i parken"), is_impersonal("Kommunen och Anna Lundberg")
    (True, False)
    """
    words = text.replace("_", " ")
    return not screen(words) and _SURNAME.search(words) is None


_ORGANISATION = re.compile(
    r"(?i)(?:[^\W\d]*(?:förvaltning|kontor|enhet|bolag|nämnd|avdelning|verk|tjänst|förening|skola|"
    r"polis|kommun)[^\W\d]{0,4}|och|ab|hb)"
)


def is_organisation(text: str | None) -> bool:
    """Whether a label is nothing but the name of a kind of organisation, so that anyone may see it.

    Every word must be one: a person's name beside the organisation's is not let through.

    Examples
    --------
    >>> is_organisation("Gatukontoret"), is_organisation("Anna, gatukontoret")
    (True, False)
    """
    words = re.findall(r"[^\W_]+", text or "")
    return bool(words) and all(_ORGANISATION.fullmatch(word) for word in words)


def _is_identity_number(match: re.Match) -> bool:
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    digits = match["year"] + match["month"] + match["day"] + match["number"]
    return _is_day(match["century"], year, month, day) and _check_digit_fits(digits)


def _is_day(century: str | None, year: int, month: int, day: int) -> bool:
    """Whether it is a date of birth; a *samordningsnummer* may leave month and day unknown."""
    if day >= 60:
        return month <= 12 and day <= 91
    for hundreds in (int(century),) if century else (19, 20):
        try:
            date(100 * hundreds + year, month, day)
        except ValueError:
            continue
        return True
    return False


def _check_digit_fits(digits: str) -> bool:
    """Luhn's sum over ten digits, every other one doubled from the first."""
    doubled = (int(digit) * (2 - position % 2) for position, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _is_phone(match: re.Match) -> bool:
    return sum(letter.isdigit() for letter in match.group()) in _DIGITS_OF_PHONE


def _always(_match: re.Match) -> bool:
    return True


_SEARCHES: tuple[tuple[PersonalDataKind, re.Pattern, Callable[[re.Match], bool]], ...] = (
    (PersonalDataKind.EMAIL, _EMAIL, _always),
    (PersonalDataKind.IDENTITY_NUMBER, _IDENTITY, _is_identity_number),
    (PersonalDataKind.PHONE, _PHONE, _is_phone),
    (PersonalDataKind.PLATE, _PLATE, _always),
)
