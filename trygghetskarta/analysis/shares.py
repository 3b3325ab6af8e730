"""Shares of a survey's answers for the public: the count behind a share is a count like any other.

2 % of 47 is one person, and so is 98 %. Who sees the shares of the districts knows the number of
answers of each, that the alternatives of a question make up the whole, and the municipality's own
share, from which every district but one may be taken away.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from trygghetskarta.analysis.suppression import protection
from trygghetskarta.analysis.survey import FEWEST_ANSWERS

_HALF = 0.005
"""Shares are told in whole per cent: half of one is what rounding may take away."""
_MOST_ALTERNATIVES = 7
"""Alternatives that a question is taken to have at most."""
_NEARLY = 1e-6


def is_small(share: pd.Series, answers: pd.Series, threshold: int) -> pd.Series:
    """Whether those who answered so, or those who did not, are too few to be told.

    Parameters
    ----------
    share
        0 to 1, missing where there is none.
    answers
        Number of answers behind each.
    threshold
        Counts from 1 to one below this are small.

    Returns
    -------
    Series
        Boolean; True also where the share, rounded to whole per cent, would leave a small count
        possible at its lower end. Nobody and everybody are not small. False where a share is
        missing.

    Examples
    --------
    >>> share, answers = pd.Series([0.02, 0.98, 0.0, 5 / 47]), pd.Series([47, 47, 47, 47])
    >>> is_small(share, answers, 5).tolist()
    [True, True, False, False]
    """
    part, n = share.astype("float64"), answers.astype("float64")
    shown = part.round(2)
    return _few(part, shown, n, threshold) | _few(1 - part, 1 - shown, n, threshold)


def _few(part: pd.Series, shown: pd.Series, n: pd.Series, threshold: int) -> pd.Series:
    least = np.ceil((shown - _HALF) * n - _NEARLY)
    return (part > _NEARLY) & (np.minimum(part * n, least) < threshold - _NEARLY)


def hidden_shares(shares: pd.DataFrame, answers: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Decide which shares of a round the public is not told.

    Parameters
    ----------
    shares
        Index area_code, a column for each question of the round: 0 to 1, missing where there is
        none.
    answers
        Of the same shape: the answers behind each, missing where the question was not asked.
    threshold
        Counts from 1 to one below this are hidden.

    Returns
    -------
    DataFrame
        Boolean, of the same shape: True where neither share nor number of answers may be told.

    Notes
    -----
    Questions of the same respondents whose shares make up the whole in every area are alternatives
    of one question, and an area is hidden for all of them or none. Further areas, those with the
    fewest answers first, are hidden until no small count follows from the municipality's shares:
    its alternatives in the hidden areas are a table with known sums, where a cell may be anything
    from ``max(0, row + column - all)`` to ``min(row, column)`` (Fréchet), and that must be
    :func:`trygghetskarta.analysis.suppression.protection` wide. Weights are passed over: a weighted
    share is read as that share of the answers. It does not protect against the same answers split
    up in another way, by group or by another division into areas.
    """
    hidden = pd.DataFrame(False, index=shares.index, columns=shares.columns)
    for questions in _alternatives(shares, answers):
        told = _of_one_question(shares[questions], answers[questions[0]], threshold)
        hidden[questions] = np.repeat(told.to_numpy()[:, None], len(questions), axis=1)
    return hidden


def _of_one_question(shares: pd.DataFrame, answers: pd.Series, threshold: int) -> pd.Series:
    asked = answers.notna()
    # What few answered takes no part: who is hidden must not depend on it.
    shares = shares.where(answers >= FEWEST_ANSWERS)
    unknown = asked & shares.isna().any(axis=1)
    small = pd.concat([is_small(shares[one], answers, threshold) for one in shares], axis=1)
    hidden = unknown | (asked & small.any(axis=1))
    for area in answers[asked & ~hidden].sort_values(kind="stable").index:
        if _is_safe(shares[hidden], answers[hidden], small[hidden].any(axis=1), threshold):
            break
        hidden[area] = True
    return hidden


def _is_safe(shares: pd.DataFrame, answers: pd.Series, small: pd.Series, threshold: int) -> bool:
    """Whether nothing small follows from what the hidden areas have together."""
    if len(answers) < 2:
        return not len(answers)
    counts = shares.mul(answers, axis=0).round()
    if shares.shape[1] == 1:
        counts["rest"] = answers - counts.iloc[:, 0]
    known = counts.notna().all(axis=1)
    cells, rows = counts[known].to_numpy(), answers[known].to_numpy(dtype="float64")
    columns, everything = cells.sum(axis=0), rows.sum()
    low = np.maximum(0.0, rows[:, None] + columns[None, :] - everything)
    high = np.minimum(rows[:, None], columns[None, :])
    secret = small[known].to_numpy()[:, None] & (cells < threshold) & (cells > 0)
    return bool((high - low >= protection(threshold))[secret].all())


def _alternatives(shares: pd.DataFrame, answers: pd.DataFrame) -> Iterator[list]:
    """Split questions up into those that are alternatives of one; most stand alone."""
    left = list(shares.columns)
    while left:
        first = left[0]
        alike = [one for one in left if answers[one].equals(answers[first])]
        found = _whole(shares[alike]) if shares[first].notna().any() else [first]
        yield found
        left = [one for one in left if one not in found]


def _whole(shares: pd.DataFrame) -> list:
    """The first question with those that make up the whole with it in every area."""
    known = shares.dropna()
    if known.empty:
        return [shares.columns[0]]
    values = known.to_numpy(dtype="float64")
    found = _adding_up(values, [0], values[:, 0])
    return [shares.columns[at] for at in found]


def _adding_up(values: np.ndarray, chosen: Sequence[int], total: np.ndarray) -> list[int]:
    if len(chosen) > 1 and (np.abs(1 - total) <= _HALF * len(chosen) + _NEARLY).all():
        return list(chosen)
    if len(chosen) < _MOST_ALTERNATIVES:
        for at in range(chosen[-1] + 1, values.shape[1]):
            wider = total + values[:, at]
            if (wider <= 1 + _HALF * _MOST_ALTERNATIVES).all():
                found = _adding_up(values, [*chosen, at], wider)
                if len(found) > 1:
                    return found
    return [chosen[0]]
