"""Free text: what in it points out a person, so that the writer is warned before it is kept.

Personal identity numbers and *samordningsnummer* (a day raised by 60) are known by their date and
check digit (Skatteverket, SKV 704 and SKV 707), registration plates by Transportstyrelsen's
letters. A warning is a guess: the writer decides. Names in running text are not found.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from trygghetskarta.sources.fields import person_names
from trygghetskarta.terms.imports import PersonalDataKind

_IDENTITY = re.compile(
    r"(?<!\d)(?P<century>18|19|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"\s?[-+–‐‑−]?\s?(?P<number>\d{4})(?!\d)"
)
_PHONE = re.compile(
    r"(?<![\d+])(?<!\d[-–])(?:(?:\+|00)46[\s-]?(?:\(0\))?[\s-]?[1-9]|0(?=8|[1-79]\d))"
    r"\d{0,3}(?:[\s./–‑-]{0,3}\d){5,9}(?!\d)"
)
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}+@[\w-]+(?:\.[\w-]+)*\.\w{2,}")
_LETTERS = "A-HJ-PR-UW-Z"  # I, Q, V and the letters after Z are not used
_PLATE = re.compile(
    rf"(?<!\w)(?:[{_LETTERS}]{{3}}[ -]?\d\d[{_LETTERS}\d]|"
    rf"(?i:[{_LETTERS}]{{3}}\d\d[{_LETTERS}\d]))(?!\w)"
)
_SHORT = "Berg|Dahl|Holm|Lind|Lund|Ström"
_SURNAME = re.compile(
    r"(?<!\w)[A-ZÅÄÖÉ][a-zåäöéü]+(?:[ -][A-ZÅÄÖÉ][a-zåäöéü]+)?[ -]"
    rf"(?:{_SHORT}|"
    r"[A-ZÅÄÖÉ][a-zåäöéü]*(?:son|berg|ström|[kq]vist|gren|lund|dahl|holm|stedt|blad|feldt))s?(?!\w)"
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
    written = text or ""
    return _apart(
        (kind, match)
        for kind, pattern, holds in _SEARCHES
        for match in pattern.finditer(written)
        if holds(match)
    )


def _apart(
    told: Iterable[tuple[PersonalDataKind, re.Match]], found: Sequence[PersonalData] = ()
) -> tuple[PersonalData, ...]:
    """Put what was found in reading order; what overlaps something told earlier is left out."""
    kept = sorted(found, key=_start)
    for kind, match in told:
        place = bisect_left(kept, match.start(), key=_start)
        before, after = kept[max(place - 1, 0) : place], kept[place : place + 1]
        if all(one.end <= match.start() for one in before) and all(
            match.end() <= one.start for one in after
        ):
            kept.insert(place, PersonalData(kind, match.group(), *match.span()))
    return tuple(kept)


def _start(one: PersonalData) -> int:
    return one.start


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


def screen_public(text: str | None) -> tuple[PersonalData, ...]:
    """As :func:`screen`, for running text that anyone may read: names are guessed too.

    A name is a known given name that no place is called by, or the shape of a Swedish surname after
    a word with a capital.

    Examples
    --------
    >>> [found.text for found in screen_public("Vi tackar Eva Lundberg vid Karl Johans torg.")]
    ['Eva Lundberg']
    """
    written = text or ""
    names = (*_SURNAME.finditer(written), *_given_names(written))
    return _apart(((PersonalDataKind.NAME, match) for match in names), screen(text))


def is_impersonal(text: str, places: frozenset[str] = frozenset()) -> bool:
    """Whether nothing in a text points out a person, as far as it can be seen.

    For what is to be public, and so stricter than :func:`screen_label`: a name is one also beside
    the word of a group, in small letters and in other signs of the same meaning, and so is a known
    given name by itself, unless a street or a place is called by it. Many digits in a row are a
    person's number, however they are parted, unless they are years, days and hours, sums, a
    postcode, or numbers that everybody may call (``PUBLIC_NUMBERS``). A word of letters from
    several alphabets hides something.

    Parameters
    ----------
    text
        What somebody has written.
    places
        Names of places in the municipality: no surname is seen in them. One that is a common
        name too is not let through.

    Examples
    --------
    >>> is_impersonal("Ljus i parken 2024–2025"), is_impersonal("Kommunen och anna lundberg")
    (True, False)
    >>> is_impersonal("Ring 070, 174, 06, 05"), is_impersonal("Ring 114 14, 112, 1177")
    (False, True)
    >>> is_impersonal("Möte Pettersberg", frozenset({"Pettersberg"})), is_impersonal("Eva K")
    (True, False)
    """
    plain = _plain(text)
    words = _without_places(plain, places)
    return not (
        screen(plain)
        or _BORN.search(plain)
        or any(map(_mixes_alphabets, _WORD.finditer(plain)))
        or _SURNAME.search(words)
        or _NAME_PARTS.search(words)
        or _SURNAME_ALONE.search(words.casefold())
        or _given_names(words)
        or any(map(_is_number, _DIGITS.finditer(plain)))
    )


def _plain(text: str) -> str:
    """A text with one sign for each meaning: no underscores, no invisible signs, single spaces.

    Words written together by a capital (``EvaLundberg``) are parted.
    """
    composed = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in composed if unicodedata.category(sign) != "Cf")
    parted = re.sub(r"(?<=[a-zåäöéü])(?=[A-ZÅÄÖÉ])", " ", seen.replace("_", " "))
    return " ".join(parted.split())


_NAME_PARTS = re.compile(
    rf"(?<!\w)(?:[A-ZÅÄÖÉ]\. ?(?:{_SHORT})s?|(?:{_SHORT}), ?[A-ZÅÄÖÉ][a-zåäöéü]+)(?!\w)"
)
_SURNAME_ALONE = re.compile(rf"(?<![^\W\d])(?:{person_names.SURNAME})s?(?![^\W\d])")
_WORD = re.compile(r"[^\W\d]+")
_PLACE = re.compile(
    r"\w*(?:gata|väg|torg|plats|plan|park|backe|gränd|allé|stig|gymnasi|kyrka|bro(?!tt|r|ms))\w{0,4}"
)


def _given_names(words: str) -> list[re.Match]:
    """Where a known given name stands, and no place is called by it."""
    names, is_place = [], False
    for match in reversed([*_WORD.finditer(words)]):
        word = match.group().casefold()
        # No genitive is added to a name that ends with s: a klass is no Klas.
        if person_names.GIVEN.isdisjoint((word, re.sub(r"(?<!s)s$", "", word))):
            is_place = _PLACE.fullmatch(word) is not None
        elif not is_place:
            names.append(match)
    return names[::-1]


_STREETS = (
    "gatan?|väg(?:en)?|torget|torg|plats(?:en)?|park(?:en)?|bron?|backen?|gränd(?:en)?|"
    "stig(?:en)?|allén?"
)
_HOUSES = "skolan?|gymnasi(?:et|um)|kyrkan?|konditori(?:et)?|hall(?:en)?"
_NUMBERED = r"\W{0,3}(?:(?:nr|nummer)\W{0,3})?(?!\d{3} ?\d\d(?!\d))\d"
_NAMED_PLACE = re.compile(
    r"(?i)(?<![^\W\d])(?:(?P<before>[^\W\d]+)[ -])?(?P<called>[^\W\d]+s) "
    rf"(?:(?:{_STREETS})(?!\w)(?!{_NUMBERED})|(?:{_HOUSES})(?!\w))"
)
_SAINTS = frozenset(("sankt", "sankta", "t", "ta"))  # of S:t and S:ta the last letters are seen
_UNSEEN = "namn"


def _without_places(words: str, places: frozenset[str]) -> str:
    """The words without names of places, each a word that is none.

    A place is one of ``places``, or somebody's name in the genitive before a kind of place (*Sven
    Eriksons gata*). A street with a number is somebody's home unless the municipality knows it, and
    a given name alone makes no place of a school: *Lisas skola* is where Lisa goes.
    """
    if places:
        words = _pattern_of(places).sub(_UNSEEN, words)
    return _NAMED_PLACE.sub(_without_place, words)


@cache
def _pattern_of(places: frozenset[str]) -> re.Pattern:
    known = [place for place in places if place.strip() and not _is_common_name(place)]
    # One sign of a doubled letter is often left out: Petersberg is Pettersberg.
    spelt = (re.sub(r"(\w)\1", r"\1\1?", re.escape(place)) for place in known)
    longest_first = "|".join(sorted(spelt, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?i)(?<!\w)(?:{longest_first})s?(?!\w)")


def _without_place(match: re.Match) -> str:
    before, called = (match["before"] or "").casefold(), match["called"].casefold()
    is_whole = before in person_names.GIVEN or before in _SAINTS
    if not is_whole and not person_names.GIVEN.isdisjoint((called, called[:-1])):
        return match.group()
    return _UNSEEN if is_whole or not before else f"{match['before']} {_UNSEEN}"


def _is_common_name(place: str) -> bool:
    word = place.casefold()
    return word in person_names.GIVEN or _SURNAME_ALONE.fullmatch(word) is not None


_SCRIPT_OF_UNITS = "μΩ"


def _mixes_alphabets(word: re.Match) -> bool:
    """Whether letters that only look Latin stand among those that are; units (μm) do not count."""
    letters = (sign for sign in word.group() if sign not in _SCRIPT_OF_UNITS)
    alphabets = {
        unicodedata.name(sign, "").startswith("LATIN ")
        for sign in letters
        if unicodedata.category(sign) in ("Lu", "Ll", "Lo")
    }
    return len(alphabets) > 1


_DASH = "[-+–‐‑−]"
_BORN = re.compile(
    r"(?<!\d)(?:(?:19|20)?\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-9]\d)"
    rf"(?:\s?{_DASH}\s?\d{{4}}|\s?{_DASH}?\s?[A-Z][A-Z\d]{{2}}\d|{_DASH}?[a-z][a-z\d]{{2}}\d)|"
    rf"(?:19|20)\d\d[-./ ](?:0[1-9]|1[0-2])[-./ ](?:[0-2]\d|3[01]){_DASH}(?!19|20)\d{{4}})"
    r"(?!\w|[-./]\d)"
)
"""A day of birth and four signs after it: letters among them when the number is a reserve, and
whatever the check digit, for one that is miswritten points out somebody too."""

_DAY = r"(?:19|20)\d\d(?:[-./]?(?:0?[1-9]|1[0-2])(?:[-./]?(?:[0-2]?\d|3[01]))?)?"
_MOMENT = rf"(?<!\d)(?:{_DAY}|[0-2]\d[.:][0-5]\d)(?!\d)"
PUBLIC_NUMBERS = ("112", "113 13", "114 14", "1177")
"""Numbers that everybody may call: danger, information, the police, health care."""

_PUBLIC_NUMBER = "|".join(PUBLIC_NUMBERS).replace(" ", " ?")
_PUBLIC_NUMBERS = re.compile(rf"(?:{_PUBLIC_NUMBER})(?:[^\w]{{1,3}}(?:{_PUBLIC_NUMBER}))*")
_DIGITS = re.compile(r"\d(?:[^\w]{0,3}\d)*")
_MOMENTS_FIRST = re.compile(rf"^(?:{_MOMENT}[^\w]{{1,3}})*(?:{_MOMENT}$)?")
_MOMENTS_LAST = re.compile(rf"(?:[^\w]{{1,3}}{_MOMENT})*$")

_HOUR = r"(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?"
_HOURS = rf"(?<!\d){_HOUR} ?[-–] ?{_HOUR}(?!\d)"
_DAY_OF_MONTH = r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?:[-/ ]20\d\d)?(?!\d)"
_WHEN = rf"(?:{_DAY_OF_MONTH}|{_HOURS}|{_MOMENT})"
_ROOM = r"[1-9]\d{0,3}"
_POSTCODE = r"[1-9]\d\d ?\d\d"
_ROOM_AND_WHEN = re.compile(
    rf"(?:{_ROOM}, ?)?{_DAY_OF_MONTH}(?:[^\w]{{1,3}}{_WHEN})*|"
    rf"{_HOURS}[^\w]{{1,3}}{_DAY_OF_MONTH}"
)
_ROOM_AND_POSTCODE = re.compile(rf"{_ROOM}, ?{_POSTCODE}")
_TOWN = re.compile(r" [A-ZÅÄÖ][a-zåäö]{2}")
_ROUND_SUM = re.compile(r"[1-9]\d{1,2}(?P<by>[ .])\d00(?P=by)000")
_EXACT_SUM = re.compile(r"[1-9]\d{1,2}([ .])\d{3}\1\d{3}")
_CURRENCY = re.compile(r"(?i) ?(?:kr|kronor|sek)(?!\w)")


def _is_number(stretch: re.Match) -> bool:
    """Whether digits are so many that they are a person's, with no letter between them.

    Moments at either end do not count, unless the whole begins as a telephone number does.
    """
    left = whole = stretch.group()
    after = stretch.string[stretch.end() :]
    if _PUBLIC_NUMBERS.fullmatch(whole) or _ROOM_AND_WHEN.fullmatch(whole):
        return False
    if _ROOM_AND_POSTCODE.fullmatch(whole) and _TOWN.match(after):
        return False
    if not re.match(r"0\D{0,3}[1-9]|4\D{0,3}6", whole):
        left = _MOMENTS_LAST.sub("", _MOMENTS_FIRST.sub("", whole))
    if _ROUND_SUM.fullmatch(left) or (_EXACT_SUM.fullmatch(left) and _CURRENCY.match(after)):
        return False
    return sum(sign.isdigit() for sign in left) >= _DIGITS_OF_PHONE.start


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
