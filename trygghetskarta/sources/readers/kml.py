"""KML: places with names and data of their own, and tracks."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from trygghetskarta.errors import SourceCause, SourceError
from trygghetskarta.settings import SHOW_CRS
from trygghetskarta.sources.readers import archives, xml_text
from trygghetskarta.sources.readers.layers import Layer, with_points

KMZ = b"PK\x03\x04"
_SHAPES = ("Point", "LineString", "Polygon", "MultiGeometry")
_TEXTS = {"name": "Namn", "description": "Text", "when": "Tid", "begin": "Tid"}
"""What a placemark says of itself, and the column it becomes."""


def document(data: bytes, file: str, max_megabytes: float = 200) -> Element:
    """The root of a KML, or of the one in a KMZ.

    Raises
    ------
    SourceError
        ``FILE_EMPTY``, ``FILE_DAMAGED``, ``XML_FORBIDDEN``, ``FORMAT_UNKNOWN`` for other XML, and
        what :func:`trygghetskarta.sources.readers.archives.opened` raises.
    """
    if data.startswith(KMZ):
        with archives.opened(data, file, max_megabytes) as archive:
            held = archives.members(archive, file, (".kml",))
            if not held:
                raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file, suffix=".kmz")
            # The document is the first one, whatever it is called.
            data = archive.read(next(iter(held.values())))
    root = xml_text.root(data, file)
    if xml_text.local(root) != "kml":
        suffix = f".{xml_text.local(root)}"[:20]
        raise SourceError(SourceCause.FORMAT_UNKNOWN, file=file, suffix=suffix)
    return root


def placemarks(root: Element) -> list[Element]:
    """Every placemark, in whatever folder, in the document's order."""
    return [one for one in root.iter() if xml_text.local(one) == "Placemark"]


def read(data: bytes, file: str, max_megabytes: float = 200) -> Layer:
    """Read the placemarks of a KML or KMZ.

    Columns are what placemarks say of themselves (``Namn``, ``Text``, ``Tid``) and the names of
    their own data. A placemark without a place keeps its row.

    Raises
    ------
    SourceError
        As :func:`document`; ``NO_ROWS``.
    """
    marks = placemarks(document(data, file, max_megabytes))
    if not marks:
        raise SourceError(SourceCause.NO_ROWS, file=file)
    index = pd.RangeIndex(2, len(marks) + 2)
    rows = [_cells(mark) for mark in marks]
    names = list(dict.fromkeys(name for row in rows for name in row))
    frame = pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], index, dtype="str") for name in names},
        index=index,
    )
    shapes = np.empty(len(marks), dtype=object)
    shapes[:] = [_shape(mark) for mark in marks]
    with_points(frame, shapes, SHOW_CRS)
    return Layer(frame, gpd.GeoSeries(shapes, index=index), SHOW_CRS, {"header_row": 1})


def positions(text: str | None) -> NDArray[np.float64]:
    """Longitude and latitude, n by 2, of coordinates as KML writes them; NaN for what is none."""
    found = []
    for one in (text or "").split():
        parts = one.split(",")
        try:
            found.append((float(parts[0]), float(parts[1])))
        except (ValueError, IndexError):
            found.append((np.nan, np.nan))
    return np.array(found, dtype=np.float64).reshape(-1, 2)


def child_text(element: Element, name: str) -> str | None:
    """Text of the first descendant of that name, on one line; None when there is none."""
    found = next((one for one in element.iter() if xml_text.local(one) == name), None)
    return None if found is None else " ".join((found.text or "").split()) or None


def _cells(mark: Element) -> dict[str, str | None]:
    cells: dict[str, str | None] = {}
    for name, column in _TEXTS.items():
        text = child_text(mark, name)
        if text is not None:
            cells.setdefault(column, text)
    for one in mark.iter():
        key = one.get("name")
        if key and xml_text.local(one) == "Data":
            cells[key] = child_text(one, "value")
        elif key and xml_text.local(one) == "SimpleData":
            cells[key] = " ".join((one.text or "").split()) or None
    return cells


def _shape(mark: Element) -> shapely.Geometry | None:
    shape = next((one for one in mark if xml_text.local(one) in _SHAPES), None)
    return None if shape is None else _geometry(shape)


def _geometry(element: Element) -> shapely.Geometry | None:
    try:
        match xml_text.local(element):
            case "Point":
                return shapely.Point(*_sure(element)[0])
            case "LineString":
                return shapely.LineString(_sure(element))
            case "Polygon":
                outer, *inner = (_sure(ring) for ring in _rings(element))
                return shapely.Polygon(outer, inner)
            case _:
                parts = [_geometry(one) for one in element if xml_text.local(one) in _SHAPES]
                return _together([one for one in parts if one is not None])
    except (ValueError, IndexError, shapely.errors.ShapelyError):
        return None


def _together(parts: list[shapely.Geometry]) -> shapely.Geometry | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    kinds = {part.geom_type for part in parts}
    if kinds == {"Polygon"}:
        return shapely.MultiPolygon(parts)
    return shapely.MultiLineString(parts) if kinds == {"LineString"} else shapely.union_all(parts)


def _rings(polygon: Element) -> Iterator[Element]:
    for edge in ("outerBoundaryIs", "innerBoundaryIs"):
        for one in polygon:
            if xml_text.local(one) == edge:
                yield one


def _sure(element: Element) -> NDArray[np.float64]:
    text = next((one.text for one in element.iter() if xml_text.local(one) == "coordinates"), "")
    found = positions(text)
    if not np.isfinite(found).all():
        raise ValueError("no coordinates")
    return found
