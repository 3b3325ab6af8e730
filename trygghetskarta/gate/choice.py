"""What a user has chosen, as one value that fits in a link and comes back from it unchanged."""

import calendar
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

import pandas as pd

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.hotspots import CellShape, HotspotLayer
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.times import Beside, DateBasis
from trygghetskarta.terms.walks import FindingFilter, WalkFilter, WalkLayer

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


def _linked(
    parameter: str, default: object, *, allowed: tuple = (), own: StrEnum | None = None
) -> Any:
    """Declare a field that stands in links and codes; see :class:`Part`."""
    return field(default=default, metadata={"link": parameter, "allowed": allowed, "own": own})


_MAPPED = (AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO)


@dataclass(frozen=True)
class Choice:
    """Everything that decides what is shown.

    A field is declared here and nowhere else: links, codes and their tests follow from its type,
    its parameter and the values it may have. The order of the linked fields is part of every code
    that was ever written: only ever add to their end.

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

    theme: str = _linked("tema", "")
    districts: tuple[str, ...] = _linked("stadsdel", ())
    types: tuple[str, ...] = _linked("brottstyp", ())
    period: PeriodKind = _linked("period", PeriodKind.MONTHS_12)
    start: date | None = _linked("fran", None, own=PeriodKind.OWN)
    end: date | None = _linked("till", None, own=PeriodKind.OWN)
    comparison: Comparison = _linked("jamfor", Comparison.LAST_YEAR)
    compare_start: date | None = _linked("jamfor_fran", None, own=Comparison.OWN)
    compare_end: date | None = _linked("jamfor_till", None, own=Comparison.OWN)
    measure: Measure = _linked("matt", Measure.COUNT)
    level: AreaLevel = _linked("niva", AreaLevel.DISTRICT, allowed=_MAPPED)
    basis: DateBasis = _linked("datum", DateBasis.REPORTED)
    plan_year: int = _linked("plan", 0)
    area: str = _linked("omrade", "")
    layer: HotspotLayer = _linked("lager", HotspotLayer.COUNT)
    shape: CellShape = _linked("form", CellShape.SQUARE)
    cell_size: int = _linked("ruta", 250, allowed=CELL_SIZES)
    bandwidth: int = _linked("bandbredd", 300, allowed=BANDWIDTHS)
    chance: bool = _linked("slump", False)
    spot: str = _linked("plats", "")
    beside: Beside = _linked("bredvid", Beside.NOTHING)
    other: str = _linked("annan", "")
    walk_type: WalkFilter = _linked("typ", WalkFilter.ALL)
    walk_layer: WalkLayer = _linked("vag", WalkLayer.ROUTES)
    finding_status: FindingFilter = _linked("status", FindingFilter.OPEN)
    owner: str = _linked("ansvarig", "")
    finding: str = _linked("fynd", "")
    walk: str = _linked("vandring", "")
    question: str = _linked("fraga", "")
    survey_year: int = _linked("enkat", 0)
    planned: str = _linked("atgard", "")
    planned_status: str = _linked("lage", "")
    approach: str = _linked("arbetssatt", "")
    responsible: str = _linked("forvaltning", "")
    ring: int = _linked("omland", 300, allowed=RINGS)
    team: str = ""

    def only(self, names: Collection[str]) -> Self:
        """The choice with these fields, and every other one as if it had not been chosen."""
        return type(self)(**{name: getattr(self, name) for name in names})

    def following(self, other: Self, names: Collection[str]) -> Self:
        """The choice with these fields as another has them."""
        return replace(self, **{name: getattr(other, name) for name in names})


@dataclass(frozen=True)
class Part:
    """How a field of a choice stands in links and codes.

    Attributes
    ----------
    name, parameter
        The field and its link parameter.
    kind
        ``str``, ``int``, ``bool``, ``date``, ``tuple`` (of words) or an enum.
    default
        What is left out.
    allowed
        Values that a link may give it; empty for all of its kind.
    own
        Member of the enum before it that a date belongs to; a date in a link chooses it.
    """

    name: str
    parameter: str
    kind: type
    default: object
    allowed: tuple
    own: StrEnum | None

    @property
    def chooser(self) -> str:
        """Name of the field that says whether a date holds."""
        return next(part.name for part in PARTS if part.kind is type(self.own))

    def read(self, values: list[str]) -> object:
        """The value of a link parameter.

        Raises
        ------
        ValueError
            If it cannot be understood.
        """
        text = values[-1]
        if self.kind is tuple:
            return tuple(dict.fromkeys(values))
        if self.kind is bool:
            return text == _YES
        if self.kind is date:
            return _read_day(text, self.is_end)
        value = self.kind(text)
        if self.allowed and value not in self.allowed:
            raise ValueError(value)
        return value

    def write(self, value: object) -> str | list[str]:
        """The value as a link parameter."""
        if isinstance(value, tuple):
            return list(value)
        if isinstance(value, date):
            return _short(value, self.is_end)
        return _YES if value is True else str(value)

    @property
    def is_end(self) -> bool:
        """Whether a month stands for its last day."""
        return self.name.endswith("end")


PERIOD_FIELDS = ("period", "start", "end")
"""What decides a period."""
OFFENCE_FIELDS = (
    *("theme", "districts", "types"),
    *PERIOD_FIELDS,
    *("comparison", "compare_start", "compare_end"),
    *("basis", "plan_year"),
)
"""What decides which offences are meant, and which they are compared with."""


def _parts() -> tuple[Part, ...]:
    hints = get_type_hints(Choice)
    return tuple(
        Part(
            one.name,
            one.metadata["link"],
            _kind(hints[one.name]),
            one.default,
            one.metadata["allowed"],
            one.metadata["own"],
        )
        for one in fields(Choice)
        if one.metadata
    )


def _kind(hint: object) -> type:
    """``date | None`` is a date, and ``tuple[str, ...]`` a tuple."""
    return get_args(hint)[0] if isinstance(hint, UnionType) else get_origin(hint) or hint


PARTS = _parts()
"""Every field that stands in links and codes, in the order of their numbers in codes."""
PARAMETERS = tuple(part.parameter for part in PARTS)
"""Every link parameter a choice uses."""


def to_query(choice: Choice) -> dict[str, str | list[str]]:
    """Write a choice as link parameters; what equals the default is left out."""
    return {
        part.parameter: part.write(value)
        for part in PARTS
        if (value := getattr(choice, part.name)) != part.default
        and (part.own is None or getattr(choice, part.chooser) == part.own)
    }


def from_query(query: Mapping[str, list[str]]) -> Choice:
    """Read a choice from link parameters; what cannot be understood keeps its default.

    Parameters
    ----------
    query
        Every value of every parameter, as ``urllib.parse.parse_qs`` gives them.
    """
    values: dict[str, object] = {}
    for part in PARTS:
        if query.get(part.parameter):
            try:
                values[part.name] = part.read(query[part.parameter])
            except ValueError:
                continue
            if part.own is not None:
                values[part.chooser] = part.own
    return _in_order(Choice(**values))


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


def _read_day(text: str, is_end: bool) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        first = date.fromisoformat(f"{text}-01")
        day = month_end(first.year, first.month) if is_end else first
    if not FIRST_YEAR <= day.year <= date.max.year - 1:
        raise ValueError(text)
    return day


def _in_order(choice: Choice) -> Choice:
    """Turn a period that ends before it begins."""
    turned: dict[str, Any] = {}
    for first, last in (("start", "end"), ("compare_start", "compare_end")):
        low, high = getattr(choice, first), getattr(choice, last)
        if low and high and high < low:
            turned |= {first: high.replace(day=1), last: month_end(low.year, low.month)}
    return replace(choice, **turned)
