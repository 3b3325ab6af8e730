"""Walks and findings of a choice, and what can be told of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import geopandas as gpd
import numpy as np
import pandas as pd

from trygghetskarta.analysis import findings, presence, streets
from trygghetskarta.analysis.findings import FindingRate, RemedyTime
from trygghetskarta.analysis.presence import Presence
from trygghetskarta.analysis.streets import Coverage, NearRoute
from trygghetskarta.analysis.track_ends import trim_ends
from trygghetskarta.analysis.tracks import DRAWN_WITHIN, Track, tracks_of
from trygghetskarta.gate.choice import Choice
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.periods import Span, resolve
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.settings import TIME_ZONE
from trygghetskarta.store import read, read_walks
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.terms.offences import OFFENCE_TYPES
from trygghetskarta.terms.times import DateBasis
from trygghetskarta.terms.walks import (
    FindingFilter,
    FindingStatus,
    ObservationCategory,
    WalkFilter,
    WalkType,
)

ZONE = 200.0
"""Metres round a route's start and end that nobody but the walk's own group is shown or told of."""

CELL = 100.0
"""Side in metres of the cells that presence is told for."""

_ROUNDING = 1.0
"""Metres that a place may move when it is sent in millionths of a degree, and more."""

WEEKS = 6
"""Weeks back that gaps are looked for."""

NO_OWNER = "ingen"
"""Link word for findings that nobody has been given."""

CLOSED = (FindingStatus.DONE, FindingStatus.CLOSED)
_TYPE_OF = {WalkFilter.PRESENCE: WalkType.PRESENCE, WalkFilter.AUDIT: WalkType.AUDIT}


@dataclass(frozen=True, eq=False)
class WalkWorld:
    """Everything the page *Vandringar* counts with, read once for each version of the store.

    Attributes
    ----------
    version
        Version of the store.
    municipality
        Its name.
    areas
        Districts, EPSG:3006, index area_code, with ``name``.
    walks
        Contract ``WALKS``, without those that have not begun yet: no future walk is shown.
    tracks
        The track of each walk, in the same order.
    findings
        Contract ``OBSERVATIONS`` and ``version``, those merged into another among them; with
        ``day`` (Swedish date, NaT when not known).
    history
        As :func:`trygghetskarta.store.read_walks.history`.
    network
        Streets; empty when none are imported.
    today
        Last day that is shown.
    is_example
        Whether anything of it is invented.
    """

    version: int
    municipality: str
    areas: gpd.GeoDataFrame
    walks: gpd.GeoDataFrame
    tracks: tuple[Track, ...]
    findings: gpd.GeoDataFrame
    history: pd.DataFrame
    network: gpd.GeoDataFrame
    today: date
    is_example: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is neither walk nor finding."""
        return self.walks.empty and self.findings.empty

    def days(self) -> tuple[date, date]:
        """First and last day there is something of."""
        known = pd.concat([self.walks["day"], self.findings["day"]]).dropna()
        if known.empty:
            return self.today, self.today
        return known.min().date(), known.max().date()

    def teams(self) -> list[str]:
        """Labels of the groups."""
        return sorted(self.walks["team"].dropna().unique())

    def owners(self) -> list[str]:
        """Those who have been given findings."""
        return sorted(self.findings["owner"].dropna().unique())


@dataclass(frozen=True, eq=False)
class Chosen:
    """What a choice keeps.

    Attributes
    ----------
    span
        The period.
    walks
        Its walks.
    tracks
        Their tracks, whole: for hours, and for what is told of whole districts.
    shown
        Their tracks as they may be drawn, and counted along: without their ends, but for the
        user's own group.
    in_cells
        Their tracks as they may be counted in cells: no cell they touch reaches into a zone.
    reported
        Findings of the period and districts, whatever has become of them, safe places too; those
        merged into another left out.
    listed
        Those of them with the chosen status and owner.
    undated
        Walks without a date, which belong to every period.
    """

    span: Span
    walks: gpd.GeoDataFrame
    tracks: list[Track]
    shown: list[Track]
    in_cells: list[Track]
    reported: gpd.GeoDataFrame
    listed: gpd.GeoDataFrame
    undated: int

    @property
    def problems(self) -> gpd.GeoDataFrame:
        """What is reported, without the safe places."""
        return self.reported[self.reported["category"] != ObservationCategory.SAFE]

    @property
    def within_zone(self) -> int:
        """Walks with a way of which nothing is shown."""
        pairs = zip(self.tracks, self.shown, strict=True)
        return sum(whole.has_line and not shown.has_line for whole, shown in pairs)


