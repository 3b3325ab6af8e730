"""The one place that makes a SQLite file a GeoPackage: its metadata tables, R-trees and functions.

OGC 12-128r19 (GeoPackage 1.4).
"""

import sqlite3
from collections.abc import Callable, Sequence

import pyproj
from sqlalchemy import Connection, text
from sqlalchemy.schema import Table

from trygghetskarta import settings
from trygghetskarta.settings import SHOW_CRS, WORK_CRS
from trygghetskarta.store.geometry import bounding_box
from trygghetskarta.store.schema import APPEND_ONLY, GEOMETRY_KINDS
from trygghetskarta.store.types import write_moment

_APPLICATION_ID = 0x47504B47  # "GPKG"
_VERSION = 10400
_RTREE = "gpkg_rtree_index"

_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL
    DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""

_INDEX = 'CREATE VIRTUAL TABLE "{name}" USING rtree(id, minx, maxx, miny, maxy)'

_TRIGGERS = """
CREATE TRIGGER "rtree_{t}_geom_insert" AFTER INSERT ON "{t}"
  WHEN (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW.fid,
    ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER "rtree_{t}_geom_update2" AFTER UPDATE OF geom ON "{t}"
  WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM "rtree_{t}_geom" WHERE id = OLD.fid;
END;
CREATE TRIGGER "rtree_{t}_geom_update4" AFTER UPDATE ON "{t}"
  WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM "rtree_{t}_geom" WHERE id IN (OLD.fid, NEW.fid);
END;
CREATE TRIGGER "rtree_{t}_geom_update5" AFTER UPDATE ON "{t}"
  WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
BEGIN
  DELETE FROM "rtree_{t}_geom" WHERE id = OLD.fid;
  INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW.fid,
    ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER "rtree_{t}_geom_update6" AFTER UPDATE OF geom ON "{t}"
  WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
    AND (OLD.geom NOTNULL AND NOT ST_IsEmpty(OLD.geom))
BEGIN
  UPDATE "rtree_{t}_geom" SET minx = ST_MinX(NEW.geom), maxx = ST_MaxX(NEW.geom),
    miny = ST_MinY(NEW.geom), maxy = ST_MaxY(NEW.geom) WHERE id = NEW.fid;
END;
CREATE TRIGGER "rtree_{t}_geom_update7" AFTER UPDATE OF geom ON "{t}"
  WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
    AND (OLD.geom ISNULL OR ST_IsEmpty(OLD.geom))
BEGIN
  INSERT INTO "rtree_{t}_geom" VALUES (NEW.fid,
    ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
END;
CREATE TRIGGER "rtree_{t}_geom_delete" AFTER DELETE ON "{t}" WHEN OLD.geom NOTNULL
BEGIN
  DELETE FROM "rtree_{t}_geom" WHERE id = OLD.fid;
END;
"""

_APPEND_ONLY = """
CREATE TRIGGER {t}_no_update BEFORE UPDATE ON {t}
BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER {t}_no_delete BEFORE DELETE ON {t}
BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""


def register_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the five functions that the R-tree triggers call."""
    for position, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, _corner(position), deterministic=True)
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)


def initialise(connection: Connection) -> None:
    """Make a new file a GeoPackage."""
    connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {_VERSION}")
    for statement in _statements(_TABLES, ";\n"):
        connection.exec_driver_sql(statement)
    for row in _reference_systems():
        connection.execute(
            text(
                "INSERT INTO gpkg_spatial_ref_sys VALUES (:name, :id, :org, :org_id, :wkt, :told)"
            ),
            row,
        )


def register(connection: Connection, tables: Sequence[Table]) -> None:
    """Tell the GeoPackage of tables that were just made; index and protect them."""
    for table in tables:
        _register(connection, table)
        if table.name in APPEND_ONLY:
            for statement in _statements(_APPEND_ONLY.format(t=table.name), "END;"):
                connection.exec_driver_sql(statement + " END")


def refresh_extent(connection: Connection, table: Table) -> None:
    """Write a table's extent and time of change into ``gpkg_contents``."""
    box = (None,) * 4
    if table.name in GEOMETRY_KINDS:
        box = connection.exec_driver_sql(
            f'SELECT min(minx), min(miny), max(maxx), max(maxy) FROM "rtree_{table.name}_geom"'
        ).one()
    connection.execute(
        text(
            "UPDATE gpkg_contents SET min_x = :a, min_y = :b, max_x = :c, max_y = :d,"
            " last_change = :at WHERE table_name = :name"
        ),
        dict(zip("abcd", box, strict=True))
        | {"at": write_moment(settings.now()), "name": table.name},
    )


def rebuild_index(connection: Connection, table: Table) -> None:
    """Make the R-tree of a table anew: what is deleted from one is left at the end of its node."""
    empty_index(connection, table)
    connection.exec_driver_sql(
        f'INSERT INTO "rtree_{table.name}_geom" SELECT fid, ST_MinX(geom), ST_MaxX(geom),'
        f' ST_MinY(geom), ST_MaxY(geom) FROM "{table.name}"'
        " WHERE geom NOTNULL AND NOT ST_IsEmpty(geom)"
    )


def empty_index(connection: Connection, table: Table) -> None:
    """Put an empty R-tree in place of a table's."""
    name = f"rtree_{table.name}_geom"
    connection.exec_driver_sql(f'DROP TABLE "{name}"')
    connection.exec_driver_sql(_INDEX.format(name=name))


def _register(connection: Connection, table: Table) -> None:
    kind = GEOMETRY_KINDS.get(table.name)
    connection.execute(
        text(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
            " VALUES (:name, :type, :name, :srs)"
        ),
        {
            "name": table.name,
            "type": "features" if kind else "attributes",
            "srs": WORK_CRS if kind else None,
        },
    )
    if not kind:
        return
    connection.execute(
        text("INSERT INTO gpkg_geometry_columns VALUES (:name, 'geom', :kind, :srs, 0, 0)"),
        {"name": table.name, "kind": kind, "srs": WORK_CRS},
    )
    connection.execute(
        text(
            "INSERT INTO gpkg_extensions VALUES (:name, 'geom', :rtree,"
            " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')"
        ),
        {"name": table.name, "rtree": _RTREE},
    )
    connection.exec_driver_sql(_INDEX.format(name=f"rtree_{table.name}_geom"))
    for statement in _statements(_TRIGGERS.format(t=table.name), "END;"):
        connection.exec_driver_sql(statement + " END")


def _statements(script: str, end: str) -> list[str]:
    return [part.strip() for part in script.split(end) if part.strip()]


def _reference_systems() -> list[dict[str, object]]:
    undefined = {"org": "NONE", "wkt": "undefined", "told": None}
    rows: list[dict[str, object]] = [
        {"name": "Undefined cartesian SRS", "id": -1, "org_id": -1, **undefined},
        {"name": "Undefined geographic SRS", "id": 0, "org_id": 0, **undefined},
    ]
    for code in (SHOW_CRS, WORK_CRS):
        crs = pyproj.CRS.from_epsg(code)
        rows.append(
            {
                "name": crs.name,
                "id": code,
                "org": "EPSG",
                "org_id": code,
                "wkt": crs.to_wkt("WKT1_GDAL"),
                "told": None,
            }
        )
    return rows


def _corner(position: int) -> Callable[[bytes | None], float | None]:
    def corner(blob: bytes | None) -> float | None:
        box = None if blob is None else bounding_box(blob)
        return None if box is None else box[position]

    return corner


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(bounding_box(blob) is None)
