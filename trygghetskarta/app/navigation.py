"""The pages and the frame round them; errors raised on purpose become one Swedish sentence."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from trygghetskarta.desk import address, file_work, language, lock, open_code, state, style, window
from trygghetskarta.desk.pressed import say_refused
from trygghetskarta.errors import AccessError, TrygghetskartaError
from trygghetskarta.gate import view_code
from trygghetskarta.gate.links import to_query
from trygghetskarta.subjects.actions.page import actions_page
from trygghetskarta.subjects.compare import page as compare_page
from trygghetskarta.subjects.dialogue.page import dialogue_page, present_page
from trygghetskarta.subjects.hotspots.page import hotspot_page
from trygghetskarta.subjects.imports.page import data_page
from trygghetskarta.subjects.map.page import about_page, map_page
from trygghetskarta.subjects.meeting import data as meeting_data
from trygghetskarta.subjects.meeting.page import meeting_page, voice_page, wall_page
from trygghetskarta.subjects.perception.page import perception_page
from trygghetskarta.subjects.reports.page import situation_page
from trygghetskarta.subjects.walks.page import report_page, walks_page
from trygghetskarta.subjects.when.page import when_page
from trygghetskarta.words import (
    action_words,
    compare_words,
    dialogue_words,
    error_words,
    meeting_words,
    perception_words,
    report_page_words,
    texts,
    walk_page_words,
)

_BARE = ("tyck-till", "motesbild")
"""Addresses of pages for those who come to a meeting: no menu leads away from them."""


def run() -> None:
    """Register the pages and run the one that is asked for.

    In a process for meetings only, and in a browser that is locked in the dialogue, there are no
    other pages, whatever a browser asks for.
    """
    if meeting_data.is_public_only():
        _draw(st.navigation(_meeting_pages(is_all=True), position="hidden"), is_bare=True)
        return
    if lock.held():
        _draw(st.navigation(_dialogue_pages(), position="hidden"))
        return
    first = _page(map_page.show, texts.PAGE_MAP, "karta")
    # Pages of one errand share a menu; those that are used most stand open.
    sections = {
        "": [
            first,
            _page(hotspot_page.show, texts.PAGE_HOTSPOTS, "hotspots"),
            _page(when_page.show, texts.PAGE_WHEN, "nar"),
            _page(compare_page.show, compare_words.PAGE_COMPARE, "jamfor"),
            _page(perception_page.show, perception_words.PAGE_PERCEPTION, "sakerhet-trygghet"),
        ],
        texts.SECTION_WALKS: [
            _page(walks_page.show, walk_page_words.PAGE_WALKS, "vandringar"),
            _page(report_page.show, walk_page_words.PAGE_REPORT, "rapportera"),
        ],
        meeting_words.SECTION_DIALOGUE: [
            _page(dialogue_page.show, dialogue_words.PAGE_DIALOGUE, "medborgardialog"),
            _page(meeting_page.show, meeting_words.PAGE_MEETING, "mote"),
        ],
        report_page_words.SECTION_REPORTS: [
            _page(actions_page.show, action_words.PAGE_ACTIONS, "atgarder"),
            _page(situation_page.show, report_page_words.PAGE_SITUATION, "lagesbild"),
        ],
        texts.SECTION_DATA: [
            _page(data_page.show, texts.PAGE_DATA, "data"),
            _page(about_page.show, texts.PAGE_ABOUT, "om"),
        ],
    }
    # Streamlit gives its default page no address of its own, and /karta must open.
    start = _page(lambda: _start(first), texts.APP, "start", default=True, visibility="hidden")
    is_bare = _address() in _BARE
    bare = _meeting_pages(is_all=False)
    full = _page(present_page.show, dialogue_words.PAGE_PRESENT, lock.ADDRESS, visibility="hidden")
    shown = {**sections, "": [start, full, *sections[""], *bare]}
    chosen = st.navigation(shown, position="hidden" if is_bare else "top")
    pages = [page for section in sections.values() for page in section]
    _draw(chosen, is_bare, {page.url_path: page for page in pages})


def _meeting_pages(is_all: bool) -> list[st.Page]:
    """Pages for those who come to a meeting; hidden in menus, and the first is the only door."""
    door = _page(voice_page.show, meeting_words.PAGE_VOICE, "", default=True, visibility="hidden")
    found = [
        _page(voice_page.show, meeting_words.PAGE_VOICE, _BARE[0], visibility="hidden"),
        _page(wall_page.show, meeting_words.PAGE_WALL, _BARE[1], visibility="hidden"),
    ]
    return [door, *found] if is_all else found


def _dialogue_pages() -> list[st.Page]:
    """The full screen under its own address, and as the door of every other one."""
    return [
        _page(present_page.show, dialogue_words.PAGE_PRESENT, "", default=True),
        _page(present_page.show, dialogue_words.PAGE_PRESENT, lock.ADDRESS),
    ]


def _draw(
    chosen: st.Page, is_bare: bool = False, coded: Mapping[str, st.Page] | None = None
) -> None:
    """Draw a page; a code in the address leads to the pages given, and nowhere without them."""
    style.apply()
    if is_bare:
        style.apply_bare()
    language.speak_swedish()
    window.heed()
    if coded is not None:
        _open_code(coded)
    chosen.run()


def _open_code(pages: Mapping[str, st.Page]) -> None:
    """Follow a code in the address to its page; the user's own group stays chosen."""
    typed = open_code.typed()
    if not typed:
        return
    try:
        coded = view_code.decode(typed)
    except AccessError as error:
        st.error(error_words.error_sentence(error))
        return
    choice = replace(coded.choice, team=state.load().team)
    state.keep(choice)
    st.switch_page(pages[coded.page], query_params=to_query(choice))


def _start(first: st.Page) -> None:
    """Lead to the first page; who goes back in the browser is let past."""
    if address.is_travelled():
        map_page.show()
    else:
        st.switch_page(
            first, query_params={name: st.query_params.get_all(name) for name in st.query_params}
        )


def _address() -> str:
    return (st.context.url or "").rstrip("/").rpartition("/")[2]


def _page(show: Callable[[], None], title: str, path: str, **how: Any) -> st.Page:
    def guarded() -> None:
        say_refused()
        file_work.say_called_off()
        try:
            show()
        except TrygghetskartaError as error:
            st.error(error_words.error_sentence(error))

    return st.Page(guarded, title=title, url_path=path or None, **how)
