"""A meeting from invitation to *synpunkter*: opened, closed, reviewed, and kept or erased."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import pandas as pd

from trygghetskarta.analysis.disclosure import Publishable, as_publishable
from trygghetskarta.analysis.show_rules import DEFAULT_RULES
from trygghetskarta.errors import DisclosureCause, DisclosureError, StoreCause, StoreError
from trygghetskarta.gate.public_words import public_text
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import read, read_meetings, write_meetings
from trygghetskarta.store.write import new_identity
from trygghetskarta.subjects.meeting.ask.meeting_wall_kept import to_json, without_words
from trygghetskarta.subjects.meeting.edit import meeting_pins
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.meetings import Feeling, Meeting, MeetingStatus, PinReason

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No sign that is read as another on a wall."""
_LENGTH = 8
"""Signs of a code: 31⁸ is 850 thousand million."""


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


def open_meeting(
    place: Workplace, name: str, where: str, district_code: str, held_on: date
) -> Meeting:
    """Open a meeting under a new secret code.

    Parameters
    ----------
    place
        The store.
    name, where
        What staff call it, and where it is held; shown to those who come.
    district_code
        Where it is held, empty for no district.
    held_on
        Its day.

    Raises
    ------
    StoreError
        ``MEETING_NAMELESS`` without a name.
    DisclosureError
        ``PERSON_NAMED`` (words) when the name, or where it is held, may point out a person.
    """
    if not name.strip():
        raise StoreError(StoreCause.MEETING_NAMELESS)
    for words in (name, where):
        if words.strip() and not public_text(words):
            raise DisclosureError(DisclosureCause.PERSON_NAMED, words=words.strip())
    made = Meeting(
        new_identity(),
        new_code(),
        name.strip(),
        where.strip(),
        district_code,
        held_on,
        MeetingStatus.OPEN,
        False,
    )
    write_meetings.create(place.engine, made)
    return made


def public_meeting(held: Meeting) -> Meeting:
    """A meeting as those who come may see it: words that may point out a person are empty.

    Earlier versions opened meetings with such words.
    """
    return replace(held, name=public_text(held.name), place=public_text(held.place))


def new_code() -> str:
    """A code that nobody guesses and everybody can read aloud."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def meetings(place: Workplace) -> list[Meeting]:
    """Every meeting, newest first."""
    return read_meetings.meetings(place.engine)


def close(place: Workplace, meeting: Meeting) -> bool:
    """Take no more pins, keep the last wall, and drop what was taken back.

    Returns
    -------
    bool
        Whether nothing of what was taken back is left.

    Raises
    ------
    StoreError
        When it is not open.
    """
    write_meetings.close(place.engine, meeting.identity)
    last = meeting_pins.wall(place, meeting.identity)
    return write_meetings.freeze_wall(place.engine, meeting.identity, to_json(last))


def pins(place: Workplace, meeting: Meeting) -> gpd.GeoDataFrame:
    """The pins to review; of an open meeting none, so that nobody watches them come in."""
    found = read_meetings.pins(place.engine, meeting.identity)
    return found.iloc[:0] if meeting.status is MeetingStatus.OPEN else found


def remove(place: Workplace, meeting: Meeting, identities: Collection[str]) -> bool:
    """Erase single pins of a closed meeting.

    Returns
    -------
    bool
        Whether nothing of them is left.

    Raises
    ------
    StoreError
        When the meeting is not closed.
    """
    found = pins(place, meeting)
    going = found["uuid"].isin(list(identities))
    touched = set(found.loc[going, "district_code"])
    left = without_words(meeting_pins.wall(place, meeting.identity), touched, int((~going).sum()))
    return write_meetings.remove_pins(place.engine, meeting.identity, identities, to_json(left))


def keep(place: Workplace, meeting: Meeting) -> bool:
    """Let the reviewed pins count as *synpunkter*; nothing is erased, so nothing is left over.

    Raises
    ------
    StoreError
        When the meeting is not closed.
    """
    write_meetings.keep(place.engine, meeting.identity)
    return True


def erase(place: Workplace, meeting: Meeting) -> bool:
    """Delete the pins for good; only the day of a meeting remains.

    Returns
    -------
    bool
        Whether nothing else is left.

    Raises
    ------
    StoreError
        When the meeting is open, or erased already.
    """
    return write_meetings.erase(place.engine, meeting.identity)


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
