"""The map: built by folium once per set of areas, painted by class numbers ever after."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import folium
import geopandas as gpd
import shapely
from branca.element import Element
from markupsafe import Markup

from trygghetskarta.draw import palette
from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.map.leaflet import (
    leaflet_script,
    leaflet_style,
    painter_script,
    painter_style,
    script_json,
)
from trygghetskarta.draw.map.painting import UNSELECTED, state
from trygghetskarta.draw.shown import Shown, mark_of
from trygghetskarta.draw.templates import template
from trygghetskarta.errors import AccessCause, AccessError
from trygghetskarta.settings import SHOW_CRS
from trygghetskarta.terms import map_classes
from trygghetskarta.words import map_words, texts

DRAW_TOLERANCE = 5.0
"""Metres that a drawn border may leave the real one; joins use the real one."""

MAX_ZOOM = 19
_MAP_ID = "map_trygghetskarta"
_LAYER_ID = "geo_json_areas"
_PAGE = template(__package__, "map_page.html.jinja")
_NOTHING = Markup()


@dataclass(frozen=True)
class MapScript:
    """A map as the parts a page needs to mount it.

    Attributes
    ----------
    javascript
        Leaflet, the function ``buildMap()`` made of folium's own script, the painter and the
        constants they use. Holds no figures.
    css
        Leaflet's and the painter's style sheets.
    """

    javascript: str
    css: str


def build_map(
    areas: gpd.GeoDataFrame,
    latitude: float,
    longitude: float,
    zoom: int,
    tile_url: str = "",
    districts: gpd.GeoDataFrame | None = None,
) -> folium.Map:
    """Build the map of a set of areas, without figures.

    Parameters
    ----------
    areas
        Borders in EPSG:3006, index area_code, in the order the class numbers will have.
    latitude, longitude, zoom
        First view.
    tile_url
        XYZ address of a background, empty for none.
    districts
        Borders drawn above the areas so that cells can be found again, with ``name``.

    Raises
    ------
    AccessError
        If any element of the map wants an address outside the house, other than ``tile_url``.
    """
    made = folium.Map(
        location=(latitude, longitude),
        zoom_start=zoom,
        tiles=None,
        max_zoom=MAX_ZOOM,
        zoom_snap=0.5,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=90,
    )
    made._id = _MAP_ID.removeprefix("map_")
    if tile_url:
        folium.TileLayer(tile_url, attr=" ", max_zoom=MAX_ZOOM).add_to(made)
    layer = folium.GeoJson(_features(areas), smooth_factor=0.6)
    layer._id = _LAYER_ID.removeprefix("geo_json_")
    layer.add_to(made)
    if districts is not None:
        folium.GeoJson(
            _features(districts), style_function=_border, interactive=False, smooth_factor=0.6
        ).add_to(made)
    refuse_foreign_addresses(made)
    return made


def _border(_feature: dict) -> dict:
    return {"fill": False, "color": palette.INK_MAP_PAGE, "weight": 1.4, "opacity": 0.85}


def refuse_foreign_addresses(made: folium.Map) -> None:
    """Drop the links that the map does not need, and refuse every other one.

    Raises
    ------
    AccessError
        If an element names a script or a style sheet that is not inlined.
    """
    kept_inline = {"leaflet", "leaflet_css"}
    dropped = {
        "jquery",
        "bootstrap",
        "awesome_markers",
        "bootstrap_css",
        "glyphicons_css",
        "awesome_markers_font_css",
        "awesome_markers_css",
        "awesome_rotate_css",
    }
    for element in _walk(made):
        for name, address in [
            *getattr(element, "default_js", ()),
            *getattr(element, "default_css", ()),
        ]:
            if name not in kept_inline | dropped or element is not made:
                raise AccessError(AccessCause.FOREIGN_ADDRESS, address=address)
    made.default_js = []
    made.default_css = []


def script(
    areas: gpd.GeoDataFrame,
    latitude: float,
    longitude: float,
    zoom: int,
    tile_url: str = "",
    districts: gpd.GeoDataFrame | None = None,
) -> MapScript:
    """Turn the map of a set of areas into what a page mounts; see :func:`build_map`."""
    javascript = "\n".join(
        [
            leaflet_script(),
            ground_script(areas, latitude, longitude, zoom, tile_url, districts),
            painter_script(),
        ]
    )
    return MapScript(javascript, leaflet_style() + painter_style())


def ground_script(
    areas: gpd.GeoDataFrame,
    latitude: float,
    longitude: float,
    zoom: int,
    tile_url: str = "",
    districts: gpd.GeoDataFrame | None = None,
) -> str:
    """Give the part of :func:`script` that belongs to one set of areas.

    It declares ``MAP_ID``, ``AREAS``, ``LABELS``, ``WORDS``, ``TOWN`` and ``buildMap()``, which
    draws in the element whose id is ``MAP_ID`` and gives the map and its layer.
    """
    made = build_map(areas, latitude, longitude, zoom, tile_url, districts)
    figure = made.get_root()
    figure.render()
    folium_script = figure.script.render()
    constants = {
        "MAP_ID": _MAP_ID,
        "AREAS": _area_list(areas),
        "LABELS": None if districts is None else _area_list(districts),
        "WORDS": _words(is_fine=districts is not None),
        "TOWN": [zoom, latitude, longitude],
    }
    return "\n".join(
        [
            *(f"const {name} = {script_json(value)};" for name, value in constants.items()),
            "function buildMap() {",
            folium_script,
            f"return {{ map: {_MAP_ID}, layer: {_LAYER_ID} }};",
            "}",
        ]
    )


def document(shown: Shown, latitude: float, longitude: float, zoom: int) -> str:
    """One HTML page with the map and its figures, everything inlined; for notebooks and files."""
    told = {**state(shown, shown.areas.index), "mark": mark_of(shown)}
    return page(script(shown.areas, latitude, longitude, zoom), told)


def page(
    parts: MapScript,
    told: Mapping[str, object],
    title: str = "",
    above: Markup = _NOTHING,
    below: Markup = _NOTHING,
) -> str:
    """One HTML page with a map, which asks no other host for anything.

    Parameters
    ----------
    parts
        The map without figures.
    told
        What it shows, as :func:`state` gives it.
    title
        Of the page, as plain text.
    above, below
        HTML round the map, from :mod:`trygghetskarta.draw.snippets`.
    """
    start = (
        "const made = buildMap();"
        "made.map.attributionControl.setPrefix(false);"
        "made.map.zoomControl.remove();"
        "L.control.zoom({ zoomInTitle: WORDS.zoomIn, zoomOutTitle: WORDS.zoomOut })"
        ".addTo(made.map);"
        'L.control.scale({ imperial: false, position: "bottomright" }).addTo(made.map);'
        "makePainter(L, made.map, made.layer, AREAS, LABELS, WORDS, "
        "document.getElementById('root'))"
        f".update({script_json(told)});"
    )
    return _PAGE.render(
        title=title,
        style=parts.css + browser_file(__package__, "map_page.css").replace("\n", ""),
        above=above,
        map_id=_MAP_ID,
        below=below,
        script=f"{parts.javascript}\n{start}",
    )


def _features(areas: gpd.GeoDataFrame) -> dict:
    """Simplified borders as GeoJSON with nothing but a row number: names travel as text only."""
    simple = shapely.coverage_simplify(areas.geometry.to_numpy(), DRAW_TOLERANCE)
    shown = gpd.GeoSeries(simple, crs=areas.crs).to_crs(SHOW_CRS)
    rounded = shapely.set_precision(shown.to_numpy(), 1e-6, mode="pointwise")
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"row": row},
                "geometry": json.loads(text),
            }
            for row, text in enumerate(shapely.to_geojson(rounded))
        ],
    }


def _area_list(areas: gpd.GeoDataFrame) -> list[dict]:
    at = gpd.GeoSeries(areas.geometry.representative_point(), crs=areas.crs).to_crs(SHOW_CRS)
    return [
        {"row": row, "code": str(code), "name": str(name), "at": [round(y, 6), round(x, 6)]}
        for row, (code, name, x, y) in enumerate(
            zip(areas.index, areas["name"], at.x, at.y, strict=True)
        )
    ]


def _words(is_fine: bool) -> dict:
    return {
        "label": map_words.MAP_LABEL,
        "zoomIn": map_words.ZOOM_IN,
        "zoomOut": map_words.ZOOM_OUT,
        "town": map_words.TOWN_VIEW,
        "townShort": map_words.TOWN_SHORT,
        "whole": map_words.WHOLE_VIEW,
        "wholeShort": map_words.WHOLE_SHORT,
        "hidden": texts.HIDDEN,
        "missing": texts.MISSING,
        "fine": is_fine,
        "classes": {"hidden": map_classes.HIDDEN, "unselected": UNSELECTED},
    }


def _walk(element: Element) -> list[Element]:
    found = [element]
    for child in element._children.values():
        found += _walk(child)
    return found
