"""Every Swedish sentence and word a user reads."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import floor

from trygghetskarta import formats
from trygghetskarta.analysis import classes, rates
from trygghetskarta.analysis.classes import Classified
from trygghetskarta.analysis.facts import Days, Facts, Uncovered
from trygghetskarta.analysis.temporal import IntervalQuality, Trend
from trygghetskarta.errors import (
    AccessCause,
    AnalysisCause,
    CrsCause,
    DisclosureCause,
    Fault,
    SourceCause,
    StoreCause,
    TableError,
    TableRule,
    TrygghetskartaError,
)
from trygghetskarta.settings import SettingError, SettingRule, local_day
from trygghetskarta.terms import (
    AreaLevel,
    Audience,
    AuditFactor,
    Beside,
    BundleSystem,
    CellShape,
    Comparison,
    DateBasis,
    Direction,
    EffectRefusal,
    EffectVerdict,
    Feeling,
    FindingFilter,
    FindingStatus,
    HotspotClass,
    HotspotLayer,
    HotspotRefusal,
    Lean,
    Light,
    MapPage,
    Measure,
    MeasureApproach,
    MeasureStatus,
    Meeting,
    MeetingStatus,
    NoQuotient,
    ObservationCategory,
    PersonalDataKind,
    Picture,
    PinReason,
    Plan,
    Quadrant,
    ReportFormat,
    ReportKind,
    SamplingMethod,
    ShowRule,
    SlideKind,
    Spread,
    SurveyQuestion,
    TableKind,
    Theme,
    Verdict,
    WalkFilter,
    WalkLayer,
    WalkType,
)

# --- the house ---

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
    "No results": "Inga träffar",
    "No options to select.": "Inget att välja",
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "Select all": "Välj alla",
    "Clear all": "Rensa allt",
    "Clear value": "Rensa",
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
MEASURES = {
    Measure.COUNT: "Antal",
    Measure.PER_1000: "Per 1 000 inv.",
    Measure.CHANGE: "Förändring",
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
    TableKind.MEASURES: "Åtgärder ur planen",
}
HIDDEN = "dold"
MISSING = "uppgift saknas"

# --- the page Karta ---

THEME = "Prioriterat område"
THEME_ALL = "Alla händelser"
DISTRICTS = "Stadsdel"
DISTRICTS_ALL = "Hela kommunen"
OFFENCE_TYPE = "Brottstyp"
OFFENCE_TYPES_ALL = "Alla brottstyper"
PERIOD = "Period"
PERIOD_CHOICES = {
    "90_dagar": "Senaste 90 dagarna",
    "12_manader": "Senaste 12 månaderna",
    "i_ar": "I år",
    "forra_aret": "Förra året",
    "egen": "Egen period",
}
FROM = "Från"
TO = "Till"
YEAR = "År"
MONTH = "Månad"
COMPARE_WITH = "Jämför med"
MEASURE = "Mått"
LEVEL = "Områdesnivå"
DATE_BASIS = "Räkna på"
PLAN_YEAR = "Planår"
MORE_CHOICES = "Fler val"
RESET = "Återställ urvalet"
SHOW_EVENTS = "Polisens nyheter"
EVENTS_SENTENCE = (
    "Polisens publicerade händelser är nyheter, inte statistik: ett litet urval som polisen valt "
    "att berätta om, utan plats närmare än kommunen. De räknas inte i kartan."
)
AREA_HINT = (
    "Klicka på ett område på kartan, eller välj det i listan, för att se siffror med intervall, "
    "utvecklingen per månad och de vanligaste brottstyperna."
)
AREA_CHOOSE = "Välj område för profil"
AREA_NONE = "Inget valt – klicka på kartan eller välj här"
TABLE = "Tabell"
SORT_BY = "Sortera efter {column}"
SHOW_TABLE = "Visa tabellen ({n} områden)"
DOWNLOAD = "Ladda ner det som visas"
DOWNLOAD_NAMES = {
    "csv": "CSV (Excel)",
    "xlsx": "Excel (XLSX)",
    "gpkg": "GeoPackage (QGIS)",
    "png": "Bild (PNG)",
}
COPY_LINK = "Kopiera länk till vyn"
COPIED = "Länken är kopierad"
ZOOM_IN = "Zooma in"
ZOOM_OUT = "Zooma ut"
WHOLE_VIEW = "Visa hela kommunen"
TOWN_VIEW = "Visa tätorten"
TOWN_SHORT = "Tätort"
WHOLE_SHORT = "Kommun"
MAP_LABEL = "Karta. Samma uppgifter finns i tabellen under kartan."
NOT_MAPPED = "Temat visas inte på karta."
NO_OFFENCES = (
    "Temat handlar om vandringar och fynd, inte om anmälda brott, och har ingen karta här."
)
LEVEL_LIMITED = (
    "Temat får inte visas finare än {level}. Kartan visar därför {level} i stället för vald nivå."
)
LABEL_INTERNAL = "Klassning enligt polisens lista (visas bara internt)"

EMPTY_TITLE = "Här finns inga händelser ännu"
NO_DISTRICTS_TITLE = "Här finns inga områden ännu"
NO_DISTRICTS_BODY = "Gå till sidan Data och läs in stadsdelarnas gränser, sedan polisens händelser."
FIRST_INTRO = "Tre steg leder till den första egna siffran."
FIRST_FILL = (
    "Fyll i mallen",
    "Hämta mallen, öppna den i Excel och skriv en rad per händelse, svar eller åtgärd. Har du en "
    "fil redan, till exempel polisens uttag, behövs ingen mall.",
)
FIRST_READ = (
    "Läs in filen",
    "Säg vad filen innehåller, lägg in den och se hur kolumnerna tolkas. Ingenting sparas förrän "
    "du bekräftar.",
)
FIRST_WALKS = (
    "Läs in filen",
    "Lägg mallen, eller GPX-filer från en telefon eller klocka, i rutan Läs in filer här nedanför. "
    "Ett pass kan också rapporteras direkt.",
)
FIRST_LOOK = (
    "Se din första siffra",
    "Siffrorna står på sidan direkt efter inläsningen. Rader som inte gick att läsa väntar i "
    "karantänen med skälet utskrivet.",
)
FIRST_OPEN = "Öppna {page}"
FIRST_EXAMPLE = (
    "Vill du bara prova? Kommandot python -m trygghetskarta demo skapar påhittade exempeldata."
)
TEMPLATE_MARK = "MALL – en rad per post. Den här kolumnen läses inte"

COLUMNS = {
    "name": "Område",
    "area_code": "Kod",
    "count": "Antal",
    "population": "Invånare",
    "rate": "Per 1 000 inv. (utjämnat)",
    "interval": "95 % intervall",
    "crude_rate": "Per 1 000 inv. (rått)",
    "previous": "Jämförelse\u00adperioden",
    "percent": "Förändring",
    "percent_interval": "95 % intervall för förändringen",
    "verdict": "Bedömning",
}
PROFILE_COUNT = "Anmälda brott"
PROFILE_RATE = "Per 1 000 invånare"
PROFILE_CHANGE = "Förändring"
PROFILE_SERIES = "Antal per månad"
PROFILE_TYPES = "Vanligaste brottstyperna"
PROFILE_SHARE = "Andel av kommunens"
SERIES_TABLE = "Visa månaderna som tabell"
SERIES_HIDDEN = "Antal per månad visas inte för det här urvalet: talen är för små eller skyddade."
SERIES_CURRENT = "vald period"
SERIES_PREVIOUS = "jämförelseperiod"
TYPES_HIDDEN = "Uppdelning på brottstyp visas inte för det här urvalet."
NO_RATE = "färre än 50 invånare, eller dolt"
EVENT_COLUMNS = {"time": "Tid", "type": "Händelse", "summary": "Vad polisen skriver"}
RESIDENTS_CAVEAT = (
    "Antal per invånare säger mindre där många vistas utan att bo, till exempel i centrum."
)
LISTED_AREA_CAVEAT = (
    "I ett område på polisens lista över utsatta områden anmäls färre brott än som sker. Ett lägre "
    "antal där ska inte läsas som att läget har blivit bättre."
)
VULNERABLE_CAVEAT = (
    "I ett utsatt område anmäls färre brott än som sker. Ett lägre antal här ska inte läsas som "
    "att läget har blivit bättre."
)


def events_title(n: int) -> str:
    """Head the police's news."""
    return f"{SHOW_EVENTS} i perioden ({formats.number(n)})"


def not_mapped(theme: Theme) -> str:
    """Say why a theme has no map of offences, and what the plan says of it."""
    reason = NOT_MAPPED if not theme.counts_offences and theme.status else NO_OFFENCES
    return " ".join((f"**{theme.name}.**", reason, theme.status, *theme.caveats)).strip()


def level_limited(level: AreaLevel) -> str:
    """Tell that a theme is shown on a coarser level than the one asked for."""
    return LEVEL_LIMITED.format(level=_level_word(level))


def _level_word(level: AreaLevel) -> str:
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


def legend_title(measure: Measure) -> str:
    """Head a legend with the measure and its unit."""
    return {
        Measure.COUNT: "Antal anmälda brott i perioden",
        Measure.PER_1000: "Anmälda brott per 1 000 invånare i perioden (utjämnat)",
        Measure.CHANGE: "Förändring mot jämförelseperioden, procent",
    }[measure]


def special_class(number: int, threshold: int) -> str:
    """Label the looks that are not a class of values."""
    return {
        classes.ZERO: "0 – inget anmält",
        classes.UNDECIDED: "kan inte avgöras (för få)",
        classes.HIDDEN: f"dold (1–{threshold - 1}, eller skyddar en sådan)"
        if threshold > 1
        else "dold",
        classes.MISSING: "uppgift saknas",
    }[number]


def value_classes(classified: Classified, decimals: int) -> tuple[str, ...]:
    """Label the classes of a sequential legend, ``12–25``.

    Whole numbers start one above the limit below; the first class starts at its smallest value,
    never at 0, which is a class of its own.
    """
    limits, decimals = class_limits(classified, decimals)
    return tuple(_range(low, high, decimals) for low, high in limits)


def class_limits(classified: Classified, decimals: int) -> tuple[list[tuple[float, float]], int]:
    """Give the limits of the classes as they are to be written, and with how many decimals."""
    lower, upper = list(classified.lower), list(classified.breaks)
    if decimals == 0:
        # A whole number is at most 5,4 exactly when it is at most 5.
        upper = [float(floor(high)) for high in upper]
        lower = [max(low, 1.0) if not at else floor(low) + 1.0 for at, low in enumerate(lower)]
    elif all(limit == floor(limit) for limit in (*lower, *upper)):
        decimals = 0
    return list(zip(lower, upper, strict=True)), decimals


def change_classes(classified: Classified) -> tuple[str, ...]:
    """Label the classes of a diverging legend; the middle one is no clear change."""
    middle = len(classified.breaks) // 2
    labels = []
    for position, (low, high) in enumerate(zip(classified.lower, classified.breaks, strict=True)):
        if position == middle:
            labels.append(VERDICTS[Verdict.NO_CLEAR_CHANGE])
        elif position < middle:
            labels.append(_change_range(low, high, "minskning"))
        else:
            labels.append(_change_range(low, high, "ökning"))
    return tuple(labels)


def _change_range(low: float, high: float, word: str) -> str:
    near, far = sorted((abs(low), abs(high)))
    if far == float("inf"):
        return f"{word} mer än {formats.number(near)} %"
    return f"{word} {formats.number(near)}–{formats.number(far)} %"


def _range(low: float, high: float, decimals: int) -> str:
    if decimals == 0 and low >= high:
        return formats.number(high)
    return f"{formats.number(low, decimals)}–{formats.number(high, decimals)}"


def value_summary(facts: Facts, highest: Sequence[tuple[str, str]]) -> str:
    """Say in one sentence where the figures are highest."""
    listed = _listed([f"{name} ({value})" for name, value in highest])
    unit = "antal" if facts.measure is Measure.COUNT else "antal per 1 000 invånare, utjämnat"
    return (
        f"{told(facts.offences)} anmälda brott i {facts.municipality} "
        f"{formats.period(facts.start, facts.end)}. Högst {unit}: {listed}."
    )


def change_summary(facts: Facts, rising: Sequence[str], falling: Sequence[str]) -> str:
    """Say in one sentence where a change is certain."""
    start = (
        f"{told(facts.offences)} anmälda brott i {facts.municipality} "
        f"{formats.period(facts.start, facts.end)}."
    )
    if not rising and not falling:
        return f"{start} Inget område har en säkerställd förändring."
    parts = []
    if rising:
        parts.append(f"Säkerställd ökning: {_listed(rising)}.")
    if falling:
        parts.append(f"Säkerställd minskning: {_listed(falling)}.")
    return " ".join([start, *parts])


def empty_summary(facts: Facts) -> str:
    """Say that nothing can be shown."""
    return f"Inga siffror kan visas för {formats.period(facts.start, facts.end)} med detta urval."


def _listed(names: Sequence[str]) -> str:
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} och {names[-1]}"


def caption(facts: Facts, hidden: int, threshold: int, *, is_map: bool = True) -> tuple[str, ...]:
    """Write the lines that follow the figures into every page and file.

    What lacks a place is told where the figures stand on a map.
    """
    lines = [_caption_source(facts), _caption_count(facts, is_map)]
    if facts.silent:
        lines.append(f"Uppgifter saknas för {silent_months(facts.silent)}.")
    if facts.previous_start and facts.previous_end:
        lines.append(_caption_comparison(facts))
    if facts.measure is not Measure.COUNT:
        lines.append(_caption_method(facts))
    if hidden:
        lines.append(
            f"{hidden} områden är dolda: antal 1–{threshold - 1}, eller ett antal som skulle röja "
            "ett sådant."
        )
    lines.extend(facts.caveats)
    if facts.audience is Audience.PUBLIC:
        lines.append(PUBLIC_CAVEAT)
    elif facts.has_listed_area:
        lines.append(LISTED_AREA_CAVEAT)
    lines.append(_caption_version(facts))
    if facts.is_example:
        lines.insert(0, f"{EXAMPLE_MARK}. {EXAMPLE_SENTENCE}")
    return tuple(lines)


def _caption_source(facts: Facts) -> str:
    basis = {
        DateBasis.REPORTED: "anmälningsdatum",
        DateBasis.OCCURRED: "brottsdatum",
    }[facts.basis]
    listed = "; ".join(facts.sources) or "ingen inläst källa"
    return f"Källa: {listed}. Period: {formats.period(facts.start, facts.end)}, efter {basis}."


def _caption_count(facts: Facts, is_map: bool = True) -> str:
    whole = " i hela kommunen" if is_map and facts.areas else ""
    parts = [f"n = {told(facts.offences)} anmälda brott{whole}"]
    if facts.offences and is_map:
        share = (
            f"{formats.share(facts.without_place / facts.offences, 1)} saknar"
            if facts.without_place is not None
            else f"ett litet antal ({HIDDEN}) saknar"
        )
        parts.append(
            f"{share} plats på denna nivå ({told(facts.without_place)}) och finns inte på kartan"
        )
    if facts.outside != 0:
        parts.append(f"{told(facts.outside)} ligger utanför kommunen")
    if facts.straddling != 0:
        parts.append(f"{told(facts.straddling)} redovisas bara för längre perioder och räknas inte")
    if facts.undated != 0:
        parts.append(f"{told(facts.undated)} saknar datum och räknas inte")
    parts.append(
        "slutliga uppgifter"
        if facts.preliminary == 0
        else f"preliminära uppgifter ({told(facts.preliminary)})"
    )
    return "; ".join(parts) + "."


def told(count: int | None) -> str:
    """Write a count that may be hidden."""
    return HIDDEN if count is None else formats.number(count)


def _caption_comparison(facts: Facts) -> str:
    compared = formats.period(facts.previous_start, facts.previous_end)
    days = (facts.end - facts.start).days + 1
    days_previous = (facts.previous_end - facts.previous_start).days + 1
    if days == days_previous:
        return f"Jämförs med {compared} (lika många dagar, {days})."
    return (
        f"Jämförs med {compared}; förändringen är omräknad till samma antal dagar "
        f"({days} mot {days_previous})."
    )


def _caption_method(facts: Facts) -> str:
    if facts.measure is Measure.CHANGE:
        return (
            "Förändringens intervall är 95 % (exakt betingat); bedömningen kräver att hela "
            "intervallet ligger på ena sidan om noll."
        )
    years = ", ".join(str(year) for year in facts.population_years) or "okänt år"
    return (
        f"Per 1 000 invånare (31 december {years}), utjämnat mot kommunens nivå "
        f"(empirisk Bayes) med 95 % intervall. {RESIDENTS_CAVEAT}"
    )


def _caption_version(facts: Facts) -> str:
    return (
        f"Områden: {AREA_LEVELS_PLURAL[facts.level]}, gränser {facts.boundary_version}. "
        f"Plan {facts.plan_year}. Dataversion {facts.data_version}. {APP}."
    )


def hidden_reason(threshold: int) -> str:
    """Say why a figure is not shown."""
    return f"1–{threshold - 1}, eller skyddar ett så litet antal"


def rate_detail(between: str, people: str) -> str:
    """Interval and denominator of a rate."""
    return f"95 %: {between} · {people} invånare"


def change_detail(verdict: str, between: str, previous: float) -> str:
    """Verdict, interval and earlier count of a change."""
    parts = [verdict]
    if between != formats.NO_VALUE:
        parts.append(f"95 %: {between}")
    parts.append(f"före: {formats.number(previous)}")
    return " · ".join(parts)


def tooltip_lines() -> dict[str, str]:
    """Words of the map's tooltip, handed to the browser once."""
    return {
        "count": "Antal",
        "rate": "Per 1 000 inv.",
        "previous": "Jämförelseperioden",
        "change": "Förändring",
        "verdict": "Bedömning",
    }


# --- the page Hotspots ---

LAYER_CHOICE = "Kartlager"
HOTSPOT_LAYERS = {
    HotspotLayer.COUNT: "Antal",
    HotspotLayer.DENSITY: "Täthet",
    HotspotLayer.SIGNIFICANT: "Säkerställd hopning",
    HotspotLayer.EMERGING: "Utveckling",
    HotspotLayer.POINTS: "Enskilda händelser",
}
HOTSPOT_LEGENDS = {
    HotspotLayer.COUNT: "Antal anmälda brott per ruta",
    HotspotLayer.DENSITY: "Anmälda brott per km² och år",
    HotspotLayer.SIGNIFICANT: "Säkerställd hopning (Gi*, 5 % efter Benjamini–Hochberg)",
    HotspotLayer.EMERGING: "Hur hopningen har utvecklats",
    HotspotLayer.POINTS: "Varje punkt är ett anmält brott",
}
SIGNIFICANT_CLASSES = (
    "ingen säkerställd avvikelse",
    "fler än väntat – säkerställd hopning",
    "färre än väntat – säkerställt",
)
HOTSPOT_CLASSES = {
    HotspotClass.NONE: "ingen hopning",
    HotspotClass.SPORADIC: "återkommer då och då",
    HotspotClass.DIMINISHING: "avtar",
    HotspotClass.NEW: "ny i sista perioden",
    HotspotClass.PERSISTENT: "bestående",
}
CELL_ZERO = "0 – inget i urvalet"
CELL_UNUSED = "inget brott känt här – ingår inte"
CELL_SHAPE = "Rutform"
CELL_SHAPES = {CellShape.SQUARE: "Kvadrat", CellShape.HEXAGON: "Sexhörning"}
CELL_SIZE = "Rutstorlek"
BANDWIDTH = "Räckvidd"
CHANCE = "Skulle slumpen ge detta?"
CHANCE_HELP = (
    "Visar samma analys bredvid, av lika många händelser i varje stadsdel utlagda på slumpmässiga "
    "platser. Liknar kartorna varandra säger den riktiga inte mer än slumpen."
)
CHANCE_REAL = "Anmälda brott"
CHANCE_MADE = "Slump – inga riktiga händelser"
HOTSPOT_REFUSALS = {
    HotspotRefusal.NOT_MAPPED: "Temat visas inte på karta.",
    HotspotRefusal.TOO_FINE: (
        "Urvalet får inte visas finare än per stadsdel, så hotspots visas inte. Se sidan Karta."
    ),
    HotspotRefusal.NO_POINTS: (
        "Enskilda händelser visas inte för det här urvalet. Välj ett annat kartlager."
    ),
}
CLUSTERS = "De starkaste hopningarna"
CLUSTER_COLUMNS = {
    "name": "Plats",
    "count": "Antal",
    "share": "Andel av alla",
    "hour": "Vanligaste tid",
    "cells": "Rutor",
}
CLUSTERS_FEW = "Färre än {needed} händelser på kartan: hopningar kan inte skiljas från slump."
CLUSTERS_NONE = (
    "Ingen hopning av flera rutor är säkerställd. En enskild ruta med många händelser syns i "
    "kartlagret Antal."
)
DIRECTIONS = {
    Direction.MIDDLE: "mitten",
    Direction.NORTH: "norra delen",
    Direction.NORTH_EAST: "nordöstra delen",
    Direction.EAST: "östra delen",
    Direction.SOUTH_EAST: "sydöstra delen",
    Direction.SOUTH: "södra delen",
    Direction.SOUTH_WEST: "sydvästra delen",
    Direction.WEST: "västra delen",
    Direction.NORTH_WEST: "nordvästra delen",
}
SPOT_CHOOSE = "Välj hopning"
SPOT_NONE = "Ingen vald – klicka på kartan eller välj här"
SPOT_CLICKED = "Vald ruta"
HOURS_TABLE = "Visa timmarna som tabell"
COUNTS_INSTEAD = "Kartan visar antal i stället."
HOUR = "Timme"
SPOT_HINT = (
    "Klicka på en ruta på kartan, eller välj en hopning i listan, för att se dess antal, "
    "utveckling, brottstyper och tider."
)
SPOT_HOURS = "Tid på dygnet"
SPOT_HOURS_FEW = "Färre än tio händelser med känt klockslag: timmar visas inte."
SPOT_TIMES_HIDDEN = "Uppgifter om en enskild ruta visas inte för det här urvalet."
SPOT_EMPTY = "Inget anmält här i perioden."
NEAR_REPEAT = "Närupprepning"
NEAR_REPEAT_HELP = (
    "Prövar om ett brott följs av fler nära i tid och rum än slumpen ger (Knox). Välj gärna en "
    "brottstyp först, till exempel Inbrott. 999 slumpningar; det tar några sekunder."
)
NEAR_REPEAT_RUN = "Pröva"
NEAR_REPEAT_RUNNING = "Slumpar …"
NEAR_REPEAT_COLUMNS = {
    "distance_band": "Avstånd",
    "day_band": "Tid emellan",
    "observed": "Antal par",
    "expected": "Väntat",
    "ratio": "Kvot",
    "p_value": "p-värde",
}
SAME_PLACE = "samma plats"
DAYS = "dagar"


