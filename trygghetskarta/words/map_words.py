"""What the page Karta says."""

from collections.abc import Collection, Sequence
from math import floor

from trygghetskarta import formats
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words.measure_words import MEASURE_WORDS
from trygghetskarta.words.texts import (
    APP,
    AREA_LEVELS_PLURAL,
    EXAMPLE_MARK,
    EXAMPLE_SENTENCE,
    RESIDENTS_CAVEAT,
    VERDICTS,
    caption_count,
    counted,
    enumerated,
    level_word,
    silent_months,
    view_title,
)

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
AREA = "Område"
PROFILE_COUNT = "Anmälda brott"
PROFILE_CHANGE = "Förändring"
PROFILE_SERIES = "Antal per månad"
PROFILE_TYPES = "Vanligaste brottstyperna"
PROFILE_SHARE = "Andel av kommunens"
SERIES_TABLE = "Visa månaderna som tabell"
SERIES_HIDDEN = "Antal per månad visas inte för det här urvalet: talen är för små eller skyddade."
SERIES_CURRENT = "vald period"
SERIES_PREVIOUS = "jämförelseperiod"
TYPES_HIDDEN = "Uppdelning på brottstyp visas inte för det här urvalet."
EVENT_COLUMNS = {"time": "Tid", "type": "Händelse", "summary": "Vad polisen skriver"}
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
    return LEVEL_LIMITED.format(level=level_word(level))


def legend_title(measure: str) -> str:
    """Head a legend with the measure and its unit."""
    return MEASURE_WORDS[measure].legend


def special_class(number: int, threshold: int) -> str:
    """Label the looks that are not a class of values."""
    return {
        map_classes.ZERO: "0 – inget anmält",
        map_classes.UNDECIDED: "kan inte avgöras",
        map_classes.HIDDEN: f"dold (1–{threshold - 1}, eller skyddar en sådan)"
        if threshold > 1
        else "dold",
        map_classes.MISSING: "uppgift saknas",
    }[number]


def not_computed_class(reasons: Collection[str], is_some_missing: bool) -> str:
    """Label the areas without a figure, some of which are not computed, and why they are not."""
    told = f"beräknas inte ({' eller '.join(sorted(reasons))})"
    return f"uppgift saknas, eller {told}" if is_some_missing else told


def value_classes(
    lower: Sequence[float], breaks: Sequence[float], decimals: int
) -> tuple[str, ...]:
    """Label the classes of a sequential legend, ``12–25``.

    Whole numbers start one above the limit below; the first class starts at its smallest value,
    never at 0, which is a class of its own.
    """
    limits, decimals = class_limits(lower, breaks, decimals)
    return tuple(_range(low, high, decimals) for low, high in limits)


def class_limits(
    lower: Sequence[float], breaks: Sequence[float], decimals: int
) -> tuple[list[tuple[float, float]], int]:
    """Give the limits of the classes as they are to be written, and with how many decimals."""
    upper = list(breaks)
    if decimals == 0:
        # A whole number is at most 5,4 exactly when it is at most 5.
        upper = [float(floor(high)) for high in upper]
        lower = [max(low, 1.0) if not at else floor(low) + 1.0 for at, low in enumerate(lower)]
    elif all(limit == floor(limit) for limit in (*lower, *upper)):
        decimals = 0
    return list(zip(lower, upper, strict=True)), decimals


def change_classes(lower: Sequence[float], breaks: Sequence[float]) -> tuple[str, ...]:
    """Label the classes of a diverging legend; the middle one is no clear change."""
    middle = len(breaks) // 2
    labels = []
    for position, (low, high) in enumerate(zip(lower, breaks, strict=True)):
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
    """Say in one sentence where the figures are highest, if anywhere."""
    listed = enumerated([f"{name} ({value})" for name, value in highest])
    what = MEASURE_WORDS[facts.measure].highest
    start = _counted_where(facts)
    if not highest:
        return f"{start} Högst {what}: inget område skiljer ut sig säkert."
    return f"{start} Högst {what}: {listed}."


def _counted_where(facts: Facts) -> str:
    count = "Ett dolt antal" if facts.offences is None else formats.number(facts.offences)
    period = formats.period(facts.start, facts.end)
    return f"{count} anmälda brott i {facts.municipality} {period}."


def some_areas(names: Sequence[str], municipality: str) -> str:
    """Name the areas that a line is about."""
    if len(names) <= 3:
        return enumerated(names)
    return f"{formats.number(len(names))} av områdena i {municipality}"


def change_summary(facts: Facts, rising: Sequence[str], falling: Sequence[str]) -> str:
    """Say in one sentence where a change is certain."""
    start = _counted_where(facts)
    if facts.tested:
        start += f" {counted(facts.tested, 'Ett område är prövat', 'områden är prövade')}."
    if not rising and not falling:
        return f"{start} Inget område har en säkerställd förändring."
    parts = []
    if rising:
        parts.append(f"Säkerställd ökning: {enumerated(rising)}.")
    if falling:
        parts.append(f"Säkerställd minskning: {enumerated(falling)}.")
    return " ".join([start, *parts])


def empty_summary(facts: Facts) -> str:
    """Say that nothing can be shown."""
    return f"Inga siffror kan visas för {formats.period(facts.start, facts.end)} med detta urval."


def caption(facts: Facts, hidden: int, threshold: int, *, is_map: bool = True) -> tuple[str, ...]:
    """Write the lines that follow the figures into every page and file.

    What lacks a place is told where the figures stand on a map.
    """
    lines = [_caption_source(facts), caption_count(facts, is_map)]
    if facts.silent:
        lines.append(f"Uppgifter saknas för {silent_months(facts.silent)}.")
    if facts.previous_start and facts.previous_end:
        lines.append(_caption_comparison(facts))
    if method := _caption_method(facts):
        lines.append(method)
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
    years = ", ".join(str(year) for year in facts.population_years) or "okänt år"
    method = MEASURE_WORDS[facts.measure].method
    return method.format(years=years, residents=RESIDENTS_CAVEAT)


def _caption_version(facts: Facts) -> str:
    return (
        f"Områden: {AREA_LEVELS_PLURAL[facts.level]}, gränser {facts.boundary_version}. "
        f"Plan {facts.plan_year}. Dataversion {facts.data_version}. {APP}."
    )


def hidden_reason(threshold: int) -> str:
    """Say why a figure is not shown."""
    return f"1–{threshold - 1}, eller skyddar ett så litet antal"


def change_detail(verdict: str, between: str, previous: float) -> str:
    """Verdict, interval and earlier count of a change."""
    parts = [verdict]
    if between != formats.NO_VALUE:
        parts.append(f"95 %: {between}")
    parts.append(f"före: {formats.number(previous)}")
    return " · ".join(parts)


PUBLIC_CAVEAT = (
    "Alla brott anmäls inte, och hur många som anmäls skiljer sig mellan platser och år. Ett lägre "
    "antal betyder inte säkert att färre brott har skett."
)


def safe_alternative(facts: Facts) -> str:
    """Offer the nearest table that can be given out."""
    return f"Det här går att lämna ut i stället: {view_title(facts)}."
