"""The contract of every table: its columns, their meaning and what may be missing.

A table is a DataFrame (or GeoDataFrame in EPSG:3006) whose index is the row number as Excel
counts, so that every fault can be told by row. ``check`` lists all faults at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import geopandas as gpd
import pandas as pd

from trygghetskarta.errors import Fault, TableError, TableRule
from trygghetskarta.terms import (
    OFFENCE_TYPES,
    AreaLevel,
    DatePrecision,
    Dimension,
    FindingStatus,
    MeasureApproach,
    MeasureStatus,
    ObservationCategory,
    PlaceMatch,
    SamplingMethod,
    WalkType,
)


class ColumnType(StrEnum):
    """What a column holds; the pandas types that fit are told by ``_FITS``."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"  # datetime64 without time zone, at midnight
    MOMENT = "moment"  # datetime64 in UTC
    GEOMETRY = "geometry"  # EPSG:3006


@dataclass(frozen=True)
class Column:
    """One column of a contract.

    Attributes
    ----------
    type
        What it holds.
    required
        Whether every row must have a value.
    minimum, maximum
        Inclusive limits of a number, None for no limit.
    words
        The only values allowed; empty for any.
    """

    type: ColumnType
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """The columns of one kind of table, and the columns that together name a row, if any do."""

    name: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    optional: frozenset[str] = field(default_factory=frozenset)


def _text(required: bool = False, words: tuple[str, ...] = ()) -> Column:
    return Column(ColumnType.TEXT, required, words=words)


def _whole(
    required: bool = False, minimum: float | None = None, maximum: float | None = None
) -> Column:
    return Column(ColumnType.INTEGER, required, minimum=minimum, maximum=maximum)


def _measured() -> Column:
    return Column(ColumnType.NUMBER, minimum=0)


_LEVELS = tuple(AreaLevel)

AREAS = Contract(
    "areas",
    {
        "area_level": _text(True, _LEVELS),
        "area_code": _text(True),
        "name": _text(True),
        "boundary_version": _text(True),
        "geometry": Column(ColumnType.GEOMETRY, True),
    },
    key=("area_level", "area_code"),
)
"""Areas of every level, Polygon or MultiPolygon."""

ALIASES = Contract(
    "aliases",
    {
        "alias": _text(True),
        "area_level": _text(True, _LEVELS),
        "area_code": _text(True),
    },
    key=("alias", "area_level"),
)
"""Everyday place names and the area each lies in."""

CLASSIFICATIONS = Contract(
    "classifications",
    {
        "name": _text(True),
        "area_class": _text(True),
        "area_level": _text(True, _LEVELS),
        "area_code": _text(True),
        "valid_from": Column(ColumnType.DATE, True),
        "valid_to": Column(ColumnType.DATE),
        "share": Column(ColumnType.NUMBER, minimum=0, maximum=1),
        "source": _text(True),
    },
    key=("name", "area_code", "valid_from"),
)
"""Which district was on the police list, under which name and class, and when.

``valid_to`` is the first day it no longer holds, missing while it holds. ``share`` is the part of
the district's surface that lies inside the police's polygon, missing when only the name is known.
"""

POPULATION = Contract(
    "population",
    {
        "area_level": _text(True, _LEVELS),
        "area_code": _text(True),
        "year": _whole(True, 1968),
        "population": _whole(True, 0),
        "approximate": Column(ColumnType.BOOLEAN, True),
        "source": _text(True),
    },
    key=("area_level", "area_code", "year"),
)
"""Inhabitants on 31 December of ``year``. ``approximate``: summed from cells SCB has perturbed."""

INCIDENTS = Contract(
    "incidents",
    {
        "source_id": _text(True),
        "offence_code": _text(),
        "offence_type": _text(True, OFFENCE_TYPES),
        "offence_text": _text(),
        "occurred_from": Column(ColumnType.MOMENT),
        "occurred_to": Column(ColumnType.MOMENT),
        "occurred_precision": _text(True, tuple(DatePrecision)),
        "reported_from": Column(ColumnType.DATE),
        "reported_to": Column(ColumnType.DATE),
        "count": _whole(True, 0),
        "preliminary": Column(ColumnType.BOOLEAN, True),
        "given_area_code": _text(),
        "given_place": _text(),
        "geometry": Column(ColumnType.GEOMETRY),
    },
    key=("source_id",),
)
"""Reported offences as parsed, before the place is looked up.

One row is one offence, or a sum (``count``) over a period and an area. ``occurred_from`` and
``occurred_to`` bound the time of the offence (equal when it is known to the minute; a day-precise
time spans 00:00 to 00:00 the next day, Swedish time). ``reported_from`` and ``reported_to`` are the
first and last day of registration, equal for single rows. ``geometry`` is a point or missing;
``given_area_code`` and ``given_place`` keep what the file said.
"""

