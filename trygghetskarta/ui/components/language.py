"""Makes Streamlit's own words Swedish, and the page's language with them."""

from functools import cache
from importlib import resources

import streamlit as st

from trygghetskarta.render import texts


@cache
def _component():
    return st.components.v2.component(
        "language", js=(resources.files(__package__) / "language.js").read_text("utf-8")
    )


def speak_swedish() -> None:
    """Translate the words Streamlit writes itself, on this page and on every later change."""
    _component()(
        key="language",
        data={"words": texts.STREAMLIT_WORDS, "patterns": texts.STREAMLIT_PATTERNS},
    )
