"""Om uppgifterna: what the figures mean, where they come from, what is not shown."""

import streamlit as st

from trygghetskarta.desk import data, panel
from trygghetskarta.draw import snippets
from trygghetskarta.subjects.map.show import themes_table
from trygghetskarta.words import about_words, command_words, texts


def show() -> None:
    """Draw the page."""
    ground = data.ground()
    panel.banner(ground.municipality, ground.is_example)
    st.html(snippets.heading(texts.PAGE_ABOUT, about_words.ABOUT_INTRO))
    for title, lines in about_words.ABOUT.items():
        st.html(snippets.small_heading(title))
        st.html(snippets.paragraphs(lines))
    plan = data.newest_plan()
    st.html(snippets.small_heading(about_words.about_plan(plan)))
    panel.grid(themes_table(plan))
    st.html(snippets.small_heading(about_words.ABOUT_STORE))
    st.html(snippets.status(command_words.status_lines(vars(data.status_now()))))
