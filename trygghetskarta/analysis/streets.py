"""Walks beside streets and incidents: what was covered, and whether it happens where one walks."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from trygghetskarta.analysis.cells import positive
from trygghetskarta.analysis.comparison import compare_counts
from trygghetskarta.analysis.tracks import Track
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import TIME_ZONE

NEAR = (50.0, 100.0, 250.0)
"""Metres from a route that still are near it."""

SURE_WITHIN = pd.Timedelta(hours=2)
"""An incident whose interval is longer than this has no known hour."""

_STEP = 1.0  # metres between the places of a street that are looked at
_PIECE = 32  # vertices of a route that one entry of the search tree holds
_TOLERANCE = 0.1  # share of a distance that a line may move when the area around it is drawn
_DRAWN = 16  # vertices of a line that one piece of that area is drawn round
_ARC = 8  # sides that a quarter of a circle is drawn with
_WEEK_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, eq=False)
class Coverage:
    """How much of a street network was walked.

    Attributes
    ----------
    metres
        Length of the streets that were walked.
    share
        The same as a share of the whole network; missing when the network has no length.
    network_metres
        Length of the whole network.
    streets
        Index of the network: ``length_m``, ``near_m`` (metres that lie near some track, to the
        nearest metre), ``walked``.
    """

    metres: float
    share: float
    network_metres: float
    streets: pd.DataFrame


@dataclass(frozen=True, eq=False)
class NearRoute:
    """Incidents near where people walked, beside streets that nobody walked near.

    Attributes
    ----------
    table
        Index ``distance`` in metres. ``near``: incidents within it of a route, in the walks'
        hours; ``near_km2``: the area that is that near, right to about a percent. ``elsewhere``,
        ``elsewhere_km2``: the same round the streets further than ``distance`` from every route,
        without what is near one.
        ``percent``, ``percent_lower``, ``percent_upper``, ``verdict``: how many more per area
        there are near the routes, as ``compare_counts`` tells it from ``elsewhere`` to ``near``.
        Missing without a network, and where no street lies elsewhere.
    hours
        Hours of the week in which some walk takes place.
    without_hour
        Incidents that are left out because their hour is not known.
    """

    table: pd.DataFrame
    hours: float
    without_hour: int


def coverage(
    tracks: Sequence[Track | shapely.Geometry],
    network: gpd.GeoDataFrame | gpd.GeoSeries,
    distance: float = 15.0,
    share: float = 0.5,
) -> Coverage:
    """Tell how much of a street network was walked.

    A street (a row of the network) is walked when at least ``share`` of its length lies within
    ``distance`` of some track; a device is wrong by some metres, and a pavement lies beside its
    street. It does not say that anybody looked, nor how often: a street walked once and one walked
    every Friday count the same. Streets shorter than four times ``distance`` can be counted as
    walked by somebody who only crossed them.

    Parameters
    ----------
    tracks
        Cleaned tracks, or their lines in EPSG:3006.
    network
        LineStrings or MultiLineStrings, EPSG:3006; missing and empty ones have no length.
    distance
        Metres.
    share
        Share of a street's length, 0 to 1.

    Returns
    -------
    Coverage
        In metres.

    Raises
    ------
    AnalysisError
        ``OUT_OF_RANGE`` for a distance that is not positive or a share outside 0 to 1;
        ``WRONG_CRS``.

    Examples
    --------
    >>> streets = gpd.GeoSeries.from_wkt(["LINESTRING (0 0, 300 0)", "LINESTRING (0 0, 0 300)"])
    >>> found = coverage([shapely.LineString([(0, 5), (200, 5)])], streets.set_crs(3006))
    >>> found.metres, found.share, found.streets["near_m"].round().tolist()
    (300.0, 0.5, [214.0, 20.0])
    """
    reach = positive("distance", distance)
    if not 0 <= share <= 1:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="share", value=float(share))
    _check_crs(network)
    streets = np.asarray(network.geometry, dtype=object)
    length = np.nan_to_num(shapely.length(streets))
    near = _near_metres(streets, length, _pieces(_lines_of(tracks)), reach)
    walked = (length > 0) & (near >= share * length - _STEP / 2) & (near > 0)
    table = pd.DataFrame({"length_m": length, "near_m": near, "walked": walked}, network.index)
    total, metres = float(length.sum()), float(length[walked].sum())
    return Coverage(metres, metres / total if total else np.nan, total, table)


def near_route(
    tracks: Sequence[Track],
    incidents: gpd.GeoDataFrame,
    network: gpd.GeoDataFrame | gpd.GeoSeries | None = None,
    distances: Sequence[float] = NEAR,
    confidence: float = 0.95,
) -> NearRoute:
    """Count the incidents near routes in the walks' hours, and the same where nobody walks.

    An incident belongs to the walks' hours when its weekday and clock time fall within those of
    some walk, whatever the date. So that "we walk where it happens" can be judged, the same count
    is made round the streets that are further than the distance from every route, and both are set
    against the area they are made in. It does not say that a walk prevented or attracted anything:
    routes are chosen, and an incident can be reported because somebody was there.

    Parameters
    ----------
    tracks
        Cleaned tracks; those without a line or without hours are left out.
    incidents
        Contract ``INCIDENTS`` (``occurred_from``, ``occurred_to``, ``count``, ``geometry``), of
        the period that is asked about. Rows without a point are left out; so are those whose
        interval is missing or longer than two hours, which are counted by ``without_hour``.
    network
        Streets, EPSG:3006; None when there are none.
    distances
        Metres, each positive.
    confidence
        Coverage of the interval, two-sided.

    Returns
    -------
    NearRoute
        One row per distance.

    Raises
    ------
    AnalysisError
        ``OUT_OF_RANGE`` for a distance that is not positive; ``WRONG_CRS``.
    """
    reaches = [positive("distance", distance) for distance in distances]
    _check_crs(incidents)
    if network is not None:
        _check_crs(network)
    used = [track for track in tracks if track.has_line and track.ended_at > track.started_at]
    hours = _minutes_of_week(used)
    placed = incidents[incidents.geometry.notna()]
    minute = _minute_of(placed)
    weight = placed["count"].to_numpy(dtype=np.float64)
    during = (minute >= 0) & hours[minute]
    points, weight_during = placed.geometry.to_numpy()[during], weight[during]
    routes = _lines_of(used)
    lines = () if network is None else network.geometry.dropna()
    streets = np.asarray(lines, dtype=object)
    pieces = _pieces(routes)
    away = _distances(points, pieces, max(reaches))
    streets_away = _distances(streets, pieces, max(reaches))
    around = _around_each(routes, reaches)
    rows = []
    for reach in reaches:
        other = None
        if network is not None:
            other = shapely.difference(_around(streets[streets_away > reach], reach), around[reach])
        rows.append(_beside(around[reach], other, points, away <= reach, weight_during, confidence))
    table = pd.concat(rows).set_axis(pd.Index(reaches, name="distance"))
    return NearRoute(table, float(hours.sum()) / 60, round(float(weight[minute < 0].sum())))


def _check_crs(table: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    if table.crs is not None and table.crs.to_epsg() != 3006:
        raise AnalysisError(AnalysisCause.WRONG_CRS, crs=str(table.crs))


def _lines_of(tracks: Sequence[Track | shapely.Geometry]) -> NDArray[np.object_]:
    return np.array([one.geometry if isinstance(one, Track) else one for one in tracks], object)


def _pieces(lines: NDArray[np.object_], size: int = _PIECE) -> NDArray[np.object_]:
    """Short lines that together are the given ones, so that a search tree can tell them apart."""
    at, part = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    first = np.flatnonzero(np.diff(part, prepend=-1))
    count = np.diff(first, append=len(part))
    segment = np.arange(len(part)) - np.repeat(first, count)
    last = np.repeat(first + count - 1, count)
    start = np.flatnonzero((segment % (size - 1) == 0) & (np.arange(len(part)) < last))
    many = np.minimum(start + size - 1, last[start]) - start + 1
    piece = np.repeat(np.arange(len(start)), many)
    step = np.arange(len(piece)) - np.repeat(np.cumsum(many) - many, many)
    return shapely.linestrings(at[np.repeat(start, many) + step], indices=piece)


def _near_metres(
    streets: NDArray, length: NDArray, pieces: NDArray, reach: float
) -> NDArray[np.float64]:
    """Metres of each street that lie near a piece: the middles of equal steps are looked at."""
    near = np.zeros(len(streets))
    if not len(pieces):
        return near
    tree = shapely.STRtree(pieces)
    boxes = shapely.box(*(shapely.bounds(streets) + [-reach, -reach, reach, reach]).T)
    close = np.unique(tree.query(np.where(length > 0, boxes, None))[0])
    steps = np.ceil(length[close] / _STEP).astype(np.int64)
    street = np.repeat(close, steps)
    step = np.arange(len(street)) - np.repeat(np.cumsum(steps) - steps, steps)
    size = np.repeat(length[close] / steps, steps)
    at = shapely.line_interpolate_point(streets[street], (step + 0.5) * size)
    found, _ = tree.query_nearest(at, max_distance=reach, all_matches=False)
    return np.bincount(street[found], size[found], minlength=len(streets)).astype(np.float64)


def _beside(
    area: shapely.Geometry,
    other: shapely.Geometry | None,
    points: NDArray,
    close: NDArray[np.bool_],
    weight: NDArray,
    confidence: float,
) -> pd.DataFrame:
    """One row of the table: what is near beside what is elsewhere."""
    near = round(float(weight[close].sum()))
    row = {"near": near, "near_km2": area.area / 1e6, "elsewhere": np.nan, "elsewhere_km2": np.nan}
    compared = compare_counts(pd.Series([np.nan]), pd.Series([np.nan]), 1, 1)
    if other is not None:
        far = ~close & _inside(points, shapely.get_parts(other))
        elsewhere = round(float(weight[far].sum()))
        row |= {"elsewhere": elsewhere, "elsewhere_km2": other.area / 1e6}
        if area.area >= 1 and other.area >= 1:
            compared = compare_counts(
                pd.Series([elsewhere]), pd.Series([near]), other.area, area.area, confidence
            )
    told = compared[["percent", "percent_lower", "percent_upper", "verdict"]]
    return pd.concat([pd.DataFrame([row]).astype({"elsewhere": "float64"}), told], axis=1)


def _distances(shapes: NDArray, pieces: NDArray, most: float) -> NDArray[np.float64]:
    """Metres from each shape to the nearest piece; infinite beyond the most that is asked for."""
    away = np.full(len(shapes), np.inf)
    if len(shapes) and len(pieces):
        found, metres = shapely.STRtree(pieces).query_nearest(
            shapes, max_distance=most, return_distance=True, all_matches=False
        )
        away[found[0]] = metres
    return away


def _inside(points: NDArray, shapes: NDArray) -> NDArray[np.bool_]:
    """Whether each point lies in some shape, its border counted in."""
    inside = np.zeros(len(points), dtype=bool)
    if len(points) and len(shapes):
        inside[shapely.STRtree(shapes).query(points, predicate="intersects")[0]] = True
    return inside


def _around_each(lines: NDArray, reaches: Sequence[float]) -> dict[float, shapely.Geometry]:
    """What lies within each distance of lines: the wider is drawn round the narrower."""
    around: dict[float, shapely.Geometry] = {}
    before = 0.0
    for reach in sorted(set(reaches)):
        grown = shapely.buffer(around[before], reach - before, quad_segs=_ARC) if before else None
        around[reach] = _around(lines, reach) if grown is None else grown
        before = reach
    return around


def _around(lines: NDArray, reach: float) -> shapely.Geometry:
    """What lies within reach of lines, its area right to about a percent."""
    # The buffer of a long line that winds takes far longer than those of its parts together.
    plain = shapely.simplify(shapely.get_parts(lines), reach * _TOLERANCE, preserve_topology=False)
    return shapely.union_all(shapely.buffer(_pieces(plain, _DRAWN), reach, quad_segs=_ARC))


def _minutes_of_week(tracks: Sequence[Track]) -> NDArray[np.bool_]:
    """Whether some walk takes place in each minute of the week, Monday 00:00 first."""
    week = np.zeros(_WEEK_MINUTES, dtype=bool)
    for track in tracks:
        first = track.started_at.floor("min")
        minutes = min(int(np.ceil((track.ended_at - first) / pd.Timedelta(minutes=1))), len(week))
        # Counted on the wall: a walk over the change of the clock is an hour off for one night.
        start = first.weekday() * 1440 + first.hour * 60 + first.minute
        week[(start + np.arange(minutes)) % _WEEK_MINUTES] = True
    return week


def _minute_of(incidents: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Minute of the week of each incident's middle, Swedish time; -1 where it is not known."""
    start, end = incidents["occurred_from"], incidents["occurred_to"]
    end = end.where(end.notna(), start)
    known = (start.notna() & (end >= start) & (end - start <= SURE_WITHIN)).to_numpy()
    middle = (start + (end - start) / 2).dt.tz_convert(TIME_ZONE)
    minute = middle.dt.day_of_week * 1440 + middle.dt.hour * 60 + middle.dt.minute
    return np.where(known, minute.fillna(0), -1).astype(np.int64)
