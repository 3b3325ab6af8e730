"""Which district a walk or a finding belongs to: by its line, or by point, code or name."""

from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from trygghetskarta.analysis.places import PlaceFinder
from trygghetskarta.analysis.spatial import AreaIndex
from trygghetskarta.intake.place_lookup import place_finder
from trygghetskarta.intake.workplace import Workplace
from trygghetskarta.store import read
from trygghetskarta.terms.areas import AreaLevel

_STEP = 25.0
"""Metres between the places of a line that are looked up."""


class WalkDistricts:
    """The districts in force, asked for walks and for what was seen on them.

    Attributes
    ----------
    names
        Name of each district by its code.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place
        districts = read.areas(place.engine, AreaLevel.DISTRICT).reset_index()
        self._index = AreaIndex(districts)
        self.names = dict(zip(districts["area_code"], districts["name"], strict=True))

    @cached_property
    def _finder(self) -> PlaceFinder:
        """Looks up places by name; tracks do without it."""
        return place_finder(self._place)

    def of_line(self, line: shapely.Geometry) -> str | None:
        """Give the district that most of a line's steps lie in, EPSG:3006; None when it is none."""
        at = shapely.get_coordinates(shapely.segmentize(line, _STEP))
        found = self._index.locate(at[:, 0], at[:, 1])
        codes = np.bincount(found + 1, minlength=1)
        most = int(codes.argmax()) - 1
        return None if most < 0 else str(self._index.codes[most])

    def of_rows(self, table: gpd.GeoDataFrame) -> pd.Series:
        """District of each row by its point, code or name; missing when none of them is known.

        Index as the table's, which has ``given_area_code``, ``given_place`` and ``geometry``.
        """
        asked = table[["given_area_code", "given_place", "geometry"]]
        placed = self._finder.place(asked).table["district_code"]
        return placed.reindex(table.index).astype("str")
