"""What a report rests on, before a word of it is written."""

from dataclasses import dataclass
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.facts import Facts, Uncovered
from trygghetskarta.analysis.walk_facts import Season
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.municipality import Theme
from trygghetskarta.terms.papers import ReportKind

LAST_QUARTER = 4


@dataclass(frozen=True)
class ReportPeriod:
    """A calendar year, or a quarter of it.

    Examples
    --------
    >>> ReportPeriod(2026, 1).end, ReportPeriod(2026, 1).before.key, ReportPeriod(2025).key
    (datetime.date(2026, 3, 31), '2025K1', '2025')
    """

    year: int
    quarter: int = 0

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, 3 * max(self.quarter, 1) - 2, 1)

    @property
    def end(self) -> date:
        """Last day."""
        if self.quarter in (0, LAST_QUARTER):
            return date(self.year, 12, 31)
        return date(self.year, 3 * self.quarter + 1, 1) - timedelta(days=1)

    @property
    def before(self) -> "ReportPeriod":
        """The same part of the year before."""
        return ReportPeriod(self.year - 1, self.quarter)

    @property
    def key(self) -> str:
        """How the period is named in the store and in files."""
        return f"{self.year}K{self.quarter}" if self.quarter else str(self.year)


@dataclass(frozen=True)
class Edition:
    """Which report it is, and what it was made from.

    Attributes
    ----------
    kind, period, audience
        What it is about and for whom.
    municipality
        Its name.
    plan_year, plan_title
        The plan whose themes are followed.
    as_of
        The day that open and late are counted on.
    data_version, sources, is_example
        What the store held.
    subject
        Name of the place of a *SKA-underlag*, empty for every other kind.
    uncovered
        The period and the one before it, as far as the data do not cover them.
    """

    kind: ReportKind
    period: ReportPeriod
    audience: Audience
    municipality: str
    plan_year: int
    plan_title: str
    as_of: date
    data_version: int
    sources: tuple[str, ...]
    is_example: bool
    subject: str = ""
    uncovered: tuple[Uncovered, ...] = ()


@dataclass(frozen=True, eq=False)
class ThemeFigures:
    """The offences of one theme, or of all.

    Attributes
    ----------
    theme
        The theme; None for all offences.
    whole
        One row for the municipality, or for the theme's districts, gated; None where nothing may
        be told.
    districts
        Gated figures of the districts; None where they may not be told.
    facts
        What the figures rest on; None where nothing is counted.
    areas
        The districts, exact.
    chosen
        Codes of the districts that the theme is about; empty for all.
    clusters
        The strongest clusters, as ``subjects.hotspots`` gives them; None where cells may not be
        shown.
    problem
        Whether the theme could not be counted: no district is classified.
    """

    theme: Theme | None
    whole: Publishable | None
    districts: Publishable | None
    facts: Facts | None
    areas: gpd.GeoDataFrame
    chosen: frozenset[str] = frozenset()
    clusters: pd.DataFrame | None = None
    problem: bool = False

    @property
    def figures(self) -> pd.Series | None:
        """The row of the whole."""
        return None if self.whole is None else self.whole.table.iloc[0]


@dataclass(frozen=True, eq=False)
class Work:
    """How far the work with the findings of walks has come: names and single findings, internal.

    Attributes
    ----------
    owners
        One row per owner of open findings (missing owner: empty text): ``owner, open, overdue,
        oldest`` (days since the oldest was seen).
    overdue
        Open findings whose due date has passed: ``category, district, owner, due_date``.
    """

    owners: pd.DataFrame
    overdue: pd.DataFrame


def require_nothing_internal(edition: Edition, season: Season | None, *allowed: bool) -> None:
    """Refuse facts for the public that hold what only the house may see."""
    if edition.audience is not Audience.PUBLIC:
        return
    if not all(allowed) or (season is not None and season.audience is not Audience.PUBLIC):
        raise DisclosureError(DisclosureCause.NOT_A_TABLE)
