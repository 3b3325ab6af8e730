"""What the page Data says."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from trygghetskarta import formats
from trygghetskarta.settings import local_day
from trygghetskarta.terms.areas import AreaLevel, NewAreas
from trygghetskarta.terms.file_forms import TABLES
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words.form_words import forms_text
from trygghetskarta.words.texts import AREA_LEVELS, ROLES, counted

DATA_INTRO = (
    "Läs in en fil från polisen, kommunen, SCB eller Brå. Inget sparas förrän du har sett hur "
    "kolumnerna tolkas, och varje rad redovisas."
)
UPLOAD = "Välj fil"
UPLOAD_HELP = f"{forms_text(TABLES)}, och polisens JSON."
KIND = "Vad innehåller filen?"
SOURCE_NAME = "Källa"
SOURCE_HELP = (
    'Namn på källan, till exempel "Polisen Fyrbodal, uttag". Samma källa nästa gång gör att '
    "samma rader känns igen."
)
PREVIEW = "De första raderna"
MAPPING_TITLE = "Så tolkas kolumnerna"
MORE_COLUMNS = "Fler uppgifter som filen kan ha"
MAPPING_HELP = "Ändra om något är fel."
MAPPING_KEPT = "Ändra om något är fel. Valet sparas för filer med samma kolumner."
MAPPING_REMEMBERED = "Kolumnvalet är hämtat från en tidigare inläsning med samma kolumner."
NO_COLUMN = "– finns inte –"
CHECK_BUTTON = "Granska"
CHECKED = "Så blir det när filen sparas"
FAULTY_TITLE = "Rader som hamnar i karantän ({n})"
FAULTY_HELP = (
    "De här raderna kommer inte med i kartan förrän de är rättade. När filen är sparad finns de "
    "alla i karantänen nedan."
)
FAULTY_MORE = "Här visas de första {shown}."
FAULTY_ROW, FAULTY_WHY = "Rad", "Fel"
MONTHS_CAPTION = "Händelser per månad i filen"
YEAR = "År"
SAVE_BUTTON = "Spara"
READING = "Läser {file} …"
CHECKING = "Granskar {file} …"
IMPORTING = "Läser in {file} …"
QUEUED = "{file} väntar: andra filer läses in just nu …"
CANCEL_BUTTON = "Avbryt"
CHOOSE_TABLE = "Tabell i filen"
CHOOSE_TABLE_NONE = "Välj"
SEVERAL_TABLES = "Filen har flera tabeller (blad, lager eller filer). Välj den som ska läsas."
REPORT = "Kopplingsrapport"
REPORT_NUMBERS = {
    "read": "Lästa rader",
    "accepted": "Godtagna rader",
    "new": "Nya",
    "changed": "Ändrade",
    "unchanged": "Oförändrade",
    "quarantined": "I karantän",
    "set_aside": "Räknas inte själva",
    "matched_by_point": "Kopplade med koordinat",
    "matched_by_code": "Kopplade med områdeskod",
    "matched_by_name": "Kopplade med namn",
    "outside": "Utanför kommunen",
    "without_place": "Utan plats",
    "on_border": "På en gräns (räknas till lägsta koden)",
}
REPORT_NAMES = "Namn som kopplades"
REPORT_NAME_COLUMNS = {"name": "Namn i filen", "area": "Område", "how": "Hur", "rows": "Rader"}
NAME_STEPS = {
    "name": "samma namn",
    "alias": "känt ortnamn",
    "folded": "namn utan å, ä, ö eller bindestreck",
}
QUARANTINE = "Karantän"
QUARANTINE_DOWNLOAD = "Ladda ner karantänen (CSV)"
QUARANTINE_NONE = "Inga rader väntar i karantän."
QUARANTINE_PAGE = "Sida, av {pages}"
DISMISS = "Avfärda rader som inte ska rättas"
DISMISS_HELP = (
    "En summarad, en dubblett eller en rad som inte är något brott behöver inte rättas. Raden tas "
    "bort ur listan men sparas med skälet, och antalet i kopplingsrapporten ändras inte."
)
DISMISS_ROWS = "Rader"
DISMISS_CHOOSE = "Välj en eller flera"
DISMISS_REASON = "Varför?"
DISMISS_REASON_EXAMPLE = "till exempel: summarad, inget brott"
DISMISS_BUTTON = "Avfärda"
DISMISS_NONE_CHOSEN = "Välj först vilka rader det gäller."
RESTORE_ROWS = "Rader som ska vänta i karantän igen"
RESTORE_BUTTON = "Ta tillbaka"
HISTORY = "Tidigare inläsningar"
HISTORY_NONE = "Inget är inläst ännu."
HISTORY_COLUMNS = {
    "finished_at": "Tid",
    "kind": "Innehåll",
    "file_name": "Fil",
    "source": "Källa",
    "read": "Lästa",
    "new": "Nya",
    "changed": "Ändrade",
    "unchanged": "Oförändrade",
    "quarantined": "Karantän",
}

IMPORT_DONE = "{accepted} av {read} rader är inlästa."
IMPORT_NOTHING = "Inga rader kunde läsas in. Inget i lagret har ändrats."
IMPORT_UNCHANGED = "Filen är redan inläst. Inget har ändrats."


DIVISIONS = "Indelningar"
DIVISIONS_HELP = (
    "Av varje nivå gäller en indelning i områden åt gången. Siffror, kartor och filer använder den "
    "som gäller, också för tidigare år. Egna områden läses in ovan, som Områdesgränser."
)
DIVISION_COLUMNS = {"level": "Nivå", "name": "Indelning", "first": "Gäller från", "end": "Till"}
DIVISION_IN_FORCE = "gäller nu"
DIVISION_REPLACED = "ersatt för hela sin tid"
DIVISION_RESTORE = "Låt ”{name}” gälla igen"
DIVISION_RESTORED = "”{name}” gäller igen, och allt räknas på den."
AREAS_HOW = "Vad är områdena i filen? (Utan val: de ersätter, om de täcker kommunen)"
AREAS_CHOICES = {
    NewAreas.REPLACE: "Ersätt de områden som gäller nu",
    NewAreas.JOIN: "Lägg till dem där inga områden finns",
}
AREAS_HELP = (
    "Två områden av samma nivå får inte ligga på varandra. Den indelning som ersätts finns kvar "
    "och kan gälla igen."
)
DIVISION_NAME = "Indelningens namn"
DIVISION_FROM = "Gäller från"


def division_line(level: AreaLevel, name: str, first: date, end: date | None) -> str:
    """Tell of a division in one line."""
    end_said = division_end(first, end)
    until = end_said if end is None or end <= first else f"till {end_said}"
    return f"{AREA_LEVELS[level]}: {name}, från {first}, {until}"


def division_end(first: date, end: date | None) -> str:
    """Say until when a division held; one that another took the place of for all its time never."""
    if end is None:
        return DIVISION_IN_FORCE
    return DIVISION_REPLACED if end <= first else f"{end}"


def join_undone(file: str, n: int) -> str:
    """Say that areas were taken out again."""
    areas = counted(n, "1 område", "områden")
    return f"{areas} från {file} är borttag{'et' if n == 1 else 'na'} ur indelningen igen."


def join_button(file: str, n: int) -> str:
    """Ask for areas to be taken out again."""
    return f"Ta bort {counted(n, '1 område', 'områden')} som lades till från {file}"


def column_name(kind: TableKind, role: str) -> str:
    """What a column is called in a file: the role without what explains it.

    Examples
    --------
    >>> column_name(TableKind.WALKS, "team"), column_name(TableKind.OBSERVATIONS, "seriousness")
    ('Grupp', 'Allvar')
    """
    if (kind, role) == (TableKind.WALKS, "source_id"):
        # What an observation names its walk by.
        role = "walk"
    return re.sub(r" \(.*\)| 1–\d", "", ROLES[role])


_TEMPLATE_NAMES = {
    TableKind.INCIDENTS: "händelser",
    TableKind.POPULATION: "befolkning",
    TableKind.SURVEY: "undersökning, färdiga andelar",
    TableKind.SURVEY_ANSWERS: "undersökning, enskilda svar",
    TableKind.ACTIONS: "åtgärder",
    TableKind.WALKS: "vandringar",
    TableKind.OBSERVATIONS: "observationer",
}


def template_label(kind: TableKind) -> str:
    """Name the button that gives a template."""
    return f"Hämta mall: {_TEMPLATE_NAMES[kind]}"


def template_file(kind: TableKind) -> str:
    """Name of a template's file."""
    plain = unicodedata.normalize("NFKD", _TEMPLATE_NAMES[kind]).encode("ascii", "ignore").decode()
    return f"mall_{plain.replace(',', '').replace(' ', '_')}.csv"


