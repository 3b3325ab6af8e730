"""The *SKA-underlag*: the standard extract for a plan area and what lies 300 m around it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.analysis import aoristic, indicators, presence
from trygghetskarta.analysis.changes import judge
from trygghetskarta.analysis.plan_area_facts import PlanAreaFacts
from trygghetskarta.analysis.report_facts import ReportPeriod
from trygghetskarta.analysis.show_rules import rule_for
from trygghetskarta.analysis.steering_facts import ActionFacts
from trygghetskarta.errors import (
    AnalysisCause,
    AnalysisError,
    DisclosureCause,
    DisclosureError,
    SourceCause,
    SourceError,
)
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.history import evidence
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.sources.fields.coordinates import from_degrees
from trygghetskarta.sources.publishers import plan_areas
from trygghetskarta.sources.publishers.plan_areas import PlanArea
from trygghetskarta.sources.readers import files
from trygghetskarta.sources.readers.taken import taking
from trygghetskarta.subjects.actions.ask import action_world
from trygghetskarta.subjects.reports.ask.report_figures import check_period, spans_of
from trygghetskarta.subjects.reports.ask.situation_report import ReportGround, edition
from trygghetskarta.subjects.reports.ask.steering_report import action_facts
from trygghetskarta.subjects.walks.ask import walk_view
from trygghetskarta.subjects.when.ask import FEWEST_TIMED
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.file_forms import PLACES
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.papers import ReportKind
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.terms.walks import ObservationCategory, WalkType

REACH = 300.0
"""Metres around the place that belong to the extract."""

LEAST_AREA = 250.0**2
"""Square metres below which a place is not told by itself: the cells offences are told for."""

_WALK_CELL = 50.0


@dataclass(frozen=True)
class _Zones:
    """The place and the ring around it, and which incidents lie in either."""

    shape: shapely.Geometry
    around: shapely.Geometry
    inside: np.ndarray
    ring: np.ndarray


def read_area(name: str, content: bytes, max_megabytes: float = 200) -> PlanArea:
    """Read a plan area from a file of one of the forms ``PLACES``.

    Raises
    ------
    SourceError, CrsError
        As :func:`trygghetskarta.sources.publishers.plan_areas.parse` and the readers tell.
    """
    with taking(PLACES):
        return plan_areas.parse(files.read_bytes(name, content, max_megabytes=max_megabytes))


def read_area_path(path: Path) -> PlanArea:
    """The same of a file on disk."""
    with taking(PLACES):
        return plan_areas.parse(files.read(path))


def of_district(world: World, name: str) -> PlanArea:
    """A district as plan area, by its code or name.

    Raises
    ------
    SourceError
        ``NO_SUCH_DISTRICT`` (name) when there is none.
    """
    areas = world.areas[AreaLevel.DISTRICT]
    wanted = name.casefold()
    found = areas[(areas.index == name) | (areas["name"].str.casefold() == wanted)]
    if found.empty:
        raise SourceError(SourceCause.NO_SUCH_DISTRICT, name=name)
    return PlanArea(str(found["name"].iloc[0]), found.geometry.iloc[0])


def of_corners(world: World, corners: Sequence[tuple[float, float]], name: str) -> PlanArea:
    """A drawn area as plan area.

    Parameters
    ----------
    world
        Tells the municipality.
    corners
        Latitude and longitude in degrees, in order, the first not repeated.
    name
        What it is called.

    Raises
    ------
    SourceError
        ``NOT_A_DRAWN_AREA`` for fewer than three corners or sides that cross.
    AnalysisError
        ``OUTSIDE`` when a corner lies outside Sweden.
    """
    latitude, longitude = zip(*corners, strict=True) if corners else ((), ())
    east, north = from_degrees(longitude, latitude)
    if np.isnan(east).any():
        raise AnalysisError(AnalysisCause.OUTSIDE, municipality=world.municipality.name)
    drawn = shapely.Polygon(list(zip(east, north, strict=True))) if len(corners) > 2 else None
    if drawn is None or not drawn.is_valid or not drawn.area:
        raise SourceError(SourceCause.NOT_A_DRAWN_AREA)
    return PlanArea(name, drawn)


def gather(
    ground: ReportGround,
    area: PlanArea,
    period: ReportPeriod,
    audience: Audience = Audience.INTERNAL,
) -> PlanAreaFacts:
    """Gather the extract.

    Parameters
    ----------
    ground
        What it is gathered from.
    area
        The place.
    period
        When.
    audience
        Only the internal one may have it: a place is finer than anything the public is shown.

    Raises
    ------
    DisclosureError
        ``LEVEL_TOO_FINE`` for the public, or where the theme may not be told so finely.
    AnalysisError
        ``OUTSIDE`` when the place does not touch the municipality; ``NO_SITUATIONAL_THEME``.
    """
    world = ground.world
    theme = situational_theme(world, period.year)
    rule = rule_for(world.municipality.plans[0].themes, theme, (), audience)
    if audience is Audience.PUBLIC or rule.finest is not AreaLevel.CELL or rule.threshold > 1:
        raise DisclosureError(
            DisclosureCause.LEVEL_TOO_FINE, theme=theme.name, level=AreaLevel.CELL
        )
    check_period(world, period, audience)
    zones = _zones(world, area)
    too_small = area.shape.area < LEAST_AREA
    offences = indicators.of_theme(world.cube, theme)
    now, before = (_counted(world, offences, one) for one in (period, period.before))
    found = _findings(ground, zones, period)
    told = edition(ground, ReportKind.PLAN_AREA, period, audience)
    people = [_inhabitants(world, one) for one in (zones.shape, zones.around)]
    return PlanAreaFacts(
        edition=replace(told, subject=area.name),
        name=area.name,
        shape=zones.shape,
        around=zones.around,
        areas=world.areas[AreaLevel.DISTRICT],
        reach=REACH,
        too_small=too_small,
        types=_types(world, zones, now, before, too_small, compared=not told.uncovered),
        total=_total(world, zones, offences, period, compared=not told.uncovered),
        hours=_hours(world, now & (zones.inside | zones.ring)) if rule.by_time else None,
        findings=found,
        person_hours=_person_hours(ground, zones, period),
        inhabitants=people[0],
        inhabitants_around=people[1],
        actions=_actions(ground, zones, period),
        caveats=theme.caveats,
    )


def situational_theme(world: World, year: int) -> Theme:
    """The plan's theme of situational prevention: offences, and what *ronder* look for.

    Raises
    ------
    AnalysisError
        ``NO_SITUATIONAL_THEME`` when the plan has none.
    """
    for theme in world.plan(year).themes:
        if theme.offence_types and WalkType.AUDIT in theme.walk_types:
            return theme
    raise AnalysisError(AnalysisCause.NO_SITUATIONAL_THEME, year=year)


def _zones(world: World, area: PlanArea) -> _Zones:
    outline = shapely.union_all(world.areas[AreaLevel.DISTRICT].geometry.to_numpy())
    shape = shapely.intersection(area.shape, outline)
    if not shape.area:
        raise AnalysisError(AnalysisCause.OUTSIDE, municipality=world.municipality.name)
    whole = shapely.intersection(shapely.buffer(shape, REACH), outline)
    cube = world.cube
    shapely.prepare([shape, whole])
    placed = np.isfinite(cube.x)
    inside, near = np.zeros(len(cube), dtype=bool), np.zeros(len(cube), dtype=bool)
    inside[placed] = shapely.intersects_xy(shape, cube.x[placed], cube.y[placed])
    near[placed] = shapely.intersects_xy(whole, cube.x[placed], cube.y[placed])
    return _Zones(shape, shapely.difference(whole, shape), inside, near & ~inside)


def _counted(world: World, offences: np.ndarray, period: ReportPeriod) -> np.ndarray:
    inside, _ = indicators.in_period(world.cube, period.start, period.end, DateBasis.REPORTED)
    return offences & inside


def _types(
    world: World,
    zones: _Zones,
    now: np.ndarray,
    before: np.ndarray,
    too_small: bool,
    compared: bool,
) -> pd.DataFrame:
    cube = world.cube

    def per_type(mask: np.ndarray) -> np.ndarray:
        return np.bincount(
            cube.offence_type[mask], weights=cube.count[mask], minlength=len(OFFENCE_TYPES)
        )

    inside, ring = zones.inside, zones.ring
    if too_small:
        inside, ring = np.zeros_like(inside), inside | ring
    table = pd.DataFrame(
        {
            "inside": per_type(now & inside),
            "inside_before": per_type(before & inside),
            "around": per_type(now & ring),
            "around_before": per_type(before & ring),
        },
        index=pd.Index(OFFENCE_TYPES, name="offence_type"),
    )
    if not compared:
        table[["inside_before", "around_before"]] = np.nan
    table = table[table.sum(axis=1) > 0]
    if too_small:
        table[["inside", "inside_before"]] = np.nan
    return table


def _total(
    world: World, zones: _Zones, offences: np.ndarray, period: ReportPeriod, compared: bool
) -> pd.Series:
    """The whole extract's count and change, judged beside the districts around it."""
    cube = world.cube
    here, placed = zones.inside | zones.ring, np.isfinite(cube.x)
    # What has no point may lie here or elsewhere, though its district is known.
    part = np.where(here, 0, np.where(placed, 1 + cube.area_row[AreaLevel.DISTRICT], -1))
    part[placed & ~here & (part == 0)] = -1
    codes = ("", *cube.area_codes[AreaLevel.DISTRICT])
    spans = spans_of(period)
    basis = DateBasis.REPORTED
    old, new = (
        pd.Series([float(cube.count[_counted(world, offences & here, one)].sum())], codes[:1])
        for one in (period.before, period)
    )
    found = evidence(world, offences, part, codes, spans, basis)
    change = judge(old, new, (spans[0].days, spans[1].days), found).iloc[0]
    told = pd.concat([pd.Series({"count": new[""], "previous": old[""]}, dtype=object), change])
    return told if compared else told.where(told.index == "count", np.nan)


