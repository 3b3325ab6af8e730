"""What is drawn on the page Hotspots: layer, cells, reach, and chance beside it."""

from collections.abc import Mapping

import streamlit as st

from trygghetskarta.desk import filters
from trygghetskarta.gate.choice import BANDWIDTHS, Choice
from trygghetskarta.subjects.hotspots.ask.hotspots import CELL_CHOICES, DENSITY_CELLS
from trygghetskarta.terms.hotspots import HotspotLayer
from trygghetskarta.words import hotspot_words, texts


def layer(choice: Choice) -> None:
    """Choose what the map shows, and how it is computed."""
    filters.segments(
        hotspot_words.LAYER_CHOICE, "layer", choice.layer, hotspot_words.HOTSPOT_LAYERS
    )
    is_density = choice.layer is HotspotLayer.DENSITY
    first, second, third = st.columns([3, 4, 4], vertical_alignment="bottom")
    sides = DENSITY_CELLS if is_density else CELL_CHOICES
    names = {side: hotspot_words.cell_size(side, choice.shape) for side in sides}
    with first:
        current = choice.cell_size if choice.cell_size in sides else 250
        filters.select(hotspot_words.CELL_SIZE, "cell_size", current, names)
    with second:
        if is_density:
            reaches = {reach: texts.metres(reach) for reach in BANDWIDTHS}
            filters.select(hotspot_words.BANDWIDTH, "bandwidth", choice.bandwidth, reaches)
        else:
            filters.segments(
                hotspot_words.CELL_SHAPE, "shape", choice.shape, hotspot_words.CELL_SHAPES
            )
    with third:
        filters.toggle(hotspot_words.CHANCE, "chance", choice.chance, hotspot_words.CHANCE_HELP)


def spot(choice: Choice, clusters: Mapping[str, str]) -> None:
    """Choose the cell whose profile is open: the same as a click on the map."""
    options = {"": hotspot_words.SPOT_NONE} | dict(clusters)
    if choice.spot and choice.spot not in options:
        options[choice.spot] = hotspot_words.SPOT_CLICKED
    filters.select(hotspot_words.SPOT_CHOOSE, "spot", choice.spot, options)
