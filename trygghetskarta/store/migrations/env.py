"""Alembic's entry: runs the migrations on the connection it is handed."""

from alembic import context

from trygghetskarta.store.schema import metadata

VERSION_TABLE = "trygghetskarta_version"

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
