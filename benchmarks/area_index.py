"""Measure AreaIndex against geopandas and shapely, and count where the answers differ.

Run from the project's folder: ``python -m benchmarks.area_index``. Exit code 1 if any answer
differs or the built index is less than 20 times as fast as ``geopandas.sjoin``.
"""

import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.areas import country, trollhattan
from trygghetskarta.analysis.area_cells import NOWHERE
from trygghetskarta.analysis.spatial import AreaIndex, join_points

POINTS = 1_000_000
ADVERSARIAL_POINTS = 100_000
TIMES_FASTER = 20

T = TypeVar("T")
Points = tuple[NDArray[np.float64], NDArray[np.float64]]


def random_points(areas: gpd.GeoDataFrame, number: int, seed: int = 0) -> Points:
    """Draw points uniformly over the areas' extent."""
    west, south, east, north = areas.total_bounds
    rng = np.random.default_rng(seed)
    return rng.uniform(west, east, number), rng.uniform(south, north, number)


def adversarial_points(
    areas: gpd.GeoDataFrame, index: AreaIndex, number: int, seed: int = 0
) -> Points:
    """Draw points where a faulty index errs: on and one float beside borders and cell sides."""
    rng = np.random.default_rng(seed)
    each = number // 8
    starts, ends = _segments(areas, 3 * each, rng)
    share = rng.uniform(size=(each, 1))
    centre = 0.5 * (starts[:each] + ends[:each])
    along = starts[:each] + share * (ends[:each] - starts[:each])
    extent = np.array(areas.total_bounds).reshape(2, 2)
    anywhere = rng.uniform(extent[0], extent[1], (number - 7 * each, 2))
    lines = _cell_corners(index, number - 7 * each, rng)
    level = np.where(rng.random((each, 2)) < 0.5, starts[each : 2 * each], anywhere[:each])
    groups = [
        starts[2 * each :],  # corners
        _nudged(starts[2 * each :], rng),
        _nudged(along, rng),
        _nudged(centre, rng),
        level,  # at the height of a corner: the ray runs through it
        _nudged(lines[:each], rng),
        _far(areas, each, rng),
        np.where(rng.random(lines.shape) < 0.5, lines, anywhere),  # on one side of a cell
    ]
    points = np.concatenate(groups)
    return np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])


def reference_rows(areas: gpd.GeoDataFrame, x: NDArray, y: NDArray) -> NDArray[np.int32]:
    """Give the lowest code's row among the areas shapely says the point intersects, -1 for none."""
    geometry = np.array(areas.geometry, dtype=object)
    shapely.prepare(geometry)
    order = np.argsort(np.array(areas["area_code"], dtype=str))[::-1]
    row = np.full(len(x), NOWHERE, dtype=np.int32)
    for place, near in _in_boxes(geometry[order], x, y):
        area = order[place]
        row[near[shapely.intersects_xy(geometry[area], x[near], y[near])]] = area
    return row


def joined_rows(areas: gpd.GeoDataFrame, points: gpd.GeoDataFrame) -> NDArray[np.int32]:
    """Give the same as :func:`reference_rows`, by ``geopandas.sjoin``."""
    pairs = gpd.sjoin(points, areas[["area_code", "geometry"]], predicate="intersects")
    lowest = pairs.sort_values("area_code").groupby(level=0)["area_code"].first()
    row = np.full(len(points), NOWHERE, dtype=np.int32)
    row[lowest.index] = areas.set_index("area_code").index.get_indexer(lowest)
    return row


def main() -> int:
    """Print both tables; give the exit code."""
    good = [measure("Trollhättan", trollhattan()), measure("A country", country())]
    return 0 if all(good) else 1


def measure(name: str, areas: gpd.GeoDataFrame) -> bool:
    """Print the table of one data set; tell whether it agrees and is fast enough."""
    areas = areas.reset_index(drop=True)
    x, y = random_points(areas, POINTS)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y, crs=areas.crs))
    AreaIndex(areas.head(2))  # first use of numpy, shapely and PROJ is not what is measured
    index, build = timed(lambda: AreaIndex(areas))
    row, locate = timed(lambda: index.locate(x, y))
    _, border = timed(lambda: index.on_border(x, y))
    _, overlaps = timed(lambda: index.overlaps)
    _, whole = timed(lambda: join_points(points, index))
    _, sjoin = timed(
        lambda: gpd.sjoin(points, areas[["area_code", "geometry"]], predicate="intersects")
    )
    tree = shapely.STRtree(areas.geometry.array)
    _, query = timed(lambda: tree.query(points.geometry.array, predicate="intersects"))
    _, prepared = timed(lambda: _prepared_contains(areas, x, y))
    vertices = shapely.get_num_coordinates(areas.geometry.array).sum()
    print(f"\n{name}: {len(areas)} areas, {vertices} vertices, {POINTS} points; seconds, ratio")
    print(f"  geopandas.sjoin(intersects)    {sjoin:9.3f}")
    print(f"  shapely.STRtree.query          {query:9.3f} {query / locate:9.0f} x")
    print(f"  prepared contains, box first   {prepared:9.3f} {prepared / locate:9.0f} x")
    print(f"  AreaIndex.locate               {locate:9.3f} {sjoin / locate:9.0f} x")
    print(
        f"  AreaIndex() + locate           {build + locate:9.3f} {sjoin / (build + locate):9.0f} x"
    )
    print(f"  join_points, index built       {whole:9.3f} {sjoin / whole:9.0f} x")
    print(f"  AreaIndex() {build:.3f}, on_border {border:.3f}, overlaps {overlaps:.3f}")
    differences = _differences(areas, index, points, row)
    return differences == 0 and sjoin / locate >= TIMES_FASTER


