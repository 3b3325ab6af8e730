"""Near repeats of the town's rows, and what is too little for them."""

from dataclasses import replace
from datetime import datetime

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


def test_too_few_or_too_many_are_not_tested_for_near_repeats(town):
    with pytest.raises(AnalysisError) as few:
        hotspots.near_repeats(
            town.world, town.land, Choice(types=("Narkotika",), **YEAR), lambda _part: None
        )
    assert few.value.cause is AnalysisCause.TOO_FEW
    many = replace(town.world.cube, count=town.world.cube.count * 50)
    with pytest.raises(AnalysisError) as crowd:
        hotspots.near_repeats(
            replace(town.world, cube=many), town.land, Choice(**YEAR), lambda _part: None
        )
    assert crowd.value.cause is AnalysisCause.TOO_MANY
    assert crowd.value.facts["found"] == 50 * sum(row.count for row in town.counted())


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
