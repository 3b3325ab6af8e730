"""The tables, the same on GeoPackage and PostGIS."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from trygghetskarta import tables
from trygghetskarta.store.geometry import Geometry
from trygghetskarta.store.types import Day, Moment
from trygghetskarta.tables import ColumnType, Contract
from trygghetskarta.terms.imports import TableKind

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

KEYS: dict[str, tuple[str, ...]] = {}
"""Columns that together name a row, by table."""

CONTRACTS: dict[str, Contract] = {}
"""What stands in a table whose rows are edited."""

# SQLite makes a row id only of a column declared exactly INTEGER.
_RowId = BigInteger().with_variant(Integer, "sqlite")


def _kept(
    name: str,
    contract: Contract,
    *more: Column[Any],
    key: tuple[str, ...] = (),
    **references: ForeignKey,
) -> Table:
    """A table whose rows are edited: identity, version, soft delete, times, and its contract."""
    KEYS[name] = key or contract.key
    CONTRACTS[name] = contract
    own = [_column(word, one, references.get(word)) for word, one in contract.columns.items()]
    # The geometry comes first, as the first stores have it.
    places = [one for one in own if one.name == "geom"]
    rest = [one for one in own if one.name != "geom"]
    return Table(
        name,
        metadata,
        Column("fid", _RowId, primary_key=True, autoincrement=True),
        Column("uuid", Text, nullable=False, unique=True),
        Column("version", Integer, nullable=False, default=1),
        Column("batch", Text, ForeignKey("import_batch.uuid"), index=True),
        Column("content_hash", Text, nullable=False),
        Column("created_at", Moment, nullable=False),
        Column("updated_at", Moment, nullable=False),
        Column("deleted_at", Moment),
        *(*places, *more, *rest),
        *([UniqueConstraint(*KEYS[name])] if KEYS[name] else ()),
    )


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


import_batch = Table(
    "import_batch",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("is_example", Boolean, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=False),
    Column("read", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
    Column("report", Text, nullable=False),
    CheckConstraint("read = new + changed + unchanged + quarantined", name="balanced"),
)

area = _kept("area", tables.AREAS)

area_alias = _kept("area_alias", tables.ALIASES)

classification = _kept("classification", tables.CLASSIFICATIONS)

population = _kept("population", tables.POPULATION)

incident = _kept(
    "incident",
    tables.PLACED_INCIDENTS,
    Column("source", Text, nullable=False),
    key=("source", "source_id"),
)

municipality_total = _kept("municipality_total", tables.TOTALS)

police_event = _kept("police_event", tables.EVENTS)

survey_share = _kept("survey_share", tables.SURVEY)

walk = _kept("walk", tables.WALKS)

# An observation may come before its walk, or without one: walk_id points, and demands nothing.
observation = _kept("observation", tables.OBSERVATIONS)

observation_photo = Table(
    "observation_photo",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column(
        "observation",
        Text,
        ForeignKey("observation.observation_id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("jpeg", LargeBinary, nullable=False),
)

# Append only, so it outlives an observation that is gone: no foreign key.
observation_change = Table(
    "observation_change",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("observation", Text, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
)

street_network = _kept("street_network", tables.NETWORK)

# What staff have written in a report: kept when its figures are made anew.
report_text = Table(
    "report_text",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("kind", "period", "audience", "section"),
)

# Append only: a report that is frozen can be fetched unchanged.
report = Table(
    "report",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("data_version", Integer, nullable=False),
    Column("who", Text, nullable=False),
    Column("frozen_at", Moment, nullable=False),
    UniqueConstraint("kind", "period", "audience", "fingerprint"),
)

measure = _kept("measure", tables.ACTIONS)


def _goes_with_measure() -> ForeignKey:
    """What belongs to a measure goes with it when an invented measure gives way to real ones."""
    return ForeignKey("measure.measure_id", ondelete="CASCADE")


measure_follow_up = _kept("measure_follow_up", tables.FOLLOW_UPS, measure_id=_goes_with_measure())

# What led to a measure: a finding by its identity, or a problem in words.
measure_link = Table(
    "measure_link",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("measure_id", Text, _goes_with_measure(), nullable=False, index=True),
    Column("observation_id", Text, index=True),
    Column("problem", Text),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("(observation_id IS NULL) <> (problem IS NULL)", name="one_of_two"),
)

# Append only, so it outlives a measure that is gone: no foreign key.
measure_change = Table(
    "measure_change",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("measure", Text, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
)

# What is erased must be gone, so neither table is followed by an audit. A pin carries no time: the
# order of its ``fid`` is all that the picture of the room needs.
meeting = Table(
    "meeting",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("code", Text, unique=True),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("district_code", Text),
    Column("held_on", Day, nullable=False),
    Column("status", Text, nullable=False),
    Column("is_example", Boolean, nullable=False),
    Column("wall", Text),
)

meeting_pin = Table(
    "meeting_pin",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("geom", Geometry("POINT")),
    Column("uuid", Text, nullable=False, unique=True),
    Column("meeting", Text, ForeignKey("meeting.uuid"), nullable=False, index=True),
    Column("district_code", Text, nullable=False),
    Column("feeling", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("withdrawn_after", _RowId),
)

presentation = Table(
    "presentation",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("spec", Text, nullable=False),
    Column("frozen", Text, nullable=False),
    Column("data_version", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("exit_hash", Text),
    Column("is_example", Boolean, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("deleted_at", Moment),
)

# The borders of frozen maps by the hash of what is kept: many presentations share them.
frozen_borders = Table(
    "frozen_borders",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("hash", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("batch", Text, ForeignKey("import_batch.uuid"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("raw", Text, nullable=False),
    Column("faults", Text, nullable=False),
    Column("row_hash", Text, nullable=False),
    Column("resolved_at", Moment),
    Column("resolved_by", Text, ForeignKey("import_batch.uuid")),
    UniqueConstraint("kind", "source", "row_hash"),
)

column_mapping = Table(
    "column_mapping",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("mapping", Text, nullable=False),
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("kind", "signature"),
)

audit = Table(
    "audit",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_uuid", Text, nullable=False, index=True),
    Column("action", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("batch", Text),
)

# What has left the house cannot be called back: append only, and no row refers to another.
publication = Table(
    "publication",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("uuid", Text, nullable=False, unique=True),
    Column("published_at", Moment, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("area_level", Text, nullable=False),
    Column("boundary_version", Text, nullable=False),
    Column("period_from", Day, nullable=False),
    Column("period_to", Day, nullable=False),
    Column("fingerprint", Text, nullable=False, index=True),
    Column("lines", Text, nullable=False),
)

store_state = Table(
    "store_state",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    Column("identity", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

TABLES: dict[TableKind, Table] = {
    TableKind.INCIDENTS: incident,
    TableKind.DISTRICTS: area,
    TableKind.POPULATION: population,
    TableKind.SURVEY: survey_share,
    TableKind.SURVEY_ANSWERS: survey_share,
    TableKind.EVENTS: police_event,
    TableKind.MUNICIPALITY_TOTALS: municipality_total,
    TableKind.WALKS: walk,
    TableKind.OBSERVATIONS: observation,
    TableKind.ACTIONS: measure,
}
"""Where each kind of import is kept."""

GEOMETRY_KINDS = {
    table.name: column.type.kind
    for table in metadata.tables.values()
    for column in table.columns
    if isinstance(column.type, Geometry)
}
"""Tables with a geometry column, and its kind."""

APPEND_ONLY = ("audit", "observation_change", "measure_change", "publication", "report")
"""Tables whose rows nobody changes or takes away."""

FREE_WORDS = frozenset(name for one in CONTRACTS.values() for name in one.free_words)
"""Columns of words that somebody writes freely; an audit tells only that they were changed."""

FORGOTTEN = FREE_WORDS | {"geom"}
"""Free words and places, which may have to be forgotten: histories tell that they changed."""
