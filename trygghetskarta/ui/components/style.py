"""The pages' one style sheet, on top of the theme in ``.streamlit/config.toml``."""

from functools import cache
from importlib import resources

import streamlit as st


@cache
def _sheet() -> str:
    return (resources.files("trygghetskarta.ui") / "assets" / "page.css").read_text("utf-8")


def apply() -> None:
    """Put the style sheet on the page."""
    st.html(f"<style>{_sheet()}</style>")
