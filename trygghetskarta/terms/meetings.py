"""Meetings where people tell where they feel safe and unsafe."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Feeling(StrEnum):
    """What somebody at a meeting says of a place; experience, never risk."""

    SAFE = "trygg"
    UNSAFE = "otrygg"


class PinReason(StrEnum):
    """Why a place feels as it does; a closed list, so that nothing personal can be written."""

    LIGHTING = "belysning"
    PEOPLE = "folk_i_rorelse"
    SIGHT = "insyn_och_sikt"
    UPKEEP = "skotsel"
    LITTER = "nedskrapning"
    TRAFFIC = "trafik"
    DISORDER = "stokigt_eller_lugnt"
    ADULTS = "vuxna_i_narheten"
    OTHER = "annat"


class Lean(StrEnum):
    """What most of the answers of an area say."""

    UNSAFE = "mest_otrygg"
    SPLIT = "delat"
    SAFE = "mest_trygg"


class MeetingStatus(StrEnum):
    """How far a meeting has come."""

    OPEN = "oppet"
    CLOSED = "stangt"
    KEPT = "behallet"  # reviewed: the pins are *synpunkter*
    ERASED = "raderat"  # only the fact that there was a meeting remains


@dataclass(frozen=True)
class Meeting:
    """A meeting where people tell where they feel safe and unsafe.

    Attributes
    ----------
    identity
        UUID.
    code
        Secret part of the addresses people open; empty when erased.
    name, place
        As staff wrote them; empty when erased.
    district_code
        Where it is held, empty when not told.
    held_on
        Day of the meeting.
    status
        How far it has come.
    is_example
        Whether it is invented.
    """

    identity: str
    code: str
    name: str
    place: str
    district_code: str
    held_on: date
    status: MeetingStatus
    is_example: bool
