"""What the page Karta asks for its files."""

from trygghetskarta.desk import file_data
from trygghetskarta.desk.data import ViewAnswer
from trygghetskarta.draw.deck import page_decks
from trygghetskarta.terms.maps import MapPage


def deck_file(found: ViewAnswer, kind: str) -> bytes:
    """What is shown, as a file made of a presentation."""
    stamp = file_data.stamp(MapPage.MAP, found.figures.choice)
    return file_data.deck_file(page_decks.area_deck(found.shown, stamp), kind)
