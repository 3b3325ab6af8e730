"""The pages and the frame round them; errors raised on purpose become one Swedish sentence."""

from collections.abc import Callable

import streamlit as st

from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.render import texts
from trygghetskarta.ui import meeting_data
from trygghetskarta.ui.components import language, style
from trygghetskarta.ui.views import (
    about_page,
    compare_page,
    data_page,
    hotspot_page,
    map_page,
    meeting_page,
    perception_page,
    report_page,
    situation_page,
    voice_page,
    walks_page,
    wall_page,
    when_page,
)

_BARE = ("tyck-till", "motesbild")
"""Addresses of pages for those who come to a meeting: no menu leads away from them."""


def run() -> None:
    """Register the pages and run the one that is asked for.

    A process for meetings only knows no other pages, whatever a browser asks for.
    """
    if meeting_data.is_public_only():
        _draw(st.navigation(_meeting_pages(is_all=True), position="hidden"), is_bare=True)
        return
    first = _page(map_page.show, texts.PAGE_MAP, "karta")
    # Pages of one errand share a menu; those that are used most stand open.
    sections = {
        "": [
            first,
            _page(hotspot_page.show, texts.PAGE_HOTSPOTS, "hotspots"),
            _page(when_page.show, texts.PAGE_WHEN, "nar"),
            _page(compare_page.show, texts.PAGE_COMPARE, "jamfor"),
            _page(perception_page.show, texts.PAGE_PERCEPTION, "sakerhet-trygghet"),
        ],
        texts.SECTION_WALKS: [
            _page(walks_page.show, texts.PAGE_WALKS, "vandringar"),
            _page(report_page.show, texts.PAGE_REPORT, "rapportera"),
        ],
        texts.SECTION_DIALOGUE: [
            _page(meeting_page.show, texts.PAGE_MEETING, "mote"),
        ],
        texts.SECTION_REPORTS: [
            _page(situation_page.show, texts.PAGE_SITUATION, "lagesbild"),
        ],
        texts.SECTION_DATA: [
            _page(data_page.show, texts.PAGE_DATA, "data"),
            _page(about_page.show, texts.PAGE_ABOUT, "om"),
        ],
    }
    # Streamlit gives its default page no address of its own, and /karta must open.
    start = st.Page(
        lambda: st.switch_page(first, query_params=st.query_params.to_dict()),
        title=texts.APP,
        url_path="start",
        default=True,
        visibility="hidden",
    )
    is_bare = _address() in _BARE
    bare = _meeting_pages(is_all=False)
    position = "hidden" if is_bare else "top"
    _draw(
        st.navigation({**sections, "": [start, *sections[""], *bare]}, position=position), is_bare
    )


def _meeting_pages(is_all: bool) -> list[st.Page]:
    """Pages for those who come to a meeting; hidden in menus, and the first is the only door."""
    door = _page(voice_page.show, texts.PAGE_VOICE, "", default=True, visibility="hidden")
    found = [
        _page(voice_page.show, texts.PAGE_VOICE, _BARE[0], visibility="hidden"),
        _page(wall_page.show, texts.PAGE_WALL, _BARE[1], visibility="hidden"),
    ]
    return [door, *found] if is_all else found


def _draw(chosen: st.Page, is_bare: bool) -> None:
    style.apply()
    if is_bare:
        style.apply_bare()
    language.speak_swedish()
    chosen.run()


def _address() -> str:
    return (st.context.url or "").rstrip("/").rpartition("/")[2]


def _page(show: Callable[[], None], title: str, address: str, **how: object) -> st.Page:
    def guarded() -> None:
        try:
            show()
        except TrygghetskartaError as error:
            st.error(texts.error_sentence(error))

    return st.Page(guarded, title=title, url_path=address, **how)
