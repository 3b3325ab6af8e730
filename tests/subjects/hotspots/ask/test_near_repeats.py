"""Near repeats of the town's rows, and what is too little for them."""

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from tests.subjects.hotspots.ask.invented_town import (
    BURGLARY,
    YEAR,
    xy,
)
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.hotspots.ask import hotspots
from trygghetskarta.terms.times import DateBasis

pytestmark = pytest.mark.slow


def test_near_repeats_count_the_pairs_of_the_rows(town):
    told = []
    table = hotspots.near_repeats(
        town.world, town.land, Choice(types=("Inbrott",), **YEAR), told.append
    )
    rows = town.counted(BURGLARY)
    x, y = np.array([xy(row) for row in rows]).T
    days = np.array([row.day.toordinal() for row in rows])
    first, second = np.triu_indices(len(rows), 1)
    apart = np.hypot(x[first] - x[second], y[first] - y[second])
    between = abs(days[first] - days[second])
    same = table[(table["distance_to"] == 0) & (table["day_from"] == 0)].iloc[0]
    assert same["observed"] == ((apart == 0) & (between < 7)).sum() == 1
    assert len(table) == 5 * 4
    for row in table[table["distance_to"] > 0].itertuples():
        near = (apart > 0) & (apart >= row.distance_from) & (apart < row.distance_to)
        soon = (between >= row.day_from) & (between < row.day_to)
        assert row.observed == (near & soon).sum()
    assert set(table["events"]) == {len(rows)}
    assert told[-1] == 1.0
    again = hotspots.near_repeats(
        town.world, town.land, Choice(types=("Inbrott",), **YEAR), told.append
    )
    assert table.equals(again)


def test_too_few_or_too_many_are_not_tested_for_near_repeats(town, monkeypatch):
    with pytest.raises(AnalysisError) as few:
        hotspots.near_repeats(
            town.world, town.land, Choice(types=("Narkotika",), **YEAR), lambda _part: None
        )
    assert few.value.cause is AnalysisCause.TOO_FEW
    monkeypatch.setattr(hotspots, "MOST_NEAR_REPEAT", 20)
    with pytest.raises(AnalysisError) as crowd:
        hotspots.near_repeats(town.world, town.land, Choice(**YEAR), lambda _part: None)
    assert crowd.value.cause is AnalysisCause.TOO_MANY
    assert crowd.value.facts == {"found": len(town.counted()), "most": 20}


def test_offences_of_one_row_are_no_pairs(town):
    """A row with a count of two was a pair at no distance, on the same day, of itself."""
    asked = Choice(types=("Inbrott",), **YEAR)
    once = hotspots.near_repeats(town.world, town.land, asked, lambda _part: None)
    many = replace(town.world, cube=replace(town.world.cube, count=town.world.cube.count * 3))
    assert hotspots.near_repeats(many, town.land, asked, lambda _part: None).equals(once)


def test_time_between_is_that_between_the_offences(town):
    """Reported on one day, though they happened weeks apart."""
    asked, cube = Choice(types=("Inbrott",), **YEAR), town.world.cube
    told = cube.first_day[DateBasis.REPORTED]
    start, end = (YEAR[key].toordinal() - date(1970, 1, 1).toordinal() for key in ("start", "end"))
    together = np.where((told >= start) & (told <= end), end, told)
    days = {DateBasis.OCCURRED: cube.first_day[DateBasis.OCCURRED], DateBasis.REPORTED: together}
    late = replace(town.world, cube=replace(cube, first_day=days, last_day=days))
    once = hotspots.near_repeats(town.world, town.land, asked, lambda _part: None)
    assert hotspots.near_repeats(late, town.land, asked, lambda _part: None).equals(once)


def test_a_month_that_is_known_without_its_day_tells_no_days_between(town):
    """Every offence of a month would else be dated its first day."""
    cube = town.world.cube
    vague = {basis: days + 27 for basis, days in cube.first_day.items()}
    world = replace(town.world, cube=replace(cube, last_day=vague))
    with pytest.raises(AnalysisError) as refused:
        hotspots.near_repeats(
            world, town.land, Choice(types=("Inbrott",), **YEAR), lambda _part: None
        )
    assert refused.value.cause is AnalysisCause.TOO_FEW


def test_the_invented_hours_are_read_as_swedish_time(town):
    """A check of the world itself: the rows that the other tests count."""
    cube = town.world.cube
    assert int(cube.count.sum()) == sum(row.count for row in town.rows)
    known = cube.began[~np.isnat(cube.began)]
    local = pd.DatetimeIndex(known).tz_localize("UTC").tz_convert("Europe/Stockholm")
    assert sorted(set(local.hour)) == [10, 21, 22, 23]
    assert datetime(2025, 1, 1) < local[0].replace(tzinfo=None) < datetime(2026, 1, 1)
