"""A presentation: what staff have composed, and the public answers to it."""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from trygghetskarta.analysis.measures import OF_ONE_PERIOD, Measure
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.public_choice import public_years
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.gate.public_words import public_text
from trygghetskarta.gate.view import View
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.municipality import Plan, Theme
from trygghetskarta.terms.times import DateBasis

MOST_SLIDES = 40
"""Slides that a presentation may have."""
LONGEST_TEXT = 200
"""Letters that a heading, a question or a name may have."""

_WORDS = "words"
"""Marks a field that staff write freely."""


def _written() -> str:
    return field(default="", metadata={_WORDS: True})


@dataclass(frozen=True)
class SlideSpec:
    """One slide as it is composed, before it is answered.

    Attributes
    ----------
    kind
        Word of its kind, see :data:`trygghetskarta.subjects.dialogue.show.kinds.KINDS`.
    theme
        Key of the theme it counts, empty for all offences.
    year, before
        Calendar year it shows, and the earlier one of a comparison.
    years
        How many whole years a map or a chart of districts covers; ``year`` is the last of them.
    measure
        One of a single period.
    by_year
        Whether a chart is over the years, and not over the districts.
    district
        Code of the district, for *Ni sa – vi gjorde*.
    heading, question
        Staff's own words; empty for those of the language.
    own
        Name and text of what only its kind has.
    """

    kind: str
    theme: str = ""
    year: int = 0
    before: int = 0
    measure: Measure = Measure.COUNT
    by_year: bool = False
    district: str = ""
    heading: str = _written()
    question: str = _written()
    years: int = 1
    own: tuple[tuple[str, str], ...] = ()

    def value(self, name: str) -> Any:
        """What a field is set to; an empty text where one of its own is not."""
        return dict(self.own).get(name, "") if name not in SHARED else getattr(self, name)

    def with_value(self, name: str, value: Any) -> "SlideSpec":
        """The slide with a field set to something else."""
        if name in SHARED:
            return replace(self, **{name: value})
        return replace(self, own=tuple(sorted({**dict(self.own), name: value}.items())))


SHARED = frozenset(SlideSpec.__dataclass_fields__) - {"own"}
"""Fields that slides of every kind have."""

WRITTEN = tuple(one.name for one in fields(SlideSpec) if _WORDS in one.metadata)
"""Those of them that staff write freely."""


@dataclass(frozen=True)
class Spec:
    """A presentation as it is composed: its name, its language, its slides in order."""

    name: str
    language: str
    slides: tuple[SlideSpec, ...] = ()


def public_slide(slide: SlideSpec) -> SlideSpec:
    """The slide with what may leave the house of staff's words; what may not is empty."""
    for name in _texts(slide):
        slide = slide.with_value(name, public_text(slide.value(name)))
    return slide


def withheld(spec: Spec) -> list[tuple[int, str]]:
    """Staff's words that may not leave the house: number of the slide, and name of the field.

    Slides are counted from 1; 0 is the presentation itself.
    """
    told = [(0, "name", spec.name)]
    for number, slide in enumerate(spec.slides, 1):
        told += [(number, name, slide.value(name)) for name in _texts(slide)]
    return [(at, name) for at, name, text in told if text.strip() and not public_text(text)]


def _texts(slide: SlideSpec) -> tuple[str, ...]:
    """Names of all that staff have written freely on a slide."""
    return (*WRITTEN, *(name for name, _ in slide.own))


def themes(world: World) -> tuple[Theme, ...]:
    """Themes of the plan in force whose offences the public may see district by district.

    A theme that is the police's list is left out: its map would be the list.
    """
    return tuple(
        theme
        for theme in _plan(world).themes
        if theme.counts_offences
        and not theme.classified_areas
        and theme.public.finest not in (None, AreaLevel.MUNICIPALITY)
    )


def theme_of(world: World, key: str) -> Theme | None:
    """Give an offered theme by its key; None for all offences or one that is not offered."""
    return next((theme for theme in themes(world) if theme.key == key), None)


def whole_years(world: World) -> tuple[int, ...]:
    """Calendar years that the data covers from end to end, oldest first."""
    return tuple(sorted(public_years(world)))


def _some_years(world: World) -> tuple[int, ...]:
    """The same, at least one."""
    years = whole_years(world)
    if not years:
        first, last = world.days(DateBasis.REPORTED)
        raise DisclosureError(DisclosureCause.NO_WHOLE_PERIOD, first=first, last=last)
    return years


def choice_of(world: World, slide: SlideSpec, year: int = 0) -> Choice:
    """What a slide asks: one theme, every district, one whole calendar year.

    Raises
    ------
    DisclosureError
        ``NO_WHOLE_PERIOD`` (first, last) when the data cover no year; so do all answers below.
    """
    years = _some_years(world)
    wanted = year or slide.year
    shown = wanted if wanted in years else years[-1]
    # A comparison, and a chart over the years, shows each year by itself.
    first = shown if slide.before or year else max(shown - slide.years + 1, years[0])
    choice = Choice(
        theme=slide.theme if theme_of(world, slide.theme) else "",
        period=PeriodKind.OWN,
        start=date(first, 1, 1),
        end=date(shown, 12, 31),
        measure=slide.measure if slide.measure in OF_ONE_PERIOD else Measure.COUNT,
    )
    if not slide.before:
        return choice
    return replace(
        choice,
        comparison=Comparison.OWN,
        compare_start=date(slide.before, 1, 1),
        compare_end=date(slide.before, 12, 31),
    )


@dataclass(frozen=True, eq=False)
class Sides:
    """The public answers for two calendar years, and the later one coloured by the change."""

    earlier: View
    later: View
    change: View


def answer(world: World, slide: SlideSpec) -> View:
    """The public answer to a slide with one map or one chart."""
    return public_view(world, choice_of(world, replace(slide, before=0)))


def compared(world: World, slide: SlideSpec) -> Sides:
    """The public answer to a slide that compares two calendar years."""
    years = _some_years(world)
    before = slide.before if slide.before in years else years[max(len(years) - 2, 0)]
    choice = choice_of(world, replace(slide, before=before))
    return Sides(
        earlier=public_view(world, choice_of(world, replace(slide, before=0), before)),
        later=public_view(world, choice),
        change=public_view(world, replace(choice, measure=Measure.CHANGE)),
    )


def by_year(world: World, slide: SlideSpec) -> list[View]:
    """The public answers to a slide over the years, oldest first: the whole municipality's."""
    choices = [choice_of(world, replace(slide, before=0), year) for year in _some_years(world)]
    return [public_view(world, replace(one, level=AreaLevel.MUNICIPALITY)) for one in choices]


def _plan(world: World) -> Plan:
    return world.municipality.plans[0]
