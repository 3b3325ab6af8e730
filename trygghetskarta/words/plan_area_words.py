"""What the paper on a plan area says."""

from trygghetskarta import formats
from trygghetskarta.words.report_words import counted_offences
from trygghetskarta.words.texts import counted

PLAN_AREA_PLACE = "Platsen"
PLAN_AREA_OFFENCES = "Anmälda brott"
PLAN_AREA_WHEN = "När det händer"
PLAN_AREA_FINDINGS = "Fynd från vandringar"
PLAN_AREA_ACTIONS = "Åtgärder i närheten"
PLAN_AREA_COLUMNS = ("Brottstyp", "Inom", "Året före", "Runt om", "Året före")
PLAN_AREA_FINDING_COLUMNS = ("Nr", "Fynd", "Läge", "Datum", "Status")
PLAN_AREA_INSIDE = {True: "inom", False: "runt om"}
PLAN_AREA_NO_OFFENCES = "Inga anmälda brott av temats slag har känd plats här i perioden."
PLAN_AREA_NO_FINDINGS = (
    "Inga fynd är rapporterade här sedan periodens början. Ingen kan ha gått här; se persontimmar."
)
PLAN_AREA_NO_ACTIONS = "Ingen åtgärd är registrerad för platsen eller dess stadsdel i perioden."
PLAN_AREA_NOTE = (
    "Bara brott med känd plats räknas. Antalet säger inget om hur många som vistas på platsen, och "
    "inget om vad en ny utformning skulle ge."
)
PLAN_AREA_TOO_SMALL = (
    "Platsen är mindre än 250 × 250 meter. Brott redovisas inte för så små platser, så allt inom "
    "och runt om räknas ihop under Runt om."
)
PLAN_AREA_FEW_HOURS = "Färre än 30 brott har känt klockslag här, så timmar visas inte."
PLAN_AREA_DRAW = "Rita planområdet på kartan"
PLAN_AREA_DRAW_HELP = (
    "Tryck ut minst tre hörn på kartan, eller skriv dem. Det ritade gäller före den valda "
    "stadsdelen; en inläst fil gäller före det ritade."
)
PLAN_AREA_FILE = "Eller läs in planområdet (GeoJSON, GeoPackage, zippad shapefil)"
PLAN_AREA_DISTRICT = "Stadsdel som planområde"


def plan_area_title(name: str, period: str) -> str:
    """Name a *SKA-underlag*."""
    return f"SKA-underlag · {name} · {period}"


def plan_area_summary(count: float, reach: float, period: str) -> str:
    """Say in one sentence what the extract holds."""
    return (
        f"{counted_offences(count, period)[:-1]} av temats slag har känd plats i planområdet eller "
        f"inom {formats.number(reach)} meter runt det."
    )


def plan_area_people(inside: float, around: float, reach: float) -> str:
    """Say how many live in the place and around it."""
    if inside != inside:
        return "Antalet invånare är okänt."
    return (
        f"Ungefär {formats.number(round(inside, -1))} invånare i planområdet och "
        f"{formats.number(round(around, -1))} inom {formats.number(reach)} meter runt det "
        "(uppskattat ur DeSO-områdenas invånare efter landyta)."
    )


def plan_area_size(square_metres: float) -> str:
    """Say how large the place is."""
    return f"{formats.number(square_metres / 10_000, 1)} hektar"


def plan_area_hours(hours: float, period: str) -> str:
    """Say how long walkers have been there."""
    return (
        f"Trygghetsvandrare har varit här {formats.number(hours, 1)} persontimmar under {period}, "
        "runt om inräknat."
    )


def plan_area_told(name: str, findings: int) -> str:
    """Say in words what the map of the place shows."""
    return (
        f"Karta över {name} med 300 meter runt om (streckat) och "
        f"{counted(findings, 'ett fynd', 'fynd')}."
    )
