"""One phone gives a meeting five pins, a hall behind one address gives hundreds."""

import uuid

from trygghetskarta.subjects.meeting.ask import meeting_bounds
from trygghetskarta.subjects.meeting.ask.meeting_bounds import (
    MOST_A_MINUTE,
    MOST_PINS,
    Admission,
    Bounds,
)

HALL = "192.168.1.1"


def pin() -> str:
    return str(uuid.uuid4())


def test_a_phone_is_full_after_its_pins_and_stays_so():
    bounds = Bounds()
    given = [bounds.admit("m", "a", pin(), HALL, 0.0) for _ in range(MOST_PINS)]
    assert set(given) == {Admission.YES}
    for later in (1.0, 3600.0, 86_400.0):
        assert bounds.admit("m", "a", pin(), HALL, later) is Admission.FULL
    assert bounds.admit("m", "b", pin(), HALL, 1.0) is Admission.YES
    assert bounds.admit("another", "a", pin(), HALL, 1.0) is Admission.YES


def test_a_pin_sent_again_counts_once_also_when_the_phone_is_full():
    bounds = Bounds()
    first = pin()
    assert all(bounds.admit("m", "a", first, HALL, 0.0) is Admission.YES for _ in range(9))
    for _ in range(MOST_PINS - 1):
        bounds.admit("m", "a", pin(), HALL, 0.0)
    assert bounds.admit("m", "a", first, HALL, 0.0) is Admission.YES
    assert bounds.admit("m", "a", pin(), HALL, 0.0) is Admission.FULL


def test_a_pin_that_was_refused_for_its_place_leaves_room_for_another():
    bounds = Bounds()
    refused = pin()
    bounds.admit("m", "a", refused, HALL, 0.0)
    bounds.release("m", "a", refused, HALL)
    assert all(bounds.admit("m", "a", pin(), HALL, 0.0) is Admission.YES for _ in range(MOST_PINS))


def test_an_address_waits_its_turn_and_nobody_is_refused_for_it():
    bounds = Bounds()
    given = [bounds.admit("m", str(number), pin(), HALL, 0.0) for number in range(MOST_A_MINUTE)]
    assert set(given) == {Admission.YES}
    waiting = pin()
    assert bounds.admit("m", "late", waiting, HALL, 59.0) is Admission.LATER
    assert bounds.admit("m", "late", waiting, "10.0.0.1", 59.0) is Admission.YES
    assert bounds.admit("m", "later", pin(), HALL, 61.0) is Admission.YES


def test_without_a_word_of_its_own_an_address_is_one_phone():
    bounds = Bounds()
    given = [bounds.admit("m", "", pin(), HALL, 0.0) for _ in range(MOST_PINS + 1)]
    assert given[-1] is Admission.FULL


def test_a_shared_tablet_is_bounded_by_its_address_alone():
    bounds = Bounds()
    given = [bounds.admit("m", "t", pin(), HALL, 0.0, shared=True) for _ in range(MOST_A_MINUTE)]
    assert set(given) == {Admission.YES}
    assert bounds.admit("m", "t", pin(), HALL, 0.0, shared=True) is Admission.LATER
    assert meeting_bounds.tablet_key("one") != meeting_bounds.tablet_key("another")


def test_nothing_that_is_held_leads_to_a_phone_a_pin_or_an_address(monkeypatch):
    monkeypatch.setattr(meeting_bounds, "_MOST_PHONES", 3)
    bounds = Bounds()
    secret = pin()
    for number in range(9):
        bounds.admit("m", f"phone-{number}", secret, HALL, 0.0)
    held = repr(vars(bounds))
    assert not [word for word in ("phone-8", secret, HALL) if word in held]
    assert len(bounds._phones) <= 3
