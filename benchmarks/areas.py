"""Areas to measure with: the town's own, and a country of invented ones as many and as winding."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

REGSO = Path(__file__).resolve().parent.parent / "geodata" / "1488" / "regso.gpkg"
COUNTRY = 3363
"""As many as Sweden has RegSO."""
_CORNER = np.array([266_000.0, 6_132_000.0])
_SIZE = np.array([600_000.0, 1_550_000.0])
_STEP = 100.0
"""Metres between the points of a border."""


def trollhattan() -> gpd.GeoDataFrame:
    """The 16 RegSO of Trollhättan, with the column ``area_code``."""
    return gpd.read_file(REGSO)


def country(number: int = COUNTRY, seed: int = 0) -> gpd.GeoDataFrame:
    """Invented areas that tile a land as large as Sweden, with the column ``area_code``.

    Small where many live, large elsewhere; neighbours share their borders to the last bit. The
    same seed gives the same areas.
    """
    rng = np.random.default_rng(seed)
    towns = rng.uniform(size=(40, 2))
    near = towns[rng.integers(0, len(towns), number * 2 // 3)]
    near = np.clip(near + rng.normal(0, 0.012, near.shape), 0, 1)
    places = np.concatenate([near, rng.uniform(size=(number - len(near), 2))])
    land = shapely.box(*_CORNER, *(_CORNER + _SIZE))
    cells = shapely.voronoi_polygons(
        shapely.multipoints(_CORNER + places * _SIZE), extend_to=land, only_edges=True
    )
    # Each line once, so that both its neighbours get the same points.
    edges = shapely.node(
        shapely.union_all([shapely.intersection(cells, land), shapely.boundary(land)])
    )
    winding = shapely.transform(shapely.segmentize(edges, _STEP), _wind)
    shapes = shapely.get_parts(shapely.polygonize([winding]))
    codes = [f"{at:04}R{at:03}" for at in range(1, len(shapes) + 1)]
    return gpd.GeoDataFrame({"area_code": codes}, geometry=shapes, crs=3006)


def _wind(points: np.ndarray) -> np.ndarray:
    """Bend the plane in smaller and smaller waves, without folding it."""
    x, y = points.T
    moved = points.copy()
    for length in (40_000.0, 9_000.0, 2_000.0, 700.0):
        turn = 2 * np.pi / length
        moved[:, 0] += 0.035 * length * np.sin(turn * y + length)
        moved[:, 1] += 0.035 * length * np.sin(turn * x - length)
    return moved
