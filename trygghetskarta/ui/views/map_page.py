"""Karta: filter, see, read, take away."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.pipeline.choice import Choice
from trygghetskarta.render import snippets, texts
from trygghetskarta.ui import data, state
from trygghetskarta.ui.components import filters, link, panel
from trygghetskarta.ui.components.map_bridge import show_map
from trygghetskarta.ui.data import Answer


def show() -> None:
    """Draw the page from the current choice."""
    ground = data.ground()
    panel.banner(ground.municipality, ground.is_example)
    if ground.problem:
        st.info(ground.problem)
        return
    choice = state.load()
    answer = data.answer(choice)
    followed = replace(answer.figures.choice, area=choice.area)
    state.save(followed)
    filters.sidebar(followed, data.options(followed), answer.figures.compared)
    if answer.shown is None:
        st.info(texts.not_mapped(answer.figures.theme))
        return
    panel.heading(answer.shown)
    if answer.figures.limited:
        st.html(snippets.notice(texts.level_limited(followed.level)))
    _map_and_profile(answer, followed)
    panel.caption(answer.shown)
    panel.table(answer.shown)
    panel.downloads(answer)
    link.copy_link()
    panel.events(answer)


def _map_and_profile(answer: Answer, choice: Choice) -> None:
    wide, narrow = st.columns([7, 4], gap="medium")
    with wide:
        clicked = show_map(
            data.map_name(choice.level),
            data.map_script(choice.level),
            data.map_state(answer, choice.area),
        )
    if clicked and clicked.code != choice.area:
        state.save(replace(choice, area=clicked.code))
        st.rerun()
    with narrow:
        filters.area(choice, data.area_names(answer))
        found = data.profile(answer, choice.area)
        if found is None:
            st.html(snippets.notice(texts.AREA_HINT))
        else:
            panel.profile(found, answer.figures.rule, answer.caveats)
