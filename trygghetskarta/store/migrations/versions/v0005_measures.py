"""Measures of the plan, with follow-ups, what led to them, and history."""

from alembic import op

from trygghetskarta.store import geopackage, postgis
from trygghetskarta.store.schema import metadata

revision = "0005"
down_revision = "0004"

_TABLES = ("measure", "measure_follow_up", "measure_link", "measure_change")


def upgrade() -> None:
    """Create the tables, and what the database at hand needs beside them."""
    connection = op.get_bind()
    database = geopackage if connection.dialect.name == "sqlite" else postgis
    tables = [metadata.tables[name] for name in _TABLES]
    metadata.create_all(connection, tables, checkfirst=False)
    database.register(connection, tables)
