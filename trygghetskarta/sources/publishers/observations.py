"""Observations from walks: a row per thing seen, its place, its kind and what became of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta import tables
from trygghetskarta.errors import TableRule
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.fields import (
    area_codes,
    clock,
    coordinates,
    date_witnesses,
    dates,
    quarantine,
    unread_parts,
)
from trygghetskarta.sources.fields.cell_values import numbers, told
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.fields.date_witnesses import FileOrders
from trygghetskarta.sources.fields.faults import FaultList
from trygghetskarta.sources.fields.observation_words import (
    FACTOR_ROLES,
    answer_of,
    category_in,
    category_named,
    denies,
    says_nothing,
    status_of,
)
from trygghetskarta.sources.fields.spelling import fold
from trygghetskarta.sources.fields.walk_times import clock_minutes
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.sources.readers.parsed import Parsed
from trygghetskarta.sources.readers.recordings import is_uuid, named
from trygghetskarta.tables import OBSERVATIONS, ColumnType
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.imports import Aside
from trygghetskarta.terms.times import DatePrecision
from trygghetskarta.terms.walks import FindingStatus

_KEY = ("source", "walk_ref", "observed_at", "point", "given_place", "category", "text")
_MOST_VOICES = 1000
_MOST_STOPS = 10_000
_BEST_FACTOR = 5
_EARLIEST = pd.Timestamp(1990, 1, 1)
_TEXTS = (
    *(name for name, one in OBSERVATIONS.columns.items() if one.type is ColumnType.TEXT),
    *("walk_ref", "given_area_code"),
)


@dataclass(frozen=True, eq=False)
class ParsedObservations(Parsed):
    """As ``Parsed``; ``rows`` are those of the file that are not quiet.

    Attributes
    ----------
    quiet
        Rows that say there was nothing to report: ``walk_ref``, ``observed_at``, ``given_place``,
        ``given_area_code``, ``source``. They tell of the walk, not of a place.
    """

    quiet: pd.DataFrame = field(default_factory=pd.DataFrame)


def parse(
    raw: RawTable,
    mapping: ColumnMapping,
    *,
    source: str,
    bounds: tuple[float, float, float, float] | None,
    local_crs: int,
    crs: int | None = None,
    today: date,
) -> ParsedObservations:
    """Parse a list of observations.

    Parameters
    ----------
    raw, mapping
        The file, and which column means what.
    source
        Name of the source, for rows that do not tell their own.
    bounds, local_crs, crs
        As in ``incidents.parse``.
    today
        Later days are faults, but for the day an action is due.

    Returns
    -------
    ParsedObservations
        ``table`` fulfils ``OBSERVATIONS``, without walks and districts, and has ``walk_ref`` (as
        the file names the walk) and ``given_area_code`` besides. A row needs a category, or a text
        that tells it. ``seriousness`` is missing where it is not told, and always for a safe place.

    Raises
    ------
    CrsError
        If the coordinates of the whole file cannot be trusted.
    """
    frame, roles = raw.frame, mapping.roles
    cells = {role: told(frame[column]) for role, column in roles.items()}
    faults = FaultList(raw.faults)
    blank = pd.Series(None, frame.index, dtype="str")
    quiet = _quiet(frame, roles)
    days = {role: cells[role] for role in ("date", "due_date") if role in cells}
    orders = date_witnesses.settle(days, roles, today, given=mapping.orders, ahead=("due_date",))
    observed, later = _moments(cells, roles, frame.index, today, faults, orders)
    category = _categories(cells, roles, blank, quiet, faults)
    located = coordinates.locate(raw, roles, bounds=bounds, local_crs=local_crs, crs=crs)
    faults.extend(located.faults)
    table = gpd.GeoDataFrame(
        {
            "walk_id": blank,
            "stop": _whole(cells, roles, "stop", blank, faults, most=_MOST_STOPS),
            "observed_at": clock.to_utc(observed, later),
            "category": category,
            **_fields(cells, roles, blank, category, faults),
            "given_place": cells.get("place_name", blank),
            "district_code": blank,
            "factors": _factors(cells, roles, blank, faults),
            "voices": _whole(cells, roles, "voices", blank, faults, most=_MOST_VOICES).fillna(1),
            "status": _statuses(cells, roles, blank, faults),
            "status_reason": cells.get("status_reason", blank),
            "owner": cells.get("owner", blank),
            "due_date": _due(cells, roles, blank, observed, faults, orders),
            "merged_into": blank,
            "has_photo": False,
            "source": cells.get("source", blank).fillna(source),
            "walk_ref": cells.get("walk", blank),
            "given_area_code": area_codes.bare(cells.get("area_code", blank)),
            "own_id": cells.get("source_id", blank),
        },
        geometry=located.geometry,
        crs=WORK_CRS,
    )
    notes = {**raw.notes, **located.notes, **orders.notes()}
    return _identified(raw, roles, table, quiet, faults, notes)


def _identified(
    raw: RawTable,
    roles: Mapping[str, str],
    table: gpd.GeoDataFrame,
    quiet: pd.Series,
    faults: FaultList,
    notes: dict[str, object],
) -> ParsedObservations:
    """Name the good rows, and set aside those that stand twice and those that saw nothing."""
    good = faults.good(table.index)
    calm = table[good & quiet]
    table = table[good & ~quiet].copy()
    rest = unread_parts.unread(raw.frame, set(roles.values()), table.index)
    own = table["own_id"].notna()
    table.insert(0, "observation_id", unread_parts.told_apart(_identities(table), rest, own))
    again = table["observation_id"].duplicated()
    plain = pd.DataFrame(table.drop(columns="geometry")).assign(point=_points(table.geometry))
    same = plain.astype("str").duplicated()
    shown = table["own_id"].fillna(table["text"])
    faults.add(TableRule.DUPLICATE_ID, again & ~same, shown, roles.get("source_id", ""))
    repeated = table.index[again & same]
    table = table[~again]
    accepted = faults.good(raw.frame.index)
    if len(repeated):
        notes["repeated_rows"] = len(repeated)
    return ParsedObservations(
        _typed(table[[*OBSERVATIONS.columns, "walk_ref", "given_area_code"]]),
        raw.rows.without(calm.index),
        faults.sorted(),
        notes,
        quarantine.resolved(raw.frame, roles, accepted),
        {Aside.REPEATED: repeated},
        quiet=pd.DataFrame(
            calm[["walk_ref", "observed_at", "given_place", "given_area_code", "source"]]
        ),
    )


def _quiet(frame: pd.DataFrame, roles: Mapping[str, str]) -> pd.Series:
    """Rows whose category, or else text, says that there was nothing: cells as they stand."""
    blank = pd.Series(None, frame.index, dtype="str")
    said = frame[roles["category"]] if "category" in roles else blank
    if "text" in roles:
        said = said.fillna(frame[roles["text"]])
    return said.map(says_nothing, na_action="ignore").eq(True)


def _moments(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    index: pd.Index,
    today: date,
    faults: FaultList,
    orders: FileOrders,
) -> tuple[pd.Series, pd.Series]:
    """Local moments, and which are the later of two hours of one name.

    A day without a clock time is its midnight, a row without a day is missing.
    """
    blank = pd.Series(None, index, dtype="str")
    text, name = cells.get("date", blank), names.get("date", "")
    found = dates.parse(text, orders=orders.of("date"), latest=today)
    # A month is no day: its first would be a guess.
    is_period = found.start.notna() & ~found.precision.isin(
        (DatePrecision.DAY, DatePrecision.MINUTE)
    )
    faults.add(TableRule.NOT_A_DATE, found.broken | is_period, text, name)
    minutes, broken = clock_minutes(cells.get("time", blank))
    faults.add(TableRule.NOT_A_TIME, broken, cells.get("time", blank), names.get("time", ""))
    moment = found.start.where(minutes.isna(), found.start.dt.normalize())
    moment = moment + pd.to_timedelta(minutes.fillna(0), unit="min")
    outside = (moment < _EARLIEST) | (moment >= pd.Timestamp(today) + pd.Timedelta(days=1))
    faults.add(TableRule.DATE_OUT_OF_RANGE, outside, text, name)
    return moment, found.later & minutes.isna()


def _categories(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    blank: pd.Series,
    quiet: pd.Series,
    faults: FaultList,
) -> pd.Series:
    said, text = cells.get("category", blank), cells.get("text", blank)
    found = said.map(category_named, na_action="ignore").astype("str")
    by_text = text.where(said.isna()).map(category_in, na_action="ignore").astype("str")
    column = names.get("category", names.get("text", ""))
    faults.add(TableRule.UNKNOWN_WORD, said.notna() & found.isna() & ~quiet, said, column)
    found = found.fillna(by_text)
    untold = said.isna() & found.isna() & ~quiet
    denied = untold & text.map(denies, na_action="ignore").eq(True)
    faults.add(TableRule.CATEGORY_DENIED, denied, text, names.get("text", ""))
    faults.add(TableRule.VALUE_MISSING, untold & ~denied, said, column)
    return found


def _fields(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    blank: pd.Series,
    category: pd.Series,
    faults: FaultList,
) -> dict[str, pd.Series]:
    """The declared fields, each missing where it is not told or not for the category."""
    told = {}
    for name, declared in FIELDS.items():
        text = cells.get(name, blank)
        if declared.words.options:
            found = text.map(partial(answer_of, name), na_action="ignore")
            # Of priorities 1 is the most urgent, of seriousness the least.
            if fold(names.get(name, "")).startswith("prio"):
                found = found.mask(text.str.contains(r"\d", na=False))
            unknown = text.notna() & found.isna()
            faults.add(TableRule.UNKNOWN_WORD, unknown, text, names.get(name, ""))
        elif declared.is_number:
            found = _whole(cells, names, name, blank, faults, **declared.limits)
        else:
            found = text
        values = found.mask(category.isin(declared.not_for))
        told[name] = values.astype("Int64" if declared.is_number else "str")
    return told


def _whole(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    role: str,
    blank: pd.Series,
    faults: FaultList,
    *,
    least: float = 1,
    most: float = np.inf,
) -> pd.Series:
    text, name = cells.get(role, blank), names.get(role, "")
    values, broken = numbers(text)
    faults.add(TableRule.NOT_A_NUMBER, broken, text, name)
    faults.add(TableRule.NOT_A_WHOLE_NUMBER, (values % 1).fillna(0) != 0, text, name)
    faults.add(TableRule.BELOW_MINIMUM, values < least, text, name)
    faults.add(TableRule.ABOVE_MAXIMUM, values > most, text, name)
    return values.where((values % 1 == 0) & (values <= most)).astype("Int64")


def _factors(
    cells: Mapping[str, pd.Series], names: Mapping[str, str], blank: pd.Series, faults: FaultList
) -> pd.Series:
    """JSON of the factors that a row grades; missing where it grades none."""
    graded = {
        factor.value: _whole(cells, names, role, blank, faults, most=_BEST_FACTOR)
        for role, factor in FACTOR_ROLES.items()
        if role in cells
    }
    if not graded:
        return blank
    rows = pd.DataFrame(graded).astype("object")
    written = [
        json.dumps({name: int(value) for name, value in row.items() if not pd.isna(value)})
        for row in rows.to_dict("records")
    ]
    return pd.Series(written, blank.index, dtype="str").replace("{}", None)


def _statuses(
    cells: Mapping[str, pd.Series], names: Mapping[str, str], blank: pd.Series, faults: FaultList
) -> pd.Series:
    text = cells.get("status", blank)
    found = text.map(status_of, na_action="ignore").astype("str")
    unknown = text.notna() & found.isna()
    faults.add(TableRule.UNKNOWN_WORD, unknown, text, names.get("status", ""))
    return found.fillna(FindingStatus.NEW.value)


def _due(
    cells: Mapping[str, pd.Series],
    names: Mapping[str, str],
    blank: pd.Series,
    observed: pd.Series,
    faults: FaultList,
    orders: FileOrders,
) -> pd.Series:
    """Last day to act, of a month its last; none before the thing was seen."""
    text, name = cells.get("due_date", blank), names.get("due_date", "")
    found = dates.parse(text, orders=orders.of("due_date"))
    faults.add(TableRule.NOT_A_DATE, found.broken, text, name)
    last = found.end.where(found.end <= found.start, found.end - pd.Timedelta(1, "s"))
    day = last.dt.normalize()
    faults.add(TableRule.END_BEFORE_START, day < observed.dt.normalize(), text, name)
    return day


def _identities(table: gpd.GeoDataFrame) -> pd.Series:
    key = pd.DataFrame(table.drop(columns="geometry")).assign(point=_points(table.geometry))
    cells = key[list(_KEY)].astype("str").fillna("")
    content = ["\x1f".join(row) for row in cells.itertuples(index=False)]
    names = [_identity(*row) for row in zip(table["own_id"], table["source"], content, strict=True)]
    return pd.Series(names, table.index, dtype="str")


def _identity(own: str | None, source: str, content: str) -> str:
    if pd.isna(own):
        return named("observation row", content)
    return own.strip().lower() if is_uuid(own) else named("observation", f"{source}\x1f{own}")


def _points(geometry: gpd.GeoSeries) -> pd.Series:
    """Places to the metre, as text; missing where there is none."""
    text = geometry.x.round().astype("str") + " " + geometry.y.round().astype("str")
    return text.where(np.isfinite(geometry.x), None)


def _typed(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if table.empty:
        bare = tables.empty(OBSERVATIONS)
        return bare.assign(walk_ref=bare["text"], given_area_code=bare["text"])
    typed = table.astype(dict.fromkeys(_TEXTS, "str") | {"has_photo": "bool", "voices": "int64"})
    typed["observed_at"] = typed["observed_at"].astype("datetime64[us, UTC]")
    typed["due_date"] = typed["due_date"].astype("datetime64[us]")
    return typed
