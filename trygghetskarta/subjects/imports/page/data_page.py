"""Data: read a file in, see what became of every row, put the rest right."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from trygghetskarta.desk import data, first_steps, panel
from trygghetskarta.draw import snippets
from trygghetskarta.errors import SourceCause, SourceError, TrygghetskartaError
from trygghetskarta.intake.accounts import ImportReport
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.subjects.imports.page import column_form, intake, quarantine_panel
from trygghetskarta.subjects.imports.show import history_table
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words, import_words, texts

_CHECKED = "checked_file"
_REPORT = "latest_report"
_RESTORED = "division_restored"


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
    _divisions()
    _history()


def _confirm_and_import(kind: TableKind, uploaded: intake.Upload) -> None:
    try:
        waiting = _received(kind, uploaded)
    except TrygghetskartaError as error:
        st.error(error_words.error_sentence(error))
        return
    confirmed = intake.areas_wish(column_form.show(waiting))
    agreed = intake.agree(waiting)
    # What was looked at is what is saved: anything else is looked at anew.
    asked = (uploaded.identity, kind, repr(confirmed.mapping), confirmed.wish)
    if agreed is not None:
        st.session_state.pop(_REPORT, None)
        checked = _tried(data.check_file, uploaded.name, confirmed, *agreed)
        st.session_state[_CHECKED] = (asked, agreed, checked)
    looked_at, told, checked = st.session_state.get(_CHECKED, (None, None, None))
    if looked_at != asked or checked is None:
        return
    doubts = intake.confirm(checked)
    if doubts is None:
        return
    report = _tried(data.import_file, uploaded.name, replace(confirmed, confirmed=doubts), *told)
    if report is not None:
        st.session_state.pop(_CHECKED)
        st.session_state[_REPORT] = (uploaded.identity, report)
        st.rerun()


def _tried(
    take: Callable[..., ImportReport], name: str, waiting: Waiting, source: str, crs: int | None
) -> ImportReport | None:
    """The account of a file; None when a sentence says why there is none."""
    with intake.progress(name) as tell:
        try:
            return take(waiting, source, crs, tell)
        except TrygghetskartaError as error:
            st.error(error_words.error_sentence(error))
            return None


def _received(kind: TableKind, uploaded: intake.Upload) -> Waiting:
    file = (uploaded.identity, uploaded.name, uploaded.content)
    try:
        waiting = data.receive(kind, *file, None)
    except SourceError as error:
        if error.cause is not SourceCause.SEVERAL_LAYERS:
            raise
        return data.receive(kind, *file, intake.layer(error.facts["layers"]))
    if waiting.other_sheets:
        sheet = intake.sheet(waiting.sheet, waiting.other_sheets)
        return waiting if sheet == waiting.sheet else data.receive(kind, *file, sheet)
    return waiting


def _divisions() -> None:
    said = st.session_state.pop(_RESTORED, "")
    chosen = intake.divisions(data.divisions())
    if said:
        st.success(said)
    if chosen is None:
        return
    try:
        name = data.restore_division(chosen.level)
    except TrygghetskartaError as error:
        st.error(error_words.error_sentence(error))
        return
    st.session_state[_RESTORED] = import_words.DIVISION_RESTORED.format(name=name)
    st.rerun()


def _history() -> None:
    st.html(snippets.small_heading(import_words.HISTORY))
    history = data.history()
    if not len(history):
        st.html(snippets.notice(import_words.HISTORY_NONE))
        return
    panel.grid(history_table(history))
