"""The example town: street-like lines and spots inside the real areas, at no real address."""

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

_DENSE_KM2 = 3.0
"""Areas larger than this are countryside: their streets gather in a few villages."""
_VILLAGE_SPREAD = 350.0
_JITTER = 5.0
_MOST_JITTER = 15.0


@dataclass(frozen=True, eq=False)
class Town:
    """Areas with people, and the streets in each.

    Attributes
    ----------
    codes
        Code of each small area.
    people
        Inhabitants of each.
    district
        Code of the district each lies in.
    centrality
        0 to 1, how near each is to where most people are.
    starts, ends, owner, weight
        Street segments: two points (EPSG:3006), the row of the area each lies in, and how much of
        the area's events it takes.
    """

    codes: np.ndarray
    people: np.ndarray
    district: np.ndarray
    centrality: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    owner: np.ndarray
    weight: np.ndarray
    polygons: np.ndarray


def build(
    small: gpd.GeoDataFrame,
    districts: gpd.GeoDataFrame,
    people: pd.Series,
    rng: np.random.Generator,
) -> Town:
    """Lay out streets.

    Parameters
    ----------
    small, districts
        Areas in EPSG:3006 with ``area_code``; every small area lies in one district.
    people
        Inhabitants by code of the small areas.
    rng
        Source of chance.
    """
    small = small.sort_values("area_code", kind="stable").reset_index(drop=True)
    polygons = small.geometry.to_numpy()
    inner = shapely.point_on_surface(polygons)
    rows, holders = districts.sindex.query(inner, predicate="intersects")
    district = np.full(len(small), "", dtype=object)
    district[rows] = districts["area_code"].to_numpy(dtype=object)[holders]
    inhabitants = people.reindex(small["area_code"]).fillna(0).to_numpy(dtype=float)
    parts = [
        _streets(polygon, count, rng) for polygon, count in zip(polygons, inhabitants, strict=True)
    ]
    return Town(
        codes=small["area_code"].to_numpy(dtype=object),
        people=inhabitants,
        district=district,
        centrality=_centrality(polygons, inhabitants),
        starts=np.concatenate([start for start, _, _ in parts]),
        ends=np.concatenate([end for _, end, _ in parts]),
        owner=np.concatenate([np.full(len(w), row) for row, (_, _, w) in enumerate(parts)]),
        weight=np.concatenate([weight for _, _, weight in parts]),
        polygons=polygons,
    )


def place(town: Town, areas: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Put events on the streets of their areas.

    Parameters
    ----------
    town
        Where.
    areas
        Row of the area of each event.
    rng
        Source of chance.

    Returns
    -------
    float array, n × 2
        Coordinates in EPSG:3006, each inside its area.
    """
    points = np.empty((len(areas), 2))
    for row in np.unique(areas):
        members = np.flatnonzero(areas == row)
        own = np.flatnonzero(town.owner == row)
        chosen = own[
            rng.choice(len(own), len(members), p=town.weight[own] / town.weight[own].sum())
        ]
        along = rng.random((len(members), 1))
        on_street = town.starts[chosen] + along * (town.ends[chosen] - town.starts[chosen])
        offset = np.clip(rng.normal(0, _JITTER, on_street.shape), -_MOST_JITTER, _MOST_JITTER)
        moved = on_street + offset
        inside = shapely.contains_xy(town.polygons[row], moved[:, 0], moved[:, 1])
        points[members] = np.where(inside[:, None], moved, on_street)
    return np.round(points, 1)


def _streets(
    polygon: shapely.Geometry, people: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    count = int(np.clip(people / 45, 8, 80))
    anchors = _anchors(polygon, count, rng)
    grid = rng.uniform(0, np.pi)
    angle = grid + rng.choice([0, np.pi / 2], count) + rng.normal(0, 0.08, count)
    length = rng.uniform(80, 320, count)
    half = np.column_stack([np.cos(angle), np.sin(angle)]) * length[:, None] / 2
    lines = shapely.linestrings(np.stack([anchors - half, anchors + half], axis=1))
    clipped = shapely.intersection(lines, polygon)
    longest = [_longest(line, at) for line, at in zip(clipped, anchors, strict=True)]
    starts = np.array([ends[0] for ends in longest])
    stops = np.array([ends[1] for ends in longest])
    # A few streets take much of what happens, as in any town.
    weight = 1 / np.arange(1, count + 1) ** 0.8
    return starts, stops, rng.permutation(weight)


def _anchors(polygon: shapely.Geometry, count: int, rng: np.random.Generator) -> np.ndarray:
    if polygon.area / 1e6 <= _DENSE_KM2:
        return _inside(polygon, count, rng, lambda n: _uniform(polygon, n, rng))
    villages = _inside(polygon, 1 + count // 18, rng, lambda n: _uniform(polygon, n, rng))

    def near(n: int) -> np.ndarray:
        return villages[rng.integers(len(villages), size=n)] + rng.normal(
            0, _VILLAGE_SPREAD, (n, 2)
        )

    return _inside(polygon, count, rng, near)


def _inside(
    polygon: shapely.Geometry,
    count: int,
    rng: np.random.Generator,
    draw: Callable[[int], np.ndarray],
) -> np.ndarray:
    found = np.empty((0, 2))
    for _attempt in range(200):
        points = draw(4 * count)
        points = points[shapely.contains_xy(polygon, points[:, 0], points[:, 1])]
        found = np.concatenate([found, points])
        if len(found) >= count:
            return found[:count]
    centre = shapely.point_on_surface(polygon)
    return np.tile([centre.x, centre.y], (count, 1))


def _uniform(polygon: shapely.Geometry, count: int, rng: np.random.Generator) -> np.ndarray:
    low_x, low_y, high_x, high_y = polygon.bounds
    return np.column_stack([rng.uniform(low_x, high_x, count), rng.uniform(low_y, high_y, count)])


def _longest(line: shapely.Geometry, anchor: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    pieces = [part for part in shapely.get_parts(line) if part.geom_type == "LineString"]
    if not pieces:
        return anchor, anchor
    ends = np.asarray(max(pieces, key=lambda part: part.length).coords)
    # A hair inside the area, so that rounding does not put an event outside it.
    middle = ends.mean(axis=0)
    return middle + 0.98 * (ends[0] - middle), middle + 0.98 * (ends[-1] - middle)


def _centrality(polygons: np.ndarray, people: np.ndarray) -> np.ndarray:
    centres = shapely.get_coordinates(shapely.centroid(polygons))
    density = people / np.maximum(shapely.area(polygons) / 1e6, 0.01)
    middle = np.average(centres, axis=0, weights=people * density + 1e-9)
    distance = np.hypot(*(centres - middle).T)
    return np.exp(-((distance / 1500) ** 2))
