"""Actions of the plan: made, changed, followed up, linked to what led to them.

Whatever somebody writes is screened first; with warnings nothing is stored until the writer has
said that it is to be kept as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta import tables
from trygghetskarta.errors import Fault, StoreCause, StoreError, TableError, TableRule
from trygghetskarta.gate.screening import Changed, Warned
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import WORK_CRS
from trygghetskarta.sources.fields.coordinates import from_degrees
from trygghetskarta.sources.fields.personal_data import screen, screen_label
from trygghetskarta.store import read, read_actions, read_walks, write_actions
from trygghetskarta.store.versioned_rows import RowEdition
from trygghetskarta.subjects.actions.ask.action_world import codes_of
from trygghetskarta.terms.actions import ActionApproach, ActionStatus
from trygghetskarta.terms.areas import AreaLevel

SOURCE = "Trygghetskarta"
_LABELS = ("owner", "by_function")
_WORDS = (
    *("title", "goal", "direction", "owner", "partners", "activities", "schedule", "evaluation"),
)


@dataclass(frozen=True)
class ActionForm:
    """An action as somebody fills it in; empty means not told.

    Attributes
    ----------
    measure_id
        UUID made with the form; the same form sent again is stored once.
    title
        What it is called.
    theme
        Key of a theme of the plan.
    approach
        Social or situational, None when not told.
    goal, direction, owner, partners, activities, schedule, evaluation
        The plan's own fields; ``owner`` is an administration or organisation, never a person.
    districts
        Codes.
    area
        Corners of a drawn area as latitude and longitude, in order; fewer than three is none.
    start_date, end_date
        First and last day.
    status
        How far it has come.
    control_districts
        Districts chosen to compare with; empty leaves it to the proposal.
    """

    measure_id: str
    title: str
    theme: str = ""
    approach: ActionApproach | None = None
    goal: str = ""
    direction: str = ""
    owner: str = ""
    partners: str = ""
    activities: str = ""
    schedule: str = ""
    evaluation: str = ""
    districts: tuple[str, ...] = ()
    area: tuple[tuple[float, float], ...] = ()
    start_date: date | None = None
    end_date: date | None = None
    status: ActionStatus = ActionStatus.PLANNED
    control_districts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FollowUpForm:
    """A follow-up: the plan's three questions, when, and by which function (never by whom)."""

    follow_up_id: str
    measure_id: str
    day: date
    by_function: str
    done: str = ""
    partners: str = ""
    effects: str = ""


def history(place: Workplace, identity: str | None = None) -> pd.DataFrame:
    """Who changed what and when: ``measure_id, at, who, field, before, after``."""
    return read_actions.history(place.engine, identity)


def add(place: Workplace, form: ActionForm, who: str, *, despite_warnings: bool = False) -> Changed:
    """Store a new action, once however often it is sent.

    Parameters
    ----------
    place
        Where it goes.
    form
        What was filled in.
    who
        Role of the maker, never a name.
    despite_warnings
        Whether the writer has seen the warnings and keeps the words.

    Raises
    ------
    TableError
        With every fault of the values.
    StoreError
        If the store refuses.
    """
    values = _values(place, form)
    warnings = _screened(form.measure_id, {name: values[name] for name in _WORDS})
    if warnings and not despite_warnings:
        return Changed(None, warnings)
    table = _typed(
        tables.ACTIONS,
        {**values, "measure_id": form.measure_id, "source": SOURCE, "geometry": values["geom"]},
    )
    tables.require(table.set_axis([""]), tables.ACTIONS)
    write_actions.add(place.engine, table, who)
    return Changed(1, warnings)


