"""När händer det: hours, light, seasons, direction and days, one choice or two side by side."""

import streamlit as st

from trygghetskarta.desk import data, filters, first_steps, link, open_code, state
from trygghetskarta.subjects.when import data as when_data
from trygghetskarta.subjects.when.page import time_panel
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words import time_words


def show() -> None:
    """Draw the page from the current choice."""
    if not first_steps.opened():
        return
    choice = state.opened()
    state.follow(choice)
    answers = when_data.answers(choice)
    options = data.options(choice)
    compared = answers[0].found.answer.compared
    filters.sidebar(choice, options, compared, measures=(), levels=False)
    time_panel.beside(choice, options.districts)
    if any(answer.found.refused for answer in answers):
        st.info(time_words.WHEN_REFUSED)
        return
    highest = when_data.highest(answers)
    for place, (column, answer) in enumerate(
        zip(st.columns(len(answers), gap="large"), answers, strict=True)
    ):
        with column:
            time_panel.show(answer, highest, str(place))
            time_panel.files(answer, str(place))
    link.copy_link()
    open_code.this_code(MapPage.WHEN, choice)
