"""The hotspots of a choice: points into cells, a density, clusters; gated like every figure."""

from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.ndimage import distance_transform_edt

from trygghetskarta.analysis import aoristic, concentration, hotspot_clusters, hotspots, near_repeat
from trygghetskarta.analysis.cells import Cells, hexagon_cells, square_cells
from trygghetskarta.analysis.density import Grid, kernel_density
from trygghetskarta.analysis.disclosure import Publishable, publish
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.analysis.spatial import AreaIndex
from trygghetskarta.errors import AnalysisCause, AnalysisError, DisclosureCause, DisclosureError
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice, Span
from trygghetskarta.gate.view import View, World
from trygghetskarta.intake.intake import Progress
from trygghetskarta.terms.areas import AreaLevel, Direction
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.hotspots import CellShape, HotspotLayer, HotspotRefusal
from trygghetskarta.terms.maps import MapPage

CELL_CHOICES = (250, 500, 1000)
"""Sides in metres that counted cells may have: smaller ones are too many to draw."""

DENSITY_CELLS = (50, 100, 250)
"""Sides in metres that a density may be computed for."""

MOST_CLUSTERS = 10
FEWEST_EVENTS = 30
"""Fewer events than this are not searched for clusters: the normal limits would not hold."""

FEWEST_TIMED = 10
"""Fewer timed events than this have no typical hour."""

TOP_SHARE = 0.05
MOST_NEAR_REPEAT = 20_000
_SEED = 2023_196
_TYPICAL_HOURS = 3


@dataclass(frozen=True, eq=False)
class Land:
    """What cells are cut from: the municipality without its water.

    Attributes
    ----------
    outline
        Polygon in EPSG:3006.
    cells
        The cells.
    used
        Whether any offence of the municipality is known from a cell, whatever its kind and date, by
        position.
        Clusters are sought among these: against forest and lake every street would be one.
    names
        Name of the district that a cell's centre lies in, by cell code; empty beyond all of them.
    districts
        Code of that district, by cell code; missing beyond all of them.
    """

    outline: shapely.Geometry
    cells: Cells
    used: np.ndarray
    names: pd.Series
    districts: pd.Series

    @cached_property
    def areas(self) -> gpd.GeoDataFrame:
        """The cells as a table: index area_code, ``name`` and geometry."""
        return gpd.GeoDataFrame(
            {"name": self.names.to_numpy()},
            geometry=self.cells.geometry,
            index=self.names.index,
            crs=3006,
        )


@dataclass(frozen=True, eq=False)
class Events:
    """The placed offences of a choice, one element each.

    Attributes
    ----------
    x, y
        Metres in EPSG:3006.
    row
        Row of the cube.
    position
        Position of the cell, -1 outside all.
    """

    x: np.ndarray
    y: np.ndarray
    row: np.ndarray
    position: np.ndarray

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True)
class Concentration:
    """How gathered the events are.

    Attributes
    ----------
    share
        Share of the events in the ``TOP_SHARE`` of the cells that have most.
    gini
        Gini coefficient adjusted for few events (Bernasco & Steenbeek 2017).
    cells, events
        How many there are.
    """

    share: float
    gini: float
    cells: int
    events: int


@dataclass(frozen=True, eq=False)
class Hotspots:
    """One answer to a choice on the page Hotspots.

    Attributes
    ----------
    answer
        The choice as it was followed, its periods and rule.
    refused
        Why nothing may be shown; None otherwise. With it the rest is None.
    problem
        Why the chosen layer could not be computed; None otherwise.
    facts
        What the caption tells.
    gated
        Figures of every cell.
    kept
        Codes of the cells that the district filter keeps.
    density
        The density, for that layer.
    points
        East and north of single offences, for that layer.
    clusters
        The strongest clusters: ``name``, ``direction`` (part of the district), ``count``,
        ``share``, ``hour`` (first hour of the busiest three, missing when unknown), ``cells`` (how
        many), ``code`` (the cell with most); None with too few events.
    concentration
        How gathered the events are; None without events.
    events
        How many offences stand in the cells.
    beyond
        Offences whose point lies in no cell although their district is known.
    """

    answer: View
    refused: HotspotRefusal | None = None
    problem: AnalysisError | None = None
    facts: Facts | None = None
    gated: Publishable | None = None
    kept: frozenset[str] = frozenset()
    density: Grid | None = None
    points: tuple[np.ndarray, np.ndarray] | None = None
    clusters: pd.DataFrame | None = None
    concentration: Concentration | None = None
    events: int = 0
    beyond: int = 0


