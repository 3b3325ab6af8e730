"""What walkers found: places where it comes back, and how long it takes until it is remedied."""

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.rates import confint_poisson

from trygghetskarta.analysis.cells import positive
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import TIME_ZONE

_DAY = pd.Timedelta(days=1)
_ROUNDING = 1e-12
_PLACE_COLUMNS = (
    *("category", "observations", "voices", "days", "first", "last"),
    *("extent_m", "members", "geometry"),
)


@dataclass(frozen=True)
class RemedyTime:
    """How long findings stay open.

    Attributes
    ----------
    median
        Days within which half of the findings are remedied; missing when fewer are.
    lower, upper
        Limits of the median in days; missing where the findings do not decide one.
    remedied, open
        Findings that are remedied, and those that are not (yet).
    left_out
        Findings without a date, or remedied before they were seen.
    """

    median: float
    lower: float
    upper: float
    remedied: int
    open: int
    left_out: int


@dataclass(frozen=True)
class FindingRate:
    """Findings per hour that one person walks, with exact Poisson limits."""

    rate: float
    lower: float
    upper: float


def recurring(observations: gpd.GeoDataFrame, distance: float = 20.0) -> gpd.GeoDataFrame:
    """Find places where the same kind of thing is seen again.

    Observations of one category that are at most ``distance`` apart belong together, and so do
    those that are joined by others in between (single linkage), so that a place may become a
    longer stretch. Seen twice on one walk is seen twice: ``days`` tells how often it came back.
    It does not say that it is the same lamp.

    Parameters
    ----------
    observations
        Points in EPSG:3006 with ``category``; ``observed_at`` (moments with time zone) and
        ``voices`` are used when they are there. Rows without a point are left out.
    distance
        Metres.

    Returns
    -------
    GeoDataFrame
        One row per place with at least two observations, the most first: ``category``,
        ``observations``, ``voices`` (1 per observation where not told), ``days`` (distinct days,
        Swedish time; 0 when no moment is known), ``first``, ``last`` (moments), ``extent_m`` (the
        largest distance from the middle), ``members`` (tuple of index labels), ``geometry``: the
        middle, EPSG:3006.

    Raises
    ------
    AnalysisError
        ``OUT_OF_RANGE`` if ``distance`` is not positive; ``WRONG_CRS``.

    Examples
    --------
    >>> seen = gpd.GeoDataFrame(
    ...     {"category": ["belysning", "belysning", "nalar"]},
    ...     geometry=gpd.points_from_xy([0, 15, 15], [0, 0, 0]),
    ...     crs=3006,
    ... )
    >>> found = recurring(seen)
    >>> found["category"].tolist(), found["members"].tolist()
    (['belysning'], [(0, 1)])
    """
    reach = positive("distance", distance)
    if observations.crs is not None and observations.crs.to_epsg() != 3006:
        raise AnalysisError(AnalysisCause.WRONG_CRS, crs=str(observations.crs))
    placed = observations[observations.geometry.notna()]
    placed = placed[~placed.geometry.is_empty]
    label = _linked(placed, reach)
    size = np.bincount(label, minlength=1)
    rows = [
        _place(placed[label == number])
        for number in np.flatnonzero(size > 1)[np.argsort(-size[size > 1], kind="stable")]
    ]
    table = pd.DataFrame(rows, columns=_PLACE_COLUMNS)
    return gpd.GeoDataFrame(table, geometry="geometry", crs=3006)


