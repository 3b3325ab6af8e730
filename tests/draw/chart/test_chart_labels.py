"""Names beside points never cover each other, and the most important one is written."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from trygghetskarta.draw.chart import chart_labels
from trygghetskarta.draw.chart.chart_labels import LEFT, NOWHERE, RIGHT, place

SHARES = st.floats(0, 1)
POINTS = st.lists(st.tuples(SHARES, SHARES, st.text("abc", max_size=30)), min_size=1, max_size=12)


def test_a_lone_name_stands_to_the_right_and_at_the_edge_to_the_left():
    assert place([0.5], [0.5], ["Sylte"], [0]) == [RIGHT]
    assert place([1.0], [0.5], ["Sylte"], [0]) == [LEFT]


def test_of_two_that_would_meet_one_steps_aside_whichever_matters_most():
    names = ["Karlstorp", "Kronogården"]
    for order in ([0, 1], [1, 0]):
        assert place([0.50, 0.53], [0.5, 0.5], names, order) == [LEFT, RIGHT]


def test_where_only_one_fits_it_is_the_one_that_matters_most():
    for first in (0, 1):
        sides = place([0.0, 0.0], [0.5, 0.5], ["Sylte", "Lextorp"], [first, 1 - first])
        assert (sides[first], sides[1 - first]) == (RIGHT, NOWHERE)


@given(POINTS)
def test_no_written_names_meet(points):
    x, y, names = ([point[part] for point in points] for part in range(3))
    sides = place(x, y, names, range(len(points)))
    boxes = [
        chart_labels._box(
            x[at] * chart_labels.WIDTH, (1 - y[at]) * chart_labels.HEIGHT, len(names[at]), side
        )
        for at, side in enumerate(sides)
        if side
    ]
    assert not any(chart_labels._meet(one, other) for one, other in combinations(boxes, 2))
    assert all(side == NOWHERE for side, name in zip(sides, names, strict=True) if not name)
