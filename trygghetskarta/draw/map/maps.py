"""The map: built by folium once per set of areas, painted by class numbers ever after."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from branca.element import Element, Figure

from trygghetskarta.analysis import classes
from trygghetskarta.analysis.measures import EXPOSURES, AreaFigure, Measure
from trygghetskarta.draw import palette
from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.shown import Shown, mark_of
from trygghetskarta.errors import AccessCause, AccessError
from trygghetskarta.settings import SHOW_CRS
from trygghetskarta.terms.verdicts import Verdict
from trygghetskarta.words import map_words, texts
from trygghetskarta.words.measure_words import COLUMN_WORDS
from trygghetskarta.words.safe import html_text

DRAW_TOLERANCE = 5.0
"""Metres that a drawn border may leave the real one; joins use the real one."""

MAX_ZOOM = 19
_MAP_ID = "map_trygghetskarta"
_LAYER_ID = "geo_json_areas"
_UNSELECTED = -9
"""Class of an area that is outside the choice; no look, so it is drawn pale."""


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
    parts: MapScript, told: Mapping[str, object], title: str = "", above: str = "", below: str = ""
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
    figure = Figure(title=None)
    page_style = browser_file(__package__, "map_page.css").replace("\n", "")
    figure.header.add_child(Element(f"<style>{parts.css}{page_style}</style>"), name="style")
    figure.html.add_child(
        Element(
            f'{above}<div class="tk-root" id="root">'
            f'<div class="tk-map" id="{_MAP_ID}"></div></div>{below}'
        ),
        name="map",
    )
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
    body = figure.html.render()
    return (
        '<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html_text(title)}</title>{figure.header.render()}</head><body>{body}"
        f"<script>{parts.javascript}\n{start}</script></body></html>"
    )


def state(
    shown: Shown, codes: pd.Index, selected: str = "", lines: Sequence[dict] | None = None
) -> dict:
    """What changes on the map when the choice does: class numbers, figures, legend.

    Parameters
    ----------
    shown
        The view.
    codes
        Area codes of the whole map, in its order; those not shown are drawn pale.
    selected
        Code of the area whose profile is open, empty for none.
    lines
        The tooltip's lines, from :func:`tooltip_line`; those of the measure when None.

    Returns
    -------
    dict
        Plain JSON: numbers as base64 of the smallest integers that hold them.
    """
    numbers = shown.class_number.reindex(codes).fillna(_UNSELECTED).to_numpy(dtype=np.int8)
    position = codes.get_indexer([selected])[0] if selected else -1
    return {
        "classes": pack(numbers),
        "looks": [
            {
                "class": entry.class_number,
                "colour": entry.colour,
                "pattern": entry.pattern,
                "label": entry.label,
                "n": entry.n,
            }
            for entry in shown.legend
        ],
        "legendTitle": shown.legend_title,
        "lines": _lines(shown, codes) if lines is None else list(lines),
        "selected": int(position),
        "mark": texts.EXAMPLE_MARK if shown.facts.is_example else "",
    }


def _lines(shown: Shown, codes: pd.Index) -> list[dict]:
    """The tooltip's lines, by column; a hidden or missing value is the smallest integer."""
    table = shown.publishable.table.reindex(codes)
    declared = shown.facts.measure.declared
    figures = dict.fromkeys((*Measure.COUNT.declared.figures, *declared.figures))
    lines = [
        figure_line(one, COLUMN_WORDS[one.name].tooltip, table)
        for one in figures
        if one.name not in EXPOSURES
    ]
    if declared.compares:
        lines.append(_verdict_line(COLUMN_WORDS["verdict"].tooltip, table["verdict"]))
    return lines


def figure_line(figure: AreaFigure, label: str, table: pd.DataFrame) -> dict:
    """One line of the tooltip: a figure of a table, perhaps with its limits."""
    columns = [table[name] for name in figure.columns]
    line = tooltip_line(label, figure.decimals, *columns)
    return {**line, "signed": True, "suffix": "\u00a0%"} if figure.is_change else line


def tooltip_line(
    label: str,
    decimals: int,
    value: pd.Series,
    lower: pd.Series | None = None,
    upper: pd.Series | None = None,
) -> dict:
    """One line of the tooltip: a label, and a number for each area, perhaps with its limits."""
    columns = [value] if lower is None or upper is None else [value, lower, upper]
    scaled = [np.round(column.to_numpy(dtype=float) * 10**decimals) for column in columns]
    finite = np.concatenate([part[np.isfinite(part)] for part in scaled])
    kind = _smallest(finite)
    none = int(np.iinfo(kind).min)
    packed = [pack(np.where(np.isfinite(part), part, none).astype(kind)) for part in scaled]
    line = {
        "label": label,
        "decimals": decimals,
        "suffix": "",
        "none": none,
        "value": packed[0],
    }
    return line if len(packed) == 1 else {**line, "lower": packed[1], "upper": packed[2]}


def _verdict_line(label: str, verdicts: pd.Series) -> dict:
    return word_line(
        label, verdicts, {verdict.value: texts.VERDICTS[verdict] for verdict in Verdict}
    )


def word_line(label: str, values: pd.Series, words: Mapping[str, str]) -> dict:
    """One line of the tooltip that says a word of a closed list for each area."""
    numbers = pd.Index(words).get_indexer(values)
    numbers = np.where(numbers < 0, -128, numbers).astype(np.int8)
    return {
        "label": label,
        "decimals": 0,
        "suffix": "",
        "none": -128,
        "words": list(words.values()),
        "value": pack(numbers),
    }


def _smallest(values: np.ndarray) -> type[np.signedinteger]:
    """The smallest integer type that holds the values and leaves its minimum free."""
    for kind in (np.int8, np.int16):
        if len(values) == 0 or np.abs(values).max() <= np.iinfo(kind).max:
            return kind
    return np.int32


def pack(values: np.ndarray) -> dict[str, str]:
    """Integers as the painter takes them: base64 of their bytes, and their type."""
    little = values.astype(values.dtype.newbyteorder("<"), copy=False)
    return {
        "type": f"i{values.dtype.itemsize}",
        "data": base64.b64encode(little.tobytes()).decode("ascii"),
    }


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
        "classes": {"hidden": classes.HIDDEN, "unselected": _UNSELECTED},
    }


def script_json(value: object) -> str:
    """JSON that may stand inside a script: no tag, comment or line separator can be formed."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _walk(element: Element) -> list[Element]:
    found = [element]
    for child in element._children.values():
        found += _walk(child)
    return found


@cache
def leaflet_script() -> str:
    """Leaflet's script from the installed package, without the address of its source map."""
    text = _leaflet("leaflet.js")
    return text.split("//# sourceMappingURL")[0]


@cache
def leaflet_style() -> str:
    """Leaflet's style sheet without its pictures, which nothing here uses."""
    lines = _leaflet("leaflet.css").splitlines()
    return "\n".join(line for line in lines if "url(" not in line)


def _leaflet(name: str) -> str:
    folder = resources.files("xstatic.pkg.leaflet") / "data"
    return next(path for path in _files(folder) if path.name == name).read_text("utf-8")


def _files(folder: resources.abc.Traversable) -> list[resources.abc.Traversable]:
    found = []
    for path in folder.iterdir():
        found += _files(path) if path.is_dir() else [path]
    return found


def painter_script() -> str:
    """Give the function ``makePainter`` of pages and files."""
    return browser_file(__package__, "painter.js")


def painter_style() -> str:
    """Give the painter's style sheet."""
    return browser_file(__package__, "painter.css")
