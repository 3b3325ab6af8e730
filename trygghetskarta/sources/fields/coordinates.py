"""The one border of coordinates: whatever system a file uses, EPSG:3006 comes out, or a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from trygghetskarta.errors import CrsCause, CrsError, Fault, TableRule
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.fields.cell_values import numbers, told
from trygghetskarta.sources.readers.files import RawTable

CRS_NAMES = {
    3006: "SWEREF 99 TM",
    3007: "SWEREF 99 12 00",
    3008: "SWEREF 99 13 30",
    3009: "SWEREF 99 15 00",
    3010: "SWEREF 99 16 30",
    3011: "SWEREF 99 18 00",
    3012: "SWEREF 99 14 15",
    3013: "SWEREF 99 15 45",
    3014: "SWEREF 99 17 15",
    3015: "SWEREF 99 18 45",
    3016: "SWEREF 99 20 15",
    3017: "SWEREF 99 21 45",
    3018: "SWEREF 99 23 15",
    4326: "WGS 84",
    3019: "RT 90 7,5 gon V",
    3020: "RT 90 5 gon V",
    3021: "RT 90 2,5 gon V",
    3022: "RT 90 0 gon",
    3023: "RT 90 2,5 gon O",
    3024: "RT 90 5 gon O",
}
"""Systems that are read, and what Lantmäteriet calls them."""

_SAME_AS_WGS_84 = {4619: 4326, 4258: 4326, 4976: 4326, 4979: 4326}
"""SWEREF 99 and ETRS89 in degrees differ from WGS 84 by less than a metre."""

SWEDEN = (180_000.0, 6_090_000.0, 970_000.0, 7_700_000.0)
"""Box round Sweden with its waters in EPSG:3006: west, south, east, north."""

_MARGIN = 20_000.0
"""How far outside the municipality, in metres, a file's points still count as there."""

_MOST = 0.5
_RIVAL = 0.5
_NULL_ISLAND = 1.0
_EAST_WORDS = r"^(?:[eöÖE]|öst|ost|x)\s*[:=]?\s*(?=[\d-])"
_NORTH_WORDS = r"^(?:n|nord|norr|y)\s*[:=]?\s*(?=[\d-])"
_AXES = (("easting", "northing"), ("longitude", "latitude"))
_WKT = r"^(?:SRID=(?P<srid>\d+);)?\s*(?P<shape>POINT\s*\(.+\)|.+)$"


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


