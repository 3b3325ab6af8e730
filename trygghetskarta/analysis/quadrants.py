"""Risk and perceived safety set beside each other: two measures, two limits, never one index."""

import numpy as np
import pandas as pd

from trygghetskarta.analysis.classes import bivariate_class
from trygghetskarta.analysis.rates import funnel_class
from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.audience import CellStatus
from trygghetskarta.terms.map_classes import HIDDEN, MISSING, UNDECIDED
from trygghetskarta.terms.perception import Perspective, Quadrant
from trygghetskarta.terms.verdicts import WITHIN

ABOVE, BELOW, UNSURE = "above", "below", "unsure"

_QUADRANTS = {
    (ABOVE, ABOVE): Quadrant.HIGH_HIGH,
    (BELOW, ABOVE): Quadrant.LOW_HIGH,
    (ABOVE, BELOW): Quadrant.HIGH_LOW,
    (BELOW, BELOW): Quadrant.LOW_LOW,
}


def side_of_limit(lower: pd.Series, upper: pd.Series, limit: float) -> pd.Series:
    """On which side of a limit whole intervals lie.

    Parameters
    ----------
    lower, upper
        Ends of the intervals.
    limit
        In the same unit.

    Returns
    -------
    Series
        ``above``, ``below``, ``unsure`` where the interval holds the limit (its ends included),
        missing where an end or the limit is missing.

    Examples
    --------
    >>> side_of_limit(pd.Series([1.0, 3.0, 2.0]), pd.Series([1.5, 4.0, 2.5]), 2.0).tolist()
    ['below', 'above', 'unsure']
    """
    low, high = (end.to_numpy(dtype=float, na_value=np.nan) for end in (lower, upper))
    words = np.select([low > limit, high < limit], [ABOVE, BELOW], UNSURE).astype(object)
    words[np.isnan(low) | np.isnan(high) | np.isnan(limit)] = None
    return pd.Series(words, index=lower.index, dtype=object)


def quadrant(risk: pd.Series, unsafe: pd.Series) -> pd.Series:
    """Put districts into the four quadrants of risk and feeling unsafe.

    Parameters
    ----------
    risk, unsafe
        As :func:`side_of_limit` gives them; same index.

    Returns
    -------
    Series
        :class:`trygghetskarta.terms.perception.Quadrant`; ``UNSURE`` where either is unsure: a
        district is not forced into a quadrant that chance may have chosen. Missing where either is
        missing.

    Examples
    --------
    >>> quadrant(pd.Series(["above"]), pd.Series(["below"])).tolist()
    [<Quadrant.HIGH_LOW: 'hog_risk_lag_oro'>]
    """
    words = [
        None if pd.isna(one) or pd.isna(other) else _QUADRANTS.get((one, other), Quadrant.UNSURE)
        for one, other in zip(risk, unsafe, strict=True)
    ]
    return pd.Series(words, index=risk.index, dtype=object)


def breaks_round(limit: float, band: float) -> tuple[float, float]:
    """The two limits of three classes: below, near and above a limit.

    Parameters
    ----------
    limit
        Above 0.
    band
        Part of the limit on either side that counts as near it, above 0.

    Raises
    ------
    AnalysisError
        ``BREAKS_UNORDERED`` when there is nothing between the two.

    Examples
    --------
    >>> breaks_round(100.0, 0.2)
    (80.0, 120.0)
    """
    low, high = limit * (1 - band), limit * (1 + band)
    if not low < high:
        raise AnalysisError(AnalysisCause.BREAKS_UNORDERED)
    return low, high


def map_class(
    table: pd.DataFrame, risk_breaks: tuple[float, float], unsafe_breaks: tuple[float, float]
) -> pd.Series:
    """Class of each district on the map of both measures.

    Parameters
    ----------
    table
        Gated: ``rate``, ``share``, ``quadrant``, ``status`` and ``status_answers``.
    risk_breaks, unsafe_breaks
        As :func:`breaks_round` gives them, the same every year.

    Returns
    -------
    Series
        0 to 8 as :func:`trygghetskarta.analysis.classes.bivariate_class` (risk is x); ``HIDDEN``
        where either figure is hidden, ``MISSING`` where either is missing, ``UNDECIDED`` where it
        cannot be told on which side of a limit the district lies.
    """
    numbers = bivariate_class(table["rate"], table["share"], risk_breaks, unsafe_breaks)
    numbers = numbers.where(numbers >= 0, MISSING)
    numbers = numbers.where(table["quadrant"].notna(), MISSING)
    numbers = numbers.where(table["quadrant"] != Quadrant.UNSURE, UNDECIDED)
    for status in ("status", "status_answers"):
        numbers = numbers.where(table[status] != CellStatus.HIDDEN, HIDDEN)
    return numbers.astype(np.int8).rename("class_number")


def seen_by(sides: pd.DataFrame) -> pd.Series:
    """Which single picture shows a district above its limit, where only one of them does.

    Parameters
    ----------
    sides
        Columns :class:`trygghetskarta.terms.perception.Perspective`, each as :func:`side_of_limit`
        gives it.

    Returns
    -------
    Series
        The picture that alone lies above while another lies below; missing elsewhere. An unsure
        picture contradicts nothing.

    Examples
    --------
    >>> police, city, citizens = Perspective
    >>> sides = {police: ["above"], city: [None], citizens: ["below"]}
    >>> seen_by(pd.DataFrame(sides)).tolist()
    [<Perspective.POLICE: 'polisen'>]
    """
    pictures = [picture for picture in Perspective if picture in sides]
    found = []
    for row in sides[pictures].itertuples(index=False):
        above = [picture for picture, side in zip(pictures, row, strict=True) if side == ABOVE]
        contradicted = any(side == BELOW for side in row)
        found.append(above[0] if len(above) == 1 and contradicted else None)
    return pd.Series(found, index=sides.index, dtype=object)


def is_quiet(voices: pd.Series, population: pd.Series) -> pd.Series:
    """Whether fewer have been heard in a district than chance would give it.

    Exact Poisson limits round the municipality's rate of voices, as in the funnel plot
    (:func:`trygghetskarta.analysis.rates.funnel_class`): a district strictly below the 95 % limits.

    Parameters
    ----------
    voices
        Answers or observations; missing is not judged.
    population
        Inhabitants.

    Returns
    -------
    Series
        True or False; False where it cannot be judged. It does not tell why few were heard: a
        small sample drawn on purpose looks like silence.

    Examples
    --------
    >>> is_quiet(pd.Series([2, 58]), pd.Series([1000, 1000])).tolist()
    [True, False]
    """
    place = funnel_class(voices, population, overdispersion=False)
    total, people = voices[place.notna()].sum(), population[place.notna()].sum()
    rate = voices.astype(float) / population.astype(float)
    low = rate < (total / people if people else 0.0)
    return (place.notna() & (place != WITHIN) & low).astype(bool)
