"""Karta: filter, see, read, take away."""

import streamlit as st

from trygghetskarta.desk import area_map, data, filters, first_steps, link, open_code, panel, state
from trygghetskarta.draw import snippets
from trygghetskarta.subjects.map import data as map_data
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words import compare_words, map_words


def show() -> None:
    """Draw the page from the current choice."""
    if not first_steps.opened(is_map=True):
        return
    choice = state.opened()
    answer = data.answer(choice)
    followed = choice.following(answer.figures.choice, ("level", "measure"))
    state.follow(followed)
    filters.sidebar(followed, data.options(followed), answer.figures.compared)
    if answer.shown is None:
        st.info(map_words.not_mapped(answer.figures.theme))
        return
    panel.heading(answer.shown)
    if answer.figures.limited:
        st.html(snippets.notice(map_words.level_limited(followed.level)))
    for period in answer.figures.uncovered:
        st.html(snippets.notice(compare_words.period_uncovered(period)))
    area_map.with_profile(answer, followed)
    panel.caption(answer.shown)
    panel.table(answer.shown)
    panel.deck_buttons(answer.shown.title, lambda kind: map_data.deck_file(answer, kind))
    panel.download_buttons(answer.shown.title, lambda kind: data.file_of(answer, kind))
    link.copy_link()
    open_code.this_code(MapPage.MAP, followed)
    open_code.field()
    panel.events(answer)
