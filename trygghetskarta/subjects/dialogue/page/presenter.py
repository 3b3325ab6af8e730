"""The presenter: a whole presentation in the browser, one slide at a time."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.map.maps import MapScript

_SCRIPTS = ("slide_parts.js", "presenter.js")
"""In the order they build upon each other."""


@cache
def _component(name: str, script: MapScript | None) -> Callable[..., Any]:
    javascript, css = (script.javascript, script.css) if script else ("", "")
    return st.components.v2.component(
        f"presenter_{name}",
        js="\n".join((javascript, *(browser_file(__package__, name) for name in _SCRIPTS))),
        css="\n".join(("", css, browser_file(__package__, "presenter.css"))),
        isolate_styles=False,
    )


def presenter(name: str, script: MapScript | None, deck: dict, leave: dict | None = None) -> str:
    """Show a deck; gives the word that somebody has just written to leave, empty for none.

    Parameters
    ----------
    name
        Of the deck's borders: a new name is a new map.
    script
        The map that the slides share, None when they have none.
    deck
        What ``render.deck_state`` made of it.
    leave
        For the full screen: words of the way out, what was wrong with the last try, and the address
        to open when it was right. None for a preview on a page.
    """
    result = _component(name, script)(
        key=f"presenter-{name}",
        data={"deck": deck, "mode": "preview" if leave is None else "full", "leave": leave},
        on_leave_change=_nothing,
    )
    return str(result.leave[0]) if result.leave else ""


def _nothing() -> None:
    """The word is read from the result; Streamlit wants a callback to register it at all."""
