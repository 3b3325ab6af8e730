"""What is drawn on the page Hotspots: layer, cells, reach, and chance beside it."""

from collections.abc import Mapping

import streamlit as st

from trygghetskarta.desk import filters
from trygghetskarta.gate.choice import BANDWIDTHS, Choice
from trygghetskarta.subjects.hotspots.hotspots import CELL_CHOICES, DENSITY_CELLS
from trygghetskarta.terms import HotspotLayer
from trygghetskarta.words import texts


def layer(choice: Choice) -> None:
    """Choose what the map shows, and how it is computed."""
    filters.segments(texts.LAYER_CHOICE, "layer", choice.layer, texts.HOTSPOT_LAYERS)
    is_density = choice.layer is HotspotLayer.DENSITY
    first, second, third = st.columns([3, 4, 4], vertical_alignment="bottom")
    sides = DENSITY_CELLS if is_density else CELL_CHOICES
    names = {side: texts.cell_size(side, choice.shape) for side in sides}
    with first:
        current = choice.cell_size if choice.cell_size in sides else 250
        filters.select(texts.CELL_SIZE, "cell_size", current, names)
    with second:
        if is_density:
            reaches = {reach: texts.metres(reach) for reach in BANDWIDTHS}
            filters.select(texts.BANDWIDTH, "bandwidth", choice.bandwidth, reaches)
        else:
            filters.segments(texts.CELL_SHAPE, "shape", choice.shape, texts.CELL_SHAPES)
    with third:
        filters.toggle(texts.CHANCE, "chance", choice.chance, texts.CHANCE_HELP)


def spot(choice: Choice, clusters: Mapping[str, str]) -> None:
    """Choose the cell whose profile is open: the same as a click on the map."""
    options = {"": texts.SPOT_NONE} | dict(clusters)
    if choice.spot and choice.spot not in options:
        options[choice.spot] = texts.SPOT_CLICKED
    filters.select(texts.SPOT_CHOOSE, "spot", choice.spot, options)
