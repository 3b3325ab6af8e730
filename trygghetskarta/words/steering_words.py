"""What the report to the steering group says."""

from collections.abc import Sequence
from datetime import date

from trygghetskarta import formats
from trygghetskarta.terms.actions import ActionStatus, EffectVerdict
from trygghetskarta.words.texts import MISSING, counted, enumerated

STEERING_THEMES = "Planens teman"
STEERING_THEMES_INTRO = (
    "För varje tema i planen besvaras dess tre frågor: vad som har genomförts, vilka som har "
    "samverkat och vilka effekter det har gett. Svaren kommer från uppföljningarna på sidan "
    "Åtgärder."
)
STEERING_NO_THEME = "Åtgärder utan tema"
STEERING_NO_ACTIONS = "Ingen åtgärd är registrerad för temat i perioden."
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
    ActionStatus.PLANNED: "planerad",
    ActionStatus.ONGOING: "pågår",
    ActionStatus.DONE: "avslutad",
    ActionStatus.STOPPED: "avbruten",
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


def steering_summary(actions: int, followed: int, told: int) -> str:
    """Say how many actions there are and how many are followed up."""
    if not actions:
        return "Inga åtgärder är registrerade för perioden."
    return (
        f"{counted(actions, 'En åtgärd hör', 'åtgärder hör')} till perioden; "
        f"{formats.number(followed)} av dem är uppföljda "
        f"({counted(told, 'en uppföljning', 'uppföljningar')})."
    )


def steering_public_summary(actions: int) -> str:
    """The same for the public, who are told of the actions alone."""
    if not actions:
        return "Inga åtgärder är registrerade för perioden."
    return f"{counted(actions, 'En åtgärd hör', 'åtgärder hör')} till perioden."


def missing_told(n: int, owners: int) -> str:
    """Say how many follow-ups are missing."""
    return (
        f"{counted(n, 'En uppföljning', 'uppföljningar')} saknas, från "
        f"{counted(owners, 'en ansvarig', 'ansvariga')}."
    )


def without_actions(names: Sequence[str]) -> str:
    """Name the themes that nothing is to be done for."""
    return f"Ingen åtgärd är registrerad för {enumerated(names)}."


def action_time(start: date | None, end: date | None) -> str:
    """Write when an action goes on."""
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
    """Say what an action did to the recorded offences, in the fixed words."""
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
