"""What most apps do: a new folium map, handed to st_folium, at every change."""

import folium
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.repaint_pages import ground


@st.cache_resource
def features() -> dict:
    return ground.areas().to_crs(4326).reset_index().__geo_interface__


chosen = st.radio("Val", range(ground.CHOICES), horizontal=True)
colour = dict(zip(ground.areas().index, ground.colours(chosen), strict=True))
bounds = ground.areas().to_crs(4326).total_bounds
zoom = 9 if len(ground.areas()) < 100 else 5
middle = ((bounds[1] + bounds[3]) / 2, (bounds[0] + bounds[2]) / 2)
made = folium.Map(location=middle, zoom_start=zoom, tiles=None)
folium.GeoJson(
    features(),
    style_function=lambda feature: {
        "fillColor": colour[feature["properties"]["area_code"]],
        "fillOpacity": 0.88,
        "weight": 0.9,
        "color": "#4d5864",
    },
    tooltip=folium.GeoJsonTooltip(["name"]),
).add_to(made)
st_folium(made, height=600, use_container_width=True, returned_objects=[], key="map")
