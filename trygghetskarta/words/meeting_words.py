"""What Tyck till, Mötesbild and the page Möte say."""

from collections.abc import Sequence
from datetime import date

from trygghetskarta import formats
from trygghetskarta.terms.meetings import Feeling, Lean, Meeting, MeetingStatus, PinReason
from trygghetskarta.words.texts import EXAMPLE_MARK

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
MEETING_NAME_HELP = "Visas för deltagarna och på väggen. Skriv aldrig namn på personer."
MEETING_UNNAMED = "Möte"
MEETING_WITHHELD = (
    "Mötets namn eller lokal kan peka ut en person och visas inte för deltagarna, på väggen eller "
    "i filerna. Ska något stå där, öppna ett nytt möte med andra ord. Svaren är kvar."
)
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
