"""Any choice is moved to the nearest one the public may see, and answered for it."""

from datetime import date

import numpy as np
import pytest

from tests.gate.three_districts import OTHER, SMALL, year
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.gate.publication import publication_of
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, Purpose
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.words import map_words

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (year(), {}),
        (year(level=AreaLevel.DESO), {"level": AreaLevel.DISTRICT}),
        (year(basis=DateBasis.OCCURRED), {"basis": DateBasis.REPORTED}),
        (
            Choice(period=PeriodKind.DAYS_90),
            {"start": date(2025, 1, 1), "end": date(2025, 12, 31)},
        ),
        (year(types=("Inbrott", "Stöld")), {"types": (), "theme": ""}),
        (
            year(types=("Stöld", "Inbrott", "Fordonsbrott", "Skadegörelse", "Brand")),
            {"types": (), "theme": "ska"},
        ),
        (
            year(theme="sexualbrott", districts=(SMALL,)),
            {"level": AreaLevel.MUNICIPALITY, "districts": ()},
        ),
        (
            year(types=("Sexualbrott",)),
            {"level": AreaLevel.MUNICIPALITY},
        ),
        (year(theme="utsatt_omrade"), {"theme": ""}),
        (
            year(
                comparison=Comparison.OWN,
                compare_start=date(2024, 2, 1),
                compare_end=date(2024, 11, 30),
            ),
            {"compare_start": date(2024, 1, 1), "compare_end": date(2024, 12, 31)},
        ),
    ],
)
def test_a_choice_is_moved_to_the_nearest_allowed(world, asked, expected):
    answer = public_view(world, asked)
    assert {name: getattr(answer.choice, name) for name in expected} == expected
    # What is allowed is not moved again.
    again = public_view(world, answer.choice)
    assert again.choice == answer.choice


def test_a_theme_of_the_whole_municipality_is_one_figure(world):
    answer = public_view(world, year(theme="sexualbrott"))
    assert answer.gated.table["count"].to_dict() == {"1488": 27.0}
    assert answer.gated.audience is Audience.PUBLIC and answer.areas.index.tolist() == ["1488"]
    assert answer.facts.offences == 27


def test_extremism_has_no_figures(world):
    answer = public_view(world, year(theme="extremism"))
    assert answer.gated is None and answer.facts is None
    assert publication_of(answer, "t", Purpose.FILE).lines == ()


def test_drugs_are_hidden_below_ten_and_carry_their_warning(world):
    answer = public_view(world, year(theme="narkotika"))
    assert answer.rule.threshold == 10
    assert np.isnan(answer.gated.table.at[OTHER, "count"])
    caption = map_words.caption(answer.facts, 2, 10)
    assert any("Upptäcktsbrott" in line for line in caption)


def test_the_police_list_is_not_named(world):
    answer = public_view(world, year(theme="utsatt_omrade"))
    assert not answer.labels and not answer.facts.has_listed_area and not answer.facts.theme
    assert set(answer.chosen) < set(answer.areas.index) and answer.chosen
    caption = " ".join(map_words.caption(answer.facts, 0, 5))
    assert "polisens lista" not in caption and map_words.PUBLIC_CAVEAT in caption


def test_years_that_are_not_covered_are_not_shown(world):
    assert public_view(world, year(2026)).span.start.year == 2025
