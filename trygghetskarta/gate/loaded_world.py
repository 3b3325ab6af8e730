"""Everything the pages count with, loaded once per version of the store."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.analysis import divisions, incident_cube, indicators
from trygghetskarta.analysis.facts import Days, Uncovered
from trygghetskarta.analysis.incident_cube import IncidentCube
from trygghetskarta.analysis.spatial import AreaIndex
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.gate.periods import Span
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.store import Engine, read
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.municipality import Municipality, Plan
from trygghetskarta.terms.times import DateBasis

LEVELS = (AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO)
"""Levels a user may choose; some themes are given for the whole municipality only."""

QUIET_DAYS = 10
"""Days without any offence with which data may still begin or end without missing something."""


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
    renamed
        District of today with the same borders, by code of a former division.
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
    renamed: Mapping[str, str] = field(default_factory=dict)

    def plan(self, year: int) -> Plan:
        """The plan of a year, the newest when that year has none."""
        return next(
            (plan for plan in self.municipality.plans if plan.year == year),
            self.municipality.plans[0],
        )

    def borders(self, level: AreaLevel) -> str:
        """Version of a level's borders, which is that of the division in force."""
        areas = self.areas[level]
        return str(areas["boundary_version"].iloc[0]) if len(areas) else ""

    def of_today(self, districts: Iterable[str]) -> tuple[str, ...]:
        """Codes of districts, those of a former division under the name they have today.

        What has no equal today stays as it is, and is no district of today.
        """
        return tuple(self.renamed.get(code, code) for code in districts)

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
        renamed=_renamed(read.successions(engine)),
    )


def _renamed(successions: pd.DataFrame) -> dict[str, str]:
    same = divisions.same_areas(successions)
    districts = same[same["area_level"] == AreaLevel.DISTRICT.value]
    return dict(zip(districts["former_code"], districts["area_code"], strict=True))


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


def labels_on(classifications: pd.DataFrame, day: date) -> dict[str, str]:
    """Name and class on the police list, by district, on one day."""
    moment = pd.Timestamp(day)
    ends = classifications["valid_to"].fillna(moment + timedelta(days=1))
    valid = classifications[(classifications["valid_from"] <= moment) & (ends > moment)]
    return {
        row.area_code: f"{row.name_on_list} ({row.area_class})"
        for row in valid.rename(columns={"name": "name_on_list"}).itertuples()
    }


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
