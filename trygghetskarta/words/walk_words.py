"""What minutes and the season's sheet say of walks."""

from collections.abc import Mapping
from datetime import date, datetime

from trygghetskarta import formats
from trygghetskarta.terms.walks import AuditFactor, WalkLayer
from trygghetskarta.words.texts import APP, MISSING, counted, enumerated, told

AUDIT_FACTORS = {
    AuditFactor.LIGHTING: "Ljus",
    AuditFactor.SIGHTLINES: "Sikt",
    AuditFactor.OVERVIEW: "Överblick",
    AuditFactor.CONCEALMENT: "Gömställen",
    AuditFactor.ISOLATION: "Ödslighet",
    AuditFactor.ESCAPE: "Flyktvägar",
    AuditFactor.MAINTENANCE: "Skötsel",
    AuditFactor.ORIENTATION: "Lätt att hitta",
    AuditFactor.FEELING: "Känsla",
}
PROTOCOL_TIME = "Tid"
PROTOCOL_PEOPLE = "Deltagare"
PROTOCOL_PLACE = "Område"
PROTOCOL_LENGTH = "Sträcka"
PROTOCOL_NOTE = "Anteckning"
PROTOCOL_MAP = "Kartan"
PROTOCOL_FINDINGS = "Fynd i den ordning stoppen gjordes"
PROTOCOL_NOTHING = "Inget att rapportera."
PROTOCOL_COLUMNS = ("Nr", "Fynd", "Allvar", "Ansvarig", "Klart senast", "Status")
PROTOCOL_EARLIER_COLUMNS = ("Fynd förra gången", "Då", "Nu", "Sett igen")
PROTOCOL_OWNER_MISSING = "ingen ännu"
PROTOCOL_TRIMMED = "Det som ligger inom 200 meter från vägens början och slut visas inte."
PROTOCOL_WITHIN = (
    "Vägen visas inte: hela vandringen ligger inom 200 meter från sin början och sitt slut."
)
PROTOCOL_SIGNS = "Runda märken är fynd, fyrkantiga är trygga platser; numren är tabellens."
PROTOCOL_FACTORS_TOLD = (
    "Miljöfaktorerna är skattade av deltagarna, från 1 (dåligt) till 5 (bra). De är en upplevelse, "
    "inte ett mått på risk."
)
PROTOCOL_SERIOUSNESS_TOLD = "Allvar: 1 lindrigt, 2 bör åtgärdas, 3 allvarligt, 4 akut."
SEASON_HOURS = "Var ni har gått"
SEASON_FOUND = "Vad ni har sett"
SEASON_DONE = "Vad det har lett till"
SEASON_THANKS = "Tack"
SEASON_HOURS_COLUMNS = ("Stadsdel", "Persontimmar")
SEASON_FOUND_COLUMNS = ("Kategori", "Antal")
SEASON_THANKS_TEXT = (
    "Tack till alla som har gått. Varje kväll som vuxna är ute, och varje sak som någon stannar "
    "vid och rapporterar, gör det lättare för andra att röra sig i staden."
)
SEASON_NO_HOURS = "Inget pass har både tid och antal vuxna, så persontimmar kan inte räknas."
SEASON_NOTHING_FOUND = "Inga fynd är rapporterade under perioden."
DISTRICT_UNKNOWN = "okänt område"
BREAK_BEFORE = ("förvaltning", "nämnden", "enheten", "avdelningen")
"""Parts of long names of offices that a line may break before."""


def protocol_title(name: str, day: date | None) -> str:
    """Name the minutes of a *rond*."""
    told = formats.day(day) if day else "datum saknas"
    return f"Protokoll från trygghetsrond · {name} · {told}"


def protocol_summary(findings: int, safe: int, assigned: int) -> str:
    """Sum a *rond* up in one sentence."""
    if not findings and not safe:
        return "Ronden hade inget att rapportera."
    parts = [counted(findings, "ett fynd", "fynd")]
    if safe:
        parts.append(counted(safe, "en trygg plats", "trygga platser"))
    told = f"Ronden gav {enumerated(parts)}."
    if not findings:
        return told
    if assigned == findings:
        return f"{told} Alla fynd har en ansvarig."
    return f"{told} {formats.number(assigned)} av {formats.number(findings)} fynd har en ansvarig."


def walk_time(start: datetime | None, end: datetime | None) -> str:
    """Write when a walk was, in Swedish time, ``3 maj 2026 kl. 21.00–23.10``."""
    if start is None:
        return MISSING
    told = f"{formats.day(start)} kl. {start:%H.%M}"
    if end is None:
        return told
    if end.date() == start.date():
        return f"{told}–{end:%H.%M}"
    return f"{told} – {formats.day(end)} kl. {end:%H.%M}"


def cleaned_length(raw: float, cleaned: float) -> str:
    """Write the length of a track, before and after cleaning."""
    if cleaned != cleaned:  # missing
        return MISSING
    told = f"{formats.number(cleaned / 1000, 2)} km"
    return f"{told} (före rensning {formats.number(raw / 1000, 2)} km)" if raw == raw else told


