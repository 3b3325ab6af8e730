"""From a composed presentation to its deck: public answers, one language, slides in order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from trygghetskarta.draw.deck.frozen import freeze
from trygghetskarta.draw.deck.slides import Deck, Slide
from trygghetskarta.errors import DisclosureError
from trygghetskarta.gate.disclosure_register import (
    earlier_publications,
    is_safe,
    nearest_safe,
    publish,
)
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.public_words import public_text
from trygghetskarta.gate.publication import Publication, publication_of
from trygghetskarta.gate.view import View
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import presentations
from trygghetskarta.store.presentations import Content
from trygghetskarta.subjects.dialogue.ask import presentation
from trygghetskarta.subjects.dialogue.ask.presentation import SlideSpec, Spec, public_slide
from trygghetskarta.subjects.dialogue.data import presentation_record, template
from trygghetskarta.subjects.dialogue.show.kinds import KINDS
from trygghetskarta.subjects.dialogue.show.slide_answers import Answers, AskedSlide, Asker, Made
from trygghetskarta.subjects.walks.ask import public_findings
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Purpose
from trygghetskarta.words import dialogue_words, map_words, texts
from trygghetskarta.words.language import Language, language


@dataclass(frozen=True, eq=False)
class Composed:
    """A deck, and the public answers whose figures would leave the house with it.

    ``places`` holds the place of the slide that each answer belongs to; None where it only explains
    another slide.
    """

    deck: Deck
    views: tuple[View, ...]
    places: tuple[int | None, ...]


@dataclass(frozen=True)
class Instead:
    """A presentation with one slide changed so that it may be shown, and what it then shows."""

    spec: Spec
    told: str


@dataclass(frozen=True, eq=False)
class Saved:
    """A presentation as it was saved: what was composed, and the deck it became."""

    spec: Spec
    deck: Deck


def make_deck(
    place: Workplace,
    world: World,
    spec: Spec,
    saved: Saved | None = None,
    ask: Answers = presentation,
) -> Composed:
    """Answer every slide of a presentation for the public.

    Parameters
    ----------
    place
        Where the walks are read.
    world
        What is counted.
    spec
        What staff have composed.
    saved
        The presentation as it was saved: a slide that asks what it asked then keeps its figures,
        with today's heading and question. None for today's figures everywhere.
    ask
        Who answers slides, perhaps from a cache.

    Raises
    ------
    AnalysisError
        If there is nothing to count.
    DisclosureError
        If a table would reveal more than the public may see.
    """
    words = language(spec.language)
    asker = Asker(place, world, words, ask)
    speaking = tuple(_made(asker, one) for one in spec.slides if not KINDS[one.kind].explains)
    rest = iter(speaking)
    made = [
        _made(asker, one, speaking) if KINDS[one.kind].explains else next(rest)
        for one in spec.slides
    ]
    told = [one.slide for one in made]
    is_known = saved is not None and saved.deck.language == words.tag
    if is_known:
        told = _kept(told, spec, saved)
    years = presentation.whole_years(world)
    end = date(years[-1], 12, 31) if years else date(1970, 1, 1)
    deck = Deck(
        title=_name(spec, words),
        subtitle=world.municipality.name,
        slides=tuple(told),
        language=words.tag,
        mark=words.say("app.example") if world.is_example else "",
        day=end,
        fingerprint=_fingerprint(told, spec),
    )
    asked_before = {_question(one) for one in saved.spec.slides} if is_known else set()
    new = [
        (view, at)
        for at, (wanted, one) in enumerate(zip(spec.slides, made, strict=True))
        if not KINDS[wanted.kind].explains and _question(wanted) not in asked_before
        for view in one.views
    ]
    new += [
        (view, None)
        for wanted, one in zip(spec.slides, made, strict=True)
        if KINDS[wanted.kind].explains
        for view in one.views
    ]
    return Composed(deck, tuple(view for view, _ in new), tuple(at for _, at in new))


def _kept(told: list[Slide], spec: Spec, saved: Saved) -> list[Slide]:
    """Put the figures that were saved into the slides that ask what they asked then."""
    before = dict(zip(map(_question, saved.spec.slides), saved.deck.slides, strict=True))
    same = _figures(spec) == _figures(saved.spec)
    kept = []
    for wanted, slide in zip(spec.slides, told, strict=True):
        was = before.get(_question(wanted))
        if was is None or (KINDS[wanted.kind].explains and not same):
            kept.append(slide)
        else:
            kept.append(replace(was, title=slide.title, question=slide.question))
    return kept


def _question(wanted: SlideSpec) -> SlideSpec:
    """What a slide asks of the data, without staff's words."""
    return replace(wanted, heading="", question="")


def _figures(spec: Spec) -> list[SlideSpec]:
    """What all slides with figures ask, in any order."""
    asked = [_question(one) for one in spec.slides if KINDS[one.kind].asks_data]
    return sorted(asked, key=repr)


