"""The room's picture: drawn once, then only what has grown is sent."""

import streamlit as st

from trygghetskarta.render import meeting_pictures, texts
from trygghetskarta.terms import Meeting
from trygghetskarta.ui import meeting_data
from trygghetskarta.ui.components.map_bridge import show_map
from trygghetskarta.ui.meeting_data import Ground

_SECONDS = 1.0
"""Between two looks at what has come in."""


def meeting_wall(ground: Ground, held: Meeting, address: str) -> None:
    """Draw the wall and let it grow while the meeting is open."""
    st.html(meeting_pictures.wall_head(held.name, texts.meeting_where(held.place, held.held_on)))
    with st.container(key="wall"):
        wide, narrow = st.columns([7, 5], gap="medium")
        grow = st.fragment(_grow, run_every=_SECONDS)
        grow(ground, held.code, wide, narrow, address)


def _grow(ground: Ground, code: str, wide, narrow, address: str) -> None:
    """Look again; of what has not changed nothing is drawn anew."""
    held = meeting_data.meeting_of(code)
    shown = meeting_data.wall(held)
    is_open = meeting_data.is_open(held)
    with wide:
        show_map(ground.map_name, ground.script, shown.state, "wall", number=shown.total)
    with narrow:
        st.html(meeting_pictures.wall_text(shown, is_open))
        if is_open:
            join, _ = meeting_data.links(address, held)
            st.html(meeting_pictures.wall_join(join, held.code))