def hotspot_title(facts: Facts, layer: HotspotLayer) -> str:
    """Name a view of the page Hotspots: what, how, where, when."""
    return f"{HOTSPOT_LAYERS[layer]} · {view_title(facts)}"


def cell_place(district: str, direction: Direction) -> str:
    """Name where a cluster lies: the district and which part of it."""
    if not district:
        return "vid kommungränsen"
    return f"{district}, {DIRECTIONS[direction]}"


def spot_detail(share: float) -> str:
    """Tell a cell's share of what stands on the map."""
    return f"{formats.share(share, 1)} av händelserna på kartan"


def cell_name(district: str) -> str:
    """Name a cell by the district that its centre lies in."""
    return f"Ruta i {district}" if district else "Ruta vid kommungränsen"


def hotspot_summary(events: float, cells: int) -> str:
    """Say in one sentence what the cells hold."""
    return (
        f"{formats.number(events)} anmälda brott med känd plats ligger i {formats.number(cells)} "
        "rutor."
    )


def cell_size(metres: int, shape: CellShape) -> str:
    """Name a size of cells."""
    if shape is CellShape.HEXAGON:
        return f"{formats.number(metres**2 / 1e6, 2)} km²"
    return f"{formats.number(metres)} m"


def metres(length: int) -> str:
    """Write a length."""
    return f"{formats.number(length)} m"


def hotspot_method(layer: HotspotLayer, shape: CellShape, side: int, reach: int) -> tuple[str, ...]:
    """Say in the caption how a layer was computed."""
    cells = (
        f"Rutor om {formats.number(side)} m i SCB:s rutnät."
        if shape is CellShape.SQUARE
        else f"Sexhörningar om {cell_size(side, shape)}."
    )
    told = {
        HotspotLayer.DENSITY: (
            f"Täthet: kvartisk kärna med räckvidden {formats.number(reach)} m, beräknad för rutor "
            f"om {formats.number(side)} m och rättad vid kommungränsen. Den säger inget om hur "
            "många som vistas på platsen."
        ),
        HotspotLayer.SIGNIFICANT: (
            f"{cells} En ruta jämförs tillsammans med sina grannar med urvalets alla rutor där "
            "något brott är känt, oavsett slag och tid (Gi*); "
            "högst 5 % av de säkerställda väntas vara falska. Jämförelsen tar inte hänsyn till hur "
            "många som bor eller vistas där."
        ),
        HotspotLayer.EMERGING: (
            f"{cells} Gi* månad för månad, kvartal för kvartal när perioden är två år eller "
            "längre; trend enligt Mann–Kendall. Utvecklingen gäller rutans plats bland de andra, "
            "inte om brotten har blivit fler."
        ),
    }
    return (told.get(layer, cells),)


def hotspot_beyond(count: int) -> str:
    """Tell of offences whose point lies in no cell."""
    return (
        f"{formats.number(count)} händelser har en punkt som ligger i vatten eller utanför rutorna."
    )


def concentration_sentence(share: float, gini: float, cells: int) -> str:
    """Say how gathered the offences are: the share in the top 5 % of the cells, and the Gini."""
    top = formats.number(max(1, round(0.05 * cells)))
    return (
        f"Av de {formats.number(cells)} rutor där något brott är känt står de 5 % som har flest "
        f"({top} rutor) för {formats.share(share)} av händelserna. Ginikoefficienten, justerad "
        f"för få händelser, är {formats.number(gini, 2)} (0 = så jämnt det går, 1 = allt i en "
        "ruta)."
    )


def hours_around(first: float) -> str:
    """Name three hours of the day, ``20–23``; a dash when they are not known."""
    if first != first:  # missing
        return formats.NO_VALUE
    return f"kl. {int(first):02}–{(int(first) + 3) % 24:02}"


def cluster_choice(name: str, count: float) -> str:
    """Name a cluster in a select box."""
    return f"{name} ({formats.number(count)})"


def band(low: float, high: float, unit: str) -> str:
    """Name a left-closed band of distances or days."""
    return f"{formats.number(low)}–{formats.number(high)} {unit}"


def distance_band(low: float, high: float) -> str:
    """Name a left-closed band of distances; one that ends at 0 is the same place."""
    return band(low, high, "m") if high else SAME_PLACE


def near_repeat_answer(best: Mapping[str, object] | None) -> str:
    """Say what the test of near repeats found."""
    if best is None:
        return (
            "Inget tyder på närupprepning: par av händelser nära i tid och rum är inte säkert fler "
            "än slumpen ger."
        )
    more = formats.number(100 * (float(best["ratio"]) - 1))
    place = distance_band(best["distance_from"], best["distance_to"])
    days = band(best["day_from"], best["day_to"], DAYS)
    return (
        f"Händelser kommer tätare än slumpen ger: {place} och {days} "
        f"emellan finns {more} % fler par än väntat "
        f"({formats.number(best['observed'])} mot {formats.number(best['expected'], 1)} väntade, "
        f"p = {formats.number(best['p_value'], 3)}). Det säger inte vem eller varför."
    )


# --- the page Åtgärder ---

PAGE_MEASURES = "Åtgärder"
LOADING_MEASURES = "Läser åtgärder och uppföljningar …"
MEASURES_EMPTY = (
    "Inga åtgärder ännu. Lägg till en nedan, eller läs in planens åtgärder som CSV eller XLSX på "
    "sidan Data."
)
MEASURE_NONE = "Inga åtgärder i urvalet. Välj fler stadsdelar, teman eller lägen."
MEASURE_CHOOSE = "Åtgärd"
MEASURE_CLOSED = "Ingen vald"
MEASURE_HINT = "Välj en åtgärd i listan eller tryck på den på kartan."
THEMES_ALL = "Alla prioriterade områden"
MEASURE_STATUS = "Läge"
MEASURE_STATUSES = {
    MeasureStatus.PLANNED: "Planerad",
    MeasureStatus.ONGOING: "Pågår",
    MeasureStatus.DONE: "Avslutad",
    MeasureStatus.STOPPED: "Avbruten",
}
STATUS_ALL = "Alla lägen"
APPROACH = "Arbetssätt"
APPROACHES = {
    MeasureApproach.SOCIAL: "Social prevention",
    MeasureApproach.SITUATIONAL: "Situationell prevention",
}
APPROACH_ALL = "Båda arbetssätten"
RESPONSIBLE = "Ansvarig"
RESPONSIBLE_ALL = "Alla ansvariga"
MEASURE_FIELDS = {
    "theme": "Prioriterat område",
    "approach": "Arbetssätt",
    "status": "Läge",
    "goal": "Mål",
    "direction": "Inriktning",
    "owner": "Ansvarig",
    "partners": "Medverkande",
    "activities": "Aktiviteter",
    "schedule": "Tidsplan",
    "evaluation": "Uppföljning",
    "place": "Plats",
    "dates": "Datum",
}
MEASURE_COLUMNS = {
    "title": "Åtgärd",
    "theme": "Prioriterat område",
    "approach": "Arbetssätt",
    "owner": "Ansvarig",
    "place": "Plats",
    "start": "Start",
    "end": "Slut",
    "status": "Läge",
    "follow_up": "Senast uppföljd",
    "mark": "Märkning",
}
INVENTED_ROW = "påhittad"
DRAWN_AREA = "Ritat område"
NO_PLACE_TOLD = "Ingen särskild plats"
NEVER = "aldrig"
MEASURES_TABLE = "Åtgärder i urvalet"
TIMELINE = "Tidslinje"
TIMELINE_TOLD = "En rad per åtgärd från start till slut; öppna åtgärder ritas till årets slut."
TODAY = "I dag"
NO_DATES = "Ingen åtgärd i urvalet har ett startdatum."
LACKING = "Saknar uppföljning det senaste året"
LACKING_NONE = "Alla pågående och nyss avslutade åtgärder är uppföljda det senaste året."
LACKING_COLUMNS = {"owner": "Ansvarig", "title": "Åtgärd", "last": "Senast uppföljd"}
NO_OWNER_TOLD = "Ingen ansvarig"
MEASURES_MAP = "Tryck på en ring för att öppna åtgärden"
MEASURES_MAP_DRAWING = "Tryck på kartan för att sätta hörn på området"
MAP_SIGNS = {
    "social": "Social prevention",
    "situationell": "Situationell prevention",
    "other": "Arbetssätt inte angivet",
}
CHOSEN_AREA = "Ritat område för vald åtgärd"
CHOSEN_DISTRICTS = "Stadsdelar för vald åtgärd"
DRAWN_NOW = "Område som ritas"
MEASURE_NEW = "Ny åtgärd"
MEASURE_EDIT = "Ändra åtgärden"
MEASURE_TITLE = "Vad åtgärden heter"
MEASURE_SAVE = "Spara åtgärden"
MEASURE_SAVED = "Åtgärden är sparad."
MEASURE_KEEP = "Spara åtgärden ändå"
MEASURE_STALE = (
    "Någon annan hann ändra åtgärden. Det som gäller nu står här ovanför; dina egna ord står kvar "
    "i formuläret. Jämför och spara igen."
)
MEASURE_REMOVE = "Ta bort åtgärden"
MEASURE_REMOVE_SURE = "Ja, ta bort åtgärden ur listorna"
MEASURE_REMOVED = "Åtgärden är borttagen ur listorna; historiken finns kvar."
OWNER_NOT_PERSON = "Förvaltning, enhet eller organisation – aldrig en persons namn."
START_DATE = "Startdatum"
END_DATE = "Slutdatum"
DATE_FORM = "År-månad-dag, till exempel 2026-03-15. Lämna tomt om det inte är bestämt."
MEASURE_DISTRICTS = "Stadsdelar"
CORNERS = "Ritat område (ett hörn per rad: latitud, longitud)"
CORNERS_HELP = (
    "Slå på Rita på kartan och tryck ut hörnen, eller skriv dem här, minst tre. Tomt betyder inget "
    "ritat område."
)
DRAW = "Rita på kartan"
DRAW_HELP = "När det är på sätter varje tryck på kartan ett hörn på den valda eller nya åtgärden."
DRAW_UNDO = "Ta bort senaste hörnet"
DRAW_CLEAR = "Rensa området"
CONTROL_CHOICE = "Jämför med (tomt: kartans förslag)"
CONTROL_CHOICE_HELP = "Välj innan du ser utfallet. Val efter start skrivs ut i bedömningen."
FOLLOW_UPS = "Uppföljningar"
FOLLOW_UPS_NONE = "Ingen har följt upp åtgärden ännu."
FOLLOW_UP_NEW = "Ny uppföljning"
FOLLOW_UP_DAY = "Dag för uppföljningen"
FOLLOW_UP_BY = "Uppföljd av (funktion, inte namn)"
FOLLOW_UP_FIELDS = {
    "done": "Vad har genomförts?",
    "partners": "Vilka har samverkat?",
    "effects": "Vilka effekter?",
}
FOLLOW_UP_SAVE = "Spara uppföljningen"
FOLLOW_UP_KEEP = "Spara uppföljningen ändå"
FOLLOW_UP_SAVED = "Uppföljningen är sparad."
FORM_CLOSE = "Stäng formuläret"
LED_TO = "Det som ledde till åtgärden"
LED_TO_NONE = "Inget fynd och inget problem är kopplat."
LINK_FINDING = "Koppla ett fynd"
LINK_PROBLEM = "Eller beskriv ett problem"
LINK_SAVE = "Koppla"
LINK_KEEP = "Koppla ändå"
LINKED = "Kopplingen är sparad."
LINK_NOTHING = "Välj ett fynd eller beskriv ett problem först."
MEASURE_HISTORY = "Historik"
MEASURE_CHANGES = {
    "created": "skapad",
    "removed": "borttagen",
    "geom": "ritat område",
    "follow_up": "uppföljning tillagd",
    "problem": "problem kopplat",
    "finding": "fynd kopplat",
    "title": "namn",
    "start_date": "startdatum",
    "end_date": "slutdatum",
    "districts": "stadsdelar",
    "control_districts": "jämförelse",
    "control_day": "dag för val av jämförelse",
}
MEASURE_PAPER = "Åtgärden och dess effekt som dokument"
MEASURE_PDF = "Dokument (PDF)"
MEASURE_DOCX = "Dokument (Word)"
PAPER_SOURCE_MEASURES = "Källa: egna åtgärder och anmälda brott i Trygghetskarta, {municipality}."
EFFECT = "Effekt"
RING = "Omland (meter)"
EFFECT_VERDICTS = {
    EffectVerdict.CLEAR_DECREASE: "Tydlig minskning",
    EffectVerdict.SIGNS_OF_DECREASE: "Tecken på minskning",
    EffectVerdict.NO_CHANGE: "Ingen påvisbar förändring",
    EffectVerdict.SIGNS_OF_INCREASE: "Tecken på ökning",
    EffectVerdict.CLEAR_INCREASE: "Tydlig ökning",
    EffectVerdict.NOT_ASSESSABLE: "Går inte att bedöma",
}
EFFECT_REFUSALS = {
    EffectRefusal.NO_START: "Ange ett startdatum, så går effekten att räkna på.",
    EffectRefusal.NO_PLACE: (
        "Ange stadsdelar eller rita ett område: en åtgärd utan plats har inget att jämföra med."
    ),
    EffectRefusal.NO_THEME: "Välj ett prioriterat område: det avgör vilka brott som räknas.",
    EffectRefusal.NOT_COUNTED: (
        "Till åtgärdens prioriterade område hör inga anmälda brott. Följ upp den med de tre "
        "frågorna."
    ),
    EffectRefusal.TOO_SENSITIVE: (
        "Området visas inte så fint att en plats kan jämföras: små antal skulle röjas. Följ upp "
        "åtgärden med de tre frågorna."
    ),
    EffectRefusal.NO_DATA_BEFORE: (
        "Det finns inga anmälda brott för ett helt år före start. Läs in äldre händelser på sidan "
        "Data, eller vänta tills ett år är täckt."
    ),
    EffectRefusal.NO_CONTROLS: (
        "Ingen stadsdel utanför platsen och omlandet har brott att jämföra med före start."
    ),
}
SPREADS = {
    Spread.DISPLACEMENT: "Omlandet ökade jämfört med sin jämförelse: tecken på omflyttning.",
    Spread.DIFFUSION: "Omlandet minskade också: tecken på spridningsvinst.",
    Spread.NONE_SHOWN: "Varken omflyttning eller spridningsvinst kan visas i omlandet.",
    Spread.NOT_ASSESSABLE: "Omlandet har för få brott för att omflyttning ska gå att bedöma.",
}
QUOTIENT_REASONS = {
    NoQuotient.NO_SUCCESS: (
        "Omflyttningskvot: räknas inte, för platsen minskade inte jämfört med jämförelsen."
    ),
    NoQuotient.NO_CONTROL: "Omflyttningskvot: räknas inte, för jämförelsen saknar brott.",
}
REGRESSION = (
    "Åtgärder sätts ofta in där det nyss varit ovanligt mycket. Det som är ovanligt högt faller av "
    "sig självt (regression mot medelvärdet); en del av en minskning kan vara bara det."
)
REGRESSION_RISEN = (
    "Här var det sista året före start klart högre än året innan, så varningen gäller i hög grad."
)
UNDERREPORTING = (
    "Platsen ligger i ett område där färre anmäler brott. Ett minskat antal anmälningar är inte i "
    "sig en förbättring; jämför med trygghetsundersökningen och med vad som setts på plats."
)
EFFECT_CAUSE = "Skillnaden säger inte att åtgärden är orsaken, bara vad som skiljer platserna åt."
FOLLOWED = "De två åren före start följdes platsen och jämförelsen åt."
NOT_FOLLOWED = (
    "Redan före start utvecklades platsen och jämförelsen olika, så skillnaden efteråt går inte "
    "att tolka. Välj en annan jämförelse."
)
FOLLOWED_UNKNOWN = "Om platserna följdes åt före start går inte att pröva: det krävs två år."
CONTROLS_PROPOSED = (
    "Jämförelsen är vald på nivå och utveckling före start, innan utfallet räknades."
)
CONTROLS_BY_HAND = "Jämförelsen är vald för hand före start."
CONTROLS_LATE = "Jämförelsen är vald för hand efter start: utfallet kan ha påverkat valet."
NARROWED = (
    "Temat får inte visas finare än stadsdel, så hela stadsdelar räknas i stället för det ritade "
    "området."
)
EFFECT_DETAILS = "Så är det räknat"
EFFECT_COUNTS = {
    "treated": "Platsen",
    "control": "Jämförelsen",
    "ring": "Omlandet",
    "ring_control": "Omlandets jämförelse",
}
EFFECT_COLUMNS = {
    "place": "Var",
    "before": "Före",
    "after": "Efter",
    "scaled_before": "Före, skalat",
    "scaled_after": "Efter, skalat",
}
CANDIDATES = "Stadsdelar att jämföra med, de mest lika först"
CANDIDATE_COLUMNS = {
    "name": "Stadsdel",
    "level": "Brott per år före",
    "change": "Förändring före",
    "chosen": "Vald",
}
YES = "ja"
SERIES_TITLE = "Före och efter, kvartal räknade från start"
SERIES_PLACES = {"treated": "Platsen", "control": "Jämförelsen, skalad till platsens nivå"}
SERIES_START = "Start"
SERIES_OFFENCES = "Anmälda brott per kvartal"
SERIES_NOT_BY_TIME = "Temat får inte visas per månad, så förtrenden visas bara i ord."
FIGURE_VERDICT = "Bedömning"
FIGURE_DIFFERENCE = "Skillnad mot väntat"
FIGURE_COUNTS = "Före och efter på platsen"
FIGURE_DETECTABLE = "Minsta minskning som kan visas"
CANNOT_SHOW = "går inte att visa"
NOT_BEGUN = "Åtgärden har inte pågått en hel månad som uppgifterna täcker. Det här kunde visas:"


def measures_title(municipality: str) -> str:
    """Name what the page of measures shows."""
    return f"Åtgärder, {municipality}"


def measures_summary(found: int, ongoing: int, lacking: int) -> str:
    """Say in one sentence what a choice of measures holds."""
    told = f"{_counted(found, 'en åtgärd', 'åtgärder')} i urvalet"
    more = f"{formats.number(lacking)} saknar uppföljning det senaste året"
    return f"{_upper_first(told)}, varav {formats.number(ongoing)} pågår; {more}."


def date_invalid(value: str) -> str:
    """Say that a date cannot be read."""
    return f"”{value}” är inget datum. Skriv år-månad-dag, till exempel 2026-03-15."


def corners_invalid(line: str) -> str:
    """Say that a corner of a drawn area cannot be read."""
    return f"”{line}” är inget hörn. Skriv latitud och longitud, till exempel 58.2841, 12.2912."


def corners_told(number: int) -> str:
    """Say how much of an area is drawn."""
    if not number:
        return "Inga hörn ännu."
    told = _counted(number, "ett hörn", "hörn")
    if number < 3:
        return f"{_upper_first(told)}; minst tre behövs."
    return f"{_upper_first(told)}; området är färdigt att spara."


def drawn_area(hectares: float) -> str:
    """Tell how large a drawn area is."""
    return f"{DRAWN_AREA}, {formats.number(hectares, 1)} hektar"


def open_end(start: str, end: str) -> str:
    """Tell from when to when a measure lasts."""
    return f"{start or '…'} – {end or '…'}" if start or end else NO_DATES_TOLD


NO_DATES_TOLD = "inte bestämt"


def follow_up_head(day: str, function: str) -> str:
    """Head of a follow-up."""
    return f"{day}, {function}"


def measure_change(day: str, who: str, what: str, before: str, after: str) -> str:
    """Tell of one change in a measure's history."""
    moved = f": {before} → {after}" if before and after else f": {after}" if after else ""
    return f"{day}, {who}: {what}{moved}"


def effect_periods(months: int, before: tuple[date, date], after: tuple[date, date]) -> str:
    """Say which months are compared."""
    return (
        f"{_upper_first(_counted(months, 'en månad', 'månader'))} efter start "
        f"({formats.period(*after)}) mot samma kalendermånader före ({formats.period(*before)}), "
        "efter anmälningsdatum."
    )


def effect_place(names: Sequence[str], ring: int, control: Sequence[str]) -> str:
    """Say what is compared with what."""
    place = f"stadsdelarna {_listed(list(names))}" if len(names) > 1 else "".join(names)
    around = f"omland {formats.number(ring)} m" if ring else "omland: angränsande stadsdelar"
    return (
        f"Plats: {place or 'det ritade området'}; {around}. Jämförelse: {_listed(list(control))}, "
        "skalad till platsens nivå före start."
    )


def effect_difference(estimate: float, lower: float, upper: float) -> str:
    """Say how many offences fewer or more than expected, with the interval."""
    word = "färre" if estimate < 0 else "fler"
    return (
        f"{formats.number(abs(estimate))} {word} anmälda brott än jämförelsen gav att vänta "
        f"(95 % intervall {_between(lower, upper)} brott)."
    )


def effect_total(estimate: float, lower: float, upper: float) -> str:
    """Say what place and surroundings come to together."""
    return (
        f"Plats och omland tillsammans: {formats.signed(estimate)} brott mot väntat "
        f"(95 % intervall {_between(lower, upper)})."
    )


def _between(lower: float, upper: float) -> str:
    return f"{formats.signed(lower)} … {formats.signed(upper)}"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def effect_percent(percent: float) -> str:
    """Tell a difference as a share of what was expected."""
    return f"{formats.signed(percent)}\u00a0% av väntat"


def effect_quotient(value: float) -> str:
    """Tell the displacement quotient."""
    return (
        f"Omflyttningskvot {formats.number(value, 2)}: över 0 fick omlandet del av minskningen, "
        "under 0 flyttade en del dit. Kvoten har inget intervall och är osäker."
    )


def detectable(percent: float, months: int) -> str:
    """Say before the start, or after, what drop could be shown at all."""
    span = _counted(months, "en månad", "månader")
    if percent > 100:
        return f"Med {span} på var sida går ingen minskning att visa: brotten är för få."
    return (
        f"Med {span} på var sida måste brotten minska med minst {formats.number(percent)} % för "
        "att det ska synas. En så stor minskning visas ungefär varannan gång."
    )


def what_would_help(drop: float, own: int | None, together: int | None) -> str:
    """Say what would make an effect possible to judge, computed."""
    wanted = f"En minskning på {formats.number(drop)} %"
    alone = (
        f"kan visas först efter {own} månader"
        if own
        else "kan inte visas ens efter fem år med temats brott"
    )
    if together is None:
        rest = "inte heller med alla brottstyper tillsammans"
    else:
        rest = f"med alla brottstyper tillsammans efter {together} månader"
    return f"{wanted} {alone}; {rest}."


def offences_interval(lower: float, upper: float) -> str:
    """Tell the interval of a difference."""
    return f"95 % intervall {_between(lower, upper)} brott"


def effect_months(months: int) -> str:
    """Say how long the periods are."""
    return f"{_counted(months, 'en månad', 'månader')} på var sida om start"


