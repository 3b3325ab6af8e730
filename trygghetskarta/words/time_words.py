"""What the page När händer det says."""

from datetime import date

from trygghetskarta import formats
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.terms import verdicts
from trygghetskarta.terms.times import Beside, IntervalQuality, Light
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words.texts import VERDICTS, told, view_title

LIGHTS = {
    Light.DAYLIGHT: "dagsljus",
    Light.CIVIL_TWILIGHT: "skymning eller gryning",
    Light.DARK: "mörker",
}
FUNNEL_CLASSES = {
    verdicts.WITHIN: "inom det väntade",
    verdicts.OUTSIDE_95: "utanför 95 %-gränsen",
    verdicts.OUTSIDE_998: "utanför 99,8 %-gränsen",
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


def trend_caption(
    verdict: Verdict, percent: float, between: tuple[float, float], months: int, events: int
) -> str:
    """Say in one sentence which way a monthly series goes, and how surely."""
    said = VERDICTS[verdict]
    return (
        f"{said[0].upper()}{said[1:]}: {formats.signed(percent, 1)}\u00a0% per år "
        f"(95 % intervall {formats.signed_interval(*between, 1)}) med årstiden "
        f"borträknad. Bygger på {formats.number(months)} månader och "
        f"{formats.number(events)} anmälda brott, och säger inget om framtiden."
    )


def funnel_caption(variation: float) -> str:
    """Say how to read a funnel plot whose areas vary by a coefficient of variation."""
    differ = "skilja sig åt av slumpen; ju färre invånare, desto mer"
    if variation > 0:
        share = formats.number(100 * variation)
        differ += (
            f". Områdena skiljer sig dessutom från början, med ungefär {share} % uppåt eller "
            "nedåt, och det räknar linjerna med"
        )
    return (
        f"Linjerna visar hur mycket områden med kommunens nivå brukar {differ}. Ett område utanför "
        "linjerna skiljer sig mer än så, vilket inte säger varför. Antal per invånare säger mindre "
        "där många vistas utan att bo."
    )
