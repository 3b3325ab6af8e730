"""What the pages of a meeting ask; nothing of offences or walks is read for any of them."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

from trygghetskarta import formats, settings
from trygghetskarta.desk import data
from trygghetskarta.draw.map import maps
from trygghetskarta.draw.map.bare_maps import bare_state
from trygghetskarta.draw.map.maps import MapScript
from trygghetskarta.draw.table import files
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.errors import StoreCause, StoreError, TableError, TableRule
from trygghetskarta.intake import status, workplace
from trygghetskarta.subjects.meeting.ask import meeting_voices
from trygghetskarta.subjects.meeting.ask.meeting_bounds import (
    MOST_PINS,
    Admission,
    Bounds,
    tablet_key,
)
from trygghetskarta.subjects.meeting.edit import meeting, meeting_pins
from trygghetskarta.subjects.meeting.edit.meeting_pins import Districts
from trygghetskarta.subjects.meeting.show import meeting_pictures, voices_file
from trygghetskarta.subjects.meeting.show.meeting_pictures import WallShown
from trygghetskarta.subjects.meeting.show.voices_file import VoicesShown
from trygghetskarta.terms.audience import Audience
from trygghetskarta.terms.meetings import Meeting, MeetingStatus, PinReason
from trygghetskarta.words import error_words, meeting_words, texts

_TABLET = "platta"
"""Parameter of the address that a tablet of the meeting is opened with."""


_BOUNDS = Bounds()
"""What one phone may fill, counted in this process alone; no cache, which can be cleared."""


def is_public_only() -> bool:
    """Whether this process shows the pages of a meeting and nothing else."""
    return settings.load().public_only


@dataclass(frozen=True, eq=False)
class MeetingGround:
    """What all pages of a meeting stand on.

    Attributes
    ----------
    municipality
        Its name.
    districts
        Where pins can be put.
    names
        Names of the districts by code, in alphabetical order.
    script
        The map of the districts without figures.
    map_name
        New when the borders may have changed.
    """

    municipality: str
    districts: Districts
    names: dict[str, str]
    script: MapScript
    map_name: str

    @property
    def empty_map(self) -> dict:
        """The map on which a place is pointed out."""
        return bare_state(len(self.names), meeting_words.ROOM_MAP_HINT)


def ground() -> MeetingGround:
    """Districts and their map."""
    return _ground(status.fingerprint(data.workplace())[0])


@st.cache_resource(max_entries=2, show_spinner=False)
def _ground(identity: str) -> MeetingGround:
    place = data.workplace()
    town = place.municipality
    known = meeting_pins.districts(place)
    where = (town.latitude, town.longitude, town.zoom, place.settings.tile_url)
    names = sorted(known.names.items(), key=lambda pair: formats.swedish_order(pair[1]))
    script = maps.script(workplace.districts(place), *where)
    data.spare_from_collection()
    return MeetingGround(town.name, known, dict(names), script, f"meeting-{identity[:8]}")


def meeting_of(code: str) -> Meeting:
    """The meeting people reach by a code, with words that all may see.

    Raises
    ------
    StoreError
        ``MEETING_UNKNOWN``.
    """
    return _shown(meeting_pins.open_meeting_of(data.workplace(), code.strip().lower()))


def _shown(held: Meeting) -> Meeting:
    may = meeting.public_meeting(held)
    return replace(may, name=may.name or meeting_words.MEETING_UNNAMED)


def is_withheld(held: Meeting) -> bool:
    """Whether some of its words are not shown to those who come."""
    return meeting.public_meeting(held) != held


@dataclass(frozen=True)
class PinAnswer:
    """What became of a pin: ``stored``, ``later`` or ``refused``, and the sentence."""

    state: str
    said: str


def receive(held: Meeting, sent: Sequence[Mapping[str, object]]) -> dict[str, PinAnswer]:
    """Store what a phone has sent, each pin once, as many as one phone may give.

    Nothing of the device is kept with a pin, nor anywhere in the store.
    """
    return {str(one.get("key")): _receive_bounded(held, one) for one in sent}


def _receive_bounded(held: Meeting, sent: Mapping[str, object]) -> PinAnswer:
    if sent.get("kind") == "undo":
        return _receive_one(held.code, sent)
    shared = st.query_params.get(_TABLET, "") == tablet_key(held.identity)
    phone, pin = str(sent.get("phone") or "")[:64], str(sent.get("identity"))[:64]
    where = st.context.ip_address or ""
    admitted = _BOUNDS.admit(held.code, phone, pin, where, time.monotonic(), shared=shared)
    if admitted is Admission.FULL:
        return PinAnswer("refused", meeting_words.ROOM_PHONE_FULL.format(n=MOST_PINS))
    if admitted is Admission.LATER:
        return PinAnswer("later", meeting_words.ROOM_SLOW_DOWN)
    answer = _receive_one(held.code, sent)
    if answer.state == "refused":
        _BOUNDS.release(held.code, phone, pin, where)
    return answer


def _receive_one(code: str, sent: Mapping[str, object]) -> PinAnswer:
    try:
        meeting_pins.receive(data.workplace(), ground().districts, code, sent)
    except TableError as error:
        outside = error.faults[0].rule is TableRule.AREA_UNKNOWN
        return PinAnswer(
            "refused", meeting_words.ROOM_REFUSED_PLACE if outside else meeting_words.ROOM_REFUSED
        )
    except StoreError as error:
        waits = error.cause in (StoreCause.LOCKED, StoreCause.NOT_REACHABLE)
        return PinAnswer("later" if waits else "refused", error_words.error_sentence(error))
    return PinAnswer("stored", "")


def wall(held: Meeting) -> WallShown:
    """What the room may see now; drawn anew only when the pins have changed."""
    return _wall(meeting_pins.mark(data.workplace(), held), held.is_example)


@st.cache_resource(max_entries=8, show_spinner=False)
def _wall(mark: tuple, is_example: bool) -> WallShown:
    known = ground().districts
    told = meeting_pins.seen(meeting_pins.wall(data.workplace(), mark[0]), known)
    sign = texts.EXAMPLE_MARK if is_example else ""
    return meeting_pictures.wall_shown(told.areas, told.total, told.reasons, known.names, sign)


def public_address() -> str:
    """Where phones reach the pages of a meeting: as told, else as this page was reached."""
    told = settings.load().public_url
    if told:
        return told.rstrip("/")
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}"


def is_loopback(address: str) -> bool:
    """Whether an address reaches only the computer it is written on."""
    host = urlsplit(address).hostname or ""
    return host.startswith("127.") or host in ("", "localhost", "::1")


def is_this_app(address: str) -> bool:
    """Whether an address leads to the process that shows this page."""
    return urlsplit(address).netloc == urlsplit(st.context.url or "").netloc


def links(address: str, held: Meeting) -> tuple[str, str, str]:
    """Addresses for those who take part, for the projector, and for a tablet many use."""
    start = address.strip().rstrip("/")
    join = f"{start}/tyck-till?mote={held.code}"
    tablet = f"{join}&{_TABLET}={tablet_key(held.identity)}"
    return join, f"{start}/motesbild?mote={held.code}", tablet


def meetings() -> list[Meeting]:
    """Every meeting, newest first."""
    return meeting_voices.meetings(data.workplace())


def open_meeting(name: str, where: str, district: str, day: str) -> Meeting:
    """Open a meeting.

    Raises
    ------
    ValueError
        If the day cannot be read.
    StoreError
        If it has no name.
    """
    return meeting.open_meeting(
        data.workplace(), name, where, district, date.fromisoformat(day.strip())
    )


def today() -> str:
    """Today as it is typed."""
    return data.workplace().today().isoformat()


_STEPS = {"close": meeting.close, "keep": meeting.keep, "erase": meeting.erase}


def step(name: str, held: Meeting) -> bool:
    """Take a meeting one step further: ``close``, ``keep`` or ``erase``.

    Returns
    -------
    bool
        Whether nothing of what was erased is left.

    Raises
    ------
    StoreError
        If somebody else was first.
    """
    return _STEPS[name](data.workplace(), held)


def remove(held: Meeting, identities: Sequence[str]) -> bool:
    """Erase single pins of a closed meeting; whether nothing of them is left."""
    return meeting.remove(data.workplace(), held, identities)


@dataclass(frozen=True, eq=False)
class Review:
    """The pins of a meeting for those who review it.

    Attributes
    ----------
    count
        How many.
    state
        Their map.
    listing
        Every pin.
    choices
        Words by identity.
    by_district, by_reason
        Counts.
    """

    count: int
    state: dict
    listing: Listing
    choices: dict[str, str]
    by_district: Listing
    by_reason: Listing


def review(held: Meeting) -> Review:
    """The pins of a closed meeting."""
    place, names = data.workplace(), ground().districts.names
    pins = meeting_voices.pins(place, held)
    tally = meeting_voices.tally(place, held)
    choices = {
        pin.uuid: meeting_words.meeting_pin_choice(
            number, names[pin.district_code], pin.feeling, pin.reason
        )
        for number, pin in enumerate(pins.itertuples(), 1)
    }
    reasons = {reason.value: meeting_words.PIN_REASONS[reason] for reason in PinReason}
    return Review(
        len(pins),
        meeting_pictures.pins_state(len(names), pins),
        meeting_pictures.pins_listing(pins, names),
        choices,
        meeting_pictures.tally_listing(
            tally.by_district, meeting_words.MEETING_COLUMNS["district"], dict(names)
        ),
        meeting_pictures.tally_listing(
            tally.by_reason, meeting_words.MEETING_COLUMNS["reason"], reasons
        ),
    )


def file_of(held: Meeting, kind: str) -> bytes:
    """Kept *synpunkter* of one meeting per district, small counts hidden."""
    told = meeting_voices.voices(data.workplace(), Audience.PUBLIC, held)
    source = meeting_words.MEETING_FILE_SOURCE.format(
        name=_shown(held).name, day=formats.day(held.held_on), municipality=ground().municipality
    )
    title = f"{meeting_words.MEETING_FILE_TITLE} {held.held_on:%Y-%m-%d}"
    shown = VoicesShown(told.gated, title, source, held.held_on, told.meetings, told.is_example)
    return files.WRITERS[kind](voices_file.voices_file(shown))


def is_open(held: Meeting) -> bool:
    """Whether it takes pins."""
    return held.status is MeetingStatus.OPEN
