"""Data: read a file in, see what became of every row, put the rest right."""

import streamlit as st

from trygghetskarta.desk import data, first_steps, panel
from trygghetskarta.draw import snippets
from trygghetskarta.errors import SourceCause, SourceError, TrygghetskartaError
from trygghetskarta.intake.intake import Waiting
from trygghetskarta.subjects.imports.page import intake, quarantine_panel
from trygghetskarta.subjects.imports.show import history_table
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words, import_words, texts

_REPORT = "latest_report"


def show() -> None:
    """Draw the page."""
    ground = data.ground()
    panel.banner(ground.municipality, ground.is_example)
    st.html(snippets.heading(texts.PAGE_DATA, import_words.DATA_INTRO))
    kind = intake.kind()
    first_steps.template_button(kind)
    uploaded = intake.upload()
    done, report = st.session_state.get(_REPORT, ("", None))
    if uploaded is not None and uploaded.identity != done:
        _confirm_and_import(kind, uploaded)
    elif report is not None:
        intake.report(report)
    quarantine_panel.show()
    _history()


def _confirm_and_import(kind: TableKind, uploaded: intake.Upload) -> None:
    try:
        waiting = _received(kind, uploaded)
    except TrygghetskartaError as error:
        st.error(error_words.error_sentence(error))
        return
    confirmed = intake.mapping(waiting)
    agreed = intake.agree(waiting)
    if agreed is None:
        return
    source, crs = agreed
    with intake.progress(uploaded.name) as tell:
        try:
            report = data.import_file(confirmed, source, crs, tell)
        except TrygghetskartaError as error:
            st.session_state.pop(_REPORT, None)
            st.error(error_words.error_sentence(error))
            return
    st.session_state[_REPORT] = (uploaded.identity, report)
    st.rerun()


def _received(kind: TableKind, uploaded: intake.Upload) -> Waiting:
    file = (uploaded.identity, uploaded.name, uploaded.content)
    try:
        return data.receive(kind, *file, None)
    except SourceError as error:
        if error.cause is not SourceCause.SEVERAL_LAYERS:
            raise
        return data.receive(kind, *file, intake.layer(error.facts["layers"]))


def _history() -> None:
    st.html(snippets.small_heading(import_words.HISTORY))
    history = data.history()
    if not len(history):
        st.html(snippets.notice(import_words.HISTORY_NONE))
        return
    panel.grid(history_table(history))