def time_to_remedy(
    observed: pd.Series,
    remedied: pd.Series,
    until: pd.Timestamp,
    closed: pd.Series | None = None,
    confidence: float = 0.95,
) -> RemedyTime:
    """Estimate the median time from a finding to its remedy.

    Kaplan & Meier (1958, Journal of the American Statistical Association 53, 457–481): a finding
    that is still open counts with the time it has been open so far, so that the slow ones are not
    left out. Limits by Brookmeyer & Crowley (1982, Biometrics 38, 29–41) on the complementary
    log-log scale. It does not say how long any single finding will take, nor that the remedy held.

    Parameters
    ----------
    observed
        When each was found; moments with time zone.
    remedied
        When each was remedied, NaT while it is not; same index.
    until
        The moment of the count, up to which an open finding is known to be open.
    closed
        When each was closed without a measure: known not to be remedied until then.
    confidence
        Coverage of the limits, two-sided.

    Returns
    -------
    RemedyTime
        In days. All missing when nothing is remedied.

    Raises
    ------
    AnalysisError
        ``LENGTHS_DIFFER``.

    Examples
    --------
    >>> found = pd.Series(pd.to_datetime(["2026-01-01"] * 3, utc=True))
    >>> done = pd.Series(pd.to_datetime(["2026-01-11", "2026-01-21", None], utc=True))
    >>> time_to_remedy(found, done, pd.Timestamp("2026-03-01", tz="UTC")).median
    20.0
    """
    ends = [remedied] if closed is None else [remedied, closed]
    for end in ends:
        if len(end) != len(observed):
            raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(observed), right=len(end))
    done = remedied.notna().to_numpy() & (remedied <= until).to_numpy()
    end = remedied.where(done)
    if closed is not None:
        end = end.where(done, closed.where(closed <= until))
    days = ((end.fillna(until) - observed) / _DAY).to_numpy(dtype=np.float64)
    good = days >= 0  # NaN is not
    median, lower, upper = _median(days[good], done[good], confidence)
    events = int(done[good].sum())
    return RemedyTime(median, lower, upper, events, int(good.sum()) - events, int((~good).sum()))


def finding_rate(findings: int, person_minutes: float, confidence: float = 0.95) -> FindingRate:
    """Give findings per hour that one person walks, with exact Poisson limits (Garwood 1936).

    It does not say that a place is worse where more is found: who looks more finds more, and the
    rate only takes the time into account, not how well it was light.

    Parameters
    ----------
    findings
        Number found, 0 or more.
    person_minutes
        Time walked, as :func:`presence` gives it.
    confidence
        Coverage of the limits, two-sided.

    Returns
    -------
    FindingRate
        Per person-hour; missing when nobody walked.

    Raises
    ------
    AnalysisError
        ``NEGATIVE_COUNT``.

    Examples
    --------
    >>> finding_rate(3, 90.0).rate
    2.0
    """
    if findings < 0:
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    if not person_minutes > 0:
        return FindingRate(np.nan, np.nan, np.nan)
    hours = person_minutes / 60
    lower, upper = confint_poisson(findings, hours, method="exact-c", alpha=1 - confidence)
    # The library leaves the lower limit of 0 findings undefined; Garwood's is 0.
    return FindingRate(findings / hours, float(lower) if findings else 0.0, float(upper))


def _linked(placed: gpd.GeoDataFrame, reach: float) -> np.ndarray:
    """Number of the place each row belongs to."""
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    category = placed["category"].to_numpy()
    at = shapely.get_coordinates(placed.geometry.to_numpy())
    for word in pd.unique(category):
        rows = np.flatnonzero(category == word)
        near = cKDTree(at[rows]).query_pairs(reach, output_type="ndarray")
        pairs.append(rows[near])
    first, second = np.concatenate(pairs).T
    size = len(placed)
    links = coo_array((np.ones(len(first)), (first, second)), shape=(size, size))
    return connected_components(links, directed=False)[1] if size else np.zeros(0, dtype=np.int64)


def _place(rows: gpd.GeoDataFrame) -> tuple[Any, ...]:
    at = shapely.get_coordinates(rows.geometry.to_numpy())
    middle = at.mean(axis=0)
    moments = rows["observed_at"].dropna() if "observed_at" in rows else pd.Series(dtype="object")
    known = len(moments) > 0
    voices = rows["voices"].fillna(1).sum() if "voices" in rows else len(rows)
    return (
        rows["category"].iloc[0],
        len(rows),
        int(voices),
        moments.dt.tz_convert(TIME_ZONE).dt.normalize().nunique() if known else 0,
        moments.min() if known else pd.NaT,
        moments.max() if known else pd.NaT,
        float(np.hypot(*(at - middle).T).max()),
        tuple(rows.index),
        shapely.Point(middle),
    )


def _median(days: np.ndarray, done: np.ndarray, confidence: float) -> tuple[float, float, float]:
    if not done.any():
        return np.nan, np.nan, np.nan
    # The log of 0 and of 1 at the ends of the curve is not an answer to anything.
    with np.errstate(all="ignore"):
        curve = SurvfuncRight(days, done.astype(np.int64))
        lower, upper = curve.quantile_ci(0.5, alpha=1 - confidence)
    half = np.flatnonzero(curve.surv_prob <= 0.5 + _ROUNDING)
    median = float(curve.surv_times[half[0]]) if len(half) else np.nan
    return median, float(lower), float(upper) if np.isfinite(upper) else np.nan
