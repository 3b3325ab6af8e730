"""The line above a map: whose count it tells, and who is named as highest."""

from dataclasses import replace

import pandas as pd
import pytest

from tests.views import squares
from trygghetskarta.analysis.disclosure import as_publishable
from trygghetskarta.analysis.measures import Measure, indicator_table
from trygghetskarta.draw.shown import compose
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule

NAMES = ("Alby", "Berg", "Centrum", "Dal", "Ek")
OPEN = ShowRule(AreaLevel.DESO, 1)


@pytest.fixture
def lead(view_of):
    """The line of counts in five areas."""

    def told(counts, measure=Measure.COUNT, chosen=(), people=(3000,) * 5, rule=OPEN) -> str:
        areas = squares(NAMES)
        table = indicator_table(
            pd.Series(counts, areas.index),
            None,
            pd.Series(people, areas.index),
            365,
            areas=areas,
        )
        gated = as_publishable(
            table, level=AreaLevel.DISTRICT, audience=Audience.INTERNAL, rule=rule
        )
        codes = areas.index[areas["name"].isin(chosen)]
        facts = replace(view_of(measure).facts, offences=sum(counts), municipality="Trollhättan")
        return compose(gated, areas, facts, frozenset(codes)).summary

    return told


def test_the_highest_are_named_but_never_one_of_several_that_are_equal(lead):
    assert lead([50, 40, 30, 20, 10]).endswith("Alby (50), Berg (40) och Centrum (30).")
    # Three share the third place: none of them is picked.
    assert lead([50, 40, 20, 20, 20]).endswith("Högst antal: Alby (50) och Berg (40).")
    assert lead([50, 40, 30, 30, 10]).endswith("Högst antal: Alby (50) och Berg (40).")
    assert lead([7, 7, 7, 7, 7]).endswith("inget område skiljer ut sig säkert.")
    assert lead([5, 0, 0, 0, 0]).endswith("Högst antal: Alby (5).")


def test_a_rate_is_named_only_where_it_is_surely_above_the_whole(lead):
    sure = lead([300, 60, 60, 60, 60], Measure.PER_1000)
    assert "Alby" in sure and "Berg" not in sure
    # Two among sixty people is a high rate of chance.
    chance = lead([30, 33, 29, 31, 2], Measure.PER_1000, people=(3000, 3000, 3000, 3000, 60))
    assert "Ek" not in chance and "skiljer ut sig säkert" in chance


def test_the_line_of_some_areas_tells_their_own_count(lead):
    """It said the whole municipality's beside two districts."""
    assert lead([50, 40, 30, 20, 10]).startswith("150 anmälda brott i Trollhättan ")
    assert lead([50, 40, 30, 20, 10], chosen=("Dal", "Berg")).startswith(
        "60 anmälda brott i Berg och Dal "
    )
    four = lead([50, 40, 30, 20, 10], chosen=NAMES[:4])
    assert four.startswith("140 anmälda brott i 4 av områdena i Trollhättan ")


def test_a_hidden_count_hides_the_sum_of_what_is_shown_with_it(lead):
    hidden = lead([50, 40, 3, 2, 10], chosen=("Berg", "Dal"), rule=ShowRule(AreaLevel.DESO, 5))
    assert hidden.startswith("Ett dolt antal anmälda brott i Berg och Dal")