PLACED_INCIDENTS = Contract(
    "placed_incidents",
    {
        **INCIDENTS.columns,
        "district_code": _text(),
        "regso_code": _text(),
        "deso_code": _text(),
        "place_match": _text(True, tuple(PlaceMatch)),
        "on_border": Column(ColumnType.BOOLEAN, True),
        "boundary_version": _text(True),
    },
    key=("source_id",),
)
"""Incidents with their areas. A level that the file's own area does not decide is missing: a row
coded to a RegSO that two districts share has ``regso_code`` but no ``district_code``."""

TOTALS = Contract(
    "totals",
    {
        "region": _text(True),
        "category": _text(True),
        "period_from": Column(ColumnType.DATE, True),
        "period_to": Column(ColumnType.DATE, True),
        "count": _whole(minimum=0),
        "per_100000": Column(ColumnType.NUMBER, minimum=0),
        "preliminary": Column(ColumnType.BOOLEAN, True),
        "source": _text(True),
    },
    key=("region", "category", "period_from", "period_to"),
)
"""Brå's totals. ``count`` missing means not applicable (``..``), which is not 0."""

EVENTS = Contract(
    "events",
    {
        "event_id": _whole(True, 1),
        "published_at": Column(ColumnType.MOMENT, True),
        "occurred_at": Column(ColumnType.MOMENT),
        "event_type": _text(True),
        "title": _text(True),
        "summary": _text(),
        "municipality": _text(),
        "county": _text(),
        "url": _text(),
    },
    key=("event_id",),
)
"""The police's published events: news, not statistics, and never a place on the map."""

SURVEY = Contract(
    "survey",
    {
        "survey": _text(True),
        "year": _whole(True, 1990),
        "question": _text(True),
        "dimension": _text(True, tuple(Dimension)),
        "area_level": _text(True, _LEVELS),
        "area_code": _text(True),
        "group": _text(True),
        "share": Column(ColumnType.NUMBER, minimum=0, maximum=1),
        "lower": Column(ColumnType.NUMBER, minimum=0, maximum=1),
        "upper": Column(ColumnType.NUMBER, minimum=0, maximum=1),
        "answers": _whole(True, 0),
        "n_effective": _measured(),
        "weight_sum": _measured(),
        "sampling_method": _text(True, tuple(SamplingMethod)),
        "method_key": _text(),
        "source": _text(True),
    },
    key=("survey", "year", "question", "area_level", "area_code", "group"),
)
"""Shares of answers, 0 to 1, with the number of answers behind each.

``share`` is missing where single answers were too few to be told. ``lower`` and ``upper`` are the
publisher's own 95 % limits, ``n_effective`` and ``weight_sum`` Kish's effective number of answers
and the sum of the weights; each missing where the publisher does not tell. ``method_key`` names the
way a round was made where the sampling method alone does not: another key is a break in the series.
"""

SURVEY_ANSWERS = Contract(
    "survey_answers",
    {
        "survey": _text(True),
        "year": _whole(True, 1990),
        "question": _text(True),
        "area_level": _text(True, _LEVELS),
        "area_code": _text(True),
        "group": _text(True),
        "answer": Column(ColumnType.NUMBER, True, minimum=0, maximum=1),
        "weight": Column(ColumnType.NUMBER, True, minimum=0),
        "sampling_method": _text(True, tuple(SamplingMethod)),
        "method_key": _text(),
        "source": _text(True),
    },
    key=(),
)
"""Single answers on their way to being summed: 1 yes, 0 no. Never stored."""

WALKS = Contract(
    "walks",
    {
        "walk_id": _text(True),
        "walk_type": _text(True, tuple(WalkType)),
        "name": _text(True),
        "started_at": Column(ColumnType.MOMENT),
        "ended_at": Column(ColumnType.MOMENT),
        "participants": _whole(minimum=1),
        "team": _text(),
        "given_place": _text(),
        "district_code": _text(),
        "note": _text(),
        "nothing_to_report": Column(ColumnType.BOOLEAN, True),
        "raw_length_m": _measured(),
        "length_m": _measured(),
        "minutes": _measured(),
        "removed": _whole(True, 0),
        "file_name": _text(),
        "source": _text(True),
        "geometry": Column(ColumnType.GEOMETRY),
        "vertex_seconds": _text(),
    },
    key=("walk_id",),
)
"""Walks. ``walk_id`` is a UUID made by the client, or from the file's content.

``name`` is the place or the route and ``team`` the group's label: neither is ever a person.
``raw_length_m`` is the track's length as it was recorded, ``length_m`` after cleaning, ``minutes``
its time and ``removed`` the points taken away; missing (``removed``: 0) without a track.
``geometry`` is the cleaned track, MultiLineString or missing. ``vertex_seconds`` is a JSON list
with one list per part: seconds since ``started_at`` of every vertex; missing without times.
"""

