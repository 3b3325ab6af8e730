"""What stands round the map: banner, heading, profile, table, caption, downloads."""

from collections.abc import Callable, Iterable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from trygghetskarta.desk import data, file_data
from trygghetskarta.desk.sort_table import sort_table
from trygghetskarta.draw import snippets
from trygghetskarta.draw.chart import charts
from trygghetskarta.draw.shown import Shown
from trygghetskarta.draw.table import area_lists, profile_lists
from trygghetskarta.draw.table.listing import Listing
from trygghetskarta.gate.area_profile import AreaProfile
from trygghetskarta.terms.audience import ShowRule
from trygghetskarta.terms.doubts import Doubt
from trygghetskarta.words import doubt_words, file_words, map_words
from trygghetskarta.words.safe import file_name, plain_markdown

_LONG_TABLE = 400
"""Rows that are sent with every change of a filter; more would be felt."""


def banner(municipality: str, is_example: bool) -> None:
    """Head of the page, with the example mark while it holds."""
    st.html(snippets.banner(municipality, is_example))


def doubts(file: str, found: Sequence[Doubt]) -> list[bool]:
    """What is asked of a file, each with a box to tick; which are ticked."""
    said = [doubt_words.doubt_sentence(doubt) for doubt in found]
    # What is said is part of the key: another figure is ticked anew.
    return [st.checkbox(plain_markdown(one), key=f"doubt-{file}-{one}") for one in said]


def grid(listed: Listing, key: str | None = None) -> None:
    """A list as a plain grid."""
    st.dataframe(listed.frame, hide_index=True, width="stretch", key=key)


def heading(shown: Shown) -> None:
    """Title and one-sentence summary."""
    st.html(snippets.heading(shown.title, shown.summary))


def profile(found: AreaProfile, rule: ShowRule, caveats: tuple[str, ...]) -> None:
    """Figures, series and types of one area."""
    st.html(snippets.place_title(found.name, found.label))
    st.html(snippets.key_figures(found.figures, found.share, rule))
    if found.series is None:
        st.html(snippets.notice(map_words.SERIES_HIDDEN))
    else:
        st.html(snippets.small_heading(map_words.PROFILE_SERIES))
        st.vega_lite_chart(charts.monthly_series(found.series), width="stretch")
        st.html(snippets.series_legend())
        with st.expander(map_words.SERIES_TABLE):
            grid(profile_lists.series_table(found.series))
    if found.types is None:
        st.html(snippets.notice(map_words.TYPES_HIDDEN))
    elif len(found.types):
        st.html(snippets.small_heading(map_words.PROFILE_TYPES))
        st.vega_lite_chart(charts.offence_types(found.types), width="stretch")
    notices = (*caveats, map_words.VULNERABLE_CAVEAT) if found.label else caveats
    for caveat in notices:
        st.html(snippets.notice(caveat))


def table(shown: Shown) -> None:
    """The content of the map as a table; a very long one only when it is asked for."""
    st.html(snippets.small_heading(map_words.TABLE))
    n = len(shown.names)
    if n <= _LONG_TABLE or st.toggle(file_words.SHOW_TABLE.format(n=n)):
        sort_table(area_lists.area_table(shown), key="area-table")


def caption(shown: Shown) -> None:
    """The lines that follow the figures."""
    st.html(snippets.caption(shown.caption))


def deck_buttons(title: str, make: Callable[[str], bytes], place: str = "") -> None:
    """A button for each kind of file that is made of a presentation, made when it is asked for."""
    st.html(snippets.small_heading(file_words.DOWNLOAD_DECK))
    columns = st.columns(len(file_data.DECK_FILES))
    for column, (kind, (media, suffix)) in zip(columns, file_data.DECK_FILES.items(), strict=True):
        with column:
            st.download_button(
                file_words.DECK_FILE_NAMES[kind],
                lambda kind=kind: make(kind),
                file_name=f"{file_name(title)}.{suffix}",
                mime=media,
                on_click="ignore",
                width="stretch",
                key=f"deck-{kind}{place}",
            )


def download_buttons(title: str, make: Callable[[str], bytes]) -> None:
    """A button for each kind of file, named after what is shown."""
    st.html(snippets.small_heading(file_words.DOWNLOAD_FIGURES))
    _file_buttons(st.columns(len(data.FILES)), data.FILES, title, make, "download")


def list_buttons(title: str, make: Callable[[str], bytes], key: str) -> None:
    """A button for each kind of file that a list can be had as."""
    _file_buttons(st.columns([2, 2, 8]), data.LIST_FILES, title, make, key)


def _file_buttons(
    columns: Sequence[DeltaGenerator],
    kinds: Iterable[str],
    title: str,
    make: Callable[[str], bytes],
    key: str,
) -> None:
    for column, kind in zip(columns, kinds, strict=False):
        column.download_button(
            map_words.DOWNLOAD_NAMES[kind],
            lambda kind=kind: make(kind),
            file_name=f"{file_name(title)}.{kind}",
            mime=data.FILES[kind],
            on_click="ignore",
            width="stretch",
            key=f"{key}-{kind}",
        )


def events(answer: data.ViewAnswer) -> None:
    """The police's published news of the period, with what they are not."""
    found = data.events(answer)
    with st.expander(map_words.events_title(len(found))):
        st.html(snippets.notice(map_words.EVENTS_SENTENCE))
        if len(found):
            grid(profile_lists.events_table(found))
