"""What a user has chosen, as one value: each field declared once."""

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import Enum, StrEnum, auto
from typing import Any, Self

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.hotspots import CellShape, HotspotLayer
from trygghetskarta.terms.maps import Comparison
from trygghetskarta.terms.times import Beside, DateBasis
from trygghetskarta.terms.walks import FindingFilter, WalkFilter, WalkLayer

CELL_SIZES = (50, 100, 250, 500, 1000)
"""Sides in metres that a square cell may have; 250 and 1 000 are SCB's. Counted cells are not
smaller than 250, because more cannot be drawn, and a density's not larger."""

BANDWIDTHS = (150, 300, 500, 1000)
"""Reaches in metres that a density may have."""

RINGS = (200, 300, 400)
"""Widths in metres that the surroundings of a measure may have."""


class PeriodKind(StrEnum):
    """How the period is chosen (link parameter ``period``)."""

    DAYS_90 = "90_dagar"
    MONTHS_12 = "12_manader"
    THIS_YEAR = "i_ar"
    LAST_YEAR = "forra_aret"
    OWN = "egen"


class AnswerKind(Enum):
    """What is worked out from a choice and kept: only the fields that decide it are its key."""

    OFFENCES = auto()  # which offences are meant, and which they are compared with
    AREAS = auto()  # the areas of Karta and of Jämför
    CELLS = auto()  # Hotspots
    SURVEY = auto()  # Säkerhet och trygghet
    FINDINGS = auto()  # which walks are chosen, and which of their findings are listed
    ROUTES = auto()  # what the walks' map draws


_OFFENCES = (AnswerKind.OFFENCES, AnswerKind.AREAS, AnswerKind.CELLS, AnswerKind.SURVEY)
_WALKS = (AnswerKind.FINDINGS, AnswerKind.ROUTES)
_NONE = ()
"""Decides no answer, but what is opened or stands beside it."""


def _field(
    parameter: str,
    default: object,
    decides: Collection[AnswerKind],
    *,
    allowed: tuple = (),
    own: StrEnum | None = None,
) -> Any:
    """Declare a field: its link parameter (empty for none), and the answers that it decides.

    ``allowed`` and ``own`` are those of :class:`trygghetskarta.gate.links.Part`.
    """
    told = {"link": parameter, "decides": decides, "allowed": allowed, "own": own}
    return field(default=default, metadata=told)


_MAPPED = (AreaLevel.DISTRICT, AreaLevel.REGSO, AreaLevel.DESO)


@dataclass(frozen=True)
class Choice:
    """Everything that decides what is shown.

    A field is declared here and nowhere else: links, codes, what its widget gives back, the keys of
    cached answers and their tests follow from its type, its parameter, the values it may have and
    the answers that it decides. The order of the linked fields is part of every code that was ever
    written: only ever add to their end.

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

    theme: str = _field("tema", "", _OFFENCES)
    districts: tuple[str, ...] = _field("stadsdel", (), (*_OFFENCES, *_WALKS))
    types: tuple[str, ...] = _field("brottstyp", (), _OFFENCES)
    period: PeriodKind = _field("period", PeriodKind.MONTHS_12, (*_OFFENCES, *_WALKS))
    start: date | None = _field("fran", None, (*_OFFENCES, *_WALKS), own=PeriodKind.OWN)
    end: date | None = _field("till", None, (*_OFFENCES, *_WALKS), own=PeriodKind.OWN)
    comparison: Comparison = _field("jamfor", Comparison.LAST_YEAR, _OFFENCES)
    compare_start: date | None = _field("jamfor_fran", None, _OFFENCES, own=Comparison.OWN)
    compare_end: date | None = _field("jamfor_till", None, _OFFENCES, own=Comparison.OWN)
    measure: Measure = _field("matt", Measure.COUNT, (AnswerKind.AREAS,))
    level: AreaLevel = _field("niva", AreaLevel.DISTRICT, (AnswerKind.AREAS,), allowed=_MAPPED)
    basis: DateBasis = _field("datum", DateBasis.REPORTED, _OFFENCES)
    plan_year: int = _field("plan", 0, _OFFENCES)
    area: str = _field("omrade", "", _NONE)
    layer: HotspotLayer = _field("lager", HotspotLayer.COUNT, (AnswerKind.CELLS,))
    shape: CellShape = _field("form", CellShape.SQUARE, (AnswerKind.CELLS,))
    cell_size: int = _field("ruta", 250, (AnswerKind.CELLS,), allowed=CELL_SIZES)
    bandwidth: int = _field("bandbredd", 300, (AnswerKind.CELLS,), allowed=BANDWIDTHS)
    chance: bool = _field("slump", False, _NONE)
    spot: str = _field("plats", "", _NONE)
    beside: Beside = _field("bredvid", Beside.NOTHING, _NONE)
    other: str = _field("annan", "", _NONE)
    walk_type: WalkFilter = _field("typ", WalkFilter.ALL, _WALKS)
    walk_layer: WalkLayer = _field("vag", WalkLayer.ROUTES, (AnswerKind.ROUTES,))
    finding_status: FindingFilter = _field("status", FindingFilter.OPEN, (AnswerKind.FINDINGS,))
    owner: str = _field("ansvarig", "", (AnswerKind.FINDINGS,))
    finding: str = _field("fynd", "", _NONE)
    walk: str = _field("vandring", "", _NONE)
    question: str = _field("fraga", "", (AnswerKind.SURVEY,))
    survey_year: int = _field("enkat", 0, (AnswerKind.SURVEY,))
    planned: str = _field("atgard", "", _NONE)
    planned_status: str = _field("lage", "", _NONE)
    approach: str = _field("arbetssatt", "", _NONE)
    responsible: str = _field("forvaltning", "", _NONE)
    ring: int = _field("omland", 300, _NONE, allowed=RINGS)
    team: str = _field("", "", (AnswerKind.FINDINGS, AnswerKind.ROUTES))

    def deciding(self, answer: AnswerKind) -> Self:
        """The choice with the fields that decide an answer: the key under which it is kept."""
        return self.only([one.name for one in fields(self) if answer in one.metadata["decides"]])

    def only(self, names: Collection[str]) -> Self:
        """The choice with these fields, and every other one as if it had not been chosen."""
        return type(self)(**{name: getattr(self, name) for name in names})

    def following(self, other: Self, names: Collection[str]) -> Self:
        """The choice with these fields as another has them."""
        return replace(self, **{name: getattr(other, name) for name in names})
