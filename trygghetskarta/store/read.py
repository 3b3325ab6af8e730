"""Reading: tables as their contracts say, without the rows that are deleted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Engine, Select, Table, func, select

from trygghetskarta import tables
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.store import former_rows, schema
from trygghetskarta.store.declared_tables import own_columns
from trygghetskarta.store.engine import reading
from trygghetskarta.store.geometry import Geometry, coordinates
from trygghetskarta.store.in_force import held_on, is_past, is_past_area
from trygghetskarta.store.types import Day, Moment
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind

_INCIDENT_COLUMNS = (
    "uuid",
    "source",
    *(name for name, one in tables.PLACED_INCIDENTS.columns.items() if not one.shape),
)


@dataclass(frozen=True)
class Overview:
    """How much the store holds.

    Attributes
    ----------
    rows
        Rows by table name; ``quarantine`` counts those that wait.
    newest
        Newest day of an incident, None when there is none.
    examples
        Kinds whose rows are invented.
    """

    rows: Mapping[str, int]
    newest: date | None
    examples: frozenset[TableKind]

    def is_example(self, kind: TableKind) -> bool:
        """Whether the rows of a kind are invented."""
        return kind in self.examples


def version(engine: Engine) -> int:
    """A number that grows with every change anybody commits: the key of every cache."""
    with reading(engine) as connection:
        return connection.execute(select(schema.store_state.c.version)).scalar_one()


def identity(engine: Engine) -> str:
    """Name given to the store when it was made, so that two stores are never taken for one."""
    with reading(engine) as connection:
        return connection.execute(select(schema.store_state.c.identity)).scalar_one()


def places_state(engine: Engine) -> tuple[object, ...]:
    """What tells one state of the areas and their everyday names from another.

    Unlike :func:`version` it stays the same while reports and offences come in.
    """
    told: list[object] = []
    with reading(engine) as connection:
        for table in (schema.area, schema.area_alias, schema.division):
            numbers = select(
                func.count(table.c.fid),
                func.count(table.c.deleted_at),
                func.sum(table.c.version),
                func.max(table.c.updated_at),
            )
            told += connection.execute(numbers).one()
    return tuple(told)


def areas(
    engine: Engine, level: AreaLevel | None = None, on: date | None = None
) -> gpd.GeoDataFrame:
    """Areas of one level or all: contract ``AREAS``, index area_code, sorted by code.

    Of the division that is in force: never of two, so that nothing lies on top of each other.

    Parameters
    ----------
    engine
        The store.
    level
        None for every level, coarse to fine is not implied by the order.
    on
        Day when the division was in force, None for now. Before the first division, the first.
    """
    query = kept_rows(schema.area).order_by(schema.area.c.area_code)
    if level is not None:
        query = query.where(schema.area.c.area_level == level.value)
    query = query.where(~is_past() if on is None else held_on(on))
    return with_places(query_frame(engine, query)).set_index("area_code")


def former_areas(engine: Engine) -> gpd.GeoDataFrame:
    """Areas of divisions that are no longer in force, or were withdrawn: contract ``AREAS``."""
    query = kept_rows(schema.area).where(is_past()).order_by(schema.area.c.area_code)
    return with_places(query_frame(engine, query))


def divisions(engine: Engine, *, withdrawn: bool = False) -> pd.DataFrame:
    """Divisions into areas: contract ``DIVISIONS``, by level, the oldest first.

    Parameters
    ----------
    withdrawn
        Whether those that were withdrawn are told of too.
    """
    table = schema.division
    query = select(*own_columns(table)) if withdrawn else kept_rows(table)
    return query_frame(engine, query.order_by(table.c.area_level, table.c.valid_from, table.c.fid))


def successions(engine: Engine) -> pd.DataFrame:
    """What became of areas of other divisions in those in force: contract ``SUCCESSIONS``."""
    table = schema.area_succession
    past = is_past_area(table.c.area_level, table.c.area_code)
    query = kept_rows(table).where(~past)
    return query_frame(engine, query.order_by(table.c.former_code, table.c.area_code))


def incidents(engine: Engine) -> pd.DataFrame:
    """Every incident, contract ``PLACED_INCIDENTS``, with ``uuid`` and ``source``.

    In place of the geometry stand ``x`` and ``y``, east and north in EPSG:3006, NaN without a
    point.

    Read column by column past the row-wise types, because a page waits for it.
    """
    columns = [schema.incident.c[name] for name in _INCIDENT_COLUMNS]
    query = (
        select(*columns, schema.incident.c.geom)
        .where(schema.incident.c.deleted_at.is_(None))
        .order_by(schema.incident.c.fid)
    )
    with reading(engine) as connection:
        text = str(query.compile(engine))
        rows = connection.exec_driver_sql(text).fetchall()
    *values, points = list(zip(*rows, strict=True)) or [()] * (len(columns) + 1)
    frame = pd.DataFrame(
        {column.name: _series(column, part) for column, part in zip(columns, values, strict=True)}
    )
    x, y = coordinates(points)
    return frame.assign(x=x, y=y)


def incident_geometries(engine: Engine) -> gpd.GeoDataFrame:
    """Every incident with its point, missing where it has none; EPSG:3006."""
    query = kept_rows(schema.incident, "uuid")
    return with_places(query_frame(engine, query.order_by(schema.incident.c.fid)))


def aliases(engine: Engine, *, every: bool = False) -> pd.DataFrame:
    """Everyday place names: contract ``ALIASES``.

    Of areas in force; a former area's follow it to the one in which all of it lies.

    Parameters
    ----------
    every
        Whether those of former divisions are given too, as they stand.
    """
    table = _plain(engine, schema.area_alias)
    key = list(tables.ALIASES.key)
    return table if every else former_rows.following(table, successions(engine), key)


def population(engine: Engine, level: AreaLevel | None = None) -> pd.DataFrame:
    """Inhabitants of areas in force: contract ``POPULATION``, of one level or all."""
    people = schema.population
    past = is_past_area(people.c.area_level, people.c.area_code)
    table = query_frame(engine, kept_rows(people).where(~past).order_by(people.c.fid))
    return table if level is None else table[table["area_level"] == level.value]


def former_population(engine: Engine) -> pd.DataFrame:
    """Inhabitants of areas of former divisions: contract ``POPULATION``."""
    people = schema.population
    past = is_past_area(people.c.area_level, people.c.area_code)
    return query_frame(engine, kept_rows(people).where(past).order_by(people.c.fid))


def classifications(engine: Engine) -> pd.DataFrame:
    """The police list over time, of areas in force: contract ``CLASSIFICATIONS``.

    What was told of a former area holds for those of today that mostly were it.
    """
    table, key = _plain(engine, schema.classification), list(tables.CLASSIFICATIONS.key)
    return former_rows.mostly_covered(table, successions(engine), key)


def totals(engine: Engine) -> pd.DataFrame:
    """Brå's totals: contract ``TOTALS``."""
    return _plain(engine, schema.municipality_total)


