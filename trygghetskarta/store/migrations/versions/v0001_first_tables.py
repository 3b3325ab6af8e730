"""The first tables."""

import uuid

from alembic import op

from trygghetskarta.store import geopackage, postgis
from trygghetskarta.store.schema import metadata, store_state

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table, and what the database at hand needs beside them."""
    connection = op.get_bind()
    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite:
        postgis.prepare(connection)
    metadata.create_all(connection, checkfirst=False)
    (geopackage if on_sqlite else postgis).initialise(connection)
    connection.execute(store_state.insert().values(identity=str(uuid.uuid4()), version=1))
