"""A presentation's pages as pictures: the PDF's pages, so that the two cannot differ."""

import io

import pypdfium2
from PIL.PngImagePlugin import PngInfo

from trygghetskarta.draw.deck.deck_pages import foot, marks, pages
from trygghetskarta.draw.deck.deck_pdf import to_pdf
from trygghetskarta.draw.deck.slides import Deck
from trygghetskarta.words import texts
from trygghetskarta.words.deck_words import words
from trygghetskarta.words.safe import plain_text

WIDTH = 3840
"""Pixels: twice a projector's."""


def to_png(deck: Deck, page: int = 1, width: int = WIDTH) -> bytes:
    """Draw one page of a presentation as a picture.

    Parameters
    ----------
    deck
        The presentation.
    page
        Its number in :func:`trygghetskarta.draw.deck.deck_pages.pages`, from 1.
    width
        Pixels; the height is 9/16 of it.

    Returns
    -------
    bytes
        The same for the same deck, with title and caption in its text chunks too.

    Raises
    ------
    IndexError
        If there is no such page.
    """
    said, drawn = words(deck.language), pages(deck)
    if not 1 <= page <= len(drawn):
        raise IndexError(page)
    chosen = drawn[page - 1]
    document = pypdfium2.PdfDocument(to_pdf(deck, "16:9"))
    try:
        sheet = document[page - 1]
        image = sheet.render(scale=width / sheet.get_width()).to_pil()
    finally:
        document.close()
    about = PngInfo()
    lines = [*chosen.slide.caption, foot(deck, chosen.slide, said), *marks(deck, said)]
    about.add_itxt("Title", plain_text(chosen.title), said.locale_tag)
    about.add_itxt("Description", "\n".join(map(plain_text, lines)), said.locale_tag)
    about.add_itxt("Software", texts.APP)
    target = io.BytesIO()
    image.convert("RGB").save(target, "PNG", pnginfo=about, optimize=False)
    return target.getvalue()
