"""The police's list of vulnerable areas, turned into a dated classification of districts."""

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd

from trygghetskarta.errors import TableRule
from trygghetskarta.sources.fields import coordinates, dates
from trygghetskarta.sources.fields.cell_values import told
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.tables import CLASSIFICATIONS
from trygghetskarta.terms.imports import Aside

SOURCE = "Polismyndigheten"
LEAST_SHARE = 0.10
"""Share of a district that must lie inside the police's polygon when its name is not in theirs."""

_NAMES = {
    "name": ("namn", "name"),
    "area_class": ("kategori", "category", "class"),
    "town": ("ort", "town"),
    "valid_from": ("aktualitet", "since", "gallerfran", "validfrom"),
}


def recognises(columns: Iterable[str]) -> bool:
    """Whether a file's columns are those of the police's list (whole or cut by a shapefile)."""
    return len(_roles(columns)) == len(_NAMES)


def parse(raw: RawTable, districts: gpd.GeoDataFrame, municipality_name: str) -> Parsed:
    """Say which districts are on the list, since when, and how much of each.

    Parameters
    ----------
    raw
        The police's file, polygons in any coordinates.
    districts
        Contract ``AREAS``, one level, EPSG:3006.
    municipality_name
        Only areas whose *ort* this is are taken.

    Returns
    -------
    Parsed
        ``table`` fulfils ``CLASSIFICATIONS``; index: row of the police's area, repeated for each of
        its districts. A district is kept when the police's name for the area contains its name,
        or when at least a tenth of it lies inside the polygon. ``share`` is that part of the
        district's surface; it is small, even 0, for a district that is on the list by its name
        while the polygon follows other borders. The polygons themselves are not kept. Notes:
        ``classified``
        (areas taken), ``elsewhere`` (areas of other towns). Faults: ``NOT_A_DATE``,
        ``VALUE_MISSING``, ``GEOMETRY_MISSING``, ``GEOMETRY_INVALID``, ``AREA_UNKNOWN`` (no district
        is named or overlapped).

    Raises
    ------
    CrsError
        If the coordinates cannot be trusted.
    """
    columns = _roles(raw.frame.columns)
    cells = {role: told(raw.frame[column]) for role, column in columns.items()}
    here = cells["town"].str.casefold() == municipality_name.casefold()
    faults = FaultList(raw.faults)
    since = dates.parse(cells["valid_from"])
    faults.add(
        TableRule.NOT_A_DATE, here & since.start.isna(), cells["valid_from"], columns["valid_from"]
    )
    for role in ("name", "area_class"):
        faults.add(TableRule.VALUE_MISSING, here & cells[role].isna(), cells[role], columns[role])
    shapes = coordinates.to_work_crs(raw.geometry, raw)
    faults.add(TableRule.GEOMETRY_MISSING, here & shapes.isna(), cells["name"])
    faults.add(TableRule.GEOMETRY_INVALID, here & shapes.notna() & ~shapes.is_valid, cells["name"])
    pieces = []
    for row in raw.frame.index[here.to_numpy() & faults.good(raw.frame.index)]:
        found = _overlapped(shapes[row], cells["name"][row], districts)
        faults.add(TableRule.AREA_UNKNOWN, [found.empty], cells["name"].loc[[row]], columns["name"])
        pieces.append(
            found.assign(
                name=cells["name"][row],
                area_class=cells["area_class"][row],
                valid_from=since.start[row].normalize(),
            ).set_axis([row] * len(found))
        )
    taken = sum(1 for piece in pieces if len(piece))
    notes = {**raw.notes, "classified": taken, "elsewhere": int((~here).sum())}
    elsewhere = {Aside.ELSEWHERE: raw.frame.index[~here]}
    read_columns = frozenset(columns.values())
    return Parsed(
        _table(pieces),
        raw.rows,
        faults.sorted(),
        notes,
        aside=elsewhere,
        read_columns=read_columns,
    )


def _roles(columns: Iterable[str]) -> dict[str, str]:
    by_fold = {fold(column): column for column in columns}
    found = {}
    for role, names in _NAMES.items():
        known = next((by_fold[name] for name in names if name in by_fold), None)
        if known is not None:
            found[role] = known
    return found


def _overlapped(shape: object, police_name: str, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    share = districts.geometry.intersection(shape).area / districts.geometry.area
    named = districts["name"].map(lambda name: _stands_in(name, police_name)).astype(bool)
    kept = (share >= LEAST_SHARE) | named
    return pd.DataFrame(
        {
            "area_level": districts["area_level"][kept],
            "area_code": districts["area_code"][kept],
            "share": share[kept].clip(0.0, 1.0),
        }
    )


def _stands_in(name: str, police_name: str) -> bool:
    """Whether the words of a district's name stand together in the police's name."""
    words, among = _words(name), _words(police_name)
    return any(
        among[start : start + len(words)] == words for start in range(len(among) - len(words) + 1)
    )


def _words(text: str) -> list[str]:
    spaced = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return spaced.split()


def _table(pieces: list[pd.DataFrame]) -> pd.DataFrame:
    columns = ("name", "area_class", "area_level", "area_code", "share", "valid_from")
    table = (
        pd.concat(pieces)
        if pieces
        else pd.DataFrame({name: pd.Series(dtype="object") for name in columns})
    )
    table = table.assign(valid_to=pd.NaT, source=SOURCE)
    text = dict.fromkeys(("name", "area_class", "area_level", "area_code", "source"), "str")
    moments = dict.fromkeys(("valid_from", "valid_to"), "datetime64[us]")
    return table.astype({**text, **moments, "share": "float64"})[list(CLASSIFICATIONS.columns)]
