"""The municipality's water, where no cell is laid: an optional layer among its geodata."""

from pathlib import Path

import geopandas as gpd
import shapely
from pyogrio.errors import DataSourceError

from trygghetskarta.errors import CrsCause, CrsError, SourceCause, SourceError
from trygghetskarta.settings import WORK_CRS

WATER_FILE = "water.gpkg"


def read(folder: Path) -> shapely.Geometry | None:
    """Read the water of a municipality.

    Parameters
    ----------
    folder
        The municipality's folder among the geodata.

    Returns
    -------
    geometry or None
        One polygon or multipolygon in EPSG:3006; None when there is no such file.

    Raises
    ------
    SourceError
        ``FILE_DAMAGED`` if the file is no GeoPackage.
    CrsError
        ``CRS_MISSING`` if it does not say its coordinate system.
    """
    path = folder / WATER_FILE
    if not path.exists():
        return None
    try:
        layer = gpd.read_file(path)
    except DataSourceError as error:
        raise SourceError(SourceCause.FILE_DAMAGED, file=path.name) from error
    if layer.crs is None:
        raise CrsError(CrsCause.CRS_MISSING, file=path.name, looks_like="")
    shapes = layer.to_crs(WORK_CRS).geometry
    areas = shapes[shapes.geom_type.isin(["Polygon", "MultiPolygon"])]
    return shapely.make_valid(areas.union_all()) if len(areas) else None
