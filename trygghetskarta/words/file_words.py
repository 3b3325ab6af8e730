"""What stands in files."""

from collections.abc import Sequence

from trygghetskarta import formats
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words.texts import HIDDEN, INTERNAL_MARK, MISSING

FILE_COLUMNS = {
    "mark": "Märkning",
    "area_code": "Kod",
    "name": "Område",
}
"""Headings of every file; those of figures stand with their measures."""
CELL_COLUMNS = {
    "density": "Händelser per km² och år",
    "z": "z-värde (Gi*)",
    "p_cell": "p-värde",
    "trend_s": "Trend (Mann–Kendalls S)",
    "significant": "Säkerställd hopning",
    "hotspot_class": "Utveckling",
}
LAYER_MARK = "markning"
LAYER_FIELDS = {
    "status": "status",
    "status_previous": "status_fore",
    "class": "klass",
    "colour": "farg",
}
"""Fields that tell how a layer's areas are shown."""
LAYER_FIELD_MEANINGS = {
    "status": "Om antalet visas, är dolt eller saknas; tomt i siffrorna betyder aldrig 0",
    "status_previous": "Om antalet i jämförelseperioden visas, är dolt eller saknas",
    "class": "Områdets rad i teckenförklaringen",
    "colour": "Färgen i teckenförklaringen, #rrggbb",
}
LAYER = "karta"
ABOUT_TABLE = "om_uppgifterna"
ABOUT_FIELDS = ("rubrik", "text")
SHEET_TABLE = "Tabell"
SORT_BY = "Sortera efter {column}"
SHOW_TABLE = "Visa tabellen ({n} områden)"
SHEET_ABOUT = "Om uppgifterna"
SHEET_PAGE = "Sida"
SHOWN_STATUS = "visas"
NOT_COMPUTED = "beräknas inte"
UNLIMITED = "obegränsad"
ABOUT_TITLE = "Titel"
ABOUT_SUMMARY = "Sammanfattning"
ABOUT_LINE = "Uppgift"
ABOUT_LEGEND = "Teckenförklaring"
ABOUT_FIELD = "Fält {field}"
ABOUT_WORDS = {
    HIDDEN: "antalet finns men är för litet, eller skulle röja ett litet antal; det är inte 0",
    MISSING: "uppgiften är inte känd; den är inte 0",
}
MOST_NAMED = 30
"""Areas that are named where a reason is told; of more it is told how many."""

NOTHING_BEFORE = "inget anmält i jämförelseperioden"
NOT_ENOUGH = "underlaget räcker inte"


def why_not_computed(heading: str, why: str, areas: Sequence[str]) -> str:
    """Tell why a column has no figure for some areas."""
    named = (
        ", ".join(areas) if len(areas) <= MOST_NAMED else f"{formats.number(len(areas))} områden"
    )
    return f"{heading}: {why} ({named})"


ABOUT_LINK = "Samma vy"


def view_path(link: str, page: MapPage) -> str:
    """Where in the program the same view opens."""
    return f"/{page}?{link}"


def legend_count(label: str, n: int) -> str:
    """A legend's line with the number of areas that have its look."""
    return f"{label} (n = {formats.number(n)})"


PICTURE_WHOLE = "Hela kommunen"
PICTURE_TOWN = "Tätorten (ramen till vänster)"
PICTURE_CHOSEN = "Valda områden (ramen till vänster)"
PICTURE_AREAS = "områden"
PICTURE_NORTH = "N"


def scale_length(metres: int) -> str:
    """Length of a scale bar."""
    if metres >= 1000:
        return f"{formats.number(metres / 1000, 0 if metres % 1000 == 0 else 1)} km"
    return f"{formats.number(metres)} m"


DECK_WORDS = {
    "sv": {
        "page": "Sida {n} av {all}",
        "slide": "Bild {n} av {all}",
        "code": "Kod",
        "data": "Uppgifter",
        "internal": INTERNAL_MARK,
        "table": "tabell",
        "as_table": "Samma uppgifter som tabell",
        "about": "Om uppgifterna",
        "previous": "Föregående",
        "next": "Nästa",
        "contents": "Innehåll",
        "close": "Stäng",
        "full_screen": "Helskärm",
        "keys": "Tangenter: pilar, PageUp, PageDown och mellanslag byter bild. Home och End går "
        "till första och sista. Siffror går till en bild. F är helskärm, Esc är innehållet. På "
        "kartan flyttar pilarna kartan, + och − zoomar.",
        "map": "Karta: {title}",
        "chart": "Diagram: {title}",
        "no_script": "Kartorna ritas med JavaScript, som är avstängt i den här webbläsaren. "
        "Texter, diagram och tabeller står här ändå.",
        "interval": "Strecken visar 95 % intervall.",
    },
    "en": {
        "page": "Page {n} of {all}",
        "slide": "Slide {n} of {all}",
        "code": "Code",
        "data": "Data",
        "internal": "INTERNAL",
        "table": "table",
        "as_table": "The same figures as a table",
        "about": "About the figures",
        "previous": "Previous",
        "next": "Next",
        "contents": "Contents",
        "close": "Close",
        "full_screen": "Full screen",
        "keys": "Keys: arrows, Page Up, Page Down and Space change the slide. Home and End go to "
        "the first and the last. Digits go to a slide. F is full screen, Esc is the contents. On "
        "the map the arrows move it, + and − zoom.",
        "map": "Map: {title}",
        "chart": "Chart: {title}",
        "no_script": "The maps are drawn by JavaScript, which is switched off in this browser. "
        "Texts, charts and tables are here all the same.",
        "interval": "Lines show 95% intervals.",
    },
}
"""The few words that a file says itself, by language."""
DECK_OFFENCES = "anmälda brott"
DECK_BY_HOUR = "Brott per timme på dygnet, alla veckodagar"
DECK_NO_CHARTS = "Det finns för få uppgifter för ett diagram av urvalet."
DECK_FIGURES = "Vandringarna i siffror"
DECK_FIGURE_COLUMNS = ("Mått", "Värde", "Vilar på")
DECK_FILE_NAMES = {
    "html": "Webbfil (HTML)",
    "pdf": "PDF, A4",
    "pdf_wide": "PDF, 16:9",
    "png_wide": "Bild, 16:9 (PNG)",
    "pptx": "PowerPoint (PPTX)",
}
DOWNLOAD_DECK = "Visa eller skriv ut"
DOWNLOAD_FIGURES = "Räkna vidare"
OPEN_CODE = "Öppna en kod"
OPEN_CODE_HELP = (
    "Koden står längst ned i filer härifrån och öppnar samma vy. Stora och små bokstäver, "
    "bindestreck och mellanslag spelar ingen roll."
)
OPEN_CODE_BUTTON = "Öppna"
THIS_CODE = "Kod för den här vyn"
