"""What stands round the map of walks: figures, tables, gaps and papers."""

import streamlit as st

from trygghetskarta.desk import panel
from trygghetskarta.desk.file_data import DOCX, PDF
from trygghetskarta.desk.sort_table import sort_table
from trygghetskarta.draw import snippets
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.gate.choice import Choice
from trygghetskarta.subjects.walks.data import walk_data
from trygghetskarta.subjects.walks.data.walk_data import WalkAnswer
from trygghetskarta.subjects.walks.page import walk_controls
from trygghetskarta.words import finding_words, texts, walk_page_words, walk_words
from trygghetskarta.words.safe import file_name


def figures(found: WalkAnswer) -> None:
    """The four figures of a choice, each with its interval or what it rests on."""
    st.html(snippets.cards(walk_data.figures(found)))


def findings(found: WalkAnswer) -> None:
    """The listed findings, and those that may be the same."""
    table = walk_data.findings_table(found)
    _table(finding_words.FINDINGS_TABLE, table, finding_words.FINDINGS_NONE, "findings", 5, False)
    pairs = walk_data.duplicates(found)
    if pairs.rows:
        with st.expander(finding_words.DUPLICATES.format(n=len(pairs.rows))):
            sort_table(pairs, key="duplicates", column=1)
    places = walk_data.recurring_table(found)
    _table(finding_words.RECURRING, places, finding_words.RECURRING_NONE, "recurring", 2, False)


def when(found: WalkAnswer) -> None:
    """When somebody has been out and when not, how much of the streets, and what happens there."""
    hours, words = st.columns([6, 5], gap="medium")
    with hours:
        _presence(found)
        _coverage(found)
    with words:
        _gaps(found)
    _near(found)


def _presence(found: WalkAnswer) -> None:
    """When somebody has been out, and when nobody has."""
    st.html(snippets.small_heading(walk_page_words.PRESENCE_HOURS))
    if not found.told.presence.person_minutes:
        st.html(snippets.notice(walk_page_words.PRESENCE_NONE))
        return
    st.vega_lite_chart(walk_data.hours_chart(found), width="stretch")
    with st.expander(walk_page_words.PRESENCE_TABLE):
        panel.grid(walk_data.hours_table(found))


def _gaps(found: WalkAnswer) -> None:
    """The gaps in words."""
    st.html(snippets.small_heading(walk_page_words.GAPS))
    st.html(snippets.paragraphs(walk_data.gaps(found) or (walk_page_words.GAPS_NONE,)))
    st.html(snippets.notice(walk_page_words.GAPS_HELP))


def _coverage(found: WalkAnswer) -> None:
    """How much of the streets was walked."""
    st.html(snippets.small_heading(walk_page_words.COVERAGE))
    told = found.told.coverage
    if told is None:
        st.html(snippets.notice(walk_page_words.COVERAGE_NONE))
        return
    line = walk_page_words.coverage_sentence(told.metres, told.share, told.network_metres)
    st.html(snippets.paragraphs((line,)))


def _near(found: WalkAnswer) -> None:
    """Offences near the routes beside those near other streets; counted when it is asked for."""
    with st.expander(walk_page_words.NEAR):
        st.html(snippets.notice(walk_page_words.NEAR_HELP))
        if not st.button(walk_page_words.NEAR_RUN):
            return
        with st.spinner(texts.LOADING_MAP, show_time=False):
            table, told = walk_data.near(found)
        sort_table(table, key="near")
        lines = [told] if walk_data.has_network() else [told, walk_page_words.NEAR_NO_NETWORK]
        st.html(snippets.caption(lines))


def walks(found: WalkAnswer) -> None:
    """The chosen walks."""
    table = walk_data.walks_table(found)
    _table(walk_page_words.WALKS_TABLE, table, walk_page_words.WALKS_NONE, "walks", 0, False)
    if found.chosen.undated:
        st.html(snippets.notice(walk_page_words.walks_undated(found.chosen.undated)))


def papers(found: WalkAnswer, choice: Choice) -> None:
    """The minutes of a walk and the season's sheet, made when they are asked for."""
    st.html(snippets.small_heading(walk_page_words.PAPERS))
    names = walk_data.walk_choices(found)
    walk_controls.walk(choice, names)
    first, second, third, fourth = st.columns(4)
    chosen = choice.walk if choice.walk in names else ""
    title = file_name(names.get(chosen, walk_page_words.PAPERS))
    season = walk_data.season_span(found)
    for column, kind, media, label in (
        (first, "pdf", PDF, walk_page_words.PAPER_PDF),
        (second, "docx", DOCX, walk_page_words.PAPER_DOCX),
    ):
        with column:
            st.download_button(
                label,
                lambda kind=kind: walk_data.minutes_file(chosen, kind),
                file_name=f"{title}.{kind}",
                mime=media,
                on_click="ignore",
                width="stretch",
                disabled=not chosen,
                key=f"minutes-{kind}",
            )
    with third:
        st.download_button(
            walk_page_words.SEASON_PDF,
            lambda: walk_data.season_file(season),
            file_name=f"{file_name(walk_data.season_name(season))}.pdf",
            mime=PDF,
            on_click="ignore",
            width="stretch",
            key="season",
        )
    with fourth:
        st.download_button(
            walk_page_words.WALKS_MAP_FILE,
            lambda: walk_data.map_file(choice),
            file_name=f"{file_name(found.title)}.html",
            mime="text/html",
            on_click="ignore",
            width="stretch",
            key="walks-map",
        )
    st.html(snippets.notice(walk_words.season_period(season.start, season.end)))


def _table(heading: str, table: Listing, nothing: str, key: str, column: int, rising: bool) -> None:
    st.html(snippets.small_heading(heading))
    if table.rows:
        sort_table(table, key=f"walk-{key}", column=column, rising=rising)
    else:
        st.html(snippets.notice(nothing))
