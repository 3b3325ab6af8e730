"""The work with walks and findings: from the form to the store, and from new to remedied.

Whatever somebody writes is screened first; with warnings nothing is stored until the writer has
said that it is to be kept as it is.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta import tables
from trygghetskarta.analysis import finding_work
from trygghetskarta.errors import Fault, TableError, TableRule
from trygghetskarta.gate.screening import Warned, clean
from trygghetskarta.intake.place_lookup import place_finder
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import TIME_ZONE, WORK_CRS
from trygghetskarta.sources.fields import photos
from trygghetskarta.sources.fields.coordinates import from_degrees
from trygghetskarta.sources.fields.personal_data import PersonalData, screen, screen_label
from trygghetskarta.store import read_walks, write_walks
from trygghetskarta.store.write_walks import Reports
from trygghetskarta.tables.findings import FIELDS
from trygghetskarta.terms.walks import AuditFactor, FindingStatus, ObservationCategory, WalkType

Degrees = tuple[float, float]
"""Latitude and longitude, WGS 84, as a phone and a map give them."""

_LABELS = ("team", "owner")


@dataclass(frozen=True)
class WalkForm:
    """A walk as somebody reports it: *Kronogården, fredag 21–23, 4 personer*.

    Attributes
    ----------
    walk_id
        UUID made by the browser; the same walk sent again is stored once.
    walk_type
        Which of the two kinds.
    name
        Place or route, never a person.
    started_at, ended_at
        Moments with time zone, None when not told.
    participants
        Number of adults, None when not told.
    team
        Label of the group, never a person.
    given_place
        Place name; the name is looked up when it is empty.
    note
        Free text.
    nothing_to_report
        Whether there was nothing to tell, which is worth knowing.
    route
        Drawn line, empty without one.
    """

    walk_id: str
    walk_type: WalkType
    name: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    participants: int | None = None
    team: str = ""
    given_place: str = ""
    note: str = ""
    nothing_to_report: bool = False
    route: Sequence[Degrees] = ()


@dataclass(frozen=True)
class ObservationForm:
    """An observation as somebody reports it.

    Attributes
    ----------
    observation_id
        UUID made by the browser; the same observation sent again is stored once.
    observed_at
        Moment with time zone.
    category
        What it is about.
    told
        Values of declared fields, ``tables.findings.FIELDS``, by name; those that are not for the
        category are left out.
    given_place
        Place name, kept as written; unknown names give no district.
    position
        Where, None when only the name is known.
    factors
        Marks from 1 to 5, as many as were given.
    walk_id, stop
        The walk it was made on, and its order among the stops.
    photo
        The file as the phone gave it.
    """

    observation_id: str
    observed_at: datetime
    category: ObservationCategory
    told: Mapping[str, int | str | None] = field(default_factory=dict)
    given_place: str = ""
    position: Degrees | None = None
    factors: Mapping[AuditFactor, int] = field(default_factory=dict)
    walk_id: str | None = None
    stop: int | None = None
    photo: bytes | None = None


@dataclass(frozen=True)
class SavedWalk:
    """What became of a report.

    Attributes
    ----------
    reports
        Rows by what became of them; None when nothing was stored because of ``warnings``.
    warnings
        Personal data that was found; with ``despite_warnings`` they are stored all the same.
    """

    reports: Reports | None
    warnings: tuple[Warned, ...] = ()


def save(
    place: Workplace,
    source: str,
    walk: WalkForm | None = None,
    observations: Sequence[ObservationForm] = (),
    *,
    despite_warnings: bool = False,
) -> SavedWalk:
    """Store what a form tells, once however often it is sent.

    Parameters
    ----------
    place
        Where it goes.
    source
        Who reports.
    walk, observations
        Either may be left out; all of it is stored, or nothing.
    despite_warnings
        Whether the writer has seen the warnings and keeps the words.

    Raises
    ------
    TableError
        With every fault of the values.
    SourceError
        If a photo cannot be read.
    StoreError
        If the store refuses.
    """
    walks = _walk_table([walk] if walk else [], source)
    seen = _observation_table(observations, source)
    _require(place, walks, tables.WALKS)
    _require(place, seen, tables.OBSERVATIONS)
    warnings = (
        *_screened(walks, "walk_id", ("name", "team", "given_place", "note")),
        *_screened(seen, "observation_id", tables.OBSERVATIONS.free_words),
    )
    if warnings and not despite_warnings:
        return SavedWalk(None, warnings)
    pictures = {
        _identity(form.observation_id): photos.clean(form.photo)
        for form in observations
        if form.photo is not None
    }
    walks, seen = _with_districts(place, walks), _with_districts(place, seen)
    return SavedWalk(write_walks.save_reports(place.engine, walks, seen, pictures), warnings)


def suggestions(place: Workplace) -> pd.DataFrame:
    """Pairs that may be one finding: ``kept, absorbed, category, metres``, the nearest first."""
    return finding_work.suggest_merges(read_walks.observations(place.engine))


def owners(place: Workplace) -> list[str]:
    """Owners that have been given findings before, in alphabetical order."""
    known = read_walks.observations(place.engine)["owner"].dropna().unique()
    return sorted(known, key=str.casefold)


def history(place: Workplace, identity: str | None = None) -> pd.DataFrame:
    """Who changed what and when: ``observation_id, at, who, field, before, after``."""
    return read_walks.history(place.engine, identity)


def photo(place: Workplace, identity: str) -> bytes | None:
    """The photo of an observation as JPEG, None when it has none."""
    return read_walks.photo(place.engine, identity)


def _walk_table(forms: Sequence[WalkForm], source: str) -> gpd.GeoDataFrame:
    rows = [
        {
            "walk_id": _identity(form.walk_id),
            "walk_type": WalkType(form.walk_type).value,
            "name": clean(form.name),
            "started_at": form.started_at,
            "ended_at": form.ended_at,
            "participants": form.participants,
            "team": clean(form.team),
            "given_place": clean(form.given_place),
            "note": clean(form.note),
            "nothing_to_report": form.nothing_to_report,
            "removed": 0,
            "source": source,
            "geometry": _line(form.route),
        }
        for form in forms
    ]
    table = _typed(rows, tables.WALKS)
    length = table.geometry.length.where(table.geometry.notna())
    return table.assign(raw_length_m=length, length_m=length)


def _observation_table(forms: Sequence[ObservationForm], source: str) -> gpd.GeoDataFrame:
    rows = [
        {
            "observation_id": _identity(form.observation_id),
            "walk_id": None if form.walk_id is None else _identity(form.walk_id),
            "stop": form.stop,
            "observed_at": form.observed_at,
            "category": ObservationCategory(form.category).value,
            **_told(form),
            "given_place": clean(form.given_place),
            "factors": _factors(form.factors),
            "voices": 1,
            "status": FindingStatus.NEW.value,
            "has_photo": form.photo is not None,
            "source": source,
            "geometry": None if form.position is None else _points([form.position])[0],
        }
        for form in forms
    ]
    return _typed(rows, tables.OBSERVATIONS)


def _told(form: ObservationForm) -> dict[str, int | str | None]:
    """What a form tells of the declared fields, missing where it is not for the category."""
    told = {
        name: None if form.category in field.not_for else form.told.get(name)
        for name, field in FIELDS.items()
    }
    return {
        name: clean(value) if tables.OBSERVATIONS.columns[name].free else value
        for name, value in told.items()
    }


def _typed(rows: list[dict], contract: tables.Contract) -> gpd.GeoDataFrame:
    """Rows as a table with the types of its contract, missing where nothing is told."""
    blank = tables.empty(contract)
    table = pd.DataFrame(
        {
            name: pd.Series([row.get(name) for row in rows], dtype="object")
            for name in contract.columns
        }
    )
    for name, column in contract.columns.items():
        if column.type is tables.ColumnType.MOMENT:
            table[name] = pd.to_datetime(table[name], utc=True)
        if column.type is not tables.ColumnType.GEOMETRY:
            table[name] = table[name].astype(blank[name].dtype)
    shapes = np.array([*table["geometry"], None], dtype=object)[:-1]
    return gpd.GeoDataFrame(table, geometry=gpd.array.from_shapely(shapes), crs=WORK_CRS)


def _identity(text: str) -> str:
    """A UUID in one spelling."""
    try:
        return str(uuid.UUID(text))
    except (ValueError, AttributeError, TypeError) as error:
        fault = Fault(TableRule.NOT_AN_IDENTITY, value=str(text))
        raise TableError(tables.OBSERVATIONS.name, [fault]) from error


def _factors(marks: Mapping[AuditFactor, int]) -> str | None:
    broken = [
        Fault(rule, factor, value=str(mark))
        for factor, mark in marks.items()
        for rule, wrong in (
            (TableRule.BELOW_MINIMUM, mark < 1),
            (TableRule.ABOVE_MAXIMUM, mark > 5),
        )
        if wrong
    ]
    if broken:
        raise TableError(tables.OBSERVATIONS.name, broken)
    told = {AuditFactor(factor).value: int(mark) for factor, mark in marks.items()}
    return json.dumps(told, sort_keys=True) if told else None


def _points(positions: Sequence[Degrees]) -> list[shapely.Point]:
    latitude, longitude = zip(*positions, strict=True)
    east, north = from_degrees(longitude, latitude)
    outside = [
        Fault(TableRule.COORDINATE_OUTSIDE_SWEDEN, value=f"{position[0]}, {position[1]}")
        for position, x in zip(positions, east, strict=True)
        if np.isnan(x)
    ]
    if outside:
        raise TableError(tables.OBSERVATIONS.name, outside)
    return list(shapely.points(east, north))


def _line(route: Sequence[Degrees]) -> shapely.MultiLineString | None:
    if len(route) < 2:
        return None
    return shapely.MultiLineString([shapely.LineString(_points(route))])


def _screened(table: pd.DataFrame, identity: str, columns: Sequence[str]) -> list[Warned]:
    return [
        Warned(row[identity], column, found)
        for row in table.to_dict("records")
        for column in columns
        if not pd.isna(row[column])
        for found in screened(column, row[column])
    ]


def _with_districts(place: Workplace, table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Look up each row's district by its point, else by its place name; unknown names give none."""
    if table.empty:
        return table
    middle = table.geometry.interpolate(0.5, normalized=True) if "name" in table else table.geometry
    words = table["given_place"].fillna(table["name"]) if "name" in table else table["given_place"]
    asked = gpd.GeoDataFrame(
        {"given_area_code": pd.Series(None, table.index, dtype="str"), "given_place": words},
        geometry=middle,
        crs=WORK_CRS,
    )
    placed = place_finder(place).place(asked).table["district_code"]
    return table.assign(district_code=placed.reindex(table.index).astype("str"))


