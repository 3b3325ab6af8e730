"""Columns that a store was made without: added when it is opened, missing in every row."""

from sqlalchemy import Column, Connection, text
from sqlalchemy.schema import CreateColumn

from trygghetskarta.store.schema import CONTRACTS, metadata


def missing_columns(connection: Connection) -> list[Column[object]]:
    """Columns declared as later that the store does not have yet."""
    # Not by reflection, which warns of geometries on PostGIS.
    return [
        metadata.tables[name].c[word]
        for name, contract in CONTRACTS.items()
        if (later := [word for word, column in contract.columns.items() if column.later])
        for have in (connection.execute(text(f"SELECT * FROM {name} LIMIT 0")).keys(),)
        for word in later
        if word not in have
    ]


def add_columns(connection: Connection) -> None:
    """Add what is missing, in the transaction that is open."""
    for column in missing_columns(connection):
        told = CreateColumn(column).compile(dialect=connection.dialect)
        connection.execute(text(f"ALTER TABLE {column.table.name} ADD COLUMN {told}"))
