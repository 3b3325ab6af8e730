"""What a phone may give a meeting is bounded, whatever becomes of what is kept to be quick."""

import uuid
from datetime import date

import streamlit as st

from trygghetskarta.subjects.meeting import data as meeting_data
from trygghetskarta.subjects.meeting.ask.meeting_bounds import MOST_PINS
from trygghetskarta.subjects.meeting.data import PinAnswer
from trygghetskarta.terms.meetings import Meeting, MeetingStatus

HELD = Meeting(
    str(uuid.uuid4()), "cache", "Möte", "", "", date(2026, 1, 1), MeetingStatus.OPEN, False
)


def given(phone: str) -> str:
    """What becomes of a new pin from a phone."""
    pin = str(uuid.uuid4())
    return meeting_data.receive(HELD, [{"key": pin, "identity": pin, "phone": phone}])[pin].state


def test_a_phone_that_is_full_stays_so_when_every_cache_is_cleared(monkeypatch):
    monkeypatch.setattr(meeting_data, "_receive_one", lambda _code, _sent: PinAnswer("stored", ""))
    phone = str(uuid.uuid4())
    assert [given(phone) for _ in range(MOST_PINS)] == ["stored"] * MOST_PINS
    st.cache_resource.clear()
    st.cache_data.clear()
    assert given(phone) == "refused"
