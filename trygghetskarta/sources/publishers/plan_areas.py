"""A plan area from a file: one or more polygons, taken together."""

from dataclasses import dataclass

import numpy as np
import shapely

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.sources.fields import coordinates
from trygghetskarta.sources.readers import files

_POLYGONS = (3, 6)


@dataclass(frozen=True)
class PlanArea:
    """A place that is planned: its name, and its polygons in EPSG:3006."""

    name: str
    shape: shapely.Geometry


def parse(raw: files.RawTable) -> PlanArea:
    """Take the polygons of a file as one place, named after the file.

    Raises
    ------
    SourceError
        ``NOT_AN_AREA`` (file) when it holds anything but valid polygons.
    CrsError
        If the coordinates cannot be trusted.
    """
    if raw.geometry is None:
        raise SourceError(SourceCause.NOT_AN_AREA, file=raw.file_name)
    shapes = coordinates.to_work_crs(raw.geometry, raw).dropna().to_numpy()
    kinds = shapely.get_type_id(shapes)
    if not len(shapes) or any(kind not in _POLYGONS for kind in kinds):
        raise SourceError(SourceCause.NOT_AN_AREA, file=raw.file_name)
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        raise SourceError(SourceCause.NOT_AN_AREA, file=raw.file_name)
    whole = shapely.union_all(shapely.make_valid(shapes))
    if not whole.area:
        raise SourceError(SourceCause.NOT_AN_AREA, file=raw.file_name)
    return PlanArea(raw.file_name.rsplit(".", 1)[0], whole)
