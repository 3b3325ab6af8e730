"""Makes Streamlit's own words Swedish, and the page's language with them."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.words import texts


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("language", js=browser_file(__package__, "language.js"))


def speak_swedish() -> None:
    """Translate the words Streamlit writes itself, on this page and on every later change."""
    _component()(
        key="language",
        data={"words": texts.STREAMLIT_WORDS, "patterns": texts.STREAMLIT_PATTERNS},
    )
