"""What the page Rapportera says."""

from dataclasses import replace

from trygghetskarta.errors import Fault, TableError, TrygghetskartaError
from trygghetskarta.terms.walks import ObservationCategory
from trygghetskarta.words.error_words import error_sentence
from trygghetskarta.words.fault_words import fault_sentence
from trygghetskarta.words.finding_field_words import FINDING_FIELDS
from trygghetskarta.words.texts import CATEGORIES

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
    "more": "Mer (frivilligt)",
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

REPORT_FIELDS = {
    **{name: words.label for name, words in FINDING_FIELDS.items()},
    **dict.fromkeys(("place", "name", "given_place", "position"), "Plats"),
    **dict.fromkeys(("people", "participants"), "Antal vuxna"),
    **dict.fromkeys(("at", "observed_at"), "Tid"),
    **dict.fromkeys(("started", "started_at"), "Började"),
    **dict.fromkeys(("ended", "ended_at"), "Slutade"),
    "team": "Gruppens namn",
    "note": "Anteckning",
    "type": "Vad går du",
    "category": "Vad",
    "route": "Ritad väg",
    "factors": "Miljön på platsen",
    "stop": "Stoppets nummer",
    "photo": "Bilden",
}
"""What one who reports calls a field, by its name in what is sent and in the store."""


def report_stored(category: ObservationCategory | None) -> str:
    """Tell that a report is stored."""
    if category is None:
        return "Passet är sparat. Tack!"
    return f"Sparat: {CATEGORIES[category]}. Tack!"


def report_refused(error: TrygghetskartaError) -> str:
    """Tell why a report is not stored, without speaking of files."""
    if isinstance(error, TableError):
        told = "; ".join(_fault(fault) for fault in error.faults[:3])
        return f"Rapporten kunde inte sparas. {told}."
    return f"Rapporten kunde inte sparas. {error_sentence(error)}"


def _fault(fault: Fault) -> str:
    told = fault_sentence(replace(fault, column=""))
    return f"{REPORT_FIELDS[fault.column]}: {told}" if fault.column in REPORT_FIELDS else told
