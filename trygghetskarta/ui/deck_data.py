"""From a composed presentation to its deck: public answers, one language, slides in order."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from trygghetskarta.pipeline import presentation, public_findings
from trygghetskarta.pipeline.presentation import SlideSpec, Spec
from trygghetskarta.pipeline.view import View, World
from trygghetskarta.pipeline.workplace import Workplace
from trygghetskarta.render import dialogue_slides as slides
from trygghetskarta.render import formats
from trygghetskarta.render.dialogue_slides import FindingLine, Wording
from trygghetskarta.render.languages.sentences import Sentences
from trygghetskarta.render.languages.words import Language, language
from trygghetskarta.render.shown import Shown, compose
from trygghetskarta.render.slides import Deck, Slide
from trygghetskarta.terms import AreaLevel, SlideKind


@dataclass(frozen=True, eq=False)
class _Made:
    """A slide, and the maps of figures it rests on."""

    slide: Slide
    rests_on: tuple[Shown, ...] = ()


def make_deck(place: Workplace, world: World, spec: Spec) -> Deck:
    """Answer every slide of a presentation for the public.

    Parameters
    ----------
    place
        Where the walks are read.
    world
        What is counted.
    spec
        What staff have composed.

    Raises
    ------
    AnalysisError
        If there is nothing to count.
    DisclosureError
        If a table would reveal more than the public may see.
    """
    words = language(spec.language)
    maker = _Maker(place, world, words)
    made = [maker.make(slide) for slide in spec.slides]
    told = [_explained(maker, spec, at, made) for at in range(len(made))]
    years = presentation.whole_years(world)
    end = date(years[-1], 12, 31) if years else date(1970, 1, 1)
    return Deck(
        title=spec.name,
        subtitle=world.municipality.name,
        slides=tuple(told),
        language=words.tag,
        mark=words.say("app.example") if world.is_example else "",
        day=end,
        fingerprint=_fingerprint(told, spec),
    )


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

    def __init__(self, place: Workplace, world: World, words: Language) -> None:
        self.place = place
        self.world = world
        self.words = words

    def said(self, wanted: SlideSpec) -> Sentences:
        return Sentences(self.words, presentation.theme_of(self.world, wanted.theme))

    def shown(self, wanted: SlideSpec) -> Shown:
        return _compose(presentation.answer(self.world, wanted), self.said(wanted))

    def make(self, wanted: SlideSpec) -> _Made:
        """Make a slide; those that speak of the others are left empty here."""
        match wanted.kind:
            case SlideKind.MAP:
                shown = self.shown(wanted)
                return _Made(slides.map_slide(self.said(wanted), shown, _wording(wanted)), (shown,))
            case SlideKind.COMPARISON:
                return self._comparison(wanted)
            case SlideKind.CHART if wanted.by_year:
                return self._by_year(wanted)
            case SlideKind.CHART:
                shown = self.shown(wanted)
                slide = slides.district_chart(self.said(wanted), shown, _wording(wanted))
                return _Made(slide, (shown,))
            case SlideKind.YOU_SAID:
                return _Made(self._you_said(wanted))
        return _Made(Slide(wanted.kind, ""))

    def _comparison(self, wanted: SlideSpec) -> _Made:
        pair = presentation.compared(self.world, wanted)
        said = self.said(wanted)
        earlier = _compose(pair.earlier, said, pair.later)
        later = _compose(pair.later, said, pair.earlier)
        change = pair.change.gated
        slide = slides.comparison_slide(said, (earlier, later), change, _wording(wanted))
        return _Made(slide, (later,))

    def _by_year(self, wanted: SlideSpec) -> _Made:
        facts = [view.facts for view in presentation.by_year(self.world, wanted)]
        return _Made(slides.year_chart(self.said(wanted), facts, _wording(wanted)))

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
