"""The effect of an action: the word, the difference with its interval, and what must be said."""

import streamlit as st

from trygghetskarta.desk.file_data import DOCX, PDF
from trygghetskarta.desk.sort_table import sort_table
from trygghetskarta.draw import snippets
from trygghetskarta.draw.chart.theme import Specification
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.actions.data import action_data
from trygghetskarta.subjects.actions.data.action_data import Opened
from trygghetskarta.subjects.actions.page import action_controls
from trygghetskarta.words import action_words, effect_words
from trygghetskarta.words.safe import file_name


def show(opened: Opened, choice: Choice) -> None:
    """Draw the effect of the opened action, or say why there is none."""
    st.html(snippets.small_heading(effect_words.EFFECT))
    found, chart = action_data.effect(opened.edition.identity, choice.ring)
    if found.refusal:
        st.html(snippets.notice(found.refusal))
    else:
        st.html(snippets.cards(found.figures))
        st.html(snippets.paragraphs(found.said))
        _chart(chart)
    for line in found.caveats:
        st.html(snippets.notice(line))
    if not found.refusal:
        with st.expander(effect_words.EFFECT_DETAILS):
            action_controls.ring(choice)
            st.html(snippets.paragraphs(found.method))
            sort_table(found.counts, key="effect-counts")
            st.html(snippets.small_heading(effect_words.CANDIDATES))
            sort_table(found.candidates, key="effect-candidates", column=3)
    _papers(opened, choice)


def _chart(chart: Specification | None) -> None:
    if chart is None:
        st.html(snippets.notice(effect_words.SERIES_NOT_BY_TIME))
        return
    st.html(snippets.small_heading(effect_words.SERIES_TITLE))
    st.vega_lite_chart(chart, width="stretch")


def _papers(opened: Opened, choice: Choice) -> None:
    st.html(snippets.small_heading(action_words.ACTION_PAPER))
    left, right = st.columns(2)
    for column, kind, media, label in (
        (left, "pdf", PDF, action_words.ACTION_PDF),
        (right, "docx", DOCX, action_words.ACTION_DOCX),
    ):
        with column:
            st.download_button(
                label,
                lambda kind=kind: action_data.paper(opened.edition.identity, choice.ring, kind),
                file_name=f"{file_name(opened.title)}.{kind}",
                mime=media,
                on_click="ignore",
                width="stretch",
                key=f"measure-{kind}",
            )
