"""Effects against the published example and Wheeler's own tests, every verdict, and coverage."""

import math

import numpy as np
import pandas as pd
import pytest

from trygghetskarta.analysis import controls
from trygghetskarta.analysis.evaluation import (
    Effect,
    minimum_detectable_change,
    months_needed,
    spread,
    verdict,
    weighted_displacement_difference,
    weighted_displacement_quotient,
)
from trygghetskarta.errors import AnalysisError
from trygghetskarta.terms.actions import EffectVerdict, NoQuotient, Spread

PAPER = {
    "treated": (207, 110),
    "control": (308, 318),
    "displacement": (178, 157),
    "displacement_control": (150, 140),
}
"""Wheeler & Ratcliffe 2018, Crime Science 7:11; also the test of the R package ptools."""


def test_the_published_example_is_reproduced():
    found = weighted_displacement_difference(**PAPER)
    assert found.estimate == -118
    assert found.se == pytest.approx(math.sqrt(1568))
    assert round(found.z, 2) == -2.98
    assert (round(found.lower), round(found.upper)) == (-196, -40)


def test_area_weights_give_what_wheelers_package_gives():
    """ptools/tests/testthat/test-wdd.R, whose order is control, treated, and their buffers."""
    found = weighted_displacement_difference(**PAPER, area_weights=(1.2, 0.9, 1.5, 1.6))
    assert (found.estimate, found.se) == pytest.approx((-99.69444444, 35.4280755))
    assert (found.lower, found.upper) == pytest.approx((-169.1321965, -30.25669241), abs=1e-4)


def test_time_weights_give_what_wheelers_article_gives():
    found = weighted_displacement_difference((80, 20), (100, 50), time_weights=(2, 1))
    assert (found.estimate, found.se) == pytest.approx((-20, math.sqrt(115)))


@pytest.mark.parametrize("bad", [{"treated": (-1, 2)}, {"time_weights": (0, 1)},
                                 {"area_weights": (1, 1, 0, 1)}])  # fmt: skip
def test_impossible_counts_and_weights_are_refused(bad):
    with pytest.raises(AnalysisError):
        weighted_displacement_difference(**{**PAPER, **bad})


@pytest.mark.slow
@pytest.mark.parametrize("level", [12, 60, 300])
def test_the_interval_covers_as_often_as_it_says(level):
    """Poisson counts, a common rise of a tenth, and a drop of 30 per cent in the place itself."""
    rng = np.random.default_rng(7)
    means = level * np.array([1, 0.77, 1, 1.1, 1, 1.1, 1, 1.1])
    drawn = rng.poisson(means, size=(4000, 8))
    truth = level * (0.77 - 1.1)
    covered = 0
    for row in drawn:
        pairs = [(int(row[at]), int(row[at + 1])) for at in (0, 2, 4, 6)]
        found = weighted_displacement_difference(*pairs)
        covered += found.lower <= truth <= found.upper
    assert 0.938 < covered / len(drawn) < 0.962


@pytest.mark.slow
def test_a_control_scaled_to_its_level_rarely_cries_wolf():
    """As the page does it: the control's weight is its level before over the place's own."""
    rng = np.random.default_rng(8)
    before = rng.poisson((80, 200), size=(4000, 2))
    after = rng.poisson((88, 220), size=(4000, 2))
    cried = 0
    for (treated, control), (then, also) in zip(before, after, strict=True):
        weights = (1, control / treated, 1, 1)
        found = weighted_displacement_difference(
            (treated, then), (control, also), area_weights=weights
        )
        cried += abs(found.z) > 1.96
    assert cried / len(before) < 0.07


