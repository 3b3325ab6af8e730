"""The frame: page settings, then the pages. Streamlit runs it as a script."""

import streamlit as st

from trygghetskarta.render import texts
from trygghetskarta.ui import navigation
from trygghetskarta.ui.assets import icon


def draw() -> None:
    """Draw the page that is asked for."""
    st.set_page_config(page_title=texts.APP, page_icon=icon(), layout="wide")
    navigation.run()


if __name__ == "__main__":
    draw()
