"""From a composed presentation to its deck: public answers, one language, slides in order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from trygghetskarta import formats
from trygghetskarta.draw.deck.frozen import freeze
from trygghetskarta.draw.deck.slides import Deck, Slide
from trygghetskarta.draw.shown import Shown, compose
from trygghetskarta.errors import DisclosureError
from trygghetskarta.gate.publication import is_safe, nearest_safe, publish
from trygghetskarta.gate.publication import register as published
from trygghetskarta.gate.published_lines import Publication, publication_of
from trygghetskarta.gate.view import View, World
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import presentations
from trygghetskarta.store.presentations import Content
from trygghetskarta.subjects.dialogue import dialogue_slides as slides
from trygghetskarta.subjects.dialogue import presentation
from trygghetskarta.subjects.dialogue.dialogue_slides import FindingLine, Wording
from trygghetskarta.subjects.dialogue.presentation import SlideSpec, Spec
from trygghetskarta.subjects.walks import public_findings
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Purpose
from trygghetskarta.terms.papers import SlideKind
from trygghetskarta.words import dialogue_words, map_words, texts
from trygghetskarta.words.language import Language, language
from trygghetskarta.words.sentences import Sentences


@dataclass(frozen=True, eq=False)
class _Made:
    """A slide, and the maps of figures it rests on."""

    slide: Slide
    rests_on: tuple[Shown, ...] = ()
    views: tuple[View, ...] = ()


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
    ask: object = presentation,
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
        Who answers slides (``answer``, ``compared``, ``by_year``), perhaps from a cache.

    Raises
    ------
    AnalysisError
        If there is nothing to count.
    DisclosureError
        If a table would reveal more than the public may see.
    """
    words = language(spec.language)
    maker = _Maker(place, world, words, ask)
    made = [maker.make(slide) for slide in spec.slides]
    told = [_explained(maker, spec, at, made) for at in range(len(made))]
    is_known = saved is not None and saved.deck.language == words.tag
    if is_known:
        told = _kept(told, spec, saved)
    years = presentation.whole_years(world)
    end = date(years[-1], 12, 31) if years else date(1970, 1, 1)
    deck = Deck(
        title=spec.name,
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
        if _question(wanted) not in asked_before
        for view in one.views
    ]
    new += [(view, None) for view in maker.explained]
    return Composed(deck, tuple(view for view, _ in new), tuple(at for _, at in new))


def _kept(told: list[Slide], spec: Spec, saved: Saved) -> list[Slide]:
    """Put the figures that were saved into the slides that ask what they asked then."""
    before = dict(zip(map(_question, saved.spec.slides), saved.deck.slides, strict=True))
    same = _figures(spec) == _figures(saved.spec)
    kept = []
    for wanted, slide in zip(spec.slides, told, strict=True):
        was = before.get(_question(wanted))
        if was is None or (wanted.kind in _EXPLAINING and not same):
            kept.append(slide)
        else:
            kept.append(replace(was, title=slide.title, question=slide.question))
    return kept


_EXPLAINING = (SlideKind.HOW_TO_READ, SlideKind.UNKNOWN)


def _question(wanted: SlideSpec) -> SlideSpec:
    """What a slide asks of the data, without staff's words."""
    return replace(wanted, heading="", question="")


def _figures(spec: Spec) -> list[SlideSpec]:
    """What all slides with figures ask, in any order."""
    asked = [_question(one) for one in spec.slides if one.kind not in _EXPLAINING]
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


def _explained(maker: "_Maker", spec: Spec, at: int, made: list[_Made]) -> Slide:
    """A slide; one that speaks of the others is made of what they rest on."""
    wanted = spec.slides[at]
    wording = Wording(wanted.heading, wanted.question)
    resting = [shown for one in made for shown in one.rests_on]
    if wanted.kind is SlideKind.HOW_TO_READ:
        mapped = next((one.slide.shown for one in made if one.slide.shown is not None), None)
        shown = mapped or maker.shown(wanted)
        return slides.how_to_read(maker.said(wanted), shown, wording)
    if wanted.kind is SlideKind.UNKNOWN:
        said = maker.said(wanted)
        return slides.unknown(said, resting or [maker.shown(wanted)], wording)
    return made[at].slide


