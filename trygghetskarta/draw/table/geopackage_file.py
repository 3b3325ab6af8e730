"""Figures of a view as a GeoPackage that says what its fields mean."""

import io
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio

from trygghetskarta.draw.shown import Shown
from trygghetskarta.draw.table.area_lists import OF_AREAS, area_file, ordered
from trygghetskarta.draw.table.files import ListFile
from trygghetskarta.draw.table.listing import ABSENT, ListCell, ListColumn
from trygghetskarta.words import file_words, texts
from trygghetskarta.words.safe import plain_text

_FIRST = (file_words.LAYER_MARK, *(column.field for column in OF_AREAS))
"""Fields that stand before how an area is shown."""


def to_geopackage(shown: Shown) -> bytes:
    """Write the areas with their figures as a GeoPackage in EPSG:3006.

    Parameters
    ----------
    shown
        The view.

    Returns
    -------
    bytes
        The same for the same view. A layer of areas, where a figure that is hidden, missing or not
        computed is NULL and the field ``status`` tells which, and a table with what must follow the
        figures.
    """
    target, told = io.BytesIO(), area_file(shown)
    layer, meanings = _layer(shown, told)
    pyogrio.write_dataframe(
        layer,
        target,
        driver="GPKG",
        layer=file_words.LAYER,
        promote_to_multi=True,
        layer_options={
            "IDENTIFIER": plain_text(shown.title),
            "DESCRIPTION": "\n".join(text for _, text in told.about),
        },
    )
    rows = [
        *told.about,
        *told.legend,
        *((file_words.ABOUT_FIELD.format(field=name), said) for name, said in meanings.items()),
    ]
    return _with_about_table(target.getvalue(), rows, told.moment)


def _layer(shown: Shown, told: ListFile) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """The areas with figures under field names that every program accepts, and their meanings."""
    codes = ordered(shown)
    columns = zip(told.listing.columns, zip(*told.listing.cells, strict=True), strict=True)
    fields = {one.field: (one.heading, _values(one, cells)) for one, cells in columns}
    if told.mark:
        marked = (file_words.FILE_COLUMNS["mark"], _texts([told.mark] * len(codes)))
        fields = {file_words.LAYER_MARK: marked, **fields}
    first = [name for name in fields if name in _FIRST]
    looks = {key: fields[key] for key in first} | _looks(shown, codes) | fields
    borders = shown.areas.geometry.loc[codes].reset_index(drop=True)
    layer = gpd.GeoDataFrame(
        {name: values for name, (_, values) in looks.items()},
        geometry=borders,
        crs=shown.areas.crs,
    )
    return layer, {name: heading for name, (heading, _) in looks.items()}


def _looks(shown: Shown, codes: Sequence[Any]) -> dict[str, tuple[str, pd.Series]]:
    """How each area is shown: fields that only a layer has."""
    table = shown.publishable.table.loc[codes]
    looks = [shown.looks.get(number) for number in shown.class_number.loc[codes]]
    told = {
        key: [ABSENT.get(status, file_words.SHOWN_STATUS) for status in table[key]]
        for key in ("status", "status_previous")
        if key in table
    }
    told["class"] = [look.label if look else texts.MISSING for look in looks]
    told["colour"] = [look.colour if look else "" for look in looks]
    return {
        file_words.LAYER_FIELDS[key]: (file_words.LAYER_FIELD_MEANINGS[key], _texts(values))
        for key, values in told.items()
    }


def _values(column: ListColumn, cells: Sequence[ListCell]) -> pd.Series:
    if column.decimals is None:
        return _texts([cell.told for cell in cells])
    figures = [column.figure(cell) for cell in cells]
    return pd.Series(figures, dtype="float64" if column.decimals else "Int64")


def _texts(values: Sequence[str]) -> pd.Series:
    return pd.Series([plain_text(value) for value in values], dtype="str")


def _with_about_table(
    geopackage: bytes, rows: Sequence[tuple[str, str]], moment: datetime
) -> bytes:
    """Add a table without geometry, and put the figures' own date in place of the clock's.

    pyogrio cannot add a second layer to a file that exists only in memory; a GeoPackage is an
    SQLite database, and a table of attributes needs no more than one row in its contents.
    """
    heading, text = file_words.ABOUT_FIELDS
    name = file_words.ABOUT_TABLE
    database = sqlite3.connect(":memory:")
    try:
        database.deserialize(geopackage)
        database.execute(
            f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, "{heading}" TEXT, "{text}" TEXT)'
        )
        database.executemany(f'INSERT INTO "{name}" ("{heading}", "{text}") VALUES (?, ?)', rows)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
            "VALUES (?, 'attributes', ?)",
            (name, file_words.SHEET_ABOUT),
        )
        database.execute(
            "UPDATE gpkg_contents SET last_change = ?", (moment.strftime("%Y-%m-%dT%H:%M:%S.000Z"),)
        )
        database.commit()
        return _with_fixed_counters(database.serialize())
    finally:
        database.close()


def _with_fixed_counters(database: bytes) -> bytes:
    """Set the number of changes, which varies from run to run, where SQLite's header holds it."""
    fixed = bytearray(database)
    fixed[24:28] = fixed[92:96] = (1).to_bytes(4)
    return bytes(fixed)
