"""What meetings have said: every meeting, its pins to review, and *synpunkter* counted."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis.disclosure import Publishable, as_publishable
from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import read, read_meetings
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.meetings import Feeling, Meeting, MeetingStatus, PinReason


@dataclass(frozen=True, eq=False)
class Voices:
    """*Synpunkter* of kept meetings; self-selected, so counts without interval.

    Attributes
    ----------
    gated
        Index area_code, every district: ``count`` of pins. For ``Audience.PUBLIC`` small counts
        are hidden; the sum is never published.
    meetings
        How many meetings they come from.
    is_example
        Whether they are invented.
    """

    gated: Publishable
    meetings: int
    is_example: bool


@dataclass(frozen=True, eq=False)
class Tally:
    """Pins of a meeting, counted for those who review it; internal.

    Attributes
    ----------
    by_district
        Index district code (those with pins); columns ``trygg, otrygg, count``.
    by_reason
        Index reason in the order of ``PinReason`` (those given); the same columns.
    """

    by_district: pd.DataFrame
    by_reason: pd.DataFrame


def meetings(place: Workplace) -> list[Meeting]:
    """Every meeting, newest first."""
    return read_meetings.meetings(place.engine)


def pins(place: Workplace, meeting: Meeting) -> gpd.GeoDataFrame:
    """The pins to review; of an open meeting none, so that nobody watches them come in."""
    found = read_meetings.pins(place.engine, meeting.identity)
    return found.iloc[:0] if meeting.status is MeetingStatus.OPEN else found


def tally(place: Workplace, meeting: Meeting) -> Tally:
    """Count the pins of a meeting for review."""
    found = pins(place, meeting)
    by_reason = _counted(found, "reason")
    order = [reason.value for reason in PinReason if reason.value in by_reason.index]
    return Tally(_counted(found, "district_code"), by_reason.loc[order])


def voices(place: Workplace, audience: Audience, meeting: Meeting | None = None) -> Voices:
    """Count *synpunkter* per district.

    They tell what those who came think, not what the inhabitants think, so they have no interval
    and are never compared with a survey's shares.

    Parameters
    ----------
    place
        The store.
    audience
        Who will see the figures: for the public, small counts are hidden.
    meeting
        Only of one kept meeting; of all when None. Invented meetings count while there is no other.
    """
    kept = [one for one in meetings(place) if one.status is MeetingStatus.KEPT]
    kept = [one for one in kept if not one.is_example] or kept
    if meeting is not None:
        kept = [meeting] if meeting.status is MeetingStatus.KEPT else []
    chosen = {one.identity for one in kept}
    found = read_meetings.pins(place.engine)
    counts = found.loc[found["meeting"].isin(chosen), "district_code"].value_counts()
    names = read.areas(place.engine, AreaLevel.DISTRICT)["name"]
    table = pd.DataFrame({"count": counts.reindex(names.index, fill_value=0), "name": names})
    gated = as_publishable(
        table.astype({"count": "float64"}),
        level=AreaLevel.DISTRICT,
        audience=audience,
        rule=DEFAULT_RULES[audience],
        shows_total=False,
    )
    return Voices(gated, len(kept), bool(kept) and all(one.is_example for one in kept))


def _counted(found: pd.DataFrame, by: str) -> pd.DataFrame:
    table = found.groupby([by, "feeling"]).size().unstack(fill_value=0)
    table = table.reindex(columns=[feeling.value for feeling in Feeling], fill_value=0)
    return table.assign(count=table.sum(axis=1)).astype("int64")
