"""The spatial index of a GeoPackage's table while many rows come: packed once, after the last."""

from collections.abc import Sequence

import numpy as np
import shapely
from sqlalchemy import Connection, Table, exc, text

from trygghetskarta.store import geopackage, rtree
from trygghetskarta.store.geometry import from_blobs
from trygghetskarta.store.schema import GEOMETRY_KINDS

_MANY = 2000
"""Fewer rows are indexed one by one, as QGIS does."""
_TIMES = 6
"""How many rows can be packed in the time that one takes that is put in by itself."""


class LateIndex:
    """Indexes the rows that are inserted into a table, each or all at once.

    Meanwhile the trigger that would index each is away: nobody else sees that, and a transaction
    that comes to nothing has changed nothing. PostGIS indexes by itself.

    Parameters
    ----------
    connection
        Of a writer.
    table
        Where rows are inserted.
    """

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection, self._table = connection, table
        self._name = f"rtree_{table.name}_geom"
        self._trigger = ""
        self._is_asked = connection.dialect.name != "sqlite" or table.name not in GEOMETRY_KINDS
        self._ids: list[rtree.Ids] = []
        self._boxes: list[rtree.Boxes] = []

    def expect(self, rows: int) -> None:
        """Say before the first rows are inserted how many may come."""
        if self._is_asked:
            return
        self._is_asked = True
        count = f'SELECT count(*) FROM "{self._name}_rowid"'
        there = self._connection.exec_driver_sql(count).scalar_one() if rows >= _MANY else 0
        if rows < _MANY or rows * _TIMES < there:
            return
        told = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
        found = self._connection.execute(told, {"name": f"{self._name}_insert"}).scalar()
        if found and self._can_be_packed():
            self._trigger = found
            self._connection.exec_driver_sql(f'DROP TRIGGER "{self._name}_insert"')

    def _can_be_packed(self) -> bool:
        """Whether SQLite lets the nodes be written: one that was built defensive does not."""
        try:
            nothing = f'UPDATE "{self._name}_node" SET data = data WHERE 0'
            self._connection.exec_driver_sql(nothing)
        except exc.DatabaseError:
            return False
        return True

    def note(self, blobs: Sequence[bytes | None]) -> None:
        """Take note of rows that were just inserted, by their geometries."""
        if not self._trigger:
            return
        last = self._connection.exec_driver_sql("SELECT last_insert_rowid()").scalar_one()
        ids = np.arange(last - len(blobs) + 1, last + 1)
        west, south, east, north = shapely.bounds(from_blobs(blobs)).T
        is_there = ~np.isnan(west)
        self._ids.append(ids[is_there])
        self._boxes.append(np.column_stack([west, east, south, north])[is_there])

    def catch_up(self) -> None:
        """Pack the index anew with what it had and what has come."""
        if not self._trigger:
            return
        ids, boxes = rtree.entries(self._connection, self._name)
        geopackage.empty_index(self._connection, self._table)
        all_ids, all_boxes = np.concatenate([ids, *self._ids]), [boxes, *self._boxes]
        rtree.fill(self._connection, self._name, all_ids, np.concatenate(all_boxes))
        self._connection.exec_driver_sql(self._trigger)
        self._trigger = ""
