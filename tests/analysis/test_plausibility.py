"""Limits of what a month may hold, jumps, and shares that have risen."""

import numpy as np
import pytest
from scipy import stats

from trygghetskarta.analysis.plausibility import jumps, share_rose, usual


def test_limits_keep_their_chance_and_are_no_narrower_than_half_and_twice():
    earlier = np.array([40.0, 44, 38, 41, 39, 42, 40, 43])
    found = usual(earlier, 1)
    assert found.mean == earlier.mean() and found.low <= 20.4375 and found.high >= 81.75
    spread = 9.0  # dispersed far beyond Poisson: the limits are those of the negative binomial
    law = stats.nbinom(20 / (spread - 1), 1 / spread)
    earlier = law.rvs(48, random_state=np.random.default_rng(7)).astype(float)
    wide = usual(earlier, 12)
    new = law.rvs(20_000, random_state=np.random.default_rng(8))
    assert ((new > wide.high) | (new < wide.low)).mean() < 0.001
    assert usual(earlier, 12).high >= usual(earlier, 1).high


@pytest.mark.parametrize("earlier", [[40.0] * 5, [4.0] * 24, []])
def test_of_too_little_nothing_is_said(earlier):
    assert usual(np.array(earlier), 1) is None


def test_a_tenfold_month_is_found_wherever_it_stands_and_a_tenth_inside():
    base = np.full(12, 30.0)
    for place in (0, 5, 11):
        held = base.copy()
        held[place] = 300
        assert jumps(held) == ((place, 30.0),)
        held[place] = 299
        assert jumps(held) == ()
        held[place] = 3
        assert jumps(held) == (((place, 30.0),) if place == 5 else ())
    assert jumps(np.full(6, 30.0) * [1, 1, 10, 1, 1, 1]) == ()


def test_a_share_has_risen_when_it_is_a_tenth_higher_and_no_chance():
    assert share_rose((45, 100), (50, 1000))
    assert not share_rose((14, 100), (50, 1000))
    assert not share_rose((8, 49), (0, 1000)) and not share_rose((50, 100), (2, 49))
    assert not share_rose((9, 50), (4, 60))
