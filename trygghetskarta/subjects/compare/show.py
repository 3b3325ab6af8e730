"""A funnel plot of areas against the municipality: what is drawn, or why nothing can be."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from trygghetskarta import formats
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.rates import (
    SMALLEST_POPULATION,
    funnel_class,
    funnel_limits,
    funnel_variation,
)
from trygghetskarta.draw.chart import funnel_chart
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.draw.shown import Shown
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.terms.verdicts import WITHIN
from trygghetskarta.words import compare_words, time_words

SMALLEST_TOTAL = 30
"""Fewer offences than this in the municipality say nothing of how its areas differ."""

_LINE_POINTS = 160


@dataclass(frozen=True, eq=False)
class Funnel:
    """A funnel plot, ready to be drawn.

    Attributes
    ----------
    table
        The areas drawn, index area_code: ``name``, ``count``, ``population``, ``rate`` (not
        smoothed, per 1 000 inhabitants) and ``funnel`` (``analysis.rates.funnel_class``).
    limits
        As :func:`trygghetskarta.analysis.rates.funnel_limits` gives them.
    rate
        The municipality's, per 1 000 inhabitants.
    sentences
        What must stand beside it, the result first.
    """

    table: pd.DataFrame
    limits: pd.DataFrame
    rate: float
    sentences: tuple[str, ...]

    @cached_property
    def chart(self) -> Specification:
        """The areas between their limits, made when it is first asked for."""
        return funnel_chart.funnel(self.table, self.limits, self.rate)


def funnel_of(shown: Shown) -> Funnel | str:
    """Set the areas of a view against their municipality, or say why that cannot be done.

    Areas that the view leaves out take part in the municipality's rate and are not drawn. So do
    areas whose count is hidden: they are one area, of which no more is known than the rest of the
    total. A place outside the limits differs from the municipality; it does not say why.

    Parameters
    ----------
    shown
        A view of one period.

    Returns
    -------
    Funnel or str
        The plot, or one Swedish sentence.
    """
    whole = shown.publishable.part_of or shown.publishable
    total = whole.totals["count"]
    if np.isnan(total):
        return compare_words.FUNNEL_HIDDEN
    if total < SMALLEST_TOTAL:
        return compare_words.funnel_too_few(int(total), SMALLEST_TOTAL)
    counted = _counted(whole)
    placed = _placed(counted)
    usable = placed[placed["funnel"].notna()]
    drawn = usable[usable.index.isin(shown.names.index)]
    if drawn.empty:
        return compare_words.FUNNEL_NO_PEOPLE
    drawn = drawn.assign(name=shown.names.loc[drawn.index])
    rate = _rate(counted)
    variation = funnel_variation(counted["count"], counted["population"])
    # The lines are as long as without a filter, so that a chosen district has something round it.
    ends = usable["population"].min(), usable["population"].max()
    people = pd.Series(np.linspace(*ends, _LINE_POINTS))
    limits = funnel_limits(rate, people, variation=variation)
    return Funnel(drawn, limits, rate, _sentences(shown, drawn, rate, variation))


def _counted(whole: Publishable) -> pd.DataFrame:
    """Count and inhabitants of every area that is shown, and last the hidden ones as one."""
    table = whole.table[["count", "population", "status"]]
    hidden = table["status"] == CellStatus.HIDDEN
    rest = whole.totals["count"] - table["count"].sum()
    people = table.loc[hidden, "population"].sum(skipna=False) if hidden.any() else np.nan
    rows = table[["count", "population"]].astype(float)
    return pd.concat([rows, pd.DataFrame({"count": [rest], "population": [people]})])


def _rate(counted: pd.DataFrame) -> float:
    usable = counted[counted["count"].notna() & (counted["population"] >= SMALLEST_POPULATION)]
    people = usable["population"].sum()
    return float(1000 * usable["count"].sum() / people) if people else np.nan


def _placed(counted: pd.DataFrame) -> pd.DataFrame:
    """The areas with their own rate and their place in the funnel."""
    places = funnel_class(counted["count"], counted["population"])
    areas = counted.iloc[:-1]
    return areas.assign(
        rate=1000 * areas["count"] / areas["population"],
        funnel=places.iloc[:-1],
    )


def _sentences(shown: Shown, drawn: pd.DataFrame, rate: float, variation: float) -> tuple[str, ...]:
    outside = drawn[drawn["funnel"] != WITHIN]
    above = sorted(outside.loc[outside["rate"] > rate, "name"], key=formats.swedish_order)
    below = sorted(outside.loc[outside["rate"] <= rate, "name"], key=formats.swedish_order)
    sentences = [
        compare_words.funnel_sentence(shown.facts, rate, above, below),
        time_words.funnel_caption(variation),
    ]
    status = shown.publishable.table["status"]
    hidden = int((status == CellStatus.HIDDEN).sum())
    without = len(status) - hidden - len(drawn)
    if hidden:
        sentences.append(compare_words.funnel_hidden(hidden))
    if without:
        sentences.append(compare_words.funnel_without_people(without))
    return tuple(sentences)
