"""The clusters among the events of a choice, where their cells lie, their hours and share."""

import numpy as np
import pandas as pd
import shapely

from trygghetskarta.analysis import aoristic, concentration, hotspot_clusters, hotspots
from trygghetskarta.gate.loaded_world import World
from trygghetskarta.gate.view import View
from trygghetskarta.subjects.hotspots.ask.hotspot_figures import (
    Concentration,
    Events,
    Hotspots,
    Land,
    chosen_cells,
)
from trygghetskarta.terms.areas import AreaLevel, Direction

MOST_CLUSTERS = 10
FEWEST_EVENTS = 30
"""Fewer events than this are not searched for clusters: the normal limits would not hold."""
FEWEST_TIMED = 10
"""Fewer timed events than this have no typical hour."""
TOP_SHARE = 0.05
_TYPICAL_HOURS = 3


def clusters(world: World, land: Land, answer: View, events: Events) -> pd.DataFrame | None:
    """The strongest significant clusters, for every layer: the list is a way in without the map."""
    inside = events.position >= 0
    if inside.sum() < FEWEST_EVENTS:
        return None
    counts = np.bincount(events.position[inside], minlength=len(land.cells))
    studied = np.flatnonzero(chosen_cells(land, answer, counts) & land.used)
    neighbours = land.cells.neighbours[studied][:, studied]
    found = hotspots.getis_ord_g_star(counts[studied], neighbours, skewed=True)
    hot = (found["significant"] & (found["z"] > 0)).to_numpy()
    groups = hotspot_clusters.strongest_clusters(
        counts[studied], hot, neighbours, MOST_CLUSTERS, heights=counts[studied]
    )
    rows = []
    for cells, count, share in zip(groups["cells"], groups["count"], groups["share"], strict=True):
        members = studied[cells]
        busiest = members[np.argmax(counts[members])]
        hours = hours_of(world, events.row[np.isin(events.position, members)])
        rows.append(
            {
                "name": land.names.iloc[busiest],
                "direction": _direction(world, land, busiest),
                "count": int(count),
                "share": share,
                "hour": np.nan if hours is None else _busiest_hours(hours),
                "cells": len(members),
                "code": land.names.index[busiest],
            }
        )
    return pd.DataFrame(
        rows, columns=["name", "direction", "count", "share", "hour", "cells", "code"]
    )


def _direction(world: World, land: Land, position: int) -> Direction:
    """Which part of its district a cell lies in: the middle within half of its mean radius."""
    code = land.districts.iloc[position]
    if pd.isna(code):
        return Direction.MIDDLE
    district = world.areas[AreaLevel.DISTRICT].geometry[code]
    centre = shapely.centroid(district)
    east, north = land.cells.x[position] - centre.x, land.cells.y[position] - centre.y
    if np.hypot(east, north) < 0.5 * np.sqrt(district.area / np.pi):
        return Direction.MIDDLE
    eighth = round(np.degrees(np.arctan2(east, north)) / 45) % 8
    return [*Direction][1:][eighth]


def concentration_of(land: Land, found: Hotspots, events: Events) -> Concentration | None:
    """How few cells hold how many of the events; None when nothing is shown."""
    if found.events == 0 or found.gated is None:
        return None
    table = found.gated.table
    # A set of texts answers sooner than pandas does.
    kept = np.fromiter((code in found.kept for code in land.cells.code), bool, len(table))
    counts = table["count"].to_numpy()[kept & land.used]
    return Concentration(
        concentration.top_share(counts, TOP_SHARE),
        concentration.generalised_gini(counts),
        len(counts),
        found.events,
    )


def hours_of(world: World, rows: np.ndarray) -> pd.Series | None:
    """Offences per hour of the day, aoristic; None when too few are timed."""
    cube = world.cube
    timed = rows[~np.isnat(cube.began[rows])]
    if len(timed) < FEWEST_TIMED:
        return None
    began, ended = (
        pd.Series(part[timed]).dt.tz_localize("UTC") for part in (cube.began, cube.ended)
    )
    return aoristic.aoristic(began, ended).sum(axis=0)


def _busiest_hours(hours: pd.Series) -> int:
    """First hour of the three in a row, round the clock, that have most."""
    around = np.concatenate([hours.to_numpy(), hours.to_numpy()[: _TYPICAL_HOURS - 1]])
    return int(np.argmax(np.convolve(around, np.ones(_TYPICAL_HOURS), mode="valid")))
