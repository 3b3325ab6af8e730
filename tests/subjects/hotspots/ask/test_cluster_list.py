"""One cell and what it tells; clusters by name; cells in water."""

from collections import Counter
from dataclasses import replace
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from tests.subjects.hotspots.ask.invented_town import (
    BURGLARY,
    CENTRE,
    DRUGS,
    QUIET,
    SEXUAL,
    VIOLENCE,
    YEAR,
    by_district,
    cell_of,
    code_of,
    per_cell,
    shown,
    xy,
)
from trygghetskarta.errors import AnalysisCause
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.hotspots.ask import cluster_list, hotspots
from trygghetskarta.terms.areas import AreaLevel, Direction
from trygghetskarta.terms.hotspots import CellShape, HotspotLayer

pytestmark = pytest.mark.slow


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