OBSERVATIONS = Contract(
    "observations",
    {
        "observation_id": _text(True),
        "walk_id": _text(),
        "stop": _whole(minimum=1),
        "observed_at": Column(ColumnType.MOMENT),
        "category": _text(True, tuple(ObservationCategory)),
        "seriousness": _whole(minimum=1, maximum=4),
        "text": _text(),
        "given_place": _text(),
        "district_code": _text(),
        "geometry": Column(ColumnType.GEOMETRY),
        "factors": _text(),
        "voices": _whole(True, 1),
        "status": _text(True, tuple(FindingStatus)),
        "status_reason": _text(),
        "owner": _text(),
        "due_date": Column(ColumnType.DATE),
        "merged_into": _text(),
        "has_photo": Column(ColumnType.BOOLEAN, True),
        "source": _text(True),
    },
    key=("observation_id",),
)
"""Observations made on walks, or reported without one (``walk_id`` missing).

``stop`` is the order of the stops of a *rond*. ``seriousness`` runs from 1 to 4 and is missing for
a safe place. ``geometry`` is a point or missing. ``factors`` is JSON, ``{AuditFactor: 1 to 5}``.
``voices`` is how many observations the row stands for after merges, and ``merged_into`` the
observation that speaks for it. ``owner`` is an administration or a company, never a person.
"""

NETWORK = Contract(
    "network",
    {
        "name": _text(),
        "source": _text(True),
        "geometry": Column(ColumnType.GEOMETRY, True),
    },
    key=(),
)
"""Streets and paths, LineString or MultiLineString; ``name`` is the street's, often missing."""

MEASURES = Contract(
    "measures",
    {
        "measure_id": _text(True),
        "title": _text(True),
        "theme": _text(),
        "approach": _text(words=tuple(MeasureApproach)),
        "goal": _text(),
        "direction": _text(),
        "owner": _text(),
        "partners": _text(),
        "activities": _text(),
        "schedule": _text(),
        "evaluation": _text(),
        "districts": _text(),
        "start_date": Column(ColumnType.DATE),
        "end_date": Column(ColumnType.DATE),
        "status": _text(True, tuple(MeasureStatus)),
        "control_districts": _text(),
        "control_day": Column(ColumnType.DATE),
        "source": _text(True),
        "geometry": Column(ColumnType.GEOMETRY),
    },
    key=("measure_id",),
)
"""Measures of the plan, with the plan's own fields: ``goal`` (*mål*), ``direction``
(*inriktning*), ``owner`` (*ansvarig*, an administration or organisation, never a person),
``partners`` (*medverkande*), ``activities``, ``schedule`` (*tidsplan*) and ``evaluation`` (how it
is to be followed up).

``theme`` is the key of a theme of the plan. The place is ``districts`` (codes with blanks between),
or ``geometry`` (a drawn area, Polygon or MultiPolygon), or neither. ``end_date`` is the last day.
``control_districts`` are those somebody has chosen to compare with, and ``control_day`` when.
"""

FOLLOW_UPS = Contract(
    "follow_ups",
    {
        "follow_up_id": _text(True),
        "measure_id": _text(True),
        "day": Column(ColumnType.DATE, True),
        "by_function": _text(True),
        "done": _text(),
        "partners": _text(),
        "effects": _text(),
    },
    key=("follow_up_id",),
)
"""Follow-ups of measures: the plan's three questions (*vad har genomförts, vilka har samverkat,
vilka effekter*), when and by which function, never by whom."""

CONTRACTS = {
    contract.name: contract
    for contract in (
        AREAS,
        ALIASES,
        CLASSIFICATIONS,
        POPULATION,
        INCIDENTS,
        PLACED_INCIDENTS,
        TOTALS,
        EVENTS,
        SURVEY,
        SURVEY_ANSWERS,
        WALKS,
        OBSERVATIONS,
        NETWORK,
        MEASURES,
        FOLLOW_UPS,
    )
}


