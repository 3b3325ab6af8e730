"""What the page Vandringar says."""

from collections.abc import Sequence
from datetime import date

from trygghetskarta import formats
from trygghetskarta.terms.walks import WalkFilter, WalkLayer
from trygghetskarta.words.texts import counted, enumerated

PAGE_WALKS = "Vandringar"
PAGE_REPORT = "Rapportera"
LOADING_WALKS = "Läser vandringar och fynd …"
WALKS_EMPTY = (
    "Här finns inga vandringar ännu. Läs in GPX-filer eller en lista här nedanför, eller "
    "rapportera ett pass på sidan Rapportera."
)
WALK_FILTER = "Typ av vandring"
WALK_FILTERS = {
    WalkFilter.ALL: "Alla",
    WalkFilter.PRESENCE: "Närvaropass",
    WalkFilter.AUDIT: "Trygghetsronder",
}
WALK_LAYER = "Kartan visar"
WALK_LAYERS = {
    WalkLayer.ROUTES: "Vägar",
    WalkLayer.SPEED: "Fart",
    WalkLayer.PRESENCE: "Närvaro",
    WalkLayer.FINDINGS: "Bara fynd",
}
TEAM = "Min egen grupp"
TEAM_NONE = "Ingen vald"
TEAM_HELP = (
    "Andra gruppers vägar visas inte inom 200 meter från sin början och sitt slut. Den egna "
    "gruppens visas hela på skärmen, men aldrig i en fil. Valet följer inte med i en länk."
)
WALKS_TABLE = "Vandringar i urvalet"
WALKS_NONE = "Inga vandringar i urvalet. Välj en längre period eller fler stadsdelar."
WALKS_COLUMNS = {
    "start": "När",
    "type": "Typ",
    "name": "Plats",
    "people": "Personer",
    "hours": "Timmar",
    "length": "Längd, km",
    "raw": "Före rensning, km",
    "findings": "Fynd",
}
WALK_QUIET = "inget att rapportera"
FIGURE_OPEN = "Öppna fynd"
FIGURE_HOURS = "Persontimmar"
FIGURE_REMEDY = "Tid till åtgärd"
FIGURE_RATE = "Fynd per persontimme"
PRESENCE_HOURS = "När någon har varit ute"
PRESENCE_MEASURE = "Personminuter"
PRESENCE_TABLE = "Visa timmarna som tabell"
PRESENCE_NONE = "Inget pass i urvalet har känd tid."
GAPS = "Luckor"
GAPS_HELP = (
    "En lucka är en tid då någon brukade gå men ingen har gått på sex veckor. Den säger inte att "
    "någon borde gå där."
)
GAPS_NONE = "Ingen tid då någon brukade gå står tom."
COVERAGE = "Täckning av gatunätet"
COVERAGE_NONE = (
    "Inget gatunät är inläst, så täckning kan inte räknas. Läs in ett under Läs in filer: "
    "GeoPackage eller GeoJSON med linjer."
)
NEAR = "Går vi där det händer?"
NEAR_HELP = (
    "Räknar anmälda brott nära vägarna på de timmar då någon går, bredvid samma mått för gator som "
    "ingen gått nära. Våld, vapen och sexualbrott räknas aldrig här. Det säger inte att en "
    "vandring har hindrat eller orsakat något."
)
NEAR_RUN = "Räkna"
NEAR_COLUMNS = {
    "distance": "Inom",
    "near": "Nära vägarna",
    "near_rate": "per km²",
    "elsewhere": "Vid andra gator",
    "elsewhere_rate": "per km²",
    "verdict": "Bedömning",
}
NEAR_NO_NETWORK = "Utan ett inläst gatunät finns inget att jämföra med."
PAPERS = "Papper"
PAPER_WALK = "Protokoll för"
PAPER_NONE = "Välj en vandring"
PAPER_PDF = "Protokoll (PDF)"
PAPER_DOCX = "Protokoll (Word)"
SEASON_PDF = "Säsongsblad (PDF)"
WALKS_MAP_FILE = "Kartan (HTML)"
INTAKE_TITLE = "Läs in filer"
INTAKE_FILES = "Spår (GPX, FIT, KML, GeoJSON) och listor (CSV, Excel), flera på en gång, även i zip"
INTAKE_HELP = (
    "Spår från klocka eller telefon, listor över pass, och observationer. Samma fil två gånger "
    "ändrar ingenting."
)
INTAKE_TYPE = "Spåren är från"
INTAKE_PEOPLE = "Antal vuxna"
INTAKE_TEAM = "Grupp"
INTAKE_TEAM_HELP = "Gruppens namn, till exempel Grupp Norr. Aldrig en persons."
INTAKE_NETWORK = "Gatunät för täckning (GeoPackage eller GeoJSON)"
INTAKE_LIST = "Så tolkas kolumnerna i {file}"
INTAKE_RUN = "Läs in filerna"
INTAKE_RUNNING = "Läser in filerna …"
INTAKE_TOGETHER = "{n} filer"
INTAKE_COLUMNS = {"file": "Fil", "result": "Resultat"}
WALKS_SOURCE = "Egna vandringar"
ROLE = "samordnare"
SOURCE_FORM = "Formuläret Rapportera"


