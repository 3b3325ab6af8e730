"""Reports that are frozen, and what staff have written in them."""

from alembic import op

from trygghetskarta.store import geopackage, postgis
from trygghetskarta.store.schema import metadata

revision = "0006"
down_revision = "0005"

_TABLES = ("report_text", "report")


def upgrade() -> None:
    """Create the tables, and what the database at hand needs beside them."""
    connection = op.get_bind()
    database = geopackage if connection.dialect.name == "sqlite" else postgis
    tables = [metadata.tables[name] for name in _TABLES]
    metadata.create_all(connection, tables, checkfirst=False)
    database.register(connection, tables)
