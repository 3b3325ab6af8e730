"""What reports say of figures."""

from collections.abc import Sequence
from datetime import date

from trygghetskarta import formats
from trygghetskarta.terms.papers import ReportKind
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words.situation_words import (
    SITUATION_KINDS,
    SITUATION_SECTIONS,
)
from trygghetskarta.words.texts import (
    APP,
    EXAMPLE_MARK,
    counted,
    enumerated,
    hours_around,
)


def safe_report(kind: ReportKind, start: date, end: date) -> str:
    """Offer the nearest report that can be given out."""
    told = report_period(start, end)
    return f"Det här går att lämna ut i stället: {SITUATION_KINDS[kind]} {told}."


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
        parts.append(f"Säkerställd ökning i {enumerated(rising)}.")
    if falling:
        parts.append(f"Säkerställd minskning i {enumerated(falling)}.")
    if not parts:
        parts.append("Ingen stadsdel har en säkerställd förändring.")
    if undecided:
        parts.append(
            f"I {formats.number(undecided)} av {formats.number(n)} stadsdelar går det inte att "
            "avgöra."
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
    what = theme.lower() if theme == SITUATION_SECTIONS["alla"] else theme
    return f"Karta över {what} {period} per stadsdel. Samma uppgifter står i tabellen."


def map_caption(theme: str, period: str, unit: str, is_example: bool) -> str:
    """Name a map below it."""
    mark = f" {EXAMPLE_MARK}." if is_example else ""
    return f"Karta: {theme}, {period}. {unit}.{mark}"


def survey_title(survey: str, year: int) -> str:
    """Name a table of answers."""
    name = survey or SITUATION_SECTIONS["undersokning"]
    return f"{name}, {year}: andel som svarar så, med antal svar (n)"


def answered(share: float, lower: float, upper: float, n: int) -> str:
    """Write a share with its interval, where it has one, and the number of answers."""
    between = "" if lower != lower else f"{formats.share(lower)}–{formats.share(upper)}; "
    few = " osäkert" if n < 100 else ""
    return f"{formats.share(share)} ({between}n = {formats.number(n)}{few})"


def survey_area_count(n: int) -> str:
    """Say how many districts have too few answers."""
    return f"{counted(n, 'En stadsdel', 'stadsdelar')} har färre än 30 svar och visas inte."


def survey_areas_hidden(n: int) -> str:
    """Say how many districts the public is not told of, and why."""
    return (
        f"{counted(n, 'En stadsdel är dold', 'stadsdelar är dolda')} på någon fråga: färre än "
        "30 svar, färre än fem som har svarat så eller annorlunda, eller ett tal som skulle röja "
        "ett sådant."
    )


def events_told(n: int) -> str:
    """Say what the police's published events are."""
    return (
        f"Polisen har publicerat {counted(n, 'en händelse', 'händelser')} från kommunen. De är "
        "nyheter som polisen har valt att berätta om, inte statistik."
    )


def events_left_out(n: int) -> str:
    """Say how many events are not listed."""
    return f"{counted(n, 'En tidigare händelse', 'tidigare händelser')} är inte med i listan."


def verdict_line(theme: str, place: str, percent: str, between: str, count: float) -> str:
    """One statement of the analysis: what, where, how much and from how many."""
    where = f" i {place}" if place else " i kommunen som helhet"
    return f"{theme}{where}: {percent} (95 % intervall {between}), {formats.number(count)} brott."


def verdict_line_new(theme: str, place: str, count: float) -> str:
    """The same where there was nothing before."""
    where = f" i {place}" if place else " i kommunen som helhet"
    return f"{theme}{where}: från 0 till {formats.number(count)} brott."


def undecided_line(theme: str, why: Verdict, n: int, whole: int) -> str:
    """Say of how many districts nothing can be told, and why."""
    where = f"i {formats.number(n)} av {formats.number(whole)} stadsdelar"
    return f"{theme}: {where} {_UNDECIDED[why]}."


def undecided_whole(theme: str, why: Verdict) -> str:
    """Say that nothing can be told of a theme at all, and why."""
    return f"{theme}: också för kommunen som helhet {_UNDECIDED[why]}."


_UNDECIDED = {
    Verdict.TOO_FEW: "är antalen så små att en förändring inte kan skiljas från slumpen",
    Verdict.SHORT_HISTORY: (
        "är historiken för kort för att veta hur mycket antalen brukar variera (minst två år med "
        "uppgift per månad behövs, två och ett halvt om områdena är färre än fem)"
    ),
    Verdict.UNPLACED: "saknar mer än var femte anmälan plats, så att ingen förändring kan sägas",
}


def many_tests(n: int) -> str:
    """Say how many comparisons were made together, and what that means."""
    return (
        f"{counted(n, 'En jämförelse är prövad', 'jämförelser är prövade')} tillsammans "
        "(Benjamini–Hochberg): av de förändringar som kallas säkerställda väntas högst en av tjugo "
        "vara en slump. Det som saknar plats kan höra till vilken stadsdel som helst; intervallen "
        "täcker att en stadsdel har mellan hälften och dubbelt av sin andel."
    )


def unchanged_line(names: Sequence[str]) -> str:
    """Name the themes of which no change can be shown although they are many enough."""
    return (
        f"Ingen säkerställd förändring i kommunen som helhet: {enumerated(names)}. "
        "Det betyder inte att läget säkert är oförändrat."
    )


def unplaced_line(share: float, n: int) -> str:
    """Say how many offences are on no map."""
    return (
        f"{formats.share(share, 1)} av brotten ({formats.number(n)}) saknar plats och finns inte i "
        "tabellerna per stadsdel."
    )


def undated_line(n: int) -> str:
    """Say how many offences have no date."""
    return f"{counted(n, 'Ett brott', 'brott')} saknar datum och räknas inte i någon period."


def preliminary_line(n: int) -> str:
    """Say how many figures may change."""
    return f"{formats.number(n)} av brotten är preliminära och kan ändras."


def unsaid_line(whole: bool) -> str:
    """Say that nobody has called figures final, or some of them."""
    some = "Källan" if whole else "Om en del av brotten"
    return f"{some} säger {'' if whole else 'källan '}inte om uppgifterna är slutliga."


def not_told_themes(names: Sequence[str]) -> str:
    """Name the themes without figures."""
    return f"Inga siffror redovisas för {enumerated(names)}."


def hidden_line(n: int, threshold: int) -> str:
    """Say how many districts are hidden and why."""
    return (
        f"{counted(n, 'En stadsdel är dold', 'stadsdelar är dolda')}: antal 1–{threshold - 1}, "
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
    return f"{counted(open_findings, 'Ett fynd', 'fynd')} från vandringar är öppna{late}."


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
        f"{counted(n, 'En jämförelse', 'jämförelser')} kan inte avgöras eller visar ingen säker "
        "förändring; se under Analys."
    )