@dataclass(frozen=True, eq=False)
class Spot:
    """The figures of one cell.

    Attributes
    ----------
    code, name
        The cell, and the district its centre lies in.
    count, share
        Its offences in the period, and their share of all that stand in cells.
    series
        As in :class:`~trygghetskarta.gate.view.AreaProfile`.
    types
        Offences per type, most first.
    hours
        Offences per hour of the day (aoristic, index 0 to 23); None without enough timed ones.
    """

    code: str
    name: str
    count: int
    share: float
    series: pd.DataFrame
    types: pd.Series
    hours: pd.Series | None


def lay_land(world: World, shape: CellShape, side: int) -> Land:
    """Cut the municipality into cells; the same borders give the same cells.

    Parameters
    ----------
    world
        Gives the borders.
    shape
        Squares of SCB's grid, or hexagons of the same area.
    side
        Side of the square in metres.
    """
    districts = world.areas[AreaLevel.DISTRICT]
    outline = shapely.coverage_union_all(districts.geometry.to_numpy())
    if world.water is not None:
        outline = shapely.difference(outline, world.water)
    cells = (
        square_cells(outline, side)
        if shape is CellShape.SQUARE
        else hexagon_cells(outline, float(side) ** 2)
    )
    rows = AreaIndex(districts.reset_index()).locate(cells.x, cells.y)
    index = pd.Index(cells.code, name="area_code")
    found = rows >= 0
    names = np.where(found, districts["name"].to_numpy(dtype=object)[rows], "")
    codes = np.where(found, districts.index.to_numpy(dtype=object)[rows], None)
    everywhere = cells.locate(world.cube.x, world.cube.y)[world.cube.inside]
    used = np.bincount(everywhere[everywhere >= 0], minlength=len(cells)) > 0
    return Land(outline, cells, used, pd.Series(names, index), pd.Series(codes, index))


def find(world: World, land: Land, asked: Choice) -> Hotspots:
    """Answer a choice: count in cells, find clusters, gate.

    Parameters
    ----------
    world
        What was loaded.
    land
        The cells of the choice's shape and size.
    asked
        What the user has chosen.

    Raises
    ------
    AnalysisError
        If there is nothing to count.
    DisclosureError
        If the table would reveal more than may be seen.
    """
    answer = views.frame(world, replace(asked, level=AreaLevel.DISTRICT))
    refused = _refusal(answer)
    if refused is not None:
        return Hotspots(answer, refused)
    chosen = views.select(world, answer)
    events = _events(world, land, answer, chosen.counted)
    unplaced = ~np.isfinite(world.cube.x)
    told = views.facts(world, answer, chosen, unplaced)
    found = _measure(world, land, answer, events)
    link = views.link_of(asked)
    return replace(
        found,
        facts=replace(told, level=AreaLevel.CELL, link=link, page=MapPage.HOTSPOTS),
        beyond=int((events.position < 0).sum()),
        clusters=_clusters(world, land, answer, events),
        concentration=_concentration(land, found, events),
    )


def by_chance(world: World, land: Land, real: Hotspots) -> Hotspots:
    """Give the same analysis of randomly placed events, to set beside the real one.

    Every district keeps as many events as it has, each at a random place within it, so that the
    comparison asks what the map shows beyond the districts' totals. The places are the same every
    time: a page that is opened again shows the same.
    """
    if real.refused is not None or real.facts is None:
        return real
    chosen = views.select(world, real.answer)
    events = _events(world, land, real.answer, chosen.counted)
    x, y = events.x.copy(), events.y.copy()
    district = world.cube.area_row[AreaLevel.DISTRICT][events.row]
    shapes = world.areas[AreaLevel.DISTRICT].geometry
    for row in np.unique(district[district >= 0]):
        inside = shapely.intersection(land.outline, shapes.iloc[row])
        here = np.flatnonzero(district == row)
        x[here], y[here] = hotspots.chance_points(len(here), inside, _SEED + int(row))
    random = replace(events, x=x, y=y, position=land.cells.locate(x, y))
    return replace(_measure(world, land, real.answer, random), facts=real.facts)