def changes(before: Deck, after: Deck) -> list[tuple[int, int, int]]:
    """Tell which slides differ between two decks of the same presentation.

    Returns
    -------
    list
        Number of the slide from 1, how many of its written figures differ, and of how many.
    """
    told = []
    for at, (old, new) in enumerate(zip(before.slides, after.slides, strict=False), 1):
        one, other = _written(old), _written(new)
        longer = max(len(one), len(other))
        same = sum(left == right for left, right in zip(one, other, strict=False))
        if longer - same:
            told.append((at, longer - same, longer))
    return told


def _written(slide: Slide) -> list[object]:
    """Every figure and line of text of a slide that rests on the data."""
    chart = (
        [] if slide.chart is None else [value for _, part in slide.chart.series for value in part]
    )
    rows = [] if slide.table is None else [cell for row in slide.table.rows for cell in row]
    return [*chart, *rows, *slide.paragraphs]


def _fingerprint(told: Sequence[Slide], spec: Spec) -> str:
    """Short name of what a deck shows."""
    shown = [
        (slide.title, slide.paragraphs, slide.caption, slide.chart, slide.table) for slide in told
    ]
    return hashlib.sha256(repr((spec.language, shown)).encode()).hexdigest()[:8]


def _made(asker: Asker, wanted: SlideSpec, others: tuple[Made, ...] = ()) -> Made:
    asked = AskedSlide(asker, wanted, others)
    return asked.made(KINDS[wanted.kind].make(asked))


def _name(spec: Spec, words: Language) -> str:
    return public_text(spec.name) or words.say("title.unnamed")


def reopened(spec: Spec, deck: Deck) -> Deck:
    """A saved deck without words that may not leave the house, whatever let them in before.

    Parameters
    ----------
    spec
        What was composed: it tells which of the words are staff's.
    deck
        What it became. A slide without its heading is called what its kind is called.
    """
    words = language(deck.language)
    slides = []
    for wanted, slide in zip(spec.slides, deck.slides, strict=True):
        may = public_slide(wanted)
        if wanted.heading != may.heading:
            slide = replace(slide, title=words.say(f"kind.{wanted.kind}"))
        if wanted.question != may.question:
            slide = replace(slide, question="")
        slides.append(slide)
    return replace(deck, title=_name(spec, words), slides=tuple(slides))


def publish_deck(place: Workplace, world: World, composed: Composed) -> None:
    """Register every public table of a deck, before anything of it leaves the house.

    Raises
    ------
    DisclosureError
        ``LINKED_TABLES`` when a table together with earlier ones would tell a hidden figure;
        ``slide`` is the place of its slide, None for a slide that only explains.
    """
    try:
        publish(place.engine, world, *map(_publication, composed.views))
    except DisclosureError as error:
        at = composed.places[error.facts["number"]]
        raise DisclosureError(error.cause, **{**error.facts, "slide": at}) from None


def safe_instead(
    place: Workplace, world: World, spec: Spec, composed: Composed, at: int
) -> Instead | None:
    """The nearest slide that may be shown in place of a refused one; None when there is none.

    It is safe with everything published, and with what the slides before it tell.

    Parameters
    ----------
    place, world
        As :func:`make_deck`.
    spec, composed
        The presentation, with figures of its own on every slide.
    at
        Place of the refused slide.
    """
    told = list(zip(composed.views, composed.places, strict=True))
    before = [view for view, number in told if number is not None and number < at]
    refused = [view for view, number in told if number == at]
    if not refused:
        return None
    earlier = (*earlier_publications(place.engine), *map(_publication, before))
    found = nearest_safe(world, earlier, refused[-1].choice)
    if found is None or found.facts is None:
        return None
    slides = list(spec.slides)
    slides[at] = template.slide_of(slides[at], found.choice)
    other = replace(spec, slides=tuple(slides))
    # A chart over the years tells more than the one answer that was found.
    made = make_deck(place, world, other)
    new = [view for view, number in zip(made.views, made.places, strict=True) if number == at]
    if not is_safe(world, earlier, *map(_publication, new)):
        return None
    return Instead(other, map_words.safe_alternative(found.facts))


def _publication(view: View) -> Publication:
    return publication_of(view, texts.view_title(view.facts), Purpose.SLIDE)


def content_of(spec: Spec, deck: Deck, world: World) -> Content:
    """What the store keeps of a presentation."""
    frozen = freeze(deck)
    return Content(
        name=spec.name,
        language=deck.language,
        spec=presentation_record.write(spec),
        frozen=frozen.text,
        borders=frozen.borders,
        data_version=str(world.version),
        fingerprint=deck.fingerprint,
        is_example=world.is_example,
    )


def save_example(place: Workplace, world: World) -> None:
    """Keep an invented presentation beside the invented data, once."""
    if presentations.presentations(place.engine):
        return
    codes = world.areas[AreaLevel.DISTRICT].index
    found = {
        code: len(public_findings.public_findings(place.engine, world.municipality, code))
        for code in codes
    }
    district = max(codes, key=lambda code: found[code])
    spec = template.template(world, dialogue_words.EXAMPLE_PRESENTATION, "sv", "ska", district)
    composed = make_deck(place, world, spec)
    publish_deck(place, world, composed)
    made = content_of(spec, composed.deck, world)
    presentations.add(place.engine, made, EXAMPLE)


EXAMPLE = "00000000-0000-4000-8000-000000001488"
"""Identity of the invented presentation: made twice, it is stored once."""
