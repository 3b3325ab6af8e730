"""What is said of findings and the work with them."""

from collections.abc import Sequence
from datetime import datetime

from trygghetskarta import formats
from trygghetskarta.terms.imports import PersonalDataKind
from trygghetskarta.terms.walks import FindingFilter
from trygghetskarta.words.finding_field_words import FINDING_FIELDS
from trygghetskarta.words.texts import CATEGORIES, counted, enumerated

FINDING_FILTER = "Fynd"
FINDING_FILTERS = {
    FindingFilter.OPEN: "Öppna",
    FindingFilter.ALL: "Alla, med trygga platser",
    FindingFilter.NEW: "Nya",
    FindingFilter.ASSIGNED: "Tilldelade",
    FindingFilter.ONGOING: "Pågående",
    FindingFilter.DONE: "Åtgärdade",
    FindingFilter.CLOSED: "Avslutade utan åtgärd",
    FindingFilter.REOPENED: "Återöppnade",
}
OWNER = "Ansvarig"
OWNER_ALL = "Alla"
OWNER_NONE = "Ingen ansvarig"
FINDING_CHOOSE = "Välj fynd"
FINDING_CLICKED = "Valt fynd"
FINDING_HINT = (
    "Klicka på ett fynd på kartan, eller välj det i listan, för att se det, ge det en ansvarig "
    "eller ändra status."
)
FINDING_FACTS = {
    "day": "Sett",
    "place": "Plats",
    "walk": "Vandring",
    "owner": OWNER,
    "due": "Klart senast",
    "status": "Status",
    "factors": "Miljöfaktorer",
    "voices": "Röster",
}
FINDING_PHOTO = "Bild till fyndet"
PHOTO_REMOVE = "Ta bort bilden"
PHOTO_REMOVE_SURE = "Ja, ta bort bilden för alltid"
PHOTO_REMOVED = "Bilden är borttagen."
FINDING_EDIT = "Ändra"
FINDING_SAVE = "Spara ändringen"
FINDING_SAVED = "Ändringen är sparad."
FINDING_UNCHANGED = "Inget var ändrat."
FINDING_STALE = (
    "Någon annan hann ändra fyndet. Inget är skrivet över: det som nu är sparat står ovanför, och "
    "det du skrev står kvar i formuläret. Spara igen om det fortfarande gäller."
)
FINDING_KEEP = "Spara ändå"
OWNER_HELP = "Förvaltning eller bolag, inte en person. Skriv ett nytt namn om det saknas i listan."
OWNER_CHOOSE = "Välj eller skriv"
DUE_HELP = "Datum som 2026-12-01. Tomt för inget datum."
DUE_INVALID = "Datumet {value} går inte att läsa. Skriv det som 2026-12-01."
STATUS_REASON = "Skäl"
STATUS_REASON_HELP = "Behövs när ett fynd avslutas utan åtgärd."
TEXT = "Text"
TEXT_HELP = "Rätta det som är fel, och ta bort det som pekar ut någon. Orden före sparas inte."
FINDING_HISTORY = "Historik"
HISTORY_FIELDS = {
    **{name: told.label.lower() for name, told in FINDING_FIELDS.items()},
    "status": "status",
    "status_reason": "skäl",
    "owner": "ansvarig",
    "due_date": "klart senast",
    "voices": "röster",
    "merged_into": "hopslaget med ett annat fynd",
    "text": "texten rättad",
    "has_photo": "bilden bytt",
}
HISTORY_UNDONE = {
    "merged_into": "isärtaget igen från ett annat fynd",
    "has_photo": "bilden borttagen",
}
"""Fields of which it is told only that they were changed: in other words when something went."""
HISTORY_UNTOUCHED = "Ingen har ändrat fyndet sedan det rapporterades."
MERGE_TITLE = "Kan vara samma fynd"
MERGE_BUTTON = "Slå ihop"
MERGED = "Fynden är hopslagna. Rösterna är räknade ihop."
ABSORBED_TITLE = "Räknas in i det här fyndet"
ABSORBED_UNSAID = "Ett fynd utan dag och text"
PARTED = "Fynden är isär igen, med sina egna röster."
FINDINGS_TABLE = "Fynd i listan"
FINDINGS_NONE = "Inga fynd i urvalet."
FINDINGS_COLUMNS = {
    "category": "Fynd",
    "district": "Stadsdel",
    "owner": OWNER,
    "age": "Ålder, dagar",
    "due": "Klart senast",
    "status": "Status",
}
DUPLICATES = "Kan vara samma fynd ({n})"
DUPLICATE_COLUMNS = {"category": "Fynd", "metres": "Avstånd", "first": "Först", "second": "Sedan"}
RECURRING = "Platser där samma sak har setts igen"
RECURRING_NONE = "Ingen plats i urvalet har fynd av samma slag mer än en gång inom 20 meter."
RECURRING_COLUMNS = {
    "category": "Fynd",
    "district": "Stadsdel",
    "observations": "Gånger",
    "days": "Olika dagar",
    "first": "Först",
    "last": "Senast",
}


def finding_choice(category: str, where: str, day: str) -> str:
    """Name a finding in a select box."""
    return " · ".join(part for part in (CATEGORIES[category], where, day) if part)


def history_line(at: datetime, who: str, what: str, before: str, after: str) -> str:
    """Tell of one change."""
    told = f"{formats.day(at)} kl. {at:%H.%M} · {who} · {what}"
    return (
        f"{told}: {before or formats.NO_VALUE} → {after or formats.NO_VALUE}"
        if before or after
        else told
    )


def merge_suggestion(metres: float, day: str, text: str) -> str:
    """Describe a finding that may be the same."""
    told = f"{formats.number(metres)} m bort"
    return " · ".join(part for part in (told, day, text) if part)


def absorbed_finding(day: str, text: str) -> str:
    """Describe a finding that another speaks for."""
    return " · ".join(part for part in (day, text) if part) or ABSORBED_UNSAID


def parted_voices(n: int) -> str:
    """Say how many voices a finding takes along when it speaks for itself again."""
    return f"Ta isär ({counted(n, 'en röst', 'röster')})"


def merged_voices(n: int) -> str:
    """Say how many voices a merge gives."""
    return f"{MERGE_BUTTON} ({formats.number(n)} röster)"


PERSONAL_DATA = {
    PersonalDataKind.IDENTITY_NUMBER: "personnummer",
    PersonalDataKind.PHONE: "telefonnummer",
    PersonalDataKind.EMAIL: "e-postadress",
    PersonalDataKind.PLATE: "registreringsnummer",
    PersonalDataKind.NAME: "personnamn",
}


def personal_warning(found: Sequence[tuple[PersonalDataKind, str]]) -> str:
    """Warn of personal data before anything is stored."""
    told = enumerated([f"{PERSONAL_DATA[kind]} ({text})" for kind, text in found])
    return f"Texten verkar innehålla {told}. Ta bort det, eller spara ändå. Inget är sparat ännu."


def of_findings(n: int) -> str:
    """Say what the open findings are a part of."""
    return f"av {counted(n, 'ett fynd', 'fynd')} i urvalet"