EFFECT_METHOD = (
    "Skillnaden är platsens förändring minus jämförelsens (viktad omflyttningsskillnad, Wheeler "
    "och Ratcliffe 2018), med Poisson-osäkerhet och normalapproximation. Minskning eller ökning "
    "kallas tydlig när 95 % intervall ligger på en sida om 0, tecken när 80 % intervall gör det."
)


def counts_told(before: float, after: float) -> str:
    """Tell the two counts of a place."""
    return f"{formats.number(before)} → {formats.number(after)}"


def effect_preliminary(count: int) -> str:
    """Tell of preliminary offences after the start."""
    return f"{formats.number(count)} av brotten efter start är preliminära och kan ändras."


def measure_summary(status: str, owner: str) -> str:
    """The line below the title of a measure's paper."""
    return f"{status}. Ansvarig: {owner or NO_OWNER_TOLD.lower()}."


# --- the page Data ---

DATA_INTRO = (
    "Läs in en fil från polisen, kommunen, SCB eller Brå. Inget sparas förrän du har sett hur "
    "kolumnerna tolkas, och varje rad redovisas."
)
UPLOAD = "Välj fil"
UPLOAD_HELP = "CSV, Excel (XLSX), GeoJSON, GeoPackage, zippad shapefil eller polisens JSON."
KIND = "Vad innehåller filen?"
SOURCE_NAME = "Källa"
SOURCE_HELP = (
    'Namn på källan, till exempel "Polisen Fyrbodal, uttag". Samma källa nästa gång gör att '
    "samma rader känns igen."
)
PREVIEW = "De första raderna"
MAPPING_TITLE = "Så tolkas kolumnerna"
MORE_COLUMNS = "Fler uppgifter som filen kan ha"
MAPPING_HELP = "Ändra om något är fel. Valet sparas för filer med samma kolumner."
MAPPING_REMEMBERED = "Kolumnvalet är hämtat från en tidigare inläsning med samma kolumner."
NO_COLUMN = "– finns inte –"
IMPORT_BUTTON = "Läs in"
IMPORTING = "Läser in {file} …"
CHOOSE_LAYER = "Lager"
REPORT = "Kopplingsrapport"
REPORT_NUMBERS = {
    "read": "Lästa rader",
    "new": "Nya",
    "changed": "Ändrade",
    "unchanged": "Oförändrade",
    "quarantined": "I karantän",
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
QUARANTINE_HELP = (
    "Raderna nedan är inte med i kartan. Ladda ner dem, rätta i Excel och läs in filen igen; inget "
    "är förlorat."
)
QUARANTINE_DOWNLOAD = "Ladda ner karantänen (CSV)"
QUARANTINE_NONE = "Inga rader väntar i karantän."
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
NOTES = {
    "respondents": (
        "{n} svarande summerades till andelar. Inga enskilda svar sparas; grupper med färre än 30 "
        "svar får ingen andel. Rader i karantän rättas i filen, och hela filen läses in igen."
    ),
    "answers_unknown": "{n} svar var tomma eller ”vet ej” och räknas inte.",
    "columns_left_out": "Kolumner som inte är frågor och inte lästes: {n}.",
    "repeated_header": "Rubrikraden upprepades på rad {rows} och hoppades över.",
    "occurred_after_reported": (
        "{n} rader har brottsdatum efter anmälningsdatum. De är med, räknade på anmälningsdatum."
    ),
    "unknown_codes": (
        "{n} rader har en brottskod som inte finns i listan; typen är gissad av koden."
    ),
    "waypoints": "{n} märkta punkter i spårfilen lästes som observationer.",
    "quiet": "{n} rader säger att det inte fanns något att rapportera; passen är sparade.",
    "personal_data": (
        "{n} rader verkar ha personnummer, telefon, e-post eller registreringsnummer i texten. "
        "Ta bort det som pekar ut en person."
    ),
    "removed": "{n} punkter togs bort när spåren rensades (dubbletter, hopp och stillastående).",
    "doubtful_moments": (
        "{n} punkter togs bort ur spåren för att deras tider inte kan stämma (före 1990 eller i "
        "framtiden)."
    ),
    "repeated_rows": "{n} rader förekom flera gånger i filen och räknades en gång.",
    "guessed_crs": "Koordinatsystemet stod inte i filen; det tolkades som {crs}.",
    "place_conflicts": (
        "{n} rader har koordinat och områdeskod som pekar på olika områden. Koordinaten gäller."
    ),
    "examples_removed": "{n} påhittade exempelrader togs bort när riktiga data lästes in.",
    "reassigned": "{n} händelser fick nytt område när gränserna byttes.",
}
IMPORT_DONE = "{accepted} av {read} rader är inlästa."
IMPORT_NOTHING = "Inga rader kunde läsas in. Inget i lagret har ändrats."
IMPORT_UNCHANGED = "Filen är redan inläst. Inget har ändrats."

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
    "seriousness": "Allvar 1–4",
    "text": "Beskrivning",
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
    TableKind.MEASURES: "åtgärder",
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


def report_sentence(read: int, quarantined: int, changed: int) -> str:
    """Sum an import up in one sentence."""
    if read and read == quarantined:
        return IMPORT_NOTHING
    if not changed and not quarantined:
        return IMPORT_UNCHANGED
    return IMPORT_DONE.format(
        accepted=formats.number(read - quarantined), read=formats.number(read)
    )


QUARANTINE_COLUMNS = {"file": "Fil", "row": "Rad", "reasons": "Fel", "cells": "Raden"}
QUARANTINE_FILE = "karantan.csv"
CRS = "Koordinatsystem"
CRS_NAMES = {
    0: "Känn igen automatiskt",
    3006: "SWEREF 99 TM (EPSG:3006)",
    3007: "SWEREF 99 12 00 (EPSG:3007)",
    4326: "WGS 84, latitud och longitud (EPSG:4326)",
    3021: "RT 90 2,5 gon V (EPSG:3021)",
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
    TableKind.MEASURES: "Åtgärdsplanen",
}


def note_lines(notes: Mapping[str, object]) -> list[str]:
    """Tell what was noticed while a file was read; what has no sentence is not for users."""
    lines = []
    for name, value in notes.items():
        if name not in NOTES or not value:
            continue
        said = _fact(value)
        system = CRS_NAMES.get(value, said) if isinstance(value, int) else said
        lines.append(NOTES[name].format(n=said, rows=said, crs=system))
    return lines


# --- the page Om uppgifterna ---

ABOUT_INTRO = "Vad siffrorna betyder, var de kommer ifrån och vad som inte visas."
ABOUT_STORE = "I lagret just nu"
ABOUT = {
    "Säkerhet och trygghet är två saker": (
        "Säkerhet är den faktiska risken att utsättas för brott. Trygghet är hur människor "
        "upplever sin vardag. De visas sida vid sida och vägs aldrig ihop till ett index.",
    ),
    "Anmälda brott": (
        "Kartan visar anmälda brott, inte alla brott som sker. Hur stor del som anmäls skiljer sig "
        "mellan brottstyper och mellan områden; i ett utsatt område anmäls färre.",
        "Antal räknas på anmälningsdatum, som i Brås statistik, om inget annat väljs.",
    ),
    "Noll, dold och uppgift saknas": (
        "0 betyder att inget har anmälts. Dold betyder att antalet är för litet för att visas, "
        "eller att det skulle röja ett sådant antal. Uppgift saknas betyder att vi inte vet.",
    ),
    "Per 1 000 invånare": (
        "Tal per invånare visas alltid med antal, invånare och 95 % intervall. De är utjämnade mot "
        "kommunens nivå (empirisk Bayes), så att små områden inte hoppar av en slump. Områden med "
        "färre än 50 invånare får inget tal per invånare.",
        RESIDENTS_CAVEAT,
    ),
    "Förändring": (
        "En förändring kallas säkerställd bara när hela 95 %-intervallet ligger på ena sidan om "
        "noll. ”Kan inte avgöras” betyder att talen är så små att inte ens en fördubbling skulle "
        "synas; det är något annat än ”ingen säkerställd förändring”.",
    ),
    "Områden": (
        "Stadsdelarna bygger på SCB:s RegSO 2025, där ett område är delat så att Kronogården och "
        "Lextorp kan visas var för sig. De är inte kommunens officiella indelning. DeSO-gränserna "
        "inne i varje RegSO är ungefärliga (cirka 40 meter).",
        "Källa för områden och befolkning: SCB (CC0). Källa för kommunens årssummor: Brå.",
    ),
    "Hotspots": (
        "En hopning kallas säkerställd när en ruta och dess grannar har fler anmälda brott än vad "
        "slumpen brukar ge bland alla rutor där något brott är känt. Den säger inte att platsen är "
        "farlig för den som är där, och inte varför det hopar sig. Jämför med slumpen på sidan.",
        "Brott som saknar en punkt finns inte på den kartan; bildtexten säger hur många.",
    ),
    "Tider": (
        "Ett brott som kan ha skett när som helst i ett intervall fördelas över alla dess timmar "
        "(aoristiskt). Klockslaget 00.00 betyder ofta att tiden är okänd.",
    ),
    "Prioriterade områden": (
        "Ett prioriterat område i planen är ett tema, inte en plats. Bara temat Utsatt område är "
        "en geografi, och den är daterad: polisens lista ändras över tid.",
    ),
}
THEME_COLUMNS = {
    "name": "Prioriterat område",
    "internal": "Visas internt",
    "public": "Visas för allmänheten",
    "caveats": "Att tänka på",
}


def about_plan(plan: Plan) -> str:
    """Head the list of a plan's themes."""
    return f"Planens prioriterade områden {plan.year}"


def show_rule(rule: ShowRule) -> str:
    """Say what an audience may see."""
    if rule.finest is None:
        return "inte på karta"
    finest = _level_word(rule.finest)
    return f"{finest}, minst {rule.threshold}" if rule.threshold > 1 else finest


# --- what went wrong ---

_SOURCE = {
    SourceCause.NOT_AN_AREA: (
        "Filen {file} har inga giltiga ytor. Ett planområde behöver vara polygoner i GeoJSON, "
        "GeoPackage eller en zippad shapefil."
    ),
    SourceCause.NOT_A_DRAWN_AREA: (
        "Det ritade området behöver minst tre hörn, och sidorna får inte korsa varandra. Ta bort "
        "det senaste hörnet eller rensa området."
    ),
    SourceCause.NO_SUCH_DISTRICT: (
        "Stadsdelen {name} finns inte. Skriv namnet som på sidan Karta."
    ),
    SourceCause.NO_CHECKOUT: (
        "Paketet byggs ur projektets mapp. Kör kommandot där koden ligger, inte där programmet är "
        "installerat."
    ),
    SourceCause.FOLDER_NOT_WRITTEN: (
        "Mappen {folder} går inte att skriva i. Välj en annan, eller kontrollera rättigheterna."
    ),
    SourceCause.NOT_PINNED: (
        "Paketet {package} saknar en version som passar i constraints.txt. Lägg till den och "
        "försök igen."
    ),
    SourceCause.NOT_FETCHED: (
        "Allt kunde inte hämtas. Kontrollera nätverket och pip på den här datorn. pip säger: "
        "{said}."
    ),
    SourceCause.FILE_MISSING: "Filen {file} finns inte. Kontrollera namn och mapp.",
    SourceCause.FILE_EMPTY: "Filen {file} är tom. Hämta den på nytt från källan.",
    SourceCause.FILE_TOO_LARGE: (
        "Filen {file} är {megabytes} MB; gränsen är {limit} MB. Dela upp den, till exempel per år."
    ),
    SourceCause.FORMAT_UNKNOWN: (
        "Filen {file} har ett format som inte kan läsas. Spara den som CSV, XLSX, GeoJSON, "
        "GeoPackage eller zippad shapefil."
    ),
    SourceCause.FILE_DAMAGED: (
        "Filen {file} är skadad eller ofullständig. Hämta den på nytt, eller spara om den."
    ),
    SourceCause.ENCODING_UNKNOWN: (
        "Teckenkodningen i {file} går inte att tolka. Spara om filen som UTF-8."
    ),
    SourceCause.FILE_NOT_OPENED: (
        "Filen {file} går inte att öppna. Stäng den i andra program och kontrollera rättigheterna."
    ),
    SourceCause.FILE_PROTECTED: (
        "Filen {file} är skyddad med lösenord. Spara en kopia utan lösenord och läs in den."
    ),
    SourceCause.NO_ANSWER: (
        "Inget svar från {address}. Kontrollera nätverket, eller läs in en sparad fil i stället."
    ),
    SourceCause.NO_HEADER: "Ingen rubrikrad hittades i {file}. Första raden ska namnge kolumnerna.",
    SourceCause.NO_ROWS: "Filen {file} har en rubrikrad men inga rader under den.",
    SourceCause.TOO_MANY_COLUMNS: (
        "Filen {file} har något i kolumn {found}; högst {most} kolumner läses. Ta bort det som "
        "står långt till höger och spara om filen."
    ),
    SourceCause.SHEET_TOO_LARGE: (
        "Bladet {sheet} i {file} fortsätter förbi rad {row}, längre ned än vad som läses. Ta bort "
        "det som står långt under tabellen, eller dela upp filen."
    ),
    SourceCause.SEVERAL_LAYERS: (
        "Filen {file} innehåller flera lager: {layers}. Välj vilket som ska läsas."
    ),
    SourceCause.SHAPEFILE_INCOMPLETE: (
        "Shapefilen {file} saknar {missing}. Zippa alla delar (.shp, .shx, .dbf, .prj) tillsammans."
    ),
    SourceCause.COLUMN_MISSING: (
        "Kolumnen {column} saknas i {file}. Kolumner som finns: {found}. Välj rätt kolumn eller "
        "lägg till den."
    ),
    SourceCause.COLUMN_TWICE: (
        "Kolumnen {column} förekommer två gånger i {file}. Byt namn på den ena."
    ),
    SourceCause.MAPPING_UNKNOWN_COLUMN: (
        "Kolumnvalet pekar på {column}, som inte finns i {file}. Välj om kolumnen."
    ),
    SourceCause.JSON_UNEXPECTED: (
        "Filen {file} är inte polisens händelselista (JSON). Hämta den från polisen.se/api/events."
    ),
    SourceCause.XML_FORBIDDEN: (
        "Filen {file} har en dokumenttyp (DOCTYPE) som ett spår inte ska ha och lästes inte. "
        "Exportera spåret på nytt från klockan eller appen."
    ),
    SourceCause.NO_TRACK: (
        "Filen {file} har inget spår med minst två punkter. Exportera spåret på nytt, eller skriv "
        "in passet för hand med plats, tid och antal."
    ),
    SourceCause.TRACK_WITHOUT_PLACES: (
        "Ingen punkt i {file} har en latitud och longitud som går att läsa. Exportera spåret på "
        "nytt från klockan eller appen."
    ),
    SourceCause.TRACK_ELSEWHERE: (
        "Spåret i {file} ligger utanför Sverige. Kontrollera att det är rätt fil."
    ),
    SourceCause.TRACK_IN_FUTURE: (
        "Spåret i {file} är daterat {day}, som inte har varit än. Ställ klockan i enheten och "
        "exportera på nytt."
    ),
    SourceCause.TRACK_TIMES_DOUBTFUL: (
        "Tiderna i spåret i {file} kan inte stämma: där står {moment}. Ställ klockan i enheten och "
        "exportera på nytt."
    ),
    SourceCause.TRACK_NOT_WALKED: (
        "Inget i {file} gick i gångfart (högst 3 meter i sekunden), så det finns inget pass att "
        "visa. Kontrollera att det är rätt fil."
    ),
    SourceCause.NO_LINES: (
        "Filen {file} har inga linjer. Välj ett lager med sträckor, till exempel gångvägar."
    ),
    SourceCause.MUNICIPALITY_UNKNOWN: (
        "Kommunen {code} har ingen mapp i geodata. Mappar som finns: {found}."
    ),
    SourceCause.PHOTO_UNREADABLE: (
        "Bilden går inte att läsa. Ta en ny, eller spara den som JPEG eller PNG och välj den igen."
    ),
    SourceCause.PHOTO_TOO_LARGE: (
        "Bilden är för stor; gränsen är {limit} MB. Ta en ny med lägre upplösning."
    ),
    SourceCause.CONFIGURATION_INVALID: (
        "Inställningsfilen {file} har ett fel vid {key}. Rätta raden och starta om."
    ),
}

_TABLE = {
    TableRule.COLUMN_MISSING: "kolumnen saknas",
    TableRule.COLUMN_TYPE: "kolumnen innehåller fel slags värden",
    TableRule.VALUE_MISSING: "värde saknas; fyll i det",
    TableRule.NOT_UNIQUE: "förekommer redan på en tidigare rad; ta bort den ena",
    TableRule.SUM_INCOMPLETE: (
        "en annan rad för samma område och år har ett fel, så summan blir inte hel; rätta den raden"
    ),
    TableRule.BELOW_MINIMUM: "{value} är för litet; skriv ett tal som inte är negativt",
    TableRule.ABOVE_MAXIMUM: "{value} är för stort",
    TableRule.NOT_A_NUMBER: "{value} är inte ett tal",
    TableRule.NOT_A_WHOLE_NUMBER: "{value} är inte ett heltal",
    TableRule.NOT_A_DATE: "{value} är inte ett datum; skriv till exempel 2026-05-03",
    TableRule.YEAR_UNCLEAR: (
        "{value} säger inte vilket tal som är året; skriv året med fyra siffror, till exempel "
        "2026-05-03"
    ),
    TableRule.NOT_A_TIME: "{value} är inte ett klockslag; skriv till exempel 21:30",
    TableRule.NOT_A_PERIOD: "{value} är inte en period; skriv till exempel 2021K3 eller 2021-07",
    TableRule.DATE_OUT_OF_RANGE: "{value} ligger i framtiden eller före 1900",
    TableRule.END_BEFORE_START: "slutet ({value}) ligger före början",
    TableRule.OFFENCE_CODE_FORM: "{value} är inte en brottskod; den ska ha fyra siffror",
    TableRule.OFFENCE_MISSING: "varken brottskod eller brottstyp finns på raden",
    TableRule.TIME_MISSING: "inget datum finns på raden",
    TableRule.AREA_UNKNOWN: "områdeskoden {value} finns inte i kommunen",
    TableRule.PLACE_UNKNOWN: "platsen {value} känns inte igen",
    TableRule.COORDINATE_INCOMPLETE: "den ena koordinaten saknas",
    TableRule.COORDINATE_OUTSIDE_SWEDEN: "koordinaten {value} ligger utanför Sverige",
    TableRule.GEOMETRY_MISSING: "området saknar gräns",
    TableRule.GEOMETRY_TYPE: "{value} är inte en yta",
    TableRule.GEOMETRY_NOT_A_POINT: "{value} är inte en punkt; händelser ska ha punkter",
    TableRule.GEOMETRY_NOT_A_LINE: "{value} är inte en linje; en vandring ska ha en sträcka",
    TableRule.GEOMETRY_INVALID: "gränsen korsar sig själv; rätta den i QGIS (Fixa geometrier)",
    TableRule.DUPLICATE_ID: "id {value} finns redan på en tidigare rad med annat innehåll",
    TableRule.SHARE_OUT_OF_RANGE: "{value} är inte en andel mellan 0 och 100 %",
    TableRule.UNKNOWN_WORD: "{value} är inte ett av de ord som kan användas här",
    TableRule.NOT_AN_IDENTITY: "{value} är inget id som programmet gett; ladda om sidan",
    TableRule.ROW_LENGTH: "raden har fel antal kolumner",
}

_CRS = {
    CrsCause.CRS_MISSING: (
        "Filen {file} säger inte vilket koordinatsystem den har. Siffrorna liknar {looks_like}. "
        "Spara om filen med koordinatsystem, eller välj det här."
    ),
    CrsCause.CRS_UNSUPPORTED: (
        "Filen {file} har koordinatsystemet {crs}, som inte kan läsas. Spara om den i SWEREF 99 TM."
    ),
    CrsCause.OUTSIDE_SWEDEN: (
        "Punkterna i {file} hamnar utanför Sverige. Siffrorna liknar {looks_like}. Kontrollera "
        "koordinatsystemet."
    ),
    CrsCause.SWAPPED: (
        "Koordinaterna i {file} verkar omkastade (nord och öst, eller latitud och longitud). De "
        "liknar {looks_like}. Byt plats på kolumnerna."
    ),
    CrsCause.AMBIGUOUS: (
        "Koordinaterna i {file} kan vara flera system: {candidates}. Välj vilket."
    ),
}

_STORE = {
    StoreCause.NOT_REACHABLE: (
        "Lagret {address} går inte att nå. Kontrollera adressen och att databasen är igång."
    ),
    StoreCause.NOT_A_STORE: (
        "{address} finns redan men är inget lager för Trygghetskarta. Välj ett annat filnamn."
    ),
    StoreCause.NEWER_THAN_PROGRAM: (
        "Lagret {address} är gjort av en nyare version. Uppdatera programmet."
    ),
    StoreCause.READ_ONLY: "Lagret {address} går inte att skriva i. Kontrollera rättigheterna.",
    StoreCause.LOCKED: (
        "Lagret {address} används just nu av ett annat program. Försök igen om en stund."
    ),
    StoreCause.CHANGED_MEANWHILE: (
        "Någon annan hann ändra samma uppgift. Läs om sidan och gör om din ändring."
    ),
    StoreCause.NOT_FOUND: "Uppgiften finns inte längre. Läs om sidan.",
    StoreCause.UNBALANCED: (
        "Inläsningen gick inte ihop: {read} lästa rader mot {new} nya, {changed} ändrade, "
        "{unchanged} oförändrade och {quarantined} i karantän. Inget har sparats."
    ),
    StoreCause.ROWS_LOST: (
        "Inläsningen av {file} gick inte ihop: {lost} av {read} lästa rader saknas i "
        "redovisningen, den första är rad {row}. Inget har sparats. Anmäl felet med filens "
        "rubrikrad."
    ),
    StoreCause.NO_DISTRICTS: (
        "Det finns inga områden att koppla till. Läs in områdesgränser först."
    ),
    StoreCause.EMPTY: "Lagret är tomt. Läs in en fil på sidan Data.",
    StoreCause.ADDRESS_INVALID: (
        "{address} är ingen giltig adress. Ange en .gpkg-fil eller en adress som börjar med "
        "postgresql://."
    ),
    StoreCause.EXAMPLES_AFTER_REAL: (
        "Lagret har redan riktiga uppgifter av samma slag. Exempeldata läses inte in bland dem."
    ),
    StoreCause.NOT_MERGEABLE: (
        "De två går inte att slå ihop eller skilja åt: den ena är redan hopslagen, eller så är de "
        "samma. Läs om sidan."
    ),
    StoreCause.STATUS_STEP: (
        "Ett fynd som är {before} kan inte bli {after}. Återöppna det först, eller välj en annan "
        "status."
    ),
    StoreCause.OWNER_MISSING: (
        "Fyndet har ingen ansvarig. Välj den förvaltning eller det bolag som ska åtgärda det."
    ),
    StoreCause.REASON_MISSING: (
        "Skriv varför fyndet avslutas utan åtgärd. Den som rapporterade det vill veta."
    ),
    StoreCause.DAMAGED: (
        "Den frysta rapporten är ändrad i lagret: innehållet stämmer inte med fingeravtrycket "
        "{fingerprint}. Hämta den ur en säkerhetskopia."
    ),
    StoreCause.MEETING_UNKNOWN: (
        "Det finns inget möte med den koden. Kontrollera länken eller skriv koden på nytt."
    ),
    StoreCause.MEETING_CLOSED: "Mötet är stängt och tar inte emot fler svar.",
    StoreCause.MEETING_FULL: "Mötet har fått så många svar som ryms.",
    StoreCause.MEETING_PIN_TAKEN: (
        "Ett annat svar har samma nummer. Det här är inte sparat. Svara igen."
    ),
    StoreCause.MEETING_STEP: (
        "Mötet har redan stängts, granskats eller raderats av någon annan. Läs om sidan."
    ),
    StoreCause.MEETING_NAMELESS: "Mötet saknar namn. Skriv ett som deltagarna känner igen.",
    StoreCause.DISK_FULL: "Disken är full. Frigör utrymme; inget har sparats.",
}

_ANALYSIS = {
    AnalysisCause.OUTSIDE: (
        "Planområdet ligger utanför {municipality}. Kontrollera filens koordinatsystem och plats."
    ),
    AnalysisCause.OUTSIDE_DATA: (
        "Det finns inga händelser för {period}. Uppgifterna täcker {first} till {last}; välj ett "
        "annat år eller läs in fler händelser."
    ),
    AnalysisCause.SILENT_MONTHS: (
        "Uppgifter saknas för {months}: där finns inte en enda rad, fast månaderna omkring har "
        "många. Därför visas ingen utveckling. Välj en period som uppgifterna täcker, eller läs in "
        "månaderna på sidan Data."
    ),
    AnalysisCause.NO_SITUATIONAL_THEME: (
        "Planen för {year} har inget tema för situationell prevention. Lägg till det i kommunens "
        "plan i mappen geodata."
    ),
    AnalysisCause.LENGTHS_DIFFER: "Tabellerna är olika långa ({left} mot {right}).",
    AnalysisCause.NEGATIVE_COUNT: "Ett antal är negativt. Rätta det i källan och läs in igen.",
    AnalysisCause.NO_DAYS: "Perioden slutar innan den börjar. Välj en senare slutmånad.",
    AnalysisCause.NO_VALUES: "Det finns inga värden att räkna på. Välj en längre period.",
    AnalysisCause.SCHEME_UNKNOWN: "Klassindelningen {scheme} finns inte.",
    AnalysisCause.CLASS_NUMBER: "Antalet klasser ({k}) går inte att använda; välj 3 till 7.",
    AnalysisCause.BREAKS_UNORDERED: "Klassgränserna måste stå i stigande ordning.",
    AnalysisCause.CODES_NOT_UNIQUE: "Samma områdeskod förekommer flera gånger: {codes}.",
    AnalysisCause.GEOMETRY_NOT_AREA: "Rader utan giltig yta: {rows}. Rätta gränserna i QGIS.",
    AnalysisCause.WRONG_CRS: "Koordinaterna har fel system ({crs}); det ska vara SWEREF 99 TM.",
    AnalysisCause.OUT_OF_RANGE: "Värdet {value} går inte att använda för {name}.",
    AnalysisCause.NO_CLASSIFIED_AREA: (
        "Inget valt område stod på polisens lista {day}. Välj en senare period, andra områden, "
        "eller läs in polisens lista på sidan Data."
    ),
    AnalysisCause.TOO_MANY: (
        "För många händelser att pröva på en gång: {found} finns, högst {most} går. Välj kortare "
        "period eller färre brottstyper."
    ),
    AnalysisCause.TOO_FEW_PERIODS: (
        "För kort tid: {found} perioder finns, {needed} behövs. Välj en längre period."
    ),
    AnalysisCause.TOO_FEW: "För få händelser: {found} finns, {needed} behövs. Välj längre period.",
}

_DISCLOSURE = {
    DisclosureCause.ONLY_WHOLE_YEARS: (
        "Den offentliga versionen visar bara hela kalenderår som uppgifterna täcker, och {period} "
        "är inget sådant. Välj ett helt år, eller den interna versionen."
    ),
    DisclosureCause.YEAR_WITH_GAPS: (
        "Uppgifter saknas för {months}, och den offentliga versionen visar bara hela år som "
        "uppgifterna täcker. Läs in månaderna på sidan Data, eller välj ett annat år än {period}."
    ),
    DisclosureCause.EXPOSED_CELLS: (
        "Tabellen skulle röja små antal ({cells}) och visas därför inte. Välj längre period eller "
        "större områden."
    ),
    DisclosureCause.LEVEL_TOO_FINE: (
        "Urvalet får inte visas på nivån {level}. Välj en grövre nivå."
    ),
    DisclosureCause.NOT_MAPPED: "Det valda temat visas inte på karta.",
    DisclosureCause.NOT_A_TABLE: "Det finns ingen tabell att visa.",
    DisclosureCause.NAMES_INSIDE: (
        "Den frysta rapporten är offentlig men listar ansvariga och enskilda fynd. Den lämnas inte "
        "ut. Gör rapporten på nytt och frys den."
    ),
    DisclosureCause.LINKED_TABLES: (
        "Tabellen lämnas inte ut: tillsammans med tidigare utlämnade siffror skulle ett skyddat "
        "antal i {area} kunna räknas fram. Välj längre period eller hela kommunen."
    ),
    DisclosureCause.CORRECTED_TABLES: (
        "Tabellen lämnas inte ut: uppgifterna har rättats sedan tidigare siffror lämnades ut, och "
        "skillnaden skulle kunna röja ett skyddat antal i {area}. Använd den tidigare tabellen "
        "som den är, eller välj en period utan det rättade året eller hela kommunen."
    ),
    DisclosureCause.CORRECTED_SURVEY: (
        "Rapporten lämnas inte ut: trygghetsundersökningen {year} har ändrats sedan ”{earlier}” "
        "lämnades ut {day}, och skillnaden skulle kunna röja en skyddad andel i {area}. Använd den "
        "tidigare rapporten som den är, eller läs in undersökningen som den var då."
    ),
    DisclosureCause.NO_WHOLE_PERIOD: (
        "Uppgifterna ({first} till {last}) täcker inget helt kalenderår, och bara hela år visas "
        "för allmänheten. Läs in uppgifter för ett helt år."
    ),
}

_ACCESS = {
    AccessCause.NOT_ALLOWED: "Du har inte behörighet till detta.",
    AccessCause.WRONG_CODE: (
        "Koden {code} går inte att läsa. Jämför den med filen: en bokstav eller siffra är fel "
        "eller saknas."
    ),
    AccessCause.FOREIGN_ADDRESS: (
        "Adressen {address} ligger utanför datorn och används inte. Kartan hämtar inget utifrån."
    ),
}

_SENTENCES = {**_SOURCE, **_CRS, **_STORE, **_ANALYSIS, **_DISCLOSURE, **_ACCESS}


class _Facts(dict):
    """Facts by name; a fact that was not given reads as a dash instead of raising."""

    def __missing__(self, key: str) -> str:
        return formats.NO_VALUE


def error_sentence(error: TrygghetskartaError) -> str:
    """Say what went wrong, where, and what to do.

    Parameters
    ----------
    error
        Any error raised on purpose.
    """
    if isinstance(error, TableError):
        return table_sentence(error)
    facts = {name: _fact(value) for name, value in error.facts.items()}
    return _SENTENCES[error.cause].format_map(_Facts(facts))


def table_sentence(error: TableError) -> str:
    """Tell a table's first faults, and how many there are."""
    first = "; ".join(fault_sentence(fault) for fault in error.faults[:3])
    more = len(error.faults) - 3
    rest = f" … och {formats.number(more)} till" if more > 0 else ""
    return f"Filen kunde inte läsas in. {first}{rest}."


def fault_sentence(fault: Fault) -> str:
    """Say what is wrong with one cell: row as Excel counts, column, what, and a guess."""
    where = []
    if fault.row is not None:
        where.append(f"rad {fault.row}")
    if fault.column:
        where.append(f"kolumn {fault.column}")
    value = f"”{fault.value}”" if fault.value else "tomt"
    what = _TABLE[fault.rule].format_map(_Facts(value=value))
    hint = f" – menade du {fault.hint}?" if fault.hint else ""
    place = ", ".join(where)
    return f"{place[:1].upper()}{place[1:]}: {what}{hint}" if place else f"{what}{hint}"


def _fact(value: object) -> str:
    if isinstance(value, FindingStatus):
        return FINDING_STATUSES[value]
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return formats.number(value)
    if isinstance(value, float):
        return formats.number(value, 1)
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return silent_months(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(part) for part in value) or formats.NO_VALUE
    return str(value) if value not in (None, "") else formats.NO_VALUE


SERVER_BROKEN = (
    "Något oväntat hände på servern. Läs om sidan; händer det igen, spara felkoden {code} och "
    "kontakta den som sköter installationen."
)
DOOR_BAD_REQUEST = "Frågan gick inte att läsa. Öppna sidan igen från sin vanliga adress."
DOOR_WRONG_NAME = (
    "Trygghetskarta svarar inte under det här namnet. Öppna {url} i stället. Ska sidorna nås under "
    "ett annat namn anges det med TRYGGHETSKARTA_URL, för mötets öppna del med "
    "TRYGGHETSKARTA_PUBLIC_URL."
)
DOOR_NAME_LOST = (
    "Den som öppnar {url} kommer hit under ett annat namn. Proxyn framför ska skicka Host och "
    "Origin vidare oförändrade, och adressen ska vara den som användarna skriver."
)
DOOR_STRANGE_PAGE = (
    "En annan webbplats försökte använda Trygghetskarta. Öppna {url} själv i stället."
)
UNEXPECTED = (
    "Något oväntat hände och sidan kunde inte visas. Läs om sidan; händer det igen, spara "
    "felkoden {code} och kontakta den som sköter installationen."
)

# --- what leaves the house ---

PUBLIC_CAVEAT = (
    "Alla brott anmäls inte, och hur många som anmäls skiljer sig mellan platser och år. Ett lägre "
    "antal betyder inte säkert att färre brott har skett."
)


def linked_tables(error: TrygghetskartaError) -> str:
    """Say which earlier table a new one must not stand beside, and what can be done.

    The area is named, its count never.
    """
    earlier, day = error.facts.get("earlier"), error.facts.get("day")
    if not earlier or day is None or error.cause is DisclosureCause.CORRECTED_SURVEY:
        return error_sentence(error)
    if error.cause is DisclosureCause.CORRECTED_TABLES:
        return (
            f"Tabellen lämnas inte ut: uppgifterna har rättats sedan ”{earlier}” lämnades ut "
            f"{formats.day(day)}, och skillnaden skulle kunna röja ett skyddat antal i "
            f"{error.facts['area']}. Använd den tidigare tabellen som den är, eller välj en period "
            "utan det rättade året eller hela kommunen."
        )
    return (
        f"Tabellen lämnas inte ut: den som också har ”{earlier}”, utlämnad {formats.day(day)}, "
        f"skulle kunna räkna fram ett skyddat antal i {error.facts['area']}. "
        "Välj längre period eller hela kommunen."
    )


def setting_sentence(error: SettingError) -> str:
    """Say which setting is wrong and what it must be."""
    rule = SETTING_RULES[error.rule]
    return CLI_SETTING_INVALID.format(variable=error.variable, value=error.value, rule=rule)


def safe_alternative(facts: Facts) -> str:
    """Offer the nearest table that can be given out."""
    return f"Det här går att lämna ut i stället: {view_title(facts)}."


def safe_report(kind: ReportKind, start: date, end: date) -> str:
    """Offer the nearest report that can be given out."""
    told = report_period(start, end)
    return f"Det här går att lämna ut i stället: {SITUATION_KINDS[kind]} {told}."


# --- the command line ---

CLI_DESCRIPTION = "Brott och trygghet på karta för en svensk kommun."
CLI_STORE = "lagret: en .gpkg-fil eller postgresql://… (förval: {default})"
CLI_START = "starta kartan i webbläsaren"
CLI_DEMO = "skapa påhittade exempeldata och läs in dem"
CLI_STATUS = "visa vad lagret innehåller"
CLI_IMPORT = "läs in en eller flera filer"
CLI_KIND = "vad filerna innehåller"
CLI_FILES = "filer att läsa in"
CLI_JSON = "skriv rapporten som JSON"
CLI_SOURCE = "källans namn; samma namn nästa gång gör att samma rader känns igen"
CLI_CRS = "koordinatsystem som EPSG-kod när filen inte säger det, till exempel 3006"
CLI_LAYER = "lager i en GeoPackage med flera lager"
CLI_COLUMN = "peka ut en kolumn, till exempel --column Brottskod=KOD (kan upprepas)"
CLI_ONE_NETWORK = "Ge en fil med gatunätet: det ersätter det som fanns. Inget har lästs in."
CLI_WALK_TYPE = "vad spåren är: närvaropass (förval) eller trygghetsrond"
CLI_PEOPLE = "antal vuxna på varje pass i filerna, 1 till 500"


def cli_number(first: int, last: int) -> str:
    """Say which numbers an option takes."""
    return f"ange ett helt tal från {first} till {last}"


CLI_ADDRESS = "adress att lyssna på (förval: 127.0.0.1, bara den här datorn)"
CLI_PORT = "port (förval: 8501)"
CLI_WITH_DEMO = "fyll ett tomt lager med påhittade exempeldata först"
CLI_NO_BROWSER = "öppna inte webbläsaren"
CLI_PUBLIC_ONLY = "visa bara mötessidorna Tyck till och Mötesbild, inget annat"
CLI_FOLDER = "mapp för exempelfilerna (förval: {default})"
CLI_SEED = "frö för slumpen; samma frö ger samma filer"
CLI_FILES_KEPT = "Exempelfilerna ligger i {folder}."
CLI_LISTENS_LOCAL = (
    "Trygghetskarta på {url} – bara den här datorn kommer åt den. Avsluta med Ctrl+C."
)
CLI_LISTENS_ALL = (
    "Trygghetskarta på {url} – ÖPPEN FÖR ANDRA i nätverket. Alla som når adressen ser interna "
    "uppgifter. Avsluta med Ctrl+C."
)
CLI_LISTENS_PUBLIC = (
    "Trygghetskarta på {url} – ÖPPEN DEL: bara Tyck till och Mötesbild. Avsluta med Ctrl+C."
)
CLI_REAL_DATA = "Lagret har redan riktiga händelser; exempeldata läses inte in."
CLI_GENERATING = "Skapar påhittade exempeldata (tar några sekunder) …"
CLI_READING = "Läser in {file}"
CLI_SETTING_INVALID = "Miljövariabeln {variable}={value} {rule}. Rätta den och försök igen."
SETTING_RULES = {
    SettingRule.WHOLE_NUMBER: "ska vara ett helt tal",
    SettingRule.PORT: "ska vara en port, 1 till 65535",
    SettingRule.ORIGIN: "ska vara en adress som https://karta.kommunen.se, utan sida efter",
    SettingRule.TILES: (
        "ska vara en bakgrundskartas adress med {z}, {x} och {y} i, som "
        "https://karta.kommunen.se/{z}/{x}/{y}.png"
    ),
}
CLI_INTERRUPTED = "Avbrutet. Inget av den pågående filen har sparats."
CLI_STOPPED = "Stoppad. Lagret är avslutat och kan kopieras."
CLI_STOPPED_IN_USE = (
    "Stoppad. Ett annat program har lagret öppet, så det senaste ligger inte i filen ännu. Stäng "
    "det andra programmet och starta och stoppa Trygghetskarta en gång till innan du kopierar."
)
CLI_UNEXPECTED = (
    "Något oväntat hände och kommandot avbröts. Spara felkoden {code} och loggen {file} och "
    "kontakta den som sköter installationen."
)
CLI_BUNDLE = "hämta allt som behövs för att installera på en dator utan nätverk"
CLI_BUNDLE_FOLDER = "mapp att hämta till"
CLI_BUNDLE_SYSTEM = "systemet som kartan ska köras på (förval: båda)"
CLI_BUNDLE_PYTHON = "version av Python på den datorn (förval: {default}, som här)"
CLI_BUNDLE_COUNT = "{system}: {count} filer"
CLI_BUNDLE_MADE = (
    "{files} filer, {megabytes} MB, i {folder}. Ta med mappen; {guide} säger hur man installerar."
)
BUNDLE_SYSTEMS = {BundleSystem.WINDOWS: "Windows (64 bitar)", BundleSystem.LINUX: "Linux (x86-64)"}
BUNDLE_GUIDE = "INSTALLERA.txt"
_BUNDLE_LINES = {
    BundleSystem.WINDOWS: (
        "py -{python} -m venv .venv; .venv\\Scripts\\python -m pip install --no-index "
        "--find-links wheels --require-hashes -r {list}; "
        ".venv\\Scripts\\python -m trygghetskarta start --demo"
    ),
    BundleSystem.LINUX: (
        "python{python} -m venv .venv && .venv/bin/python -m pip install --no-index "
        "--find-links wheels --require-hashes -r {list} && "
        ".venv/bin/python -m trygghetskarta start --demo"
    ),
}


def bundle_guide(lists: Mapping[BundleSystem, str], python: str) -> str:
    """Say how a bundle is installed on a computer without a network.

    Parameters
    ----------
    lists
        Name of the list of files and hashes, by system.
    python
        Version of Python the bundle is made for.
    """
    parts = [
        f"Trygghetskarta utan nätverk\n\nPå datorn ska Python {python} finnas. Öppna en terminal "
        "(i Windows: PowerShell) i den här mappen och kör raden för systemet. pip hämtar inget "
        "annat än filerna i mappen wheels och prövar varje fil mot dess kontrollsumma.\n"
    ]
    for system, name in lists.items():
        line = _BUNDLE_LINES[system].format(python=python, list=name)
        parts.append(f"{BUNDLE_SYSTEMS[system]}:\n\n{line}\n")
    return "\n".join(parts)


CLI_PORT_TAKEN = "Port {port} används redan. Ange en annan med --port."
CLI_PORT_CLOSED = (
    "Port {port} får inte användas av dig. Ange en annan med --port, till exempel 8501."
)
CLI_ADDRESS_WRONG = (
    "Den här datorn har ingen adress ”{address}” att lyssna på. Ange en annan med --address."
)
HOW_TO_START = "Trygghetskarta startas inte så här"
HOW_TO_START_WHY = (
    "Startad på det här sättet saknar kartan skydd mot andra webbplatser, och därför visas inga "
    "uppgifter. Stäng med Ctrl+C och starta den i stället från en kommandotolk:"
)
HOW_TO_START_DEMO = "Vill du se kartan med påhittade exempeldata, lägg till --demo sist."
CLI_STATUS_LINES = {
    "store": "Lager",
    "version": "Dataversion",
    "areas": "Områden",
    "incidents": "Händelser",
    "newest": "Senaste händelse",
    "population": "Befolkningsuppgifter",
    "events": "Polisens publicerade händelser",
    "survey": "Enkätsvar (andelar)",
    "walks": "Vandringar",
    "observations": "Observationer",
    "quarantined": "Rader i karantän",
    "example": "Exempeldata",
}


def cli_column_unknown(role: str) -> str:
    """Say which roles a column can have."""
    return f"{role} är ingen roll; välj bland {', '.join(ROLES.values())}"


def cli_walk_type_unknown(word: str) -> str:
    """Say which types of walk there are."""
    return f"{word} är ingen sorts vandring; välj bland {', '.join(WALK_TYPES.values())}"


def report_line(file: str, read: int, quarantined: int) -> str:
    """Sum the import of one file up on one line."""
    line = f"{file}: {formats.number(read)} rader lästa"
    return f"{line}, {formats.number(quarantined)} i karantän" if quarantined else line


YES = "ja"
NO = "nej"
ARGPARSE = {
    "usage: ": "användning: ",
    "positional arguments": "argument",
    "options": "val",
    "show this help message and exit": "visa den här hjälpen och avsluta",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fel: %(message)s\n",
    "the following arguments are required: %s": "argument som saknas: %s",
    "unrecognized arguments: %s": "okända argument: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "ett värde saknas",
    "expected at most one argument": "högst ett värde kan anges",
    "expected at least one argument": "minst ett värde saknas",
    "expected %s argument": "%s värde saknas",
    "expected %s arguments": "%s värden saknas",
    "ignored explicit argument %r": "tar inget värde, men fick %r",
    "unexpected option string: %s": "okänt val: %s",
    "not allowed with argument %s": "kan inte anges tillsammans med %s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "%(value)r går inte att välja (välj bland %(choices)s)"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r är inte ett giltigt värde",
}


def status_lines(told: Mapping[str, object]) -> list[tuple[str, str]]:
    """Tell what the store holds, line by line; keys as in ``pipeline.status.Status``."""
    return [(label, _status_value(name, told[name])) for name, label in CLI_STATUS_LINES.items()]


def _status_value(name: str, value: object) -> str:
    if name == "example":
        return f"{YES} ({EXAMPLE_MARK})" if value else NO
    if isinstance(value, date):
        return formats.day(value)
    return _fact(value)


# --- files ---

FILE_COLUMNS = {
    "mark": "Märkning",
    "area_code": "Kod",
    "name": "Område",
    "count": "Antal anmälda brott",
    "population": "Invånare",
    "rate": "Per 1 000 invånare (utjämnat)",
    "lower": "Per 1 000 invånare, undre gräns (95 %)",
    "upper": "Per 1 000 invånare, övre gräns (95 %)",
    "previous": "Antal i jämförelseperioden",
    "percent": "Förändring (%)",
    "percent_lower": "Förändring, undre gräns (%, 95 %)",
    "percent_upper": "Förändring, övre gräns (%, 95 %)",
    "verdict": "Bedömning av förändringen",
}
CELL_COLUMNS = {
    "density": "Händelser per km² och år",
    "z": "z-värde (Gi*)",
    "p_cell": "p-värde",
    "trend_s": "Trend (Mann–Kendalls S)",
    "significant": "Säkerställd hopning",
    "hotspot_class": "Utveckling",
}
LAYER_FIELDS = {
    "mark": "markning",
    "area_code": "kod",
    "name": "namn",
    "count": "antal",
    "population": "invanare",
    "rate": "per_1000",
    "lower": "per_1000_undre",
    "upper": "per_1000_ovre",
    "previous": "antal_fore",
    "percent": "forandring",
    "percent_lower": "forandring_undre",
    "percent_upper": "forandring_ovre",
    "verdict": "bedomning",
    "status": "status",
    "status_previous": "status_fore",
    "class": "klass",
    "colour": "farg",
}
CELL_FIELDS = {
    "density": "per_km2_och_ar",
    "z": "z_varde",
    "p_cell": "p_varde",
    "trend_s": "trend",
    "significant": "hopning",
    "hotspot_class": "utveckling",
}
LAYER_FIELD_MEANINGS = {
    "status": "Om antalet visas, är dolt eller saknas; tomt i siffrorna betyder aldrig 0",
    "status_previous": "Om antalet i jämförelseperioden visas, är dolt eller saknas",
    "class": "Områdets rad i teckenförklaringen",
    "colour": "Färgen i teckenförklaringen, #rrggbb",
}
LAYER = "karta"
ABOUT_TABLE = "om_uppgifterna"
ABOUT_FIELDS = ("rubrik", "text")
SHEET_TABLE = "Tabell"
SORT_BY = "Sortera efter {column}"
SHOW_TABLE = "Visa tabellen ({n} områden)"
SHEET_ABOUT = "Om uppgifterna"
SHEET_PAGE = "Sida"
SHOWN_STATUS = "visas"
NOT_COMPUTED = "beräknas inte"
UNLIMITED = "obegränsad"
ABOUT_TITLE = "Titel"
ABOUT_SUMMARY = "Sammanfattning"
ABOUT_LINE = "Uppgift"
ABOUT_LEGEND = "Teckenförklaring"
ABOUT_FIELD = "Fält {field}"
ABOUT_WORDS = {
    HIDDEN: "antalet finns men är för litet, eller skulle röja ett litet antal; det är inte 0",
    MISSING: "uppgiften är inte känd; den är inte 0",
    NOT_COMPUTED: "färre än 50 invånare, okänt antal invånare eller inget att jämföra med",
}
ABOUT_LINK = "Samma vy"


def view_path(link: str, page: MapPage) -> str:
    """Where in the program the same view opens."""
    return f"/{page}?{link}"


def legend_count(label: str, n: int) -> str:
    """A legend's line with the number of areas that have its look."""
    return f"{label} (n = {formats.number(n)})"


PICTURE_WHOLE = "Hela kommunen"
PICTURE_TOWN = "Tätorten (ramen till vänster)"
PICTURE_CHOSEN = "Valda områden (ramen till vänster)"
PICTURE_AREAS = "områden"
PICTURE_NORTH = "N"


def scale_length(metres: int) -> str:
    """Length of a scale bar."""
    if metres >= 1000:
        return f"{formats.number(metres / 1000, 0 if metres % 1000 == 0 else 1)} km"
    return f"{formats.number(metres)} m"


# --- files of presentations ---

DECK_WORDS = {
    "sv": {
        "page": "Sida {n} av {all}",
        "slide": "Bild {n} av {all}",
        "code": "Kod",
        "data": "Uppgifter",
        "internal": INTERNAL_MARK,
        "table": "tabell",
        "as_table": "Samma uppgifter som tabell",
        "about": "Om uppgifterna",
        "previous": "Föregående",
        "next": "Nästa",
        "contents": "Innehåll",
        "close": "Stäng",
        "full_screen": "Helskärm",
        "keys": "Tangenter: pilar, PageUp, PageDown och mellanslag byter bild. Home och End går "
        "till första och sista. Siffror går till en bild. F är helskärm, Esc är innehållet. På "
        "kartan flyttar pilarna kartan, + och − zoomar.",
        "map": "Karta: {title}",
        "chart": "Diagram: {title}",
        "no_script": "Kartorna ritas med JavaScript, som är avstängt i den här webbläsaren. "
        "Texter, diagram och tabeller står här ändå.",
        "interval": "Strecken visar 95 % intervall.",
    },
    "en": {
        "page": "Page {n} of {all}",
        "slide": "Slide {n} of {all}",
        "code": "Code",
        "data": "Data",
        "internal": "INTERNAL",
        "table": "table",
        "as_table": "The same figures as a table",
        "about": "About the figures",
        "previous": "Previous",
        "next": "Next",
        "contents": "Contents",
        "close": "Close",
        "full_screen": "Full screen",
        "keys": "Keys: arrows, Page Up, Page Down and Space change the slide. Home and End go to "
        "the first and the last. Digits go to a slide. F is full screen, Esc is the contents. On "
        "the map the arrows move it, + and − zoom.",
        "map": "Map: {title}",
        "chart": "Chart: {title}",
        "no_script": "The maps are drawn by JavaScript, which is switched off in this browser. "
        "Texts, charts and tables are here all the same.",
        "interval": "Lines show 95% intervals.",
    },
}
"""The few words that a file says itself, by language."""

DECK_UNITS = {Measure.COUNT: "antal", Measure.PER_1000: "per 1 000 invånare"}
DECK_OFFENCES = "anmälda brott"
DECK_BY_HOUR = "Brott per timme på dygnet, alla veckodagar"
DECK_NO_CHARTS = "Det finns för få uppgifter för ett diagram av urvalet."
DECK_FIGURES = "Vandringarna i siffror"
DECK_FIGURE_COLUMNS = ("Mått", "Värde", "Vilar på")
DECK_FILE_NAMES = {
    "html": "Webbfil (HTML)",
    "pdf": "PDF, A4",
    "pdf_wide": "PDF, 16:9",
    "png_wide": "Bild, 16:9 (PNG)",
    "pptx": "PowerPoint (PPTX)",
}
DOWNLOAD_DECK = "Visa eller skriv ut"
DOWNLOAD_FIGURES = "Räkna vidare"
OPEN_CODE = "Öppna en kod"
OPEN_CODE_HELP = (
    "Koden står längst ned i filer härifrån och öppnar samma vy. Stora och små bokstäver, "
    "bindestreck och mellanslag spelar ingen roll."
)
OPEN_CODE_BUTTON = "Öppna"
THIS_CODE = "Kod för den här vyn"


# --- När händer det ---

LIGHTS = {
    Light.DAYLIGHT: "dagsljus",
    Light.CIVIL_TWILIGHT: "skymning eller gryning",
    Light.DARK: "mörker",
}
FUNNEL_CLASSES = {
    rates.WITHIN: "inom det väntade",
    rates.OUTSIDE_95: "utanför 95 %-gränsen",
    rates.OUTSIDE_998: "utanför 99,8 %-gränsen",
}
FUNNEL_LINES = {
    "rate": "kommunens nivå",
    "95": "95 %-gräns",
    "998": "99,8 %-gräns",
}
WHEN_COLUMNS = {
    "hour": "Timme",
    "weekday": "Veckodag",
    "week": "Vecka",
    "day": "Dag",
    "month": "Månad",
    "whole_week": "Hela veckan",
    "offences": "Antal brott",
    "mean": "Medeltal per månad",
    "years": "Antal månader bakom",
    "level": "Nivå utan årstid",
    "light": "Ljus",
    "share": "Andel av brotten",
    "time_share": "Andel av tiden",
    "interval": "95 % intervall",
    "rate": "Per 1 000 invånare",
    "funnel": "Bedömning",
}


BESIDE = "Visa bredvid"
BESIDES = {
    Beside.NOTHING: "Inget",
    Beside.DISTRICT: "En annan stadsdel",
    Beside.PERIOD: "Jämförelseperioden",
}
BESIDE_DISTRICT = "Stadsdel bredvid"
BESIDE_DISTRICT_NONE = "Välj stadsdel"
CHART_TABLE = "Visa som tabell"
WHEN_REFUSED = (
    "Urvalet får inte delas upp på tid för enskilda stadsdelar, eller visas inte alls. Välj hela "
    "kommunen eller ett annat tema."
)
WHEN_DAYS_HIDDEN = "Enskilda dagar visas inte för det här urvalet: talen är små och skyddade."
WHEN_PARTS = {
    "hours": "Veckodag och timme",
    "light": "Ljus och mörker",
    "season": "Månader och årstider",
    "trend": "Utveckling över tid",
    "calendar": "Dag för dag",
}


def when_title(facts: Facts) -> str:
    """Name a view of the page När händer det."""
    return f"När händer det · {view_title(facts)}"


def when_summary(facts: Facts) -> str:
    """Say how many offences the page is about."""
    return f"{told(facts.offences)} anmälda brott i perioden."


def when_part(part: str, end: date) -> str:
    """Head a part of the page; the calendar is of the year in which the period ends."""
    return f"{WHEN_PARTS[part]} {end.year}" if part == "calendar" else WHEN_PARTS[part]


def hour_span(hour: int) -> str:
    """Write an hour of the day, ``22–23``."""
    return f"{hour:02}–{(hour + 1) % 24:02}"


def iso_week(number: int) -> str:
    """Write a week, ``v. 12``."""
    return f"v. {number}"


def hours_caption(quality: IntervalQuality) -> str:
    """Say what a table of hours is made of, and how well the times are known."""
    lines = [
        f"Bygger på {formats.number(quality.used)} brott med känt klockslag av "
        f"{formats.number(quality.n)}.",
        "Aoristiskt fördelat: ett brott som kan ha skett när som helst i ett intervall räknas som "
        "delar i alla dess timmar.",
    ]
    if quality.over_24_hours:
        lines.append(
            f"{formats.share(quality.share_over_24_hours)} har ett intervall längre än ett dygn "
            "och säger lite om timmen."
        )
    if quality.at_midnight:
        lines.append(
            f"{formats.share(quality.share_at_midnight)} har klockslaget 00.00, som ofta betyder "
            "att tiden är okänd."
        )
    if quality.end_before_start:
        lines.append(
            f"{formats.number(quality.end_before_start)} brott är utelämnade: slutet ligger före "
            "början."
        )
    return " ".join(lines)


def light_caption() -> str:
    """Say what offences in the dark are set beside."""
    return (
        "Andelen av brotten ställs mot andelen av tiden: på vintern är det mörkt större delen av "
        "dygnet, så fler brott i mörker behöver inte betyda större risk. Ljuset är räknat efter "
        "solens höjd i kommunen, utan hänsyn till moln och gatubelysning."
    )


def season_caption() -> str:
    """Say how months of unequal length are made equal."""
    return (
        "Medeltal för varje kalendermånad, omräknat som om alla månader vore lika långa (30,4 "
        "dygn). Strecket är 95 % intervall."
    )


def trend_caption(trend: Trend) -> str:
    """Say in one sentence which way a monthly series goes, and how surely."""
    verdict = VERDICTS[trend.verdict]
    return (
        f"{verdict[0].upper()}{verdict[1:]}: {formats.signed(trend.percent, 1)}\u00a0% per år "
        f"(95 % intervall {formats.signed_interval(trend.lower, trend.upper, 1)}) med årstiden "
        f"borträknad. Bygger på {formats.number(trend.months)} månader och "
        f"{formats.number(trend.events)} anmälda brott, och säger inget om framtiden."
    )


def funnel_caption() -> str:
    """Say how to read a funnel plot."""
    return (
        "Linjerna visar hur mycket områden med kommunens nivå brukar skilja sig åt av slumpen; ju "
        "färre invånare, desto mer. Ett område utanför linjerna skiljer sig mer än så, vilket inte "
        "säger varför. Antal per invånare säger mindre där många vistas utan att bo."
    )


# --- the page Jämför ---

PAGE_COMPARE = "Jämför"
SIDE_EARLIER = "jämförelseperioden"
SIDE_LATER = "vald period"
SHARED_CLASSES = (
    "Samma färg betyder samma sak på båda kartorna, och kartorna följs åt när en av dem flyttas."
)
COMPARE_CHANGE = "Förändringen"
PERIODS_OVERLAP = (
    "Perioderna går in i varandra, så samma brott räknas på båda sidor. Bedömningen av "
    "förändringen gäller bara perioder som är skilda åt."
)
FUNNEL_TABLE = "Visa områdena som tabell"
FUNNEL_HIDDEN = (
    "Diagrammet visas inte för det här urvalet: antalet brott i kommunen är för litet eller "
    "skyddat."
)
FUNNEL_NO_PEOPLE = (
    "Diagrammet visas inte: inget område har både minst 50 kända invånare och ett antal som får "
    "visas. Saknas befolkningen kan den läsas in på sidan Data."
)
_MANY_NAMES = 12
"""Names in a sentence; the table has them all."""


def compare_title(earlier: Facts, later: Facts) -> str:
    """Name what is compared, with both periods."""
    return f"{view_title(later)} jämfört med {formats.period(earlier.start, earlier.end)}"


def side_title(facts: Facts) -> str:
    """Head one of the two maps with its period."""
    period = formats.period(facts.start, facts.end)
    return period[:1].upper() + period[1:]


def side_caption(facts: Facts) -> str:
    """Tell what one of the two maps rests on."""
    return f"Period: {formats.period(facts.start, facts.end)}. {_caption_count(facts)}"


def periods_unequal(days_earlier: int, days_later: int) -> str:
    """Say that the counts of unequally long periods cannot be read against each other."""
    return (
        f"Perioderna är olika långa: {formats.number(days_earlier)} dagar till vänster och "
        f"{formats.number(days_later)} till höger. Siffrorna på de två kartorna är inte omräknade "
        "och kan inte jämföras rakt av; där en förändring bedöms är den omräknad till lika många "
        "dagar."
    )


def period_uncovered(one: Uncovered) -> str:
    """Say that a period is not covered by the data, and that no change is told then."""
    period = formats.period(one.start, one.end)
    if one.silent:
        return (
            f"Uppgifter saknas för {silent_months(one.silent)}: där finns inte en enda rad, fast "
            f"månaderna omkring har många. Därför visas ingen förändring för {period}. Läs in det "
            "som saknas på sidan Data, eller välj en period som uppgifterna täcker."
        )
    return (
        f"Uppgifterna går från {formats.day(one.oldest)} till {formats.day(one.newest)} och täcker "
        f"inte hela {period}. Därför visas ingen förändring. Välj en period som uppgifterna täcker."
    )


def silent_months(silent: Sequence[Days]) -> str:
    """Name the months that were never delivered."""
    return _listed([formats.period(first, last) for first, last in silent])


def funnel_title(level: AreaLevel) -> str:
    """Head the funnel plot."""
    plural = AREA_LEVELS_PLURAL[level]
    return f"{plural[:1].upper()}{plural[1:]} mot hela kommunen"


def funnel_too_few(found: int, needed: int) -> str:
    """Say that there is too little to draw a funnel plot of."""
    return (
        f"För få brott för att ställa områdena mot kommunen: {formats.number(found)} finns, "
        f"{needed} behövs. Välj en längre period eller fler brottstyper."
    )


def funnel_sentence(
    facts: Facts, rate: float, above: Sequence[str], below: Sequence[str], drawn: int
) -> str:
    """Name the areas outside the 95 % limits of a funnel plot."""
    level = formats.number(rate, 1)
    period = formats.period(facts.start, facts.end)
    parts = [f"Kommunens nivå {period} är {level} anmälda brott per 1 000 invånare."]
    if above:
        parts.append(f"Över gränserna: {_listed(_first_names(above))}.")
    if below:
        parts.append(f"Under gränserna: {_listed(_first_names(below))}.")
    outside = len(above) + len(below)
    if not outside:
        parts.append("Inget område ligger utanför gränserna.")
    elif 2 * outside > drawn:
        parts.append(
            f"{outside} av {drawn} områden ligger utanför: de är olika från början, mer än slumpen "
            "förklarar."
        )
    return " ".join(parts)


def _first_names(names: Sequence[str]) -> list[str]:
    """Names for a sentence: the first ones, and how many more there are."""
    if len(names) <= _MANY_NAMES:
        return list(names)
    return [*names[:_MANY_NAMES], f"{len(names) - _MANY_NAMES} till i tabellen"]


def funnel_hidden(n: int) -> str:
    """Tell how many areas are left out of the funnel plot because their count is hidden."""
    return f"{n} områden är dolda och ritas inte, men räknas i kommunens nivå."


def funnel_without_people(n: int) -> str:
    """Tell how many areas have no rate."""
    return f"{n} områden har färre än 50 kända invånare och ritas inte."


# --- the page Säkerhet och trygghet ---

PAGE_PERCEPTION = "Säkerhet och trygghet"
QUESTION = "Fråga i trygghetsundersökningen"
SURVEY_ROUND = "Undersökning"
QUADRANT_NAMES = {
    Quadrant.HIGH_HIGH: "Hög risk, hög oro",
    Quadrant.LOW_HIGH: "Låg risk, hög oro",
    Quadrant.HIGH_LOW: "Hög risk, låg oro",
    Quadrant.LOW_LOW: "Låg risk, låg oro",
    Quadrant.UNSURE: "Osäkert",
}
QUADRANT_ADVICE = {
    Quadrant.HIGH_HIGH: "Agera: både anmälda brott och invånarnas svar ligger över gränsen.",
    Quadrant.LOW_HIGH: (
        "Trygghetsskapande: oron är större än de anmälda brotten förklarar. Fråga vad den handlar "
        "om, och om det finns brott som inte anmäls."
    ),
    Quadrant.HIGH_LOW: (
        "Dold risk, eller skillnader i anmälningsbenägenhet: ta reda på vilka som drabbas, boende "
        "eller besökare, och vilka som inte har svarat."
    ),
    Quadrant.LOW_LOW: "Bevara det som fungerar. Låg anmälningsbenägenhet kan också ge låga tal.",
    Quadrant.UNSURE: (
        "Minst ett intervall går över sin gräns, så skillnaden kan vara slump. Stadsdelen placeras "
        "inte i någon ruta."
    ),
}
RISK_UNIT = "per 1 000 invånare och år"
QUADRANT_NONE = "Ingen stadsdel"
QUADRANTS = "Fyra lägen"
BIVARIATE_LEGEND = "Risk och otrygghet"
BIVARIATE_RISK = "Risk: anmälda brott per 1 000 invånare och år"
BIVARIATE_UNSAFE = "Otrygghet: {label}, andel"
BIVARIATE_HELP = (
    "Färgen visar båda måtten samtidigt. De slås aldrig ihop till ett tal. Mittenfärgerna ligger "
    "nära gränsen men säkert på ena sidan av den."
)
BIVARIATE_CLASSES = ("under", "nära", "över")
BIVARIATE_SPECIAL = {
    classes.UNDECIDED: "osäkert – ett intervall går över gränsen",
    classes.HIDDEN: "dold – färre än 30 svar, eller skyddat",
    classes.MISSING: "uppgift saknas",
}
SCATTER = "Risk mot otrygghet, med intervall"
SCATTER_NONE = "Ingen stadsdel har båda måtten, så inget diagram kan ritas."
SCATTER_AXES = {
    "risk": "Anmälda brott per 1 000 invånare och år",
    "unsafe": "Andel otrygga eller oroliga",
}
PERCEPTION_COLUMNS = {
    "name": "Stadsdel",
    "count": "Anmälda brott",
    "population": "Invånare",
    "rate": "Per 1 000 inv. och år",
    "interval": "95 % intervall",
    "share": "Otrygga",
    "share_interval": "95 % intervall",
    "answers": "Svar",
    "quadrant": "Läge",
    "police": "Polisens bild",
    "city": "Stadens bild",
    "citizens": "Medborgarnas bild",
    "alone": "Syns bara i",
    "answers_per_1000": "Svar per 1 000 inv.",
    "findings_per_1000": "Fynd per 1 000 inv.",
    "quiet": "Saknad röst",
    "year": "År",
    "method": "Urvalsmetod",
}
PERCEPTION_FILE_COLUMNS = {
    "answers": "Antal svar i undersökningen",
    "share": "Andel otrygga (%)",
    "share_lower": "Andel otrygga, undre gräns (%, 95 %)",
    "share_upper": "Andel otrygga, övre gräns (%, 95 %)",
    "quadrant": "Läge",
}
PERCEPTION_FIELDS = {
    "answers": "antal_svar",
    "share": "otrygga_procent",
    "share_lower": "otrygga_undre",
    "share_upper": "otrygga_ovre",
    "quadrant": "lage",
}
PICTURES_TITLE = "Tre bilder av samma stadsdel"
PICTURES_HELP = (
    "Polisen ser anmälda brott, staden ser det som hittas på vandringar, medborgarna svarar på "
    "enkäten. Bilderna får säga emot varandra: det som bara en av dem visar är värt en fråga."
)
PICTURES = {
    Picture.POLICE: "Polisens bild",
    Picture.CITY: "Stadens bild",
    Picture.CITIZENS: "Medborgarnas bild",
}
PICTURE_SOURCES = {
    Picture.POLICE: "anmälda brott",
    Picture.CITY: "fynd från vandringar och ronder",
    Picture.CITIZENS: "trygghetsundersökningen",
}
SIDES = {"above": "över gränsen", "below": "under gränsen", "unsure": "osäkert"}
SIDE_UNKNOWN = "kan inte jämföras"
NO_INTERVAL = "synpunkter, inget intervall"
VOICES_TITLE = "Vems röst saknas?"
VOICES_HELP = (
    "Svar och fynd per 1 000 invånare. ”Få svar” och ”få fynd” betyder färre än slumpen förklarar "
    "vid kommunens nivå. Orsaken kan vara urvalet, språket, tilliten eller att ingen har gått där."
)
QUIET_ANSWERS, QUIET_FINDINGS, QUIET_NONE = "få svar", "få fynd", "–"
PROFILE_HINT = (
    "Klicka på kartan eller välj en stadsdel för att se de tre bilderna bredvid varandra."
)
FEW_ANSWERS_MARK = "få svar"
SURVEY_SERIES = "Otryggheten genom åren"
SURVEY_SERIES_TABLE = "Visa åren som tabell"
SERIES_BREAK = "metodbyte"
SERIES_BREAK_CAPTION = (
    "Ingen linje dras över ett metodbyte: tal från olika metoder kan inte jämföras. Öppna "
    "webbenkäter är synpunkter och har inget intervall (ofyllda punkter)."
)
SERIES_LINE_CAPTION = "Streckad linje: gränsen. Staplarna är 95 % intervall."
SERIES_HIDDEN_ROUNDS = "Visas inte (färre än 30 svar, eller skyddat): {years}."
SAMPLING_METHODS = {
    SamplingMethod.RANDOM: "slumpmässigt urval",
    SamplingMethod.WEB_OPEN: "öppen webbenkät (självvalda)",
    SamplingMethod.PANEL: "panel",
    SamplingMethod.CENSUS: "totalundersökning",
    SamplingMethod.UNKNOWN: "okänd urvalsmetod",
}
SELF_SELECTED_NOTICE = (
    "Undersökningen är en öppen webbenkät: de som svarat har valt sig själva. Svaren är "
    "synpunkter, inte ett mått på hur många som är otrygga. Därför finns inget intervall, och "
    "ingen stadsdel placeras i något läge."
)
PERCEPTION_REFUSALS = {
    "not_mapped": "Temat räknar inga anmälda brott och kan därför inte ställas mot otrygghet.",
    "too_fine": (
        "Temat får inte visas per stadsdel. Välj ett annat prioriterat område eller alla händelser."
    ),
    "no_question": (
        "Inga enkätfrågor är inställda för kommunen. De skrivs i filen perception.toml i kommunens "
        "mapp i geodata; se geodata/README.md."
    ),
    "no_survey": (
        "Det finns ingen trygghetsundersökning med den frågan. Läs in en på sidan Data: färdiga "
        "andelar eller enskilda svar, med år, urvalsmetod och stadsdel. Frågans ordalydelse ska "
        "vara den som står i perception.toml."
    ),
    "no_limit": (
        "Det finns ingen gräns att jämföra med: för få brott eller svar i kommunen för det här "
        "urvalet. Välj fler brottstyper eller en annan fråga."
    ),
}
NEVER_BLENDED = (
    "Säkerhet (risken för brott) och trygghet (hur människor upplever sin vardag) är två olika "
    "saker. De visas bredvid varandra och vägs aldrig ihop."
)


def perception_title(facts: Facts, question: SurveyQuestion, year: int) -> str:
    """Name both measures with their times."""
    period = formats.period(facts.start, facts.end)
    theme = facts.theme or ", ".join(facts.types) or "alla anmälda brott"
    return f"Risk och otrygghet per stadsdel: {theme} {period}, {question.label.lower()} {year}"


def perception_summary(groups: Mapping[Quadrant, Sequence[str]], total: int, named: bool) -> str:
    """Say in one or two sentences how many districts stand where.

    Districts are named within the house only: in public there is no list of the worst.
    """
    parts = []
    for quadrant, names in groups.items():
        if names and quadrant is not Quadrant.UNSURE:
            listed = f" ({_listed(names)})" if named else ""
            words = QUADRANT_NAMES[quadrant].lower().replace(", ", " och ")
            parts.append(f"{len(names)} {words}{listed}")
    unsure = len(groups.get(Quadrant.UNSURE, ()))
    if not parts:
        return f"Av {total} stadsdelar kan ingen placeras säkert."
    rest = f" {unsure} kan inte placeras säkert." if unsure else ""
    return f"Av {total} stadsdelar har {'; '.join(parts)}.{rest}"


def example_survey() -> str:
    """Say that the survey or the findings are invented."""
    return f"{EXAMPLE_MARK}. Enkätsvaren eller fynden från vandringar är påhittade."


def limit_sentence(value: str, first: int, last: int, source: str, is_substitute: bool) -> str:
    """Tell a limit and where it comes from."""
    if source:
        return f"{value} ({source})"
    years = str(first) if first == last else f"{first}–{last}"
    told = f"{value} (kommunens nivå {years})"
    if is_substitute:
        return f"{told}; referensåren finns inte i uppgifterna, så gränsen gäller bara den här vyn"
    return f"{told}, densamma varje år"


def perception_caption(
    question: SurveyQuestion,
    survey: str,
    year: int,
    method: SamplingMethod,
    answers: str,
    source: str,
    limits: tuple[str, str],
    few: Sequence[str],
) -> tuple[str, ...]:
    """Write the lines about survey and limits that follow the figures everywhere."""
    is_told = "andelen som inte svarar så" if question.counts_safe else "andelen som svarar så"
    lines = [
        NEVER_BLENDED,
        f"Undersökning: {survey} {year}, {SAMPLING_METHODS[method]}, n = {answers} svar. "
        f"Källa: {source}. Fråga: ”{question.text}”; visat är {is_told}.",
        f"Risken är anmälda brott {RISK_UNIT}. Gräns för risk: {limits[0]}. Gräns för otrygghet: "
        f"{limits[1]}.",
    ]
    if method is not SamplingMethod.WEB_OPEN:
        lines.append(
            "Andelarnas intervall är 95 % (Wilson, på effektivt antal svar där vikter är kända); "
            "bortfallet ingår inte. Färre än 30 svar visas aldrig."
        )
    if few:
        lines.append(f"Färre än 100 svar, läs med försiktighet: {_listed(_first_names(few))}.")
    return tuple(lines)


def bivariate_class_label(risk: int, unsafe: int) -> str:
    """Name a class of the map of both measures."""
    return f"risk {BIVARIATE_CLASSES[risk]}, oro {BIVARIATE_CLASSES[unsafe]} gränsen"


def class_range(place: int, breaks: tuple[str, str], unit: str) -> str:
    """Write one of three classes by its limits."""
    low, high = breaks
    return (f"under {low}", f"{low}–{high}", f"över {high}")[place] + unit


def round_label(year: int, survey: str, method: SamplingMethod, answers: str) -> str:
    """Name a round in a list."""
    return f"{year} · {SAMPLING_METHODS[method]} · n = {answers} · {survey}"


def picture_police(rate: str, between: str, count: str) -> str:
    """What the police's picture rests on."""
    return f"{rate} per 1 000 invånare och år (95 %: {between}), {count} anmälda brott"


def picture_city(count: str, rate: str, between: str, kinds: Sequence[str]) -> str:
    """What the city's picture rests on."""
    listed = f"; mest {_listed([kind.lower() for kind in kinds])}" if kinds else ""
    return f"{count} fynd, {rate} per 1 000 invånare (95 %: {between}){listed}"


def picture_citizens(share: str, between: str, answers: str) -> str:
    """What the citizens' picture rests on."""
    return f"{share} otrygga (95 %: {between}), {answers} svar"


def alone_sentence(picture: Picture) -> str:
    """Say that only one picture shows a district above its limit."""
    return (
        f"Bara {PICTURES[picture].lower()} ({PICTURE_SOURCES[picture]}) ligger över gränsen. Fråga "
        "vad de andra inte ser."
    )


def quiet_sentence(answers: bool, findings: bool) -> str:
    """Say whose voice is missing in a district."""
    missing = [
        word
        for word, quiet in (("svar på enkäten", answers), ("fynd från vandringar", findings))
        if quiet
    ]
    return f"Här har vi ovanligt få {_listed(missing)}. Bilden kan vara ofullständig."


def series_title(label: str, place: str) -> str:
    """Head the chart of a question through the years."""
    return f"{label}, {place}"


# --- Vandringar ---

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
SERIOUSNESS = {1: "1 – lindrigt", 2: "2 – bör åtgärdas", 3: "3 – allvarligt", 4: "4 – akut"}
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
    parts = [_counted(findings, "ett fynd", "fynd")]
    if safe:
        parts.append(_counted(safe, "en trygg plats", "trygga platser"))
    told = f"Ronden gav {_listed(parts)}."
    if not findings:
        return told
    if assigned == findings:
        return f"{told} Alla fynd har en ansvarig."
    return f"{told} {formats.number(assigned)} av {formats.number(findings)} fynd har en ansvarig."


def _counted(n: int, one: str, many: str) -> str:
    return one if n == 1 else f"{formats.number(n)} {many}"


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


def people(n: int | None) -> str:
    """Write how many took part."""
    return MISSING if n is None else _counted(n, "1 person", "personer")


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
    return f"Karta över {name} med {_counted(findings, 'ett märke', 'märken')} för fynd."


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
        parts.append(_counted(walks, "ett närvaropass", "närvaropass"))
    if audits:
        parts.append(_counted(audits, "en trygghetsrond", "trygghetsronder"))
    if not parts:
        return "Inga vandringar är registrerade under perioden."
    told = f"{_listed(parts)}"
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
        f"{_counted(n, 'En vandring', 'vandringar')} saknar tid eller antal vuxna och räknas inte "
        "i persontimmarna."
    )


