"""The pages' style sheet, on top of the theme in ``.streamlit/config.toml``."""

import streamlit as st

from trygghetskarta.desk import assets
from trygghetskarta.draw.browser_files import browser_file


def apply() -> None:
    """Put the style sheet on the page."""
    st.html(f"<style>{browser_file(assets.__name__, 'page.css')}</style>")


def apply_bare() -> None:
    """Take the frame away from round the page."""
    st.html(f"<style>{browser_file(assets.__name__, 'bare.css')}</style>")
