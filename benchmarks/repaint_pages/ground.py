"""What both pages show: areas from a file, and figures that change completely with each choice."""

import gc
import os

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import streamlit as st

AREAS = "REPAINT_AREAS"
"""Environment variable with the path of a file of areas."""

CHOICES = 5
_METRES = 150
_COLOURS = ("#fff7bc", "#fec44f", "#fe9929", "#d95f0e", "#993404")


@st.cache_resource
def areas() -> gpd.GeoDataFrame:
    """The areas, index area_code; thinned out for both pages when they are many."""
    found = gpd.read_file(os.environ[AREAS])
    names = found["name" if "name" in found else "area_code"]
    if len(found) > 100:
        found["geometry"] = shapely.coverage_simplify(found.geometry.to_numpy(), _METRES)
    frame = gpd.GeoDataFrame({"name": names}, geometry=found.geometry.to_numpy(), crs=3006)
    frame.index = pd.Index(found["area_code"], name="area_code")
    # As ui.data does: Streamlit collects garbage after each run, on both pages.
    gc.collect()
    gc.freeze()
    return frame


def counts(choice: int) -> pd.Series:
    """Counts of one choice; every area falls into another class than in the choice before."""
    index = areas().index
    place = np.arange(len(index))
    return pd.Series(20.0 + 100 * ((place + choice) % len(_COLOURS)) + place % 7, index)


def colours(choice: int) -> list[str]:
    """Colours for the peer's page, by area."""
    return [_COLOURS[int((count - 20) // 100)] for count in counts(choice)]
