"""Dialogläge: one presentation in full screen, and a way out for those who know the word."""

import streamlit as st

from trygghetskarta.render import texts
from trygghetskarta.ui import dialogue_data, lock
from trygghetskarta.ui.components.presenter import presenter

_ANSWER, _TRIED = "dialogue_answer", "dialogue_tried"


def show() -> None:
    """Draw the presentation that the browser is locked with."""
    if not lock.is_locked():
        lock.lock_session()
        st.rerun()
    identity = lock.presentation()
    if not identity:
        st.info(texts.PRESENT_NONE)
        _leave_form(identity)
        return
    shown = dialogue_data.presented(identity)
    word = presenter(shown.name, shown.script, shown.state, _way_out(identity))
    if word:
        _try(identity, word)
        st.rerun()


def _try(identity: str, word: str) -> None:
    """Answer a word: the way out, or that it was wrong."""
    right = dialogue_data.may_leave(identity, word)
    st.session_state[_ANSWER] = ("", lock.way_out()) if right else (texts.LEAVE_WRONG, "")


def _way_out(identity: str) -> dict:
    wrong, address = st.session_state.get(_ANSWER, ("", ""))
    ask = (
        texts.LEAVE_ASK_CODE
        if dialogue_data.has_word(identity)
        else texts.LEAVE_ASK_WORD.format(word=texts.LEAVE_WORD.upper())
    )
    words = {"ask": ask, "leave": texts.LEAVE_BUTTON}
    return {"words": words, "wrong": wrong, "open": address}


def _leave_form(identity: str) -> None:
    """The way out where there is no presentation to show."""
    ask = texts.LEAVE_ASK_WORD.format(word=texts.LEAVE_WORD.upper())
    word = st.text_input(ask)
    if word and dialogue_data.may_leave(identity, word):
        st.link_button(texts.LEAVE_BUTTON, lock.way_out())
