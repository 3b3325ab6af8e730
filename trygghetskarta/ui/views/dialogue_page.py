"""Medborgardialog: compose a presentation, see it, keep it, show it."""

import streamlit as st

from trygghetskarta.errors import DisclosureError, StoreCause, StoreError
from trygghetskarta.render import snippets, texts
from trygghetskarta.ui import data, dialogue_data, file_data, lock
from trygghetskarta.ui.components import dialogue_editor, panel
from trygghetskarta.ui.components.presenter import presenter
from trygghetskarta.ui.dialogue_data import Draft

_DRAFT, _SAID = "dialogue_draft", "dialogue_said"


def show() -> None:
    """Draw the list, the editor and the preview."""
    ground = data.ground()
    panel.banner(ground.municipality, ground.is_example)
    st.html(snippets.heading(texts.PAGE_DIALOGUE, texts.DIALOGUE_INTRO))
    if ground.problem:
        st.info(ground.problem)
        return
    offers = dialogue_data.offers()
    draft = _chosen(dialogue_data.entries())
    if draft is None:
        wanted = dialogue_editor.new(offers)
        if wanted:
            _keep(dialogue_data.new_draft(*wanted))
        return
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.html(snippets.small_heading(texts.SLIDES))
        edited = dialogue_editor.edit(draft, offers)
        if edited != draft:
            _keep(edited)
    with right:
        shown = dialogue_data.preview(draft)
        presenter(shown.name, shown.script, shown.state)
        _actions(draft)


def _chosen(entries: tuple) -> Draft | None:
    """The draft of the presentation that is chosen in the list, None for a new one not yet made."""
    draft = st.session_state.get(_DRAFT)
    labels = {
        one.identity: texts.presentation_label(one.name, one.saved_at, one.is_example)
        for one in entries
    }
    first = entries[0].identity if entries and draft is None else ""
    identity = dialogue_editor.choose(labels, draft.identity if draft else first)
    if draft is not None and identity == draft.identity:
        return draft
    st.session_state.pop(_DRAFT, None)
    if identity:
        st.session_state[_DRAFT] = dialogue_data.open_draft(identity)
    return st.session_state.get(_DRAFT)


def _keep(draft: Draft, said: str = "") -> None:
    st.session_state[_DRAFT] = draft
    st.session_state[_SAID] = said
    st.rerun()


def _actions(draft: Draft) -> None:
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    word = dialogue_editor.word(draft)
    save, update, away = st.columns(3)
    try:
        if save.button(texts.SAVE_PRESENTATION, type="primary", width="stretch"):
            _keep(dialogue_data.save(draft, word), texts.PRESENTATION_SAVED)
        if draft.identity and update.button(texts.UPDATE_FIGURES, width="stretch"):
            changed, told = dialogue_data.updated(draft)
            _keep(changed, texts.figures_updated(told))
        if draft.identity and away.button(texts.DELETE_PRESENTATION, width="stretch"):
            dialogue_data.delete(draft)
            del st.session_state[_DRAFT]
            st.rerun()
    except DisclosureError as error:
        st.error(texts.error_sentence(error))
    except StoreError as error:
        if error.cause is not StoreCause.CHANGED_MEANWHILE:
            raise
        _somebody_else(draft)
        return
    _way_in(draft)


def _somebody_else(draft: Draft) -> None:
    st.warning(texts.SOMEBODY_ELSE)
    st.button(texts.SAVE_COPY, on_click=lambda: _swap(dialogue_data.save_copy(draft)))
    st.button(
        texts.RELOAD_PRESENTATION,
        on_click=lambda: _swap(dialogue_data.open_draft(draft.identity)),
    )


def _swap(draft: Draft) -> None:
    st.session_state[_DRAFT] = draft


def _way_in(draft: Draft) -> None:
    if not draft.identity:
        st.html(snippets.notice(texts.PRESENTATION_FIRST_SAVE))
        return
    # A link of its own and not a button: the page must be loaded anew to be locked.
    st.html(snippets.open_link(lock.address_of(draft.identity), texts.OPEN_FULL))
    st.html(snippets.notice(texts.OPEN_FULL_HELP))
    if draft.saved is None or draft.spec != draft.saved.spec:
        st.html(snippets.notice(texts.PRESENTATION_UNSAVED))
        return
    deck = draft.saved.deck
    panel.deck_buttons(deck.title, lambda kind: file_data.deck_file(deck, kind))
