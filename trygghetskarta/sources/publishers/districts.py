"""Area boundaries: SCB's RegSO and DeSO, or a municipality's own districts."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import area_codes, coordinates, quarantine
from trygghetskarta.sources.fields.cell_values import told
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.tables import AREAS
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import Aside

_LEVEL_WORDS = {
    "kommun": AreaLevel.MUNICIPALITY,
    "stadsdel": AreaLevel.DISTRICT,
    "regso": AreaLevel.REGSO,
    "deso": AreaLevel.DESO,
}
_POLYGONS = (3, 6)
_GEOMETRY = "geometri"


def parse(
    raw: RawTable,
    mapping: ColumnMapping,
    *,
    boundary_version: str,
    level: AreaLevel | None = None,
    crs: int | None = None,
) -> Parsed:
    """Parse a file of areas.

    Parameters
    ----------
    raw, mapping
        The file, and which columns hold code and name; either can stand for both.
    boundary_version
        Version of these borders, stored with every assignment of an incident to an area.
    level
        What the areas are. By default told by a column, else by the form of the code
        (``1488R001`` RegSO, ``1488A0010`` DeSO, ``1488`` municipality), else districts.
    crs
        EPSG code when the file does not tell.

    Returns
    -------
    Parsed
        ``table`` fulfils ``AREAS``. A name that several areas of a level share gets the code added,
        since it alone is no name of any. Faults: ``GEOMETRY_MISSING``, ``GEOMETRY_TYPE`` (the value
        is the type found), ``GEOMETRY_INVALID`` (the value says where), ``VALUE_MISSING``,
        ``AREA_TWICE`` for every row of an area that several rows draw or name otherwise; one that
        says what an earlier row says is set aside.

    Raises
    ------
    CrsError
        If the coordinates cannot be trusted.
    """
    frame, names = raw.frame, mapping.roles
    faults = FaultList(raw.faults)
    column = names.get("code", names.get("name", ""))
    code = area_codes.bare(told(frame[column]))
    name = told(frame[names["name"]]) if "name" in names else code
    faults.add(TableRule.VALUE_MISSING, code.isna(), code, column)
    if "name" in names:
        faults.add(TableRule.VALUE_MISSING, name.isna() & code.notna(), name, names["name"])
    shapes = coordinates.to_work_crs(raw.geometry, raw, crs)
    _judge(shapes, faults)
    told_level = told(frame[names["level"]]) if "level" in names else None
    table = gpd.GeoDataFrame(
        {
            "area_level": _levels(code, told_level, level),
            "area_code": code,
            "name": name,
            "boundary_version": boundary_version,
        },
        geometry=shapes,
    ).astype({"boundary_version": "str"})
    again, parts = _twice(table[faults.good(frame.index)])
    faults.add(TableRule.AREA_TWICE, frame.index.isin(parts), code, column)
    good = faults.good(frame.index) & ~frame.index.isin(again)
    table = _with_distinct_names(table[good])
    return Parsed(
        table[list(AREAS.columns)],
        raw.rows,
        faults.sorted(),
        dict(raw.notes),
        resolves=quarantine.resolved(frame, names, good),
        aside={Aside.REPEATED: again},
    )


def _twice(table: gpd.GeoDataFrame) -> tuple[pd.Index, pd.Index]:
    """Rows that repeat an area, and all rows of areas that several rows tell of otherwise."""
    key = ["area_level", "area_code"]
    shared = table[table.duplicated(key, keep=False)]
    told = pd.DataFrame(shared[[*key, "name"]]).assign(
        shape=shapely.to_wkb(shapely.normalize(shared.geometry.to_numpy()))
    )
    again = told.index[told.duplicated()]
    single = told.drop(index=again)
    others = single.index[single.duplicated(key, keep=False)]
    codes = pd.MultiIndex.from_frame(told.loc[others, key])
    wrong = told.index[pd.MultiIndex.from_frame(told[key]).isin(codes)]
    return again.difference(wrong), wrong


def _judge(shapes: gpd.GeoSeries, faults: FaultList) -> None:
    values = shapes.to_numpy()
    kinds = shapely.get_type_id(values)
    missing = kinds < 0
    wrong = ~missing & ~np.isin(kinds, _POLYGONS)
    invalid = ~missing & ~wrong & ~shapely.is_valid(values)
    faults.add(TableRule.GEOMETRY_MISSING, missing, _text(shapes, None), _GEOMETRY)
    faults.add(TableRule.GEOMETRY_TYPE, wrong, _text(shapes, shapes.geom_type), _GEOMETRY)
    reasons = pd.Series(None, shapes.index, dtype="object")
    reasons[invalid] = shapely.is_valid_reason(values[invalid])
    faults.add(TableRule.GEOMETRY_INVALID, invalid, _text(shapes, reasons), _GEOMETRY)


def _text(shapes: gpd.GeoSeries, values: pd.Series | None) -> pd.Series:
    return pd.Series(values, shapes.index, dtype="str")


def _levels(code: pd.Series, words: pd.Series | None, level: AreaLevel | None) -> pd.Series:
    if level is not None:
        return pd.Series(level.value, code.index, dtype="str")
    by_form = area_codes.levels(code).fillna(AreaLevel.DISTRICT.value)
    if words is None:
        return by_form
    by_word = words.str.casefold().map({word: one.value for word, one in _LEVEL_WORDS.items()})
    return by_word.where(by_word.notna(), by_form).astype("str")


def _with_distinct_names(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    shared = table.duplicated(["area_level", "name"], keep=False)
    longer = table["name"] + " " + table["area_code"]
    return table.assign(name=table["name"].where(~shared, longer))
