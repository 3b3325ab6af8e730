"""The code of a view, and the field where one is typed."""

import streamlit as st

from trygghetskarta.desk import address, file_data
from trygghetskarta.draw import snippets
from trygghetskarta.gate.choice import Choice
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words import file_words

PARAMETER = "kod"
"""Link parameter of a code, on any page."""


_TYPED, _SEEN = "typed_code", "seen_code"


def typed() -> str:
    """The code that was just typed, or stands in a link that is seen for the first time."""
    here = st.session_state.pop(_TYPED, "")
    linked = st.query_params.get(PARAMETER, "")
    if here or address.is_travelled() or linked == st.session_state.get(_SEEN):
        return here
    st.session_state[_SEEN] = linked
    return linked


def this_code(page: MapPage, choice: Choice) -> None:
    """Say the code of what is seen."""
    st.html(snippets.caption([f"{file_words.THIS_CODE}: {file_data.code(page, choice)}"]))


def field() -> None:
    """Let a code be typed; the frame of the pages opens it."""
    with st.form("open-code", clear_on_submit=True, border=False):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        typed = left.text_input(file_words.OPEN_CODE, help=file_words.OPEN_CODE_HELP, max_chars=400)
        if right.form_submit_button(file_words.OPEN_CODE_BUTTON, width="stretch") and typed.strip():
            st.session_state[_TYPED] = typed.strip()
            st.rerun()
