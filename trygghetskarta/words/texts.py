"""Words of the whole house: names of kinds, Streamlit's own words, what several subjects say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from trygghetskarta import formats
from trygghetskarta.analysis.facts import Days, Facts
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory, WalkType
from trygghetskarta.words.finding_field_words import FINDING_FIELDS

APP = "Trygghetskarta"
INTERNAL_MARK = "INTERN"
EXAMPLE_MARK = "PÅHITTADE EXEMPELDATA"
EXAMPLE_SENTENCE = (
    "Händelserna är påhittade för att visa hur verktyget fungerar. Bara årssummorna för kommunen "
    "är verkliga (Brå). Märkningen försvinner när riktiga händelser läses in."
)
PAGE_MAP = "Karta"
PAGE_HOTSPOTS = "Hotspots"
PAGE_WHEN = "När händer det"
PAGE_DATA = "Data"
PAGE_ABOUT = "Om uppgifterna"
SECTION_WALKS = "Vandringar"
SECTION_DATA = "Uppgifter"
STREAMLIT_WORDS = {
    "Drag and drop file here": "Dra en fil hit",
    "Drag and drop files here": "Dra filer hit",
    "Browse files": "Bläddra",
    "Upload": "Välj fil",
    "Add files": "Lägg till filer",
    "file upload": "Välj fil",
    "Skip to main content": "Hoppa till innehållet",
    "Expand sidebar": "Öppna sidopanelen",
    "Collapse sidebar": "Stäng sidopanelen",
    "No results": "Inga träffar",
    "No options to select.": "Inget att välja",
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "Select all": "Välj alla",
    "Clear all": "Rensa allt",
    "Clear value": "Rensa",
    "Selected values": "Valt",
    "Remove": "Ta bort",
    "Remove file": "Ta bort filen",
    "Running...": "Räknar …",
    "Stop": "Stopp",
    "Close": "Stäng",
    "Open": "Öppna",
    "open": "öppna",
    "Search": "Sök",
    "Fullscreen": "Helskärm",
    "Close fullscreen": "Stäng helskärm",
    "Show/hide columns": "Visa eller dölj kolumner",
    "Sort ascending": "Sortera stigande",
    "Sort descending": "Sortera fallande",
    "Autosize": "Anpassa bredd",
    "Pin column": "Lås kolumn",
    "Unpin column": "Lås upp kolumn",
    "Hide column": "Dölj kolumn",
    "Format": "Format",
    "empty": "tomt",
    "Main menu": "Meny",
    "Open sidebar": "Öppna urvalet",
    "Close sidebar": "Stäng urvalet",
    "Save as SVG": "Spara som SVG",
    "Save as PNG": "Spara som PNG",
    "Show data": "Visa data",
    "Show chart": "Visa diagram",
    "View fullscreen": "Visa i helskärm",
    "Exit fullscreen": "Lämna helskärm",
    "Press Enter to apply": "Tryck Enter för att använda",
    "Press Enter to submit form": "Tryck Enter för att skicka",
    "Show password": "Visa det som är skrivet",
    "Hide password": "Dölj det som är skrivet",
    "Failed to generate file for download": (
        "Filen kunde inte skapas. Läs om sidan; händer det igen, kontakta den som sköter "
        "installationen."
    ),
    "Download failed": "Filen kunde inte hämtas. Försök igen.",
    # What Streamlit says of an error that our own sentence could not reach.
    "This app has encountered an error. The original error message is redacted to prevent data "
    "leaks. Full error details have been recorded in the logs (if you're on Streamlit Cloud, click "
    "on 'Manage app' in the lower right of your app).": (
        "Något oväntat hände. Läs om sidan; händer det igen, kontakta den som sköter "
        "installationen."
    ),
}
STREAMLIT_PATTERNS = [
    ["^Limit (\\d+)\\s?([KMG]B) per file", "Högst $1 $2 per fil"],
    ["^(\\d+)\\s?([KMG]B) per file", "Högst $1 $2 per fil"],
    ["^Selected (.*)\\. (.*)$", "Valt: $1. $2"],
    ["^Help for (.*)$", "Hjälp om $1"],
    ["^Add: (.*)$", "Ny: $1"],
    ["^Remove (.*)$", "Ta bort $1"],
    ["^Select (\\d+) matches$", "Välj $1 träffar"],
]
LOADING_MAP = "Läser händelser och räknar …"
AREA_LEVELS = {
    AreaLevel.MUNICIPALITY: "Kommun",
    AreaLevel.DISTRICT: "Stadsdel",
    AreaLevel.REGSO: "RegSO",
    AreaLevel.DESO: "DeSO",
    AreaLevel.CELL: "Ruta",
}
YES_NO = {True: "ja", False: "nej"}
AREA_LEVELS_PLURAL = {
    AreaLevel.CELL: "rutor",
    AreaLevel.MUNICIPALITY: "kommunen",
    AreaLevel.DISTRICT: "stadsdelar",
    AreaLevel.REGSO: "RegSO-områden",
    AreaLevel.DESO: "DeSO-områden",
}
COMPARISONS = {
    Comparison.LAST_YEAR: "Samma period förra året",
    Comparison.PREVIOUS: "Perioden närmast före",
    Comparison.OWN: "Egen period",
}
DATE_BASES = {
    DateBasis.REPORTED: "Anmälningsdatum (som Brå)",
    DateBasis.OCCURRED: "Brottsdatum",
}
VERDICTS = {
    Verdict.INCREASE: "säkerställd ökning",
    Verdict.DECREASE: "säkerställd minskning",
    Verdict.NO_CLEAR_CHANGE: "ingen säkerställd förändring",
    Verdict.TOO_FEW: "kan inte avgöras (för få)",
    Verdict.SHORT_HISTORY: "kan inte avgöras (för kort historik)",
    Verdict.UNPLACED: "kan inte avgöras (för många utan plats)",
}
KINDS = {
    TableKind.INCIDENTS: "Händelser (anmälda brott)",
    TableKind.DISTRICTS: "Områdesgränser",
    TableKind.POPULATION: "Befolkning",
    TableKind.SURVEY: "Trygghetsundersökning (färdiga andelar)",
    TableKind.SURVEY_ANSWERS: "Trygghetsundersökning (enskilda svar, summeras)",
    TableKind.EVENTS: "Polisens publicerade händelser",
    TableKind.MUNICIPALITY_TOTALS: "Brås kommuntotaler",
    TableKind.WALKS: "Vandringar",
    TableKind.OBSERVATIONS: "Observationer från vandringar",
    TableKind.ACTIONS: "Åtgärder ur planen",
}
HIDDEN = "dold"
MISSING = "uppgift saknas"
RESIDENTS_CAVEAT = (
    "Antal per invånare säger mindre där många vistas utan att bo, till exempel i centrum."
)


def level_word(level: AreaLevel) -> str:
    """A level inside a sentence: words in lower case, acronyms as they are."""
    word = AREA_LEVELS[level]
    return word.lower() if word.istitle() else word


def view_title(facts: Facts) -> str:
    """Name a view: what, where, when."""
    what = facts.theme or (", ".join(facts.types) if 0 < len(facts.types) <= 3 else "Anmälda brott")
    if facts.theme and facts.types:
        what = f"{facts.theme} ({', '.join(facts.types)})"
    where = ", ".join(facts.areas) if 0 < len(facts.areas) <= 3 else facts.municipality
    return f"{what} · {where} · {formats.period(facts.start, facts.end)}"


def enumerated(names: Sequence[str]) -> str:
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} och {names[-1]}"


def caption_count(facts: Facts, is_map: bool = True) -> str:
    whole = " i hela kommunen" if is_map and facts.areas else ""
    parts = [f"n = {told(facts.offences)} anmälda brott{whole}"]
    if facts.offences and is_map:
        share = (
            f"{formats.share(facts.without_place / facts.offences, 1)} saknar"
            if facts.without_place is not None
            else f"ett litet antal ({HIDDEN}) saknar"
        )
        before = (
            ""
            if facts.unplaced_before is None
            else f", mot {formats.share(facts.unplaced_before, 1)} i jämförelseperioden"
        )
        parts.append(
            f"{share} plats på denna nivå ({told(facts.without_place)}{before}) och finns inte på "
            "kartan"
        )
    if facts.outside != 0:
        parts.append(f"{told(facts.outside)} ligger utanför kommunen")
    if facts.straddling != 0:
        parts.append(f"{told(facts.straddling)} redovisas bara för längre perioder och räknas inte")
    if facts.undated != 0:
        parts.append(f"{told(facts.undated)} saknar datum och räknas inte")
    return "; ".join([*parts, *_finality(facts)]) + "."


def _finality(facts: Facts) -> list[str]:
    """Say what is preliminary or final, and whether nobody has said it.

    Only of what is preliminary it is told how much: the rest would tell a number that is hidden.
    """
    marked = []
    if facts.preliminary != 0:
        marked.append(f"preliminära uppgifter ({told(facts.preliminary)})")
    if facts.unsaid == 0:
        return marked or ["slutliga uppgifter"]
    if facts.unsaid is not None and facts.unsaid == facts.offences:
        return ["källan säger inte om uppgifterna är slutliga"]
    return [*marked, "om en del säger källan inte om uppgifterna är slutliga"]


def told(count: int | None) -> str:
    """Write a count that may be hidden."""
    return HIDDEN if count is None else formats.number(count)


def metres(length: int) -> str:
    """Write a length."""
    return f"{formats.number(length)} m"


def hours_around(first: float) -> str:
    """Name three hours of the day, ``20–23``; a dash when they are not known."""
    if first != first:  # missing
        return formats.NO_VALUE
    return f"kl. {int(first):02}–{(int(first) + 3) % 24:02}"


ROLES = {
    "source_id": "Radens id",
    "case_id": "Ärendenummer",
    "offence_code": "Brottskod",
    "offence_text": "Brottskod i klartext",
    "offence_type": "Brottstyp",
    "reported_date": "Anmälningsdatum",
    "occurred_from_date": "Brottsdatum, från",
    "occurred_from_time": "Klockslag, från",
    "occurred_to_date": "Brottsdatum, till",
    "occurred_to_time": "Klockslag, till",
    "count": "Antal",
    "period": "Period",
    "easting": "Östlig koordinat (E)",
    "northing": "Nordlig koordinat (N)",
    "wkt": "Geometri (WKT)",
    "latitude": "Latitud",
    "longitude": "Longitud",
    "area_code": "Områdeskod",
    "place_name": "Områdesnamn eller plats",
    "municipality": "Kommun",
    "county": "Län",
    "preliminary": "Preliminär",
    "quarantine_id": "Karantän-id",
    "code": "Kod",
    "name": "Namn",
    "level": "Nivå",
    "year": "År",
    "population": "Befolkning",
    "age": "Ålder",
    "sex": "Kön",
    "survey": "Undersökning",
    "question": "Fråga",
    "dimension": "Säkerhet eller trygghet",
    "group": "Grupp",
    "share": "Andel",
    "answers": "Antal svar",
    "lower": "Undre gräns",
    "upper": "Övre gräns",
    "n_effective": "Effektivt antal svar",
    "method_key": "Metodversion (nytt värde bryter serien)",
    "answer": "Svar",
    "weight": "Vikt",
    "respondent": "Svarande (sparas inte)",
    "sampling_method": "Urvalsmetod",
    "source": "Källa",
    "valid_from": "Gäller från",
    "valid_to": "Gäller till",
    "area_class": "Klass",
    "walk": "Vandring",
    "walk_type": "Närvaropass eller trygghetsrond",
    "date": "Datum",
    "start": "Start",
    "end": "Slut",
    "time": "Klockslag",
    "participants": "Antal vuxna",
    "team": "Grupp (ingen persons namn)",
    "route": "Rutt",
    "track_file": "Spårfil",
    "nothing_to_report": "Inget att rapportera",
    "note": "Anteckning",
    "stop": "Stopp",
    "category": "Kategori",
    **{name: told.column for name, told in FINDING_FIELDS.items()},
    "status": "Status",
    "status_reason": "Skäl",
    "owner": "Ansvarig förvaltning eller bolag",
    "due_date": "Klart senast",
    "voices": "Antal röster",
    "title": "Åtgärd",
    "theme": "Prioriterat område (tema)",
    "approach": "Social eller situationell",
    "goal": "Mål",
    "direction": "Inriktning",
    "partners": "Medverkande",
    "activities": "Aktiviteter",
    "schedule": "Tidsplan",
    "evaluation": "Uppföljning",
    "factor_ljus": "Ljus 1–5",
    "factor_sikt": "Sikt 1–5",
    "factor_overblick": "Överblick 1–5",
    "factor_gomstallen": "Gömställen 1–5",
    "factor_odslighet": "Ödslighet 1–5",
    "factor_flyktvagar": "Flyktvägar 1–5",
    "factor_skotsel": "Skötsel 1–5",
    "factor_orienterbarhet": "Orienterbarhet 1–5",
    "factor_kansla": "Känsla 1–5",
}
_MANY_NAMES = 12
"""Names in a sentence; the table has them all."""


def silent_months(silent: Sequence[Days]) -> str:
    """Name the months that were never delivered."""
    return enumerated([formats.period(first, last) for first, last in silent])


def first_names(names: Sequence[str]) -> list[str]:
    """Names for a sentence: the first ones, and how many more there are."""
    if len(names) <= _MANY_NAMES:
        return list(names)
    return [*names[:_MANY_NAMES], f"{len(names) - _MANY_NAMES} till i tabellen"]


WALK_TYPES = {WalkType.PRESENCE: "Närvaropass", WalkType.AUDIT: "Trygghetsrond"}
CATEGORIES = {
    ObservationCategory.LIGHTING: "Belysning",
    ObservationCategory.SIGHT: "Insyn och sikt",
    ObservationCategory.VEGETATION: "Växtlighet",
    ObservationCategory.LITTER: "Nedskräpning",
    ObservationCategory.GRAFFITI: "Klotter och skadegörelse",
    ObservationCategory.DISORDER: "Ordningsstörning",
    ObservationCategory.NEEDLES: "Nålar",
    ObservationCategory.TRAFFIC: "Trafik",
    ObservationCategory.ABANDONED: "Övergiven plats",
    ObservationCategory.SAFE: "Trygg plats",
}
FINDING_STATUSES = {
    FindingStatus.NEW: "ny",
    FindingStatus.ASSIGNED: "tilldelad",
    FindingStatus.ONGOING: "pågår",
    FindingStatus.DONE: "åtgärdad",
    FindingStatus.CLOSED: "avslutad utan åtgärd",
    FindingStatus.REOPENED: "återöppnad",
}


def counted(n: int, one: str, many: str) -> str:
    return one if n == 1 else f"{formats.number(n)} {many}"


def people(n: int | None) -> str:
    """Write how many took part."""
    return MISSING if n is None else counted(n, "1 person", "personer")


def distinct(labels: Mapping[Any, str]) -> dict[Any, str]:
    """Number labels that are the same: a list knows its options by their words alone.

    A number that some other label ends with already is passed over.

    Examples
    --------
    >>> distinct({"a": "Möte", "b": "Rond", "c": "Möte"})
    {'a': 'Möte', 'b': 'Rond', 'c': 'Möte · 2'}
    >>> distinct({"a": "Möte", "b": "Möte", "c": "Möte · 2"})
    {'a': 'Möte', 'b': 'Möte · 3', 'c': 'Möte · 2'}
    """
    seen: Counter[str] = Counter()
    taken = {*labels.values()}
    told = {}
    for key, label in labels.items():
        seen[label] += 1
        told[key] = label
        if seen[label] == 1:
            continue
        while (name := f"{label} · {seen[label]}") in taken:
            seen[label] += 1
        taken.add(name)
        told[key] = name
    return told
