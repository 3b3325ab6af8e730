"""What the map is sent of walks: routes, findings, and where somebody has been present."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from trygghetskarta.analysis import classes
from trygghetskarta.analysis.density import Grid
from trygghetskarta.analysis.presence import Presence
from trygghetskarta.analysis.tracks import DRAWN_WITHIN, Track, mean_speeds
from trygghetskarta.draw import palette
from trygghetskarta.draw.map import painting
from trygghetskarta.draw.map.bare_maps import bare_state, degrees
from trygghetskarta.draw.map.rasters import density_picture
from trygghetskarta.terms.walks import FindingStatus, ObservationCategory, WalkLayer
from trygghetskarta.words import map_words, texts, walk_words

CELL = 100.0
"""Side in metres of the cells that presence is shown in."""

_SPEEDS = (2.0, 4.0, 6.0)
"""Limits in km/h between the classes of speed."""
_KILOMETRES_PER_HOUR = 3.6
_NEIGHBOURS = 7
"""Steps that a speed is the median of."""


class _Sign(StrEnum):
    """How a finding is drawn."""

    OPEN = "open"
    WORK = "work"
    DONE = "done"
    SAFE = "safe"


_SIGN_LOOKS = {
    _Sign.OPEN: (palette.CONTRAST, False),
    _Sign.WORK: (palette.ACCENT, False),
    _Sign.DONE: (palette.OTHER, True),
    _Sign.SAFE: (palette.SAFE, True),
}
_SIGN_OF = {
    FindingStatus.NEW: _Sign.OPEN,
    FindingStatus.REOPENED: _Sign.OPEN,
    FindingStatus.ASSIGNED: _Sign.WORK,
    FindingStatus.ONGOING: _Sign.WORK,
    FindingStatus.DONE: _Sign.DONE,
    FindingStatus.CLOSED: _Sign.DONE,
}


def ground_state(
    areas: int, tracks: Sequence[Track], layer: WalkLayer, presence: Presence | None, mark: str
) -> dict:
    """What lies below the findings; see :func:`trygghetskarta.draw.map.painting.state`.

    Parameters
    ----------
    areas
        Number of districts on the map, which stay bare.
    tracks
        Routes as they may be shown: their ends are already taken away where they must be.
    layer
        What is drawn.
    presence
        For that layer.
    mark
        Mark of invented data, or empty.
    """
    looks: list[dict] = []
    routes = picture = None
    if layer in (WalkLayer.ROUTES, WalkLayer.SPEED):
        routes, looks = _routes(tracks, layer)
    if layer is WalkLayer.PRESENCE and presence is not None and len(presence.cells):
        picture, looks = _presence(presence)
    told = bare_state(areas, walk_words.WALK_LEGENDS[layer])
    return {**told, "looks": looks, "mark": mark, "picture": picture, "routes": routes}


def with_findings(ground: dict, findings: gpd.GeoDataFrame, selected: str) -> dict:
    """The map with its findings.

    Parameters
    ----------
    ground
        As :func:`ground_state` gives it; not changed.
    findings
        Contract ``OBSERVATIONS``; those without a place are left out.
    selected
        ``observation_id`` of the one that is open, or empty.
    """
    placed = findings[~(findings.geometry.isna() | findings.geometry.is_empty)]
    signs, entries = _findings(placed, selected)
    return {**ground, "looks": [*ground["looks"], *entries], "findings": signs}


def _routes(tracks: Sequence[Track], layer: WalkLayer) -> tuple[dict | None, list[dict]]:
    runs = [
        (owner, *run)
        for owner, track in enumerate(tracks)
        for run in (_plain_runs(track) if layer is WalkLayer.ROUTES else _speed_runs(track))
    ]
    if not runs:
        return None, []
    _, lines, numbers = zip(*runs, strict=True)
    colours = (palette.ACCENT,) if layer is WalkLayer.ROUTES else palette.SPEEDS
    names = (walk_words.ROUTE,) if layer is WalkLayer.ROUTES else walk_words.SPEED_CLASSES
    shown = Counter(number for _, number in {(owner, number) for owner, _, number in runs})
    looks = [
        {"class": n, "colour": colour, "label": name, "pattern": "", "sign": "way", "n": shown[n]}
        for n, (colour, name) in enumerate(zip(colours, names, strict=True))
        if n in numbers
    ]
    packed = {
        "at": painting.pack(degrees(np.concatenate(lines))),
        "lengths": painting.pack(np.array([len(line) for line in lines], dtype=np.int32)),
        "classes": painting.pack(np.array(numbers, dtype=np.int8)),
        "looks": [{"class": n, "colour": colour} for n, colour in enumerate(colours)],
        "opacity": 0.55 if layer is WalkLayer.ROUTES else 0.8,
    }
    return packed, looks


def _plain_runs(track: Track) -> list[tuple[NDArray, int]]:
    parts = shapely.get_parts(track.geometry)
    return [(shapely.get_coordinates(part.simplify(DRAWN_WITHIN)), 0) for part in parts]


def _speed_runs(track: Track) -> list[tuple[NDArray, int]]:
    """Pieces of a route whose steps are of one class of speed."""
    runs = []
    for part, speeds in zip(shapely.get_parts(track.geometry), mean_speeds(track), strict=True):
        line = shapely.get_coordinates(part)
        speeds = _smooth(speeds)
        number = np.searchsorted(_SPEEDS, speeds * _KILOMETRES_PER_HOUR, side="right")
        number = np.where(np.isnan(speeds), len(_SPEEDS) + 1, number)
        edges = [0, *(np.flatnonzero(np.diff(number)) + 1), len(number)]
        for first, last in zip(edges[:-1], edges[1:], strict=True):
            piece = shapely.linestrings(line[first : last + 1]).simplify(DRAWN_WITHIN)
            runs.append((shapely.get_coordinates(piece), int(number[first])))
    return runs


def _smooth(speeds: NDArray) -> NDArray:
    """Median of each step's speed and its neighbours': a device is some metres wrong every time."""
    known = pd.Series(speeds).rolling(_NEIGHBOURS, center=True, min_periods=1).median()
    return np.where(np.isnan(speeds), np.nan, known)


def _presence(found: Presence) -> tuple[dict, list[dict]]:
    hours = found.cells["person_minutes"] / 60
    made = classes.classify(hours, "head_tail", len(palette.PRESENCE))
    picked = np.round(np.linspace(0, len(palette.PRESENCE) - 1, len(made.breaks))).astype(int)
    colours = tuple(palette.PRESENCE[at] for at in picked)
    grid = _grid(found.cells, hours)
    labels = map_words.value_classes(made.lower, made.breaks, 1)
    looks = [
        {
            "class": n,
            "colour": colour,
            "pattern": "",
            "label": walk_words.person_hours(label),
            "n": size,
        }
        for n, (colour, label, size) in enumerate(zip(colours, labels, made.counts, strict=True))
    ]
    return density_picture(grid, made.breaks, colours).packed(), looks


def _grid(cells: gpd.GeoDataFrame, values: pd.Series) -> Grid:
    bounds = cells.bounds
    west, south = float(bounds["minx"].min()), float(bounds["miny"].min())
    column = np.round((bounds["minx"] - west) / CELL).astype(int)
    row = np.round((bounds["miny"] - south) / CELL).astype(int)
    table = np.full((row.max() + 1, column.max() + 1), np.nan)
    table[row, column] = values
    return Grid(west, south, CELL, table, 0)


def _findings(placed: gpd.GeoDataFrame, selected: str) -> tuple[dict, list[dict]]:
    signs = [
        _Sign.SAFE if category == ObservationCategory.SAFE else _SIGN_OF[FindingStatus(status)]
        for category, status in zip(placed["category"], placed["status"], strict=True)
    ]
    order = list(_SIGN_LOOKS)
    numbers = np.array([order.index(sign) for sign in signs], dtype=np.int8)
    looks = [
        {"class": number, "colour": colour, "hollow": hollow}
        for number, (colour, hollow) in enumerate(_SIGN_LOOKS.values())
    ]
    ids = [str(value) for value in placed["observation_id"]]
    packed = {
        "at": painting.pack(degrees(shapely.get_coordinates(placed.geometry.to_numpy()))),
        "classes": painting.pack(numbers),
        "ids": ids,
        "told": [_told(row) for row in placed.itertuples()],
        "looks": looks,
        "selected": ids.index(selected) if selected in ids else -1,
    }
    entries = [
        {
            "class": 100 + look["class"],
            "colour": look["colour"],
            "hollow": look["hollow"],
            "pattern": "",
            "sign": "round",
            "label": walk_words.FINDING_SIGNS[order[look["class"]].value],
            "n": int((numbers == look["class"]).sum()),
        }
        for look in looks
        if (numbers == look["class"]).any()
    ]
    return packed, entries


def _told(finding: Any) -> list[str]:
    text = finding.text if isinstance(finding.text, str) else ""
    lines = [texts.CATEGORIES[finding.category], text, texts.FINDING_STATUSES[finding.status]]
    return [line for line in lines if line]
