"""What several kinds of slides are set to: theme, measure, years, district."""

from collections.abc import Mapping
from dataclasses import replace

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.subjects.dialogue.ask.presentation import SlideSpec
from trygghetskarta.subjects.dialogue.show.slide_kind import Offers, SlideField
from trygghetskarta.words import dialogue_words, map_words


def _themes(offers: Offers, _slide: SlideSpec) -> Mapping[str, str]:
    return offers.themes


def _districts(offers: Offers, _slide: SlideSpec) -> Mapping[str, str]:
    return offers.districts


def _by_year(_offers: Offers, _slide: SlideSpec) -> Mapping[bool, str]:
    return {False: dialogue_words.SLIDE_BY_DISTRICT, True: dialogue_words.SLIDE_BY_YEAR}


def _measures(offers: Offers, _slide: SlideSpec) -> Mapping[Measure, str]:
    return offers.measures


def _years(offers: Offers, _slide: SlideSpec) -> Mapping[int, str]:
    return {year: str(year) for year in offers.years}


def _spans(offers: Offers, slide: SlideSpec) -> Mapping[int, str]:
    """How many years up to the chosen one there are figures for."""
    most = sum(year <= slide.year for year in offers.years)
    return {n: dialogue_words.slide_span(n) for n in range(1, most + 1)}


def _earlier(offers: Offers, slide: SlideSpec) -> Mapping[int, str]:
    earlier = [year for year in offers.years if year < slide.year] or offers.years
    return {year: str(year) for year in earlier}


THEME = SlideField("theme", map_words.THEME, _themes)
DISTRICT = SlideField("district", map_words.DISTRICTS, _districts)
MEASURE = SlideField("measure", map_words.MEASURE, _measures)
YEAR = SlideField("year", dialogue_words.SLIDE_YEAR, _years)
YEARS = SlideField("years", dialogue_words.SLIDE_SPAN, _spans, after="year")
BEFORE = SlideField("before", dialogue_words.SLIDE_BEFORE, _earlier, after="year")
BY_YEAR = SlideField("by_year", dialogue_words.SLIDE_BY, _by_year)


def unless_by_year(field: SlideField) -> SlideField:
    """The field where a slide is not over all years."""
    return replace(field, wanted=lambda slide: not slide.by_year)
