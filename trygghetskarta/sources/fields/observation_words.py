"""The words people use for what they see on a walk, and for how serious it is."""

import re
from collections.abc import Mapping
from functools import cache

from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.walks import AuditFactor, FindingStatus, ObservationCategory, WalkType

_CATEGORIES = {
    ObservationCategory.LIGHTING: "belysning ljus lampa lykta gatubelysning lighting light lamp",
    ObservationCategory.SIGHT: "insynochsikt insyn sikt skymdsikt insynsikt sight visibility",
    ObservationCategory.VEGETATION: "vaxtlighet vegetation buskar buskage gronska hack trad",
    ObservationCategory.LITTER: "nedskrapning skrap sopor klad litter",
    ObservationCategory.GRAFFITI: (
        "klotterochskadegorelse klotter skadegorelse klotterskadegorelse vandalisering graffiti "
        "vandalism"
    ),
    ObservationCategory.DISORDER: "ordningsstorning ordning storning brak stok disorder",
    ObservationCategory.NEEDLES: "nalar nal spruta sprutor kanyl kanyler needles needle",
    ObservationCategory.TRAFFIC: "trafik trafikfara fart fortkorning traffic",
    ObservationCategory.ABANDONED: "overgivenplats overgiven odeplats odslig abandoned",
    ObservationCategory.SAFE: "tryggplats trygg tryggtstalle bra safeplace safe",
}
_EXACT = {word: category for category, words in _CATEGORIES.items() for word in words.split()}
_EXACT |= {fold(category): category for category in ObservationCategory}

_IN_TEXT = (
    (ObservationCategory.NEEDLES, r"\bnål|sprut[ao]|kanyl"),
    (ObservationCategory.GRAFFITI, r"klott|skadegör|krossa[dt]|sönderslag|vandal"),
    (ObservationCategory.LITTER, r"skräp|\bsopor|glassplitter|papperskorg|dumpa[dt]"),
    (ObservationCategory.VEGETATION, r"busk|\bhäck|växtlig|\bgrenar|\bsly\b"),
    (ObservationCategory.LIGHTING, r"lykt|lamp|belysning|\bmörk|släck|\bljus(et)? (saknas|trasig)"),
    (ObservationCategory.SIGHT, r"\bsikt|insyn|skym"),
    (ObservationCategory.TRAFFIC, r"trafik|\bmoped|fortkör|\bbilar kör"),
    (ObservationCategory.DISORDER, r"bråk|ordningsstör|\bstök|skrik"),
    (ObservationCategory.ABANDONED, r"övergiv|\bödslig|igenbomm"),
    (ObservationCategory.SAFE, r"\btrygg"),
)
"""Tried in this order on free text, as a waypoint's name is."""

_NO = re.compile(r"\b(?:ingen|inga|inget|ingenting|inte|ej|icke|utan|aldrig)\b")
_FINE = re.compile(
    r"\b(?:fungerar|funkar|lyser|ok|okej|bra|fint|borta|åtgärda[dt]|sanera[dt]|laga[dt]|städa[dt])\b"
)
_FLAWS = re.compile(r"trasi|släck|mörk|skym|insyn")
_LACKING = (ObservationCategory.LIGHTING, ObservationCategory.SIGHT)
"""Of these nothing is what there is to see: *ingen belysning*."""

