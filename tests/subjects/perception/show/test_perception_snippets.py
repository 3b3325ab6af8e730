"""Names and notes of both measures stay text."""

import pytest

from tests.draw.test_templates import Seen, text_stays_text
from tests.words.test_safe import HOSTILE
from trygghetskarta.draw import palette
from trygghetskarta.subjects.perception.show.perception_snippets import lanes, quadrant_cards
from trygghetskarta.terms.perception import Perspective, Quadrant
from trygghetskarta.words import perception_words


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_stays_text(said):
    text_stays_text(lambda told: quadrant_cards({one: [told] for one in Quadrant}), said)
    text_stays_text(lambda told: lanes([(one, told, told) for one in Perspective], [told]), said)


def test_a_quadrant_has_the_colour_of_its_corner_its_number_and_its_districts():
    groups = {one: [] for one in Quadrant} | {Quadrant.LOW_HIGH: ["Sylte", "Lextorp"]}
    cards = quadrant_cards(groups)
    assert f"background:{palette.RISK_AND_FEELING[2][0]}" in cards
    assert "Sylte, Lextorp" in cards and "n = 2" in cards
    others = len(Quadrant) - 1
    assert Seen(cards).said.count(perception_words.QUADRANT_NONE) == others
    # One that cannot be placed has no colour of the legend.
    assert cards.count("style=") == len(Quadrant) - cards.count("tk-cross")
