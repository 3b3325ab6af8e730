"""Hot cells that hang together, those with the most events first."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csgraph, csr_array, sparray, spmatrix

from trygghetskarta.analysis.hotspots import finite_numbers, with_self
from trygghetskarta.errors import AnalysisCause, AnalysisError


def strongest_clusters(
    counts: pd.Series | ArrayLike,
    significant: pd.Series | ArrayLike,
    neighbours: sparray | spmatrix,
    most: int = 10,
    heights: pd.Series | ArrayLike | None = None,
) -> pd.DataFrame:
    """Put hot cells that hang together into clusters, those with the most events first.

    With ``heights`` a group that hangs together is parted where they are lowest: each cell goes
    with its highest neighbour, up to a peak (steepest ascent, as water is led down in watershed
    segmentation; Vincent & Soille 1991, IEEE Transactions on Pattern Analysis and Machine
    Intelligence 13, 583–598). Otherwise the middle of a town is one cluster. A cluster's border
    follows the cells: it does not say where exactly a problem ends, and two
    problems that touch are one cluster.

    Parameters
    ----------
    counts
        Events per cell, 0 or more.
    significant
        True for the cells to put together; for hot spots ``significant & (z > 0)`` of
        :func:`getis_ord_g_star`.
    neighbours
        As in :func:`getis_ord_g_star`.
    most
        Clusters to give at most.
    heights
        A number per cell that has a peak in every cluster, such as Gi*'s z; None keeps all that
        hangs together as one.

    Returns
    -------
    DataFrame
        A row per cluster. ``cells``: list of the cells' positions. ``count``: events in them.
        ``share``: of all events, 0–1; NaN when there are no events.

    Raises
    ------
    AnalysisError
        ``NO_VALUES`` without cells; ``LENGTHS_DIFFER``; ``NEGATIVE_COUNT``; ``OUT_OF_RANGE`` for a
        missing count.

    Examples
    --------
    >>> beside = csr_array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])
    >>> strongest_clusters([3, 2, 1, 4], [True, True, False, True], beside)
        cells  count  share
    0  [0, 1]    5.0    0.5
    1     [3]    4.0    0.4
    """
    numbers = finite_numbers(counts)
    hot = np.asarray(significant, dtype=bool)
    if len(hot) != len(numbers):
        raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(numbers), right=len(hot))
    if (numbers < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    cells = np.flatnonzero(hot)
    among = with_self(neighbours, len(numbers))[cells][:, cells]
    if heights is not None and len(cells):
        among = _ascents(finite_numbers(heights)[cells], among)
    number, cluster = csgraph.connected_components(among, directed=False)
    total = np.bincount(cluster, numbers[cells], minlength=number)
    # Stable: of two clusters with as many events the one further south-west comes first.
    order = np.argsort(-total, kind="stable")[:most]
    return pd.DataFrame(
        {
            "cells": [cells[cluster == one].tolist() for one in order],
            "count": total[order],
            "share": total[order] / (numbers.sum() or np.nan),
        }
    )


def _ascents(heights: NDArray, among: csr_array) -> csr_array:
    """Join each cell to the highest of itself and its neighbours, of equals to the first."""
    to = [
        neighbours[np.argmax(heights[neighbours])]
        for neighbours in (np.sort(part) for part in np.split(among.indices, among.indptr[1:-1]))
    ]
    cells = len(heights)
    here = np.arange(cells)
    return csr_array((np.ones(cells), (here, np.array(to, dtype=np.int64))), shape=(cells, cells))
