"""A meeting from invitation to *synpunkter*: opened, closed, reviewed, and kept or erased."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from trygghetskarta.errors import DisclosureCause, DisclosureError, StoreCause, StoreError
from trygghetskarta.gate.public_words import public_text
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import write_meetings
from trygghetskarta.store.write import new_identity
from trygghetskarta.subjects.meeting.ask import meeting_voices
from trygghetskarta.subjects.meeting.ask.meeting_wall_kept import to_json, without_words
from trygghetskarta.subjects.meeting.edit import meeting_pins
from trygghetskarta.terms.meetings import Meeting, MeetingStatus

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No sign that is read as another on a wall."""
_LENGTH = 8
"""Signs of a code: 31⁸ is 850 thousand million."""


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
    found = meeting_voices.pins(place, meeting)
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
