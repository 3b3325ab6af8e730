"""Medborgardialog: compose a presentation, see it, keep it, show it."""

import streamlit as st

from trygghetskarta.desk import data, first_steps, panel
from trygghetskarta.draw import snippets
from trygghetskarta.subjects.dialogue.data import dialogue_data
from trygghetskarta.subjects.dialogue.page import dialogue_editor, dialogue_panel
from trygghetskarta.subjects.dialogue.page.presenter import presenter
from trygghetskarta.words import dialogue_words


def show() -> None:
    """Draw the list, the editor and the preview."""
    ground = data.ground()
    panel.banner(ground.municipality, ground.is_example)
    st.html(snippets.heading(dialogue_words.PAGE_DIALOGUE, dialogue_words.DIALOGUE_INTRO))
    if ground.lacks:
        first_steps.offences(ground.lacks, has_heading=True)
        return
    offers = dialogue_data.offers()
    draft = dialogue_panel.chosen(dialogue_data.entries())
    if draft is None:
        wanted = dialogue_editor.new(offers)
        if wanted:
            dialogue_panel.keep(dialogue_data.new_draft(*wanted))
        return
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.html(snippets.small_heading(dialogue_words.SLIDES))
        edited = dialogue_editor.edit(draft, offers)
        if edited != draft:
            dialogue_panel.keep(edited)
    with right:
        shown = dialogue_data.preview(draft)
        presenter(shown.name, shown.script, shown.state)
        dialogue_panel.actions(draft)
