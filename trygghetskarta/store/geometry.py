"""Geometry in and out of the database: GeoPackage blobs on SQLite, PostGIS elsewhere."""

import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Dialect
from sqlalchemy.types import UserDefinedType

from trygghetskarta.settings import WORK_CRS

_MAGIC = b"GP\x00"
_PLAIN, _EMPTY, _ENVELOPE = 0x01, 0x11, 0x03
_POINT_HEAD = _MAGIC + bytes([_PLAIN]) + struct.pack("<i", WORK_CRS)
_POINT_BOX = struct.Struct("<dd")
_BOX = struct.Struct("<dddd")
_HEADER = 8
_ENVELOPE_SIZES = (0, 32, 48, 48, 64)


def to_blobs(geometries: Sequence[shapely.Geometry | None]) -> list[bytes | None]:
    """Write geometries as GeoPackage blobs in EPSG:3006; None stays None.

    Areas carry their bounding box in the header, as the standard recommends; a point is one.
    """
    array = np.asarray(geometries, dtype=object)
    texts = shapely.to_wkb(array, byte_order=1, output_dimension=2)
    bounds = shapely.bounds(array)
    points = (shapely.get_type_id(array) == 0) & ~np.isnan(bounds[:, 0])
    return [
        None if text is None else (_POINT_HEAD if point else _header(box)) + text
        for text, point, box in zip(texts, points.tolist(), bounds.tolist(), strict=True)
    ]


def from_blobs(blobs: Sequence[Any]) -> NDArray[np.object_]:
    """Read geometries from GeoPackage blobs, whoever wrote them."""
    return shapely.from_wkb([None if blob is None else blob[_body(blob) :] for blob in blobs])


def to_ewkb(blobs: Sequence[bytes | None]) -> list[str | None]:
    """Write GeoPackage blobs as PostGIS reads text; None stays None."""
    shapes = shapely.set_srid(from_blobs(blobs), WORK_CRS)
    return shapely.to_wkb(shapes, hex=True, include_srid=True).tolist()


def coordinates(
    raw: Sequence[bytes | str | None],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """East and north of points as the driver gives them: GeoPackage blobs, or PostGIS's EWKB.

    NaN where there is no point.
    """
    written = next((value for value in raw if value is not None), None)
    if isinstance(written, bytes) and written.startswith(_MAGIC):
        points = from_blobs(raw)
    else:
        points = shapely.from_wkb(np.asarray(raw, dtype=object))
    return shapely.get_x(points), shapely.get_y(points)


def bounding_box(blob: bytes) -> tuple[float, float, float, float] | None:
    """Min x, max x, min y, max y of a GeoPackage blob; None when it is empty."""
    flags = blob[3]
    if flags & 0x10:
        return None
    if flags & 0x0F == _ENVELOPE:
        return _BOX.unpack_from(blob, _HEADER)
    if len(blob) == _HEADER + 21 and blob[_HEADER : _HEADER + 5] == b"\x01\x01\x00\x00\x00":
        x, y = _POINT_BOX.unpack_from(blob, _HEADER + 5)
        return x, x, y, y
    min_x, min_y, max_x, max_y = shapely.from_wkb(blob[_body(blob) :]).bounds
    return min_x, max_x, min_y, max_y


class Geometry(UserDefinedType[shapely.Geometry]):
    """A geometry column in EPSG:3006.

    GeoAlchemy2 does the same for PostGIS, but its GeoPackage dialect wants SpatiaLite, a native
    extension; a blob of eight bytes and WKB wants nothing.
    """

    cache_ok = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def get_col_spec(self, **_kw: object) -> str:
        """Column type as GeoPackage names it; PostGIS replaces it through ``postgis.py``."""
        return self.kind

    def bind_processor(self, dialect: Dialect) -> Callable[[bytes | None], str | None] | None:
        """Take GeoPackage blobs: SQLite keeps them as they are, PostGIS gets EWKB."""
        if dialect.name == "sqlite":
            return None
        return lambda blob: to_ewkb([blob])[0]

    def result_processor(
        self, dialect: Dialect, _coltype: object
    ) -> Callable[[Any], shapely.Geometry | None]:
        """Read a shapely geometry."""
        if dialect.name == "sqlite":
            return lambda value: None if value is None else from_blobs([value])[0]
        return lambda value: None if value is None else shapely.from_wkb(value)


def _header(box: list[float]) -> bytes:
    if np.isnan(box[0]):
        return _MAGIC + bytes([_EMPTY]) + struct.pack("<i", WORK_CRS)
    envelope = _BOX.pack(box[0], box[2], box[1], box[3])
    return _MAGIC + bytes([_ENVELOPE]) + struct.pack("<i", WORK_CRS) + envelope


def _body(blob: bytes) -> int:
    return _HEADER + _ENVELOPE_SIZES[(blob[3] >> 1) & 0x07]
