"""What a page shows instead of a dead end: the steps to a first figure of one's own."""

from collections.abc import Sequence

import streamlit as st

from trygghetskarta.desk import data, panel
from trygghetskarta.draw import snippets
from trygghetskarta.terms.imports import TableKind
from trygghetskarta.words import import_words, map_words, texts, walk_page_words


def opened(*, is_map: bool = False) -> bool:
    """Draw the head of a page that counts offences; gives whether the rest can be drawn.

    Without offences the steps to the first ones stand there instead.

    Parameters
    ----------
    is_map
        Whether the page is the map, where the figure will stand.
    """
    ground = data.ground()
    panel.banner(ground.municipality, ground.is_example)
    if ground.lacks:
        offences(ground.lacks, is_map=is_map)
    return not ground.lacks


def offences(lacks: TableKind, *, has_heading: bool = False, is_map: bool = False) -> None:
    """The steps to the first counted offence; borders come first where there are none.

    Parameters
    ----------
    lacks
        What must be read in.
    has_heading
        Whether the page has a heading of its own.
    is_map
        Whether the page is the map, where the figure will stand.
    """
    is_bare = lacks is TableKind.DISTRICTS
    title = map_words.NO_DISTRICTS_TITLE if is_bare else map_words.EMPTY_TITLE
    intro = map_words.NO_DISTRICTS_BODY if is_bare else map_words.FIRST_INTRO
    st.html(snippets.small_heading(title) if has_heading else snippets.heading(title, intro))
    show((TableKind.INCIDENTS,), None if is_map else ("karta", texts.PAGE_MAP))


def walks() -> None:
    """The steps to the first walk, which is read in on the page itself, or reported."""
    st.html(snippets.notice(walk_page_words.WALKS_EMPTY))
    kinds = (TableKind.WALKS, TableKind.OBSERVATIONS)
    report = ("rapportera", walk_page_words.PAGE_REPORT)
    show(kinds, read=map_words.FIRST_WALKS, at=report)


def show(
    kinds: Sequence[TableKind],
    see: tuple[str, str] | None = None,
    read: tuple[str, str] = map_words.FIRST_READ,
    at: tuple[str, str] = ("data", texts.PAGE_DATA),
) -> None:
    """Draw the three steps.

    Parameters
    ----------
    kinds
        What is read in, the most needed first.
    see
        Address and name of the page where the figure then stands, None when it is this one.
    read, at
        How the file is read in, and the address and name of the page for it.
    """
    fill, take, look = st.columns(3, gap="medium")
    with fill.container(border=True, height="stretch"):
        st.html(snippets.step(1, *map_words.FIRST_FILL))
        for kind in kinds:
            template_button(kind)
    for column, number, words, link in (
        (take, 2, read, at),
        (look, 3, map_words.FIRST_LOOK, see),
    ):
        with column.container(border=True, height="stretch"):
            st.html(snippets.step(number, *words))
            if link:
                address, name = link
                st.html(snippets.open_link(address, map_words.FIRST_OPEN.format(page=name)))
    st.html(snippets.notice(map_words.FIRST_EXAMPLE))


def template_button(kind: TableKind) -> None:
    """Offer the template of a kind, where there is one."""
    if kind not in data.TEMPLATES:
        return
    st.download_button(
        import_words.template_label(kind),
        lambda: data.template(kind),
        file_name=import_words.template_file(kind),
        mime="text/csv",
        on_click="ignore",
        key=f"template-{kind.value}",
    )
