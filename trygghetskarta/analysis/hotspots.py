"""Where more happens than in the rest of the municipality: hot spots, their age, and chance."""

import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats
from scipy.sparse import csr_array, sparray, spmatrix

from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.hotspots import HotspotClass

FEWEST_PERIODS = 8
"""Fewer periods than this show no trend."""
FEWEST_EVENTS = 30
"""Fewer events in a period than this show no hot spots."""

_ALMOST_ALWAYS = 0.9  # of the periods, as in Esri's definitions
_TREND_LEVEL = 0.05
_FDR = 0.05


def getis_ord_g_star(
    values: pd.Series | ArrayLike,
    neighbours: sparray | spmatrix,
    fdr: float = 0.05,
    skewed: bool = False,
) -> pd.DataFrame:
    """Compare each cell and its neighbours with all cells: Gi*.

    ``z = (Σⱼ wᵢⱼ xⱼ − Wᵢ x̄) / (s √((n Wᵢ − Wᵢ²) / (n − 1)))`` with wᵢⱼ 1 for the cell itself and
    its neighbours and 0 for the others (Ord & Getis 1995, Geographical Analysis 27, 286–306). The
    p-value is the normal distribution's, two-sided. Significance is judged over all cells at once
    (Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57, 289–300). Where a
    cell and its neighbours expect only a few events, the normal distribution calls much that is
    chance a hot spot; ``skewed=True`` does not. A hot spot is a place with more events than the
    municipality's mean; it does not say that they are many for the people who are there, nor why.

    Parameters
    ----------
    values
        One number per cell, such as a count; none may be missing.
    neighbours
        Square sparse matrix, as :attr:`trygghetskarta.analysis.cells.Cells.neighbours`: not 0 where
        two cells are neighbours. Weights are not used, only whether they are 0; the diagonal is
        ignored.
    fdr
        Share of false alarms among the significant cells that is put up with.
    skewed
        Take the p-value from the Pearson type III distribution with the mean, the variance and the
        skewness that the sum has when the values change places at random (Mielke & Berry 2007,
        *Permutation Methods*). On 7 200 squares 1 000 events spread by chance alone give about 13
        hot cells with the normal distribution, and none in 59 of 60 maps with this one.

    Returns
    -------
    DataFrame
        Index of ``values``. ``z``: above 0 where there is more than the mean. ``p_value``: of the
        cell alone, two-sided. ``significant``: whether it stays so among all the cells, hot (z > 0)
        or cold. Where all values are alike, or a cell has all others as neighbours, z is 0, p 1.

    Raises
    ------
    AnalysisError
        ``NO_VALUES`` without cells; ``LENGTHS_DIFFER``; ``OUT_OF_RANGE`` for a missing value or an
        ``fdr`` that is not within 0–1.

    Examples
    --------
    Three cells in a row and the last two alone; the first three hold all events:

    >>> beside = csr_array([[0, 1, 0, 0, 0], [1, 0, 1, 0, 0], [0, 1, 0, 0, 0], [0] * 5, [0] * 5])
    >>> getis_ord_g_star([1, 1, 1, 0, 0], beside)["z"].round(2).tolist()
    [1.33, 2.0, 1.33, -1.22, -1.22]
    """
    if not 0 < fdr < 1:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="fdr", value=float(fdr))
    numbers = finite_numbers(values)
    weights = with_self(neighbours, len(numbers))
    z = _g_star(numbers[:, None], weights)[:, 0]
    p_value = _p_values(z[:, None], numbers[:, None], weights, skewed)[:, 0]
    table = {"z": z, "p_value": p_value, "significant": _discoveries(p_value, fdr)}
    return pd.DataFrame(table, index=values.index if isinstance(values, pd.Series) else None)