def events(engine: Engine) -> pd.DataFrame:
    """The police's published events: contract ``EVENTS``."""
    return _plain(engine, schema.police_event)


def survey(engine: Engine) -> pd.DataFrame:
    """Shares of answers: contract ``SURVEY``.

    Those of a former area stand under its code of today where the borders are the same: a share
    can be divided among no others.
    """
    return former_rows.renamed(_plain(engine, schema.survey_share), successions(engine))


def batches(engine: Engine) -> pd.DataFrame:
    """Every import with its numbers, oldest first."""
    table = schema.import_batch
    names = [column.name for column in table.columns if column.name != "fid"]
    return query_frame(engine, select(*[table.c[name] for name in names]).order_by(table.c.fid))


def quarantine(
    engine: Engine,
    batch: str | None = None,
    open_only: bool = True,
    *,
    kind: TableKind | None = None,
    source: str | None = None,
) -> pd.DataFrame:
    """Rows that were not accepted.

    Parameters
    ----------
    engine
        The store.
    batch
        Of one import; None for all.
    open_only
        Leave out those that have been put right or dismissed.
    kind, source
        Of one kind, from one source; None for all.

    Returns
    -------
    DataFrame
        ``quarantine_id, batch, kind, source, file_name, row_number, raw, faults``; ``raw`` a dict
        of cells in the file's order, ``faults`` a list of dicts.
    """
    query = select(*[schema.quarantine.c[name] for name in _QUARANTINED])
    if batch is not None:
        query = query.where(schema.quarantine.c.batch == batch)
    for column, value in ((schema.quarantine.c.kind, kind), (schema.quarantine.c.source, source)):
        if value is not None:
            query = query.where(column == str(value))
    return _quarantined(engine, query.where(_WAITS) if open_only else query)


def dismissed(engine: Engine) -> pd.DataFrame:
    """Rows that were not accepted and that somebody has dismissed, the latest first.

    Returns
    -------
    DataFrame
        As of :func:`quarantine`, and ``dismissed_at, dismissed_by, dismissed_for``.
    """
    table = schema.quarantine
    told = ("dismissed_at", "dismissed_by", "dismissed_for")
    query = select(*[table.c[name] for name in (*_QUARANTINED, *told)])
    where = table.c.dismissed_at.is_not(None) & table.c.resolved_at.is_(None)
    return _quarantined(engine, query.where(where).order_by(table.c.dismissed_at.desc()))


