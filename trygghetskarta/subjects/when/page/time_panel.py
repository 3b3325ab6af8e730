"""When it happens, as charts with a table behind each, or the sentence that says why not."""

import streamlit as st

from trygghetskarta.desk import filters, panel
from trygghetskarta.draw import snippets
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.when import data as when_data
from trygghetskarta.subjects.when.ask import TimePart
from trygghetskarta.subjects.when.data import DrawnPart, TimeAnswer
from trygghetskarta.terms.times import Beside
from trygghetskarta.words import error_words, time_words


def beside(choice: Choice, districts: dict[str, str]) -> None:
    """Choose what stands beside."""
    first, second = st.columns([5, 4], vertical_alignment="bottom")
    with first:
        filters.segments(time_words.BESIDE, "beside", choice.beside, time_words.BESIDES)
    if choice.beside is Beside.DISTRICT:
        with second:
            names = {"": time_words.BESIDE_DISTRICT_NONE} | districts
            current = choice.other if choice.other in names else ""
            filters.select(time_words.BESIDE_DISTRICT, "other", current, names)


def show(answer: TimeAnswer, highest: tuple[float | None, float | None], place: str) -> None:
    """Draw every part of one answer.

    Parameters
    ----------
    answer
        The answer; not a refused one.
    highest
        Values of the darkest colours, shared with what stands beside.
    place
        Tells the widgets of two answers apart.
    """
    found = answer.found
    st.html(snippets.heading(answer.title, time_words.when_summary(found.facts)))
    drawn = when_data.drawn(answer, highest)
    for part in TimePart:
        st.html(snippets.small_heading(time_words.when_part(part.value, found.answer.span.end)))
        if part in found.problems:
            st.html(snippets.notice(error_words.error_sentence(found.problems[part])))
        if part in drawn:
            _draw(drawn[part], f"{place}-{part.value}")
    if TimePart.CALENDAR not in drawn:
        st.html(snippets.notice(time_words.WHEN_DAYS_HIDDEN))
    st.html(snippets.caption(answer.caption))


def files(answer: TimeAnswer, place: str) -> None:
    """One answer as files."""
    panel.deck_buttons(answer.title, lambda kind: when_data.deck_file(answer, kind), place)


def _draw(part: DrawnPart, key: str) -> None:
    st.vega_lite_chart(part.chart, width="stretch", key=key)
    with st.expander(time_words.CHART_TABLE):
        panel.grid(part.table, f"{key}-table")
    if part.caption:
        st.html(snippets.notice(part.caption))
