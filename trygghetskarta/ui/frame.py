"""The frame: page settings, then the pages. Streamlit runs it; nothing imports it."""

import streamlit as st

from trygghetskarta.render import texts
from trygghetskarta.ui import navigation
from trygghetskarta.ui.assets import icon

st.set_page_config(page_title=texts.APP, page_icon=icon(), layout="wide")
navigation.run()
