"""The tables, the same on GeoPackage and PostGIS."""

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from trygghetskarta import tables
from trygghetskarta.store.declared_tables import (
    History,
    RowId,
    bare_table,
    history_of,
    identity,
    kept_table,
    needed,
)
from trygghetskarta.store.geometry import Geometry
from trygghetskarta.store.types import Day, Moment
from trygghetskarta.tables import Contract
from trygghetskarta.terms.imports import TableKind

import_batch = bare_table(
    "import_batch",
    identity(),
    *needed(Text, "kind", "source", "file_name", "sha256"),
    *needed(Boolean, "is_example"),
    *needed(Moment, "started_at", "finished_at"),
    *needed(Integer, "read", "new", "changed", "unchanged", "quarantined"),
    *needed(Text, "report"),
    CheckConstraint("read = new + changed + unchanged + quarantined", name="balanced"),
)

area = kept_table("area", tables.AREAS)

division = kept_table("division", tables.DIVISIONS)

area_succession = kept_table("area_succession", tables.SUCCESSIONS)

area_alias = kept_table("area_alias", tables.ALIASES)

classification = kept_table("classification", tables.CLASSIFICATIONS)

population = kept_table("population", tables.POPULATION)

incident = kept_table(
    "incident",
    tables.PLACED_INCIDENTS,
    Column("source", Text, nullable=False),
    key=("source", "source_id"),
)

municipality_total = kept_table("municipality_total", tables.TOTALS)

police_event = kept_table("police_event", tables.EVENTS)

survey_share = kept_table("survey_share", tables.SURVEY)

walk = kept_table("walk", tables.WALKS, by_client=True)

# An observation may come before its walk, or without one: walk_id points, and demands nothing.
observation = kept_table("observation", tables.OBSERVATIONS, by_client=True)

