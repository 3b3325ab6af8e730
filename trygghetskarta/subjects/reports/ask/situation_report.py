"""The *lägesbild*: everything the law's three parts rest on, gathered from the store."""

import hashlib
from dataclasses import dataclass, replace
from types import MappingProxyType

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from trygghetskarta.analysis.report_facts import Edition, ReportPeriod, Work
from trygghetskarta.analysis.situation_facts import SituationFacts, WhenFacts
from trygghetskarta.analysis.walk_facts import Season
from trygghetskarta.gate import loaded_world
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.periods import Span
from trygghetskarta.gate.public_words import public_sources, public_text
from trygghetskarta.gate.publication import Shares
from trygghetskarta.intake.perception_rules import normal
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.sources.publishers.survey import EVERYBODY
from trygghetskarta.store import read
from trygghetskarta.subjects.hotspots.ask import hotspots
from trygghetskarta.subjects.perception.ask import survey_rounds
from trygghetskarta.subjects.reports.ask.report_figures import (
    choice_of,
    figures,
    judged_together,
    spans_of,
)
from trygghetskarta.subjects.walks.ask import walk_papers, walk_view
from trygghetskarta.subjects.walks.ask.walk_view import WalkWorld
from trygghetskarta.subjects.when import ask as when_ask
from trygghetskarta.subjects.when.ask import TimePart
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.hotspots import CellShape
from trygghetskarta.terms.papers import ReportKind
from trygghetskarta.terms.perception import SamplingMethod
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.terms.walks import ObservationCategory

FEWEST_ANSWERS = 30
"""Fewer answers than this are not shown."""

CELL = 250
"""Side in metres of the cells in which clusters are sought."""


@dataclass(frozen=True, eq=False)
class ReportGround:
    """What a report is gathered from: the pages' own worlds, loaded once.

    Attributes
    ----------
    place
        The store.
    world, walks
        Offences and walks.
    """

    place: Workplace
    world: World
    walks: WalkWorld


def load(place: Workplace) -> ReportGround:
    """Read what reports are gathered from."""
    world = loaded_world.load(place.engine, place.municipality, place.water)
    return ReportGround(place, world, walk_view.load(place))


def gather(ground: ReportGround, period: ReportPeriod, audience: Audience) -> SituationFacts:
    """Gather a *lägesbild*.

    Parameters
    ----------
    ground
        What it is gathered from.
    period
        The year, or a quarter of it.
    audience
        Who will read it; everything is gated for them.

    Raises
    ------
    AnalysisError
        If there is no offence at all in the store.
    DisclosureError
        If a table would reveal more than the audience may see.
    """
    world = ground.world
    internal = audience is Audience.INTERNAL
    land = hotspots.lay_land(world, CellShape.SQUARE, CELL) if internal else None
    asked = (None, *world.plan(period.year).themes)
    (overall, *themes), tested = judged_together(
        [figures(world, land, period, theme, audience) for theme in asked]
    )
    return SituationFacts(
        edition=edition(ground, ReportKind.SITUATION, period, audience),
        overall=overall,
        themes=tuple(themes),
        official=official_totals(ground, period),
        when=_when(world, period) if internal else None,
        survey=_survey(ground, period.year, audience),
        season=season_of(ground, period, audience),
        work=work_of(ground, audience),
        events=_events(world, period, audience),
        tested=tested,
    )


def edition(
    ground: ReportGround, kind: ReportKind, period: ReportPeriod, audience: Audience
) -> Edition:
    """Say which report it is, and what the store holds."""
    world = ground.world
    plan = world.plan(period.year)
    overview = read.overview(ground.place.engine)
    is_public = audience is Audience.PUBLIC
    return Edition(
        kind=kind,
        period=period,
        audience=audience,
        municipality=world.municipality.name,
        plan_year=plan.year,
        plan_title=plan.title,
        as_of=ground.walks.today,
        data_version=world.version,
        sources=public_sources(world.sources) if is_public else world.sources,
        is_example=bool(overview.examples),
        uncovered=loaded_world.uncovered_of(world, DateBasis.REPORTED, *spans_of(period)),
    )


def official_totals(ground: ReportGround, period: ReportPeriod) -> pd.DataFrame:
    """Brå's totals of the municipality for the period and the one before."""
    totals = read.totals(ground.place.engine)
    totals = totals[totals["region"] == ground.world.municipality.name]

    def of(chosen: ReportPeriod) -> pd.DataFrame:
        same = (totals["period_from"] == pd.Timestamp(chosen.start)) & (
            totals["period_to"] == pd.Timestamp(chosen.end)
        )
        return totals[same].drop_duplicates("category").set_index("category")

    now, before = of(period), of(period.before)
    table = now[["count", "per_100000", "preliminary"]].assign(
        before=before["count"].reindex(now.index)
    )
    return table.rename_axis("category").reset_index()