def season_safe(n: int) -> str:
    """Tell of the safe places."""
    return f"Ni har också pekat ut {_counted(n, 'en trygg plats', 'trygga platser')}."


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


# --- Lägesbild and the other reports ---

CONTENTS = "Innehåll"
OWN_TEXT = "Egen text"
SITUATION_KINDS = {
    ReportKind.SITUATION: "Lägesbild",
    ReportKind.STEERING: "Styrgruppsrapport",
    ReportKind.PLAN_AREA: "SKA-underlag",
}
SITUATION_AUDIENCES = {
    Audience.INTERNAL: "Intern version",
    Audience.PUBLIC: "Offentlig version",
}
SITUATION_FOOTERS = {
    Audience.INTERNAL: "Intern version – får inte spridas",
    Audience.PUBLIC: "Offentlig version",
}
SITUATION_FOR = {
    Audience.INTERNAL: "Polis och kommun (internt)",
    Audience.PUBLIC: "Alla: små antal är dolda",
}
SITUATION_FACT_PERIOD = "Gäller"
SITUATION_FACT_BEFORE = "Jämförs med"
SITUATION_FACT_FOR = "För"
SITUATION_FACT_PLAN = "Plan"
SITUATION_FACT_AS_OF = "Läget den"
SITUATION_SUMMARY = "Sammanfattning"
SITUATION_MAPPING = "Kartläggning"
SITUATION_OTHER = "Annan information"
SITUATION_ANALYSIS = "Analys"
SITUATION_MAPPING_INTRO = (
    "Den här delen visar vad som har anmälts till polisen, var och när. Den visar inte allt som "
    "har hänt: en del brott anmäls sällan, andra upptäcks bara när polisen letar."
)
SITUATION_OTHER_INTRO = (
    "Den här delen samlar det som anmälningarna inte visar: hur tryggheten upplevs, vad "
    "vandringarna har sett och vad polisen har berättat. Säkerhet (risken att utsättas) och "
    "trygghet (upplevelsen) redovisas var för sig och vägs aldrig ihop."
)
SITUATION_ANALYSIS_INTRO = (
    "Punkterna i den här delen följer av siffrorna ovan. En förändring kallas säkerställd bara när "
    "hela dess 95-procentsintervall ligger på ena sidan om noll. Varför något har ändrats säger "
    "siffrorna inte."
)
SITUATION_OVERVIEW = "Översikt"
SITUATION_ALL = "Alla anmälda brott"
SITUATION_OFFICIAL = "Brås statistik som referens"
SITUATION_WHEN = "När det händer"
SITUATION_SURVEY = "Trygghetsundersökningen"
SITUATION_WALKS = "Trygghetsvandringar och trygghetsronder"
SITUATION_EVENTS = "Polisens publicerade händelser"
SITUATION_RISEN = "Säkerställda ökningar"
SITUATION_FALLEN = "Säkerställda minskningar"
SITUATION_ONE_RISEN = "Säkerställd ökning"
SITUATION_ONE_FALLEN = "Säkerställd minskning"
SITUATION_VERDICTS = {
    Verdict.INCREASE: "ökning",
    Verdict.DECREASE: "minskning",
    Verdict.NO_CLEAR_CHANGE: "ej säkerställd",
    Verdict.TOO_FEW: "för få",
}
SITUATION_OPEN = "Det som inte kan avgöras"
SITUATION_UNKNOWN = "Det vi inte vet"
SITUATION_CONCLUSION = "Samlad bedömning"
SITUATION_NO_CONCLUSION = (
    "Ingen bedömning är skriven ännu. Den skrivs av de ansvariga på sidan Lägesbild; programmet "
    "drar inga slutsatser om orsaker."
)
SITUATION_NOT_COMPARED = (
    "Perioden har inte jämförts med den före: uppgifterna täcker inte båda, se sammanfattningen."
)
SITUATION_NONE_RISEN = "Ingen säkerställd ökning, varken i kommunen som helhet eller per stadsdel."
SITUATION_NONE_FALLEN = "Ingen säkerställd minskning, varken i kommunen eller per stadsdel."
SITUATION_NONE_OPEN = "Alla jämförelser kunde göras."
SITUATION_OVERVIEW_COLUMNS = (
    "Tema",
    "Antal",
    "Per 1 000 inv. (95 %)",
    "Året före",
    "Förändring (95 %)",
    "Bedömning",
)
SITUATION_DISTRICT_COLUMNS = (
    "Stadsdel",
    "Antal",
    "Invånare",
    "Per 1 000 inv. (95 %)",
    "Året före",
    "Förändring (95 %)",
    "Bedömning",
)
SITUATION_OVERVIEW_NOTE = (
    "Ett brott kan höra till flera teman, så raderna ska inte summeras. Per 1 000 invånare avser "
    "hela kommunens befolkning. Bedömning: ökning och minskning är säkerställda; ej säkerställd "
    "betyder att slumpen kan förklara skillnaden; för få betyder att det inte kan avgöras."
)
SITUATION_DISTRICT_NOTE = (
    "Per 1 000 invånare är utjämnat mot kommunens nivå (empirisk Bayes). Antal per invånare säger "
    "mindre där många vistas utan att bo, till exempel i centrum."
)
SITUATION_MANY_TESTS = (
    "Många jämförelser görs samtidigt. Ungefär en av tjugo skulle se säkerställd ut av slumpen "
    "även om inget hade ändrats; läs enstaka stadsdelar med det i minnet."
)
SITUATION_REPORTING = (
    "Benägenheten att anmäla brott är lägre i en del stadsdelar. Ett lägre antal anmälningar är "
    "inte i sig en förbättring."
)
SITUATION_NO_FIGURES = "Inga anmälda brott räknas till temat."
SITUATION_NOT_TOLD_PUBLIC = (
    "Temat gäller utpekade stadsdelar och redovisas inte för sig i den offentliga versionen. "
    "Brotten där ingår i tabellerna för övriga teman."
)
SITUATION_NO_CLASSIFIED = "Ingen stadsdel var klassad som utsatt område vid periodens slut."
SITUATION_FEW_FOR_MAP = "Antalen är för små för en karta; tabellen visar dem med osäkerhet."
SITUATION_MUNICIPALITY_ONLY = (
    "Temat visas bara för kommunen som helhet, för att inte röja enskilda händelser."
)
SITUATION_WHOLE_HIDDEN = (
    "Summan för kommunen är dold: den skulle röja ett litet antal i en stadsdel."
)
SITUATION_WHEN_PUBLIC = "Tid på dygnet visas inte i den offentliga versionen."
SITUATION_WHEN_FEW = "För få brott har känt klockslag för att timmar ska kunna visas."
SITUATION_OFFICIAL_COLUMNS = ("Brottskategori (Brå)", "Antal", "Per 100 000 inv.", "Året före")
SITUATION_OFFICIAL_NAMES = {
    "total": "Samtliga brott",
    "person": "Brott mot person",
    "theft": "Stöldbrott",
    "burglary": "Inbrott",
    "vandalism": "Skadegörelse",
    "drugs_weapons": "Narkotika- och vapenbrott",
}
SITUATION_OFFICIAL_NOTE = (
    "Brås statistik är den officiella och räknar anmälda brott efter anmälningsdatum. Den kan "
    "skilja sig från polisens uttag, som rättas löpande."
)
SITUATION_PRELIMINARY = "Uppgifterna från Brå är preliminära."
SITUATION_DIMENSIONS = {
    "perceived_safety": "Trygghet: hur det upplevs",
    "safety": "Säkerhet: att ha utsatts",
}
SITUATION_SELF_SELECTED = (
    "Svaren kommer från en öppen webbenkät där vem som helst kunde svara. De är synpunkter, inte "
    "ett mått på vad invånarna tycker, och har därför inget intervall. Följ inte någon linje från "
    "tidigare undersökningar med annat urval."
)
SITUATION_SURVEY_RANDOM = "Slumpmässigt urval. Färre än 30 svar visas inte; under 100 är osäkert."
SITUATION_WALK_FIGURES = ("Uppgift", "Värde")
SITUATION_WALK_ROWS = {
    "walks": "Närvaropass",
    "audits": "Trygghetsronder",
    "hours": "Persontimmar",
    "found": "Fynd",
    "safe": "Trygga platser som pekats ut",
    "done": "Åtgärdade fynd",
    "open": "Öppna fynd",
}
SITUATION_WALK_HOURS = "Persontimmar per stadsdel"
SITUATION_WALK_FOUND = "Fynd efter slag"
SITUATION_WALK_NOTE = (
    "Fynd görs där någon går. Få fynd i en stadsdel kan betyda att ingen har gått där."
)
SITUATION_WALK_FEW = (
    "Antal fynd är avrundade till närmaste femtal. Antal från ett till fyra, och sådana som skulle "
    "röja dem, visas inte; slag av fynd som är så få är inte med."
)
SITUATION_OWNERS = "Öppna fynd per ansvarig"
SITUATION_OWNER_COLUMNS = ("Ansvarig", "Öppna", "Försenade", "Äldsta, dagar")
SITUATION_OVERDUE = "Försenade fynd"
SITUATION_OVERDUE_COLUMNS = ("Ansvarig", "Fynd", "Stadsdel", "Skulle vara klart")
SITUATION_NO_WORK = "Inga fynd är öppna."
SITUATION_WORK_PUBLIC = "Öppna fynd"
SITUATION_WORK_WITHHELD = (
    "Enskilda fynd, och vem som har ansvar för dem, visas inte i den offentliga versionen."
)
SITUATION_NO_OVERDUE = "Inget öppet fynd har passerat sitt datum."
SITUATION_EVENT_COLUMNS = ("Dag", "Händelse")
SITUATION_TABLE_OF = "Anmälda brott per stadsdel, i bokstavsordning"
SITUATION_CLUSTERS = "Där det samlas mest"
SITUATION_DRAFT = "Utkast: inte fryst. Siffrorna kan ändras när nya uppgifter läses in."
SITUATION_MISSING = {
    "official": (
        "Brås statistik för perioden saknas. Hämta den på bra.se och läs in den på sidan Data."
    ),
    "survey": "Ingen trygghetsundersökning är inläst. Läs in den på sidan Data.",
    "survey_old": (
        "Den senaste trygghetsundersökningen är mer än ett år äldre än perioden. Finns en nyare, "
        "läs in den på sidan Data."
    ),
    "measures": (
        "Inga åtgärder hör till perioden. Lägg in dem på sidan Åtgärder eller läs in en lista på "
        "sidan Data."
    ),
    "follow_ups": (
        "Uppföljningar saknas; de står per ansvarig i rapporten. Skriv dem på sidan Åtgärder."
    ),
    "walks": (
        "Inga vandringar är registrerade i perioden. Lägg in dem på sidan Vandringar om det har "
        "gåtts."
    ),
    "events": (
        "Polisens publicerade händelser för perioden är inte inlästa. Läs in dem på sidan Data."
    ),
}