def report_sentence(read: int, accepted: int, quarantined: int, changed: int) -> str:
    """Sum an import up in one sentence."""
    if read and not accepted:
        return IMPORT_NOTHING
    if not changed and not quarantined:
        return IMPORT_UNCHANGED
    return IMPORT_DONE.format(accepted=formats.number(accepted), read=formats.number(read))


QUARANTINE_FILE = "karantan.csv"
CRS = "Koordinatsystem"
CRS_NAMES = {
    0: "Känn igen automatiskt",
    3006: "SWEREF 99 TM (EPSG:3006)",
    3007: "SWEREF 99 12 00 (EPSG:3007)",
    4326: "WGS 84, latitud och longitud (EPSG:4326)",
    3021: "RT 90 2,5 gon V (EPSG:3021)",
    3857: "Web Mercator (EPSG:3857)",
}
DEFAULT_SOURCES = {
    TableKind.INCIDENTS: "Polismyndigheten",
    TableKind.DISTRICTS: "Egna områden",
    TableKind.POPULATION: "SCB",
    TableKind.SURVEY: "Kommunens trygghetsundersökning",
    TableKind.SURVEY_ANSWERS: "Kommunens trygghetsundersökning",
    TableKind.EVENTS: "polisen.se",
    TableKind.MUNICIPALITY_TOTALS: "Brå",
    TableKind.WALKS: "Egna vandringar",
    TableKind.OBSERVATIONS: "Egna vandringar",
    TableKind.ACTIONS: "Åtgärdsplanen",
}