@dataclass(frozen=True, eq=False)
class Told:
    """What is computed of a choice.

    Attributes
    ----------
    presence
        Hours of the whole walks.
    drawn
        Presence in cells, without the ends of the routes.
    remedy
        Time to remedy.
    rate
        Findings per person-hour.
    recurring
        Places where the same is seen again.
    coverage
        Of the street network, without the ends of the routes; None without one.
    gaps
        As :func:`trygghetskarta.analysis.presence.presence_gaps`, up to the period's last day.
    """

    presence: Presence
    drawn: Presence
    remedy: RemedyTime
    rate: FindingRate
    recurring: gpd.GeoDataFrame
    coverage: Coverage | None
    gaps: pd.DataFrame


def load(place: Workplace) -> WalkWorld:
    """Read walks, findings and what belongs to them."""
    engine = place.engine
    today = place.today()
    walks = _with_day(read_walks.walks(engine), "started_at")
    begun = walks["day"].isna() | (walks["day"] <= pd.Timestamp(today))
    walks = walks[begun].reset_index(drop=True)
    seen = _with_day(read_walks.observations(engine), "observed_at")
    day_of_walk = walks.set_index("walk_id")["day"]
    seen["day"] = seen["day"].fillna(look_up(seen["walk_id"], day_of_walk))
    overview = read.overview(engine)
    return WalkWorld(
        version=read.version(engine),
        municipality=place.municipality.name,
        areas=read.areas(engine, AreaLevel.DISTRICT),
        walks=walks,
        tracks=tuple(tracks_of(walks)),
        findings=seen,
        history=read_walks.history(engine),
        network=read_walks.network(engine),
        today=today,
        is_example=any(
            overview.is_example(kind) for kind in (TableKind.WALKS, TableKind.OBSERVATIONS)
        ),
    )


def _with_day(table: gpd.GeoDataFrame, column: str) -> gpd.GeoDataFrame:
    local = table[column].dt.tz_convert(TIME_ZONE).dt.tz_localize(None).dt.normalize()
    return table.assign(day=local)


def choose(world: WalkWorld, choice: Choice) -> Chosen:
    """Keep what a choice asks for."""
    span, _ = resolve(choice, *world.days())
    walks = world.walks
    kept = _in_span(walks["day"], span) | walks["day"].isna()
    if choice.districts:
        kept &= walks["district_code"].isin(choice.districts)
    if choice.walk_type in _TYPE_OF:
        kept &= walks["walk_type"] == _TYPE_OF[choice.walk_type]
    rows = np.flatnonzero(kept)
    tracks = [world.tracks[row] for row in rows]
    own = walks["team"].eq(choice.team).to_numpy()[rows] if choice.team else np.zeros(len(rows))
    reported = _reported(world, choice, span)
    return Chosen(
        span=span,
        walks=walks.iloc[rows],
        tracks=tracks,
        shown=[track if mine else drawn(track) for track, mine in zip(tracks, own, strict=True)],
        in_cells=[
            track if mine else trim_ends(track, ZONE + CELL * np.sqrt(2))
            for track, mine in zip(tracks, own, strict=True)
        ],
        reported=reported,
        listed=_listed(reported, choice),
        undated=int(walks["day"].isna().to_numpy()[rows].sum()),
    )


def drawn(track: Track) -> Track:
    """What others than a walk's own group may be shown of its route, however it is drawn."""
    return trim_ends(track, ZONE + DRAWN_WITHIN + _ROUNDING)


def _in_span(days: pd.Series, span: Span) -> pd.Series:
    return (days >= pd.Timestamp(span.start)) & (days <= pd.Timestamp(span.end))


def _reported(world: WalkWorld, choice: Choice, span: Span) -> gpd.GeoDataFrame:
    seen = world.findings
    kept = seen["merged_into"].isna() & (_in_span(seen["day"], span) | seen["day"].isna())
    if choice.districts:
        kept &= seen["district_code"].isin(choice.districts)
    if choice.walk_type in _TYPE_OF:
        types = world.walks.set_index("walk_id")["walk_type"]
        kept &= look_up(seen["walk_id"], types) == _TYPE_OF[choice.walk_type]
    return seen[kept]


def _listed(reported: gpd.GeoDataFrame, choice: Choice) -> gpd.GeoDataFrame:
    status = reported["status"]
    safe = reported["category"] == ObservationCategory.SAFE
    match choice.finding_status:
        case FindingFilter.OPEN:
            kept = ~status.isin(CLOSED) & ~safe
        case FindingFilter.ALL:
            kept = pd.Series(True, reported.index)
        case _:
            kept = (status == choice.finding_status.value) & ~safe
    if choice.owner == NO_OWNER:
        kept &= reported["owner"].isna() & ~safe
    elif choice.owner:
        kept &= reported["owner"] == choice.owner
    return reported[kept].sort_values("day", kind="stable")