def spot(world: World, land: Land, found: Hotspots, code: str) -> Spot | None:
    """Give the figures of one cell; None when it is not shown."""
    if found.gated is None or found.facts is None or code not in found.kept:
        return None
    if not found.answer.rule.by_time or found.answer.rule.threshold > 1:
        return None
    chosen = views.select(world, found.answer)
    cube = world.cube
    inside = _in_districts(world, found.answer) & cube.inside & np.isfinite(cube.x)
    at = int(found.gated.table.index.get_loc(code))
    here = np.zeros(len(cube), dtype=bool)
    here[inside] = land.cells.locate(cube.x[inside], cube.y[inside]) == at
    counted = np.flatnonzero(chosen.counted & here)
    count = int(cube.count[counted].sum())
    return Spot(
        code=code,
        name=str(land.names[code]),
        count=count,
        share=count / found.events if found.events else np.nan,
        series=views.monthly_series(world, found.answer, chosen.offences & here),
        types=views.type_counts(world, found.answer, chosen.offences & here, AreaLevel.CELL),
        hours=_hours(world, np.repeat(counted, cube.count[counted])),
    )


def near_repeats(world: World, land: Land, asked: Choice, progress: Progress) -> pd.DataFrame:
    """Test whether offences of a choice come soon and near after each other.

    Returns
    -------
    DataFrame
        As :func:`trygghetskarta.analysis.near_repeat.knox`, for the bands of Johnson et al.
        (2007): same place, then steps of 100 m to 400 m; weeks 0 to 4.

    Raises
    ------
    AnalysisError
        ``TOO_FEW`` events whose day is known, or too many to be tested while somebody waits.
    DisclosureError
        If the choice may not be shown in cells.
    """
    answer = views.frame(world, replace(asked, level=AreaLevel.DISTRICT))
    if _refusal(replace(answer, choice=replace(answer.choice, layer=HotspotLayer.COUNT))):
        raise DisclosureError(DisclosureCause.LEVEL_TOO_FINE, level=AreaLevel.CELL)
    cube, basis = world.cube, answer.choice.basis
    first = cube.first_day[basis]
    # A month without its day would be as many offences on its first.
    dated = views.select(world, answer).counted & (first == cube.last_day[basis])
    events = _events(world, land, answer, dated)
    if len(events) > MOST_NEAR_REPEAT:
        raise AnalysisError(AnalysisCause.TOO_MANY, found=len(events), most=MOST_NEAR_REPEAT)
    return near_repeat.knox(
        events.x,
        events.y,
        first[events.row],
        distance_bands=(100.0, 200.0, 300.0, 400.0),
        day_bands=(7, 14, 21, 28),
        seed=_SEED,
        progress=progress,
    )


def _refusal(answer: View) -> HotspotRefusal | None:
    rule, theme = answer.rule, answer.theme
    if rule.finest is None or (theme is not None and not theme.counts_offences):
        return HotspotRefusal.NOT_MAPPED
    # Density, points and clusters hide no small counts, so a theme that hides them has no cells.
    if rule.finest is not AreaLevel.CELL or rule.threshold > 1:
        return HotspotRefusal.TOO_FINE
    if answer.choice.layer is HotspotLayer.POINTS and not rule.points:
        return HotspotRefusal.NO_POINTS
    return None


def _events(world: World, land: Land, answer: View, counted: np.ndarray) -> Events:
    cube = world.cube
    placed = counted & cube.inside & np.isfinite(cube.x) & _in_districts(world, answer)
    rows = np.repeat(np.flatnonzero(placed), cube.count[placed])
    x, y = cube.x[rows], cube.y[rows]
    return Events(x, y, rows, land.cells.locate(x, y))


def _in_districts(world: World, answer: View) -> np.ndarray:
    if not answer.chosen:
        return np.ones(len(world.cube), dtype=bool)
    codes = world.cube.area_codes[AreaLevel.DISTRICT]
    wanted = np.array([*(code in answer.chosen for code in codes), False])
    return wanted[world.cube.area_row[AreaLevel.DISTRICT]]


