"""A meeting from the first pin to *synpunkter*, with what may be seen on the way."""

import uuid
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from trygghetskarta.errors import (
    DisclosureCause,
    DisclosureError,
    StoreCause,
    StoreError,
    TableError,
    TableRule,
)
from trygghetskarta.intake.workplace import open_workplace
from trygghetskarta.settings import Settings
from trygghetskarta.store import read_meetings, write_meetings
from trygghetskarta.subjects.meeting.ask import meeting_voices
from trygghetskarta.subjects.meeting.edit import meeting, meeting_pins
from trygghetskarta.terms.areas import AreaLevel
from trygghetskarta.terms.audience import Audience, CellStatus
from trygghetskarta.terms.meetings import Meeting, MeetingStatus

pytestmark = pytest.mark.slow

KRONOGARDEN = [58.2755, 12.3120]
DAY = date(2026, 5, 3)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    path = tmp_path_factory.mktemp("meeting") / "meeting.gpkg"
    opened = open_workplace(Settings(store=str(path)), lambda: DAY)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="module")
def known(place):
    return meeting_pins.districts(place)


@pytest.fixture
def held(place):
    return meeting.open_meeting(place, "Medborgardialog", "Biblioteket", "", DAY)


def code_of(known, name: str) -> str:
    return known.names.index[known.names == name][0]


def sent(**how) -> dict:
    told = {"identity": str(uuid.uuid4()), "position": KRONOGARDEN, "feeling": "otrygg"}
    return {**told, "reason": "belysning", **how}


def now(place, held):
    return meeting_pins.open_meeting_of(place, held.code)


def test_a_tap_is_rounded_to_a_square_and_told_by_district(place, known, held):
    meeting_pins.receive(place, known, held.code, sent())
    listed = sent(position=None, district=code_of(known, "Sylte"), feeling="trygg")
    meeting_pins.receive(place, known, held.code, listed)
    found = read_meetings.pins(place.engine, held.identity)
    assert list(known.names[found["district_code"]]) == ["Kronogården", "Sylte"]
    point = found.geometry.iloc[0]
    assert (point.x % 100, point.y % 100) == (50, 50)
    assert found.geometry.iloc[1] is None


def test_a_retry_is_the_same_pin_and_an_undo_takes_it_back(place, known, held):
    pin = sent()
    for _ in range(3):
        meeting_pins.receive(place, known, held.code, pin)
    assert len(read_meetings.pins(place.engine, held.identity)) == 1
    for _ in range(2):
        undo = {"kind": "undo", "identity": pin["identity"]}
        meeting_pins.receive(place, known, held.code, undo)
    for _ in range(4):
        meeting_pins.receive(place, known, held.code, sent())
    assert meeting_pins.wall(place, held.identity).total == 0
    meeting_pins.receive(place, known, held.code, sent())
    assert meeting_pins.wall(place, held.identity).total == 5


@pytest.mark.parametrize(
    ("how", "rule"),
    [
        ({"identity": "1"}, TableRule.NOT_AN_IDENTITY),
        ({"feeling": "arg"}, TableRule.UNKNOWN_WORD),
        ({"reason": ["belysning"]}, TableRule.UNKNOWN_WORD),
        ({"position": [59.3, 18.0]}, TableRule.AREA_UNKNOWN),
        ({"position": [float("nan"), 12.0]}, TableRule.NOT_A_NUMBER),
        ({"position": "nowhere"}, TableRule.NOT_A_NUMBER),
        ({"position": ["58.2755", "12.3120"]}, TableRule.NOT_A_NUMBER),
        ({"position": {"58.2755": 1, "12.3120": 2}}, TableRule.NOT_A_NUMBER),
        ({"position": [10**400, 12.0]}, TableRule.NOT_A_NUMBER),
        ({"position": [58.2755, True]}, TableRule.NOT_A_NUMBER),
        ({"identity": 17}, TableRule.NOT_AN_IDENTITY),
        ({"position": None, "district": "nowhere"}, TableRule.AREA_UNKNOWN),
        ({"position": None, "district": ["x"]}, TableRule.AREA_UNKNOWN),
    ],
)
def test_what_is_no_pin_is_refused(place, known, held, how, rule):
    with pytest.raises(TableError) as caught:
        meeting_pins.receive(place, known, held.code, sent(**how))
    assert caught.value.faults[0].rule is rule
    assert read_meetings.pins(place.engine, held.identity).empty


