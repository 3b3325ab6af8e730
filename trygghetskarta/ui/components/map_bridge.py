"""The bridge between page and map: mounts folium's map once, then sends only what changed.

Two elements stand on the page. The first holds Leaflet, the borders and the bridge; it never
changes, so the browser is sent its hash after the first time. The second holds the figures.
"""

import json
from functools import cache
from importlib import resources

import streamlit as st

from trygghetskarta.render.maps import MapScript

_NUMBER = "map_number"


def _source(name: str) -> str:
    return (resources.files(__package__) / name).read_text("utf-8")


@cache
def _map(name: str, script: MapScript):
    named = f"const NAME = {json.dumps(name)};"
    parts = (script.javascript, named, _source("map_slot.js"), _source("map_bridge.js"))
    return st.components.v2.component(
        f"map_{name}",
        js="\n".join(parts),
        css="\n" + script.css,
        isolate_styles=False,
    )


@cache
def _figures():
    return st.components.v2.component(
        "map_figures",
        js=_source("map_slot.js") + _source("map_figures.js"),
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
    count = st.session_state.get(_NUMBER, 0) + 1
    st.session_state[_NUMBER] = count
    with st.container(key="map-ground"):
        _map(name, script)(key=f"ground-{name}")
    data = {**state, "number": count, "map": name}
    result = _figures()(key=f"map-{name}", data=data, on_area_change=_nothing)
    return result.area or ""


def _nothing() -> None:
    """A click is read from the result; Streamlit wants a callback to register it at all."""
