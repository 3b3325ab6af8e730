"""Figures of a view as a GeoPackage that says what its fields mean."""

import io
import sqlite3
from collections.abc import Sequence
from datetime import datetime

import geopandas as gpd
import pandas as pd
import pyogrio

from trygghetskarta.draw.shown import Shown
from trygghetskarta.draw.table.view_columns import (
    DECIMALS,
    FIELDS,
    HEADINGS,
    WORDS,
    about,
    columns_of,
    legend,
    ordered,
    stamp,
)
from trygghetskarta.words import file_words, texts
from trygghetskarta.words.safe import plain_text


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
    target = io.BytesIO()
    layer = _layer(shown)
    pyogrio.write_dataframe(
        layer,
        target,
        driver="GPKG",
        layer=file_words.LAYER,
        promote_to_multi=True,
        layer_options={
            "IDENTIFIER": plain_text(shown.title),
            "DESCRIPTION": "\n".join(text for _, text in about(shown)),
        },
    )
    rows = [*about(shown), *legend(shown), *_field_meanings(layer)]
    return _with_about_table(target.getvalue(), rows, stamp(shown))


def _layer(shown: Shown) -> gpd.GeoDataFrame:
    """The areas with figures under field names that every program accepts."""
    columns = {column.key: column.values for column in columns_of(shown)}
    codes = ordered(shown.names.loc[shown.publishable.table.index])
    table = shown.publishable.table.loc[codes]
    looks = [shown.looks.get(number) for number in shown.class_number.loc[codes]]
    columns |= {
        "status": tuple(WORDS.get(status, file_words.SHOWN_STATUS) for status in table["status"]),
        "class": tuple(look.label if look else texts.MISSING for look in looks),
        "colour": tuple(look.colour if look else "" for look in looks),
    }
    if "status_previous" in table:
        previous = table["status_previous"]
        columns["status_previous"] = tuple(
            WORDS.get(status, file_words.SHOWN_STATUS) for status in previous
        )
    fields = {name: _field(key, columns[key]) for key, name in FIELDS.items() if key in columns}
    borders = shown.areas.geometry.loc[codes].reset_index(drop=True)
    return gpd.GeoDataFrame(fields, geometry=borders, crs=shown.areas.crs)


def _field(key: str, values: Sequence[float | int | str]) -> pd.Series:
    if key not in DECIMALS:
        return pd.Series([plain_text(str(value)) for value in values], dtype="str")
    numbers = [None if isinstance(value, str) else value for value in values]
    return pd.Series(numbers, dtype="float64" if DECIMALS[key] else "Int64")


def _field_meanings(layer: gpd.GeoDataFrame) -> list[tuple[str, str]]:
    meanings = HEADINGS | file_words.LAYER_FIELD_MEANINGS
    return [
        (file_words.ABOUT_FIELD.format(field=name), meanings[key])
        for key, name in FIELDS.items()
        if name in layer
    ]


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
