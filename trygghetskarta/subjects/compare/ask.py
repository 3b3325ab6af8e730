"""Two periods side by side: each counted and gated by itself, and the change between them."""

from dataclasses import dataclass, replace

import numpy as np

from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.disclosure import as_publishable
from trygghetskarta.analysis.facts import Uncovered
from trygghetskarta.analysis.measures import Measure, indicator_table
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.periods import Span
from trygghetskarta.gate.view import View
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.maps import MapPage


@dataclass(frozen=True, eq=False)
class Pair:
    """One answer to a choice, for two periods.

    Attributes
    ----------
    earlier, later
        The period compared with, which is compared with nothing itself and has no labels, and the
        chosen one: the same areas and the same offences, coloured by the same measure.
    change
        The later period's figures, coloured by the change between the two. Without figures where
        ``uncovered`` is not empty: a difference would be nothing but missing data.
    data
        First and last day of the data.
    """

    earlier: View
    later: View
    change: View
    data: Span

    @property
    def uncovered(self) -> tuple[Uncovered, ...]:
        """Those of the two periods that the data do not cover."""
        return self.later.uncovered

    @property
    def unequal(self) -> bool:
        """Whether the periods differ in length by more than a leap day does in a year."""
        days = self.earlier.span.days, self.later.span.days
        return max(days) - min(days) > _LEAP_SHARE * max(days)

    @property
    def outside(self) -> bool:
        """Whether there is no data at all for one of the periods: its zeros would be nothing."""
        spans = self.earlier.span, self.later.span
        return any(s.end < self.data.start or self.data.end < s.start for s in spans)

    @property
    def overlapping(self) -> bool:
        """Whether the periods share days, so that the same offences are counted twice."""
        earlier, later = self.earlier.span, self.later.span
        return earlier.start <= later.end and later.start <= earlier.end


_LEAP_SHARE = 0.01


def pair(world: World, asked: Choice, audience: Audience = Audience.INTERNAL) -> Pair:
    """Answer a choice for the chosen period and the one compared with.

    Parameters
    ----------
    world, asked, audience
        As in :func:`trygghetskarta.gate.view.view`. A chosen change colours the map of changes
        alone; the two sides are then coloured by counts.

    Raises
    ------
    AnalysisError
        If there is nothing to count.
    DisclosureError
        If a table would reveal more than the audience may see.
    """
    measure = Measure.COUNT if asked.measure.declared.compares else asked.measure
    change = views.view(world, replace(asked, measure=Measure.CHANGE), audience, (measure,))
    later = _coloured(change, measure)
    earlier = replace(later, span=later.compared, gated=None, facts=None, labels={})
    data = Span(*world.days(change.choice.basis))
    if later.gated is not None:
        earlier = _alone(world, earlier, audience)
        if change.uncovered:
            change = replace(change, gated=None, facts=None)
    sides = (_of_page(side) for side in (earlier, later, change))
    return Pair(*sides, data)


def _of_page(answer: View) -> View:
    """A view whose files lead to the page of comparisons."""
    if answer.facts is None:
        return answer
    return replace(answer, facts=replace(answer.facts, page=MapPage.COMPARE))


def _coloured(answer: View, measure: Measure) -> View:
    facts = None if answer.facts is None else replace(answer.facts, measure=measure)
    return replace(answer, choice=replace(answer.choice, measure=measure), facts=facts)


def _alone(world: World, answer: View, audience: Audience) -> View:
    """Figures of a view whose period is compared with nothing."""
    level = answer.choice.level
    chosen = views.select(world, answer)
    people, year = world.population[level]
    count = indicators.count_by_area(world.cube, chosen.counted, level)
    wanted = (answer.choice.measure,)
    table = indicator_table(
        count, None, people, answer.span.days, areas=answer.areas, chosen=wanted
    )
    gated = as_publishable(table, level=level, audience=audience, rule=answer.rule)
    # Without a sum to tell, what lacks a place may not be told either; see view.
    whole = not np.isnan(gated.totals["count"])
    unplaced = world.cube.area_row[level] < 0 if whole else None
    facts = views.facts(world, answer, chosen, unplaced, year)
    return replace(
        answer, gated=gated, facts=replace(facts, previous_start=None, previous_end=None)
    )
