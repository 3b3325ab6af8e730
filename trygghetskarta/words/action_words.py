"""What the page Åtgärder says."""

from trygghetskarta import formats
from trygghetskarta.terms.actions import ActionApproach, ActionStatus
from trygghetskarta.words.date_words import DAY_FORM
from trygghetskarta.words.effect_words import upper_first
from trygghetskarta.words.texts import counted

PAGE_ACTIONS = "Åtgärder"
LOADING_ACTIONS = "Läser åtgärder och uppföljningar …"
ACTIONS_EMPTY = (
    "Inga åtgärder ännu. Lägg till en nedan, eller läs in planens åtgärder som CSV eller XLSX på "
    "sidan Data."
)
ACTION_NONE = "Inga åtgärder i urvalet. Välj fler stadsdelar, teman eller lägen."
ACTION_CHOOSE = "Åtgärd"
ACTION_CLOSED = "Ingen vald"
ACTION_HINT = "Välj en åtgärd i listan eller tryck på den på kartan."
THEMES_ALL = "Alla prioriterade områden"
ACTION_STATUS = "Läge"
ACTION_STATUSES = {
    ActionStatus.PLANNED: "Planerad",
    ActionStatus.ONGOING: "Pågår",
    ActionStatus.DONE: "Avslutad",
    ActionStatus.STOPPED: "Avbruten",
}
STATUS_ALL = "Alla lägen"
APPROACH = "Arbetssätt"
APPROACHES = {
    ActionApproach.SOCIAL: "Social prevention",
    ActionApproach.SITUATIONAL: "Situationell prevention",
}
APPROACH_ALL = "Båda arbetssätten"
RESPONSIBLE = "Ansvarig"
RESPONSIBLE_ALL = "Alla ansvariga"
ACTION_FIELDS = {
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
ACTION_COLUMNS = {
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
ACTIONS_TABLE = "Åtgärder i urvalet"
TIMELINE = "Tidslinje"
TIMELINE_TOLD = "En rad per åtgärd från start till slut; öppna åtgärder ritas till årets slut."
TODAY = "I dag"
NO_DATES = "Ingen åtgärd i urvalet har ett startdatum."
LACKING = "Saknar uppföljning det senaste året"
LACKING_NONE = "Alla pågående och nyss avslutade åtgärder är uppföljda det senaste året."
LACKING_COLUMNS = {"owner": "Ansvarig", "title": "Åtgärd", "last": "Senast uppföljd"}
NO_OWNER_TOLD = "Ingen ansvarig"
ACTIONS_MAP = "Tryck på en ring för att öppna åtgärden"
ACTIONS_MAP_DRAWING = "Tryck på kartan för att sätta hörn på området"
MAP_SIGNS = {
    "social": "Social prevention",
    "situationell": "Situationell prevention",
    "other": "Arbetssätt inte angivet",
}
CHOSEN_AREA = "Ritat område för vald åtgärd"
CHOSEN_DISTRICTS = "Stadsdelar för vald åtgärd"
DRAWN_NOW = "Område som ritas"
ACTION_NEW = "Ny åtgärd"
ACTION_EDIT = "Ändra åtgärden"
ACTION_TITLE = "Vad åtgärden heter"
ACTION_SAVE = "Spara åtgärden"
ACTION_SAVED = "Åtgärden är sparad."
ACTION_KEEP = "Spara åtgärden ändå"
ACTION_STALE = (
    "Någon annan hann ändra åtgärden. Det som gäller nu står här ovanför; dina egna ord står kvar "
    "i formuläret. Jämför och spara igen."
)
ACTION_REMOVE = "Ta bort åtgärden"
ACTION_REMOVE_SURE = "Ja, ta bort åtgärden ur listorna"
ACTION_REMOVED = "Åtgärden är borttagen ur listorna; historiken finns kvar."
OWNER_NOT_PERSON = "Förvaltning, enhet eller organisation – aldrig en persons namn."
START_DATE = "Startdatum"
END_DATE = "Slutdatum"
DATE_FORM = f"{DAY_FORM} Lämna tomt om det inte är bestämt."
ACTION_DISTRICTS = "Stadsdelar"
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
ACTION_HISTORY = "Historik"
ACTION_CHANGES = {
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
ACTION_PAPER = "Åtgärden och dess effekt som dokument"
ACTION_PDF = "Dokument (PDF)"
ACTION_DOCX = "Dokument (Word)"
PAPER_SOURCE_ACTIONS = "Källa: egna åtgärder och anmälda brott i Trygghetskarta, {municipality}."


def actions_title(municipality: str) -> str:
    """Name what the page of actions shows."""
    return f"Åtgärder, {municipality}"


def actions_summary(found: int, ongoing: int, lacking: int) -> str:
    """Say in one sentence what a choice of actions holds."""
    told = f"{counted(found, 'en åtgärd', 'åtgärder')} i urvalet"
    more = f"{formats.number(lacking)} saknar uppföljning det senaste året"
    return f"{upper_first(told)}, varav {formats.number(ongoing)} pågår; {more}."


def corners_invalid(line: str) -> str:
    """Say that a corner of a drawn area cannot be read."""
    return f"”{line}” är inget hörn. Skriv latitud och longitud, till exempel 58.2841, 12.2912."


def corners_told(number: int) -> str:
    """Say how much of an area is drawn."""
    if not number:
        return "Inga hörn ännu."
    told = counted(number, "ett hörn", "hörn")
    if number < 3:
        return f"{upper_first(told)}; minst tre behövs."
    return f"{upper_first(told)}; området är färdigt att spara."


def drawn_area(hectares: float) -> str:
    """Tell how large a drawn area is."""
    return f"{DRAWN_AREA}, {formats.number(hectares, 1)} hektar"


def open_end(start: str, end: str) -> str:
    """Tell from when to when an action lasts."""
    return f"{start or '…'} – {end or '…'}" if start or end else NO_DATES_TOLD


NO_DATES_TOLD = "inte bestämt"


def follow_up_head(day: str, function: str) -> str:
    """Head of a follow-up."""
    return f"{day}, {function}"


def action_change(day: str, who: str, what: str, before: str, after: str) -> str:
    """Tell of one change in an action's history."""
    moved = f": {before} → {after}" if before and after else f": {after}" if after else ""
    return f"{day}, {who}: {what}{moved}"


def action_summary(status: str, owner: str) -> str:
    """The line below the title of an action's paper."""
    return f"{status}. Ansvarig: {owner or NO_OWNER_TOLD.lower()}."
