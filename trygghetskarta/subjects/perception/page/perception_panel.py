"""What stands round the map of risk and perceived safety."""

import streamlit as st

from trygghetskarta.desk import filters, panel
from trygghetskarta.desk.sort_table import sort_table
from trygghetskarta.draw import snippets
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.perception import data as perception_data
from trygghetskarta.subjects.perception.data import PerceptionAnswer
from trygghetskarta.subjects.perception.show import perception_snippets
from trygghetskarta.words import map_words, perception_words


def controls(choice: Choice, found: PerceptionAnswer) -> None:
    """Choose the question and the round of the survey."""
    questions, rounds = perception_data.questions(), perception_data.rounds(found)
    first, second = st.columns([5, 6], vertical_alignment="bottom")
    with first:
        if questions:
            current = found.found.question.key if found.found.question else choice.question
            filters.select(perception_words.QUESTION, "question", current, questions)
    with second:
        if rounds:
            year = perception_data.year(found)
            filters.select(perception_words.SURVEY_ROUND, "survey_year", year, rounds)


def legend(found: PerceptionAnswer) -> None:
    """The square legend."""
    st.html(perception_snippets.square_legend(found.view))


def district(choice: Choice, found: PerceptionAnswer) -> None:
    """The three pictures of the chosen district."""
    filters.area(choice, perception_data.area_names(found))
    told = perception_data.district(found, choice.area)
    if told is None:
        st.html(snippets.notice(perception_words.PROFILE_HINT))
        return
    st.html(snippets.place_title(told.name, ""))
    st.html(perception_snippets.lanes(told.told, told.notes))


def quadrants(found: PerceptionAnswer) -> None:
    """The four quadrants in words, with their districts."""
    st.html(snippets.small_heading(perception_words.QUADRANTS))
    st.html(perception_snippets.quadrant_cards(found.view.groups))


def scatter(found: PerceptionAnswer) -> None:
    """Risk against feeling unsafe, and the same as a table."""
    st.html(snippets.small_heading(perception_words.SCATTER))
    chart = perception_data.scatter(found)
    if chart is None:
        st.html(snippets.notice(perception_words.SCATTER_NONE))
    else:
        st.vega_lite_chart(chart, width="stretch")
    st.html(snippets.small_heading(map_words.TABLE))
    sort_table(perception_data.table(found), key="perception-table")


def pictures(found: PerceptionAnswer) -> None:
    """The three pictures of every district, and whose voice is missing."""
    st.html(snippets.small_heading(perception_words.PICTURES_TITLE))
    st.html(snippets.notice(perception_words.PICTURES_HELP))
    sort_table(perception_data.pictures_table(found), key="pictures-table")
    st.html(snippets.small_heading(perception_words.VOICES_TITLE))
    st.html(snippets.notice(perception_words.VOICES_HELP))


def series(choice: Choice, found: PerceptionAnswer) -> None:
    """The question through the years."""
    told = perception_data.series(found, choice.area)
    st.html(snippets.small_heading(f"{perception_words.SURVEY_SERIES}: {told.title}"))
    if told.chart is not None:
        st.vega_lite_chart(told.chart, width="stretch")
    for line in told.lines:
        st.html(snippets.notice(line))
    with st.expander(perception_words.SURVEY_SERIES_TABLE):
        panel.grid(told.table)