_QUARANTINED = ("uuid", "batch", "kind", "source", "file_name", "row_number", "raw", "faults")
_WAITS = schema.quarantine.c.resolved_at.is_(None) & schema.quarantine.c.dismissed_at.is_(None)
"""Which quarantined rows still wait to be put right."""


def _quarantined(engine: Engine, query: Select[Any]) -> pd.DataFrame:
    ordered = query.order_by(schema.quarantine.c.fid)
    frame = query_frame(engine, ordered).rename(columns={"uuid": "quarantine_id"})
    return frame.assign(
        raw=[json.loads(text) for text in frame["raw"]],
        faults=[json.loads(text) for text in frame["faults"]],
    )


def mapping(engine: Engine, kind: TableKind, signature: str) -> dict[str, Any] | None:
    """How a file with these columns was understood before, None when never."""
    table = schema.column_mapping
    where = (table.c.kind == kind.value) & (table.c.signature == signature)
    with reading(engine) as connection:
        found = connection.execute(select(table.c.mapping).where(where)).scalar_one_or_none()
    return None if found is None else json.loads(found)


def overview(engine: Engine) -> Overview:
    """Count what there is."""
    incident, batch = schema.incident, schema.import_batch
    with reading(engine) as connection:
        rows = {
            table.name: connection.execute(
                select(func.count()).select_from(table).where(table.c.deleted_at.is_(None))
            ).scalar_one()
            for table in (*schema.TABLES.values(), schema.area_alias, schema.classification)
        }
        rows["quarantine"] = connection.execute(
            select(func.count()).select_from(schema.quarantine).where(_WAITS)
        ).scalar_one()
        newest = connection.execute(
            select(func.max(incident.c.reported_to)).where(incident.c.deleted_at.is_(None))
        ).scalar_one()
        examples = {
            kind
            for kind, table in schema.TABLES.items()
            if connection.execute(
                select(table.c.fid)
                .join(batch, batch.c.uuid == table.c.batch)
                .where(batch.c.is_example.is_(True), table.c.deleted_at.is_(None))
                .limit(1)
            ).first()
        }
    return Overview(rows, newest, frozenset(examples))


def _plain(engine: Engine, table: Table) -> pd.DataFrame:
    return query_frame(engine, kept_rows(table).order_by(table.c.fid))


def kept_rows(table: Table, *more: str) -> Select[Any]:
    """Ask for the columns of a table's contract, and some more, of every row that is not removed.

    What the contract calls ``geometry`` is ``geom``, see :func:`with_places`.
    """
    columns = (*own_columns(table), *(table.c[name] for name in more))
    return select(*columns).where(table.c.deleted_at.is_(None))


def with_places(read: pd.DataFrame) -> gpd.GeoDataFrame:
    """A table with ``geometry`` in place of ``geom``, EPSG:3006; missing where there is none."""
    shapes = np.array([*read["geom"], None], dtype=object)[:-1]
    return gpd.GeoDataFrame(
        read.drop(columns="geom"), geometry=gpd.array.from_shapely(shapes), crs=WORK_CRS
    )


def query_frame(engine: Engine, query: Select[Any]) -> pd.DataFrame:
    """Read a query as a table whose columns have the types of its contract."""
    columns = list(query.selected_columns)
    with reading(engine) as connection:
        rows = connection.execute(query).fetchall()
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {column.name: _series(column, part) for column, part in zip(columns, values, strict=True)}
    )


def _series(column: ColumnElement[Any], values: Sequence[Any]) -> pd.Series:
    """A column with the type its contract wants, whatever the driver gave."""
    if isinstance(column.type, Moment):
        return pd.Series(pd.to_datetime(list(values), utc=True, format="ISO8601")).astype(
            "datetime64[us, UTC]"
        )
    if isinstance(column.type, Day):
        return pd.Series(pd.to_datetime(list(values), format="ISO8601")).astype("datetime64[us]")
    python = column.type.python_type if not _is_geometry(column) else object
    if python is bool:
        return pd.Series(
            list(values), dtype="boolean" if getattr(column, "nullable", False) else "bool"
        )
    if python is int:
        whole = pd.Series(list(values), dtype="Int64")
        return whole if column.nullable else whole.astype("int64")
    if python is float:
        return pd.Series(list(values), dtype="float64")
    return pd.Series(list(values), dtype="str" if python is str else "object")


def _is_geometry(column: ColumnElement[Any]) -> bool:
    return isinstance(column.type, Geometry)
