"""One action: the plan's fields, what led to it, follow-ups; and the lists round it."""

from functools import partial

import streamlit as st

from trygghetskarta.desk import panel
from trygghetskarta.desk.pressed import is_answer, warned_of
from trygghetskarta.desk.sort_table import sort_table
from trygghetskarta.draw import snippets
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.subjects.actions.data import action_data, action_edits
from trygghetskarta.subjects.actions.data.action_data import ActionAnswer, Opened
from trygghetskarta.subjects.actions.page import action_form
from trygghetskarta.words import action_words, finding_words, map_words, texts


def facts(opened: Opened | None) -> None:
    """The fields of an action, or how one is opened."""
    if opened is None:
        st.html(snippets.notice(action_words.ACTION_HINT))
        return
    st.html(snippets.place_title(opened.title, ""))
    st.html(snippets.labelled(opened.facts))


def work(opened: Opened, keeping: bool) -> None:
    """What led to an action, its follow-ups, and its history."""
    st.html(snippets.small_heading(action_words.FOLLOW_UPS))
    for head, lines in opened.follow_ups:
        st.html(snippets.paragraphs((head,)))
        for line in lines:
            st.html(snippets.notice(line))
    if not opened.follow_ups:
        st.html(snippets.notice(action_words.FOLLOW_UPS_NONE))
    _follow_up_form(opened, keeping)
    st.html(snippets.small_heading(action_words.LED_TO))
    st.html(snippets.paragraphs(opened.led_to or (action_words.LED_TO_NONE,)))
    _link_form(opened, keeping)
    with st.expander(action_words.ACTION_HISTORY):
        st.html(snippets.paragraphs(opened.history or (finding_words.HISTORY_UNTOUCHED,)))


def _follow_up_form(opened: Opened, keeping: bool) -> None:
    identity = opened.edition.identity
    key = f"follow-up-{identity}-{len(opened.follow_ups)}-"
    with st.expander(action_words.FOLLOW_UP_NEW), st.form(f"{key}form"):
        left, right = st.columns(2)
        with left:
            today = action_data.world().today.isoformat()
            st.text_input(action_words.FOLLOW_UP_DAY, today, key=f"{key}day", max_chars=10)
        with right:
            st.text_input(action_words.FOLLOW_UP_BY, key=f"{key}by_function", max_chars=120)
        for name, question in action_words.FOLLOW_UP_FIELDS.items():
            st.text_area(question, key=key + name, max_chars=2000, height=80)
        st.form_submit_button(
            action_words.FOLLOW_UP_KEEP if keeping else action_words.FOLLOW_UP_SAVE,
            on_click=_follow_up,
            args=(identity, key),
            type="primary",
        )


def _follow_up(identity: str, key: str) -> None:
    names = ("by_function", *action_words.FOLLOW_UP_FIELDS)
    words = {name: st.session_state[key + name] for name in names}
    day = st.session_state[f"{key}day"]
    _tried(partial(action_edits.follow_up, identity, day, words), action_words.FOLLOW_UP_SAVED)


def _link_form(opened: Opened, keeping: bool) -> None:
    identity = opened.edition.identity
    key = f"link-{identity}-{len(opened.led_to)}-"
    names = texts.distinct({"": map_words.AREA_NONE} | action_data.finding_choices())
    with st.expander(action_words.LINK_FINDING), st.form(f"{key}form"):
        st.selectbox(
            action_words.LINK_FINDING,
            list(names),
            format_func=lambda word: names[word],
            key=f"{key}finding",
        )
        st.text_input(action_words.LINK_PROBLEM, key=f"{key}problem", max_chars=500)
        st.form_submit_button(
            action_words.LINK_KEEP if keeping else action_words.LINK_SAVE,
            on_click=_link,
            args=(identity, key),
        )


def _link(identity: str, key: str) -> None:
    finding, problem = (st.session_state[key + name] for name in ("finding", "problem"))
    if not finding and not problem.strip():
        action_form.tell("refused", action_words.LINK_NOTHING)
        return
    _tried(partial(action_edits.link, identity, finding, problem), action_words.LINKED)


def _tried(act: partial[tuple], done: str) -> None:
    """Do something and keep what became of it."""
    asked = (act.func, act.args)
    try:
        found = act(despite_warnings=is_answer(asked))
    except (ValueError, TrygghetskartaError) as error:
        action_form.tell("refused", action_edits.said(error))
        return
    if found:
        warned_of(asked)
        action_form.tell("warned", action_form.warned(found))
    else:
        action_form.tell("done", done)


def lists(found: ActionAnswer) -> None:
    """Timeline, list and missing follow-ups of a choice, and the list as files."""
    st.html(snippets.small_heading(action_words.TIMELINE))
    chart = action_data.timeline(found)
    if chart is None:
        st.html(snippets.notice(action_words.NO_DATES))
    else:
        st.vega_lite_chart(chart, width="stretch")
        st.html(snippets.notice(action_words.TIMELINE_TOLD))
    st.html(snippets.small_heading(action_words.ACTIONS_TABLE))
    sort_table(action_data.table(found), key="measures", column=5)
    panel.list_buttons(found.title, lambda kind: action_data.list_file(found, kind), "measures")
    st.html(snippets.small_heading(action_words.LACKING))
    lacking = action_data.lacking(found)
    if lacking.rows:
        sort_table(lacking, key="measures-lacking")
    else:
        st.html(snippets.notice(action_words.LACKING_NONE))