def emerging_hotspots(
    counts: pd.DataFrame | ArrayLike,
    neighbours: sparray | spmatrix,
    skewed: bool = False,
) -> pd.DataFrame:
    """Tell new hot spots from old ones.

    Gi* in each period (:func:`getis_ord_g_star`), then the Mann–Kendall test on each cell's z (Mann
    1945, Econometrica 13, 245–259; Kendall 1975, *Rank Correlation Methods*; with ties and
    continuity correction). Neighbours in time are not used, unlike Esri's tool. The trend is that
    of the cell's place among all cells: it does not say that events became more or fewer, and one
    cell in twenty without any trend has p < 0.05.

    Parameters
    ----------
    counts
        Events per cell (row) and period (column), periods in order and equally long.
    neighbours, skewed
        As in :func:`getis_ord_g_star`.

    Returns
    -------
    DataFrame
        A row per cell, index of ``counts``. ``cell``: the cell's label in that index. ``trend_s``:
        Mann–Kendall's S, pairs of periods where z rose minus those where it fell. ``p_value``: of
        the trend, two-sided. ``hotspot_class``: a :class:`HotspotClass` value.

    Raises
    ------
    AnalysisError
        ``TOO_FEW_PERIODS`` below 8 periods; ``TOO_FEW`` below 30 events in a period;
        ``NEGATIVE_COUNT``; ``LENGTHS_DIFFER``; ``OUT_OF_RANGE`` for a missing count.

    Examples
    --------
    Of 40 cells in a row the first three hold everything, in each of 8 periods:

    >>> row = np.arange(40)
    >>> beside = csr_array(np.abs(row[:, None] - row) == 1)
    >>> table = emerging_hotspots(np.where(row[:, None] < 3, 10, 0) * np.ones(8), beside)
    >>> table["hotspot_class"].tolist()[:5]
    ['persistent', 'persistent', 'persistent', 'none', 'none']
    """
    numbers = np.asarray(counts, dtype=np.float64)
    index = counts.index if isinstance(counts, pd.DataFrame) else pd.RangeIndex(len(numbers))
    _require_enough(numbers)
    weights = with_self(neighbours, len(numbers))
    z = _g_star(numbers, weights)
    p_value = _p_values(z, numbers, weights, skewed)
    hot = (z > 0) & np.column_stack([_discoveries(period, _FDR) for period in p_value.T])
    # Two periods with the same z in truth must not differ by a rounding error.
    trend, trend_p = _mann_kendall(np.round(z, 9))
    falling = (trend < 0) & (trend_p < _TREND_LEVEL)
    table = {
        "cell": index.to_numpy(),
        "trend_s": trend,
        "p_value": trend_p,
        "hotspot_class": _classes(hot, falling),
    }
    # An index named like a column could not be sorted or grouped by.
    return pd.DataFrame(table, index=index.rename(None))


