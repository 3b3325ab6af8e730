"""Points as they stand in a file: two columns, one with text, or its own geometry."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.errors import CrsCause, CrsError, Fault, TableRule
from trygghetskarta.sources.fields.cell_values import numbers, told
from trygghetskarta.sources.fields.point_text import is_wkt, read_pairs
from trygghetskarta.sources.fields.reference_systems import CRS_NAMES, FilePoints
from trygghetskarta.sources.readers.files import RawTable

_EAST_WORDS = r"^(?:[eöÖE]|öst|ost|x)\s*[:=]?\s*(?=[\d-])"
_NORTH_WORDS = r"^(?:n|nord|norr|y)\s*[:=]?\s*(?=[\d-])"
_WORDS = r"[^-0-9., ]"
_AXES = (("easting", "northing"), ("longitude", "latitude"))
_WKT = r"^(?:SRID=(?P<srid>\d+);)?\s*(?P<shape>POINT\s*\(.+\)|.+)$"


def read_points(raw: RawTable, roles: Mapping[str, str]) -> FilePoints | None:
    """Read the points of a file from its geometry, else from its columns; None without either.

    Raises
    ------
    CrsError
        ``AMBIGUOUS`` when texts name several systems.
    """
    if raw.geometry is not None:
        return _from_geometry(raw.geometry, raw.crs, "")
    for east, north in _AXES:
        if east in roles and north in roles:
            return _from_columns(raw, roles[east], roles[north])
    if "wkt" in roles:
        return _from_wkt(raw, roles["wkt"])
    return None


def _from_geometry(geometry: gpd.GeoSeries, crs: int | None, column: str) -> FilePoints:
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
    return FilePoints(
        pd.Series(np.where(empty, np.nan, east), geometry.index),
        pd.Series(np.where(empty, np.nan, north), geometry.index),
        faults,
        crs,
        column,
    )


def _from_columns(raw: RawTable, east_column: str, north_column: str) -> FilePoints:
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
    return FilePoints(east.where(both), north.where(both), tuple(faults), None, columns)


def _from_wkt(raw: RawTable, column: str) -> FilePoints:
    cells = told(raw.frame[column])
    text = cells.where(is_wkt(cells))
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
    pairs = [pd.Series(side, cells.index) for side in read_pairs(cells.where(text.isna()))]
    east, north = found.east.fillna(pairs[0]), found.north.fillna(pairs[1])
    broken = cells.notna() & geometry.isna() & pairs[0].isna()
    faults = found.faults + tuple(
        _cell_faults(TableRule.GEOMETRY_NOT_A_POINT, column, cells, broken)
    )
    return FilePoints(east, north, faults, found.crs, column)


def _without_words(text: pd.Series, words: str) -> pd.Series:
    """Take off *N* in ``N 6465000`` and the degree sign or metre after the number."""
    odd = text.str.contains(_WORDS, na=False)
    if not odd.any():
        return text
    clean = text[odd].str.replace(words, "", case=False, regex=True)
    clean = clean.str.replace(r"\s*(?:°|m)\s*[NEÖO]?$", "", case=False, regex=True)
    return text.mask(odd, clean)


def _cell_faults(rule: TableRule, column: str, text: pd.Series, broken: pd.Series) -> list[Fault]:
    return [
        Fault(rule, column, int(row), "" if pd.isna(value) else value)
        for row, value in text[broken].items()
    ]
