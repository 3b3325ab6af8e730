"""The schema's history, run by Alembic when a store is opened."""

from alembic import op

from trygghetskarta.store import geopackage, postgis
from trygghetskarta.store.schema import metadata


def make_tables(*names: str, is_first: bool = False) -> None:
    """Create tables, and what the database at hand needs beside them."""
    connection = op.get_bind()
    database = geopackage if connection.dialect.name == "sqlite" else postgis
    tables = [metadata.tables[name] for name in names]
    if is_first:
        database.initialise(connection)
    metadata.create_all(connection, tables, checkfirst=False)
    database.register(connection, tables)
