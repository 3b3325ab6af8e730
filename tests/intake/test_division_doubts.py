"""Areas that a new division leaves out."""

from dataclasses import replace

import pandas as pd
import pytest

from tests import own_areas
from trygghetskarta.intake import intake, receiving
from trygghetskarta.intake.division_intake import Wish
from trygghetskarta.terms.areas import NewAreas
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words.doubt_words import doubt_sentence

pytestmark = pytest.mark.slow


def without(name: str):
    return lambda areas: areas[areas["name"] != name]


def doubts(place, path, wish=None):
    waiting = receiving.receive_path(place, TableKind.DISTRICTS, path, None)
    if wish is not None:
        waiting = replace(waiting, wish=wish)
    return intake.check_waiting(place, waiting, "Kommunen").doubts


def test_a_district_that_is_left_out_is_asked_about(place, tmp_path):
    path = own_areas.write(place, tmp_path, without("Innovatum–Norra Skoftebyn"))
    (doubt,) = doubts(place, path)
    assert doubt.kind is DoubtKind.AREAS_LEFT_OUT
    assert doubt.facts == {"n": 1, "areas": ["Innovatum–Norra Skoftebyn"]}
    assert "Innovatum–Norra Skoftebyn" in doubt_sentence(doubt)
    # Who says that the areas replace those in force has been asked.
    assert doubts(place, path, Wish(how=NewAreas.REPLACE)) == ()


def test_areas_merged_or_as_they_are_leave_none_out(place, tmp_path):
    def merged(areas):
        gone = areas["name"].isin(["Sylte", "Lextorp"])
        one = areas[gone].dissolve().assign(area_code="S1", name="Sylte+Lextorp")
        return pd.concat([areas[~gone], one[areas.columns]], ignore_index=True)

    for change in (own_areas.as_they_are, merged):
        assert doubts(place, own_areas.write(place, tmp_path, change)) == ()
