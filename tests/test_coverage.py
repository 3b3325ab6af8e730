"""A year with months that were never delivered is compared with nothing, anywhere."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.gate.test_view import HEADER
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.errors import AnalysisCause, AnalysisError, DisclosureCause, DisclosureError
from trygghetskarta.gate import area_profile, loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.public_choice import public_years
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.subjects.actions.ask.action_site import find_periods
from trygghetskarta.subjects.compare import ask as compare_ask
from trygghetskarta.subjects.hotspots.ask import hotspots
from trygghetskarta.subjects.reports.ask import plan_area, situation_report
from trygghetskarta.subjects.reports.data import report_making
from trygghetskarta.subjects.when import ask as when_ask
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.hotspots import CellShape, HotspotLayer
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.papers import ReportFormat, ReportKind
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.words import compare_words, error_words, map_words

pytestmark = pytest.mark.slow

GAP = Path(__file__).parent / "data" / "reports" / "gap.csv"
MONTHS = "juli–november 2025"
YEAR = {"period": PeriodKind.OWN, "start": date(2025, 1, 1), "end": date(2025, 12, 31)}
HALF = {"period": PeriodKind.OWN, "start": date(2025, 1, 1), "end": date(2025, 6, 30)}


@pytest.fixture
def ground(place, bring):
    """Three years, of which July to November of the last were never delivered."""
    bring(TableKind.INCIDENTS, GAP, confirmed=frozenset({DoubtKind.EMPTY_MONTHS}))
    return situation_report.load(place)


def test_the_months_are_known_by_every_date(ground):
    days = ((date(2025, 7, 1), date(2025, 11, 30)),)
    for basis in DateBasis:
        assert ground.world.silent(basis, date(2023, 1, 1), date(2025, 12, 31)) == days
        assert ground.world.silent(basis, date(2023, 1, 1), date(2025, 6, 30)) == ()


def test_no_change_is_told_of_the_year_and_the_months_are_named(ground):
    answer = views.view(ground.world, Choice(measure=Measure.CHANGE, **YEAR))
    assert not {"previous", "verdict", "percent"} & set(answer.gated.table)
    (told,) = answer.uncovered
    assert MONTHS in compare_words.period_uncovered(told)
    assert any(MONTHS in line for line in map_words.caption(answer.facts, 0, 1))
    # A year compared with the one that has the gap is no better.
    later = {"start": date(2023, 1, 1), "end": date(2023, 12, 31), "period": PeriodKind.OWN}
    own = {"compare_start": date(2025, 1, 1), "compare_end": date(2025, 12, 31)}
    other = views.view(ground.world, Choice(comparison=Comparison.OWN, **later, **own))
    assert [one.start.year for one in other.uncovered] == [2025]
    assert compare_ask.pair(ground.world, Choice(**YEAR)).change.gated is None


def test_the_half_year_before_the_gap_is_compared(ground):
    answer = views.view(ground.world, Choice(measure=Measure.CHANGE, **HALF))
    assert answer.uncovered == () and "verdict" in answer.gated.table


def test_a_month_that_was_not_delivered_is_missing_and_no_zero(ground):
    answer = views.view(ground.world, Choice(**YEAR))
    code = answer.gated.table["count"].idxmax()
    count = area_profile.profile(ground.world, answer, code).series["count"]
    assert count.isna().tolist() == [False] * 6 + [True] * 5 + [False]
    found = when_ask.find(ground.world, Choice(**YEAR))
    assert found.monthly["2025-07":"2025-11"].isna().all()
    assert found.monthly[:"2025-06"].notna().all()
    assert found.daily["2025-07-01":"2025-11-30"].isna().all() and found.daily["2025-06-30"] >= 0


def test_neither_season_nor_trend_is_told_over_the_gap(ground):
    found = when_ask.find(ground.world, Choice(**YEAR))
    assert found.trend is None and found.season is None
    assert {one.cause for one in found.problems.values()} >= {AnalysisCause.SILENT_MONTHS}
    told = error_words.error_sentence(found.problems[when_ask.TimePart.TREND])
    assert MONTHS in told and "ingen utveckling" in told
    before = when_ask.find(ground.world, Choice(**HALF))
    assert AnalysisCause.SILENT_MONTHS not in {one.cause for one in before.problems.values()}


def test_how_hotspots_develop_is_not_told_over_the_gap(ground):
    land = hotspots.lay_land(ground.world, CellShape.SQUARE, 1000)
    found = hotspots.find(ground.world, land, Choice(layer=HotspotLayer.EMERGING, **YEAR))
    assert found.problem.cause is AnalysisCause.SILENT_MONTHS


def test_the_public_is_shown_whole_years_only(ground):
    assert public_years(ground.world) == (2023, 2024)
    shown = public_view(ground.world, Choice(**YEAR))
    assert shown.span.end.year == 2024
    with pytest.raises(DisclosureError) as stopped:
        situation_report.gather(ground, ReportPeriod(2025), Audience.PUBLIC)
    assert stopped.value.cause is DisclosureCause.YEAR_WITH_GAPS
    assert MONTHS in error_words.error_sentence(stopped.value)


@pytest.mark.parametrize("kind", ReportKind)
def test_no_report_tells_a_change_of_the_year(ground, place, kind):
    area = None
    if kind is ReportKind.PLAN_AREA:
        area = plan_area.of_district(ground.world, "Kronogården")
    made = report_making.make(ground, kind, ReportPeriod(2025), Audience.INTERNAL, area)
    assert any(MONTHS in sentence for sentence in made.lacks)
    told = report_making.draft_file(place, made, ReportFormat.HTML).decode("utf-8")
    assert MONTHS in told
    for word in ("säkerställd minskning", "säkerställd ökning", "Ingen säkerställd", "för få</td>"):
        assert word not in told


def test_a_measure_is_judged_by_what_was_delivered(ground):
    def periods(start: str):
        row = pd.Series({"start_date": pd.Timestamp(start), "end_date": pd.NaT})
        return find_periods(ground.world, row)

    before = periods("2025-01-01")
    assert (before.after.start, before.after.end) == (date(2025, 1, 1), date(2025, 6, 30))
    assert periods("2025-12-01") is None
    assert not periods("2025-09-01").months


def test_a_quiet_district_and_a_rare_type_are_no_gap(place, bring):
    months = pd.date_range("2024-01-01", "2025-12-01", freq="MS")
    rows = [
        f"{month:%y%m}{n};{'9801' if n else '0355'};{month:%Y-%m}-{n + 1:02};1488S007;1"
        for month in months
        for n in range(28)
        if n or month.month == 1
    ]
    rows += [f"s{month:%y%m};9801;{month:%Y-%m}-01;1488S012;9" for month in months[[0, 1, 20]]]
    bring(TableKind.INCIDENTS, "uttag.csv", HEADER + "\n".join(rows) + "\n")
    world = loaded_world.load(place.engine, place.municipality)
    answer = views.view(world, Choice(measure=Measure.CHANGE, **YEAR))
    assert answer.uncovered == () and "verdict" in answer.gated.table
    assert np.isfinite(area_profile.profile(world, answer, "1488S012").series["count"]).all()


def test_a_whole_period_is_still_asked_for_within_the_data(ground):
    with pytest.raises(AnalysisError) as stopped:
        situation_report.gather(ground, ReportPeriod(2019), Audience.INTERNAL)
    assert stopped.value.cause is AnalysisCause.OUTSIDE_DATA
