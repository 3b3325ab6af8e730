"""What is counted and found for a choice of hot spots: land, events, clusters, one cell."""

from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.analysis.cells import Cells
from trygghetskarta.analysis.density import Grid
from trygghetskarta.analysis.disclosure import Publishable
from trygghetskarta.analysis.facts import Facts
from trygghetskarta.errors import AnalysisError
from trygghetskarta.gate.view import View
from trygghetskarta.terms.hotspots import HotspotRefusal


@dataclass(frozen=True, eq=False)
class Land:
    """What cells are cut from: the municipality without its water.

    Attributes
    ----------
    outline
        Polygon in EPSG:3006.
    cells
        The cells.
    used
        Whether any offence of the municipality is known from a cell, whatever its kind and date, by
        position.
        Clusters are sought among these: against forest and lake every street would be one.
    names
        Name of the district that a cell's centre lies in, by cell code; empty beyond all of them.
    districts
        Code of that district, by cell code; missing beyond all of them.
    """

    outline: shapely.Geometry
    cells: Cells
    used: np.ndarray
    names: pd.Series
    districts: pd.Series

    @cached_property
    def areas(self) -> gpd.GeoDataFrame:
        """The cells as a table: index area_code, ``name`` and geometry."""
        return gpd.GeoDataFrame(
            {"name": self.names.to_numpy()},
            geometry=self.cells.geometry,
            index=self.names.index,
            crs=3006,
        )


@dataclass(frozen=True, eq=False)
class Events:
    """The placed offences of a choice, one element each.

    Attributes
    ----------
    x, y
        Metres in EPSG:3006.
    row
        Row of the cube.
    position
        Position of the cell, -1 outside all.
    """

    x: np.ndarray
    y: np.ndarray
    row: np.ndarray
    position: np.ndarray

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True)
class Concentration:
    """How gathered the events are.

    Attributes
    ----------
    share
        Share of the events in the ``TOP_SHARE`` of the cells that have most.
    gini
        Gini coefficient adjusted for few events (Bernasco & Steenbeek 2017).
    cells, events
        How many there are.
    """

    share: float
    gini: float
    cells: int
    events: int


@dataclass(frozen=True, eq=False)
class Hotspots:
    """One answer to a choice on the page Hotspots.

    Attributes
    ----------
    answer
        The choice as it was followed, its periods and rule.
    refused
        Why nothing may be shown; None otherwise. With it the rest is None.
    problem
        Why the chosen layer could not be computed; None otherwise.
    facts
        What the caption tells.
    gated
        Figures of every cell.
    kept
        Codes of the cells that the district filter keeps.
    density
        The density, for that layer.
    points
        East and north of single offences, for that layer.
    clusters
        The strongest clusters: ``name``, ``direction`` (part of the district), ``count``,
        ``share``, ``hour`` (first hour of the busiest three, missing when unknown), ``cells`` (how
        many), ``code`` (the cell with most); None with too few events.
    concentration
        How gathered the events are; None without events.
    events
        How many offences stand in the cells.
    beyond
        Offences whose point lies in no cell although their district is known.
    """

    answer: View
    refused: HotspotRefusal | None = None
    problem: AnalysisError | None = None
    facts: Facts | None = None
    gated: Publishable | None = None
    kept: frozenset[str] = frozenset()
    density: Grid | None = None
    points: tuple[np.ndarray, np.ndarray] | None = None
    clusters: pd.DataFrame | None = None
    concentration: Concentration | None = None
    events: int = 0
    beyond: int = 0


@dataclass(frozen=True, eq=False)
class Spot:
    """The figures of one cell.

    Attributes
    ----------
    code, name
        The cell, and the district its centre lies in.
    count, share
        Its offences in the period, and their share of all that stand in cells.
    series
        As in :class:`~trygghetskarta.gate.area_profile.AreaProfile`.
    types
        Offences per type, most first.
    hours
        Offences per hour of the day (aoristic, index 0 to 23); None without enough timed ones.
    """

    code: str
    name: str
    count: int
    share: float
    series: pd.DataFrame
    types: pd.Series
    hours: pd.Series | None


def chosen_cells(land: Land, answer: View, counts: np.ndarray) -> np.ndarray:
    """Cells that the district filter keeps: by their centre, or by what happened in them."""
    if not answer.chosen:
        return np.ones(len(counts), dtype=bool)
    return (counts > 0) | land.districts.isin(answer.chosen).to_numpy()
