"""From a choice to a gated answer: what was asked, what may be shown, counted and told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import numpy as np

from trygghetskarta.analysis import changes, indicators
from trygghetskarta.analysis.disclosure import Publishable, as_publishable
from trygghetskarta.analysis.facts import Facts, Uncovered
from trygghetskarta.analysis.measures import Measure, indicator_table
from trygghetskarta.analysis.show_rules import rule_for
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.history import evidence
from trygghetskarta.gate.links import link_of
from trygghetskarta.gate.loaded_world import World, labels_on, uncovered_of
from trygghetskarta.gate.periods import Span, resolve
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.terms.municipality import Theme

FINENESS = {level: fineness for fineness, level in enumerate(AreaLevel)}


@dataclass(frozen=True, eq=False)
class View:
    """One answer to a choice.

    Attributes
    ----------
    gated
        The figures of every area of the level; None for a theme that is not mapped.
    facts
        What the figures rest on; None with ``gated``.
    areas
        Borders of the level.
    choice
        The choice as it was followed: a level too fine for the theme is made coarser.
    theme
        The chosen theme.
    rule
        What may be shown.
    span, compared
        The two periods.
    chosen
        Codes the filter keeps; empty for all.
    limited
        Whether the level was made coarser.
    labels
        Police list names of the chosen districts at the end of the period (internal only).
    uncovered
        Those of the two periods that the data do not cover: no change is told then, because it
        would be nothing but missing data.
    """

    gated: Publishable | None
    facts: Facts | None
    areas: gpd.GeoDataFrame
    choice: Choice
    theme: Theme | None
    rule: ShowRule
    span: Span
    compared: Span
    chosen: frozenset[str]
    limited: bool
    labels: Mapping[str, str]
    uncovered: tuple[Uncovered, ...] = ()


def view(
    world: World,
    asked: Choice,
    audience: Audience = Audience.INTERNAL,
    beside: Collection[Measure] = (),
) -> View:
    """Answer a choice: count, gate, classify, caption.

    Parameters
    ----------
    world
        What was loaded.
    asked
        What the user has chosen.
    audience
        Who will see it.
    beside
        Measures whose figures are wanted too.

    Raises
    ------
    AnalysisError
        If there is nothing to count.
    DisclosureError
        If the table would reveal more than the audience may see.
    """
    answer = frame(world, asked, audience)
    theme, rule = answer.theme, answer.rule
    if rule.finest is None or (theme is not None and not theme.counts_offences):
        return answer
    if answer.uncovered and answer.choice.measure.declared.compares:
        answer = replace(answer, choice=replace(answer.choice, measure=Measure.COUNT))
    gated, told = _figures(world, answer, audience, beside)
    return replace(answer, gated=gated, facts=told)


def frame(world: World, asked: Choice, audience: Audience = Audience.INTERNAL) -> View:
    """Work out what a choice asks for and what may be shown, without any figures.

    Parameters
    ----------
    world, asked, audience
        As in :func:`view`.

    Raises
    ------
    AnalysisError
        If there is no data, or no area is classified at the end of the period.
    """
    plan = world.plan(asked.plan_year)
    theme = next((theme for theme in plan.themes if theme.key == asked.theme), None)
    rule = rule_for(plan.themes, theme, asked.types, audience)
    asked = replace(asked, districts=world.of_today(asked.districts))
    choice, limited = _within_rule(asked, rule)
    span, compared = resolve(choice, *world.days(choice.basis))
    chosen = _chosen(world, choice, theme, span.end)
    labels = {} if audience is Audience.PUBLIC else labels_on(world.classifications, span.end)
    areas = world.areas[choice.level]
    uncovered = uncovered_of(world, choice.basis, compared, span)
    return View(
        None,
        None,
        areas,
        choice,
        theme,
        rule,
        span,
        compared,
        chosen,
        limited,
        labels,
        uncovered,
    )


@dataclass(frozen=True, eq=False)
class Selection:
    """Incidents of a choice, as masks over the cube.

    Attributes
    ----------
    offences
        Those of the theme and types, whenever they happened.
    counted
        Those of them that lie in the period.
    partly
        Those of them that only may: sums over a longer time.
    """

    offences: np.ndarray
    counted: np.ndarray
    partly: np.ndarray


def select(world: World, answer: View) -> Selection:
    """Mark the incidents that a choice asks for."""
    offences = indicators.of_theme(world.cube, answer.theme)
    if answer.choice.types:
        offences = offences & indicators.of_offences(world.cube, answer.choice.types)
    inside, partly = indicators.in_period(
        world.cube, answer.span.start, answer.span.end, answer.choice.basis
    )
    return Selection(offences, offences & inside, offences & partly)


def _figures(
    world: World, answer: View, audience: Audience, beside: Collection[Measure]
) -> tuple[Publishable, Facts]:
    choice = answer.choice
    chosen = select(world, answer)
    before, _ = indicators.in_period(
        world.cube, answer.compared.start, answer.compared.end, choice.basis
    )
    people, year = world.population[choice.level]
    earlier = indicators.count_by_area(world.cube, chosen.offences & before, choice.level)
    judged_by = evidence(
        world,
        chosen.offences,
        world.cube.area_row[choice.level],
        world.cube.area_codes[choice.level],
        (answer.compared, answer.span),
        choice.basis,
    )
    table = indicator_table(
        indicators.count_by_area(world.cube, chosen.counted, choice.level),
        None if answer.uncovered else earlier,
        people,
        answer.span.days,
        answer.compared.days,
        evidence=judged_by,
        areas=answer.areas,
        chosen=(choice.measure, *beside),
    )
    gated = as_publishable(table, level=choice.level, audience=audience, rule=answer.rule)
    # What lies on the map is all but what lacks a place: with a hidden sum neither may be told.
    whole = not np.isnan(gated.totals["count"])
    unplaced = world.cube.area_row[choice.level] < 0
    told = facts(world, answer, chosen, unplaced if whole else None, year)
    if answer.uncovered:
        return gated, told
    few = 0 < judged_by.unplaced[0] < answer.rule.threshold
    may_be_told = whole and not np.isnan(gated.totals["previous"]) and not few
    return gated, replace(
        told,
        tested=len(changes.tested(gated.table)),
        unplaced_before=judged_by.shares[0] if may_be_told else None,
    )


def facts(
    world: World,
    answer: View,
    chosen: Selection,
    unplaced: np.ndarray | None,
    population_year: int = 0,
) -> Facts:
    """Gather what the caption of an answer must tell.

    Parameters
    ----------
    world, answer, chosen
        What was counted.
    unplaced
        Mask over the cube: incidents that the map cannot place. None when neither their number nor
        the sum may be told.
    population_year
        Year of the inhabitants that rates are given for, 0 for none.
    """
    cube, choice = world.cube, answer.choice
    inside = chosen.counted & cube.inside

    def told(marked: np.ndarray) -> int | None:
        """A count beside the table, hidden by the table's own threshold."""
        count = int(cube.count[marked].sum())
        return None if 0 < count < answer.rule.threshold else count

    districts = world.areas[AreaLevel.DISTRICT]["name"]
    return Facts(
        municipality=world.municipality.name,
        level=choice.level,
        measure=choice.measure,
        theme=answer.theme.name if answer.theme else "",
        types=choice.types,
        areas=tuple(districts[code] for code in choice.districts if code in districts.index),
        start=answer.span.start,
        end=answer.span.end,
        previous_start=None if answer.uncovered else answer.compared.start,
        previous_end=None if answer.uncovered else answer.compared.end,
        basis=choice.basis,
        offences=None if unplaced is None else told(inside),
        without_place=None if unplaced is None else told(inside & unplaced),
        outside=told(chosen.counted & ~cube.inside),
        straddling=told(chosen.partly),
        undated=told(chosen.offences & indicators.without_date(cube)),
        preliminary=told(inside & cube.preliminary),
        unsaid=told(inside & ~cube.preliminary & ~cube.final),
        population_years=(population_year,) if population_year else (),
        sources=world.sources,
        plan_year=world.plan(choice.plan_year).year,
        boundary_version=world.borders(_borders_level(choice.level)),
        data_version=str(world.version),
        is_example=world.is_example,
        has_listed_area=_has_listed_area(world, answer),
        caveats=answer.theme.caveats if answer.theme else (),
        link=link_of(choice),
        silent=tuple(dict.fromkeys(run for one in answer.uncovered for run in one.silent)),
    )