def test_the_room_sees_fives_behind_the_gate_and_nothing_else(place, known, held):
    sylte = {"position": None, "district": code_of(known, "Sylte")}
    for _ in range(7):
        meeting_pins.receive(place, known, held.code, sent())
    for _ in range(4):
        meeting_pins.receive(place, known, held.code, sent(**sylte))
    told = meeting_pins.seen(meeting_pins.wall(place, held.identity), known)
    assert (told.areas.audience, told.areas.level) == (Audience.PUBLIC, AreaLevel.DISTRICT)
    shown = told.areas.table[told.areas.table["status"] == CellStatus.SHOWN]
    assert list(known.names[shown.index]) == ["Kronogården"]
    assert shown["count"].tolist() == [5]
    assert told.total == 10


def test_closed_reviewed_and_kept(place, known, held):
    lone = sent(feeling="trygg")
    meeting_pins.receive(place, known, held.code, lone)
    for _ in range(14):
        meeting_pins.receive(place, known, held.code, sent())
    assert meeting_voices.pins(place, held).empty
    before = meeting_pins.wall(place, held.identity)
    meeting.close(place, held)
    closed = now(place, held)
    assert closed.status is MeetingStatus.CLOSED
    assert meeting_pins.wall(place, held.identity) == before
    with pytest.raises(StoreError) as caught:
        meeting_pins.receive(place, known, held.code, sent())
    assert caught.value.cause is StoreCause.MEETING_CLOSED
    told = meeting_voices.tally(place, closed).by_district
    assert told[["trygg", "otrygg", "count"]].values.tolist() == [[1, 14, 15]]
    meeting.remove(place, closed, [lone["identity"]])
    # The district lost a pin, so what was told of it would now tell what that pin said.
    assert meeting_pins.wall(place, held.identity).areas == {}
    assert meeting_voices.voices(place, Audience.INTERNAL, closed).meetings == 0
    meeting.keep(place, closed)
    counted = meeting_voices.voices(place, Audience.INTERNAL, now(place, held)).gated.table["count"]
    assert counted.sum() == 14 and len(counted) == len(known.names)


def test_public_voices_hide_small_counts(place, known, held):
    sylte = {"position": None, "district": code_of(known, "Sylte")}
    for pin in [*[sent() for _ in range(6)], *[sent(**sylte) for _ in range(3)]]:
        meeting_pins.receive(place, known, held.code, pin)
    meeting.close(place, held)
    meeting.keep(place, now(place, held))
    gated = meeting_voices.voices(place, Audience.PUBLIC, now(place, held)).gated
    assert np.isnan(gated.table.loc[code_of(known, "Sylte"), "count"])
    assert gated.table.loc[code_of(known, "Kronogården"), "count"] == 6
    assert np.isnan(gated.totals["count"])


def test_an_erased_meeting_is_nobodys(place, known, held):
    meeting_pins.receive(place, known, held.code, sent())
    meeting.close(place, held)
    meeting.erase(place, now(place, held))
    with pytest.raises(StoreError) as caught:
        now(place, held)
    assert caught.value.cause is StoreCause.MEETING_UNKNOWN
    assert read_meetings.pins(place.engine, held.identity).empty


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Möte med Eva Lundberg", "Biblioteket"),
        ("Dialog", "Hos Kalle, 0703123456"),
        ("Frågor till eva@example.se", ""),
        ("19900101-0017", ""),
    ],
)
def test_a_meeting_is_not_called_what_points_out_a_person(place, name, where):
    before = meeting_voices.meetings(place)
    with pytest.raises(DisclosureError) as refused:
        meeting.open_meeting(place, name, where, "", DAY)
    assert refused.value.cause is DisclosureCause.PERSON_NAMED
    assert refused.value.facts["words"] in (name, where)
    assert meeting_voices.meetings(place) == before


def test_those_who_come_do_not_see_words_that_an_earlier_version_let_in(place):
    told = ("Möte med Eva Lundberg", "Hos Kalle, 0703123456", "", DAY, MeetingStatus.OPEN, False)
    held = Meeting(str(uuid.uuid4()), meeting.new_code(), *told)
    write_meetings.create(place.engine, held)
    kept = now(place, held)
    assert (kept.name, kept.place) == told[:2]
    shown = meeting.public_meeting(kept)
    assert (shown.name, shown.place, shown.code) == ("", "", held.code)
    # Of words that may be seen nothing is taken.
    plain = replace(held, name="Dialog om Karl Johans torg", place="Folkets hus, 114 14")
    assert meeting.public_meeting(plain) == plain


def test_a_meeting_has_a_name_and_a_code_of_its_own(place, held):
    with pytest.raises(StoreError) as caught:
        meeting.open_meeting(place, "  ", "", "", DAY)
    assert caught.value.cause is StoreCause.MEETING_NAMELESS
    codes = {meeting.new_code() for _ in range(200)}
    assert len(codes) == 200 and all(len(code) == 8 for code in codes)
