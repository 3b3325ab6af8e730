"""What stands instead of the map where it is started without its door, its lock and its headers."""

import streamlit as st

from trygghetskarta.desk.assets import icon
from trygghetskarta.words import command_words, texts

_COMMAND = "python -m trygghetskarta start"


def show() -> None:
    """Tell how the map is started; nothing of the store is opened."""
    st.set_page_config(page_title=texts.APP, page_icon=icon())
    st.title(command_words.HOW_TO_START)
    st.write(command_words.HOW_TO_START_WHY)
    st.code(_COMMAND, language=None)
    st.write(command_words.HOW_TO_START_DEMO)
