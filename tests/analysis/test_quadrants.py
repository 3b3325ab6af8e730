"""Risk against feeling unsafe: an interval that holds its limit is never forced into a class."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.analysis import quadrants
from trygghetskarta.errors import AnalysisError
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.terms.perception import Perspective, Quadrant

ENDS = st.tuples(st.floats(0, 100), st.floats(0, 100)).map(sorted)


def series(*values):
    return pd.Series(values, dtype=float)


def test_an_interval_that_touches_the_limit_is_unsure():
    found = quadrants.side_of_limit(series(1, 1, 2.1, np.nan), series(1.9, 2, 3, 3), 2.0)
    assert found.tolist() == ["below", "unsure", "above", None]
    assert quadrants.side_of_limit(series(1), series(2), np.nan).tolist() == [None]


@pytest.mark.parametrize(
    ("risk", "unsafe", "expected"),
    [
        ("above", "above", Quadrant.HIGH_HIGH),
        ("below", "above", Quadrant.LOW_HIGH),
        ("above", "below", Quadrant.HIGH_LOW),
        ("below", "below", Quadrant.LOW_LOW),
        ("unsure", "above", Quadrant.UNSURE),
        ("below", "unsure", Quadrant.UNSURE),
        (None, "above", None),
        ("unsure", None, None),
    ],
)
def test_the_four_quadrants_and_what_is_none_of_them(risk, unsafe, expected):
    assert quadrants.quadrant(pd.Series([risk]), pd.Series([unsafe])).tolist() == [expected]


@given(ENDS, ENDS, st.floats(1, 99), st.floats(1, 99))
def test_no_interval_that_holds_a_limit_is_given_a_quadrant(risk, unsafe, one, other):
    sides = [
        quadrants.side_of_limit(series(low), series(high), limit)
        for (low, high), limit in ((risk, one), (unsafe, other))
    ]
    holds = risk[0] <= one <= risk[1] or unsafe[0] <= other <= unsafe[1]
    assert (quadrants.quadrant(*sides).iloc[0] is Quadrant.UNSURE) == holds


def test_classes_of_the_map_by_head():
    shown, hidden, missing = CellStatus.SHOWN, CellStatus.HIDDEN, CellStatus.MISSING
    rows = [
        (50.0, 0.10, Quadrant.LOW_LOW, shown, shown, 0),
        (130.0, 0.10, Quadrant.HIGH_LOW, shown, shown, 2),
        (100.0, 0.30, Quadrant.HIGH_HIGH, shown, shown, 4),
        (50.0, 0.50, Quadrant.LOW_HIGH, shown, shown, 6),
        (130.0, 0.50, Quadrant.HIGH_HIGH, shown, shown, 8),
        (130.0, 0.50, Quadrant.UNSURE, shown, shown, map_classes.UNDECIDED),
        (np.nan, 0.50, None, hidden, shown, map_classes.HIDDEN),
        (130.0, np.nan, None, shown, hidden, map_classes.HIDDEN),
        (130.0, np.nan, None, shown, missing, map_classes.MISSING),
        (130.0, 0.50, None, shown, shown, map_classes.MISSING),
    ]
    names = ["rate", "share", "quadrant", "status", "status_answers", "expected"]
    table = pd.DataFrame(rows, columns=names)
    found = quadrants.map_class(table, (80.0, 120.0), (0.24, 0.36))
    assert found.tolist() == table["expected"].tolist()


def test_a_limit_of_zero_has_nothing_round_it():
    with pytest.raises(AnalysisError):
        quadrants.breaks_round(0.0, 0.2)


def test_what_only_one_picture_shows():
    sides = pd.DataFrame(
        {
            Perspective.POLICE: ["above", "above", "above", "unsure"],
            Perspective.CITY: ["below", "above", "unsure", "below"],
            Perspective.CITIZENS: ["unsure", "below", "unsure", "above"],
        }
    )
    assert quadrants.seen_by(sides).tolist() == [
        Perspective.POLICE,
        None,
        None,
        Perspective.CITIZENS,
    ]


def test_silence_is_fewer_voices_than_chance_gives():
    quiet = quadrants.is_quiet(series(0, 30, 10, np.nan), series(1000, 1000, 20, 1000))
    assert quiet.tolist() == [True, False, False, False]
