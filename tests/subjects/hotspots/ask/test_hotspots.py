"""Hotspots of an invented year in the real districts: every figure counted anew from its rows."""

import shutil
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from trygghetskarta.errors import AnalysisCause, AnalysisError, DisclosureError
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.intake import intake
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.subjects.hotspots.ask import cluster_list, hotspot_figures, hotspots
from trygghetskarta.terms.areas import AreaLevel, Direction
from trygghetskarta.terms.hotspots import CellShape, HotspotClass, HotspotLayer, HotspotRefusal
from trygghetskarta.terms.imports import TableKind

pytestmark = pytest.mark.slow

VIOLENCE, BURGLARY, DRUGS, SEXUAL = "0355", "9801", "5011", "9694"
HEADER = (
    "Id;Brottskod;Inskrivningsdatum;BROTTSDATUMTID_START;BROTTSDATUMTID_SLUT;Områdeskod;E;N;Antal"
)
YEAR = {"period": PeriodKind.OWN, "start": date(2025, 1, 1), "end": date(2025, 12, 31)}
CENTRE, QUIET = "1488S007", "1488S016"
"""Kronogården, where the violence gathers, and Östra landsbygden."""


@dataclass(frozen=True)
class Row:
    """A row of the invented extract; ``where`` tells why it has the place it has."""

    code: str
    day: date
    x: int | None
    y: int | None
    count: int = 1
    hour: int | None = None
    where: str = "scattered"

    def line(self, number: int) -> str:
        moment = "" if self.hour is None else f"{self.day} {self.hour:02}:15"
        area = "1488S012" if self.x is None else ""
        point = ";" if self.x is None else f"{self.x};{self.y}"
        return f"{number};{self.code};{self.day};{moment};{moment};{area};{point};{self.count}"


@dataclass(frozen=True)
class Town:
    """The extract and the world it became."""

    rows: list[Row]
    world: loaded_world.World
    land: hotspot_figures.Land

    def counted(self, *codes: str, start=YEAR["start"], end=YEAR["end"]) -> list[Row]:
        """Rows with a point in the municipality, of some codes (all when none) and a period."""
        return [
            row
            for row in self.rows
            if row.x is not None
            and not row.where.startswith("outside")
            and start <= row.day <= end
            and (not codes or row.code in codes)
        ]

    def find(self, **choice) -> hotspot_figures.Hotspots:
        return hotspots.find(self.world, self.land, Choice(**(YEAR | choice)))


def invented(districts: gpd.GeoDataFrame) -> list[Row]:
    """Forty burglaries anywhere and twenty assaults in a square, each month; then the strange."""
    chance = np.random.default_rng(1488)
    rows = []
    west, south, east, north = districts.total_bounds
    whole = districts.union_all()
    shapely.prepare(whole)
    heart = districts.geometry[CENTRE].representative_point()
    for month in range(1, 13):
        made = 0
        while made < 40:
            x, y = int(chance.integers(west, east)), int(chance.integers(south, north))
            if shapely.contains_xy(whole, x, y):
                rows.append(Row(BURGLARY, date(2025, month, int(chance.integers(1, 29))), x, y))
                made += 1
        for turn in range(20):
            step = chance.integers(-300, 301, 2)
            x, y = int(heart.x) + int(step[0]), int(heart.y) + int(step[1])
            day = date(2025, month, int(chance.integers(1, 29)))
            rows.append(Row(VIOLENCE, day, x, y, hour=21 + turn % 3, where="square"))
    # Two burglars came back to the same door, one the next day and one after half a year.
    first, second = rows[0], rows[1]
    rows.append(replace(first, day=first.day + timedelta(days=1)))
    rows.append(replace(second, day=second.day + timedelta(days=182)))
    # On the corner where four cells meet; one row for seven; sums without a point.
    corner = int(heart.x) // 250 * 250, int(heart.y) // 250 * 250
    rows.append(Row(DRUGS, date(2025, 5, 1), *corner))
    rows.append(Row(DRUGS, date(2025, 5, 2), int(heart.x), int(heart.y), count=7, hour=10))
    rows.append(Row(DRUGS, date(2025, 5, 3), None, None, count=9, where="sum"))
    rows += [Row(SEXUAL, date(2025, 6, day), int(heart.x), int(heart.y)) for day in range(1, 13)]
    # The westernmost corner of the municipality belongs to it; what lies beyond does not.
    rows.append(Row(DRUGS, date(2025, 7, 1), *far_corner(whole), where="corner"))
    rows.append(Row(DRUGS, date(2025, 7, 2), int(west) - 9000, int(south), where="outside far"))
    rows.append(Row(DRUGS, date(2025, 7, 3), *beyond_the_border(whole), where="outside near"))
    return rows


