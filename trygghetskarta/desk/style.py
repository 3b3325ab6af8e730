"""The pages' style sheet, on top of the theme in ``.streamlit/config.toml``."""

from functools import cache
from importlib import resources

import streamlit as st


@cache
def _sheet(name: str) -> str:
    return (resources.files("trygghetskarta.desk") / "assets" / name).read_text("utf-8")


def apply() -> None:
    """Put the style sheet on the page."""
    st.html(f"<style>{_sheet('page.css')}</style>")


def apply_bare() -> None:
    """Take the frame away from round the page."""
    st.html(f"<style>{_sheet('bare.css')}</style>")