def _borders_level(level: AreaLevel) -> AreaLevel:
    """Whose borders figures rest on; the municipality's tell of what has no district."""
    return AreaLevel.DISTRICT if level is AreaLevel.MUNICIPALITY else level


def _has_listed_area(world: World, answer: View) -> bool:
    listed = set(labels_on(world.classifications, answer.span.end))
    districts = world.district_of[answer.choice.level]
    shown = districts[districts.index.isin(answer.chosen)] if answer.chosen else districts
    return bool(listed & set(shown))


def _within_rule(choice: Choice, rule: ShowRule) -> tuple[Choice, bool]:
    if rule.finest is None or FINENESS[choice.level] <= FINENESS[rule.finest]:
        return choice, False
    return replace(choice, level=rule.finest), True


def _chosen(world: World, choice: Choice, theme: Theme | None, day: date) -> frozenset[str]:
    """Codes of the areas that the district filter and the theme's areas keep, at the level."""
    if choice.level is AreaLevel.MUNICIPALITY:
        return frozenset()
    districts = set(choice.districts) & set(world.areas[AreaLevel.DISTRICT].index)
    if theme is not None and theme.classified_areas:
        classified = set(labels_on(world.classifications, day))
        districts = districts & classified if districts else classified
        if not districts:
            raise AnalysisError(AnalysisCause.NO_CLASSIFIED_AREA, day=day)
    if not districts:
        return frozenset()
    of = world.district_of[choice.level]
    return frozenset(of.index[of.isin(districts)])
