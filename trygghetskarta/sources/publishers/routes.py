"""Lines of GeoJSON and GeoPackage files: routes that were walked, and networks of streets."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.errors import Fault, SourceCause, SourceError, TableRule
from trygghetskarta.settings import SHOW_CRS
from trygghetskarta.sources.fields import coordinates
from trygghetskarta.sources.fields.cell_values import told
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.readers import json_text
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.sources.readers.recordings import FEWEST, Recording, recorded
from trygghetskarta.tables import NETWORK
from trygghetskarta.terms.imports import Aside

_LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)
_TIMES = ("coordtimes", "times", "coordinateproperties")
_STREET_NAMES = ("namn", "name", "gatunamn", "gata", "vagnamn", "streetname", "benamning")


def has_lines(raw: RawTable) -> bool:
    """Whether some row of a file is a line."""
    return raw.geometry is not None and bool(_is_line(raw.geometry).any())


def recordings(raw: RawTable) -> tuple[dict[int, Recording], tuple[Fault, ...]]:
    """Take each row's line for a walk's track.

    Times are read where a program that makes GeoJSON of GPX has left them (``coordTimes``, or
    ``times`` in ``coordinateProperties``), when there is one for every point.

    Parameters
    ----------
    raw
        A file with geometry; without a system of coordinates it is taken for WGS 84, as GeoJSON
        has it.

    Returns
    -------
    by_row, faults
        Tracks by row number; rows whose geometry is something else (``GEOMETRY_NOT_A_LINE``), or
        whose times cannot be those of a walk (``DATE_OUT_OF_RANGE``). A row without geometry has
        neither.

    Raises
    ------
    CrsError
        If the coordinates of the whole file cannot be trusted.
    """
    geometry = raw.geometry
    line = _is_line(geometry)
    strange = geometry.notna() & ~line
    faults = tuple(
        Fault(TableRule.GEOMETRY_NOT_A_LINE, "", int(row), shape.geom_type)
        for row, shape in geometry[strange].items()
    )
    # Through EPSG:3006, whose border says when coordinates are swapped or abroad.
    placed = coordinates.to_work_crs(geometry[line], raw, raw.crs or SHOW_CRS).to_crs(SHOW_CRS)
    column, times = _told_times(raw)
    found = {int(row): _recording(shape, times.get(row, [])) for row, shape in placed.items()}
    wrong = {row for row, one in found.items() if len(one.doubtful) and one.placed.sum() < FEWEST}
    faults += tuple(
        Fault(TableRule.DATE_OUT_OF_RANGE, column, row, str(found[row].doubtful[0])[:19])
        for row in sorted(wrong)
    )
    return {row: one for row, one in found.items() if row not in wrong}, faults


def network(raw: RawTable, *, source: str) -> Parsed:
    """Take a file's lines for a network of streets.

    Parameters
    ----------
    raw
        A file with lines; rows that are something else, or nothing, stand aside.
    source
        Who gave it.

    Returns
    -------
    Parsed
        ``table`` fulfils ``NETWORK``, EPSG:3006.

    Raises
    ------
    SourceError
        ``NO_LINES``.
    CrsError
        If the coordinates cannot be trusted.
    """
    if not has_lines(raw):
        raise SourceError(SourceCause.NO_LINES, file=raw.file_name)
    lines = raw.geometry[_is_line(raw.geometry)]
    placed = coordinates.to_work_crs(lines, raw, raw.crs)
    by_fold = {fold(name): name for name in reversed(raw.frame.columns)}
    column = next((by_fold[name] for name in _STREET_NAMES if name in by_fold), None)
    blank = pd.Series(None, raw.frame.index, dtype="str")
    names = blank if column is None else told(raw.frame[column])
    table = gpd.GeoDataFrame(
        {"name": names[placed.index], "source": source}, geometry=placed, index=placed.index
    )
    return Parsed(
        table.astype({"source": "str"})[list(NETWORK.columns)],
        raw.rows,
        notes=raw.notes,
        aside={Aside.NO_LINE: raw.frame.index[~_is_line(raw.geometry)]},
        read_columns=frozenset(() if column is None else (column,)),
    )


def time_columns(raw: RawTable) -> tuple[str, ...]:
    """Columns that hold the times of lines' points."""
    return tuple(name for name in raw.frame.columns if fold(name) in _TIMES)


def _is_line(geometry: gpd.GeoSeries) -> pd.Series:
    kinds = shapely.get_type_id(geometry.to_numpy())
    return pd.Series(np.isin(kinds, _LINES), geometry.index)


def _told_times(raw: RawTable) -> tuple[str, dict[int, list]]:
    """The column with times, and those of each row's points, as the file has them, by row."""
    found: dict[int, list] = {}
    name = ""
    for column in time_columns(raw):
        for row, text in raw.frame[column].dropna().items():
            times = _json(text)
            times = times.get("times") if isinstance(times, dict) else times
            if isinstance(times, list):
                found[row], name = times, column
    return name, found


def _json(text: str) -> object:
    try:
        return json_text.read(text)
    except ValueError:
        return None


def _recording(shape: shapely.Geometry, times: list) -> Recording:
    at, segment = shapely.get_coordinates(shapely.get_parts(shape), return_index=True)
    flat = [one for part in times for one in (part if isinstance(part, list) else [part])]
    told_times = [str(one) for one in flat] if len(flat) == len(at) else [None] * len(at)
    return recorded(at[:, 0], at[:, 1], told_times, segment.astype(np.int64))
