"""What the page Jämför says."""

from collections.abc import Sequence

from trygghetskarta import formats
from trygghetskarta.analysis.facts import Facts, Uncovered
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.words.texts import (
    AREA_LEVELS_PLURAL,
    caption_count,
    enumerated,
    first_names,
    silent_months,
    view_title,
)

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


def compare_title(earlier: Facts, later: Facts) -> str:
    """Name what is compared, with both periods."""
    return f"{view_title(later)} jämfört med {formats.period(earlier.start, earlier.end)}"


def side_title(facts: Facts) -> str:
    """Head one of the two maps with its period."""
    period = formats.period(facts.start, facts.end)
    return period[:1].upper() + period[1:]


def side_caption(facts: Facts) -> str:
    """Tell what one of the two maps rests on."""
    return f"Period: {formats.period(facts.start, facts.end)}. {caption_count(facts)}"


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


def funnel_sentence(facts: Facts, rate: float, above: Sequence[str], below: Sequence[str]) -> str:
    """Name the areas outside the 95 % limits of a funnel plot."""
    level = formats.number(rate, 1)
    period = formats.period(facts.start, facts.end)
    parts = [f"Kommunens nivå {period} är {level} anmälda brott per 1 000 invånare."]
    if above:
        parts.append(f"Över gränserna: {enumerated(first_names(above))}.")
    if below:
        parts.append(f"Under gränserna: {enumerated(first_names(below))}.")
    if not above and not below:
        parts.append("Inget område ligger utanför gränserna.")
    return " ".join(parts)


def funnel_hidden(n: int) -> str:
    """Tell how many areas are left out of the funnel plot because their count is hidden."""
    return f"{n} områden är dolda och ritas inte, men räknas i kommunens nivå."


def funnel_without_people(n: int) -> str:
    """Tell how many areas have no rate."""
    return f"{n} områden har färre än 50 kända invånare och ritas inte."
