"""What Medborgardialog says."""

from collections.abc import Sequence
from datetime import datetime

from trygghetskarta import formats
from trygghetskarta.settings import local_day
from trygghetskarta.words.texts import EXAMPLE_MARK, enumerated

PAGE_DIALOGUE = "Medborgardialog"
PAGE_PRESENT = "Dialogläge"
DIALOGUE_INTRO = (
    "Sätt ihop bilder för ett möte med invånare. Allt som visas är dolt, summerat och prövat för "
    "allmänheten, och en sparad presentation visar samma siffror om ett år."
)
PRESENTATION = "Presentation"
PRESENTATION_NEW = "Ny presentation"
PRESENTATION_NAME = "Namn"
PRESENTATION_WITHHELD = (
    "Det här kan peka ut en person och visas varken i dialogläget eller i filerna: {where}. Det du "
    "har skrivit är kvar här. Skriv om det utan namn, nummer eller annat som hör till någon, och "
    "spara."
)
PRESENTATION_DEFAULT = "Så ser det ut hos oss"
EXAMPLE_PRESENTATION = "Exempel: platser och trygghet"
PRESENTATION_THEME = "Vad ska den handla om?"
PRESENTATION_DISTRICT = "Ni sa – vi gjorde för"
PRESENTATION_NO_DISTRICT = "Ingen stadsdel"
PRESENTATION_LANGUAGE = "Språk"
PRESENTATION_CREATE = "Skapa bilder"
SLIDES = "Bilder"
WRITTEN = {"name": PRESENTATION_NAME, "heading": "Egen rubrik", "question": "Fråga till rummet"}
WRITTEN_HELP = {
    "heading": ("Lämna tomt för den rubrik som hör till bilden. Skriv aldrig namn på personer."),
    "question": "Lämna tomt för den fråga som hör till bilden.",
}
SLIDE_TEXT_WITHHELD = (
    "Texten kan peka ut en person och visas inte. Skriv om den utan namn, nummer eller annat som "
    "hör till någon."
)
SLIDE_YEAR = "År"
SLIDE_BEFORE = "Jämför med"
SLIDE_SPAN = "Hur lång tid"
TAKE_ALTERNATIVE = "Byt till det"
SLIDE_BY = "Diagrammet visar"
SLIDE_BY_DISTRICT = "stadsdelar"
SLIDE_BY_YEAR = "år för år"
SLIDE_UP = ("↑ Upp", "Flytta upp bild {n}")
SLIDE_DOWN = ("↓ Ner", "Flytta ner bild {n}")
SLIDE_REMOVE = ("Ta bort", "Ta bort bild {n}")
SLIDE_ADD = "Lägg till bild"
SLIDE_ADD_KIND = "Slag av bild"
SAVE_PRESENTATION = "Spara"
SAVE_COPY = "Spara som kopia"
RELOAD_PRESENTATION = "Läs in det som är sparat"
DELETE_PRESENTATION = "Ta bort presentationen"
DELETE_WARNING = "Presentationen försvinner ur listan och går inte att öppna igen."
DELETE_SURE = "Ja, ta bort"
DISCARD_PRESENTATION = "Kasta utkastet"
DISCARD_WARNING = "Det här utkastet är inte sparat och går inte att få tillbaka."
DISCARD_SURE = "Ja, kasta utkastet"
PRESENTATION_SAVED = "Sparad. Presentationen visar de här siffrorna tills du uppdaterar dem."
PRESENTATION_UNSAVED = "Ändringarna är inte sparade."
OPEN_FULL = "Öppna dialogläget"
OPEN_FULL_HELP = (
    "Det som är ändrat här sparas först. Sedan låses webbläsaren vid presentationen: inga andra "
    "sidor går att öppna, i något fönster, förrän någon har lämnat dialogläget."
)
UPDATE_FIGURES = "Uppdatera med dagens uppgifter"
UPDATE_NOTHING = "Dagens uppgifter är desamma. Inget har ändrats."
LEAVE_WORD = "lämna"
LEAVE_WORD_OWN = "Kod för att lämna dialogläget"
LEAVE_WORD_HELP = (
    "Minst {n} tecken. Utan egen kod räcker det att skriva ordet {word}. Koden gäller när "
    "presentationen är sparad."
)
LEAVE_WORD_SET = "En egen kod är satt. Skriv en ny för att byta."
LEAVE_WORD_SHORT = "Koden är för kort: minst {n} tecken. Inget har sparats."
LEAVE_WORD_DROP = "Ta bort koden: ordet {word} räcker"
LEAVE_RULES = {
    (False, False): (
        "När presentationen är sparad lämnas dialogläget med ordet {word}, eller med en egen kod "
        "om du skriver en här."
    ),
    (True, False): ("Nu gäller: ordet {word} öppnar låset. Skriv en egen kod här för att byta."),
    (True, True): "Nu gäller: bara presentationens egen kod öppnar låset.",
}
LEAVE_ASK_WORD = "Skriv ordet {word} för att lämna dialogläget"
LEAVE_ASK_CODE = "Skriv koden för att lämna dialogläget"
LEAVE_BUTTON = "Lämna dialogläget"
LEAVE_WRONG = "Det var inte rätt. Efter fem felaktiga försök får du vänta minst en halv minut."
LEAVE_WAIT = (
    "För många felaktiga försök. Vänta {seconds} sekunder och skriv sedan rätt kod eller ord."
)
PRESENT_NONE = "Välj en presentation på sidan Medborgardialog. Den länken leder ingenstans."
PRESENT_LOCK_FIRST = (
    "Presentationen visas när webbläsaren är låst. Öppna dialogläget härifrån; går det inte ändå, "
    "tillåt kakor för den här adressen."
)
PRESENT_GONE = "Presentationen är borttagen. Webbläsaren är fortfarande låst."
PRESENT_UNKNOWN = (
    "Presentationen finns inte kvar i lagret, så ingen kod kan prövas. Den som sköter datorn kan "
    "rensa kakorna för den här adressen i webbläsaren."
)
SOMEBODY_ELSE = (
    "Någon annan har sparat presentationen sedan du öppnade den. Spara dina ändringar som en "
    "kopia, eller läs in det som är sparat. Inget av deras har skrivits över."
)


