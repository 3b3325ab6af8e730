"""Data: read a file in, see what became of every row, put the rest right."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from trygghetskarta.desk import column_form, data, file_work, first_steps, panel
from trygghetskarta.desk.file_work import Upload
from trygghetskarta.draw import snippets
from trygghetskarta.errors import SourceCause, SourceError, TrygghetskartaError
from trygghetskarta.intake.accounts import ImportReport
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.subjects.imports import data as imports_data
from trygghetskarta.subjects.imports.page import intake, quarantine_panel
from trygghetskarta.subjects.imports.show import history_table
from trygghetskarta.terms.areas import DivisionTold, Joined
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import error_words, import_words, texts

_TABLES = "tables_of_file"
_CHECKED = "checked_file"
_REPORT = "latest_report"
_RESTORED = "division_restored"

Asked = tuple[str, str | None]
"""A file's identity and the name of one of its tables."""


def show() -> None:
    """Draw the page."""
    ground = data.ground()
    panel.banner(ground.municipality, ground.is_example)
    st.html(snippets.heading(texts.PAGE_DATA, import_words.DATA_INTRO))
    kind = intake.kind()
    first_steps.template_button(kind)
    uploaded = intake.upload()
    file_work.expect_files()
    try:
        _read_in(kind, uploaded)
    except TrygghetskartaError as error:
        st.error(error_words.error_sentence(error))
    quarantine_panel.show()
    _divisions()
    _history()


def _read_in(kind: TableKind, uploaded: Upload | None) -> None:
    done, report = st.session_state.get(_REPORT, (None, None))
    which = None if uploaded is None else _asked(kind, uploaded, done)
    if uploaded is not None and which is not None and which != done:
        _confirm_and_import(kind, uploaded, which)
    elif report is not None:
        intake.report(report)


def _confirm_and_import(kind: TableKind, uploaded: Upload, which: Asked) -> None:
    layer = which[1]
    if layer is None:
        return
    waiting = file_work.receive(kind, uploaded, layer or None)
    confirmed = intake.areas_wish(column_form.show(waiting))
    if confirmed is None:
        return
    agreed = intake.agree(waiting)
    # What was looked at is what is saved: anything else is looked at anew.
    asked = (which, kind, repr(confirmed.mapping), confirmed.wish)
    if agreed is not None:
        st.session_state.pop(_REPORT, None)
        checked = _tried(file_work.check_file, uploaded, confirmed, *agreed)
        st.session_state[_CHECKED] = (asked, agreed, checked)
    looked_at, told, checked = st.session_state.get(_CHECKED, (None, None, None))
    if looked_at != asked or checked is None:
        return
    doubts = intake.confirm(checked)
    if doubts is None:
        return
    report = _tried(file_work.import_file, uploaded, replace(confirmed, confirmed=doubts), *told)
    if report is not None:
        st.session_state.pop(_CHECKED)
        st.session_state[_REPORT] = (which, report)
        st.rerun()


def _tried(
    take: Callable[..., ImportReport],
    uploaded: Upload,
    waiting: Waiting,
    source: str,
    crs: int | None,
) -> ImportReport | None:
    """The account of a file; None when a sentence says why there is none."""
    try:
        return take(uploaded, waiting, source, crs)
    except TrygghetskartaError as error:
        st.error(error_words.error_sentence(error))
        return None


def _asked(kind: TableKind, uploaded: Upload, done: Asked | None) -> Asked:
    """The file, and its table: empty for the one that is read by itself, None until it is chosen.

    A file that is read in is not opened again for being called something else.
    """
    key = (uploaded.identity, kind)
    known, names, read = st.session_state.get(_TABLES, (None, [], ""))
    if known != key and done is not None and done[0] == uploaded.identity:
        return done
    if known != key:
        names, read = _tables(kind, uploaded)
        st.session_state[_TABLES] = (key, names, read)
    several = len(names) > 1
    chosen = column_form.table_of(uploaded.identity, names, read) if several else read
    return uploaded.identity, "" if chosen == read else chosen


def _tables(kind: TableKind, uploaded: Upload) -> tuple[list[str], str]:
    """Names of the tables of a file that has several, and the one that is read by itself."""
    try:
        first = file_work.receive(kind, uploaded, None)
    except SourceError as error:
        if error.cause is not SourceCause.SEVERAL_LAYERS:
            raise
        return [*error.facts["layers"], *error.facts.get("others", [])], ""
    return [first.sheet, *first.other_sheets], first.sheet


def _divisions() -> None:
    said = st.session_state.pop(_RESTORED, "")
    chosen = intake.divisions(imports_data.divisions(), imports_data.joins())
    if said:
        st.success(said)
    if chosen is None:
        return
    try:
        done = _undone(chosen)
    except TrygghetskartaError as error:
        st.error(error_words.error_sentence(error))
        return
    st.session_state[_RESTORED] = done
    st.rerun()


def _undone(chosen: DivisionTold | Joined) -> str:
    """Undo a change of the divisions; gives what is said of it."""
    if isinstance(chosen, Joined):
        gone = imports_data.undo_join(chosen.level)
        return import_words.join_undone(gone.file, len(gone.codes))
    name = imports_data.restore_division(chosen.level)
    return import_words.DIVISION_RESTORED.format(name=name)


def _history() -> None:
    st.html(snippets.small_heading(import_words.HISTORY))
    history = data.history()
    if not len(history):
        st.html(snippets.notice(import_words.HISTORY_NONE))
        return
    panel.grid(history_table(history))
