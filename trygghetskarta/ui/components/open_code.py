"""The code of a view, and the field where one is typed."""

import streamlit as st

from trygghetskarta.pipeline.choice import Choice
from trygghetskarta.render import snippets, texts
from trygghetskarta.terms import MapPage
from trygghetskarta.ui import file_data

PARAMETER = "kod"
"""Link parameter of a code, on any page."""


def this_code(page: MapPage, choice: Choice) -> None:
    """Say the code of what is seen."""
    st.html(snippets.caption([f"{texts.THIS_CODE}: {file_data.code(page, choice)}"]))


def field() -> None:
    """Let a code be typed; the frame of the pages opens it."""
    with st.form("open-code", clear_on_submit=True, border=False):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        typed = left.text_input(texts.OPEN_CODE, help=texts.OPEN_CODE_HELP, max_chars=400)
        if right.form_submit_button(texts.OPEN_CODE_BUTTON, width="stretch") and typed.strip():
            st.query_params[PARAMETER] = typed.strip()
            st.rerun()