def factors_line(factors: Mapping[str, int]) -> str:
    """Write how a place was judged."""
    return " · ".join(
        f"{name} {factors[factor.value]}"
        for factor, name in AUDIT_FACTORS.items()
        if factor.value in factors
    )


def voices(n: int) -> str:
    """Tell that several reported the same."""
    return f"Rapporterat av {formats.number(n)}" if n > 1 else ""


def earlier_heading(day: date) -> str:
    """Head what has happened since the last *rond* in the same place."""
    return f"Sedan förra ronden ({formats.day(day)})"


def earlier_summary(found: int, done: int, again: int, still_open: int) -> str:
    """Sum up what has become of the findings of the last time."""
    if not found:
        return "Förra ronden gav inga fynd."
    return (
        f"Fynd förra gången: {formats.number(found)}. Åtgärdade: {formats.number(done)}. Öppna: "
        f"{formats.number(still_open)}. Sedda igen på samma plats: {formats.number(again)}."
    )


def stop_number(n: int) -> str:
    """Name a stop."""
    return f"stopp {n}"


def route_told(name: str, findings: int) -> str:
    """Say in words what the map of a walk shows."""
    return f"Karta över {name} med {counted(findings, 'ett märke', 'märken')} för fynd."


def paper_source(municipality: str, data_version: int) -> str:
    """Say where a paper about walks comes from."""
    return (
        f"{municipality}. Uppgifterna är insamlade av deltagarna. Dataversion {data_version}. "
        f"{APP}."
    )


def season_title(start: date, end: date) -> str:
    """Name the season's sheet."""
    period = formats.period(start, end)
    return f"Säsongsblad · {period[:1].upper()}{period[1:]}"


def season_period(start: date, end: date) -> str:
    """Say which period the season's sheet is for, and why."""
    return (
        f"Säsongsbladet är offentligt: det gäller hela kommunen {formats.period(start, end)}, det "
        "avslutade kvartal, halvår eller år som bäst svarar mot den valda perioden."
    )


def season_summary(walks: int, audits: int, hours: float, kilometres: float) -> str:
    """Say in one sentence what a season's walks came to."""
    parts = []
    if walks:
        parts.append(counted(walks, "ett närvaropass", "närvaropass"))
    if audits:
        parts.append(counted(audits, "en trygghetsrond", "trygghetsronder"))
    if not parts:
        return "Inga vandringar är registrerade under perioden."
    told = f"{enumerated(parts)}"
    if hours:
        told += f", tillsammans {formats.number(hours)} persontimmar"
    if kilometres:
        told += f" och {formats.number(kilometres)} kilometer"
    return f"{told[:1].upper()}{told[1:]}."


def season_quiet(quiet: int, walks: int) -> str:
    """Say that a walk without anything to report counts too."""
    return (
        f"{formats.number(quiet)} av {formats.number(walks)} vandringar hade inget att "
        "rapportera. Det är också ett resultat: någon var där."
    )


def season_untimed(n: int) -> str:
    """Tell how many walks add nothing to the hours."""
    return (
        f"{counted(n, 'En vandring', 'vandringar')} saknar tid eller antal vuxna och räknas inte "
        "i persontimmarna."
    )


def season_safe(n: int) -> str:
    """Tell of the safe places."""
    return f"Ni har också pekat ut {counted(n, 'en trygg plats', 'trygga platser')}."


def season_done(done: int | None, still_open: int | None, closed: int | None) -> str:
    """Say what the findings led to; None is hidden."""
    line = f"Åtgärdade fynd: {told(done)}. Öppna fynd: {told(still_open)}."
    if closed != 0:
        line += f" Avslutade utan åtgärd, med skäl: {told(closed)}."
    return line


def median_days(days: float) -> str:
    """Say how long a remedy takes."""
    if days != days:  # missing
        return (
            "Mindre än hälften av fynden är åtgärdade, så någon vanlig tid till åtgärd kan inte "
            "anges ännu."
        )
    return (
        f"Hälften av fynden är åtgärdade inom {formats.number(days)} dagar (Kaplan–Meier; öppna "
        "fynd räknas med den tid de har väntat)."
    )


WALK_LEGENDS = {
    WalkLayer.ROUTES: "Vägar och fynd",
    WalkLayer.SPEED: "Fart och fynd",
    WalkLayer.PRESENCE: "Persontimmar per ruta om 100 m",
    WalkLayer.FINDINGS: "Fynd",
}
ROUTE = "gången väg"
SPEED_CLASSES = (
    "stilla eller under 2 km/h",
    "2–4 km/h",
    "4–6 km/h",
    "över 6 km/h",
    "fart okänd",
)
FINDING_SIGNS = {
    "open": "ny eller återöppnad",
    "work": "tilldelad eller pågår",
    "done": "åtgärdad eller avslutad",
    "safe": "trygg plats",
}


def person_hours(label: str) -> str:
    """Name a class of presence."""
    return f"{label} tim"
