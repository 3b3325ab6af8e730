"""What PostGIS needs beside the tables: extension, typed geometry, indexes, triggers."""

from sqlalchemy import Connection
from sqlalchemy.ext.compiler import compiles

from trygghetskarta.settings import WORK_CRS
from trygghetskarta.store.geometry import Geometry
from trygghetskarta.store.schema import GEOMETRY_KINDS

_APPEND_ONLY = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append only'; END $$
"""


@compiles(Geometry, "postgresql")
def _geometry_type(kind: Geometry, _compiler, **_kw: object) -> str:
    return f"geometry({kind.kind}, {WORK_CRS})"


def prepare(connection: Connection) -> None:
    """Make sure that the database knows geometry."""
    connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")


def initialise(connection: Connection) -> None:
    """Add spatial indexes and protect the audit table."""
    for name in GEOMETRY_KINDS:
        connection.exec_driver_sql(f"CREATE INDEX ix_{name}_geom ON {name} USING gist (geom)")
    connection.exec_driver_sql(_APPEND_ONLY)
    connection.exec_driver_sql(
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
    )
