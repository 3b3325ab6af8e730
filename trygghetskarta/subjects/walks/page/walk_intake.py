"""Import of tracks and lists, several at once, with one line of account for each file."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from trygghetskarta.desk import column_form, file_work, panel
from trygghetskarta.desk.file_work import Upload
from trygghetskarta.draw import snippets
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.intake import walk_lists
from trygghetskarta.intake.receiving import Waiting
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

_BOXES = {True: st.success, None: st.warning, False: st.error}
"""By whether a file was stored; None for one that waits for an answer."""


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
            _BOXES[stored](f"**{plain_markdown(name)}** – {told}")
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
    file_work.expect_files(bool(files) or network is not None)
    given = [
        one
        for file in files
        for one in finding_data.files_in(Upload(file.file_id, file.name, file.getvalue()))
    ]
    lists, is_open = _lists(given)
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
            walk_page_words.INTAKE_RUN,
            type="primary",
            disabled=is_open or not files and network is None,
        )
    if sent:
        told = WalkDetails(WalkType(kind), people, team.strip() or None)
        st.session_state[_DONE] = [*_read(given, told, lists), *_read_network(network)]
        st.session_state[_ROUND] = turn + 1
        st.rerun()


def _lists(given: Sequence[Upload]) -> tuple[dict[str, Waiting], bool]:
    """What the columns of lists mean, to be changed; and whether a table must be chosen first.

    By the SHA-256 of the file. Folded away where nothing has to be said.
    """
    lists: dict[str, Waiting] = {}
    is_open = False
    for file in given:
        if not walk_lists.is_list(file.name):
            continue
        try:
            waiting = _list(file)
        except TrygghetskartaError:
            # Told with the others when they are read in.
            continue
        if waiting is None:
            is_open = True
        else:
            lists[waiting.sha256] = waiting
    return lists, is_open


def _list(file: Upload) -> Waiting | None:
    found = finding_data.received(file, None)
    title = walk_page_words.INTAKE_LIST.format(file=plain_markdown(file.name))
    if isinstance(found, Waiting) and not found.other_sheets:
        if not walk_lists.has_columns(found):
            return found
        with st.expander(title, expanded=not walk_lists.is_understood(found)):
            return column_form.show(found)
    with st.expander(title, expanded=True):
        read = found.sheet if isinstance(found, Waiting) else ""
        names = [read, *found.other_sheets] if isinstance(found, Waiting) else found
        chosen = column_form.table_of(file.identity, names, read)
        if chosen is None:
            return None
        layer = None if chosen == read else chosen
        return column_form.show(finding_data.received(file, layer))


def _read(
    given: Sequence[Upload],
    told: WalkDetails,
    lists: Mapping[str, Waiting],
    confirmed: frozenset[DoubtKind] = frozenset(),
) -> list:
    """Import files and tell what became of each; those in doubt wait to be confirmed."""
    st.session_state.pop(_WAITING, None)
    if not given:
        return []
    try:
        outcomes = finding_data.import_files(given, told, lists, confirmed)
    except TrygghetskartaError as error:
        st.session_state[_WAITING] = (told, lists, [])
        return [(given[0].name, False, error_words.error_sentence(error), ())]
    pairs = zip(outcomes, given, strict=True)
    doubted = [(file, one.doubts) for one, file in pairs if one.doubts]
    st.session_state[_WAITING] = (told, lists, doubted)
    return finding_data.outcome_lines(outcomes)


def _doubts() -> None:
    """Ask about the files that wait, and import those of which everything is ticked."""
    told, lists, waiting = st.session_state.get(_WAITING, (None, {}, []))
    if not waiting:
        return
    st.html(snippets.small_heading(doubt_words.DOUBTS_TITLE))
    st.html(snippets.notice(doubt_words.DOUBTS_HELP))
    sure = []
    for file, found in waiting:
        st.markdown(f"**{plain_markdown(file.name)}**")
        if all(panel.doubts(file.name, found)):
            sure.append((file, found))
    if st.button(import_words.SAVE_BUTTON, type="primary", disabled=not sure):
        kinds = frozenset(doubt.kind for _, found in sure for doubt in found)
        left = [one for one in waiting if one not in sure]
        st.session_state[_DONE] = _read([file for file, _ in sure], told, lists, kinds)
        st.session_state[_WAITING] = (told, lists, left + st.session_state[_WAITING][2])
        st.rerun()


def _read_network(network: UploadedFile | None) -> list[tuple[str, bool, str, tuple[str, ...]]]:
    if network is None:
        return []
    try:
        told, noticed = finding_data.import_network(
            Upload(network.file_id, network.name, network.getvalue())
        )
    except TrygghetskartaError as error:
        return [(network.name, False, error_words.error_sentence(error), ())]
    return [(network.name, True, told, noticed)]
