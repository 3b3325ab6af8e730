"""What a slide is made of: the public's answers to what it asks, each noted as it is given."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.draw.deck.slides import Slide
from trygghetskarta.draw.shown import Shown, compose
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.view import View
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.subjects.dialogue.ask import presentation
from trygghetskarta.subjects.dialogue.ask.presentation import Sides, SlideSpec
from trygghetskarta.subjects.walks.ask import public_findings
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.words.language import Language
from trygghetskarta.words.sentences import Sentences


@dataclass(frozen=True)
class FindingLine:
    """A finding as a slide tells it; the keys are those of ``category`` and ``status``."""

    category: str
    seen: date | None
    status: str
    changed: date | None
    owner: str
    is_named: bool
    due: date | None


@dataclass(frozen=True, eq=False)
class Made:
    """A slide, the maps of figures it rests on, and the answers that would leave with it."""

    slide: Slide
    rests_on: tuple[Shown, ...] = ()
    views: tuple[View, ...] = ()


class Answers(Protocol):
    """Who answers slides for the public: the world itself, or a cache before it."""

    def answer(self, world: World, slide: SlideSpec) -> View:
        """Answer a slide with one map or one chart."""

    def compared(self, world: World, slide: SlideSpec) -> Sides:
        """Answer a slide that compares two calendar years."""

    def by_year(self, world: World, slide: SlideSpec) -> list[View]:
        """Answer a slide over the years, oldest first."""


@dataclass(frozen=True, eq=False)
class Asker:
    """Who is asked, and in which language.

    Attributes
    ----------
    place, world
        Where the walks are read, and what is counted.
    language
        The language that is answered in.
    ask
        Who answers.
    """

    place: Workplace
    world: World
    language: Language
    ask: Answers


@dataclass(frozen=True, eq=False)
class AskedSlide:
    """One slide that asks. Every answer it is given is noted, so that it is registered.

    Attributes
    ----------
    asker
        Who is asked.
    slide
        What staff have composed; of their words only those that may leave the house.
    others
        The slides it speaks of; none for one that speaks for itself.
    """

    asker: Asker
    slide: SlideSpec
    others: tuple[Made, ...] = ()
    _rests_on: list[Shown] = field(default_factory=list)
    _views: list[View] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Nobody who makes a slide sees words that must not be told."""
        object.__setattr__(self, "slide", presentation.public_slide(self.slide))

    def made(self, slide: Slide) -> Made:
        """The slide with all that it has been told, and staff's own words where there are any."""
        title, question = self.slide.heading or slide.title, self.slide.question or slide.question
        told = replace(slide, title=title, question=question)
        return Made(told, tuple(self._rests_on), tuple(self._views))

    @property
    def said(self) -> Sentences:
        """The sentences of its theme's figures."""
        theme = presentation.theme_of(self.asker.world, self.slide.theme)
        return Sentences(self.asker.language, theme)

    @property
    def name(self) -> str:
        """What its kind is called in the language."""
        return self.say(f"kind.{self.slide.kind}")

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of the language with its placeholders filled in."""
        return self.asker.language.say(key, **values)

    def text(self, name: str) -> str:
        """What staff have written in one of its own fields; empty where it names a person."""
        return self.slide.value(name)

    def map(self) -> Shown:
        """The districts in its years, coloured by its measure."""
        view = self.asker.ask.answer(self.asker.world, self.slide)
        return self._noted(view, _compose(view, self.said))

    def two_maps(self) -> tuple[Shown, Shown, Publishable | None]:
        """The earlier and the later year with one scale, and what is certain of the change.

        The last are the later year's figures with their verdicts, None where none can be told.
        """
        pair = self.asker.ask.compared(self.asker.world, self.slide)
        earlier = _compose(pair.earlier, self.said, pair.later)
        later = _compose(pair.later, self.said, pair.earlier)
        self._views.append(pair.earlier)
        return earlier, self._noted(pair.later, later), pair.change.gated

    def by_year(self) -> list[Facts]:
        """What is known of the whole municipality in each year, oldest first."""
        views = self.asker.ask.by_year(self.asker.world, self.slide)
        self._views.extend(views)
        return [facts for _, facts in map(_told, views)]

    def rested_on(self) -> list[Shown]:
        """The maps that the other slides rest on; a map of its own where they rest on none."""
        return [one for other in self.others for one in other.rests_on] or [self.map()]

    def first_map(self) -> Shown:
        """The first map that another slide shows; one of its own where there is none."""
        shown = (one.slide.shown for one in self.others if one.slide.shown is not None)
        return next(shown, None) or self.map()

    def findings(self) -> tuple[str, list[FindingLine]]:
        """Name of its district, and what the public may know of findings there."""
        names = self.asker.world.areas[AreaLevel.DISTRICT]["name"]
        wanted = self.slide.district
        code = wanted if wanted in names.index else first_district(self.asker.world)
        found = public_findings.public_findings(
            self.asker.place.engine, self.asker.world.municipality, code
        )
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
        return str(names[code]), lines

    def _noted(self, view: View, shown: Shown) -> Shown:
        self._views.append(view)
        self._rests_on.append(shown)
        return shown


def first_district(world: World) -> str:
    """Code of the district that comes first in the alphabet."""
    names = world.areas[AreaLevel.DISTRICT]["name"]
    return min(names.index, key=lambda code: formats.swedish_order(names[code]))


def _told(answer: View) -> tuple[Publishable, Facts]:
    """Figures and facts of a public answer, which always has both."""
    if answer.gated is None or answer.facts is None:
        raise ValueError("a public answer has figures")
    return answer.gated, answer.facts


def _compose(answer: View, said: Sentences, beside: View | None = None) -> Shown:
    figures, facts = _told(answer)
    # The whole municipality is always shown: one fixed geography for the public.
    other = None if beside is None else beside.gated
    return compose(figures, answer.areas, replace(facts, link=""), beside=other, said=said)