def _require(place: Workplace, table: gpd.GeoDataFrame, contract: tables.Contract) -> None:
    """Raise with every fault; a form has no row numbers."""
    faults = tables.check(table.set_axis([""] * len(table)), contract)
    today = pd.Timestamp(place.today())
    for column in ("started_at", "observed_at"):
        if column in table:
            days = table[column].dt.tz_convert(TIME_ZONE).dt.tz_localize(None).dt.normalize()
            faults += [
                Fault(TableRule.DATE_OUT_OF_RANGE, column, value=f"{day:%Y-%m-%d}")
                for day in days[days > today]
            ]
    if "ended_at" in table:
        late = table["ended_at"] < table["started_at"]
        faults += [
            Fault(TableRule.END_BEFORE_START, "ended_at", value=f"{end:%Y-%m-%d %H:%M}")
            for end in table["ended_at"][late]
        ]
    if contract is tables.OBSERVATIONS:
        for name, told in FIELDS.items():
            untold = told.needed & table[name].isna() & ~table["category"].isin(told.not_for)
            faults += [Fault(TableRule.VALUE_MISSING, name)] * int(untold.sum())
    if faults:
        raise TableError(contract.name, faults)


def screened(column: str, text: str | None) -> list[PersonalData]:
    """Personal data in one of the texts: labels are looked through for names too."""
    return (screen_label if column in _LABELS else screen)(text)
