"""What a report rests on, before a word of it is written."""

from dataclasses import dataclass
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd
import shapely

from trygghetskarta.analysis.aoristic import IntervalQuality
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.facts import Facts, Uncovered
from trygghetskarta.analysis.temporal import Trend
from trygghetskarta.analysis.walk_facts import Season
from trygghetskarta.errors import DisclosureCause, DisclosureError
from trygghetskarta.terms import Audience, ReportKind, Theme

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
class WhenFacts:
    """When the offences of the whole municipality happen.

    Attributes
    ----------
    quality
        How well the times are known.
    hours
        Weekdays (Monday first) by hours, aoristic; None with too few.
    light
        As :func:`trygghetskarta.analysis.daylight.light_shares`; None with too few.
    trend
        Direction over the years; None with too few months.
    """

    quality: IntervalQuality | None
    hours: pd.DataFrame | None
    light: pd.DataFrame | None
    trend: Trend | None


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


@dataclass(frozen=True, eq=False)
class SituationFacts:
    """What a *lägesbild* rests on.

    Attributes
    ----------
    edition
        Which report it is.
    overall, themes
        All offences, and each theme's.
    official
        Brå's totals: ``category, count, before, per_100000, preliminary``; empty without any.
    when
        None where hours may not be shown.
    survey
        Shares of answers: ``survey, year, question, dimension, area, share, lower, upper, answers,
        sampling_method``; ``share`` missing below the fewest answers. Empty without any.
    season
        The walks, gated for the reader; None without any in the period.
    work
        The open findings; None when none is open, and always for the public.
    events
        The police's published events: ``day, event_type, title``.

    Raises
    ------
    DisclosureError
        ``NOT_A_TABLE`` when a public one holds words or findings that only the house may see.
    """

    edition: Edition
    overall: ThemeFigures
    themes: tuple[ThemeFigures, ...]
    official: pd.DataFrame
    when: WhenFacts | None
    survey: pd.DataFrame
    season: Season | None
    work: Work | None
    events: pd.DataFrame

    def __post_init__(self) -> None:
        _require_public_words(self.edition, self.season, self.work is None)


def _require_public_words(edition: Edition, season: Season | None, *allowed: bool) -> None:
    """Refuse facts for the public that hold what only the house may see."""
    if edition.audience is not Audience.PUBLIC:
        return
    if not all(allowed) or (season is not None and season.audience is not Audience.PUBLIC):
        raise DisclosureError(DisclosureCause.NOT_A_TABLE)


@dataclass(frozen=True)
class FollowUp:
    """One follow-up of a measure: when, by which function, and the plan's three questions."""

    day: date
    by_function: str
    done: str
    partners: str
    effects: str


@dataclass(frozen=True)
class EffectFacts:
    """What may be said of what a measure did to the recorded offences.

    Attributes
    ----------
    verdict
        Value of ``EffectVerdict``.
    months
        Whole months after the start that are compared.
    estimate, lower, upper
        Offences more (or fewer) than the control would have it, with 95 % limits.
    needed
        Months until a drop could be shown; None when five years would not do.
    listed
        Whether the place is in an area where people report less.
    """

    verdict: str
    months: int
    estimate: float
    lower: float
    upper: float
    needed: int | None
    listed: bool


@dataclass(frozen=True)
class MeasureLine:
    """A measure of the plan as anyone may read of it.

    Attributes
    ----------
    title
        In the plan's own words; empty where these may not be told.
    owner
        Who has it; empty when nobody has, or where it may not be told.
    is_named
        Whether ``owner`` may be told.
    status
        Value of ``MeasureStatus``.
    start, end
        First and last day, None when not told.
    """

    title: str
    owner: str
    is_named: bool
    status: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class MeasureFacts(MeasureLine):
    """A measure of the plan with everything that is written of it; internal.

    Attributes
    ----------
    partners
        In the plan's own words; empty when not told.
    follow_ups
        Those of the period, oldest first.
    effect
        None where no effect can be computed.
    """

    partners: str
    follow_ups: tuple[FollowUp, ...]
    effect: EffectFacts | None = None


@dataclass(frozen=True, eq=False)
class SteeringTheme:
    """A theme of the plan with what was to be done.

    Attributes
    ----------
    name
        The theme's; empty for measures of no theme.
    key
        The theme's, empty for none.
    figures
        Its offences; None where the reader may not be told them.
    measures
        Its measures of the period.
    facts
        The same with everything that is written of them; None for the public.
    """

    name: str
    key: str
    figures: ThemeFigures | None
    measures: tuple[MeasureLine, ...]
    facts: tuple[MeasureFacts, ...] | None


@dataclass(frozen=True, eq=False)
class SteeringFacts:
    """What a *styrgruppsrapport* rests on.

    Attributes
    ----------
    edition
        Which report it is.
    themes
        In the plan's order, measures of no theme last.
    missing
        Measures that nobody has followed up in the period: ``owner, title, last`` (day of the
        latest follow-up, NaT when there is none), by owner.
    season, work
        As in :class:`SituationFacts`.

    Raises
    ------
    DisclosureError
        As :class:`SituationFacts`.
    """

    edition: Edition
    themes: tuple[SteeringTheme, ...]
    missing: pd.DataFrame
    season: Season | None
    work: Work | None

    def __post_init__(self) -> None:
        told = [one for theme in self.themes for one in theme.measures]
        _require_public_words(
            self.edition,
            self.season,
            self.work is None,
            self.missing.empty,
            all(theme.facts is None for theme in self.themes),
            not any(isinstance(one, MeasureFacts) for one in told),
        )


@dataclass(frozen=True, eq=False)
class PlanAreaFacts:
    """What a *SKA-underlag* rests on: a place that is planned, and what lies around it.

    Attributes
    ----------
    edition
        Which report it is; always internal.
    name
        The place's.
    shape, around
        The place, and the ring ``reach`` metres wide around it; EPSG:3006.
    areas
        The districts, for the map.
    reach
        Metres.
    too_small
        Whether the place is smaller than the cells that offences may be told for: it is then told
        together with the ring only.
    types
        Offences per type: ``inside, inside_before, around, around_before``; missing where the
        place is too small to be told by itself, and before where the edition is not covered.
    total
        One row: place and ring together, as
        :func:`trygghetskarta.analysis.comparison.compare_counts`, with ``count`` and ``previous``;
        all but ``count`` missing where the edition is not covered.
    hours
        Weekdays by hours of place and ring together, aoristic; None with too few.
    findings
        Findings of walks since the period began: ``number, category, status, day, inside, x, y``.
    person_hours
        Hours that walkers spent there in the period, ring included.
    inhabitants, inhabitants_around
        Estimated from the small areas' inhabitants by their share of land.
    measures
        Measures that concern the place, its ring or their districts.
    caveats
        Sentences of the theme.
    """

    edition: Edition
    name: str
    shape: shapely.Geometry
    around: shapely.Geometry
    areas: gpd.GeoDataFrame
    reach: float
    too_small: bool
    types: pd.DataFrame
    total: pd.Series
    hours: pd.DataFrame | None
    findings: pd.DataFrame
    person_hours: float
    inhabitants: float
    inhabitants_around: float
    measures: tuple[MeasureFacts, ...]
    caveats: tuple[str, ...]
