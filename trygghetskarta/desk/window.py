"""The browser's window: told that it is locked, and led to a page that must be loaded anew."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from trygghetskarta.desk import lock
from trygghetskarta.draw.browser_files import browser_file

_LEADS = "window_leads"


@cache
def _component() -> Callable[..., Any]:
    return st.components.v2.component("window", js=browser_file(__package__, "window.js"))


def heed() -> None:
    """Tell this window, and through it the browser's others, whether the browser is locked."""
    leads = st.session_state.pop(_LEADS, "")
    _component()(key="window", data={"locked": lock.held(), "leads": leads})


def lead(address: str) -> None:
    """Load an address of this app in this window, as a link does."""
    st.session_state[_LEADS] = address
    st.rerun()
