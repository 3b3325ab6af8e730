"""What a table of figures rests on: everything its caption must tell."""

from dataclasses import dataclass
from datetime import date

from trygghetskarta.analysis.measures import Measure
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.terms.times import DateBasis

Days = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True)
class Uncovered:
    """A period that the data do not cover, so that no change is told: it would be missing data.

    Attributes
    ----------
    start, end
        The period.
    oldest, newest
        First and last day of the data.
    silent
        Months of the period that were never delivered, between others that were.
    """

    start: date
    end: date
    oldest: date
    newest: date
    silent: tuple[Days, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Everything a caption must tell about the figures beside them.

    Every count is None when it is too small to be told.

    Attributes
    ----------
    municipality
        Its name.
    level
        Level of the areas shown.
    measure
        What the map is coloured by.
    theme, types, areas
        Swedish names of what was chosen; empty when nothing was.
    start, end, previous_start, previous_end
        The period and the one compared with (None when nothing is compared).
    basis
        Which date places an offence in a period.
    offences
        Offences in the period that the figures rest on, the municipality's whole.
    without_place, outside, straddling, undated
        Offences that are in the selection but not on the map, by reason.
    preliminary, unsaid
        Offences that the publisher calls preliminary, and those of which it does not say whether
        they are.
    population_years
        Years the inhabitants were counted, oldest first.
    sources
        Publishers and files, as they are to be named.
    plan_year
        Year of the plan whose themes are used.
    boundary_version, data_version
        Of the areas and of the store.
    is_example
        Whether any of the figures are invented.
    has_listed_area
        Whether a district shown is on the police list: fewer offences are reported there.
    caveats
        Swedish sentences that belong to the theme.
    link
        Query that opens the same view again.
    audience
        Who is told; the public hears nothing of the police list.
    page
        Page that the query belongs to.
    silent
        Months of the period, and of the one compared with, that were never delivered.
    unplaced_before
        Share of the offences of the period compared with that lacked a place; None when nothing is
        compared, or where their number may not be told.
    tested
        How many areas' changes were tested together, 0 when none is.
    """

    municipality: str
    level: AreaLevel
    measure: Measure
    theme: str
    types: tuple[str, ...]
    areas: tuple[str, ...]
    start: date
    end: date
    previous_start: date | None
    previous_end: date | None
    basis: DateBasis
    offences: int | None
    without_place: int | None
    outside: int | None
    straddling: int | None
    undated: int | None
    preliminary: int | None
    population_years: tuple[int, ...]
    sources: tuple[str, ...]
    plan_year: int
    boundary_version: str
    data_version: str
    is_example: bool
    has_listed_area: bool
    caveats: tuple[str, ...]
    link: str
    audience: Audience = Audience.INTERNAL
    page: MapPage = MapPage.MAP
    silent: tuple[Days, ...] = ()
    unsaid: int | None = 0
    unplaced_before: float | None = None
    tested: int = 0