def xy(row: Row) -> tuple[int, int]:
    return row.x, row.y


def far_corner(whole: shapely.Geometry) -> tuple[int, int]:
    """The westernmost whole metre of the municipality."""
    x, y = min(map(tuple, shapely.get_coordinates(whole)))
    near = [(int(x) + east, int(y) + north) for east in range(9) for north in range(-9, 9)]
    return next(point for point in near if whole.covers(shapely.Point(*point)))


def beyond_the_border(whole: shapely.Geometry) -> tuple[int, int]:
    """A point outside the municipality, in a cell that is partly inside."""
    near = shapely.boundary(whole).interpolate(0.3, normalized=True)
    for x in range(int(near.x) - 300, int(near.x) + 300, 7):
        for y in range(int(near.y) - 300, int(near.y) + 300, 7):
            cell = shapely.box(*cell_of(x, y), cell_of(x, y)[0] + 250, cell_of(x, y)[1] + 250)
            if whole.distance(shapely.Point(x, y)) > 30 and whole.intersection(cell).area > 10_000:
                return x, y
    raise AssertionError("no such point")


def cell_of(x: float, y: float, side: int = 250) -> tuple[int, int]:
    return int(x // side * side), int(y // side * side)


def code_of(x: float, y: float, side: int = 250) -> str:
    west, south = cell_of(x, y, side)
    return f"{side}E{west}N{south}"


def per_cell(rows: list[Row], side: int = 250) -> dict[str, int]:
    found = Counter()
    for row in rows:
        found[code_of(row.x, row.y, side)] += row.count
    return dict(found)


def shown(found: hotspot_figures.Hotspots) -> dict[str, int]:
    counts = found.gated.table["count"]
    return {code: int(n) for code, n in counts.items() if n}


@pytest.fixture(scope="module")
def town(base_store, tmp_path_factory) -> Town:
    path = tmp_path_factory.mktemp("town") / "store.gpkg"
    shutil.copy(base_store, path)
    place = open_workplace(Settings(store=str(path)), lambda: date(2026, 11, 2))
    districts = loaded_world.load(place.engine, place.municipality).areas[AreaLevel.DISTRICT]
    rows = invented(districts)
    content = "\n".join([HEADER, *(row.line(number) for number, row in enumerate(rows))]) + "\n"
    waiting = intake.receive(place, TableKind.INCIDENTS, "uttag.csv", content.encode("utf-8"))
    report = intake.import_waiting(place, waiting, "Polisen")
    assert (report.new, report.quarantined) == (len(rows), 0), report.faults[:3]
    world = loaded_world.load(place.engine, place.municipality)
    place.engine.dispose()
    return Town(rows, world, hotspots.lay_land(world, CellShape.SQUARE, 250))


# --- counts ---


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


# --- what may be shown ---


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


# --- layers ---


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
                *("offence_type", "offence_code", "has_time", "inside", "preliminary", "count"),
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


# --- chance ---


def by_district(world: loaded_world.World, x, y) -> dict[str, int]:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=3006)
    shapes = world.areas[AreaLevel.DISTRICT].reset_index()[["area_code", "geometry"]]
    return points.sjoin(shapes, predicate="within")["area_code"].value_counts().to_dict()


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


# --- one cell ---


