"""The hotspots of a choice: points into cells, a density, clusters; gated like every figure."""

from dataclasses import replace

import numpy as np
import pandas as pd
import shapely
from scipy.ndimage import distance_transform_edt

from trygghetskarta.analysis import hotspots, near_repeat
from trygghetskarta.analysis.cells import Cells, hexagon_cells, square_cells
from trygghetskarta.analysis.density import Grid, kernel_density
from trygghetskarta.analysis.disclosure import as_publishable
from trygghetskarta.analysis.spatial import AreaIndex
from trygghetskarta.errors import AnalysisCause, AnalysisError, DisclosureCause, DisclosureError
from trygghetskarta.gate import area_profile
from trygghetskarta.gate import view as views
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.links import link_of
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.periods import Span
from trygghetskarta.gate.view import View
from trygghetskarta.intake.intake import Progress
from trygghetskarta.subjects.hotspots.ask.cluster_list import (
    FEWEST_EVENTS,
    clusters,
    concentration_of,
    hours_of,
)
from trygghetskarta.subjects.hotspots.ask.hotspot_figures import (
    Events,
    Hotspots,
    Land,
    Spot,
    chosen_cells,
)
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.hotspots import CellShape, HotspotLayer, HotspotRefusal
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.terms.times import DateBasis

CELL_CHOICES = (250, 500, 1000)
"""Sides in metres that counted cells may have: smaller ones are too many to draw."""

DENSITY_CELLS = (50, 100, 250)
"""Sides in metres that a density may be computed for."""


MOST_NEAR_REPEAT = 20_000
_SEED = 2023_196


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
    link = link_of(asked)
    return replace(
        found,
        facts=replace(told, level=AreaLevel.CELL, link=link, page=MapPage.HOTSPOTS),
        beyond=int((events.position < 0).sum()),
        clusters=clusters(world, land, answer, events),
        concentration=concentration_of(land, found, events),
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
        series=area_profile.monthly_series(world, found.answer, chosen.offences & here),
        types=area_profile.type_counts(world, found.answer, chosen.offences & here, AreaLevel.CELL),
        hours=hours_of(world, np.repeat(counted, cube.count[counted])),
    )


def near_repeats(world: World, land: Land, asked: Choice, progress: Progress) -> pd.DataFrame:
    """Test whether offences of a choice come soon and near after each other.

    A row is one event, however many offences it stands for: they would be pairs with themselves.
    Time between two is that between the days of the offences, where they are known.

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
    cube = world.cube
    first, last = cube.first_day[DateBasis.OCCURRED], cube.last_day[DateBasis.OCCURRED]
    # A month without its day would be as many offences on its first.
    dated = views.select(world, answer).counted & (first == last)
    rows = np.unique(_events(world, land, answer, dated).row)
    if len(rows) > MOST_NEAR_REPEAT:
        raise AnalysisError(AnalysisCause.TOO_MANY, found=len(rows), most=MOST_NEAR_REPEAT)
    return near_repeat.knox(
        cube.x[rows],
        cube.y[rows],
        first[rows],
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
    kept = chosen_cells(land, answer, counts)
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
    gated = as_publishable(
        table, level=AreaLevel.CELL, audience=Audience.INTERNAL, rule=answer.rule
    )
    return Hotspots(
        answer,
        problem=problem,
        gated=gated,
        kept=frozenset(land.names.index[kept]),
        density=density,
        points=(events.x, events.y) if layer is HotspotLayer.POINTS else None,
        events=int(counts.sum()),
    )


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


def _require(found: int) -> None:
    if found < FEWEST_EVENTS:
        raise AnalysisError(AnalysisCause.TOO_FEW, found=found, needed=FEWEST_EVENTS)