def check(table: pd.DataFrame, contract: Contract) -> list[Fault]:
    """List every fault of a table, in column order and then by row.

    Parameters
    ----------
    table
        Index: row number as Excel counts.
    contract
        What it must fulfil. Columns the contract does not name are a programming matter and are
        not looked at.

    Returns
    -------
    list of Fault
        Empty when the table fulfils its contract.
    """
    faults: list[Fault] = []
    # A GeoDataFrame takes ten times as long to give a column that is no geometry.
    plain = pd.DataFrame(table)
    for name, column in contract.columns.items():
        if name not in table.columns:
            faults.append(Fault(TableRule.COLUMN_MISSING, name))
            continue
        place = column.type is ColumnType.GEOMETRY
        faults.extend(_check_column(table[name] if place else plain[name], name, column))
    if contract.key and all(name in table.columns for name in contract.key):
        faults.extend(_check_key(table, contract))
    return faults


def require(table: pd.DataFrame, contract: Contract) -> None:
    """Raise when a table breaks its contract.

    Raises
    ------
    TableError
        With every fault.
    """
    faults = check(table, contract)
    if faults:
        raise TableError(contract.name, faults)


def empty(contract: Contract) -> pd.DataFrame:
    """Give a table without rows that fulfils the contract, with the right column types."""
    frame = pd.DataFrame(
        {
            name: pd.Series(dtype=_EMPTY_TYPES[column.type])
            for name, column in contract.columns.items()
        }
    )
    if any(column.type is ColumnType.GEOMETRY for column in contract.columns.values()):
        return gpd.GeoDataFrame(frame, geometry="geometry", crs=3006)
    return frame


_EMPTY_TYPES = {
    ColumnType.TEXT: "str",
    ColumnType.INTEGER: "Int64",
    ColumnType.NUMBER: "float64",
    ColumnType.BOOLEAN: "bool",
    ColumnType.DATE: "datetime64[us]",
    ColumnType.MOMENT: "datetime64[us, UTC]",
    ColumnType.GEOMETRY: "geometry",
}


def _check_column(values: pd.Series, name: str, column: Column) -> list[Fault]:
    if not _FITS[column.type](values):
        return [Fault(TableRule.COLUMN_TYPE, name, value=str(values.dtype))]
    faults = []
    if column.required:
        faults += _faults(values, values.isna(), TableRule.VALUE_MISSING, name)
    if column.minimum is not None:
        too_low = (values < column.minimum).fillna(False)
        faults += _faults(values, too_low, TableRule.BELOW_MINIMUM, name)
    if column.maximum is not None:
        too_high = (values > column.maximum).fillna(False)
        is_share = column.type is ColumnType.NUMBER and column.maximum == 1
        rule = TableRule.SHARE_OUT_OF_RANGE if is_share else TableRule.ABOVE_MAXIMUM
        faults += _faults(values, too_high, rule, name)
    if column.words:
        strange = values.notna() & ~values.isin(column.words)
        faults += _faults(values, strange, TableRule.UNKNOWN_WORD, name)
    return faults


def _check_key(table: pd.DataFrame, contract: Contract) -> list[Fault]:
    key = list(contract.key)
    twice = table.duplicated(key, keep="first")
    shown = table[key].astype("str").agg(", ".join, axis=1) if twice.any() else table.index
    return [
        Fault(TableRule.NOT_UNIQUE, ", ".join(key), _row(row), value=str(value))
        for row, value in zip(table.index[twice], pd.Series(shown, table.index)[twice], strict=True)
    ]


def _faults(values: pd.Series, broken: pd.Series, rule: TableRule, name: str) -> list[Fault]:
    broken = broken.to_numpy(dtype=bool)
    return [
        Fault(rule, name, _row(row), value="" if pd.isna(value) else str(value))
        for row, value in zip(values.index[broken], values[broken], strict=True)
    ]


def _row(label: object) -> int | None:
    return int(label) if isinstance(label, int) or hasattr(label, "__index__") else None


def _is_text(values: pd.Series) -> bool:
    if pd.api.types.is_string_dtype(values.dtype):
        return True
    return bool(values.isna().all())


def _is_moment(values: pd.Series) -> bool:
    return isinstance(values.dtype, pd.DatetimeTZDtype) and str(values.dt.tz) == "UTC"


def _is_date(values: pd.Series) -> bool:
    return pd.api.types.is_datetime64_dtype(values.dtype)


_FITS: dict[ColumnType, Callable[[pd.Series], bool]] = {
    ColumnType.TEXT: _is_text,
    ColumnType.INTEGER: lambda values: pd.api.types.is_integer_dtype(values.dtype),
    ColumnType.NUMBER: lambda values: pd.api.types.is_numeric_dtype(values.dtype),
    ColumnType.BOOLEAN: lambda values: pd.api.types.is_bool_dtype(values.dtype),
    ColumnType.DATE: _is_date,
    ColumnType.MOMENT: _is_moment,
    ColumnType.GEOMETRY: lambda values: isinstance(values, gpd.GeoSeries),
}