def test_a_spot_tells_what_the_rows_tell(town):
    found = town.find()
    counts = per_cell(town.counted())
    code = max(counts, key=counts.get)
    here = [row for row in town.counted() if code_of(*xy(row)) == code]
    spot = hotspots.spot(town.world, town.land, found, code)
    assert (spot.code, spot.name) == (code, "Kronogården")
    assert spot.count == counts[code]
    assert spot.share == counts[code] / sum(counts.values())
    types = Counter()
    months = Counter()
    hours = Counter()
    # Sexual offences may not be told in a cell, so they are among the others.
    kind = {VIOLENCE: "Våld", BURGLARY: "Inbrott", DRUGS: "Narkotika", SEXUAL: "Övriga brott"}
    for row in here:
        types[kind[row.code]] += row.count
        months[row.day.month] += row.count
        if row.hour is not None:
            hours[row.hour] += row.count
    assert spot.types.to_dict() == types
    assert spot.types.is_monotonic_decreasing
    assert {at.month: n for at, n in spot.series["count"].items() if n} == months
    assert spot.hours.to_dict() == pytest.approx({hour: hours[hour] for hour in range(24)})


def test_a_spot_with_few_known_times_has_no_hours(town):
    found = town.find(types=("Inbrott",))
    code = next(iter(shown(found)))
    assert hotspots.spot(town.world, town.land, found, code).hours is None


@pytest.mark.parametrize("code", ["", "250E0N0", "<b>"])
def test_an_unknown_cell_has_no_spot(town, code):
    assert hotspots.spot(town.world, town.land, town.find(), code) is None


def test_a_cell_that_the_filter_leaves_out_has_no_spot(town):
    found = town.find(districts=(QUIET,))
    elsewhere = code_of(*xy(next(row for row in town.rows if row.where == "square")))
    assert elsewhere not in found.kept
    assert hotspots.spot(town.world, town.land, found, elsewhere) is None
    assert hotspots.spot(town.world, town.land, found, next(iter(found.kept))) is not None


# --- clusters ---


def test_the_strongest_cluster_is_the_square(town):
    found = town.find()
    first = found.clusters.iloc[0]
    counts = per_cell(town.counted())
    assert first["code"] == max(counts, key=counts.get)
    assert first["name"] == "Kronogården"
    assert first["hour"] == 21
    assert first["direction"] in set(Direction)
    assert first["share"] == pytest.approx(first["count"] / sum(counts.values()))
    assert found.clusters["count"].is_monotonic_decreasing
    assert found.clusters["count"].sum() <= sum(counts.values())
    assert len(found.clusters) <= cluster_list.MOST_CLUSTERS


def test_clusters_share_no_cell_and_hold_what_their_cells_hold(town, monkeypatch):
    kept = []
    real = cluster_list.hotspot_clusters.strongest_clusters

    def watched(*args, **words):
        kept.append(real(*args, **words))
        return kept[-1]

    monkeypatch.setattr(cluster_list.hotspot_clusters, "strongest_clusters", watched)
    found = town.find()
    cells = [cell for part in kept[0]["cells"] for cell in part]
    assert len(cells) == len(set(cells))
    assert found.clusters["cells"].tolist() == [len(part) for part in kept[0]["cells"]]
    # Positions are among the cells in use, in the order of the land.
    codes = town.land.cells.code[town.land.used]
    counts = per_cell(town.counted())
    for part, told in zip(kept[0]["cells"], found.clusters["count"], strict=True):
        assert told == sum(counts.get(code, 0) for code in codes[part])


