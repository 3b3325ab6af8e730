"""What the page Jämför asks: two periods and their change, from one cached answer."""

from dataclasses import dataclass

from trygghetskarta.analysis.measures import OF_ONE_PERIOD
from trygghetskarta.desk import data, file_data
from trygghetskarta.desk.data import ViewAnswer
from trygghetskarta.draw.deck import page_decks
from trygghetskarta.draw.shown import compose
from trygghetskarta.gate.choice import AnswerKind, Choice
from trygghetskarta.gate.view import View
from trygghetskarta.subjects.compare import ask as pairs
from trygghetskarta.subjects.compare.show import Funnel, funnel_of
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words import compare_words, map_words

MEASURES = OF_ONE_PERIOD
"""What the two sides can be coloured by."""


@dataclass(frozen=True, eq=False)
class Compared:
    """The answer to a choice for two periods.

    Attributes
    ----------
    earlier, later
        The two sides, with the same limits and the same legend.
    change
        The later period, coloured by the change; not shown where that cannot be told.
    notices
        What must be said before the two are read against each other.
    funnel
        The areas of the later period against the municipality, or why that is not drawn.
    problem
        Swedish sentence when nothing can be compared, else empty.
    """

    earlier: ViewAnswer
    later: ViewAnswer
    change: ViewAnswer
    notices: tuple[str, ...]
    funnel: Funnel | str
    problem: str

    @property
    def told(self) -> ViewAnswer:
        """What is written out under the maps: with the change where there is one."""
        return self.later if self.change.shown is None else self.change


@data.kept(32, reads=AnswerKind.AREAS)
def answer(choice: Choice) -> Compared:
    """The internal answer to a choice, for its period and the one compared with."""
    pair = pairs.pair(data.world(), choice)
    earlier, later = _side(pair.earlier, pair.later), _side(pair.later, pair.earlier)
    funnel = "" if later.shown is None else funnel_of(later.shown)
    notices = _notices(pair)
    return Compared(earlier, later, _side(pair.change), notices, funnel, _problem(pair, notices))


def deck_file(found: Compared, choice: Choice, kind: str) -> bytes:
    """What is shown, as a file made of a presentation."""
    stamp = file_data.stamp(MapPage.COMPARE, choice.deciding(AnswerKind.AREAS))
    sides = found.earlier.shown, found.later.shown
    return file_data.deck_file(page_decks.compare_deck(*sides, found.change.shown, stamp), kind)


def _problem(pair: pairs.Pair, notices: tuple[str, ...]) -> str:
    if pair.later.gated is None:
        return map_words.not_mapped(pair.later.theme)
    return notices[0] if pair.outside else ""


def _side(view: View, beside: View | None = None) -> ViewAnswer:
    if view.gated is None:
        return ViewAnswer(view, None)
    other = None if beside is None else beside.gated
    return ViewAnswer(view, compose(view.gated, view.areas, view.facts, view.chosen, other))


def _notices(pair: pairs.Pair) -> tuple[str, ...]:
    said = [compare_words.period_uncovered(period) for period in pair.uncovered]
    if pair.unequal:
        said.append(compare_words.periods_unequal(pair.earlier.span.days, pair.later.span.days))
    if pair.overlapping:
        said.append(compare_words.PERIODS_OVERLAP)
    return tuple(said)
