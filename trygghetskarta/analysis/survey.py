"""How people feel: shares of a survey's answers with their intervals, and where a series breaks."""

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from trygghetskarta.errors import AnalysisCause, AnalysisError
from trygghetskarta.terms.perception import SamplingMethod

FEWEST_ANSWERS = 30
"""Fewer answers than this are not shown, to anybody."""

FLAGGED_BELOW = 100
"""Fewer answers than this are shown with a flag."""

SELF_SELECTED = frozenset({SamplingMethod.WEB_OPEN})
"""Methods by which people choose themselves: *synpunkter*, never with an interval."""

_MEASURES = ["share", "lower", "upper", "n", "n_effective"]


def weighted_share(
    answer: pd.Series,
    weight: pd.Series | None,
    group: pd.Series,
    self_selected: bool = False,
    confidence: float = 0.95,
    fewest: int = FEWEST_ANSWERS,
) -> pd.DataFrame:
    """Share of yes in each group, ``Σwy / Σw``, with Wilson's interval on Kish's effective n.

    The effective number of answers is ``(Σw)² / Σw²`` (Kish 1965, Survey Sampling, section 11.7);
    the interval is Wilson's (1927, Journal of the American Statistical Association 22, 209–212)
    with that number in the place of n. It tells the uncertainty of the drawing, and nothing of
    those who were asked and did not answer.

    Parameters
    ----------
    answer
        1 (yes) or 0 (no); missing answers take no part.
    weight
        Weight of each answer, 0 or more; None for 1 each. Missing weights take no part.
    group
        What the answers are told for; missing groups take no part.
    self_selected
        Whether people chose themselves to answer; there is then no interval.
    confidence
        Coverage of the interval, two-sided.
    fewest
        Groups with fewer answers get no share and no interval.

    Returns
    -------
    DataFrame
        Index: each group, in sorted order. ``share``, ``lower``, ``upper`` from 0 to 1, missing
        below ``fewest`` answers or where all weights are 0; ``n`` answers; ``n_effective``.

    Raises
    ------
    AnalysisError
        ``LENGTHS_DIFFER``; ``OUT_OF_RANGE`` for an answer other than 0 and 1, a negative or
        endless weight, or a confidence outside 0 to 1.

    Examples
    --------
    >>> found = weighted_share(pd.Series([1, 0] * 20), None, pd.Series(["Sylte"] * 40))
    >>> found.round(3).loc["Sylte"].tolist()
    [0.5, 0.352, 0.648, 40.0, 40.0]
    """
    if weight is None:
        weight = pd.Series(1.0, index=answer.index)
    yes, w, groups = _checked(answer, weight, group, confidence)
    known = np.isfinite(yes) & np.isfinite(w) & group.notna().to_numpy()
    table = pd.DataFrame({"w": w[known], "wy": (w * yes)[known], "ww": (w * w)[known], "n": 1})
    sums = table.groupby(groups[known], sort=True).sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (sums["wy"] / sums["w"]).where(sums["n"] >= fewest)
        effective = sums["w"] ** 2 / sums["ww"]
    found = pd.DataFrame({"share": share, "n": sums["n"], "n_effective": effective})
    limits = share_interval(found["share"], found["n_effective"], confidence)
    if self_selected:
        limits[:] = np.nan
    return found.join(limits)[_MEASURES]


def share_interval(
    share: pd.Series, n_effective: pd.Series, confidence: float = 0.95
) -> pd.DataFrame:
    """Wilson's interval of shares that rest on an effective number of answers.

    Parameters
    ----------
    share
        0 to 1.
    n_effective
        Effective number of answers, above 0; need not be whole.
    confidence
        Coverage, two-sided.

    Returns
    -------
    DataFrame
        Index of ``share``; ``lower`` and ``upper``, missing where either is missing or there is
        no answer.

    Examples
    --------
    >>> share_interval(pd.Series([0.1]), pd.Series([10.0])).round(3).to_numpy().tolist()
    [[0.018, 0.404]]
    """
    p = share.to_numpy(dtype=float, na_value=np.nan)
    n = n_effective.to_numpy(dtype=float, na_value=np.nan)
    usable = np.isfinite(p) & (n > 0)
    limits = np.full((len(p), 2), np.nan)
    if usable.any():
        # Wilson's formula is exact for a count that is not whole; the library takes it so.
        lower, upper = proportion_confint(
            p[usable] * n[usable], n[usable], alpha=1 - confidence, method="wilson"
        )
        # Rounding may leave -1e-17 at a share of 0.
        limits[usable] = np.clip(np.column_stack([lower, upper]), 0.0, 1.0)
    return pd.DataFrame(limits, index=share.index, columns=["lower", "upper"])


def series_segments(rounds: pd.DataFrame) -> pd.Series:
    """Number the stretches of a series within which its points may be compared.

    Parameters
    ----------
    rounds
        One row per survey round, oldest first; ``survey``, ``sampling_method`` and ``method_key``
        (missing where the survey has none).

    Returns
    -------
    Series
        Index of ``rounds``: 0 and up. A new one begins where the survey, the sampling method or
        the method's key is another than the round before: no line is drawn from one to the next.

    Examples
    --------
    >>> rounds = pd.DataFrame({"survey": "A", "sampling_method": ["panel", "panel", "okant"]})
    >>> series_segments(rounds.assign(method_key=None)).tolist()
    [0, 0, 1]
    """
    # A column of which nothing is known is a column of numbers to pandas.
    told = rounds[["survey", "sampling_method", "method_key"]].astype("object")
    method = told.fillna("").astype(str)
    changed = (method != method.shift()).any(axis=1)
    return (changed.cumsum() - 1).astype("int64").rename("segment")


def _checked(
    answer: pd.Series, weight: pd.Series, group: pd.Series, confidence: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    for other in (weight, group):
        if len(other) != len(answer):
            raise AnalysisError(AnalysisCause.LENGTHS_DIFFER, left=len(answer), right=len(other))
    yes = answer.to_numpy(dtype=float, na_value=np.nan)
    w = weight.to_numpy(dtype=float, na_value=np.nan)
    for name, values, broken in (
        ("answer", yes, ~np.isnan(yes) & ~np.isin(yes, (0.0, 1.0))),
        ("weight", w, (w < 0) | np.isinf(w)),
    ):
        if broken.any():
            raise AnalysisError(
                AnalysisCause.OUT_OF_RANGE, name=name, value=float(values[broken][0])
            )
    if not 0 < confidence < 1:
        raise AnalysisError(AnalysisCause.OUT_OF_RANGE, name="confidence", value=confidence)
    return yes, w, group.to_numpy(dtype=object)
