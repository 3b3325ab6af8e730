"""Åtgärder: what is done, by whom and where, what came of it, and whether it shows."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.desk import first_steps, link, panel, state
from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.draw import snippets
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.actions.data import action_data
from trygghetskarta.subjects.actions.data.action_data import ActionAnswer
from trygghetskarta.subjects.actions.page import (
    action_controls,
    action_form,
    action_panel,
    effect_panel,
)
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import action_words


def show() -> None:
    """Draw the page from the current choice."""
    with st.spinner(action_words.LOADING_ACTIONS, show_time=False):
        here = action_data.world()
    panel.banner(here.municipality, action_data.is_example())
    choice = state.opened()
    state.follow(choice)
    answer = action_data.answer(choice)
    st.html(snippets.heading(answer.title, answer.summary))
    action_controls.sidebar(choice)
    if not answer.ids:
        st.info(action_words.ACTIONS_EMPTY if here.actions.empty else action_words.ACTION_NONE)
    if here.actions.empty:
        first_steps.show((TableKind.ACTIONS,))
    opened = action_data.opened(choice.planned)
    wide, narrow = st.columns([7, 5], gap="medium")
    with wide:
        _map(answer, choice)
    with narrow:
        action_controls.action(choice, answer)
        action_panel.facts(opened)
    keeping = action_form.say()
    action_form.show(opened, keeping)
    if opened is not None:
        effect, work = st.columns([7, 5], gap="medium")
        with effect:
            effect_panel.show(opened, choice)
        with work:
            action_panel.work(opened, keeping)
    if answer.ids:
        action_panel.lists(answer)
    link.copy_link()


def _map(answer: ActionAnswer, choice: Choice) -> None:
    drawn = action_form.drawing()
    clicked = show_map(
        action_data.map_name(),
        action_data.map_script(),
        action_data.map_state(answer, choice.planned, drawn),
    )
    if clicked and drawn is not None:
        action_form.add_corner(clicked.latitude, clicked.longitude)
        st.rerun()
    if clicked and clicked.finding and clicked.finding != choice.planned:
        state.save(replace(choice, planned=clicked.finding))
        st.rerun()
