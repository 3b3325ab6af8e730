"""What the basis for a plan of an area (*SKA-underlag*) rests on."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely

from trygghetskarta.analysis.report_facts import Edition
from trygghetskarta.analysis.steering_facts import ActionFacts


@dataclass(frozen=True, eq=False)
class PlanAreaFacts:
    """What a *SKA-underlag* rests on: a place that is planned, and what lies around it.

    Attributes
    ----------
    edition
        Which report it is; always internal.
    name
        The place's.
    shape, around
        The place, and the ring ``reach`` metres wide around it; EPSG:3006.
    areas
        The districts, for the map.
    reach
        Metres.
    too_small
        Whether the place is smaller than the cells that offences may be told for: it is then told
        together with the ring only.
    types
        Offences per type: ``inside, inside_before, around, around_before``; missing where the
        place is too small to be told by itself, and before where the edition is not covered.
    total
        One row: place and ring together, as
        :func:`trygghetskarta.analysis.comparison.compare_counts`, with ``count`` and ``previous``;
        all but ``count`` missing where the edition is not covered.
    hours
        Weekdays by hours of place and ring together, aoristic; None with too few.
    findings
        Findings of walks since the period began: ``number, category, status, day, inside, x, y``.
    person_hours
        Hours that walkers spent there in the period, ring included.
    inhabitants, inhabitants_around
        Estimated from the small areas' inhabitants by their share of land.
    actions
        Actions that concern the place, its ring or their districts.
    caveats
        Sentences of the theme.
    """

    edition: Edition
    name: str
    shape: shapely.Geometry
    around: shapely.Geometry
    areas: gpd.GeoDataFrame
    reach: float
    too_small: bool
    types: pd.DataFrame
    total: pd.Series
    hours: pd.DataFrame | None
    findings: pd.DataFrame
    person_hours: float
    inhabitants: float
    inhabitants_around: float
    actions: tuple[ActionFacts, ...]
    caveats: tuple[str, ...]
