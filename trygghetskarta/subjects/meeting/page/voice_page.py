"""Tyck till: where people at a meeting tell where they feel safe and unsafe, without an account."""

import streamlit as st

from trygghetskarta.draw import snippets
from trygghetskarta.errors import StoreError
from trygghetskarta.subjects.meeting import data as meeting_data
from trygghetskarta.subjects.meeting.page.meeting_form import answer, meeting_form
from trygghetskarta.words import error_words, meeting_words

_CODE = "mote"


def show() -> None:
    """Draw the form of the meeting in the address, or ask for its code."""
    code = st.query_params.get(_CODE, "")
    if not code:
        _ask(meeting_words.ROOM_ASK_CODE)
        return
    try:
        held = meeting_data.meeting_of(code)
    except StoreError as error:
        _ask(error_words.error_sentence(error))
        return
    sent = meeting_form(meeting_data.ground(), held)
    if sent:
        answer(meeting_data.receive(held, sent))
        st.rerun()


def _ask(said: str) -> None:
    st.html(snippets.heading(meeting_words.PAGE_VOICE, said))
    typed = st.text_input(meeting_words.ROOM_CODE, help=meeting_words.ROOM_CODE_HELP, max_chars=20)
    if typed.strip():
        st.query_params[_CODE] = typed.strip().lower()
        st.rerun()
