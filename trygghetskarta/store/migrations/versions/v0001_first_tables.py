"""The first tables."""

import uuid

from alembic import op

from trygghetskarta.store import geopackage, postgis
from trygghetskarta.store.schema import metadata, store_state

revision = "0001"
down_revision = None

_TABLES = (
    "import_batch",
    "area",
    "area_alias",
    "classification",
    "population",
    "incident",
    "municipality_total",
    "police_event",
    "survey_share",
    "quarantine",
    "column_mapping",
    "audit",
    "store_state",
)


def upgrade() -> None:
    """Create the tables, and what the database at hand needs beside them."""
    connection = op.get_bind()
    database = geopackage if connection.dialect.name == "sqlite" else postgis
    tables = [metadata.tables[name] for name in _TABLES]
    database.initialise(connection)
    metadata.create_all(connection, tables, checkfirst=False)
    database.register(connection, tables)
    connection.execute(store_state.insert().values(identity=str(uuid.uuid4()), version=1))