def report_title(kind: ReportKind, municipality: str, start: date, end: date) -> str:
    """Name a report."""
    return f"{SITUATION_KINDS[kind]} {report_period(start, end)} · {municipality}"


def report_period(start: date, end: date) -> str:
    """Write a year, or a quarter as *kvartal 1 2026*."""
    if (end - start).days > 300:
        return str(start.year)
    return f"kvartal {(start.month + 2) // 3} {start.year}"


def counted_offences(count: float, period: str) -> str:
    """Say how many offences were reported."""
    if count != count:
        return f"Antalet anmälda brott {period} är dolt."
    told_count = "Ett anmält brott" if count == 1 else f"{formats.number(count)} anmälda brott"
    return f"{told_count} {period}."


def changed_offences(previous: float, before: str, percent: str, between: str, verdict: str) -> str:
    """Say what the count was before and what may be said of the change."""
    if not verdict:
        return "Någon jämförelse med året före kan inte visas."
    size = f"{percent} (95 % intervall {between}), " if percent != formats.NO_VALUE else ""
    return f"{before}: {formats.number(previous)}. Förändring: {size}{verdict}."


def rate_sentence(rate: str, between: str, people: str) -> str:
    """Say a rate with its interval and denominator."""
    return f"Det är {rate} per 1 000 invånare (95 % intervall {between}; {people} invånare)."


