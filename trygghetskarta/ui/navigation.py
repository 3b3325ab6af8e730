"""The pages and the frame round them; errors raised on purpose become one Swedish sentence."""

from collections.abc import Callable

import streamlit as st

from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.render import texts
from trygghetskarta.ui import lock
from trygghetskarta.ui.components import language, style
from trygghetskarta.ui.views import (
    about_page,
    compare_page,
    data_page,
    dialogue_page,
    hotspot_page,
    map_page,
    present_page,
    report_page,
    walks_page,
    when_page,
)


def run() -> None:
    """Register the pages and run the one that is asked for.

    In a browser that is locked in the dialogue there are no other pages.
    """
    if lock.is_locked():
        _draw(st.navigation(_dialogue_pages(), position="hidden"))
        return
    first = _page(map_page.show, texts.PAGE_MAP, "karta")
    # Pages of one errand share a menu; those that are used most stand open.
    sections = {
        "": [
            first,
            _page(hotspot_page.show, texts.PAGE_HOTSPOTS, "hotspots"),
            _page(when_page.show, texts.PAGE_WHEN, "nar"),
            _page(compare_page.show, texts.PAGE_COMPARE, "jamfor"),
        ],
        texts.SECTION_WALKS: [
            _page(walks_page.show, texts.PAGE_WALKS, "vandringar"),
            _page(report_page.show, texts.PAGE_REPORT, "rapportera"),
        ],
        texts.SECTION_DIALOGUE: [
            _page(dialogue_page.show, texts.PAGE_DIALOGUE, "medborgardialog"),
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
    full = _page(present_page.show, texts.PAGE_PRESENT, lock.ADDRESS, visibility="hidden")
    _draw(st.navigation({**sections, "": [start, full, *sections[""]]}, position="top"))


def _dialogue_pages() -> list[st.Page]:
    """The full screen under its own address, and as the door of every other one."""
    return [
        _page(present_page.show, texts.PAGE_PRESENT, "", default=True),
        _page(present_page.show, texts.PAGE_PRESENT, lock.ADDRESS),
    ]


def _draw(chosen: st.Page) -> None:
    style.apply()
    language.speak_swedish()
    chosen.run()


def _page(show: Callable[[], None], title: str, address: str, **how: object) -> st.Page:
    def guarded() -> None:
        try:
            show()
        except TrygghetskartaError as error:
            st.error(texts.error_sentence(error))

    return st.Page(guarded, title=title, url_path=address or None, **how)
