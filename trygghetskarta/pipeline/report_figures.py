"""The offences of a report: each theme counted and gated by itself, for its audience."""

from dataclasses import replace

import numpy as np
import pandas as pd

from trygghetskarta.analysis import indicators
from trygghetskarta.analysis.disclosure import Publishable, publish, rule_for
from trygghetskarta.analysis.report_facts import ReportPeriod, ThemeFigures
from trygghetskarta.errors import (
    AnalysisCause,
    AnalysisError,
    DisclosureCause,
    DisclosureError,
)
from trygghetskarta.pipeline import hotspots
from trygghetskarta.pipeline import view as views
from trygghetskarta.pipeline.choice import Choice, PeriodKind, Span
from trygghetskarta.pipeline.hotspots import Land
from trygghetskarta.pipeline.view import View, World
from trygghetskarta.terms import (
    AreaLevel,
    Audience,
    DateBasis,
    HotspotLayer,
    Measure,
    Theme,
)

MOST_CLUSTERS = 3
"""Clusters that are told in words."""

_MUNICIPALITY_ONLY = (AreaLevel.MUNICIPALITY,)


def choice_of(period: ReportPeriod, theme: Theme | None = None) -> Choice:
    """The choice that shows a report's figures on the map."""
    return Choice(
        theme=theme.key if theme else "",
        period=PeriodKind.OWN,
        start=period.start,
        end=period.end,
        measure=Measure.PER_1000,
        plan_year=0,
    )


def figures(
    world: World,
    land: Land | None,
    period: ReportPeriod,
    theme: Theme | None,
    audience: Audience,
) -> ThemeFigures:
    """Count the offences of a theme for a report.

    Parameters
    ----------
    world
        What was loaded.
    land
        Cells in which clusters are sought; None to seek none.
    period
        When.
    theme
        The theme, None for all offences.
    audience
        Who will read it.

    Raises
    ------
    AnalysisError
        If there is nothing to count with.
    DisclosureError
        If a table would reveal more than the audience may see.
    """
    check_period(world, period, audience)
    nothing = ThemeFigures(theme, None, None, None, world.areas[AreaLevel.DISTRICT])
    if theme is not None and (not theme.counts_offences or _points_out(theme, audience)):
        return nothing
    rule = rule_for(world.municipality.plans[0].themes, theme, (), audience)
    if rule.finest is None:
        return nothing
    asked = choice_of(period, theme)
    try:
        if rule.finest in _MUNICIPALITY_ONLY:
            return _municipality_only(world, asked, nothing, audience)
        answer = views.view(world, asked, audience)
    except AnalysisError as error:
        if error.cause is AnalysisCause.NO_CLASSIFIED_AREA:
            return replace(nothing, problem=True)
        raise
    whole = _whole(world, answer, audience)
    return ThemeFigures(
        theme=theme,
        whole=whole,
        districts=answer.gated,
        facts=replace(answer.facts, link=""),
        areas=answer.areas,
        chosen=answer.chosen,
        clusters=None if land is None else _clusters(world, land, asked),
    )


def check_period(world: World, period: ReportPeriod, audience: Audience) -> None:
    """See that there is data for a period, and that its audience may be told of it.

    Raises
    ------
    AnalysisError
        ``OUTSIDE_DATA`` (period, first, last) when no day of it lies within the data.
    DisclosureError
        ``ONLY_WHOLE_YEARS`` (period) when the public would get less than a whole year: half a
        year taken from the year that follows is the other half.
    """
    first, last = world.days(DateBasis.REPORTED)
    if period.end < first or last < period.start:
        raise AnalysisError(AnalysisCause.OUTSIDE_DATA, period=period.key, first=first, last=last)
    covered = views.covers(Span(first, last), Span(period.start, period.end))
    if audience is Audience.PUBLIC and (period.quarter or not covered):
        raise DisclosureError(DisclosureCause.ONLY_WHOLE_YEARS, period=period.key)


def _points_out(theme: Theme, audience: Audience) -> bool:
    """Whether showing the theme by itself would tell which homes are on the police list."""
    return theme.classified_areas and audience is Audience.PUBLIC


def _municipality_only(
    world: World, asked: Choice, nothing: ThemeFigures, audience: Audience
) -> ThemeFigures:
    """One figure for the municipality: the theme is told no finer."""
    inner = views.frame(world, asked)
    rule = rule_for(world.municipality.plans[0].themes, inner.theme, (), audience)
    answer = replace(inner, rule=rule, labels={})
    whole = _row(world, answer, audience, with_previous=not answer.uncovered, codes=None)
    hidden = np.isnan(whole.table["count"].iloc[0])
    unplaced = None if hidden else np.zeros(len(world.cube), dtype=bool)
    facts = views.facts(world, answer, views.select(world, answer), unplaced)
    facts = replace(facts, level=AreaLevel.MUNICIPALITY, measure=Measure.COUNT, link="")
    return replace(nothing, whole=whole, facts=facts)


def _whole(world: World, answer: View, audience: Audience) -> Publishable | None:
    """The sum beside a table of districts; None where it would tell a hidden cell."""
    totals = answer.gated.totals
    if np.isnan(totals["count"]):
        return None
    known = not answer.uncovered and not np.isnan(totals.get("previous", np.nan))
    codes = answer.chosen or None
    return _row(world, answer, audience, with_previous=known, codes=codes)


def _row(
    world: World,
    answer: View,
    audience: Audience,
    *,
    with_previous: bool,
    codes: frozenset[str] | None,
) -> Publishable:
    """One gated row: the municipality with what lacks a place, or the sum of some districts."""
    cube, basis, level = world.cube, answer.choice.basis, AreaLevel.DISTRICT
    chosen = views.select(world, answer)
    before, _ = indicators.in_period(cube, answer.compared.start, answer.compared.end, basis)
    people = world.population[level][0]
    here = cube.inside
    if codes is not None:
        wanted = [code in codes for code in cube.area_codes[level]]
        here = here & np.array([*wanted, False])[cube.area_row[level]]
        people = people[people.index.isin(codes)]
    index = pd.Index([world.municipality.code], name="area_code")

    def total(mask: np.ndarray) -> pd.Series:
        return pd.Series([int(cube.count[mask & here].sum())], index)

    earlier = total(chosen.offences & before) if with_previous else None
    table = indicators.indicator_table(
        total(chosen.counted),
        earlier,
        pd.Series([float(people.sum())], index),
        answer.span.days,
        answer.compared.days,
    )
    return publish(table, level=AreaLevel.MUNICIPALITY, audience=audience, rule=answer.rule)


def _clusters(world: World, land: Land, asked: Choice) -> pd.DataFrame | None:
    found = hotspots.find(world, land, replace(asked, layer=HotspotLayer.COUNT))
    if found.refused is not None or found.clusters is None:
        return None
    return found.clusters.head(MOST_CLUSTERS)
