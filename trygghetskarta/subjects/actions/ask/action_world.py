"""The actions of a store as everything asks them: active, lacking follow-ups, what led to them."""

from dataclasses import dataclass
from datetime import date, timedelta

import geopandas as gpd
import pandas as pd

from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import read, read_actions, read_walks
from trygghetskarta.terms.actions import ActionStatus
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.municipality import Theme

STARTED = (ActionStatus.ONGOING, ActionStatus.DONE)
"""What a follow-up can be asked of."""
FOLLOW_UP_DAYS = 365
"""Days within which an action that is under way is to be followed up: the plan is yearly."""


@dataclass(frozen=True, eq=False)
class ActionWorld:
    """Everything the page *Åtgärder* and the reports tell of actions.

    Attributes
    ----------
    version
        Version of the store.
    municipality
        Its name.
    areas
        Districts, EPSG:3006, index area_code, with ``name``.
    themes
        Themes of the newest plan, in the plan's order.
    actions
        Contract ``ACTIONS`` with ``version`` and ``is_example``; index ``measure_id`` (which is
        also a column), by start date, those without one last.
    follow_ups
        Contract ``FOLLOW_UPS``, oldest first.
    links
        ``measure_id`` with ``observation_id`` or ``problem``.
    findings
        Contract ``OBSERVATIONS``.
    today
        Today.
    is_example
        Whether any of the actions is invented.
    """

    version: int
    municipality: str
    areas: gpd.GeoDataFrame
    themes: tuple[Theme, ...]
    actions: gpd.GeoDataFrame
    follow_ups: pd.DataFrame
    links: pd.DataFrame
    findings: gpd.GeoDataFrame
    today: date

    @property
    def is_example(self) -> bool:
        """Whether any of the actions is invented."""
        return bool(self.actions["is_example"].any())

    def owners(self) -> list[str]:
        """Those who are responsible for an action, in alphabetical order."""
        return sorted(self.actions["owner"].dropna().unique(), key=str.casefold)

    def theme_name(self, key: object) -> str:
        """Name of a theme; empty when it is not told or the plan has no such theme."""
        return next((theme.name for theme in self.themes if theme.key == key), "")

    def district_names(self, codes: object) -> tuple[str, ...]:
        """Names of the districts of an action's cell ``districts``; unknown codes left out."""
        names = self.areas["name"]
        return tuple(str(names[code]) for code in codes_of(codes) if code in names.index)


def load(place: Workplace) -> ActionWorld:
    """Read actions and what belongs to them."""
    engine = place.engine
    found = read_actions.actions(engine)
    return ActionWorld(
        version=read.version(engine),
        municipality=place.municipality.name,
        areas=read.areas(engine, AreaLevel.DISTRICT),
        themes=place.municipality.plans[0].themes,
        actions=found.set_index("measure_id", drop=False).rename_axis(None),
        follow_ups=read_actions.follow_ups(engine),
        links=read_actions.links(engine),
        findings=read_walks.observations(engine),
        today=place.today(),
    )


def codes_of(cell: object) -> tuple[str, ...]:
    """District codes of a cell, none when it is missing."""
    return tuple(cell.split()) if isinstance(cell, str) else ()


def active(world: ActionWorld, start: date, end: date) -> gpd.GeoDataFrame:
    """Actions that were to go on in some part of a period, stopped ones among them.

    An action without a start date belongs to every period up to its end date, one without an end
    date to every period from its start.
    """
    found = world.actions
    begun = found["start_date"].isna() | (found["start_date"] <= pd.Timestamp(end))
    unended = found["end_date"].isna() | (found["end_date"] >= pd.Timestamp(start))
    return found[begun & unended]


def missing_follow_ups(
    world: ActionWorld, start: date | None = None, end: date | None = None
) -> pd.DataFrame:
    """Actions under way or ended in a period that nobody has followed up in it.

    Parameters
    ----------
    world
        What was loaded.
    start, end
        First and last day of the period; the last year up to today unless told.

    Returns
    -------
    DataFrame
        ``measure_id, title, owner, last`` (day of the latest follow-up, NaT when there is none),
        by owner and title; actions without an owner last.
    """
    end = end or world.today
    start = start or end - timedelta(days=FOLLOW_UP_DAYS - 1)
    asked = active(world, start, end)
    asked = asked[asked["status"].isin(STARTED)]
    days = world.follow_ups.groupby("measure_id")["day"]
    within = world.follow_ups["day"].between(pd.Timestamp(start), pd.Timestamp(end))
    told = set(world.follow_ups.loc[within, "measure_id"])
    lacking = asked[~asked.index.isin(told)]
    last = days.max().reindex(lacking.index).astype("datetime64[us]")
    table = pd.DataFrame(
        {
            "measure_id": lacking["measure_id"],
            "title": lacking["title"],
            "owner": lacking["owner"],
            "last": last,
        }
    )
    return table.sort_values(["owner", "title"], na_position="last").reset_index(drop=True)


def findings_of(world: ActionWorld, identity: str) -> gpd.GeoDataFrame:
    """The findings that led to an action, contract ``OBSERVATIONS``."""
    ids = world.links.loc[world.links["measure_id"] == identity, "observation_id"].dropna()
    return world.findings[world.findings["observation_id"].isin(ids)]


def problems_of(world: ActionWorld, identity: str) -> tuple[str, ...]:
    """The problems that led to an action, in words."""
    return tuple(world.links.loc[world.links["measure_id"] == identity, "problem"].dropna())
