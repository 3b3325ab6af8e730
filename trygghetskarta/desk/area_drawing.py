"""An area drawn on a map: a press puts a corner, and corners can be typed as well."""

import streamlit as st

from trygghetskarta.desk import typed_corners
from trygghetskarta.draw import snippets
from trygghetskarta.words import action_words


def corners(key: str) -> tuple[tuple[float, float], ...]:
    """Corners as typed or pressed; those after the first that cannot be read are left out."""
    read: tuple[tuple[float, float], ...] = ()
    for line in st.session_state.get(f"{key}corners", "").splitlines():
        try:
            read = (*read, *typed_corners.read_corners(line))
        except ValueError:
            break
    return read


def add(key: str, latitude: float, longitude: float) -> None:
    """Add a corner that was pressed on the map."""
    _write(key, (*corners(key), (latitude, longitude)))


def box(key: str) -> None:
    """Let corners be typed, and taken back."""
    st.text_area(
        action_words.CORNERS, key=f"{key}corners", help=action_words.CORNERS_HELP, height=110
    )
    drawn = corners(key)
    st.html(snippets.notice(action_words.corners_told(len(drawn))))
    undo, clear = st.columns(2)
    with undo:
        st.button(
            action_words.DRAW_UNDO,
            on_click=_write,
            args=(key, drawn[:-1]),
            disabled=not drawn,
            key=f"{key}undo",
        )
    with clear:
        st.button(
            action_words.DRAW_CLEAR,
            on_click=_write,
            args=(key, ()),
            disabled=not drawn,
            key=f"{key}clear",
        )


def _write(key: str, drawn: tuple[tuple[float, float], ...]) -> None:
    st.session_state[f"{key}corners"] = typed_corners.write_corners(drawn)
