"""One finding: what was seen, what has been done, and the form to go on with."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from trygghetskarta.desk import filters, state
from trygghetskarta.desk.pressed import is_answer, warned_of
from trygghetskarta.draw import snippets
from trygghetskarta.errors import StoreCause, TrygghetskartaError
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.walks.data import finding_data
from trygghetskarta.subjects.walks.data.finding_data import Finding, FindingDraft, Suggestion
from trygghetskarta.words import error_words, finding_words, texts

_SAID = "finding_said"
"""Session key: what became of the latest change, said once."""

_FIELDS = ("owner", "due", "status", "reason", "text")


def show(choice: Choice) -> None:
    """Draw the finding of the choice, or say how one is opened."""
    found = finding_data.finding(choice.finding) if choice.finding else None
    if found is None:
        st.html(snippets.notice(finding_words.FINDING_HINT))
        return
    st.html(snippets.place_title(found.shown.title, ""))
    if found.shown.text:
        st.html(snippets.paragraphs((found.shown.text,)))
    st.html(snippets.status(found.shown.facts))
    if found.has_photo:
        st.image(finding_data.photo(found.edition.identity), caption=finding_words.FINDING_PHOTO)
        with st.popover(finding_words.PHOTO_REMOVE):
            st.button(finding_words.PHOTO_REMOVE_SURE, on_click=_remove_photo, args=(found,))
    keeping = _say(found)
    if not found.is_safe:
        _form(found, keeping)
        _suggestions(found)
        _absorbed(found)
    with st.expander(finding_words.FINDING_HISTORY):
        lines = finding_data.history(found.edition.identity)
        st.html(snippets.paragraphs(lines or (finding_words.HISTORY_UNTOUCHED,)))


def _say(found: Finding) -> bool:
    """Say what became of the latest change; gives whether a warning waits for an answer."""
    identity, kind, sentence = st.session_state.pop(_SAID, ("", "", ""))
    if identity != found.edition.identity:
        return False
    {"done": st.success}.get(kind, st.warning)(sentence)
    return kind == "warned"


def _form(found: Finding, keeping: bool) -> None:
    owners = ["", *finding_data.owners()]
    keys = _keys(found)
    if found.owner and found.owner not in owners:
        owners.append(found.owner)
    typed = st.session_state[keys["owner"]]
    if typed and typed not in owners:
        owners.append(typed)
    with st.form(f"finding-form-{found.edition.identity}"):
        st.html(snippets.small_heading(finding_words.FINDING_EDIT))
        filters.open_select(finding_words.OWNER, owners, keys["owner"], finding_words.OWNER_HELP)
        left, right = st.columns(2)
        with left:
            st.text_input(
                finding_words.FINDING_FACTS["due"],
                key=keys["due"],
                help=finding_words.DUE_HELP,
                max_chars=10,
            )
        with right:
            st.selectbox(
                finding_words.FINDING_FACTS["status"],
                [status.value for status in found.statuses],
                format_func=lambda value: texts.FINDING_STATUSES[value],
                key=keys["status"],
            )
        st.text_input(
            finding_words.STATUS_REASON,
            key=keys["reason"],
            help=finding_words.STATUS_REASON_HELP,
            max_chars=500,
        )
        st.text_area(finding_words.TEXT, key=keys["text"], help=finding_words.TEXT_HELP)
        st.form_submit_button(
            finding_words.FINDING_KEEP if keeping else finding_words.FINDING_SAVE,
            on_click=_save,
            args=(found,),
            type="primary",
            width="stretch",
        )


def _keys(found: Finding) -> dict[str, str]:
    """Keys of the form's fields, filled with what is stored the first time this is seen.

    A step that changes nothing in the form (a photo, a merge) leaves what is being written there.
    """
    start = f"finding-{found.edition.identity}-{hash(found.draft)}-"
    for name in _FIELDS:
        st.session_state.setdefault(start + name, getattr(found.draft, name))
    return {name: start + name for name in _FIELDS}


def _draft(found: Finding) -> FindingDraft:
    keys = _keys(found)
    return FindingDraft(**{name: st.session_state[keys[name]] or "" for name in _FIELDS})


def _save(found: Finding) -> None:
    """Store the form as it was drawn: ``found`` is what the user saw when filling it in."""
    identity, draft = found.edition.identity, _draft(found)
    keep = is_answer((identity, draft))
    if draft == found.draft:
        _tell(identity, "done", finding_words.FINDING_UNCHANGED)
        return
    try:
        warned = finding_data.change(found.edition, draft, despite_warnings=keep)
    except ValueError:
        _tell(identity, "refused", finding_words.DUE_INVALID.format(value=draft.due))
    except TrygghetskartaError as error:
        if error.cause is StoreCause.CHANGED_MEANWHILE:
            _carry_over(found, draft)
            _tell(identity, "refused", finding_words.FINDING_STALE)
        else:
            _tell(identity, "refused", error_words.error_sentence(error))
    else:
        if warned:
            warned_of((identity, draft))
            told = [(one.found.kind, one.found.text) for one in warned]
            _tell(identity, "warned", finding_words.personal_warning(told))
        else:
            _tell(identity, "done", finding_words.FINDING_SAVED)


def _carry_over(found: Finding, draft: FindingDraft) -> None:
    """Bring what was filled in over to the version that is stored now."""
    now = finding_data.finding(found.edition.identity)
    rebased = draft.rebased(found.draft, now.draft)
    keys = _keys(now)
    for name in _FIELDS:
        st.session_state[keys[name]] = getattr(rebased, name)
    if rebased.status not in [status.value for status in now.statuses]:
        st.session_state[keys["status"]] = now.status.value


def _tell(identity: str, kind: str, sentence: str) -> None:
    st.session_state[_SAID] = (identity, kind, sentence)


def _suggestions(found: Finding) -> None:
    if not found.suggestions:
        return
    st.html(snippets.small_heading(finding_words.MERGE_TITLE))
    for other in found.suggestions:
        st.html(snippets.notice(other.told))
        st.button(
            finding_words.merged_voices(other.voices),
            key=f"merge-{found.edition.identity}-{other.edition.identity}",
            on_click=_merge,
            args=(found, other),
        )


def _absorbed(found: Finding) -> None:
    if not found.absorbed:
        return
    st.html(snippets.small_heading(finding_words.ABSORBED_TITLE))
    for other in found.absorbed:
        st.html(snippets.notice(other.told))
        st.button(
            finding_words.parted_voices(other.voices),
            key=f"unmerge-{found.edition.identity}-{other.edition.identity}",
            on_click=_unmerge,
            args=(found, other),
        )


def _merge(found: Finding, other: Suggestion) -> None:
    kept = other.edition.identity if other.is_earlier else found.edition.identity
    with _told(found.edition.identity, kept, finding_words.MERGED):
        finding_data.merge(found.edition, other.edition, other.is_earlier)
        state.change(finding=kept)


def _unmerge(found: Finding, other: Suggestion) -> None:
    with _told(found.edition.identity, found.edition.identity, finding_words.PARTED):
        finding_data.unmerge(other.edition)


def _remove_photo(found: Finding) -> None:
    with _told(found.edition.identity, found.edition.identity, finding_words.PHOTO_REMOVED):
        finding_data.remove_photo(found.edition)


@contextmanager
def _told(shown: str, afterwards: str, done: str) -> Iterator[None]:
    """Say what became of a step: a refusal beside the finding shown, else beside the next one."""
    try:
        yield
    except TrygghetskartaError as error:
        _tell(shown, "refused", error_words.error_sentence(error))
    else:
        _tell(afterwards, "done", done)
