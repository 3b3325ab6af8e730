"""Slides composed for staff: a whole presentation of a theme, and one slide in another's place."""

from dataclasses import replace

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.subjects.dialogue.ask.presentation import SlideSpec, Spec, whole_years
from trygghetskarta.subjects.dialogue.show.kinds.charts import CHART
from trygghetskarta.subjects.dialogue.show.kinds.maps import COMPARISON, HOW_TO_READ, MAP
from trygghetskarta.subjects.dialogue.show.kinds.unknown import UNKNOWN
from trygghetskarta.subjects.dialogue.show.kinds.you_said import YOU_SAID
from trygghetskarta.terms.areas import AreaLevel


def template(world: World, name: str, language: str, theme: str, district: str = "") -> Spec:
    """Compose a good presentation of a theme: map, change, chart, how to read, what is not known.

    Parameters
    ----------
    world
        What there is to show.
    name, language
        Of the presentation.
    theme
        Key of a theme, empty for all offences.
    district
        Code of the district whose findings end it, empty for none.
    """
    years = whole_years(world)
    newest = years[-1] if years else 0
    common = SlideSpec(MAP.word, theme=theme, year=newest, measure=Measure.COUNT)
    slides = [common, replace(common, kind=HOW_TO_READ.word)]
    if len(years) > 1:
        slides.append(replace(common, kind=COMPARISON.word, before=years[-2]))
    slides.append(replace(common, kind=CHART.word, measure=Measure.PER_1000))
    if len(years) > 2:
        slides.append(replace(common, kind=CHART.word, by_year=True))
    if district:
        slides.append(SlideSpec(YOU_SAID.word, district=district))
    slides.append(replace(common, kind=UNKNOWN.word))
    return Spec(name, language, tuple(slides))


def slide_of(slide: SlideSpec, choice: Choice) -> SlideSpec:
    """The slide that asks what a public choice asks, with the words of another slide."""
    if choice.level is AreaLevel.MUNICIPALITY:
        return replace(slide, kind=CHART.word, by_year=True, before=0, theme=choice.theme)
    start, end = choice.start, choice.end
    if start is None or end is None:
        raise ValueError("a public choice has days of its own")
    return replace(
        slide,
        kind=MAP.word if slide.kind == COMPARISON.word else slide.kind,
        theme=choice.theme,
        year=end.year,
        years=end.year - start.year + 1,
        before=0,
        by_year=False,
    )
