"""Whether a crime is soon followed by another one nearby: the near repeat pattern."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from trygghetskarta.analysis.cells import equally_long
from trygghetskarta.errors import AnalysisCause, AnalysisError

FEWEST_EVENTS = 20
"""Fewer events than this show no pattern."""
SAME_PLACE = "same_place"

_MOST_PAIRS = 30_000_000  # they take 16 bytes each
_PAIRS_AT_ONCE = 1 << 16  # as many as the processor's cache holds


def knox(
    x: ArrayLike,
    y: ArrayLike,
    day: ArrayLike,
    distance_bands: Sequence[float],
    day_bands: Sequence[float],
    permutations: int = 999,
    seed: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> pd.DataFrame:
    """Count the pairs of events that are near in both space and time, and what chance would give.

    Knox's test (Knox 1964, Applied Statistics 13, 25–29) in bands, as for near repeats (Ratcliffe &
    Rengert 2008, Security Journal 21, 58–76). Expected are ``N_s · N_t / (n (n − 1) / 2)`` pairs:
    those in the distance band, times the share of all pairs that are in the day band. The p-value
    is ``(r + 1) / (m + 1)`` when r of m random orders of the days give as many pairs or more, so
    it tells of more than chance, not of fewer. A surplus does not say that the same offender came
    back, and where a season or a whole district grew busier, pairs are near in both as well.

    Parameters
    ----------
    x, y
        East and north of the events in metres, EPSG:3006.
    day
        Day of each event as a number, such as ``date.toordinal()``; parts of days are allowed.
        Events with a missing coordinate or day are left out.
    distance_bands
        Ends of the distance bands in metres, rising; a 0 in front may be left out. Bands are
        left-closed: 100, 200 gives *same place*, above 0 up to but not including 100, and 100 up to
        but not including 200. *Same place* is a distance of exactly 0.
    day_bands
        Ends of the bands in days, in the same manner: 7, 14 gives 0 up to but not including 7,
        and 7 up to but not including 14.
    permutations
        Random orders m.
    seed
        Number that makes the same p-values again.
    progress
        Called with the share of the work that is done, 0–1, about a hundred times.

    Returns
    -------
    DataFrame
        A row per pair of bands. ``distance_band``: ``same_place``, ``0-100``, ``100-200`` …;
        ``day_band``: ``0-7``, ``7-14`` …; ``observed`` and ``expected``: pairs; ``ratio``: observed
        by expected, NaN where nothing is expected; ``p_value``: one-sided; ``distance_from``,
        ``distance_to``, ``day_from``, ``day_to``: the bands as numbers; ``events``: how many were
        used.

    Raises
    ------
    AnalysisError
        ``TOO_FEW`` below 20 events; ``LENGTHS_DIFFER``; ``OUT_OF_RANGE`` for bands that do not
        rise or hold more than 30 million pairs, or fewer than 1 permutation.

    Examples
    --------
    Twenty events, ten days and one kilometre apart, but the last two on the same spot and day:

    >>> x, day = 1000.0 * np.arange(20), 10.0 * np.arange(20)
    >>> x[-1], day[-1] = x[-2], day[-2]
    >>> table = knox(x, np.zeros(20), day, [100], [7], permutations=99, seed=1)
    >>> table[["distance_band", "day_band", "observed", "expected"]].round(4)
      distance_band day_band  observed  expected
    0    same_place      0-7         1    0.0053
    1         0-100      0-7         0    0.0000
    """
    distance_ends = _ends("distance_bands", distance_bands)
    day_ends = _ends("day_bands", day_bands)
    if permutations < 1:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="permutations", value=permutations)
    x, y, day = _known(x, y, day)
    pairs = _near_pairs(x, y, distance_ends)
    observed = _in_bands(pairs, day, day_ends)
    beaten = np.zeros(observed.shape, dtype=np.int64)
    rng = np.random.default_rng(seed)
    step = max(1, permutations // 100)
    for turn in range(1, permutations + 1):
        beaten += _in_bands(pairs, rng.permutation(day), day_ends) >= observed
        if progress is not None and (turn % step == 0 or turn == permutations):
            progress(turn / permutations)
    near_in_time = np.diff(_within(day, day_ends), prepend=0)
    near_in_space = np.diff(pairs.start)
    expected = near_in_space[:, None] * near_in_time / (len(x) * (len(x) - 1) / 2)
    table = _labels(distance_ends, day_ends)
    p_value = (beaten + 1) / (permutations + 1)
    return table.assign(
        observed=observed.ravel(),
        expected=expected.ravel(),
        ratio=_ratio(observed, expected).ravel(),
        p_value=p_value.ravel(),
        events=len(x),
    )[_COLUMNS]


_COLUMNS = [
    "distance_band",
    "day_band",
    "observed",
    "expected",
    "ratio",
    "p_value",
    "distance_from",
    "distance_to",
    "day_from",
    "day_to",
    "events",
]


class _Pairs(NamedTuple):
    """Pairs of events (first, second) sorted by distance band; band k is start[k]:start[k + 1]."""

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    start: NDArray[np.int64]

    def parts(self) -> Iterator[tuple[int, slice]]:
        """Give band by band slices that are not too long."""
        for band, (start, stop) in enumerate(zip(self.start[:-1], self.start[1:], strict=True)):
            for at in range(start, stop, _PAIRS_AT_ONCE):
                yield band, slice(at, min(at + _PAIRS_AT_ONCE, stop))


def _near_pairs(x: NDArray, y: NDArray, ends: NDArray) -> _Pairs:
    """Find the pairs in any distance band, each once."""
    # Differences of small numbers are exact, and the tree does not slow down.
    points = np.column_stack([x - x.min(), y - y.min()])
    tree = cKDTree(points)
    number = (int(tree.count_neighbors(tree, ends[-1])) - len(x)) // 2
    if number > _MOST_PAIRS:
        raise AnalysisError(
            AnalysisCause.OUT_OF_RANGE, name="distance_bands", value=float(ends[-1])
        )
    pairs = tree.query_pairs(ends[-1], output_type="ndarray").astype(np.int32)
    distance = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)
    band = np.where(distance == 0, 0, np.searchsorted(ends, distance, side="right") + 1)
    # Within a band by the first event, so that looking up its days stays in one place.
    order = np.lexsort((pairs[:, 0], band))
    order = order[band[order] <= len(ends)]
    start = np.concatenate([[0], np.cumsum(np.bincount(band[order], minlength=len(ends) + 1))])
    first, second = np.ascontiguousarray(pairs[order].T)
    return _Pairs(first, second, start)


def _in_bands(pairs: _Pairs, day: NDArray, ends: NDArray) -> NDArray[np.int64]:
    """Count the pairs in each distance band (row) and day band (column)."""
    nearer = np.zeros((len(pairs.start) - 1, len(ends)), dtype=np.int64)
    for band, part in pairs.parts():
        apart = np.abs(day[pairs.first[part]] - day[pairs.second[part]])
        nearer[band] += [np.count_nonzero(apart < end) for end in ends]
    return np.diff(nearer, axis=1, prepend=0)


def _within(day: NDArray, ends: NDArray) -> NDArray[np.int64]:
    """Count, of all pairs, those less than each number of days apart."""
    ordered = np.sort(day)
    itself = np.arange(1, len(day) + 1)
    return np.array(
        [(np.searchsorted(ordered, ordered + end, side="left") - itself).sum() for end in ends]
    )


def _labels(distance_ends: NDArray, day_ends: NDArray) -> pd.DataFrame:
    distances = [(0.0, 0.0), *_steps(distance_ends)]
    rows = [
        {
            "distance_band": f"{near:g}-{far:g}" if far else SAME_PLACE,
            "day_band": f"{soon:g}-{late:g}",
            "distance_from": near,
            "distance_to": far,
            "day_from": soon,
            "day_to": late,
        }
        for near, far in distances
        for soon, late in _steps(day_ends)
    ]
    return pd.DataFrame(rows)


def _steps(ends: NDArray) -> list[tuple[float, float]]:
    return list(zip([0.0, *ends[:-1].tolist()], ends.tolist(), strict=True))


def _ratio(observed: NDArray, expected: NDArray) -> NDArray[np.float64]:
    return np.divide(observed, expected, out=np.full(expected.shape, np.nan), where=expected > 0)


def _ends(name: str, bands: Sequence[float]) -> NDArray[np.float64]:
    ends = np.asarray(bands, dtype=np.float64)
    if len(ends) and ends[0] == 0:
        ends = ends[1:]
    # NaN and infinity fail here too.
    if not (len(ends) and (np.diff(ends, prepend=0.0) > 0).all() and ends[-1] < np.inf):
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name=name, value=tuple(bands))
    return ends


def _known(x: ArrayLike, y: ArrayLike, day: ArrayLike) -> tuple[NDArray, NDArray, NDArray]:
    east, north = equally_long(x, y)
    _, moment = equally_long(x, day)
    known = np.isfinite(east) & np.isfinite(north) & np.isfinite(moment)
    if known.sum() < FEWEST_EVENTS:
        raise AnalysisError(AnalysisCause.TOO_FEW, found=int(known.sum()), needed=FEWEST_EVENTS)
    days = moment[known] - moment[known].min()
    whole = (days == np.floor(days)).all() and days.max() < np.iinfo(np.int32).max
    # Whole days as short numbers are compared twice as fast, and exactly.
    return east[known], north[known], days.astype(np.int32) if whole else days
