"""What is said of an action's effect."""

from collections.abc import Sequence
from datetime import date

from trygghetskarta import formats
from trygghetskarta.terms.actions import EffectRefusal, EffectVerdict, NoQuotient, Spread
from trygghetskarta.words.texts import counted, enumerated

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


def effect_periods(months: int, before: tuple[date, date], after: tuple[date, date]) -> str:
    """Say which months are compared."""
    return (
        f"{upper_first(counted(months, 'en månad', 'månader'))} efter start "
        f"({formats.period(*after)}) mot samma kalendermånader före ({formats.period(*before)}), "
        "efter anmälningsdatum."
    )


def effect_place(names: Sequence[str], ring: int, control: Sequence[str]) -> str:
    """Say what is compared with what."""
    place = f"stadsdelarna {enumerated(list(names))}" if len(names) > 1 else "".join(names)
    around = f"omland {formats.number(ring)} m" if ring else "omland: angränsande stadsdelar"
    return (
        f"Plats: {place or 'det ritade området'}; {around}. "
        f"Jämförelse: {enumerated(list(control))}, skalad till platsens nivå före start."
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


def upper_first(text: str) -> str:
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
    span = counted(months, "en månad", "månader")
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
    return f"{counted(months, 'en månad', 'månader')} på var sida om start"


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
