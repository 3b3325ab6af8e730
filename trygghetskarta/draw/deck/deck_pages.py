"""A presentation's slides as pages: what has no room beside a map gets a page of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from trygghetskarta.draw.deck.slides import Deck, Slide
from trygghetskarta.draw.paper.document import Table
from trygghetskarta.words.deck_words import Words, words

ROWS = 10
"""Rows of a table that a page has room for in type that can be read."""


class Body(StrEnum):
    """What fills a page."""

    MAP = "map"
    PICTURE = "picture"
    CHART = "chart"
    TABLE = "table"
    TEXT = "text"


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes
    ----------
    slide
        With only what stands on this page.
    body
        Which of its parts fills the page.
    title
        Its heading: a slide's further pages say what they are.
    number, of
        Its number and how many there are.
    first
        Whether it is its slide's first page.
    """

    slide: Slide
    body: Body
    title: str
    number: int
    of: int
    first: bool


def pages(deck: Deck) -> tuple[Page, ...]:
    """Split every slide into pages: its picture, then its table in parts.

    Parameters
    ----------
    deck
        The presentation.

    Returns
    -------
    tuple of Page
        At least one for each slide, in order.
    """
    said = words(deck.language)
    found = [
        (slide, part, at == 0) for slide in deck.slides for at, part in enumerate(_parts(slide))
    ]
    return tuple(
        Page(
            part,
            body_of(part),
            slide.title if first else f"{slide.title} – {said.say('table')}",
            number,
            len(found),
            first,
        )
        for number, (slide, part, first) in enumerate(found, 1)
    )


def body_of(slide: Slide) -> Body:
    """Tell what fills a slide, the largest of what it has."""
    if slide.shown is not None:
        return Body.MAP
    if slide.picture is not None:
        return Body.PICTURE
    if slide.chart is not None:
        return Body.CHART
    return Body.TABLE if slide.table is not None else Body.TEXT


def foot(deck: Deck, slide: Slide, said: Words) -> str:
    """The line at the foot of a page: what it belongs to, the code and the data."""
    parts = [deck.title, deck.subtitle]
    if slide.code:
        parts.append(f"{said.say('code')} {slide.code}")
    if deck.fingerprint:
        parts.append(f"{said.say('data')} {deck.fingerprint}")
    return " · ".join(part for part in parts if part)


def marks(deck: Deck, said: Words) -> tuple[str, ...]:
    """What stands in the corner of every page: invented data, internal use."""
    internal = said.say("internal") if deck.is_internal else ""
    return tuple(mark for mark in (internal, deck.mark) if mark)


def _parts(slide: Slide) -> Iterator[Slide]:
    table = slide.table
    alone = body_of(replace(slide, table=None)) is Body.TEXT
    if table is None or not table.rows:
        yield slide
        return
    if not alone:
        yield replace(slide, table=None)
    for start in range(0, len(table.rows), ROWS):
        part = Table(table.headings, table.widths, table.rows[start : start + ROWS])
        kept = slide.paragraphs if alone and start == 0 else ()
        yield replace(
            slide,
            table=part,
            question=slide.question if alone and start == 0 else "",
            paragraphs=kept,
            shown=None,
            beside=None,
            chart=None,
            picture=None,
            notes=slide.notes if alone and start == 0 else "",
        )
