"""The offences of a report: each theme counted and gated by itself, for its audience."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from trygghetskarta.analysis import changes, indicators
from trygghetskarta.analysis.comparison import discoveries
from trygghetskarta.analysis.disclosure import Publishable, as_publishable
from trygghetskarta.analysis.measures import Measure, indicator_table
from trygghetskarta.analysis.report_facts import ReportPeriod, ThemeFigures
from trygghetskarta.analysis.show_rules import rule_for
from trygghetskarta.errors import (
    AnalysisCause,
    AnalysisError,
    DisclosureCause,
    DisclosureError,
)
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.disclosure_register import check
from trygghetskarta.gate.history import evidence
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.periods import Span
from trygghetskarta.gate.public_view import public_view
from trygghetskarta.gate.publication import Publication, publication_of
from trygghetskarta.gate.view import View
from trygghetskarta.subjects.hotspots.ask import hotspots
from trygghetskarta.subjects.hotspots.ask.hotspot_figures import Land
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, Purpose
from trygghetskarta.terms.hotspots import HotspotLayer
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.times import DateBasis

MOST_CLUSTERS = 3
"""Clusters that are told in words."""


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
    if audience is Audience.PUBLIC:
        return _public_figures(world, period, theme, nothing)
    try:
        answer = views.view(world, choice_of(period, theme))
    except AnalysisError as error:
        if error.cause is AnalysisCause.NO_CLASSIFIED_AREA:
            return replace(nothing, problem=True)
        raise
    return ThemeFigures(
        theme=theme,
        whole=_whole(world, answer),
        districts=answer.gated,
        facts=replace(answer.facts, link=""),
        areas=answer.areas,
        chosen=answer.chosen,
        clusters=None if land is None else _clusters(world, land, choice_of(period, theme)),
    )


def judged_together(all_figures: Sequence[ThemeFigures]) -> tuple[list[ThemeFigures], int]:
    """Keep a verdict only where it is a discovery among everything that one report tests.

    Parameters
    ----------
    all_figures
        Everything the report tells of, judged table by table.

    Returns
    -------
    figures, tested
        The same in order, with the verdicts that stand; and how many changes were tested.
    """
    p_values: dict[tuple[int, str], pd.Series] = {}
    for at, one in enumerate(all_figures):
        for name, gated, codes in (
            ("whole", one.whole, ()),
            ("districts", one.districts, one.chosen),
        ):
            if gated is not None:
                table = gated.table
                p_values[at, name] = changes.tested(
                    table[table.index.isin(codes)] if codes else table
                )
    together = pd.concat([pd.Series(dtype="float64"), *p_values.values()])
    stands = iter(discoveries(together.reset_index(drop=True)))
    told = [*all_figures]
    for (at, name), tested in p_values.items():
        chance = [code for code in tested.index if not next(stands)]
        if chance:
            gated = getattr(told[at], name)
            judged = replace(gated, table=changes.stand_by(gated.table, chance))
            told[at] = replace(told[at], **{name: judged})
    return told, len(together)


def public_views(world: World, period: ReportPeriod, theme: Theme | None) -> tuple[View, ...]:
    """The public views that a theme's figures are taken from: districts, then the municipality.

    The municipality's is left out where the two together would tell a hidden district, and the
    districts' where the theme is told no finer; empty for a theme without public figures.
    """
    if theme is not None and (not theme.counts_offences or _points_out(theme, Audience.PUBLIC)):
        return ()
    asked = choice_of(period, theme)
    first = public_view(world, asked)
    if first.gated is None or first.choice.level is AreaLevel.MUNICIPALITY:
        return () if first.gated is None else (first,)
    whole = public_view(world, replace(asked, level=AreaLevel.MUNICIPALITY))
    try:
        told = [publication_of(view, "", Purpose.REPORT) for view in (first, whole)]
        check(world, told[:1], told[1])
    except DisclosureError as error:
        if error.cause is not DisclosureCause.LINKED_TABLES:
            raise
        return (first,)
    return (first, whole)


def offence_publications(
    world: World, period: ReportPeriod, themes: Iterable[Theme | None], title: str
) -> tuple[Publication, ...]:
    """What a public report tells of offences, ready to be registered before it leaves."""
    return tuple(
        publication_of(view, title, Purpose.REPORT)
        for theme in themes
        for view in public_views(world, period, theme)
    )


def _public_figures(
    world: World, period: ReportPeriod, theme: Theme | None, nothing: ThemeFigures
) -> ThemeFigures:
    found = {view.choice.level: view for view in public_views(world, period, theme)}
    if not found:
        return nothing
    districts, whole = found.get(AreaLevel.DISTRICT), found.get(AreaLevel.MUNICIPALITY)
    facts = (districts or whole).facts
    return replace(
        nothing,
        whole=None if whole is None else whole.gated,
        districts=None if districts is None else districts.gated,
        facts=replace(facts, link="", caveats=()),
    )


def spans_of(period: ReportPeriod) -> tuple[Span, Span]:
    """The period before a report's, and the report's own."""
    before = period.before
    return Span(before.start, before.end), Span(period.start, period.end)


def check_period(world: World, period: ReportPeriod, audience: Audience) -> None:
    """See that there is data for a period, and that its audience may be told of it.

    Raises
    ------
    AnalysisError
        ``OUTSIDE_DATA`` (period, first, last) when no day of it lies within the data.
    DisclosureError
        ``YEAR_WITH_GAPS`` (period, months) when months of the year were never delivered;
        ``ONLY_WHOLE_YEARS`` (period) when the public would get less than a whole year: half a
        year taken from the year that follows is the other half.
    """
    first, last = world.days(DateBasis.REPORTED)
    if period.end < first or last < period.start:
        raise AnalysisError(AnalysisCause.OUTSIDE_DATA, period=period.key, first=first, last=last)
    if audience is Audience.INTERNAL:
        return
    silent = world.silent(DateBasis.REPORTED, period.start, period.end)
    if silent and not period.quarter:
        raise DisclosureError(DisclosureCause.YEAR_WITH_GAPS, period=period.key, months=silent)
    covered = loaded_world.covers(world, DateBasis.REPORTED, Span(period.start, period.end))
    if period.quarter or not covered:
        raise DisclosureError(DisclosureCause.ONLY_WHOLE_YEARS, period=period.key)


def _points_out(theme: Theme, audience: Audience) -> bool:
    """Whether showing the theme by itself would tell which homes are on the police list."""
    return theme.classified_areas and audience is Audience.PUBLIC


def _whole(world: World, answer: View) -> Publishable | None:
    """The sum beside a table of districts; None where it would tell a hidden cell."""
    totals = answer.gated.totals
    if np.isnan(totals["count"]):
        return None
    known = not answer.uncovered and not np.isnan(totals.get("previous", np.nan))
    return _row(world, answer, with_previous=known, codes=answer.chosen or None)


def _row(
    world: World,
    answer: View,
    *,
    with_previous: bool,
    codes: frozenset[str] | None,
) -> Publishable:
    """One gated row: the municipality with what lacks a place, or the sum of some districts."""
    cube, basis, level = world.cube, answer.choice.basis, AreaLevel.DISTRICT
    chosen = views.select(world, answer)
    before, _ = indicators.in_period(cube, answer.compared.start, answer.compared.end, basis)
    people = world.population[level][0]
    part = np.where(cube.inside, 0, -1)
    if codes is not None:
        wanted = [code not in codes for code in cube.area_codes[level]]
        part = np.array([*wanted, -1], dtype=int)[cube.area_row[level]]
        people = people[people.index.isin(codes)]
    here = part == 0
    parts = (world.municipality.code, "")
    index = pd.Index(parts[:1], name="area_code")

    def total(mask: np.ndarray) -> pd.Series:
        return pd.Series([int(cube.count[mask & here].sum())], index)

    earlier = total(chosen.offences & before) if with_previous else None
    table = indicator_table(
        total(chosen.counted),
        earlier,
        pd.Series([float(people.sum())], index),
        answer.span.days,
        answer.compared.days,
        evidence=evidence(
            world, chosen.offences, part, parts, (answer.compared, answer.span), basis
        ),
    )
    audience = Audience.INTERNAL
    return as_publishable(table, level=AreaLevel.MUNICIPALITY, audience=audience, rule=answer.rule)


def _clusters(world: World, land: Land, asked: Choice) -> pd.DataFrame | None:
    found = hotspots.find(world, land, replace(asked, layer=HotspotLayer.COUNT))
    if found.refused is not None or found.clusters is None:
        return None
    return found.clusters.head(MOST_CLUSTERS)