def districts_changed(rising: Sequence[str], falling: Sequence[str], undecided: int, n: int) -> str:
    """Say in which districts something has changed surely."""
    parts = []
    if rising:
        parts.append(f"Säkerställd ökning i {_listed(rising)}.")
    if falling:
        parts.append(f"Säkerställd minskning i {_listed(falling)}.")
    if not parts:
        parts.append("Ingen stadsdel har en säkerställd förändring.")
    if undecided:
        parts.append(
            f"I {formats.number(undecided)} av {formats.number(n)} stadsdelar är antalen för små "
            "för att avgöra."
        )
    return " ".join(parts)


def cluster_sentence(place: str, count: float, share: float, hour: float) -> str:
    """Say where offences gather, how many and when."""
    told_hour = "" if hour != hour else f", oftast {hours_around(hour)}"
    return (
        f"{place}: {formats.number(count)} brott, {formats.share(share)} av dem med känd plats"
        f"{told_hour}."
    )


def busiest_hours(first: int, share: float, weekday: int, weekday_share: float) -> str:
    """Say when in the day and week most happens."""
    return (
        f"Flest brott sker klockan {first:02}–{(first + 3) % 24:02}: {formats.share(share)} av "
        f"alla, mot {formats.share(3 / 24)} om de vore jämnt fördelade. Veckodagen med flest är "
        f"{formats.weekday_name(weekday)} ({formats.share(weekday_share)}, mot "
        f"{formats.share(1 / 7)})."
    )


def dark_sentence(share: float, lower: float, upper: float, time_share: float) -> str:
    """Set the share in the dark beside the share of the time."""
    start = (
        f"{formats.share(share)} av brotten skedde i mörker (95 % intervall "
        f"{formats.share(lower)}–{formats.share(upper)}), mot {formats.share(time_share)} av tiden."
    )
    if lower <= time_share <= upper:
        return f"{start} Skillnaden är inte säkerställd."
    return f"{start} Det är {'mer' if share > time_share else 'mindre'} än tiden förklarar."


def district_map_told(theme: str, period: str) -> str:
    """Say in words what the map of a theme shows."""
    return (
        f"Karta över {theme.lower() if theme == SITUATION_ALL else theme} {period} per stadsdel. "
        "Samma uppgifter står i tabellen."
    )


def map_caption(theme: str, period: str, unit: str, is_example: bool) -> str:
    """Name a map below it."""
    mark = f" {EXAMPLE_MARK}." if is_example else ""
    return f"Karta: {theme}, {period}. {unit}.{mark}"


def survey_title(survey: str, year: int) -> str:
    """Name a table of answers."""
    return f"{survey or SITUATION_SURVEY}, {year}: andel som svarar så, med antal svar (n)"


def answered(share: float, lower: float, upper: float, n: int) -> str:
    """Write a share with its interval, where it has one, and the number of answers."""
    between = "" if lower != lower else f"{formats.share(lower)}–{formats.share(upper)}; "
    few = " osäkert" if n < 100 else ""
    return f"{formats.share(share)} ({between}n = {formats.number(n)}{few})"


def survey_area_count(n: int) -> str:
    """Say how many districts have too few answers."""
    return f"{_counted(n, 'En stadsdel', 'stadsdelar')} har färre än 30 svar och visas inte."


def survey_areas_hidden(n: int) -> str:
    """Say how many districts the public is not told of, and why."""
    return (
        f"{_counted(n, 'En stadsdel är dold', 'stadsdelar är dolda')} på någon fråga: färre än "
        "30 svar, färre än fem som har svarat så eller annorlunda, eller ett tal som skulle röja "
        "ett sådant."
    )


def events_told(n: int) -> str:
    """Say what the police's published events are."""
    return (
        f"Polisen har publicerat {_counted(n, 'en händelse', 'händelser')} från kommunen. De är "
        "nyheter som polisen har valt att berätta om, inte statistik."
    )


def events_left_out(n: int) -> str:
    """Say how many events are not listed."""
    return f"{_counted(n, 'En tidigare händelse', 'tidigare händelser')} är inte med i listan."


