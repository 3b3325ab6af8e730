"""What the page Säkerhet och trygghet says."""

from collections.abc import Mapping, Sequence

from trygghetskarta import formats
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.perception import Perspective, Quadrant, SamplingMethod, SurveyQuestion
from trygghetskarta.words.texts import EXAMPLE_MARK, enumerated, first_names

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
    map_classes.UNDECIDED: "osäkert – ett intervall går över gränsen",
    map_classes.HIDDEN: "dold – färre än 30 svar, eller skyddat",
    map_classes.MISSING: "uppgift saknas",
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
PICTURES_TITLE = "Tre bilder av samma stadsdel"
PICTURES_HELP = (
    "Polisen ser anmälda brott, staden ser det som hittas på vandringar, medborgarna svarar på "
    "enkäten. Bilderna får säga emot varandra: det som bara en av dem visar är värt en fråga."
)
PICTURES = {
    Perspective.POLICE: "Polisens bild",
    Perspective.CITY: "Stadens bild",
    Perspective.CITIZENS: "Medborgarnas bild",
}
PICTURE_SOURCES = {
    Perspective.POLICE: "anmälda brott",
    Perspective.CITY: "fynd från vandringar och ronder",
    Perspective.CITIZENS: "trygghetsundersökningen",
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
            listed = f" ({enumerated(names)})" if named else ""
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
        lines.append(f"Färre än 100 svar, läs med försiktighet: {enumerated(first_names(few))}.")
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
    listed = f"; mest {enumerated([kind.lower() for kind in kinds])}" if kinds else ""
    return f"{count} fynd, {rate} per 1 000 invånare (95 %: {between}){listed}"


def picture_citizens(share: str, between: str, answers: str) -> str:
    """What the citizens' picture rests on."""
    return f"{share} otrygga (95 %: {between}), {answers} svar"


def alone_sentence(picture: Perspective) -> str:
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
    return f"Här har vi ovanligt få {enumerated(missing)}. Bilden kan vara ofullständig."


def series_title(label: str, place: str) -> str:
    """Head the chart of a question through the years."""
    return f"{label}, {place}"