def timed(function: Callable[[], T]) -> tuple[T, float]:
    """Call once; give the answer and the seconds it took."""
    start = time.perf_counter()
    answer = function()
    return answer, time.perf_counter() - start


def _differences(
    areas: gpd.GeoDataFrame, index: AreaIndex, points: gpd.GeoDataFrame, row: NDArray
) -> int:
    random = int((row != joined_rows(areas, points)).sum())
    x, y = adversarial_points(areas, index, ADVERSARIAL_POINTS)
    found, seconds = timed(lambda: index.locate(x, y))
    finite = np.isfinite(x) & np.isfinite(y)
    hard = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x[finite], y[finite], crs=areas.crs))
    beside = int((found[~finite] != NOWHERE).sum())
    adversarial = int((found[finite] != joined_rows(areas, hard)).sum()) + beside
    touching = int(index.on_border(x, y).sum())
    print(f"  differences from sjoin: {random} of {len(row)} random points,")
    print(f"    {adversarial} of {len(x)} adversarial ({seconds:.3f} s, {touching} on a border)")
    return random + adversarial


def _prepared_contains(areas: gpd.GeoDataFrame, x: NDArray, y: NDArray) -> NDArray[np.int32]:
    geometry = np.array(areas.geometry, dtype=object)
    shapely.prepare(geometry)
    row = np.full(len(x), NOWHERE, dtype=np.int32)
    for area, near in _in_boxes(geometry, x, y):
        row[near[shapely.contains_xy(geometry[area], x[near], y[near])]] = area
    shapely.destroy_prepared(geometry)
    return row


def _in_boxes(geometry: NDArray, x: NDArray, y: NDArray) -> Iterator[tuple[int, NDArray]]:
    """Give each area's position and the points in its bounding box."""
    order = np.argsort(x)
    sorted_x, sorted_y = x[order], y[order]
    for area, (west, south, east, north) in enumerate(shapely.bounds(geometry)):
        strip = slice(
            np.searchsorted(sorted_x, west, side="left"),
            np.searchsorted(sorted_x, east, side="right"),
        )
        inside = (sorted_y[strip] >= south) & (sorted_y[strip] <= north)
        yield area, order[strip][inside]


def _segments(
    areas: gpd.GeoDataFrame, number: int, rng: np.random.Generator
) -> tuple[NDArray, NDArray]:
    points, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(areas.geometry.array)), return_index=True
    )
    start = rng.choice(np.flatnonzero(ring[1:] == ring[:-1]), number)
    return points[start], points[start + 1]


def _nudged(points: NDArray, rng: np.random.Generator) -> NDArray:
    """Move each coordinate to the float below, to the float above, or not at all."""
    return np.nextafter(points, points + rng.integers(-1, 2, points.shape))


def _cell_corners(index: AreaIndex, number: int, rng: np.random.Generator) -> NDArray:
    """Give corners of the index's large and small cells; knows its insides on purpose."""
    cells = index._cells
    parts = rng.choice([1, 4, 8, 16], number)
    column = rng.integers(0, cells._columns * parts + 1) / parts
    row = rng.integers(0, cells._rows * parts + 1) / parts
    x, y = cells._west + column / cells._per_metre, cells._south + row / cells._per_metre
    return np.stack([x, y], axis=1)


def _far(areas: gpd.GeoDataFrame, number: int, rng: np.random.Generator) -> NDArray:
    """Give points on the extent's rim, far outside, at infinity and nowhere."""
    west, south, east, north = areas.total_bounds
    values = [0.0, -1e7, 1e7, 1e18, -1e300, 1e300, np.inf, -np.inf, np.nan]
    x = rng.choice([west, east, 0.5 * (west + east), *values], number)
    y = rng.choice([south, north, 0.5 * (south + north), *values], number)
    return np.stack([x, y], axis=1)


if __name__ == "__main__":
    sys.exit(main())