def _hours(world: World, mask: np.ndarray) -> pd.DataFrame | None:
    cube = world.cube
    began, ended = (
        pd.Series(moments[mask]).dt.tz_localize("UTC") for moments in (cube.began, cube.ended)
    )
    weight = pd.Series(cube.count[mask])
    if aoristic.interval_quality(began, ended, weights=weight).used < FEWEST_TIMED:
        return None
    return aoristic.aoristic(began, ended, weight)


def _findings(ground: ReportGround, zones: _Zones, period: ReportPeriod) -> pd.DataFrame:
    seen = ground.walks.findings
    seen = seen[seen["merged_into"].isna() & (seen["category"] != ObservationCategory.SAFE)]
    seen = seen[seen.geometry.notna() & (seen["day"] >= pd.Timestamp(period.start))]
    inside = seen.intersects(zones.shape)
    near = seen[inside | seen.intersects(zones.around)].sort_values("day", kind="stable")
    return pd.DataFrame(
        {
            "number": range(1, len(near) + 1),
            "category": near["category"].to_numpy(),
            "status": near["status"].to_numpy(),
            "day": near["day"].dt.date.to_numpy(),
            "inside": inside.reindex(near.index).to_numpy(),
            "x": near.geometry.x.to_numpy(),
            "y": near.geometry.y.to_numpy(),
        }
    )


