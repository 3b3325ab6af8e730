"""Cells as they are shown: classes and legend of each layer, and what the map is sent of them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Transformer

from trygghetskarta.analysis import classes
from trygghetskarta.analysis.classes import Classified
from trygghetskarta.analysis.density import Grid
from trygghetskarta.analysis.disclosure import Publishable, narrow
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.draw import palette
from trygghetskarta.draw.map import painting
from trygghetskarta.draw.map.rasters import RasterPicture, density_picture
from trygghetskarta.draw.shown import LegendEntry, Shown
from trygghetskarta.settings import SHOW_CRS, WORK_CRS
from trygghetskarta.terms import map_classes
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.terms.hotspots import HotspotClass, HotspotLayer
from trygghetskarta.words import file_words, hotspot_words, map_words
from trygghetskarta.words.measure_words import COLUMN_WORDS

CLASS_NUMBER = 6
_RAMP = "YlOrBr"
_SIGNIFICANT_LOOKS = (palette.NOT_HOT, palette.CONTRAST, palette.COLD)
_EMERGING_LOOKS: Mapping[HotspotClass, str] = {
    HotspotClass.NONE: palette.NOT_HOT,
    HotspotClass.SPORADIC: palette.SPORADIC,
    HotspotClass.DIMINISHING: palette.DIMINISHING,
    HotspotClass.NEW: palette.NEW,
    HotspotClass.PERSISTENT: palette.PERSISTENT,
}
"""From light to dark in the order of concern, so that they can be told apart in greyscale, and from
the white of a cell that was not studied."""

_BARE = (HotspotLayer.DENSITY, HotspotLayer.POINTS)
_UNPAINTED = -9


@dataclass(frozen=True, eq=False)
class CellsShown:
    """Cells ready for screen and file.

    Attributes
    ----------
    shown
        The cells of the choice; what files are made from.
    layer
        What is drawn.
    picture
        The density on the map, for that layer.
    points
        Latitude and longitude of offences, for that layer.
    breaks
        Upper limits of the classes.
    """

    shown: Shown
    layer: HotspotLayer
    picture: RasterPicture | None
    points: tuple[np.ndarray, np.ndarray] | None
    breaks: tuple[float, ...]


def compose_cells(
    gated: Publishable,
    cells: gpd.GeoDataFrame,
    facts: Facts,
    layer: HotspotLayer,
    kept: frozenset[str],
    method: tuple[str, ...],
    *,
    density: Grid | None = None,
    points: tuple[np.ndarray, np.ndarray] | None = None,
    breaks: tuple[float, ...] | None = None,
) -> CellsShown:
    """Classify cells and write what belongs beside them.

    Parameters
    ----------
    gated
        What passed the gate, for every cell.
    cells
        Cells with ``name``; index area_code.
    facts
        What the figures rest on.
    layer
        What is drawn.
    kept
        Codes of the cells to keep.
    method
        Lines of the caption that say how the layer was computed.
    density, points
        For those layers.
    breaks
        Limits of the map that this one stands beside, so that a colour means the same on both;
        found from these figures when None.
    """
    classified = _classify(gated, layer, density, breaks)
    codes = (
        cells.index
        if len(kept) == len(cells)
        else cells.index[[*map(kept.__contains__, cells.index)]]
    )
    numbers = classified.class_number.loc[codes]
    part = narrow(gated, codes) if len(codes) < len(cells) else gated
    shown = Shown(
        title=hotspot_words.hotspot_title(facts, layer),
        publishable=part,
        names=cells.loc[codes, "name"].map(hotspot_words.cell_name),
        areas=cells.loc[codes],
        class_number=numbers,
        legend_title=hotspot_words.HOTSPOT_LEGENDS[layer],
        legend=_legend(classified, numbers, layer, gated.rule.threshold),
        summary=hotspot_words.hotspot_summary(
            part.table["count"].sum(), (part.table["count"] > 0).sum()
        ),
        caption=(*map_words.caption(facts, _hidden(part), part.rule.threshold), *method),
        facts=facts,
    )
    return CellsShown(
        shown,
        layer,
        None
        if density is None
        else density_picture(density, classified.breaks, _colours(classified, layer)),
        None if points is None else _degrees(*points),
        classified.breaks,
    )


def state(view: CellsShown, codes: pd.Index, selected: str) -> dict:
    """What changes on the map when the choice does; see :func:`draw.map.painting.state`.

    A density lies on the map as a picture and offences as points; the cells are then bare.
    """
    told = painting.state(view.shown, codes, selected, _lines(view, codes))
    if view.layer not in _BARE:
        return told
    bare = painting.pack(np.full(len(codes), _UNPAINTED, dtype=np.int8))
    return {
        **told,
        "bare": True,
        "classes": bare,
        "looks": told["looks"] if view.layer is HotspotLayer.DENSITY else [],
        "picture": view.picture.packed() if view.picture else None,
        "points": None if view.points is None else painting.pack(_interleaved(*view.points)),
    }


def _classify(
    gated: Publishable,
    layer: HotspotLayer,
    density: Grid | None,
    breaks: tuple[float, ...] | None,
) -> Classified:
    table = gated.table
    hidden = table["status"] == CellStatus.HIDDEN
    match layer:
        case HotspotLayer.SIGNIFICANT if "z" in table:
            hot = table["significant"].eq(True)
            number = np.select([hot & (table["z"] > 0), hot], [1.0, 2.0], 0.0)
            return _fixed(pd.Series(number, table.index).where(table["z"].notna()), 3, hidden)
        case HotspotLayer.EMERGING if "hotspot_class" in table:
            order = [word.value for word in _EMERGING_LOOKS]
            number = pd.Series(pd.Index(order).get_indexer(table["hotspot_class"]), table.index)
            return _fixed(number.astype(float).where(number >= 0), len(order), hidden)
        case _:
            values = table["density" if layer is HotspotLayer.DENSITY else "count"]
            # Between the cells' centres the density may be higher than at any of them.
            peak = None if density is None else pd.Series([np.nanmax(density.values)])
            if not breaks:
                return classes.classify(values, "head_tail", CLASS_NUMBER, peak, hidden)
            highest = pd.concat([values, peak]).max()
            held = (*breaks[:-1], max(breaks[-1], float(math.ceil(highest))))
            return classes.classify_fixed(values, held, hidden, "head_tail", peak)


def _fixed(number: pd.Series, k: int, hidden: pd.Series) -> Classified:
    """Classes that are words: their numbers are their order. A cell without one was not studied."""
    numbers = number.fillna(map_classes.ZERO).astype(np.int8)
    numbers[hidden] = map_classes.HIDDEN
    counts = tuple(int((numbers == place).sum()) for place in range(k))
    limits = tuple(float(place) for place in range(k))
    return Classified(numbers.rename("class_number"), limits, limits, counts, "words")


def _legend(
    classified: Classified, numbers: pd.Series, layer: HotspotLayer, threshold: int
) -> tuple[LegendEntry, ...]:
    looks = zip(_colours(classified, layer), _labels(classified, layer), strict=True)
    lines = [
        LegendEntry(number, colour, "", label, int((numbers == number).sum()))
        for number, (colour, label) in enumerate(looks)
    ]
    zero = int((numbers == map_classes.ZERO).sum())
    if zero:
        label = (
            hotspot_words.CELL_UNUSED if classified.scheme == "words" else hotspot_words.CELL_ZERO
        )
        lines.insert(0, LegendEntry(map_classes.ZERO, palette.ZERO, "", label, zero))
    for special, pattern in ((map_classes.HIDDEN, "hatch"), (map_classes.MISSING, "dots")):
        n = int((numbers == special).sum())
        if n:
            label = map_words.special_class(special, threshold)
            lines.append(LegendEntry(special, palette.HIDDEN, pattern, label, n))
    return tuple(lines)


def _colours(classified: Classified, layer: HotspotLayer) -> tuple[str, ...]:
    if classified.scheme != "words":
        return classes.ramp(_RAMP, len(classified.breaks))
    if layer is HotspotLayer.SIGNIFICANT:
        return _SIGNIFICANT_LOOKS
    return tuple(_EMERGING_LOOKS.values())


def _labels(classified: Classified, layer: HotspotLayer) -> tuple[str, ...]:
    if classified.scheme != "words":
        return map_words.value_classes(
            classified.lower, classified.breaks, 1 if layer is HotspotLayer.DENSITY else 0
        )
    if layer is HotspotLayer.SIGNIFICANT:
        return hotspot_words.SIGNIFICANT_CLASSES
    return tuple(hotspot_words.HOTSPOT_CLASSES[word] for word in _EMERGING_LOOKS)


def _lines(view: CellsShown, codes: pd.Index) -> list[dict]:
    table = view.shown.publishable.table.reindex(codes)
    words = file_words.CELL_COLUMNS
    lines = [painting.tooltip_line(COLUMN_WORDS["count"].file, 0, table["count"])]
    if "density" in table:
        lines.append(painting.tooltip_line(words["density"], 1, table["density"]))
    if "z" in table:
        lines.append(painting.tooltip_line(words["z"], 1, table["z"]))
    if "hotspot_class" in table:
        names = {word.value: text for word, text in hotspot_words.HOTSPOT_CLASSES.items()}
        lines.append(painting.word_line(words["hotspot_class"], table["hotspot_class"], names))
    return lines


def _hidden(publishable: Publishable) -> int:
    return int((publishable.table["status"] == CellStatus.HIDDEN).sum())


def _degrees(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    to_degrees = Transformer.from_crs(WORK_CRS, SHOW_CRS, always_xy=True)
    longitude, latitude = to_degrees.transform(x, y)
    return np.asarray(latitude), np.asarray(longitude)


def _interleaved(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    return np.round(np.column_stack([latitude, longitude]).ravel() * 1e6).astype(np.int32)