def walks_title(areas: Sequence[str], municipality: str, start: date, end: date) -> str:
    """Name what the page of walks shows."""
    where = ", ".join(areas) if 0 < len(areas) <= 3 else municipality
    return f"Vandringar · {where} · {formats.period(start, end)}"


def walks_summary(walks: int, audits: int, hours: float, found: int, still_open: int) -> str:
    """Say in one sentence what a choice of walks holds."""
    if not walks and not audits and not found:
        return "Inga vandringar och inga fynd i urvalet."
    parts = [
        counted(walks, "ett närvaropass", "närvaropass"),
        counted(audits, "en trygghetsrond", "trygghetsronder"),
    ]
    told = f"{enumerated(parts)}, {formats.number(hours, 1)} persontimmar. "
    told = told[:1].upper() + told[1:]
    return f"{told}{counted(found, 'Ett fynd', 'fynd')}, varav {formats.number(still_open)} öppna."


def walks_undated(n: int) -> str:
    """Tell of walks without a date."""
    return f"{counted(n, 'En vandring', 'vandringar')} saknar datum och visas i varje period."


def walks_caption(within_zone: int) -> tuple[str, ...]:
    """Say how the page of walks is made, and how many walks are too near their ends to be shown."""
    lines = [
        "Vägarna är rensade: dubbletter, hopp som kräver mer än 3 m/s och stillastående är "
        "borttagna; längden före rensningen står i tabellen.",
        "Fynd räknas per persontimme, inte per plats: den som letar mer hittar mer.",
        "Det som ligger inom 200 meter från en vägs början och slut visas bara för den egna "
        "gruppen. Rutor, gator och brott längs vägarna räknas utan det; timmarna räknas hela.",
    ]
    if within_zone:
        lines.append(
            f"{counted(within_zone, 'En vandring', 'vandringar')} visas inte på kartan: hela "
            "vägen ligger inom 200 meter från sin början och sitt slut."
        )
    return tuple(lines)


def remedy_detail(lower: float, upper: float, remedied: int, still_open: int) -> str:
    """Say what the time to remedy rests on."""
    between = "" if lower != lower else f"95 %: {formats.number(lower)}–{_days_or_more(upper)} · "
    return f"{between}{formats.number(remedied)} åtgärdade, {formats.number(still_open)} inte"


def _days_or_more(days: float) -> str:
    return "∞" if days != days else formats.number(days)


def days_median(days: float) -> str:
    """Write a median in days."""
    return formats.NO_VALUE if days != days else f"{formats.number(days)} dagar"


def rate_interval(lower: float, upper: float) -> str:
    """Write the limits of findings per person-hour."""
    return f"95 %: {formats.interval(lower, upper, 2)}"


def hours_detail(assumed: int, untimed: int) -> str:
    """Say what the person-hours leave out."""
    parts = []
    if assumed:
        parts.append(f"{counted(assumed, 'ett pass', 'pass')} utan antal, räknade som en person")
    if untimed:
        parts.append(f"{counted(untimed, 'ett pass', 'pass')} utan tid")
    return " · ".join(parts) or "tid gånger antal vuxna"


def gap_sentence(weekday: int, first: int, last: int, place: str, weeks: int, latest: date) -> str:
    """Tell of a gap in words."""
    day = f"{formats.weekday_name(weekday)}ar".capitalize()
    return (
        f"{day} {first:02}–{last:02} i {place}: 0 pass på {weeks} veckor "
        f"(senast {formats.day(latest)})."
    )


def coverage_sentence(metres: float, share: float, whole: float) -> str:
    """Say how much of the streets was walked."""
    return (
        f"{formats.number(metres / 1000, 1)} av {formats.number(whole / 1000, 1)} km gata är "
        f"gångna ({formats.share(share)}): minst hälften av gatan inom 15 meter från ett spår. "
        "Det säger inte hur ofta."
    )


def near_sentence(hours: float, without_hour: int) -> str:
    """Say which hours the count near routes is made in."""
    told = f"Räknat på {formats.number(hours)} av veckans 168 timmar, då någon vandring pågår."
    if without_hour:
        told += f" {formats.number(without_hour)} brott utan känd timme är inte med."
    return told


def intake_line(read: int, new: int, changed: int, quarantined: int) -> str:
    """Say what became of one file."""
    parts = [counted(read, "en rad läst", "rader lästa"), counted(new, "1 ny", "nya")]
    if changed:
        parts.append(counted(changed, "1 ändrad", "ändrade"))
    if not new and not changed and not quarantined:
        return "Redan inläst. Inget har ändrats."
    if quarantined:
        parts.append(f"{formats.number(quarantined)} i karantän (sidan Data)")
    return ", ".join(parts) + "."


def network_line(new: int, unchanged: int, removed: int) -> str:
    """Say what became of a street network."""
    return (
        f"Gatunätet är inläst: {formats.number(new)} nya linjer, {formats.number(unchanged)} "
        f"oförändrade, {formats.number(removed)} borttagna."
    )


def files_together(n: int) -> str:
    """What several files are called together."""
    return INTAKE_TOGETHER.format(n=formats.number(n))
