"""Rows that wait to be put right: shown, taken home, dismissed for a reason and put back."""

import math
from collections.abc import Mapping, Sequence

import streamlit as st

from trygghetskarta import formats
from trygghetskarta.desk import data
from trygghetskarta.draw import snippets
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.intake.dismissals import LONGEST_REASON
from trygghetskarta.intake.status import Quarantine
from trygghetskarta.subjects.imports.show import dismissed_rows, waiting_rows
from trygghetskarta.words import error_words, import_words

_PAGE = 100
"""Rows that are shown, and can be chosen one by one, at a time."""

_ROUND = "quarantine-round"
"""Session key: counted up when something was done, so that the forms begin anew."""


def show() -> None:
    """Draw what waits, and what was dismissed."""
    st.html(snippets.small_heading(import_words.QUARANTINE))
    waiting = data.quarantine()
    if len(waiting.rows):
        st.html(snippets.notice(import_words.waiting_line(len(waiting.rows))))
        shown = _page(waiting, "quarantine-page")
        reasons = data.reasons(shown)
        st.html(snippets.faulty(waiting_rows(shown.rows, reasons)))
        st.download_button(
            import_words.QUARANTINE_DOWNLOAD,
            lambda: data.quarantine_file(waiting),
            file_name=import_words.QUARANTINE_FILE,
            mime="text/csv",
            on_click="ignore",
        )
        with st.expander(import_words.DISMISS):
            _dismiss(_options(waiting, shown, reasons))
    else:
        st.html(snippets.notice(import_words.QUARANTINE_NONE))
    _dismissed()


def _page(found: Quarantine, key: str) -> Quarantine:
    """The rows that are shown of many, by pages."""
    n = len(found.rows)
    if n <= _PAGE:
        return found
    pages = math.ceil(n / _PAGE)
    label = import_words.QUARANTINE_PAGE.format(pages=formats.number(pages))
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    with left:
        first = (st.number_input(label, 1, pages, key=_key(key)) - 1) * _PAGE
    with right:
        st.caption(import_words.rows_shown(first + 1, min(first + _PAGE, n), n))
    return found.part(first, _PAGE)


def _dismiss(options: Mapping[str, tuple[str, list[str]]]) -> None:
    st.html(snippets.notice(import_words.DISMISS_HELP))
    with st.form(_key("dismiss"), clear_on_submit=False, border=False):
        chosen = st.multiselect(
            import_words.DISMISS_ROWS,
            list(options),
            format_func=lambda key: options[key][0],
            placeholder=import_words.DISMISS_CHOOSE,
            select_all=False,
            key=_key("dismiss-rows"),
        )
        reason = st.text_input(
            import_words.DISMISS_REASON,
            placeholder=import_words.DISMISS_REASON_EXAMPLE,
            max_chars=LONGEST_REASON,
            key=_key("dismiss-reason"),
        )
        pressed = st.form_submit_button(import_words.DISMISS_BUTTON)
    if not pressed:
        return
    if not chosen:
        st.warning(import_words.DISMISS_NONE_CHOSEN)
        return
    try:
        data.dismiss_rows([one for key in chosen for one in options[key][1]], reason)
    except TrygghetskartaError as error:
        st.error(error_words.error_sentence(error))
        return
    _begin_anew()


def _dismissed() -> None:
    apart = data.dismissed()
    if not len(apart.rows):
        return
    with st.expander(import_words.dismissed_title(len(apart.rows))):
        shown = _page(apart, "dismissed-page")
        reasons = data.reasons(shown)
        st.html(snippets.faulty(dismissed_rows(shown.rows, reasons)))
        with st.form(_key("restore"), border=False):
            options = _options(apart, shown, reasons)
            chosen = st.multiselect(
                import_words.RESTORE_ROWS,
                list(options),
                format_func=lambda key: options[key][0],
                placeholder=import_words.DISMISS_CHOOSE,
                select_all=False,
                key=_key("restore-rows"),
            )
            if st.form_submit_button(import_words.RESTORE_BUTTON) and chosen:
                data.restore_rows([one for key in chosen for one in options[key][1]])
                _begin_anew()


def _options(
    found: Quarantine, shown: Quarantine, reasons: Sequence[str]
) -> dict[str, tuple[str, list[str]]]:
    """What can be chosen: each row shown, and each file that has several; the label and the ids."""
    options = {}
    for file, rows in found.rows.groupby("file_name", sort=False):
        if len(rows) > 1:
            label = import_words.rows_of_file(str(file), len(rows))
            options[f"file:{file}"] = (label, list(rows["quarantine_id"]))
    for row, why in zip(shown.rows.itertuples(), reasons, strict=True):
        label = import_words.waiting_row(row.file_name, row.row_number, why)
        options[row.quarantine_id] = (label, [row.quarantine_id])
    return options


def _begin_anew() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


def _key(name: str) -> str:
    return f"{name}-{st.session_state.get(_ROUND, 0)}"
