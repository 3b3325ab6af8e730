"""Areas of a municipality's own: those of today with other codes, as they are or changed."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import read
from trygghetskarta.terms.areas import AreaLevel


def as_they_are(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same borders and names."""
    return areas


def split(areas: gpd.GeoDataFrame, name: str = "Sylte") -> gpd.GeoDataFrame:
    """Half of one area each for two new ones, west and east."""
    row = areas.index[areas["name"] == name][0]
    shape = areas.geometry[row]
    west, south, east, north = shape.bounds
    middle = (west + east) / 2
    parts = [
        shape.intersection(shapely.box(west, south, middle, north)),
        shape.intersection(shapely.box(middle, south, east, north)),
    ]
    new = gpd.GeoDataFrame(
        {"area_code": ["N1", "N2"], "name": [f"{name} väst", f"{name} öst"]},
        geometry=parts,
        crs=areas.crs,
    )
    return gpd.GeoDataFrame(pd.concat([areas.drop(row), new], ignore_index=True), crs=areas.crs)


def write(
    place: Workplace,
    folder: Path,
    change: Callable[[gpd.GeoDataFrame], gpd.GeoDataFrame] = as_they_are,
    name: str = "egna",
) -> Path:
    """Write the districts in force with the codes 01, 02 …, changed as a test wants."""
    areas = read.areas(place.engine, AreaLevel.DISTRICT).reset_index()
    areas = areas[["area_code", "name", "geometry"]]
    areas["area_code"] = [f"{n:02}" for n in range(1, len(areas) + 1)]
    path = folder / f"{name}.gpkg"
    change(areas).rename(columns={"area_code": "kod"}).to_file(path)
    return path
