"""Meetings on both engines: a pin once, a step at a time, and nothing left of what is erased."""

import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from sqlalchemy import text

from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.store import read, read_meetings, write_meetings
from trygghetskarta.store.write_meetings import NewPin
from trygghetskarta.terms.meetings import Feeling, Meeting, MeetingStatus, PinReason

CODE = "abcd2345"


def new_pin(**how) -> NewPin:
    told = {"district_code": "A", "feeling": Feeling.SAFE, "reason": PinReason.LIGHTING}
    return NewPin(str(uuid.uuid4()), **{**told, "place": shapely.Point(340050, 6460050), **how})


@pytest.fixture
def held(place) -> Meeting:
    made = Meeting(
        str(uuid.uuid4()), CODE, "Hemligt namn", "Biblioteket", "A", date(2026, 5, 3),
        MeetingStatus.OPEN, False,
    )  # fmt: skip
    write_meetings.create(place.engine, made)
    return made


def test_a_meeting_reads_as_it_was_written(place, held):
    assert read_meetings.meetings(place.engine) == [held]
    assert read_meetings.by_code(place.engine, CODE) == held
    assert read_meetings.by_code(place.engine, "wrong") is None


def test_a_pin_is_stored_once_and_leaves_the_stores_version_alone(place, held):
    version = read.version(place.engine)
    pin, listed = new_pin(), new_pin(place=None, feeling=Feeling.UNSAFE)
    assert write_meetings.save_pin(place.engine, CODE, pin)
    assert not write_meetings.save_pin(place.engine, CODE, pin)
    assert write_meetings.save_pin(place.engine, CODE, listed)
    found = read_meetings.pins(place.engine, held.identity)
    assert list(found["uuid"]) == [pin.identity, listed.identity]
    assert list(found["feeling"]) == ["trygg", "otrygg"]
    assert found.geometry.iloc[0] == pin.place and found.geometry.isna().iloc[1]
    assert read.version(place.engine) == version


def test_a_closed_meeting_takes_no_new_pin_but_knows_an_old_one(place, held):
    pin = new_pin()
    write_meetings.save_pin(place.engine, CODE, pin)
    write_meetings.close(place.engine, held.identity)
    assert not write_meetings.save_pin(place.engine, CODE, pin)
    for refused in (
        lambda: write_meetings.save_pin(place.engine, CODE, new_pin()),
        lambda: write_meetings.withdraw(place.engine, CODE, pin.identity),
    ):
        with pytest.raises(StoreError) as caught:
            refused()
        assert caught.value.cause is StoreCause.MEETING_CLOSED


def test_another_answer_by_the_same_identity_is_not_said_to_be_stored(place, held):
    pin = new_pin()
    write_meetings.save_pin(place.engine, CODE, pin)
    with pytest.raises(StoreError) as caught:
        write_meetings.save_pin(place.engine, CODE, replace(pin, feeling=Feeling.UNSAFE))
    assert caught.value.cause is StoreCause.MEETING_PIN_TAKEN
    assert list(read_meetings.pins(place.engine)["feeling"]) == ["trygg"]


def test_a_full_meeting_and_a_wrong_code_are_refused(place, held, monkeypatch):
    monkeypatch.setattr(write_meetings, "MOST_PINS", 1)
    write_meetings.save_pin(place.engine, CODE, new_pin())
    for code, cause in ((CODE, StoreCause.MEETING_FULL), ("wrong", StoreCause.MEETING_UNKNOWN)):
        with pytest.raises(StoreError) as caught:
            write_meetings.save_pin(place.engine, code, new_pin())
        assert caught.value.cause is cause


def test_what_is_taken_back_is_marked_then_gone_when_the_meeting_closes(place, held):
    first, second, third = pins = [new_pin() for _ in range(3)]
    for pin in pins:
        write_meetings.save_pin(place.engine, CODE, pin)
    before = read_meetings.mark(place.engine, held.identity)
    write_meetings.withdraw(place.engine, CODE, first.identity)
    write_meetings.withdraw(place.engine, CODE, first.identity)
    assert read_meetings.mark(place.engine, held.identity) != before
    found = read_meetings.pins(place.engine, held.identity)
    assert found["withdrawn_after"].tolist()[0] == found["fid"].iloc[2]
    write_meetings.close(place.engine, held.identity)
    write_meetings.freeze_wall(place.engine, held.identity, "{}")
    left = read_meetings.pins(place.engine, held.identity)
    assert set(left["uuid"]) == {second.identity, third.identity}
    write_meetings.remove_pins(place.engine, held.identity, [second.identity], "[]")
    assert list(read_meetings.pins(place.engine)["uuid"]) == [third.identity]
    assert read_meetings.wall(place.engine, held.identity) == "[]"


def test_steps_in_another_order_are_refused(place, held):
    for step in (write_meetings.keep, write_meetings.erase):
        with pytest.raises(StoreError) as caught:
            step(place.engine, held.identity)
        assert caught.value.cause is StoreCause.MEETING_STEP
    write_meetings.close(place.engine, held.identity)
    write_meetings.keep(place.engine, held.identity)
    with pytest.raises(StoreError):
        write_meetings.close(place.engine, held.identity)


def test_nothing_of_an_erased_meeting_is_left_but_that_it_was(place, held, address):
    pin = new_pin()
    write_meetings.save_pin(place.engine, CODE, pin)
    write_meetings.close(place.engine, held.identity)
    write_meetings.erase(place.engine, held.identity)
    (left,) = read_meetings.meetings(place.engine)
    assert left == Meeting(held.identity, "", "", "", "", held.held_on, MeetingStatus.ERASED, False)
    assert read_meetings.pins(place.engine).empty
    traces = (pin.identity, CODE, "Hemligt namn")
    with place.engine.connect() as connection:
        told = str(connection.execute(text("SELECT * FROM audit")).fetchall())
    assert not [trace for trace in traces if trace in told]
    if "://" not in address:
        files = [path for path in Path(address).parent.iterdir() if path.is_file()]
        kept = b"".join(path.read_bytes() for path in files)
        assert held.identity.encode() in kept
        assert not [trace for trace in traces if trace.encode() in kept]
