"""Names keep off each other and inside the picture, whatever the areas look like."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg

from tests.properties import examples
from trygghetskarta.draw.map import map_labels
from trygghetskarta.draw.map.lettering import Ruler, font

RULER = Ruler(RendererAgg(16, 16, 100), 100)
LETTERS = font(7)
SIZE = (4.0, 3.0)


def place(names, shapes, taken=(), **options):
    return map_labels.place(names, shapes, SIZE, taken, RULER, LETTERS, **options)


corner = st.floats(-0.5, 4.0)
side = st.floats(0.01, 2.0)


@examples(25)
@given(st.lists(st.tuples(corner, corner, side, side, st.text(max_size=40)), max_size=8))
def test_labels_are_disjoint_and_inside(areas):
    shapes = {str(at): shapely.box(x, y, x + w, y + h) for at, (x, y, w, h, _) in enumerate(areas)}
    names = {str(at): area[-1] for at, area in enumerate(areas)}
    taken = shapely.box(1, 1, 1.5, 1.5)
    boxes = [label.box for label in place(names, shapes, [taken])] + [taken]
    panel = shapely.box(0, 0, *SIZE)
    assert all(panel.covers(box) for box in boxes)
    tree = shapely.STRtree(boxes)
    first, second = tree.query(boxes, predicate="intersects")
    assert (first == second).all()


def test_a_name_stands_in_the_middle_of_a_roomy_area():
    (label,) = place({"a": "Sylte"}, {"a": shapely.box(0, 0, 3, 3)})
    assert label.lines == ("Sylte",)
    assert label.leader is None
    assert label.middle == pytest.approx((1.5, 1.5), abs=0.05)


def test_a_name_that_must_stand_off_leads_to_its_area():
    shapes = {"a": shapely.box(1.9, 1.4, 2.2, 1.6)}
    taken = [shapely.box(1.6, 1.2, 2.4, 1.8)]
    (label,) = place({"a": "Kronogården"}, shapes, taken)
    assert shapes["a"].covers(shapely.Point(label.leader))
    assert not label.box.intersects(taken[0])
    assert place({"a": "Kronogården"}, shapes, taken, leaders=False) == []


def test_a_name_is_broken_at_its_dashes_and_not_in_a_word():
    (label,) = place({"a": "Karlstorp–Hjortmossen"}, {"a": shapely.box(1, 0, 1.75, 3)})
    assert label.lines == ("Karlstorp–", "Hjortmossen")


def test_what_is_outside_or_too_small_gets_no_name():
    shapes = {"a": shapely.box(5, 5, 6, 6), "b": shapely.box(1, 1, 1.1, 1.1)}
    assert place({"a": "Utanför", "b": "Liten"}, shapes) == []
