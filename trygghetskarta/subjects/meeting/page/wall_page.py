"""Mötesbild: the room's own answers on the projector, as areas and never as single pins."""

import streamlit as st

from trygghetskarta.subjects.meeting import data as meeting_data
from trygghetskarta.subjects.meeting.page.meeting_wall import meeting_wall


def show() -> None:
    """Draw the wall of the meeting in the address."""
    held = meeting_data.meeting_of(st.query_params.get("mote", ""))
    meeting_wall(meeting_data.ground(), held, meeting_data.public_address())
