"""Many rows put into a table at once: columns of values, the driver's own way of taking many."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Dialect, Table, exc
from sqlalchemy.types import TypeEngine

from trygghetskarta.store.geometry import Geometry, to_ewkb
from trygghetskarta.store.types import Day


def insert_columns(
    connection: Connection,
    table: Table,
    columns: Mapping[str, Sequence[Any]],
    same: Mapping[str, object],
) -> None:
    """Insert rows.

    Parameters
    ----------
    connection
        Of a writer.
    table
        Where they are going.
    columns
        Plain values by column, each as long as there are rows.
    same
        What is the same in every row.
    """
    dialect = connection.dialect
    written = [_written(table.c[name].type, values, dialect) for name, values in columns.items()]
    fixed = [next(_written(table.c[name].type, [value], dialect)) for name, value in same.items()]
    rows = zip(*written, *map(repeat, fixed), strict=False)
    names = ", ".join(map(dialect.identifier_preparer.quote, [*columns, *same]))
    if dialect.name == "postgresql":
        _copy(connection, f"COPY {table.name} ({names}) FROM STDIN", rows)
        return
    marks = ", ".join("?" * len([*columns, *same]))
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(rows))


def _copy(connection: Connection, told: str, rows: Iterable[Sequence[object]]) -> None:
    driver = connection.dialect.dbapi
    assert driver is not None
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(told) as copy:
            for row in rows:
                copy.write_row(row)
    except driver.Error as error:
        raise exc.DBAPIError(told, None, error) from error
    finally:
        cursor.close()


def _written(kind: TypeEngine[Any], values: Sequence[Any], dialect: Dialect) -> Iterator[Any]:
    """Values as the driver takes them."""
    if isinstance(kind, Geometry):
        return iter(values if dialect.name == "sqlite" else to_ewkb(values))
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return iter(values)
    if isinstance(kind, Day):
        # Few days, many rows.
        known = {day: process(day) for day in set(values)}
        return map(known.__getitem__, values)
    return map(process, values)
