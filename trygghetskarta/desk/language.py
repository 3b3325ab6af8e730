"""Makes Streamlit's own words Swedish, and the page's language with them."""

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

import streamlit as st

from trygghetskarta.words import texts


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "language", js=(resources.files(__package__) / "language.js").read_text("utf-8")
    )


def speak_swedish() -> None:
    """Translate the words Streamlit writes itself, on this page and on every later change."""
    _component()(
        key="language",
        data={"words": texts.STREAMLIT_WORDS, "patterns": texts.STREAMLIT_PATTERNS},
    )
