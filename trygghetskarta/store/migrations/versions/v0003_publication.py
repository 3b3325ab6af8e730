"""The register of tables that have left the house."""

from alembic import op

from trygghetskarta.store import geopackage, postgis
from trygghetskarta.store.schema import metadata

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table, and what the database at hand needs beside it."""
    connection = op.get_bind()
    database = geopackage if connection.dialect.name == "sqlite" else postgis
    tables = [metadata.tables["publication"]]
    metadata.create_all(connection, tables, checkfirst=False)
    database.register(connection, tables)
