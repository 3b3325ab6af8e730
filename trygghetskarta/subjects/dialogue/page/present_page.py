"""Dialogläge: one presentation in full screen, and a way out for those who know the word."""

import streamlit as st

from trygghetskarta.desk import lock
from trygghetskarta.draw import snippets
from trygghetskarta.errors import StoreCause, StoreError
from trygghetskarta.subjects.dialogue.data import dialogue_data
from trygghetskarta.subjects.dialogue.page import dialogue_editor
from trygghetskarta.subjects.dialogue.page.presenter import presenter
from trygghetskarta.words import dialogue_words

_ANSWER = "dialogue_answer"


def show() -> None:
    """Draw the presentation that the browser is locked with, whatever the address says."""
    identity = lock.held()
    if not identity:
        _way_in(lock.asked())
        return
    try:
        shown = dialogue_data.presented(identity)
    except StoreError as error:
        if error.cause is not StoreCause.NOT_FOUND:
            raise
        _gone(identity)
        return
    word = presenter(shown.name, shown.script, shown.state, _way_out(identity))
    if word:
        st.session_state[_ANSWER] = _answer(identity, word)
        st.rerun()


def _way_in(identity: str) -> None:
    """A browser that is free is shown no presentation: it must be locked first."""
    st.info(dialogue_words.PRESENT_LOCK_FIRST if identity else dialogue_words.PRESENT_NONE)
    if identity:
        # The page must be loaded anew to be locked.
        st.html(snippets.open_link(lock.address_of(identity), dialogue_words.OPEN_FULL))


def _gone(identity: str) -> None:
    """The presentation has been taken away while the browser was locked with it."""
    st.info(dialogue_words.PRESENT_GONE)
    try:
        ask = _ask(identity)
    except StoreError as error:
        if error.cause is not StoreCause.NOT_FOUND:
            raise
        st.warning(dialogue_words.PRESENT_UNKNOWN)
        return
    word = dialogue_editor.leave(ask)
    if word:
        wrong, address = _answer(identity, word)
        if address:
            # In this very window: another one would leave it locked to look at.
            st.html(snippets.open_link(address, dialogue_words.LEAVE_BUTTON))
        else:
            st.error(wrong)


def _answer(identity: str, word: str) -> tuple[str, str]:
    """What to say of a word, and where it leads when it is right."""
    tried = dialogue_data.try_word(identity, word)
    if tried.is_right:
        return "", lock.way_out(identity)
    return dialogue_words.leave_refused(tried.wait), ""


def _way_out(identity: str) -> dict:
    wrong, address = st.session_state.get(_ANSWER, ("", ""))
    words = {"ask": _ask(identity), "leave": dialogue_words.LEAVE_BUTTON}
    return {"words": words, "wrong": wrong, "open": address}


def _ask(identity: str) -> str:
    if dialogue_data.has_word(identity):
        return dialogue_words.LEAVE_ASK_CODE
    return dialogue_words.LEAVE_ASK_WORD.format(word=dialogue_words.LEAVE_WORD.upper())
