"""The pages and the frame round them; errors raised on purpose become one Swedish sentence."""

from collections.abc import Callable

import streamlit as st

from trygghetskarta.errors import TrygghetskartaError
from trygghetskarta.render import texts
from trygghetskarta.ui.components import language, style
from trygghetskarta.ui.views import (
    about_page,
    compare_page,
    data_page,
    hotspot_page,
    map_page,
    measures_page,
    report_page,
    walks_page,
    when_page,
)


def run() -> None:
    """Register the pages and run the one that is asked for."""
    pages = [
        _page(map_page.show, texts.PAGE_MAP, "karta"),
        _page(hotspot_page.show, texts.PAGE_HOTSPOTS, "hotspots"),
        _page(when_page.show, texts.PAGE_WHEN, "nar"),
        _page(compare_page.show, texts.PAGE_COMPARE, "jamfor"),
        _page(walks_page.show, texts.PAGE_WALKS, "vandringar"),
        _page(measures_page.show, texts.PAGE_MEASURES, "atgarder"),
        _page(report_page.show, texts.PAGE_REPORT, "rapportera"),
        _page(data_page.show, texts.PAGE_DATA, "data"),
        _page(about_page.show, texts.PAGE_ABOUT, "om"),
    ]
    # Streamlit gives its default page no address of its own, and /karta must open.
    start = st.Page(
        lambda: st.switch_page(pages[0], query_params=st.query_params.to_dict()),
        title=texts.APP,
        url_path="start",
        default=True,
        visibility="hidden",
    )
    chosen = st.navigation([start, *pages], position="top")
    style.apply()
    language.speak_swedish()
    chosen.run()


def _page(show: Callable[[], None], title: str, address: str) -> st.Page:
    def guarded() -> None:
        try:
            show()
        except TrygghetskartaError as error:
            st.error(texts.error_sentence(error))

    return st.Page(guarded, title=title, url_path=address)
