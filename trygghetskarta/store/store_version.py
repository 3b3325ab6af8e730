"""The version of the store, by which every cache knows that something is new."""

from sqlalchemy import Connection, Table, update

from trygghetskarta.store import geopackage
from trygghetskarta.store.schema import (
    store_state,
)


def touch(connection: Connection, target: Table) -> None:
    """Tell every cache, and every GIS, that something is new."""
    connection.execute(update(store_state).values(version=store_state.c.version + 1))
    refresh_extent(connection, target)


def refresh_extent(connection: Connection, target: Table) -> None:
    """Let the GeoPackage's own list tell how far a layer reaches; PostGIS asks the rows."""
    if connection.dialect.name == "sqlite":
        geopackage.refresh_extent(connection, target)
