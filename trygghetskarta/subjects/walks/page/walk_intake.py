"""Import of tracks and lists, several at once, with one line of account for each file."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from trygghetskarta.draw import snippets
from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.intake.walk_reading import WalkDetails
from trygghetskarta.subjects.walks.data import finding_data
from trygghetskarta.terms.walks import WalkType
from trygghetskarta.words import error_words, texts, walk_page_words

_DONE = "walk_outcomes"
_ROUND = "walk_round"
_SUFFIXES = ("gpx", "geojson", "json", "gpkg", "csv", "txt", "xlsx")
_NETWORKS = ("gpkg", "geojson", "json", "zip")


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
            (st.success if stored else st.error)(
                f"**{walk_page_words.plain_markdown(name)}** – {told}"
            )
            for note in notes:
                st.html(snippets.notice(note))


def _form() -> None:
    # A new round is a new set of widgets: the files that are read in are put away.
    turn = st.session_state.setdefault(_ROUND, 0)
    files = st.file_uploader(
        walk_page_words.INTAKE_FILES,
        type=_SUFFIXES,
        accept_multiple_files=True,
        help=walk_page_words.INTAKE_HELP,
        key=f"walk-files-{turn}",
    )
    network = st.file_uploader(
        walk_page_words.INTAKE_NETWORK, type=_NETWORKS, key=f"walk-network-{turn}"
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
        st.session_state[_DONE] = [*_read(files, told), *_read_network(network)]
        st.session_state[_ROUND] = turn + 1
        st.rerun()


def _read(files: list, told: WalkDetails) -> list:
    if not files:
        return []
    bar = st.progress(0.0, walk_page_words.INTAKE_RUNNING)
    try:
        given = [(one.name, one.getvalue()) for one in files]
        outcomes = finding_data.import_files(
            given, told, lambda part: bar.progress(min(part, 1.0), walk_page_words.INTAKE_RUNNING)
        )
    finally:
        bar.empty()
    return finding_data.outcome_lines(outcomes)


def _read_network(network: UploadedFile | None) -> list[tuple[str, bool, str, tuple[str, ...]]]:
    if network is None:
        return []
    try:
        told = finding_data.import_network(network.name, network.getvalue())
    except TrygghetskartaError as error:
        return [(network.name, False, error_words.error_sentence(error), ())]
    return [(network.name, True, told, ())]