WHOLE_FILE = "– samma på alla rader –"


def whole_file_label(role: str) -> str:
    """Ask for a value that stands for every row."""
    return f"{ROLES[role]} på alla rader"


def unfit_value(role: str, value: str) -> str:
    """Say that a value cannot be what it is said to be."""
    return f"”{value}” kan inte vara {ROLES[role]}."


def samples_line(samples: Sequence[str]) -> str:
    """Some of what stands in a column."""
    return f"I filen: {' · '.join(samples)}" if samples else "Kolumnen är tom."


def choose_of(role: str, column: str) -> str:
    """Say that a column's name stands several times and one must be chosen."""
    return f"”{column}” finns flera gånger i filen. Välj vilken som är ”{ROLES[role]}”."


def needed_line(file: str, roles: Sequence[str]) -> str:
    """Say which roles of a file lack a column, of which one is enough."""
    *others, last = (f"”{ROLES[role]}”" for role in roles)
    named = f"{', '.join(others)} eller {last}" if others else last
    return f"{file} kan inte läsas in än: välj vilken kolumn som är {named}."


def unread_columns(names: Sequence[str]) -> str:
    """Name the columns that are not read."""
    return f"Läses inte: {', '.join(names)}."


def dismissal_told(at: datetime, reason: str) -> str:
    """Say when and why a row was dismissed."""
    return f"Avfärdad {formats.day(local_day(at))}: {reason}"


def dismissed_title(rows: int) -> str:
    """Head the list of rows that were dismissed."""
    return f"Avfärdade rader ({formats.number(rows)})"


def rows_shown(first: int, last: int, rows: int) -> str:
    """Say which of many rows stand on the page."""
    told = "–".join(map(formats.number, (first, last)))
    return f"{told} av {formats.number(rows)} rader visas. Filen har alla."


def rows_of_file(file: str, rows: int) -> str:
    """Name all rows of a file that wait."""
    return f"Alla {formats.number(rows)} rader från {file}"


def waiting_row(file: str, row: int, why: str) -> str:
    """Name one row: its file, its number and what is wrong, without saying the number twice."""
    return f"{file}, rad {row}: {without_row(row, why)}"


def waiting_line(n: int) -> str:
    """Say how many rows wait, and what to do with them."""
    told = counted(n, "1 rad väntar", "rader väntar")
    return (
        f"{told} och är inte med i kartan. Ladda ner karantänen, rätta i Excel och läs in filen "
        "igen; inget är förlorat."
    )


def dismissed_line(at: str, by: str, reason: str) -> str:
    """Tell who dismissed a row, when and why."""
    return f"Avfärdad {at} av {by}: {reason}"


def without_row(row: int, why: str) -> str:
    """What is wrong with a row whose number stands beside it."""
    return why.replace(f"Rad {row}: ", "").replace(f"Rad {row}, ", "")


def span_line(read: int, first: date, last: date) -> str:
    """Say that all rows of a file are accounted for, and between which days they are dated."""
    rows = counted(read, "En rad i filen, redovisad", "rader i filen, alla redovisade")
    return f"{rows}. Första dagen {formats.day(first)}, sista {formats.day(last)}."
