"""The one border of coordinates: whatever system a file uses, EPSG:3006 comes out, or a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.errors import CrsCause, CrsError, Fault, TableRule
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.fields.point_columns import read_points
from trygghetskarta.sources.fields.reference_systems import (
    CRS_NAMES,
    SWEDEN,
    FilePoints,
    is_within,
    plausible_systems,
    recognised_crs,
    refuse_web_mercator,
    refuse_whole_file,
    supported_crs,
    system_names,
    to_work,
)
from trygghetskarta.sources.readers.files import RawTable

_NULL_ISLAND = 1.0
_DEGREES = 4326


@dataclass(frozen=True, eq=False)
class Located:
    """Points of a file.

    Attributes
    ----------
    geometry
        EPSG:3006, with the index of the file; missing where the row has no usable coordinates.
    faults
        Rows whose coordinates cannot be used.
    notes
        ``crs``: EPSG code the points were read in. ``guessed_crs``: the same, when the file did
        not tell and the values decided.
    """

    geometry: gpd.GeoSeries
    faults: tuple[Fault, ...]
    notes: dict[str, object]


def locate(
    raw: RawTable,
    roles: Mapping[str, str],
    *,
    bounds: tuple[float, float, float, float] | None,
    local_crs: int,
    crs: int | None = None,
) -> Located:
    """Find where each row of a file lies.

    Parameters
    ----------
    raw
        The file. Its geometry is used when it has any; otherwise the columns with roles
        ``easting``/``northing``, ``longitude``/``latitude`` or ``wkt``.
    roles
        Column by role.
    bounds
        The municipality's west, south, east and north in EPSG:3006, by which the system of a file
        that does not tell is recognised: the only one that puts at least half of the points
        within 20 km of it. None when not known.
    local_crs
        EPSG code the municipality itself works in; named first among what a file looks like.
    crs
        EPSG code the user has chosen; it goes before what the file says.

    Returns
    -------
    Located
        A row without any coordinates has no geometry and no fault. Faults:
        ``COORDINATE_INCOMPLETE``, ``NOT_A_NUMBER``, ``COORDINATE_OUTSIDE_SWEDEN`` (0, 0 too; the
        hint is the pair the other way round when that lies in Sweden), ``COORDINATE_COARSE``
        (degrees with at most one decimal), ``GEOMETRY_NOT_A_POINT``.

    Raises
    ------
    CrsError
        ``CRS_UNSUPPORTED``; ``CRS_MISSING``, ``CRS_UNKNOWN`` or ``AMBIGUOUS`` when the system is
        not told and nothing or several fit; ``WEB_MERCATOR``, ``IN_KILOMETRES`` or
        ``WITHOUT_DECIMALS`` when that is certain; ``SWAPPED``, ``OUTSIDE_SWEDEN`` or
        ``OUTSIDE_ALL`` when more than half of the points lie outside Sweden.
    """
    points = read_points(raw, roles)
    if points is None or not points.east.notna().any():
        nothing = gpd.GeoSeries([None] * len(raw.frame), index=raw.frame.index, crs=WORK_CRS)
        return Located(nothing, () if points is None else points.faults, {})
    order = [local_crs, *(code for code in CRS_NAMES if code != local_crs)]
    chosen = crs or points.crs
    notes: dict[str, object] = {}
    if chosen is None:
        chosen = recognised_crs(points, bounds, order, raw.file_name)
        notes["guessed_crs"] = chosen
    notes["crs"] = chosen = supported_crs(chosen, raw.file_name)
    east, north = to_work(points.east, points.north, chosen)
    outside = points.east.notna().to_numpy() & ~is_within(east, north, SWEDEN)
    zero = ((points.east.abs() < _NULL_ISLAND) & (points.north.abs() < _NULL_ISLAND)).to_numpy()
    refuse_whole_file(points, outside & ~zero, zero, chosen, order, raw.file_name)
    coarse = np.zeros_like(outside) if chosen != _DEGREES else _coarse(points) & ~outside
    faults = (
        points.faults + _outside_faults(points, outside, chosen) + _coarse_faults(points, coarse)
    )
    good = points.east.notna().to_numpy() & ~outside & ~coarse
    shapes = np.full(len(good), None, dtype=object)
    shapes[good] = shapely.points(east[good], north[good])
    return Located(gpd.GeoSeries(shapes, raw.frame.index, crs=WORK_CRS), faults, notes)


def to_work_crs(geometry: gpd.GeoSeries, raw: RawTable, crs: int | None = None) -> gpd.GeoSeries:
    """Reproject the areas of a file to EPSG:3006.

    Raises
    ------
    CrsError
        ``CRS_MISSING``, ``CRS_UNKNOWN``, ``CRS_UNSUPPORTED``, ``WEB_MERCATOR``, ``SWAPPED``,
        ``OUTSIDE_SWEDEN`` or ``OUTSIDE_ALL``.
    """
    box = geometry.dropna().bounds
    middle = (box["minx"] + box["maxx"]) / 2, (box["miny"] + box["maxy"]) / 2
    points = FilePoints(*middle, (), crs or raw.crs, "")
    order = list(CRS_NAMES)
    if points.crs is None:
        looks_like = system_names(plausible_systems(points, order))
        if not looks_like:
            refuse_web_mercator(points, SWEDEN, raw.file_name)
            raise CrsError(CrsCause.CRS_UNKNOWN, file=raw.file_name)
        raise CrsError(CrsCause.CRS_MISSING, file=raw.file_name, looks_like=looks_like)
    code = supported_crs(points.crs, raw.file_name)
    east, north = to_work(points.east, points.north, code)
    outside = ~is_within(east, north, SWEDEN)
    refuse_whole_file(points, outside, np.zeros_like(outside), code, order, raw.file_name)
    return geometry.set_crs(code, allow_override=True).to_crs(WORK_CRS)


def from_degrees(
    longitude: Sequence[float], latitude: Sequence[float]
) -> tuple[np.ndarray, np.ndarray]:
    """East and north in EPSG:3006 of places in WGS 84; NaN outside the box round Sweden."""
    east, north = to_work(
        pd.Series(longitude, dtype="float64"), pd.Series(latitude, dtype="float64"), 4326
    )
    inside = is_within(east, north, SWEDEN)
    return np.where(inside, east, np.nan), np.where(inside, north, np.nan)


def _coarse(points: FilePoints) -> np.ndarray:
    """Degrees with at most one decimal: they may be of anywhere within ten kilometres."""
    east, north = points.east.to_numpy(), points.north.to_numpy()
    return (np.round(east, 1) == east) & (np.round(north, 1) == north)


def _coarse_faults(points: FilePoints, coarse: np.ndarray) -> tuple[Fault, ...]:
    return tuple(
        Fault(TableRule.COORDINATE_COARSE, points.columns, int(row), f"{_short(y)}, {_short(x)}")
        for row, x, y in zip(
            points.east.index[coarse], points.east[coarse], points.north[coarse], strict=True
        )
    )


def _outside_faults(points: FilePoints, outside: np.ndarray, code: int) -> tuple[Fault, ...]:
    if not outside.any():
        return ()
    east, north = points.east[outside], points.north[outside]
    turned = is_within(*to_work(north, east, code), SWEDEN)
    return tuple(
        Fault(
            TableRule.COORDINATE_OUTSIDE_SWEDEN,
            points.columns,
            int(row),
            f"{_short(y)}, {_short(x)}",
            f"{_short(x)}, {_short(y)}" if swap else "",
        )
        for row, x, y, swap in zip(east.index, east, north, turned, strict=True)
    )


def _short(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
