"""From the store to a page: load once per data version, then count, gate, classify."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.analysis import incident_cube, indicators
from trygghetskarta.analysis.disclosure import Publishable, publish
from trygghetskarta.analysis.facts import Days, Facts, Uncovered
from trygghetskarta.analysis.incident_cube import IncidentCube
from trygghetskarta.analysis.measures import Measure, indicator_table
from trygghetskarta.analysis.show_rules import rule_for
from trygghetskarta.analysis.spatial import AreaIndex
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.links import link_of
from trygghetskarta.gate.periods import Span, resolve
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.store import Engine, read
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, ShowRule
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.municipality import Municipality, Plan, Theme
from trygghetskarta.terms.offences import OTHER_OFFENCES
from trygghetskarta.terms.times import DateBasis

LEVELS = (AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO)
"""Levels a user may choose; some themes are given for the whole municipality only."""
QUIET_DAYS = 10
"""Days without any offence with which data may still begin or end without missing something."""

_FINENESS = {level: fineness for fineness, level in enumerate(AreaLevel)}


@dataclass(frozen=True, eq=False)
class World:
    """Everything the pages count with, read once for each version of the store.

    Attributes
    ----------
    municipality
        Configuration.
    version
        Version of the store.
    areas
        Borders by level, index area_code, sorted.
    cube
        The incidents.
    population
        Inhabitants by level: Series by area_code of the newest year, and that year.
    classifications
        Contract ``CLASSIFICATIONS``.
    district_of
        By level: the district each area lies in.
    events
        Contract ``EVENTS``.
    sources
        Names of the sources the incidents come from.
    is_example
        Whether the incidents are invented.
    water
        The municipality's water, EPSG:3006, where no cell is laid; None when no layer is there.
    """

    municipality: Municipality
    version: int
    areas: Mapping[AreaLevel, gpd.GeoDataFrame]
    cube: IncidentCube
    population: Mapping[AreaLevel, tuple[pd.Series, int]]
    classifications: pd.DataFrame
    district_of: Mapping[AreaLevel, pd.Series]
    events: pd.DataFrame
    sources: tuple[str, ...]
    is_example: bool
    water: shapely.Geometry | None = None

    def plan(self, year: int) -> Plan:
        """The plan of a year, the newest when that year has none."""
        return next(
            (plan for plan in self.municipality.plans if plan.year == year),
            self.municipality.plans[0],
        )

    def days(self, basis: DateBasis) -> tuple[date, date]:
        """First and last day of the data.

        Raises
        ------
        AnalysisError
            If there is no dated incident.
        """
        oldest = indicators.oldest_day(self.cube, basis)
        newest = indicators.newest_day(self.cube, basis)
        if oldest is None or newest is None:
            raise AnalysisError(AnalysisCause.NO_VALUES)
        return oldest, newest

    @cached_property
    def _silent(self) -> Mapping[DateBasis, tuple[Days, ...]]:
        return {basis: indicators.silent_months(self.cube, basis) for basis in DateBasis}

    def silent(self, basis: DateBasis, start: date, end: date) -> tuple[Days, ...]:
        """Months within a period that were never delivered, cut to it."""
        return tuple(
            (max(first, start), min(last, end))
            for first, last in self._silent[basis]
            if first <= end and start <= last
        )


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


def load(
    engine: Engine, municipality: Municipality, water: shapely.Geometry | None = None
) -> World:
    """Read everything the pages count with.

    Parameters
    ----------
    engine
        The store.
    municipality
        Configuration of the municipality shown.
    water
        Its water, where there is a layer of it.
    """
    version = read.version(engine)
    levels = (AreaLevel.MUNICIPALITY, *LEVELS)
    areas = {level: read.areas(engine, level) for level in levels}
    incidents = read.incidents(engine)
    batches = read.batches(engine)
    of_incidents = batches[batches["kind"] == TableKind.INCIDENTS]
    contributing = of_incidents[of_incidents["new"] + of_incidents["changed"] > 0]
    overview = read.overview(engine)
    return World(
        municipality=municipality,
        version=version,
        areas=areas,
        cube=incident_cube.build_cube(
            incidents, {level: tuple(table.index) for level, table in areas.items()}
        ),
        population={level: _newest_population(read.population(engine, level)) for level in levels},
        classifications=read.classifications(engine),
        district_of=_districts_of(areas),
        events=read.events(engine),
        sources=_sources(incidents, contributing),
        is_example=overview.is_example(TableKind.INCIDENTS),
        water=water,
    )


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


def events_in(world: World, span: Span) -> pd.DataFrame:
    """The police's published events of the municipality that lie in a period."""
    events = world.events[world.events["municipality"] == world.municipality.name]
    moments = events["occurred_at"].fillna(events["published_at"]).dt.tz_convert(TIME_ZONE)
    days = moments.dt.date
    return events[(days >= span.start) & (days <= span.end)]


def borders_hash(world: World, level: AreaLevel) -> str:
    """Short name of a level's borders and names: the same borders, the same map."""
    return hash_of(world.areas[level])


