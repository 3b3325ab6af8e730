"""How a table is declared: its columns, what names a row of it, what follows its rows."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from trygghetskarta import tables
from trygghetskarta.store.geometry import Geometry
from trygghetskarta.store.types import Day, Moment
from trygghetskarta.tables import ColumnType, Contract

_metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes a row id only of a column declared exactly INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")


@dataclass(frozen=True)
class History:
    """Where it is told what became of a table's rows: one line per changed field, append only.

    Attributes
    ----------
    lines
        The history's table; the column that is named as the other table holds a row's identity.
    silent
        Fields that may have to be forgotten: free words, places, and what somebody has named. Of
        them it is told only that they were changed.
    """

    lines: Table
    silent: frozenset[str]


def bare_table(name: str, *parts: SchemaItem, **told: Any) -> Table:
    """A table with a row id, of which nothing follows; ``key`` names a row of it."""
    number = Column("fid", RowId, primary_key=True, autoincrement=True)
    return Table(name, _metadata, number, *parts, info=told)


def kept_table(
    name: str,
    contract: Contract,
    *more: Column[Any],
    key: tuple[str, ...] = (),
    by_client: bool = False,
    **references: ForeignKey,
) -> Table:
    """A table whose rows are edited: identity, version, soft delete, times, and its contract.

    Parameters
    ----------
    name, contract, more
        What it is called, what stands in it, and what else does.
    key
        Columns that together name a row, empty for those of the contract.
    by_client
        Whether the key is a UUID made by the client, which becomes the row's identity.
    references
        Foreign keys by column.
    """
    key = key or contract.key
    own = [_column(word, one, references.get(word)) for word, one in contract.columns.items()]
    # The geometry comes first, as the first stores have it.
    places = [one for one in own if one.name == "geom"]
    rest = [one for one in own if one.name != "geom"]
    return bare_table(
        name,
        identity(),
        *needed(Integer, "version", default=1),
        Column("batch", Text, ForeignKey("import_batch.uuid"), index=True),
        *needed(Text, "content_hash"),
        *needed(Moment, "created_at", "updated_at"),
        Column("deleted_at", Moment),
        *(*places, *more, *rest),
        *([UniqueConstraint(*key)] if key else ()),
        key=key or ("uuid",),
        contract=contract,
        by_client=by_client,
    )


_BOOKKEEPING = frozenset(
    ("fid", "uuid", "version", "batch", "content_hash", "created_at", "updated_at", "deleted_at")
)


def own_columns(table: Table) -> list[Column[Any]]:
    """Columns of a kept table that tell something, without those that keep books of it."""
    return [column for column in table.columns if column.name not in _BOOKKEEPING]


def history_of(table: Table, *silent: str) -> Table:
    """The history of a kept table's rows. It outlives a row that is gone: no foreign key.

    Parameters
    ----------
    silent
        Further fields of which it is told only that they were changed.
    """
    lines = bare_table(
        f"{table.name}_change",
        *needed(Text, table.name, index=True),
        *needed(Moment, "at"),
        *needed(Text, "who", "field"),
        Column("before", Text),
        Column("after", Text),
    )
    free: tuple[str, ...] = table.info["contract"].free_words
    table.info["history"] = History(lines, frozenset((*free, "geom", *silent)))
    return lines


def needed(kind: Any, *names: str, **how: Any) -> list[Column[Any]]:
    """Columns of one kind where every row has a value."""
    return [Column(name, kind, nullable=False, **how) for name in names]


def identity() -> Column[Any]:
    """The column of a row's UUID."""
    return Column("uuid", Text, nullable=False, unique=True)


def _column(name: str, column: tables.Column, reference: ForeignKey | None) -> Column[Any]:
    kind = Geometry(column.shape) if column.shape else _TYPES[column.type]
    return Column(
        "geom" if column.shape else name,
        kind,
        *([reference] if reference is not None else ()),
        nullable=not column.required,
        index=column.indexed or None,
    )


_TYPES: dict[ColumnType, Any] = {
    ColumnType.TEXT: Text,
    ColumnType.INTEGER: Integer,
    ColumnType.NUMBER: Float,
    ColumnType.BOOLEAN: Boolean,
    ColumnType.DATE: Day,
    ColumnType.MOMENT: Moment,
}
