"""The police's list of areas in its layouts: a shapefile of the land, and the town's own area.

Names, figures and shapes are invented; only how much of each district lies inside is as the
project's geodata tell, so that what is counted from the list can be compared with them.
"""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import shapely

KRONOGARDEN, LEXTORP, SYLTE = "1488S007", "1488S008", "1488S012"
SINCE = "2021-12-01"
INSIDE = {
    "uso_2023": {KRONOGARDEN: 0.923, LEXTORP: 0.024, SYLTE: 0.0004},
    "uso_2025": {KRONOGARDEN: 0.847, LEXTORP: 0.050},
}
"""By list: share of each district inside the town's area."""
OTHERS = (("Påhittade backen", "Särskilt utsatt område", "Påhitt"),
          ("Öarna", "Utsatt område", "Skärpåhitt"))  # fmt: skip


def write(folder: Path, districts: gpd.GeoSeries) -> None:
    """Write the lists.

    Parameters
    ----------
    folder
        Where; made here.
    districts
        Shapes by code, EPSG:3006.
    """
    folder.mkdir()
    town = _inside(districts, INSIDE["uso_2023"])
    square = shapely.box(480_000, 6_300_000, 481_000, 6_301_000)
    islands = shapely.MultiPolygon(
        [shapely.box(x, 6_160_000, x + 400, 6_160_300) for x in (375_000, 376_000)]
    )
    shapes = [square, islands, town]
    rows = [*OTHERS, ("Kronogården / Lextorp / Sylte", "Riskområde", "Trollhättan")]
    land = gpd.GeoDataFrame(
        {
            "NAMN": [row[0] for row in rows],
            "KATEGORI": [row[1] for row in rows],
            "ORT": [row[2] for row in rows],
            "LOKALPOLIS": "Östra Påhitt",
            "OMRADESKOD": [f"99{number:04}" for number in range(len(rows))],
            # Names are cut at ten signs, and the second of two that become alike is numbered.
            "POLISOMRAD": "9900",
            "POLISOMR_1": "Påhitt",
            "REGION": "Väst",
            "REGIONKOD": "9900",
            "SPECIALOMR": 50,
            "AKTUALITET": SINCE,
            "Shape_Leng": [shape.length for shape in shapes],
            "Shape_Area": [shape.area for shape in shapes],
        },
        # The police's shapes have heights, all of them 0.
        geometry=shapely.force_3d(shapes),
        crs=3006,
    )
    land.to_file(folder / "uso_2023.shp", encoding="UTF-8")
    land.iloc[[-1]].to_crs(4326).to_file(
        folder / "uso_2023_trollhattan_wgs84.geojson", driver="GeoJSON"
    )
    later = gpd.GeoDataFrame(
        {
            "name": ["Kronogården / Lextorp Norra"],
            "class": ["utsatt"],
            "kategori": ["Utsatt område"],
            "ort": ["Trollhättan"],
            "region": ["Väst"],
            "since": [SINCE],
        },
        geometry=[_inside(districts, INSIDE["uso_2025"])],
        crs=3006,
    )
    later.to_crs(4326).to_file(
        folder / "uso_2025_trollhattan_wgs84.geojson", driver="GeoJSON", COORDINATE_PRECISION=15
    )


def _inside(districts: gpd.GeoSeries, shares: Mapping[str, float]) -> shapely.Geometry:
    """A shape that covers so much of each district and nothing else, round where they meet."""
    middle = districts[KRONOGARDEN].intersection(districts[LEXTORP]).centroid
    parts = [_near(districts[code], middle, share) for code, share in shares.items()]
    # Corners a metre apart, so that rounded degrees do not make lines cross.
    return shapely.set_precision(shapely.union_all(parts), 1.0)


def _near(shape: shapely.Geometry, middle: shapely.Point, share: float) -> shapely.Geometry:
    """The part of a shape that lies nearest to a point and is such a share of it."""
    low, high = 0.0, shape.hausdorff_distance(middle)
    for _ in range(60):
        radius = (low + high) / 2
        part = shape.intersection(middle.buffer(radius, quad_segs=32))
        low, high = (radius, high) if part.area < share * shape.area else (low, radius)
    return part
