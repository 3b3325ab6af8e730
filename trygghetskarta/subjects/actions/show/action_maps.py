"""What the map is sent of actions: a sign each, drawn areas as lines, districts as surfaces."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.draw import palette
from trygghetskarta.draw.map import painting
from trygghetskarta.draw.map.bare_maps import bare_state, degrees
from trygghetskarta.settings import SHOW_CRS, WORK_CRS
from trygghetskarta.words import action_words

_LOOKS = {"social": palette.ACCENT, "situationell": palette.CONTRAST, "other": palette.OTHER}
_LINES = {"area": (0, palette.AREA_SELECTED), "drawn": (1, palette.DRAWN_NOW)}
_UNPAINTED = -9
_APART = 45.0
"""Metres between the signs of actions at the same place."""


def state(
    areas: gpd.GeoDataFrame,
    actions: gpd.GeoDataFrame,
    codes: Sequence[Sequence[str]],
    selected: str,
    drawing: Sequence[tuple[float, float]] | None,
    mark: str,
) -> dict:
    """What the map of actions shows; see :func:`trygghetskarta.draw.map.painting.state`.

    Parameters
    ----------
    areas
        Districts, in the order of the map.
    actions
        Contract ``ACTIONS``, those that are listed.
    codes
        Districts of each.
    selected
        ``measure_id`` of the one that is open, or empty.
    drawing
        Corners in degrees of an area that is being drawn; None when nothing is drawn.
    mark
        Mark of invented data, or empty.
    """
    hint = action_words.ACTIONS_MAP if drawing is None else action_words.ACTIONS_MAP_DRAWING
    painted = np.full(len(areas), _UNPAINTED, dtype=np.int8)
    looks: list[dict] = []
    chosen = [
        code for one, row in zip(codes, actions.index, strict=True) if row == selected
        for code in one
    ]  # fmt: skip
    if chosen:
        painted[areas.index.isin(chosen)] = 0
        looks.append(_look(0, palette.DISTRICT_CHOSEN, action_words.CHOSEN_DISTRICTS, len(chosen)))
    lines, entries = _lines(actions, selected, drawing)
    signs, more = _signs(areas, actions, codes, selected)
    told = bare_state(len(areas), hint)
    return {
        **told,
        "classes": painting.pack(painted),
        "looks": [*looks, *entries, *more],
        "mark": mark,
        "routes": lines,
        "findings": signs,
    }


def corners_of(geometry: shapely.Geometry | None) -> tuple[tuple[float, float], ...]:
    """Corners of a drawn area as latitude and longitude, the first not repeated; none without."""
    if geometry is None or geometry.is_empty:
        return ()
    parts = shapely.get_parts(geometry)
    ring = gpd.GeoSeries([parts[0].exterior], crs=WORK_CRS).to_crs(SHOW_CRS).iloc[0]
    return tuple((round(y, 6), round(x, 6)) for x, y in ring.coords[:-1])


def _look(number: int, colour: str, label: str, n: int, sign: str = "") -> dict:
    kind = {"sign": sign, "hollow": False} if sign else {}
    return {"class": number, "colour": colour, "pattern": "", "label": label, "n": n, **kind}


def _lines(
    actions: gpd.GeoDataFrame, selected: str, drawing: Sequence[tuple[float, float]] | None
) -> tuple[dict | None, list[dict]]:
    """Borders of the drawn areas, and of the one that is being drawn."""
    runs, kinds, looks = [], [], []
    placed = actions[actions.geometry.notna()]
    for geometry in placed.geometry:
        for part in shapely.get_parts(geometry):
            runs.append(degrees(shapely.get_coordinates(part.exterior)))
            kinds.append(_LINES["area"][0])
    if selected in placed.index:
        looks.append(_look(50, palette.AREA_SELECTED, action_words.CHOSEN_AREA, 1))
    if drawing and len(drawing) > 1:
        closed = [*drawing, drawing[0]] if len(drawing) > 2 else drawing
        runs.append(np.round(np.array(closed) * 1e6).astype(np.int32).ravel())
        kinds.append(_LINES["drawn"][0])
        looks.append(_look(51, palette.DRAWN_NOW, action_words.DRAWN_NOW, len(drawing)))
    if not runs:
        return None, looks
    packed = {
        "at": painting.pack(np.concatenate(runs).astype(np.int32)),
        "lengths": painting.pack(np.array([len(run) // 2 for run in runs], dtype=np.int32)),
        "classes": painting.pack(np.array(kinds, dtype=np.int8)),
        "opacity": 0.95,
        "looks": [{"class": number, "colour": colour} for number, colour in _LINES.values()],
    }
    return packed, looks


def _signs(
    areas: gpd.GeoDataFrame,
    actions: gpd.GeoDataFrame,
    codes: Sequence[Sequence[str]],
    selected: str,
) -> tuple[dict | None, list[dict]]:
    """One sign for each action with a place."""
    points, ids, kinds, told = [], [], [], []
    order = list(_LOOKS)
    taken: dict[tuple[int, int], int] = {}
    for row, own in zip(actions.itertuples(), codes, strict=True):
        point = _point(areas, row.geometry, own)
        if point is None:
            continue
        cell = (round(point.x / _APART), round(point.y / _APART))
        taken[cell] = taken.get(cell, -1) + 1
        points.append((point.x + 3 * _APART * taken[cell], point.y))
        ids.append(row.measure_id)
        kinds.append(order.index(row.approach if row.approach in _LOOKS else "other"))
        told.append([row.title, action_words.ACTION_STATUSES[row.status]])
    if not points:
        return None, []
    numbers = np.array(kinds, dtype=np.int8)
    looks = [
        {"class": number, "colour": colour, "hollow": False}
        for number, colour in enumerate(_LOOKS.values())
    ]
    packed = {
        "at": painting.pack(degrees(np.array(points))),
        "classes": painting.pack(numbers),
        "ids": ids,
        "told": told,
        "looks": looks,
        "selected": ids.index(selected) if selected in ids else -1,
    }
    entries = [
        _look(
            100 + number,
            colour,
            action_words.MAP_SIGNS[name],
            int((numbers == number).sum()),
            "round",
        )
        for number, (name, colour) in enumerate(_LOOKS.items())
        if (numbers == number).any()
    ]
    return packed, entries


def _point(
    areas: gpd.GeoDataFrame, geometry: shapely.Geometry | None, codes: Sequence[str]
) -> shapely.Point | None:
    if geometry is not None and not pd.isna(geometry):
        return geometry.representative_point()
    known = [code for code in codes if code in areas.index]
    return areas.geometry[known[0]].representative_point() if known else None
