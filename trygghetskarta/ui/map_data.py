"""What the page Karta asks for its files."""

from trygghetskarta.render import page_decks
from trygghetskarta.terms import MapPage
from trygghetskarta.ui import file_data
from trygghetskarta.ui.data import Answer


def deck_file(found: Answer, kind: str) -> bytes:
    """What is shown, as a file made of a presentation."""
    stamp = file_data.stamp(MapPage.MAP, found.figures.choice)
    return file_data.deck_file(page_decks.area_deck(found.shown, stamp), kind)
