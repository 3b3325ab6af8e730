"""Intervals of time in which offences may have happened, in seconds, and their weights."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.settings import TIME_ZONE

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, eq=False)
class Intervals:
    """Intervals in seconds since 1970 UTC that can be used, and their weights."""

    start: NDArray[np.int64]
    length: NDArray[np.int64]
    weight: NDArray[np.float64]

    def where(self, mask: NDArray[np.bool_]) -> "Intervals":
        return Intervals(self.start[mask], self.length[mask], self.weight[mask])


def usable_spans(start: pd.Series, end: pd.Series, weights: pd.Series | None) -> Intervals:
    """Give the intervals whose start is known and no later than their end; no end is an instant.

    Raises
    ------
    AnalysisError
        If the lengths differ or a weight is negative.
    """
    backward = is_reversed(start, end)
    first, last = unix_seconds(start), unix_seconds(end)
    length = np.where(end.isna().to_numpy(), 0, last - first)
    usable = start.notna().to_numpy() & ~backward
    return Intervals(first, length, row_weights(start, weights)).where(usable)


def is_reversed(start: pd.Series, end: pd.Series) -> NDArray[np.bool_]:
    """Mark the rows whose end lies before their start; a missing end or start does not."""
    if len(start) != len(end):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(start), right=len(end))
    both = start.notna().to_numpy() & end.notna().to_numpy()
    return both & (unix_seconds(end) < unix_seconds(start))


def unix_seconds(moments: pd.Series) -> NDArray[np.int64]:
    """Whole seconds since 1970 UTC; what stands for a missing moment must not be used."""
    utc = moments.dt.tz_convert("UTC").dt.tz_localize(None)
    return utc.to_numpy(dtype="datetime64[s]").astype(np.int64)


def row_weights(rows: pd.Series | NDArray, weights: pd.Series | NDArray | None) -> NDArray:
    """Give how many offences each row stands for: 1 unless told, 0 where it is missing."""
    if weights is None:
        return np.ones(len(rows))
    if len(weights) != len(rows):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(rows), right=len(weights))
    told = pd.Series(weights).to_numpy(dtype="float64", na_value=0.0)
    if (told < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    return told


def wall_clock_seconds(seconds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Seconds since 1970-01-01 00:00 on the clock on the wall in Sweden."""
    utc = pd.DatetimeIndex(seconds.astype("datetime64[s]")).tz_localize("UTC")
    local = utc.tz_convert(TIME_ZONE).tz_localize(None)
    return local.to_numpy().astype("datetime64[s]").astype(np.int64)
