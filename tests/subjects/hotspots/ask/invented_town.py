"""A town of invented rows whose every cell can be counted by hand."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import shapely

from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.subjects.hotspots.ask import hotspot_figures, hotspots
from trygghetskarta.terms.areas import AreaLevel

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


def by_district(world: loaded_world.World, x, y) -> dict[str, int]:
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=3006)
    shapes = world.areas[AreaLevel.DISTRICT].reset_index()[["area_code", "geometry"]]
    return points.sjoin(shapes, predicate="within")["area_code"].value_counts().to_dict()
