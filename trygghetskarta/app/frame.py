"""The frame: page settings, then the pages. Streamlit runs it as a script."""

import streamlit as st

from trygghetskarta.app import navigation
from trygghetskarta.desk.assets import icon
from trygghetskarta.words import texts


def draw() -> None:
    """Draw the page that is asked for."""
    st.set_page_config(page_title=texts.APP, page_icon=icon(), layout="wide")
    navigation.run()


if __name__ == "__main__":
    draw()
