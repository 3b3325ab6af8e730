"""Hotspots: where offences gather, how sure that is, and what each place is like."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.desk import data, filters, first_steps, link, open_code, panel, state
from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.draw import snippets
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.hotspots import data as hotspots_data
from trygghetskarta.subjects.hotspots.data import HotspotAnswer
from trygghetskarta.subjects.hotspots.page import hotspot_controls, hotspot_panel
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words import hotspot_words


def show() -> None:
    """Draw the page from the current choice."""
    if not first_steps.opened():
        return
    choice = state.opened()
    state.follow(choice)
    answer = hotspots_data.answer(choice)
    filters.sidebar(
        choice, data.options(choice), answer.found.answer.compared, measures=(), levels=False
    )
    if answer.view is not None:
        panel.heading(answer.view.shown)
    hotspot_controls.layer(choice)
    if answer.view is None:
        st.info(hotspot_words.HOTSPOT_REFUSALS[answer.found.refused])
        return
    hotspot_panel.problem(answer.found)
    _maps(answer, choice)
    hotspot_panel.caption(answer.view.shown.caption, answer.found)
    hotspot_panel.clusters(answer.found)
    hotspot_panel.near_repeats(choice)
    title = answer.view.shown.title
    panel.deck_buttons(title, lambda kind: hotspots_data.deck_file(answer, kind))
    panel.download_buttons(title, lambda kind: hotspots_data.file_of(answer, kind))
    link.copy_link()
    open_code.this_code(MapPage.HOTSPOTS, choice)


def _maps(answer: HotspotAnswer, choice: Choice) -> None:
    if choice.chance and answer.found.problem is None:
        real, random = st.columns(2, gap="small")
        with real:
            st.html(snippets.small_heading(hotspot_words.CHANCE_REAL))
            _map(answer, choice, "real")
        with random:
            st.html(snippets.small_heading(hotspot_words.CHANCE_MADE))
            _map(hotspots_data.chance(choice), choice, "chance")
        _profile(answer, choice)
        return
    wide, narrow = st.columns([7, 4], gap="medium")
    with wide:
        _map(answer, choice, "real")
    with narrow:
        _profile(answer, choice)


def _map(answer: HotspotAnswer, choice: Choice, slot: str) -> None:
    clicked = show_map(
        hotspots_data.map_name(choice),
        hotspots_data.map_script(choice),
        hotspots_data.map_state(answer, choice.spot),
        slot,
    )
    if clicked and clicked.code != choice.spot:
        state.save(replace(choice, spot=clicked.code))
        st.rerun()


def _profile(answer: HotspotAnswer, choice: Choice) -> None:
    hotspot_controls.spot(choice, hotspot_panel.choices(answer.found))
    hotspot_panel.spot(hotspots_data.spot(answer, choice.spot), choice.spot)
