"""Vandringar: where somebody has walked, what was found, and what became of it."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.desk import first_steps, link, open_code, panel, state
from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.draw import snippets
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.walks.data import walk_data
from trygghetskarta.subjects.walks.data.walk_data import WalkAnswer
from trygghetskarta.subjects.walks.page import finding_panel, walk_controls, walk_intake, walk_panel
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words import walk_page_words


def show() -> None:
    """Draw the page from the current choice."""
    with st.spinner(walk_page_words.LOADING_WALKS, show_time=False):
        here = walk_data.world()
    panel.banner(here.municipality, here.is_example)
    choice = state.opened()
    state.follow(choice)
    answer = walk_data.answer(choice)
    st.html(snippets.heading(answer.title, answer.summary))
    if here.is_empty:
        first_steps.walks()
    walk_intake.show(is_open=here.is_empty)
    if here.is_empty:
        return
    walk_controls.show(choice, walk_data.options())
    wide, narrow = st.columns([7, 4], gap="medium")
    with wide:
        _map(answer, choice)
    with narrow:
        walk_controls.finding(choice, walk_data.finding_choices(answer))
        finding_panel.show(choice)
    walk_panel.figures(answer)
    walk_panel.findings(answer)
    walk_panel.when(answer)
    walk_panel.walks(answer)
    walk_panel.papers(answer, choice)
    st.html(snippets.caption(walk_page_words.walks_caption(answer.chosen.within_zone)))
    panel.deck_buttons(answer.title, lambda kind: walk_data.deck_file(choice, kind))
    link.copy_link()
    open_code.this_code(MapPage.WALKS, choice)


def _map(answer: WalkAnswer, choice: Choice) -> None:
    told = walk_data.map_state(answer, choice)
    clicked = show_map(walk_data.map_name(), walk_data.map_script(), told)
    if clicked and clicked.finding and clicked.finding != choice.finding:
        state.save(replace(choice, finding=clicked.finding))
        st.rerun()
