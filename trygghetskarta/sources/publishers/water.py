"""The municipality's water, where no cell is laid: an optional layer among its geodata."""

from pathlib import Path

import numpy as np
import shapely

from trygghetskarta.errors import CrsCause, CrsError, SourceCause, SourceError
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.readers import layers

WATER_FILE = "water.gpkg"
_AREAS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def read(folder: Path) -> shapely.Geometry | None:
    """Read the water of a municipality.

    Parameters
    ----------
    folder
        The municipality's folder among the geodata.

    Returns
    -------
    geometry or None
        One polygon or multipolygon in EPSG:3006; None when there is no such file, or no area in it.

    Raises
    ------
    SourceError
        As ``readers.layers.read_geopackage``: ``FILE_DAMAGED`` if the file is no GeoPackage or a
        corner is nowhere,
        ``SEVERAL_LAYERS`` if it has more than one layer.
    CrsError
        ``CRS_MISSING`` if it does not say its coordinate system, ``CRS_UNSUPPORTED``.
    """
    path = folder / WATER_FILE
    if not path.exists():
        return None
    layer = layers.read_geopackage(path.read_bytes(), path.name)
    if layer.crs is None:
        raise CrsError(CrsCause.CRS_MISSING, file=path.name, looks_like="")
    shapes = layer.geometry.set_crs(layer.crs).to_crs(WORK_CRS).to_numpy()
    areas = shapes[np.isin(shapely.get_type_id(shapes), _AREAS)]
    if not np.isfinite(shapely.get_coordinates(areas)).all():
        raise SourceError(SourceCause.FILE_DAMAGED, file=path.name)
    # An area that crosses itself would stop the union of all.
    valid = shapely.make_valid(areas, method="structure", keep_collapsed=False)
    return shapely.union_all(valid) if len(valid) else None