def chance_points(
    n: int, inside: shapely.Geometry, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Spread points over an area completely at random.

    The null hypothesis is complete spatial randomness: every point falls independently, with the
    same probability everywhere, on lakes and forests too. Where people are few and many the truth
    is never so even: a map that differs from this one shows that places differ, not that they are
    dangerous.

    Parameters
    ----------
    n
        Number of points.
    inside
        Polygon or multipolygon in EPSG:3006.
    seed
        Number that makes the same points again.

    Returns
    -------
    tuple of arrays
        East and north of n points inside ``inside``, in metres.

    Raises
    ------
    AnalysisError
        ``NO_VALUES`` if ``inside`` has no area; ``OUT_OF_RANGE`` if ``n`` is negative.

    Examples
    --------
    >>> x, y = chance_points(1000, shapely.box(0, 0, 10, 10), seed=1)
    >>> len(x), bool((x >= 0).all() and (x <= 10).all())
    (1000, True)
    """
    if n < 0:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="n", value=n)
    if not shapely.area(inside) > 0:
        raise AnalysisError(AnalysisCause.NO_VALUES)
    rng = np.random.default_rng(seed)
    shapely.prepare(inside)
    west, south, east, north = inside.bounds
    x, y = np.empty(0), np.empty(0)
    hit = inside.area / ((east - west) * (north - south))
    while len(x) < n:
        # A few more than are expected to be needed, so that one round mostly does.
        tries = min(int((n - len(x)) / hit * 1.05) + 16, _POINTS_AT_ONCE)
        new_x, new_y = rng.uniform(west, east, tries), rng.uniform(south, north, tries)
        held = shapely.contains_xy(inside, new_x, new_y)
        x, y = np.concatenate([x, new_x[held]]), np.concatenate([y, new_y[held]])
    return x[:n], y[:n]


_POINTS_AT_ONCE = 1 << 20


def _g_star(values: NDArray, weights: csr_array) -> NDArray[np.float64]:
    """Give Gi*'s z of each cell (row) in each period (column)."""
    cells = len(values)
    size = weights.sum(axis=1)[:, None]
    mean = values.mean(axis=0)
    spread = np.sqrt(((values - mean) ** 2).mean(axis=0))
    # Values that are all alike leave a rounding error of a spread, not always 0.
    spread[values.max(axis=0) == values.min(axis=0)] = 0.0
    room = (cells * size - size**2) / max(cells - 1, 1)
    deviation = np.sqrt(room) * spread
    difference = weights @ values - size * mean
    return np.divide(difference, deviation, out=np.zeros(values.shape), where=deviation > 0)


def _p_values(z: NDArray, values: NDArray, weights: csr_array, skewed: bool) -> NDArray[np.float64]:
    """Give the two-sided p-value of each z, 1 where z is 0."""
    if not skewed or len(values) < 3:
        return 2 * stats.norm.sf(np.abs(z))
    skewness = _skewness(values, weights)
    # A gamma distribution, shifted to mean 0 and scaled to variance 1; without skew the normal one.
    shape = 4 / np.maximum(np.abs(skewness), 1e-6) ** 2
    place = np.maximum(shape + np.where(skewness < 0, -z, z) * np.sqrt(shape), 0.0)
    tail = np.minimum(special.gammaincc(shape, place), special.gammainc(shape, place))
    return np.where(z == 0, 1.0, np.minimum(2 * tail, 1.0))


def _skewness(values: NDArray, weights: csr_array) -> NDArray[np.float64]:
    """Give the skewness of each cell's sum when the values change places at random."""
    cells = len(values)
    size = weights.sum(axis=1)[:, None]
    deviation = values - values.mean(axis=0)
    second, third = (deviation**2).mean(axis=0), (deviation**3).mean(axis=0)
    # Moments of a sum of values drawn without replacement (Isserlis 1931, Proceedings of the Royal
    # Society A 132, 586-604).
    spread = size * (cells - size) / (cells - 1) * second
    moment = size * (cells - size) * (cells - 2 * size) / ((cells - 1) * (cells - 2)) * third
    return np.divide(moment, spread**1.5, out=np.zeros(values.shape), where=spread > 0)


def _mann_kendall(series: NDArray) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Give S and the two-sided p-value of each row, with ties and continuity correction."""
    rows, n = series.shape
    s = np.zeros(rows, dtype=np.int64)
    ties = np.ones(series.shape, dtype=np.int64)  # how many values each one is equal to
    for later in range(1, n):
        step = np.sign(series[:, later:] - series[:, :-later]).astype(np.int64)
        s += step.sum(axis=1)
        ties[:, later:] += step == 0
        ties[:, :-later] += step == 0
    # A group of t equal values takes away t (t − 1) (2 t + 5), which its t members share.
    tied = ((ties - 1) * (2 * ties + 5)).sum(axis=1)
    variance = (n * (n - 1) * (2 * n + 5) - tied) / 18
    excess = np.maximum(np.abs(s) - 1, 0)
    z = np.divide(excess, np.sqrt(variance), out=np.zeros(rows), where=variance > 0)
    return s, np.minimum(1.0, 2 * stats.norm.sf(z))


def _classes(hot: NDArray[np.bool_], falling: NDArray[np.bool_]) -> NDArray[np.object_]:
    times = hot.sum(axis=1)
    almost_always = times >= _ALMOST_ALWAYS * hot.shape[1]
    last = hot[:, -1]
    fits = [
        (HotspotClass.NEW, last & (times == 1)),
        (HotspotClass.DIMINISHING, almost_always & falling),
        (HotspotClass.PERSISTENT, almost_always & last),
        (HotspotClass.SPORADIC, times >= 2),
    ]
    found = np.full(len(hot), HotspotClass.NONE.value, dtype=object)
    for name, fit in reversed(fits):
        found[fit] = name.value
    return found


def _discoveries(p_value: NDArray, fdr: float) -> NDArray[np.bool_]:
    return stats.false_discovery_control(p_value) <= fdr


def with_self(neighbours: sparray | spmatrix, cells: int) -> csr_array:
    """Make the matrix binary and every cell its own neighbour."""
    matrix = csr_array(neighbours)
    if matrix.shape != (cells, cells):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=cells, right=matrix.shape[0])
    itself = np.arange(cells)
    row, column = matrix.nonzero()
    row, column = np.concatenate([row, itself]), np.concatenate([column, itself])
    weights = csr_array((np.ones(len(row)), (row, column)), shape=matrix.shape)
    weights.data[:] = 1.0  # a diagonal that was there already has been added up
    return weights


def _require_enough(counts: NDArray) -> None:
    if counts.ndim != 2 or counts.shape[1] < FEWEST_PERIODS:
        found = counts.shape[1] if counts.ndim == 2 else 1
        raise AnalysisError(AnalysisCause.TOO_FEW_PERIODS, found=found, needed=FEWEST_PERIODS)
    finite_numbers(counts.ravel())
    if (counts < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    fewest = int(counts.sum(axis=0).min())
    if fewest < FEWEST_EVENTS:
        raise AnalysisError(AnalysisCause.TOO_FEW, found=fewest, needed=FEWEST_EVENTS)


def finite_numbers(values: ArrayLike) -> NDArray[np.float64]:
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.size == 0:
        raise AnalysisError(AnalysisCause.NO_VALUES)
    strange = numbers[~np.isfinite(numbers)]
    if len(strange):
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="values", value=float(strange[0]))
    return numbers
