"""Säkerhet och trygghet: risk and feeling unsafe beside each other, and whose voice is missing."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.desk import data, filters, first_steps, link, panel, state
from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.perception import data as perception_data
from trygghetskarta.subjects.perception.data import LEVEL, PerceptionAnswer
from trygghetskarta.subjects.perception.page import perception_panel
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import perception_words


def show() -> None:
    """Draw the page from the current choice."""
    if not first_steps.opened():
        return
    choice = state.opened()
    state.follow(choice)
    found = perception_data.answer(choice)
    filters.sidebar(
        choice, data.options(choice), found.found.view.compared, measures=(), levels=False
    )
    if found.view is not None:
        panel.heading(found.view.shown)
    perception_panel.controls(choice, found)
    if found.view is None:
        st.info(perception_words.PERCEPTION_REFUSALS[found.found.refused])
        if not found.found.rounds:
            kinds = (TableKind.SURVEY, TableKind.SURVEY_ANSWERS)
            first_steps.show(kinds)
        return
    if found.view.told.round.is_self_selected:
        st.info(perception_words.SELF_SELECTED_NOTICE)
    _map(found, choice)
    perception_panel.quadrants(found)
    perception_panel.scatter(found)
    perception_panel.pictures(found)
    perception_panel.series(choice, found)
    panel.caption(found.view.shown)
    panel.download_buttons(
        found.view.shown.title, lambda kind: perception_data.file_of(found, kind)
    )
    link.copy_link()


def _map(found: PerceptionAnswer, choice: Choice) -> None:
    wide, narrow = st.columns([7, 4], gap="medium")
    with wide:
        clicked = show_map(
            data.map_name(LEVEL),
            data.map_script(LEVEL),
            perception_data.map_state(found, choice.area),
            "perception",
        )
        if clicked and clicked.code != choice.area:
            state.save(replace(choice, area=clicked.code))
            st.rerun()
    with narrow:
        perception_panel.legend(found)
        perception_panel.district(choice, found)
