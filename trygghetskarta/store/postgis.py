"""What PostGIS needs beside the tables: extension, typed geometry, indexes, triggers."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import Table

from trygghetskarta.settings import WORK_CRS
from trygghetskarta.store.geometry import Geometry
from trygghetskarta.store.schema import APPEND_ONLY, GEOMETRY_KINDS

_APPEND_ONLY = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append only'; END $$
"""


@compiles(Geometry, "postgresql")
def _geometry_type(kind: Geometry, _compiler: object, **_kw: object) -> str:
    return f"geometry({kind.kind}, {WORK_CRS})"


def initialise(connection: Connection) -> None:
    """Make sure that the database knows geometry, and what append only means."""
    connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
    connection.exec_driver_sql(_APPEND_ONLY)


def register(connection: Connection, tables: Sequence[Table]) -> None:
    """Index and protect tables that were just made."""
    for table in tables:
        name = table.name
        if name in GEOMETRY_KINDS:
            connection.exec_driver_sql(f"CREATE INDEX ix_{name}_geom ON {name} USING gist (geom)")
        if name in APPEND_ONLY:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name}"
                " FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
            )