def _region(world: World, land: Land, answer: View) -> shapely.Geometry:
    """The chosen districts' part of the land."""
    if not answer.chosen:
        return land.outline
    districts = world.areas[AreaLevel.DISTRICT]
    chosen = districts[districts.index.isin(answer.chosen)]
    return shapely.intersection(land.outline, shapely.union_all(chosen.geometry.to_numpy()))


def _measure(world: World, land: Land, answer: View, events: Events) -> Hotspots:
    """Count in cells, compute the chosen layer and gate it."""
    inside = events.position >= 0
    counts = np.bincount(events.position[inside], minlength=len(land.cells))
    kept = _kept(land, answer, counts)
    table = pd.DataFrame({"count": counts.astype(np.float64)}, index=land.names.index)
    problem = None
    try:
        table = table.join(_layer_figures(world, land, answer, events, counts, kept))
    except AnalysisError as error:
        problem = error
    layer = answer.choice.layer
    density = _density(world, land, answer, events) if layer is HotspotLayer.DENSITY else None
    if density is not None:
        table["density"] = np.where(kept, _at_centres(density, land.cells), np.nan)
    gated = publish(table, level=AreaLevel.CELL, audience=Audience.INTERNAL, rule=answer.rule)
    return Hotspots(
        answer,
        problem=problem,
        gated=gated,
        kept=frozenset(land.names.index[kept]),
        density=density,
        points=(events.x, events.y) if layer is HotspotLayer.POINTS else None,
        events=int(counts.sum()),
    )


def _kept(land: Land, answer: View, counts: np.ndarray) -> np.ndarray:
    """Cells that the district filter keeps: by their centre, or by what happened in them."""
    if not answer.chosen:
        return np.ones(len(counts), dtype=bool)
    return (counts > 0) | land.districts.isin(answer.chosen).to_numpy()


def _layer_figures(
    world: World, land: Land, answer: View, events: Events, counts: np.ndarray, kept: np.ndarray
) -> pd.DataFrame:
    """The columns that the chosen layer adds to the counts."""
    layer = answer.choice.layer
    studied = kept & land.used
    codes = land.names.index[studied]
    neighbours = land.cells.neighbours[studied][:, studied]
    if layer is HotspotLayer.SIGNIFICANT:
        _require(int(counts.sum()))
        return hotspots.getis_ord_g_star(pd.Series(counts[studied], codes), neighbours, skewed=True)
    if layer is HotspotLayer.EMERGING:
        span = answer.span
        if silent := world.silent(answer.choice.basis, span.start, span.end):
            raise AnalysisError(AnalysisCause.SILENT_MONTHS, months=silent)
        by_period = _by_period(world, land, answer, events)[studied]
        found = hotspots.emerging_hotspots(by_period, neighbours, skewed=True)
        found = found.set_axis(codes).rename(columns={"p_value": "p_cell"})
        return found[["trend_s", "p_cell", "hotspot_class"]]
    return pd.DataFrame(index=codes)


def _by_period(world: World, land: Land, answer: View, events: Events) -> np.ndarray:
    """Counts per cell and month of the period; per quarter when it is two years or longer.

    The months end with the period, whatever day that is: all are whole, and what is left of the
    period before the first of them is left out.
    """
    ends = _period_ends(answer.span)
    days = world.cube.first_day[answer.choice.basis][events.row].astype("datetime64[D]")
    column = np.searchsorted(ends, days, side="right") - 1
    inside = (events.position >= 0) & (column >= 0)
    table = np.zeros((len(land.cells), len(ends) - 1))
    np.add.at(table, (events.position[inside], column[inside]), 1)
    return table


def _period_ends(span: Span) -> np.ndarray:
    """Days on which the months or quarters of a span begin, and the day after the last."""
    start, after = pd.Timestamp(span.start), pd.Timestamp(span.end) + pd.Timedelta(days=1)
    step = 3 if start <= after - pd.DateOffset(years=2) else 1
    ends = [after]
    while (before := after - pd.DateOffset(months=step * len(ends))) >= start:
        ends.append(before)
    return np.array(ends[::-1], dtype="datetime64[D]")


def _density(world: World, land: Land, answer: View, events: Events) -> Grid:
    region = _region(world, land, answer)
    side = min(answer.choice.cell_size, max(DENSITY_CELLS))
    return kernel_density(
        events.x,
        events.y,
        bandwidth=float(answer.choice.bandwidth),
        cell=float(side),
        bounds=region.bounds,
        years=answer.span.days / 365.25,
        inside=region,
    )


