"""The button that copies a link to exactly what is seen."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.words import map_words


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component(
        "link",
        js=browser_file(__package__, "link.js"),
        isolate_styles=False,
    )


def copy_link() -> None:
    """Offer the link; zoom and pan are in it because the map keeps them in the address."""
    _component()(key="link", data={"label": map_words.COPY_LINK, "done": map_words.COPIED})
