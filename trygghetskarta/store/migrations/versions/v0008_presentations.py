"""Presentations of the citizen dialogue, and the borders they are drawn with."""

from alembic import op

from trygghetskarta.store import geopackage, postgis
from trygghetskarta.store.schema import metadata

revision = "0008"
down_revision = "0007"

_TABLES = ("frozen_borders", "presentation")


def upgrade() -> None:
    """Create the tables, and what the database at hand needs beside them."""
    connection = op.get_bind()
    database = geopackage if connection.dialect.name == "sqlite" else postgis
    tables = [metadata.tables[name] for name in _TABLES]
    metadata.create_all(connection, tables, checkfirst=False)
    database.register(connection, tables)
