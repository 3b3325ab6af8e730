"""The map of an answer, on which a click chooses the area; and the profile beside it."""

from dataclasses import replace

import streamlit as st

from trygghetskarta.desk import data, filters, panel, state
from trygghetskarta.desk.data import ViewAnswer
from trygghetskarta.desk.map_bridge import show_map
from trygghetskarta.draw import snippets
from trygghetskarta.gate.choice import Choice
from trygghetskarta.words import map_words


def area_map(answer: ViewAnswer, choice: Choice, slot: str = "") -> None:
    """Draw the map of an answer; a click on it opens the profile of the area.

    Parameters
    ----------
    answer
        What the map shows.
    choice
        The choice as it was followed; its area is outlined.
    slot
        Tells maps of one page apart.
    """
    clicked = show_map(
        data.map_name(choice.level),
        data.map_script(choice.level),
        data.map_state(answer, choice.area),
        slot,
    )
    if clicked and clicked.code != choice.area:
        state.save(replace(choice, area=clicked.code))
        st.rerun()


def with_profile(answer: ViewAnswer, choice: Choice, slot: str = "") -> None:
    """Draw the map of an answer, and beside it the area that is chosen in either."""
    wide, narrow = st.columns([7, 4], gap="medium")
    with wide:
        area_map(answer, choice, slot)
    with narrow:
        filters.area(choice, data.area_names(answer))
        found = data.profile(answer, choice.area)
        if found is None:
            st.html(snippets.notice(map_words.AREA_HINT))
        else:
            panel.profile(found, answer.figures.rule, answer.caveats)