def test_a_cluster_at_the_border_whose_centre_lies_in_no_district_is_still_told(town):
    districts = town.world.areas[AreaLevel.DISTRICT].geometry
    edge = town.land.cells
    beyond = np.flatnonzero(town.land.names.to_numpy() == "")
    whole = districts.union_all()
    room = shapely.area(shapely.intersection(edge.geometry[beyond], whole))
    position = beyond[np.argmax(room)]
    place = shapely.intersection(edge.geometry[position], whole).representative_point()
    cube = town.world.cube
    violence = cube.offence_code == cube.offence_codes.index(VIOLENCE)
    # Every eighth assault in that cell, the others round it as they were round their square.
    heart = districts[CENTRE].representative_point()
    there = np.arange(len(cube)) % 8 == 0
    world = replace(
        town.world,
        cube=replace(
            cube,
            x=np.where(violence, np.where(there, 0, cube.x - heart.x) + place.x, cube.x),
            y=np.where(violence, np.where(there, 0, cube.y - heart.y) + place.y, cube.y),
        ),
    )
    land = hotspots.lay_land(world, CellShape.SQUARE, 250)
    first = hotspots.find(world, land, Choice(**YEAR)).clusters.iloc[0]
    assert first["code"] == edge.code[position]
    assert (first["name"], first["direction"]) == ("", Direction.MIDDLE)
    assert first["count"] >= (violence & there).sum()


@pytest.mark.parametrize(
    ("east", "north", "expected"),
    [
        (0, 0, Direction.MIDDLE),
        (0, 900, Direction.NORTH),
        (900, 900, Direction.NORTH_EAST),
        (900, 0, Direction.EAST),
        (900, -900, Direction.SOUTH_EAST),
        (0, -900, Direction.SOUTH),
        (-900, -900, Direction.SOUTH_WEST),
        (-900, 0, Direction.WEST),
        (-900, 900, Direction.NORTH_WEST),
        (250, 0, Direction.MIDDLE),
    ],
)
def test_a_direction_is_that_from_the_middle_of_the_district(town, east, north, expected):
    """A square district of 2 km: its middle reaches 0.5 · 2000 / √π = 564 m."""
    square = gpd.GeoDataFrame(
        {"name": ["Ö"]},
        geometry=[shapely.box(340_125, 6_460_125, 342_125, 6_462_125)],
        index=pd.Index([CENTRE], name="area_code"),
        crs=3006,
    )
    world = replace(town.world, areas={**town.world.areas, AreaLevel.DISTRICT: square})
    land = hotspots.lay_land(world, CellShape.SQUARE, 250)
    position = int(land.cells.locate([341_125 + east], [6_461_125 + north])[0])
    # The cell's centre is where the direction is taken from.
    assert land.cells.x[position] - 341_125 == pytest.approx(east, abs=125)
    assert cluster_list._direction(world, land, position) is expected


def test_the_concentration_is_counted_over_the_cells_in_use(town):
    found = town.find()
    counts = per_cell(town.counted())
    most = sorted(counts.values(), reverse=True)
    whole, part = divmod(0.05 * len(most), 1)
    top = sum(most[: int(whole)]) + part * most[int(whole)]
    assert found.concentration.cells == len(counts)
    assert found.concentration.share == pytest.approx(top / sum(most))
    assert 0 < found.concentration.gini < 1
    early = town.find(start=date(2024, 1, 1), end=date(2024, 12, 31))
    assert early.concentration is None
    assert early.events == 0


# --- water ---


def test_no_cell_lies_in_water_and_what_happens_there_is_told(town):
    heart = town.world.areas[AreaLevel.DISTRICT].geometry[CENTRE].representative_point()
    west, south = cell_of(heart.x - 500, heart.y - 500)
    lake = shapely.box(west, south, west + 1250, south + 1250)
    world = replace(town.world, water=lake)
    land = hotspots.lay_land(world, CellShape.SQUARE, 250)
    assert len(land.cells) == len(town.land.cells) - 25
    assert shapely.area(shapely.intersection(land.cells.geometry, lake)).max() == 0
    found = hotspots.find(world, land, Choice(layer=HotspotLayer.POINTS, **YEAR))
    drowned = [row for row in town.counted() if lake.contains(shapely.Point(*xy(row)))]
    assert found.beyond >= sum(row.count for row in drowned) > 100
    assert found.beyond + found.events == sum(row.count for row in town.counted())
    chance = hotspots.by_chance(world, land, found)
    assert not shapely.contains_xy(lake, *chance.points).any()
    assert by_district(world, *chance.points) == pytest.approx(
        by_district(world, *found.points), abs=1
    )