def verdict_line(theme: str, place: str, percent: str, between: str, count: float) -> str:
    """One statement of the analysis: what, where, how much and from how many."""
    where = f" i {place}" if place else " i kommunen som helhet"
    return f"{theme}{where}: {percent} (95 % intervall {between}), {formats.number(count)} brott."


def verdict_line_new(theme: str, place: str, count: float) -> str:
    """The same where there was nothing before."""
    where = f" i {place}" if place else " i kommunen som helhet"
    return f"{theme}{where}: från 0 till {formats.number(count)} brott."


def undecided_line(theme: str, n: int, whole: int) -> str:
    """Say of how many districts nothing can be told."""
    return (
        f"{theme}: i {formats.number(n)} av {formats.number(whole)} stadsdelar är antalen så små "
        "att inte ens en fördubbling skulle märkas säkert."
    )


def undecided_whole(theme: str) -> str:
    """Say that nothing can be told of a theme at all."""
    return f"{theme}: antalen är för små också för kommunen som helhet."


def unchanged_line(names: Sequence[str]) -> str:
    """Name the themes of which no change can be shown although they are many enough."""
    return (
        f"Ingen säkerställd förändring i kommunen som helhet: {_listed(names)}. Det betyder inte "
        "att läget säkert är oförändrat."
    )


def unplaced_line(share: float, n: int) -> str:
    """Say how many offences are on no map."""
    return (
        f"{formats.share(share, 1)} av brotten ({formats.number(n)}) saknar plats och finns inte i "
        "tabellerna per stadsdel."
    )


def undated_line(n: int) -> str:
    """Say how many offences have no date."""
    return f"{_counted(n, 'Ett brott', 'brott')} saknar datum och räknas inte i någon period."


def preliminary_line(n: int) -> str:
    """Say how many figures may change."""
    return f"{formats.number(n)} av brotten är preliminära och kan ändras."


def not_told_themes(names: Sequence[str]) -> str:
    """Name the themes without figures."""
    return f"Inga siffror redovisas för {_listed(names)}."


def hidden_line(n: int, threshold: int) -> str:
    """Say how many districts are hidden and why."""
    return (
        f"{_counted(n, 'En stadsdel är dold', 'stadsdelar är dolda')}: antal 1–{threshold - 1}, "
        "eller ett antal som skulle röja ett sådant. Dold är inte noll."
    )


def report_source(sources: Sequence[str], data_version: int, municipality: str) -> str:
    """Say where a report comes from."""
    listed = "; ".join(sources) or "inga inlästa händelser"
    return f"{municipality}. Källor: {listed}. Dataversion {data_version}. {APP}."


def report_frozen(day: date, fingerprint: str) -> str:
    """Say that a report is frozen, and how its content is recognised."""
    return f"Fryst {formats.day(day)}. Fingeravtryck {fingerprint}."


def report_summary(count: str, change: str) -> str:
    """Say a *lägesbild* in one or two sentences."""
    return f"{count} {change}"


def work_line(open_findings: int, overdue: int) -> str:
    """Say how many findings wait."""
    late = f", varav {formats.number(overdue)} försenade" if overdue else ""
    return f"{_counted(open_findings, 'Ett fynd', 'fynd')} från vandringar är öppna{late}."


UNKNOWN_SURVEY = (
    "Hur trygga invånarna är: den senaste undersökningen är en öppen webbenkät som inte "
    "representerar alla."
)
UNKNOWN_WALKS = "Hur det ser ut där ingen har vandrat."
UNKNOWN_REPORTING = (
    "Hur mycket som aldrig anmäls. Anmälningsbenägenheten skiljer sig mellan brott och mellan "
    "stadsdelar, och den kan ändras utan att brotten gör det."
)


def week_told(most: float) -> str:
    """Say what the picture of the week shows."""
    return (
        "Veckans timmar, ljust för få brott och mörkt för många; den mörkaste timmen har "
        f"{formats.number(most)} brott på hela perioden."
    )


def summary_change(heading: str, line: str) -> str:
    """Tell one of the sure changes."""
    return f"{heading} – {line[:1].lower() if line[:2].istitle() else line[:1]}{line[1:]}"


def summary_more(heading: str, n: int) -> str:
    """Tell how many more sure changes there are."""
    return f"{heading} – {formats.number(n)} till; se under Analys."


def summary_none(heading: str) -> str:
    """Tell that no change of a direction is sure."""
    return f"{heading} – ingen."


def summary_undecided(n: int) -> str:
    """Tell that some things cannot be judged."""
    return (
        f"{_counted(n, 'En jämförelse', 'jämförelser')} kan inte avgöras eller visar ingen säker "
        "förändring; se under Analys."
    )


STEERING_THEMES = "Planens teman"
STEERING_THEMES_INTRO = (
    "För varje tema i planen besvaras dess tre frågor: vad som har genomförts, vilka som har "
    "samverkat och vilka effekter det har gett. Svaren kommer från uppföljningarna på sidan "
    "Åtgärder."
)
STEERING_NO_THEME = "Åtgärder utan tema"
STEERING_NO_MEASURES = "Ingen åtgärd är registrerad för temat i perioden."
STEERING_DONE = "Vad har genomförts?"
STEERING_PARTNERS = "Vilka har samverkat?"
STEERING_EFFECTS = "Vilka effekter?"
STEERING_NOT_TOLD = "Ingen uppföljning i perioden svarar på frågan."
STEERING_NOT_EFFECT = (
    "Antalet anmälda brott visar inte vad åtgärderna har gett: det påverkas av mycket annat."
)
STEERING_COLUMNS = ("Åtgärd", "Ansvarig", "Status", "Tid")
STEERING_WITHHELD = "visas inte offentligt"
STEERING_TITLE_WITHHELD = "En åtgärd vars namn inte visas offentligt"
STEERING_STATUSES = {
    MeasureStatus.PLANNED: "planerad",
    MeasureStatus.ONGOING: "pågår",
    MeasureStatus.DONE: "avslutad",
    MeasureStatus.STOPPED: "avbruten",
}
STEERING_VERDICTS = {
    EffectVerdict.CLEAR_DECREASE: "tydlig minskning",
    EffectVerdict.SIGNS_OF_DECREASE: "tecken på minskning",
    EffectVerdict.NO_CHANGE: "ingen påvisbar förändring",
    EffectVerdict.SIGNS_OF_INCREASE: "tecken på ökning",
    EffectVerdict.CLEAR_INCREASE: "tydlig ökning",
    EffectVerdict.NOT_ASSESSABLE: "går inte att bedöma",
}
STEERING_COMPUTED = (
    "Bedömningen jämför platsen med liknande stadsdelar före och efter. Det som var ovanligt högt "
    "sjunker ofta av sig självt, och skillnaden kan ha andra orsaker än åtgärden."
)
STEERING_MISSING = "Uppföljningar som saknas"
STEERING_MISSING_COLUMNS = ("Ansvarig", "Åtgärd", "Senast uppföljd")
STEERING_NONE_MISSING = "Alla åtgärder som pågår eller har avslutats är uppföljda i perioden."
STEERING_NEVER = "aldrig"
STEERING_WALKS = "Vandringar och fynd"


def steering_summary(measures: int, followed: int, told: int) -> str:
    """Say how many measures there are and how many are followed up."""
    if not measures:
        return "Inga åtgärder är registrerade för perioden."
    return (
        f"{_counted(measures, 'En åtgärd hör', 'åtgärder hör')} till perioden; "
        f"{formats.number(followed)} av dem är uppföljda "
        f"({_counted(told, 'en uppföljning', 'uppföljningar')})."
    )


def steering_public_summary(measures: int) -> str:
    """The same for the public, who are told of the measures alone."""
    if not measures:
        return "Inga åtgärder är registrerade för perioden."
    return f"{_counted(measures, 'En åtgärd hör', 'åtgärder hör')} till perioden."


def missing_told(n: int, owners: int) -> str:
    """Say how many follow-ups are missing."""
    return (
        f"{_counted(n, 'En uppföljning', 'uppföljningar')} saknas, från "
        f"{_counted(owners, 'en ansvarig', 'ansvariga')}."
    )


def without_measures(names: Sequence[str]) -> str:
    """Name the themes that nothing is to be done for."""
    return f"Ingen åtgärd är registrerad för {_listed(names)}."


def measure_time(start: date | None, end: date | None) -> str:
    """Write when a measure goes on."""
    if start is None and end is None:
        return MISSING
    if end is None:
        return f"från {formats.day(start)}"
    if start is None:
        return f"till {formats.day(end)}"
    return formats.period(start, end)


def follow_up_line(title: str, told_words: str, function: str, day: date) -> str:
    """One answer from a follow-up."""
    return f"{title}: {told_words} ({function}, {formats.day(day)})"


def effect_line(title: str, word: str, months: int, estimate: str, between: str) -> str:
    """Say what a measure did to the recorded offences, in the fixed words."""
    return (
        f"{title}: {word} i anmälda brott, {formats.number(months)} månader efter start: "
        f"{estimate} brott mot det väntade (95 % intervall {between})."
    )


def effect_not_assessable(title: str, word: str, needed: int | None) -> str:
    """Say that nothing can be told, and what would help."""
    if needed is None:
        return f"{title}: {word} i anmälda brott; antalen är för små även på fem år."
    return (
        f"{title}: {word} i anmälda brott ännu; det krävs ungefär {formats.number(needed)} månader."
    )


def partners_line(title: str, partners: str, planned: bool) -> str:
    """Name who worked together, or who were to."""
    return f"{title}: {partners}{' (enligt planen)' if planned else ''}"


PAGE_SITUATION = "Lägesbild"
SECTION_REPORTS = "Uppföljning"
SITUATION_KIND = "Rapport"
SITUATION_READER = "Vem ska läsa?"
SITUATION_QUARTER = "Del av året"
SITUATION_QUARTERS = {
    0: "Hela året",
    1: "Kvartal 1 (januari–mars)",
    2: "Kvartal 2 (april–juni)",
    3: "Kvartal 3 (juli–september)",
    4: "Kvartal 4 (oktober–december)",
}
SITUATION_WHOLE_YEARS = "Den offentliga versionen visar bara hela kalenderår."
SITUATION_COMPOSING = "Sammanställer rapporten …"
SITUATION_LACKS = "Det här saknas i rapporten"
SITUATION_FREEZE = "Frys rapporten"
SITUATION_FREEZE_HELP = (
    "Sparar rapporten som den är nu, med siffror, kartor och egen text. Den kan hämtas oförändrad "
    "senare, vad som än läses in."
)
SITUATION_FROZEN_NOW = "Rapporten är fryst och finns i listan."
SITUATION_TAKE_HOME = "Ladda ner utkastet"
SITUATION_FORMATS = {
    ReportFormat.DOCX: "Word (DOCX)",
    ReportFormat.PDF: "PDF",
    ReportFormat.HTML: "Webbsida (HTML)",
}
SITUATION_FROZEN = "Frysta rapporter"
SITUATION_FROZEN_NONE = "Ingen rapport är fryst ännu."
SITUATION_FROZEN_CHOOSE = "Välj fryst rapport"
SITUATION_WRITE = "Skriv egen text"
SITUATION_EDIT = "Ändra egen text"
SITUATION_WRITE_HELP = (
    "Texten följer med i rapporten och ligger kvar när siffrorna räknas om. Den hör till den här "
    "rapporten, perioden och läsaren. Skriv inga personuppgifter. En tom rad ger nytt stycke."
)
SITUATION_SAVE = "Spara texten"
SITUATION_SAVED = "Texten är sparad."


def own_text_label(heading: str) -> str:
    """Name the box in which own text is written."""
    return f"Egen text till {heading}"


def year_choice(year: int, is_whole: bool) -> str:
    """Name a year; a year that has not ended is told."""
    return str(year) if is_whole else f"{year} (inte hela året)"


def figures_of(data_version: int, day: str) -> str:
    """Say that the page always counts anew."""
    return (
        f"Siffrorna räknas om när nya uppgifter läses in. Nu: dataversion {data_version}, läget "
        f"den {day}."
    )


def frozen_name(title: str, audience: str, day: str, fingerprint: str) -> str:
    """Name a frozen report in a list."""
    return f"{title} · {audience.lower()} · fryst {day} · {fingerprint}"


def frozen_label(kind: str) -> str:
    """Name the file of a frozen report."""
    return f"Fryst: {kind}"


CLI_REPORT = "skriv en rapport: lägesbild, styrgruppsrapport eller SKA-underlag"
CLI_REPORT_KIND = "vilken rapport"
CLI_YEAR_NAME = "ÅR"
CLI_REPORT_YEAR = "år, till exempel 2025"
CLI_REPORT_QUARTER = (
    "kvartal 1–4, eller 0 för hela året (förval: hela året; styrgruppsrapporten kvartal 1)"
)
CLI_REPORT_AUDIENCE = "vem som ska läsa: internal (förval) eller public, med små antal dolda"
CLI_REPORT_FORMAT = "filformat: docx (förval), pdf eller html"
CLI_REPORT_OUT = "filens namn (förval: rapportens titel i den här mappen)"
CLI_REPORT_AREA = "planområde för SKA-underlag: GeoJSON, GeoPackage eller zippad shapefil"
CLI_REPORT_DISTRICT = "stadsdel som planområde för SKA-underlag"
CLI_REPORT_FREEZE = "frys rapporten i lagret också, så att den kan hämtas oförändrad"
CLI_REPORT_NO_AREA = "SKA-underlaget behöver en plats: ange --area FIL eller --district NAMN."
CLI_REPORT_NOT_WRITTEN = "Filen {file} kunde inte skrivas. Kontrollera mappen och rättigheterna."
CLI_REPORT_WRITTEN = "{title} är skriven i {file}."
PLAN_AREA_PLACE = "Platsen"
PLAN_AREA_OFFENCES = "Anmälda brott"
PLAN_AREA_WHEN = "När det händer"
PLAN_AREA_FINDINGS = "Fynd från vandringar"
PLAN_AREA_MEASURES = "Åtgärder i närheten"
PLAN_AREA_COLUMNS = ("Brottstyp", "Inom", "Året före", "Runt om", "Året före")
PLAN_AREA_FINDING_COLUMNS = ("Nr", "Fynd", "Läge", "Datum", "Status")
PLAN_AREA_INSIDE = {True: "inom", False: "runt om"}
PLAN_AREA_NO_OFFENCES = "Inga anmälda brott av temats slag har känd plats här i perioden."
PLAN_AREA_NO_FINDINGS = (
    "Inga fynd är rapporterade här sedan periodens början. Ingen kan ha gått här; se persontimmar."
)
PLAN_AREA_NO_MEASURES = "Ingen åtgärd är registrerad för platsen eller dess stadsdel i perioden."
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
        f"{_counted(findings, 'ett fynd', 'fynd')}."
    )


# --- the page Vandringar ---

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
TEAM = "Min egen grupp"
TEAM_NONE = "Ingen vald"
TEAM_HELP = (
    "Andra gruppers vägar visas inte inom 200 meter från sin början och sitt slut. Den egna "
    "gruppens visas hela på skärmen, men aldrig i en fil. Valet följer inte med i en länk."
)
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
    "seriousness": "Allvar",
    "owner": OWNER,
    "due": "Klart senast",
    "status": "Status",
    "factors": "Miljöfaktorer",
    "voices": "Röster",
}
FINDING_PHOTO = "Bild till fyndet"
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
FINDING_HISTORY = "Historik"
HISTORY_FIELDS = {
    "status": "status",
    "status_reason": "skäl",
    "owner": "ansvarig",
    "due_date": "klart senast",
    "voices": "röster",
    "merged_into": "hopslaget med ett annat fynd",
    "text": "texten rättad",
    "has_photo": "bilden bytt",
}
HISTORY_UNTOUCHED = "Ingen har ändrat fyndet sedan det rapporterades."
MERGE_TITLE = "Kan vara samma fynd"
MERGE_BUTTON = "Slå ihop"
MERGED = "Fynden är hopslagna. Rösterna är räknade ihop."
FINDINGS_TABLE = "Fynd i listan"
FINDINGS_NONE = "Inga fynd i urvalet."
FINDINGS_COLUMNS = {
    "category": "Fynd",
    "seriousness": "Allvar",
    "text": "Text",
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
INTAKE_FILES = "GPX, GeoJSON-linjer och listor (CSV, Excel), flera på en gång"
INTAKE_HELP = (
    "Spår från klocka eller telefon, listor över pass, och observationer. Samma fil två gånger "
    "ändrar ingenting."
)
INTAKE_TYPE = "Spåren är från"
INTAKE_PEOPLE = "Antal vuxna"
INTAKE_TEAM = "Grupp"
INTAKE_TEAM_HELP = "Gruppens namn, till exempel Grupp Norr. Aldrig en persons."
INTAKE_NETWORK = "Gatunät för täckning (GeoPackage eller GeoJSON)"
INTAKE_RUN = "Läs in filerna"
INTAKE_RUNNING = "Läser in filerna …"
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
        _counted(walks, "ett närvaropass", "närvaropass"),
        _counted(audits, "en trygghetsrond", "trygghetsronder"),
    ]
    told = f"{_listed(parts)}, {formats.number(hours, 1)} persontimmar. "
    told = told[:1].upper() + told[1:]
    return f"{told}{_counted(found, 'Ett fynd', 'fynd')}, varav {formats.number(still_open)} öppna."


def walks_undated(n: int) -> str:
    """Tell of walks without a date."""
    return f"{_counted(n, 'En vandring', 'vandringar')} saknar datum och visas i varje period."


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
            f"{_counted(within_zone, 'En vandring', 'vandringar')} visas inte på kartan: hela "
            "vägen ligger inom 200 meter från sin början och sitt slut."
        )
    return tuple(lines)


def finding_choice(category: str, where: str, day: str) -> str:
    """Name a finding in a select box."""
    return " · ".join(part for part in (CATEGORIES[category], where, day) if part)


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
        parts.append(f"{_counted(assumed, 'ett pass', 'pass')} utan antal, räknade som en person")
    if untimed:
        parts.append(f"{_counted(untimed, 'ett pass', 'pass')} utan tid")
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


def history_line(at: datetime, who: str, field: str, before: str, after: str) -> str:
    """Tell of one change."""
    told = f"{formats.day(at)} kl. {at:%H.%M} · {who} · {HISTORY_FIELDS.get(field, field)}"
    return (
        f"{told}: {before or formats.NO_VALUE} → {after or formats.NO_VALUE}"
        if before or after
        else told
    )


def merge_suggestion(metres: float, day: str, text: str) -> str:
    """Describe a finding that may be the same."""
    told = f"{formats.number(metres)} m bort"
    return " · ".join(part for part in (told, day, text) if part)


def merged_voices(n: int) -> str:
    """Say how many voices a merge gives."""
    return f"{MERGE_BUTTON} ({formats.number(n)} röster)"


def intake_line(read: int, new: int, changed: int, quarantined: int) -> str:
    """Say what became of one file."""
    parts = [f"{_counted(read, 'en rad', 'rader')} lästa"]
    parts.append(f"{formats.number(new)} nya")
    if changed:
        parts.append(f"{formats.number(changed)} ändrade")
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


PERSONAL_DATA = {
    PersonalDataKind.IDENTITY_NUMBER: "personnummer",
    PersonalDataKind.PHONE: "telefonnummer",
    PersonalDataKind.EMAIL: "e-postadress",
    PersonalDataKind.PLATE: "registreringsnummer",
    PersonalDataKind.NAME: "personnamn",
}


def personal_warning(found: Sequence[tuple[PersonalDataKind, str]]) -> str:
    """Warn of personal data before anything is stored."""
    told = _listed([f"{PERSONAL_DATA[kind]} ({text})" for kind, text in found])
    return f"Texten verkar innehålla {told}. Ta bort det, eller spara ändå. Inget är sparat ännu."


def of_findings(n: int) -> str:
    """Say what the open findings are a part of."""
    return f"av {_counted(n, 'ett fynd', 'fynd')} i urvalet"


