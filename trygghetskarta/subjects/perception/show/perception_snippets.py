"""Pieces of HTML for the page of both measures: the square legend, quadrants, pictures."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from trygghetskarta.draw import palette
from trygghetskarta.draw.templates import template
from trygghetskarta.subjects.perception.show.perception_shown import PerceptionShown
from trygghetskarta.terms.perception import Perspective, Quadrant
from trygghetskarta.words import perception_words

_COLOURS = {
    Quadrant.HIGH_HIGH: palette.RISK_AND_FEELING[2][2],
    Quadrant.LOW_HIGH: palette.RISK_AND_FEELING[2][0],
    Quadrant.HIGH_LOW: palette.RISK_AND_FEELING[0][2],
    Quadrant.LOW_LOW: palette.RISK_AND_FEELING[0][0],
}
"""The colour that stands for each quadrant; one that cannot be placed has none."""

_HTML: Any = template(
    __package__,
    "perception_snippets.html.jinja",
    words=perception_words,
    class_range=perception_words.class_range,
    quadrants=Quadrant,
    colours=_COLOURS,
).module

# Each is a macro there, which says what it is for.
square_legend: Callable[[PerceptionShown], Markup] = _HTML.square_legend
quadrant_cards: Callable[[Mapping[Quadrant, Sequence[str]]], Markup] = _HTML.quadrant_cards
lanes: Callable[[Sequence[tuple[Perspective, str, str]], Sequence[str]], Markup] = _HTML.lanes
