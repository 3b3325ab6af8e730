"""The exact side of a border: against fractions."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.analysis import area_borders

COORDINATE = st.floats(-1e8, 1e8) | st.integers(-3, 3).map(float) | st.floats(-1e-300, 1e-300)


@given(st.lists(COORDINATE, min_size=6, max_size=6))
def test_the_exact_side_is_that_of_fractions(values):
    x, y, x1, y1, x2, y2 = (Fraction(value) for value in values)
    determinant = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
    side = area_borders._exact_side(*(np.array([value]) for value in values))
    assert side[0] == (determinant > 0) - (determinant < 0)
