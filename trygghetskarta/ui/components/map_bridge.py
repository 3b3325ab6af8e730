"""The bridge between page and map: mounts folium's map once, then sends only what changed."""

from functools import cache
from importlib import resources

import streamlit as st

from trygghetskarta.render.maps import MapScript

_number = "map_number"


@cache
def _component(name: str, script: MapScript):
    bridge = (resources.files(__package__) / "map_bridge.js").read_text("utf-8")
    return st.components.v2.component(
        name,
        js=script.javascript + "\n" + bridge,
        css="\n" + script.css,
        isolate_styles=False,
    )


def show_map(name: str, script: MapScript, state: dict) -> str:
    """Draw the map, or repaint the one that is there.

    Parameters
    ----------
    name
        Of the set of areas; a new name is a new map, the same name keeps zoom and pan.
    script
        The map without figures.
    state
        What it shows now.

    Returns
    -------
    str
        Code of the area that was just clicked, empty when none was.
    """
    count = st.session_state.get(_number, 0) + 1
    st.session_state[_number] = count
    result = _component(name, script)(
        key=f"map-{name}", data={**state, "number": count}, on_area_change=_nothing
    )
    return result.area or ""


def _nothing() -> None:
    """A click is read from the result; Streamlit wants a callback to register it at all."""