def tell(world: WalkWorld, chosen: Chosen) -> Told:
    """Compute what can be told of a choice."""
    people = chosen.walks["participants"]
    hours = presence.presence(chosen.tracks, CELL, people)
    drawn = presence.presence(chosen.in_cells, CELL, people)
    problems = chosen.problems
    on_walks = problems["walk_id"].isin(chosen.walks["walk_id"])
    return Told(
        presence=hours,
        drawn=drawn,
        remedy=_remedy(world, problems),
        rate=findings.finding_rate(int(on_walks.sum()), hours.person_minutes),
        recurring=_recurring(problems),
        coverage=None if world.network.empty else streets.coverage(chosen.shown, world.network),
        gaps=presence.presence_gaps(
            chosen.tracks,
            world.areas.reset_index(),
            min(chosen.span.end, world.today),
            WEEKS,
            places=[None if pd.isna(code) else code for code in chosen.walks["district_code"]],
        ),
    )


def _recurring(problems: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    placed = problems[~(problems.geometry.isna() | problems.geometry.is_empty)]
    found = findings.recurring(placed)
    codes = placed["district_code"]
    first = [codes.loc[members[0]] for members in found["members"]]
    return found.assign(district_code=pd.Series(first, index=found.index, dtype="str"))


def status_moments(history: pd.DataFrame, status: FindingStatus) -> pd.Series:
    """When each finding last came to a status: moments by ``observation_id``."""
    became = history[(history["field"] == "status") & (history["after"] == status)]
    return became.groupby("observation_id")["at"].max()


def _remedy(world: WalkWorld, problems: gpd.GeoDataFrame) -> RemedyTime:
    """Findings that a file says are done, without saying when, are left out."""
    done = problems["status"].eq(FindingStatus.DONE)
    gone = problems["status"].eq(FindingStatus.CLOSED)
    remedied, closed = (
        look_up(problems["observation_id"], status_moments(world.history, status)).where(chosen)
        for status, chosen in ((FindingStatus.DONE, done), (FindingStatus.CLOSED, gone))
    )
    known = ~(done & remedied.isna()) & ~(gone & closed.isna())
    until = pd.Timestamp(world.today + timedelta(days=1), tz=TIME_ZONE).tz_convert("UTC")
    return findings.time_to_remedy(
        problems["observed_at"][known], remedied[known], until, closed[known]
    )


def look_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Value of every key, missing where there is none; ``Series.map`` fails on an empty one."""
    return values.reindex(keys).set_axis(keys.index)


def near_routes(world: World, chosen: Chosen, walks: WalkWorld) -> NearRoute:
    """Count offences near the routes in the walks' hours.

    Only types of the plan's themes that walks belong to are counted: never violence, weapons or
    sexual offences.
    """
    cube = world.cube
    wanted = np.isin(cube.offence_type, _near_types(world))
    first, last = cube.first_day[DateBasis.OCCURRED], cube.last_day[DateBasis.OCCURRED]
    start, end = ((day - date(1970, 1, 1)).days for day in (chosen.span.start, chosen.span.end))
    rows = np.flatnonzero(wanted & np.isfinite(cube.x) & (first >= start) & (last <= end))
    table = gpd.GeoDataFrame(
        {
            "occurred_from": pd.to_datetime(cube.began[rows]).tz_localize("UTC"),
            "occurred_to": pd.to_datetime(cube.ended[rows]).tz_localize("UTC"),
            "count": cube.count[rows],
        },
        geometry=gpd.points_from_xy(cube.x[rows], cube.y[rows]),
        crs=3006,
    )
    network = None if walks.network.empty else walks.network
    return streets.near_route(chosen.shown, table, network)


def _near_types(world: World) -> list[int]:
    """Numbers of the offence types of themes that walks belong to, where cells and hours may show.

    A type that another theme keeps coarser is left out.
    """
    open_types, closed_types = set(), set()
    for theme in world.municipality.plans[0].themes:
        rule = theme.internal
        fine = rule.finest is AreaLevel.CELL and rule.by_time and rule.threshold <= 1
        if not fine:
            closed_types.update(theme.offence_types)
        elif theme.walk_types:
            open_types.update(theme.offence_types)
    return [OFFENCE_TYPES.index(name) for name in sorted(open_types - closed_types)]


def names_of(world: WalkWorld, codes: Sequence[str]) -> list[str]:
    """Names of districts; empty for a code that is missing or unknown."""
    names = world.areas["name"]
    return ["" if pd.isna(code) else str(names.get(code, "")) for code in codes]
