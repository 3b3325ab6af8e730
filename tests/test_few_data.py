"""Hardly any data: every report and every page's answer comes, or says in words why it does not."""

import itertools
from datetime import date

import numpy as np
import pytest

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.gate import area_profile
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.subjects.compare import ask as compare_ask
from trygghetskarta.subjects.dialogue.ask import presentation
from trygghetskarta.subjects.dialogue.data import template
from trygghetskarta.subjects.hotspots.ask import hotspots
from trygghetskarta.subjects.perception.ask import safety_and_perception as perception
from trygghetskarta.subjects.reports.ask import plan_area, situation_report
from trygghetskarta.subjects.reports.data import report_making
from trygghetskarta.subjects.when import ask as when_ask
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.hotspots import CellShape, HotspotLayer
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.papers import ReportFormat, ReportKind
from trygghetskarta.words import error_words

pytestmark = pytest.mark.slow

HEADER = "Id;Brottskod;Inskrivningsdatum;Brottsdatum;N;E\n"
CODES = ("9801", "0355", "5011", "9694", "0840", "4013")
DELIVERIES = {"nothing": (0, 1), "one row": (1, 1), "one month": (120, 31), "one year": (400, 365)}


def rows(count: int, days: int) -> str:
    """A delivery from January 2025 on, around one square."""
    draw = np.random.default_rng(20260214)
    lines = []
    for number in range(count):
        day = np.datetime64("2025-01-01") + int(draw.integers(days))
        north, east = 6462400 + draw.integers(-900, 900), 341500 + draw.integers(-900, 900)
        code, hour = CODES[number % len(CODES)], draw.integers(24)
        lines.append(f"r{number};{code};{day};{day} {hour:02d}:15;{north};{east}\n")
    return HEADER + "".join(lines)


@pytest.fixture(params=DELIVERIES)
def ground(request, place, bring):
    """A store with few offences."""
    count, days = DELIVERIES[request.param]
    if count:
        bring(TableKind.INCIDENTS, "uttag.csv", rows(count, days))
    return situation_report.load(place)


def answered(ask):
    """What is answered, None when an error says in words why there is nothing."""
    try:
        return ask()
    except TrygghetskartaError as error:
        assert error_words.error_sentence(error).endswith((".", "”"))
        return None


def test_every_report_comes_or_says_why_not(ground, place):
    area = plan_area.of_district(ground.world, "Kronogården")
    for kind, audience, quarter in itertools.product(ReportKind, Audience, (0, 1, 4)):
        drawn = area if kind is ReportKind.PLAN_AREA else None
        period = ReportPeriod(2025, quarter)
        made = answered(
            lambda told=(kind, period, audience, drawn): report_making.make(ground, *told)
        )
        if made is not None:
            assert report_making.draft_file(place, made, ReportFormat.HTML)


def test_every_page_has_an_answer_or_says_why_not(ground, place):
    world = ground.world
    year = {"start": date(2025, 1, 1), "end": date(2025, 12, 31)}
    for kind, compared in itertools.product(PeriodKind, Comparison):
        own = year if kind is PeriodKind.OWN else {}
        asked = Choice(period=kind, comparison=compared, measure=Measure.CHANGE, **own)
        found = answered(lambda asked=asked: views.view(world, asked))
        if found is not None:
            assert area_profile.profile(world, found, found.areas.index[0]) is not None
        for ask in (compare_ask.pair, when_ask.find, public_view):
            answered(lambda ask=ask, asked=asked: ask(world, asked))
    land = hotspots.lay_land(world, CellShape.SQUARE, 500)
    for layer in HotspotLayer:
        answered(lambda layer=layer: hotspots.find(world, land, Choice(layer=layer)))
    felt = perception.load(place)
    for audience in Audience:
        answered(lambda audience=audience: perception.find(world, felt, Choice(), audience))


def test_every_slide_has_an_answer_or_says_why_not(ground):
    spec = answered(lambda: template.template(ground.world, "Namn", "sv", "narkotika"))
    for slide in spec.slides if spec else ():
        for ask in (presentation.answer, presentation.compared, presentation.by_year):
            answered(lambda ask=ask, slide=slide: ask(ground.world, slide))


def test_an_extract_of_the_only_year_says_what_the_one_before_lacks(place, bring):
    bring(TableKind.INCIDENTS, "uttag.csv", rows(*DELIVERIES["one year"]))
    ground = situation_report.load(place)
    area = plan_area.of_district(ground.world, "Kronogården")
    told = report_making.make(
        ground, ReportKind.PLAN_AREA, ReportPeriod(2025), Audience.INTERNAL, area
    )
    (lack,) = told.lacks
    assert "inte hela 2024" in lack and lack in told.document.summary
    facts = plan_area.gather(ground, area, ReportPeriod(2025))
    assert facts.types[["inside_before", "around_before"]].isna().all(axis=None)
    for kind in ReportFormat:
        assert report_making.draft_file(place, told, kind)
