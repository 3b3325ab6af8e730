"""The figures of one area: its series and its types beside its row."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.show_rules import rule_for
from trygghetskarta.gate.loaded_world import World, monthly_counts
from trygghetskarta.gate.view import FINENESS, View, select
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.offences import OTHER_OFFENCES


@dataclass(frozen=True, eq=False)
class AreaProfile:
    """The figures of one area.

    Attributes
    ----------
    code, name
        The area.
    figures
        Its row of the gated table.
    share
        Its part of the municipality's offences, missing when hidden.
    series
        Offences per month, columns ``count`` and ``previous`` side by side by position, index the
        month of the period; None when the theme may not be shown by time.
    types
        Offences per type, most first; None when it may not be shown.
    label
        Name and class on the police list, empty when not on it (internal only).
    """

    code: str
    name: str
    figures: pd.Series
    share: float
    series: pd.DataFrame | None
    types: pd.Series | None
    label: str


def profile(world: World, answer: View, code: str) -> AreaProfile | None:
    """Give the figures of one area; None when it is not shown.

    Series and types are given only where the theme's rule hides nothing, because a month or a type
    is always smaller than the whole.
    """
    if answer.gated is None or answer.facts is None or code not in answer.areas.index:
        return None
    if answer.chosen and code not in answer.chosen:
        return None
    figures = answer.gated.table.loc[code]
    level = answer.choice.level
    open_rule = answer.rule.threshold <= 1 and answer.rule.by_time
    mask = select(world, answer).offences & (
        world.cube.area_row[level] == world.cube.area_codes[level].index(code)
    )
    district = world.district_of[level].get(code)
    total = answer.facts.offences
    return AreaProfile(
        code=code,
        name=str(answer.areas.at[code, "name"]),
        figures=figures,
        share=figures["count"] / total if total else np.nan,
        series=monthly_series(world, answer, mask) if open_rule else None,
        types=type_counts(world, answer, mask, level) if open_rule else None,
        label=answer.labels.get(district, ""),
    )


def monthly_series(world: World, answer: View, mask: np.ndarray) -> pd.DataFrame:
    """Marked offences per month of the period, ``count``, and of the one compared with."""
    basis = answer.choice.basis
    count, previous = (
        monthly_counts(world, mask, one, basis) for one in (answer.span, answer.compared)
    )
    aligned = pd.Series(np.nan, index=count.index, name="previous")
    shared = min(len(count), len(previous))
    if not answer.uncovered:
        aligned.iloc[:shared] = previous.to_numpy()[:shared]
    return pd.DataFrame({"count": count, "previous": aligned})


def type_counts(world: World, answer: View, mask: np.ndarray, level: AreaLevel) -> pd.Series:
    """Marked offences of the period per offence type, most first.

    A type that could not be chosen by name at the level, or is fewer than may be told, is counted
    among the other offences.
    """
    inside, _ = indicators.in_period(
        world.cube, answer.span.start, answer.span.end, answer.choice.basis
    )
    counts = indicators.top_types(world.cube, mask & inside)
    themes = world.plan(answer.choice.plan_year).themes

    def told(name: str) -> bool:
        rule = rule_for(themes, answer.theme, (name,), Audience.INTERNAL)
        if rule.finest is None or FINENESS[level] > FINENESS[rule.finest]:
            return False
        return bool(counts[name] >= rule.threshold)

    names = [name if told(name) else OTHER_OFFENCES for name in counts.index]
    told_counts = counts.groupby(pd.Index(names, name=counts.index.name), sort=False).sum()
    return told_counts.sort_values(ascending=False, kind="stable")
