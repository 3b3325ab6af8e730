"""Import of tracks and lists, several at once, with one line of account for each file."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from trygghetskarta.desk import panel
from trygghetskarta.draw import snippets
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.intake.walk_reading import WalkDetails
from trygghetskarta.subjects.walks.data import finding_data
from trygghetskarta.terms.doubts import DoubtKind
from trygghetskarta.terms.file_forms import PLACES, TRACKS, endings
from trygghetskarta.terms.walks import WalkType
from trygghetskarta.words import (
    doubt_words,
    error_words,
    import_words,
    texts,
    walk_page_words,
)
from trygghetskarta.words.safe import plain_markdown

_WAITING = "walk_doubts"
_DONE = "walk_outcomes"
_ROUND = "walk_round"


def show(is_open: bool) -> None:
    """Offer the import, and tell what became of the latest one.

    Parameters
    ----------
    is_open
        Whether it is unfolded from the beginning: there is nothing else to do.
    """
    # Told until the next import: folding it away by itself would hide what was just chosen.
    done = st.session_state.get(_DONE, [])
    with st.expander(walk_page_words.INTAKE_TITLE, expanded=is_open or bool(done)):
        _form()
        for name, stored, told, notes in done:
            (st.success if stored else st.error)(f"**{plain_markdown(name)}** – {told}")
            for note in notes:
                st.html(snippets.notice(note))
        _doubts()


def _form() -> None:
    # A new round is a new set of widgets: the files that are read in are put away.
    turn = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        walk_page_words.INTAKE_FILES,
        type=endings(TRACKS),
        accept_multiple_files=True,
        help=walk_page_words.INTAKE_HELP,
        key=f"walk-files-{turn}",
    )
    network = st.file_uploader(
        walk_page_words.INTAKE_NETWORK, type=endings(PLACES), key=f"walk-network-{turn}"
    )
    with st.form("walk-told", border=False):
        first, second, third = st.columns(3)
        with first:
            kind = st.selectbox(
                walk_page_words.INTAKE_TYPE,
                [WalkType.PRESENCE.value, WalkType.AUDIT.value],
                format_func=lambda value: texts.WALK_TYPES[value],
                key="walk-kind",
            )
        with second:
            people = st.number_input(
                walk_page_words.INTAKE_PEOPLE,
                min_value=1,
                max_value=200,
                value=None,
                key=f"walk-people-{turn}",
            )
        with third:
            team = st.text_input(
                walk_page_words.INTAKE_TEAM,
                help=walk_page_words.INTAKE_TEAM_HELP,
                max_chars=60,
                key=f"walk-team-{turn}",
            )
        sent = st.form_submit_button(
            walk_page_words.INTAKE_RUN, type="primary", disabled=not files and network is None
        )
    if sent:
        told = WalkDetails(WalkType(kind), people, team.strip() or None)
        given = [(one.name, one.getvalue()) for one in files]
        st.session_state[_DONE] = [*_read(given, told), *_read_network(network)]
        st.session_state[_ROUND] = turn + 1
        st.rerun()


def _read(
    given: Sequence[tuple[str, bytes]],
    told: WalkDetails,
    confirmed: frozenset[DoubtKind] = frozenset(),
) -> list:
    """Import files and tell what became of each; those in doubt wait to be confirmed."""
    st.session_state.pop(_WAITING, None)
    if not given:
        return []
    bar = st.progress(0.0, walk_page_words.INTAKE_RUNNING)
    try:
        outcomes = finding_data.import_files(
            given,
            told,
            lambda part: bar.progress(min(part, 1.0), walk_page_words.INTAKE_RUNNING),
            confirmed,
        )
    finally:
        bar.empty()
    pairs = zip(outcomes, given, strict=True)
    st.session_state[_WAITING] = (told, [(*file, one.doubts) for one, file in pairs if one.doubts])
    return finding_data.outcome_lines(outcomes)


def _doubts() -> None:
    """Ask about the files that wait, and import those of which everything is ticked."""
    told, waiting = st.session_state.get(_WAITING, (None, []))
    if not waiting:
        return
    st.html(snippets.small_heading(doubt_words.DOUBTS_TITLE))
    st.html(snippets.notice(doubt_words.DOUBTS_HELP))
    sure = []
    for name, content, found in waiting:
        st.markdown(f"**{plain_markdown(name)}**")
        if all(panel.doubts(name, found)):
            sure.append((name, content, found))
    if st.button(import_words.SAVE_BUTTON, type="primary", disabled=not sure):
        kinds = frozenset(doubt.kind for _, _, found in sure for doubt in found)
        left = [one for one in waiting if one not in sure]
        st.session_state[_DONE] = _read([one[:2] for one in sure], told, kinds)
        st.session_state[_WAITING] = (told, left + st.session_state[_WAITING][1])
        st.rerun()


def _read_network(network: UploadedFile | None) -> list[tuple[str, bool, str, tuple[str, ...]]]:
    if network is None:
        return []
    try:
        told, noticed = finding_data.import_network(network.name, network.getvalue())
    except TrygghetskartaError as error:
        return [(network.name, False, error_words.error_sentence(error), ())]
    return [(network.name, True, told, noticed)]