def plain_markdown(text: str) -> str:
    """Keep outside text from being taken for markup where a page reads Markdown."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>~$:])", r"\\\1", text)


# --- the page Rapportera ---

REPORT_INTRO = (
    "Det du fyller i sparas i telefonen tills det är framme, också om uppkopplingen försvinner."
)
FORM_MAP_HINT = "Tryck där det är"
FORM_WORDS = {
    "type": "Vad går du?",
    "place": "Var?",
    "here": "Min plats",
    "point": "Peka på kartan",
    "placeName": "Eller skriv platsens namn",
    "placed": "Plats",
    "searching": "Söker platsen …",
    "denied": "Telefonen får inte lämna ut platsen. Peka på kartan eller skriv platsens namn.",
    "notFound": "Platsen hittades inte. Peka på kartan eller skriv platsens namn.",
    "noHttps": (
        "Telefonen lämnar bara ut platsen på en säker adress (https). Peka på kartan eller skriv "
        "platsens namn."
    ),
    "category": "Vad?",
    "seriousness": "Hur allvarligt?",
    "more": "Mer (frivilligt)",
    "text": "Vad såg du?",
    "textHint": (
        "Skriv inte namn, personnummer, telefonnummer eller registreringsnummer. Vid fara, "
        "ring 112."
    ),
    "photo": "Ta eller välj en bild",
    "photoReady": "Bilden är med. Uppgift om plats i bilden är borttagen.",
    "photoBad": "Bilden går inte att läsa. Ta en ny.",
    "photoReading": "Bilden läses in …",
    "photoDrop": "Ta bort bilden",
    "photoDropSure": "Ta bort bilden? Den finns inte kvar någon annanstans om den togs här.",
    "photoNotKept": (
        "Bilden får inte plats i telefonen. Den följer med om fyndet skickas innan sidan stängs; "
        "texten är kvar i alla fall."
    ),
    "notKept": (
        "Telefonen kan inte behålla det du skriver. Stäng inte sidan förrän det står att det är "
        "sparat, eller skriv upp det på annat sätt."
    ),
    "factorsTitle": "Miljön på platsen (frivilligt)",
    "factorsHint": "1 är dåligt, 5 är bra. Tryck en gång till för att ta bort.",
    "save": "Spara fyndet",
    "needPlace": "Ange en plats.",
    "needCategory": "Välj vad det gäller.",
    "needSeriousness": "Välj hur allvarligt det är.",
    "needWalkPlace": "Skriv var ni gick.",
    "waiting": "{n} väntar på att skickas. De är kvar i telefonen.",
    "edit": "Ändra",
    "keep": "Spara ändå",
    "drop": "Ta bort",
    "dropSure": "Ta bort rapporten? Den är inte sparad någon annanstans.",
    "twice": {
        "finding": (
            "Fyndet är redan sparat eller borttaget i en annan flik. Ska det här sparas också?"
        ),
        "walk": "Passet är redan sparat eller borttaget i en annan flik. Ska det här sparas också?",
    },
    "dropTwiceSure": "Ta bort rapporten? Det som är sparat i en annan flik finns kvar.",
    "editing": "Du ändrar en rapport som inte är sparad ännu.",
    "leaveEdit": "Lämna ändringen",
    "asideOne": "Det andra du höll på att skriva är kvar och kommer tillbaka när du har sparat.",
    "aside": "{n} andra påbörjade rapporter är kvar och kommer tillbaka när du har sparat.",
    "asideNext": "Visa det påbörjade",
    "walkTitle": "Avsluta passet – eller inget att rapportera",
    "walkHint": "Plats, tid och antal gör att passet räknas. Skriv aldrig personers namn.",
    "walk": {
        "place": "Var gick ni?",
        "people": "Antal vuxna",
        "team": "Gruppens namn",
        "started": "Började",
        "ended": "Slutade (nu om tomt)",
        "note": "Anteckning",
    },
    "saveWalk": "Spara passet",
    "nothing": "Inget att rapportera",
    "draw": "Rita vägen på kartan (frivilligt)",
    "drawLabel": "Karta att rita vägen på",
    "drawLegend": "Tryck där ni gick",
    "drawHint": "Tryck på kartan där ni gick, i ordning.",
    "drawKeys": (
        "Med tangentbord: flytta kartan med pilarna, lägg till en punkt vid korset med Enter, ta "
        "bort den senaste med backsteg."
    ),
    "drawAdd": "Punkt vid korset",
    "drawUndo": "Ångra",
    "drawClear": "Rensa",
    "drawDone": "Klar",
    "drawFirst": "Första punkten är satt. Tryck där ni gick sedan.",
    "drawLength": "Ritad väg: {km} km, {n} punkter.",
    "drawFull": "Vägen har så många punkter den kan ha.",
    "needRoute": "En ritad väg behöver minst två punkter. Lägg till en eller rensa.",
}


def report_stored(category: ObservationCategory | None) -> str:
    """Tell that a report is stored."""
    if category is None:
        return "Passet är sparat. Tack!"
    return f"Sparat: {CATEGORIES[category]}. Tack!"


def report_refused(error: TrygghetskartaError) -> str:
    """Tell why a report is not stored, without speaking of files."""
    if isinstance(error, TableError):
        told = "; ".join(fault_sentence(fault) for fault in error.faults[:3])
        return f"Rapporten kunde inte sparas. {told}."
    return f"Rapporten kunde inte sparas. {error_sentence(error)}"


# --- the meeting: Tyck till, Mötesbild and the page Möte ---

SECTION_DIALOGUE = "Dialog"
PAGE_MEETING = "Möte"
PAGE_VOICE = "Tyck till"
PAGE_WALL = "Mötesbild"
MEETING_INTRO = (
    "Deltagarna pekar ut trygga och otrygga platser på telefon eller platta, utan konto. "
    "Rummets bild växer på väggen, aldrig enskilda svar. Efteråt granskas svaren och behålls "
    "eller raderas."
)
MEETING_SELF_SELECTED = (
    "Självvalda svar: bilden visar vad de som var här tyckte, inte vad invånarna tycker."
)
MEETING_NEW = "Öppna ett nytt möte"
MEETING_NAME = "Mötets namn"
MEETING_NAME_HELP = "Visas för deltagarna och på väggen."
MEETING_PLACE = "Lokal (frivilligt)"
MEETING_DISTRICT = "Stadsdel (frivilligt)"
MEETING_ANY_DISTRICT = "Hela kommunen"
MEETING_DAY = "Dag (ÅÅÅÅ-MM-DD)"
MEETING_DAY_INVALID = "”{value}” är ingen dag. Skriv som 2026-05-03."
MEETING_OPEN_BUTTON = "Öppna mötet"
MEETING_CHOOSE = "Visa möte"
MEETING_NONE = "Inget möte ännu. Öppna ett här ovanför."
MEETING_ADDRESS = "Adressen som telefonerna når"
MEETING_ADDRESS_HELP = (
    "Starta en egen, öppen del på datorn i salen med kommandot start --public-only --address och "
    "datorns adress i salens nätverk. Den visar bara Tyck till och Mötesbild."
)
MEETING_ONLY_HERE = (
    "Den här adressen når bara den egna datorn. Starta den öppna delen (se README, ”Möte”) och "
    "skriv dess adress i rutan, till exempel `http://192.168.1.20:8502`."
)
MEETING_INTERNAL_HERE = (
    "Adressen leder till den här appen, som också har interna sidor. Ge deltagarna den öppna "
    "delens adress i stället (se README, ”Möte”)."
)
MEETING_LINK_JOIN = "Deltagarna öppnar"
MEETING_LINK_WALL = "Projektorn öppnar"
MEETING_LINK_TABLET = "En platta som går från hand till hand öppnar"
MEETING_TABLET_HELP = (
    "En telefon kan ge fem svar på ett möte. Plattans länk har ingen sådan gräns: öppna den bara "
    "på mötets egna plattor."
)
MEETING_QR = "QR-kod till {address}"
MEETING_CLOSE = "Stäng mötet"
MEETING_CLOSE_HELP = "Inga fler svar tas emot. Det går inte att öppna mötet igen."
MEETING_SO_FAR = "Svar hittills"
MEETING_SO_FAR_DETAIL = "i hela femtal; svaren visas först när mötet är stängt"
MEETING_REVIEW = "Granska svaren"
MEETING_REVIEW_HINT = (
    "Ta bort svar som är missbruk, till exempel många likadana i rad. En stadsdel som förlorar "
    "ett svar visas inte längre på mötesbilden. Platserna är avrundade till 100 meter."
)
MEETING_REMOVE_CHOICE = "Svar att ta bort"
MEETING_KEEP = "Behåll som synpunkter"
MEETING_KEEP_HELP = "Räknas per stadsdel bredvid polisens och stadens bild, utan intervall."
MEETING_ERASE = "Radera mötet"
MEETING_ERASE_SURE = "Radera mötet för gott"
MEETING_NOT_GONE_YET = (
    "Ett annat program läser lagret just nu, så det raderade ligger kvar i filen bredvid. Det "
    "försvinner av sig självt så snart programmet har läst klart och något här visas eller sparas."
)
MEETING_ERASED_SAID = "Mötet är raderat. Bara dagen finns kvar."
MEETING_REMOVED_SAID = "Borttaget för gott."
MEETING_KEPT_SAID = "Svaren är behållna som synpunkter."
MEETING_CLOSED_SAID = "Mötet är stängt. Granska svaren här nedanför."
MEETING_OPENED_SAID = "Mötet är öppet. Visa QR-koden eller länken för deltagarna."
MEETING_NO_PINS = "Mötet fick inga svar."
MEETING_BY_DISTRICT = "Svar per stadsdel"
MEETING_BY_REASON = "Svar per skäl"
MEETING_MAP_TITLE = "Svar, avrundade till 100 m"
MEETING_FILE_HEADING = "Ladda ner synpunkterna"
MEETING_FILE_HINT = "Filerna är för utlämnande: antal under fem är dolda."
MEETING_FILE_TITLE = "Synpunkter från möte"
MEETING_FILE_SOURCE = (
    "Källa: {name}, {day}, {municipality}. Trygga och otrygga platser tillsammans."
)
MEETING_FILE_SHEET = "Synpunkter"
MEETING_FILE_ABOUT = "Om uppgifterna"
MEETING_COLUMNS = {
    "number": "Nr",
    "district": "Stadsdel",
    "feeling": "Svar",
    "reason": "Skäl",
    "trygg": "Trygg",
    "otrygg": "Otrygg",
    "count": "Antal synpunkter",
    "place": "Plats",
}
MEETING_PLACED = {True: "på kartan", False: "ur listan"}
MEETING_STATUSES = {
    MeetingStatus.OPEN: "öppet",
    MeetingStatus.CLOSED: "stängt, att granska",
    MeetingStatus.KEPT: "granskat: behållet",
    MeetingStatus.ERASED: "raderat",
}
FEELINGS = {Feeling.SAFE: "Trygg", Feeling.UNSAFE: "Otrygg"}
PIN_REASONS = {
    PinReason.LIGHTING: "Belysning",
    PinReason.PEOPLE: "Folk i rörelse",
    PinReason.SIGHT: "Insyn och sikt",
    PinReason.UPKEEP: "Skötsel",
    PinReason.LITTER: "Städat eller skräpigt",
    PinReason.TRAFFIC: "Trafik",
    PinReason.DISORDER: "Lugnt eller stökigt",
    PinReason.ADULTS: "Vuxna i närheten",
    PinReason.OTHER: "Annat",
}
LEANS = {
    Lean.UNSAFE: "de flesta otrygga",
    Lean.SPLIT: "delade meningar",
    Lean.SAFE: "de flesta trygga",
}
LEAN_LEGEND = {
    Lean.UNSAFE: "Mest otrygga svar",
    Lean.SPLIT: "Delade meningar",
    Lean.SAFE: "Mest trygga svar",
}
WALL_LEGEND = "Rummets svar"
WALL_COUNTED = "5–14 svar: för få för att fördela"
WALL_FEW = "Färre än fem svar"
WALL_AREAS = "Stadsdelar med minst fem svar"
WALL_REASONS = "Skäl som minst fem har gett"
WALL_NO_AREAS = "Stadsdelarna visas när fem har svarat."
WALL_JOIN = "Tyck till du också"
WALL_CODE = "Kod"
WALL_CLOSED = "Mötet är stängt. Tack!"
WALL_RULE = "Bilden växer med fem svar i taget."
NOT_HERE = "Sidan finns inte här."
ROOM_CODE = "Mötets kod"
ROOM_CODE_HELP = "Åtta tecken. Koden står på väggen eller på lappen du fick."
ROOM_ASK_CODE = "Skriv mötets kod för att tycka till."
ROOM_CLOSED = "Mötet är stängt och tar inte emot fler svar. Tack för att du vill tycka till!"
ROOM_MAP_HINT = "Tryck på platsen"
ROOM_REFUSED_PLACE = "Platsen ligger utanför kommunen. Välj en plats på kartan."
ROOM_REFUSED = "Svaret gick inte att läsa. Börja om."
ROOM_PHONE_FULL = (
    "Svaret är inte med: härifrån har redan {n} svar kommit, så många som en telefon kan ge. Tack!"
)
ROOM_SLOW_DOWN = "Det gick lite fort. Svaret skickas strax."
ROOM_WORDS = {
    "where": "Var känner du dig trygg eller otrygg?",
    "whereHint": "Tryck på platsen på kartan.",
    "list": "Välj stadsdel i en lista i stället",
    "map": "Peka på kartan i stället",
    "choose": "Välj stadsdel",
    "next": "Fortsätt",
    "outside": "Det är utanför kommunen. Tryck inom gränsen.",
    "feeling": "Hur känns det där?",
    "reason": "Vad beror det mest på?",
    "back": "Tillbaka",
    "step": "Steg {n} av 3",
    "thanks": "Tack! Ditt svar är med.",
    "waiting": "Tack! Svaret väntar på uppkoppling. Låt sidan vara öppen.",
    "undone": "Svaret är ångrat. Det räknas inte när mötet är slut.",
    "undo": "Ångra svaret",
    "another": "Lägg till en plats till",
    "again": "Börja om",
    "pending": "{n} svar väntar på att skickas. De ligger kvar i telefonen.",
    "privacy": (
        "Du är anonym. Platsen sparas som stadsdel och 100-metersruta, inget annat om dig. "
        "Telefonens svar räknas medan mötet är öppet; räkningen sparas inte och hör inte ihop med "
        "något svar."
    ),
    "mapLabel": "Karta över kommunen att peka på",
}


def distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """Number labels that are the same: a list knows its options by their words alone.

    Examples
    --------
    >>> distinct({"a": "Möte", "b": "Rond", "c": "Möte"})
    {'a': 'Möte', 'b': 'Rond', 'c': 'Möte · 2'}
    """
    seen = Counter()
    told = {}
    for key, label in labels.items():
        seen[label] += 1
        told[key] = label if seen[label] == 1 else f"{label} · {seen[label]}"
    return told


def meeting_choice(meeting: Meeting) -> str:
    """A meeting in a list of meetings."""
    name = meeting.name or PAGE_MEETING
    return f"{name}, {formats.day(meeting.held_on)} ({MEETING_STATUSES[meeting.status]})"


def meeting_where(place: str, day: date) -> str:
    """Where and when a meeting is held."""
    return f"{place}, {formats.day(day)}" if place else formats.day(day)


def meeting_chosen(chosen: int, count: int) -> str:
    """How many pins are chosen; choosing removes nothing."""
    if not chosen:
        return f"Inget av {formats.number(count)} svar är valt. Att välja tar inte bort något."
    return f"{formats.number(chosen)} av {formats.number(count)} svar är valda, inget är borttaget."


def meeting_remove(chosen: int) -> str:
    """The button that erases the chosen pins."""
    return f"Ta bort {formats.number(chosen)} svar för gott"


_MOST_NAMED = 10


def meeting_loses(chosen: int, count: int, pins: Sequence[str]) -> str:
    """Name what is erased when the chosen pins are."""
    whole = "Alla mötets svar försvinner. " if chosen == count else ""
    more = len(pins) - _MOST_NAMED
    named = "; ".join(pins[:_MOST_NAMED])
    if more > 0:
        named += f" och {formats.number(more)} till"
    return (
        f"{whole}{formats.number(chosen)} av {formats.number(count)} svar tas bort för gott och "
        f"kan inte fås tillbaka: {named}."
    )


def meeting_erase_loses(held: Meeting, count: int) -> str:
    """Name what is erased with a meeting."""
    return (
        f"Alla {formats.number(count)} svar från {held.name}, {formats.day(held.held_on)}, namnet, "
        "platsen och mötesbilden försvinner och kan inte fås tillbaka. Bara dagen finns kvar."
    )


def meeting_type_number(count: int) -> str:
    """Ask for the number of pins before they are erased."""
    return f"Skriv antalet svar som försvinner ({count})"


def meeting_number_differs(count: int) -> str:
    """Tell that nothing was erased, because another number was typed."""
    return f"Inget är borttaget. Skriv {count}, antalet svar som försvinner, för att ta bort dem."


def meeting_pin_choice(number: int, district: str, feeling: Feeling, reason: PinReason) -> str:
    """A pin in the list of those that can be removed."""
    return f"{number}: {district}, {FEELINGS[feeling].lower()}, {PIN_REASONS[reason].lower()}"


def at_least(count: int) -> str:
    """Tell how many have answered, in whole fives."""
    if not count:
        return "Färre än fem svar hittills"
    return f"Minst {formats.number(count)} svar"


def wall_area(name: str, count: int, lean: Lean | None) -> tuple[str, str]:
    """A district of the wall and what may be said of it."""
    told = f"minst {formats.number(count)} svar"
    return name, told if lean is None else f"{told} – {LEANS[lean]}"


def meeting_voices(count: int, meetings: int, is_example: bool) -> str:
    """Tell how many *synpunkter* meetings have given of a district."""
    several = "möte" if meetings == 1 else "möten"
    mark = f" {EXAMPLE_MARK}." if is_example else ""
    return (
        f"Synpunkter från {formats.number(meetings)} {several}: {formats.number(count)}. De är "
        f"självvalda, har inget intervall och jämförs inte med enkäten.{mark}"
    )


def voices_caption(hidden: int, meetings: int) -> tuple[str, ...]:
    """What must follow counts of *synpunkter*."""
    lines = [
        "Synpunkter är självvalda svar: de räknas, men har inget intervall och säger inget om "
        "invånarna i stort.",
        f"n = antal synpunkter, från {formats.number(meetings)} möte"
        f"{'' if meetings == 1 else 'n'}. En person kan ha lämnat flera.",
    ]
    if hidden:
        lines.append(
            f"Dold: 1–4 synpunkter, eller ett antal som skulle röja ett sådant "
            f"({formats.number(hidden)} stadsdelar)."
        )
    return tuple(lines)


# --- Medborgardialog ---

PAGE_DIALOGUE = "Medborgardialog"
PAGE_PRESENT = "Dialogläge"
DIALOGUE_INTRO = (
    "Sätt ihop bilder för ett möte med invånare. Allt som visas är dolt, summerat och prövat för "
    "allmänheten, och en sparad presentation visar samma siffror om ett år."
)
PRESENTATION = "Presentation"
PRESENTATION_NEW = "Ny presentation"
PRESENTATION_NAME = "Namn"
PRESENTATION_DEFAULT = "Så ser det ut hos oss"
EXAMPLE_PRESENTATION = "Exempel: platser och trygghet"
PRESENTATION_THEME = "Vad ska den handla om?"
PRESENTATION_DISTRICT = "Ni sa – vi gjorde för"
PRESENTATION_NO_DISTRICT = "Ingen stadsdel"
PRESENTATION_LANGUAGE = "Språk"
PRESENTATION_CREATE = "Skapa bilder"
SLIDES = "Bilder"
SLIDE_KINDS = {
    SlideKind.MAP: "Karta",
    SlideKind.COMPARISON: "Jämförelse av två år",
    SlideKind.CHART: "Diagram",
    SlideKind.HOW_TO_READ: "Så läser du kartan",
    SlideKind.UNKNOWN: "Det här vet vi inte",
    SlideKind.YOU_SAID: "Ni sa – vi gjorde",
}
SLIDE_HEADING = "Egen rubrik"
SLIDE_HEADING_HELP = "Lämna tomt för den rubrik som hör till bilden. Skriv aldrig namn på personer."
SLIDE_QUESTION = "Fråga till rummet"
SLIDE_QUESTION_HELP = "Lämna tomt för den fråga som hör till bilden."
SLIDE_YEAR = "År"
SLIDE_BEFORE = "Jämför med"
SLIDE_SPAN = "Hur lång tid"
TAKE_ALTERNATIVE = "Byt till det"
SLIDE_BY = "Diagrammet visar"
SLIDE_BY_DISTRICT = "stadsdelar"
SLIDE_BY_YEAR = "år för år"
SLIDE_UP = ("↑ Upp", "Flytta upp bild {n}")
SLIDE_DOWN = ("↓ Ner", "Flytta ner bild {n}")
SLIDE_REMOVE = ("Ta bort", "Ta bort bild {n}")
SLIDE_ADD = "Lägg till bild"
SLIDE_ADD_KIND = "Slag av bild"
SAVE_PRESENTATION = "Spara"
SAVE_COPY = "Spara som kopia"
RELOAD_PRESENTATION = "Läs in det som är sparat"
DELETE_PRESENTATION = "Ta bort presentationen"
DELETE_WARNING = "Presentationen försvinner ur listan och går inte att öppna igen."
DELETE_SURE = "Ja, ta bort"
DISCARD_PRESENTATION = "Kasta utkastet"
DISCARD_WARNING = "Det här utkastet är inte sparat och går inte att få tillbaka."
DISCARD_SURE = "Ja, kasta utkastet"
PRESENTATION_SAVED = "Sparad. Presentationen visar de här siffrorna tills du uppdaterar dem."
PRESENTATION_UNSAVED = "Ändringarna är inte sparade."
OPEN_FULL = "Öppna dialogläget"
OPEN_FULL_HELP = (
    "Det som är ändrat här sparas först. Sedan låses webbläsaren vid presentationen: inga andra "
    "sidor går att öppna, i något fönster, förrän någon har lämnat dialogläget."
)
UPDATE_FIGURES = "Uppdatera med dagens uppgifter"
UPDATE_NOTHING = "Dagens uppgifter är desamma. Inget har ändrats."
LEAVE_WORD = "lämna"
LEAVE_WORD_OWN = "Kod för att lämna dialogläget"
LEAVE_WORD_HELP = (
    "Minst {n} tecken. Utan egen kod räcker det att skriva ordet {word}. Koden gäller när "
    "presentationen är sparad."
)
LEAVE_WORD_SET = "En egen kod är satt. Skriv en ny för att byta."
LEAVE_WORD_SHORT = "Koden är för kort: minst {n} tecken. Inget har sparats."
LEAVE_WORD_DROP = "Ta bort koden: ordet {word} räcker"
LEAVE_RULES = {
    (False, False): (
        "När presentationen är sparad lämnas dialogläget med ordet {word}, eller med en egen kod "
        "om du skriver en här."
    ),
    (True, False): ("Nu gäller: ordet {word} öppnar låset. Skriv en egen kod här för att byta."),
    (True, True): "Nu gäller: bara presentationens egen kod öppnar låset.",
}
LEAVE_ASK_WORD = "Skriv ordet {word} för att lämna dialogläget"
LEAVE_ASK_CODE = "Skriv koden för att lämna dialogläget"
LEAVE_BUTTON = "Lämna dialogläget"
LEAVE_WRONG = "Det var inte rätt. Efter fem felaktiga försök får du vänta minst en halv minut."
LEAVE_WAIT = (
    "För många felaktiga försök. Vänta {seconds} sekunder och skriv sedan rätt kod eller ord."
)
PRESENT_NONE = "Välj en presentation på sidan Medborgardialog. Den länken leder ingenstans."
PRESENT_LOCK_FIRST = (
    "Presentationen visas när webbläsaren är låst. Öppna dialogläget härifrån; går det inte ändå, "
    "tillåt kakor för den här adressen."
)
PRESENT_GONE = "Presentationen är borttagen. Webbläsaren är fortfarande låst."
PRESENT_UNKNOWN = (
    "Presentationen finns inte kvar i lagret, så ingen kod kan prövas. Den som sköter datorn kan "
    "rensa kakorna för den här adressen i webbläsaren."
)
SOMEBODY_ELSE = (
    "Någon annan har sparat presentationen sedan du öppnade den. Spara dina ändringar som en "
    "kopia, eller läs in det som är sparat. Inget av deras har skrivits över."
)


def presentation_label(name: str, saved: datetime, is_example: bool) -> str:
    """Name a presentation in the list."""
    mark = f" ({EXAMPLE_MARK})" if is_example else ""
    return f"{name} · {formats.day(local_day(saved))}{mark}"


def leave_rule(is_saved: bool, has_word: bool) -> str:
    """Say which word ends the dialogue as things stand."""
    return LEAVE_RULES[is_saved, has_word].format(word=LEAVE_WORD.upper())


def leave_refused(wait: int) -> str:
    """Say why a word did not end the dialogue: it was wrong, or it was not looked at yet."""
    return LEAVE_WAIT.format(seconds=formats.number(wait)) if wait else LEAVE_WRONG


def slide_span(years: int) -> str:
    """Tell how many years up to the chosen one a slide covers."""
    return "det året" if years == 1 else f"{formats.number(years)} år, till och med det året"


def slide_label(at: int, kind: SlideKind, heading: str) -> str:
    """Name a slide in the list of slides."""
    return f"{at}. {SLIDE_KINDS[kind]}" + (f" – {heading}" if heading else "")


def copy_name(name: str) -> str:
    """Name a copy of a presentation."""
    return f"{name} (kopia)"


def figures_updated(changes: Sequence[tuple[int, int, int]]) -> str:
    """Tell what became different when the figures of a presentation were updated."""
    if not changes:
        return UPDATE_NOTHING
    parts = [f"bild {at}: {changed} av {total} uppgifter" for at, changed, total in changes]
    return f"Uppdaterad och sparad. Ändrat: {_listed(parts)}."