def _when(world: World, period: ReportPeriod) -> WhenFacts | None:
    found = when_ask.find(world, choice_of(period))
    if found.refused:
        return None
    trend = None if TimePart.TREND in found.problems else found.trend
    return WhenFacts(found.quality, found.hours, found.light, trend)


def _survey(ground: ReportGround, year: int, audience: Audience) -> pd.DataFrame:
    """Everybody's shares in the newest survey up to the year, gated."""
    survey = read.survey(ground.place.engine)
    shares = survey[survey["group"].str.casefold().eq(EVERYBODY)]
    shares = shares[(shares["year"] <= year) & (shares["area_level"] == AreaLevel.DISTRICT.value)]
    shares = shares[shares["year"].isin(sorted(shares["year"].unique())[-1:])]
    names = ground.world.areas[AreaLevel.DISTRICT]["name"]
    told = shares["share"].where(shares["answers"] >= FEWEST_ANSWERS)
    if audience is Audience.PUBLIC:
        told = told.mask(survey_rounds.untold(survey)[shares.index])
        shares = shares.assign(
            identity=shares["survey"].map(_identity),
            survey=shares["survey"].map(public_text),
            question=shares["question"].map(public_text),
            source=shares["source"].map(public_text),
            answers=shares["answers"].where(told.notna()),
        )
        shares = shares[shares["question"] != ""]
        told = told[shares.index]
    return shares.assign(
        area=shares["area_code"].map(names) if len(shares) else shares["area_code"],
        share=told,
        **_limits(told, shares),
    ).reset_index(drop=True)


def _identity(survey: str) -> str:
    return hashlib.sha256(normal(survey).encode("utf-8")).hexdigest()[:16]


def survey_told(ground: ReportGround, year: int) -> tuple[Shares, ...]:
    """The shares that a public *lägesbild* of a year tells, survey by survey."""
    told = _survey(ground, year, Audience.PUBLIC)
    found = []
    for (identity, asked), rows in told.groupby(["identity", "year"], sort=True):
        cells = {
            (row.area_code, normal(row.question)): None
            if pd.isna(row.share)
            else (round(float(row.share), 4), int(row.answers))
            for row in rows.itertuples()
        }
        found.append(Shares(identity, int(asked), MappingProxyType(cells)))
    return tuple(found)


def _limits(share: pd.Series, shares: pd.DataFrame) -> dict[str, pd.Series]:
    """Wilson's limits of shares from a random sample; missing for every other method."""
    random = shares["sampling_method"] == SamplingMethod.RANDOM.value
    answers = shares["answers"].astype("float64")
    lower, upper = proportion_confint(share * answers, answers, method="wilson")
    return {"lower": lower.where(random), "upper": upper.where(random)}


def season_of(ground: ReportGround, period: ReportPeriod, audience: Audience) -> Season | None:
    """What the walks of a period came to, gated; None without any walk or finding."""
    asked = Choice(period=PeriodKind.OWN, start=period.start, end=period.end)
    chosen = walk_view.choose(ground.walks, asked)
    dated = chosen.walks["day"].notna()
    if not dated.any() and chosen.reported.empty:
        return None
    told = walk_view.tell(ground.walks, chosen)
    season = walk_papers.season(ground.walks, chosen, told, audience)
    return replace(season, districts=season.districts.sort_index())


def work_of(ground: ReportGround, audience: Audience) -> Work | None:
    """How far the work with every open finding has come; None when none is open.

    The public gets None: it is names and single findings.
    """
    if audience is Audience.PUBLIC:
        return None
    walks = ground.walks
    seen = walks.findings
    is_open = ~seen["status"].isin(walk_view.CLOSED) & seen["merged_into"].isna()
    left = seen[is_open & (seen["category"] != ObservationCategory.SAFE)]
    if left.empty:
        return None
    today = pd.Timestamp(walks.today)
    late = left["due_date"] < today
    told = left.assign(
        owner=left["owner"].fillna(""),
        late=late,
        age=(today - left["day"]).dt.days,
        district=walk_view.names_of(walks, left["district_code"]),
    )
    by_owner = told.groupby("owner", sort=True)
    owners = pd.DataFrame(
        {
            "open": by_owner.size(),
            "overdue": by_owner["late"].sum(),
            "oldest": by_owner["age"].max(),
        }
    ).reset_index()
    overdue = told[late].sort_values(["owner", "due_date"], kind="stable")
    return Work(owners, overdue[["category", "district", "owner", "due_date"]])


def _events(world: World, period: ReportPeriod, audience: Audience) -> pd.DataFrame:
    found = loaded_world.events_in(world, Span(period.start, period.end))
    if audience is Audience.PUBLIC:
        found = found[found["title"].map(public_text) != ""]
    moments = found["occurred_at"].fillna(found["published_at"]).dt.tz_convert(TIME_ZONE)
    return found.assign(day=moments.dt.date).sort_values("day", kind="stable")[
        ["day", "event_type", "title"]
    ]