def change(
    place: Workplace,
    edition: RowEdition,
    form: ActionForm,
    who: str,
    *,
    despite_warnings: bool = False,
) -> Changed:
    """Change an action to what the form says; parameters as for :func:`add`.

    Raises
    ------
    StoreError
        ``CHANGED_MEANWHILE`` when somebody else was first; ``NOT_FOUND``. Nothing is changed then.
    TableError
        With every fault of the values.
    """
    values = _values(place, form)
    before = read_actions.actions(place.engine).set_index("measure_id")
    if form.measure_id in before.index:
        row = before.loc[form.measure_id]
        if values["control_districts"] == _plain(row["control_districts"]):
            values["control_day"] = _day(row["control_day"])
        changed = {name: values[name] for name in _WORDS if values[name] != _plain(row[name])}
    else:
        changed = {name: values[name] for name in _WORDS}
    warnings = _screened(edition.identity, changed)
    if warnings and not despite_warnings:
        return Changed(None, warnings)
    return Changed(write_actions.change(place.engine, edition, values, who), warnings)


def remove(place: Workplace, edition: RowEdition, who: str) -> None:
    """Take an action away from every list; errors as :func:`change`."""
    write_actions.remove(place.engine, edition, who)


def follow_up(
    place: Workplace, form: FollowUpForm, who: str, *, despite_warnings: bool = False
) -> Changed:
    """Store a follow-up, once however often it is sent; parameters as for :func:`add`.

    Raises
    ------
    TableError
        If the day is to come, nobody is told, or none of the three questions is answered.
    StoreError
        ``NOT_FOUND`` when there is no such action.
    """
    values = {
        "follow_up_id": form.follow_up_id,
        "measure_id": form.measure_id,
        "day": form.day,
        "by_function": clean(form.by_function),
        "done": clean(form.done),
        "partners": clean(form.partners),
        "effects": clean(form.effects),
    }
    table = _typed(tables.FOLLOW_UPS, values)
    faults = tables.check(table.set_axis([""]), tables.FOLLOW_UPS)
    if form.day > place.today():
        faults.append(Fault(TableRule.DATE_OUT_OF_RANGE, "day", value=form.day.isoformat()))
    if not (values["done"] or values["partners"] or values["effects"]):
        faults.append(Fault(TableRule.VALUE_MISSING, "done"))
    if faults:
        raise TableError(tables.FOLLOW_UPS.name, faults)
    words = {name: values[name] for name in ("by_function", "done", "partners", "effects")}
    warnings = _screened(form.measure_id, words)
    if warnings and not despite_warnings:
        return Changed(None, warnings)
    write_actions.follow_up(place.engine, table, who)
    return Changed(1, warnings)


def link_finding(place: Workplace, identity: str, observation_id: str, who: str) -> bool:
    """Tell that a finding led to an action; gives whether that is new.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` when there is no such action or finding.
    """
    if read_walks.one_observation(place.engine, observation_id).empty:
        raise StoreError(StoreCause.NOT_FOUND, table="observation", identity=observation_id)
    return write_actions.link(place.engine, identity, who, observation=observation_id)


def link_problem(
    place: Workplace, identity: str, problem: str, who: str, *, despite_warnings: bool = False
) -> Changed:
    """Tell, in words, what problem led to an action; parameters and errors as :func:`add`."""
    words = clean(problem)
    if words is None:
        raise TableError("measure_link", [Fault(TableRule.VALUE_MISSING, "problem")])
    warnings = _screened(identity, {"problem": words})
    if warnings and not despite_warnings:
        return Changed(None, warnings)
    write_actions.link(place.engine, identity, who, problem=words)
    return Changed(1, warnings)


def unlink(
    place: Workplace, identity: str, who: str, *, observation_id: str = "", problem: str = ""
) -> bool:
    """Undo a link; gives whether there was any."""
    return write_actions.unlink(
        place.engine, identity, who, observation=observation_id or None, problem=problem
    )


def form_of(row: Mapping, area: Sequence[tuple[float, float]] = ()) -> ActionForm:
    """An action as a form holds it.

    Parameters
    ----------
    row
        Row of :attr:`ActionWorld.actions`.
    area
        Corners of its drawn area in degrees.
    """
    approach = _plain(row["approach"])
    return ActionForm(
        measure_id=row["measure_id"],
        theme=_plain(row["theme"]) or "",
        approach=None if approach is None else ActionApproach(approach),
        districts=codes_of(row["districts"]),
        area=tuple(area),
        start_date=_day(row["start_date"]),
        end_date=_day(row["end_date"]),
        status=ActionStatus(row["status"]),
        control_districts=codes_of(row["control_districts"]),
        **{name: _plain(row[name]) or "" for name in _WORDS},
    )


