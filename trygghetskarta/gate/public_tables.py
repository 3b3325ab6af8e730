"""Public tables in two directions: every district by calendar years, and by offence types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.show_rules import rule_for
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.public_choice import PublicChoice, public_choice, public_years
from trygghetskarta.gate.public_words import public_sources
from trygghetskarta.gate.publishable_table import PublishableTable, publish_table
from trygghetskarta.gate.published_lines import (
    PLACED,
    UNPLACED,
    WHOLE,
    Line,
    Publication,
    offences_of,
)
from trygghetskarta.gate.view import View
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, Purpose
from trygghetskarta.terms.offences import OFFENCE_TYPES, OTHER_OFFENCES


@dataclass(frozen=True, eq=False)
class PublicTable:
    """A table in two directions for the public.

    Attributes
    ----------
    gated
        The counts.
    names
        Names of the areas by code.
    facts
        What the figures rest on, for the caption.
    merged
        Offence types that may not be told by themselves and are counted in the last column; empty
        for a table of years.
    lines
        What it tells, for the register.
    """

    gated: PublishableTable
    names: pd.Series
    facts: Facts
    merged: tuple[str, ...]
    lines: tuple[Line, ...]

    def publication(self, title: str, purpose: Purpose) -> Publication:
        """What the table tells, ready to be checked and registered."""
        return Publication(title, purpose, self.facts.boundary_version, self.lines)


def by_years(
    world: World, asked: Choice, years: Sequence[int] = (), *, sums: bool = False
) -> PublicTable:
    """Count a public choice per area and calendar year.

    Parameters
    ----------
    world
        What was loaded.
    asked
        What the user has chosen; its periods are passed over.
    years
        First and last year are the least and greatest of these; every year that the data cover
        when empty.
    sums
        Whether each area's sum over the years is published too. Then more has to be hidden, and
        the table may contradict maps of single years that have been published.

    Raises
    ------
    DisclosureError
        ``NO_WHOLE_PERIOD`` when no year is covered, ``NOT_MAPPED``.
    """
    covered = public_years(world)
    kept = [year for year in covered if not years or min(years) <= year <= max(years)]
    if not kept:
        first, last = world.days(asked.basis)
        raise DisclosureError(DisclosureCause.NO_WHOLE_PERIOD, first=first, last=last)
    allowed = public_choice(world, _over(asked, kept[0], kept[-1]))
    answer = _frame(world, allowed)
    parts = {year: views.select(world, _within(answer, year)).counted for year in kept}
    counts = _counts(world, parts, allowed.choice.level)
    gated = _gate(counts, allowed, sums)
    offences = offences_of(answer.theme, answer.choice.types)
    lines = [
        Line(offences, date(year, 1, 1), date(year, 12, 31), *_how(gated), _column(gated, year))
        for year in kept
    ]
    return _table(world, answer, allowed, gated, lines, ())


def by_types(world: World, asked: Choice) -> PublicTable:
    """Count a public choice per area and offence type, with every sum.

    A type that a theme's rule hides further, or keeps from the districts, is counted with the
    other offences.

    Raises
    ------
    AnalysisError, DisclosureError
        As :func:`public_choice`; ``NOT_MAPPED``.
    """
    allowed = public_choice(world, replace(asked, types=()))
    answer = _frame(world, allowed)
    themes = world.plan(answer.choice.plan_year).themes
    counted = views.select(world, answer).counted
    present = [
        name
        for name in OFFENCE_TYPES
        if (counted & indicators.of_offences(world.cube, (name,))).any()
    ]
    plain = [
        name
        for name in present
        if rule_for(themes, answer.theme, (name,), Audience.PUBLIC) == allowed.rule
        and name != OTHER_OFFENCES
    ]
    groups: dict[str, tuple[str, ...]] = {name: (name,) for name in plain}
    # Every other type, there or not: what is not there today must mean the same tomorrow.
    if rest := tuple(name for name in OFFENCE_TYPES if name not in plain):
        groups[OTHER_OFFENCES] = rest
    parts = {
        name: counted & indicators.of_offences(world.cube, types) for name, types in groups.items()
    }
    gated = _gate(_counts(world, parts, allowed.choice.level), allowed, True)
    lines = [
        Line(
            offences_of(answer.theme, types),
            answer.span.start,
            answer.span.end,
            *_how(gated),
            _column(gated, name),
        )
        for name, types in groups.items()
    ]
    merged = tuple(name for name in present if name not in plain and name != OTHER_OFFENCES)
    return _table(world, answer, allowed, gated, lines, merged)


def _over(asked: Choice, first: int, last: int) -> Choice:
    return replace(asked, period=PeriodKind.OWN, start=date(first, 1, 1), end=date(last, 12, 31))


def _within(answer: View, year: int) -> View:
    span = replace(answer.span, start=date(year, 1, 1), end=date(year, 12, 31))
    return replace(answer, span=span)


def _frame(world: World, allowed: PublicChoice) -> View:
    if allowed.rule.finest is None:
        raise DisclosureError(DisclosureCause.NOT_MAPPED)
    return views.frame(world, allowed.choice, Audience.PUBLIC)


def _counts(world: World, parts: Mapping[Any, NDArray[np.bool_]], level: AreaLevel) -> pd.DataFrame:
    return pd.DataFrame(
        {name: indicators.count_by_area(world.cube, mask, level) for name, mask in parts.items()}
    )


def _gate(counts: pd.DataFrame, allowed: PublicChoice, sums: bool) -> PublishableTable:
    return publish_table(
        counts,
        level=allowed.choice.level,
        audience=Audience.PUBLIC,
        rule=allowed.rule,
        row_totals=sums,
        grand_total=sums,
    )


def _how(gated: PublishableTable) -> tuple[AreaLevel, int]:
    return gated.level, gated.rule.threshold


def _column(gated: PublishableTable, name: object) -> MappingProxyType[str, Any]:
    total = None if gated.column_totals is None else gated.column_totals[name]
    return _cells(gated, gated.counts[name], total)


def _cells(
    gated: PublishableTable, counts: pd.Series, total: float | None
) -> MappingProxyType[str, Any]:
    if gated.level is AreaLevel.MUNICIPALITY:
        counts = counts.set_axis([WHOLE])
    elif total is not None:
        counts = pd.concat([counts, pd.Series({PLACED: total})])
    told = {str(code): None if np.isnan(value) else int(value) for code, value in counts.items()}
    return MappingProxyType(told)


def _table(
    world: World,
    answer: View,
    allowed: PublicChoice,
    gated: PublishableTable,
    lines: list[Line],
    merged: tuple[str, ...],
) -> PublicTable:
    """Add the sums and the caption's figures, which are a line of their own."""
    beside, facts = _beside(world, answer, allowed, gated)
    sums = gated.row_totals
    cells = {} if sums is None else dict(_cells(gated, sums, gated.grand_total))
    offences = offences_of(answer.theme, answer.choice.types)
    whole = Line(
        offences,
        answer.span.start,
        answer.span.end,
        *_how(gated),
        MappingProxyType(cells | beside),
    )
    names = answer.areas["name"]
    kept = (*lines, whole) if whole.cells else tuple(lines)
    return PublicTable(gated, names, facts, merged, kept)


def _beside(
    world: World, answer: View, allowed: PublicChoice, gated: PublishableTable
) -> tuple[dict[str, int | None], Facts]:
    """What the caption tells of all the offences, as cells and as facts."""
    totals = gated.column_totals if gated.column_totals is not None else gated.counts.iloc[0]
    unplaced = world.cube.area_row[gated.level] < 0
    is_told = not totals.isna().any()
    facts = views.facts(world, answer, views.select(world, answer), unplaced if is_told else None)
    facts = replace(
        facts,
        previous_start=None,
        previous_end=None,
        sources=public_sources(facts.sources),
        has_listed_area=False,
        audience=Audience.PUBLIC,
        caveats=allowed.theme.caveats if allowed.theme else (),
    )
    if not is_told or gated.level is AreaLevel.MUNICIPALITY:
        return {}, facts
    if facts.without_place is None:
        return {UNPLACED: None}, replace(facts, offences=int(totals.sum()))
    return {UNPLACED: facts.without_place, WHOLE: facts.offences}, facts