def _person_hours(ground: ReportGround, zones: _Zones, period: ReportPeriod) -> float:
    asked = Choice(period=PeriodKind.OWN, start=period.start, end=period.end)
    chosen = walk_view.choose(ground.walks, asked)
    told = presence.presence(chosen.in_cells, _WALK_CELL, chosen.walks["participants"])
    if told.cells.empty:
        return 0.0
    whole = shapely.union_all([zones.shape, zones.around])
    here = told.cells.geometry.centroid.intersects(whole)
    return float(told.cells.loc[here, "person_minutes"].sum()) / 60


def _inhabitants(world: World, shape: shapely.Geometry) -> float:
    """Inhabitants of the small areas, by the share of their land that lies within."""
    areas = world.areas[AreaLevel.DESO]
    people, _ = world.population[AreaLevel.DESO]
    near = areas[areas.intersects(shape)]
    if near.empty:
        return float("nan")
    land = near.geometry
    if world.water is not None:
        land = land.difference(world.water)
    share = land.intersection(shape).area / land.area
    return float((share * people.reindex(near.index)).sum())


def _actions(ground: ReportGround, zones: _Zones, period: ReportPeriod) -> tuple[ActionFacts, ...]:
    world = action_world.load(ground.place)
    asked = action_world.active(world, period.start, period.end + timedelta(days=1))
    whole = shapely.union_all([zones.shape, zones.around])
    areas: gpd.GeoDataFrame = ground.world.areas[AreaLevel.DISTRICT]
    touched = set(areas.index[areas.intersects(whole)])
    near = [
        bool(touched & set(action_world.codes_of(row["districts"])))
        or (row["geometry"] is not None and whole.intersects(row["geometry"]))
        for _, row in asked.iterrows()
    ]
    return action_facts(world, asked[near], period)
