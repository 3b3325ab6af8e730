"""What the papers about walks rest on: the minutes of a walk, and a season."""

from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.analysis.suppression import suppress
from trygghetskarta.analysis.walk_facts import Minutes, Season
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.gate.choice import Choice, PeriodKind
from trygghetskarta.gate.periods import Span, month_end, month_start, whole_months
from trygghetskarta.subjects.walks.ask.walk_view import (
    CLOSED,
    Chosen,
    Told,
    WalkWorld,
    choose,
    drawn,
    look_up,
    names_of,
    tell,
)
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory, WalkType

SAME_PLACE = 20.0
"""Metres within which the same category is the same finding."""

_WORK = ("status", "status_reason", "owner", "due_date")


def minutes(world: WalkWorld, walk_id: str) -> Minutes:
    """Gather the minutes of a walk, without the ends of its route: whoever reads them is a guest.

    Parameters
    ----------
    world
        What was loaded.
    walk_id
        The walk.

    Raises
    ------
    StoreError
        ``NOT_FOUND`` if there is no such walk.
    """
    rows = world.walks.index[world.walks["walk_id"] == walk_id]
    if not len(rows):
        raise StoreError(StoreCause.NOT_FOUND, table="walk", identity=walk_id)
    walk = world.walks.loc[rows[0]]
    track = world.tracks[world.walks.index.get_loc(rows[0])]
    found = _of_walk(world, walk_id)
    before = _last_time(world, walk)
    return Minutes(
        walk=walk,
        findings=found,
        route=drawn(track).geometry if track.has_line else None,
        district=names_of(world, [walk["district_code"]])[0],
        earlier=_earlier(world, before, found),
        earlier_day=None if before is None else before["day"].date(),
        areas=world.areas,
        municipality=world.municipality,
        data_version=world.version,
        is_example=world.is_example,
    )


def _of_walk(world: WalkWorld, walk_id: str) -> gpd.GeoDataFrame:
    """Findings in the order of the stops; what is merged has the work of the one it speaks by."""
    seen = world.findings
    found = seen[seen["walk_id"] == walk_id].copy()
    kept = seen.set_index("observation_id")
    for row, into in found["merged_into"].dropna().items():
        if into in kept.index:
            for column in _WORK:
                found.loc[row, column] = kept.at[into, column]
    return found.sort_values(["stop", "observed_at"], kind="stable", na_position="last")


def _last_time(world: WalkWorld, walk: pd.Series) -> pd.Series | None:
    """The *rond* before this one in the same district, or of the same name where none is known."""
    walks = world.walks
    earlier = walks["walk_type"].eq(WalkType.AUDIT) & (walks["started_at"] < walk["started_at"])
    if walk["walk_type"] != WalkType.AUDIT or pd.isna(walk["started_at"]):
        return None
    if pd.isna(walk["district_code"]):
        earlier &= walks["name"] == walk["name"]
    else:
        earlier &= walks["district_code"] == walk["district_code"]
    found = walks[earlier]
    return None if found.empty else found.sort_values("started_at", kind="stable").iloc[-1]