def hash_of(areas: gpd.GeoDataFrame) -> str:
    """Short name of borders with their names, index area_code."""
    digest = hashlib.sha256("|".join([*areas.index, *areas["name"]]).encode("utf-8"))
    for geometry in areas.geometry.to_wkb():
        digest.update(geometry)
    return digest.hexdigest()[:12]


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
    table = indicator_table(
        indicators.count_by_area(world.cube, chosen.counted, choice.level),
        None if answer.uncovered else earlier,
        people,
        answer.span.days,
        answer.compared.days,
        areas=answer.areas,
        chosen=(choice.measure, *beside),
    )
    gated = publish(table, level=choice.level, audience=audience, rule=answer.rule)
    # What lies on the map is all but what lacks a place: with a hidden sum neither may be told.
    whole = not np.isnan(gated.totals["count"])
    unplaced = world.cube.area_row[choice.level] < 0
    return gated, facts(world, answer, chosen, unplaced if whole else None, year)


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
        population_years=(population_year,) if population_year else (),
        sources=world.sources,
        plan_year=world.plan(choice.plan_year).year,
        boundary_version=world.municipality.boundary_version,
        data_version=str(world.version),
        is_example=world.is_example,
        has_listed_area=_has_listed_area(world, answer),
        caveats=answer.theme.caveats if answer.theme else (),
        link=link_of(choice),
        silent=tuple(dict.fromkeys(run for one in answer.uncovered for run in one.silent)),
    )


def covers(world: World, basis: DateBasis, span: Span) -> bool:
    """Whether there is data for all of a period, the months in its middle too."""
    oldest, newest = world.days(basis)
    quiet = timedelta(days=QUIET_DAYS)
    within = oldest - quiet <= span.start and span.end <= newest + quiet
    return within and not world.silent(basis, span.start, span.end)


def uncovered_of(world: World, basis: DateBasis, *spans: Span) -> tuple[Uncovered, ...]:
    """Those of some periods that the data do not cover, and why."""
    return tuple(
        Uncovered(
            one.start, one.end, *world.days(basis), silent=world.silent(basis, one.start, one.end)
        )
        for one in spans
        if not covers(world, basis, one)
    )


def _has_listed_area(world: World, answer: View) -> bool:
    listed = set(labels_on(world.classifications, answer.span.end))
    districts = world.district_of[answer.choice.level]
    shown = districts[districts.index.isin(answer.chosen)] if answer.chosen else districts
    return bool(listed & set(shown))


def _within_rule(choice: Choice, rule: ShowRule) -> tuple[Choice, bool]:
    if rule.finest is None or _FINENESS[choice.level] <= _FINENESS[rule.finest]:
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


def labels_on(classifications: pd.DataFrame, day: date) -> dict[str, str]:
    """Name and class on the police list, by district, on one day."""
    moment = pd.Timestamp(day)
    ends = classifications["valid_to"].fillna(moment + timedelta(days=1))
    valid = classifications[(classifications["valid_from"] <= moment) & (ends > moment)]
    return {
        row.area_code: f"{row.name_on_list} ({row.area_class})"
        for row in valid.rename(columns={"name": "name_on_list"}).itertuples()
    }


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


def monthly_counts(world: World, mask: np.ndarray, span: Span, basis: DateBasis) -> pd.Series:
    """Marked offences per month of a period; missing in months that were never delivered."""
    count = indicators.monthly_counts(world.cube, mask, span.start, span.end, basis)
    return count.mask(silent_at(world, basis, count.index))


def silent_at(world: World, basis: DateBasis, days: pd.DatetimeIndex) -> np.ndarray:
    """Mark the days that lie in months that were never delivered."""
    silent = np.zeros(len(days), dtype=bool)
    if len(days):
        for first, last in world.silent(basis, days[0].date(), days[-1].date()):
            silent |= (days >= pd.Timestamp(first)) & (days <= pd.Timestamp(last))
    return silent


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
        if rule.finest is None or _FINENESS[level] > _FINENESS[rule.finest]:
            return False
        return bool(counts[name] >= rule.threshold)

    names = [name if told(name) else OTHER_OFFENCES for name in counts.index]
    told_counts = counts.groupby(pd.Index(names, name=counts.index.name), sort=False).sum()
    return told_counts.sort_values(ascending=False, kind="stable")


def _newest_population(table: pd.DataFrame) -> tuple[pd.Series, int]:
    if table.empty:
        return pd.Series(dtype="float64"), 0
    year = int(table["year"].max())
    newest = table[table["year"] == year]
    return newest.set_index("area_code")["population"].astype("float64"), year


def _districts_of(areas: dict[AreaLevel, gpd.GeoDataFrame]) -> dict[AreaLevel, pd.Series]:
    """District of each area of every level, by where its middle lies."""
    districts = areas[AreaLevel.DISTRICT]
    if districts.empty:
        return {level: pd.Series(dtype="object") for level in areas}
    index = AreaIndex(districts.reset_index())
    codes = np.array([*districts.index, None], dtype=object)
    middles = {level: table.geometry.representative_point() for level, table in areas.items()}
    return {
        level: pd.Series(
            codes[index.locate(points.x.to_numpy(), points.y.to_numpy())],
            index=points.index,
            dtype="object",
        )
        for level, points in middles.items()
    }


def _sources(incidents: pd.DataFrame, batches: pd.DataFrame) -> tuple[str, ...]:
    present = set(incidents["source"].unique())
    named = [source for source in batches["source"] if source in present]
    return tuple(dict.fromkeys(named))
