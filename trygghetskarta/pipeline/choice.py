"""What a user has chosen, as one value that fits in a link and comes back from it unchanged."""

import calendar
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pandas as pd

from trygghetskarta.terms import (
    AreaLevel,
    Beside,
    CellShape,
    Comparison,
    DateBasis,
    FindingFilter,
    HotspotLayer,
    Measure,
    WalkFilter,
    WalkLayer,
)

FIRST_YEAR = 1975
"""Earliest year a period may begin: older offence statistics are not comparable."""


CELL_SIZES = (50, 100, 250, 500, 1000)
"""Sides in metres that a square cell may have; 250 and 1 000 are SCB's. Counted cells are not
smaller than 250, because more cannot be drawn, and a density's not larger."""

BANDWIDTHS = (150, 300, 500, 1000)
"""Reaches in metres that a density may have."""

RINGS = (200, 300, 400)
"""Widths in metres that the surroundings of a measure may have."""

_YES = "ja"


class PeriodKind(StrEnum):
    """How the period is chosen (link parameter ``period``)."""

    DAYS_90 = "90_dagar"
    MONTHS_12 = "12_manader"
    THIS_YEAR = "i_ar"
    LAST_YEAR = "forra_aret"
    OWN = "egen"


@dataclass(frozen=True)
class Span:
    """First and last day of a period, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Choice:
    """Everything that decides what is shown.

    Attributes
    ----------
    theme
        Key of a theme of the plan, empty for all offences.
    districts, types
        District codes and offence types; empty for all.
    period, start, end
        Kind of period; ``start`` and ``end`` only for an own one.
    comparison, compare_start, compare_end
        Period compared with; the dates only for an own one.
    measure, level, basis
        What colours the map, on which areas, dated how.
    plan_year
        Year of the plan, 0 for the newest.
    area
        Code of the area whose profile is open, empty for none.
    layer, shape, cell_size, bandwidth
        What the page Hotspots draws: the layer, the shape of its cells, their size in metres (a
        hexagon has the area of the square), and the reach of the density in metres.
    chance
        Whether the same analysis of randomly placed offences stands beside it.
    spot
        Code of the cell whose profile is open, empty for none.
    beside, other
        What the page *När händer det* shows beside the choice, and the district it then shows.
    walk_type, walk_layer, finding_status, owner
        Which walks the page *Vandringar* shows, what it draws, and which findings it lists.
    question, survey_year
        Key of the survey's question and year of the round on the page *Säkerhet och trygghet*;
        empty and 0 for the usual ones.
    finding, walk
        The finding and the walk that are open, empty for none.
    planned, planned_status, approach, responsible
        The measure that is open on the page *Åtgärder*, empty for none, and which it lists.
    ring
        Width in metres of the surroundings that a measure's effect is looked for in.
    team
        The user's own group, whose routes are shown to their ends. Never in a link, which may be
        sent to somebody else.
    """

    theme: str = ""
    districts: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    period: PeriodKind = PeriodKind.MONTHS_12
    start: date | None = None
    end: date | None = None
    comparison: Comparison = Comparison.LAST_YEAR
    compare_start: date | None = None
    compare_end: date | None = None
    measure: Measure = Measure.COUNT
    level: AreaLevel = AreaLevel.DISTRICT
    basis: DateBasis = DateBasis.REPORTED
    plan_year: int = 0
    area: str = ""
    layer: HotspotLayer = HotspotLayer.COUNT
    shape: CellShape = CellShape.SQUARE
    cell_size: int = 250
    bandwidth: int = 300
    chance: bool = False
    spot: str = ""
    beside: Beside = Beside.NOTHING
    other: str = ""
    walk_type: WalkFilter = WalkFilter.ALL
    walk_layer: WalkLayer = WalkLayer.ROUTES
    finding_status: FindingFilter = FindingFilter.OPEN
    owner: str = ""
    question: str = ""
    survey_year: int = 0
    finding: str = ""
    walk: str = ""
    team: str = ""
    planned: str = ""
    planned_status: str = ""
    approach: str = ""
    responsible: str = ""
    ring: int = 300


def to_query(choice: Choice) -> dict[str, str | list[str]]:
    """Write a choice as link parameters; what equals the default is left out."""
    default = Choice()
    query: dict[str, str | list[str]] = {}
    for parameter, name in _PLAIN.items():
        value = getattr(choice, name)
        if value != getattr(default, name):
            query[parameter] = _YES if value is True else str(value)
    for parameter, name in _LISTS.items():
        if getattr(choice, name):
            query[parameter] = list(getattr(choice, name))
    for parameter, (name, kind, wanted) in _DATES.items():
        value = getattr(choice, name)
        if value is not None and getattr(choice, kind) == wanted:
            query[parameter] = _short(value, name.endswith("end"))
    return query


def from_query(query: Mapping[str, list[str]]) -> Choice:
    """Read a choice from link parameters; what cannot be understood keeps its default.

    Parameters
    ----------
    query
        Every value of every parameter, as ``urllib.parse.parse_qs`` gives them.
    """
    values: dict[str, Any] = {}
    for parameter, name in _PLAIN.items():
        read = _READERS.get(name, str)
        if query.get(parameter):
            value = _try(read, query[parameter][-1])
            if value is not None:
                values[name] = value
    for parameter, name in _LISTS.items():
        if query.get(parameter):
            values[name] = tuple(dict.fromkeys(query[parameter]))
    for parameter, (name, kind, wanted) in _DATES.items():
        if query.get(parameter):
            day = _read_day(query[parameter][-1], name.endswith("end"))
            if day is not None:
                values[name] = day
                values[kind] = wanted
    return _in_order(replace(Choice(), **values))


def resolve(choice: Choice, oldest: date, newest: date) -> tuple[Span, Span]:
    """Give the period and the one compared with, in days.

    Parameters
    ----------
    choice
        What was chosen.
    oldest, newest
        First and last day of the data; the relative periods end at ``newest``.
    """
    span = _period(choice, oldest, newest)
    return span, _compared(choice, span)


def _period(choice: Choice, oldest: date, newest: date) -> Span:
    match choice.period:
        case PeriodKind.DAYS_90:
            return Span(newest - timedelta(days=89), newest)
        case PeriodKind.MONTHS_12:
            return Span(_shift(newest + timedelta(days=1), years=-1), newest)
        case PeriodKind.THIS_YEAR:
            return Span(date(newest.year, 1, 1), newest)
        case PeriodKind.LAST_YEAR:
            return Span(date(newest.year - 1, 1, 1), date(newest.year - 1, 12, 31))
        case PeriodKind.OWN:
            start = choice.start or oldest
            return Span(start, max(start, choice.end or newest))


def _compared(choice: Choice, span: Span) -> Span:
    match choice.comparison:
        case Comparison.LAST_YEAR:
            return Span(_shift(span.start, years=-1), _shift_end(span.end, years=-1))
        case Comparison.PREVIOUS:
            months = whole_months(span)
            if months:
                return Span(_shift(span.start, months=-months), span.start - timedelta(days=1))
            return Span(span.start - timedelta(days=span.days), span.start - timedelta(days=1))
        case Comparison.OWN:
            start = choice.compare_start or _shift(span.start, years=-1)
            end = choice.compare_end or _shift_end(span.end, years=-1)
            return Span(start, max(start, end))


def month_start(year: int, month: int) -> date:
    """First day of a month."""
    return date(year, month, 1)


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _shift(day: date, years: int = 0, months: int = 0) -> date:
    return (pd.Timestamp(day) + pd.DateOffset(years=years, months=months)).date()


def _shift_end(day: date, years: int) -> date:
    """Shift the last day of a period: the last of a month stays the last of a month."""
    after = day + timedelta(days=1)
    if after.day == 1:
        return _shift(after, years=years) - timedelta(days=1)
    return _shift(day, years=years)


def whole_months(span: Span) -> int:
    """Number of calendar months a span covers exactly, 0 when it does not."""
    after = span.end + timedelta(days=1)
    if span.start.day != 1 or after.day != 1:
        return 0
    return (after.year - span.start.year) * 12 + after.month - span.start.month


def _short(day: date, is_end: bool) -> str:
    """``2026-01`` where the day is the month's first or last, else ``2026-01-17``."""
    edge = month_end(day.year, day.month).day if is_end else 1
    return f"{day:%Y-%m}" if day.day == edge else day.isoformat()


