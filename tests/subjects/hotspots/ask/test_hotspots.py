"""Hotspots of an invented year in the real districts: every figure counted anew from its rows."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely

from tests.subjects.hotspots.ask.invented_town import (
    BURGLARY,
    CENTRE,
    DRUGS,
    VIOLENCE,
    YEAR,
    by_district,
    code_of,
    per_cell,
    shown,
    xy,
)
from trygghetskarta.errors import AnalysisCause, DisclosureError
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.hotspots.ask import cluster_list, hotspots
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.hotspots import CellShape, HotspotClass, HotspotLayer, HotspotRefusal

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("side", [250, 500, 1000])
def test_every_cell_holds_the_points_within_it(town, side):
    land = hotspots.lay_land(town.world, CellShape.SQUARE, side)
    found = hotspots.find(town.world, land, Choice(cell_size=side, **YEAR))
    rows = town.counted()
    assert shown(found) == per_cell(rows, side)
    assert found.events == sum(row.count for row in rows)
    assert found.beyond == 0
    assert set(found.kept) == set(land.cells.code)


def test_every_hexagon_holds_the_points_that_its_polygon_covers(town):
    land = hotspots.lay_land(town.world, CellShape.HEXAGON, 500)
    found = hotspots.find(town.world, land, Choice(shape=CellShape.HEXAGON, **YEAR))
    rows = town.counted()
    points = shapely.points([xy(row) for row in rows])
    inside = shapely.STRtree(points).query(land.areas.geometry.to_numpy(), predicate="contains")
    counts = np.zeros(len(land.cells), dtype=int)
    np.add.at(counts, inside[0], np.array([row.count for row in rows])[inside[1]])
    assert found.gated.table["count"].tolist() == counts.tolist()
    assert land.areas.geometry.area.to_numpy() == pytest.approx(250_000)


def test_a_row_that_stands_for_several_counts_as_many(town):
    rows = town.counted(DRUGS)
    assert sum(row.count for row in rows) == len(rows) + 6
    assert shown(town.find(types=("Narkotika",))) == per_cell(rows)


def test_a_sum_without_a_point_is_told_and_lies_in_no_cell(town):
    found = town.find(types=("Narkotika",))
    assert found.facts.without_place == 9
    assert found.facts.offences == found.events + 9
    assert found.facts.level is AreaLevel.CELL


def test_a_point_outside_is_told_and_lies_in_no_cell(town):
    found = town.find(types=("Narkotika",))
    outside = [row for row in town.rows if row.where.startswith("outside")]
    assert found.facts.outside == len(outside) == 2
    near = next(row for row in outside if row.where == "outside near")
    code = code_of(*xy(near))
    # The cell itself is there: a part of it lies in the municipality.
    assert found.gated.table.at[code, "count"] == 0
    spot = hotspots.spot(town.world, town.land, found, code)
    assert (spot.count, spot.types.sum(), spot.series["count"].sum()) == (0, 0, 0)
    assert not town.land.used[list(town.land.cells.code).index(code)]


def test_the_municipalitys_own_corner_lies_in_a_cell(town):
    corner = next(row for row in town.rows if row.where == "corner")
    assert corner.x == min(row.x for row in town.counted())
    assert town.find(types=("Narkotika",)).gated.table.at[code_of(*xy(corner)), "count"] == 1


def test_a_period_and_a_type_leave_out_the_rest(town):
    spring = {"start": date(2025, 3, 1), "end": date(2025, 5, 31)}
    found = town.find(types=("Inbrott", "Våld"), **spring)
    assert shown(found) == per_cell(town.counted(BURGLARY, VIOLENCE, **spring))


def test_the_district_filter_keeps_those_districts_events(town):
    district = town.world.areas[AreaLevel.DISTRICT].geometry[CENTRE]
    inside = [row for row in town.counted() if district.covers(shapely.Point(*xy(row)))]
    found = town.find(districts=(CENTRE,))
    assert shown(found) == per_cell(inside)
    centres = shapely.points(town.land.cells.x, town.land.cells.y)
    own = town.land.cells.code[shapely.covers(district, centres)]
    assert found.kept == {*own, *per_cell(inside)}
    assert found.clusters["count"].sum() <= sum(row.count for row in inside)
    share = found.concentration
    assert share.events == sum(row.count for row in inside)
    used = {code_of(*xy(row)) for row in town.rows if row in town.counted()}
    assert share.cells == len(found.kept & used)


def test_drugs_are_shown_in_cells_but_never_as_points(town):
    assert shown(town.find(theme="narkotika")) == per_cell(town.counted(DRUGS))
    refused = town.find(theme="narkotika", layer=HotspotLayer.POINTS)
    assert refused.refused is HotspotRefusal.NO_POINTS
    assert refused.points is refused.gated is refused.facts is refused.clusters is None


@pytest.mark.parametrize("layer", HotspotLayer)
@pytest.mark.parametrize(
    ("choice", "why"),
    [
        ({"theme": "sexualbrott"}, HotspotRefusal.TOO_FINE),
        ({"types": ("Sexualbrott",)}, HotspotRefusal.TOO_FINE),
        ({"types": ("Sexualbrott", "Inbrott")}, HotspotRefusal.TOO_FINE),
        ({"theme": "grov_brottslighet"}, HotspotRefusal.TOO_FINE),
        ({"theme": "extremism"}, HotspotRefusal.NOT_MAPPED),
        ({"theme": "civilsamhalle"}, HotspotRefusal.NOT_MAPPED),
    ],
)
def test_what_may_not_be_shown_in_cells_has_no_figures_at_all(town, layer, choice, why):
    found = town.find(layer=layer, **choice)
    assert found.refused is why
    for part in ("facts", "gated", "density", "points", "clusters", "concentration"):
        assert getattr(found, part) is None
    assert (found.events, found.beyond, found.kept) == (0, 0, frozenset())
    assert hotspots.by_chance(town.world, town.land, found) is found
    assert hotspots.spot(town.world, town.land, found, town.land.cells.code[0]) is None
    with pytest.raises(DisclosureError):
        hotspots.near_repeats(
            town.world, town.land, Choice(layer=layer, **choice, **YEAR), lambda _part: None
        )


def test_points_are_the_rows_points(town):
    found = town.find(layer=HotspotLayer.POINTS, types=("Inbrott",))
    told = sorted(zip(*found.points, strict=True))
    assert told == sorted((float(row.x), float(row.y)) for row in town.counted(BURGLARY))
    assert town.find(types=("Inbrott",)).points is None


def test_too_few_events_give_no_clusters_and_say_so(town):
    found = town.find(types=("Narkotika",), layer=HotspotLayer.SIGNIFICANT)
    assert found.problem.cause is AnalysisCause.TOO_FEW
    assert found.problem.facts == {"found": found.events, "needed": cluster_list.FEWEST_EVENTS}
    assert found.clusters is None
    assert shown(found) == per_cell(town.counted(DRUGS))
    assert "z" not in found.gated.table


def test_the_square_is_a_certain_cluster_and_the_scattered_are_not(town):
    found = town.find(layer=HotspotLayer.SIGNIFICANT)
    assert found.problem is None
    table = found.gated.table
    square = per_cell([row for row in town.counted(VIOLENCE)])
    busiest = max(square, key=square.get)
    assert table.at[busiest, "significant"]
    hot = table.index[table["significant"].eq(True) & (table["z"] > 0)]
    heart = town.world.areas[AreaLevel.DISTRICT].geometry[CENTRE].representative_point()
    assert town.land.areas.loc[hot].distance(heart).max() < 1000
    known = {code_of(*xy(row)) for row in town.counted(start=date(2000, 1, 1))}
    assert set(table.index[table["z"].notna()]) == known


@pytest.mark.parametrize(
    "span",
    [
        (date(2025, 1, 1), date(2025, 12, 31)),
        # Three days of December would be a month with next to nothing in it.
        (date(2025, 2, 4), date(2025, 12, 3)),
    ],
)
def test_development_compares_periods_of_the_same_length(town, span):
    found = town.find(layer=HotspotLayer.EMERGING, start=span[0], end=span[1])
    assert found.problem is None
    square = per_cell(town.counted(VIOLENCE, start=span[0], end=span[1]))
    classes = found.gated.table["hotspot_class"]
    assert classes[max(square, key=square.get)] == HotspotClass.PERSISTENT
    assert set(classes.dropna()) <= set(HotspotClass)


def test_two_years_are_compared_quarter_by_quarter(town):
    """The same year twice, so that nothing rises or falls."""
    cube, days = town.world.cube, 365
    both = replace(
        cube,
        **{
            name: np.concatenate([getattr(cube, name)] * 2)
            for name in (
                *(
                    "offence_type",
                    "offence_code",
                    "has_time",
                    "inside",
                    "preliminary",
                    "final",
                    "count",
                ),
                *("x", "y", "began", "ended", "source"),
            )
        },
        area_row={level: np.tile(rows, 2) for level, rows in cube.area_row.items()},
        first_day={b: np.concatenate([day, day - days]) for b, day in cube.first_day.items()},
        last_day={b: np.concatenate([day, day - days]) for b, day in cube.last_day.items()},
    )
    world = replace(town.world, cube=both)
    choice = Choice(layer=HotspotLayer.EMERGING, **(YEAR | {"start": date(2024, 1, 1)}))
    found = hotspots.find(world, town.land, choice)
    assert found.problem is None
    # Eight quarters have 28 pairs; months would have 276.
    assert found.gated.table["trend_s"].abs().max() <= 28
    assert (found.gated.table["hotspot_class"] == HotspotClass.PERSISTENT).any()


@pytest.mark.parametrize(("end", "cause"), [(date(2025, 7, 31), AnalysisCause.TOO_FEW_PERIODS)])
def test_too_short_a_period_shows_no_development_and_says_so(town, end, cause):
    found = town.find(layer=HotspotLayer.EMERGING, end=end)
    assert found.problem.cause is cause
    assert found.problem.facts["found"] == 7
    assert "hotspot_class" not in found.gated.table
    assert shown(found) == per_cell(town.counted(end=end))


def test_too_few_in_some_month_shows_no_development_and_says_so(town):
    found = town.find(layer=HotspotLayer.EMERGING, types=("Våld",))
    assert found.problem.cause is AnalysisCause.TOO_FEW
    assert found.problem.facts["found"] == 20


def test_density_is_highest_in_the_square_and_nothing_beyond_the_municipality(town):
    found = town.find(layer=HotspotLayer.DENSITY, types=("Våld",), cell_size=50, bandwidth=300)
    rows = town.counted(VIOLENCE)
    grid = found.density
    assert grid.cell == 50
    row, column = np.unravel_index(np.nanargmax(grid.values), grid.values.shape)
    east, north = grid.centres()
    middle = np.mean([xy(one) for one in rows], axis=0)
    assert np.hypot(east[column] - middle[0], north[row] - middle[1]) < 300
    # Away from every border the surface holds all events: per km² and year, so sum times area.
    total = np.nansum(grid.values) * 50**2 / 1e6 * 365 / 365.25
    assert total == pytest.approx(len(rows), rel=0.01)
    assert not shapely.intersects_xy(town.land.outline, grid.west + 25, grid.south + 25)
    assert np.isnan(grid.values[0, 0])
    # A cell has the value at its centre.
    code = max(per_cell(rows), key=per_cell(rows).get)
    x, y = (int(part) + 125 for part in code.removeprefix("250E").split("N"))
    at = grid.values[int((y - grid.south) // 50), int((x - grid.west) // 50)]
    assert found.gated.table.at[code, "density"] == at > 0


def test_density_of_a_district_says_nothing_of_the_others(town):
    found = town.find(layer=HotspotLayer.DENSITY, districts=(CENTRE,))
    table = found.gated.table
    assert table.loc[~table.index.isin(found.kept), "density"].isna().all()
    assert table.loc[[*found.kept], "density"].notna().all()


def test_chance_keeps_every_districts_total_and_is_the_same_twice(town):
    real = town.find(layer=HotspotLayer.POINTS)
    chance = hotspots.by_chance(town.world, town.land, real)
    assert by_district(town.world, *chance.points) == pytest.approx(
        by_district(town.world, *real.points), abs=1
    )
    assert chance.events == real.events
    again = hotspots.by_chance(town.world, town.land, real)
    assert np.array_equal(chance.points, again.points)
    assert chance.gated.table.equals(again.gated.table)
    assert np.hypot(*(np.array(chance.points) - real.points)).min() > 0
    # The figures it stands beside are told by the same caption.
    assert chance.facts is real.facts
    assert chance.clusters is None


def test_chance_within_a_district_stays_there(town):
    real = town.find(layer=HotspotLayer.POINTS, districts=(CENTRE,))
    chance = hotspots.by_chance(town.world, town.land, real)
    assert by_district(town.world, *chance.points) == {CENTRE: real.events}


def test_the_square_is_no_cluster_of_chance(town):
    real = town.find(layer=HotspotLayer.SIGNIFICANT)
    chance = hotspots.by_chance(town.world, town.land, real)
    assert chance.gated.table["count"].max() < real.gated.table["count"].max() / 2
