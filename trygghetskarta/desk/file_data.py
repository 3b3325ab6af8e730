"""What is shown on a page as a web file, PDF, picture or slides, with its short code."""

import hashlib
from collections.abc import Mapping

from trygghetskarta.desk import data
from trygghetskarta.draw.deck.deck_html import to_html
from trygghetskarta.draw.deck.deck_pdf import to_pdf
from trygghetskarta.draw.deck.deck_png import to_png
from trygghetskarta.draw.deck.deck_pptx import to_pptx
from trygghetskarta.draw.deck.page_decks import Stamp
from trygghetskarta.draw.deck.slides import Deck
from trygghetskarta.gate import view_code
from trygghetskarta.gate.choice import Choice
from trygghetskarta.intake import status
from trygghetskarta.terms.maps import MapPage

DECK_FILES: Mapping[str, tuple[str, str]] = {
    "html": ("text/html", "html"),
    "pdf": ("application/pdf", "pdf"),
    "pdf_wide": ("application/pdf", "pdf"),
    "png_wide": ("image/png", "png"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
}
"""Kinds of file that are made of a presentation: media type and suffix."""

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FINGERPRINT = 8


def deck_file(deck: Deck, kind: str) -> bytes:
    """A presentation as a file of one kind."""
    match kind:
        case "html":
            return to_html(deck)
        case "pdf":
            return to_pdf(deck, "a4")
        case "pdf_wide":
            return to_pdf(deck, "16:9")
        case "png_wide":
            return to_png(deck)
        case _:
            return to_pptx(deck)


def stamp(page: MapPage, choice: Choice) -> Stamp:
    """What the files of a view say of where they come from."""
    return Stamp(data.workplace().municipality.name, code(page, choice), fingerprint())


def code(page: MapPage, choice: Choice) -> str:
    """The short code of a view."""
    return view_code.encode(page, choice)


def fingerprint() -> str:
    """Short name of the data as they are now."""
    told = "/".join(map(str, status.fingerprint(data.workplace())))
    return hashlib.sha256(told.encode()).hexdigest()[:_FINGERPRINT]