@dataclass(frozen=True, eq=False)
class _Points:
    """East and north as they stand in the file; NaN where missing or unusable."""

    east: pd.Series
    north: pd.Series
    faults: tuple[Fault, ...]
    crs: int | None
    columns: str


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
        hint is the pair the other way round when that lies in Sweden), ``GEOMETRY_NOT_A_POINT``.

    Raises
    ------
    CrsError
        ``CRS_UNSUPPORTED``; ``CRS_MISSING`` or ``AMBIGUOUS`` when the system is not told and
        nothing or several fit; ``SWAPPED`` or ``OUTSIDE_SWEDEN`` when more than half of the points
        lie outside Sweden.
    """
    points = _points(raw, roles)
    if points is None or not points.east.notna().any():
        nothing = gpd.GeoSeries([None] * len(raw.frame), index=raw.frame.index, crs=WORK_CRS)
        return Located(nothing, () if points is None else points.faults, {})
    order = [local_crs, *(code for code in CRS_NAMES if code != local_crs)]
    chosen = crs or points.crs
    notes: dict[str, object] = {}
    if chosen is None:
        chosen = _recognise(points, bounds, order, raw.file_name)
        notes["guessed_crs"] = chosen
    notes["crs"] = chosen = _supported(chosen, raw.file_name)
    east, north = _to_work(points.east, points.north, chosen)
    outside = points.east.notna().to_numpy() & ~_within(east, north, SWEDEN)
    zero = ((points.east.abs() < _NULL_ISLAND) & (points.north.abs() < _NULL_ISLAND)).to_numpy()
    _refuse_whole_file(points, outside & ~zero, zero, chosen, order, raw.file_name)
    faults = points.faults + _outside_faults(points, outside, chosen)
    good = points.east.notna().to_numpy() & ~outside
    shapes = np.full(len(good), None, dtype=object)
    shapes[good] = shapely.points(east[good], north[good])
    return Located(gpd.GeoSeries(shapes, raw.frame.index, crs=WORK_CRS), faults, notes)


def to_work_crs(geometry: gpd.GeoSeries, raw: RawTable, crs: int | None = None) -> gpd.GeoSeries:
    """Reproject the areas of a file to EPSG:3006.

    Raises
    ------
    CrsError
        ``CRS_MISSING``, ``CRS_UNSUPPORTED``, ``SWAPPED`` or ``OUTSIDE_SWEDEN``.
    """
    box = geometry.dropna().bounds
    middle = (box["minx"] + box["maxx"]) / 2, (box["miny"] + box["maxy"]) / 2
    points = _Points(*middle, (), crs or raw.crs, "")
    order = list(CRS_NAMES)
    if points.crs is None:
        looks_like = _names(_plausible(points, order))
        raise CrsError(CrsCause.CRS_MISSING, file=raw.file_name, looks_like=looks_like)
    code = _supported(points.crs, raw.file_name)
    east, north = _to_work(points.east, points.north, code)
    outside = ~_within(east, north, SWEDEN)
    _refuse_whole_file(points, outside, np.zeros_like(outside), code, order, raw.file_name)
    return geometry.set_crs(code, allow_override=True).to_crs(WORK_CRS)


def _supported(code: int, file: str) -> int:
    code = _SAME_AS_WGS_84.get(code, code)
    if code not in CRS_NAMES:
        raise CrsError(CrsCause.CRS_UNSUPPORTED, file=file, crs=f"EPSG:{code}")
    return code


def _points(raw: RawTable, roles: Mapping[str, str]) -> _Points | None:
    if raw.geometry is not None:
        return _from_geometry(raw.geometry, raw.crs, "")
    for east, north in _AXES:
        if east in roles and north in roles:
            return _from_columns(raw, roles[east], roles[north])
    if "wkt" in roles:
        return _from_wkt(raw, roles["wkt"])
    return None


def _from_geometry(geometry: gpd.GeoSeries, crs: int | None, column: str) -> _Points:
    shapes = geometry.to_numpy()
    kinds = shapely.get_type_id(shapes)
    single = (kinds == 4) & (shapely.get_num_geometries(shapes) == 1)
    shapes = np.where(single, shapely.get_geometry(shapes, 0), shapes)
    point = (kinds == 0) | single
    faults = tuple(
        Fault(TableRule.GEOMETRY_NOT_A_POINT, column, int(row), shape.geom_type)
        for row, shape in zip(
            geometry.index[~point & (kinds >= 0)], shapes[~point & (kinds >= 0)], strict=True
        )
    )
    shapes = np.where(point, shapes, None)
    east, north = shapely.get_x(shapes), shapely.get_y(shapes)
    empty = ~(np.isfinite(east) & np.isfinite(north))
    return _Points(
        pd.Series(np.where(empty, np.nan, east), geometry.index),
        pd.Series(np.where(empty, np.nan, north), geometry.index),
        faults,
        crs,
        column,
    )


def _from_columns(raw: RawTable, east_column: str, north_column: str) -> _Points:
    east_text = told(raw.frame[east_column])
    north_text = told(raw.frame[north_column])
    east, east_broken = numbers(_without_words(east_text, _EAST_WORDS))
    north, north_broken = numbers(_without_words(north_text, _NORTH_WORDS))
    faults = [
        *_cell_faults(TableRule.NOT_A_NUMBER, north_column, north_text, north_broken),
        *_cell_faults(TableRule.NOT_A_NUMBER, east_column, east_text, east_broken),
        *_cell_faults(
            TableRule.COORDINATE_INCOMPLETE,
            north_column,
            north_text,
            north_text.isna() & east_text.notna(),
        ),
        *_cell_faults(
            TableRule.COORDINATE_INCOMPLETE,
            east_column,
            east_text,
            east_text.isna() & north_text.notna(),
        ),
    ]
    both = east.notna() & north.notna()
    columns = f"{north_column}, {east_column}"
    return _Points(east.where(both), north.where(both), tuple(faults), None, columns)


def _from_wkt(raw: RawTable, column: str) -> _Points:
    text = told(raw.frame[column])
    parts = text.str.extract(_WKT)
    shapes = shapely.from_wkt(
        parts["shape"].astype(object).where(text.notna(), None), on_invalid="ignore"
    )
    geometry = gpd.GeoSeries(shapes, raw.frame.index)
    codes = parts["srid"].dropna().unique()
    if len(codes) > 1:
        candidates = [CRS_NAMES.get(int(code), f"EPSG:{code}") for code in codes]
        raise CrsError(CrsCause.AMBIGUOUS, file=raw.file_name, candidates=candidates)
    found = _from_geometry(geometry, int(codes[0]) if len(codes) else None, column)
    broken = text.notna() & geometry.isna()
    faults = found.faults + tuple(
        _cell_faults(TableRule.GEOMETRY_NOT_A_POINT, column, text, broken)
    )
    return _Points(found.east, found.north, faults, found.crs, column)


def _without_words(text: pd.Series, words: str) -> pd.Series:
    """Take off *N* in ``N 6465000`` and the degree sign or metre after the number."""
    clean = text.str.replace(words, "", case=False, regex=True)
    return clean.str.replace(r"\s*(?:°|m)\s*[NEÖO]?$", "", case=False, regex=True)


def _cell_faults(rule: TableRule, column: str, text: pd.Series, broken: pd.Series) -> list[Fault]:
    return [
        Fault(rule, column, int(row), "" if pd.isna(value) else value)
        for row, value in text[broken].items()
    ]


def from_degrees(
    longitude: Sequence[float], latitude: Sequence[float]
) -> tuple[np.ndarray, np.ndarray]:
    """East and north in EPSG:3006 of places in WGS 84; NaN outside the box round Sweden."""
    east, north = _to_work(
        pd.Series(longitude, dtype="float64"), pd.Series(latitude, dtype="float64"), 4326
    )
    inside = _within(east, north, SWEDEN)
    return np.where(inside, east, np.nan), np.where(inside, north, np.nan)


@cache
def _transformer(code: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(code, WORK_CRS, always_xy=True)


def _to_work(east: pd.Series, north: pd.Series, code: int) -> tuple[np.ndarray, np.ndarray]:
    if code == WORK_CRS:
        return east.to_numpy(), north.to_numpy()
    x, y = _transformer(code).transform(east.to_numpy(), north.to_numpy())
    nowhere = ~(np.isfinite(x) & np.isfinite(y))
    return np.where(nowhere, np.nan, x), np.where(nowhere, np.nan, y)


def _within(
    east: np.ndarray, north: np.ndarray, box: tuple[float, float, float, float]
) -> np.ndarray:
    west, south, right, top = box
    return (east >= west) & (east <= right) & (north >= south) & (north <= top)


def _sample(points: _Points) -> _Points:
    """The points that can tell a system; at most a thousand, evenly picked, without 0, 0."""
    real = points.east.notna() & ~((points.east.abs() < 1) & (points.north.abs() < 1))
    step = max(1, int(real.sum()) // 1000)
    return _Points(points.east[real][::step], points.north[real][::step], (), None, "")


def _swapped(points: _Points) -> _Points:
    return _Points(points.north, points.east, (), points.crs, points.columns)


def _share(points: _Points, code: int, box: tuple[float, float, float, float]) -> float:
    if not len(points.east):
        return 0.0
    return float(_within(*_to_work(points.east, points.north, code), box).mean())


def _plausible(points: _Points, order: list[int]) -> list[int]:
    """Systems that put most points in Sweden."""
    sample = _sample(points)
    return [code for code in order if _share(sample, code, SWEDEN) > _MOST]


def _names(codes: list[int]) -> list[str]:
    return [CRS_NAMES[code] for code in codes]


def _recognise(
    points: _Points,
    bounds: tuple[float, float, float, float] | None,
    order: list[int],
    file: str,
) -> int:
    """The only system that fits, or an error that says which might."""
    sample = _sample(points)
    if not len(sample.east):
        return WORK_CRS
    plausible = _plausible(points, order)
    fitting = _fitting(sample, plausible, bounds)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise CrsError(CrsCause.AMBIGUOUS, file=file, candidates=_names(fitting))
    turned = _plausible(_swapped(sample), order)
    if turned and not plausible:
        near = _fitting(_swapped(sample), turned, bounds) or turned
        raise CrsError(CrsCause.SWAPPED, file=file, looks_like=_names(near))
    raise CrsError(CrsCause.CRS_MISSING, file=file, looks_like=_names(plausible))


def _fitting(
    points: _Points, codes: list[int], bounds: tuple[float, float, float, float] | None
) -> list[int]:
    """Systems that put at least half of the points near the municipality, without poor rivals."""
    if bounds is None:
        return []
    west, south, east, north = bounds
    near = (west - _MARGIN, south - _MARGIN, east + _MARGIN, north + _MARGIN)
    shares = {code: _share(points, code, near) for code in codes}
    best = max(shares.values(), default=0.0)
    return [code for code, share in shares.items() if share >= max(_MOST, best * _RIVAL)]


def _refuse_whole_file(
    points: _Points,
    outside: np.ndarray,
    zero: np.ndarray,
    code: int,
    order: list[int],
    file: str,
) -> None:
    real = int((points.east.notna().to_numpy() & ~zero).sum())
    if not real or outside.sum() <= real * _MOST:
        return
    wrong = _Points(points.east[outside], points.north[outside], (), None, "")
    if _share(_swapped(wrong), code, SWEDEN) > _MOST:
        raise CrsError(CrsCause.SWAPPED, file=file, looks_like=_names([code]))
    looks_like = _names(_plausible(wrong, order))
    if not looks_like:
        turned = _plausible(_swapped(wrong), order)
        if turned:
            raise CrsError(CrsCause.SWAPPED, file=file, looks_like=_names(turned))
    share = round(100 * float(outside.sum()) / real)
    raise CrsError(CrsCause.OUTSIDE_SWEDEN, file=file, share=share, looks_like=looks_like)


def _outside_faults(points: _Points, outside: np.ndarray, code: int) -> tuple[Fault, ...]:
    if not outside.any():
        return ()
    east, north = points.east[outside], points.north[outside]
    turned = _within(*_to_work(north, east, code), SWEDEN)
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
