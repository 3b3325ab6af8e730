"""Jämför: two periods side by side, what has changed, and the areas against the municipality."""

import streamlit as st

from trygghetskarta.desk import area_map, data, filters, first_steps, link, open_code, panel, state
from trygghetskarta.draw import snippets
from trygghetskarta.draw.table import time_listing
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.compare import data as compare_data
from trygghetskarta.subjects.compare.data import Compared
from trygghetskarta.terms.maps import MapPage
from trygghetskarta.words import compare_words, map_words


def show() -> None:
    """Draw the page from the current choice."""
    if not first_steps.opened():
        return
    choice = state.opened()
    found = compare_data.answer(choice)
    figures = found.change.figures
    followed = choice.following(figures.choice, ("level",))
    state.follow(followed)
    filters.sidebar(
        followed, data.options(followed), figures.compared, measures=compare_data.MEASURES
    )
    if found.problem:
        st.info(found.problem)
        return
    _head(found, followed)
    _sides(found, followed)
    _change(found, followed)
    _funnel(found)
    panel.caption(found.told.shown)
    panel.table(found.told.shown)
    title = found.told.shown.title
    panel.deck_buttons(title, lambda kind: compare_data.deck_file(found, followed, kind))
    panel.download_buttons(title, lambda kind: data.file_of(found.told, kind))
    link.copy_link()
    open_code.this_code(MapPage.COMPARE, followed)


def _head(found: Compared, choice: Choice) -> None:
    title = compare_words.compare_title(found.earlier.shown.facts, found.later.shown.facts)
    st.html(snippets.heading(title, found.told.shown.summary))
    limited = [map_words.level_limited(choice.level)] if found.change.figures.limited else []
    for sentence in (*limited, *found.notices):
        st.html(snippets.notice(sentence))


def _sides(found: Compared, choice: Choice) -> None:
    sides = (
        ("left", compare_words.SIDE_EARLIER, found.earlier),
        ("right", compare_words.SIDE_LATER, found.later),
    )
    for column, (slot, role, answer) in zip(st.columns(2, gap="medium"), sides, strict=True):
        with column:
            facts = answer.shown.facts
            st.html(snippets.side_title(compare_words.side_title(facts), role))
            area_map.area_map(answer, choice, slot)
            st.html(snippets.caption([compare_words.side_caption(facts)]))
    st.html(snippets.notice(compare_words.SHARED_CLASSES))


def _change(found: Compared, choice: Choice) -> None:
    if found.change.shown is None:
        return
    st.html(snippets.small_heading(compare_words.COMPARE_CHANGE))
    area_map.with_profile(found.change, choice, "change")


def _funnel(found: Compared) -> None:
    st.html(snippets.small_heading(compare_words.funnel_title(found.later.shown.facts.level)))
    funnel = found.funnel
    if isinstance(funnel, str):
        st.html(snippets.notice(funnel))
        return
    st.vega_lite_chart(funnel.chart, width="stretch")
    st.html(snippets.paragraphs(funnel.sentences))
    with st.expander(compare_words.FUNNEL_TABLE):
        panel.grid(time_listing.funnel_table(funnel.table))
