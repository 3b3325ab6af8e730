"""How unevenly events are spread over places, in one number."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trygghetskarta.errors import AnalysisCause, AnalysisError


def top_share(counts: ArrayLike, share: float = 0.05) -> float:
    """Share of the events in the places that have the most of them.

    The law of crime concentration (Weisburd 2015, Criminology 53, 133–157) is told this way: so
    many per cent of the streets hold half of the crimes. It says nothing of where those places
    are, and when there are fewer events than places it is high by necessity: see
    :func:`generalised_gini`.

    Parameters
    ----------
    counts
        Events per place, 0 or more; places without events must be in it.
    share
        Part of the places to look at, 0–1. When it is no whole number of places, the last place
        counts in part, with the same part of its events.

    Returns
    -------
    float
        0–1; NaN when there are no events.

    Raises
    ------
    AnalysisError
        ``NO_VALUES`` without places; ``NEGATIVE_COUNT``; ``OUT_OF_RANGE`` if ``share`` is not
        within 0–1 or a count is missing.

    Examples
    --------
    Half of the events happened in a tenth of the places:

    >>> top_share([10, 2, 2, 2, 2, 2, 0, 0, 0, 0], share=0.1)
    0.5
    """
    if not 0 <= share <= 1:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="share", value=float(share))
    events = _checked(counts)
    if events.sum() == 0:
        return float("nan")
    most_first = np.concatenate([[0.0], np.cumsum(np.sort(events)[::-1])])
    held = np.interp(share * len(events), np.arange(len(most_first)), most_first)
    return float(held / most_first[-1])


def generalised_gini(counts: ArrayLike) -> float:
    """Gini coefficient against the most even spread that so few events allow.

    ``max(n / c, 1) · (G − 1) + 1`` for c events over n places (Bernasco & Steenbeek 2017, Journal
    of Quantitative Criminology 33, 451–467). 0: as even as can be, each event in a place of its
    own or all places alike; the nearer 1, the more in few places. From c = n on it is the usual
    Gini coefficient. All events in one place give 1 − 1 / min(c, n), so a handful of events does
    not reach 1. It does not say where, nor whether the places lie near each other.

    Parameters
    ----------
    counts
        Events per place, whole numbers, 0 or more; places without events must be in it.

    Returns
    -------
    float
        0 up to, not including, 1; NaN when there are no events.

    Raises
    ------
    AnalysisError
        ``NO_VALUES`` without places; ``NEGATIVE_COUNT``; ``OUT_OF_RANGE`` if a count is missing.

    Examples
    --------
    Two events in two of four places cannot be spread more evenly; both in one place can:

    >>> generalised_gini([1, 1, 0, 0]), generalised_gini([2, 0, 0, 0])
    (0.0, 0.5)
    """
    events = np.sort(_checked(counts))
    places, total = len(events), events.sum()
    if total == 0:
        return float("nan")
    rank = np.arange(1, places + 1)
    gini = 2 * (rank * events).sum() / (places * total) - (places + 1) / places
    # Rounding may leave the most even spread a hair below 0.
    return max(0.0, float(max(places / total, 1.0) * (gini - 1) + 1))


def _checked(counts: ArrayLike) -> NDArray[np.float64]:
    events = np.asarray(counts, dtype=np.float64)
    if events.size == 0:
        raise AnalysisError(AnalysisCause.NO_VALUES)
    if (events < 0).any():
        raise AnalysisError(AnalysisCause.NEGATIVE_COUNT)
    strange = events[~np.isfinite(events)]
    if len(strange):
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="counts", value=float(strange[0]))
    return events
