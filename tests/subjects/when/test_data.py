"""Tables side by side share their darkest colour, whatever one of them lacks."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from trygghetskarta.subjects.when.data import TimeAnswer, highest


def answer(hours: float | None, days: list[float] | None) -> TimeAnswer:
    table = None if hours is None else pd.DataFrame([[0.0, hours], [0.5, 0.0]])
    daily = None if days is None else pd.Series(days)
    return TimeAnswer(SimpleNamespace(hours=table, daily=daily), "", ())


NO_DATA = [np.nan, np.nan]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], (None, None)),
        ([answer(4.0, [1.0, 3.0])], (4.0, 3.0)),
        ([answer(4.0, [1.0, np.nan]), answer(9.0, [2.0, 0.0])], (9.0, 2.0)),
        ([answer(None, None), answer(9.0, [2.0, 0.0])], (9.0, 2.0)),
        # A year before all data has no days, first or last.
        ([answer(None, NO_DATA), answer(9.0, [2.0, 0.0])], (9.0, 2.0)),
        ([answer(9.0, [2.0, 0.0]), answer(None, NO_DATA)], (9.0, 2.0)),
        ([answer(None, NO_DATA)], (None, None)),
    ],
)
def test_the_darkest_colour_is_that_of_the_highest_value(answers, expected):
    assert highest(answers) == expected
