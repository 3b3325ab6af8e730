"""What is done with a presentation: chosen, saved, updated, taken away, opened in full, fetched."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from trygghetskarta.desk import file_data, lock, panel, window
from trygghetskarta.desk.pressed import pressed
from trygghetskarta.draw import snippets
from trygghetskarta.errors import DisclosureError, StoreCause, StoreError
from trygghetskarta.subjects.dialogue.ask.exit_word import SHORTEST
from trygghetskarta.subjects.dialogue.data import dialogue_data
from trygghetskarta.subjects.dialogue.data.dialogue_data import Draft
from trygghetskarta.subjects.dialogue.page import dialogue_editor
from trygghetskarta.words import dialogue_words, error_words, texts

_DRAFTS, _OPEN, _SAID = "dialogue_drafts", "dialogue_open", "dialogue_said"


def chosen(entries: tuple) -> Draft | None:
    """The draft of the presentation that is chosen in the list, None for a new one not yet made.

    What is not saved of another one is kept while it is not looked at.
    """
    drafts = st.session_state.setdefault(_DRAFTS, {})
    labels = {
        one.identity: dialogue_words.presentation_label(one.name, one.saved_at, one.is_example)
        for one in entries
    }
    before = st.session_state.get(_OPEN, next(iter(labels), ""))
    identity = dialogue_editor.choose(texts.distinct(labels), before)
    st.session_state[_OPEN] = identity
    if identity != before:
        if before in drafts and not _is_unsaved(drafts[before]):
            del drafts[before]
        # The list begins anew with what is chosen, so that the next choice is heard too.
        st.rerun()
    if identity and identity not in drafts:
        drafts[identity] = dialogue_data.open_draft(identity)
    return drafts.get(identity)


def keep(draft: Draft, said: str = "") -> None:
    """Go on with a draft, and say something of it when the page is drawn anew."""
    _hold(draft)
    st.session_state[_SAID] = said
    st.rerun()


def _hold(draft: Draft) -> None:
    st.session_state[_DRAFTS][draft.identity] = draft
    st.session_state[_OPEN] = draft.identity


def _drop(draft: Draft) -> None:
    """Forget a draft that is saved under an identity of its own, or not wanted any more."""
    st.session_state[_DRAFTS].pop(draft.identity, None)
    st.session_state.pop(_OPEN, None)


def _is_unsaved(draft: Draft) -> bool:
    return draft.saved is None or draft.spec != draft.saved.spec


def actions(draft: Draft) -> None:
    """Offer what can be done with a draft."""
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    if untold := dialogue_data.withheld(draft):
        st.warning(dialogue_words.words_withheld(untold))
    wanted = dialogue_editor.keep_form(draft)
    try:
        if wanted.is_short and (wanted.save or wanted.update or wanted.show):
            st.error(dialogue_words.LEAVE_WORD_SHORT.format(n=SHORTEST))
        elif wanted.show:
            _show(draft, wanted.word)
        elif wanted.save:
            saved = dialogue_data.save(draft, wanted.word)
            _drop(draft)
            keep(saved, dialogue_words.PRESENTATION_SAVED)
        elif wanted.update:
            changed, told = dialogue_data.updated(draft, wanted.word)
            keep(changed, dialogue_words.figures_updated(told))
        label = (
            dialogue_words.DELETE_PRESENTATION
            if draft.identity
            else dialogue_words.DISCARD_PRESENTATION
        )
        with st.popover(label):
            _take_away(draft)
    except DisclosureError as error:
        _refused(draft, error)
    except StoreError as error:
        if error.cause is not StoreCause.CHANGED_MEANWHILE:
            raise
        _somebody_else(draft, wanted.word)
        return
    _files(draft)


def _show(draft: Draft, word: str | None) -> None:
    """Open the full screen on what is saved, after what is not has been."""
    if word is not None or _is_unsaved(draft):
        saved = dialogue_data.save(draft, word)
        _drop(draft)
        _hold(saved)
        draft = saved
    window.lead(lock.address_of(draft.identity))


def _take_away(draft: Draft) -> None:
    """A second gesture, so that nothing is taken away by a slip."""
    st.write(dialogue_words.DELETE_WARNING if draft.identity else dialogue_words.DISCARD_WARNING)
    label = dialogue_words.DELETE_SURE if draft.identity else dialogue_words.DISCARD_SURE
    if st.button(label, type="primary", width="stretch"):
        if draft.identity:
            dialogue_data.delete(draft)
        _drop(draft)
        st.rerun()


def _refused(draft: Draft, error: DisclosureError) -> None:
    st.error(error_words.linked_tables(error))
    at = error.facts.get("slide")
    found = None if not isinstance(at, int) else dialogue_data.instead(draft, at)
    if found is not None:
        other, told = found
        st.info(told)
        st.button(dialogue_words.TAKE_ALTERNATIVE, on_click=_hold, args=(other,))


def _somebody_else(draft: Draft, word: str | None) -> None:
    st.warning(dialogue_words.SOMEBODY_ELSE)
    st.button(
        dialogue_words.SAVE_COPY,
        on_click=_take,
        args=(dialogue_data.save_copy, draft, word),
    )
    st.button(
        dialogue_words.RELOAD_PRESENTATION,
        on_click=_take,
        args=(dialogue_data.open_draft, draft.identity),
    )


@pressed
def _take(make: Callable[..., Draft], *given: Any) -> None:
    """Go on with another draft than the one that is open."""
    _hold(make(*given))


def _files(draft: Draft) -> None:
    if draft.saved is None or _is_unsaved(draft):
        st.html(snippets.notice(dialogue_words.PRESENTATION_UNSAVED))
        return
    deck = draft.saved.deck
    panel.deck_buttons(deck.title, lambda kind: file_data.deck_file(deck, kind))
