"""The bridge between page and map: mounts folium's map once, then sends only what changed.

Two elements stand on the page. The first holds Leaflet, the borders and the bridge; it never
changes, so the browser is sent its hash after the first time. The second holds the figures.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st

from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.map.maps import MapScript

_NUMBER = "map_number"


@cache
def _map(name: str, script: MapScript) -> Callable[..., Any]:
    named = f"const NAME = {json.dumps(name)};"
    parts = (
        script.javascript,
        named,
        browser_file(__package__, "map_slot.js"),
        browser_file(__package__, "map_bridge.js"),
    )
    return st.components.v2.component(
        f"map_{name}",
        js="\n".join(parts),
        css="\n" + script.css,
        isolate_styles=False,
    )


@cache
def _figures() -> Callable[..., Any]:
    return st.components.v2.component(
        "map_figures",
        js=browser_file(__package__, "map_slot.js") + browser_file(__package__, "map_figures.js"),
        isolate_styles=False,
    )


@dataclass(frozen=True)
class Clicked:
    """Where the map was just clicked: the area or the finding, and the place in degrees."""

    code: str
    latitude: float
    longitude: float
    finding: str


def show_map(
    name: str, script: MapScript, state: dict, slot: str = "", number: int | None = None
) -> Clicked | None:
    """Draw the map, or repaint the one that is there.

    Maps that are on the page at the same time show the same piece of the world: moving one moves
    the others.

    Parameters
    ----------
    name
        Of the set of areas; a new name is a new map, the same name keeps zoom and pan.
    script
        The map without figures.
    state
        What it shows now.
    slot
        Tells maps of one page apart; each place on a page has its own.
    number
        Of this painting; the next one when None. The same number and state send nothing new.
    """
    count = st.session_state.get(_NUMBER, 0) + 1 if number is None else number
    st.session_state[_NUMBER] = count
    with st.container(key=f"map-ground{slot}"):
        _map(name, script)(key=f"ground-{name}{slot}")
    data = {**state, "number": count, "map": name}
    result = _figures()(key=f"map-{name}{slot}", data=data, on_click_change=_nothing)
    return Clicked(*result.click) if result.click else None


def _nothing() -> None:
    """A click is read from the result; Streamlit wants a callback to register it at all."""
