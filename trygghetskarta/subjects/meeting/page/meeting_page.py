"""Möte: opened, shown to the room, closed, reviewed, and kept or erased."""

import streamlit as st

from trygghetskarta.desk import panel
from trygghetskarta.draw import snippets
from trygghetskarta.subjects.meeting import data as meeting_data
from trygghetskarta.subjects.meeting.page import meeting_panel
from trygghetskarta.terms.meetings import MeetingStatus
from trygghetskarta.words import meeting_words

_PARTS = {
    MeetingStatus.OPEN: meeting_panel.invite,
    MeetingStatus.CLOSED: meeting_panel.review,
    MeetingStatus.KEPT: meeting_panel.kept,
    MeetingStatus.ERASED: meeting_panel.erased,
}


def show() -> None:
    """Draw the meeting that is chosen, and the way to a new one."""
    ground = meeting_data.ground()
    found = meeting_data.meetings()
    held = meeting_panel.chosen(found)
    panel.banner(ground.municipality, is_example=held is not None and held.is_example)
    st.html(snippets.heading(meeting_words.PAGE_MEETING, meeting_words.MEETING_INTRO))
    st.html(snippets.notice(meeting_words.MEETING_SELF_SELECTED))
    meeting_panel.say()
    meeting_panel.new_meeting(ground)
    if held is None:
        st.info(meeting_words.MEETING_NONE)
        return
    meeting_panel.choose(found)
    _PARTS[held.status](ground, held)
