"""What a file's columns mean: shown with what stands in them, and changed by the user."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from trygghetskarta.draw import snippets
from trygghetskarta.intake import column_choices
from trygghetskarta.intake.column_choices import Understood
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.subjects.imports.show import preview
from trygghetskarta.terms.times import DateOrder
from trygghetskarta.words import date_words, import_note_words, import_words, texts

_PREVIEW_ROWS = 5
_BOXES = 3
_WHOLE_FILE = "\0whole file"
"""Choice that stands for one value on every row; no column is called so."""

_LONGEST_VALUE = 120


def show(waiting: Waiting) -> Waiting:
    """Show how the columns are understood and let the user change it."""
    if waiting.raw is None or waiting.mapping is None:
        return waiting
    st.html(snippets.small_heading(import_words.PREVIEW))
    st.dataframe(preview(column_choices.first_rows(waiting.raw, _PREVIEW_ROWS)), width="stretch")
    st.html(snippets.small_heading(import_words.MAPPING_TITLE))
    st.html(
        snippets.notice(
            import_words.MAPPING_REMEMBERED if waiting.remembered else import_words.MAPPING_HELP
        )
    )
    asked = Understood(waiting.raw, waiting.mapping)
    chosen = _roles(waiting, asked)
    columns = {role: name for role, name in chosen.items() if name != _WHOLE_FILE}
    values = {
        role: str(st.session_state.get(_key(waiting, role, "value"), ""))
        for role, name in chosen.items()
        if name == _WHOLE_FILE
    }
    mapping = asked.changed(columns, values)
    if column_choices.has_dates_of_three_numbers(waiting.raw, mapping):
        mapping = mapping.with_open_order(_date_order(waiting, mapping.open_order))
    unread = [name for name in mapping.unused if name not in column_choices.OWN_COLUMNS]
    if unread:
        st.html(snippets.notice(import_words.unread_columns(unread)))
    return replace(waiting, mapping=mapping)


def _date_order(waiting: Waiting, current: DateOrder | None) -> DateOrder | None:
    """The order of day, month and year where the file leaves it open; None for no order."""
    options = [None, *DateOrder]
    return st.selectbox(
        date_words.DATE_ORDER,
        options,
        index=options.index(current),
        format_func=lambda order: date_words.DATE_ORDERS.get(order, date_words.DATE_ORDER_OPEN),
        help=date_words.DATE_ORDER_HELP,
        key=f"date-order-{waiting.sha256[:8]}",
    )


def _roles(waiting: Waiting, asked: Understood) -> dict[str, str]:
    """Roles that were recognised first; the others wait behind a fold."""
    roles = asked.mapping.possible_roles()
    first = [role for role in roles if asked.is_known(role)]
    others = [role for role in roles if role not in first]
    chosen = _boxes(waiting, asked, first)
    with st.expander(import_words.MORE_COLUMNS, expanded=len(first) < 2):
        return chosen | _boxes(waiting, asked, others)


def _boxes(waiting: Waiting, asked: Understood, roles: Sequence[str]) -> dict[str, str]:
    chosen = {}
    for start in range(0, len(roles), _BOXES):
        # Row by row, so that a phone keeps the order.
        for place, role in zip(st.columns(_BOXES), roles[start : start + _BOXES], strict=False):
            with place:
                chosen[role] = _box(waiting, asked, role)
    return chosen


def _box(waiting: Waiting, asked: Understood, role: str) -> str:
    """One role: which column plays it, or its value on every row, and what stands there."""
    options = ["", *asked.columns]
    if column_choices.may_be_shared(role):
        options.append(_WHOLE_FILE)
    given = asked.mapping.values.get(role)
    current = _WHOLE_FILE if given is not None else asked.column_of(role)
    picked = st.selectbox(
        texts.ROLES[role],
        options,
        index=options.index(current) if current in options else 0,
        format_func=_option,
        key=_key(waiting, role, "column"),
    )
    if picked == _WHOLE_FILE:
        value = st.text_input(
            import_words.whole_file_label(role),
            value=given or "",
            max_chars=_LONGEST_VALUE,
            key=_key(waiting, role, "value"),
        )
        if value and not column_choices.fits_role(waiting.kind, role, value):
            st.warning(import_words.unfit_value(role, value))
    elif picked:
        st.caption(import_words.samples_line(asked.samples(picked)))
        unfit = asked.unfit(role, picked)
        if unfit:
            st.warning(import_note_words.unfit_line(picked, role, unfit))
        moved = asked.moved(role, picked)
        if moved is not None:
            line = import_note_words.by_value(moved.column, moved.meant, moved.role, moved.passed)
            st.caption(line)
    elif asked.is_open(role):
        st.warning(import_words.choose_of(role, asked.mapping.roles[role]))
    return picked


def _option(name: str) -> str:
    if name == _WHOLE_FILE:
        return import_words.WHOLE_FILE
    return name or import_words.NO_COLUMN


def _key(waiting: Waiting, role: str, what: str) -> str:
    return f"role-{waiting.sha256[:8]}-{waiting.sheet}-{waiting.kind}-{role}-{what}"