def words_withheld(found: Sequence[tuple[int, str]]) -> str:
    """Say which of staff's words are not shown: number of the slide, 0 for none, and the field."""
    named = [f"{name} på bild {at}" if at else f"presentationens {name}" for at, name in found]
    return PRESENTATION_WITHHELD.format(where=enumerated([one.lower() for one in named]))


def presentation_label(name: str, saved: datetime, is_example: bool) -> str:
    """Name a presentation in the list."""
    mark = f" ({EXAMPLE_MARK})" if is_example else ""
    return f"{name} · {formats.day(local_day(saved))}{mark}"


def leave_rule(is_saved: bool, has_word: bool) -> str:
    """Say which word ends the dialogue as things stand."""
    return LEAVE_RULES[is_saved, has_word].format(word=LEAVE_WORD.upper())


def leave_refused(wait: int) -> str:
    """Say why a word did not end the dialogue: it was wrong, or it was not looked at yet."""
    return LEAVE_WAIT.format(seconds=formats.number(wait)) if wait else LEAVE_WRONG


def slide_span(years: int) -> str:
    """Tell how many years up to the chosen one a slide covers."""
    return "det året" if years == 1 else f"{formats.number(years)} år, till och med det året"


def slide_label(at: int, kind: str, heading: str) -> str:
    """Name a slide in the list of slides."""
    return f"{at}. {kind}" + (f" – {heading}" if heading else "")


def copy_name(name: str) -> str:
    """Name a copy of a presentation."""
    return f"{name} (kopia)"


def figures_updated(changes: Sequence[tuple[int, int, int]]) -> str:
    """Tell what became different when the figures of a presentation were updated."""
    if not changes:
        return UPDATE_NOTHING
    parts = [f"bild {at}: {changed} av {total} uppgifter" for at, changed, total in changes]
    return f"Uppdaterad och sparad. Ändrat: {enumerated(parts)}."