_NOTHING = frozenset(
    (
        *("ingetattrapportera", "inget", "ingenting", "ingetattanmarka", "intetattanmarka"),
        *("inganobservationer", "ingaobservationer", "utananmarkning", "ua", "lugnt", "nothing"),
    )
)
_ANSWERS: Mapping[str, Mapping[int | str, str]] = {
    "seriousness": {
        1: "liten litet lindrig lag lagt",
        2: "mattlig mattligt medel mellan",
        3: "stor stort allvarlig allvarligt hog hogt",
        4: "akut mycketallvarlig mycketallvarligt mycketstor",
    }
}
"""What people answer beside what the answers are called here."""
_STATUSES = {
    **{fold(status): status for status in FindingStatus},
    **dict.fromkeys(("nytt", "oppen", "new", "inkommen"), FindingStatus.NEW),
    **dict.fromkeys(("fordelad", "tilldelat", "assigned"), FindingStatus.ASSIGNED),
    **dict.fromkeys(("pagaende", "pagar", "ongoing"), FindingStatus.ONGOING),
    **dict.fromkeys(("atgardat", "klar", "klart", "fixad", "done"), FindingStatus.DONE),
    **dict.fromkeys(("avslutad", "avslutat", "avslagen", "closed"), FindingStatus.CLOSED),
    **dict.fromkeys(("ateroppnat", "reopened"), FindingStatus.REOPENED),
}
_WALK_TYPES = {
    **{fold(kind): kind for kind in WalkType},
    **dict.fromkeys(
        ("narvaropass", "narvaro", "pass", "trygghetsvandring", "vandring", "nattvandring"),
        WalkType.PRESENCE,
    ),
    **dict.fromkeys(("trygghetsrond", "rond", "trygghetsinventering"), WalkType.AUDIT),
}

FACTOR_ROLES = {f"factor_{factor.value}": factor for factor in AuditFactor}
"""Roles of the columns that grade a place on a *rond*, and the factor each grades."""


def category_of(text: str) -> ObservationCategory | None:
    """Give the category that a cell names; None when it names none.

    Examples
    --------
    >>> category_of("Klotter och skadegörelse").name, category_of("övrigt")
    ('GRAFFITI', None)
    """
    return _EXACT.get(fold(text))


def category_in(text: str) -> ObservationCategory | None:
    """Give the category that free text is about; None when no word of it tells, or it denies it.

    Examples
    --------
    >>> category_in("Två lyktor släckta längs gångvägen").name
    'LIGHTING'
    >>> category_in("Ingen skadegörelse"), category_in("Belysningen fungerar bra här")
    (None, None)
    """
    exact = category_of(text)
    found = exact or next(iter(_told(text)), None)
    return None if exact is None and found is not None and _denies(text, found) else found


def category_named(text: str) -> ObservationCategory | None:
    """As :func:`category_in`, of a cell that names the category: None when it names several."""
    return None if category_of(text) is None and len(_told(text)) > 1 else category_in(text)


def denies(text: str) -> bool:
    """Whether free text names a category and says that there is nothing of it, or no longer."""
    return category_in(text) is None and bool(_told(text))


def _told(text: str) -> list[ObservationCategory]:
    lower = text.casefold()
    return [category for category, pattern in _IN_TEXT if re.search(pattern, lower)]


def _denies(text: str, category: ObservationCategory) -> bool:
    """Whether text says that there is nothing to see of a category, or no longer."""
    lower = text.casefold()
    says_no = _NO.search(lower) is not None
    if category is not ObservationCategory.SAFE and _FINE.search(lower):
        return not says_no
    if category in _LACKING:
        return says_no and _FLAWS.search(lower) is not None
    return says_no


def says_nothing(text: str) -> bool:
    """Whether a cell says that there was nothing to report."""
    return fold(text) in _NOTHING


def answer_of(name: str, text: str) -> int | str | None:
    """Give the option of a field that a cell names; None when it names none.

    Examples
    --------
    >>> [answer_of("seriousness", told) for told in ("3", "akut", "2 – bör åtgärdas", "5")]
    [3, 4, 2, None]
    """
    return _answers(name).get(fold(text))


@cache
def _answers(name: str) -> Mapping[str, int | str]:
    """Options by what is written for them: the value, its name, and what people call it."""
    known: dict[str, int | str] = {}
    for value, label in FIELDS[name].words.options.items():
        bare = re.sub(r"^\d+ – ", "", label)
        own = _ANSWERS.get(name, {}).get(value, "").split()
        known |= dict.fromkeys((*map(fold, (str(value), label, bare)), *own), value)
    return known


def status_of(text: str) -> FindingStatus | None:
    """Give the status that a cell names; None when it names none, or asks."""
    return None if "?" in text else _STATUSES.get(fold(text))


def walk_type_of(text: str) -> WalkType | None:
    """Give the type of walk that a cell names; None when it names none."""
    return _WALK_TYPES.get(fold(text))