class _Maker:
    """Makes slides of one world in one language, each map composed once."""

    def __init__(self, place: Workplace, world: World, words: Language, ask: object) -> None:
        self.ask = ask
        self.explained: list[View] = []
        self.place = place
        self.world = world
        self.words = words

    def said(self, wanted: SlideSpec) -> Sentences:
        return Sentences(self.words, presentation.theme_of(self.world, wanted.theme))

    def shown(self, wanted: SlideSpec) -> Shown:
        """A map for a slide that explains, where no other slide has one."""
        view = self.ask.answer(self.world, wanted)
        self.explained.append(view)
        return _compose(view, self.said(wanted))

    def make(self, wanted: SlideSpec) -> _Made:
        """Make a slide; those that speak of the others are left empty here."""
        match wanted.kind:
            case SlideKind.MAP:
                view = self.ask.answer(self.world, wanted)
                shown = _compose(view, self.said(wanted))
                slide = slides.map_slide(self.said(wanted), shown, _wording(wanted))
                return _Made(slide, (shown,), (view,))
            case SlideKind.COMPARISON:
                return self._comparison(wanted)
            case SlideKind.CHART if wanted.by_year:
                return self._by_year(wanted)
            case SlideKind.CHART:
                view = self.ask.answer(self.world, wanted)
                shown = _compose(view, self.said(wanted))
                slide = slides.district_chart(self.said(wanted), shown, _wording(wanted))
                return _Made(slide, (shown,), (view,))
            case SlideKind.YOU_SAID:
                return _Made(self._you_said(wanted))
        return _Made(Slide(wanted.kind, ""))

    def _comparison(self, wanted: SlideSpec) -> _Made:
        pair = self.ask.compared(self.world, wanted)
        said = self.said(wanted)
        earlier = _compose(pair.earlier, said, pair.later)
        later = _compose(pair.later, said, pair.earlier)
        change = pair.change.gated
        slide = slides.comparison_slide(said, (earlier, later), change, _wording(wanted))
        return _Made(slide, (later,), (pair.earlier, pair.later))

    def _by_year(self, wanted: SlideSpec) -> _Made:
        views = tuple(self.ask.by_year(self.world, wanted))
        facts = [view.facts for view in views]
        slide = slides.year_chart(self.said(wanted), facts, _wording(wanted))
        return _Made(slide, views=views)

    def _you_said(self, wanted: SlideSpec) -> Slide:
        names = self.world.areas[AreaLevel.DISTRICT]["name"]
        code = wanted.district if wanted.district in names.index else first_district(self.world)
        found = public_findings.public_findings(self.place.engine, self.world.municipality, code)
        lines = [
            FindingLine(
                one.category.value,
                one.seen,
                one.status.value,
                one.changed,
                one.owner,
                one.is_named,
                one.due,
            )
            for one in found
        ]
        return slides.you_said(self.words, str(names[code]), lines, _wording(wanted))


def register(place: Workplace, world: World, composed: Composed) -> None:
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
    earlier = (*published(place.engine), *map(_publication, before))
    found = nearest_safe(world, earlier, refused[-1].choice)
    if found is None or found.facts is None:
        return None
    slides = list(spec.slides)
    slides[at] = presentation.slide_of(slides[at], found.choice)
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
        spec=spec.to_json(),
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
    spec = presentation.template(world, dialogue_words.EXAMPLE_PRESENTATION, "sv", "ska", district)
    composed = make_deck(place, world, spec)
    register(place, world, composed)
    made = content_of(spec, composed.deck, world)
    presentations.add(place.engine, made, EXAMPLE)


EXAMPLE = "00000000-0000-4000-8000-000000001488"
"""Identity of the invented presentation: made twice, it is stored once."""


def first_district(world: World) -> str:
    """Code of the district that comes first in the alphabet."""
    names = world.areas[AreaLevel.DISTRICT]["name"]
    return min(names.index, key=lambda code: formats.swedish_order(names[code]))


def _compose(answer: View, said: Sentences, beside: View | None = None) -> Shown:
    # The whole municipality is always shown: one fixed geography for the public.
    facts = replace(answer.facts, link="")
    other = None if beside is None else beside.gated
    return compose(answer.gated, answer.areas, facts, beside=other, said=said)


def _wording(wanted: SlideSpec) -> Wording:
    return Wording(wanted.heading, wanted.question)
