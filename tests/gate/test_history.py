"""What changes are judged by: whole months that there are data for, and what lacks a place."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.gate.test_view import HEADER
from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.measures import Measure
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.history import evidence
from trygghetskarta.gate.periods import Span
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words.texts import caption_count

pytestmark = pytest.mark.slow

REPORTS = Path(__file__).parents[1] / "data" / "reports"
YEAR = {"period": PeriodKind.OWN, "start": date(2025, 1, 1), "end": date(2025, 12, 31)}
SPANS = (
    Span(date(2024, 1, 1), date(2024, 12, 31)),
    Span(date(2025, 1, 1), date(2025, 12, 31)),
)


def gathered(world, spans=SPANS):
    level = AreaLevel.DISTRICT
    cube = world.cube
    every = indicators.of_theme(cube, None)
    rows, codes = cube.area_row[level], cube.area_codes[level]
    return evidence(world, every, rows, codes, spans, DateBasis.REPORTED)


def written(first: str, last: str, count: int = 2) -> str:
    """Some burglaries in one district on the first and last of every month."""
    months = pd.date_range(first, last, freq="MS")
    days = [day for month in months for day in (month, month + pd.offsets.MonthEnd(0))]
    return "".join(
        f"{day:%y%m%d}{n};9801;{day.date()};1488S007;1\n" for day in days for n in range(count)
    )


def test_the_judged_year_is_no_part_of_a_long_history(place, bring):
    bring(TableKind.INCIDENTS, "lång.csv", HEADER + written("2022-01-01", "2025-12-01"))
    found = gathered(loaded_world.load(place.engine, place.municipality))
    assert (found.length, found.gap) == (12, 12)
    assert found.monthly.index.max() == pd.Timestamp("2024-12-01")
    assert len(found.monthly) == 36
    assert found.monthly["1488S007"].tolist() == [4.0] * 36
    assert found.located == (48.0, 48.0) and found.unplaced == (0.0, 0.0)


def test_a_shorter_history_holds_it_and_only_whole_months(place, bring):
    rows = written("2023-02-01", "2025-11-01") + "x1;9801;2023-01-20;1488S007;1\n"
    rows += "x2;9801;2025-12-10;1488S007;1\n"
    bring(TableKind.INCIDENTS, "kort.csv", HEADER + rows)
    monthly = gathered(loaded_world.load(place.engine, place.municipality)).monthly
    assert monthly.index[0] == pd.Timestamp("2023-02-01")
    assert monthly.index[-1] == pd.Timestamp("2025-11-01")
    assert monthly["1488S007"].sum() == 34 * 4


def test_months_that_were_not_delivered_or_are_part_of_a_longer_sum_are_missing(place, bring):
    bring(TableKind.INCIDENTS, REPORTS / "gap.csv", confirmed=frozenset({DoubtKind.EMPTY_MONTHS}))
    sums = "Brottstyp;Period;Områdeskod;Antal\nInbrott;2024K2;1488S007;12\n"
    bring(TableKind.INCIDENTS, "kvartal.csv", sums, confirmed=frozenset(DoubtKind))
    monthly = gathered(loaded_world.load(place.engine, place.municipality)).monthly
    gone = monthly.index[monthly.isna().all(axis=1)]
    assert [f"{day:%Y-%m}" for day in gone] == [
        *("2024-04", "2024-05", "2024-06"),
        *("2025-07", "2025-08", "2025-09", "2025-10", "2025-11"),
    ]


def test_rows_that_lost_their_place_turn_no_district(place, bring):
    """Nine districts were called clearly lower while the whole was 3 per cent higher."""
    bring(TableKind.INCIDENTS, REPORTS / "noplace.csv")
    world = loaded_world.load(place.engine, place.municipality)
    answer = views.view(world, Choice(measure=Measure.CHANGE, **YEAR))
    said = set(answer.gated.table["verdict"])
    assert said <= {Verdict.UNPLACED, Verdict.TOO_FEW} and Verdict.UNPLACED in said
    # Each change may be a rise as well as a fall.
    told = answer.gated.table.dropna(subset=["percent"])
    assert (told["percent_lower"] < 0).all() and (told["percent_upper"] > 0).all()
    assert answer.facts.unplaced_before == pytest.approx(0.05, abs=0.01)
    caption = caption_count(answer.facts)
    assert "plats på denna nivå" in caption and "i jämförelseperioden" in caption


def test_how_many_were_tested_is_told(place, bring):
    rows = written("2022-01-01", "2025-12-01", 6).replace("1488S007", "1488S012")
    both = written("2022-01-01", "2025-12-01") + rows.replace(";9801;", "b;9801;")
    bring(TableKind.INCIDENTS, "två.csv", HEADER + both)
    world = loaded_world.load(place.engine, place.municipality)
    assert views.view(world, Choice(measure=Measure.CHANGE, **YEAR)).facts.tested == 2
    whole = Choice(measure=Measure.CHANGE, level=AreaLevel.MUNICIPALITY, **YEAR)
    assert views.view(world, whole).facts.tested == 1