def _earlier(
    world: WalkWorld, before: pd.Series | None, found: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    if before is None:
        earlier = world.findings.iloc[:0]
    else:
        earlier = _of_walk(world, before["walk_id"])
        earlier = earlier[earlier["category"] != ObservationCategory.SAFE]
    changes = world.history[world.history["field"] == "status"]
    first = changes.drop_duplicates("observation_id").set_index("observation_id")["before"]
    then = look_up(earlier["observation_id"], first).fillna(earlier["status"])
    again = [_seen_again(row, found) for row in earlier.itertuples()]
    return earlier.assign(
        status_then=then,
        seen_again=pd.Series(again, index=earlier.index, dtype="float64"),
        open_now=~earlier["status"].isin(CLOSED),
    )


def _seen_again(earlier: Any, found: gpd.GeoDataFrame) -> float:
    """Number in this walk's minutes of the same finding; missing when it was not seen."""
    if earlier.geometry is None:
        return float("nan")
    near = found["category"].eq(earlier.category) & (
        found.geometry.distance(earlier.geometry) <= SAME_PLACE
    )
    return float(near.to_numpy().argmax() + 1) if near.any() else float("nan")


_CALENDAR = (3, 6, 12)
"""Months of the periods that the public is told of: quarters, half-years and years."""
_DAYS_OF_MONTH = 30.4


def public_span(wanted: Span, today: date) -> Span:
    """The calendar period that holds most months of a wanted one, else the nearest.

    Only those that are over are taken; of equals the shortest, then the latest.
    """

    def fit(one: Span) -> tuple[int, int, int, int]:
        shared = (min(one.end, wanted.end) - max(one.start, wanted.start)).days + 1
        apart = abs((one.start - wanted.start).days) + abs((one.end - wanted.end).days)
        months = round(max(0, shared) / _DAYS_OF_MONTH)
        return -months, whole_months(one), 0 if months else apart, -one.end.toordinal()

    whole = [
        Span(month_start(year, month), month_end(year, month + months - 1))
        for months in _CALENDAR
        for year in range(wanted.start.year - 1, wanted.end.year + 1)
        for month in range(1, 13, months)
    ]
    return min((one for one in whole if one.end < today), key=fit)


def is_calendar(span: Span) -> bool:
    """Whether a span is a calendar period that the public may be told of."""
    months = whole_months(span)
    return months in _CALENDAR and (span.start.month - 1) % months == 0


def public_season(world: WalkWorld, span: Span) -> Season:
    """Sum every walk of a calendar period up for the public."""
    choice = Choice(period=PeriodKind.OWN, start=span.start, end=span.end)
    chosen = choose(world, choice)
    return season(world, chosen, tell(world, chosen), Audience.PUBLIC)


def season(world: WalkWorld, chosen: Chosen, told: Told, audience: Audience) -> Season:
    """Sum a choice's walks up for those who walked them, or for the public.

    For the public small numbers of findings are hidden and the others rounded: two periods that
    share a quarter, or the same one after a correction, must not differ by a single finding.

    Raises
    ------
    ValueError
        If the public would be told of another period than a calendar one: a programming fault.
    """
    if audience is Audience.PUBLIC and not is_calendar(chosen.span):
        raise ValueError("the public is told of whole quarters, half-years and years")
    walks, problems = chosen.walks, chosen.problems
    hours = _person_hours(walks)
    by_district = hours.groupby(
        pd.Series(names_of(world, walks["district_code"]), index=walks.index)
    ).sum(min_count=1)
    status = problems["status"]
    left = {
        "done": int(status.eq(FindingStatus.DONE).sum()),
        "open": int((~status.isin(CLOSED)).sum()),
        "closed": int(status.eq(FindingStatus.CLOSED).sum()),
    }
    threshold = DEFAULT_RULES[audience].threshold
    found, work = _gated(problems["category"].value_counts(), pd.Series(left), threshold)
    safe = int(chosen.reported["category"].eq(ObservationCategory.SAFE).sum())
    return Season(
        audience=audience,
        start=chosen.span.start,
        end=chosen.span.end,
        walks=int(walks["walk_type"].eq(WalkType.PRESENCE).sum()),
        audits=int(walks["walk_type"].eq(WalkType.AUDIT).sum()),
        person_hours=float(hours.sum()),
        untimed=int(hours.isna().sum()),
        kilometres=float(walks["length_m"].sum() / 1000),
        quiet=int(walks["nothing_to_report"].sum()),
        districts=by_district.dropna().sort_values(ascending=False, kind="stable"),
        found=found.map(lambda n: _rounded(n, threshold)),
        safe_places=_rounded(safe, threshold) if safe >= threshold or not safe else None,
        **{name: None if pd.isna(n) else _rounded(n, threshold) for name, n in work.items()},
        median_days=told.remedy.median if left["done"] >= threshold or threshold == 1 else None,
        municipality=world.municipality,
        data_version=world.version,
        is_example=world.is_example,
    )


def _rounded(number: float, step: int) -> int:
    """The nearest multiple of a step; 1 leaves the number as it is."""
    return int(number + step // 2) // step * step


def _gated(found: pd.Series, work: pd.Series, threshold: int) -> tuple[pd.Series, pd.Series]:
    """Hide small numbers of two ways to split the same findings up; their sum is told by either.

    Categories whose number is hidden are left out: that there is one tells of a single finding.
    """
    if found.empty:
        return found, work
    safe = [suppress(part, threshold, grand_total=False) for part in (found, work)]
    if any(one.column_totals is None or one.column_totals.isna().any() for one in safe):
        # The sum itself is small, or the only thing left to hide: then no part of it may be told.
        return found.iloc[:0], work.where(work == 0)
    return safe[0].table.iloc[:, 0].dropna(), safe[1].table.iloc[:, 0]


def _person_hours(walks: gpd.GeoDataFrame) -> pd.Series:
    """Adults times hours of each walk; missing where either is not known."""
    lasted = (walks["ended_at"] - walks["started_at"]).dt.total_seconds() / 3600
    lasted = (walks["minutes"] / 60).fillna(lasted)
    return lasted * walks["participants"].astype("float64")
