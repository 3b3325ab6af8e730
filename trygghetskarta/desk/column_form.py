"""What a file's columns mean: shown with what stands in them, and changed by the user."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from trygghetskarta.draw import snippets
from trygghetskarta.intake import column_choices
from trygghetskarta.intake.column_choices import Understood
from trygghetskarta.intake.receiving import Waiting
from trygghetskarta.sources.fields.columns import ColumnMapping
from trygghetskarta.sources.readers.files import RawTable
from trygghetskarta.terms.imports import WALKED
from trygghetskarta.terms.times import DateOrder
from trygghetskarta.words import date_words, import_note_words, import_words, texts

_BOXES = 3
_WHOLE_FILE = "\0whole file"
"""Choice that stands for one value on every row; no column is called so."""

_LONGEST_VALUE = 120


def table_of(identity: str, names: Sequence[str], read: str) -> str | None:
    """Which table of several to read; None until one is chosen, where none is read by itself.

    Parameters
    ----------
    identity
        Of the file.
    names
        Its tables.
    read
        The one that is read by itself; empty for none.
    """
    st.html(snippets.notice(import_words.SEVERAL_TABLES))
    return st.selectbox(
        import_words.CHOOSE_TABLE,
        names,
        index=names.index(read) if read else None,
        placeholder=import_words.CHOOSE_TABLE_NONE,
        key=f"table-{identity}-{read}",
    )


def show(waiting: Waiting) -> Waiting:
    """Show how the columns are understood and let the user change it."""
    if waiting.raw is None or waiting.mapping is None:
        return waiting
    st.html(snippets.small_heading(import_words.PREVIEW))
    if waiting.head is not None:
        st.dataframe(waiting.head, width="stretch")
    st.html(snippets.small_heading(import_words.MAPPING_TITLE))
    kept = import_words.MAPPING_REMEMBERED if waiting.remembered else import_words.MAPPING_KEPT
    st.html(snippets.notice(import_words.MAPPING_HELP if waiting.kind in WALKED else kept))
    asked = Understood(waiting.raw, waiting.mapping)
    chosen = _roles(waiting, asked)
    columns = {role: name for role, name in chosen.items() if name != _WHOLE_FILE}
    values = {
        role: str(st.session_state.get(_key(waiting, role, "value"), ""))
        for role, name in chosen.items()
        if name == _WHOLE_FILE
    }
    mapping = asked.changed(columns, values)
    mapping = _date_orders(waiting, waiting.raw, mapping)
    for roles in asked.lacking(mapping):
        st.warning(import_words.needed_line(waiting.raw.file_name, roles))
    unread = [name for name in mapping.unused if name not in column_choices.OWN_COLUMNS]
    if unread:
        st.html(snippets.notice(import_words.unread_columns(unread)))
    return replace(waiting, mapping=mapping)


def _date_orders(waiting: Waiting, raw: RawTable, mapping: ColumnMapping) -> ColumnMapping:
    """The order of day, month and year where the file leaves it open, of each column by itself."""
    columns = column_choices.dates_of_three_numbers(raw, mapping)
    if len(columns) < 2 and not set(columns) & set(mapping.orders):
        label = date_words.DATE_ORDER
        if not columns:
            return mapping
        return mapping.with_open_order(_date_order(waiting, label, mapping.open_order))
    said = {}
    for place, column in zip(_in_rows(len(columns)), columns, strict=True):
        with place:
            current = mapping.orders.get(column, mapping.open_order)
            said[column] = _date_order(waiting, date_words.date_order_of(column), current)
    return mapping.with_open_order(None).with_orders(said)


def _date_order(waiting: Waiting, label: str, current: DateOrder | None) -> DateOrder | None:
    """The order that is chosen; None for that which the file shows."""
    options = [None, *DateOrder]
    return st.selectbox(
        label,
        options,
        index=options.index(current),
        format_func=lambda order: date_words.DATE_ORDERS.get(order, date_words.DATE_ORDER_OPEN),
        help=date_words.DATE_ORDER_HELP,
        key=_key(waiting, label, "order"),
    )


def _in_rows(boxes: int) -> Iterator[DeltaGenerator]:
    """Places for boxes, row by row, so that a phone keeps their order."""
    for start in range(0, boxes, _BOXES):
        yield from st.columns(_BOXES)[: boxes - start]


def _roles(waiting: Waiting, asked: Understood) -> dict[str, str]:
    """Roles that were recognised or are needed first; the others wait behind a fold."""
    roles = asked.mapping.possible_roles()
    needed = {group[0] for group in asked.lacking(asked.mapping)}
    first = [role for role in roles if asked.is_known(role) or role in needed]
    others = [role for role in roles if role not in first]
    chosen = _boxes(waiting, asked, first)
    with st.expander(import_words.MORE_COLUMNS, expanded=len(first) < 2):
        return chosen | _boxes(waiting, asked, others)


def _boxes(waiting: Waiting, asked: Understood, roles: Sequence[str]) -> dict[str, str]:
    chosen = {}
    for place, role in zip(_in_rows(len(roles)), roles, strict=True):
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