def _read_day(text: str, is_end: bool) -> date | None:
    day = _try(date.fromisoformat, text)
    if day is None and (first := _try(date.fromisoformat, f"{text}-01")):
        day = month_end(first.year, first.month) if is_end else first
    return day if day and FIRST_YEAR <= day.year <= date.max.year - 1 else None


def _in_order(choice: Choice) -> Choice:
    """Turn a period that ends before it begins."""
    turned: dict[str, Any] = {}
    for first, last in (("start", "end"), ("compare_start", "compare_end")):
        low, high = getattr(choice, first), getattr(choice, last)
        if low and high and high < low:
            turned |= {first: high.replace(day=1), last: month_end(low.year, low.month)}
    return replace(choice, **turned)


def _one_of(value: int, allowed: Collection[int]) -> int:
    if value not in allowed:
        raise ValueError(value)
    return value


def _try(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except ValueError:
        return None


_PLAIN = {
    "tema": "theme",
    "period": "period",
    "jamfor": "comparison",
    "matt": "measure",
    "niva": "level",
    "datum": "basis",
    "plan": "plan_year",
    "omrade": "area",
    "lager": "layer",
    "form": "shape",
    "ruta": "cell_size",
    "bandbredd": "bandwidth",
    "slump": "chance",
    "plats": "spot",
    "bredvid": "beside",
    "annan": "other",
    "typ": "walk_type",
    "vag": "walk_layer",
    "status": "finding_status",
    "ansvarig": "owner",
    "fraga": "question",
    "enkat": "survey_year",
    "fynd": "finding",
    "vandring": "walk",
    "atgard": "planned",
    "lage": "planned_status",
    "arbetssatt": "approach",
    "forvaltning": "responsible",
    "omland": "ring",
}
_MAPPED = (AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO)
_LISTS = {"stadsdel": "districts", "brottstyp": "types"}
_DATES = {
    "fran": ("start", "period", PeriodKind.OWN),
    "till": ("end", "period", PeriodKind.OWN),
    "jamfor_fran": ("compare_start", "comparison", Comparison.OWN),
    "jamfor_till": ("compare_end", "comparison", Comparison.OWN),
}
_READERS = {
    "period": PeriodKind,
    "comparison": Comparison,
    "measure": Measure,
    "level": lambda text: _one_of(AreaLevel(text), _MAPPED),
    "basis": DateBasis,
    "plan_year": int,
    "survey_year": int,
    "layer": HotspotLayer,
    "shape": CellShape,
    "cell_size": lambda text: _one_of(int(text), CELL_SIZES),
    "bandwidth": lambda text: _one_of(int(text), BANDWIDTHS),
    "chance": lambda text: text == _YES,
    "beside": Beside,
    "walk_type": WalkFilter,
    "walk_layer": WalkLayer,
    "finding_status": FindingFilter,
    "ring": lambda text: _one_of(int(text), RINGS),
}
PARAMETERS = (*_PLAIN, *_LISTS, *_DATES)
"""Every link parameter a choice uses."""