observation_photo = bare_table(
    "observation_photo",
    Column(
        "observation",
        Text,
        ForeignKey("observation.observation_id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    *needed(LargeBinary, "jpeg"),
)

observation_change = history_of(observation)

street_network = kept_table("street_network", tables.NETWORK)

# What staff have written in a report: kept when its figures are made anew.
report_text = bare_table(
    "report_text",
    *needed(Text, "kind", "period", "audience", "section", "text"),
    *needed(Integer, "version"),
    *needed(Text, "who"),
    *needed(Moment, "updated_at"),
    UniqueConstraint("kind", "period", "audience", "section"),
    key=("kind", "period", "audience", "section"),
)

# Append only: a report that is frozen can be fetched unchanged.
report = bare_table(
    "report",
    identity(),
    *needed(Text, "kind", "period", "audience", "title", "content", "fingerprint"),
    *needed(Integer, "data_version"),
    *needed(Text, "who"),
    *needed(Moment, "frozen_at"),
    UniqueConstraint("kind", "period", "audience", "fingerprint"),
)

measure = kept_table("measure", tables.ACTIONS, by_client=True)


def _goes_with_measure() -> ForeignKey:
    """What belongs to an action goes with it when an invented action gives way to real ones."""
    return ForeignKey("measure.measure_id", ondelete="CASCADE")


measure_follow_up = kept_table(
    "measure_follow_up", tables.FOLLOW_UPS, by_client=True, measure_id=_goes_with_measure()
)

# What led to an action: a finding by its identity, or a problem in words.
measure_link = bare_table(
    "measure_link",
    Column("measure_id", Text, _goes_with_measure(), nullable=False, index=True),
    Column("observation_id", Text, index=True),
    Column("problem", Text),
    *needed(Moment, "created_at"),
    CheckConstraint("(observation_id IS NULL) <> (problem IS NULL)", name="one_of_two"),
)

measure_change = history_of(measure, "title", "problem", "follow_up")

# What is erased must be gone, so neither table is followed by an audit. A pin carries no time: the
# order of its ``fid`` is all that the picture of the room needs.
meeting = bare_table(
    "meeting",
    identity(),
    Column("code", Text, unique=True),
    *needed(Text, "name", "place"),
    Column("district_code", Text),
    *needed(Day, "held_on"),
    *needed(Text, "status"),
    *needed(Boolean, "is_example"),
    Column("wall", Text),
)

meeting_pin = bare_table(
    "meeting_pin",
    Column("geom", Geometry("POINT")),
    identity(),
    Column("meeting", Text, ForeignKey("meeting.uuid"), nullable=False, index=True),
    *needed(Text, "district_code", "feeling", "reason"),
    Column("withdrawn_after", RowId),
)

presentation = bare_table(
    "presentation",
    identity(),
    *needed(Integer, "version"),
    *needed(Text, "name", "language", "spec", "frozen", "data_version", "fingerprint"),
    Column("exit_hash", Text),
    *needed(Boolean, "is_example"),
    *needed(Moment, "saved_at"),
    Column("deleted_at", Moment),
    key=("uuid",),
)

# The borders of frozen maps by the hash of what is kept: many presentations share them.
frozen_borders = bare_table(
    "frozen_borders",
    *needed(Text, "hash", unique=True),
    *needed(LargeBinary, "content"),
)

quarantine = bare_table(
    "quarantine",
    identity(),
    Column("batch", Text, ForeignKey("import_batch.uuid"), nullable=False),
    *needed(Text, "kind", "source", "file_name"),
    *needed(Integer, "row_number"),
    *needed(Text, "raw", "faults", "row_hash"),
    Column("resolved_at", Moment),
    Column("resolved_by", Text, ForeignKey("import_batch.uuid")),
    Column("dismissed_at", Moment),
    Column("dismissed_by", Text),
    Column("dismissed_for", Text),
    UniqueConstraint("kind", "source", "row_hash"),
)

column_mapping = bare_table(
    "column_mapping",
    *needed(Text, "kind", "signature", "mapping"),
    *needed(Moment, "updated_at"),
    UniqueConstraint("kind", "signature"),
)

audit = bare_table(
    "audit",
    *needed(Moment, "at"),
    *needed(Text, "table_name"),
    *needed(Text, "row_uuid", index=True),
    *needed(Text, "action"),
    Column("before", Text),
    Column("after", Text),
    Column("batch", Text),
)

# What has left the house cannot be called back: append only, and no row refers to another.
publication = bare_table(
    "publication",
    identity(),
    *needed(Moment, "published_at"),
    *needed(Text, "purpose", "title", "area_level", "boundary_version"),
    *needed(Day, "period_from", "period_to"),
    *needed(Text, "fingerprint", index=True),
    *needed(Text, "lines"),
)

store_state = bare_table(
    "store_state",
    *needed(Text, "identity"),
    *needed(Integer, "version"),
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

metadata = store_state.metadata

GEOMETRY_KINDS = {
    table.name: column.type.kind
    for table in metadata.tables.values()
    for column in table.columns
    if isinstance(column.type, Geometry)
}
"""Tables with a geometry column, and its kind."""


def _declared(what: str) -> dict[str, Any]:
    found = {name: table.info.get(what) for name, table in metadata.tables.items()}
    return {name: value for name, value in found.items() if value}


KEYS: dict[str, tuple[str, ...]] = _declared("key")
"""Columns that together name a row, by table whose rows are edited."""

CONTRACTS: dict[str, Contract] = _declared("contract")
"""What stands in a table that figures rest on: each change raises the store's version."""

HISTORIES: dict[str, History] = _declared("history")
"""Where it is told what people have changed, by table."""

CLIENT_MADE = frozenset(_declared("by_client"))
"""Tables whose key is a UUID made by the client."""

APPEND_ONLY = {"audit", "publication", "report", *(one.lines.name for one in HISTORIES.values())}
"""Tables whose rows nobody changes or takes away."""