@pytest.mark.parametrize(
    ("treated", "buffer", "control", "expected"),
    [
        ((100, 50), (100, 90), (200, 200), 0.2),  # a fifth of the gain again
        ((100, 50), (100, 125), (200, 200), -0.5),  # half of it moved
        ((100, 110), (100, 90), (200, 200), NoQuotient.NO_SUCCESS),
        ((100, 50), (100, 90), (0, 200), NoQuotient.NO_CONTROL),
        ((100, 50), (100, 90), (200, 0), NoQuotient.NO_CONTROL),
    ],
)
def test_the_quotient_is_a_number_only_where_there_is_something_to_share(
    treated, buffer, control, expected
):
    found = weighted_displacement_quotient(treated, buffer, control)
    assert found == (expected if isinstance(expected, NoQuotient) else pytest.approx(expected))


@pytest.mark.parametrize("counts", [(50, 0), (100, 100), (400, 900), (30, 10, 5)])
def test_the_detectable_drop_is_where_the_interval_just_reaches_zero(counts):
    drop = minimum_detectable_change(counts) / 100
    treated, control = counts[0], sum(counts[1:])
    found = weighted_displacement_difference((treated, treated * (1 - drop)), (control, control))
    assert found.upper == pytest.approx(0, abs=1e-9)


def test_what_cannot_be_detected_is_more_than_all_of_it():
    assert minimum_detectable_change((4, 4)) > 100
    assert minimum_detectable_change((0, 10)) == math.inf
    assert minimum_detectable_change(100) == minimum_detectable_change((100,))
    with pytest.raises(AnalysisError):
        minimum_detectable_change((-1, 2))


def effect(z: float) -> Effect:
    return Effect(10 * z, 10, z, 10 * z - 19.6, 10 * z + 19.6)


@pytest.mark.parametrize(
    ("z", "fewest", "detectable", "follows", "expected"),
    [
        (-2.0, 50, 30, True, EffectVerdict.CLEAR_DECREASE),
        (-1.5, 50, 30, True, EffectVerdict.SIGNS_OF_DECREASE),
        (-1.2, 50, 30, True, EffectVerdict.NO_CHANGE),
        (1.2, 50, 50, True, EffectVerdict.NO_CHANGE),
        (1.5, 50, 30, True, EffectVerdict.SIGNS_OF_INCREASE),
        (2.0, 50, 30, True, EffectVerdict.CLEAR_INCREASE),
        (0.3, 50, 51, True, EffectVerdict.NOT_ASSESSABLE),
        (-3.0, 9, 30, True, EffectVerdict.NOT_ASSESSABLE),
        (-3.0, 50, 30, False, EffectVerdict.NOT_ASSESSABLE),
        (math.nan, 50, 30, True, EffectVerdict.NOT_ASSESSABLE),
    ],
)
def test_every_verdict_has_its_place(z, fewest, detectable, follows, expected):
    assert verdict(effect(z), fewest, detectable, follows) is expected


def test_no_verdict_calls_anything_a_success():
    assert not any("lyck" in word for word in EffectVerdict)


@pytest.mark.parametrize(
    ("z", "fewest", "expected"),
    [
        (2.5, 30, Spread.DISPLACEMENT),
        (-2.5, 30, Spread.DIFFUSION),
        (1.0, 30, Spread.NONE_SHOWN),
        (2.5, 9, Spread.NOT_ASSESSABLE),
    ],
)
def test_what_happened_round_the_place_has_its_word(z, fewest, expected):
    assert spread(effect(z), fewest) is expected


def test_longer_helps_until_it_does_not():
    needed = months_needed(10, 10, 30)
    assert needed == 24
    assert minimum_detectable_change((240, 240)) <= 30 < minimum_detectable_change((120, 120))
    assert months_needed(0.2, 0.2, 30) is None


def test_the_likest_district_is_chosen_by_level_and_change_before():
    earlier = pd.Series({"twin": 40, "large": 400, "rising": 20, "none": 0})
    later = pd.Series({"twin": 42, "large": 420, "rising": 60, "none": 0})
    found = controls.rank_controls(earlier, later, (40, 42))
    assert list(found.index) == ["twin", "rising", "large"]
    assert found.loc["twin", "distance"] == 0
    assert found.loc["large", "change"] == pytest.approx(5)