def _at_centres(grid: Grid, cells: Cells) -> np.ndarray:
    """The density at each cell's centre; just outside the border, that of the nearest place."""
    nearest = distance_transform_edt(
        np.isnan(grid.values), return_distances=False, return_indices=True
    )
    values = grid.values[tuple(nearest)]
    row = np.floor((cells.y - grid.south) / grid.cell).astype(np.int64)
    column = np.floor((cells.x - grid.west) / grid.cell).astype(np.int64)
    rows, columns = values.shape
    return values[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]


def _clusters(world: World, land: Land, answer: View, events: Events) -> pd.DataFrame | None:
    """The strongest significant clusters, for every layer: the list is a way in without the map."""
    inside = events.position >= 0
    if inside.sum() < FEWEST_EVENTS:
        return None
    counts = np.bincount(events.position[inside], minlength=len(land.cells))
    studied = np.flatnonzero(_kept(land, answer, counts) & land.used)
    neighbours = land.cells.neighbours[studied][:, studied]
    found = hotspots.getis_ord_g_star(counts[studied], neighbours, skewed=True)
    hot = (found["significant"] & (found["z"] > 0)).to_numpy()
    groups = hotspot_clusters.strongest_clusters(
        counts[studied], hot, neighbours, MOST_CLUSTERS, heights=counts[studied]
    )
    rows = []
    for cells, count, share in zip(groups["cells"], groups["count"], groups["share"], strict=True):
        members = studied[cells]
        busiest = members[np.argmax(counts[members])]
        hours = _hours(world, events.row[np.isin(events.position, members)])
        rows.append(
            {
                "name": land.names.iloc[busiest],
                "direction": _direction(world, land, busiest),
                "count": int(count),
                "share": share,
                "hour": np.nan if hours is None else _busiest_hours(hours),
                "cells": len(members),
                "code": land.names.index[busiest],
            }
        )
    return pd.DataFrame(
        rows, columns=["name", "direction", "count", "share", "hour", "cells", "code"]
    )


def _direction(world: World, land: Land, position: int) -> Direction:
    """Which part of its district a cell lies in: the middle within half of its mean radius."""
    code = land.districts.iloc[position]
    if pd.isna(code):
        return Direction.MIDDLE
    district = world.areas[AreaLevel.DISTRICT].geometry[code]
    centre = shapely.centroid(district)
    east, north = land.cells.x[position] - centre.x, land.cells.y[position] - centre.y
    if np.hypot(east, north) < 0.5 * np.sqrt(district.area / np.pi):
        return Direction.MIDDLE
    eighth = round(np.degrees(np.arctan2(east, north)) / 45) % 8
    return [*Direction][1:][eighth]


def _concentration(land: Land, found: Hotspots, events: Events) -> Concentration | None:
    if found.events == 0 or found.gated is None:
        return None
    table = found.gated.table
    # A set of texts answers sooner than pandas does.
    kept = np.fromiter((code in found.kept for code in land.cells.code), bool, len(table))
    counts = table["count"].to_numpy()[kept & land.used]
    return Concentration(
        concentration.top_share(counts, TOP_SHARE),
        concentration.generalised_gini(counts),
        len(counts),
        found.events,
    )


def _hours(world: World, rows: np.ndarray) -> pd.Series | None:
    """Offences per hour of the day, aoristic; None when too few are timed."""
    cube = world.cube
    timed = rows[~np.isnat(cube.began[rows])]
    if len(timed) < FEWEST_TIMED:
        return None
    began, ended = (
        pd.Series(part[timed]).dt.tz_localize("UTC") for part in (cube.began, cube.ended)
    )
    return aoristic.aoristic(began, ended).sum(axis=0)


def _busiest_hours(hours: pd.Series) -> int:
    """First hour of the three in a row, round the clock, that have most."""
    around = np.concatenate([hours.to_numpy(), hours.to_numpy()[: _TYPICAL_HOURS - 1]])
    return int(np.argmax(np.convolve(around, np.ones(_TYPICAL_HOURS), mode="valid")))


def _require(found: int) -> None:
    if found < FEWEST_EVENTS:
        raise AnalysisError(AnalysisCause.TOO_FEW, found=found, needed=FEWEST_EVENTS)