def clean(text: str | None) -> str | None:
    """Words without blanks round them or signs that no screen shows; None for nothing."""
    shown = "".join(sign for sign in text or "" if sign.isprintable() or sign in "\n\t")
    return shown.strip() or None


def _values(place: Workplace, form: ActionForm) -> dict[str, object]:
    """Values by column of the store, after every fault has been looked for."""
    known = set(read.areas(place.engine, AreaLevel.DISTRICT).index)
    faults = [
        Fault(TableRule.AREA_UNKNOWN, "districts", value=code)
        for code in (*form.districts, *form.control_districts)
        if code not in known
    ]
    keys = {theme.key for plan in place.municipality.plans for theme in plan.themes}
    if form.theme and form.theme not in keys:
        faults.append(Fault(TableRule.UNKNOWN_WORD, "theme", value=form.theme))
    if not clean(form.title):
        faults.append(Fault(TableRule.VALUE_MISSING, "title"))
    if form.start_date and form.end_date and form.end_date < form.start_date:
        value = form.end_date.isoformat()
        faults.append(Fault(TableRule.END_BEFORE_START, "end_date", value=value))
    area = _area(form.area, faults)
    if faults:
        raise TableError(tables.ACTIONS.name, faults)
    return {
        **{name: clean(getattr(form, name)) for name in _WORDS},
        "theme": form.theme or None,
        "approach": form.approach.value if form.approach else None,
        "districts": " ".join(sorted(form.districts)) or None,
        "start_date": form.start_date,
        "end_date": form.end_date,
        "status": ActionStatus(form.status).value,
        "control_districts": " ".join(sorted(form.control_districts)) or None,
        "control_day": place.today() if form.control_districts else None,
        "geom": area,
    }


def _area(
    corners: Sequence[tuple[float, float]], faults: list[Fault]
) -> shapely.MultiPolygon | None:
    if len(corners) < 3:
        if corners:
            faults.append(Fault(TableRule.GEOMETRY_TYPE, "geometry", value=str(len(corners))))
        return None
    latitude, longitude = zip(*corners, strict=True)
    east, north = from_degrees(longitude, latitude)
    if np.isnan(east).any():
        faults.append(Fault(TableRule.COORDINATE_OUTSIDE_SWEDEN, "geometry"))
        return None
    drawn = shapely.Polygon(list(zip(east, north, strict=True)))
    if not drawn.is_valid or not drawn.area:
        faults.append(Fault(TableRule.GEOMETRY_INVALID, "geometry"))
        return None
    return shapely.MultiPolygon([drawn])


def _typed(contract: tables.Contract, values: Mapping[str, object]) -> gpd.GeoDataFrame:
    """One row with the types of its contract, missing where nothing is told."""
    blank = tables.empty(contract)
    table = pd.DataFrame(
        {name: pd.Series([values.get(name)], dtype="object") for name in contract.columns}
    )
    for name, column in contract.columns.items():
        if column.type is tables.ColumnType.DATE:
            table[name] = pd.to_datetime(table[name])
        if column.type is not tables.ColumnType.GEOMETRY:
            table[name] = table[name].astype(blank[name].dtype)
    if "geometry" not in contract.columns:
        return table
    shapes = np.array([values.get("geometry"), None], dtype=object)[:-1]
    return gpd.GeoDataFrame(table, geometry=gpd.array.from_shapely(shapes), crs=WORK_CRS)


def _screened(identity: str, words: Mapping[str, object]) -> tuple[Warned, ...]:
    return tuple(
        Warned(identity, name, found)
        for name, text in words.items()
        for found in (screen_label if name in _LABELS else screen)(text)
    )


def _plain(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