def test_with_everything_in_the_water_there_are_too_few_on_land(town):
    heart = town.world.areas[AreaLevel.DISTRICT].geometry[CENTRE].representative_point()
    world = replace(town.world, water=heart.buffer(1000))
    land = hotspots.lay_land(world, CellShape.SQUARE, 250)
    choice = Choice(types=("Våld",), layer=HotspotLayer.SIGNIFICANT, **YEAR)
    found = hotspots.find(world, land, choice)
    assert (found.events, found.beyond) == (0, 240)
    assert found.clusters is None
    assert found.problem.cause is AnalysisCause.TOO_FEW
    assert found.problem.facts["found"] == 0


# --- near repeats ---


def test_near_repeats_count_the_pairs_of_the_rows(town):
    told = []
    table = hotspots.near_repeats(
        town.world, town.land, Choice(types=("Inbrott",), **YEAR), told.append
    )
    rows = town.counted(BURGLARY)
    x, y = np.array([xy(row) for row in rows]).T
    days = np.array([row.day.toordinal() for row in rows])
    first, second = np.triu_indices(len(rows), 1)
    apart = np.hypot(x[first] - x[second], y[first] - y[second])
    between = abs(days[first] - days[second])
    same = table[(table["distance_to"] == 0) & (table["day_from"] == 0)].iloc[0]
    assert same["observed"] == ((apart == 0) & (between < 7)).sum() == 1
    assert len(table) == 5 * 4
    for row in table[table["distance_to"] > 0].itertuples():
        near = (apart > 0) & (apart >= row.distance_from) & (apart < row.distance_to)
        soon = (between >= row.day_from) & (between < row.day_to)
        assert row.observed == (near & soon).sum()
    assert set(table["events"]) == {len(rows)}
    assert told[-1] == 1.0
    again = hotspots.near_repeats(
        town.world, town.land, Choice(types=("Inbrott",), **YEAR), told.append
    )
    assert table.equals(again)


def test_too_few_or_too_many_are_not_tested_for_near_repeats(town):
    with pytest.raises(AnalysisError) as few:
        hotspots.near_repeats(
            town.world, town.land, Choice(types=("Narkotika",), **YEAR), lambda _part: None
        )
    assert few.value.cause is AnalysisCause.TOO_FEW
    many = replace(town.world.cube, count=town.world.cube.count * 50)
    with pytest.raises(AnalysisError) as crowd:
        hotspots.near_repeats(
            replace(town.world, cube=many), town.land, Choice(**YEAR), lambda _part: None
        )
    assert crowd.value.cause is AnalysisCause.TOO_MANY
    assert crowd.value.facts["found"] == 50 * sum(row.count for row in town.counted())


def test_a_month_that_is_known_without_its_day_tells_no_days_between(town):
    """Every offence of a month would else be dated its first day."""
    cube = town.world.cube
    vague = {basis: days + 27 for basis, days in cube.first_day.items()}
    world = replace(town.world, cube=replace(cube, last_day=vague))
    with pytest.raises(AnalysisError) as refused:
        hotspots.near_repeats(
            world, town.land, Choice(types=("Inbrott",), **YEAR), lambda _part: None
        )
    assert refused.value.cause is AnalysisCause.TOO_FEW


def test_the_invented_hours_are_read_as_swedish_time(town):
    """A check of the world itself: the rows that the other tests count."""
    cube = town.world.cube
    assert int(cube.count.sum()) == sum(row.count for row in town.rows)
    known = cube.began[~np.isnat(cube.began)]
    local = pd.DatetimeIndex(known).tz_localize("UTC").tz_convert("Europe/Stockholm")
    assert sorted(set(local.hour)) == [10, 21, 22, 23]
    assert datetime(2025, 1, 1) < local[0].replace(tzinfo=None) < datetime(2026, 1, 1)
