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
from sqlalchemy.schema import SchemaItem

from trygghetskarta.store.geometry import Geometry
from trygghetskarta.store.types import Day, Moment
from trygghetskarta.terms import TableKind

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite makes a row id only of a column declared exactly INTEGER.
_RowId = BigInteger().with_variant(Integer, "sqlite")


def _working_table(name: str, *columns: SchemaItem) -> Table:
    """A table whose rows are edited: identity, version, soft delete, times."""
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
        *columns,
    )


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

area = _working_table(
    "area",
    Column("geom", Geometry("MULTIPOLYGON"), nullable=False),
    Column("area_level", Text, nullable=False),
    Column("area_code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("boundary_version", Text, nullable=False),
    UniqueConstraint("area_level", "area_code"),
)

area_alias = _working_table(
    "area_alias",
    Column("alias", Text, nullable=False),
    Column("area_level", Text, nullable=False),
    Column("area_code", Text, nullable=False),
    UniqueConstraint("alias", "area_level"),
)

classification = _working_table(
    "classification",
    Column("name", Text, nullable=False),
    Column("area_class", Text, nullable=False),
    Column("area_level", Text, nullable=False),
    Column("area_code", Text, nullable=False),
    Column("valid_from", Day, nullable=False),
    Column("valid_to", Day),
    Column("share", Float),
    Column("source", Text, nullable=False),
    UniqueConstraint("name", "area_code", "valid_from"),
)

population = _working_table(
    "population",
    Column("area_level", Text, nullable=False),
    Column("area_code", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("population", Integer, nullable=False),
    Column("approximate", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    UniqueConstraint("area_level", "area_code", "year"),
)

incident = _working_table(
    "incident",
    Column("geom", Geometry("POINT")),
    Column("source", Text, nullable=False),
    Column("source_id", Text, nullable=False),
    Column("offence_code", Text),
    Column("offence_type", Text, nullable=False),
    Column("offence_text", Text),
    Column("occurred_from", Moment),
    Column("occurred_to", Moment),
    Column("occurred_precision", Text, nullable=False),
    Column("reported_from", Day),
    Column("reported_to", Day),
    Column("count", Integer, nullable=False),
    Column("preliminary", Boolean, nullable=False),
    Column("given_area_code", Text),
    Column("given_place", Text),
    Column("district_code", Text),
    Column("regso_code", Text),
    Column("deso_code", Text),
    Column("place_match", Text, nullable=False),
    Column("on_border", Boolean, nullable=False),
    Column("boundary_version", Text, nullable=False),
    UniqueConstraint("source", "source_id"),
)

municipality_total = _working_table(
    "municipality_total",
    Column("region", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("period_from", Day, nullable=False),
    Column("period_to", Day, nullable=False),
    Column("count", Integer),
    Column("per_100000", Float),
    Column("preliminary", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    UniqueConstraint("region", "category", "period_from", "period_to"),
)

police_event = _working_table(
    "police_event",
    Column("event_id", Integer, nullable=False, unique=True),
    Column("published_at", Moment, nullable=False),
    Column("occurred_at", Moment),
    Column("event_type", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("summary", Text),
    Column("municipality", Text, index=True),
    Column("county", Text),
    Column("url", Text),
)

survey_share = _working_table(
    "survey_share",
    Column("survey", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("dimension", Text, nullable=False),
    Column("area_level", Text, nullable=False),
    Column("area_code", Text, nullable=False),
    Column("group", Text, nullable=False),
    Column("share", Float),
    Column("answers", Integer, nullable=False),
    Column("sampling_method", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("lower", Float),
    Column("upper", Float),
    Column("n_effective", Float),
    Column("weight_sum", Float),
    Column("method_key", Text),
    UniqueConstraint("survey", "year", "question", "area_level", "area_code", "group"),
)

walk = _working_table(
    "walk",
    Column("geom", Geometry("MULTILINESTRING")),
    Column("walk_id", Text, nullable=False, unique=True),
    Column("walk_type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Column("participants", Integer),
    Column("team", Text),
    Column("given_place", Text),
    Column("district_code", Text),
    Column("note", Text),
    Column("nothing_to_report", Boolean, nullable=False),
    Column("raw_length_m", Float),
    Column("length_m", Float),
    Column("minutes", Float),
    Column("removed", Integer, nullable=False),
    Column("file_name", Text),
    Column("source", Text, nullable=False),
    Column("vertex_seconds", Text),
)

# An observation may come before its walk, or without one: walk_id points, and demands nothing.
observation = _working_table(
    "observation",
    Column("geom", Geometry("POINT")),
    Column("observation_id", Text, nullable=False, unique=True),
    Column("walk_id", Text, index=True),
    Column("stop", Integer),
    Column("observed_at", Moment),
    Column("category", Text, nullable=False),
    Column("seriousness", Integer),
    Column("text", Text),
    Column("given_place", Text),
    Column("district_code", Text),
    Column("factors", Text),
    Column("voices", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_reason", Text),
    Column("owner", Text),
    Column("due_date", Day),
    Column("merged_into", Text, index=True),
    Column("has_photo", Boolean, nullable=False),
    Column("source", Text, nullable=False),
)

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

street_network = _working_table(
    "street_network",
    Column("geom", Geometry("LINESTRING"), nullable=False),
    Column("name", Text),
    Column("source", Text, nullable=False, index=True),
)

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

measure = _working_table(
    "measure",
    Column("geom", Geometry("MULTIPOLYGON")),
    Column("measure_id", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("theme", Text),
    Column("approach", Text),
    Column("goal", Text),
    Column("direction", Text),
    Column("owner", Text),
    Column("partners", Text),
    Column("activities", Text),
    Column("schedule", Text),
    Column("evaluation", Text),
    Column("districts", Text),
    Column("start_date", Day),
    Column("end_date", Day),
    Column("status", Text, nullable=False),
    Column("control_districts", Text),
    Column("control_day", Day),
    Column("source", Text, nullable=False),
)


def _of_measure() -> Column[Any]:
    """What belongs to a measure goes with it when an invented measure gives way to real ones."""
    reference = ForeignKey("measure.measure_id", ondelete="CASCADE")
    return Column("measure_id", Text, reference, nullable=False, index=True)


measure_follow_up = _working_table(
    "measure_follow_up",
    Column("follow_up_id", Text, nullable=False, unique=True),
    _of_measure(),
    Column("day", Day, nullable=False),
    Column("by_function", Text, nullable=False),
    Column("done", Text),
    Column("partners", Text),
    Column("effects", Text),
)

# What led to a measure: a finding by its identity, or a problem in words.
measure_link = Table(
    "measure_link",
    metadata,
    Column("fid", _RowId, primary_key=True, autoincrement=True),
    _of_measure(),
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
    TableKind.MEASURES: measure,
}
"""Where each kind of import is kept."""

GEOMETRY_KINDS = {
    "area": "MULTIPOLYGON",
    "incident": "POINT",
    "walk": "MULTILINESTRING",
    "observation": "POINT",
    "meeting_pin": "POINT",
    "street_network": "LINESTRING",
    "measure": "MULTIPOLYGON",
}
"""Tables with a geometry column, and its kind."""

APPEND_ONLY = ("audit", "observation_change", "measure_change", "publication", "report")
"""Tables whose rows nobody changes or takes away."""
