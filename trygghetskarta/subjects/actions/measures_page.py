"""Åtgärder: what is done, by whom and where, what came of it, and whether it shows."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.desk import first_steps, link, panel, state
from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.draw import snippets
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.actions import (
    effect_panel,
    measure_controls,
    measure_data,
    measure_form,
    measure_panel,
)
from trygghetskarta.subjects.actions.measure_data import MeasureAnswer
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import action_words


def show() -> None:
    """Draw the page from the current choice."""
    with st.spinner(action_words.LOADING_MEASURES, show_time=False):
        here = measure_data.world()
    panel.banner(here.municipality, measure_data.is_example())
    choice = state.opened()
    state.follow(choice)
    answer = measure_data.answer(choice)
    st.html(snippets.heading(answer.title, answer.summary))
    measure_controls.sidebar(choice)
    if not answer.ids:
        st.info(action_words.MEASURES_EMPTY if here.measures.empty else action_words.MEASURE_NONE)
    if here.measures.empty:
        first_steps.show((TableKind.MEASURES,))
    opened = measure_data.opened(choice.planned)
    wide, narrow = st.columns([7, 5], gap="medium")
    with wide:
        _map(answer, choice)
    with narrow:
        measure_controls.measure(choice, answer)
        measure_panel.facts(opened)
    keeping = measure_form.say()
    measure_form.show(opened, keeping)
    if opened is not None:
        effect, work = st.columns([7, 5], gap="medium")
        with effect:
            effect_panel.show(opened, choice)
        with work:
            measure_panel.work(opened, keeping)
    if answer.ids:
        measure_panel.lists(answer)
    link.copy_link()


def _map(answer: MeasureAnswer, choice: Choice) -> None:
    drawn = measure_form.drawing()
    clicked = show_map(
        measure_data.map_name(),
        measure_data.map_script(),
        measure_data.map_state(answer, choice.planned, drawn),
    )
    if clicked and drawn is not None:
        measure_form.add_corner(clicked.latitude, clicked.longitude)
        st.rerun()
    if clicked and clicked.finding and clicked.finding != choice.planned:
        state.save(replace(choice, planned=clicked.finding))
        st.rerun()
