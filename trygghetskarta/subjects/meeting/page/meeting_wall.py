"""The room's picture: drawn once, then only what has grown is sent."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.subjects.meeting import data as meeting_data
from trygghetskarta.subjects.meeting.data import MeetingGround
from trygghetskarta.subjects.meeting.show import meeting_pictures
from trygghetskarta.terms.meetings import Meeting
from trygghetskarta.words import error_words, meeting_words

_SECONDS = 1.0
"""Between two looks at what has come in."""


def meeting_wall(ground: MeetingGround, held: Meeting, address: str) -> None:
    """Draw the wall and let it grow while the meeting is open."""
    head, join = st.columns([7, 5], gap="medium", vertical_alignment="center")
    with head:
        where = meeting_words.meeting_where(held.place, held.held_on)
        st.html(meeting_pictures.wall_head(held.name, where))
    with st.container(key="wall"):
        wide, narrow = st.columns([7, 5], gap="medium")
    grow = st.fragment(_grow, run_every=_SECONDS)
    grow(ground, held.code, address, join, wide, narrow)


def _grow(ground: MeetingGround, code: str, address: str, *parts: DeltaGenerator) -> None:
    """Look again; of what has not changed nothing is drawn anew."""
    join, wide, narrow = parts
    try:
        held = meeting_data.meeting_of(code)
        shown = meeting_data.wall(held)
    except TrygghetskartaError as error:
        # Erased meanwhile, or a store that is busy for once: the next look comes in a second.
        with narrow:
            st.error(error_words.error_sentence(error))
        return
    is_open = meeting_data.is_open(held)
    with join:
        if is_open:
            link, _, _ = meeting_data.links(address, held)
            st.html(meeting_pictures.wall_join(link, held.code))
        else:
            st.empty()
    with wide:
        show_map(ground.map_name, ground.script, shown.state, "wall", number=shown.number)
    with narrow:
        st.html(meeting_pictures.wall_text(shown, is_open))
