"""What the papers about walks rest on: the minutes of a *rond*, and a season for its walkers."""

from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd
import shapely

from trygghetskarta.terms.audience import Audience


@dataclass(frozen=True, eq=False)
class Minutes:
    """The minutes (*protokoll*) of one walk.

    Attributes
    ----------
    walk
        Its row, contract ``WALKS``.
    findings
        Its observations, contract ``OBSERVATIONS``, in the order the stops were made.
    route
        What may be shown of the route, EPSG:3006: empty when all of it lies too near its ends,
        None without one.
    district
        Name of the district it went through, empty when not known.
    earlier
        On a revisit, the findings of the last time: contract ``OBSERVATIONS`` with
        ``status_then``, their status when they were made, ``seen_again``, number of the stop of
        this walk where the same was found (missing when it was not), and ``open_now``.
    earlier_day
        Day of the last time, None the first time.
    areas
        Districts for the map, EPSG:3006, index area_code, with ``name``.
    municipality
        Its name.
    data_version
        Version of the store.
    is_example
        Whether the walk is invented.
    """

    walk: pd.Series
    findings: gpd.GeoDataFrame
    route: shapely.Geometry | None
    district: str
    earlier: pd.DataFrame
    earlier_day: date | None
    areas: gpd.GeoDataFrame
    municipality: str
    data_version: int
    is_example: bool


@dataclass(frozen=True, eq=False)
class Season:
    """What a period's walks came to, without anybody's name.

    Attributes
    ----------
    audience
        Who will read it. For the public, small numbers of findings are hidden and the others
        rounded.
    start, end
        First and last day.
    walks, audits
        Number of walks of either type.
    person_hours
        Adults times hours of the walks where both are known.
    untimed
        Walks whose hours or number of adults are not known, and which add nothing to the hours.
    kilometres
        Length of the cleaned tracks.
    quiet
        Walks with nothing to report.
    districts
        Person-hours by name of the district, largest first.
    found
        Observations by category, largest first; safe places, and what is hidden, left out.
    safe_places
        Observations of safe places; None where hidden.
    done, open, closed
        Findings of the period that are remedied, still open, and closed without a measure; None
        where hidden.
    median_days
        Median time to remedy in days (Kaplan–Meier), missing when less than half is remedied; None
        where it would tell of too few.
    municipality, data_version, is_example
        As for the minutes.
    """

    audience: Audience
    start: date
    end: date
    walks: int
    audits: int
    person_hours: float
    untimed: int
    kilometres: float
    quiet: int
    districts: pd.Series
    found: pd.Series
    safe_places: int | None
    done: int | None
    open: int | None
    closed: int | None
    median_days: float | None
    municipality: str
    data_version: int
    is_example: bool
